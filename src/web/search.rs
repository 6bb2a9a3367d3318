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
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/search", show, Auth::Session), get("/authorize_interaction", interact, Auth::Public)];

const RESULTS: i64 = 20;

/// What a search for posts understands beside words, by example.
const TERMS: [(&str, &str); 8] = [
    ("\"a phrase\"", "these words, in this order"),
    ("-word", "posts without it"),
    ("sail*", "all that begins so: sails, sailing"),
    ("from:me", "your own; or from:user@server"),
    ("has:image", "also video, audio, poll, link, quote"),
    ("is:reply", "also sensitive"),
    ("before:2026-01-31", "also after: and during:"),
    ("language:en", "posts in English"),
];

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
    let found = if query.is_empty() { Found::default() } else { search(app, &query)? };
    let posts = app.store.read(|c| Posts::load(c, &found.posts))?;
    let body = html! {
        h1 { "Search and follow" }
        form.card role="search" action="/search" {
            label.field {
                span { "Words, a name, a handle, or an address" }
                input type="search" name="q" value=(query) placeholder="@user@server" autocapitalize="off" spellcheck="false" autofocus[query.is_empty()];
                small { "Somebody elsewhere: @user@server. A post or profile: its address. A topic: #tag." }
            }
            details {
                summary { "Narrow down posts" }
                dl.terms {
                    @for (term, meaning) in TERMS { div { dt { code { (term) } } dd { (meaning) } } }
                }
            }
            p.row { button.primary { (icon("search")) "Search" } }
        }
        @if let Some(fault) = &found.fault { p.card.wrong role="status" { (fault) } }
        @if !query.is_empty() { (results(&view, &found, &posts)) }
    };
    layout::page(app, req, "Search", html! {}, body)
}

fn results(view: &View, found: &Found, posts: &Posts) -> Markup {
    html! {
        @if found.people.is_empty() && found.posts.is_empty() && found.tags.is_empty() && found.fault.is_none() {
            p.card.empty { "Nothing found." }
        }
        @if !found.people.is_empty() {
            div.list { @for who in &found.people { (account::person(view, who, &account::follow_button(view, who))) } }
        }
        @if !found.posts.is_empty() { (status::list(view, posts, &found.posts, "")) }
        @if !found.tags.is_empty() {
            p.card { @for tag in &found.tags { a href={ "/tags/" (tag.name) } { "#" (tag.display_name) } "  " } }
        }
    }
}

/// Other servers are asked for a whole handle or an address, and say why they have nothing.
fn search(app: &App, query: &str) -> Result<Found> {
    let found = search::find(app, &Ask::all(query, RESULTS))?;
    let fault = found.fault.map(|e| match e.kind {
        Kind::NotFound => format!("Nothing was found under {query}."),
        _ => format!("{}.", e.public.trim_end_matches('.')),
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
