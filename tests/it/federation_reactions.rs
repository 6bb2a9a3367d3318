//! Likes with an emoji, as Pleroma and Misskey send them.

use crate::harness::Taure;
use crate::pages_requests::Browser;
use crate::peer::Peer;
use serde_json::{Value, json};

/// A fixture, as the peer would send it about `status`.
fn fixture(file: &str, peer: &Peer, status: &Value) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(file);
    let mut sent: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for (key, value) in [
        ("id", json!(peer.new_id("activities"))),
        ("actor", json!(peer.actor())),
        ("object", status["uri"].clone()),
    ] {
        sent[key] = value;
    }
    sent
}

fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

fn reactions(taure: &Taure, status: &Value) -> Value {
    taure.status(status["id"].as_str().unwrap())["reactions"].clone()
}

#[test]
fn emoji_of_pleroma_and_misskey_are_shown_and_count_once() {
    let alice = Taure::new();
    let (lain, ai) = (Peer::new("lain"), Peer::new("ai"));
    let post = alice.posts("hello");
    let fire = fixture("pleroma/emoji_react.json", &lain, &post);
    takes(&alice, &lain, &fire);
    takes(&alice, &lain, &fire);
    assert_eq!(reactions(&alice, &post), json!([{"name": "🔥", "count": 1, "me": false}]));
    assert_eq!(alice.status(post["id"].as_str().unwrap())["favourites_count"], 1);
    assert_eq!(alice.notifications("favourite").len(), 1);

    let mut like = fixture("misskey/like.json", &ai, &post);
    like["content"] = json!(":blob:");
    like["_misskey_reaction"] = json!(":blob:");
    like["tag"] = json!([{"id": format!("{}/emojis/blob", ai.base), "type": "Emoji", "name": ":blob:",
        "icon": {"type": "Image", "mediaType": "image/png", "url": format!("{}/blob.png", ai.base)}}]);
    takes(&alice, &ai, &like);
    let blob = format!("{}/blob.png", ai.base);
    let shown = reactions(&alice, &post);
    assert!(
        shown
            .as_array()
            .unwrap()
            .contains(&json!({"name": "blob", "count": 1, "me": false, "url": blob, "static_url": blob})),
        "{shown}"
    );
    let page = Browser::of(&alice).get(&format!("/@alice/{}", post["id"].as_str().unwrap())).text;
    assert!(page.contains("class=\"reactions\"") && page.contains("🔥 1"), "{page}");

    assert!(page.contains(&blob), "the owner sees the picture");
    let visited = alice.as_stranger(&format!("/@alice/{}", post["id"].as_str().unwrap())).text;
    assert!(visited.contains("🔥 1") && !visited.contains(&blob), "a visitor's browser asks no other server");

    // Another one by the same person takes its place; an Undo of the first one is late then.
    let mut heart = fixture("pleroma/emoji_react.json", &lain, &post);
    heart["content"] = json!("💚");
    takes(&alice, &lain, &heart);
    takes(&alice, &lain, &lain.activity("Undo", fire));
    assert!(reactions(&alice, &post).to_string().contains("💚"));
    takes(&alice, &lain, &lain.activity("Undo", heart));
    takes(&alice, &ai, &ai.activity("Undo", like));
    assert_eq!(reactions(&alice, &post), Value::Null);
    assert_eq!(alice.status(post["id"].as_str().unwrap())["favourites_count"], 0);
}

#[test]
fn what_is_no_emoji_is_a_plain_favourite_and_nobody_reacts_to_what_they_may_not_see() {
    let (alice, lain) = (Taure::new(), Peer::new("lain"));
    let post = alice.posts("hello");
    let mut words = fixture("pleroma/emoji_react.json", &lain, &post);
    words["content"] = json!("<b>very much</b>");
    takes(&alice, &lain, &words);
    assert_eq!(reactions(&alice, &post), Value::Null);
    assert_eq!(alice.status(post["id"].as_str().unwrap())["favourites_count"], 1);
    let few = alice.post("/api/v1/statuses", json!({"status": "few", "visibility": "private"})).ok();
    takes(&alice, &lain, &fixture("pleroma/emoji_react.json", &lain, &few));
    assert_eq!(reactions(&alice, &few), Value::Null);
}
