//! Two Taure instances talk: everything of the everyday part, in both directions.

use crate::harness::Taure;
use serde_json::{Value, json};

/// Alice and Bob on two servers, who follow each other.
fn friends() -> (Taure, Taure) {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        follow(one, other);
    }
    (alice, bob)
}

#[track_caller]
fn follow(one: &Taure, other: &Taure) -> String {
    let found = one.finds(&other.handle());
    let id = found["id"].as_str().unwrap().to_owned();
    one.post(&format!("/api/v1/accounts/{id}/follow"), json!({})).ok();
    settle(one, other);
    id
}

fn settle(one: &Taure, other: &Taure) {
    // Each may give the other something to do: a Follow its Accept, say.
    for _ in 0..3 {
        one.settles();
        other.settles();
    }
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn in_home(taure: &Taure, uri: &Value) -> Option<Value> {
    taure.home().into_iter().find(|s| s["uri"] == *uri)
}

#[test]
fn a_follow_is_accepted_and_counted_on_both_sides() {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    let bob_here = follow(&alice, &bob);

    assert_eq!(alice.relationship(&bob_here)["following"], true);
    assert_eq!(alice.relationship(&bob_here)["requested"], false);
    let followed = bob.notifications("follow");
    assert_eq!(followed.len(), 1);
    assert_eq!(followed[0]["account"]["acct"], alice.handle()[1..]);
    assert_eq!(bob.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["following_count"], 1);
    // And on the page of the other, without asking there again.
    let alice_there = followed[0]["account"]["id"].as_str().expect("an id");
    let counts = |taure: &Taure, id: &str| {
        let account = taure.get(&format!("/api/v1/accounts/{id}")).ok();
        (account["followers_count"].clone(), account["following_count"].clone())
    };
    assert_eq!(counts(&alice, &bob_here), (json!(1), json!(0)));
    assert_eq!(counts(&bob, alice_there), (json!(0), json!(1)));

    // And back: unfollow arrives, too.
    alice.post(&format!("/api/v1/accounts/{bob_here}/unfollow"), json!({})).ok();
    settle(&alice, &bob);
    assert_eq!(bob.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);
    assert_eq!(alice.relationship(&bob_here)["following"], false);
    assert_eq!(counts(&alice, &bob_here), (json!(0), json!(0)));
    assert_eq!(counts(&bob, alice_there), (json!(0), json!(0)));
}

#[test]
fn a_post_arrives_with_mention_hashtag_warning_language_and_picture() {
    let (alice, bob) = friends();
    let media = crate::pictures::upload(&alice, "A red square");
    let text = format!("Labrīt, {}! #Rīga", bob.handle());
    let post = alice
        .post(
            "/api/v1/statuses",
            json!({"status": text, "spoiler_text": "good morning", "language": "lv", "media_ids": [media]}),
        )
        .ok();
    settle(&alice, &bob);

    let there = in_home(&bob, &post["uri"]).expect("it is not in Bob's home");
    assert_eq!(there["spoiler_text"], "good morning");
    assert_eq!(there["sensitive"], true);
    assert_eq!(there["language"], "lv");
    assert_eq!(there["visibility"], "public");
    // Written to the second, as Mastodon does.
    assert_eq!(there["created_at"].as_str().unwrap()[..19], post["created_at"].as_str().unwrap()[..19]);
    assert_eq!(there["tags"][0]["name"], "rīga");
    assert_eq!(there["mentions"][0]["acct"], "bob");
    assert_eq!(there["media_attachments"][0]["description"], "A red square");
    assert_eq!(there["media_attachments"][0]["type"], "image");
    assert!(there["media_attachments"][0]["blurhash"].is_string());
    assert!(there["content"].as_str().unwrap().contains("Labrīt"), "{}", there["content"]);
    let mentions = bob.notifications("mention");
    assert_eq!(mentions.len(), 1);
    assert_eq!(mentions[0]["status"]["uri"], post["uri"]);
    assert_eq!(bob.get("/api/v1/timelines/tag/rīga").ok()[0]["uri"], post["uri"]);
}

#[test]
fn a_reply_joins_the_thread_on_both_sides() {
    let (alice, bob) = friends();
    let post = alice.posts("How is the weather?");
    settle(&alice, &bob);
    let there = in_home(&bob, &post["uri"]).unwrap();
    let reply = bob
        .post(
            "/api/v1/statuses",
            json!({"status": format!("{} fine", alice.handle()), "in_reply_to_id": id(&there)}),
        )
        .ok();
    settle(&alice, &bob);

    assert_eq!(alice.status(id(&post))["replies_count"], 1);
    let context = alice.get(&format!("/api/v1/statuses/{}/context", id(&post))).ok();
    assert_eq!(context["descendants"][0]["uri"], reply["uri"]);
    assert_eq!(context["descendants"][0]["in_reply_to_id"], post["id"]);
    let mentions = alice.notifications("mention");
    assert_eq!(mentions.len(), 1);
    let above = bob.get(&format!("/api/v1/statuses/{}/context", id(&reply))).ok();
    assert_eq!(above["ancestors"][0]["uri"], post["uri"]);
}

#[test]
fn favourite_and_boost_arrive_once_and_their_undoing_too() {
    let (alice, bob) = friends();
    let post = alice.posts("Something to like");
    settle(&alice, &bob);
    let there = in_home(&bob, &post["uri"]).unwrap();
    for action in ["favourite", "reblog"] {
        for _ in 0..2 {
            bob.post(&format!("/api/v1/statuses/{}/{action}", id(&there)), json!({})).ok();
        }
    }
    settle(&alice, &bob);

    let seen = alice.status(id(&post));
    assert_eq!(seen["favourites_count"], 1);
    assert_eq!(seen["reblogs_count"], 1);
    assert_eq!(alice.notifications("favourite").len(), 1);
    assert_eq!(alice.notifications("reblog").len(), 1);
    // Alice follows Bob; but what he boosts stands near the top of her home itself, so it is not shown again.
    assert!(!alice.home().iter().any(|s| s["reblog"]["uri"] == post["uri"]));
    assert_eq!(alice.get(&format!("/api/v1/statuses/{}/reblogged_by", id(&post))).ok()[0]["username"], "bob");
    assert_eq!(bob.status(id(&there))["favourited"], true);
    assert_eq!(bob.status(id(&there))["reblogged"], true);

    for action in ["unfavourite", "unreblog"] {
        bob.post(&format!("/api/v1/statuses/{}/{action}", id(&there)), json!({})).ok();
    }
    settle(&alice, &bob);
    let seen = alice.status(id(&post));
    assert_eq!(seen["favourites_count"], 0);
    assert_eq!(seen["reblogs_count"], 0);
    assert!(alice.notifications("favourite").is_empty());
    assert!(alice.notifications("reblog").is_empty());
    assert_eq!(alice.get(&format!("/api/v1/statuses/{}/reblogged_by", id(&post))).ok(), json!([]));
}

#[test]
fn an_edit_arrives_with_its_history() {
    let (alice, bob) = friends();
    let post = alice.posts("A tpyo");
    settle(&alice, &bob);
    let edit = json!({"status": "A typo", "spoiler_text": ""});
    alice.call("PUT", &format!("/api/v1/statuses/{}", id(&post)), Some(edit)).ok();
    settle(&alice, &bob);

    let there = in_home(&bob, &post["uri"]).unwrap();
    assert!(there["content"].as_str().unwrap().contains("A typo"));
    assert!(there["edited_at"].is_string());
    let history = bob.get(&format!("/api/v1/statuses/{}/history", id(&there))).ok();
    assert_eq!(history.as_array().unwrap().len(), 2);
    assert!(history[0]["content"].as_str().unwrap().contains("tpyo"));
}

#[test]
fn a_deleted_post_is_gone_everywhere_and_answers_410() {
    let (alice, bob) = friends();
    let post = alice.posts("Oops");
    settle(&alice, &bob);
    let there = in_home(&bob, &post["uri"]).unwrap();
    alice.call("DELETE", &format!("/api/v1/statuses/{}", id(&post)), None).ok();
    settle(&alice, &bob);

    assert!(in_home(&bob, &post["uri"]).is_none());
    assert_eq!(bob.get(&format!("/api/v1/statuses/{}", id(&there))).status, 404);
    let gone = alice.document(post["uri"].as_str().unwrap());
    assert_eq!(gone.status, 410);
    assert_eq!(gone.json["type"], "Tombstone");
}

#[test]
fn each_visibility_reaches_whom_it_is_for() {
    let (alice, bob) = friends();
    let carol = Taure::named("carol"); // follows nobody
    let carol_here = alice.finds(&carol.handle());
    assert_eq!(carol_here["username"], "carol");
    let post = |visibility: &str, text: &str| {
        let post = alice.post("/api/v1/statuses", json!({"status": text, "visibility": visibility})).ok();
        settle(&alice, &bob);
        carol.settles();
        post
    };

    for visibility in ["public", "unlisted", "private"] {
        let sent = post(visibility, "to my followers at least");
        let there = in_home(&bob, &sent["uri"]).unwrap_or_else(|| panic!("{visibility} did not arrive"));
        assert_eq!(there["visibility"], visibility);
        let open = visibility != "private";
        assert_eq!(alice.document(sent["uri"].as_str().unwrap()).status, if open { 200 } else { 404 });
        let stranger = alice.as_stranger(&format!("/api/v1/statuses/{}", id(&sent)));
        assert_eq!(stranger.status, if open { 200 } else { 404 });
    }
    let direct = post("direct", &format!("{} a secret", carol.handle()));
    assert!(in_home(&bob, &direct["uri"]).is_none(), "a direct post reached somebody else");
    let seen = carol.notifications("mention");
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["status"]["visibility"], "direct");
    assert_eq!(alice.as_stranger(&format!("/api/v1/statuses/{}", id(&direct))).status, 404);
    assert_eq!(alice.document(direct["uri"].as_str().unwrap()).status, 404);
}

