//! Quotes between servers: FEP-044f as Mastodon speaks it, and the older ways.

use crate::harness::Taure;
use crate::peer::{AS, PUBLIC, Peer};
use serde_json::{Value, json};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn uri(value: &Value) -> &str {
    value["uri"].as_str().unwrap()
}

fn settle(one: &Taure, other: &Taure) {
    for _ in 0..5 {
        one.settles();
        other.settles();
    }
}

fn follow(one: &Taure, other: &Taure) {
    let found = one.finds(&other.handle());
    one.post(&format!("/api/v1/accounts/{}/follow", id(&found)), json!({})).ok();
    settle(one, other);
}

fn post(taure: &Taure, policy: &str) -> Value {
    taure.post("/api/v1/statuses", json!({"status": "Quote me", "quote_approval_policy": policy})).ok()
}

fn quotes(taure: &Taure, of: &Value) -> crate::harness::Answer {
    taure.post("/api/v1/statuses", json!({"status": "Look", "quoted_status_id": of["id"]}))
}

// --- two of our own

#[test]
fn a_quote_of_somebody_elsewhere_is_accepted_seen_and_taken_back() {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    let hers = post(&alice, "public");
    let there = bob.finds_status(uri(&hers));
    assert_eq!(
        there["quote_approval"],
        json!({"automatic": ["public"], "manual": [], "current_user": "automatic"})
    );
    let his = quotes(&bob, &there).ok();
    assert_eq!(his["quote"], json!({"state": "pending", "quoted_status": null}));
    settle(&alice, &bob);

    let seen = bob.status(id(&his));
    assert_eq!(seen["quote"]["state"], "accepted");
    assert_eq!(seen["quote"]["quoted_status"]["uri"], hers["uri"]);
    let told = alice.notifications("quote");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["status"]["uri"], his["uri"]);
    assert_eq!(told[0]["status"]["quote"]["quoted_status"]["id"], hers["id"]);
    assert!(alice.notifications("mention").is_empty(), "quoting is no mention");
    assert_eq!(alice.status(id(&hers))["quotes_count"], 1);
    let list = alice.get(&format!("/api/v1/statuses/{}/quotes", id(&hers))).ok();
    assert_eq!(list[0]["uri"], his["uri"]);

    // The stamp says what it says, and holds until it is taken back.
    let note = bob.document(uri(&his)).ok();
    let stamp = note["quoteAuthorization"].as_str().unwrap().to_owned();
    let document = alice.document(&stamp).ok();
    assert_eq!(document["type"], "QuoteAuthorization");
    assert_eq!(document["attributedTo"], alice.actor());
    assert_eq!(document["interactingObject"], his["uri"]);
    assert_eq!(document["interactionTarget"], hers["uri"]);

    let at_hers = told[0]["status"]["id"].as_str().unwrap();
    let revoked =
        alice.post(&format!("/api/v1/statuses/{}/quotes/{at_hers}/revoke", id(&hers)), json!({})).ok();
    assert_eq!(revoked["uri"], his["uri"]);
    assert_eq!(revoked["quote"], json!({"state": "revoked", "quoted_status": null}));
    settle(&alice, &bob);
    assert_eq!(bob.status(id(&his))["quote"], json!({"state": "revoked", "quoted_status": null}));
    assert_eq!(alice.document(&stamp).status, 410);
    assert!(bob.document(uri(&his)).ok().get("quoteAuthorization").is_none());
    assert_eq!(alice.status(id(&hers))["quotes_count"], 0);
}

