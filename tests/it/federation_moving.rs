//! Others move to another server, and pin what they wrote; the owner moves.

use crate::harness::{PASSWORD, Taure};
use crate::pages_requests::Browser;
use crate::peer::{AS, Peer};
use serde_json::{Value, json};
use taure::model::time::DAY;

fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

/// Mastodon's Move of `old` to `new`.
fn moves(old: &Peer, new: &Peer) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mastodon/move.json");
    let mut sent: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    sent["id"] = json!(old.new_id("moves"));
    (sent["actor"], sent["object"], sent["target"]) =
        (json!(old.actor()), json!(old.actor()), json!(new.actor()));
    sent
}

fn is_also(new: &Peer, names: Value) {
    let mut actor = new.actor_document();
    actor["alsoKnownAs"] = names;
    new.publish(&new.actor(), actor);
}

#[test]
fn who_moves_is_followed_to_the_new_account_with_all_that_was_set() {
    let alice = Taure::new();
    let (old, new) = (Peer::new("old"), Peer::new("new"));
    let before = old.is_followed_by(&alice);
    let id = before["id"].as_str().unwrap();
    alice.post(&format!("/api/v1/accounts/{id}/follow"), json!({"reblogs": false, "notify": true})).ok();
    alice.post(&format!("/api/v1/accounts/{id}/note"), json!({"comment": "met at sea"})).ok();
    let list = alice.post("/api/v1/lists", json!({"title": "sailors"})).ok();
    let members = format!("/api/v1/lists/{}/accounts", list["id"].as_str().unwrap());
    alice.post(&members, json!({"account_ids": [id]})).ok();
    is_also(&new, json!(old.actor())); // a string, as some write it

    takes(&alice, &old, &moves(&old, &new));
    let follow = new.received_of("Follow").pop().expect("the new account was not followed");
    takes(&alice, &new, &new.activity("Accept", follow));
    assert_eq!(old.received_of("Undo").len(), 1);
    let after = alice.finds(&new.handle());
    let relation = alice.relationship(after["id"].as_str().unwrap());
    for (key, value) in [
        ("following", json!(true)),
        ("showing_reblogs", json!(false)),
        ("notifying", json!(true)),
        ("note", json!("met at sea")),
    ] {
        assert_eq!(relation[key], value, "{key}");
    }
    assert_eq!(alice.relationship(id)["following"], false);
    let listed = alice.get(&members).ok();
    assert_eq!(listed.as_array().unwrap().iter().map(|a| &a["id"]).collect::<Vec<_>>(), [&after["id"]]);
    assert_eq!(alice.get(&format!("/api/v1/accounts/{id}")).ok()["moved"]["id"], after["id"]);

    // A second Move within a week is nothing.
    let third = Peer::new("third");
    is_also(&third, json!([old.actor()]));
    takes(&alice, &old, &moves(&old, &third));
    assert!(third.received_of("Follow").is_empty());
    alice.later(8 * DAY);
    takes(&alice, &old, &moves(&old, &third));
    assert!(third.received_of("Follow").is_empty(), "the old one is not followed any more");
}

#[test]
fn a_move_that_the_new_account_does_not_know_of_is_nothing() {
    let alice = Taure::new();
    let (old, new, liar) = (Peer::new("old"), Peer::new("new"), Peer::new("liar"));
    old.is_followed_by(&alice);
    takes(&alice, &old, &moves(&old, &new));
    is_also(&new, json!([liar.actor()]));
    takes(&alice, &old, &moves(&old, &new));
    // Nor does anybody move somebody else.
    is_also(&new, json!([old.actor()]));
    let mut forged = moves(&old, &new);
    forged["actor"] = json!(liar.actor());
    takes(&alice, &liar, &forged);
    takes(&alice, &liar, &moves(&old, &new));
    assert!(new.received_of("Follow").is_empty() && old.received_of("Undo").is_empty());
}

#[test]
fn posts_that_others_pin_are_pinned_here() {
    let (alice, bob, liar) = (Taure::new(), Peer::new("bob"), Peer::new("liar"));
    let featured = format!("{}/collections/featured", bob.actor());
    let mut actor = bob.actor_document();
    actor["featured"] = json!(featured);
    bob.publish(&bob.actor(), actor);
    let account = bob.is_followed_by(&alice);
    let (one, two) = (bob.note("<p>one</p>", &[]), bob.note("<p>two</p>", &[]));
    let pinned = || {
        let list = alice
            .get(&format!("/api/v1/accounts/{}/statuses?pinned=true", account["id"].as_str().unwrap()))
            .ok();
        list.as_array().unwrap().iter().map(|s| s["uri"].clone()).collect::<Vec<_>>()
    };
    let says = |by: &Peer, kind: &str, object: &Value, target: &str| {
        let mut activity = by.activity(kind, object.clone());
        activity["target"] = json!(target);
        activity["@context"] = json!(AS);
        takes(&alice, by, &activity);
    };
    says(&bob, "Add", &one["id"], &featured);
    says(&bob, "Add", &two, &featured);
    assert_eq!(pinned(), [two["id"].clone(), one["id"].clone()]);
    says(&liar, "Remove", &one["id"], &featured);
    says(&bob, "Remove", &one["id"], "https://elsewhere.example/moderators");
    says(&bob, "Add", &liar.note("<p>not bob's</p>", &[])["id"], &featured);
    assert_eq!(pinned().len(), 2);
    let stranger = Peer::new("stranger");
    let theirs = stranger.note("<p>look at me</p>", &[]);
    let mut document = stranger.actor_document();
    document["featured"] = json!(format!("{}/featured", stranger.actor()));
    stranger.publish(&stranger.actor(), document);
    says(&stranger, "Add", &theirs["id"], &format!("{}/featured", stranger.actor()));
    assert!(
        !stranger.asked().iter().any(|path| path.starts_with("/notes/")),
        "strangers fill no file by pinning"
    );
    says(&bob, "Remove", &two["id"], &featured);
    assert_eq!(pinned(), [one["id"].clone()]);
}

