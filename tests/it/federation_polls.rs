//! Polls between servers: asked here and voted there, and the other way round.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use std::path::Path;
use taure::model::time::{HOUR, MINUTE};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

/// What was voted for, option by option.
fn tallies(poll: &Value) -> Vec<i64> {
    poll["options"].as_array().unwrap().iter().map(|o| o["votes_count"].as_i64().unwrap()).collect()
}

#[track_caller]
fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

fn asks(taure: &Taure, more: Value) -> Value {
    let mut poll = json!({"options": ["Tea", "Coffee"], "expires_in": 86_400});
    poll.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    taure.post("/api/v1/statuses", json!({"status": "What?", "poll": poll})).ok()
}

fn vote(taure: &Taure, poll: &str, choices: Value) -> crate::harness::Answer {
    taure.post(&format!("/api/v1/polls/{poll}/votes"), json!({"choices": choices}))
}

/// A document in the shape of some software, as if it came from `peer` and were about `status` of `taure`.
fn fixture(file: &str, peer: &Peer, actor: &str, taure: &Taure, status: &Value) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let host = actor.split('/').nth(2).unwrap();
    let text = text
        .replace(
            "https://home.example/users/owner/statuses/1",
            status["uri"].as_str().unwrap_or("https://none.example"),
        )
        .replace("https://home.example/users/owner", &taure.actor())
        .replace(actor, &peer.actor())
        .replace(&format!("https://{host}"), &peer.base);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn an_own_poll_goes_out_as_a_question_wherever_it_is_read() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let post = asks(&taure, json!({"multiple": true}));
    taure.settles();
    let create = peer.received_of("Create").pop().unwrap();
    let outbox = taure.document(&format!("{}/outbox/page", taure.actor())).ok();
    let document = taure.document(post["uri"].as_str().unwrap()).ok();
    for question in [&create["object"], &document, &outbox["orderedItems"][0]["object"]] {
        assert_eq!(question["type"], "Question");
        assert_eq!(question["anyOf"][1]["name"], "Coffee");
        assert_eq!(question["anyOf"][1]["replies"]["totalItems"], 0);
        assert_eq!(question["votersCount"], 0);
        assert!(question["endTime"].is_string() && question.get("closed").is_none(), "{question}");
    }
    assert_eq!(document["@context"][1]["votersCount"], "toot:votersCount");
}

#[test]
fn votes_are_counted_once_and_told_together() {
    let (taure, bob, carol, dave) = (Taure::new(), Peer::new("bob"), Peer::new("carol"), Peer::new("dave"));
    bob.follows(&taure);
    let post = asks(&taure, json!({}));
    taure.settles();
    bob.votes(&taure, &post, &["Tea", "Tea", "Coffee"]);
    carol.votes(&taure, &post, &["coffee", "Water", "Coffee"]);
    let poll = taure.status(&id(&post))["poll"].clone();
    assert_eq!((tallies(&poll), &poll["voters_count"]), (vec![1, 1], &json!(2)));
    assert!(taure.notifications("mention").is_empty(), "a vote is no message");

    assert!(bob.received_of("Update").is_empty());
    taure.later(4 * MINUTE);
    taure.settles();
    for peer in [&bob, &carol] {
        let updates = peer.received_of("Update");
        assert_eq!(updates.len(), 1, "followers and voters, once for both votes");
        assert_eq!(updates[0]["object"]["oneOf"][0]["replies"]["totalItems"], 1);
        assert_eq!(updates[0]["object"]["votersCount"], 2);
        assert!(updates[0]["object"].get("updated").is_none(), "no edit");
    }
    taure.later(25 * HOUR);
    taure.settles();
    let last = bob.received_of("Update").pop().unwrap();
    assert_eq!(last["object"]["closed"], last["object"]["endTime"]);
    assert_eq!(bob.received_of("Update").len(), 2);
    dave.votes(&taure, &post, &["Tea"]);
    assert_eq!(tallies(&taure.status(&id(&post))["poll"]), [1, 1], "it is over");
    assert_eq!(taure.notifications("poll").len(), 1);
}

