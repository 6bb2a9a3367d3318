//! Each write endpoint takes its parameters in whatever way they come (pitfalls 11 and 12): as JSON, as a form, as
//! multipart and in the query.

use crate::harness::{Answer, Taure, request};
use crate::peer::Peer;
use crate::pictures;
use crate::push_service::Keys;
use serde_json::{Value, json};
use taure::model::time::HOUR;
use url::form_urlencoded::Serializer;

#[derive(Debug, Clone, Copy)]
enum Way {
    Json,
    Form,
    Multipart,
    Query,
}

const WAYS: [Way; 4] = [Way::Json, Way::Form, Way::Multipart, Way::Query];

/// Parameters as Rails and the apps write them: `a[b]`, `a[]`, `a[][b]`.
fn pairs(name: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let name = if name.is_empty() { key.clone() } else { format!("{name}[{key}]") };
                pairs(&name, value, out);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| pairs(&format!("{name}[]"), item, out)),
        Value::String(text) => out.push((name.to_owned(), text.clone())),
        other => out.push((name.to_owned(), other.to_string())),
    }
}

fn send(taure: &Taure, way: Way, method: &str, path: &str, body: &Value) -> Answer {
    let mut flat = Vec::new();
    pairs("", body, &mut flat);
    let flat: Vec<(&str, &str)> = flat.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let encoded = Serializer::new(String::new()).extend_pairs(&flat).finish();
    match way {
        Way::Json => taure.call(method, path, Some(body.clone())),
        Way::Multipart => pictures::send(taure, method, path, &flat, None),
        Way::Query => taure.call(method, &format!("{path}?{encoded}"), None),
        Way::Form => {
            let token = format!("Bearer {}", taure.token);
            let headers =
                [("authorization", token.as_str()), ("content-type", "application/x-www-form-urlencoded")];
            request(method, &format!("{}{path}", taure.base), &headers, Some(encoded.as_bytes()))
        }
    }
}

#[track_caller]
fn sent(taure: &Taure, way: Way, method: &str, path: &str, body: &Value) -> Value {
    let answer = send(taure, way, method, path, body);
    assert_eq!(answer.status, 200, "{way:?} {method} {path}: {}", answer.text);
    answer.json
}

/// That `answer` has what `expected` has; it may have more.
#[track_caller]
fn holds(answer: &Value, expected: &Value, what: &str) {
    let Value::Object(expected) = expected else { return assert_eq!(answer, expected, "{what}") };
    for (key, value) in expected {
        holds(&answer[key], value, &format!("{what}.{key}"));
    }
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("no id: {of}")).to_owned()
}

