//! The owner signs in, lets an app in, and moves in: the pages as a browser uses them, and the OAuth
//! endpoints as an app does.

use crate::harness::{Answer, Folder, PASSWORD, Taure, free_port, request};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::net::{Ipv4Addr, SocketAddr};
use taure::config::Config;
use taure::model::Clock;
use taure::ops;
use taure::server::{Running, Stage};
use url::Url;
use url::form_urlencoded::Serializer;

const BACK: &str = "toots://back?from=taure";
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// A browser: a cookie, forms, and no redirect that it does not show.
struct Browser<'a> {
    base: &'a str,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(base: &'a str) -> Browser<'a> {
        Browser { base, cookie: String::new() }
    }

    fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = Serializer::new(String::new()).extend_pairs(form).finish();
        self.send("POST", path, Some(body))
    }

    fn send(&mut self, method: &str, path: &str, body: Option<String>) -> Answer {
        let mut headers = vec![("cookie", self.cookie.as_str())];
        if body.is_some() {
            headers.extend([("content-type", "application/x-www-form-urlencoded"), ("origin", self.base)]);
        }
        let answer =
            request(method, &format!("{}{path}", self.base), &headers, body.as_deref().map(str::as_bytes));
        if let Some(set) = answer.header("set-cookie") {
            self.cookie = set.split(';').next().unwrap().to_owned();
        }
        answer
    }

    /// Fills the password in and goes where the form leads.
    fn signs_in(&mut self, next: &str) -> Answer {
        let answer = self.post("/auth/sign_in", &[("next", next), ("password", PASSWORD)]);
        assert_eq!((answer.status, answer.header("location")), (303, Some(next)), "{}", answer.text);
        self.get(next)
    }

    /// Presses a button of the consent page.
    fn decides(&mut self, page: &Answer, decision: &str) -> String {
        let mut form = hidden(&page.text);
        form.push(("decision".to_owned(), decision.to_owned()));
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = self.post("/oauth/authorize", &form);
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer.header("location").unwrap().to_owned()
    }
}

/// The hidden fields of a page's form.
fn hidden(page: &str) -> Vec<(String, String)> {
    let plain = |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&");
    page.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once("\" value=\"").unwrap();
            (plain(name), plain(rest.split('"').next().unwrap()))
        })
        .collect()
}

fn query(pairs: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    url::form_urlencoded::parse(query.as_bytes()).find(|(n, _)| n == name).map(|(_, v)| v.into_owned())
}

fn register(taure: &Taure) -> Value {
    let app = json!({
        "client_name": "Toots", "redirect_uris": [BACK, OUT_OF_BAND], "scopes": "read write follow",
        "website": "https://toots.example/",
    });
    taure.send("POST", "/api/v1/apps", &[], Some(app)).ok()
}

fn authorize(app: &Value, more: &[(&str, &str)]) -> String {
    let id = app["client_id"].as_str().unwrap();
    let mut pairs = vec![("client_id", id), ("response_type", "code")];
    pairs.extend(more);
    format!("/oauth/authorize?{}", query(&pairs))
}

fn credentials(app: &Value) -> Value {
    json!({"client_id": app["client_id"], "client_secret": app["client_secret"]})
}

fn token(taure: &Taure, app: &Value, more: Value) -> Answer {
    let mut body = credentials(app);
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    taure.send("POST", "/oauth/token", &[], Some(body))
}

