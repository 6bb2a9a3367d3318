//! What must not happen, through the real inbox. Each case, the check that prevents it, and the test that fails without:
//!
//! | case | check | test |
//! |---|---|---|
//! | the body was changed | `sig::digest` | `a_changed_body_and_a_signature_for_another_host_are_refused`, `oracles.py` |
//! | the Date is two hours off | `sig::incoming` | `federation_inbox::what_is_not_signed_or_wrongly_signed_is_401_and_not_looked_into` |
//! | the host is not signed, or is another | `sig::cavage` | `a_changed_body_and_a_signature_for_another_host_are_refused` |
//! | somebody else's key, or one that nobody claims | `ops::resolve::keys` | `federation_inbox::a_key_that_no_actor_claims_opens_nothing` |
//! | a key under the name of another's | `ops::resolve::accounts` | `nobody_publishes_a_key_under_the_name_of_anothers` |
//! | a key that changed | `federation::signature` | `federation_inbox::a_changed_key_is_fetched_again_but_not_for_every_wrong_signature` |
//! | an object of another host, or by another author | `handlers::create` | `federation_receive::nobody_speaks_for_others`, `neighbours_do_not_speak_for_each_other` |
//! | Update, Delete, Undo by others, Announce of a Delete | `handlers` | the same two |
//! | an Undo by a neighbour | `handlers::undo` | `a_neighbour_takes_nothing_back` |
//! | an id of ours from outside | `handlers`, `ops::resolve` | `what_is_ours_is_never_taken_from_outside` |
//! | a redirect to us | `ops::resolve` | `a_redirect_home_brings_nothing` |
//! | a document that is an upload | `remote::document` | `an_upload_is_no_document` |
//! | a page elsewhere as the post's own | `ops::receive` | `a_page_on_another_host_is_left_out_and_the_post_kept` |
//! | redirects to private addresses, names that lead there | `remote::client`, `remote::transport` | `remote::client::tests` |
//! | 2 MiB, gzip bombs, endless JSON | `server::body`, `remote::client`, `remote::document` | `federation_inbox::what_is_no_activity_is_400_and_what_is_too_large_413`, `remote::client::tests` |
//! | farewells by the thousand | `federation::inbox` | `federation_inbox::farewells_of_the_unknown_are_taken_without_asking_anybody` |
//! | threads that lead back to themselves, collections without end | `ops::resolve::posts`, `ops::backfill` | `federation_receive::a_thread_is_fetched_upwards_and_a_loop_ends`, `backfill::a_thread_without_end_is_read_to_a_bound`, `backfill::a_collection_of_ten_thousand_is_read_to_a_bound` |
//! | a proof that was broken, borrowed or kept too long | `sig::proof`, `handlers::proven` | `proofs::a_proof_that_does_not_hold_is_no_proof`, `proofs::what_is_between_two_is_not_taken_from_a_third` |
//! | the same activity again | `seen_activities` | `federation_receive`, `what_came_once_comes_once` |

use crate::harness::{Taure, request};
use crate::peer::{Peer, deliver};
use serde_json::{Value, json};
use taure::sig::{Scheme, Signer};
use taure::store::statuses;

fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

fn content(taure: &Taure, uri: &Value) -> Option<String> {
    let uri = uri.as_str().unwrap();
    taure.app().store.read(|c| statuses::by_uri(c, uri)).unwrap().map(|s| s.content)
}

/// Another person on the peer's server, with the same key.
fn neighbour(peer: &Peer) -> (String, Signer) {
    let id = format!("{}/users/mallory", peer.base);
    let mut actor = peer.actor_document();
    for (key, value) in
        [("id", &id), ("inbox", &format!("{id}/inbox")), ("preferredUsername", &"mallory".to_owned())]
    {
        actor[key] = json!(value);
    }
    actor["publicKey"]["id"] = json!(format!("{id}#main-key"));
    actor["publicKey"]["owner"] = json!(id);
    peer.publish(&id, actor);
    (id.clone(), Signer { key_id: format!("{id}#main-key"), ..peer.signer() })
}

