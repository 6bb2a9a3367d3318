//! The policy: which notifications of strangers are told, held back or dropped.
//! <https://docs.joinmastodon.org/methods/notifications/#get-policy>

use crate::harness::{Answer, Taure, request};
use crate::peer::Peer;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use taure::model::Event;
use taure::model::time::DAY;

pub const POLICY: &str = "/api/v2/notifications/policy";

/// Somebody whose account is as old as `published` says, and a bot if `kind` is Service.
pub fn somebody(name: &str, kind: &str, published: Option<&str>) -> Peer {
    let peer = Peer::new(name);
    let mut document = peer.actor_document();
    document["type"] = json!(kind);
    if let Some(date) = published {
        document["published"] = json!(date);
    }
    peer.publish(&peer.actor(), document);
    peer
}

/// Somebody who has been around for years.
pub fn stranger(name: &str) -> Peer {
    somebody(name, "Person", Some("2020-01-01T00:00:00Z"))
}

/// Mentions the owner publicly; the Note.
#[track_caller]
pub fn mention(peer: &Peer, taure: &Taure) -> Value {
    let note = peer.note("<p>Hello</p>", &[taure]);
    deliver(peer, taure, &peer.create(&note));
    note
}

/// Writes to the owner directly, in answer to `parent` if there is one.
#[track_caller]
pub fn letter(peer: &Peer, taure: &Taure, parent: Option<&Value>) -> Value {
    let mut note = peer.note("<p>Psst</p>", &[taure]);
    note["to"] = json!([taure.actor()]);
    note["cc"] = json!([]);
    note["inReplyTo"] = parent.cloned().unwrap_or(Value::Null);
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    deliver(peer, taure, &peer.create(&note));
    note
}

#[track_caller]
pub fn deliver(peer: &Peer, taure: &Taure, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

#[track_caller]
pub fn set_policy(taure: &Taure, policy: Value) -> Value {
    taure.call("PATCH", POLICY, Some(policy)).ok()
}

pub fn requests(taure: &Taure) -> Vec<Value> {
    taure.get("/api/v1/notifications/requests").ok().as_array().unwrap().clone()
}

/// How a mention by `peer` fares: told, held back or gone.
#[track_caller]
fn fares(taure: &Taure, peer: &Peer) -> &'static str {
    let note = mention(peer, taure);
    let of = |path: &str| {
        let list = taure.get(path).ok();
        list.as_array().unwrap().iter().any(|n| n["status"]["uri"] == note["id"])
    };
    match (of("/api/v1/notifications"), of("/api/v1/notifications?include_filtered=true")) {
        (true, true) => "told",
        (false, true) => "held back",
        (false, false) => "dropped",
        (true, false) => panic!("shown, and not among all"),
    }
}

#[test]
fn pitfall_90_the_policy_has_six_words_and_a_summary_and_keeps_what_is_set() {
    let taure = Taure::new();
    let before = taure.get(POLICY).ok();
    let expected = json!({
        "for_not_following": "accept", "for_not_followers": "accept", "for_new_accounts": "accept",
        "for_private_mentions": "accept", "for_limited_accounts": "accept", "for_bots": "accept",
        "summary": {"pending_requests_count": 0, "pending_notifications_count": 0},
    });
    assert_eq!(before, expected);
    let after = set_policy(&taure, json!({"for_bots": "drop", "for_new_accounts": "filter"}));
    assert_eq!((&after["for_bots"], &after["for_new_accounts"]), (&json!("drop"), &json!("filter")));
    assert_eq!(after["for_not_following"], "accept", "what is not given stays");
    assert_eq!(taure.get(POLICY).ok(), after);
    let wrong = taure.call("PATCH", POLICY, Some(json!({"for_bots": "maybe", "for_new_accounts": "drop"})));
    assert_eq!(wrong.status, 422);
    assert_eq!(taure.get(POLICY).ok(), after, "a wrong word changes nothing");
}

/// A body in any encoding, as the owner's app.
fn send_as(taure: &Taure, method: &str, path: &str, kind: &str, body: &str) -> Answer {
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("content-type", kind)];
    request(method, &format!("{}{path}", taure.base), &headers, Some(body.as_bytes()))
}

#[test]
fn pitfall_11_and_14_the_policy_is_set_by_put_and_patch_in_every_encoding() {
    let taure = Taure::new();
    let form = "application/x-www-form-urlencoded";
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"for_bots\"\r\n\r\ndrop\r\n--x--\r\n";
    for (method, path, kind, body, bots) in [
        ("PUT", POLICY, "application/json", "{\"for_bots\": \"filter\"}", "filter"),
        ("PATCH", POLICY, form, "for_bots=accept", "accept"),
        ("PUT", POLICY, "multipart/form-data; boundary=x", multipart, "drop"),
        ("PUT", "/api/v2/notifications/policy?for_bots=filter", form, "", "filter"),
    ] {
        assert_eq!(send_as(&taure, method, path, kind, body).ok()["for_bots"], bots, "{method} {kind}");
    }
}

