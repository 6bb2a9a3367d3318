//! What others got wrong before us, numbered 1 to 103: the ones that belong to no single family, and the check that
//! each of them has a test that names it.

use crate::harness::{Answer, Taure, request};
use crate::layers::sources;
use crate::peer::Peer;
use crate::pictures;
use crate::push_service::Keys;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use taure::model::NotificationKind;
use taure::model::time::HOUR;

/// How many are known.
const KNOWN: u32 = 103;

/// The numbers in a name: `pitfall_3_to_5_...`, `pitfall_28_and_32_...`, `pitfall_42_43_and_45_...`.
fn numbers(name: &str) -> Vec<u32> {
    let (mut found, mut upto) = (Vec::new(), false);
    for word in name.split('_') {
        match (word, word.parse::<u32>()) {
            (_, Ok(n)) if upto => found.extend(found.last().map_or(n, |last| last + 1)..=n),
            (_, Ok(n)) => found.push(n),
            ("and" | "to", _) => (),
            _ => break,
        }
        upto = word == "to";
    }
    found
}

#[test]
fn every_known_pitfall_has_a_test_that_names_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("tests/it"), &mut files);
    let mut named = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        let mut before = "";
        for line in text.lines() {
            // Only what really runs.
            if let Some((_, name)) = line.split_once("fn pitfall_")
                && before.trim() == "#[test]"
            {
                named.extend(numbers(name.split('(').next().unwrap()));
            }
            before = line;
        }
    }
    let missing: Vec<u32> = (1..=KNOWN).filter(|n| !named.contains(n)).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
    assert_eq!(named.last(), Some(&KNOWN), "there is no such pitfall");
}

#[test]
fn the_numbers_in_a_name_are_read_in_every_form() {
    assert_eq!(numbers("7_trends"), [7]);
    assert_eq!(numbers("62_to_65_apps_find_12"), [62, 63, 64, 65]);
    assert_eq!(numbers("28_and_32_a_bare"), [28, 32]);
    assert_eq!(numbers("42_43_and_45_links"), [42, 43, 45]);
    assert!(numbers("none_3").is_empty());
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// As apps compare ids: the longer is newer, then by letter.
fn order(of: &Value) -> (usize, String) {
    (id(of).len(), id(of).to_owned())
}

#[test]
fn pitfall_2_what_arrives_late_stands_where_it_belongs() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.is_followed_by(&taure);
    let first = taure.posts("first");
    let mut note = peer.note("<p>old</p>", &[]);
    note["published"] = json!("2026-01-02T03:04:05Z");
    assert_eq!(peer.delivers(&taure, &peer.create(&note)).status, 202);
    taure.settles();
    let second = taure.posts("second");
    let home = taure.home();
    let texts: Vec<&str> = home.iter().map(|s| s["content"].as_str().unwrap()).collect();
    assert_eq!(texts, ["<p>second</p>", "<p>first</p>", "<p>old</p>"]);
    assert!(order(&first) < order(&second) && order(&home[2]) < order(&first));
    let made = id(&home[2]).parse::<i64>().unwrap() >> 16;
    assert_eq!(made, 1_767_323_045_000, "not made of the date of the post");
}