#[test]
fn followers_only_and_nobody_are_kept_on_both_sides() {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    let (some, none) = (post(&alice, "followers"), post(&alice, "nobody"));
    let there = [&some, &none].map(|p| bob.finds_status(uri(p)));
    assert_eq!(there[0]["quote_approval"]["automatic"], json!(["followers"]));
    for there in &there {
        assert_eq!(there["quote_approval"]["current_user"], "denied");
        assert_eq!(quotes(&bob, there).status, 404);
    }
    follow(&bob, &alice);
    assert_eq!(quotes(&bob, &there[1]).status, 404);
    let his = quotes(&bob, &there[0]).ok();
    settle(&alice, &bob);
    assert_eq!(bob.status(id(&his))["quote"]["state"], "accepted");

    // He has not heard yet that she thinks otherwise now: she refuses.
    let changed = post(&alice, "public");
    let there = bob.finds_status(uri(&changed));
    bob.app().store.write(|tx| tx.run("UPDATE accounts SET follower = 0", [])).unwrap();
    let path = format!("/api/v1/statuses/{}/interaction_policy", id(&changed));
    alice
        .app()
        .store
        .write(|tx| tx.run("UPDATE statuses SET quote_automatic = 0 WHERE id = ?1", [id(&changed)]))
        .unwrap();
    let his = quotes(&bob, &there).ok();
    settle(&alice, &bob);
    assert_eq!(bob.status(id(&his))["quote"], json!({"state": "rejected", "quoted_status": null}));
    assert_eq!(alice.status(id(&changed))["quotes_count"], 0);
    // And what she says from now on reaches him.
    alice.call("PUT", &path, Some(json!({"quote_approval_policy": "public"}))).ok();
    settle(&alice, &bob);
    assert_eq!(bob.status(id(&there))["quote_approval"]["current_user"], "automatic");
}

#[test]
fn an_edit_of_what_was_quoted_is_told_and_a_deletion_shown() {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    let hers = post(&alice, "public");
    let his = quotes(&bob, &bob.finds_status(uri(&hers))).ok();
    settle(&alice, &bob);
    let path = format!("/api/v1/statuses/{}", id(&hers));
    alice.call("PUT", &path, Some(json!({"status": "Quote me better"}))).ok();
    settle(&alice, &bob);
    let told = bob.notifications("quoted_update");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["status"]["id"], his["id"]);
    assert_eq!(told[0]["account"]["acct"], alice.handle()[1..]);
    let inside = &told[0]["status"]["quote"]["quoted_status"]["content"];
    assert!(inside.as_str().unwrap().contains("better"), "{inside}");

    // His edit keeps the quote at hers.
    let path_his = format!("/api/v1/statuses/{}", id(&his));
    bob.call("PUT", &path_his, Some(json!({"status": "Look again"}))).ok();
    settle(&alice, &bob);
    let at_hers = &alice.notifications("quote")[0]["status"];
    assert!(at_hers["content"].as_str().unwrap().contains("again"));
    assert_eq!(at_hers["quote"]["state"], "accepted");
    assert_eq!(alice.status(id(&hers))["quotes_count"], 1);

    alice.call("DELETE", &path, None).ok();
    settle(&alice, &bob);
    assert_eq!(bob.status(id(&his))["quote"], json!({"state": "deleted", "quoted_status": null}));
}

#[test]
fn whom_one_blocks_mutes_or_is_blocked_by_is_told_apart_in_quotes() {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    let hers = post(&alice, "public");
    let there = bob.finds_status(uri(&hers));
    let his = quotes(&bob, &there).ok();
    settle(&alice, &bob);
    let alice_there = there["account"]["id"].as_str().unwrap();
    let state = || bob.status(id(&his))["quote"]["state"].clone();
    let act = |what: &str| bob.post(&format!("/api/v1/accounts/{alice_there}/{what}"), json!({})).ok();
    act("mute");
    assert_eq!(state(), "muted_account");
    assert_eq!(bob.status(id(&his))["quote"]["quoted_status"]["uri"], hers["uri"]);
    act("unmute");
    act("block");
    assert_eq!(state(), "blocked_account");
    assert_eq!(quotes(&bob, &there).status, 404);
    act("unblock");
    assert_eq!(state(), "accepted");
    settle(&alice, &bob);
}

// --- a peer as Mastodon writes it

/// A Note by `peer` that quotes `uri`.
fn quoting(peer: &Peer, quoted: &str) -> Value {
    let mut note = peer.note("<p class=\"quote-inline\">RE: x</p><p>See</p>", &[]);
    for name in ["quote", "_misskey_quote", "quoteUri"] {
        note[name] = json!(quoted);
    }
    peer.publish(id(&note), note.clone());
    note
}

