//! Who is called when there is something to hear of, and how that went: this browser, by the Push API
//! (<https://www.w3.org/TR/push-api/>), and the apps.

use super::parts::text::when;
use super::parts::{View, account, status};
use super::requests::policy_card;
use super::security::{browser, this};
use super::{assets, layout, strangers};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::deliver::host;
use crate::ops::notify;
use crate::ops::push::{self, Asked, Wishes, of_session, remove, send_test};
use crate::store::push as store;
use crate::store::{accounts, instance, notifications, statuses};
use crate::words::{self, fill, rich, say};
use maud::{Markup, html};
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    get("/settings/notifications", |app, req| here(app, req, None), Auth::Session),
    post("/settings/notifications/switches", change, Auth::Session),
    post("/settings/notifications/on", on, Auth::Session),
    post("/settings/notifications/off", off, Auth::Session),
    post("/settings/notifications/test", test_here, Auth::Session),
    get("/settings/notifications/unread", unread, Auth::Session),
    get("/settings/notifications/{id}/open", open, Auth::Session),
    get("/settings/push", page, Auth::Session),
    post("/settings/push/test", test_all, Auth::Session),
    post("/settings/push/{id}/test", test, Auth::Session),
    post("/settings/push/{id}/remove", end, Auth::Session),
];

const HERE: &str = "/settings/notifications";

/// The switches as they were sent; a box that is not ticked is not sent.
fn wishes(params: &Value) -> Wishes {
    let ticked = |kind: &NotificationKind| params[kind.as_str()].as_str() == Some("1");
    let alerts = NotificationKind::ALL.iter().filter(|kind| ticked(kind)).map(|k| k.as_str().to_owned());
    Wishes { alerts: Some(alerts.collect()), policy: params["policy"].as_str().map(str::to_owned) }
}

/// The browser's subscription, from the fields that the script has filled in.
fn on(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default().to_owned();
    let asked = Asked {
        endpoint: text("endpoint"),
        p256dh: text("p256dh"),
        auth: text("auth"),
        standard: true,
        wishes: wishes(&params),
    };
    match push::subscribe_browser(app, this(req)?, &asked) {
        Ok(_) => Ok(Res::see_other("/settings/notifications?done=1")),
        Err(e) if e.kind == Kind::Invalid => Ok(here(app, req, Some(&e))?.status(422)),
        Err(e) => Err(e),
    }
}

/// The subscription of this browser.
///
/// Errors: `NotFound`.
fn mine(app: &App, req: &Req) -> Result<PushSubscription> {
    let session = this(req)?;
    app.store.read(|c| of_session(c, session))?.ok_or_else(Error::not_found)
}

fn change(app: &App, req: &Req) -> Result<Res> {
    push::change(app, mine(app, req)?.token_id, &wishes(&req.params()?))?;
    Ok(Res::see_other("/settings/notifications?done=1"))
}

fn off(app: &App, req: &Req) -> Result<Res> {
    remove(app, mine(app, req)?.id)?;
    Ok(Res::see_other(HERE))
}

fn test_here(app: &App, req: &Req) -> Result<Res> {
    send_test(app, Some(mine(app, req)?.id))?;
    Ok(Res::see_other("/settings/notifications?sent=1"))
}

/// The number on the icon, for the service worker.
fn unread(app: &App, _: &Req) -> Result<Res> {
    let count = app.store.read(|c| notify::unread(c, 99))?;
    Ok(Res::text(200, count.to_string()).with("cache-control", "private, no-store"))
}

/// Where a pressed notification leads: its post, or who it is of.
fn open(app: &App, req: &Req) -> Result<Res> {
    let (view, id) = (View::of(app, req), req.id("id")?);
    let found = app.store.read(|c| {
        let told = notifications::get(c, id)?;
        Ok(match told.status_id {
            Some(id) => {
                let of = statuses::get(c, id)?;
                let author = accounts::get(c, of.account_id)?;
                status::address(&view, &of, &author)
            }
            None if told.kind == NotificationKind::FollowRequest => "/follow_requests".to_owned(),
            None => account::address(&view, &accounts::get(c, told.account_id)?),
        })
    });
    match found {
        Err(e) if e.kind == Kind::NotFound => Ok(Res::see_other("/notifications")), // a test, or gone since
        found => Ok(Res::see_other(found?)),
    }
}

fn kind_words(kind: NotificationKind) -> &'static str {
    match kind {
        NotificationKind::Mention => say("push-mention"),
        NotificationKind::Status => say("push-status"),
        NotificationKind::Reblog => say("push-reblog"),
        NotificationKind::Follow => say("push-follow"),
        NotificationKind::FollowRequest => say("push-follow-request"),
        NotificationKind::Favourite => say("push-favourite"),
        NotificationKind::Update => say("push-update"),
        NotificationKind::Poll => say("push-poll"),
        NotificationKind::Quote => say("push-quote"),
        NotificationKind::QuotedUpdate => say("push-quoted-update"),
        NotificationKind::Report => say("push-report"),
    }
}

fn policy_words(policy: PushPolicy) -> &'static str {
    match policy {
        PushPolicy::All => say("push-from-all"),
        PushPolicy::Followed => say("push-from-followed"),
        PushPolicy::Follower => say("push-from-followers"),
        PushPolicy::None => say("push-from-nobody"),
    }
}