#[test]
fn several_choices_are_one_voter_and_hidden_totals_are_told_at_the_end_only() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&taure);
    let post = asks(&taure, json!({"multiple": true, "hide_totals": true}));
    bob.votes(&taure, &post, &["Tea", "Coffee", "Tea"]);
    let poll = taure.status(&id(&post))["poll"].clone();
    assert_eq!(poll["options"][0]["votes_count"], json!(null));
    assert_eq!((&poll["votes_count"], &poll["voters_count"]), (&json!(2), &json!(1)));
    let served = taure.document(post["uri"].as_str().unwrap()).ok();
    assert_eq!(served["anyOf"][0]["replies"], json!({"type": "Collection"}));
    taure.later(2 * HOUR);
    taure.settles();
    assert!(bob.received_of("Update").is_empty());
    taure.later(23 * HOUR);
    taure.settles();
    let told = bob.received_of("Update");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["object"]["anyOf"][1]["replies"]["totalItems"], 1);
}

#[test]
fn votes_of_mastodon_misskey_pleroma_and_gotosocial_count() {
    let taure = Taure::new();
    for (file, actor, expected) in [
        ("mastodon/create_vote.json", "https://mastodon.example/users/alice", [1, 0]),
        ("misskey/create_vote.json", "https://misskey.example/users/9m1", [1, 0]),
        ("pleroma/create_vote.json", "https://pleroma.example/users/lain", [1, 0]),
        ("gotosocial/create_votes.json", "https://gts.example/users/gus", [1, 1]),
    ] {
        let (peer, post) = (Peer::new("voter"), asks(&taure, json!({"multiple": true})));
        let create = fixture(file, &peer, actor, &taure, &post);
        for _ in 0..2 {
            takes(&taure, &peer, &create);
        }
        let poll = taure.status(&id(&post))["poll"].clone();
        assert_eq!((tallies(&poll), &poll["voters_count"]), (expected.to_vec(), &json!(1)), "{file}");
    }
    assert!(taure.notifications("mention").is_empty());
}

#[test]
fn nobody_votes_for_others_nor_in_a_poll_that_is_not_for_them() {
    let (taure, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let post = asks(&taure, json!({}));
    let mut forged =
        fixture("mastodon/create_vote.json", &bob, "https://mastodon.example/users/alice", &taure, &post);
    forged["id"] = json!(mallory.new_id("votes"));
    takes(&taure, &mallory, &forged);
    forged["actor"] = json!(mallory.actor());
    takes(&taure, &mallory, &forged);
    assert_eq!(tallies(&taure.status(&id(&post))["poll"]), [0, 0]);

    let poll = json!({"options": ["Tea", "Coffee"], "expires_in": 86_400});
    let hidden = json!({"status": "for friends", "visibility": "private", "poll": poll});
    let hidden = taure.post("/api/v1/statuses", hidden).ok();
    bob.follows(&taure);
    bob.votes(&taure, &hidden, &["Tea"]);
    mallory.votes(&taure, &hidden, &["Coffee"]);
    assert_eq!(tallies(&taure.status(&id(&hidden))["poll"]), [1, 0]);
    taure.later(4 * MINUTE);
    taure.settles();
    assert_eq!(bob.received_of("Update").len(), 1);
    assert!(mallory.received_of("Update").is_empty());
}

#[test]
fn somebody_elses_poll_is_shown_voted_in_and_its_end_told() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut question = peer.asks(&["Tea", "Coffee"], &[&taure]);
    takes(&taure, &peer, &peer.create(&question));
    let status = taure.finds_status(question["id"].as_str().unwrap());
    let poll = id(&status["poll"]);
    assert_eq!(status["content"], "<p>What?</p>");
    assert_eq!((&status["poll"]["voted"], &status["poll"]["own_votes"]), (&json!(false), &json!([])));

    for (choices, says) in [
        (json!([2]), "The chosen vote option does not exist"),
        (json!(["x"]), "The chosen vote option does not exist"),
        (json!([-1]), "The chosen vote option does not exist"),
        (json!([0, 1]), "You have already voted on this poll"),
    ] {
        let refused = vote(&taure, &poll, choices);
        assert_eq!(
            (refused.status, &refused.json["error"]),
            (422, &json!(format!("Validation failed: {says}")))
        );
    }
    let voted = vote(&taure, &poll, json!(["1"])).ok();
    assert_eq!((&voted["voted"], &voted["own_votes"]), (&json!(true), &json!([1])));
    assert_eq!((tallies(&voted), &voted["voters_count"]), (vec![0, 1], &json!(1)));
    let again = vote(&taure, &poll, json!([0]));
    assert_eq!(again.json["error"], "Validation failed: You have already voted on this poll");
    taure.settles();
    let sent = peer.received_of("Create");
    assert_eq!(sent.len(), 1);
    let object = &sent[0]["object"];
    assert_eq!((&object["name"], &object["inReplyTo"]), (&json!("Coffee"), &question["id"]));
    assert!(object.get("content").is_none() && object.get("cc").is_none() && sent[0].get("cc").is_none());
    assert_eq!(object["to"], json!([peer.actor()]));

    // Its server tells how it stands, without an edit; an old count of others does not take the vote away.
    question["oneOf"][0]["replies"]["totalItems"] = json!(6);
    question["oneOf"][1]["replies"]["totalItems"] = json!(3);
    question["votersCount"] = json!(9);
    takes(&taure, &peer, &peer.activity("Update", question.clone()));
    let known = taure.status(&id(&status));
    assert_eq!((tallies(&known["poll"]), &known["poll"]["own_votes"]), (vec![6, 3], &json!([1])));
    assert_eq!(known["edited_at"], json!(null));

    // The last count is fetched when it is over.
    question["oneOf"][0]["replies"]["totalItems"] = json!(7);
    question["closed"] = question["endTime"].clone();
    peer.publish(question["id"].as_str().unwrap(), question.clone());
    taure.later(HOUR + MINUTE);
    taure.settles();
    assert!(taure.notifications("poll").is_empty(), "its server is still counting");
    let late = vote(&taure, &poll, json!([0]));
    assert_eq!(late.json["error"], "Validation failed: The poll has already ended");
    taure.later(5 * MINUTE);
    taure.settles();
    let told = taure.notifications("poll");
    assert_eq!(told.len(), 1);
    assert_eq!(tallies(&told[0]["status"]["poll"]), [7, 3]);
    assert_eq!(told[0]["account"]["acct"], peer.handle()[1..]);
    takes(&taure, &peer, &peer.activity("Update", question));
    taure.later(HOUR);
    taure.settles();
    assert_eq!(taure.notifications("poll").len(), 1);
}

