//! Web Push: subscriptions as apps make them, and what rings, once, where it was wanted.

use crate::harness::{Answer, Taure, free_port, request};
use crate::peer::Peer;
use crate::push_service::{Keys, PushService, Pushed};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use taure::model::time::{DAY, HOUR, MINUTE};
use taure::store::push;
use url::form_urlencoded::Serializer;

const PATH: &str = "/api/v1/push/subscription";

/// Alice, whose app is called at `service`, and a peer that writes to her.
struct Scene {
    alice: Taure,
    peer: Peer,
    service: PushService,
    keys: Keys,
}

impl Scene {
    fn new(alerts: Value, policy: &str) -> Scene {
        let scene = Scene {
            alice: Taure::new(),
            peer: Peer::new("bob"),
            service: PushService::new(),
            keys: Keys::new(),
        };
        let endpoint = format!("{}/app", scene.service.base);
        let data = json!({"alerts": alerts, "policy": policy});
        let body = json!({"subscription": scene.keys.subscription(&endpoint), "data": data});
        scene.alice.post(PATH, body).ok();
        scene
    }

    fn for_mentions() -> Scene {
        Scene::new(json!({"mention": true}), "all")
    }

    /// The peer mentions alice.
    fn mentions(&self, html: &str) {
        let note = self.peer.note(html, &[&self.alice]);
        self.delivers(&self.peer.create(&note));
    }

    fn delivers(&self, activity: &Value) {
        assert_eq!(self.peer.delivers(&self.alice, activity).status, 202);
        self.alice.settles();
    }

    fn seen(&self) -> Vec<Pushed> {
        self.service.seen()
    }

    /// The body texts that arrived, in order.
    fn texts(&self) -> Vec<String> {
        let told = |p: &Pushed| self.keys.opens(&p.body)["body"].as_str().unwrap().to_owned();
        self.seen().iter().map(told).collect()
    }

    fn is_subscribed(&self) -> bool {
        self.alice.get(PATH).status == 200
    }
}

fn form(taure: &Taure, method: &str, pairs: &[(&str, &str)]) -> Answer {
    let body = Serializer::new(String::new()).extend_pairs(pairs).finish();
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    request(method, &format!("{}{PATH}", taure.base), &headers, Some(body.as_bytes()))
}

fn query(taure: &Taure, method: &str, pairs: &[(&str, &str)]) -> Answer {
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    taure.call(method, &format!("{PATH}?{query}"), None)
}

#[test]
fn pitfall_91_a_subscription_comes_as_json_form_or_query_and_replaces_the_last_one() {
    let taure = Taure::new();
    let keys = Keys::new();
    let json = json!({
        "subscription": keys.subscription("https://push.example/json"),
        "data": {"alerts": {"mention": true, "follow": false, "admin.report": "1"}, "policy": "followed"},
    });
    let first = taure.post(PATH, json).ok();
    assert_eq!((&first["endpoint"], &first["standard"]), (&json!("https://push.example/json"), &json!(true)));
    assert_eq!((&first["policy"], &first["alerts"]["mention"]), (&json!("followed"), &json!(true)));
    assert_eq!((&first["alerts"]["follow"], &first["alerts"]["admin.report"]), (&json!(false), &json!(true)));

    // The usual alphabet, padded, as Java writes it.
    let usual = |text: String| STANDARD.encode(URL_SAFE_NO_PAD.decode(text).unwrap());
    let (p256dh, auth) = (usual(keys.p256dh()), usual(keys.auth()));
    let pairs = |endpoint| {
        [
            ("subscription[endpoint]", endpoint),
            ("subscription[keys][p256dh]", p256dh.as_str()),
            ("subscription[keys][auth]", auth.as_str()),
            ("data[alerts][favourite]", "true"),
            ("data[alerts][mention]", "0"),
        ]
    };
    let second = form(&taure, "POST", &pairs("https://push.example/form")).ok();
    assert_eq!(second["endpoint"], "https://push.example/form");
    assert_eq!((&second["standard"], &second["policy"]), (&json!(false), &json!("all")));
    assert_eq!((&second["alerts"]["favourite"], &second["alerts"]["mention"]), (&json!(true), &json!(false)));

    let third = query(&taure, "POST", &pairs("https://push.example/query")).ok();
    assert_eq!(third["endpoint"], "https://push.example/query");
    assert_eq!(taure.get(PATH).ok(), third);
    let app = taure.app();
    assert_eq!(app.store.read(push::list).unwrap().len(), 1, "one a token");
    assert_eq!(app.store.read(push::list).unwrap()[0].p256dh, keys.p256dh(), "kept in one spelling");
}

