//! What stands in home: <https://docs.joinmastodon.org/methods/timelines/#home>, as Mastodon's `FeedManager` has it.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use taure::model::StatusId;
use taure::model::time::{HOUR, SECOND};
use taure::store::home;

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

/// Posts and boosts of home by their original's address, newest first; each row is what it shows.
fn shows(taure: &Taure) -> Vec<String> {
    let shown = |row: &Value| {
        let original = if row["reblog"].is_null() { row } else { &row["reblog"] };
        original["uri"].as_str().unwrap().to_owned()
    };
    let rows = taure.home();
    // The rule for streams is the same.
    for row in &rows {
        let status = StatusId(id(row).parse().unwrap());
        let app = taure.app();
        assert!(app.store.read(|c| home::home_has(c, status, app.now())).unwrap());
    }
    rows.iter().map(shown).collect()
}

fn has(taure: &Taure, note: &Value) -> bool {
    shows(taure).iter().any(|uri| note["id"] == **uri)
}

#[track_caller]
fn arrives(taure: &Taure, by: &Peer, activity: &Value) {
    assert_eq!(by.delivers(taure, activity).status, 202);
    taure.settles();
}

/// A public post with what `change` makes of it.
#[track_caller]
fn posts(taure: &Taure, by: &Peer, html: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut note = by.note(html, &[]);
    note["published"] = json!(taure.clock.now().to_string());
    change(&mut note);
    by.publish(note["id"].as_str().unwrap(), note.clone());
    arrives(taure, by, &by.create(&note));
    note
}

fn answers(to: &Value) -> impl FnOnce(&mut Value) {
    let to = to["id"].clone();
    move |note| note["inReplyTo"] = to
}

#[track_caller]
fn boosts(taure: &Taure, by: &Peer, note: &Value) -> Value {
    let mut boost = by.activity("Announce", note["id"].clone());
    boost["published"] = json!(taure.clock.now().to_string());
    arrives(taure, by, &boost);
    boost
}

#[track_caller]
fn does(taure: &Taure, account: &Value, what: &str, how: Value) {
    taure.post(&format!("/api/v1/accounts/{}/{what}", id(account)), how).ok();
    taure.settles();
}

#[test]
fn answers_to_people_who_are_not_followed_stay_out_and_come_in_with_a_follow() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    bob.is_followed_by(&taure);
    let theirs = carol.note("<p>Hello</p>", &[]);
    let found = taure.finds_status(theirs["id"].as_str().unwrap());
    let to_carol = posts(&taure, &bob, "to Carol", answers(&theirs));
    let to_himself = posts(&taure, &bob, "to myself", answers(&to_carol));
    let own = taure.posts("Mine");
    let to_owner = posts(&taure, &bob, "to Alice", |note| note["inReplyTo"] = own["uri"].clone());
    let to_nobody_known = posts(&taure, &bob, "to a page that is gone", |note| {
        note["inReplyTo"] = json!(format!("{}/notes/gone", carol.base));
    });
    taure.later(HOUR); // the parent is looked for again
    taure.settles();
    assert!(!has(&taure, &to_carol) && has(&taure, &to_himself) && has(&taure, &to_owner));
    assert!(!has(&taure, &to_nobody_known));
    let mine = taure.post("/api/v1/statuses", json!({"status": "me too", "in_reply_to_id": id(&found)})).ok();
    assert!(taure.home().iter().any(|s| s["id"] == mine["id"]), "the owner's own answers");

    carol.is_followed_by(&taure);
    assert!(has(&taure, &to_carol), "nothing of the past is rewritten");
    does(&taure, &found["account"], "unfollow", json!({}));
    assert!(!has(&taure, &to_carol));
}

#[test]
fn what_stood_near_the_top_is_not_shown_again_because_somebody_boosts_it() {
    let taure = Taure::new();
    let (bob, carol, erin) = (Peer::new("bob"), Peer::new("carol"), Peer::new("erin"));
    let bob_here = bob.is_followed_by(&taure);
    carol.is_followed_by(&taure);
    let note = erin.note("<p>Worth it</p>", &[]);
    let first = boosts(&taure, &bob, &note);
    boosts(&taure, &carol, &note);
    assert_eq!(shows(&taure), [note["id"].as_str().unwrap()], "one boost of two");
    assert_eq!(taure.home()[0]["account"]["id"], bob_here["id"]);

    // The first one goes, in one way or another: the second one shows.
    does(&taure, &bob_here, "mute", json!({"duration": 60}));
    assert_eq!(taure.home()[0]["account"]["username"], "carol");
    taure.later(61 * SECOND);
    taure.settles();
    assert_eq!(taure.home()[0]["account"]["username"], "bob");
    does(&taure, &bob_here, "follow", json!({"reblogs": false}));
    assert_eq!(taure.home()[0]["account"]["username"], "carol");
    does(&taure, &bob_here, "follow", json!({"reblogs": true}));
    arrives(&taure, &bob, &bob.activity("Undo", first));
    assert_eq!(taure.home().len(), 1);
    assert_eq!(taure.home()[0]["account"]["username"], "carol");

    // Nor is a post whose author is followed, and stands there itself.
    let own = posts(&taure, &carol, "Mine", |_| ());
    boosts(&taure, &bob, &own);
    let is_own = |row: &&Value| row["uri"] == own["id"] || row["reblog"]["uri"] == own["id"];
    assert_eq!(taure.home().iter().filter(is_own).count(), 1);
    // What has sunk is shown again.
    for n in 0..40 {
        taure.posts(&format!("between {n}"));
    }
    boosts(&taure, &carol, &own);
    assert_eq!(taure.home()[0]["reblog"]["uri"], own["id"]);
}

