//! Aliases, and moving to another server.

use super::layout;
use super::parts::{View, account};
use super::settings::{told, way_back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{auth, migration};
use crate::store::accounts;
use crate::words::{fill, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/moving", |app, req| page(app, req, None), Auth::Session),
    post("/settings/moving", |app, req| done(app, req, leave), Auth::Session),
    post("/settings/moving/back", |app, req| done(app, req, come_back), Auth::Session),
    post("/settings/moving/alias", |app, req| done(app, req, add), Auth::Session),
    post("/settings/moving/alias/remove", |app, req| done(app, req, remove), Auth::Session),
];

fn text(req: &Req, name: &str) -> Result<String> {
    Ok(req.params()?[name].as_str().unwrap_or_default().trim().to_owned())
}

fn add(app: &App, req: &Req) -> Result<()> {
    migration::add_alias(app, &text(req, "account")?)
}

fn remove(app: &App, req: &Req) -> Result<()> {
    migration::remove_alias(app, &text(req, "uri")?)
}

fn leave(app: &App, req: &Req) -> Result<()> {
    migration::move_to(app, &text(req, "account")?, &text(req, "password")?, req.client)
}

fn come_back(app: &App, _: &Req) -> Result<()> {
    migration::come_back(app)
}

/// Back to the page, with what was wrong.
fn done(app: &App, req: &Req, act: fn(&App, &Req) -> Result<()>) -> Result<Res> {
    match act(app, req) {
        Ok(()) => Ok(Res::see_other("/settings/moving")),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
        Err(e) => {
            Ok(page(app, req, Some(&e))?.status(if e.kind == Kind::TooManyRequests { 429 } else { 422 }))
        }
    }
}

fn page(app: &App, req: &Req, fault: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let (me, aliases, target) = app.store.read(|c| {
        let me = accounts::owner(c)?;
        let named = |uri: &String| Ok((uri.clone(), accounts::by_uri(c, uri)?));
        let aliases = me.also_known_as.iter().map(named).collect::<Result<Vec<_>>>()?;
        let target = me.moved_to.as_ref().map(named).transpose()?;
        Ok((me, aliases, target))
    })?;
    let handle = || html! { b { (app.instance.handle()) } };
    // What was typed stays where it was wrong.
    let typed = if fault.is_some() { text(req, "account")? } else { String::new() };
    let (alias, new) = if req.path.ends_with("/alias") { (typed.as_str(), "") } else { ("", typed.as_str()) };
    let body = html! {
        h1 { (say("settings-moving")) }
        (told(req, fault.map(|e| e.public.as_str())))
        section.card {
            h2 { (say("settings-moving-here")) }
            p.hint { (rich("settings-moving-here-hint", &[("handle", handle().into())])) }
            @for (uri, known) in &aliases {
                form.row method="post" action="/settings/moving/alias/remove" {
                    (view.hidden())
                    input type="hidden" name="uri" value=(uri);
                    span.grow { (name(&view, uri, known.as_ref())) }
                    button { (say("settings-moving-remove")) }
                }
            }
            form.row method="post" action="/settings/moving/alias" {
                (view.hidden())
                input.grow name="account" value=(alias) required placeholder="@you@old.example" aria-label=(say("settings-moving-alias"));
                button { (say("settings-moving-add")) }
            }
        }
        section.card {
            h2 { (say("settings-moving-away")) }
            @if let Some((uri, known)) = &target {
                p { (rich("settings-moving-moved", &[("account", name(&view, uri, known.as_ref()).into())])) }
                (view.button("/settings/moving/back", "", &html! { (say("settings-moving-back")) }))
            } @else if auth::has_password(app)? {
                p.hint { (rich("settings-moving-away-hint", &[("handle", handle().into())])) }
                form.stack method="post" action="/settings/moving" {
                    (view.hidden())
                    label.field { span { (say("settings-moving-new")) } input name="account" value=(new) required placeholder="@you@new.example"; }
                    label.field { span { (say("settings-moving-password")) } input type="password" name="password" required autocomplete="current-password"; }
                    button.danger { (say("settings-moving-go")) }
                }
            } @else {
                p { (say("settings-moving-no-password")) }
            }
        }
        p.hint { (fill("settings-moving-followers", &[("count", me.counts.followers.into())])) }
        (way_back())
    };
    layout::page(app, req, say("settings-moving"), html! {}, body)
}

fn name(view: &View, uri: &str, known: Option<&Account>) -> Markup {
    html! {
        @match known {
            Some(who) => { a href=(account::address(view, who)) { bdi { "@" (who.acct()) } } }
            None => { (uri) }
        }
    }
}