#[test]
fn a_changed_body_and_a_signature_for_another_host_are_refused() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    let inbox = format!("{}/inbox", alice.actor());
    let follow = bob.activity("Follow", json!(alice.actor())).to_string();
    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        let sent = |to: &str, body: &str, leave_out: &str| {
            let to = url::Url::parse(to).unwrap();
            let outgoing = taure::sig::Outgoing {
                method: "POST",
                url: &to,
                content_type: Some("application/activity+json"),
                body: Some(follow.as_bytes()),
                extra: None,
            };
            let headers = taure::sig::sign(scheme, &bob.signer(), &outgoing, alice.clock.now()).unwrap();
            let headers: Vec<(&str, &str)> = headers
                .iter()
                .filter(|(name, _)| *name != "host" && *name != leave_out)
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            request("POST", &inbox, &headers, Some(body.as_bytes())).status
        };
        assert_eq!(sent(&inbox, &follow.replace("Follow", "follow"), ""), 401, "{scheme:?}: another body");
        let elsewhere = inbox.replace("localhost", "elsewhere.test");
        assert_eq!(sent(&elsewhere, &follow, ""), 401, "{scheme:?}: for another server");
        assert_eq!(sent(&format!("{}/inbox", alice.base), &follow, ""), 401, "{scheme:?}: for another inbox");
        let digest = if scheme == Scheme::Cavage { "digest" } else { "content-digest" };
        assert_eq!(sent(&inbox, &follow, digest), 401, "{scheme:?}: without its digest");
    }
    alice.settles();
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);
}

#[test]
fn neighbours_do_not_speak_for_each_other() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    let note = bob.note("<p>mine</p>", &[]);
    takes(&alice, &bob, &bob.create(&note));
    let (mallory, signer) = neighbour(&bob);
    let says = |kind: &str, object: Value| {
        let mut activity = bob.activity(kind, object);
        activity["actor"] = json!(mallory);
        assert_eq!(bob.delivers_as(&alice, &activity, Scheme::Cavage, &signer).status, 202);
        alice.settles();
    };
    let mut edited = note.clone();
    edited["content"] = json!("<p>forged</p>");
    edited["updated"] = json!("2099-01-01T00:00:00Z");
    says("Update", edited.clone());
    edited["attributedTo"] = json!(mallory);
    says("Update", edited); // a change of the author is none
    says("Delete", note["id"].clone());
    says("Delete", json!(bob.actor()));
    says("Announce", bob.activity("Delete", note["id"].clone()));
    let mut blamed = bob.note("<p>blamed</p>", &[&alice]);
    blamed["content"] = json!("<p>not what bob's server shows</p>");
    says("Create", blamed.clone());
    assert_eq!(content(&alice, &note["id"]).as_deref(), Some("<p>mine</p>"));
    assert_eq!(content(&alice, &blamed["id"]), None);
    let follow = bob.follows(&alice);
    says("Undo", follow);
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
}

#[test]
fn what_is_ours_is_never_taken_from_outside() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    let post = alice.posts("my own words");
    let mut forged = bob.note("<p>forged</p>", &[]);
    forged["id"] = post["uri"].clone();
    forged["attributedTo"] = json!(alice.actor());
    forged["updated"] = json!("2099-01-01T00:00:00Z");
    for kind in ["Create", "Update", "Delete", "Add"] {
        takes(&alice, &bob, &bob.activity(kind, forged.clone()));
        takes(&alice, &bob, &bob.activity("Announce", bob.activity(kind, forged.clone())));
    }
    // Ids that were never given out, an actor of ours, and our own voice.
    for id in [
        format!("{}/statuses/1", alice.actor()),
        format!("{}/users/eve", alice.base),
        format!("{}/actor", alice.base),
    ] {
        let mut note = bob.note("<p>forged</p>", &[&alice]);
        note["id"] = json!(id);
        takes(&alice, &bob, &bob.create(&note));
        takes(&alice, &bob, &bob.activity("Announce", json!(id)));
        assert_eq!(content(&alice, &json!(id)), None, "{id}");
    }
    let mut spoken = bob.activity("Create", forged);
    spoken["actor"] = json!(alice.actor());
    takes(&alice, &bob, &spoken);
    let shown = alice.status(post["id"].as_str().unwrap());
    assert!(shown["content"].as_str().unwrap().contains("my own words"), "{shown}");
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"], 1);
}

#[test]
fn an_upload_is_no_document() {
    let (alice, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    bob.is_followed_by(&alice);
    // Somebody uploaded this to Carol's server, which serves uploads as what they are.
    let mut note = carol.note("<p>uploaded</p>", &[]);
    let address = format!("{}/uploads/1.json", carol.base);
    note["id"] = json!(address);
    carol.page("/uploads/1.json", &note.to_string());
    takes(&alice, &bob, &bob.activity("Announce", json!(address)));
    assert_eq!(content(&alice, &json!(address)), None);
    // The same at an address of its own, as a document, is a boost.
    let good = carol.note("<p>written</p>", &[]);
    takes(&alice, &bob, &bob.activity("Announce", good["id"].clone()));
    assert!(content(&alice, &good["id"]).is_some());
}

#[test]
fn a_page_on_another_host_is_left_out_and_the_post_kept() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    let mut note = bob.note("<p>hello</p>", &[]);
    note["url"] = json!("https://bank.example/sign-in");
    bob.publish(note["id"].as_str().unwrap(), note.clone());
    takes(&alice, &bob, &bob.create(&note));
    assert_eq!(alice.home()[0]["url"], note["id"]);
}

