//! How new posts begin: the owner's posting defaults.

use super::layout;
use super::parts::View;
use super::parts::compose::{formats, languages, quote_policies, visibilities};
use super::settings::tick;
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::profile::{self, ProfileUpdate};
use crate::store::instance;
use crate::words::say;
use maud::html;

pub const ROUTES: &[Route<App>] =
    &[get("/settings/posting", page, Auth::Session), post("/settings/posting", save, Auth::Session)];

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let settings = app.store.read(instance::settings)?;
    let body = html! {
        h1 { (say("compose-defaults")) }
        @if req.query_text("saved").is_some() { p.card.notice role="status" { (say("compose-defaults-saved")) } }
        form.card method="post" action="/settings/posting" {
            (view.hidden())
            label.field { span { (say("compose-seen-by")) } (visibilities(settings.default_visibility)) }
            label.field { span { (say("compose-written-in")) } (languages(settings.default_language.as_deref())) }
            label.field { span { (say("compose-quote-policy")) } (quote_policies(Some(&settings.default_quote_policy))) }
            label.field { span { (say("compose-formatting")) } (formats(settings.default_markdown)) }
            (tick("sensitive", settings.default_sensitive, say("compose-sensitive"), ""))
            (tick("alt_reminder", settings.alt_reminder, say("compose-alt-reminder"), ""))
            button.primary { (say("compose-save")) }
        }
    };
    layout::page(app, req, say("compose-defaults"), html! {}, body)
}

/// A box that is not ticked is not sent: it means no.
fn save(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().map(str::trim);
    let ticked = |name: &str| Some(text(name) == Some("1"));
    let known = |policy: &&str| ["public", "followers", "nobody"].contains(policy);
    profile::update(
        app,
        &ProfileUpdate {
            visibility: text("visibility").and_then(Visibility::parse),
            language: text("language").map(crate::text::language),
            quote_policy: text("quote_policy").filter(known).map(str::to_owned),
            markdown: text("format").map(|format| format == "markdown"),
            sensitive: ticked("sensitive"),
            alt_reminder: ticked("alt_reminder"),
            ..ProfileUpdate::default()
        },
    )?;
    Ok(Res::see_other("/settings/posting?saved=1"))
}
