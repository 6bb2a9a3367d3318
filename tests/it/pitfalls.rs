//! What others got wrong before us, numbered 1 to 103: the ones that belong to no single family, and the check that
//! each of them has a test that names it.

use crate::harness::Taure;
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
fn pitfall_47_an_act_answers_what_has_become_of_it() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("x");
    for (act, undo, flag, count) in [
        ("favourite", "unfavourite", "favourited", Some("favourites_count")),
        ("bookmark", "unbookmark", "bookmarked", None),
        ("pin", "unpin", "pinned", None),
        ("mute", "unmute", "muted", None),
    ] {
        for (act, is_set) in [(act, true), (undo, false)] {
            let answer = taure.post(&format!("/api/v1/statuses/{}/{act}", id(&post)), json!({})).ok();
            assert_eq!((&answer["id"], &answer[flag]), (&post["id"], &json!(is_set)), "{act}");
            if let Some(count) = count {
                assert_eq!(answer[count], u8::from(is_set), "{act}");
            }
            assert_eq!(taure.status(id(&post)), answer, "{act}");
        }
    }
    let bob = taure.finds(&peer.handle());
    let followed = taure.post(&format!("/api/v1/accounts/{}/follow", id(&bob)), json!({})).ok();
    assert!(followed["following"] == true || followed["requested"] == true, "{followed}");
    taure.settles();
}
