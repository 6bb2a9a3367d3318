//! A profile: the owner's for everybody, other people's for the owner. Microformats:
//! <https://microformats.org/wiki/h-card>, <https://microformats.org/wiki/h-feed>

use super::home::POSTS;
use super::parts::status::{self, Posts};
use super::parts::text::{emojify, emojify_html, plural, safe, short};
use super::parts::{View, account, pager};
use super::{feeds, layout};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{self, backfill, visibility};
use crate::store::accounts;
use crate::store::timelines::{self, OfAccount};
use crate::text;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/@{name}", show, Auth::Public), get("/users/{name}", by_id, Auth::Public)];

/// Letters of a bio in a link preview.
const PREVIEW: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Posts,
    Replies,
    Media,
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let name = req.param("name");
    if is_own(app, name) {
        return own(&view, req);
    }
    if let Some((_, format)) = feeds::asked(name).filter(|(owner, _)| is_own(app, owner)) {
        return feeds::own(app, req, format);
    }
    let account = named(&view, name)?;
    if view.is_owner() {
        backfill::profile_later(app, &account)?; // what it finds stands here the next time
    }
    page(&view, req, &account)
}

/// A browser that was given the ActivityPub id.
fn by_id(app: &App, req: &Req) -> Result<Res> {
    if !is_own(app, req.param("name")) {
        return Err(Error::not_found());
    }
    Ok(Res::redirect(302, format!("/@{}", app.instance.username)).with("vary", "Accept"))
}

/// The owner's profile, which is also the front page for visitors.
pub fn own(view: &View, req: &Req) -> Result<Res> {
    let me = view.app.store.read(accounts::owner)?;
    page(view, req, &me)
}

/// `alice`, or `alice@` with our own domain.
pub fn is_own(app: &App, name: &str) -> bool {
    let (user, domain) = name.split_once('@').unwrap_or((name, &app.instance.domain));
    let here = [&app.instance.domain, &app.instance.host].iter().any(|d| domain.eq_ignore_ascii_case(d));
    here && user.eq_ignore_ascii_case(&app.instance.username)
}

/// Somebody else, whom only the owner can look at here; unknown ones are looked up.
///
/// Errors: `NotFound` for visitors: whom the owner knows is not theirs to ask.
pub fn named(view: &View, name: &str) -> Result<Account> {
    let (user, domain) = name.split_once('@').filter(|_| view.is_owner()).ok_or_else(Error::not_found)?;
    let domain = domain.to_lowercase();
    match view.app.store.read(|c| accounts::by_acct(c, user, Some(&domain)))? {
        Some(account) => Ok(account),
        None => ops::resolve::account_by_handle(view.app, user, &domain),
    }
}

fn page(view: &View, req: &Req, who: &Account) -> Result<Res> {
    let app = view.app;
    let tab = match req.query_text("tab").as_deref() {
        Some("replies") => Tab::Replies,
        Some("media") => Tab::Media,
        _ => Tab::Posts,
    };
    let wanted = req.page(POSTS);
    let first = wanted.max_id.is_none() && wanted.min_id.is_none();
    let (pinned, list, posts) = app.store.read(|c| {
        let Some(up_to) = visibility::up_to(c, view.viewer(), who)? else { return Ok(Default::default()) };
        let which = OfAccount {
            only_media: tab == Tab::Media,
            exclude_replies: tab == Tab::Posts,
            exclude_reblogs: tab != Tab::Posts,
            up_to,
            ..OfAccount::default()
        };
        let list = timelines::of_account(c, who.id, &which, &wanted)?;
        let pinned =
            if first && tab == Tab::Posts { timelines::pinned(c, who.id, up_to)? } else { Vec::new() };
        let posts = Posts::load(c, list.iter().chain(&pinned))?.filtered(c, view, FilterContext::Account)?;
        Ok((pinned, list, posts))
    })?;
    let ends = list.first().zip(list.last()).map(|(newest, oldest)| (newest.id.0, oldest.id.0));
    let full = list.len() as i64 == wanted.limit;
    // The boost of a post that few may see is not for everybody, though the boost itself may be.
    let list = app.store.read(|c| visibility::only_visible(c, view.viewer(), app.instance.owner, list))?;
    let body = html! {
        (card(view, who))
        (tabs(req, tab))
        div.h-feed {
            @if !pinned.is_empty() {
                div.list.pins { @for status in &pinned { (status::item(view, &posts, status, "pinned")) } }
            }
            @if !list.is_empty() || pinned.is_empty() { (status::list(view, &posts, &list, "Nothing here yet.")) }
        }
        (pager(req, ends, full))
    };
    let res = layout::page(app, req, who.name(), head(view, who), body)?;
    Ok(if who.is_owner() { res.with("link", alternate(&app.instance.actor())) } else { res })
}

