//! A profile: the owner's for everybody, other people's for the owner. Microformats:
//! <https://microformats.org/wiki/h-card>, <https://microformats.org/wiki/h-feed>

use super::home::POSTS;
use super::parts::status::{self, Posts};
use super::parts::text::{date, emojify, emojify_html, month, safe};
use super::parts::{View, account, pager};
use super::{feeds, layout, people};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{self, backfill, visibility};
use crate::store::featured_tags::Featured;
use crate::store::timelines::{self, OfAccount};
use crate::store::{accounts, collections, featured_tags, instance};
use crate::text;
use crate::words::{fill, rich, say, short};
use maud::{Markup, html};
use rusqlite::Connection;
use serde_json::json;
use std::collections::HashMap;

pub const ROUTES: &[Route<App>] =
    &[get("/@{name}", show, Auth::Public), get("/users/{name}", by_id, Auth::Public)];

/// Letters of a bio in a link preview.
const PREVIEW: usize = 200;
/// Collections on the profile: Mastodon lets make ten.
const COLLECTIONS: i64 = 20;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Posts,
    Replies,
    Media,
    About,
    People,
}

impl Tab {
    fn query(self) -> &'static str {
        match self {
            Tab::Posts => "",
            Tab::Replies => "?tab=replies",
            Tab::Media => "?tab=media",
            Tab::About => "?tab=about",
            Tab::People => "?tab=people",
        }
    }

    fn asked(req: &Req) -> Tab {
        let asked = req.query_text("tab").map(|name| format!("?tab={name}"));
        let all = [Tab::Replies, Tab::Media, Tab::About, Tab::People];
        all.into_iter().find(|tab| asked.as_deref() == Some(tab.query())).unwrap_or(Tab::Posts)
    }
}

/// What the owner shows beside posts.
#[derive(Default)]
struct Shown {
    tags: Vec<Featured>,
    collections: Vec<Collection>,
    /// Who is in them.
    people: HashMap<AccountId, Account>,
    settings: Settings,
}

impl Shown {
    fn load(c: &Connection, who: &Account, tab: Tab) -> Result<Shown> {
        if !who.is_owner() {
            return Ok(Shown::default());
        }
        let settings = instance::settings(c)?;
        let tags = if settings.show_featured { featured_tags::list(c)? } else { Vec::new() };
        let mut collections = collections::list(c, true, COLLECTIONS, 0)?;
        // Who did not agree to be in one is not in it.
        for collection in &mut collections {
            collection.items.retain(|item| item.state == ItemState::Accepted);
        }
        collections.retain(|collection| !collection.items.is_empty());
        let ids: Vec<AccountId> =
            collections.iter().flat_map(|collection| &collection.items).map(|item| item.account).collect();
        let mut people = if tab == Tab::People { accounts::many(c, &ids)? } else { HashMap::new() };
        people.retain(|_, one| !one.suspended && !one.relation.blocking() && !one.relation.blocked_by);
        Ok(Shown { tags, collections, people, settings })
    }
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
    let (me, settings) = view.app.store.read(|c| Ok((accounts::owner(c)?, instance::settings(c)?)))?;
    if let Some(target) = me.moved_to.as_ref().filter(|_| settings.lead_on && !view.is_owner()) {
        let known = view.app.store.read(|c| accounts::by_uri(c, target))?;
        let there = known.as_ref().map_or(target.as_str(), |known| &known.url);
        if let Some(there) = safe(there) {
            return Ok(Res::redirect(302, there.to_owned()));
        }
    }
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
    let tab = Tab::asked(req);
    let tagged = req.query_text("tag").map(|name| text::normalise_tag(&name)).filter(|_| tab == Tab::Posts);
    let wanted = req.page(POSTS);
    let first = wanted.max_id.is_none() && wanted.min_id.is_none() && tagged.is_none();
    let with_posts = matches!(tab, Tab::Posts | Tab::Replies | Tab::Media);
    let (shown, pinned, list, posts) = app.store.read(|c| {
        let shown = Shown::load(c, who, tab)?;
        let up_to = visibility::up_to(c, view.viewer(), who)?.filter(|_| with_posts);
        let Some(up_to) = up_to else { return Ok((shown, Vec::new(), Vec::new(), Posts::default())) };
        let which = OfAccount {
            only_media: tab == Tab::Media,
            exclude_replies: tab == Tab::Posts,
            exclude_reblogs: tab != Tab::Posts,
            tagged: tagged.clone(),
            up_to,
        };
        let list = timelines::of_account(c, who.id, &which, &wanted)?;
        let pinned =
            if first && tab == Tab::Posts { timelines::pinned(c, who.id, up_to)? } else { Vec::new() };
        let posts = Posts::load(c, list.iter().chain(&pinned))?.filtered(c, view, FilterContext::Account)?;
        Ok((shown, pinned, list, posts))
    })?;
    let ends = list.first().zip(list.last()).map(|(newest, oldest)| (newest.id.0, oldest.id.0));
    let full = list.len() as i64 == wanted.limit;
    // The boost of a post that few may see is not for everybody, though the boost itself may be.
    let list = app.store.read(|c| visibility::only_visible(c, view.viewer(), app.instance.owner, list))?;
    let body = html! {
        (card(view, who))
        (people::panel(view, who)?)
        (tabs(req, tab, who, &shown))
        @match tab {
            Tab::About => (about(view, who, &shown)),
            Tab::People => (recommended(view, &shown)),
            _ => {
                (chips(req, &shown, tagged.as_deref()))
                div.h-feed {
                    h2.hide.p-name { (fill("profile-posts-of", &[("name", who.name().into())])) }
                    @if !pinned.is_empty() {
                        div.list.pins { @for status in &pinned { (status::item(view, &posts, status, "pinned")) } }
                    }
                    @if !list.is_empty() { div.list { @for status in &list { (status::item(view, &posts, status, "")) } } }
                    @else if pinned.is_empty() { p.card.empty { (say("profile-nothing")) } }
                }
                (pager(req, ends, full))
            }
        }
    };
    let res = layout::page(app, req, who.name(), head(view, who, tab, &shown), body)?;
    Ok(if who.is_owner() { res.with("link", alternate(&app.instance.actor())) } else { res })
}