#[test]
fn a_locked_account_is_asked_first() {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    bob.call("PATCH", "/api/v1/accounts/update_credentials", Some(json!({"locked": true}))).ok();
    bob.settles();
    let bob_here = follow(&alice, &bob);
    assert_eq!(alice.relationship(&bob_here)["requested"], true);
    assert_eq!(alice.relationship(&bob_here)["following"], false);

    let asked = bob.get("/api/v1/follow_requests").ok();
    assert_eq!(asked.as_array().unwrap().len(), 1);
    assert_eq!(bob.notifications("follow_request").len(), 1);
    let alice_there = id(&asked[0]).to_owned();
    bob.post(&format!("/api/v1/follow_requests/{alice_there}/reject"), json!({})).ok();
    settle(&alice, &bob);
    assert_eq!(alice.relationship(&bob_here)["requested"], false);

    follow(&alice, &bob);
    bob.post(&format!("/api/v1/follow_requests/{alice_there}/authorize"), json!({})).ok();
    settle(&alice, &bob);
    assert_eq!(alice.relationship(&bob_here)["following"], true);
    assert_eq!(bob.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
    assert!(bob.notifications("follow_request").is_empty());
}

#[test]
fn a_block_ends_everything_between_two_people() {
    let (alice, bob) = friends();
    let alice_there = bob.finds(&alice.handle());
    bob.post(&format!("/api/v1/accounts/{}/block", id(&alice_there)), json!({})).ok();
    settle(&alice, &bob);

    let relation = bob.relationship(id(&alice_there));
    assert_eq!(relation["blocking"], true);
    assert_eq!(relation["following"], false);
    assert_eq!(relation["followed_by"], false);
    let bob_here = alice.finds(&bob.handle());
    let relation = alice.relationship(id(&bob_here));
    assert_eq!(relation["following"], false);
    assert_eq!(relation["blocked_by"], true);

    // What she sends after that is not seen.
    alice.posts(&format!("{} hello?", bob.handle()));
    settle(&alice, &bob);
    assert!(bob.notifications("mention").is_empty());
}

#[test]
fn a_followed_hashtag_brings_a_strangers_post_home() {
    let alice = Taure::named("alice");
    let stranger = crate::peer::Peer::new("stranger");
    alice.post("/api/v1/tags/horns/follow", json!({})).ok();
    for (tag, expected) in [("horns", 1), ("drums", 1)] {
        let mut note = stranger.note(&format!("<p>#{tag}</p>"), &[]);
        note["cc"] = json!([alice.actor()]); // so that it is for this house at all
        note["tag"] =
            json!([{"type": "Hashtag", "name": format!("#{tag}"), "href": "https://example.org/tags/x"}]);
        stranger.publish(note["id"].as_str().unwrap(), note.clone());
        assert_eq!(stranger.delivers(&alice, &stranger.create(&note)).status, 202);
        alice.settles();
        assert_eq!(alice.home().len(), expected, "after #{tag}");
    }
}