#[test]
fn pitfall_9_a_slash_at_the_end_changes_nothing() {
    let taure = Taure::new();
    for path in ["/api/v1/tags/cats", "/api/v2/instance", "/api/v1/timelines/home", "/.well-known/nodeinfo"] {
        assert_eq!(taure.get(&format!("{path}/")).ok(), taure.get(path).ok(), "{path}");
    }
    assert_eq!(taure.get("/api/v1/timelines/home/?limit=1").status, 200);
    taure.post("/api/v1/tags/cats/follow/", json!({})).ok();
    assert_eq!(taure.get("/api/v1/tags/cats/").ok()["following"], true);
    // toot opens its page so; the page asks to sign in or for what is missing, but it is there.
    assert_ne!(taure.as_stranger("/oauth/authorize/?client_id=x").status, 404);
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
fn pitfall_26_what_has_nothing_to_say_answers_an_empty_object() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = peer.is_followed_by(&taure);
    let mention = peer.note("<p>Hi</p>", &[&taure]);
    assert_eq!(peer.delivers(&taure, &peer.create(&mention)).status, 202);
    let mut letter = peer.note("<p>Psst</p>", &[&taure]);
    (letter["to"], letter["cc"]) = (json!([taure.actor()]), json!([]));
    assert_eq!(peer.delivers(&taure, &peer.create(&letter)).status, 202);
    taure.settles();
    let made = |path: &str, body: Value| id(&taure.post(path, body).ok()).to_owned();
    let list = made("/api/v1/lists", json!({"title": "x"}));
    let word = json!([{"keyword": "x"}, {"keyword": "y"}]);
    let filter = json!({"title": "x", "context": ["home"], "keywords_attributes": word});
    let filter = taure.post("/api/v2/filters", filter).ok();
    let old = made("/api/v1/filters", json!({"phrase": "x", "context": ["home"]}));
    let at = taure.clock.now().plus(HOUR).to_string();
    let planned = made("/api/v1/statuses", json!({"status": "x", "scheduled_at": at}));
    let tag = made("/api/v1/featured_tags", json!({"name": "x"}));
    let notification = id(&taure.notifications("mention")[0]).to_owned();
    let conversation = id(&taure.get("/api/v1/conversations").ok()[0]).to_owned();
    let picture = pictures::upload(&taure, "red");
    let subscription = json!({"subscription": Keys::new().subscription("https://push.example/")});
    taure.post("/api/v1/push/subscription", subscription).ok();
    let app = json!({"client_name": "x", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"});
    let app = taure.post("/api/v1/apps", app).ok();
    let keys = (&app["client_id"], &app["client_secret"]);
    let unknown = json!({"client_id": keys.0, "client_secret": keys.1, "token": "unknown"});
    let collection = taure.post("/api/v1/collections", json!({"name": "x"})).ok()["collection"].clone();

    let members = json!({"account_ids": [id(&bob)]});
    let nothing = json!({});
    for (method, path, body) in [
        ("POST", format!("/api/v1/lists/{list}/accounts"), &members),
        ("DELETE", format!("/api/v1/lists/{list}/accounts"), &members),
        ("DELETE", format!("/api/v1/lists/{list}"), &nothing),
        ("DELETE", format!("/api/v2/filters/keywords/{}", id(&filter["keywords"][0])), &nothing),
        ("DELETE", format!("/api/v2/filters/{}", id(&filter)), &nothing),
        ("DELETE", format!("/api/v1/filters/{old}"), &nothing),
        ("DELETE", format!("/api/v1/scheduled_statuses/{planned}"), &nothing),
        ("DELETE", format!("/api/v1/featured_tags/{tag}"), &nothing),
        ("POST", format!("/api/v1/notifications/{notification}/dismiss"), &nothing),
        ("POST", "/api/v1/notifications/clear".to_owned(), &nothing),
        ("POST", "/api/v2/notifications/clear".to_owned(), &nothing),
        ("POST", "/api/v1/notifications/requests/accept".to_owned(), &nothing),
        ("POST", "/api/v1/notifications/requests/dismiss".to_owned(), &nothing),
        ("DELETE", format!("/api/v1/conversations/{conversation}"), &nothing),
        ("DELETE", format!("/api/v1/media/{picture}"), &nothing),
        ("DELETE", "/api/v1/push/subscription".to_owned(), &nothing),
        ("DELETE", format!("/api/v1/suggestions/{}", id(&bob)), &nothing),
        ("POST", "/api/v1/domain_blocks".to_owned(), &json!({"domain": "x.example"})),
        ("DELETE", "/api/v1/domain_blocks".to_owned(), &json!({"domain": "x.example"})),
        ("DELETE", format!("/api/v1/collections/{}", id(&collection)), &nothing),
        ("POST", "/oauth/revoke".to_owned(), &unknown),
    ] {
        let answer = taure.call(method, &path, Some(body.clone()));
        assert_eq!((answer.status, answer.text.as_str()), (200, "{}"), "{method} {path}");
    }
    // The one exception.
    let campaign = taure.get("/api/v1/donation_campaigns");
    assert_eq!((campaign.status, campaign.text.as_str()), (204, ""));
}

/// Every date below `value`, with the path to it.
fn dates(path: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| dates(&format!("{path}[]"), item, out)),
        Value::Object(map) => {
            for (key, value) in map {
                let path = format!("{path}.{key}");
                match value {
                    Value::String(text) if key.ends_with("_at") => out.push((path, text.clone())),
                    other => dates(&path, other, out),
                }
            }
        }
        _ => (),
    }
}