fn switches(of: Option<&PushSubscription>) -> Markup {
    let is_on = |kind: &str| of.is_none_or(|of| of.alerts.iter().any(|alert| alert == kind));
    let policy = of.map_or(PushPolicy::All, |of| of.policy);
    html! {
        fieldset {
            legend { (say("push-of-what")) }
            @for kind in NotificationKind::ALL {
                label.check {
                    input type="checkbox" name=(kind.as_str()) value="1" checked[is_on(kind.as_str())];
                    (kind_words(kind))
                }
            }
        }
        label.field {
            span { (say("push-from")) }
            select name="policy" {
                @for of in PushPolicy::ALL {
                    option value=(of.as_str()) selected[of == policy] { (policy_words(of)) }
                }
            }
        }
    }
}

/// This browser's page. Turning it on needs a script, everything after that does not.
fn here(app: &App, req: &Req, fault: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let session = this(req)?;
    let (of, settings) = app.store.read(|c| Ok((of_session(c, session)?, instance::settings(c)?)))?;
    let body = html! {
        h1 { (say("push-title")) }
        @if let Some(fault) = fault {
            p.card.wrong role="alert" { (words::fault(&fault.public)) }
        } @else if req.query_text("sent").is_some() {
            p.card.notice role="status" { (say("push-sent")) }
        } @else if req.query_text("done").is_some() {
            p.card.notice role="status" { (say("push-done")) }
        }
        @if let Some(of) = &of {
            section.card.stack {
                h2 { (say("push-is-on")) }
                p.hint { (fill("push-through", &[("host", host(&of.endpoint).unwrap_or_default().into())])) }
                (how_it_went(&view, of))
                div.row {
                    (view.button("/settings/notifications/test", "", &html! { (say("push-test")) }))
                    form method="post" action="/settings/notifications/off" data-push="off" {
                        (view.hidden())
                        button.danger { (say("push-turn-off")) }
                    }
                }
            }
            form.card.stack method="post" action="/settings/notifications/switches" {
                (view.hidden())
                (switches(Some(of)))
                button.primary { (say("push-save")) }
            }
        } @else {
            noscript { p.card { (say("push-script")) } }
            form.card.stack method="post" action="/settings/notifications/on" hidden data-push="on"
                data-key=(app.keys.vapid.public()) {
                (view.hidden())
                @for name in ["endpoint", "p256dh", "auth"] { input type="hidden" name=(name); }
                p { (say("push-is-off")) }
                (switches(None))
                button.primary { (say("push-turn-on")) }
                p.danger role="alert" hidden { (say("push-refused")) }
            }
            p.card #no-push hidden { (say("push-cannot")) }
        }
        (strangers::card(&view, &settings.strangers))
        (policy_card(&view, settings.notifications))
        script src=(assets::address("doors.js")) defer {}
        nav.pager { a.btn href="/settings/push" { (say("push-apps")) } a.btn href="/settings" { (say("push-back")) } }
    };
    layout::page(app, req, say("push-title"), html! {}, body)
}

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
        let rows = store::list(c)?;
        rows.into_iter().map(|of| Ok((store::app_name(c, of.token_id)?, of))).collect::<Result<Vec<_>>>()
    })?;
    let body = html! {
        h1 { (say("push-apps")) }
        @if req.query_text("sent").is_some() { p.card.notice role="status" { (say("push-sent")) } }
        @if rows.is_empty() {
            p.card.empty { (say("push-none")) }
        } @else {
            div.list { @for (name, of) in &rows { (row(&view, name, of)) } }
            section.card {
                h2 { (say("push-does-it-work")) }
                p { (say("push-test-says")) }
                (view.button("/settings/push/test", "primary", &html! { (say("push-test-all")) }))
                p.hint { (say("push-removed-hint")) }
            }
        }
        nav.pager { a.btn href=(HERE) { (say("push-title")) } a.btn href="/settings/profile" { (say("push-back")) } }
    };
    layout::page(app, req, say("push-apps"), html! {}, body)
}

fn row(view: &View, name: &str, of: &PushSubscription) -> Markup {
    let at = |verb: &str| format!("/settings/push/{}/{verb}", of.id);
    let added = [
        ("host", host(&of.endpoint).unwrap_or_default().into()),
        ("added", when(of.created_at, view.now).into()),
    ];
    html! {
        article.told {
            p { b dir="auto" { (browser(name)) } } // an app's name stays as it is
            p.hint {
                (rich("push-added", &added))
                @if of.policy == PushPolicy::None || of.alerts.is_empty() { " " (say("push-all-off")) }
            }
            (how_it_went(view, of))
            div.row {
                (view.button(&at("test"), "", &html! { (say("push-test")) }))
                (view.button(&at("remove"), "danger", &html! { (say("push-remove")) }))
            }
        }
    }
}

fn how_it_went(view: &View, of: &PushSubscription) -> Markup {
    html! {
        @match of.delivered_at {
            Some(at) => p.hint { (rich("push-taken", &[("when", when(at, view.now).into())])) },
            None => p.hint { (say("push-not-taken")) },
        }
        @if let (Some(at), Some(failure)) = (of.failed_at, &of.failure) {
            p.hint {
                (rich("push-failed", &[("when", when(at, view.now).into()), ("why", failure.as_str().into())]))
                @if of.failures > 1 { " " (fill("push-in-a-row", &[("count", of.failures.into())])) }
            }
        }
    }
}