#[test]
fn what_came_once_comes_once() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    let note = bob.note("<p>hello</p>", &[&alice]);
    let create = bob.create(&note);
    let post = alice.posts("like me");
    let like = bob.activity("Like", post["uri"].clone());
    for _ in 0..3 {
        takes(&alice, &bob, &create);
        takes(&alice, &bob, &like);
    }
    assert_eq!(alice.notifications("mention").len(), 1);
    assert_eq!(alice.notifications("favourite").len(), 1);
    takes(&alice, &bob, &bob.activity("Delete", note["id"].clone()));
    // A replay by anybody who kept a copy brings nothing back.
    takes(&alice, &bob, &create);
    let body = create.to_string();
    let late = deliver(
        &format!("{}/inbox", alice.base),
        body.as_bytes(),
        Scheme::Rfc9421,
        &bob.signer(),
        alice.clock.now(),
    );
    assert_eq!(late.status, 202);
    alice.settles();
    assert_eq!(content(&alice, &note["id"]), None);
    // Nor a day after it was taken back, when what was undone is not looked up any more.
    takes(&alice, &bob, &bob.activity("Undo", like.clone()));
    alice.later(24 * 3_600_000);
    takes(&alice, &bob, &like);
    assert_eq!(alice.status(post["id"].as_str().unwrap())["favourites_count"], 0);
}

/// A key's name on another server's host would stand in the way of that server's own.
#[test]
fn nobody_publishes_a_key_under_the_name_of_anothers() {
    let (alice, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let theirs = format!("{}#main-key", bob.actor());
    let mut actor = mallory.actor_document();
    actor["publicKey"] = json!([actor["publicKey"], {"id": theirs, "owner": mallory.actor(),
        "publicKeyPem": mallory.key.public().to_pem().unwrap()}]);
    mallory.publish(&mallory.actor(), actor);
    alice.finds(&mallory.handle());
    let known = alice.app().store.read(|c| taure::store::accounts::key(c, &theirs)).unwrap();
    assert!(known.is_none(), "{known:?}");
    bob.follows(&alice);
    assert_eq!(alice.notifications("follow")[0]["account"]["username"], "bob");
}

/// On the same host, so that only the account tells them apart.
#[test]
fn a_neighbour_takes_nothing_back() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    let (neighbour, key) = neighbour(&bob);
    let post = alice.posts("hello");
    let follow = bob.follows(&alice);
    let like = bob.activity("Like", post["uri"].clone());
    let mut react = bob.activity("EmojiReact", post["uri"].clone());
    react["content"] = json!("🔥");
    let boost = bob.activity("Announce", post["uri"].clone());
    for activity in [&like, &react, &boost] {
        takes(&alice, &bob, activity);
    }
    for given in [follow, like, react, boost] {
        for object in [given.clone(), given["id"].clone()] {
            let undo =
                json!({"id": bob.new_id("undo"), "type": "Undo", "actor": neighbour, "object": object});
            let sent = bob.delivers_as(&alice, &undo, Scheme::Cavage, &key);
            assert_eq!(sent.status, 202);
            alice.settles();
        }
    }
    let post = alice.status(post["id"].as_str().unwrap());
    assert_eq!((&post["favourites_count"], &post["reblogs_count"]), (&json!(1), &json!(1)));
    assert_eq!(post["reactions"][0]["count"], 1);
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
}

/// Else our own actors and posts would be stored as somebody else's.
#[test]
fn a_redirect_home_brings_nothing() {
    let (alice, mallory) = (Taure::new(), Peer::new("mallory"));
    let post = alice.posts("mine");
    for (ours, kind) in [
        (format!("{}/actor", alice.base), "accounts"),
        (post["uri"].as_str().unwrap().to_owned(), "statuses"),
    ] {
        let trap = mallory.new_id("traps");
        mallory.answer(&trap, 302, json!({"location": ours}));
        let found = alice.get(&format!("/api/v2/search?resolve=true&q={trap}")).ok();
        assert_eq!(found[kind], json!([]), "{found}");
        assert!(mallory.asked().iter().any(|path| trap.ends_with(path)), "it was not asked for");
    }
    let actor = format!("{}/actor", alice.base);
    assert!(alice.app().store.read(|c| taure::store::accounts::by_uri(c, &actor)).unwrap().is_none());
}