#[test]
fn pitfall_11_posts_and_what_belongs_to_them_are_written_in_every_encoding() {
    let taure = Taure::new();
    for way in WAYS {
        let what = format!("{way:?}");
        let picture = pictures::upload(&taure, "red");
        let changed = sent(
            &taure,
            way,
            "PUT",
            &format!("/api/v1/media/{picture}"),
            &json!({"description": "green", "focus": "0.5,-0.25"}),
        );
        let focus = json!({"x": 0.5, "y": -0.25});
        holds(&changed, &json!({"description": "green", "meta": {"focus": focus}}), &what);

        let body = json!({"status": "Čau & bye", "visibility": "unlisted", "language": "lv", "sensitive": true,
            "spoiler_text": "cw", "media_ids": [picture], "quote_approval_policy": "nobody"});
        let post = sent(&taure, way, "POST", "/api/v1/statuses", &body);
        let seen = json!({"content": "<p>Čau &amp; bye</p>", "visibility": "unlisted", "language": "lv",
            "sensitive": true, "spoiler_text": "cw"});
        holds(&post, &seen, &what);
        assert_eq!(post["media_attachments"][0]["id"], *picture, "{what}");
        assert_eq!(post["quote_approval"]["automatic"], json!([]), "{what}");

        let path = format!("/api/v1/statuses/{}", id(&post));
        let edit = json!({"status": "edited", "media_ids": [picture],
            "media_attributes": [{"id": picture, "description": "blue", "focus": "-1,1"}]});
        let edited = sent(&taure, way, "PUT", &path, &edit);
        holds(&edited, &json!({"id": post["id"], "content": "<p>edited</p>"}), &what);
        let focus = json!({"x": -1.0, "y": 1.0});
        holds(
            &edited["media_attachments"][0],
            &json!({"description": "blue", "meta": {"focus": focus}}),
            &what,
        );
        let policy = json!({"quote_approval_policy": "public"});
        let opened = sent(&taure, way, "PUT", &format!("{path}/interaction_policy"), &policy);
        assert_eq!(opened["quote_approval"]["automatic"], json!(["public"]), "{what}");

        let poll =
            json!({"status": "?", "poll": {"options": ["a", "b"], "expires_in": 3600, "multiple": true}});
        let poll = sent(&taure, way, "POST", "/api/v1/statuses", &poll)["poll"].clone();
        holds(&poll, &json!({"multiple": true, "expired": false}), &what);
        assert_eq!((&poll["options"][0]["title"], &poll["options"][1]["title"]), (&json!("a"), &json!("b")));

        let at = |hours: i64| taure.clock.now().plus(hours * HOUR).to_string();
        let planned = json!({"status": "later", "scheduled_at": at(1)});
        let planned = sent(&taure, way, "POST", "/api/v1/statuses", &planned);
        assert_eq!(planned["params"]["text"], "later", "{what}");
        let path = format!("/api/v1/scheduled_statuses/{}", id(&planned));
        let moved = sent(&taure, way, "PUT", &path, &json!({"scheduled_at": at(2)}));
        assert!(moved["scheduled_at"].as_str() > planned["scheduled_at"].as_str(), "{what}");
        assert_eq!(sent(&taure, way, "DELETE", &path, &json!({})), json!({}));

        let marker = json!({"home": {"last_read_id": id(&post)}});
        let marked = sent(&taure, way, "POST", "/api/v1/markers", &marker);
        assert_eq!(marked["home"]["last_read_id"], post["id"], "{what}");
        let tag = sent(&taure, way, "POST", "/api/v1/featured_tags", &json!({"name": format!("tag{what}")}));
        assert_eq!(tag["name"], format!("tag{what}"));
    }
}

#[test]
fn pitfall_11_filters_are_written_in_every_encoding() {
    let taure = Taure::new();
    let post = id(&taure.posts("to be filtered"));
    for way in WAYS {
        let what = format!("{way:?}");
        let body = json!({"title": "Cats", "context": ["home", "thread"], "filter_action": "hide",
            "expires_in": 3600, "keywords_attributes": [{"keyword": "cat", "whole_word": true},
                                                        {"keyword": "dog", "whole_word": false}]});
        let made = sent(&taure, way, "POST", "/api/v2/filters", &body);
        let seen = json!({"title": "Cats", "context": ["home", "thread"], "filter_action": "hide"});
        holds(&made, &seen, &what);
        assert!(made["expires_at"].is_string(), "{what}");
        let (cat, dog) = (&made["keywords"][0], &made["keywords"][1]);
        assert_eq!((&cat["keyword"], &cat["whole_word"]), (&json!("cat"), &json!(true)), "{what}");
        assert_eq!((&dog["keyword"], &dog["whole_word"]), (&json!("dog"), &json!(false)), "{what}");

        let path = format!("/api/v2/filters/{}", id(&made));
        let change = json!({"title": "Dogs", "context": ["public"],
            "keywords_attributes": [{"id": id(cat), "_destroy": true}, {"id": id(dog), "keyword": "puppy"}]});
        let changed = sent(&taure, way, "PUT", &path, &change);
        holds(&changed, &json!({"title": "Dogs", "context": ["public"]}), &what);
        assert_eq!(changed["keywords"].as_array().unwrap().len(), 1, "{what}");
        assert_eq!(changed["keywords"][0]["keyword"], "puppy", "{what}");

        let word = json!({"keyword": "bird", "whole_word": "1"});
        let word = sent(&taure, way, "POST", &format!("{path}/keywords"), &word);
        holds(&word, &json!({"keyword": "bird", "whole_word": true}), &what);
        let word_path = format!("/api/v2/filters/keywords/{}", id(&word));
        let changed = sent(&taure, way, "PUT", &word_path, &json!({"keyword": "owl", "whole_word": "0"}));
        holds(&changed, &json!({"keyword": "owl", "whole_word": false}), &what);
        let status = sent(&taure, way, "POST", &format!("{path}/statuses"), &json!({"status_id": post}));
        assert_eq!(status["status_id"], *post, "{what}");
        assert_eq!(sent(&taure, way, "DELETE", &path, &json!({})), json!({}));

        let old = json!({"phrase": "fish", "context": ["home"], "irreversible": true, "whole_word": "true"});
        let old = sent(&taure, way, "POST", "/api/v1/filters", &old);
        let seen = json!({"phrase": "fish", "irreversible": true, "whole_word": true, "context": ["home"]});
        holds(&old, &seen, &what);
        let path = format!("/api/v1/filters/{}", id(&old));
        let change = json!({"phrase": "eel", "context": ["public"]});
        let changed = sent(&taure, way, "PUT", &path, &change);
        holds(&changed, &json!({"phrase": "eel", "context": ["public"]}), &what);
        assert_eq!(sent(&taure, way, "DELETE", &path, &json!({})), json!({}));
    }
}

