//! Proofs inside activities (FEP-8b32): made on all that the owner sends, and believed from whoever hands one on.

use crate::harness::Taure;
use crate::peer::{AS, Peer};
use serde_json::{Value, json};
use taure::model::time::DAY;
use taure::sig::{PrivateKey, PublicKey, proof};

/// Somebody whose actor lists a Multikey, as Mitra's do.
struct Prover {
    peer: Peer,
    key: PrivateKey,
}

impl Prover {
    fn new(name: &str) -> Prover {
        let (peer, key) = (Peer::new(name), PrivateKey::generate_ed25519().unwrap());
        let mut document = peer.actor_document();
        document["assertionMethod"] = json!([{
            "id": format!("{}#ed25519-key", peer.actor()), "type": "Multikey", "controller": peer.actor(),
            "publicKeyMultibase": key.public().to_multibase(),
        }]);
        peer.publish(&peer.actor(), document);
        Prover { peer, key }
    }

    fn key_id(&self) -> String {
        format!("{}#ed25519-key", self.peer.actor())
    }

    fn proves(&self, taure: &Taure, mut activity: Value) -> Value {
        proof::secure(&mut activity, &self.key, &self.key_id(), taure.clock.now()).unwrap();
        activity
    }

    /// A Create that can be had nowhere but in the activity.
    fn says(&self, html: &str, to: &Taure) -> Value {
        let note = self.peer.note(html, &[to]);
        self.peer.answer(note["id"].as_str().unwrap(), 404, json!({}));
        self.peer.create(&note)
    }
}

/// Hands on what somebody else made.
fn hands_on(by: &Peer, taure: &Taure, activity: &Value) {
    assert_eq!(by.delivers(taure, activity).status, 202);
    taure.settles();
}

fn mentions(taure: &Taure) -> Vec<String> {
    let of = |n: &Value| n["status"]["content"].as_str().unwrap_or_default().to_owned();
    taure.notifications("mention").iter().map(of).collect()
}

#[test]
fn what_the_owner_sends_proves_itself_with_the_published_key() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    let post = alice.posts("#hello");
    alice.settles();
    alice.call("DELETE", &format!("/api/v1/statuses/{}", post["id"].as_str().unwrap()), None).ok();
    alice.settles();
    let actor: Value = serde_json::from_str(&alice.document(&alice.actor()).text).unwrap();
    let method = &actor["assertionMethod"][0];
    let key = PublicKey::read(method["publicKeyMultibase"].as_str().unwrap()).unwrap();
    for kind in ["Accept", "Create", "Delete"] {
        let [sent] = bob.received_of(kind).try_into().unwrap();
        let made = proof::read(&sent, alice.clock.now()).unwrap_or_else(|| panic!("{sent}"));
        made.verify(&key).unwrap();
        assert_eq!(made.key_id, method["id"]);
        assert_eq!(sent["@context"][0], AS);
        assert_eq!(sent["@context"][1], "https://w3id.org/security/data-integrity/v1");
    }
}

#[test]
fn a_proof_speaks_for_its_actor_whoever_hands_it_on() {
    let (alice, carol, mail) = (Taure::new(), Prover::new("carol"), Peer::new("mail"));
    let create = carol.proves(&alice, carol.says("<p>proven</p>", &alice));
    hands_on(&mail, &alice, &create);
    hands_on(&mail, &alice, &create);
    assert_eq!(mentions(&alice), ["<p>proven</p>"]);
    let path = create["object"]["id"].as_str().unwrap().strip_prefix(&carol.peer.base).unwrap();
    assert!(!carol.peer.asked().iter().any(|asked| asked == path), "it was looked up all the same");

    // A group announces it: FEP-1b12 with FEP-8b32.
    let inner = carol.proves(&alice, carol.says("<p>announced</p>", &alice));
    hands_on(&mail, &alice, &mail.activity("Announce", inner));
    assert_eq!(mentions(&alice), ["<p>announced</p>", "<p>proven</p>"]);
    // Not one inside the other, as deep as one likes: each would look things up anew.
    let deep = carol.proves(&alice, carol.says("<p>deep</p>", &alice));
    let middle = carol.proves(&alice, carol.peer.activity("Announce", deep));
    hands_on(&mail, &alice, &mail.activity("Announce", middle));
    assert_eq!(mentions(&alice).len(), 2);

    let post = alice.posts("like me");
    let like = carol.proves(&alice, carol.peer.activity("Like", post["uri"].clone()));
    hands_on(&mail, &alice, &like);
    let of = |count: i64| assert_eq!(alice.status(post["id"].as_str().unwrap())["favourites_count"], count);
    of(1);
    // Not proven, so it takes nothing back.
    hands_on(&mail, &alice, &carol.peer.activity("Undo", like.clone()));
    of(1);
    hands_on(&mail, &alice, &carol.proves(&alice, carol.peer.activity("Undo", like)));
    of(0);
}

