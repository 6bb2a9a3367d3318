//! Delivery: what waits, comes later, once and in order; what cannot be delivered ends with a reason.

use crate::harness::{Taure, free_port};
use crate::pages_requests::Browser;
use crate::peer::{Peer, Silent};
use serde_json::json;
use taure::model::AccountId;
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

/// A follower whose inbox is at `base`, put into the file.
fn follower_at(taure: &Taure, name: &str, base: &str) {
    let app = taure.app();
    app.store
        .write(|tx| {
            tx.run(
                "INSERT INTO accounts (id, uri, url, username, domain, inbox, created_at, follower, follower_row)
                 VALUES (?1, ?2, ?2, ?3, 'x.test', ?4, 0, 2, ?1)",
                (AccountId::at(tx.now), format!("{base}/users/{name}"), name, format!("{base}/inbox")),
            )
            .map(drop)
        })
        .unwrap();
}

#[test]
fn who_hangs_or_is_down_holds_no_place_of_those_who_live() {
    let mut alice = Taure::new();
    alice.may_leave_jobs = true;
    // More of them than there are places, and first in line.
    let silent: Vec<Silent> = (0..20).map(|_| Silent::new()).collect();
    for (n, one) in silent.iter().enumerate() {
        follower_at(&alice, &format!("silent{n}"), &one.base);
    }
    let here = Peer::new("here");
    here.follows(&alice);
    alice.posts("hello");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while here.received_of("Create").is_empty() {
        assert!(std::time::Instant::now() < until, "a live server waits for silent ones");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(
        alice.app().store.read(|c| deliveries::failing(c, None, 99)).unwrap().len(),
        0,
        "nobody was given up yet"
    );
    silent.iter().for_each(Silent::hangs_up);
}

#[test]
fn a_server_that_returns_after_a_day_has_everything_once_in_order() {
    let alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    peer.inbox_answers(503);
    let posts: Vec<_> = (0..5).map(|n| alice.posts(&format!("post {n}"))).collect();
    alice.settles();
    let id = |post: &serde_json::Value| post["id"].as_str().unwrap().to_owned();
    for text in ["once", "twice"] {
        alice.later(MINUTE);
        alice.call("PUT", &format!("/api/v1/statuses/{}", id(&posts[1])), Some(json!({"status": text}))).ok();
    }
    alice.call("DELETE", &format!("/api/v1/statuses/{}", id(&posts[2])), None).ok();
    alice.post(&format!("/api/v1/statuses/{}/reblog", id(&posts[0])), json!({})).ok();
    alice.post(&format!("/api/v1/statuses/{}/unreblog", id(&posts[0])), json!({})).ok();
    alice.settles();
    assert!(peer.received_of("Create").is_empty());

    alice.later(DAY);
    peer.inbox_answers(202);
    alice.settles();
    alice.later(DAY);
    alice.settles();
    let got = peer.received();
    let of = |kind: &str| got.iter().filter(|a| a["type"] == kind).collect::<Vec<_>>();
    let created: Vec<_> = of("Create").iter().map(|a| a["object"]["id"].clone()).collect();
    let wanted: Vec<_> = [0, 1, 3, 4].iter().map(|n| posts[*n]["uri"].clone()).collect();
    assert_eq!(created, wanted, "in order, once, and nothing of what was deleted meanwhile");
    assert_eq!(of("Update").len(), 1, "the last edit alone");
    assert!(of("Update")[0]["object"]["content"].as_str().unwrap().contains("twice"));
    assert_eq!(of("Delete").len(), 1);
    assert!(of("Announce").is_empty(), "it was taken back before it went out");
}

#[test]
fn a_host_that_is_dead_for_a_month_is_sent_nothing_until_it_shows_life() {
    let alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    let host = peer.domain();
    let waiting = || {
        let lane = format!("out:{host}");
        let sql = "SELECT count(*) FROM jobs WHERE lane = ?1";
        alice.app().store.read(|c| Ok(c.query_row(sql, [&lane], |r| r.get::<_, i64>(0))?)).unwrap()
    };
    alice.app().store.write(|tx| deliveries::host_failed(tx, &host).map(drop)).unwrap();
    alice.later(31 * DAY);
    peer.inbox_answers(503);
    let first = alice.posts("one");
    alice.settles();
    let second = alice.posts("two");
    alice.posts("three");
    alice.settles();
    assert_eq!(waiting(), 1, "one try at a time");
    assert_eq!(receipt(&alice, &second), Receipt { delivered: 0, waiting: 0, failed: 1 });

    peer.inbox_answers(202);
    let note = peer.note("<p>I am back</p>", &[&alice]);
    assert_eq!(peer.delivers(&alice, &peer.create(&note)).status, 202);
    alice.settles();
    assert_eq!(receipt(&alice, &first), Receipt { delivered: 1, waiting: 0, failed: 0 });
    alice.posts("four");
    alice.settles();
    assert_eq!(peer.received_of("Create").len(), 2);
}

#[test]
fn an_inbox_that_is_gone_has_its_followers_looked_up() {
    let alice = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&alice);
    peer.inbox_answers(410);
    peer.answer(&peer.actor(), 410, json!({"type": "Tombstone"}));
    alice.posts("to nobody");
    alice.settles();
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);
}