#[test]
fn pitfall_90_mastodon_for_android_reads_and_sets_booleans() {
    let taure = Taure::new();
    let path = "/api/v1/notifications/policy";
    set_policy(&taure, json!({"for_not_followers": "drop"}));
    let flags = taure.get(path).ok();
    assert_eq!(flags["filter_not_following"], json!(false));
    assert_eq!(flags["filter_not_followers"], json!(true), "dropped is not accepted");
    assert_eq!(flags["summary"], json!({"pending_requests_count": 0, "pending_notifications_count": 0}));
    for (method, body) in
        [("PUT", json!({"filter_not_following": true})), ("PATCH", json!({"filter_bots": "1"}))]
    {
        taure.call(method, path, Some(body)).ok();
    }
    taure.call("PUT", path, Some(json!({"filter_not_followers": "false"}))).ok();
    let policy = taure.get(POLICY).ok();
    assert_eq!(policy["for_not_following"], "filter");
    assert_eq!(policy["for_bots"], "filter");
    assert_eq!(policy["for_not_followers"], "accept");
}

#[test]
fn a_strangers_mention_is_held_back_and_nobody_hears_of_it() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_not_following": "filter"}));
    let heard: Arc<Mutex<Vec<Event>>> = Arc::default();
    let ear = Arc::clone(&heard);
    taure.app().events.listen(Box::new(move |events| ear.lock().unwrap().extend_from_slice(events)));
    let peer = stranger("bob");
    let note = mention(&peer, &taure);
    assert!(!heard.lock().unwrap().iter().any(|e| matches!(e, Event::Notified(_))), "an event went out");

    assert_eq!(taure.get("/api/v1/notifications").ok(), json!([]));
    assert_eq!(taure.get("/api/v2/notifications").ok()["notification_groups"], json!([]));
    for version in ["v1", "v2"] {
        let count = taure.get(&format!("/api/{version}/notifications/unread_count")).ok();
        assert_eq!(count, json!({"count": 0}), "{version}");
    }
    let all = taure.get("/api/v1/notifications?include_filtered=1").ok();
    assert_eq!(all[0]["filtered"], json!(true));
    let account = all[0]["account"]["id"].as_str().unwrap();
    let of_one = taure.get(&format!("/api/v1/notifications?account_id={account}")).ok();
    assert_eq!(of_one[0]["id"], all[0]["id"], "apps look into a request this way");
    let groups = taure.get("/api/v2/notifications?include_filtered=true").ok();
    assert_eq!(
        groups["notification_groups"][0]["group_key"],
        format!("ungrouped-{}", all[0]["id"].as_str().unwrap())
    );

    let waiting = requests(&taure);
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0]["notifications_count"], json!("1"), "pitfall 35: a string");
    assert_eq!(waiting[0]["account"]["acct"], peer.handle()[1..]);
    assert_eq!(waiting[0]["last_status"]["uri"], note["id"]);
    let summary = json!({"pending_requests_count": 1, "pending_notifications_count": 1});
    assert_eq!(taure.get(POLICY).ok()["summary"], summary);
}

#[test]
fn whom_the_owner_follows_is_told_of_and_a_strangers_favourite_makes_no_request() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_not_following": "filter"}));
    let friend = stranger("friend");
    friend.is_followed_by(&taure);
    assert_eq!(fares(&taure, &friend), "told");
    let post = taure.posts("Labrīt!");
    let bob = stranger("bob");
    deliver(&bob, &taure, &bob.activity("Like", post["uri"].clone()));
    assert_eq!(taure.notifications("favourite").len(), 0);
    assert_eq!(
        taure.get("/api/v1/notifications?include_filtered=1&types[]=favourite").ok()[0]["filtered"],
        true
    );
    assert_eq!(requests(&taure).len(), 0);
    let status = taure.status(post["id"].as_str().unwrap());
    assert_eq!(status["favourites_count"], 1, "it counts all the same");
}

#[test]
fn a_follower_counts_after_three_days() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_not_followers": "filter"}));
    let bob = stranger("bob");
    assert_eq!(fares(&taure, &bob), "held back");
    bob.follows(&taure);
    assert_eq!(fares(&taure, &bob), "held back", "he followed only now");
    taure.later(3 * DAY + 1_000);
    taure.settles();
    assert_eq!(fares(&taure, &bob), "told");
}

#[test]
fn new_accounts_bots_and_the_strictest_rule_count() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_new_accounts": "filter", "for_bots": "drop"}));
    assert_eq!(fares(&taure, &stranger("old")), "told");
    let yesterday = taure::model::Timestamp(taure.clock.now().0 - DAY).to_string();
    let newcomer = somebody("newcomer", "Person", Some(&yesterday));
    assert_eq!(fares(&taure, &newcomer), "held back");
    assert_eq!(fares(&taure, &somebody("robot", "Service", Some("2020-01-01T00:00:00Z"))), "dropped");
    let new_robot = somebody("new_robot", "Service", Some(&yesterday));
    assert_eq!(fares(&taure, &new_robot), "dropped", "the stricter of two rules");
    new_robot.is_followed_by(&taure);
    assert_eq!(fares(&taure, &new_robot), "told", "the owner follows");
    assert_eq!(requests(&taure).len(), 1);
}

