//! What the owner should hear of, in groups as the API's: favourites of one post stand together.
//! <https://docs.joinmastodon.org/methods/grouped_notifications/>

use super::layout::{self, icon};
use super::parts::status::{self, Posts};
use super::parts::text::{emojify, when};
use super::parts::{View, account, pager};
use super::people::request_buttons;
use super::requests::shelf;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::notification_groups::{self as groups, Group};
use crate::ops::{doctor, notify, webmentions};
use crate::store::notifications::{self, Filter};
use crate::store::{accounts, markers, notification_requests, reactions, statuses};
use crate::text;
use crate::words::{fill, rich, say};
use maud::{Markup, html};
use rusqlite::Connection;
use std::collections::HashMap;

pub const ROUTES: &[Route<App>] = &[
    get("/notifications", show, Auth::Session),
    get("/notifications/groups/{key}", people, Auth::Session),
    post("/notifications/read", read_all, Auth::Session),
    get("/notifications/clear", ask, Auth::Session),
    post("/notifications/clear", clear, Auth::Session),
];

/// The name of the marker: <https://docs.joinmastodon.org/methods/markers/>
const NOTIFICATIONS: i64 = 30;
/// Letters of the post that somebody favourited or boosted.
const PREVIEW: usize = 240;
/// Names that are spelt out; the others are a number.
const NAMES: usize = 2;
/// Faces beside a group; a phone has room for no more.
const FACES: usize = 5;
const PEOPLE: i64 = 40;

/// A tab: its word in the address, and the kinds behind it.
struct Tab {
    name: &'static str,
    label: &'static str,
    kinds: &'static [NotificationKind],
}

use NotificationKind as K;

/// The first one is everything.
const TABS: [Tab; 9] = [
    Tab { name: "", label: "notifications-tab-all", kinds: &[] },
    Tab { name: "mentions", label: "notifications-tab-mentions", kinds: &[K::Mention, K::Quote] },
    Tab { name: "follows", label: "notifications-tab-follows", kinds: &[K::Follow, K::FollowRequest] },
    Tab { name: "favourites", label: "notifications-tab-favourites", kinds: &[K::Favourite] },
    Tab { name: "boosts", label: "notifications-tab-boosts", kinds: &[K::Reblog] },
    Tab { name: "posts", label: "notifications-tab-posts", kinds: &[K::Status] },
    Tab { name: "polls", label: "notifications-tab-polls", kinds: &[K::Poll] },
    Tab { name: "edits", label: "notifications-tab-edits", kinds: &[K::Update, K::QuotedUpdate] },
    Tab { name: "reports", label: "notifications-tab-reports", kinds: &[K::Report] },
];

struct List {
    groups: Vec<Group>,
    ends: Option<(i64, i64)>,
    people: HashMap<AccountId, Account>,
    statuses: HashMap<StatusId, Status>,
    posts: Posts,
    /// With which emoji a favourite was given.
    emoji: HashMap<(StatusId, AccountId), Emoji>,
    /// The newest that was there at the last visit, and the newest that there is.
    read: i64,
    newest: i64,
    /// Requests of those who are held back.
    waiting: i64,
}

/// Everything up to `newest` is read.
fn remember(app: &App, newest: i64) -> Result<()> {
    app.store.write(|tx| markers::set(tx, notify::MARKER, &newest.to_string()))?;
    Ok(())
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(NOTIFICATIONS);
    let only = req.query_text("only").unwrap_or_default();
    let tab = TABS.iter().find(|tab| tab.name == only).unwrap_or(&TABS[0]);
    let (list, sites, faults) = app
        .store
        .read(|c| Ok((load(c, &view, tab, &page)?, webmentions::unseen(c, 99)?, doctor::news(c)?)))?;
    // Whoever opens the whole list has seen its top; of the others only a part.
    let top = list.groups.first().map_or(0, |group| group.newest.0);
    if tab.kinds.is_empty() && top > list.read {
        remember(app, top)?;
    }
    let unread = sites > 0 || !tab.kinds.is_empty() && list.newest > list.read;
    let body = html! {
        h1 { (say("notifications-title")) }
        (shelf(list.waiting))
        (tabs(tab))
        @if faults > 0 && tab.kinds.is_empty() && page.max_id.is_none() {
            p.card { a href="/settings/doctor" { (fill("doctor-news", &[("count", faults.into())])) } }
        }
        @if sites > 0 && tab.kinds.is_empty() && page.max_id.is_none() {
            p.card { a href="/settings/webmentions" { (fill("notifications-sites", &[("count", sites.into())])) } }
        }
        @if list.groups.is_empty() {
            p.card.empty { @if tab.kinds.is_empty() { (say("notifications-none")) } @else { (say("notifications-none-here")) } }
        } @else {
            div.list { @for told in &list.groups { (row(&view, &list, told)) } }
        }
        @if unread || !list.groups.is_empty() {
            div.row {
                @if unread { (view.button("/notifications/read", "", &html! { (say("notifications-read-all")) })) }
                @if !list.groups.is_empty() { a.btn href="/notifications/clear" { (say("notifications-clear")) } }
            }
        }
        (pager(req, list.ends, list.groups.len() as i64 == page.limit))
    };
    layout::page(app, req, say("notifications-title"), html! {}, body)
}