#[test]
fn what_the_owner_pins_is_told_to_followers() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    let post = alice.posts("look here");
    for (verb, kind) in [("pin", "Add"), ("unpin", "Remove"), ("unpin", "Remove")] {
        alice.post(&format!("/api/v1/statuses/{}/{verb}", post["id"].as_str().unwrap()), json!({})).ok();
        alice.settles();
        let told = bob.received_of(kind);
        assert_eq!(told.len(), 1, "{kind}");
        assert_eq!(
            (&told[0]["object"], &told[0]["target"]),
            (&post["uri"], &json!(format!("{}/collections/featured", alice.actor())))
        );
    }
}

/// Mitra: the new account tells of it, and both must name each other.
#[test]
fn a_move_that_the_new_account_tells_of_needs_the_old_ones_word() {
    let alice = Taure::new();
    let (old, new) = (Peer::new("old"), Peer::new("new"));
    let before = old.is_followed_by(&alice);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mitra/move.json");
    let mut pulls: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    pulls["id"] = json!(new.new_id("moves"));
    (pulls["actor"], pulls["object"], pulls["target"]) =
        (json!(new.actor()), json!(old.actor()), json!(new.actor()));
    is_also(&new, json!([old.actor()]));
    takes(&alice, &new, &pulls);
    assert!(new.received_of("Follow").is_empty(), "the old account says nothing of it");
    let mut actor = old.actor_document();
    actor["movedTo"] = json!(new.actor());
    old.publish(&old.actor(), actor);
    is_also(&new, json!([]));
    takes(&alice, &new, &pulls);
    assert!(new.received_of("Follow").is_empty(), "the new account is not the old one");
    is_also(&new, json!([old.actor()]));
    takes(&alice, &new, &pulls);
    assert_eq!(new.received_of("Follow").len(), 1);
    assert_eq!(alice.relationship(before["id"].as_str().unwrap())["following"], false);
}

fn says(page: &Browser<'_>, action: &str, fields: &[(&str, &str)]) -> String {
    page.press("/settings/moving", action, fields).text
}

#[test]
fn the_owner_moves_away_with_followers_and_can_come_back() {
    let (alice, dora, bob) = (Taure::new(), Taure::named("dora"), Peer::new("bob"));
    bob.follows(&alice);
    // Dora follows Alice, who will move to Bob: as everybody's server, hers follows there.
    let seen = dora.follows(&alice);
    let page = Browser::of(&alice);
    let away = |account: &str, password: &str| {
        says(&page, "/settings/moving", &[("account", account), ("password", password)])
    };
    assert!(away("@nobody@localhost:1", PASSWORD).contains("There is no account"));
    assert!(away(&alice.handle(), PASSWORD).contains("That is you"));
    assert!(away(&bob.handle(), PASSWORD).contains("does not name @alice"));
    is_also(&bob, json!([alice.actor()]));
    assert!(away(&bob.handle(), "wrong").contains("That is not the password"));
    alice.settles();
    assert!(bob.received_of("Move").is_empty());
    assert!(away(&bob.handle(), PASSWORD).is_empty(), "it leads back to the page");
    alice.settles();
    dora.settles();
    let [moved] = bob.received_of("Move").try_into().unwrap();
    assert_eq!((&moved["object"], &moved["target"]), (&json!(alice.actor()), &json!(bob.actor())));
    let [update] = bob.received_of("Update").try_into().unwrap();
    assert_eq!(update["object"]["movedTo"], json!(bob.actor()));
    assert_eq!(bob.received_of("Follow").len(), 1, "Dora's server followed there");
    assert_eq!(dora.relationship(seen["id"].as_str().unwrap())["following"], false);
    let me = alice.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!(me["moved"]["username"], "bob");
    assert!(alice.as_stranger("/@alice").text.contains("has moved to"));

    says(&page, "/settings/moving/back", &[]);
    alice.settles();
    assert_eq!(bob.received_of("Update")[1]["object"]["movedTo"], Value::Null);
    assert!(!alice.as_stranger("/@alice").text.contains("has moved to"));
}

#[test]
fn an_alias_lets_the_owner_move_here() {
    let (alice, dora) = (Taure::new(), Taure::named("dora"));
    let bob = Peer::new("bob");
    bob.follows(&dora);
    let page = Browser::of(&alice);
    let add = |account: &str| says(&page, "/settings/moving/alias", &[("account", account)]);
    assert!(add("@nobody@localhost:1").contains("There is no account"));
    assert!(add(&dora.handle()).is_empty());
    let actor: Value = serde_json::from_str(&alice.document(&alice.actor()).text).unwrap();
    assert_eq!(actor["alsoKnownAs"], json!([dora.actor()]));
    // From there, to here.
    let there = Browser::of(&dora);
    let fields = [("account", alice.handle()), ("password", PASSWORD.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(says(&there, "/settings/moving", &fields), "");
    dora.settles();
    let [moved] = bob.received_of("Move").try_into().unwrap();
    assert_eq!(moved["target"], json!(alice.actor()));
    says(&page, "/settings/moving/alias/remove", &[("uri", &dora.actor())]);
    let actor: Value = serde_json::from_str(&alice.document(&alice.actor()).text).unwrap();
    assert_eq!(actor["alsoKnownAs"], json!([]));
}
