//! Webhooks: programs of the owner's that are told what happens. <https://docs.joinmastodon.org/admin/webhooks/>

use super::layout;
use super::parts::View;
use super::parts::text::when;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::webhooks;
use crate::store::webhooks::{self as store, Webhook};
use crate::words::{self, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/webhooks", |app, req| page(app, req, None), Auth::Session),
    post("/settings/webhooks", add, Auth::Session),
    post("/settings/webhooks/{id}/test", test, Auth::Session),
    post("/settings/webhooks/{id}/remove", remove, Auth::Session),
];

const HERE: &str = "/settings/webhooks";

fn add(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    match webhooks::add(app, text("url"), text("posts") == "1", text("notifications") == "1") {
        Ok(()) => Ok(Res::see_other(HERE)),
        Err(e) if e.kind == Kind::Invalid => Ok(page(app, req, Some(&e))?.status(422)),
        Err(e) => Err(e),
    }
}

fn test(app: &App, req: &Req) -> Result<Res> {
    webhooks::test(app, req.id("id")?)?;
    Ok(Res::see_other("/settings/webhooks?sent=1"))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    webhooks::remove(app, req.id("id")?)?;
    Ok(Res::see_other(HERE))
}

fn page(app: &App, req: &Req, error: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let hooks = app.store.read(store::list)?;
    let typed = if error.is_some() { req.params()? } else { serde_json::json!({"posts": "1"}) };
    let ticked = |name: &str| typed[name].as_str() == Some("1");
    let body = html! {
        h1 { (say("webhooks-title")) }
        p.hint { (say("webhooks-hint")) }
        @if req.query_text("sent").is_some() { p.card.notice role="status" { (say("webhooks-sent")) } }
        @if hooks.is_empty() { p.card.empty { (say("webhooks-none")) } }
        @for hook in &hooks { (row(&view, hook)) }
        form.card method="post" action=(HERE) {
            (view.hidden())
            h2 { (say("webhooks-add")) }
            @if let Some(e) = error { p.error role="alert" { (words::fault(&e.public)) } }
            p {
                label for="url" { (say("webhooks-url")) }
                input #url name="url" type="url" required placeholder="https://" value=(typed["url"].as_str().unwrap_or_default());
            }
            fieldset {
                legend { (say("webhooks-of-what")) }
                label.check { input type="checkbox" name="posts" value="1" checked[ticked("posts")]; (say("webhooks-posts")) }
                label.check { input type="checkbox" name="notifications" value="1" checked[ticked("notifications")]; (say("webhooks-notifications")) }
            }
            button.primary { (say("webhooks-add")) }
        }
        nav.pager { a.btn href="/settings" { (say("settings-back")) } }
    };
    layout::page(app, req, say("webhooks-title"), html! {}, body)
}

fn row(view: &View, hook: &Webhook) -> Markup {
    let at = |verb: &str| format!("{HERE}/{}/{verb}", hook.id);
    let kinds = [(hook.posts, say("webhooks-posts")), (hook.notifications, say("webhooks-notifications"))];
    html! {
        section.card {
            h2 dir="ltr" { (hook.url) }
            p.hint { @for (_, kind) in kinds.iter().filter(|kind| kind.0) { (kind) " " } }
            p { (say("webhooks-secret")) " " code { (hook.secret) } }
            @match hook.told_at {
                Some(at) => p.hint { (rich("webhooks-taken", &[("when", when(at, view.now).into())])) },
                None => p.hint { (say("webhooks-not-taken")) },
            }
            @if let (Some(at), Some(failure)) = (hook.failed_at, &hook.failure) {
                p.hint { (rich("webhooks-failed", &[("when", when(at, view.now).into()), ("why", failure.as_str().into())])) }
            }
            div.row {
                (view.button(&at("test"), "", &html! { (say("webhooks-test")) }))
                (view.button(&at("remove"), "danger", &html! { (say("webhooks-remove")) }))
            }
        }
    }
}