#[test]
fn a_poll_that_is_looked_at_is_asked_for_at_most_once_a_minute() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut question = peer.asks(&["Tea", "Coffee"], &[&taure]);
    takes(&taure, &peer, &peer.create(&question));
    let poll = id(&taure.finds_status(question["id"].as_str().unwrap()));
    question["oneOf"][0]["replies"]["totalItems"] = json!(5);
    let at = question["id"].as_str().unwrap().to_owned();
    peer.publish(&at, question.clone());
    let path = format!("/api/v1/polls/{poll}");
    let asked = || peer.asked().iter().filter(|path| at.ends_with(path.as_str())).count();
    let before = asked();

    assert_eq!(tallies(&taure.get(&path).ok()), [0, 0], "it came a moment ago");
    taure.later(2 * MINUTE);
    assert_eq!(tallies(&taure.as_stranger(&path).ok()), [0, 0], "strangers make us ask nobody");
    assert_eq!(asked(), before);
    for _ in 0..3 {
        assert_eq!(tallies(&taure.get(&path).ok()), [5, 0]);
    }
    assert_eq!(asked(), before + 1);
    // A server that is gone is no reason not to answer, nor to be asked each time.
    peer.answer(&at, 500, json!({}));
    taure.later(2 * MINUTE);
    for _ in 0..3 {
        assert_eq!(tallies(&taure.get(&path).ok()), [5, 0]);
    }
    assert!(asked() <= before + 3);
}

#[test]
fn the_options_change_only_with_a_new_version_and_take_the_vote_along() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut question = peer.asks(&["Tea", "Coffee"], &[&taure]);
    takes(&taure, &peer, &peer.create(&question));
    let status = taure.finds_status(question["id"].as_str().unwrap());
    vote(&taure, &id(&status), json!([0])).ok();
    question["oneOf"][1]["name"] = json!("Milk");
    takes(&taure, &peer, &peer.activity("Update", question.clone()));
    let poll = taure.status(&id(&status))["poll"].clone();
    assert_eq!((&poll["options"][1]["title"], &poll["own_votes"]), (&json!("Coffee"), &json!([0])));

    question["updated"] = json!(taure.clock.now().to_string());
    takes(&taure, &peer, &peer.activity("Update", question.clone()));
    let poll = taure.status(&id(&status))["poll"].clone();
    assert_eq!((&poll["options"][1]["title"], &poll["voted"]), (&json!("Milk"), &json!(false)));
    let history = taure.get(&format!("/api/v1/statuses/{}/history", id(&status))).ok();
    assert_eq!(history[0]["poll"]["options"][1]["title"], "Coffee");
    vote(&taure, &id(&status), json!([1])).ok();

    question["type"] = json!("Note");
    question["updated"] = json!(taure.clock.now().plus(MINUTE).to_string());
    taure.later(2 * MINUTE);
    takes(&taure, &peer, &peer.activity("Update", question));
    assert_eq!(taure.status(&id(&status))["poll"], json!(null));
    taure.later(2 * HOUR);
    taure.settles();
    assert!(taure.notifications("poll").is_empty());
}