/// As Mastodon 4.5 asks.
fn request(peer: &Peer, note: &Value, quoted: &str) -> Value {
    json!({
        "@context": [AS, {"QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest"}],
        "id": format!("{}/quote_requests/{}", peer.actor(), peer.new_id("q").rsplit('/').next().unwrap()),
        "type": "QuoteRequest",
        "actor": peer.actor(),
        "object": quoted,
        "instrument": note,
    })
}

#[test]
fn mastodons_quote_request_is_accepted_and_a_second_time_answered_again() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let own = post(&taure, "public");
    let note = quoting(&peer, uri(&own));
    let asks = request(&peer, &note, uri(&own));
    for times in 1..=2 {
        assert_eq!(peer.delivers(&taure, &asks).status, 202);
        taure.settles();
        let accepts = peer.received_of("Accept");
        assert_eq!(accepts.len(), times);
        assert_eq!(accepts[0]["object"]["id"], asks["id"]);
        assert_eq!(accepts[0]["object"]["instrument"], note["id"]);
        let stamp = accepts[0]["result"].as_str().unwrap();
        assert_eq!(taure.document(stamp).ok()["interactingObject"], note["id"]);
    }
    assert_eq!(taure.notifications("quote").len(), 1);
    assert_eq!(taure.status(id(&own))["quotes_count"], 1);

    // Revoked, it stays so, whoever asks again.
    let at = taure.notifications("quote")[0]["status"]["id"].as_str().unwrap().to_owned();
    taure.post(&format!("/api/v1/statuses/{}/quotes/{at}/revoke", id(&own)), json!({})).ok();
    taure.settles();
    let deletes = peer.received_of("Delete");
    assert_eq!(deletes[0]["object"]["type"], "QuoteAuthorization");
    assert_eq!(deletes[0]["object"]["interactionTarget"], own["uri"]);
    peer.delivers(&taure, &asks);
    taure.settles();
    assert_eq!(peer.received_of("Reject").len(), 1);
    assert_eq!(taure.status(id(&own))["quotes_count"], 0);
}

#[test]
fn mastodons_own_request_is_understood_as_it_is_sent() {
    let (taure, peer) = (Taure::new(), Peer::new("alice"));
    let own = post(&taure, "public");
    let sent = include_str!("../fixtures/mastodon/quote_request.json")
        .replace("https://mastodon.example", &peer.base)
        .replace("https://home.example/users/owner/statuses/1", uri(&own));
    let asks: Value = serde_json::from_str(&sent).unwrap();
    peer.delivers(&taure, &asks);
    taure.settles();
    assert_eq!(peer.received_of("Accept")[0]["object"]["id"], asks["id"]);
    let told = taure.notifications("quote");
    assert_eq!(told[0]["status"]["uri"], asks["instrument"]["id"]);
    assert_eq!(told[0]["status"]["quote_approval"]["automatic"], json!(["followers"]));
}

#[test]
fn a_quote_request_by_a_bare_id_is_fetched_and_one_for_nobody_is_rejected_unfetched() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let own = post(&taure, "public");
    let note = quoting(&peer, uri(&own));
    peer.delivers(&taure, &request(&peer, &note["id"], uri(&own)));
    taure.settles();
    assert_eq!(peer.received_of("Accept").len(), 1);

    let own = post(&taure, "nobody");
    let note = quoting(&peer, uri(&own));
    peer.delivers(&taure, &request(&peer, &note["id"], uri(&own)));
    taure.settles();
    let rejects = peer.received_of("Reject");
    assert_eq!(rejects.len(), 1);
    assert_eq!(rejects[0]["object"]["object"], own["uri"]);
    let path = id(&note).strip_prefix(&peer.base).unwrap().to_owned();
    assert!(!peer.asked().contains(&path));
}

