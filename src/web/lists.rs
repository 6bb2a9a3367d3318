//! Lists: what some of the followed post, apart from the rest. <https://docs.joinmastodon.org/methods/lists/>

use super::home::POSTS;
use super::layout;
use super::parts::status::{self, Posts};
use super::parts::{View, account, back, pager};
use super::settings::tick;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::lists::{self as ops, ListChange};
use crate::ops::search::{self, Ask};
use crate::store::lists::{self, List, RepliesPolicy};
use crate::store::timelines;
use crate::words::{fault, fill, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/lists", |app, req| index(app, req, &fresh(), None), Auth::Session),
    post("/lists", create, Auth::Session),
    get("/lists/{id}", timeline, Auth::Session),
    get("/lists/{id}/edit", edit, Auth::Session),
    post("/lists/{id}/edit", update, Auth::Session),
    get("/lists/{id}/delete", ask, Auth::Session),
    post("/lists/{id}/delete", delete, Auth::Session),
    get("/lists/{id}/members", members, Auth::Session),
    post("/lists/{id}/members", |app, req| member(app, req, lists::add), Auth::Session),
    post("/lists/{id}/members/remove", |app, req| member(app, req, lists::remove), Auth::Session),
];

const PEOPLE: i64 = 40;

fn fresh() -> ListChange {
    ListChange { title: Some(String::new()), ..ListChange::default() }
}

/// The form as it was typed. A box that is not ticked is not sent: it means no.
fn typed(req: &Req) -> Result<ListChange> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    Ok(ListChange {
        title: Some(text("title").to_owned()),
        replies_policy: RepliesPolicy::parse(text("replies_policy")),
        exclusive: Some(text("exclusive") == "1"),
    })
}

/// In the owner's words.
fn policy(policy: RepliesPolicy) -> &'static str {
    match policy {
        RepliesPolicy::Followed => say("rooms-list-replies-followed"),
        RepliesPolicy::List => say("rooms-list-replies-list"),
        RepliesPolicy::None => say("rooms-list-replies-none"),
    }
}

fn form(view: &View, action: &str, typed: &ListChange) -> Markup {
    let chosen = typed.replies_policy.unwrap_or_default();
    html! {
        form method="post" action=(action) {
            (view.hidden())
            label.field { span { (say("rooms-list-name")) } input name="title" value=(typed.title.as_deref().unwrap_or_default()) required maxlength="256" dir="auto"; }
            label.field {
                span { (say("rooms-list-replies")) }
                select name="replies_policy" {
                    @for one in RepliesPolicy::ALL { option value=(one.as_str()) selected[one == chosen] { (policy(one)) } }
                }
            }
            (tick("exclusive", typed.exclusive == Some(true), say("rooms-list-exclusive"), say("rooms-list-exclusive-hint")))
            p.row { button.primary { (say("rooms-save")) } }
        }
    }
}

/// What went wrong with a form.
pub fn wrong(error: Option<&Error>) -> Markup {
    html! { @if let Some(error) = error { p.card.wrong role="alert" { (fault(&error.public)) } } }
}

fn index(app: &App, req: &Req, typed: &ListChange, fault: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let all = app.store.read(lists::everyone)?;
    let body = html! {
        h1 { (say("rooms-lists")) }
        (wrong(fault))
        @if all.is_empty() { p.card.empty { (say("rooms-lists-none")) } }
        @else { div.list { @for list in &all { (row(list)) } } }
        section.card { h2 { (say("rooms-list-new")) } (form(&view, "/lists", typed)) }
    };
    layout::page(app, req, say("rooms-lists"), html! {}, body)
}

