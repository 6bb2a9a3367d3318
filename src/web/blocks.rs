//! Whom the owner does not want to see: muted and blocked people, and blocked servers.

use super::layout;
use super::parts::text::{exact, plural};
use super::parts::{View, account, back, pager};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::domain_blocks as ops;
use crate::store::domain_blocks;
use crate::store::relations::{self, Relationship};
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
    list(app, req, &page, &people, "You mute nobody.", |view, who| {
        html! {
            (account::names(view, who))
            span.soft { @match who.relation.muting_until { Some(at) => { "until " (exact(at)) }, None => "for ever" } }
            div.row { (view.button(&format!("/accounts/{}/unmute", who.id), "", &html! { "Unmute" })) }
        }
    })
}

fn blocked(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(ROWS);
    let people = app.store.read(|c| relations::list(c, Relationship::Blocked, &page))?;
    list(app, req, &page, &people, "You block nobody.", |view, who| {
        html! {
            (account::names(view, who))
            div.row { (view.button(&format!("/accounts/{}/unblock", who.id), "", &html! { "Unblock" })) }
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
        h1 { "Muted and blocked" }
        nav.tabs aria-label="What to show" {
            @for (to, label) in [(MUTED, "Muted"), (BLOCKED, "Blocked"), (SERVERS, "Servers")] {
                a href=(to) aria-current=[(req.path == to).then_some("page")] { (label) }
            }
        }
        (inside)
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Muted and blocked", html! {}, body)
}

fn servers(app: &App, req: &Req, wrong: Option<(&str, &Error)>) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(ROWS);
    let list = app.store.read(|c| domain_blocks::list(c, &page))?;
    let ends = list.first().zip(list.last()).map(|(first, last)| (first.0, last.0));
    let inside = html! {
        @if let Some((_, fault)) = wrong {
            p.card.wrong role="alert" { (fault.public.trim_start_matches("Validation failed: ")) "." }
        }
        form.card.stack method="post" action=(SERVERS) {
            (view.hidden())
            label.field {
                span { "Block a whole server" }
                input name="domain" value=[wrong.map(|(typed, _)| typed)] required placeholder="server.example"
                    autocapitalize="none" spellcheck="false" inputmode="url";
                small { "Nothing by its people is shown any more. Before it is blocked you see what it costs." }
            }
            button { "Next" }
        }
        @if list.is_empty() { p.card.empty { "You block no server." } }
        @else {
            div.list {
                @for (_, domain) in &list {
                    div.person {
                        bdi.grow { (domain) }
                        form method="post" action="/settings/blocks/servers/unblock" {
                            (view.hidden())
                            input type="hidden" name="domain" value=(domain);
                            button { "Unblock" span.hide { " " (domain) } }
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
    let inside = html! {
        form.card.stack method="post" action=(SERVERS) {
            (view.hidden())
            input type="hidden" name="domain" value=(domain);
            input type="hidden" name="sure" value="1";
            h2 { "Block " bdi { (domain) } "?" }
            p {
                "You lose " b { (followers) (plural(followers, " follower", " followers")) } " there, and no longer follow "
                b { (following) (plural(following, " person", " people")) } ". They do not come back when you unblock it."
            }
            p.row { button.danger { "Block" } a.btn href=(SERVERS) { "Leave it" } }
        }
    };
    frame(app, req, &inside)
}

fn unblock(app: &App, req: &Req) -> Result<Res> {
    ops::unblock(app, req.params()?["domain"].as_str().unwrap_or_default())?;
    Ok(Res::see_other(back(req)))
}
