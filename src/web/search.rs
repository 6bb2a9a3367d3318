//! Finding people and posts: by name here, by handle or address anywhere. Also where the links of other
//! servers lead: <https://docs.joinmastodon.org/spec/webfinger/#follow>

use super::layout::{self, icon};
use super::parts::status::{self, Posts};
use super::parts::{View, account};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::resolve;
use crate::ops::search::{self, Ask};
use crate::store::accounts;
use crate::words::{fault, fill, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/search", show, Auth::Session), get("/authorize_interaction", interact, Auth::Public)];

const RESULTS: i64 = 20;
/// How far one can leaf: behind that, a better query helps more.
const FURTHEST: i64 = 1_000;

/// What a search for posts understands beside words, by example.
const TERMS: [(&str, &str); 10] = [
    ("\"a phrase\"", "search-term-phrase"),
    ("-word", "search-term-not"),
    ("sail*", "search-term-star"),
    ("from:me", "search-term-from"),
    ("has:image", "search-term-has"),
    ("is:reply", "search-term-is"),
    ("before:2026-01-31", "search-term-before"),
    ("language:en", "search-term-language"),
    ("in:library", "search-term-library"),
    ("in:public", "search-term-public"),
];

/// One kind of results, a page at a time; or some of each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    All,
    Posts,
    People,
    Tags,
}

impl Tab {
    const ALL: [Tab; 4] = [Tab::All, Tab::Posts, Tab::People, Tab::Tags];

    fn name(self) -> &'static str {
        match self {
            Tab::All => "",
            Tab::Posts => "posts",
            Tab::People => "people",
            Tab::Tags => "tags",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Tab::All => say("search-tab-all"),
            Tab::Posts => say("search-tab-posts"),
            Tab::People => say("search-tab-people"),
            Tab::Tags => say("search-tab-tags"),
        }
    }
}

#[derive(Default)]
struct Found {
    people: Vec<Account>,
    posts: Vec<Status>,
    tags: Vec<Tag>,
    /// Why a look-up on another server led to nothing.
    fault: Option<String>,
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let query = req.query_text("q").unwrap_or_default().trim().to_owned();
    let kind = req.query_text("type").unwrap_or_default();
    let tab = Tab::ALL.into_iter().find(|tab| tab.name() == kind).unwrap_or(Tab::All);
    let offset = req.query_text("offset").and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
    let offset = if tab == Tab::All { 0 } else { offset.clamp(0, FURTHEST) };
    let found = if query.is_empty() { Found::default() } else { search(app, &query, tab, offset)? };
    let posts = app.store.read(|c| Posts::load(c, &found.posts))?;
    let body = html! {
        h1 { (say("search-title")) }
        form.card role="search" action="/search" {
            @if tab != Tab::All { input type="hidden" name="type" value=(tab.name()); }
            label.field {
                span { (say("search-what")) }
                input type="search" name="q" value=(query) placeholder="@user@server" autocapitalize="off" spellcheck="false" autofocus[query.is_empty()];
                small { (say("search-hint")) }
            }
            details {
                summary { (say("search-narrow")) }
                dl.terms {
                    @for (term, meaning) in TERMS { div { dt { code { (term) } } dd { (say(meaning)) } } }
                }
            }
            p.row { button.primary { (icon("search")) (say("search-do")) } a.btn href="/suggestions" { (say("search-suggestions")) } }
        }
        @if !query.is_empty() {
            nav.tabs aria-label=(say("search-tabs")) {
                @for one in Tab::ALL {
                    a href=(address(&query, one, 0)) aria-current=[(one == tab).then_some("page")] { (one.label()) }
                }
            }
        }
        @if let Some(fault) = &found.fault { p.card.wrong role="status" { (fault) } }
        @if !query.is_empty() { (results(&view, &found, &posts)) (leaf(&query, tab, offset, &found)) }
    };
    layout::page(app, req, say("search-title"), html! {}, body)
}

fn address(query: &str, tab: Tab, offset: i64) -> String {
    let mut to = url::form_urlencoded::Serializer::new("/search?".to_owned());
    to.append_pair("q", query);
    if tab != Tab::All {
        to.append_pair("type", tab.name());
    }
    if offset > 0 {
        to.append_pair("offset", &offset.to_string());
    }
    to.finish()
}

/// The pages of one kind of results.
fn leaf(query: &str, tab: Tab, offset: i64, found: &Found) -> Markup {
    let full = found.people.len().max(found.posts.len()).max(found.tags.len()) as i64 >= RESULTS;
    let more = tab != Tab::All && full && offset < FURTHEST;
    html! {
        @if more || offset > 0 {
            nav.pager aria-label=(say("search-pages")) {
                @if offset > 0 { a.btn rel="prev" href=(address(query, tab, (offset - RESULTS).max(0))) { (say("search-previous")) } }
                @if more { a.btn rel="next" href=(address(query, tab, offset + RESULTS)) { (say("search-next")) } }
            }
        }
    }
}

