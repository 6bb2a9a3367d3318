//! Conversations: <https://docs.joinmastodon.org/methods/conversations/>

use crate::api_notifications::{deliver, letter, stranger};
use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};

const LIST: &str = "/api/v1/conversations";

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn list(taure: &Taure) -> Vec<Value> {
    taure.get(LIST).ok().as_array().unwrap().clone()
}

#[test]
fn pitfall_4_and_5_conversations_are_paged_by_their_last_statuses() {
    let taure = Taure::new();
    let peers: Vec<Peer> = ["ann", "ben", "cas"].map(stranger).into();
    for peer in &peers {
        letter(peer, &taure, None);
    }
    // The first one speaks again: her conversation is the newest now, and keeps its id.
    let before = list(&taure);
    let ann = before.iter().find(|c| c["accounts"][0]["username"] == "ann").unwrap().clone();
    letter(&peers[0], &taure, Some(&ann["last_status"]["uri"]));
    let all = list(&taure);
    assert_eq!(all.len(), 3);
    assert_eq!(all[0]["id"], ann["id"]);
    assert_ne!(all[0]["last_status"]["id"], ann["last_status"]["id"]);

    let page = taure.get(&format!("{LIST}?limit=2"));
    let last = |n: usize| id(&all[n]["last_status"]);
    assert_eq!(
        page.header("link").unwrap().replace(&taure.base, ""),
        format!(
            "<{LIST}?limit=2&max_id={}>; rel=\"next\", <{LIST}?limit=2&min_id={}>; rel=\"prev\"",
            last(1),
            last(0)
        )
    );
    assert_eq!(page.ok(), json!(all[..2]));
    assert_eq!(taure.get(&format!("{LIST}?limit=2&max_id={}", last(1))).ok(), json!(all[2..]));
    assert_eq!(taure.get(&format!("{LIST}?limit=1&min_id={}", last(2))).ok(), json!(all[1..2]));
}

#[test]
fn a_conversation_is_read_unread_and_put_away_until_somebody_speaks() {
    let taure = Taure::new();
    let bob = stranger("bob");
    let first = letter(&bob, &taure, None);
    let one = list(&taure).remove(0);
    assert_eq!(one["unread"], true);
    let people: Vec<&Value> = one["accounts"].as_array().unwrap().iter().map(|a| &a["username"]).collect();
    assert_eq!(people, ["bob"], "without the owner");
    let path = format!("{LIST}/{}", id(&one));
    assert_eq!(taure.post(&format!("{path}/read"), json!({})).ok()["unread"], false);
    assert_eq!(list(&taure)[0]["unread"], false);
    // As Ice Cubes sends it: nothing in the body.
    assert_eq!(taure.call("POST", &format!("{path}/unread"), None).ok()["unread"], true);
    assert_eq!(taure.call("DELETE", &path, None).ok(), json!({}));
    assert!(list(&taure).is_empty());
    assert_eq!(taure.post(&format!("{path}/read"), json!({})).status, 404);
    letter(&bob, &taure, Some(&first["id"]));
    assert_eq!(list(&taure)[0]["unread"], true);
    taure.status(&id(&one["last_status"]));
}

#[test]
fn when_the_last_letter_is_deleted_the_one_before_is_the_last() {
    let taure = Taure::new();
    let bob = stranger("bob");
    let first = letter(&bob, &taure, None);
    let second = letter(&bob, &taure, Some(&first["id"]));
    for (gone, left) in [(&second, Some(&first)), (&first, None)] {
        let tombstone = json!({"id": gone["id"], "type": "Tombstone"});
        deliver(&bob, &taure, &bob.activity("Delete", tombstone));
        let uris: Vec<Value> = list(&taure).iter().map(|c| c["last_status"]["uri"].clone()).collect();
        assert_eq!(uris, left.iter().map(|n| n["id"].clone()).collect::<Vec<_>>());
    }
}

#[test]
fn a_note_to_oneself_is_a_conversation_with_oneself_and_a_blocked_one_is_gone() {
    let taure = Taure::new();
    taure.post("/api/v1/statuses", json!({"status": "Milk", "visibility": "direct"})).ok();
    let own = list(&taure).remove(0);
    assert_eq!(own["unread"], false);
    assert_eq!(own["accounts"][0]["username"], "alice");
    let bob = stranger("bob");
    letter(&bob, &taure, None);
    let with_bob = list(&taure).remove(0);
    taure.post(&format!("/api/v1/accounts/{}/block", id(&with_bob["accounts"][0])), json!({})).ok();
    taure.settles();
    assert_eq!(list(&taure), [own]);
}
