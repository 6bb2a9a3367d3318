//! The apps that are called when there is something to hear of, and how that went.

use super::layout;
use super::parts::View;
use super::parts::text::when;
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::deliver::host;
use crate::ops::push::{remove, send_test};
use crate::store::push;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/push", page, Auth::Session),
    post("/settings/push/test", test_all, Auth::Session),
    post("/settings/push/{id}/test", test, Auth::Session),
    post("/settings/push/{id}/remove", end, Auth::Session),
];

fn test_all(app: &App, _: &Req) -> Result<Res> {
    send_test(app, None)?;
    Ok(Res::see_other("/settings/push?sent=1"))
}

fn test(app: &App, req: &Req) -> Result<Res> {
    send_test(app, Some(req.id("id")?))?;
    Ok(Res::see_other("/settings/push?sent=1"))
}

fn end(app: &App, req: &Req) -> Result<Res> {
    remove(app, req.id("id")?)?;
    Ok(Res::see_other("/settings/push"))
}

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let rows = app.store.read(|c| {
        let rows = push::list(c)?;
        rows.into_iter().map(|of| Ok((push::app_name(c, of.token_id)?, of))).collect::<Result<Vec<_>>>()
    })?;
    let body = html! {
        h1 { "Notifications in apps" }
        @if req.query_text("sent").is_some() {
            p.card.notice role="status" {
                "The test is on its way. Load this page again to see whether it was taken."
            }
        }
        @if rows.is_empty() {
            p.card.empty { "No app has asked to be called yet. Turn notifications on in your app, and it stands here." }
        } @else {
            div.list { @for (name, of) in &rows { (row(&view, name, of)) } }
            section.card {
                h2 { "Does it work?" }
                p {
                    "A test says “Taure: This is a test.” Most apps show it as it comes. Some, Tusky for one, take it as a "
                    "sign to look for something new, and there is nothing: then the line “Last taken” tells you that it "
                    "got as far as the push service."
                }
                (view.button("/settings/push/test", "primary", &html! { "Send a test to all" }))
                p.hint { "An app that you remove stays signed in, and may ask again to be called." }
            }
        }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Notifications in apps", html! {}, body)
}

fn row(view: &View, name: &str, of: &PushSubscription) -> Markup {
    let at = |verb: &str| format!("/settings/push/{}/{verb}", of.id);
    html! {
        article.told {
            p { b dir="auto" { (name) } }
            p.hint {
                "Through " (host(&of.endpoint).unwrap_or_default())
                ", added " (when(of.created_at, view.now))
                @if of.policy == PushPolicy::None || of.alerts.is_empty() { "; the app has turned everything off" }
            }
            @match of.delivered_at {
                Some(at) => p.hint { "Last taken: " (when(at, view.now)) },
                None => p.hint { "Nothing was taken yet." },
            }
            @if let (Some(at), Some(failure)) = (of.failed_at, &of.failure) {
                p.hint {
                    "Last failure: " (when(at, view.now)) ", " (failure)
                    @if of.failures > 1 { " (" (of.failures) " times in a row)" }
                }
            }
            div.row {
                (view.button(&at("test"), "", &html! { "Send a test" }))
                (view.button(&at("remove"), "danger", &html! { "Remove" }))
            }
        }
    }
}
