//! The door of the inbox: whose signature opens it, and what is answered.

use crate::harness::{Taure, request};
use crate::peer::{AS, Peer, deliver};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use taure::model::time::HOUR;
use taure::sig::{PrivateKey, Scheme, Signer};

fn inbox(taure: &Taure) -> String {
    format!("{}/inbox", taure.actor())
}

/// How often the peer was asked for its actor.
fn asked_for_actor(peer: &Peer) -> usize {
    peer.asked().iter().filter(|path| path.contains("/users/")).count()
}

#[test]
fn both_signature_schemes_are_taken_at_the_owners_and_the_shared_inbox() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        for address in [inbox(&taure), format!("{}/inbox", taure.base)] {
            let body = peer.activity("View", json!("https://a.example/1")).to_string();
            let answer = deliver(&address, body.as_bytes(), scheme, &peer.signer(), taure.clock.now());
            assert_eq!(answer.status, 202, "{scheme:?} {address}: {}", answer.text);
        }
    }
    taure.settles();
    assert_eq!(asked_for_actor(&peer), 1, "the key is kept");
}

#[test]
fn what_is_not_signed_or_wrongly_signed_is_401_and_not_looked_into() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let body = peer.activity("Follow", json!(taure.actor())).to_string();
    let now = taure.clock.now();
    let unsigned = request("POST", &inbox(&taure), &[], Some(body.as_bytes()));
    assert_eq!(unsigned.status, 401);
    for late in [-2 * HOUR, 2 * HOUR] {
        let answer = deliver(&inbox(&taure), body.as_bytes(), Scheme::Cavage, &peer.signer(), now.plus(late));
        assert_eq!(answer.status, 401);
    }
    let stranger = Arc::new(PrivateKey::generate_ed25519().unwrap());
    let forged = Signer { key: stranger, ..peer.signer() };
    assert_eq!(
        peer.delivers_as(&taure, &json!({"actor": peer.actor()}), Scheme::Cavage, &forged).status,
        401
    );
    taure.settles();
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);
}

/// What is answered to a request that announces so many bytes, before it has sent any.
fn announced(taure: &Taure, bytes: usize) -> u16 {
    let mut stream = TcpStream::connect(&taure.domain).unwrap();
    write!(stream, "POST /inbox HTTP/1.1\r\nHost: {}\r\nContent-Length: {bytes}\r\n\r\n", taure.domain)
        .unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    String::from_utf8_lossy(&head[9..]).parse().unwrap()
}

#[test]
fn what_is_no_activity_is_400_and_what_is_too_large_413() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let send =
        |body: &[u8]| deliver(&inbox(&taure), body, Scheme::Cavage, &peer.signer(), taure.clock.now()).status;
    for body in ["{", "[]", "{}", "7", r#"{"actor":"https://a.example/u","@graph":[]}"#] {
        assert_eq!(send(body.as_bytes()), 400, "{body}");
    }
    assert_eq!(send(format!("[0{}]", ",0".repeat(200_000)).as_bytes()), 400);
    assert_eq!(announced(&taure, 2 << 20), 413);
    let elsewhere = format!("{}/users/nobody/inbox", taure.base);
    assert_eq!(deliver(&elsewhere, b"{}", Scheme::Cavage, &peer.signer(), taure.clock.now()).status, 404);
    taure.settles();
}

#[test]
fn a_server_that_cannot_be_reached_is_503_so_that_the_sender_tries_again() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let gone = Signer {
        key_id: format!("http://localhost:{}/u#main-key", crate::harness::free_port()),
        ..peer.signer()
    };
    let activity = json!({"actor": "http://localhost:1/u", "type": "Like"});
    assert_eq!(peer.delivers_as(&taure, &activity, Scheme::Cavage, &gone).status, 503);
    peer.answer(&peer.actor(), 410, json!({}));
    assert_eq!(peer.delivers(&taure, &peer.activity("View", json!("x"))).status, 401);
    taure.settles();
}