#[test]
fn pitfall_27_every_date_has_three_decimals_and_a_z() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = peer.is_followed_by(&taure);
    let question = peer.asks(&["Yes", "No"], &[&taure]);
    assert_eq!(peer.delivers(&taure, &peer.create(&question)).status, 202);
    let mut note = peer.note("<p>elsewhere</p>", &[]);
    note["published"] = json!("2026-01-02T03:04:05+02:00");
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    let elsewhere = taure.finds_status(note["id"].as_str().unwrap());
    assert_eq!(elsewhere["created_at"], "2026-01-02T01:04:05.000Z");
    taure.settles();
    let post = taure.posts("first");
    let path = format!("/api/v1/statuses/{}", id(&post));
    taure.call("PUT", &path, Some(json!({"status": "second"}))).ok();
    let at = taure.clock.now().plus(HOUR).to_string();
    taure.post("/api/v1/statuses", json!({"status": "x", "scheduled_at": at})).ok();
    taure.post("/api/v1/statuses", json!({"status": "q", "quoted_status_id": id(&post)})).ok();
    let poll = json!({"status": "?", "poll": {"options": ["a", "b"], "expires_in": 3600}});
    taure.post("/api/v1/statuses", poll).ok();
    taure
        .post(
            "/api/v2/filters",
            json!({"title": "x", "context": ["home"], "expires_in": "3600",
        "keywords_attributes": [{"keyword": "x"}]}),
        )
        .ok();
    taure.post("/api/v1/markers", json!({"home": {"last_read_id": id(&post)}})).ok();
    taure
        .post(&format!("/api/v1/accounts/{}/mute", id(&bob)), json!({"duration": 60, "notifications": false}))
        .ok();

    let mut walked = BTreeSet::new();
    for path in [
        "/api/v1/timelines/home".to_owned(),
        "/api/v1/accounts/verify_credentials".to_owned(),
        "/api/v1/scheduled_statuses".to_owned(),
        "/api/v2/filters".to_owned(),
        "/api/v1/filters".to_owned(),
        "/api/v1/markers?timeline[]=home".to_owned(),
        "/api/v1/mutes".to_owned(),
        "/api/v1/notifications".to_owned(),
        "/api/v2/notifications".to_owned(),
        "/api/v2/instance".to_owned(),
        "/api/v1/instance/privacy_policy".to_owned(),
        format!("{path}/history"),
        format!("/api/v1/accounts/{}/statuses", id(&bob)),
    ] {
        let mut found = Vec::new();
        dates(&path, &taure.get(&path).ok(), &mut found);
        assert!(!found.is_empty(), "{path} has no date");
        for (place, date) in found {
            let key = place.rsplit('.').next().unwrap().to_owned();
            let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            let wanted = if key == "last_status_at" { "0000-00-00" } else { "0000-00-00T00:00:00.000Z" };
            assert_eq!(shape, wanted, "{place}: {date}");
            walked.insert(key);
        }
    }
    for key in [
        "created_at",
        "edited_at",
        "expires_at",
        "scheduled_at",
        "updated_at",
        "mute_expires_at",
        "last_status_at",
        "latest_page_notification_at",
    ] {
        assert!(walked.contains(key), "no {key} was seen");
    }
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
fn pitfall_67_a_text_of_full_length_with_a_long_address_is_taken() {
    let taure = Taure::new();
    let limit = taure.get("/api/v2/instance").ok()["configuration"]["statuses"]["max_characters"].clone();
    let address = format!("https://example.org/{}", "a".repeat(200));
    let text = |more: usize| {
        let words = "ā".repeat(usize::try_from(limit.as_u64().unwrap()).unwrap() - 24 + more);
        json!({"status": format!("{words} {address}"), "visibility": "direct"})
    };
    taure.post("/api/v1/statuses", text(0)).ok();
    let refused = taure.post("/api/v1/statuses", text(1));
    assert_eq!(refused.status, 422);
    assert!(refused.json["error"].as_str().unwrap().starts_with("Validation failed: "), "{}", refused.text);
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
fn pitfall_79_own_posts_have_four_pictures_at_most_and_others_are_cut() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let pictures: Vec<String> = (0..5).map(|n| pictures::upload(&taure, &n.to_string())).collect();
    let refused = taure.post("/api/v1/statuses", json!({"status": "x", "media_ids": pictures}));
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json["error"], "Validation failed: Cannot attach more than 4 files");
    let post = taure.post("/api/v1/statuses", json!({"status": "x", "media_ids": pictures[..4]})).ok();
    assert_eq!(post["media_attachments"].as_array().unwrap().len(), 4);
    let edit = json!({"status": "x", "media_ids": pictures});
    assert_eq!(taure.call("PUT", &format!("/api/v1/statuses/{}", id(&post)), Some(edit)).status, 422);

    let mut note = peer.note("<p>An album</p>", &[]);
    let picture = |n: i32| json!({"type": "Document", "mediaType": "image/png", "url": format!("{}/{n}.png", peer.base)});
    note["attachment"] = (0..40).map(picture).collect();
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    let album = taure.finds_status(note["id"].as_str().unwrap());
    taure.settles();
    assert_eq!(album["media_attachments"].as_array().unwrap().len(), 16);
}

