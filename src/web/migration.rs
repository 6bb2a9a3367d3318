//! Aliases, and moving to another server.

use super::layout;
use super::parts::{View, account};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{auth, migration};
use crate::store::accounts;
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
    let body = html! {
        h1 { "Moving" }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (fault.public.trim_end_matches('.')) "." } }
        section.card {
            h2 { "Moving here" }
            p.hint {
                "Name the account that you come from. Then sign in there and move to " b { (app.instance.handle()) }
                ": its followers come along, posts do not."
            }
            @for (uri, known) in &aliases {
                form.row method="post" action="/settings/moving/alias/remove" {
                    (view.hidden())
                    input type="hidden" name="uri" value=(uri);
                    span.grow { (name(&view, uri, known.as_ref())) }
                    button { "Remove" }
                }
            }
            form.row method="post" action="/settings/moving/alias" {
                (view.hidden())
                input.grow name="account" required placeholder="@you@old.example" aria-label="The account that is yours, too";
                button { "Add an alias" }
            }
        }
        section.card {
            h2 { "Moving away" }
            @if let Some((uri, known)) = &target {
                p { "You live at " (name(&view, uri, known.as_ref())) " now. This profile says so, and your followers were asked to follow there." }
                (view.button("/settings/moving/back", "", &html! { "Live here again" }))
            } @else if auth::has_password(app)? {
                p.hint {
                    "The new account must name " b { (app.instance.handle()) } " as its alias first. Your followers are asked to follow there; "
                    "your posts stay here, and you can still write. It can be taken back, but followers do not return by that."
                }
                form.stack method="post" action="/settings/moving" {
                    (view.hidden())
                    label.field { span { "The new account" } input name="account" required placeholder="@you@new.example"; }
                    label.field { span { "Your password" } input type="password" name="password" required autocomplete="current-password"; }
                    button.danger { "Move my followers there" }
                }
            } @else {
                p { "Moving away asks for your password, and you have none: you sign in by links." }
            }
        }
        p.hint { "Followers now: " (me.counts.followers) "." }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Moving", html! {}, body)
}

fn name(view: &View, uri: &str, known: Option<&Account>) -> Markup {
    html! {
        @match known {
            Some(who) => { a href=(account::address(view, who)) { bdi { "@" (who.acct()) } } }
            None => { (uri) }
        }
    }
}
