//! What became of the owner's posts on their way, and which servers cannot be reached.

use super::layout;
use super::parts::View;
use super::parts::text::{exact, when};
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{StatusId, Timestamp};
use crate::ops::deliver;
use crate::ops::receipts::{self, Receipts};
use crate::store::deliveries::{self, Failing, Receipt, Undelivered};
use crate::words::{fill, rich, say};
use maud::{Markup, html};
use std::collections::BTreeMap;

pub const ROUTES: &[Route<App>] = &[
    get("/posts/{id}/delivery", of_post, Auth::Session),
    post("/posts/{id}/delivery", retry, Auth::Session),
    get("/settings/federation", servers, Auth::Session),
    post("/settings/federation", wake, Auth::Session),
];

/// Servers of one page.
const SERVERS: i64 = 100;

/// The line below an own post.
pub fn line(id: StatusId, of: &Receipts) -> Markup {
    let sums = of.sums;
    html! {
        @if sums.total() > 0 {
            p.hint.receipt {
                a href={ "/posts/" (id) "/delivery" } {
                    (sum(&sums))
                    @if of.down > 0 { ", " (fill("health-servers-down", &[("count", of.down.into())])) }
                }
            }
        }
    }
}

/// Who has it, in words.
pub fn sum(sums: &Receipt) -> Markup {
    html! {
        (fill("health-delivered", &[("delivered", sums.delivered.into()), ("total", sums.total().into())]))
        @if sums.waiting > 0 { ", " (fill("health-retrying", &[("count", sums.waiting.into())])) }
        @if sums.failed > 0 { ", " (fill("health-lost", &[("count", sums.failed.into())])) }
    }
}

fn of_post(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let id: StatusId = req.id("id")?;
    let of = receipts::of(app, id)?;
    let mut reasons: BTreeMap<String, Vec<&Undelivered>> = BTreeMap::new();
    for one in &of.undelivered {
        // What went wrong is the same for many servers; their names stand below.
        let name = one.host.split(':').next().unwrap_or_default();
        let reason =
            one.reason.as_deref().unwrap_or(say("health-not-tried")).replace(name, say("health-the-server"));
        reasons.entry(reason).or_default().push(one);
    }
    let body = html! {
        h1 { (say("health-where-went")) }
        section.card {
            @if of.sums.total() == 0 { p { (say("health-nothing-known")) } }
            @else { (line(id, &of)) }
            @if !of.undelivered.is_empty() {
                (view.button(&format!("/posts/{id}/delivery"), "primary", &html! { (say("health-try-all")) }))
            }
        }
        @for (reason, list) in &reasons {
            section.card {
                h2 { (reason) }
                @for one in list {
                    p {
                        b { (one.host) }
                        @if one.attempts > 0 {
                            ", " (rich("health-tries", &[("count", one.attempts.into()), ("when", when(one.updated_at, view.now).into())]))
                        }
                        @if one.failed { ", " (say("health-was-given-up")) }
                        @if let Some(since) = one.down_since { ", " (rich("health-is-down", &[("when", when(since, view.now).into())])) }
                    }
                }
            }
        }
        nav.pager {
            a.btn href={ "/@" (app.instance.username) "/" (id) } { (say("health-to-post")) }
            a.btn href="/settings/federation" { (say("health-servers-all")) }
        }
    };
    layout::page(app, req, say("health-delivery"), html! {}, body)
}

fn retry(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    receipts::retry(app, id)?;
    Ok(Res::see_other(format!("/posts/{id}/delivery")))
}

fn servers(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    // `since:host` of the last one of the page before.
    let after = req.query_text("after").unwrap_or_default();
    let after = after.split_once(':').and_then(|(since, host)| Some((Timestamp(since.parse().ok()?), host)));
    let failing = app.store.read(|c| deliveries::failing(c, after, SERVERS))?;
    let more = failing.last().filter(|_| failing.len() as i64 == SERVERS);
    let body = html! {
        h1 { (say("health-trouble")) }
        @if failing.is_empty() { p.card.empty { (say("health-servers-none")) } }
        @else {
            p.hint { (say("health-trouble-hint")) }
            div.list { @for one in &failing { (server(&view, one)) } }
        }
        nav.pager {
            @if let Some(last) = more {
                a.btn rel="next" href={ "?after=" (last.since.0) ":" (last.host) } { (say("health-next")) }
            }
            a.btn href="/settings/health" { (say("health-back")) }
        }
    };
    layout::page(app, req, say("health-trouble"), html! {}, body)
}

/// A server that cannot be reached, and a button.
pub fn server(view: &View, one: &Failing) -> Markup {
    html! {
        article.told {
            p { b { (one.host) } }
            p.hint {
                (rich("health-down-since", &[("since", when(one.since, view.now).into()), ("count", one.failures.into())]))
                " · " (fill("health-waits", &[("count", one.waiting.into())]))
                @if let Some(at) = one.seen_at { " · " (rich("health-seen", &[("when", when(at, view.now).into())])) }
                @if let Some(at) = one.next { " · " (rich("health-next-try", &[("when", html! { time datetime=(at) { (exact(at)) } }.into())])) }
                @if let Some(reason) = &one.reason { ". " (reason) }
            }
            form.row method="post" action="/settings/federation" {
                (view.hidden())
                input type="hidden" name="host" value=(one.host);
                button { (say("health-try")) span.hide { " " (one.host) } }
            }
        }
    }
}

fn wake(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let host = params["host"].as_str().unwrap_or_default();
    app.store.write(|tx| deliver::wake(tx, host))?;
    let to = if params["back"].as_str() == Some("/settings/health") {
        "/settings/health"
    } else {
        "/settings/federation"
    };
    Ok(Res::see_other(to))
}