#[test]
fn farewells_of_the_unknown_are_taken_without_asking_anybody() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    for n in 0..20 {
        let actor = format!("{}/users/{n}", peer.base);
        let delete = json!({"@context": AS, "id": format!("{actor}#delete"), "type": "Delete", "actor": actor, "object": actor});
        assert_eq!(peer.delivers(&taure, &delete).status, 202);
    }
    assert!(peer.asked().is_empty(), "{:?}", peer.asked());
    taure.settles();
}

#[test]
fn a_changed_key_is_fetched_again_but_not_for_every_wrong_signature() {
    let (taure, mut peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    peer.key = Arc::new(PrivateKey::generate_rsa().unwrap());
    peer.publish(&peer.actor(), peer.actor_document());
    let like = peer.activity("View", json!("x"));
    assert_eq!(peer.delivers(&taure, &like).status, 202);

    let before = asked_for_actor(&peer);
    let forged = Signer { key: Arc::new(PrivateKey::generate_ed25519().unwrap()), ..peer.signer() };
    for _ in 0..5 {
        assert_eq!(peer.delivers_as(&taure, &like, Scheme::Cavage, &forged).status, 401);
    }
    assert_eq!(asked_for_actor(&peer), before);
    assert_eq!(peer.delivers(&taure, &like).status, 202);
    taure.settles();
}

#[test]
fn key_ids_of_gotosocial_and_peertube_lead_to_their_actors() {
    let (taure, peer) = (Taure::new(), Peer::new("gus"));
    let key_id = format!("{}/main-key", peer.actor());
    let mut actor = peer.actor_document();
    actor["publicKey"]["id"] = json!(key_id);
    peer.publish(&peer.actor(), actor.clone());
    let stub = json!({"@context": AS, "id": peer.actor(), "type": "Person", "preferredUsername": "gus", "publicKey": actor["publicKey"]});
    peer.publish(&key_id, stub);
    let view = peer.activity("View", json!("x"));
    let gotosocial = Signer { key_id, ..peer.signer() };
    assert_eq!(peer.delivers_as(&taure, &view, Scheme::Cavage, &gotosocial).status, 202);

    let peer = Peer::new("tube");
    let peertube = Signer { key_id: peer.actor(), ..peer.signer() };
    let view = peer.activity("View", json!("x"));
    assert_eq!(peer.delivers_as(&taure, &view, Scheme::Cavage, &peertube).status, 202);
    taure.settles();
}

#[test]
fn a_key_that_no_actor_claims_opens_nothing() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mallory = Peer::new("mallory");
    let key_id = format!("{}/key", mallory.base);
    let document = |owner: String| {
        json!({"@context": AS, "id": key_id, "owner": owner,
        "publicKeyPem": mallory.key.public().to_pem().unwrap()})
    };
    let signer = Signer { key_id: key_id.clone(), ..mallory.signer() };
    for owner in [peer.actor(), mallory.actor()] {
        mallory.publish(&key_id, document(owner));
        let answer = mallory.delivers_as(
            &taure,
            &peer.activity("Follow", json!(taure.actor())),
            Scheme::Cavage,
            &signer,
        );
        assert_eq!(answer.status, 401);
        taure.later(5 * 60_000);
    }
    taure.settles();
}

#[test]
fn whom_the_owner_blocks_is_answered_and_not_heard() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let id = taure.finds(&peer.handle())["id"].as_str().unwrap().to_owned();
    taure.post(&format!("/api/v1/accounts/{id}/block"), json!({})).ok();
    taure.settles();
    let note = peer.note("<p>hello</p>", &[&taure]);
    assert_eq!(peer.delivers(&taure, &peer.create(&note)).status, 202);
    taure.settles();
    assert!(taure.notifications("mention").is_empty());
}

#[test]
fn a_collection_of_activities_is_taken_one_by_one() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    let says = |text: &str| bob.create(&bob.note(text, &[&alice]));
    let several = json!({"@context": AS, "type": "OrderedCollection",
        "orderedItems": [says("<p>one</p>"), {"type": "Note"}, says("<p>two</p>")]});
    assert_eq!(bob.delivers(&alice, &several).status, 202);
    alice.settles();
    let told = alice.notifications("mention");
    let told: Vec<_> = told.iter().map(|n| &n["status"]["content"]).collect();
    assert_eq!(told, ["<p>two</p>", "<p>one</p>"]);
}
