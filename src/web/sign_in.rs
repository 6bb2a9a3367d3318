//! Signing in: by the password and maybe a code, by a passkey, by a one-time link; and signing out.

use super::{assets, layout, session};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::lenient;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Access;
use crate::ops::auth::{self, Entered};
use crate::ops::passkeys::{self, Signed};
use crate::store;
use crate::words::{self, fill, rich, say};
use maud::{Markup, html};
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[
    get("/auth/sign_in", show, Auth::Public),
    post("/auth/sign_in", sign_in, Auth::Public),
    get("/auth/code", |_, _| Ok(Res::see_other("/auth/sign_in")), Auth::Public),
    post("/auth/code", by_code, Auth::Public),
    get("/auth/passkey", |_, _| Ok(Res::see_other("/auth/sign_in")), Auth::Public),
    post("/auth/passkey", by_passkey, Auth::Public),
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
    #[serde(deserialize_with = "lenient::text")]
    ticket: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    code: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    credential: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    client_data: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    data: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    signature: Option<String>,
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let next = req.query_text("next");
    let next = session::local_path(next.as_deref());
    if req.is_owner() {
        return Ok(Res::see_other(next));
    }
    ask(app, next, html! {}, None)
}

fn sign_in(app: &App, req: &Req) -> Result<Res> {
    refuse_other_sites(app, req)?;
    let form: Form = req.form()?;
    let next = session::local_path(form.next.as_deref());
    match auth::sign_in(app, form.password.as_deref().unwrap_or(""), req.client, user_agent(req)) {
        Ok(Entered::In(cookie)) => enter(app, req, &cookie, next),
        Ok(Entered::AskCode(ticket)) => Ok(ask_code(app, next, &ticket, None)),
        Err(e) => again(app, next, e),
    }
}

/// The second step. Between the two there is no session: the form carries a ticket.
fn by_code(app: &App, req: &Req) -> Result<Res> {
    refuse_other_sites(app, req)?;
    let form: Form = req.form()?;
    let next = session::local_path(form.next.as_deref());
    let (ticket, code) = (form.ticket.as_deref().unwrap_or(""), form.code.as_deref().unwrap_or(""));
    match auth::sign_in_by_code(app, ticket, code, req.client, user_agent(req)) {
        Ok(cookie) => enter(app, req, &cookie, next),
        Err(e) if matches!(e.kind, Kind::Unauthorized | Kind::TooManyRequests) => {
            Ok(ask_code(app, next, ticket, Some(&e.public)).status(e.kind.status()))
        }
        Err(e) => again(app, next, e),
    }
}

fn by_passkey(app: &App, req: &Req) -> Result<Res> {
    refuse_other_sites(app, req)?;
    let form: Form = req.form()?;
    let next = session::local_path(form.next.as_deref());
    let of = Signed {
        credential: form.credential.as_deref().unwrap_or(""),
        client_data: form.client_data.as_deref().unwrap_or(""),
        data: form.data.as_deref().unwrap_or(""),
        signature: form.signature.as_deref().unwrap_or(""),
    };
    match passkeys::sign_in(app, &of, req.client, user_agent(req)) {
        Ok(cookie) => enter(app, req, &cookie, next),
        Err(e) => again(app, next, e),
    }
}

/// The form once more, with what was wrong.
fn again(app: &App, next: &str, e: Error) -> Result<Res> {
    match e.kind {
        Kind::Unauthorized | Kind::TooManyRequests | Kind::Gone => {
            Ok(ask(app, next, html! {}, Some(&e.public))?.status(e.kind.status()))
        }
        _ => Err(e),
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
        return Ok(spent(app, &auth::spent_link()));
    }
    let body = html! {
        p { (rich("signin-link", &[("who", html! { b { (handle(app)) } }.into())])) }
        form method="post" { button.primary autofocus { (say("signin-button")) } }
    };
    Ok(layout::door(app, say("signin-welcome"), body))
}