#[test]
fn an_app_comes_in_by_the_pages_with_pkce_and_goes_when_its_token_is_revoked() {
    let taure = Taure::new();
    let app = register(&taure);
    let verifier = "v".repeat(43);
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
    let mut asked = vec![("redirect_uri", BACK), ("scope", "read write:statuses"), ("state", "a b&c")];
    asked.extend([("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")]);
    let path = authorize(&app, &asked);

    let mut browser = Browser::new(&taure.base);
    let form = browser.get(&path);
    assert!(form.text.contains("type=\"password\""), "{}", form.text);
    let next = hidden(&form.text).into_iter().find(|(n, _)| n == "next").unwrap().1;
    let page = browser.signs_in(&next);
    assert!(page.text.contains("Toots") && page.text.contains("toots.example") && page.text.contains(BACK));
    // Chromium holds the redirect of the answer against this.
    assert!(page.header("content-security-policy").unwrap().contains("form-action 'self' toots:"));

    let denied = browser.decides(&page, "deny");
    assert!(denied.starts_with("toots://back?from=taure&error=access_denied"), "{denied}");
    let back = browser.decides(&page, "allow");
    assert_eq!(parameter(&back, "state").as_deref(), Some("a b&c"));
    let code = parameter(&back, "code").unwrap();

    let grant = |verifier: &str| json!({"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": verifier});
    let given = token(&taure, &app, grant(&verifier)).ok();
    assert_eq!(
        (given["token_type"].as_str(), given["scope"].as_str()),
        (Some("Bearer"), Some("read write:statuses"))
    );
    assert!(given["created_at"].is_i64());
    let again = token(&taure, &app, grant(&verifier));
    assert_eq!((again.status, again.json["error"].as_str()), (400, Some("invalid_grant")));

    let bearer = format!("Bearer {}", given["access_token"].as_str().unwrap());
    let verify = || taure.send("GET", "/api/v1/apps/verify_credentials", &[("authorization", &bearer)], None);
    let told = verify().ok();
    assert_eq!(told["name"], "Toots");
    assert!(told.get("client_secret").is_none());
    let info = taure.send("GET", "/oauth/userinfo", &[("authorization", &bearer)], None).ok();
    assert_eq!(info["sub"], taure.actor().as_str());

    let mut revoke = credentials(&app);
    revoke["token"] = given["access_token"].clone();
    assert_eq!(taure.send("POST", "/oauth/revoke", &[], Some(json!({"token": revoke["token"]}))).status, 403);
    for _ in 0..2 {
        assert_eq!(taure.send("POST", "/oauth/revoke", &[], Some(revoke.clone())).ok(), json!({}));
    }
    assert_eq!(verify().status, 401);
}

#[test]
fn a_code_is_lost_by_a_wrong_verifier_a_wrong_address_or_ten_minutes() {
    let taure = Taure::new();
    let app = register(&taure);
    let mut browser = Browser::new(&taure.base);
    let page = browser.signs_in(&authorize(&app, &[("redirect_uri", BACK)]));
    let mut fresh = || parameter(&browser.decides(&page, "allow"), "code").unwrap();
    let grant = |code: &str, more: Value| {
        let mut body = json!({"grant_type": "authorization_code", "code": code, "redirect_uri": BACK});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        token(&taure, &app, body).json["error"].as_str().map(str::to_owned)
    };
    let refused = Some("invalid_grant".to_owned());
    for wrong in [json!({"redirect_uri": OUT_OF_BAND}), json!({"code_verifier": "downgraded"})] {
        let code = fresh();
        assert_eq!(grant(&code, json!({"client_secret": "x"})).as_deref(), Some("invalid_client"));
        assert_eq!(grant(&code, wrong), refused);
        assert_eq!(grant(&code, json!({})), refused);
    }
    let code = fresh();
    taure.later(11 * 60 * 1_000);
    assert_eq!(grant(&code, json!({})), refused);
    assert_eq!(grant(&fresh(), json!({})), None);
}

#[test]
fn toot_reads_the_code_from_a_page_and_an_app_alone_may_do_little() {
    let taure = Taure::new();
    let app = register(&taure);
    let mut browser = Browser::new(&taure.base);
    // toot opens the address with a slash before the question mark (pitfall 9).
    let path = authorize(&app, &[("redirect_uri", OUT_OF_BAND)]).replacen('?', "/?", 1);
    let page = browser.signs_in(&path);
    let shown = browser.decides(&page, "allow");
    let code = parameter(&shown, "code").unwrap();
    assert!(browser.get(&shown).text.contains(&code));
    let given = json!({"grant_type": "authorization_code", "code": code, "redirect_uri": OUT_OF_BAND});
    assert_eq!(token(&taure, &app, given).ok()["scope"], "read");

    let text = |name: &str| app[name].as_str().unwrap().to_owned();
    let basic =
        format!("Basic {}", STANDARD.encode(format!("{}:{}", text("client_id"), text("client_secret"))));
    let asked = json!({"grant_type": "client_credentials"});
    let alone = taure.send("POST", "/oauth/token", &[("authorization", &basic)], Some(asked)).ok();
    let bearer = format!("Bearer {}", alone["access_token"].as_str().unwrap());
    assert_eq!(taure.send("GET", "/oauth/userinfo", &[("authorization", &bearer)], None).status, 422);
}

