//! What strangers try, and what must not come of it: reading what is not for them, undoing what is not
//! theirs, and taking more of the house than their share.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use taure::store::statuses;

/// Delivers, and waits until it was looked into.
#[track_caller]
fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

fn knows(taure: &Taure, uri: &Value) -> bool {
    taure.app().store.read(|c| statuses::by_uri(c, uri.as_str().unwrap())).unwrap().is_some()
}

#[test]
fn an_answer_to_a_post_for_few_does_not_bring_its_next_version() {
    let (taure, friend, mallory) = (Taure::new(), Peer::new("friend"), Peer::new("mallory"));
    friend.follows(&taure);
    let post = taure.post("/api/v1/statuses", json!({"status": "secret", "visibility": "private"})).ok();
    taure.settles();
    // The address is no secret: it stands in everybody's open answers.
    let mut answer = mallory.note("<p>What was it?</p>", &[&taure]);
    answer["inReplyTo"] = post["uri"].clone();
    takes(&taure, &mallory, &mallory.create(&answer));
    assert!(knows(&taure, &answer["id"]));

    let path = format!("/api/v1/statuses/{}", post["id"].as_str().unwrap());
    taure.call("PUT", &path, Some(json!({"status": "more secret"}))).ok();
    taure.settles();
    assert_eq!(friend.received_of("Update").len(), 1);
    assert!(mallory.received().is_empty(), "{:?}", mallory.received());
}

#[test]
fn what_somebody_passes_on_deletes_nothing_that_only_few_could_read() {
    let (taure, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let mut letter = bob.note("<p>for you alone</p>", &[&taure]);
    letter["to"] = json!([taure.actor()]);
    letter["cc"] = json!([]);
    let address = letter["id"].as_str().unwrap();
    bob.answer(address, 404, json!({})); // as Mastodon answers everybody else
    takes(&taure, &bob, &bob.create(&letter));
    assert!(knows(&taure, &letter["id"]));

    let delete = || bob.activity("Delete", letter["id"].clone());
    takes(&taure, &mallory, &delete());
    assert!(knows(&taure, &letter["id"]));
    bob.answer(address, 410, json!({}));
    takes(&taure, &mallory, &delete());
    assert!(!knows(&taure, &letter["id"]));
}
