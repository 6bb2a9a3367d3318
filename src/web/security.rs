//! Who is in, and by which doors: the browsers, the apps, the password; codes and passkeys have files of their own.

use super::authorize::explain;
use super::parts::View;
use super::parts::text::when;
use super::{layout, passkeys, second_factor};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops;
use crate::ops::auth::{self, PASSWORD_LETTERS};
use crate::store::oauth::{self, Holder};
use crate::store::sessions::{self, How, Session, SignIn};
use crate::text;
use crate::words::{self, fill, rich, say};
use maud::{Markup, html};

/// Letters of a browser that we have no plain words for.
const RAW: usize = 80;

pub const ROUTES: &[Route<App>] = &[
    get("/settings/security", |app, req| page(app, req, None), Auth::Session),
    post("/settings/security/password", change_password, Auth::Session),
    post("/settings/security/sessions/others/end", end_others, Auth::Session),
    post("/settings/security/sessions/{id}/end", end, Auth::Session),
    post("/settings/security/apps/{id}/revoke", revoke, Auth::Session),
];

fn end(app: &App, req: &Req) -> Result<Res> {
    auth::end_session(&app.store, req.id("id")?)?;
    Ok(done())
}

fn end_others(app: &App, req: &Req) -> Result<Res> {
    auth::end_other_sessions(&app.store, this(req)?)?;
    Ok(done())
}

fn revoke(app: &App, req: &Req) -> Result<Res> {
    ops::oauth::revoke_app(app, req.id("id")?)?;
    Ok(done())
}

fn change_password(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    answer(app, req, auth::change_password(app, text("current"), text("password"), req.client, this(req)?))
}

fn done() -> Res {
    Res::see_other("/settings/security?done=1")
}

/// Back to the page: done, or with what was wrong.
pub fn answer(app: &App, req: &Req, result: Result<()>) -> Result<Res> {
    match result {
        Ok(()) => Ok(done()),
        Err(e) => refused(e, |e| page(app, req, Some(e))),
    }
}

/// What a person can set right is said on the page that they came from.
pub fn refused(e: Error, page: impl FnOnce(&Error) -> Result<Res>) -> Result<Res> {
    match e.kind {
        Kind::TooManyRequests => Ok(page(&e)?.status(429)),
        Kind::Unauthorized | Kind::Invalid | Kind::Conflict | Kind::Gone => Ok(page(&e)?.status(422)),
        _ => Err(e),
    }
}

/// Asks for the password of the form where the session is not fresh.
pub fn prove(app: &App, req: &Req) -> Result<()> {
    let params = req.params()?;
    auth::prove(app, this(req)?, params["current"].as_str().unwrap_or_default(), req.client)
}

/// The session of this browser.
pub fn this(req: &Req) -> Result<SessionId> {
    match req.access {
        Access::Session { session, .. } => Ok(session),
        _ => Err(Error::unauthorized()),
    }
}