fn results(view: &View, found: &Found, posts: &Posts) -> Markup {
    html! {
        @if found.people.is_empty() && found.posts.is_empty() && found.tags.is_empty() && found.fault.is_none() {
            p.card.empty { (say("search-nothing")) }
        }
        @if !found.people.is_empty() {
            h2.hide { (say("search-tab-people")) }
            div.list { @for who in &found.people { (account::person(view, who, &account::follow_button(view, who))) } }
        }
        @if !found.posts.is_empty() { h2.hide { (say("search-tab-posts")) } (status::list(view, posts, &found.posts, "")) }
        @if !found.tags.is_empty() {
            h2.hide { (say("search-tab-tags")) }
            p.card { @for tag in &found.tags { a href={ "/tags/" (tag.name) } { "#" (tag.display_name) } "  " } }
        }
    }
}

/// Other servers are asked for a whole handle or an address, and say why they have nothing.
fn search(app: &App, query: &str, tab: Tab, offset: i64) -> Result<Found> {
    let wants = |one: Tab| tab == Tab::All || tab == one;
    let ask = Ask {
        accounts: wants(Tab::People),
        statuses: wants(Tab::Posts),
        hashtags: wants(Tab::Tags),
        offset,
        ..Ask::all(query, RESULTS)
    };
    let found = search::find(app, &ask)?;
    let fault = found.fault.map(|e| match e.kind {
        Kind::NotFound => fill("search-not-found", &[("query", query.into())]),
        _ => fault(&e.public),
    });
    Ok(Found { people: found.accounts, posts: found.statuses, tags: found.tags, fault })
}

/// What can be asked of another server.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Address(String),
    Handle(String, String),
}

impl Wanted {
    /// An address, or a handle.
    fn parse(app: &App, query: &str) -> Option<Wanted> {
        search::address(app, query).map(Wanted::Address).or_else(|| Wanted::handle(query))
    }

    /// `@user@server`, `user@server`, `acct:user@server`.
    fn handle(query: &str) -> Option<Wanted> {
        let handle = query.trim_start_matches("acct:").trim_start_matches('@');
        let (user, domain) = handle.split_once('@')?;
        let plain = !user.is_empty() && !domain.is_empty() && !handle.contains([' ', '/']);
        plain.then(|| Wanted::Handle(user.to_owned(), domain.to_lowercase()))
    }
}

/// Errors: as the look-up's; its text is fit to be shown.
fn look_up(app: &App, wanted: &Wanted) -> Result<Found> {
    match wanted {
        Wanted::Handle(user, domain) => {
            let own = super::profile::is_own(app, &format!("{user}@{domain}"));
            let who = match own {
                true => app.store.read(accounts::owner)?,
                false => resolve::account_by_handle(app, user, domain)?,
            };
            Ok(Found { people: vec![who], ..Found::default() })
        }
        Wanted::Address(url) => Ok(match resolve::by_url(app, url)? {
            resolve::Found::Account(who) => Found { people: vec![who], ..Found::default() },
            resolve::Found::Status(post) => Found { posts: vec![post], ..Found::default() },
        }),
    }
}

/// Somebody pressed "follow" or "reply" on another server and came here to do it.
fn interact(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    if !view.is_owner() {
        let next: String = url::form_urlencoded::byte_serialize(req.target.as_bytes()).collect();
        return Ok(Res::see_other(format!("/auth/sign_in?next={next}")));
    }
    let uri = req.query_text("uri").or_else(|| req.query_text("acct")).unwrap_or_default();
    let wanted = Wanted::parse(app, uri.trim())
        .ok_or_else(|| Error::invalid("This is no address of a person or post"))?;
    let found = look_up(app, &wanted)?;
    let to = match (found.people.first(), found.posts.first()) {
        (Some(who), _) => account::address(&view, who),
        (None, Some(post)) => {
            let author = app.store.read(|c| accounts::get(c, post.account_id))?;
            status::address(&view, post, &author)
        }
        (None, None) => return Err(Error::not_found()),
    };
    Ok(Res::see_other(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_read_in_every_spelling() {
        let handle = Some(Wanted::Handle("bob".to_owned(), "b.test:8443".to_owned()));
        for text in ["@bob@b.test:8443", "bob@B.test:8443", "acct:bob@b.test:8443"] {
            assert_eq!(Wanted::handle(text), handle);
        }
        assert_eq!(Wanted::handle("bob"), None);
        assert_eq!(Wanted::handle("see you @ home"), None);
        assert_eq!(Wanted::handle("https://b.test/@bob"), None);
    }
}