#[test]
fn nobody_hands_on_what_a_suspended_server_made() {
    let (alice, carol, mail) = (Taure::new(), Prover::new("carol"), Peer::new("mail"));
    let create = carol.proves(&alice, carol.says("<p>before</p>", &alice));
    hands_on(&mail, &alice, &create);
    let post = alice.posts("like me");
    let rules = taure::model::Rules::SUSPENDED;
    let block = taure::model::ServerBlock { domain: carol.peer.domain(), rules, ..Default::default() };
    taure::ops::domain_blocks::set(&alice.app(), &block).unwrap();
    let like = carol.proves(&alice, carol.peer.activity("Like", post["uri"].clone()));
    hands_on(&mail, &alice, &like);
    hands_on(&mail, &alice, &mail.activity("Announce", like));
    let delete = carol.peer.activity("Delete", create["object"]["id"].clone());
    hands_on(&mail, &alice, &carol.proves(&alice, delete));
    assert_eq!(alice.status(post["id"].as_str().unwrap())["favourites_count"], 0);
    let uri = create["object"]["id"].as_str().unwrap();
    let kept = alice.app().store.read(|c| taure::store::statuses::by_uri(c, uri)).unwrap();
    assert!(kept.is_some(), "and it deletes nothing");
}

#[test]
fn a_proof_that_does_not_hold_is_no_proof() {
    let (alice, carol, mallory) = (Taure::new(), Prover::new("carol"), Prover::new("mallory"));
    let now = alice.clock.now();
    let says = |text: &str| carol.says(text, &alice);

    let mut changed = carol.proves(&alice, says("<p>one</p>"));
    changed["object"]["content"] = json!("<p>changed</p>");
    // Mallory's own key, under its own name, and under a name on Carol's server.
    let own = mallory.proves(&alice, says("<p>two</p>"));
    let mut borrowed = says("<p>three</p>");
    proof::secure(&mut borrowed, &mallory.key, &carol.key_id(), now).unwrap();
    let mut elsewhere = says("<p>four</p>");
    proof::secure(&mut elsewhere, &mallory.key, &format!("{}/keys/1", carol.peer.base), now).unwrap();
    // Somebody else on the same server.
    let neighbour = format!("{}/users/neighbour", carol.peer.base);
    let mut document = carol.peer.actor_document();
    document["id"] = json!(neighbour);
    document["preferredUsername"] = json!("neighbour");
    document["publicKey"]["id"] = json!(format!("{neighbour}#main-key"));
    document["publicKey"]["owner"] = json!(neighbour);
    document["assertionMethod"] = json!([{"id": format!("{neighbour}#ed25519-key"), "type": "Multikey",
        "controller": neighbour, "publicKeyMultibase": mallory.key.public().to_multibase()}]);
    carol.peer.publish(&neighbour, document);
    let mut of_neighbour = says("<p>five</p>");
    proof::secure(&mut of_neighbour, &mallory.key, &format!("{neighbour}#ed25519-key"), now).unwrap();
    // Kept for longer than we remember what we saw, or from a day that has not come.
    let (mut old, mut early) = (says("<p>six</p>"), says("<p>seven</p>"));
    proof::secure(&mut old, &carol.key, &carol.key_id(), now.plus(-29 * DAY)).unwrap();
    proof::secure(&mut early, &carol.key, &carol.key_id(), now.plus(DAY)).unwrap();

    for activity in [&changed, &own, &borrowed, &elsewhere, &of_neighbour, &old, &early] {
        hands_on(&mallory.peer, &alice, activity);
        assert_eq!(mentions(&alice), Vec::<String>::new(), "{activity}");
        let path = activity["object"]["id"].as_str().unwrap().strip_prefix(&carol.peer.base).unwrap();
        assert!(carol.peer.asked().iter().any(|asked| asked == path), "not looked up: {activity}");
    }
}