fn row(list: &List) -> Markup {
    let at = format!("/lists/{}", list.id);
    html! {
        div.person {
            a.grow href=(at) { bdi { (list.title) } }
            @if list.exclusive { span.tag { (say("rooms-list-apart")) } }
            div.row {
                a.btn href={ (at) "/members" } { (say("rooms-list-members")) span.hide { ": " (list.title) } }
                a.btn href={ (at) "/edit" } { (say("rooms-edit")) span.hide { ": " (list.title) } }
            }
        }
    }
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let new = typed(req)?;
    match ops::create(app, &new) {
        Ok(list) => Ok(Res::see_other(format!("/lists/{}/members", list.id))),
        Err(e) if e.kind == Kind::Invalid => Ok(index(app, req, &new, Some(&e))?.status(422)),
        Err(e) => Err(e),
    }
}

fn timeline(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let (id, page): (ListId, Page) = (req.id("id")?, req.page(POSTS));
    let (list, rows, posts) = app.store.read(|c| {
        let list = lists::get(c, id)?;
        let rows = timelines::list(c, id, &page, view.now)?;
        let posts = Posts::load(c, &rows)?.filtered(c, &view, FilterContext::Home)?;
        Ok((list, rows, posts))
    })?;
    let ends = rows.first().zip(rows.last()).map(|(first, last)| (first.id.0, last.id.0));
    let body = html! {
        div.row {
            h1.grow { bdi { (list.title) } }
            a.btn href=(format!("/lists/{id}/members")) { (say("rooms-list-members")) }
            a.btn href=(format!("/lists/{id}/edit")) { (say("rooms-edit")) }
        }
        (status::list(&view, &posts, &rows, say("rooms-list-quiet")))
        (pager(req, ends, rows.len() as i64 == page.limit))
    };
    layout::page(app, req, &list.title, html! {}, body)
}

fn one(app: &App, req: &Req) -> Result<List> {
    let id = req.id("id")?;
    app.store.read(|c| lists::get(c, id))
}

fn edit(app: &App, req: &Req) -> Result<Res> {
    let list = one(app, req)?;
    let as_it_is = ListChange {
        title: Some(list.title.clone()),
        replies_policy: Some(list.replies_policy),
        exclusive: Some(list.exclusive),
    };
    edit_page(app, req, &list, &as_it_is, None)
}

fn edit_page(app: &App, req: &Req, list: &List, typed: &ListChange, fault: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let title = fill("rooms-list-edit", &[("list", list.title.as_str().into())]);
    let body = html! {
        h1 { (title) }
        (wrong(fault))
        section.card { (form(&view, &req.path, typed)) }
        p.row {
            a.btn href=(format!("/lists/{}", list.id)) { (say("rooms-list-back")) }
            a.btn.danger href=(format!("/lists/{}/delete", list.id)) { (say("rooms-delete")) }
        }
    };
    layout::page(app, req, &title, html! {}, body)
}

fn update(app: &App, req: &Req) -> Result<Res> {
    let (list, change) = (one(app, req)?, typed(req)?);
    match ops::update(app, list.id, change.clone()) {
        Ok(list) => Ok(Res::see_other(format!("/lists/{}", list.id))),
        Err(e) if e.kind == Kind::Invalid => Ok(edit_page(app, req, &list, &change, Some(&e))?.status(422)),
        Err(e) => Err(e),
    }
}

fn ask(app: &App, req: &Req) -> Result<Res> {
    let (view, list) = (View::of(app, req), one(app, req)?);
    let title = fill("rooms-list-delete", &[("list", list.title.as_str().into())]);
    let body = html! {
        div.card.stack {
            h1 { (title) }
            p { (say("rooms-list-delete-hint")) }
            form.row method="post" action=(req.path) {
                (view.hidden())
                button.danger { (say("rooms-delete")) }
                a.btn href=(format!("/lists/{}", list.id)) { (say("rooms-keep")) }
            }
        }
    };
    layout::page(app, req, &title, html! {}, body)
}

fn delete(app: &App, req: &Req) -> Result<Res> {
    ops::delete(app, req.id("id")?)?;
    Ok(Res::see_other("/lists"))
}

