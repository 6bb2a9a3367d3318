//! Old posts of others go, and whatever the owner did anything with stays, with its thread.

use crate::harness::Taure;
use crate::peer::{AS, Peer};
use serde_json::{Value, json};
use taure::model::time::DAY;
use taure::model::{Job, Status, StatusId, Timestamp, Visibility};
use taure::store::{Tx, accounts, jobs, statuses};

pub fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

pub fn is_here(taure: &Taure, of: &Value) -> bool {
    let uri = of["uri"].as_str().or(of["id"].as_str()).unwrap();
    taure.app().store.read(|c| statuses::by_uri(c, uri)).unwrap().is_some()
}

/// A post of the peer's that has arrived.
pub fn says(peer: &Peer, taure: &Taure, html: &str) -> Value {
    let note = peer.note(html, &[]);
    takes(taure, peer, &peer.create(&note));
    assert!(is_here(taure, &note));
    note
}

pub fn answers(peer: &Peer, taure: &Taure, to: &Value, html: &str) -> Value {
    let mut note = peer.note(html, &[]);
    note["inReplyTo"] = to["id"].clone();
    takes(taure, peer, &peer.create(&note));
    assert!(is_here(taure, &note));
    note
}

pub fn act(taure: &Taure, of: &Value, verb: &str) {
    let known = taure.finds_status(of["id"].as_str().unwrap());
    taure.post(&format!("/api/v1/statuses/{}/{verb}", known["id"].as_str().unwrap()), json!({})).ok();
    taure.settles();
}

pub fn months_later(taure: &Taure, days: i64) {
    taure.later(days * DAY);
    // The hour's tidying, which the server queues by itself a moment later.
    taure.app().store.write(|tx| jobs::push(tx, "", &Job::TidyUp)).unwrap();
    taure.settles();
}

#[test]
fn what_nobody_touched_is_forgotten_and_can_come_back() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    let old = says(&bob, &alice, "<p>old</p>");
    months_later(&alice, 60);
    let newer = says(&bob, &alice, "<p>newer</p>");
    months_later(&alice, 31);
    assert!(is_here(&alice, &newer));
    assert!(!is_here(&alice, &old));
    assert_eq!(alice.home().len(), 1);
    // It is no grave: who looks for it finds it, and it stays for as long again.
    let found = alice.finds_status(old["id"].as_str().unwrap());
    assert_eq!(found["content"], "<p>old</p>");
    months_later(&alice, 31);
    assert!(is_here(&alice, &old), "it came a month ago");
    months_later(&alice, 70);
    assert!(!is_here(&alice, &old) && !is_here(&alice, &newer));
}

/// Each week it began at the oldest again, however far it had come.
#[test]
fn a_round_that_takes_longer_than_a_week_reaches_the_end() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    let last = says(&bob, &alice, "<p>the last of many</p>");
    // Letters stay.
    let store = &alice.app().store;
    let letters = |tx: &Tx| {
        let by = accounts::by_uri(tx, &bob.actor())?.unwrap().id;
        (0..10_100).try_for_each(|n| {
            let at = Timestamp(tx.now.0 - 300 * DAY + n);
            let uri = format!("{}/letters/{n}", bob.base);
            let (account_id, visibility) = (by, Visibility::Direct);
            let letter = Status {
                id: StatusId::at(at),
                uri,
                account_id,
                visibility,
                created_at: at,
                ..Status::default()
            };
            statuses::insert(tx, &letter, false).map(drop)
        })
    };
    store.write(letters).unwrap();
    months_later(&alice, 91);
    assert!(is_here(&alice, &last), "one hour is not enough for all of these");
    for _ in 0..3 {
        months_later(&alice, 8);
    }
    assert!(!is_here(&alice, &last));
}

