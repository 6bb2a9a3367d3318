//! Delivery: what waits, comes later, once and in order; what cannot be delivered ends with a reason.

use crate::harness::{Taure, free_port};
use crate::peer::Peer;
use serde_json::json;
use taure::model::StatusId;
use taure::model::time::{DAY, HOUR, MINUTE};
use taure::store::deliveries::{self, Receipt};

fn receipt(taure: &Taure, post: &serde_json::Value) -> Receipt {
    let id: StatusId = post["id"].as_str().unwrap().parse().unwrap();
    taure.app().store.read(|c| deliveries::receipt(c, id)).unwrap()
}

#[test]
fn an_inbox_that_fails_gets_everything_later_once_and_in_order() {
    let alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    peer.inbox_answers(503);
    let posts: Vec<_> = (0..3).map(|n| alice.posts(&format!("post {n}"))).collect();
    alice.settles();
    assert_eq!(receipt(&alice, &posts[0]), Receipt { delivered: 0, waiting: 1, failed: 0 });
    assert!(peer.received_of("Create").is_empty());

    peer.inbox_answers(202);
    alice.later(10 * MINUTE);
    alice.settles();
    let got: Vec<_> = peer.received_of("Create").iter().map(|a| a["object"]["id"].clone()).collect();
    assert_eq!(got, posts.iter().map(|p| p["uri"].clone()).collect::<Vec<_>>());
    for post in &posts {
        assert_eq!(receipt(&alice, post), Receipt { delivered: 1, waiting: 0, failed: 0 });
    }
    alice.later(DAY);
    alice.settles();
    assert_eq!(peer.received_of("Create").len(), 3, "something came twice");
}

#[test]
fn what_an_inbox_refuses_is_not_tried_again() {
    let alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    peer.inbox_answers(410);
    let post = alice.posts("to nobody");
    alice.settles();
    assert_eq!(receipt(&alice, &post), Receipt { delivered: 0, waiting: 0, failed: 1 });
    peer.inbox_answers(202);
    alice.later(DAY);
    alice.settles();
    assert!(peer.received_of("Create").is_empty());
}

#[test]
fn a_server_that_is_gone_is_given_up_after_seven_days_and_delays_nobody() {
    let alice = Taure::new();
    let (gone, here) = (Peer::new("gone"), Peer::new("here"));
    here.follows(&alice);
    gone.follows(&alice);
    // Its address leads to a port where nobody listens any more.
    let nowhere = format!("http://localhost:{}/inbox", free_port());
    let app = alice.app();
    app.store
        .write(|tx| {
            let sql = "UPDATE accounts SET inbox = ?1, shared_inbox = ?1 WHERE username = 'gone'";
            tx.run(sql, [&nowhere]).map(drop)
        })
        .unwrap();
    let post = alice.posts("hello");
    alice.settles();
    assert_eq!(receipt(&alice, &post), Receipt { delivered: 1, waiting: 1, failed: 0 });
    assert_eq!(here.received_of("Create").len(), 1);

    for _ in 0..8 {
        alice.later(DAY + 3 * HOUR);
        alice.settles();
    }
    assert_eq!(receipt(&alice, &post), Receipt { delivered: 1, waiting: 0, failed: 1 });
}

#[test]
fn a_restart_loses_no_delivery() {
    let mut alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    peer.inbox_answers(500);
    let post = alice.posts("patience");
    alice.settles();
    alice.restart();
    peer.inbox_answers(202);
    alice.later(10 * MINUTE);
    alice.settles();
    assert_eq!(peer.received_of("Create")[0]["object"]["id"], post["uri"]);
}

#[test]
fn one_server_with_two_followers_gets_one_copy_and_a_direct_post_goes_to_its_own_inbox() {
    let alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    let mut carol = peer.actor_document();
    let id = format!("{}/users/carol", peer.base);
    for (key, value) in [("id", &id), ("inbox", &format!("{id}/inbox"))] {
        carol[key] = json!(value);
    }
    carol["preferredUsername"] = json!("carol");
    carol["publicKey"]["id"] = json!(format!("{id}#main-key"));
    carol["publicKey"]["owner"] = json!(id);
    peer.publish(&id, carol);
    let signer =
        taure::sig::Signer { key_id: format!("{id}#main-key"), key: std::sync::Arc::clone(&peer.key) };
    let mut follow = peer.activity("Follow", json!(alice.actor()));
    follow["actor"] = json!(id);
    assert_eq!(peer.delivers_as(&alice, &follow, taure::sig::Scheme::Cavage, &signer).status, 202);
    alice.settles();
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 2);

    alice.posts("to both");
    alice.settles();
    assert_eq!(peer.received_of("Create").len(), 1, "the shared inbox folds two followers into one delivery");
    let direct = json!({"status": format!("{} only you", peer.handle()), "visibility": "direct"});
    alice.post("/api/v1/statuses", direct).ok();
    alice.settles();
    let got = peer.received_of("Create");
    assert_eq!(got.len(), 2);
    assert_eq!(got[1]["to"], json!([peer.actor()]));
    assert_eq!(peer.paths().last().unwrap(), "/users/bob/inbox");
}

#[test]
fn a_file_that_cannot_be_written_makes_no_flood_of_what_was_sent_already() {
    let alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    peer.inbox_answers(503);
    let post = alice.posts("once, please");
    alice.settles();

    // From now on nothing that the worker does can be written down.
    let app = alice.app();
    let batch = |sql: &str| app.store.write(|tx| Ok(tx.execute_batch(sql)?)).unwrap();
    batch(
        "CREATE TRIGGER full_a BEFORE UPDATE ON deliveries BEGIN SELECT raise(FAIL, 'full'); END;
         CREATE TRIGGER full_b BEFORE UPDATE ON jobs BEGIN SELECT raise(FAIL, 'full'); END;
         CREATE TRIGGER full_c BEFORE DELETE ON jobs BEGIN SELECT raise(FAIL, 'full'); END;",
    );
    peer.inbox_answers(202);
    alice.later(10 * MINUTE);
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(peer.received_of("Create").len(), 1, "it was sent over and over");

    batch("DROP TRIGGER full_a; DROP TRIGGER full_b; DROP TRIGGER full_c;");
    alice.later(2 * MINUTE);
    alice.settles();
    assert_eq!(receipt(&alice, &post), Receipt { delivered: 1, waiting: 0, failed: 0 });
    assert!(peer.received_of("Create").len() <= 2);
}