#[test]
fn a_boost_of_an_answer_that_home_does_not_show_is_shown() {
    let (taure, bob, carol, erin) = (Taure::new(), Peer::new("bob"), Peer::new("carol"), Peer::new("erin"));
    bob.is_followed_by(&taure);
    carol.is_followed_by(&taure);
    let theirs = erin.note("<p>Hello</p>", &[]);
    taure.finds_status(theirs["id"].as_str().unwrap());
    let hidden = posts(&taure, &bob, "to Erin", answers(&theirs));
    assert!(!has(&taure, &hidden));
    boosts(&taure, &carol, &hidden);
    assert!(has(&taure, &hidden));
    // The owner's own answers do show, so a boost of one says nothing new.
    let erins = id(&taure.finds_status(theirs["id"].as_str().unwrap()));
    let own = taure.post("/api/v1/statuses", json!({"status": "to Erin", "in_reply_to_id": erins})).ok();
    boosts(&taure, &carol, &json!({"id": own["uri"]}));
    assert_eq!(shows(&taure).iter().filter(|uri| own["uri"] == **uri).count(), 1);
}

#[test]
fn a_mute_hides_what_they_write_what_others_boost_of_it_and_where_they_are_named_until_it_ends() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let bob_here = bob.is_followed_by(&taure);
    carol.is_followed_by(&taure);
    let own = posts(&taure, &bob, "Mine", |_| ());
    let other = bob.note("<p>Older</p>", &[]);
    boosts(&taure, &carol, &other);
    let naming = posts(&taure, &carol, "Hello Bob", |note| {
        note["tag"] = json!([{"type": "Mention", "href": bob.actor(), "name": bob.handle()}]);
        note["cc"].as_array_mut().unwrap().push(json!(bob.actor()));
    });
    let all = [&own, &other, &naming];
    assert!(all.iter().all(|note| has(&taure, note)));
    does(&taure, &bob_here, "mute", json!({"duration": 3600}));
    assert!(!all.iter().any(|note| has(&taure, note)));
    taure.later(HOUR + SECOND);
    taure.settles();
    assert!(all.iter().all(|note| has(&taure, note)), "it has run out: {:?}", shows(&taure));
    does(&taure, &bob_here, "block", json!({}));
    assert!(!all.iter().any(|note| has(&taure, note)));
}

#[test]
fn a_member_of_an_exclusive_list_is_read_there_and_not_in_home() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let bob_here = bob.is_followed_by(&taure);
    carol.is_followed_by(&taure);
    let list = taure.post("/api/v1/lists", json!({"title": "Apart", "exclusive": true})).ok();
    taure
        .post(&format!("/api/v1/lists/{}/accounts", id(&list)), json!({"account_ids": [id(&bob_here)]}))
        .ok();
    let note = posts(&taure, &bob, "Apart", |_| ());
    let path = format!("/api/v1/timelines/list/{}", id(&list));
    let in_list = || taure.get(&path).ok().as_array().unwrap().iter().any(|s| s["uri"] == note["id"]);
    assert!(!has(&taure, &note) && in_list());
    // Carol is not in the list: her boost is news, since the post itself does not show.
    boosts(&taure, &carol, &note);
    assert!(has(&taure, &note));
    assert_eq!(taure.home()[0]["account"]["username"], "carol");
    taure.call("PUT", &format!("/api/v1/lists/{}", id(&list)), Some(json!({"exclusive": "false"}))).ok();
    assert!(taure.home().iter().any(|s| s["uri"] == note["id"]));
    assert!(in_list());
}

#[test]
fn a_followed_tag_brings_public_posts_whoever_they_answer_while_it_is_followed() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    taure.post("/api/v1/tags/Tea/follow", json!({})).ok();
    let own = taure.posts("What do you drink?");
    let tagged = |note: &mut Value| {
        note["tag"] = json!([{"type": "Hashtag", "name": "#tea", "href": "https://x.example/tags/tea"}]);
    };
    // Answers to the owner come here though nobody follows Bob.
    let uri = own["uri"].clone();
    let tea = posts(&taure, &bob, "#tea", |note| {
        tagged(note);
        note["inReplyTo"] = uri.clone();
    });
    let plain = posts(&taure, &bob, "milk", |note| note["inReplyTo"] = uri.clone());
    assert!(has(&taure, &tea) && !has(&taure, &plain));
    carol.is_followed_by(&taure);
    let chain = posts(&taure, &carol, "#tea to Bob", |note| {
        tagged(note);
        note["inReplyTo"] = tea["id"].clone();
    });
    assert!(has(&taure, &chain), "though Bob is not followed");
    taure.post("/api/v1/tags/tea/unfollow", json!({})).ok();
    assert!(!has(&taure, &tea) && !has(&taure, &chain));
    taure.post("/api/v1/tags/tea/follow", json!({})).ok();
    let bob_here = taure.finds(&bob.handle());
    does(&taure, &bob_here, "mute", json!({}));
    assert!(!has(&taure, &tea));
}

#[test]
fn a_follow_brings_what_is_known_already_in_the_wanted_languages() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let known = |language: &str| {
        let mut note = bob.note("<p>Old</p>", &[]);
        note["contentMap"] = json!({language: "<p>Old</p>"});
        bob.publish(note["id"].as_str().unwrap(), note.clone());
        taure.finds_status(note["id"].as_str().unwrap());
        note
    };
    let (latvian, english) = (known("lv"), known("en"));
    let bob_here = taure.finds(&bob.handle());
    does(&taure, &bob_here, "follow", json!({"languages": ["lv"]}));
    let accept = bob.activity("Accept", bob.received_of("Follow").pop().unwrap());
    arrives(&taure, &bob, &accept);
    assert!(has(&taure, &latvian) && !has(&taure, &english), "{:?}", taure.home());
}
