//! New keys: made by command beside a running server, told to followers by the key that they know.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use taure::ops::keys;
use taure::sig::{PublicKey, proof};

fn published(taure: &Taure) -> (String, String) {
    let actor: Value = serde_json::from_str(&taure.document(&taure.actor()).text).unwrap();
    let of = |pointer: &str| actor.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    (of("/publicKey/publicKeyPem"), of("/assertionMethod/0/publicKeyMultibase"))
}

#[test]
fn new_keys_are_told_by_the_old_one_and_survive_a_restart() {
    let (mut alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    let before = published(&alice);
    let instance = alice.document(&format!("{}/actor", alice.base)).json["publicKey"]["publicKeyPem"].clone();
    keys::ask_for_new(&alice.app().store, None).unwrap();
    alice.settles();
    let after = published(&alice);
    assert!(before.0 != after.0 && before.1 != after.1);
    assert_ne!(alice.document(&format!("{}/actor", alice.base)).json["publicKey"]["publicKeyPem"], instance);
    let [update] = bob.received_of("Update").try_into().unwrap();
    assert_eq!(update["object"]["publicKey"]["publicKeyPem"], json!(after.0));
    let news = bob.requests().pop().unwrap();
    assert!(
        news.is_signed_by(&PublicKey::from_pem(&before.0).unwrap()),
        "the news is signed by what is known"
    );

    alice.restart();
    assert_eq!(published(&alice), after);
    alice.posts("with the new key");
    alice.settles();
    let post = bob.requests().pop().unwrap();
    assert!(post.is_signed_by(&PublicKey::from_pem(&after.0).unwrap()));
    let create = bob.received_of("Create").pop().unwrap();
    let made = proof::read(&create, alice.clock.now()).unwrap();
    made.verify(&PublicKey::read(&after.1).unwrap()).unwrap();
}

/// Another house believes the news, and what comes after it.
#[test]
fn another_house_goes_on_hearing() {
    let (alice, dora) = (Taure::new(), Taure::named("dora"));
    dora.follows(&alice);
    keys::ask_for_new(&alice.app().store, None).unwrap();
    alice.settles();
    dora.settles();
    alice.posts("still here");
    alice.settles();
    dora.settles();
    assert_eq!(dora.home()[0]["account"]["username"], "alice");
}
