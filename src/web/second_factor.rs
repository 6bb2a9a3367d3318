//! Codes beside the password: turning them on and off, and the recovery codes.

use super::layout;
use super::parts::View;
use super::security::{answer, password_field, prove, refused, this};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::{auth, second_factor};
use crate::sig::totp;
use crate::words::{self, fill, rich, say};
use maud::{Markup, PreEscaped, html};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

pub const ROUTES: &[Route<App>] = &[
    get("/settings/security/code", |app, req| page(app, req, None), Auth::Session),
    post("/settings/security/code/begin", begin, Auth::Session),
    post("/settings/security/code/confirm", confirm, Auth::Session),
    post("/settings/security/code/off", off, Auth::Session),
    post("/settings/security/recovery", new_codes, Auth::Session),
];

/// A white rim around the pattern, in its own squares (ISO 18004).
const RIM: i32 = 4;

fn begin(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let password = params["current"].as_str().unwrap_or_default();
    match second_factor::begin(app, password, req.client) {
        Ok(()) => Ok(Res::see_other("/settings/security/code")),
        Err(e) => refused(e, |e| super::security::page(app, req, Some(e))),
    }
}

fn confirm(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    match second_factor::finish(app, params["code"].as_str().unwrap_or_default()) {
        Ok(codes) => told(app, req, &codes),
        Err(e) => refused(e, |e| page(app, req, Some(e))),
    }
}

fn off(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    answer(app, req, second_factor::off(app, text("current"), text("code"), req.client))
}

fn new_codes(app: &App, req: &Req) -> Result<Res> {
    match prove(app, req).and_then(|()| second_factor::new_codes(app)) {
        Ok(codes) => told(app, req, &codes),
        Err(e) => refused(e, |e| super::security::page(app, req, Some(e))),
    }
}

/// The secret, as long as it waits for its first code.
fn page(app: &App, req: &Req, fault: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let Some(of) = second_factor::waiting(app)? else { return Ok(Res::see_other("/settings/security")) };
    let me = &app.instance;
    let address = totp::address(&of.secret, &me.handle(), &me.domain);
    let body = html! {
        h1 { (say("security-code-title")) }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (words::fault(&fault.public)) } }
        section.card.stack {
            h2 { (say("security-code-scan")) }
            p { (say("security-code-scan-how")) }
            p { (pattern(&address).unwrap_or_default()) }
            p { a.btn href=(address) { (say("security-code-open")) } }
            p { (say("security-code-type")) }
            p.code #secret translate="no" { (totp::grouped(&of.secret)) }
        }
        form.card.stack method="post" action="/settings/security/code/confirm" {
            (view.hidden())
            h2 { (say("security-code-confirm")) }
            label.field {
                span { (say("security-code-first")) }
                input name="code" required autocomplete="one-time-code" inputmode="numeric" maxlength="10";
            }
            button.primary { (say("security-code-on")) }
        }
        nav.pager { a.btn href="/settings/security" { (say("security-back")) } }
    };
    layout::page(app, req, say("security-code-title"), html! {}, body)
}

/// The recovery codes, on the answer itself: no address leads to them again.
fn told(app: &App, req: &Req, codes: &[String]) -> Result<Res> {
    let body = html! {
        h1 { (say("security-recovery-title")) }
        section.card.stack {
            p { (say("security-recovery-keep")) }
            ul.inset #codes translate="no" { @for code in codes { li { code { (code) } } } }
        }
        nav.pager { a.btn.primary href="/settings/security" { (say("security-recovery-kept")) } }
    };
    layout::page(app, req, say("security-recovery-title"), html! {}, body)
}

/// What the page of security says of codes.
pub fn card(app: &App, req: &Req) -> Result<Markup> {
    let view = View::of(app, req);
    let (on, has_password) = (second_factor::is_on(app)?, auth::has_password(app)?);
    let left = second_factor::codes_left(&app.store)?;
    let fresh = auth::is_fresh(app, this(req)?)?;
    Ok(html! {
        section.card.stack {
            h2 { (say("security-code-title")) }
            @if on {
                p { (say("security-code-is-on")) " " (fill("security-recovery-left", &[("count", left.into())])) }
            } @else {
                p { (say("security-code-is-off")) }
            }
            p.hint { (rich("security-code-shell", &[("command", html! { code { "taure login-link" } }.into())])) }
            @if on {
                details {
                    summary { (say("security-recovery-anew")) }
                    form.stack method="post" action="/settings/security/recovery" {
                        (view.hidden())
                        p.hint { (say("security-recovery-anew-hint")) }
                        @if !fresh { (password_field()) }
                        button { (say("security-recovery-make")) }
                    }
                }
                details {
                    summary { (say("security-code-turn-off")) }
                    form.stack method="post" action="/settings/security/code/off" {
                        (view.hidden())
                        (password_field())
                        label.field {
                            span { (say("security-code-or-recovery")) }
                            input name="code" required autocomplete="one-time-code" autocapitalize="none" maxlength="40";
                        }
                        button.danger { (say("security-code-off")) }
                    }
                }
            } @else if has_password {
                details {
                    summary { (say("security-code-turn-on")) }
                    form.stack method="post" action="/settings/security/code/begin" {
                        (view.hidden())
                        (password_field())
                        button.primary { (say("security-code-begin")) }
                    }
                }
            } @else { p { (say("security-code-needs-password")) } }
        }
    })
}

/// A QR code as one path, in black on white whatever the scheme: cameras want it so. `None`: it is too long.
fn pattern(text: &str) -> Option<Markup> {
    let code = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + RIM, y + RIM); // writing to a String cannot fail
        }
    }
    let size = code.size() + 2 * RIM;
    Some(PreEscaped(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {size} {size}\" width=\"240\" height=\"240\" \
         shape-rendering=\"crispEdges\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" \
         fill=\"#000\"/></svg>",
        say("security-code-pattern")
    )))
}
