//! Direct posts as conversations: with whom, what was said last, and whether it was read.
//! <https://docs.joinmastodon.org/methods/conversations/>

use super::layout::{self, icon};
use super::parts::status;
use super::parts::text::when;
use super::parts::{View, account, back, pager};
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::store::conversations::{self, Conversation, set_read};
use crate::store::{Tx, accounts, statuses};
use crate::text;
use crate::words::say;
use maud::{Markup, html};
use rusqlite::Connection;
use std::collections::HashMap;

pub const ROUTES: &[Route<App>] = &[
    get("/conversations", show, Auth::Session),
    post(
        "/conversations/{id}/read",
        |app, req| act(app, req, |tx, one| set_read(tx, one, true)),
        Auth::Session,
    ),
    post(
        "/conversations/{id}/unread",
        |app, req| act(app, req, |tx, one| set_read(tx, one, false)),
        Auth::Session,
    ),
    post("/conversations/{id}/delete", |app, req| act(app, req, conversations::hide), Auth::Session),
];

const ROWS: i64 = 20;
/// Letters of what was said last.
const PREVIEW: usize = 240;
/// Faces beside a conversation.
const FACES: usize = 6;

struct List {
    rows: Vec<Conversation>,
    last: HashMap<StatusId, Status>,
    /// Who takes part, the owner left out, by the last status.
    others: HashMap<StatusId, Vec<AccountId>>,
    people: HashMap<AccountId, Account>,
}

fn load(c: &Connection, me: AccountId, page: &Page) -> Result<List> {
    let rows = conversations::list(c, page)?;
    let ids: Vec<StatusId> = rows.iter().map(|one| one.last).collect();
    let (last, mut named) = (statuses::many(c, &ids)?, statuses::mentions(c, &ids)?);
    let mut others: HashMap<StatusId, Vec<AccountId>> = HashMap::new();
    for status in last.values() {
        let mut who = vec![status.account_id];
        who.extend(named.remove(&status.id).unwrap_or_default().iter().map(|m| m.account_id));
        who.retain(|id| *id != me);
        who.sort_unstable();
        who.dedup();
        others.insert(status.id, who);
    }
    let everybody: Vec<AccountId> =
        others.values().flatten().copied().chain(last.values().map(|s| s.account_id)).collect();
    Ok(List { rows, last, others, people: accounts::many(c, &everybody)? })
}

/// Stands wherever direct posts are read and written: they are no secret.
pub fn unsealed() -> Markup {
    html! { p.hint.unsealed role="note" { (say("rooms-unsealed")) } }
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let (view, page) = (View::of(app, req), req.page(ROWS));
    let list = app.store.read(|c| load(c, app.instance.owner, &page))?;
    let ends = list.rows.first().zip(list.rows.last()).map(|(first, last)| (first.last.0, last.last.0));
    let body = html! {
        div.row {
            h1.grow { (say("rooms-conversations")) }
            a.btn href="/compose?visibility=direct" { (icon("pen")) (say("rooms-conversation-new")) }
        }
        (unsealed())
        @if list.rows.is_empty() { p.card.empty { (say("rooms-conversations-none")) } }
        @else { div.list { @for one in &list.rows { (row(&view, &list, one)) } } }
        (pager(req, ends, list.rows.len() as i64 == page.limit))
    };
    layout::page(app, req, say("rooms-conversations"), html! {}, body)
}

fn row(view: &View, list: &List, one: &Conversation) -> Markup {
    let Some(last) = list.last.get(&one.last) else { return html! {} };
    let Some(author) = list.people.get(&last.account_id) else { return html! {} };
    let others: Vec<&Account> =
        list.others.get(&one.last).into_iter().flatten().filter_map(|id| list.people.get(id)).collect();
    let me = &view.app.instance;
    let shown = match last.spoiler_text.as_str() {
        "" => text::line(&text::plain(&last.content), PREVIEW),
        warning => warning.to_owned(),
    };
    let shown = if shown.is_empty() { say("rooms-conversation-picture").to_owned() } else { shown };
    let act = |verb: &str, label: &'static str| {
        view.button(&format!("/conversations/{}/{verb}", one.first), "", &html! { (label) })
    };
    html! {
        article class=(if one.unread { "told new" } else { "told" }) {
            p.why {
                @for who in others.iter().take(FACES) {
                    a href=(account::address(view, who)) tabindex="-1" aria-hidden="true" { (account::avatar(me, who)) }
                }
                span.grow {
                    @for (n, who) in others.iter().enumerate() {
                        @if n > 0 { ", " }
                        a href=(account::address(view, who)) { bdi { b { (account::name(me, who)) } } }
                    }
                    @if others.is_empty() { b { (say("rooms-conversation-self")) } }
                    @if one.unread { " " span.tag { (say("rooms-unread")) } }
                }
                span.when { (when(last.created_at, view.now)) }
            }
            a.quote href=(status::address(view, last, author)) dir="auto" {
                @if author.is_owner() { (say("rooms-conversation-you")) " " }
                (shown)
            }
            div.row {
                @if one.unread { (act("read", say("rooms-mark-read"))) } @else { (act("unread", say("rooms-mark-unread"))) }
                (act("delete", say("rooms-conversation-delete")))
            }
        }
    }
}

fn act(app: &App, req: &Req, change: fn(&Tx, &Conversation) -> Result<()>) -> Result<Res> {
    let id = req.id("id")?;
    app.store.write(|tx| change(tx, &conversations::get(tx, id)?))?;
    Ok(Res::see_other(back(req)))
}

/// The owner opens a post: the conversation that it stands in is read. Gives the word of warning for a direct one.
pub fn opened(view: &View, status: &Status) -> Result<Markup> {
    if !view.is_owner() || status.visibility != Visibility::Direct {
        return Ok(html! {});
    }
    let unread = view.app.store.read(|c| conversations::of_status(c, status))?.filter(|one| one.unread);
    if let Some(one) = unread {
        view.app.store.write(|tx| set_read(tx, &one, true))?;
    }
    Ok(unsealed())
}