#[test]
fn pitfall_85_each_notification_has_a_known_type_and_an_account() {
    const TYPES: [&str; 17] = [
        "mention",
        "status",
        "reblog",
        "follow",
        "follow_request",
        "favourite",
        "poll",
        "update",
        "quote",
        "quoted_update",
        "severed_relationships",
        "moderation_warning",
        "annual_report",
        "admin.sign_up",
        "admin.report",
        "added_to_collection",
        "collection_update",
    ];
    for kind in NotificationKind::ALL {
        assert!(TYPES.contains(&kind.as_str()), "{}", kind.as_str());
    }
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("please react");
    peer.follows(&taure);
    let mention = peer.note("<p>Hi</p>", &[&taure]);
    for activity in [
        peer.create(&mention),
        peer.activity("Like", post["uri"].clone()),
        peer.activity("Announce", post["uri"].clone()),
    ] {
        assert_eq!(peer.delivers(&taure, &activity).status, 202);
        taure.settles();
    }
    let all = taure.get("/api/v1/notifications").ok();
    let mut seen: Vec<&str> = all.as_array().unwrap().iter().map(|n| n["type"].as_str().unwrap()).collect();
    seen.sort_unstable();
    assert_eq!(seen, ["favourite", "follow", "mention", "reblog"]);
    for notification in all.as_array().unwrap() {
        assert_eq!(notification["account"]["username"], "bob");
        let about_a_post = notification["type"] != "follow";
        assert_eq!(notification["status"]["id"].is_string(), about_a_post, "{}", notification["type"]);
    }
}

#[test]
fn pitfall_99_preferences_are_a_flat_map_whose_keys_have_colons() {
    let taure = Taure::new();
    let preferences = taure.get("/api/v1/preferences").ok();
    let keys: BTreeSet<&str> = preferences.as_object().unwrap().keys().map(String::as_str).collect();
    for key in [
        "posting:default:visibility",
        "posting:default:sensitive",
        "posting:default:language",
        "posting:default:quote_policy",
        "reading:expand:media",
        "reading:expand:spoilers",
        "reading:autoplay:gifs",
    ] {
        assert!(keys.contains(key), "{key}");
    }
    assert!(preferences.as_object().unwrap().values().all(|v| !v.is_object()));
    let media = preferences["reading:expand:media"].as_str().unwrap();
    assert!(["default", "show_all", "hide_all"].contains(&media), "{media}");
    assert!(preferences["posting:default:language"].is_null(), "it was never set");
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
    // toot sends the type of its text; ours is always plain.
    let body = json!({"status": "**bold** <b>", "content_type": "text/markdown"});
    let post = taure.post("/api/v1/statuses", body).ok();
    assert_eq!(post["content"], "<p>**bold** &lt;b&gt;</p>");
}