pub fn page(app: &App, req: &Req, fault: Option<&Error>) -> Result<Res> {
    let (view, this) = (View::of(app, req), this(req)?);
    let (sessions, apps, sign_ins, since) = app.store.read(|c| {
        let since = ops::recovery::since(c)?;
        Ok((sessions::list(c, app.now())?, oauth::holders(c)?, sessions::sign_ins(c)?, since))
    })?;
    let body = html! {
        h1 { (say("security-title")) }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (words::fault(&fault.public)) } }
        @else if req.query_text("done").is_some() { p.card.notice role="status" { (say("security-done")) } }
        section.card { h2 { (say("security-browsers")) } p.hint { (say("security-browsers-hint")) } }
        div.list { @for of in &sessions { (browser_row(&view, of, of.id == this)) } }
        @if sessions.len() > 1 {
            div.card { (view.button("/settings/security/sessions/others/end", "danger", &html! { (say("security-end-others")) })) }
        }
        section.card {
            h2 { (say("security-apps")) }
            p.hint { @if apps.is_empty() { (say("security-no-apps")) } @else { (say("security-apps-hint")) } }
        }
        @if !apps.is_empty() { div.list { @for of in &apps { (app_row(&view, of)) } } }
        (passkeys::card(app, req)?)
        (second_factor::card(app, req)?)
        (password_card(&view, auth::has_password(app)?))
        section.card {
            h2 { (say("security-phrase")) }
            @match since {
                Some(at) => {
                    p { (rich("security-phrase-since", &[("made", when(at, view.now).into())])) }
                    p.hint { (rich("security-phrase-check", &[("command", html! { code { "taure phrase --check" } }.into())])) }
                }
                None => {
                    p { (say("security-phrase-none")) }
                    p.hint { (rich("security-phrase-make", &[("command", html! { code { "taure rotate-keys --recoverable" } }.into())])) }
                }
            }
        }
        section.card {
            h2 { (say("security-sign-ins")) }
            p.hint { (fill("security-sign-ins-hint", &[("count", sessions::SIGN_INS.into())])) }
            ul.inset { @for of in &sign_ins { li { (sign_in_row(&view, of)) } } }
        }
        nav.pager { a.btn href="/settings" { (say("security-to-settings")) } }
    };
    layout::page(app, req, say("security-title"), html! {}, body)
}

fn sign_in_row(view: &View, of: &SignIn) -> Markup {
    let how = match of.how {
        How::Password => say("security-by-password"),
        How::Code => say("security-by-code"),
        How::Recovery => say("security-by-recovery"),
        How::Passkey => say("security-by-passkey"),
        How::Link => say("security-by-link"),
    };
    html! { bdi title=(of.user_agent) { (browser(&of.user_agent)) } ", " (how) ", " (when(of.created_at, view.now)) }
}

fn browser_row(view: &View, of: &Session, is_this: bool) -> Markup {
    let times =
        [("created", when(of.created_at, view.now).into()), ("used", when(of.used_at, view.now).into())];
    html! {
        article.told {
            p {
                b dir="auto" title=(of.user_agent) { (browser(&of.user_agent)) }
                @if is_this { " " (say("security-this-browser")) }
            }
            p.hint { (rich("security-signed-in", &times)) }
            @if is_this {
                (view.button("/auth/sign_out", "", &html! { (say("security-sign-out")) }))
            } @else {
                (view.button(&format!("/settings/security/sessions/{}/end", of.id), "danger", &html! { (say("security-end")) }))
            }
        }
    }
}

fn app_row(view: &View, of: &Holder) -> Markup {
    let let_in = when(of.created_at, view.now);
    html! {
        article.told {
            p { b dir="auto" { (of.name) } }
            @if let Some(site) = &of.website { p.hint { a href=(site) rel="nofollow noreferrer" { (site) } } }
            ul.inset.hint { @for scope in of.scopes.words() { li { (explain(scope)) } } }
            p.hint {
                @match of.used_at {
                    Some(at) => (rich("security-let-in-used", &[("created", let_in.into()), ("used", when(at, view.now).into())])),
                    None => (rich("security-let-in-unused", &[("created", let_in.into())])),
                }
            }
            (view.button(&format!("/settings/security/apps/{}/revoke", of.app), "danger", &html! { (say("security-revoke")) }))
        }
    }
}

/// The password once more, before a change to the doors.
pub fn password_field() -> Markup {
    html! {
        label.field {
            span { (say("security-current-password")) }
            input type="password" name="current" required autocomplete="current-password";
        }
    }
}

fn password_card(view: &View, has_one: bool) -> Markup {
    html! {
        form.card.stack method="post" action="/settings/security/password" {
            (view.hidden())
            h2 { (say("security-password")) }
            // Password managers keep a password by its name.
            input.hide type="text" name="username" value=(view.app.instance.username) autocomplete="username"
                readonly tabindex="-1" aria-hidden="true";
            @if has_one { (password_field()) } @else { p.hint { (say("security-no-password")) } }
            label.field {
                span { (say("security-new-password")) }
                input type="password" name="password" required minlength=(PASSWORD_LETTERS) autocomplete="new-password";
                small { (fill("security-password-hint", &[("count", PASSWORD_LETTERS.into())])) }
            }
            button.primary { (say("security-change-password")) }
        }
    }
}