fn tabs(chosen: &Tab) -> Markup {
    html! {
        nav.tabs aria-label=(say("notifications-tabs")) {
            @for tab in &TABS {
                @let to = if tab.name.is_empty() { "/notifications".to_owned() } else { format!("/notifications?only={}", tab.name) };
                a href=(to) aria-current=[(tab.name == chosen.name).then_some("page")] { (say(tab.label)) }
            }
        }
    }
}

fn load(c: &Connection, view: &View, tab: &Tab, page: &Page) -> Result<List> {
    let kinds = Some(tab.kinds.to_vec()).filter(|kinds| !kinds.is_empty());
    let filter = Filter { kinds, ..Filter::default() };
    let found = groups::page(c, &filter, page, &GroupKey::KINDS)?;
    let heads = || found.list.iter().map(|group| &group.head);
    let faces: Vec<AccountId> =
        found.list.iter().flat_map(|g| g.faces.iter().copied().chain([g.head.account_id])).collect();
    let statuses = statuses::many(c, &heads().filter_map(|n| n.status_id).collect::<Vec<_>>())?;
    let posts = Posts::load(c, statuses.values())?.filtered(c, view, FilterContext::Notifications)?;
    let (waiting, _) = notification_requests::summary(c)?;
    Ok(List {
        people: accounts::many(c, &faces)?,
        statuses,
        posts,
        emoji: reactions::of_notifications(c, heads())?,
        read: notify::last_read(c)?,
        newest: notifications::list(c, &Filter::default(), &Page::newest(1))?.first().map_or(0, |n| n.id.0),
        waiting,
        ends: found.ends,
        groups: found.list,
    })
}

fn row(view: &View, list: &List, told: &Group) -> Markup {
    let head = &told.head;
    let faces: Vec<&Account> = told.faces.iter().filter_map(|id| list.people.get(id)).collect();
    let Some(by) = faces.first().copied().or_else(|| list.people.get(&head.account_id)) else {
        return html! {};
    };
    let status = head.status_id.and_then(|id| list.statuses.get(&id));
    let class = if told.newest.0 > list.read { " new" } else { "" };
    match (head.kind, status) {
        // A mention is there to be read and answered: the whole post.
        (K::Mention | K::Status | K::Quote, Some(status)) => status::item(view, &list.posts, status, class),
        (kind, _) => html! {
            article class={ "told" (class) } {
                p.why {
                    (sign(kind))
                    @for face in faces.iter().take(FACES) {
                        a href=(account::address(view, face)) tabindex="-1" aria-hidden="true" { (account::avatar(&view.app.instance, face)) }
                    }
                    @if told.count == 1 {
                        span.grow { (who(view, by)) " " (words(kind, by.is_owner(), 1)) (gave(view, list, told)) }
                        span.when { (when(told.newest_at, view.now)) }
                    }
                }
                @if told.count > 1 {
                    p.why {
                        span.grow { (several(view, &faces, told)) " " (words(kind, false, told.count)) }
                        span.when { (when(told.newest_at, view.now)) }
                    }
                }
                @if let Some(status) = status { (quote(view, &list.posts, status)) }
                @if kind == K::FollowRequest && by.relation.follower == Follow::Requested {
                    div.row { (request_buttons(view, by)) }
                }
                @if kind == K::Report { div.row { a.btn href="/reports" { (say("notifications-read-report")) } } }
                @if kind == K::Follow && told.count == 1 && by.relation.following == Follow::No {
                    div.row { (account::follow_button(view, by)) }
                }
            }
        },
    }
}

fn who(view: &View, by: &Account) -> Markup {
    html! { a href=(account::address(view, by)) { bdi { b { (account::name(&view.app.instance, by)) } } } }
}

/// The newest by their names, the others as a number that leads to all of them.
fn several(view: &View, faces: &[&Account], told: &Group) -> Markup {
    let others = told.count - faces.len().min(NAMES) as i64;
    html! {
        @for (n, face) in faces.iter().take(NAMES).enumerate() { @if n > 0 { ", " } (who(view, face)) }
        @if others > 0 {
            " "
            a href=(format!("/notifications/groups/{}", told.key)) { (rich("notifications-others", &[("count", others.into())])) }
        }
    }
}

