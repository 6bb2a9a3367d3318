//! What became of the owner's posts on their way, and which servers cannot be reached.

use super::layout;
use super::parts::View;
use super::parts::text::when;
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::StatusId;
use crate::ops::deliver;
use crate::ops::receipts::{self, Receipts};
use crate::store::deliveries::{self, Failing, Undelivered};
use maud::{Markup, html};
use std::collections::BTreeMap;

pub const ROUTES: &[Route<App>] = &[
    get("/posts/{id}/delivery", of_post, Auth::Session),
    post("/posts/{id}/delivery", retry, Auth::Session),
    get("/settings/federation", servers, Auth::Session),
    post("/settings/federation", wake, Auth::Session),
];

/// Servers that are shown.
const SERVERS: i64 = 200;

/// The line below an own post.
pub fn line(id: StatusId, of: &Receipts) -> Markup {
    let sums = of.sums;
    html! {
        @if sums.total() > 0 {
            p.hint.receipt {
                a href={ "/posts/" (id) "/delivery" } {
                    "Delivered to " (sums.delivered) " of " (sums.total())
                    @if sums.waiting > 0 { ", " (sums.waiting) " retrying" }
                    @if sums.failed > 0 { ", " (sums.failed) " given up" }
                    @if of.down > 0 { ", " (of.down) @if of.down == 1 { " server down" } @else { " servers down" } }
                }
            }
        }
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
        let reason = one.reason.as_deref().unwrap_or("not tried yet").replace(name, "the server");
        reasons.entry(reason).or_default().push(one);
    }
    let body = html! {
        h1 { "Where this post went" }
        section.card {
            @if of.sums.total() == 0 { p { "Nothing is known: it went to nobody, or more than a month ago." } }
            @else { (line(id, &of)) }
            @if !of.undelivered.is_empty() {
                (view.button(&format!("/posts/{id}/delivery"), "primary", &html! { "Try all of them again now" }))
            }
        }
        @for (reason, list) in &reasons {
            section.card {
                h2 { (reason) }
                @for one in list {
                    p {
                        b { (one.host) }
                        @if one.attempts > 0 {
                            ", " (one.attempts) @if one.attempts == 1 { " try, last " } @else { " tries, last " } (when(one.updated_at, view.now))
                        }
                        @if one.failed { ", given up" }
                        @if let Some(since) = one.down_since { ", down since " (when(since, view.now)) }
                    }
                }
            }
        }
        nav.pager {
            a.btn href={ "/@" (app.instance.username) "/" (id) } { "Back to the post" }
            a.btn href="/settings/federation" { "All servers in trouble" }
        }
    };
    layout::page(app, req, "Delivery", html! {}, body)
}

fn retry(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    receipts::retry(app, id)?;
    Ok(Res::see_other(format!("/posts/{id}/delivery")))
}

fn servers(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let failing = app.store.read(|c| deliveries::failing(c, SERVERS))?;
    let body = html! {
        h1 { "Servers in trouble" }
        @if failing.is_empty() { p.card.empty { "Every server that you write to can be reached." } }
        @else {
            p.hint {
                "What waits for them is tried for seven days, more and more seldom, and goes out at once when they are heard of. "
                "One that has been down for a month is sent nothing more until then."
            }
            div.list { @for one in &failing { (server(&view, one)) } }
        }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Servers in trouble", html! {}, body)
}

fn server(view: &View, one: &Failing) -> Markup {
    html! {
        article.told {
            p { b { (one.host) } }
            p.hint {
                "Down since " (when(one.since, view.now)) ", " (one.failures) @if one.failures == 1 { " try" } @else { " tries" }
                "; " (one.waiting) " waiting"
                @if let Some(reason) = &one.reason { ". " (reason) }
            }
            form method="post" action="/settings/federation" {
                (view.hidden())
                input type="hidden" name="host" value=(one.host);
                button { "Try now" }
            }
        }
    }
}

fn wake(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let host = params["host"].as_str().unwrap_or_default();
    app.store.write(|tx| deliver::wake(tx, host))?;
    Ok(Res::see_other("/settings/federation"))
}