#[test]
fn nothing_is_sent_to_an_address_that_the_app_did_not_register_and_no_other_site_decides() {
    let taure = Taure::new();
    let app = register(&taure);
    let mut browser = Browser::new(&taure.base);
    let page = browser.signs_in(&authorize(&app, &[("redirect_uri", BACK)]));
    for bad in ["https://evil.example/", "toots://back", ""] {
        let answer = browser.get(&authorize(&app, &[("redirect_uri", bad)]));
        assert_eq!((answer.status, answer.header("location")), (400, None), "{bad}");
    }
    let too_much = browser.get(&authorize(&app, &[("redirect_uri", BACK), ("scope", "push")]));
    assert_eq!((too_much.status, too_much.header("location")), (400, None));
    let again = browser.get(&authorize(&app, &[("redirect_uri", BACK), ("force_login", "true")]));
    assert!(again.text.contains("type=\"password\""));

    let mut form = hidden(&page.text);
    form.retain(|(name, _)| name != "csrf");
    form.push(("decision".to_owned(), "allow".to_owned()));
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(browser.post("/oauth/authorize", &form).status, 403);

    let headers = [("origin", "https://evil.example"), ("content-type", "application/x-www-form-urlencoded")];
    let body = query(&[("password", PASSWORD)]);
    let url = format!("{}/auth/sign_in", taure.base);
    assert_eq!(request("POST", &url, &headers, Some(body.as_bytes())).status, 403);
}

#[test]
fn wrong_passwords_are_slowed_down_and_the_right_one_is_let_in_later() {
    let taure = Taure::new();
    let mut browser = Browser::new(&taure.base);
    let mut tries = |password: &str| browser.post("/auth/sign_in", &[("password", password)]).status;
    for _ in 0..5 {
        assert_eq!(tries("wrong"), 401);
    }
    assert_eq!(tries(PASSWORD), 429);
    taure.later(2_000);
    assert_eq!(tries(PASSWORD), 303);
    assert_eq!(tries("wrong"), 401);
}

#[test]
fn a_link_signs_in_once_and_looking_at_it_does_not_use_it_up() {
    let taure = Taure::new();
    let app = taure.app();
    let link = ops::auth::login_link(&app.store, &app.instance, app.now()).unwrap();
    let path = Url::parse(&link).unwrap().path().to_owned();
    let mut browser = Browser::new(&taure.base);
    for _ in 0..2 {
        assert_eq!(browser.get(&path).status, 200);
    }
    assert_eq!(browser.post(&path, &[]).status, 303);
    assert_eq!(browser.get("/auth/sign_in?next=/about").header("location"), Some("/about"));
    assert_eq!(Browser::new(&taure.base).post(&path, &[]).status, 410);
}

#[test]
fn an_empty_folder_becomes_a_home_by_one_form() {
    let folder = Folder::new();
    let port = free_port();
    let base = format!("http://localhost:{port}");
    let config = Config {
        data: folder.path().to_owned(),
        listen: vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))],
        allow_private: Vec::new(),
        extra_ca: None,
        rate_limit: None,
        authorized_fetch: false,
        keep_posts_days: taure::config::KEEP_POSTS_DAYS,
        hotlink: false,
        upload_mb: 99,
        disk_mb: None,
        snapshots: 0,
        memory_mb: None,
        log: taure::config::Log::Text,
        translation: None,
        s3: None,
        metrics_token: None,
        tls: None,
        edge: taure::config::Edge::default(),
        clock: Clock::default(),
    };
    let running = Running::start(config).unwrap();
    let Stage::Setup(setup) = running.house().stage() else { panic!("somebody lives here") };
    let path = setup.path();
    let mut browser = Browser::new(&base);
    assert_eq!(browser.get("/").status, 503);
    assert_eq!(browser.get("/api/v1/instance").json["error"], "This server is not set up yet");
    assert_eq!(browser.get("/setup/guess").status, 404);
    assert!(browser.get(&path).text.contains(&format!("value=\"{base}\"")));

    let mut form =
        vec![("username", "Zoë"), ("display_name", "Zoë"), ("origin", base.as_str()), ("password", PASSWORD)];
    let wrong = browser.post(&path, &form);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("small letters") && wrong.text.contains("value=\"Zoë\""));
    form[0] = ("username", "zoe");
    let moved_in = browser.post(&path, &form);
    assert_eq!((moved_in.status, moved_in.text.matches("<li>").count()), (200, 24));
    let home = browser.get("/");
    assert_eq!(home.status, 200);
    assert!(home.text.contains("Zoë") && home.text.contains("name=\"csrf\""), "{}", home.text);
    assert_eq!(browser.get(&path).status, 404);
    running.stop().unwrap();
}