#[test]
fn a_quote_request_by_somebody_who_is_not_the_author_is_nothing() {
    let (taure, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let own = post(&taure, "public");
    let note = quoting(&bob, uri(&own));
    // Of another server; and of hers, but by somebody else, or about something else.
    let foreign = request(&mallory, &note, uri(&own));
    let mut forged = quoting(&mallory, uri(&own));
    forged["attributedTo"] = json!(format!("{}/users/carol", mallory.base));
    mallory.publish(id(&forged), forged.clone());
    let other = quoting(&mallory, "https://elsewhere.example/1");
    let in_his_name = request(&bob, &note, uri(&own));
    for asks in
        [foreign, request(&mallory, &forged, uri(&own)), request(&mallory, &other, uri(&own)), in_his_name]
    {
        assert_eq!(mallory.delivers(&taure, &asks).status, 202);
        taure.settles();
    }
    assert!(mallory.received_of("Accept").is_empty() && bob.received_of("Accept").is_empty());
    assert!(taure.notifications("quote").is_empty());
    assert_eq!(taure.status(id(&own))["quotes_count"], 0);
}

#[test]
fn a_post_for_few_is_never_quotable_and_never_shown_through_a_quote() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.is_followed_by(&taure);
    let secret = taure.post("/api/v1/statuses", json!({"status": "secret", "visibility": "private"})).ok();
    let note = quoting(&peer, uri(&secret));
    peer.delivers(&taure, &peer.create(&note));
    peer.delivers(&taure, &request(&peer, &note, uri(&secret)));
    taure.settles();
    // A stranger to the post hears nothing at all, a follower a Reject.
    assert!(peer.received_of("Reject").is_empty());
    peer.follows(&taure);
    peer.delivers(&taure, &request(&peer, &note, uri(&secret)));
    taure.settles();
    assert_eq!(peer.received_of("Reject").len(), 1);
    assert!(peer.received_of("Accept").iter().all(|a| a["object"]["type"] == "Follow"));

    // A private post of theirs that they quote themselves: the owner sees it, a stranger does not.
    let mut private = peer.note("<p>for my followers</p>", &[]);
    private["to"] = json!([format!("{}/followers", peer.actor())]);
    private["cc"] = json!([]);
    peer.delivers(&taure, &peer.create(&private));
    let note = quoting(&peer, id(&private));
    peer.delivers(&taure, &peer.create(&note));
    taure.settles();
    let here = taure.finds_status(id(&note));
    assert_eq!(here["quote"]["state"], "accepted");
    assert_eq!(here["quote"]["quoted_status"]["uri"], private["id"]);
    let stranger = taure.as_stranger(&format!("/api/v1/statuses/{}", id(&here))).ok();
    assert_eq!(stranger["quote"], json!({"state": "unauthorized", "quoted_status": null}));
    let again = quotes(&taure, &here["quote"]["quoted_status"]);
    assert_eq!(again.status, 404, "others' posts for few are not the owner's to quote");
}

/// The owner quotes a post of the peer; the QuoteRequest that arrived there.
fn asked(taure: &Taure, peer: &Peer) -> (Value, Value, Value) {
    let mut note = peer.note("<p>Original</p>", &[]);
    note["interactionPolicy"] = json!({"canQuote": {"manualApproval": [PUBLIC]}});
    peer.publish(id(&note), note.clone());
    let there = taure.finds_status(id(&note));
    assert_eq!(
        there["quote_approval"],
        json!({"automatic": [], "manual": ["public"], "current_user": "manual"})
    );
    let own = quotes(taure, &there).ok();
    taure.settles();
    let asks = peer.received_of("QuoteRequest").pop().expect("no QuoteRequest arrived");
    (note, own, asks)
}

fn stamp(peer: &Peer, own: &Value, note: &Value) -> Value {
    let stamp = json!({
        "@context": AS, "id": peer.new_id("stamps"), "type": "QuoteAuthorization", "attributedTo": peer.actor(),
        "interactingObject": own["uri"], "interactionTarget": note["id"],
    });
    peer.publish(id(&stamp), stamp.clone());
    stamp
}

fn accept(peer: &Peer, asks: &Value, stamp: &str) -> Value {
    let mut accept = peer.activity("Accept", asks.clone());
    accept["result"] = json!(stamp);
    accept
}