#[test]
fn the_owner_sees_what_did_not_arrive_and_why_and_tries_again() {
    let alice = Taure::new();
    let (good, bad, gone) = (Peer::new("good"), Peer::new("bad"), Peer::new("gone"));
    for peer in [&good, &bad, &gone] {
        peer.follows(&alice);
    }
    bad.inbox_answers(403);
    gone.inbox_answers(503);
    let post = alice.posts("hello");
    alice.settles();
    let path = format!("/api/v1/taure/statuses/{}/receipts", post["id"].as_str().unwrap());
    let told = alice.get(&path).ok();
    assert_eq!(
        (&told["total"], &told["delivered"], &told["retrying"], &told["failed"]),
        (&json!(3), &json!(1), &json!(1), &json!(1))
    );
    let of = |host: &Peer| {
        told["undelivered"].as_array().unwrap().iter().find(|u| u["host"] == host.domain()).unwrap()
    };
    assert_eq!((&of(&bad)["state"], &of(&bad)["answer"]), (&json!("failed"), &json!(403)));
    assert_eq!(of(&gone)["reason"], "the server answered 503");
    assert_eq!(alice.as_stranger(&path).status, 401);

    let browser = Browser::of(&alice);
    let page = format!("/@alice/{}", post["id"].as_str().unwrap());
    let text = browser.get(&page).text;
    assert!(text.contains("Delivered to 1 of 3, 1 retrying, 1 given up"), "{text}");
    assert!(!alice.as_stranger(&page).text.contains("Delivered to"));
    let more = format!("/posts/{}/delivery", post["id"].as_str().unwrap());
    assert!(browser.get(&more).text.contains("the server answered 403"));
    bad.inbox_answers(202);
    gone.inbox_answers(202);
    assert_eq!(browser.press(&more, &more, &[]).status, 303);
    alice.settles();
    assert_eq!(receipt(&alice, &post), Receipt { delivered: 3, waiting: 0, failed: 0 });
    assert_eq!(bad.received_of("Create").len(), 1);
    assert!(browser.get(&page).text.contains("Delivered to 3 of 3<"));

    // A server that cannot be reached at all has a place of its own.
    alice.app().store.write(|tx| deliveries::host_failed(tx, &bad.domain()).map(drop)).unwrap();
    let page = browser.get("/settings/federation").text;
    assert!(page.contains(&bad.domain()) && !page.contains(&good.domain()));
    assert_eq!(
        browser.press("/settings/federation", "/settings/federation", &[("host", &bad.domain())]).status,
        303
    );
    let reblog = alice.post(&format!("{path}/retry"), json!({})).ok();
    assert_eq!(reblog["delivered"], 3);
}

/// A machine without a battery: what it signs now is refused everywhere, and would be given up.
#[test]
fn nothing_goes_out_while_the_clock_is_wrong_and_all_of_it_when_it_is_right() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    let behind = alice.clock.now().plus(3 * HOUR);
    for host in ["one.test", "two.test", "three.test"] {
        alice.app().clocks.note(host, behind);
    }
    let post = alice.posts("when am I?");
    alice.settles();
    assert!(bob.received_of("Create").is_empty());
    assert_eq!(receipt(&alice, &post), Receipt { delivered: 0, waiting: 1, failed: 0 });
    alice.later(3 * HOUR); // somebody set it
    alice.settles();
    assert_eq!(bob.received_of("Create").len(), 1);
    assert_eq!(receipt(&alice, &post), Receipt { delivered: 1, waiting: 0, failed: 0 });
}

/// Whoever follows the owner could say so, from as many hosts as it takes.
#[test]
fn strangers_do_not_stop_the_clock_and_those_who_are_followed_do() {
    for followed in [false, true] {
        let (alice, bob) = (Taure::new(), Peer::new("bob"));
        bob.follows(&alice);
        let others: Vec<Peer> = (0..4).map(|n| Peer::new(&format!("other{n}"))).collect();
        for other in &others {
            other.follows(&alice);
            if followed {
                other.is_followed_by(&alice);
            }
            other.says_it_is(alice.clock.now().plus(3 * HOUR));
        }
        alice.posts("first");
        alice.settles();
        assert_eq!(bob.received_of("Create").len(), 1);
        alice.posts("second");
        alice.settles();
        assert_eq!(bob.received_of("Create").len(), if followed { 1 } else { 2 });
        alice.later(3 * HOUR);
        alice.settles();
        assert_eq!(bob.received_of("Create").len(), 2, "it is right now");
    }
}
