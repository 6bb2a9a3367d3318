//! What the owner should hear of.

use super::layout::{self, icon};
use super::parts::status::{self, Posts};
use super::parts::text::{emojify, when};
use super::parts::{View, account, pager};
use super::people::request_buttons;
use super::requests::shelf;
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::notify;
use crate::store::{accounts, markers, notification_requests, notifications, reactions, statuses};
use crate::text;
use maud::{Markup, html};
use rusqlite::Connection;
use std::collections::HashMap;

pub const ROUTES: &[Route<App>] = &[get("/notifications", show, Auth::Session)];

/// The name of the marker: <https://docs.joinmastodon.org/methods/markers/>
const NOTIFICATIONS: i64 = 30;
/// Letters of the post that somebody favourited or boosted.
const PREVIEW: usize = 240;

struct List {
    rows: Vec<Notification>,
    people: HashMap<AccountId, Account>,
    statuses: HashMap<StatusId, Status>,
    posts: Posts,
    /// With which emoji a favourite was given.
    emoji: HashMap<(StatusId, AccountId), Emoji>,
    /// The newest that was there at the last visit.
    read: i64,
    /// Requests of those who are held back.
    waiting: i64,
}

/// Whoever opens the list has seen its top.
fn remember(app: &App, list: &List) -> Result<()> {
    let newest = list.rows.first().map_or(0, |n| n.id.0);
    if newest <= list.read {
        return Ok(());
    }
    app.store.write(|tx| markers::set(tx, notify::MARKER, &newest.to_string()))?;
    Ok(())
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(NOTIFICATIONS);
    let list = app.store.read(|c| load(c, &view, &page))?;
    remember(app, &list)?;
    let ends = list.rows.first().zip(list.rows.last()).map(|(newest, oldest)| (newest.id.0, oldest.id.0));
    let body = html! {
        h1 { "Notifications" }
        (shelf(list.waiting))
        @if list.rows.is_empty() { p.card.empty { "All quiet." } }
        @else { div.list { @for told in &list.rows { (row(&view, &list, told)) } } }
        (pager(req, ends, list.rows.len() as i64 == page.limit))
    };
    layout::page(app, req, "Notifications", html! {}, body)
}

fn load(c: &Connection, view: &View, page: &Page) -> Result<List> {
    let rows = notifications::list(c, &notifications::Filter::default(), page)?;
    let people = accounts::many(c, &rows.iter().map(|n| n.account_id).collect::<Vec<_>>())?;
    let statuses = statuses::many(c, &rows.iter().filter_map(|n| n.status_id).collect::<Vec<_>>())?;
    let posts = Posts::load(c, statuses.values())?.filtered(c, view, FilterContext::Notifications)?;
    let (waiting, _) = notification_requests::summary(c)?;
    let emoji = reactions::of_notifications(c, rows.iter())?;
    Ok(List { rows, people, statuses, posts, emoji, read: notify::last_read(c)?, waiting })
}

fn row(view: &View, list: &List, told: &Notification) -> Markup {
    let Some(by) = list.people.get(&told.account_id) else { return html! {} };
    let status = told.status_id.and_then(|id| list.statuses.get(&id));
    let class = if told.id.0 > list.read { " new" } else { "" };
    match (told.kind, status) {
        // A mention is there to be read and answered: the whole post.
        (NotificationKind::Mention | NotificationKind::Status | NotificationKind::Quote, Some(status)) => {
            status::item(view, &list.posts, status, class)
        }
        (kind, _) => html! {
            article class={ "told" (class) } {
                p.why {
                    (sign(kind))
                    a href=(account::address(view, by)) tabindex="-1" aria-hidden="true" { (account::avatar(&view.app.instance, by)) }
                    span.grow { a href=(account::address(view, by)) { bdi { b { (account::name(&view.app.instance, by)) } } } " " (words(kind, by.is_owner())) (gave(view, list, told)) }
                    span.when { (when(told.created_at, view.now)) }
                }
                @if let Some(status) = status { (quote(view, &list.posts, status)) }
                @if kind == NotificationKind::FollowRequest && by.relation.follower == Follow::Requested {
                    div.row { (request_buttons(view, by)) }
                }
                @if kind == NotificationKind::Report { div.row { a.btn href="/reports" { "Read it" } } }
                @if kind == NotificationKind::Follow && by.relation.following == Follow::No {
                    div.row { (account::follow_button(view, by)) }
                }
            }
        },
    }
}

/// The emoji of a favourite that was one.
fn gave(view: &View, list: &List, told: &Notification) -> Markup {
    let of = told.status_id.filter(|_| told.kind == NotificationKind::Favourite);
    let emoji = of.and_then(|status| list.emoji.get(&(status, told.account_id)));
    html! {
        @if let Some(emoji) = emoji {
            " with "
            @if emoji.url.is_empty() { (emoji.shortcode) }
            @else { (emojify(&view.app.instance, &format!(":{}:", emoji.shortcode), std::slice::from_ref(emoji))) }
        }
    }
}

fn quote(view: &View, posts: &Posts, status: &Status) -> Markup {
    let Some(author) = posts.author(status) else { return html! {} };
    let shown = match status.spoiler_text.as_str() {
        "" => text::line(&text::plain(&status.content), PREVIEW),
        warning => warning.to_owned(),
    };
    let shown = if shown.is_empty() { "Your picture".to_owned() } else { shown };
    html! { a.quote href=(status::address(view, status, author)) dir="auto" { (shown) } }
}

fn sign(kind: NotificationKind) -> Markup {
    let (class, symbol) = match kind {
        NotificationKind::Favourite => ("star", "star"),
        NotificationKind::Reblog => ("swap", "boost"),
        NotificationKind::Follow | NotificationKind::FollowRequest => ("plus", "ask"),
        NotificationKind::Update | NotificationKind::QuotedUpdate => ("plus", "pen"),
        NotificationKind::Mention
        | NotificationKind::Status
        | NotificationKind::Poll
        | NotificationKind::Report
        | NotificationKind::Quote => ("plus", "mail"),
    };
    html! { span class=(class) { (icon(symbol)) } }
}

fn words(kind: NotificationKind, own: bool) -> &'static str {
    match kind {
        NotificationKind::Poll if own => "asked, and the poll has ended",
        NotificationKind::Mention => "mentioned you",
        NotificationKind::Status => "posted",
        NotificationKind::Reblog => "boosted your post",
        NotificationKind::Follow => "follows you",
        NotificationKind::FollowRequest => "asks to follow you",
        NotificationKind::Favourite => "favourited your post",
        NotificationKind::Update => "edited a post that you boosted",
        NotificationKind::Poll => "made a poll that has ended",
        NotificationKind::Quote => "quoted your post",
        NotificationKind::Report => "sent a report about you",
        NotificationKind::QuotedUpdate => "edited a post that you quoted",
    }
}