#[test]
fn questions_of_four_kinds_of_software_become_polls() {
    let taure = Taure::new();
    for (file, actor, multiple, expected) in [
        ("mastodon/question.json", "https://mastodon.example/users/alice", false, vec![2, 1]),
        ("misskey/create_question.json", "https://misskey.example/users/9m1", true, vec![4, 0, 1]),
        ("pleroma/create_question.json", "https://pleroma.example/users/lain", false, vec![1, 0]),
        ("gotosocial/create_question.json", "https://gts.example/users/gus", false, vec![1, 0]),
    ] {
        let peer = Peer::new("asker");
        peer.is_followed_by(&taure);
        let read = fixture(file, &peer, actor, &taure, &Value::Null);
        let create = if read["type"] == "Create" { read } else { peer.create(&read) };
        takes(&taure, &peer, &create);
        let status = taure.finds_status(create["object"]["id"].as_str().unwrap());
        let poll = &status["poll"];
        assert_eq!((tallies(poll), &poll["multiple"]), (expected, &json!(multiple)), "{file}");
        assert_eq!(poll["expires_at"].is_null(), file.starts_with("misskey"), "{file}");
        // No choice of the owner's can be sent to what has ended, and fixtures are of the past.
        assert_eq!(poll["expired"], !file.starts_with("misskey"), "{file}");
        if poll["expired"] == false {
            vote(&taure, &id(poll), json!([0, 2])).ok();
            let more = vote(&taure, &id(poll), json!(["1"])).ok();
            assert_eq!((&more["own_votes"], tallies(&more)), (&json!([0, 2, 1]), vec![5, 1, 2]));
            taure.settles();
            assert_eq!(peer.received_of("Create").len(), 3);
        }
    }
    let peer = Peer::new("broken");
    let mut broken = peer.note("<p>What?</p>", &[&taure]);
    broken["type"] = json!("Question");
    takes(&taure, &peer, &peer.create(&broken));
    assert_eq!(taure.finds_status(broken["id"].as_str().unwrap())["poll"], json!(null));
}

#[test]
fn two_houses_ask_each_other() {
    let (alice, bella) = (Taure::new(), Taure::named("bella"));
    let follow = bella.finds(&alice.handle());
    bella.post(&format!("/api/v1/accounts/{}/follow", id(&follow)), json!({})).ok();
    let settle = || {
        for _ in 0..3 {
            alice.settles();
            bella.settles();
        }
    };
    settle();
    let post = asks(&alice, json!({"multiple": true}));
    settle();
    let seen = bella.home()[0].clone();
    assert_eq!((&seen["uri"], &seen["poll"]["multiple"]), (&post["uri"], &json!(true)));
    vote(&bella, &id(&seen["poll"]), json!([1])).ok();
    settle();
    assert_eq!(tallies(&alice.status(&id(&post))["poll"]), [0, 1]);
    Peer::new("carol").votes(&alice, &post, &["Tea"]);
    alice.later(4 * MINUTE);
    settle();
    let poll = bella.status(&id(&seen))["poll"].clone();
    assert_eq!((tallies(&poll), &poll["voters_count"]), (vec![1, 1], &json!(2)));

    let hidden = asks(&alice, json!({"hide_totals": true}));
    settle();
    let unseen = bella.home()[0].clone();
    assert_eq!(unseen["uri"], hidden["uri"]);
    assert_eq!(unseen["poll"]["options"][0]["votes_count"], json!(null), "as hidden there as here");

    // A vote in a boost's inside is a vote in the original.
    let boost = bella.post(&format!("/api/v1/statuses/{}/reblog", id(&seen)), json!({})).ok();
    assert_eq!(boost["reblog"]["poll"]["own_votes"], json!([1]));
    settle();
    for house in [&alice, &bella] {
        house.later(25 * HOUR);
    }
    settle();
    assert_eq!(alice.notifications("poll").len(), 2);
    assert_eq!(bella.notifications("poll").len(), 1, "for the one that Bella voted in");
    assert_eq!(bella.status(&id(&seen))["poll"]["expired"], true);
    assert_eq!(tallies(&bella.status(&id(&unseen))["poll"]), [0, 0]);
}
