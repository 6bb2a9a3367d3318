//! Whom the owner does not want to see: muted and blocked people, and blocked servers.

use super::parts::text::exact;
use super::parts::{View, account, back, pager};
use super::{layout, lists};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::domain_blocks as ops;
use crate::store::domain_blocks;
use crate::store::relations::{self, Relationship};
use crate::words::{fill, rich, say};
use maud::{Markup, html};

const MUTED: &str = "/settings/blocks";
const BLOCKED: &str = "/settings/blocks/people";
const SERVERS: &str = "/settings/blocks/servers";

pub const ROUTES: &[Route<App>] = &[
    get(MUTED, muted, Auth::Session),
    get(BLOCKED, blocked, Auth::Session),
    get(SERVERS, |app, req| servers(app, req, None), Auth::Session),
    post(SERVERS, block, Auth::Session),
    post("/settings/blocks/servers/unblock", unblock, Auth::Session),
    // Where the lists of people were.
    get("/mutes", |_, _| Ok(Res::see_other(MUTED)), Auth::Session),
    get("/blocks", |_, _| Ok(Res::see_other(BLOCKED)), Auth::Session),
];

const ROWS: i64 = 40;

fn muted(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(ROWS);
    let people = app.store.read(|c| relations::muted(c, &page, app.now()))?;
    list(app, req, &page, &people, say("people-mutes-none"), |view, who| {
        html! {
            (account::names(view, who))
            span.soft { @match who.relation.muting_until { Some(at) => { (fill("people-muted-until", &[("time", exact(at).into())])) }, None => { (say("people-muted-forever")) } } }
            div.row { (view.button(&format!("/accounts/{}/unmute", who.id), "", &html! { (say("people-unmute")) })) }
        }
    })
}

fn blocked(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(ROWS);
    let people = app.store.read(|c| relations::list(c, Relationship::Blocked, &page))?;
    list(app, req, &page, &people, say("people-blocks-none"), |view, who| {
        html! {
            (account::names(view, who))
            div.row { (view.button(&format!("/accounts/{}/unblock", who.id), "", &html! { (say("people-unblock")) })) }
        }
    })
}

fn list(
    app: &App,
    req: &Req,
    page: &Page,
    people: &[(i64, Account)],
    none: &str,
    row: fn(&View, &Account) -> Markup,
) -> Result<Res> {
    let view = View::of(app, req);
    let ends = people.first().zip(people.last()).map(|(first, last)| (first.0, last.0));
    let inside = html! {
        @if people.is_empty() { p.card.empty { (none) } }
        @else { div.list { @for (_, who) in people { div.person.asks.h-card { (row(&view, who)) } } } }
        (pager(req, ends, people.len() as i64 == page.limit))
    };
    frame(app, req, &inside)
}

fn frame(app: &App, req: &Req, inside: &Markup) -> Result<Res> {
    let body = html! {
        h1 { (say("people-blocks")) }
        nav.tabs aria-label=(say("people-blocks-tabs")) {
            @for (to, label) in [(MUTED, say("people-blocks-muted")), (BLOCKED, say("people-blocks-blocked")), (SERVERS, say("people-blocks-servers"))] {
                a href=(to) aria-current=[(req.path == to).then_some("page")] { (label) }
            }
        }
        (inside)
        nav.pager { a.btn href="/settings" { (say("people-blocks-back")) } }
    };
    layout::page(app, req, say("people-blocks"), html! {}, body)
}

fn servers(app: &App, req: &Req, wrong: Option<(&str, &Error)>) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(ROWS);
    let list = app.store.read(|c| domain_blocks::list(c, &page))?;
    let ends = list.first().zip(list.last()).map(|(first, last)| (first.0, last.0));
    let inside = html! {
        (lists::wrong(wrong.map(|(_, error)| error)))
        form.card.stack method="post" action=(SERVERS) {
            (view.hidden())
            label.field {
                span { (say("people-server-block")) }
                input name="domain" value=[wrong.map(|(typed, _)| typed)] required placeholder="server.example"
                    autocapitalize="none" spellcheck="false" inputmode="url";
                small { (say("people-server-hint")) }
            }
            button { (say("people-server-next")) }
        }
        @if list.is_empty() { p.card.empty { (say("people-servers-none")) } }
        @else {
            div.list {
                @for (_, domain) in &list {
                    div.person {
                        a.grow href={ "/servers/" (domain) } { bdi { (domain) } }
                        form method="post" action="/settings/blocks/servers/unblock" {
                            (view.hidden())
                            input type="hidden" name="domain" value=(domain);
                            button { (say("people-unblock")) span.hide { " " (domain) } }
                        }
                    }
                }
            }
        }
        (pager(req, ends, list.len() as i64 == page.limit))
    };
    frame(app, req, &inside)
}

/// Asks first: what a block ends does not come back.
fn block(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let typed = params["domain"].as_str().unwrap_or_default();
    let done = ops::checked(app, typed).and_then(|domain| {
        if params["sure"].as_str() == Some("1") {
            ops::block(app, &domain)?;
            return Ok(Res::see_other(SERVERS));
        }
        confirm(app, req, &domain)
    });
    match done {
        Err(e) if e.kind == Kind::Invalid => Ok(servers(app, req, Some((typed, &e)))?.status(422)),
        done => done,
    }
}

fn confirm(app: &App, req: &Req, domain: &str) -> Result<Res> {
    let view = View::of(app, req);
    let (following, followers) = ops::preview(app, domain)?;
    let lost = html! { b { (fill("people-server-followers", &[("count", followers.into())])) } };
    let left = html! { b { (fill("people-server-people", &[("count", following.into())])) } };
    let inside = html! {
        form.card.stack method="post" action=(SERVERS) {
            (view.hidden())
            input type="hidden" name="domain" value=(domain);
            input type="hidden" name="sure" value="1";
            h2 { (rich("people-server-ask", &[("server", html! { bdi { (domain) } }.into())])) }
            p { (rich("people-server-loss", &[("followers", lost.into()), ("following", left.into())])) }
            p.row { button.danger { (say("people-server-do")) } a.btn href=(SERVERS) { (say("people-server-leave")) } }
        }
    };
    frame(app, req, &inside)
}

fn unblock(app: &App, req: &Req) -> Result<Res> {
    ops::unblock(app, req.params()?["domain"].as_str().unwrap_or_default())?;
    Ok(Res::see_other(back(req)))
}
