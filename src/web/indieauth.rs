//! The owner's address as a way to sign in elsewhere: <https://indieauth.spec.indieweb.org/>.
//!
//! Nothing is sent to an app's address but by a button here. What an app says of itself is looked up only for the owner.

use super::authorize::{explain, with_query};
use super::parts::account;
use super::{layout, sign_in};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Access;
use crate::ops::indieauth::{self as ops, Asked, Client, SCOPES};
use crate::ops::oauth::Refused;
use crate::store::accounts;
use crate::words::{fill, reason, rich, say};
use maud::html;
use serde_json::{Value, json};

pub const ROUTES: &[Route<App>] = &[
    get("/indieauth", ask, Auth::Public),
    post("/indieauth", |app, req| exchange(app, req, false), Auth::Public),
    post("/indieauth/allow", answer, Auth::Session),
    get("/indieauth/metadata", metadata, Auth::Public),
    post("/indieauth/token", |app, req| exchange(app, req, true), Auth::Public),
    post("/indieauth/introspect", introspect, Auth::Public),
    post("/indieauth/revoke", revoke, Auth::Public),
];

/// RFC 8414, as <https://indieauth.spec.indieweb.org/#indieauth-server-metadata> has it.
fn metadata(app: &App, _: &Req) -> Result<Res> {
    let at = |path: &str| app.instance.at(path);
    Res::json(&json!({
        "issuer": at("/"),
        "authorization_endpoint": at("/indieauth"),
        "token_endpoint": at("/indieauth/token"),
        "introspection_endpoint": at("/indieauth/introspect"),
        "introspection_endpoint_auth_methods_supported": ["Bearer"],
        "revocation_endpoint": at("/indieauth/revoke"),
        "revocation_endpoint_auth_methods_supported": ["none"],
        "scopes_supported": SCOPES,
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// A parameter that is given twice is none.
fn text(params: &Value, name: &str) -> String {
    params[name].as_str().unwrap_or_default().to_owned()
}

fn asked(params: &Value) -> Asked {
    Asked {
        client_id: text(params, "client_id"),
        redirect_uri: text(params, "redirect_uri"),
        response_type: text(params, "response_type"),
        scope: text(params, "scope"),
        code_challenge: text(params, "code_challenge"),
        code_challenge_method: text(params, "code_challenge_method"),
    }
}

/// Signs in first if need be; then asks.
fn ask(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let asked = asked(&params);
    let Access::Session { csrf, .. } = &req.access else {
        return sign_in::ask(app, &req.target, html! { p { (say("indie-auth-sign-in")) } }, None);
    };
    let client = match ops::client(app, &asked) {
        Err(e) if e.kind == Kind::BadRequest => return Ok(layout::error_page(Some(app), &e)),
        client => client?,
    };
    match ops::check(&asked) {
        Ok(scopes) => {
            let page = consent(app, &params, &asked, &client, &scopes, csrf);
            Ok(layout::may_end_at(page, &asked.redirect_uri))
        }
        Err(refused) => Ok(refuse(app, &params, &asked, &refused)),
    }
}

/// The app's address with an answer, its `state`, and who answers.
fn back(app: &App, params: &Value, redirect_uri: &str, pairs: &[(&str, &str)]) -> String {
    let (state, iss) = (text(params, "state"), app.instance.at("/"));
    let mut pairs = pairs.to_vec();
    if !state.is_empty() {
        pairs.push(("state", &state));
    }
    pairs.push(("iss", &iss));
    with_query(redirect_uri, &pairs)
}

/// The owner has pressed a button. Everything is read again: the form was in the browser's hands.
fn answer(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let asked = asked(&params);
    let client = match ops::client(app, &asked) {
        Err(e) if e.kind == Kind::BadRequest => return Ok(layout::error_page(Some(app), &e)),
        client => client?,
    };
    let wanted = match ops::check(&asked) {
        Ok(wanted) => wanted,
        Err(refused) => return Ok(refuse(app, &params, &asked, &refused)),
    };
    if params["decision"].as_str() != Some("allow") {
        let denied = [("error", "access_denied"), ("error_description", "The owner said no")];
        return Ok(Res::see_other(back(app, &params, &asked.redirect_uri, &denied)));
    }
    let ticked: Vec<&str> =
        wanted.into_iter().filter(|s| params[format!("scope_{s}")].as_str() == Some("1")).collect();
    let code = ops::grant(app, &client, &asked, &ticked)?;
    Ok(Res::see_other(back(app, &params, &asked.redirect_uri, &[("code", &code)])))
}

fn consent(app: &App, params: &Value, asked: &Asked, client: &Client, scopes: &[&str], csrf: &str) -> Res {
    let hidden = [
        "client_id",
        "redirect_uri",
        "response_type",
        "scope",
        "state",
        "code_challenge",
        "code_challenge_method",
    ];
    let host = client.id.host_str().unwrap_or_default();
    let me = app.instance.at(&format!("/@{}", app.instance.username));
    let named = html! { b { (client.name) } " (" bdi { (host) } ")" };
    let body = html! {
        form.stack method="post" action="/indieauth/allow" {
            input type="hidden" name="csrf" value=(csrf);
            @for name in hidden { input type="hidden" name=(name) value=(text(params, name)); }
            p { (rich("indie-auth-asks", &[("app", named.into()), ("address", html! { bdi { (me) } }.into())])) }
            @if !scopes.is_empty() {
                fieldset {
                    legend { (say("indie-auth-may")) }
                    @for scope in scopes {
                        label.check {
                            input type="checkbox" name={ "scope_" (scope) } value="1" checked;
                            span { (explain(scope)) }
                        }
                    }
                }
            }
            p.hint { (fill("indie-auth-back", &[("address", asked.redirect_uri.as_str().into())])) }
            p.row {
                button.primary name="decision" value="allow" { (say("indie-auth-allow")) }
                button name="decision" value="deny" { (say("indie-auth-deny")) }
            }
        }
    };
    layout::door(app, say("indie-auth-title"), body)
}

/// The request of a known app makes no sense: the owner reads why and may tell the app so.
fn refuse(app: &App, params: &Value, asked: &Asked, refused: &Refused) -> Res {
    let pairs = [("error", refused.code), ("error_description", refused.description.as_str())];
    let to = back(app, params, &asked.redirect_uri, &pairs);
    let body = html! {
        p { (fill("indie-auth-odd", &[("why", reason(&refused.description).into())])) }
        a.btn.primary href=(to) rel="noreferrer" { (say("indie-auth-return")) }
    };
    layout::door(app, say("indie-auth-wrong"), body).status(400)
}

fn exchange(app: &App, req: &Req, wants_token: bool) -> Result<Res> {
    let params = req.params()?;
    let refused = |code: &str, words: &str| {
        Ok(Res::json(&json!({"error": code, "error_description": words}))?
            .status(400)
            .with("cache-control", "no-store"))
    };
    // Some apps still take tokens back here.
    if wants_token && params["action"].as_str() == Some("revoke") {
        return revoke(app, req);
    }
    if params["grant_type"].as_str() != Some("authorization_code") {
        return refused("unsupported_grant_type", "Only authorization_code is supported");
    }
    let issued = ops::exchange(
        app,
        &text(&params, "client_id"),
        &text(&params, "code"),
        &text(&params, "redirect_uri"),
        &text(&params, "code_verifier"),
        wants_token,
    )?;
    let issued = match issued {
        Ok(issued) => issued,
        Err(e) => return refused(e.code, &e.description),
    };
    let me = app.store.read(accounts::owner)?;
    let mut told = json!({"me": me.url});
    if issued.scopes.allow("profile") {
        told["profile"] = json!({
            "name": me.name(),
            "url": me.url,
            "photo": app.instance.at(&account::avatar_address(&app.instance, &me)),
        });
    }
    if wants_token {
        told["access_token"] = issued.token.into();
        told["token_type"] = "Bearer".into();
        told["scope"] = issued.scopes.to_string().into();
    }
    Ok(Res::json(&told)?.with("cache-control", "no-store"))
}

/// Who asks has to hold a token of its own: <https://indieauth.spec.indieweb.org/#access-token-verification>
fn introspect(app: &App, req: &Req) -> Result<Res> {
    if !matches!(req.access, Access::Token { .. }) {
        return Ok(Res::json(&json!({"error": "unauthorized"}))?.status(401));
    }
    let told = match ops::introspect(app, &text(&req.params()?, "token"))? {
        Some((client, scopes)) => json!({
            "active": true,
            "me": app.instance.at(&format!("/@{}", app.instance.username)),
            "client_id": client.client_id,
            "scope": scopes.to_string(),
        }),
        None => json!({"active": false}),
    };
    Ok(Res::json(&told)?.with("cache-control", "no-store"))
}

/// RFC 7009: an unknown token is no error.
fn revoke(app: &App, req: &Req) -> Result<Res> {
    let token = text(&req.params()?, "token");
    if token.is_empty() {
        return Err(Error::bad_request("The token is missing"));
    }
    ops::revoke(app, &token)?;
    Ok(Res::empty().with("cache-control", "no-store"))
}
