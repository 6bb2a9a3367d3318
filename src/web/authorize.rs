//! The pages on which the owner lets an app in: <https://docs.joinmastodon.org/methods/oauth/#authorize>
//!
//! Nothing is sent to an app's address but by a button here: anybody may register an app, and a page that
//! forwards by itself would forward to anybody (RFC 9700, section 4.11).

use super::{layout, sign_in};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route, form, lenient};
use crate::model::Access;
use crate::ops::oauth::{self, Asked, OUT_OF_BAND, Refused, Request};
use crate::words::{fill, reason, rich, say};
use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use url::{Url, form_urlencoded};

pub const ROUTES: &[Route<App>] = &[
    get("/oauth/authorize", ask, Auth::Public),
    post("/oauth/authorize", answer, Auth::Session),
    get("/oauth/authorize/native", show_code, Auth::Session),
];

/// What stays as it is in a query; a space is %20, since Swift's URLComponents knows no plus sign.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    #[serde(deserialize_with = "lenient::text")]
    client_id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    redirect_uri: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    response_type: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    scope: Option<String>,
    #[serde(deserialize_with = "lenient::filled")]
    state: Option<String>,
    #[serde(deserialize_with = "lenient::filled")]
    code_challenge: Option<String>,
    #[serde(deserialize_with = "lenient::filled")]
    code_challenge_method: Option<String>,
    #[serde(deserialize_with = "lenient::flag")]
    force_login: Option<bool>,
    #[serde(deserialize_with = "lenient::text")]
    decision: Option<String>,
}

impl Params {
    fn request(&self) -> Request {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Request {
            client_id: text(&self.client_id),
            redirect_uri: text(&self.redirect_uri),
            response_type: text(&self.response_type),
            scope: text(&self.scope),
            code_challenge: self.code_challenge.clone(),
            code_challenge_method: self.code_challenge_method.clone(),
        }
    }

    /// The app's address with an answer and its `state`.
    fn back(&self, redirect_uri: &str, pairs: &[(&str, &str)]) -> String {
        let mut pairs = pairs.to_vec();
        pairs.extend(self.state.as_deref().map(|state| ("state", state)));
        with_query(redirect_uri, &pairs)
    }
}

/// Signs in first if need be; then asks.
fn ask(app: &App, req: &Req) -> Result<Res> {
    let params: Params = req.form()?;
    let request = params.request();
    let client = match oauth::client_of(app, &request) {
        Err(e) if e.kind == Kind::BadRequest => return Ok(fault(app, &e)),
        found => found?,
    };
    // With force_login an app wants another account, or the same person again (pitfall 74).
    let csrf = match &req.access {
        Access::Session { csrf, .. } if params.force_login != Some(true) => csrf,
        _ => {
            let name = html! { b { (client.name) } };
            let lead = html! { p { (rich("signin-app-lead", &[("app", name.into())])) } };
            return sign_in::ask(app, &without_force(req), lead, None);
        }
    };
    match oauth::check(client, &request) {
        Ok(asked) => Ok(layout::may_end_at(consent(app, &params, &asked, csrf), &asked.redirect_uri)),
        Err(refused) => Ok(refuse(app, &params, &request, &refused)),
    }
}

/// The owner has pressed a button. Everything is read again: the form was in the browser's hands.
fn answer(app: &App, req: &Req) -> Result<Res> {
    let params: Params = req.form()?;
    let request = params.request();
    let client = match oauth::client_of(app, &request) {
        Err(e) if e.kind == Kind::BadRequest => return Ok(fault(app, &e)),
        found => found?,
    };
    let asked = match oauth::check(client, &request) {
        Ok(asked) => asked,
        Err(refused) => return Ok(refuse(app, &params, &request, &refused)),
    };
    let out_of_band = asked.redirect_uri == OUT_OF_BAND;
    if params.decision.as_deref() != Some("allow") {
        if out_of_band {
            return Ok(layout::door(
                app,
                say("signin-app-denied"),
                html! { p { (fill("signin-app-got-nothing", &[("app", asked.app.name.as_str().into())])) } },
            ));
        }
        let denied = [("error", "access_denied"), ("error_description", "The owner said no")];
        return Ok(Res::see_other(params.back(&asked.redirect_uri, &denied)));
    }
    let code = oauth::grant(app, &asked)?;
    Ok(Res::see_other(if out_of_band {
        with_query("/oauth/authorize/native", &[("code", &code)])
    } else {
        params.back(&asked.redirect_uri, &[("code", &code)])
    }))
}

