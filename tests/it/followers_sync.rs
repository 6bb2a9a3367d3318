//! Followers synchronisation (FEP-8fcf), both ways.

use crate::harness::Taure;
use crate::peer::{AS, Peer};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use taure::model::time::HOUR;
use taure::store::{accounts, relations};

const NOBODY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn hex(uri: &str) -> String {
    digest(&SHA256, uri.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn posts_privately(taure: &Taure) {
    taure.post("/api/v1/statuses", json!({"status": "for friends", "visibility": "private"})).ok();
    taure.settles();
}

#[test]
fn what_is_for_followers_says_who_they_are_and_only_their_server_reads_the_list() {
    let (alice, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    bob.follows(&alice);
    carol.follows(&alice);
    alice.posts("for everybody");
    alice.settles();
    assert_eq!(bob.requests().pop().unwrap().header("collection-synchronization"), "");
    posts_privately(&alice);
    let sent = bob.requests().pop().unwrap();
    let list = format!("{}/followers_synchronization", alice.actor());
    assert_eq!(
        sent.header("collection-synchronization"),
        format!(
            "collectionId=\"{}/followers\", url=\"{list}\", digest=\"{}\"",
            alice.actor(),
            hex(&bob.actor())
        )
    );
    assert!(sent.header("signature").contains("collection-synchronization"), "it is signed, too");

    let read = bob.reads(&alice, &list).ok();
    assert_eq!((&read["type"], &read["orderedItems"]), (&json!("OrderedCollection"), &json!([bob.actor()])));
    assert_eq!(Peer::new("eve").reads(&alice, &list).ok()["orderedItems"], json!([]));
    assert_eq!(alice.document(&list).status, 401);
}

/// A post for followers of the peer's, with the header about `list`, which stands at `path`.
fn tells(peer: &Peer, taure: &Taure, list: &Value, digest: &str) {
    let url = format!("{}/sync", peer.base);
    peer.publish(&url, json!({"@context": AS, "id": url, "type": "OrderedCollection", "orderedItems": list}));
    sends(peer, taure, &format!("{}/followers", peer.actor()), &url, digest);
}

fn sends(peer: &Peer, taure: &Taure, collection: &str, url: &str, digest: &str) {
    let mut note = peer.note("<p>for followers</p>", &[]);
    note["to"] = json!([format!("{}/followers", peer.actor())]);
    note["cc"] = json!([]);
    let header = format!("collectionId=\"{collection}\", digest=\"{digest}\", url=\"{url}\"");
    let create = peer.create(&note);
    assert_eq!(peer.delivers_with(taure, &create, ("collection-synchronization", &header)).status, 202);
    taure.settles();
}

#[test]
fn ghosts_go_on_both_sides() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    let known = bob.is_followed_by(&alice);
    let following = || alice.relationship(known["id"].as_str().unwrap())["following"].clone();
    tells(&bob, &alice, &json!([alice.actor()]), &hex(&alice.actor()));
    assert!(!bob.asked().contains(&"/sync".to_owned()), "nothing differs");
    // A digest that we do not understand, but the list has us.
    tells(&bob, &alice, &json!([alice.actor()]), NOBODY);
    assert_eq!(following(), true);
    // Once an hour.
    tells(&bob, &alice, &json!([]), NOBODY);
    assert_eq!(following(), true);
    alice.later(HOUR + 1);
    tells(&bob, &alice, &json!([]), NOBODY);
    assert_eq!(following(), false);
    assert!(bob.received_of("Undo").is_empty(), "they know already");
    // They believe that the owner follows: it is taken back there.
    alice.later(HOUR + 1);
    tells(&bob, &alice, &json!(["https://elsewhere.test/u", alice.actor()]), &hex(&alice.actor()));
    let [undo] = bob.received_of("Undo").try_into().unwrap();
    assert_eq!((&undo["object"]["type"], &undo["object"]["object"]), (&json!("Follow"), &json!(bob.actor())));
    // An Accept that got lost.
    alice.later(HOUR + 1);
    alice.post(&format!("/api/v1/accounts/{}/follow", known["id"].as_str().unwrap()), json!({})).ok();
    alice.settles();
    assert_eq!(following(), false);
    tells(&bob, &alice, &json!([alice.actor()]), &hex(&alice.actor()));
    assert_eq!(following(), true);
}

#[test]
fn a_list_of_somebody_else_is_not_asked_for() {
    let (alice, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let known = bob.is_followed_by(&alice);
    let url = format!("{}/sync", mallory.base);
    mallory
        .publish(&url, json!({"@context": AS, "id": url, "type": "OrderedCollection", "orderedItems": []}));
    // Another's collection, a list on another server, and no digest that could be one.
    sends(&mallory, &alice, &format!("{}/followers", bob.actor()), &url, NOBODY);
    sends(&bob, &alice, &format!("{}/followers", bob.actor()), &url, NOBODY);
    sends(&bob, &alice, &format!("{}/elsewhere", bob.actor()), &format!("{}/sync", bob.base), NOBODY);
    assert!(!mallory.asked().contains(&"/sync".to_owned()) && !bob.asked().contains(&"/sync".to_owned()));
    assert_eq!(alice.relationship(known["id"].as_str().unwrap())["following"], true);
}

/// A follow that one house forgot, as after a restored backup.
#[test]
fn two_houses_mend_what_a_backup_forgot() {
    let (alice, dora) = (Taure::new(), Taure::named("dora"));
    dora.follows(&alice);
    let followers = || alice.get("/api/v1/accounts/verify_credentials").ok()["followers_count"].clone();
    assert_eq!(followers(), 1);
    dora.app()
        .store
        .write(|tx| {
            let account = accounts::by_uri(tx, &alice.actor())?.unwrap();
            relations::unfollow(tx, account.id)
        })
        .unwrap();
    posts_privately(&alice);
    dora.settles();
    alice.settles();
    assert_eq!(followers(), 0);
}