/// Everybody of one group.
fn people(app: &App, req: &Req) -> Result<Res> {
    let (view, page) = (View::of(app, req), req.page(PEOPLE));
    let key: GroupKey = req.param("key").parse().map_err(|_| Error::not_found())?;
    let (rows, found, head) = app.store.read(|c| {
        let rows = notifications::of_group(c, &key, &page)?;
        let found = accounts::many(c, &rows.iter().map(|one| one.account_id).collect::<Vec<_>>())?;
        Ok((rows, found, groups::one(c, &key)?.head))
    })?;
    let ends = rows.first().zip(rows.last()).map(|(newest, oldest)| (newest.id.0, oldest.id.0));
    let body = html! {
        h1 { (heading(head.kind)) }
        div.list {
            @for who in rows.iter().filter_map(|one| found.get(&one.account_id)) {
                (account::person(&view, who, &account::follow_button(&view, who)))
            }
        }
        (pager(req, ends, rows.len() as i64 == page.limit))
        nav.pager { a.btn href="/notifications" { (say("notifications-back")) } }
    };
    layout::page(app, req, heading(head.kind), html! {}, body)
}

fn heading(kind: NotificationKind) -> &'static str {
    match kind {
        K::Favourite => say("notifications-who-favourited"),
        K::Reblog => say("notifications-who-boosted"),
        _ => say("notifications-who-follows"),
    }
}

/// The emoji of a favourite that was one.
fn gave(view: &View, list: &List, told: &Group) -> Markup {
    let of = told.head.status_id.filter(|_| told.head.kind == K::Favourite);
    let emoji = of.and_then(|status| list.emoji.get(&(status, told.head.account_id)));
    html! {
        @if let Some(emoji) = emoji {
            " "
            @let face = html! {
                @if emoji.url.is_empty() { (emoji.shortcode) }
                @else { (emojify(&view.app.instance, &format!(":{}:", emoji.shortcode), std::slice::from_ref(emoji))) }
            };
            (rich("notifications-with", &[("emoji", face.into())]))
        }
    }
}

fn quote(view: &View, posts: &Posts, status: &Status) -> Markup {
    let Some(author) = posts.author(status) else { return html! {} };
    let shown = match status.spoiler_text.as_str() {
        "" => text::line(&text::plain(&status.content), PREVIEW),
        warning => warning.to_owned(),
    };
    let shown = if shown.is_empty() { say("notifications-your-picture").to_owned() } else { shown };
    html! { a.quote href=(status::address(view, status, author)) dir="auto" { (shown) } }
}

fn sign(kind: NotificationKind) -> Markup {
    let (class, symbol) = match kind {
        K::Favourite => ("star", "star"),
        K::Reblog => ("swap", "boost"),
        K::Follow | K::FollowRequest => ("plus", "ask"),
        K::Update | K::QuotedUpdate => ("plus", "pen"),
        K::Mention | K::Status | K::Poll | K::Report | K::Quote => ("plus", "mail"),
    };
    html! { span class=(class) { (icon(symbol)) } }
}

/// What they did; groups are of favourites, boosts and follows, and most languages tell one from several.
fn words(kind: NotificationKind, own: bool, count: i64) -> String {
    let several = |key| fill(key, &[("count", count.into())]);
    let words = match kind {
        K::Poll if own => say("notifications-poll-own"),
        K::Mention => say("notifications-mention"),
        K::Status => say("notifications-status"),
        K::Reblog => return several("notifications-reblog"),
        K::Follow => return several("notifications-follow"),
        K::FollowRequest => say("notifications-follow-request"),
        K::Favourite => return several("notifications-favourite"),
        K::Update => say("notifications-update"),
        K::Poll => say("notifications-poll"),
        K::Quote => say("notifications-quote"),
        K::Report => say("notifications-report"),
        K::QuotedUpdate => say("notifications-quoted-update"),
    };
    words.to_owned()
}

fn read_all(app: &App, _: &Req) -> Result<Res> {
    remember(app, app.store.read(notifications::newest)?)?;
    webmentions::see_all(app)?;
    Ok(Res::see_other("/notifications"))
}

/// A page of its own instead of a question of a script.
fn ask(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let body = html! {
        div.card.stack {
            h1 { (say("notifications-clear-ask")) }
            p { (say("notifications-clear-hint")) }
            form.row method="post" action=(req.path) {
                (view.hidden())
                button.danger { (say("notifications-clear-do")) }
                a.btn href="/notifications" { (say("notifications-clear-keep")) }
            }
        }
    };
    layout::page(app, req, say("notifications-clear-ask"), html! {}, body)
}

fn clear(app: &App, _: &Req) -> Result<Res> {
    notify::clear(app)?;
    Ok(Res::see_other("/notifications"))
}