/// The `Link` that tells other servers where the ActivityPub document is, and other sites what else there is.
pub fn alternate(uri: &str) -> String {
    format!("<{uri}>; rel=\"alternate\"; type=\"application/activity+json\", {}", super::webmentions::LINKS)
}

fn head(view: &View, who: &Account, tab: Tab, shown: &Shown) -> Markup {
    let me = &view.app.instance;
    if !who.is_owner() {
        return html! {};
    }
    let handle = account::handle(view, who);
    let bio = text::line(&text::plain(&who.note), PREVIEW);
    let bio = if bio.is_empty() {
        fill("profile-preview", &[("name", who.name().into()), ("handle", handle.as_str().into())])
    } else {
        bio
    };
    let url = me.at(&format!("/@{}", who.username));
    let picture = me.at(&account::avatar_address(me, who));
    let robots = layout::robots(who, &shown.settings.place);
    let seen = match shown.settings.avatar_description.as_str() {
        "" => fill("profile-avatar-of", &[("name", who.name().into())]),
        seen => seen.to_owned(),
    };
    let links: Vec<String> = who
        .fields
        .iter()
        .filter(|field| field.verified_at.is_some())
        .filter_map(|field| text::sole_link(&field.value))
        .collect();
    let data = json!({
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "dateCreated": who.created_at.to_string(),
        "mainEntity": {
            "@type": "Person", "name": who.name(), "alternateName": handle, "identifier": me.actor(),
            "description": bio, "image": picture, "url": url, "sameAs": links,
            "agentInteractionStatistic": {
                "@type": "InteractionCounter", "interactionType": "https://schema.org/WriteAction",
                "userInteractionCount": who.counts.statuses,
            },
        },
    });
    html! {
        link rel="alternate" type="application/activity+json" href=(me.actor());
        (feeds::links(&format!("/@{}", who.username)))
        link rel="canonical" href={ (url) (tab.query()) };
        meta name="description" content=(bio);
        @if !robots.is_empty() { meta name="robots" content=(robots); }
        meta property="og:type" content="profile";
        meta property="og:site_name" content=(me.domain);
        meta property="og:title" content={ (who.name()) " (" (handle) ")" };
        meta property="og:description" content=(bio);
        meta property="og:url" content=(url);
        meta property="og:image" content=(picture);
        meta property="og:image:alt" content=(seen);
        meta property="profile:username" content={ (who.username) "@" (me.domain) };
        meta name="twitter:card" content="summary";
        @if tab == Tab::Posts && who.discoverable { (layout::linked_data(&data)) }
    }
}

