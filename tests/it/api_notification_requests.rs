//! Requests: the owner lets somebody in, or sends them away.
//! <https://docs.joinmastodon.org/methods/notifications/#get-requests>

use crate::api_notifications::{POLICY, deliver, letter, mention, requests, set_policy, stranger};
use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use taure::model::*;
use taure::store::{notification_requests, notifications, statuses};

const REQUESTS: &str = "/api/v1/notifications/requests";

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

/// A house where strangers are held back.
fn closed_door() -> Taure {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_not_following": "filter"}));
    taure
}

/// The request of somebody who has just mentioned the owner.
#[track_caller]
fn asks(peer: &Peer, taure: &Taure) -> String {
    mention(peer, taure);
    let mine = |r: &&Value| r["account"]["acct"] == peer.handle()[1..];
    id(requests(taure).iter().find(mine).expect("no request was made"))
}

#[test]
fn who_is_accepted_stands_in_the_list_with_all_that_was_held_back_and_from_then_on() {
    let taure = closed_door();
    let bob = stranger("bob");
    letter(&bob, &taure, None);
    let request = asks(&bob, &taure);
    assert_eq!(taure.get(&format!("{REQUESTS}/{request}")).ok()["notifications_count"], "2");
    let heard: Arc<Mutex<Vec<Event>>> = Arc::default();
    let ear = Arc::clone(&heard);
    taure.app().events.listen(Box::new(move |events| ear.lock().unwrap().extend_from_slice(events)));

    assert_eq!(taure.post(&format!("{REQUESTS}/{request}/accept"), json!({})).ok(), json!({}));
    assert_eq!(*heard.lock().unwrap(), [Event::NotificationsMerged]);
    assert_eq!(taure.get(&format!("{REQUESTS}/merged")).ok(), json!({"merged": true}));
    let told = taure.notifications("mention");
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|n| n.get("filtered").is_none()));
    assert_eq!(taure.get("/api/v1/conversations").ok().as_array().unwrap().len(), 1, "the letter, too");
    assert_eq!(requests(&taure).len(), 0);
    assert_eq!(taure.get(POLICY).ok()["summary"]["pending_requests_count"], 0);
    mention(&bob, &taure);
    assert_eq!(taure.notifications("mention").len(), 3);
    assert_eq!(taure.post(&format!("{REQUESTS}/{request}/accept"), json!({})).status, 404);
    assert_eq!(taure.get(&format!("{REQUESTS}/{request}")).status, 404);
}

#[test]
fn who_is_dismissed_is_forgotten_and_may_ask_again() {
    let taure = closed_door();
    let bob = stranger("bob");
    let request = asks(&bob, &taure);
    assert_eq!(taure.post(&format!("{REQUESTS}/{request}/dismiss"), json!({})).ok(), json!({}));
    assert_eq!(requests(&taure).len(), 0);
    assert_eq!(taure.get("/api/v1/notifications?include_filtered=1").ok(), json!([]));
    let again = asks(&bob, &taure);
    assert_ne!(again, request);
    assert_eq!(requests(&taure)[0]["notifications_count"], "1");
}

#[test]
fn pitfall_11_and_12_several_are_answered_at_once_by_ids_in_every_spelling() {
    let taure = closed_door();
    let peers: Vec<Peer> = ["ann", "ben", "cas", "dan"].map(stranger).into();
    let ids: Vec<String> = peers.iter().map(|p| asks(p, &taure)).collect();
    // As Ice Cubes: ids in the query, no body; some of nothing.
    let path = format!("{REQUESTS}/accept?id[]={}&id[]=12345&id[]=x&id[]={}", ids[0], ids[0]);
    assert_eq!(taure.call("POST", &path, None).ok(), json!({}));
    taure.post(&format!("{REQUESTS}/accept"), json!({"id": [ids[1]]})).ok();
    taure.call("POST", &format!("{REQUESTS}/dismiss?id={}", ids[2]), None).ok();
    assert_eq!(requests(&taure).iter().map(id).collect::<Vec<_>>(), [ids[3].clone()]);
    assert_eq!(taure.notifications("mention").len(), 2);
    assert_eq!(taure.post(&format!("{REQUESTS}/dismiss"), json!({})).ok(), json!({}), "none is nothing");
    let many: Vec<i64> = (1..=501).collect();
    assert_eq!(taure.post(&format!("{REQUESTS}/dismiss"), json!({"id": many})).status, 422);
}