#[test]
fn a_letter_out_of_the_blue_is_held_back_and_an_answer_is_not() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_private_mentions": "filter"}));
    let bob = stranger("bob");
    assert_eq!(fares(&taure, &bob), "told", "a public mention is none");
    letter(&bob, &taure, None);
    assert_eq!(requests(&taure)[0]["last_status"]["visibility"], "direct");
    assert_eq!(
        taure.get("/api/v1/conversations").ok(),
        json!([]),
        "a held-back letter opens no conversation"
    );
    assert_eq!(taure.get("/api/v1/timelines/direct").ok(), json!([]), "nor is it among the others");

    // The owner writes to somebody, who answers; and then to the answer's answer.
    let carol = stranger("carol");
    taure.finds(&carol.handle());
    let text = format!("{} how are you?", carol.handle());
    let own = taure.post("/api/v1/statuses", json!({"status": text, "visibility": "direct"})).ok();
    taure.settles();
    let answer = letter(&carol, &taure, Some(&own["uri"]));
    letter(&carol, &taure, Some(&answer["id"]));
    assert_eq!(requests(&taure).len(), 1, "only Bob waits");
    let told = taure.notifications("mention");
    assert_eq!(told.iter().filter(|n| n["account"]["username"] == "carol").count(), 2);
    let list = taure.get("/api/v1/conversations").ok();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["unread"], true);
    // Answering somebody else's letter from the owner does not open the door.
    letter(&bob, &taure, Some(&own["uri"]));
    assert_eq!(requests(&taure)[0]["notifications_count"], "2");
}

#[test]
fn what_is_dropped_is_not_stored() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_not_following": "drop"}));
    let bob = stranger("bob");
    assert_eq!(fares(&taure, &bob), "dropped");
    assert_eq!(requests(&taure).len(), 0);
    set_policy(&taure, json!({"for_not_following": "accept"}));
    assert_eq!(fares(&taure, &bob), "told", "the policy holds for what comes");
}

#[test]
fn follows_of_strangers_obey_the_policy_too() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_not_following": "filter"}));
    let bob = stranger("bob");
    bob.follows(&taure);
    assert_eq!(taure.notifications("follow").len(), 0);
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
}

#[test]
fn pitfall_88_a_dismissed_notification_is_not_found_and_what_mastodon_took_away_neither() {
    let taure = Taure::new();
    let bob = stranger("bob");
    mention(&bob, &taure);
    let id = taure.notifications("mention")[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/notifications/{id}");
    assert!(taure.get(&path).ok()["group_key"].as_str().unwrap().starts_with("ungrouped-"));
    for (method, gone) in [
        ("DELETE", path.as_str()),
        ("DELETE", "/api/v1/notifications/destroy_multiple?ids[]=1"),
        ("POST", "/api/v1/notifications/dismiss"),
    ] {
        assert_eq!(taure.call(method, gone, Some(json!({}))).status, 404, "{method} {gone}");
    }
    assert_eq!(taure.get("/api/v1/notifications/unread_count").ok(), json!({"count": 1}));
    assert_eq!(taure.get("/api/v1/notifications/unread_count?types[]=follow").ok(), json!({"count": 0}));
    assert_eq!(taure.post(&format!("{path}/dismiss"), json!({})).ok(), json!({}));
    assert_eq!(taure.get(&path).status, 404);
    assert_eq!(taure.post(&format!("{path}/dismiss"), json!({})).status, 404);
    mention(&bob, &taure);
    assert_eq!(taure.post("/api/v1/notifications/clear", json!({})).ok(), json!({}));
    assert_eq!(taure.get("/api/v1/notifications?include_filtered=1").ok(), json!([]));
}

#[test]
fn pitfall_86_an_app_that_names_its_types_gets_the_same_and_they_stay_in_the_link() {
    let taure = Taure::new();
    mention(&stranger("bob"), &taure);
    let plain = taure.get("/api/v1/notifications").ok();
    let named = taure.get("/api/v1/notifications?supported_types[]=follow&include_filtered=false&limit=5");
    let link = named.header("link").unwrap().to_owned();
    assert!(link.contains("supported_types%5B%5D=follow&include_filtered=false&limit=5&max_id="), "{link}");
    let named = named.ok();
    assert_eq!(named, plain, "every app must know a mention: no fallback");
    for absent in ["fallback", "report", "event", "moderation_warning", "filtered"] {
        assert!(named[0].get(absent).is_none(), "{absent}");
    }
}