#[test]
fn what_is_between_two_is_not_taken_from_a_third() {
    let (alice, carol, mail) = (Taure::new(), Prover::new("carol"), Peer::new("mail"));
    let follow = carol.proves(&alice, carol.peer.activity("Follow", json!(alice.actor())));
    hands_on(&mail, &alice, &follow);
    assert_eq!(alice.notifications("follow").len(), 0);
    carol.peer.follows(&alice);
    assert_eq!(alice.notifications("follow").len(), 1);
    let undo = carol.peer.activity("Undo", follow);
    hands_on(&mail, &alice, &carol.proves(&alice, undo));
    hands_on(&mail, &alice, &carol.proves(&alice, carol.peer.activity("Block", json!(alice.actor()))));
    let account: Value = alice.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!(account["followers_count"], 1);

    // Whom the owner blocked is heard from nobody.
    let known = alice.finds(&carol.peer.handle());
    alice.post(&format!("/api/v1/accounts/{}/block", known["id"].as_str().unwrap()), json!({})).ok();
    let blocked = carol.proves(&alice, carol.says("<p>blocked</p>", &alice));
    hands_on(&mail, &alice, &blocked);
    let uri = blocked["object"]["id"].as_str().unwrap();
    assert!(alice.app().store.read(|c| taure::store::statuses::by_uri(c, uri)).unwrap().is_none());
}

/// A new key is fetched once; a wrong proof does not spoil a right signature of the request.
#[test]
fn keys_change_and_a_signed_request_needs_no_proof() {
    let (alice, mut carol, mail) = (Taure::new(), Prover::new("carol"), Peer::new("mail"));
    hands_on(&mail, &alice, &carol.proves(&alice, carol.says("<p>before</p>", &alice)));
    carol.key = PrivateKey::generate_ed25519().unwrap();
    let mut document = carol.peer.actor_document();
    document["assertionMethod"] = json!([{"id": carol.key_id(), "type": "Multikey", "controller": carol.peer.actor(),
        "publicKeyMultibase": carol.key.public().to_multibase()}]);
    carol.peer.publish(&carol.peer.actor(), document);
    hands_on(&mail, &alice, &carol.proves(&alice, carol.says("<p>after</p>", &alice)));
    assert_eq!(mentions(&alice), ["<p>after</p>", "<p>before</p>"]);

    let mut spoilt = carol.proves(&alice, carol.says("<p>direct</p>", &alice));
    spoilt["proof"]["proofValue"] = json!("z111");
    hands_on(&carol.peer, &alice, &spoilt);
    assert_eq!(mentions(&alice)[0], "<p>direct</p>");
}

#[test]
fn one_house_believes_what_another_made() {
    let (alice, dora) = (Taure::new(), Taure::named("dora"));
    let (bob, mail) = (Peer::new("bob"), Peer::new("mail"));
    bob.follows(&alice);
    alice.posts("hello");
    alice.settles();
    let [create] = bob.received_of("Create").try_into().unwrap();
    dora.follows(&alice);
    hands_on(&mail, &dora, &create);
    assert_eq!(dora.home().len(), 1);
}