#[test]
fn the_owners_quote_goes_out_in_every_word_and_waits_for_its_stamp() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let (note, own, asks) = asked(&taure, &peer);
    assert_eq!(asks["object"], note["id"]);
    assert_eq!(asks["instrument"]["id"], own["uri"]);
    assert!(asks["id"].as_str().unwrap().starts_with(&taure.base));
    let created = peer.received_of("Create").pop().unwrap();
    for name in ["quote", "_misskey_quote", "quoteUri", "quoteUrl"] {
        assert_eq!(created["object"][name], note["id"], "{name}");
    }
    let tags = created["object"]["tag"].as_array().unwrap();
    assert!(tags.iter().all(|t| t["type"] != "Mention"), "{tags:?}");
    assert!(tags.iter().any(|t| t["type"] == "Link" && t["href"] == note["id"]));
    assert!(created["object"]["cc"].as_array().unwrap().contains(&json!(peer.actor())));

    let stamp = stamp(&peer, &own, &note);
    peer.delivers(&taure, &accept(&peer, &asks, id(&stamp)));
    taure.settles();
    assert_eq!(taure.status(id(&own))["quote"]["state"], "accepted");
    let update = peer.received_of("Update").pop().unwrap();
    assert_eq!(update["object"]["quoteAuthorization"], stamp["id"]);
    assert!(update["object"].get("updated").is_none(), "nothing was edited");
    let here = taure.finds_status(id(&note));
    assert_eq!(here["quotes_count"], 1);

    // The stamp is deleted: by its owner's word alone.
    let mallory = Peer::new("mallory");
    let delete = |by: &Peer| by.activity("Delete", stamp.clone());
    mallory.delivers(&taure, &delete(&mallory));
    taure.settles();
    assert_eq!(taure.status(id(&own))["quote"]["state"], "accepted");
    peer.delivers(&taure, &delete(&peer));
    taure.settles();
    assert_eq!(taure.status(id(&own))["quote"], json!({"state": "revoked", "quoted_status": null}));
    let update = peer.received_of("Update").pop().unwrap();
    assert!(update["object"].get("quoteAuthorization").is_none());
}

#[test]
fn a_forged_stamp_and_a_strangers_accept_are_refused() {
    let (taure, peer, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let (note, own, asks) = asked(&taure, &peer);
    let state = || taure.status(id(&own))["quote"]["state"].clone();
    let good = stamp(&peer, &own, &note);
    // Somebody else accepts, with a stamp of theirs or the good one.
    let theirs = stamp(&mallory, &own, &note);
    for stamp in [&theirs, &good] {
        mallory.delivers(&taure, &accept(&mallory, &asks, id(stamp)));
    }
    // The author does, with a stamp elsewhere, for another post, of another type, or with none.
    let mut other = good.clone();
    other["id"] = json!(peer.new_id("stamps"));
    other["interactingObject"] = json!("https://elsewhere.example/1");
    let mut like = good.clone();
    like["id"] = json!(peer.new_id("stamps"));
    like["type"] = json!("LikeAuthorization");
    for forged in [&other, &like] {
        peer.publish(id(forged), forged.clone());
    }
    let missing = peer.new_id("stamps");
    for stamp in [id(&theirs), id(&other), id(&like), missing.as_str()] {
        peer.delivers(&taure, &accept(&peer, &asks, stamp));
        taure.settles();
        assert_eq!(state(), "pending", "{stamp}");
    }
    peer.delivers(&taure, &accept(&peer, &asks, id(&good)));
    taure.settles();
    assert_eq!(state(), "accepted");
}

#[test]
fn a_reject_ends_the_waiting() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let (_, own, asks) = asked(&taure, &peer);
    let mallory = Peer::new("mallory");
    mallory.delivers(&taure, &mallory.activity("Reject", asks.clone()));
    taure.settles();
    assert_eq!(taure.status(id(&own))["quote"]["state"], "pending");
    peer.delivers(&taure, &peer.activity("Reject", asks["id"].clone()));
    taure.settles();
    assert_eq!(taure.status(id(&own))["quote"], json!({"state": "rejected", "quoted_status": null}));
}

