//! From request to answer, top to bottom: which life, which route, who asks, the handler.

use super::body::Outline;
use super::house::{House, Stage};
use crate::api::streaming;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::{Auth, Found, Method, Req, Res, Route, form, rate};
use crate::model::Access;
use crate::ops::{auth, budget, calls, former};
use crate::store::{instance, oauth, sessions};
use crate::web;
use crate::web::wizard::Setup;
use crate::words::{self, Language};
use std::sync::Arc;

/// Answers one request. Errors become answers here.
pub fn answer(house: &House, mut req: Req) -> Res {
    let outline = Outline::of_req(&req);
    greet(&req);
    if req.path == "/ready" && req.method == Method::Get {
        let (status, text) = if house.is_ready() { (200, "OK") } else { (503, "Not ready") };
        return Res::text(status, text).with("cache-control", "no-store");
    }
    let result = match house.stage() {
        Stage::Living(app) => living(house, &app, &mut req),
        Stage::Setup(setup) => setting_up(house, &setup, &mut req),
    };
    let res = match result {
        Ok(res) => res,
        Err(e) => house.refuse_at_length(&outline, &e),
    };
    match req.allowance {
        Some(allowance) => {
            allowance.headers().into_iter().fold(res, |res, (name, value)| res.with(name, value))
        }
        None => res,
    }
}

fn living(house: &House, app: &Arc<App>, req: &mut Req) -> Result<Res> {
    let former = former::path(app, &req.path)?;
    let path = former.as_deref().unwrap_or(&req.path);
    let Found { route, params } = match house.routes.find(req.method, path, req.wants_activity()) {
        Ok(found) => found,
        Err(e) => {
            if let Ok((access, _)) = identify(app, req) {
                req.access = access;
                listen(app, req);
                if calls::counts(req) {
                    calls::note(app, &req.access, req.method, &req.path, None, e.kind.status());
                }
            }
            return Err(e);
        }
    };
    req.params = params;
    let (access, stale) = identify(app, req)?;
    req.access = access;
    listen(app, req);
    let began = std::time::Instant::now();
    let done = lead(app, route, req, stale);
    app.traffic.note(done.as_ref().map_or_else(|e| e.kind.status(), |res| res.status), began.elapsed());
    if calls::counts(req) {
        let status = done.as_ref().map_or_else(|e| e.kind.status(), |res| res.status);
        calls::note(app, &req.access, req.method, &req.path, Some(route.path), status);
    }
    done
}

/// Through the door, and to the handler.
fn lead(app: &Arc<App>, route: &Route<App>, req: &mut Req, stale: bool) -> Result<Res> {
    count(app, req)?;
    admit(route.auth, req)?;
    web::greet(app, req);
    if stale && let Err(e) = auth::touch(&app.store, &req.access) {
        tracing::warn!(error = %e, "the last use of a session could not be noted"); // a full disk: reading goes on
    }
    budget::look(app);
    let res = match (route.handler)(app, req) {
        // Nothing was written, so it can be done again when others' files have made room for it.
        Err(e) if e.kind == Kind::NoSpace && made_room(app, req) => (route.handler)(app, req)?,
        res => res?,
    };
    Ok(res.with_some("deprecation", route.deprecated.map(|since| format!("@{since}"))))
}

/// The language in which whoever is not known yet is answered, before anything can fail: the thread spoke to others
/// before. The API speaks as it always did.
fn greet(req: &Req) {
    let wanted = req.header("accept-language").filter(|_| !req.path.starts_with("/api/"));
    words::speak(Language::wanted(wanted.unwrap_or("")));
}

/// The owner's choice of a language goes before what the browser wants.
fn listen(app: &App, req: &Req) {
    if !matches!(req.access, Access::Session { .. }) {
        return;
    }
    // Where the settings cannot be read, the page that says so needs no other language.
    let chosen = app.store.read(instance::settings).ok().and_then(|settings| settings.locale);
    if let Some(language) = chosen.as_deref().and_then(Language::of) {
        words::speak(language);
    }
}

/// The reserve is the owner's.
fn made_room(app: &App, req: &Req) -> bool {
    match req.access {
        Access::Token { .. } | Access::Session { .. } => budget::make_room(app),
        Access::Anonymous | Access::App { .. } => budget::give_cache(app),
    }
}

