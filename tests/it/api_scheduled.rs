//! Statuses for later: <https://docs.joinmastodon.org/methods/scheduled_statuses/>

use crate::harness::{Answer, Taure};
use crate::peer::Peer;
use crate::pictures;
use serde_json::{Value, json};
use taure::model::time::{DAY, HOUR, MINUTE};
use taure::ops::schedule;

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn at(taure: &Taure, milliseconds: i64) -> String {
    taure.clock.now().plus(milliseconds).to_string()
}

fn plans(taure: &Taure, milliseconds: i64, more: Value) -> Answer {
    let mut body = json!({"status": "Later", "scheduled_at": at(taure, milliseconds)});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    taure.post("/api/v1/statuses", body)
}

fn list(taure: &Taure) -> Vec<String> {
    let all = taure.get("/api/v1/scheduled_statuses").ok();
    all.as_array().unwrap().iter().map(id).collect()
}

#[test]
fn pitfall_51_what_is_for_later_answers_what_was_asked_for() {
    let taure = Taure::new();
    let picture = pictures::upload(&taure, "red");
    let parent = id(&taure.posts("first"));
    let more = json!({"media_ids": [picture], "visibility": "unlisted", "spoiler_text": "cw", "language": "lv",
        "in_reply_to_id": parent, "sensitive": true});
    let planned = plans(&taure, HOUR, more).ok();
    let params = &planned["params"];
    for (key, value) in [
        ("text", json!("Later")),
        ("visibility", json!("unlisted")),
        ("spoiler_text", json!("cw")),
        ("language", json!("lv")),
        ("sensitive", json!(true)),
        ("in_reply_to_id", json!(parent)),
        ("media_ids", json!([picture])),
        ("poll", json!(null)),
        ("scheduled_at", json!(null)),
        ("idempotency", json!(null)),
        ("with_rate_limit", json!(false)),
    ] {
        assert_eq!(params.get(key), Some(&value), "{key}");
    }
    assert_eq!(planned["media_attachments"][0]["id"], picture);
    assert_eq!(taure.get(&format!("/api/v1/scheduled_statuses/{}", id(&planned))).ok(), planned);
    assert_eq!(list(&taure), [id(&planned)]);
    assert_eq!(taure.home().len(), 1, "nothing is posted yet");

    let poll = json!({"poll": {"options": ["a", "b"], "expires_in": "600", "multiple": "1"}});
    let asked = plans(&taure, 2 * HOUR, poll).ok();
    assert_eq!(
        asked["params"]["poll"],
        json!({"options": ["a", "b"], "expires_in": 600, "multiple": true, "hide_totals": false})
    );
    assert_eq!(taure.as_stranger("/api/v1/scheduled_statuses").status, 401);
}