#[test]
fn pitfall_11_people_lists_and_reports_are_written_in_every_encoding() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = id(&peer.is_followed_by(&taure));
    let note = peer.note("<p>Buy this</p>", &[]);
    let spam = id(&taure.finds_status(note["id"].as_str().unwrap()));
    for way in WAYS {
        let what = format!("{way:?}");
        let list = json!({"title": "Friends", "replies_policy": "none", "exclusive": true});
        let made = sent(&taure, way, "POST", "/api/v1/lists", &list);
        holds(&made, &list, &what);
        let path = format!("/api/v1/lists/{}", id(&made));
        let change = json!({"title": "Foes", "replies_policy": "followed", "exclusive": false});
        holds(&sent(&taure, way, "PUT", &path, &change), &change, &what);
        let members = format!("{path}/accounts");
        assert_eq!(sent(&taure, way, "POST", &members, &json!({"account_ids": [bob]})), json!({}), "{what}");
        assert_eq!(taure.get(&members).ok()[0]["id"], *bob, "{what}");
        // A DELETE whose parameters may sit in its body (pitfall 13).
        assert_eq!(
            sent(&taure, way, "DELETE", &members, &json!({"account_ids": [bob]})),
            json!({}),
            "{what}"
        );
        assert_eq!(taure.get(&members).ok(), json!([]), "{what}");

        let report = json!({"account_id": bob, "status_ids": [spam], "comment": what, "category": "spam",
            "forward": false});
        let report = sent(&taure, way, "POST", "/api/v1/reports", &report);
        let seen = json!({"status_ids": [spam], "comment": what, "category": "spam", "forwarded": false});
        holds(&report, &seen, &what);

        let account = format!("/api/v1/accounts/{bob}");
        let follow = json!({"reblogs": false, "notify": true, "languages": ["lv", "en"]});
        let followed = sent(&taure, way, "POST", &format!("{account}/follow"), &follow);
        let seen = json!({"showing_reblogs": false, "notifying": true, "languages": ["lv", "en"]});
        holds(&followed, &seen, &what);
        sent(
            &taure,
            Way::Json,
            "POST",
            &format!("{account}/follow"),
            &json!({"reblogs": true, "notify": false}),
        );
        let muted = json!({"notifications": false, "duration": 3600});
        let muted = sent(&taure, way, "POST", &format!("{account}/mute"), &muted);
        holds(&muted, &json!({"muting": true, "muting_notifications": false}), &what);
        sent(&taure, way, "POST", &format!("{account}/unmute"), &json!({}));
        let noted = sent(&taure, way, "POST", &format!("{account}/note"), &json!({"comment": what}));
        assert_eq!(noted["note"], *what);

        let domain = json!({"domain": "spam.example"});
        assert_eq!(sent(&taure, way, "POST", "/api/v1/domain_blocks", &domain), json!({}));
        assert_eq!(taure.get("/api/v1/domain_blocks").ok(), json!(["spam.example"]), "{what}");
        assert_eq!(sent(&taure, way, "DELETE", "/api/v1/domain_blocks", &domain), json!({}));
        assert_eq!(taure.get("/api/v1/domain_blocks").ok(), json!([]), "{what}");

        let collection =
            json!({"name": "Cats", "description": what, "discoverable": true, "tag_name": "cats"});
        let made = sent(&taure, way, "POST", "/api/v1/collections", &collection)["collection"].clone();
        holds(&made, &json!({"name": "Cats", "description": what, "discoverable": true}), &what);
        let path = format!("/api/v1/collections/{}", id(&made));
        let changed = sent(&taure, way, "PATCH", &path, &json!({"name": "Dogs", "discoverable": false}));
        holds(&changed["collection"], &json!({"name": "Dogs", "discoverable": false}), &what);
        sent(&taure, way, "DELETE", &path, &json!({}));
    }
    taure.settles();
}

