//! OAuth without the pages: <https://docs.joinmastodon.org/methods/oauth/>

use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route, lenient};
use crate::model::Picture;
use crate::ops::oauth::{self, Credentials, Issued, Outcome, Refused};
use crate::store;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    post("/oauth/token", token, Auth::Public),
    post("/oauth/revoke", revoke, Auth::Public),
    get("/oauth/userinfo", userinfo, USERINFO),
    post("/oauth/userinfo", userinfo, USERINFO),
    get("/.well-known/oauth-authorization-server", metadata, Auth::Public),
];

/// Who may read the account may read this smaller part of it.
const USERINFO: Auth = Auth::Scope("profile|read:accounts");

/// What is offered at registration; each bundle has its parts (pitfall 69).
const SCOPES: &[&str] = &["read", "write", "follow", "push", "profile"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    #[serde(deserialize_with = "lenient::text")]
    grant_type: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    client_id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    client_secret: Option<String>,
    #[serde(deserialize_with = "lenient::filled")]
    code: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    redirect_uri: Option<String>,
    #[serde(deserialize_with = "lenient::filled")]
    code_verifier: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    scope: Option<String>,
    #[serde(deserialize_with = "lenient::filled")]
    token: Option<String>,
}

fn token(app: &App, req: &Req) -> Result<Res> {
    answer(req, issue(app, req), |issued| {
        json!({
            "access_token": issued.token,
            "token_type": "Bearer",
            "scope": issued.scopes.to_string(),
            "created_at": issued.created_at.seconds(), // an integer (pitfalls 28, 37)
        })
    })
}

fn issue(app: &App, req: &Req) -> Outcome<Issued> {
    let params = match read(req) {
        Ok(params) => params,
        Err(refused) => return Ok(Err(refused)),
    };
    let by = credentials(req, &params);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    match params.grant_type.as_deref() {
        Some("authorization_code") => {
            let Some(code) = params.code.as_deref() else {
                return Ok(Err(Refused::new("invalid_request", "The code is missing")));
            };
            oauth::exchange(app, &by, code, &text(&params.redirect_uri), params.code_verifier.as_deref())
        }
        Some("client_credentials") => oauth::issue_to_client(app, &by, &text(&params.scope)),
        None => Ok(Err(Refused::new("invalid_request", "The grant_type is missing"))),
        Some(_) => Ok(Err(Refused::new(
            "unsupported_grant_type",
            "Only authorization_code and client_credentials are supported",
        ))),
    }
}

fn revoke(app: &App, req: &Req) -> Result<Res> {
    let outcome = match read(req) {
        Ok(params) => match params.token.as_deref() {
            Some(token) => oauth::revoke(app, &credentials(req, &params), token),
            None => Ok(Err(Refused::new("invalid_request", "The token is missing"))),
        },
        Err(refused) => Ok(Err(refused)),
    };
    answer(req, outcome, |()| json!({}))
}

fn read(req: &Req) -> Result<Params, Refused> {
    req.form().map_err(|e| Refused::new("invalid_request", e.public))
}

/// From the header (Basic) or the body. Our ids and secrets have no letters that would be escaped there.
fn credentials(req: &Req, params: &Params) -> Credentials {
    basic(req).unwrap_or_else(|| Credentials {
        client_id: params.client_id.clone().unwrap_or_default(),
        client_secret: params.client_secret.clone().unwrap_or_default(),
    })
}

fn basic(req: &Req) -> Option<Credentials> {
    let (scheme, value) = req.header("authorization")?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some(Credentials { client_id: id.to_owned(), client_secret: secret.to_owned() })
}

/// The answers of RFC 6749, sections 5.1 and 5.2: never cached, and words of their own for refusals.
fn answer<T>(req: &Req, outcome: Outcome<T>, write: fn(T) -> serde_json::Value) -> Result<Res> {
    let res = match outcome? {
        Ok(value) => Res::json(&write(value))?,
        Err(refused) => {
            let status = match refused.code {
                "invalid_client" => 401,
                "unauthorized_client" => 403,
                _ => 400,
            };
            let told = json!({"error": refused.code, "error_description": refused.description});
            let challenge =
                (status == 401 && basic(req).is_some()).then(|| "Basic realm=\"Taure\"".to_owned());
            Res::json(&told)?.status(status).with_some("www-authenticate", challenge)
        }
    };
    Ok(res.with("cache-control", "no-store"))
}

/// Who the owner is: <https://docs.joinmastodon.org/methods/oauth/#userinfo>
fn userinfo(app: &App, _: &Req) -> Result<Res> {
    let me = app.store.read(store::accounts::owner)?;
    let picture = match &me.avatar {
        Some(Picture::Blob(key)) => app.instance.at(&format!("/media/{key}")),
        _ => app.instance.at("/avatars/original/missing.png"),
    };
    Res::json(&json!({
        "iss": app.instance.at("/"),
        "sub": me.uri,
        "name": me.name(),
        "preferred_username": me.username,
        "profile": me.url,
        "picture": picture,
    }))
}

/// RFC 8414. Phanpy takes PKCE from it (pitfall 70).
fn metadata(app: &App, _: &Req) -> Result<Res> {
    let at = |path: &str| app.instance.at(path);
    Res::json(&json!({
        "issuer": at("/"),
        "authorization_endpoint": at("/oauth/authorize"),
        "token_endpoint": at("/oauth/token"),
        "revocation_endpoint": at("/oauth/revoke"),
        "userinfo_endpoint": at("/oauth/userinfo"),
        "app_registration_endpoint": at("/api/v1/apps"),
        "service_documentation": "https://docs.joinmastodon.org/",
        "scopes_supported": SCOPES,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;
    use crate::http::req::tests::request;

    #[test]
    fn pitfall_71_a_client_names_itself_in_the_header_or_in_the_body() {
        let mut req = request(
            Method::Post,
            "/oauth/token",
            "application/json",
            br#"{"client_id":"a","client_secret":"b"}"#,
        );
        let named = |req: &Req| {
            let by = credentials(req, &read(req).unwrap());
            (by.client_id, by.client_secret)
        };
        assert_eq!(named(&req), ("a".to_owned(), "b".to_owned()));
        req.headers.push(("authorization".to_owned(), format!("Basic {}", STANDARD.encode("c:d:e"))));
        assert_eq!(named(&req), ("c".to_owned(), "d:e".to_owned()));
    }

    #[test]
    fn a_refusal_has_the_words_and_the_status_of_the_protocol() {
        let req = request(Method::Post, "/oauth/token", "application/json", b"{");
        let res = |refused| answer(&req, Ok(Err::<(), _>(refused)), |()| json!({})).unwrap();
        assert_eq!(res(read(&req).unwrap_err()).status, 400);
        assert_eq!(res(Refused::new("invalid_client", "")).status, 401);
        assert_eq!(res(Refused::new("unauthorized_client", "")).status, 403);
    }
}
