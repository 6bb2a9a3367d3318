//! Mutes and blocks: <https://docs.joinmastodon.org/methods/mutes/>, .../blocks/

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use taure::model::time::{HOUR, SECOND};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

#[test]
fn pitfall_101_a_mute_with_an_end_says_it_and_is_gone_the_moment_it_ends() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let (bob, carol) = (id(&taure.finds(&bob.handle())), id(&taure.finds(&carol.handle())));
    let mute = |who: &str, how: Value| taure.post(&format!("/api/v1/accounts/{who}/mute"), how).ok();
    let until = mute(&bob, json!({"duration": "3600"}));
    assert!(until["muting"] == true && until["muting_expires_at"].is_string());
    mute(&carol, json!({"duration": 0, "notifications": false}));
    let mutes = taure.get("/api/v1/mutes").ok();
    assert_eq!((&mutes[0]["id"], &mutes[0]["mute_expires_at"]), (&json!(carol), &Value::Null));
    assert_eq!((&mutes[1]["id"], &mutes[1]["mute_expires_at"]), (&json!(bob), &until["muting_expires_at"]));
    let page = taure.get("/api/v1/mutes?limit=1");
    let header = page.header("link").unwrap();
    assert!(
        header.contains("max_id=") && header.contains("since_id=") && !header.contains(&carol),
        "{header}"
    );

    taure.later(HOUR - 60 * SECOND); // the tidying of that hour is done before it ends
    taure.settles();
    taure.later(61 * SECOND);
    assert_eq!(taure.relationship(&bob)["muting"], false);
    let left = taure.get("/api/v1/mutes?limit=2");
    assert!(!left.header("link").unwrap_or("").contains("rel=\"next\""), "a page of one");
    assert_eq!(left.ok().as_array().unwrap().iter().map(id).collect::<Vec<_>>(), [&*carol]);
    taure.later(HOUR);
    taure.settles();
    let app = taure.app();
    let marked = |who: &str| {
        let account = app.store.read(|c| taure::store::accounts::get(c, who.parse().unwrap())).unwrap();
        account.relation.muting_row.is_some()
    };
    let until = Instant::now() + Duration::from_secs(30);
    while marked(&bob) {
        assert!(Instant::now() < until, "the row is not tidied");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(marked(&carol));
    assert_eq!(mute(&bob, json!({"duration": i64::MAX}))["muting"], true, "a hundred years are enough");
}

#[test]
fn a_mute_takes_their_notifications_away_unless_it_is_to_leave_them() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let mentions = || taure.notifications("mention").len();
    let writes = || {
        let note = bob.note(&format!("<p>{} hello</p>", taure.handle()), &[&taure]);
        assert_eq!(bob.delivers(&taure, &bob.create(&note)).status, 202);
        taure.settles();
    };
    writes();
    let path = format!("/api/v1/accounts/{}/mute", id(&taure.finds(&bob.handle())));
    taure.post(&path, json!({"notifications": false})).ok();
    assert_eq!(mentions(), 1);
    writes();
    assert_eq!(mentions(), 2);
    taure.post(&path, json!({})).ok();
    writes();
    assert_eq!(mentions(), 0);
}

#[test]
fn pitfall_102_a_muted_thread_notifies_no_more_wherever_it_goes_on() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let root = taure.posts("A long talk");
    taure.post(&format!("/api/v1/statuses/{}/mute", id(&root)), json!({})).ok();
    let more = taure.post("/api/v1/statuses", json!({"status": "more", "in_reply_to_id": id(&root)})).ok();
    assert_eq!(more["muted"], true, "what goes on in it is muted, too");
    let mut answer = bob.note(&format!("<p>{} hm</p>", taure.handle()), &[&taure]);
    answer["inReplyTo"] = more["uri"].clone();
    let arrives = |note: &Value| {
        assert_eq!(bob.delivers(&taure, &bob.create(note)).status, 202);
        taure.settles();
    };
    arrives(&answer);
    assert!(taure.notifications("mention").is_empty());
    taure.post(&format!("/api/v1/statuses/{}/unmute", id(&more)), json!({})).ok();
    let mut answer = bob.note(&format!("<p>{} hm again</p>", taure.handle()), &[&taure]);
    answer["inReplyTo"] = root["uri"].clone();
    arrives(&answer);
    assert_eq!(taure.notifications("mention").len(), 1);
}

#[test]
fn blocks_are_paged_by_when_they_were_made() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let people = [id(&taure.finds(&bob.handle())), id(&taure.finds(&carol.handle()))];
    for who in people.iter().rev() {
        taure.post(&format!("/api/v1/accounts/{who}/block"), json!({})).ok();
    }
    let page = taure.get("/api/v1/blocks?limit=1");
    let header = page.header("link").unwrap().to_owned();
    assert!(header.contains("rel=\"next\"") && header.contains("since_id="), "{header}");
    assert!(people.iter().all(|who| !header.contains(who.as_str())), "{header}");
    assert_eq!(page.ok()[0]["id"], *people[0]);
    taure.settles();
}