#[test]
fn pitfall_11_votes_are_cast_in_every_encoding() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    for way in WAYS {
        let question = peer.asks(&["Yes", "No"], &[]);
        let poll = id(&taure.finds_status(question["id"].as_str().unwrap())["poll"]);
        let voted =
            sent(&taure, way, "POST", &format!("/api/v1/polls/{poll}/votes"), &json!({"choices": [1]}));
        holds(&voted, &json!({"voted": true, "own_votes": [1]}), &format!("{way:?}"));
        taure.settles();
    }
}

#[test]
fn pitfall_11_settings_and_subscriptions_are_written_in_every_encoding() {
    let (taure, keys) = (Taure::new(), Keys::new());
    for (n, way) in WAYS.into_iter().enumerate() {
        let what = format!("{way:?}");
        let flag = n % 2 == 0;
        let profile = json!({"display_name": what, "note": "one\ntwo", "bot": flag, "locked": !flag,
            "source": {"privacy": "unlisted", "language": "lv", "sensitive": flag},
            "fields_attributes": [{"name": what, "value": "x"}]});
        for (method, path) in
            [("PATCH", "/api/v1/accounts/update_credentials"), ("PUT", "/api/v1/accounts/update_credentials")]
        {
            let mine = sent(&taure, way, method, path, &profile);
            let source = json!({"privacy": "unlisted", "language": "lv", "sensitive": flag, "note": "one\ntwo",
                "fields": [{"name": what, "value": "x", "verified_at": null}]});
            let seen = json!({"display_name": what, "bot": flag, "locked": !flag, "source": source});
            holds(&mine, &seen, &what);
        }
        let profile =
            json!({"display_name": "p", "attribution_domains": ["news.example"], "show_media": flag});
        holds(&sent(&taure, way, "PUT", "/api/v1/profile", &profile), &profile, &what);

        let policy = json!({"for_bots": "drop", "for_new_accounts": "filter"});
        holds(&sent(&taure, way, "PATCH", "/api/v2/notifications/policy", &policy), &policy, &what);
        let policy = json!({"filter_not_following": flag, "filter_private_mentions": !flag});
        holds(&sent(&taure, way, "PUT", "/api/v1/notifications/policy", &policy), &policy, &what);

        let path = "/api/v1/push/subscription";
        let body = json!({"subscription": keys.subscription("https://push.example/a"),
            "data": {"policy": "followed", "alerts": {"mention": true, "poll": false}}});
        let made = sent(&taure, way, "POST", path, &body);
        let seen = json!({"endpoint": "https://push.example/a", "standard": true, "policy": "followed",
            "alerts": {"mention": true, "poll": false, "reblog": false}});
        holds(&made, &seen, &what);
        let change = json!({"data": {"policy": "none", "alerts": {"reblog": "on"}}});
        let changed = sent(&taure, way, "PUT", path, &change);
        holds(&changed, &json!({"policy": "none", "alerts": {"reblog": true}}), &what);
        assert_eq!(sent(&taure, way, "DELETE", path, &json!({})), json!({}));

        let app =
            json!({"client_name": what, "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read"});
        let app = sent(&taure, way, "POST", "/api/v1/apps", &app);
        let mut grant = json!({"grant_type": "client_credentials", "client_id": app["client_id"],
            "client_secret": app["client_secret"]});
        let token = sent(&taure, way, "POST", "/oauth/token", &grant);
        assert_eq!(token["scope"], "read", "{what}");
        grant["token"] = token["access_token"].clone();
        assert_eq!(sent(&taure, way, "POST", "/oauth/revoke", &grant), json!({}));
        let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
        let gone = taure.send("GET", "/api/v1/apps/verify_credentials", &[("authorization", &bearer)], None);
        assert_eq!(gone.status, 401, "{what}");
    }
    taure.settles();
}