/// The `Link` that tells other servers where the ActivityPub document is, and other sites what else there is.
pub fn alternate(uri: &str) -> String {
    format!("<{uri}>; rel=\"alternate\"; type=\"application/activity+json\", {}", super::webmentions::LINKS)
}

fn head(view: &View, who: &Account) -> Markup {
    let me = &view.app.instance;
    if !who.is_owner() {
        return html! {};
    }
    let bio = text::line(&text::plain(&who.note), PREVIEW);
    let url = me.at(&format!("/@{}", who.username));
    let picture = account::avatar_address(&view.app.instance, who);
    html! {
        link rel="alternate" type="application/activity+json" href=(me.actor());
        (feeds::links(&format!("/@{}", who.username)))
        link rel="canonical" href=(url);
        meta name="description" content=(bio);
        @if !who.discoverable { meta name="robots" content="noindex"; }
        meta property="og:type" content="profile";
        meta property="og:title" content={ (who.name()) " (" (account::handle(view, who)) ")" };
        meta property="og:description" content=(bio);
        meta property="og:url" content=(url);
        meta property="og:image" content=(me.at(&picture));
        meta property="profile:username" content={ (who.username) "@" (me.domain) };
        meta name="twitter:card" content="summary";
    }
}

fn card(view: &View, who: &Account) -> Markup {
    let home = safe(&who.url).unwrap_or("/").to_owned();
    html! {
        section.card.profile.h-card {
            img.banner.u-featured src=(account::header_address(&view.app.instance, who)) alt="" width="1500" height="500";
            div.inner {
                div.head {
                    img.avatar.u-photo src=(account::avatar_address(&view.app.instance, who)) alt={ "Avatar of " (who.name()) } width="92" height="92";
                    div.row { (buttons(view, who)) }
                }
                h1.p-name dir="auto" { (account::name(&view.app.instance, who)) }
                p.soft { a.u-url.u-uid.soft rel=[who.is_owner().then_some("me")] href=(home) { span.p-nickname { (account::handle(view, who)) } } }
                @if view.is_owner() && !who.is_owner() { p { (account::standing(view, who)) } }
                @if let Some(target) = &who.moved_to { (moved(view, who, target)) }
                @if !who.note.is_empty() { div.content.p-note dir="auto" { (emojify_html(&view.app.instance, &who.note, &who.emojis)) } }
                @if !who.fields.is_empty() { (fields(view, who)) }
                (counts(who))
                @if view.is_owner() && !who.is_owner() {
                    details { summary.soft { "More" } div.row { (account::other_buttons(view, who)) } }
                }
            }
        }
    }
}

fn moved(view: &View, who: &Account, target: &str) -> Markup {
    let there = if view.is_owner() {
        let encoded: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        format!("/search?q={encoded}")
    } else {
        safe(target).unwrap_or("/").to_owned()
    };
    html! { p.notice.card role="note" { bdi { (account::name(&view.app.instance, who)) } " has moved to " a href=(there) { (target) } "." } }
}

fn buttons(view: &View, who: &Account) -> Markup {
    html! {
        @if who.is_owner() {
            @if view.is_owner() { a.btn href="/settings/profile" { "Edit profile" } }
            @else { (super::remote::follow_box(&who.uri)) }
        } @else {
            a.btn href={ "/compose?to=" (who.acct()) } { "Mention" }
            (account::follow_button(view, who))
        }
    }
}

fn fields(view: &View, who: &Account) -> Markup {
    html! {
        dl.fields {
            @for field in &who.fields {
                div {
                    dt dir="auto" { (emojify(&view.app.instance, &field.name, &who.emojis)) }
                    dd dir="auto" {
                        (emojify_html(&view.app.instance, &field.value, &who.emojis))
                        @if field.verified_at.is_some() { " " span.verified title="The page links back here" { "✓" } }
                    }
                }
            }
        }
    }
}

fn counts(who: &Account) -> Markup {
    let AccountCounts { statuses, followers, following } = who.counts;
    html! {
        p.counts {
            span { b { (short(statuses)) } " " (plural(statuses, "post", "posts")) }
            @if !who.hide_collections {
                span { b { (short(following)) } " following" }
                span { b { (short(followers)) } " " (plural(followers, "follower", "followers")) }
            }
            span { "since " (who.created_at.to_jiff().strftime("%B %Y").to_string()) }
        }
    }
}

fn tabs(req: &Req, chosen: Tab) -> Markup {
    let tab = |tab: Tab, query: &str, label: &str| {
        let here = (tab == chosen).then_some("page");
        html! { a href={ (req.path) (query) } aria-current=[here] { (label) } }
    };
    html! {
        nav.tabs aria-label="What to show" {
            (tab(Tab::Posts, "", "Posts"))
            (tab(Tab::Replies, "?tab=replies", "Replies"))
            (tab(Tab::Media, "?tab=media", "Media"))
        }
    }
}