/// Who is in it, and a search among the followed for more.
fn members(app: &App, req: &Req) -> Result<Res> {
    let (view, page) = (View::of(app, req), req.page(PEOPLE));
    let list = one(app, req)?;
    let all = app.store.read(|c| lists::members(c, list.id, &page))?;
    let query = req.query_text("q").unwrap_or_default().trim().to_owned();
    let found = match query.is_empty() {
        true => Vec::new(),
        false => followed(app, &query)?,
    };
    let inside = app.store.read(|c| lists::those_in(c, list.id, &found))?;
    let ends = all.first().zip(all.last()).map(|(first, last)| (first.0, last.0));
    let title = fill("rooms-list-members-of", &[("list", list.title.as_str().into())]);
    let body = html! {
        h1 { (title) }
        form.card role="search" {
            label.field {
                span { (say("rooms-list-find")) }
                input type="search" name="q" value=(query) autocapitalize="off" spellcheck="false";
            }
            p.row { button { (say("rooms-list-search")) } a.btn href=(format!("/lists/{}", list.id)) { (say("rooms-list-back")) } }
        }
        @if !query.is_empty() {
            @if found.is_empty() { p.card.empty { (say("rooms-list-nobody")) } }
            @else {
                div.list { @for who in &found { (account::person(&view, who, &button(&view, list.id, who, inside.contains(&who.id)))) } }
            }
        }
        h2.hide { (say("rooms-list-members")) }
        @if all.is_empty() { p.card.empty { (say("rooms-list-empty")) } }
        @else { div.list { @for (_, who) in &all { (account::person(&view, who, &button(&view, list.id, who, true))) } } }
        (pager(req, ends, all.len() as i64 == page.limit))
    };
    layout::page(app, req, &title, html! {}, body)
}

/// People whom the owner follows, by the beginning of their names; nobody else is asked.
fn followed(app: &App, query: &str) -> Result<Vec<Account>> {
    let ask = Ask {
        statuses: false,
        hashtags: false,
        resolve: false,
        only_followed: true,
        ..Ask::all(query, PEOPLE)
    };
    Ok(search::find(app, &ask)?.accounts)
}

/// Puts somebody into a list, or takes them out.
fn button(view: &View, list: ListId, who: &Account, inside: bool) -> Markup {
    let (way, label) = match inside {
        true => ("members/remove", say("rooms-list-remove")),
        false => ("members", say("rooms-list-add")),
    };
    html! {
        form method="post" action=(format!("/lists/{list}/{way}")) {
            (view.hidden())
            input type="hidden" name="account" value=(who.id);
            button { (label) span.hide { ": " (who.name()) } }
        }
    }
}

/// The lists on somebody's profile, each with a button.
pub fn of_account(view: &View, who: &Account) -> Result<Markup> {
    let (all, theirs) = view.app.store.read(|c| Ok((lists::everyone(c)?, lists::containing(c, who.id)?)))?;
    Ok(html! {
        @for list in &all {
            @let inside = theirs.iter().any(|one| one.id == list.id);
            div.row {
                a.grow href=(format!("/lists/{}", list.id)) { bdi { (list.title) } }
                (button(view, list.id, who, inside))
            }
        }
        @if all.is_empty() { p { a href="/lists" { (say("rooms-list-first")) } } }
    })
}

/// Pressing twice is no error.
fn member(
    app: &App,
    req: &Req,
    change: fn(&crate::store::Tx, ListId, &[AccountId]) -> Result<()>,
) -> Result<Res> {
    let id: ListId = req.id("id")?;
    let who: AccountId =
        req.params()?["account"].as_str().and_then(|id| id.parse().ok()).ok_or_else(Error::not_found)?;
    let done = app.store.write(|tx| {
        lists::get(tx, id)?;
        change(tx, id, &[who])
    });
    match done {
        Err(e) if e.kind != Kind::Invalid => Err(e),
        _ => Ok(Res::see_other(back(req))),
    }
}
