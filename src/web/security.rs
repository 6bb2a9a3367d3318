//! Who is in: the browsers, the apps, and the password.

use super::authorize::explain;
use super::layout;
use super::parts::View;
use super::parts::text::when;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops;
use crate::ops::auth::{self, PASSWORD_LETTERS};
use crate::store::oauth::{self, Holder};
use crate::store::sessions::{self, Session};
use crate::text;
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
    match auth::change_password(app, text("current"), text("password"), req.client, this(req)?) {
        Ok(()) => Ok(done()),
        Err(e) if e.kind == Kind::TooManyRequests => Ok(page(app, req, Some(&e))?.status(429)),
        Err(e) if matches!(e.kind, Kind::Unauthorized | Kind::Invalid) => {
            Ok(page(app, req, Some(&e))?.status(422))
        }
        Err(e) => Err(e),
    }
}

fn done() -> Res {
    Res::see_other("/settings/security?done=1")
}

/// The session of this browser.
fn this(req: &Req) -> Result<SessionId> {
    match req.access {
        Access::Session { session, .. } => Ok(session),
        _ => Err(Error::unauthorized()),
    }
}

fn page(app: &App, req: &Req, fault: Option<&Error>) -> Result<Res> {
    let (view, this) = (View::of(app, req), this(req)?);
    let (sessions, apps) = app.store.read(|c| Ok((sessions::list(c, app.now())?, oauth::holders(c)?)))?;
    let body = html! {
        h1 { "Security" }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (fault.public.trim_end_matches('.')) "." } }
        @else if req.query_text("done").is_some() { p.card.notice role="status" { "Done." } }
        section.card { h2 { "Browsers" } p.hint { "As they name themselves. The last use is exact to an hour." } }
        div.list { @for of in &sessions { (browser_row(&view, of, of.id == this)) } }
        @if sessions.len() > 1 {
            div.card { (view.button("/settings/security/sessions/others/end", "danger", &html! { "End all others" })) }
        }
        section.card {
            h2 { "Apps" }
            p.hint {
                @if apps.is_empty() { "No app is signed in." }
                @else { "An app that you revoke is signed out everywhere, and gets no more notifications." }
            }
        }
        @if !apps.is_empty() { div.list { @for of in &apps { (app_row(&view, of)) } } }
        (password_card(&view, auth::has_password(app)?))
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Security", html! {}, body)
}

fn browser_row(view: &View, of: &Session, is_this: bool) -> Markup {
    html! {
        article.told {
            p { b dir="auto" title=(of.user_agent) { (browser(&of.user_agent)) } @if is_this { " (this browser)" } }
            p.hint { "Signed in " (when(of.created_at, view.now)) ", last used " (when(of.used_at, view.now)) }
            @if is_this {
                (view.button("/auth/sign_out", "", &html! { "Sign out" }))
            } @else {
                (view.button(&format!("/settings/security/sessions/{}/end", of.id), "danger", &html! { "End" }))
            }
        }
    }
}

fn app_row(view: &View, of: &Holder) -> Markup {
    html! {
        article.told {
            p { b dir="auto" { (of.name) } }
            @if let Some(site) = &of.website { p.hint { a href=(site) rel="nofollow noreferrer" { (site) } } }
            ul.inset.hint { @for scope in of.scopes.words() { li { (explain(scope)) } } }
            p.hint {
                "Let in " (when(of.created_at, view.now)) ", "
                @match of.used_at { Some(at) => { "last used " (when(at, view.now)) }, None => "never used" }
            }
            (view.button(&format!("/settings/security/apps/{}/revoke", of.app), "danger", &html! { "Revoke" }))
        }
    }
}

fn password_card(view: &View, has_one: bool) -> Markup {
    html! {
        form.card.stack method="post" action="/settings/security/password" {
            (view.hidden())
            h2 { "Password" }
            // Password managers keep a password by its name.
            input.hide type="text" name="username" value=(view.app.instance.username) autocomplete="username"
                readonly tabindex="-1" aria-hidden="true";
            @if has_one {
                label.field {
                    span { "The current one" }
                    input type="password" name="current" required autocomplete="current-password";
                }
            } @else { p.hint { "You have none: you sign in by links." } }
            label.field {
                span { "The new one" }
                input type="password" name="password" required minlength=(PASSWORD_LETTERS) autocomplete="new-password";
                small { "At least " (PASSWORD_LETTERS) " characters; a short sentence is best. All other browsers are signed out." }
            }
            button.primary { "Change the password" }
        }
    }
}

/// A browser in plain words, as far as its User-Agent tells: relatives of Chrome and Firefox may say that
/// they are those. What is not known for sure stays as it came, cut.
fn browser(agent: &str) -> String {
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
            format!("{name} on a Mac or iPad")
        }
        (Some(name), Some(system)) => format!("{name} on {system}"),
        (Some(name), None) => name.to_owned(),
        (None, _) => raw(agent),
    }
}

fn raw(agent: &str) -> String {
    match text::line(agent, RAW) {
        none if none.is_empty() => "A browser without a name".to_owned(),
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