#[test]
fn pitfall_5_requests_are_paged_by_their_own_ids() {
    let taure = closed_door();
    let peers: Vec<Peer> = ["ann", "ben", "cas"].map(stranger).into();
    let mut ids: Vec<String> = peers.iter().map(|p| asks(p, &taure)).collect();
    ids.reverse();
    let page = |query: &str| {
        let answer = taure.get(&format!("{REQUESTS}?limit=2{query}"));
        let link = answer.header("link").unwrap_or("").replace(&taure.base, "");
        (answer.ok().as_array().unwrap().iter().map(id).collect::<Vec<_>>(), link)
    };
    let (first, link) = page("");
    assert_eq!(first, ids[..2]);
    assert_eq!(
        link,
        format!(
            "<{REQUESTS}?limit=2&max_id={}>; rel=\"next\", <{REQUESTS}?limit=2&min_id={}>; rel=\"prev\"",
            ids[1], ids[0]
        )
    );
    let (second, link) = page(&format!("&max_id={}", ids[1]));
    assert_eq!(second, ids[2..]);
    assert!(!link.contains("next"), "{link}");
    assert_eq!(page(&format!("&min_id={}", ids[2])).0, ids[..2]);
}

#[test]
fn a_request_ends_with_a_block_and_with_its_last_mention() {
    let taure = closed_door();
    let (bob, carol) = (stranger("bob"), stranger("carol"));
    asks(&bob, &taure);
    let note = mention(&carol, &taure);
    let account =
        requests(&taure).iter().find(|r| r["account"]["username"] == "bob").unwrap()["account"].clone();
    taure.post(&format!("/api/v1/accounts/{}/block", id(&account)), json!({})).ok();
    taure.settles();
    let left = requests(&taure);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["account"]["username"], "carol");
    let gone = json!({"id": note["id"], "type": "Tombstone"});
    deliver(&carol, &taure, &carol.activity("Delete", gone));
    assert_eq!(requests(&taure).len(), 0);
    assert_eq!(taure.get(POLICY).ok()["summary"]["pending_notifications_count"], 0);
}

#[test]
fn a_flood_is_counted_to_a_hundred_and_merged_in_the_background() {
    let taure = closed_door();
    let bob = stranger("bob");
    let request = asks(&bob, &taure);
    let app = taure.app();
    let row: RowId = request.parse().unwrap();
    let sender = app.store.read(|c| notification_requests::senders(c, &[row])).unwrap()[0];
    // An id tells apart two thousand of one millisecond.
    for hundred in 0..12 {
        let flood = |tx: &taure::store::Tx| {
            for n in 0..100 {
                let id = StatusId::at(tx.now);
                let post = Status {
                    id,
                    uri: format!("{}/flood/{hundred}/{n}", bob.base),
                    account_id: sender,
                    created_at: tx.now,
                    ..Status::default()
                };
                statuses::insert(tx, &post, false)?;
                notifications::insert(tx, NotificationKind::Mention, sender, Some(id), true)?;
            }
            Ok(())
        };
        app.store.write(flood).unwrap();
    }
    assert_eq!(requests(&taure)[0]["notifications_count"], "100");
    assert_eq!(taure.get(POLICY).ok()["summary"]["pending_notifications_count"], 100);
    taure.post(&format!("{REQUESTS}/{request}/accept"), json!({})).ok();
    assert_eq!(requests(&taure).len(), 0);
    taure.settles();
    assert_eq!(taure.get(&format!("{REQUESTS}/merged")).ok(), json!({"merged": true}));
    assert_eq!(taure.get("/api/v1/notifications/unread_count?limit=5000").ok()["count"], 1_000);
    let left = app.store.read(|c| notification_requests::newest_held(c, sender)).unwrap();
    assert_eq!(left, NotificationId(0), "nothing is held back any more");
}
