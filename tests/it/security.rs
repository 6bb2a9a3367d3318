//! The page that shows who is in, as the owner's browser uses it, without a script.

use crate::harness::{Answer, PASSWORD, Taure, request};
use crate::pages_requests::Browser;
use crate::push_service::Keys;
use crate::stream_client::Events;
use serde_json::{Value, json};
use taure::model::Scopes;
use taure::ops::auth;
use taure::store::{self, sessions};
use url::form_urlencoded::Serializer;

const PAGE: &str = "/settings/security";
const CHANGE: &str = "/settings/security/password";
const OTHERS: &str = "/settings/security/sessions/others/end";
const NEW: &str = "a short sentence is best";

/// Where the forms of the page lead that end with `verb`.
fn actions(page: &str, verb: &str) -> Vec<String> {
    let all = page.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    all.filter(|a| a.starts_with(PAGE) && a.ends_with(verb) && *a != OTHERS).map(str::to_owned).collect()
}

#[track_caller]
fn is_done(answer: &Answer) {
    assert_eq!((answer.status, answer.header("location")), (303, Some("/settings/security?done=1")));
}

fn is_in(browser: &Browser) -> bool {
    browser.get(PAGE).status == 200
}

/// Registers an app and gives it a token.
fn lets_in(taure: &Taure, name: &str, token: &str) -> Value {
    let new = json!({
        "client_name": name, "redirect_uris": "app://back", "scopes": "read push",
        "website": format!("https://{}.example/", name.to_lowercase()),
    });
    let app = taure.send("POST", "/api/v1/apps", &[], Some(new)).ok();
    let id = app["client_id"].as_str().unwrap();
    let keep = |tx: &store::Tx| {
        let app = store::oauth::app_by_client_id(tx, id)?.unwrap();
        store::oauth::insert_token(tx, token, app.id, true, &Scopes::parse("read push").unwrap())
    };
    taure.app().store.write(keep).unwrap();
    app
}

fn signs_in(taure: &Taure, password: &str) -> u16 {
    let body = Serializer::new(String::new()).append_pair("password", password).finish();
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", taure.base.as_str())];
    request("POST", &format!("{}/auth/sign_in", taure.base), &headers, Some(body.as_bytes())).status
}

#[test]
fn browsers_are_listed_and_ended_one_by_one_or_all_others_together() {
    let taure = Taure::new();
    let agent = "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0";
    auth::start_session(&taure.app().store, agent).unwrap();
    let mine = Browser::of(&taure);
    assert!(mine.get("/settings/profile").text.contains(&format!("href=\"{PAGE}\"")));
    assert_eq!(taure.as_stranger(PAGE).status, 303, "to the sign-in page");
    let html = mine.get(PAGE).text;
    assert!(html.contains(">Firefox on Android</b>") && !html.contains("<script>"), "{html}");
    assert_eq!(html.matches("(this browser)").count(), 1);

    let [phone] = &actions(&html, "/end")[..] else { panic!("one other browser: {html}") };
    is_done(&mine.press(PAGE, phone, &[]));
    assert!(!mine.get(PAGE).text.contains(">Firefox on Android</b>"));

    let others = [(); 2].map(|()| Browser::of(&taure));
    let [one, _] = &actions(&mine.get(PAGE).text, "/end")[..] else { panic!("two other browsers") };
    is_done(&mine.press(PAGE, one, &[]));
    assert_eq!(others.iter().filter(|b| is_in(b)).count(), 1);
    is_done(&mine.press(PAGE, OTHERS, &[]));
    assert!(is_in(&mine) && !others.iter().any(is_in));
    assert!(!mine.get(PAGE).text.contains(OTHERS), "there are no others to end");
}

#[test]
fn a_revoked_app_is_out_with_its_streams_and_its_push_and_the_others_stay() {
    let taure = Taure::new();
    let registered = lets_in(&taure, "Tusk", "theirs");
    let bearer = [("authorization", "Bearer theirs")];
    let body = json!({"subscription": Keys::new().subscription("https://push.example/app")});
    taure.send("POST", "/api/v1/push/subscription", &bearer, Some(body)).ok();
    let mut events = Events::with(&taure, "user", &bearer);
    // Anybody may register, and have a token for the app alone: that is no app of the owner's.
    let stranger = json!({"client_name": "Stranger", "redirect_uris": "app://back"});
    let mut stranger = taure.send("POST", "/api/v1/apps", &[], Some(stranger)).ok();
    stranger["grant_type"] = json!("client_credentials");
    taure.send("POST", "/oauth/token", &[], Some(stranger)).ok();

    let mine = Browser::of(&taure);
    let html = mine.get(PAGE).text;
    assert!(
        html.contains("<b dir=\"auto\">Tusk</b>") && html.contains("href=\"https://tusk.example/\""),
        "{html}"
    );
    assert!(html.contains("Send you notifications") && !html.contains("Stranger"));
    let secrets = ["theirs", taure.token.as_str(), registered["client_secret"].as_str().unwrap()];
    assert!(!secrets.iter().any(|s| html.contains(s)), "{html}");

    // Tusk was used last, so it stands first.
    let [tusk, _] = &actions(&html, "/revoke")[..] else { panic!("two apps: {html}") };
    is_done(&mine.press(PAGE, tusk, &[]));
    assert_eq!(events.try_next(), None);
    assert_eq!(taure.send("GET", "/api/v1/timelines/home", &bearer, None).status, 401);
    assert!(taure.app().store.read(store::push::list).unwrap().is_empty());
    assert_eq!(taure.get("/api/v1/timelines/home").status, 200);
    assert!(!mine.get(PAGE).text.contains("Tusk"));
}