fn card(view: &View, who: &Account) -> Markup {
    let home = safe(&who.url).unwrap_or("/").to_owned();
    html! {
        section.card.profile.h-card {
            img.banner.u-featured src=(account::header_address(&view.app.instance, who)) alt="" width="1500" height="500";
            div.inner {
                div.head {
                    img.avatar.u-photo src=(account::avatar_address(&view.app.instance, who)) alt=(fill("profile-avatar-of", &[("name", who.name().into())])) width="92" height="92";
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
                    details { summary.soft { (say("profile-more")) } div.row { (account::other_buttons(view, who)) } }
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
    html! { p.notice.card role="note" { (rich("profile-moved", &[("name", html! { bdi { (account::name(&view.app.instance, who)) } }.into()), ("target", html! { a href=(there) { (target) } }.into())])) } }
}

fn buttons(view: &View, who: &Account) -> Markup {
    html! {
        @if who.is_owner() {
            @if view.is_owner() { a.btn href="/settings/profile" { (say("profile-edit")) } }
            @else { (super::remote::follow_box(&who.uri)) }
        } @else {
            a.btn href={ "/compose?to=" (who.acct()) } { (say("profile-mention")) }
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
                        @if field.verified_at.is_some() { " " span.verified title=(say("profile-verified")) { "✓" } }
                    }
                }
            }
        }
    }
}

fn counts(who: &Account) -> Markup {
    let AccountCounts { statuses, followers, following } = who.counts;
    let args = |count: i64| [("count", count.into()), ("number", html! { b { (short(count)) } }.into())];
    let since = month(who.created_at);
    html! {
        p.counts {
            span { (rich("profile-count-posts", &args(statuses))) }
            @if !who.hide_collections {
                (tally(who, "following", &rich("profile-count-following", &args(following))))
                (tally(who, "followers", &rich("profile-count-followers", &args(followers))))
            }
            span { (fill("profile-since", &[("date", since.into())])) }
        }
    }
}

/// The owner's lists are known here, and others' are not.
fn tally(who: &Account, list: &str, inside: &Markup) -> Markup {
    html! {
        @if who.is_owner() { a.soft href=(format!("/@{}/{list}", who.username)) { (inside) } }
        @else { span { (inside) } }
    }
}

fn tabs(req: &Req, chosen: Tab, who: &Account, shown: &Shown) -> Markup {
    let tab = |tab: Tab, label: &str| {
        let here = (tab == chosen).then_some("page");
        html! { a href={ (req.path) (tab.query()) } aria-current=[here] { (label) } }
    };
    let media = !who.is_owner() || shown.settings.show_media;
    html! {
        nav.tabs aria-label=(say("profile-tabs")) {
            (tab(Tab::Posts, say("profile-posts")))
            (tab(Tab::Replies, say("profile-replies")))
            @if media || chosen == Tab::Media { (tab(Tab::Media, say("profile-media"))) }
            (tab(Tab::About, say("profile-about")))
            @if !shown.collections.is_empty() { (tab(Tab::People, say("profile-people"))) }
        }
    }
}

/// The hashtags that the owner shows, to read the posts with one of them.
fn chips(req: &Req, shown: &Shown, chosen: Option<&str>) -> Markup {
    html! {
        @if chosen.is_some() || !shown.tags.is_empty() {
            nav.chips aria-label=(say("profile-hashtags")) {
                @if chosen.is_some() { a href=(req.path) { (say("profile-all-posts")) } }
                @for Featured { tag, .. } in &shown.tags {
                    @let here = (chosen == Some(tag.name.as_str())).then_some("page");
                    a.p-category href={ (req.path) "?tag=" (encoded(&tag.name)) } aria-current=[here] { "#" (tag.display_name) }
                }
                @if let Some(name) = chosen.filter(|name| shown.tags.iter().all(|f| f.tag.name != *name)) {
                    a href={ (req.path) "?tag=" (encoded(name)) } aria-current="page" { "#" (name) }
                }
            }
        }
    }
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn day(at: Timestamp) -> Markup {
    html! { time datetime=(at) { (date(at)) } }
}

/// Who this is, in full.
fn about(view: &View, who: &Account, shown: &Shown) -> Markup {
    let me = &view.app.instance;
    html! {
        section.card.stack {
            h2 { (rich("profile-about-who", &[("name", html! { bdi { (account::name(me, who)) } }.into())])) }
            @if who.note.is_empty() { p.soft { (say("profile-nothing-said")) } }
            @else { div.content dir="auto" { (emojify_html(me, &who.note, &who.emojis)) } }
            @if !who.fields.is_empty() { (fields(view, who)) }
            p {
                (rich("profile-here-since", &[("date", day(who.created_at).into())]))
                @if let Some(last) = who.last_status_at { " " (rich("profile-last-post", &[("date", day(last).into())])) }
            }
        }
        @if !shown.tags.is_empty() {
            section.card.stack {
                h2 { (say("profile-hashtags")) }
                ul.plain {
                    @for Featured { tag, statuses, .. } in &shown.tags {
                        li {
                            a.p-category href={ "/@" (who.username) "?tag=" (encoded(&tag.name)) } { "#" (tag.display_name) }
                            span.soft { " " (fill("profile-tag-posts", &[("count", (*statuses).into()), ("number", short(*statuses).into())])) }
                        }
                    }
                }
            }
        }
        @if who.is_owner() {
            section.card.stack {
                h2 { (say("profile-feeds")) }
                p.row {
                    @for (label, address) in [("Atom", ".atom"), ("RSS", ".rss"), ("JSON Feed", "/feed.json")] {
                        a.btn href={ "/@" (who.username) (address) } { (label) }
                    }
                }
            }
        }
    }
}

/// People whom the owner recommends, those who agreed to it.
fn recommended(view: &View, shown: &Shown) -> Markup {
    html! {
        @if shown.collections.is_empty() { p.card.empty { (say("profile-nothing")) } }
        @for collection in &shown.collections {
            section.card.stack #{ "c" (collection.id) } lang=[collection.language.as_deref()] {
                h2 dir="auto" { (collection.name) }
                @if !collection.description.is_empty() { p dir="auto" { (collection.description) } }
                @if let Some(tag) = &collection.tag { p { a.p-category href=(feeds::tag_page(&tag.name)) { "#" (tag.display_name) } } }
                div {
                    @for one in collection.items.iter().filter_map(|item| shown.people.get(&item.account)) {
                        (account::person(view, one, &html! {}))
                    }
                }
            }
        }
    }
}