/// One request of this token.
///
/// Errors: `TooManyRequests`.
fn count(app: &App, req: &mut Req) -> Result<()> {
    let Access::Token { token, .. } = req.access else { return Ok(()) };
    match app.rates.take(token, app.now()) {
        Some((allowance, over)) => {
            req.allowance = Some(allowance);
            if over { Err(rate::too_many()) } else { Ok(()) }
        }
        None => Ok(()),
    }
}

/// The wizard's requests; the one that makes the account opens the house.
fn setting_up(house: &House, setup: &Arc<Setup>, req: &mut Req) -> Result<Res> {
    if req.method == Method::Get && req.path == "/health" {
        return Ok(Res::text(200, "OK"));
    }
    // `taure init` may have been here, in another process.
    if let Some(app) = house.move_in()? {
        return living(house, &app, req);
    }
    let Found { route, params } = match house.setup_routes.find(req.method, &req.path, false) {
        Ok(found) => found,
        Err(_) => return Ok(web::wizard::not_yet(req)),
    };
    req.params = params;
    let res = (route.handler)(setup, req)?;
    house.move_in()?;
    Ok(res)
}

/// Who asks: a token, or a session's cookie; and whether that use is to be noted. What is given and wrong is
/// refused, not overlooked.
pub fn identify(app: &App, req: &Req) -> Result<(Access, bool)> {
    let anonymous = Ok((Access::Anonymous, false));
    if req.path == "/metrics" {
        return anonymous; // its token is no app's: the handler reads it
    }
    if let Some(header) = req.header("authorization") {
        let Some((scheme, token)) = header.split_once(' ') else { return Err(Error::unauthorized()) };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return anonymous; // Basic is the client's own at /oauth/token; that handler reads it
        }
        return by_token(app, token.trim());
    }
    if let Some(token) = streaming::token(req) {
        return by_token(app, &token);
    }
    // The API takes no cookies: a page of another site must not act as the owner.
    if req.path.starts_with("/api/") {
        return anonymous;
    }
    let Some(cookie) = req.cookie(web::session::cookie_name(&app.instance)) else { return anonymous };
    app.store.read(|c| {
        let access = sessions::access(c, cookie, app.now())?.unwrap_or_default();
        let stale = auth::is_stale(c, &access, app.now())?;
        Ok((access, stale))
    })
}

fn by_token(app: &App, token: &str) -> Result<(Access, bool)> {
    app.store.read(|c| {
        let access = oauth::access(c, token, app.now())?.ok_or_else(Error::unauthorized)?;
        let stale = auth::is_stale(c, &access, app.now())?;
        Ok((access, stale))
    })
}

/// Whether this access opens this route (pitfall 22 for the words).
fn admit(auth: Auth, req: &Req) -> Result<()> {
    match (auth, &req.access) {
        (Auth::Public | Auth::Signed, _) => Ok(()),
        (Auth::App, Access::App { .. } | Access::Token { .. }) => Ok(()),
        (Auth::Scope(scope), Access::Token { scopes, .. }) => {
            if scopes.allow(scope) {
                return Ok(());
            }
            Err(Error::forbidden("This action is outside the authorized scopes"))
        }
        (Auth::Scope(_), Access::App { .. }) => {
            Err(Error::invalid("This method requires an authenticated user"))
        }
        (Auth::Session, Access::Session { csrf, .. }) => {
            if req.method == Method::Get || is_ours(req, csrf) {
                return Ok(());
            }
            Err(Error::forbidden(
                "This form is too old or came from elsewhere. Go back, reload the page, and try again",
            ))
        }
        (Auth::Session, _) => Err(Error::new(Kind::Unauthorized, "Please sign in")),
        _ => Err(Error::unauthorized()),
    }
}

/// Whether the form carries the token that only our own pages know.
fn is_ours(req: &Req, csrf: &str) -> bool {
    use subtle::ConstantTimeEq;
    let field = req.fields.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.clone());
    let in_body =
        || form::pairs(&req.body).into_iter().find(|(name, _)| name == "csrf").map(|(_, value)| value);
    let given = req.header("x-csrf-token").map(str::to_owned).or(field).or_else(in_body).unwrap_or_default();
    given.as_bytes().ct_eq(csrf.as_bytes()).into()
}
