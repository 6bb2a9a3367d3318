//! Signing in by the password or a one-time link, and signing out.

use super::{layout, session};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::lenient;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Access;
use crate::{ops, store};
use maud::{Markup, html};
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[
    get("/auth/sign_in", show, Auth::Public),
    post("/auth/sign_in", sign_in, Auth::Public),
    post("/auth/sign_out", sign_out, Auth::Session),
    get("/auth/link/{secret}", show_link, Auth::Public),
    post("/auth/link/{secret}", redeem, Auth::Public),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    #[serde(deserialize_with = "lenient::text")]
    password: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    next: Option<String>,
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let next = req.query_text("next");
    let next = session::local_path(next.as_deref());
    if req.is_owner() {
        return Ok(Res::see_other(next));
    }
    Ok(ask(app, next, html! {}, None))
}

fn sign_in(app: &App, req: &Req) -> Result<Res> {
    refuse_other_sites(app, req)?;
    let form: Form = req.form()?;
    let next = session::local_path(form.next.as_deref());
    match ops::auth::sign_in(app, form.password.as_deref().unwrap_or(""), req.client, user_agent(req)) {
        Ok(cookie) => enter(app, req, &cookie, next),
        Err(e) if matches!(e.kind, Kind::Unauthorized | Kind::TooManyRequests) => {
            Ok(ask(app, next, html! {}, Some(&e.public)).status(e.kind.status()))
        }
        Err(e) => Err(e),
    }
}

fn sign_out(app: &App, req: &Req) -> Result<Res> {
    end_session(app, req)?;
    Ok(Res::see_other("/").with("set-cookie", session::clear(&app.instance)))
}

/// A page with a button: a messenger that looks at the link to show a preview must not use it up.
fn show_link(app: &App, req: &Req) -> Result<Res> {
    let link = req.param("secret");
    if !app.store.read(|c| store::sessions::link_is_good(c, link, app.now()))? {
        return Ok(spent(app, &ops::auth::spent_link()));
    }
    let body = html! {
        p { "This link signs this browser in as " b { (handle(app)) } ", once." }
        form method="post" { button.primary autofocus { "Sign in" } }
    };
    Ok(layout::door(app, "Welcome back", body))
}

fn redeem(app: &App, req: &Req) -> Result<Res> {
    refuse_other_sites(app, req)?;
    match ops::auth::redeem_link(&app.store, req.param("secret"), user_agent(req)) {
        Ok(cookie) => enter(app, req, &cookie, "/"),
        Err(e) if e.kind == Kind::Gone => Ok(spent(app, &e)),
        Err(e) => Err(e),
    }
}

fn spent(app: &App, error: &Error) -> Res {
    let body = html! {
        p { (error.public) "." }
        a.btn.primary href="/auth/sign_in" { "Sign in with the password" }
    };
    layout::door(app, "This link is spent", body).status(error.kind.status())
}

/// The sign-in form; afterwards the browser goes on to `next`, a path of this site. `lead` says what for.
pub fn ask(app: &App, next: &str, lead: Markup, fault: Option<&str>) -> Res {
    let body = html! {
        (lead)
        form method="post" action="/auth/sign_in" {
            input type="hidden" name="next" value=(next);
            // Password managers keep a password by its name.
            input.hide type="text" name="username" value=(app.instance.username) autocomplete="username"
                readonly tabindex="-1" aria-hidden="true";
            label.field {
                span { "Password of " (handle(app)) }
                input type="password" name="password" autocomplete="current-password" required autofocus
                    aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| "fault")];
                @if let Some(fault) = fault { span.danger #fault role="alert" { (fault) "." } }
            }
            button.primary { "Sign in" }
        }
        p.hint { "No password at hand? On the server, " code { "taure login-link" } " prints a link that signs in once." }
    };
    layout::door(app, "Sign in", body)
}

fn handle(app: &App) -> String {
    format!("@{}@{}", app.instance.username, app.instance.domain)
}

/// A new session takes the place of the one that this browser had.
fn enter(app: &App, req: &Req, cookie: &str, next: &str) -> Result<Res> {
    end_session(app, req)?;
    Ok(Res::see_other(next).with("set-cookie", session::set(&app.instance, cookie)))
}

fn end_session(app: &App, req: &Req) -> Result<()> {
    match &req.access {
        Access::Session { session, .. } => ops::auth::sign_out(&app.store, *session),
        _ => Ok(()),
    }
}

fn refuse_other_sites(app: &App, req: &Req) -> Result<()> {
    if session::is_from_here(app, req) {
        return Ok(());
    }
    Err(Error::forbidden("This form was sent by another site. Please sign in on this one"))
}

fn user_agent(req: &Req) -> &str {
    req.header("user-agent").unwrap_or("")
}
