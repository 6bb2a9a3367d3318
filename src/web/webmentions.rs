//! Where other sites say that they link here (<https://www.w3.org/TR/webmention/>), and what the owner sees of it.

use super::layout;
use super::parts::webmentions::{line, name};
use super::parts::{View, back};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::webmentions as ops;
use crate::store::webmentions as store;
use crate::words::{rich, say};
use maud::{Markup, PreEscaped, html};

pub const ROUTES: &[Route<App>] = &[
    post("/webmention", receive, Auth::Public),
    get("/settings/webmentions", page, Auth::Session),
    post("/settings/webmentions", save, Auth::Session),
    post("/webmentions/{id}/delete", delete, Auth::Session),
    post("/webmentions/{id}/block", block, Auth::Session),
];

/// What a profile and a post say in their `Link` header: RFC 8288.
pub const LINKS: &str = "</webmention>; rel=\"webmention\", </indieauth/metadata>; rel=\"indieauth-metadata\", \
    </micropub>; rel=\"micropub\"";

/// Rows of each list of the owner's page.
const ROWS: i64 = 100;

/// The same in the head of a page, with the older names that apps still look for.
pub fn links(req: &Req) -> Markup {
    if req.path != "/" && !req.path.starts_with("/@") {
        return html! {};
    }
    PreEscaped(
        "<link rel=\"webmention\" href=\"/webmention\"><link rel=\"indieauth-metadata\" href=\"/indieauth/metadata\">\
         <link rel=\"authorization_endpoint\" href=\"/indieauth\"><link rel=\"token_endpoint\" href=\"/indieauth/token\">\
         <link rel=\"micropub\" href=\"/micropub\">"
            .to_owned(),
    )
}

/// Taken, to be looked at; in plain words, since programs ask.
fn receive(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    match ops::receive(app, text("source"), text("target")) {
        Ok(()) => Ok(Res::text(202, "Thank you. The page will be looked at.")),
        Err(e) if matches!(e.kind, Kind::BadRequest | Kind::Forbidden | Kind::TooManyRequests) => {
            Ok(Res::text(e.kind.status(), format!("{}.", e.public)))
        }
        Err(e) => Err(e),
    }
}

fn save(app: &App, req: &Req) -> Result<Res> {
    let on = req.params()?["sends"].as_str() == Some("1");
    app.store.write(|tx| ops::set_sends(tx, on))?;
    Ok(Res::see_other("/settings/webmentions?saved=1"))
}

fn delete(app: &App, req: &Req) -> Result<Res> {
    ops::forget(app, req.id("id")?)?;
    Ok(Res::see_other(back(req)))
}

fn block(app: &App, req: &Req) -> Result<Res> {
    ops::block_host(app, req.id("id")?)?;
    Ok(Res::see_other(back(req)))
}

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let (got, sent, sends) =
        app.store.read(|c| Ok((store::newest(c, ROWS)?, store::sent(c, ROWS)?, ops::sends(c)?)))?;
    let about = |target: &str, is_profile: bool| {
        let what = if is_profile { say("indie-mentions-profile") } else { target };
        rich("indie-mentions-about", &[("what", html! { a href=(target) { bdi { (what) } } }.into())])
    };
    let body = html! {
        h1 { (say("indie-mentions-title")) }
        @if req.query_text("saved").is_some() { p.card.notice role="status" { (say("indie-mentions-saved")) } }
        section.card {
            p { (say("indie-mentions-lead")) }
            form.stack method="post" action="/settings/webmentions" {
                (view.hidden())
                label.check {
                    input type="checkbox" name="sends" value="1" checked[sends];
                    span { (say("indie-mentions-sends")) small { " " (say("indie-mentions-sends-hint")) } }
                }
                p.row { button { (say("indie-mentions-save")) } }
            }
        }
        h2 { (say("indie-mentions-in")) }
        @if got.is_empty() { p.card.empty { (say("indie-mentions-none")) } }
        @else {
            div.list { @for one in &got { (line(&view, one, &about(&one.target, one.status.is_none()))) } }
        }
        @if !sent.is_empty() {
            h2 { (say("indie-mentions-out")) }
            div.list {
                @for one in &sent {
                    div.person {
                        span.grow { a href=(one.target) rel="noreferrer" { bdi { (name(&one.target)) } } " " span.soft { (about(&one.source, false)) } }
                        span.soft {
                            @match one.outcome.as_str() {
                                "accepted" => (say("indie-mentions-accepted")),
                                "refused" => (say("indie-mentions-refused")),
                                _ => (say("indie-mentions-unreachable")),
                            }
                        }
                    }
                }
            }
        }
        nav.pager { a.btn href="/settings" { (say("indie-feeds-back")) } }
    };
    layout::page(app, req, say("indie-mentions-title"), html! {}, body)
}