#[test]
fn it_is_posted_at_its_time_with_its_picture_once() {
    let (mut taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let picture = pictures::upload(&taure, "red");
    let planned = plans(&taure, DAY + HOUR, json!({"media_ids": [picture]})).ok();
    let asked = plans(&taure, 2 * HOUR, json!({"poll": {"options": ["a", "b"], "expires_in": 600}})).ok();
    // The picture is kept although it waits for more than a day, and is nobody else's.
    let taken = taure.post("/api/v1/statuses", json!({"status": "x", "media_ids": [picture]}));
    assert_eq!(taken.status, 422, "{}", taken.text);
    assert_eq!(plans(&taure, HOUR, json!({"media_ids": [picture]})).status, 422);
    assert_eq!(taure.call("DELETE", &format!("/api/v1/media/{picture}"), None).status, 422);

    taure.later(2 * HOUR + MINUTE);
    taure.settles();
    let poll = taure.home()[0]["poll"].clone();
    assert_eq!(poll["expired"], false, "it runs from when it is posted");
    assert_eq!(taure.get(&format!("/api/v1/scheduled_statuses/{}", id(&asked))).status, 404);
    taure.restart();
    taure.later(DAY);
    taure.settles();
    let home = taure.home();
    assert_eq!(home.len(), 2);
    assert_eq!(home[0]["media_attachments"][0]["id"], picture);
    assert_eq!(home[0]["content"], "<p>Later</p>");
    assert!(list(&taure).is_empty());
    assert_eq!(peer.received_of("Create").len(), 2);
    assert_eq!(
        taure.call("DELETE", &format!("/api/v1/scheduled_statuses/{}", id(&planned)), None).status,
        404
    );
    taure.restart();
    taure.later(DAY);
    taure.settles();
    assert_eq!(taure.home().len(), 2);
}

#[test]
fn only_its_time_can_be_changed_and_giving_it_up_frees_its_picture() {
    let taure = Taure::new();
    let picture = pictures::upload(&taure, "red");
    let planned = id(&plans(&taure, HOUR, json!({"media_ids": [picture]})).ok());
    let path = format!("/api/v1/scheduled_statuses/{planned}");
    for (method, hours) in [("PUT", 3), ("PATCH", 4)] {
        let time = at(&taure, hours * HOUR);
        let moved = taure.call(method, &path, Some(json!({"scheduled_at": time, "status": "other"}))).ok();
        assert_eq!((&moved["scheduled_at"], &moved["params"]["text"]), (&json!(time), &json!("Later")));
    }
    for time in [at(&taure, 4 * MINUTE), at(&taure, -HOUR)] {
        let refused = taure.call("PUT", &path, Some(json!({"scheduled_at": time})));
        assert_eq!(refused.json["error"], "Validation failed: Scheduled at date must be in the future");
        assert_eq!(refused.status, 422);
    }
    assert_eq!(taure.call("PUT", &path, Some(json!({"scheduled_at": "soon"}))).status, 422);
    assert_eq!(taure.call("PUT", &path, Some(json!({}))).status, 200);
    taure.later(3 * HOUR + MINUTE);
    taure.settles();
    assert!(taure.home().is_empty(), "it was moved");

    let gone = taure.call("DELETE", &path, None);
    assert_eq!((gone.status, gone.json), (200, json!({})));
    for method in ["GET", "PUT", "DELETE"] {
        let body = (method == "PUT").then(|| json!({"scheduled_at": at(&taure, HOUR)}));
        assert_eq!(taure.call(method, &path, body).status, 404, "{method}");
    }
    taure.later(3 * HOUR);
    taure.settles();
    assert!(taure.home().is_empty());
    let post = taure.post("/api/v1/statuses", json!({"status": "now", "media_ids": [picture]})).ok();
    assert_eq!(post["media_attachments"][0]["id"], picture);
}

#[test]
fn pitfall_18_a_key_gives_the_same_plan_and_then_its_post() {
    let taure = Taure::new();
    let token = format!("Bearer {}", taure.token);
    let time = at(&taure, 10 * MINUTE);
    let body = json!({"status": "once", "scheduled_at": time});
    let send = || {
        let headers = [("authorization", token.as_str()), ("idempotency-key", "k")];
        taure.send("POST", "/api/v1/statuses", &headers, Some(body.clone())).ok()
    };
    let both: Vec<Value> = std::thread::scope(|scope| {
        let both: Vec<_> = (0..2).map(|_| scope.spawn(send)).collect();
        both.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(both[0]["id"], both[1]["id"]);
    assert_eq!(list(&taure).len(), 1);
    taure.later(11 * MINUTE);
    taure.settles();
    let post = send();
    assert_eq!(post["content"], "<p>once</p>");
    assert_eq!(taure.home().len(), 1);
}

#[test]
fn pitfall_23_what_could_not_be_posted_cannot_be_planned_either() {
    let taure = Taure::new();
    for (body, status, says) in [
        (json!({"status": " "}), 422, "Validation failed: Text can't be blank"),
        (json!({"status": "x".repeat(5_001)}), 422, "Validation failed: Text character limit"),
        (json!({"media_ids": ["1"]}), 422, "Validation failed: Media 1 not found"),
        (json!({"poll": {"options": ["a"], "expires_in": 600}}), 422, "Validation failed: Choices must have"),
        (json!({"visibility": "everybody"}), 422, "Validation failed: "),
        (
            json!({"in_reply_to_id": "1"}),
            404,
            "The post you are trying to reply to does not appear to exist.",
        ),
        (
            json!({"scheduled_at": at(&taure, MINUTE)}),
            422,
            "Validation failed: Scheduled at date must be in the",
        ),
        (json!({"scheduled_at": "tomorrow"}), 422, "Validation failed: Scheduled at is invalid"),
    ] {
        let refused = plans(&taure, HOUR, body);
        assert_eq!(refused.status, status, "{}", refused.text);
        assert!(refused.json["error"].as_str().unwrap().starts_with(says), "{} is not {says}", refused.text);
    }
    assert!(list(&taure).is_empty() && taure.home().is_empty());
    // A time that has passed means now.
    let now = plans(&taure, -HOUR, json!({})).ok();
    assert_eq!(now["content"], "<p>Later</p>");
}

#[test]
fn there_is_room_for_twenty_five_a_day() {
    let taure = Taure::new();
    let noon = taure.clock.now().midnight().plus(2 * DAY + 12 * HOUR);
    let plan = |minutes: i64| {
        let time = noon.plus(minutes * MINUTE).to_string();
        taure.post("/api/v1/statuses", json!({"status": "x", "scheduled_at": time}))
    };
    let mut planned: Vec<String> = (0..25).map(|n| id(&plan(n).ok())).collect();
    let refused = plan(25);
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json["error"],
        "Validation failed: You have exceeded the limit of 25 scheduled posts for today"
    );
    let tomorrow = id(&plan(24 * 60).ok());
    let path = |id: &str| format!("/api/v1/scheduled_statuses/{id}");
    let time = |minutes: i64| Some(json!({"scheduled_at": noon.plus(minutes * MINUTE).to_string()}));
    assert_eq!(taure.call("PUT", &path(&tomorrow), time(30)).status, 422);
    taure.call("PUT", &path(&planned[0]), time(31)).ok();

    // Paged by their ids, newest first.
    planned.push(tomorrow);
    planned.reverse();
    let page = taure.get("/api/v1/scheduled_statuses?limit=10");
    let link = page.header("link").unwrap().to_owned();
    let first: Vec<String> = page.ok().as_array().unwrap().iter().map(id).collect();
    assert_eq!(first, planned[..10]);
    assert!(link.contains(&format!("max_id={}>; rel=\"next\"", planned[9])), "{link}");
    assert!(link.contains(&format!("min_id={}>; rel=\"prev\"", planned[0])), "{link}");
    let next = taure.get(&format!("/api/v1/scheduled_statuses?limit=40&max_id={}", planned[9])).ok();
    assert_eq!(next.as_array().unwrap().iter().map(id).collect::<Vec<_>>(), planned[10..]);
}

#[test]
fn what_cannot_be_posted_any_more_is_not_lost() {
    let taure = Taure::new();
    let parent = id(&taure.posts("first"));
    let planned = id(&plans(&taure, HOUR, json!({"in_reply_to_id": parent})).ok());
    taure.call("DELETE", &format!("/api/v1/statuses/{parent}"), None).ok();
    taure.later(2 * HOUR);
    taure.settles();
    assert!(taure.home().is_empty());
    assert_eq!(list(&taure), [planned]);
}

/// A job that is run again after a crash meets what it did the first time.
#[test]
fn two_workers_post_it_once() {
    let taure = Taure::new();
    let picture = pictures::upload(&taure, "red");
    let planned = id(&plans(&taure, HOUR, json!({"media_ids": [picture]})).ok());
    let (app, planned) = (taure.app(), planned.parse().unwrap());
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| schedule::publish(&app, planned))).collect();
        all.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
    });
    schedule::publish(&app, planned).unwrap();
    taure.later(2 * HOUR);
    taure.settles();
    assert_eq!(taure.home().len(), 1);
    assert_eq!(taure.home()[0]["media_attachments"][0]["id"], picture);
}