// --- others quote others

/// Bob, whom the owner follows, quotes Carol; with a stamp if she gives one.
fn third_party(taure: &Taure, bob: &Peer, carol: &Peer, change: impl Fn(&mut Value, &mut Value)) -> Value {
    bob.is_followed_by(taure);
    let original = carol.note("<p>Carol's</p>", &[]);
    let mut note = quoting(bob, id(&original));
    let mut stamp = json!({
        "@context": AS, "id": carol.new_id("stamps"), "type": "QuoteAuthorization",
        "attributedTo": carol.actor(), "interactingObject": note["id"], "interactionTarget": original["id"],
    });
    note["quoteAuthorization"] = stamp["id"].clone();
    change(&mut note, &mut stamp);
    carol.publish(id(&stamp), stamp.clone());
    bob.publish(id(&note), note.clone());
    bob.delivers(taure, &bob.create(&note));
    taure.settles();
    note
}

#[test]
fn a_quote_between_others_is_shown_when_its_stamp_is_good() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let note = third_party(&taure, &bob, &carol, |_, _| ());
    let here = &taure.home()[0];
    assert_eq!(here["uri"], note["id"]);
    assert_eq!(here["quote"]["state"], "accepted");
    assert_eq!(here["quote"]["quoted_status"]["content"], "<p>Carol's</p>");
    assert_eq!(here["quote"]["quoted_status"]["quotes_count"], 1);
    assert_eq!(taure.home().len(), 1, "what was looked up is not in home");
    // Carol takes it back: her stamp is gone, and Bob's server passes that on.
    let stamp = note["quoteAuthorization"].as_str().unwrap();
    carol.answer(stamp, 404, json!({"error": "gone"}));
    let mut passed_on = carol.activity("Delete", json!({"id": stamp, "type": "QuoteAuthorization"}));
    passed_on["to"] = json!([PUBLIC]);
    bob.delivers(&taure, &passed_on);
    taure.settles();
    assert_eq!(taure.home()[0]["quote"], json!({"state": "revoked", "quoted_status": null}));
}

#[test]
fn a_quote_without_leave_or_with_a_forged_one_is_not_shown() {
    type Change = fn(&mut Value, &mut Value);
    let cases: [Change; 4] = [
        |note, _| drop(note.as_object_mut().unwrap().remove("quoteAuthorization")),
        |_, stamp| stamp["interactingObject"] = json!("https://elsewhere.example/1"),
        |_, stamp| stamp["attributedTo"] = json!("https://elsewhere.example/u"),
        |note, _| note["quoteAuthorization"] = note["id"].clone(),
    ];
    for change in cases {
        let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
        let note = third_party(&taure, &bob, &carol, change);
        let here = &taure.home()[0];
        assert_eq!(here["uri"], note["id"]);
        assert_eq!(here["quote"], json!({"state": "pending", "quoted_status": null}));
    }
}

#[test]
fn the_stamp_may_come_later_and_what_is_quoted_inside_is_not_looked_up() {
    let (taure, bob, carol, dave) = (Taure::new(), Peer::new("bob"), Peer::new("carol"), Peer::new("dave"));
    let deep = dave.note("<p>Dave's</p>", &[]);
    let mut note = third_party(&taure, &bob, &carol, |note, _| {
        note.as_object_mut().unwrap().remove("quoteAuthorization");
        // Carol's post quotes Dave's, with his leave.
        let mut original = quoting(&carol, id(&deep));
        let stamp = json!({
            "@context": AS, "id": dave.new_id("stamps"), "type": "QuoteAuthorization",
            "attributedTo": dave.actor(), "interactingObject": original["id"], "interactionTarget": deep["id"],
        });
        dave.publish(id(&stamp), stamp.clone());
        original["quoteAuthorization"] = stamp["id"].clone();
        carol.publish(id(&original), original.clone());
        for name in ["quote", "_misskey_quote", "quoteUri"] {
            note[name] = original["id"].clone();
        }
    });
    assert_eq!(taure.home()[0]["quote"]["state"], "pending");
    let stamp = json!({
        "@context": AS, "id": carol.new_id("stamps"), "type": "QuoteAuthorization",
        "attributedTo": carol.actor(), "interactingObject": note["id"], "interactionTarget": note["quote"],
    });
    carol.publish(id(&stamp), stamp.clone());
    note["quoteAuthorization"] = stamp["id"].clone();
    bob.publish(id(&note), note.clone());
    bob.delivers(&taure, &bob.activity("Update", note.clone()));
    taure.settles();
    let quote = &taure.home()[0]["quote"];
    assert_eq!(quote["state"], "accepted");
    assert_eq!(quote["quoted_status"]["quote"], json!({"state": "pending", "quoted_status_id": null}));
    assert!(dave.asked().iter().all(|path| !path.starts_with("/notes")), "{:?}", dave.asked());
}