/// A browser in plain words, as far as its User-Agent tells: relatives of Chrome and Firefox may say that
/// they are those. What is not known for sure stays as it came, cut.
pub fn browser(agent: &str) -> String {
    // The first that fits: most name those that they descend from, too.
    const NAMES: &[(&str, &str)] = &[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Vivaldi/", "Vivaldi"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows NT", "Windows"),
        ("Macintosh", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let of =
        |words: &[(&str, &'static str)]| words.iter().find(|(w, _)| agent.contains(w)).map(|(_, name)| *name);
    match (of(NAMES), of(SYSTEMS)) {
        // Every program may call itself compatible, and GNOME's browser calls itself Safari.
        _ if !agent.starts_with("Mozilla/5.0 (") || agent.contains("compatible;") => raw(agent),
        (Some("Safari"), system) if !matches!(system, Some("iPhone" | "iPad" | "Mac")) => raw(agent),
        // An iPad likes to be taken for a Mac.
        (Some(name), Some("Mac")) if !agent.contains("Firefox/") && !agent.contains("Chrome/") => {
            fill("security-browser-on-apple", &[("browser", name.into())])
        }
        (Some(name), Some(system)) => {
            fill("security-browser-on", &[("browser", name.into()), ("system", system.into())])
        }
        (Some(name), None) => name.to_owned(),
        (None, _) => raw(agent),
    }
}

fn raw(agent: &str) -> String {
    match text::line(agent, RAW) {
        none if none.is_empty() => say("security-nameless").to_owned(),
        line => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_in_plain_words() {
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0";
        for (agent, name) in [
            ("(Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "Firefox on Android".to_owned()),
            ("(X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux".to_owned()),
            (
                "(Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0",
                "Firefox on Mac".to_owned(),
            ),
            (
                &format!("(Windows NT 10.0; Win64; x64) {chrome} Safari/537.36"),
                "Chrome on Windows".to_owned(),
            ),
            (
                &format!("(X11; CrOS x86_64 14541.0.0) {chrome} Safari/537.36"),
                "Chrome on ChromeOS".to_owned(),
            ),
            (&format!("(Windows NT 10.0) {chrome} Safari/537.36 Edg/140.0"), "Edge on Windows".to_owned()),
            (
                &format!("(Linux; Android 10; K) {chrome} Mobile Safari/537.36 OPR/90.0"),
                "Opera on Android".to_owned(),
            ),
            (
                &format!(
                    "(iPhone; CPU iPhone OS 18_6 like Mac OS X) {webkit} Version/18.6 Mobile/15E148 Safari/604.1"
                ),
                "Safari on iPhone".to_owned(),
            ),
            (
                &format!(
                    "(iPhone; CPU iPhone OS 18_6 like Mac OS X) {webkit} FxiOS/143.0 Mobile/15E148 Safari/604.1"
                ),
                "Firefox on iPhone".to_owned(),
            ),
            (
                &format!("(Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/18.6 Safari/605.1.15"),
                "Safari on a Mac or iPad".to_owned(),
            ),
        ] {
            assert_eq!(browser(&format!("Mozilla/5.0 {agent}")), name, "{agent}");
        }
    }

    #[test]
    fn what_is_not_known_for_sure_stays_as_it_came_and_is_cut() {
        let gnome = "Mozilla/5.0 (X11; Linux x86_64) Version/18.0 Safari/605.1.15";
        for agent in ["curl/8.5.0", "Mozilla/5.0 (compatible; Bot/2.1) Chrome/1", gnome] {
            assert_eq!(browser(agent), agent);
        }
        assert_eq!(browser(&"x".repeat(300)).len(), RAW);
        assert_eq!(browser(""), "A browser without a name");
    }
}