#[test]
fn pitfall_36_the_id_is_a_small_number_and_every_alert_is_a_boolean() {
    let taure = Taure::new();
    let body = json!({"subscription": Keys::new().subscription("https://push.example/1")});
    let made = taure.post(PATH, body).ok();
    assert!(made["id"].as_i64().is_some_and(|id| (1..1 << 31).contains(&id)), "{made}");
    let alerts = made["alerts"].as_object().unwrap();
    for known in taure::model::push::ALERTS {
        assert_eq!(alerts[known], json!(false), "{known}");
    }
    for kind in taure::model::NotificationKind::ALL {
        assert!(alerts.contains_key(kind.as_str()), "{kind:?} cannot be alerted of");
    }
    assert_eq!(made["policy"], "all");
}

#[test]
fn pitfall_94_the_server_key_is_the_one_of_app_and_instance_and_none_is_not_found() {
    let taure = Taure::new();
    let none = taure.get(PATH);
    assert_eq!((none.status, none.json), (404, json!({"error": "Record not found"})));
    let body = json!({"subscription": Keys::new().subscription("https://push.example/1")});
    let key = taure.post(PATH, body).ok()["server_key"].clone();
    assert_eq!(URL_SAFE_NO_PAD.decode(key.as_str().unwrap()).unwrap().len(), 65);
    let instance = taure.as_stranger("/api/v2/instance").ok();
    assert_eq!(instance["configuration"]["vapid"]["public_key"], key);
    assert_eq!(taure.get("/api/v1/apps/verify_credentials").ok()["vapid_key"], key);
    let app = json!({"client_name": "a", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"});
    assert_eq!(taure.post("/api/v1/apps", app).ok()["vapid_key"], key);

    let ended = taure.call("DELETE", PATH, None);
    assert_eq!((ended.status, ended.text.as_str()), (200, "{}"));
    assert_eq!(taure.call("DELETE", PATH, None).text, "{}", "ending none is no error");
    assert_eq!(taure.get(PATH).status, 404);
    assert_eq!(taure.call("PUT", PATH, Some(json!({"data": {"policy": "none"}}))).status, 404);
}

#[test]
fn alerts_and_policy_are_changed_and_what_is_not_told_stays() {
    let taure = Taure::new();
    let body = json!({
        "subscription": Keys::new().subscription("https://push.example/1"),
        "data": {"alerts": {"mention": true, "follow": true}, "policy": "follower"},
    });
    let made = taure.post(PATH, body).ok();
    let changed = taure.call("PUT", PATH, Some(json!({"data": {"alerts": {"favourite": "true"}}}))).ok();
    assert_eq!((&changed["id"], &changed["endpoint"]), (&made["id"], &made["endpoint"]));
    assert_eq!(
        (&changed["alerts"]["favourite"], &changed["alerts"]["mention"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(changed["policy"], "follower");
    let changed = form(&taure, "PATCH", &[("data[policy]", "none")]).ok();
    assert_eq!((&changed["alerts"]["favourite"], &changed["policy"]), (&json!(true), &json!("none")));
    let changed = query(&taure, "PUT", &[("data[alerts][poll]", "1"), ("data[policy]", "all")]).ok();
    assert_eq!((&changed["alerts"]["poll"], &changed["alerts"]["favourite"]), (&json!(true), &json!(false)));
    assert_eq!(taure.call("PUT", PATH, Some(json!({"data": {"policy": "some"}}))).status, 422);
    assert_eq!(taure.get(PATH).ok(), changed);
}

#[test]
fn a_bad_endpoint_or_key_is_refused_and_the_old_subscription_stays() {
    let taure = Taure::new();
    let keys = Keys::new();
    taure.post(PATH, json!({"subscription": keys.subscription("https://push.example/good")})).ok();
    let long = format!("https://push.example/{}", "x".repeat(3_000));
    for endpoint in
        ["", "push", "ftp://push.example/", "https://", "https://me@push.example/", "javascript:x", &long]
    {
        let answer = taure.post(PATH, json!({"subscription": keys.subscription(endpoint)}));
        assert_eq!(answer.status, 422, "{endpoint}: {}", answer.text);
        assert!(answer.json["error"].as_str().unwrap().starts_with("Validation failed: Endpoint"));
    }
    for (p256dh, auth) in [("", ""), ("AAAA", "AAAA"), ("!", "!"), (&keys.p256dh()[..40], &keys.auth())] {
        let subscription =
            json!({"endpoint": "https://push.example/", "keys": {"p256dh": p256dh, "auth": auth}});
        let answer = taure.post(PATH, json!({"subscription": subscription}));
        assert_eq!(answer.status, 422, "{p256dh}: {}", answer.text);
        assert!(answer.json["error"].as_str().unwrap().starts_with("Validation failed: Key"));
    }
    let without_keys = json!({"subscription": {"endpoint": "https://push.example/"}});
    assert_eq!(taure.post(PATH, without_keys).status, 422);
    assert_eq!(taure.post(PATH, json!({})).status, 400);
    assert_eq!(taure.post(PATH, json!({"subscription": "x"})).status, 400);
    assert_eq!(taure.get(PATH).ok()["endpoint"], "https://push.example/good");
}

#[test]
fn an_endpoint_at_a_private_address_is_never_called() {
    let taure = Taure::closed();
    let service = PushService::new();
    let keys = Keys::new();
    let body =
        json!({"subscription": keys.subscription(&service.base), "data": {"alerts": {"follow": true}}});
    taure.post(PATH, body).ok();
    let app = taure.app();
    taure::ops::push::send_test(&app, None).unwrap();
    taure.settles();
    assert!(service.seen().is_empty(), "the address guard was not asked");
    let failure = app.store.read(push::list).unwrap()[0].failure.clone().unwrap();
    assert!(failure.contains("not allowed"), "{failure}");
    taure.later(3 * DAY);
    taure.settles();
}

#[test]
fn pitfall_92_and_93_a_mention_is_pushed_with_the_token_and_headers_that_apps_and_services_expect() {
    let scene = Scene::for_mentions();
    scene.mentions("<p>Hello <b>alice</b> &amp; all</p>");
    let seen = scene.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].path, "/app");
    let is = |name: &str, value: &str| assert_eq!(seen[0].header(name), Some(value), "{name}");
    is("ttl", "172800");
    is("urgency", "normal");
    is("content-encoding", "aes128gcm");
    is("content-type", "application/octet-stream");
    let authorization = seen[0].header("authorization").unwrap();
    let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(",k=").unwrap();
    assert_eq!(key, scene.alice.app().keys.vapid.public());
    let claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
    assert_eq!(claims["aud"], scene.service.base);
    let left = claims["exp"].as_i64().unwrap() - scene.alice.clock.now().seconds();
    assert!((1..=86_400).contains(&left), "{left}");
    assert!(claims["sub"].as_str().unwrap().starts_with("mailto:alice@"));

    let told = scene.keys.opens(&seen[0].body);
    let there = scene.alice.notifications("mention")[0].clone();
    assert_eq!(told["access_token"], scene.alice.token);
    assert_eq!(told["notification_id"].as_i64().unwrap().to_string(), there["id"].as_str().unwrap());
    assert_eq!(told["notification_type"], "mention");
    assert_eq!(told["title"], "bob of the peer mentioned you");
    assert_eq!(told["body"], "Hello alice & all");
    assert_eq!(told["icon"], there["account"]["avatar"]);
    assert_eq!(told["preferred_locale"], "en");
    assert_eq!(told.as_object().unwrap().len(), 7);
}

#[test]
fn pitfall_92_without_standard_the_drafts_encoding_is_spoken() {
    let scene = Scene::for_mentions();
    let mut subscription = scene.keys.subscription(&format!("{}/app", scene.service.base));
    subscription.as_object_mut().unwrap().remove("standard");
    let body = json!({"subscription": subscription, "data": {"alerts": {"mention": true}}});
    scene.alice.post(PATH, body).ok();
    scene.mentions("<p>Hello</p>");
    let seen = scene.seen();
    assert_eq!(seen[0].header("content-encoding"), Some("aesgcm"));
    let salt = seen[0].header("encryption").unwrap().strip_prefix("salt=").unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(salt).unwrap().len(), 16);
    let (dh, key) = seen[0].header("crypto-key").unwrap().split_once(";p256ecdsa=").unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(dh.strip_prefix("dh=").unwrap()).unwrap().len(), 65);
    assert_eq!(key, scene.alice.app().keys.vapid.public());
    assert!(seen[0].header("authorization").unwrap().starts_with("WebPush ey"));
}

#[test]
fn pitfall_93_a_push_message_names_a_number_that_a_browser_can_read() {
    let scene = Scene::for_mentions();
    scene.mentions("<p>one</p>");
    scene.mentions("<p>two</p>");
    let ids: Vec<i64> =
        scene.seen().iter().map(|p| scene.keys.opens(&p.body)["notification_id"].as_i64().unwrap()).collect();
    assert!(ids[0] < ids[1] && ids[1] < 1 << 53, "{ids:?}");
    // A dismissed id is never another notification's.
    scene.alice.post(&format!("/api/v1/notifications/{}/dismiss", ids[1]), json!({})).ok();
    scene.mentions("<p>three</p>");
    let newest = scene.alice.notifications("mention")[0]["id"].as_str().unwrap().parse::<i64>().unwrap();
    assert!(newest > ids[1]);
}

#[test]
fn what_stands_behind_a_content_warning_stays_there() {
    let scene = Scene::for_mentions();
    let mut note = scene.peer.note("<p>the butler did it</p>", &[&scene.alice]);
    note["summary"] = json!("the end of the book");
    note["sensitive"] = json!(true);
    scene.peer.publish(note["id"].as_str().unwrap(), note.clone());
    scene.delivers(&scene.peer.create(&note));
    assert_eq!(scene.texts(), ["the end of the book"]);
}

#[test]
fn an_app_is_called_for_the_alerts_that_it_asked_for_and_no_other() {
    let scene = Scene::new(json!({"follow": true, "favourite": "true", "mention": false}), "all");
    let post = scene.alice.posts("Labrīt!");
    scene.mentions("<p>not this</p>");
    scene.delivers(&scene.peer.activity("Like", post["uri"].clone()));
    scene.peer.follows(&scene.alice);
    scene.delivers(&scene.peer.activity("Announce", post["uri"].clone()));
    let told: Vec<Value> = scene.seen().iter().map(|p| scene.keys.opens(&p.body)).collect();
    let kinds: Vec<&str> = told.iter().map(|t| t["notification_type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["favourite", "follow"]);
    assert_eq!((&told[0]["body"], &told[1]["body"]), (&json!("Labrīt!"), &json!("A peer.")));
    assert_eq!(told[1]["title"], "bob of the peer follows you");
}

#[test]
fn a_policy_lets_only_those_ring_whom_it_names() {
    let scene = Scene::new(json!({"mention": true}), "followed");
    scene.mentions("<p>a stranger</p>");
    assert!(scene.texts().is_empty());
    scene.peer.is_followed_by(&scene.alice);
    scene.mentions("<p>whom alice follows</p>");
    assert_eq!(scene.texts(), ["whom alice follows"]);

    scene.alice.call("PUT", PATH, Some(json!({"data": {"policy": "follower"}}))).ok();
    scene.mentions("<p>not her follower yet</p>");
    scene.peer.follows(&scene.alice);
    scene.mentions("<p>her follower</p>");
    assert_eq!(scene.texts()[1..], ["her follower"]);

    scene.alice.call("PUT", PATH, Some(json!({"data": {"policy": "none"}}))).ok();
    scene.mentions("<p>nobody</p>");
    assert_eq!(scene.seen().len(), 2);
}

#[test]
fn nothing_is_pushed_for_a_muted_or_blocked_account() {
    let scene = Scene::for_mentions();
    scene.mentions("<p>one</p>");
    let id = scene.alice.notifications("mention")[0]["account"]["id"].as_str().unwrap().to_owned();
    scene.alice.post(&format!("/api/v1/accounts/{id}/mute"), json!({})).ok();
    scene.mentions("<p>two</p>");
    scene.alice.post(&format!("/api/v1/accounts/{id}/unmute"), json!({})).ok();
    scene.alice.post(&format!("/api/v1/accounts/{id}/block"), json!({})).ok();
    scene.mentions("<p>three</p>");
    assert_eq!(scene.texts(), ["one"]);
}

#[test]
fn somebody_who_is_muted_before_the_push_service_comes_back_does_not_ring() {
    let scene = Scene::for_mentions();
    scene.service.answers(503, "");
    scene.mentions("<p>too late</p>");
    let id = scene.alice.notifications("mention")[0]["account"]["id"].as_str().unwrap().to_owned();
    scene.alice.post(&format!("/api/v1/accounts/{id}/mute"), json!({})).ok();
    scene.service.answers(201, "");
    scene.alice.later(HOUR);
    scene.alice.settles();
    assert_eq!(scene.seen().len(), 1, "the one that was refused, and no other");
}

#[test]
fn pitfall_88_a_notification_that_was_dismissed_meanwhile_is_not_sent() {
    let scene = Scene::for_mentions();
    scene.service.answers(503, "");
    scene.mentions("<p>one</p>");
    let id = scene.alice.notifications("mention")[0]["id"].as_str().unwrap().to_owned();
    scene.alice.post(&format!("/api/v1/notifications/{id}/dismiss"), json!({})).ok();
    assert_eq!(scene.alice.get(&format!("/api/v1/notifications/{id}")).status, 404);
    scene.service.answers(201, "");
    scene.alice.later(HOUR);
    scene.alice.settles();
    assert_eq!(scene.seen().len(), 1);
    assert!(scene.is_subscribed());
}

#[test]
fn pitfall_93_a_refusal_ends_the_subscription_and_a_request_for_patience_does_not() {
    for status in [400, 403, 404, 410] {
        let scene = Scene::for_mentions();
        scene.service.answers(status, "");
        scene.mentions("<p>one</p>");
        assert!(!scene.is_subscribed(), "{status} left it");
        scene.mentions("<p>two</p>");
        assert_eq!(scene.seen().len(), 1, "{status} was called again");
    }
    for status in [408, 429, 500, 502, 302] {
        let scene = Scene::for_mentions();
        scene.service.answers(status, "");
        scene.mentions("<p>one</p>");
        assert!(scene.is_subscribed(), "{status} ended it");
        scene.service.answers(201, "");
        scene.alice.later(10 * MINUTE);
        scene.alice.settles();
        assert_eq!(scene.texts(), ["one", "one"], "{status} was not tried again");
    }
}

#[test]
fn a_push_service_in_trouble_is_asked_rarely_and_gets_everything_in_the_end() {
    let mut scene = Scene::for_mentions();
    scene.service.answers(429, "Retry-After: 1800\r\n");
    for text in ["one", "two", "three"] {
        scene.mentions(&format!("<p>{text}</p>"));
    }
    assert_eq!(scene.texts(), ["one"], "what comes behind must wait, too");
    scene.alice.restart(); // nothing of it is lost
    scene.alice.later(29 * MINUTE);
    scene.alice.settles();
    assert_eq!(scene.seen().len(), 1, "it asked for half an hour");
    scene.service.answers(201, "");
    scene.alice.later(10 * MINUTE);
    scene.alice.settles();
    assert_eq!(scene.texts()[1..], ["one", "two", "three"]);
}

#[test]
fn a_test_does_not_wait_for_what_waits() {
    let scene = Scene::for_mentions();
    scene.service.answers(429, "Retry-After: 3600\r\n");
    scene.mentions("<p>one</p>");
    scene.service.answers(201, "");
    taure::ops::push::send_test(&scene.alice.app(), None).unwrap();
    scene.alice.settles();
    assert_eq!(scene.texts(), ["one", "This is a test. Notifications reach this app."]);
    scene.alice.later(HOUR + MINUTE);
    scene.alice.settles();
    assert_eq!(scene.texts()[2..], ["one"]);
}

#[test]
fn a_dead_push_service_delays_no_other_and_is_given_up() {
    let scene = Scene::for_mentions();
    // Another app, whose push service nobody runs any more.
    let store = &scene.alice.app().store;
    let token = taure::ops::auth::issue_token(store, "dead", "push").unwrap();
    let dead = format!("http://localhost:{}/app", free_port());
    let body =
        json!({"subscription": Keys::new().subscription(&dead), "data": {"alerts": {"mention": true}}});
    let bearer = format!("Bearer {token}");
    scene.alice.send("POST", PATH, &[("authorization", &bearer)], Some(body)).ok();

    scene.mentions("<p>one</p>");
    scene.mentions("<p>two</p>");
    assert_eq!(scene.texts(), ["one", "two"]);
    let of_dead = || store.read(push::list).unwrap().into_iter().find(|s| s.endpoint == dead);
    let row = of_dead().unwrap();
    assert_eq!((row.failures, row.delivered_at), (1, None), "the lane rests after one failure");
    for _ in 0..50 {
        scene.alice.later(HOUR + 10 * MINUTE);
        scene.alice.settles();
    }
    let waiting = store.read(taure::store::jobs::count).unwrap();
    assert_eq!(waiting, 0, "what is older than two days is given up");
    assert!(of_dead().is_some(), "a push service may be away for two days");
    scene.alice.later(30 * DAY);
    scene.mentions("<p>three</p>");
    for _ in 0..3 {
        scene.alice.later(DAY);
        scene.alice.settles();
    }
    assert!(of_dead().is_none(), "after a month it is dead");
    assert_eq!(scene.texts(), ["one", "two", "three"]);
}

#[test]
fn pitfall_73_a_subscription_goes_with_its_token() {
    let scene = Scene::for_mentions();
    let app = json!({"client_name": "a", "redirect_uris": "app://back", "scopes": "read push"});
    let app = scene.alice.post("/api/v1/apps", app).ok();
    let taure_app = scene.alice.app();
    let client = taure_app
        .store
        .read(|c| taure::store::oauth::app_by_client_id(c, app["client_id"].as_str().unwrap()))
        .unwrap()
        .unwrap();
    let token = taure_app
        .store
        .write(|tx| {
            taure::store::oauth::insert_token(tx, "an-apps-token", client.id, true, &client.scopes)?;
            Ok("an-apps-token")
        })
        .unwrap();
    let bearer = format!("Bearer {token}");
    let endpoint = format!("{}/second", scene.service.base);
    let body =
        json!({"subscription": scene.keys.subscription(&endpoint), "data": {"alerts": {"mention": true}}});
    scene.alice.send("POST", PATH, &[("authorization", &bearer)], Some(body)).ok();
    scene.mentions("<p>one</p>");
    assert_eq!(scene.seen().len(), 2, "each app is called");

    let revoke =
        json!({"client_id": app["client_id"], "client_secret": app["client_secret"], "token": token});
    scene.alice.send("POST", "/oauth/revoke", &[], Some(revoke)).ok();
    assert_eq!(taure_app.store.read(push::list).unwrap().len(), 1);
    scene.mentions("<p>two</p>");
    assert_eq!(scene.seen().len(), 3);
    assert_eq!(scene.seen()[2].path, "/app");
}

#[test]
fn no_token_stands_readable_in_the_file() {
    let scene = Scene::for_mentions();
    let app = scene.alice.app();
    app.store.close().unwrap();
    let file = std::fs::read(app.store.path()).unwrap();
    let holds = |needle: &[u8]| file.windows(needle.len()).any(|w| w == needle);
    assert!(holds(b"push_subscriptions"), "the file was not read");
    assert!(holds(scene.keys.p256dh().as_bytes()), "the subscription is not in the file yet");
    assert!(!holds(scene.alice.token.as_bytes()));
}

#[test]
fn the_owner_sees_the_apps_tests_them_and_removes_them_without_a_script() {
    let scene = Scene::for_mentions();
    let app = scene.alice.app();
    let cookie = taure::ops::auth::start_session(&app.store, "Firefox").unwrap();
    let cookie = format!("taure={cookie}");
    let get = |path: &str| scene.alice.send("GET", path, &[("cookie", &cookie)], None);
    let page = get("/settings/push").text;
    assert!(get("/settings/profile").text.contains("href=\"/settings/push\""));
    let host = scene.service.base.trim_start_matches("http://");
    assert!(page.contains("<b dir=\"auto\">tests</b>") && page.contains(host), "{page}");
    assert!(page.contains("Nothing was taken yet"));
    assert!(!page.contains("/app\""), "an endpoint's path is a secret");

    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let press = |path: &str| {
        let body = format!("csrf={csrf}");
        let headers = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        request("POST", &format!("{}{path}", scene.alice.base), &headers, Some(body.as_bytes()))
    };
    let id = app.store.read(push::list).unwrap()[0].id;
    assert_eq!(press("/settings/push/test").status, 303);
    assert_eq!(press(&format!("/settings/push/{id}/test")).status, 303);
    scene.alice.settles();
    let told: Vec<Value> = scene.seen().iter().map(|p| scene.keys.opens(&p.body)).collect();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["title"], &told[0]["notification_id"]), (&json!("Taure"), &json!(0)));
    assert_eq!(told[0]["access_token"], scene.alice.token);
    assert_eq!(scene.alice.get("/api/v1/notifications/0").status, 404);
    assert!(get("/settings/push?sent=1").text.contains("Last taken: <time"));

    scene.service.answers(500, "");
    press("/settings/push/test");
    scene.alice.settles();
    assert!(get("/settings/push").text.contains("The push service answered 500"));
    assert_eq!(press("/settings/push/999/remove").status, 404);
    assert_eq!(press(&format!("/settings/push/{id}/remove")).status, 303);
    assert!(get("/settings/push").text.contains("No app has asked"));
    assert!(!scene.is_subscribed());
    scene.alice.later(HOUR);
}