#[test]
fn misskeys_quotes_ask_nobody_and_are_links_unless_they_are_of_ones_own() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&taure);
    let original = bob.note("<p>Mine</p>", &[]);
    for (of, expected) in [(id(&original), Some("accepted")), ("https://elsewhere.example/1", None)] {
        let mut note = bob.note("<p>Again</p>", &[]);
        note["_misskey_quote"] = json!(of);
        note["quoteUrl"] = json!(of);
        bob.delivers(&taure, &bob.create(&note));
        taure.settles();
        let here = taure.finds_status(id(&note));
        assert_eq!(here["quote"]["state"].as_str(), expected, "{here}");
    }
    // Nor does one of the owner's post count or ring.
    let own = post(&taure, "public");
    let mut note = bob.note("<p>Hers</p>", &[]);
    note["quoteUrl"] = own["uri"].clone();
    bob.delivers(&taure, &bob.create(&note));
    taure.settles();
    assert!(taure.finds_status(id(&note))["quote"].is_null());
    assert!(taure.notifications("quote").is_empty());
    assert_eq!(taure.status(id(&own))["quotes_count"], 0);
}

#[test]
fn an_edit_may_take_the_quote_away_or_exchange_it() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&taure);
    let (one, two) = (bob.note("<p>One</p>", &[]), bob.note("<p>Two</p>", &[]));
    let note = quoting(&bob, id(&one));
    bob.delivers(&taure, &bob.create(&note));
    taure.settles();
    let quoted = || taure.finds_status(id(&note))["quote"]["quoted_status"]["uri"].clone();
    assert_eq!(quoted(), one["id"]);
    let edit = |at: i64, quote: Value| {
        let mut note = note.clone();
        for name in ["quote", "_misskey_quote", "quoteUri"] {
            note[name] = quote.clone();
        }
        note["updated"] = json!(taure.clock.now().plus(at).to_string());
        bob.delivers(&taure, &bob.activity("Update", note));
        taure.settles();
    };
    edit(10_000, two["id"].clone());
    assert_eq!(quoted(), two["id"]);
    assert_eq!(taure.finds_status(id(&one))["quotes_count"], 0);
    assert_eq!(taure.finds_status(id(&two))["quotes_count"], 1);
    taure.later(60_000);
    edit(0, Value::Null);
    assert!(taure.finds_status(id(&note))["quote"].is_null());
    assert_eq!(taure.finds_status(id(&two))["quotes_count"], 0);
}

#[test]
fn a_deleted_post_takes_no_claim_for_a_stamp_to_stay() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    carol.is_followed_by(&taure);
    let post = carol.note("<p>Oops</p>", &[]);
    carol.delivers(&taure, &carol.create(&post));
    // Bob says that this very post is the leave for his quote.
    third_party(&taure, &bob, &carol, |note, _| {
        note["quote"] = post["id"].clone();
        note["quoteAuthorization"] = post["id"].clone();
    });
    let here = taure.finds_status(id(&post));
    carol.delivers(&taure, &carol.activity("Delete", json!({"id": post["id"], "type": "Tombstone"})));
    taure.settles();
    assert_eq!(taure.get(&format!("/api/v1/statuses/{}", id(&here))).status, 404);
}