fn redeem(app: &App, req: &Req) -> Result<Res> {
    refuse_other_sites(app, req)?;
    match auth::redeem_link(&app.store, req.param("secret"), user_agent(req)) {
        Ok(cookie) => enter(app, req, &cookie, "/"),
        Err(e) if e.kind == Kind::Gone => Ok(spent(app, &e)),
        Err(e) => Err(e),
    }
}

fn spent(app: &App, error: &Error) -> Res {
    let body = html! {
        p { (words::fault(&error.public)) }
        a.btn.primary href="/auth/sign_in" { (say("signin-by-password")) }
    };
    layout::door(app, say("signin-spent"), body).status(error.kind.status())
}

/// The sign-in form; afterwards the browser goes on to `next`, a path of this site. `lead` says what for.
pub fn ask(app: &App, next: &str, lead: Markup, fault: Option<&str>) -> Result<Res> {
    let has_passkeys = !app.store.read(store::passkeys::list)?.is_empty();
    // By the second word, browsers offer passkeys where they offer passwords.
    let fills = if has_passkeys { "current-password webauthn" } else { "current-password" };
    let body = html! {
        (lead)
        form method="post" action="/auth/sign_in" {
            input type="hidden" name="next" value=(next);
            // Password managers keep a password by its name.
            input.hide type="text" name="username" value=(app.instance.username) autocomplete="username"
                readonly tabindex="-1" aria-hidden="true";
            label.field {
                span { (fill("signin-password", &[("who", handle(app).into())])) }
                input type="password" name="password" autocomplete=(fills) required autofocus
                    aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| "fault")];
                @if let Some(fault) = fault { span.danger #fault role="alert" { (words::fault(fault)) } }
            }
            button.primary { (say("signin-button")) }
        }
        @if has_passkeys { (passkey_form(app, next)?) }
        p.hint { (rich("signin-no-password", &[("command", html! { code { "taure login-link" } }.into())])) }
    };
    Ok(layout::door(app, say("signin-title"), body))
}

/// Shown by its script, which also fills it in.
fn passkey_form(app: &App, next: &str) -> Result<Markup> {
    Ok(html! {
        form method="post" action="/auth/passkey" hidden data-passkey="get"
            data-challenge=(passkeys::challenge(app, None)?) data-domain=(passkeys::domain(&app.instance)) {
            input type="hidden" name="next" value=(next);
            @for name in ["credential", "client_data", "data", "signature"] { input type="hidden" name=(name); }
            button { (say("signin-passkey")) }
            p.danger role="alert" hidden { (say("signin-passkey-failed")) }
        }
        script src=(assets::address("doors.js")) defer {}
    })
}

fn ask_code(app: &App, next: &str, ticket: &str, fault: Option<&str>) -> Res {
    let body = html! {
        form method="post" action="/auth/code" {
            input type="hidden" name="next" value=(next);
            input type="hidden" name="ticket" value=(ticket);
            label.field {
                span { (say("signin-code")) }
                input name="code" required autofocus autocomplete="one-time-code" autocapitalize="none"
                    spellcheck="false" maxlength="40" aria-invalid=[fault.map(|_| "true")]
                    aria-describedby=[fault.map(|_| "fault")];
                @if let Some(fault) = fault { span.danger #fault role="alert" { (words::fault(fault)) } }
                small { (say("signin-code-hint")) }
            }
            button.primary { (say("signin-button")) }
        }
        p.hint { (rich("signin-no-code", &[("command", html! { code { "taure login-link" } }.into())])) }
    };
    layout::door(app, say("signin-code-title"), body)
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
        Access::Session { session, .. } => auth::sign_out(&app.store, *session),
        _ => Ok(()),
    }
}

fn refuse_other_sites(app: &App, req: &Req) -> Result<()> {
    if session::is_from_here(app, req) {
        return Ok(());
    }
    Err(Error::forbidden(say("signin-other-site")))
}

fn user_agent(req: &Req) -> &str {
    req.header("user-agent").unwrap_or("")
}