#[test]
fn what_the_owner_touched_is_kept() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    let kept: Vec<(&str, Value)> = ["favourite", "bookmark", "reblog", "react/%F0%9F%94%A5"]
        .into_iter()
        .map(|verb| {
            let note = says(&bob, &alice, &format!("<p>{verb}</p>"));
            act(&alice, &note, verb);
            (verb, note)
        })
        .collect();
    let mention = bob.note("<p>you</p>", &[&alice]);
    takes(&alice, &bob, &bob.create(&mention));
    let mut letter = bob.note("<p>between us</p>", &[&alice]);
    (letter["to"], letter["cc"]) = (json!([alice.actor()]), json!([]));
    takes(&alice, &bob, &bob.create(&letter));
    let quotable = {
        let mut note = bob.note("<p>quote me</p>", &[]);
        note["interactionPolicy"] =
            json!({"canQuote": {"automaticApproval": "https://www.w3.org/ns/activitystreams#Public"}});
        takes(&alice, &bob, &bob.create(&note));
        note
    };
    let known = alice.finds_status(quotable["id"].as_str().unwrap());
    alice.post("/api/v1/statuses", json!({"status": "look", "quoted_status_id": known["id"]})).ok();
    let question = bob.asks(&["Tea", "Coffee"], &[]);
    takes(&alice, &bob, &bob.create(&question));
    let poll = alice.finds_status(question["id"].as_str().unwrap())["poll"]["id"].clone();
    alice.post(&format!("/api/v1/polls/{}/votes", poll.as_str().unwrap()), json!({"choices": [1]})).ok();
    // Answered tomorrow in a year.
    let planned = says(&bob, &alice, "<p>later</p>");
    let known = alice.finds_status(planned["id"].as_str().unwrap());
    let at = alice.clock.now().plus(365 * DAY).to_string();
    let form = json!({"status": "a year on", "in_reply_to_id": known["id"], "scheduled_at": at});
    alice.post("/api/v1/statuses", form).ok();
    // Pinned by its author, boosted of the owner's, and the owner's own.
    let own = alice.posts("mine");
    let boost = bob.activity("Announce", own["uri"].clone());
    takes(&alice, &bob, &boost);
    let gone = says(&bob, &alice, "<p>nothing</p>");
    let taken_back = says(&bob, &alice, "<p>no more</p>");
    act(&alice, &taken_back, "bookmark");
    act(&alice, &taken_back, "unbookmark");
    alice.settles();
    months_later(&alice, 120);

    for (verb, note) in &kept {
        assert!(is_here(&alice, note), "{verb}");
    }
    for (what, note) in [
        ("planned", &planned),
        ("mention", &mention),
        ("letter", &letter),
        ("quoted", &quotable),
        ("poll", &question),
    ] {
        assert!(is_here(&alice, note), "{what}");
    }
    assert!(is_here(&alice, &own) && is_here(&alice, &boost));
    assert_eq!(alice.status(own["id"].as_str().unwrap())["reblogs_count"], 1);
    assert!(!is_here(&alice, &gone) && !is_here(&alice, &taken_back));
    assert_eq!(alice.get("/api/v1/bookmarks").ok().as_array().unwrap().len(), 1);
    assert_eq!(alice.notifications("mention").len(), 2);
}

#[test]
fn a_thread_is_kept_whole_or_not_at_all() {
    let (alice, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    bob.is_followed_by(&alice);
    carol.is_followed_by(&alice);
    // The owner answered somewhere below; liked somewhere below; somebody wrote below of late; nobody did anything.
    let thread = |name: &str| {
        let root = says(&bob, &alice, &format!("<p>{name}</p>"));
        let middle = answers(&carol, &alice, &root, "<p>middle</p>");
        let beside = answers(&bob, &alice, &root, "<p>beside</p>");
        let below = answers(&bob, &alice, &middle, "<p>below</p>");
        [root, middle, beside, below]
    };
    let [answered, liked, alive, dead] = ["answered", "liked", "alive", "dead"].map(thread);
    let known = alice.finds_status(answered[3]["id"].as_str().unwrap());
    alice.post("/api/v1/statuses", json!({"status": "yes", "in_reply_to_id": known["id"]})).ok();
    act(&alice, &liked[2], "favourite");
    months_later(&alice, 80);
    answers(&carol, &alice, &alive[1], "<p>of late</p>");
    months_later(&alice, 20);
    for (name, posts, stays) in [
        ("answered", &answered, true),
        ("liked", &liked, true),
        ("alive", &alive, true),
        ("dead", &dead, false),
    ] {
        for post in posts {
            assert_eq!(is_here(&alice, post), stays, "{name}: {}", post["content"]);
        }
    }
    // Boosts of others go with their time; what somebody boosted of late stays.
    let note = says(&bob, &alice, "<p>boosted twice</p>");
    let old = carol.activity("Announce", note["id"].clone());
    takes(&alice, &carol, &old);
    months_later(&alice, 85);
    let late = bob.activity("Announce", note["id"].clone());
    takes(&alice, &bob, &late);
    months_later(&alice, 10);
    assert!(!is_here(&alice, &old) && is_here(&alice, &late) && is_here(&alice, &note));
    months_later(&alice, 90);
    assert!(!is_here(&alice, &late) && !is_here(&alice, &note));
}

#[test]
fn pins_stay_and_nothing_goes_where_everything_is_kept() {
    let (mut alice, bob) = (Taure::new(), Peer::new("bob"));
    let pinned = bob.note("<p>pinned</p>", &[]);
    let featured = format!("{}/featured", bob.actor());
    bob.publish(
        &featured,
        json!({"@context": AS, "id": featured, "type": "OrderedCollection", "orderedItems": [pinned]}),
    );
    let mut actor = bob.actor_document();
    actor["featured"] = json!(featured);
    bob.publish(&bob.actor(), actor);
    bob.is_followed_by(&alice);
    alice.settles();
    assert!(is_here(&alice, &pinned));
    months_later(&alice, 100);
    assert!(is_here(&alice, &pinned));
    alice.keeps_posts(0);
    let note = says(&bob, &alice, "<p>for ever</p>");
    months_later(&alice, 1_000);
    assert!(is_here(&alice, &note));
    alice.keeps_posts(30);
    months_later(&alice, 31);
    assert!(!is_here(&alice, &note) && is_here(&alice, &pinned));
}