#[test]
fn an_app_that_is_revoked_gets_no_token_for_the_code_that_it_still_has() {
    let taure = Taure::new();
    let app = lets_in(&taure, "Tusk", "theirs");
    let keep = |tx: &store::Tx| {
        let id = store::oauth::app_by_client_id(tx, app["client_id"].as_str().unwrap())?.unwrap().id;
        let code = store::oauth::Code {
            app: id,
            redirect_uri: "app://back".to_owned(),
            scopes: Scopes::parse("read").unwrap(),
            challenge: None,
            expires_at: tx.now.plus(60_000),
        };
        store::oauth::insert_code(tx, "c", &code)?;
        Ok(id)
    };
    let id = taure.app().store.write(keep).unwrap();
    is_done(&Browser::of(&taure).press(PAGE, &format!("{PAGE}/apps/{id}/revoke"), &[]));
    let asked = json!({
        "grant_type": "authorization_code", "code": "c", "redirect_uri": "app://back",
        "client_id": app["client_id"], "client_secret": app["client_secret"],
    });
    let answer = taure.send("POST", "/oauth/token", &[], Some(asked));
    assert_eq!((answer.status, answer.json["error"].as_str()), (400, Some("invalid_grant")));
}

#[test]
fn another_password_ends_the_other_browsers_and_takes_the_place_of_the_old_one() {
    let taure = Taure::new();
    let (mine, other) = (Browser::of(&taure), Browser::of(&taure));
    let short = mine.press(PAGE, CHANGE, &[("current", PASSWORD), ("password", "seven l")]);
    assert_eq!(short.status, 422);
    assert!(short.text.contains("role=\"alert\"") && short.text.contains("at least 8 characters"));
    assert!(is_in(&other) && signs_in(&taure, PASSWORD) == 303);

    is_done(&mine.press(PAGE, CHANGE, &[("current", PASSWORD), ("password", NEW)]));
    assert!(is_in(&mine) && !is_in(&other));
    assert_eq!((signs_in(&taure, PASSWORD), signs_in(&taure, NEW)), (401, 303));
    assert_eq!(taure.get("/api/v1/timelines/home").status, 200, "apps keep their tokens");
}

#[test]
fn a_wrong_current_password_changes_nothing_and_is_slowed_down_as_signing_in_is() {
    let taure = Taure::new();
    let (mine, other) = (Browser::of(&taure), Browser::of(&taure));
    let tries = |current: &str| mine.press(PAGE, CHANGE, &[("current", current), ("password", NEW)]);
    for _ in 0..5 {
        let wrong = tries("wrong");
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("That is not the password."), "{}", wrong.text);
    }
    let braked = tries(PASSWORD);
    assert_eq!(braked.status, 429);
    assert!(braked.text.contains("Too many wrong passwords"));
    assert_eq!(signs_in(&taure, PASSWORD), 429);
    assert!(is_in(&other));
    taure.later(2_000);
    is_done(&tries(PASSWORD));
}

#[test]
fn who_signs_in_by_links_only_may_take_a_first_password() {
    let taure = Taure::new();
    taure.app().store.write(|tx| Ok(tx.execute("UPDATE instance SET password_hash = NULL", [])?)).unwrap();
    let mine = Browser::of(&taure);
    let html = mine.get(PAGE).text;
    assert!(html.contains("you sign in by links") && !html.contains("name=\"current\""));
    is_done(&mine.press(PAGE, CHANGE, &[("password", NEW)]));
    assert_eq!(signs_in(&taure, NEW), 303);
    assert!(mine.get(PAGE).text.contains("name=\"current\""));
}

#[test]
fn forms_of_others_are_refused_and_what_is_gone_is_not_found() {
    let taure = Taure::new();
    lets_in(&taure, "Tusk", "theirs");
    let cookie = auth::start_session(&taure.app().store, "curl").unwrap();
    let (cookie, other) = (format!("taure={cookie}"), Browser::of(&taure));
    let send = |path: &str, csrf: &str| {
        let pairs = [("csrf", csrf), ("current", PASSWORD), ("password", NEW)];
        let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie.as_str())];
        request("POST", &format!("{}{path}", taure.base), &headers, Some(body.as_bytes())).status
    };
    let csrf_of = |html: &str| {
        html.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let html = taure.send("GET", PAGE, &[("cookie", &cookie)], None).text;
    let foreign = csrf_of(&other.get(PAGE).text);
    let mut all = [actions(&html, "/end"), actions(&html, "/revoke")].concat();
    all.extend([CHANGE.to_owned(), OTHERS.to_owned()]);
    assert_eq!(all.len(), 5);
    for path in &all {
        assert_eq!((send(path, ""), send(path, &foreign)), (403, 403), "{path}");
    }
    assert!(is_in(&other));
    assert_eq!(
        taure.send("GET", "/api/v1/timelines/home", &[("authorization", "Bearer theirs")], None).status,
        200
    );
    assert_eq!(signs_in(&taure, PASSWORD), 303);

    for gone in ["sessions/1/end", "sessions/x/end", "apps/1/revoke"] {
        assert_eq!(send(&format!("{PAGE}/{gone}"), &csrf_of(&html)), 404, "{gone}");
    }
    let left = taure.app().store.read(|c| sessions::list(c, taure.app().now())).unwrap().len();
    assert_eq!(left, 3);
}
