//! Pitfalls of how apps find out about a server and come in: registration, tokens, other origins, versions.

use crate::harness::{Answer, Taure, request};
use crate::push_service::Keys;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// A token of an app that nobody has let in, and the app.
fn alone(taure: &Taure) -> (Value, Value) {
    let form = json!({"client_name": "App", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
        "scopes": "read write push", "website": "https://app.example"});
    let app = taure.send("POST", "/api/v1/apps", &[], Some(form)).ok();
    let grant = json!({"grant_type": "client_credentials", "client_id": app["client_id"],
        "client_secret": app["client_secret"], "scope": "read write"});
    let token = taure.send("POST", "/oauth/token", &[], Some(grant)).ok();
    (app, token)
}

#[test]
fn pitfall_19_an_app_gets_back_what_it_registered_in_both_forms() {
    let taure = Taure::new();
    let both = ["https://app.example/back", "app://back"];
    for uris in [json!(both), json!(both.join("\n"))] {
        let form = json!({"client_name": "App", "redirect_uris": uris, "scopes": "read write:statuses push",
            "website": "https://app.example"});
        let app = taure.send("POST", "/api/v1/apps", &[], Some(form)).ok();
        assert_eq!((&app["redirect_uris"], &app["redirect_uri"]), (&json!(both), &json!(both.join("\n"))));
        assert_eq!(app["scopes"], json!(["read", "write:statuses", "push"]));
        assert_eq!((&app["name"], &app["website"]), (&json!("App"), &json!("https://app.example")));
        assert_eq!(app["client_secret_expires_at"], 0);
        for key in ["id", "client_id", "client_secret", "vapid_key"] {
            assert!(app[key].as_str().is_some_and(|t| !t.is_empty()), "{key}");
        }
    }
    let one = json!({"client_name": "App", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"});
    let one = taure.send("POST", "/api/v1/apps", &[], Some(one)).ok();
    assert_eq!(one["redirect_uri"], "urn:ietf:wg:oauth:2.0:oob");
    assert_eq!((&one["scopes"], &one["website"]), (&json!(["read"]), &json!(null)));
}

#[test]
fn pitfall_20_pages_of_other_sites_may_call_and_read_the_answers_and_the_refusals() {
    let taure = Taure::new();
    let from = [("origin", "https://phanpy.example")];
    let list = |answer: &Answer, name: &str| -> BTreeSet<String> {
        let value = answer.header(name).unwrap_or_else(|| panic!("no {name}"));
        value.split(',').map(|word| word.trim().to_lowercase()).collect()
    };
    for path in ["/api/v1/statuses", "/api/v1/accounts/update_credentials", "/oauth/token", "/oauth/revoke"] {
        let asks = [("origin", "https://phanpy.example"), ("access-control-request-method", "PATCH")];
        let answer = request("OPTIONS", &format!("{}{path}", taure.base), &asks, None);
        assert!(matches!(answer.status, 200 | 204), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), None, "{path}");
        let methods = list(&answer, "access-control-allow-methods");
        for method in ["get", "post", "put", "patch", "delete"] {
            assert!(methods.contains(method), "{path}: {method}");
        }
        let headers = list(&answer, "access-control-allow-headers");
        // A star does not stand for Authorization, and old browsers know none.
        for header in ["authorization", "content-type", "idempotency-key", "mastodon-async-refresh-id", "*"] {
            assert!(headers.contains(header), "{path}: {header}");
        }
    }
    for (path, status) in [
        ("/api/v2/instance", 200),
        ("/api/v1/timelines/home", 401),
        ("/api/v1/statuses/1", 404),
        ("/api/v1/nowhere", 404),
        ("/.well-known/nodeinfo", 200),
        ("/.well-known/oauth-authorization-server", 200),
        ("/nodeinfo/2.0", 200),
        ("/oauth/userinfo", 401),
    ] {
        let answer = taure.send("GET", path, &from, None);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        let exposed = list(&answer, "access-control-expose-headers");
        for header in [
            "link",
            "mastodon-async-refresh",
            "x-ratelimit-reset",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-request-id",
        ] {
            assert!(exposed.contains(header), "{path}: {header}");
        }
    }
    for path in ["/oauth/token", "/oauth/revoke"] {
        let answer = taure.send("POST", path, &from, Some(json!({})));
        assert!((400..500).contains(&answer.status), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
    }
    // The pages are nobody's but the owner's.
    assert_eq!(taure.send("GET", "/auth/sign_in", &from, None).header("access-control-allow-origin"), None);
}

#[test]
fn pitfall_37_a_token_comes_with_its_four_keys() {
    let taure = Taure::new();
    let (_, token) = alone(&taure);
    assert_eq!((&token["token_type"], &token["scope"]), (&json!("Bearer"), &json!("read write")));
    assert!(token["access_token"].as_str().unwrap().len() > 20);
    // Seconds since 1970, a whole number (pitfall 28).
    let now = taure.clock.now().seconds();
    assert!((now - 60..=now).contains(&token["created_at"].as_i64().unwrap()), "{token}");
}

#[test]
fn pitfall_58_the_number_that_apps_ask_for_before_they_quote_is_there_and_quotes_work() {
    let taure = Taure::new();
    let versions = taure.as_stranger("/api/v2/instance").ok()["api_versions"].clone();
    assert!(versions["mastodon"].as_u64().unwrap() >= 7);
    let post = taure.posts("first");
    assert_eq!(post["quote_approval"]["current_user"], "automatic");
    let quote = taure.post("/api/v1/statuses", json!({"status": "q", "quoted_status_id": id(&post)})).ok();
    assert_eq!(quote["quote"]["state"], "accepted");
    assert_eq!(taure.status(id(&post))["quotes_count"], 1);
}

#[test]
fn pitfall_59_the_version_begins_with_mastodons_number() {
    let taure = Taure::new();
    for path in ["/api/v1/instance", "/api/v2/instance"] {
        let version = taure.as_stranger(path).ok()["version"].as_str().unwrap().to_owned();
        // Ice Cubes reads three characters as a decimal number, others what stands before the space.
        assert!(version[..3].parse::<f64>().unwrap() >= 4.3, "{version}");
        let number = version.split(' ').next().unwrap();
        assert_eq!(number.split('.').filter(|part| part.parse::<u8>().is_ok()).count(), 3, "{version}");
        assert!(version.contains("(compatible; Taure ") && !version.contains('+'), "{version}");
    }
}

#[test]
fn pitfall_60_each_step_up_to_the_number_that_is_told_is_really_there() {
    let taure = Taure::new();
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let post = taure.posts("x");
    let number = taure.as_stranger("/api/v2/instance").ok()["api_versions"]["mastodon"].as_u64().unwrap();
    assert_eq!(number, 10, "the steps below are those of 10");
    let is_there = |path: String| taure.get(&path).ok();
    // 2: grouped notifications; 3: PKCE.
    assert!(is_there("/api/v2/notifications".into())["notification_groups"].is_array());
    let metadata = is_there("/.well-known/oauth-authorization-server".into());
    assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
    // 4: Web Push by the standard; 5: filters that blur.
    let subscription = json!({"subscription": Keys::new().subscription("https://push.example/")});
    assert_eq!(taure.post("/api/v1/push/subscription", subscription).ok()["standard"], true);
    let blur = json!({"title": "x", "context": ["home"], "filter_action": "blur"});
    assert_eq!(taure.post("/api/v2/filters", blur).ok()["filter_action"], "blur");
    // 6: endorsements; 7: quotes; 8: the profile; 10: collections.
    assert_eq!(is_there(format!("/api/v1/accounts/{}/endorsements", id(&me))), json!([]));
    assert_eq!(is_there(format!("/api/v1/statuses/{}/quotes", id(&post))), json!([]));
    assert!(is_there("/api/v1/profile".into())["display_name"].is_string());
    assert_eq!(taure.post("/api/v1/collections", json!({"name": "x"})).ok()["collection"]["name"], "x");
}

#[test]
fn pitfall_72_an_app_alone_reads_what_is_public_and_never_its_secret() {
    let taure = Taure::new();
    let (app, token) = alone(&taure);
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let get = |path: &str| taure.send("GET", path, &[("authorization", &bearer)], None);
    let post = taure.posts("open");
    for path in [format!("/api/v1/statuses/{}", id(&post)), "/api/v1/timelines/public?local=true".to_owned()]
    {
        assert_eq!(get(&path).status, 200, "{path}");
    }
    let verified = get("/api/v1/apps/verify_credentials").ok();
    for key in ["id", "name", "website", "scopes", "redirect_uri", "redirect_uris", "vapid_key"] {
        assert_eq!((&verified[key], verified.get(key).is_some()), (&app[key], true), "{key}");
    }
    assert!(verified.get("client_secret").is_none() && verified.get("client_id").is_none());
    assert!(taure.get("/api/v1/apps/verify_credentials").ok().get("client_secret").is_none());
    for path in ["/api/v1/timelines/home", "/api/v1/accounts/verify_credentials"] {
        let answer = get(path);
        let words = json!({"error": "This method requires an authenticated user"});
        assert_eq!((answer.status, answer.json), (422, words), "{path}");
    }
}

#[test]
fn pitfall_103_what_apps_probe_for_is_not_found_and_not_half_there() {
    let taure = Taure::new();
    for method in ["POST", "GET"] {
        let path = "/api/v1/pleroma/accounts/1/subscribe";
        let answer = taure.call(method, path, (method == "POST").then(|| json!({})));
        assert_eq!(answer.status, 404, "{method}");
        assert!(answer.json["error"].is_string());
    }
    for path in ["/api/v1/instance", "/api/v2/instance"] {
        let instance = taure.as_stranger(path).ok();
        assert!(instance.get("pleroma").is_none(), "{path}");
        assert!(instance["configuration"].get("reactions").is_none(), "{path}");
    }
    // toot sends the type of its text, as Pleroma and glitch take it.
    let body = json!({"status": "**bold** <b>", "content_type": "text/markdown"});
    let post = taure.post("/api/v1/statuses", body).ok();
    assert_eq!(post["content"], "<p><strong>bold</strong> &lt;b&gt;</p>");
}

#[test]
fn pitfall_73_only_the_app_that_was_given_a_token_revokes_it() {
    let taure = Taure::new();
    let ((mine, token), (other, _)) = (alone(&taure), alone(&taure));
    let revoke = |app: &Value, token: &Value| {
        let form =
            json!({"client_id": app["client_id"], "client_secret": app["client_secret"], "token": token});
        taure.send("POST", "/oauth/revoke", &[], Some(form))
    };
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let works =
        || taure.send("GET", "/api/v1/apps/verify_credentials", &[("authorization", &bearer)], None).status;
    let refused = revoke(&other, &token["access_token"]);
    assert_eq!((refused.status, &refused.json["error"]), (403, &json!("unauthorized_client")));
    assert!(refused.json["error_description"].is_string());
    assert_eq!(works(), 200);
    assert_eq!(revoke(&mine, &json!("unknown")).ok(), json!({}));
    assert_eq!(revoke(&mine, &token["access_token"]).ok(), json!({}));
    assert_eq!(works(), 401);
}