/// The code for an app that has no address (pitfall 68).
fn show_code(app: &App, req: &Req) -> Result<Res> {
    let code = req.query_text("code").unwrap_or_default();
    let ours = code.len() == 43 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if !ours {
        return Ok(fault(app, &Error::bad_request(say("signin-app-no-code"))));
    }
    let body = html! {
        p { (say("signin-app-code")) }
        p { code.code #code { (code) } }
    };
    Ok(layout::door(app, say("signin-app-code-title"), body))
}

fn consent(app: &App, params: &Params, asked: &Asked, csrf: &str) -> Res {
    let name = &asked.app.name;
    let hidden = [
        ("csrf", Some(csrf)),
        ("client_id", Some(asked.app.client_id.as_str())),
        ("redirect_uri", Some(asked.redirect_uri.as_str())),
        ("response_type", Some("code")),
        ("scope", params.scope.as_deref()),
        ("state", params.state.as_deref()),
        ("code_challenge", params.code_challenge.as_deref()),
        ("code_challenge_method", params.code_challenge_method.as_deref()),
    ];
    let mut told = vec![("app", html! { b { (name) } }.into()), ("who", app.instance.handle().into())];
    let asks = match website(asked) {
        Some((site, host)) => {
            told.push(("site", html! { a href=(site) rel="noreferrer" { (host) } }.into()));
            rich("signin-app-asks-from", &told)
        }
        None => rich("signin-app-asks", &told),
    };
    let address = html! { code { (asked.redirect_uri) } };
    let body = html! {
        div.stack {
            p { (asks) }
            ul.inset { @for scope in asked.scopes.words() { li { (explain(scope)) } } }
            p.hint {
                @if asked.redirect_uri == OUT_OF_BAND { (say("signin-app-copies")) }
                @else { (rich("signin-app-goes-back", &[("address", address.into())])) }
                " " (say("signin-app-judge"))
            }
        }
        form method="post" action="/oauth/authorize" {
            @for (name, value) in hidden {
                @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
            }
            button.primary name="decision" value="allow" { (say("signin-app-allow")) }
            button name="decision" value="deny" { (say("signin-app-deny")) }
        }
    };
    layout::door(app, say("signin-app-title"), body)
}

/// The app's site, with the host that the owner can judge it by.
fn website(asked: &Asked) -> Option<(&str, String)> {
    let site = asked.app.website.as_deref()?;
    Some((site, Url::parse(site).ok()?.host_str()?.to_owned()))
}

/// A scope in the owner's words.
pub fn explain(scope: &str) -> String {
    let area = |area: &str| match area {
        "accounts" => say("signin-area-accounts").to_owned(),
        "statuses" => say("signin-area-statuses").to_owned(),
        "conversations" => say("signin-area-conversations").to_owned(),
        "search" => say("signin-area-search").to_owned(),
        "media" => say("signin-area-media").to_owned(),
        other => other.to_owned(),
    };
    match scope.split_once(':') {
        Some(("read", of)) => fill("signin-may-read-area", &[("area", area(of).into())]),
        Some(("write", of)) => fill("signin-may-write-area", &[("area", area(of).into())]),
        Some(_) => fill("signin-may-nothing", &[("scope", scope.into())]),
        None => match scope {
            "read" => say("signin-may-read").to_owned(),
            "write" => say("signin-may-write").to_owned(),
            "follow" => say("signin-may-follow").to_owned(),
            "push" => say("signin-may-push").to_owned(),
            "create" => say("signin-may-create").to_owned(),
            "update" => say("signin-may-update").to_owned(),
            "delete" => say("signin-may-delete").to_owned(),
            "media" => say("signin-may-media").to_owned(),
            _ => say("signin-may-know").to_owned(), // profile, openid
        },
    }
}

/// The request of a known app makes no sense: the owner reads why and may tell the app so.
fn refuse(app: &App, params: &Params, request: &Request, refused: &Refused) -> Res {
    let pairs = [("error", refused.code), ("error_description", refused.description.as_str())];
    let back = (request.redirect_uri != OUT_OF_BAND).then(|| params.back(&request.redirect_uri, &pairs));
    let body: Markup = html! {
        p { (fill("signin-app-fault-why", &[("why", reason(&refused.description).into())])) }
        @if let Some(back) = back { a.btn.primary href=(back) rel="noreferrer" { (say("signin-app-back")) } }
    };
    layout::door(app, say("signin-app-fault"), body).status(400)
}

/// As a page, although the paths of OAuth answer JSON otherwise: a person reads this one.
fn fault(app: &App, error: &Error) -> Res {
    layout::error_page(Some(app), error)
}

/// This very page, without the wish to sign in again.
fn without_force(req: &Req) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(
        form::pairs(req.query().as_bytes()).into_iter().filter(|(name, _)| name != "force_login"),
    );
    format!("/oauth/authorize?{}", query.finish())
}

/// Appends to a query that may be there already (pitfall 68).
pub fn with_query(uri: &str, pairs: &[(&str, &str)]) -> String {
    let mut text = uri.to_owned();
    for (name, value) in pairs {
        let glue = match text.as_bytes() {
            [.., b'?' | b'&'] => "",
            bytes if bytes.contains(&b'?') => "&",
            _ => "?",
        };
        text.push_str(&format!("{glue}{name}={}", utf8_percent_encode(value, QUERY)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;
    use crate::http::req::tests::request;

    #[test]
    fn pitfall_68_the_answer_is_appended_with_a_question_mark_or_an_ampersand() {
        let params = Params { state: Some("a b&c=ä".to_owned()), ..Params::default() };
        let back = |uri| params.back(uri, &[("code", "x")]);
        assert_eq!(back("app://cb"), "app://cb?code=x&state=a%20b%26c%3D%C3%A4");
        assert_eq!(back("https://a.org/cb?y=1"), "https://a.org/cb?y=1&code=x&state=a%20b%26c%3D%C3%A4");
        assert_eq!(back("com.app:/cb?"), "com.app:/cb?code=x&state=a%20b%26c%3D%C3%A4");
    }

    #[test]
    fn pitfall_74_after_signing_in_again_the_page_does_not_ask_for_it_again() {
        let req =
            request(Method::Get, "/oauth/authorize/?force_login=true&scope=read+write&state=%26", "", b"");
        assert_eq!(without_force(&req), "/oauth/authorize?scope=read+write&state=%26");
    }

    #[test]
    fn a_parameter_that_is_given_twice_is_none() {
        let req = request(Method::Get, "/oauth/authorize?client_id=a&client_id=b&state=", "", b"");
        let params: Params = req.form().unwrap();
        assert_eq!((params.client_id, params.state), (None, None));
    }

    #[test]
    fn every_scope_has_a_sentence() {
        for scope in ["read", "write:statuses", "follow", "push", "profile", "admin:read"] {
            assert!(explain(scope).len() > 10, "{scope}");
        }
        assert_eq!(explain("read:bookmarks"), "Read your bookmarks");
    }
}
