//! Hashtags on the profile.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect()
}

fn feature(taure: &Taure, name: &str) -> Value {
    taure.post("/api/v1/featured_tags", json!({"name": name})).ok()
}

#[test]
fn pitfall_28_and_35_a_featured_tag_has_a_count_in_quotes_and_a_day() {
    let taure = Taure::new();
    let empty = feature(&taure, "#Rīga");
    assert_eq!((&empty["name"], &empty["statuses_count"]), (&json!("Rīga"), &json!("0")));
    assert!(empty["last_status_at"].is_null() && empty.get("last_status_at").is_some());
    taure.posts("One #rīga");
    taure.posts("Two #RĪGA");
    taure.post("/api/v1/statuses", json!({"status": "quiet #rīga", "visibility": "private"})).ok();
    let list = taure.get("/api/v1/featured_tags").ok();
    assert_eq!(list[0]["statuses_count"], "2", "a post for few was counted");
    let day = list[0]["last_status_at"].as_str().unwrap();
    assert_eq!((day.len(), day.matches('-').count()), (10, 2));
    assert_eq!(list[0]["url"], format!("{}/tags/r%C4%ABga", taure.base));
    // The same for everybody who opens the profile, and for other servers.
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let path = format!("/api/v1/accounts/{}/featured_tags", me["id"].as_str().unwrap());
    assert_eq!(taure.as_stranger(&path).ok(), list);
    let collection = taure.document(&format!("{}/collections/tags", taure.actor())).ok();
    assert_eq!((&collection["totalItems"], &collection["items"][0]["name"]), (&json!(1), &json!("#Rīga")));
    assert_eq!(names(&taure.get("/api/v1/profile").ok()["featured_tags"]), ["Rīga"]);

    let id = list[0]["id"].as_str().unwrap();
    assert_eq!(taure.call("DELETE", &format!("/api/v1/featured_tags/{id}"), None).ok(), json!({}));
    assert_eq!(taure.call("DELETE", &format!("/api/v1/featured_tags/{id}"), None).status, 404);
    assert_eq!(taure.get("/api/v1/featured_tags").ok(), json!([]));
}

#[test]
fn ten_tags_can_be_featured_and_twice_is_once() {
    let taure = Taure::new();
    for n in 0..10 {
        feature(&taure, &format!("tag{n}x"));
    }
    feature(&taure, "TAG3X");
    assert_eq!(taure.get("/api/v1/featured_tags").ok().as_array().unwrap().len(), 10);
    for answer in [
        taure.post("/api/v1/featured_tags", json!({"name": "eleven"})),
        taure.post("/api/v1/tags/eleven/feature", json!({})),
    ] {
        assert_eq!(answer.status, 422);
        assert!(answer.json["error"].as_str().unwrap().contains("maximum number of hashtags"));
    }
    assert_eq!(taure.get("/api/v1/featured_tags").ok().as_array().unwrap().len(), 10);
    assert_eq!(taure.post("/api/v1/featured_tags", json!({})).status, 400);
    assert_eq!(taure.post("/api/v1/featured_tags", json!({"name": "no tag"})).status, 422);
    let limit = &taure.get("/api/v2/instance").ok()["configuration"]["accounts"]["max_featured_tags"];
    assert_eq!(limit, 10);
}

#[test]
fn a_tag_says_whether_it_is_featured() {
    let taure = Taure::new();
    let fresh = taure.post("/api/v1/tags/Cats/unfeature", json!({})).ok();
    assert_eq!((&fresh["name"], &fresh["featuring"]), (&json!("Cats"), &json!(false)));
    assert_eq!(taure.post("/api/v1/tags/Cats/feature", json!({})).ok()["featuring"], true);
    assert_eq!(taure.get("/api/v1/tags/cats").ok()["featuring"], true);
    assert!(taure.as_stranger("/api/v1/tags/cats").ok().get("featuring").is_none());
    assert_eq!(taure.post("/api/v1/tags/cats/follow", json!({})).ok()["featuring"], true);
    assert_eq!(taure.post("/api/v1/tags/cats/unfeature", json!({})).ok()["featuring"], false);
    assert_eq!(taure.post("/api/v1/tags/a%20b/feature", json!({})).status, 404);
}

#[test]
fn suggested_are_own_tags_that_are_not_featured_the_most_used_first() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    for text in ["#cats #once", "#cats #dogs", "#dogs #cats"] {
        taure.posts(text);
    }
    peer.is_followed_by(&taure);
    for _ in 0..2 {
        let mut note = peer.note("<p>#theirs</p>", &[]);
        note["tag"] =
            json!([{"type": "Hashtag", "name": "#theirs", "href": format!("{}/tags/theirs", peer.base)}]);
        peer.delivers(&taure, &peer.create(&note));
    }
    taure.settles();
    assert_eq!(names(&taure.get("/api/v1/featured_tags/suggestions").ok()), ["cats", "dogs", "once"]);
    feature(&taure, "cats");
    assert_eq!(names(&taure.get("/api/v1/featured_tags/suggestions").ok()), ["dogs", "once"]);
}
