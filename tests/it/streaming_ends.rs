//! How streams end: with their token, with the server, with a reader who does not read; and how many there are.

use crate::harness::Taure;
use crate::stream_client::{Events, Socket, emits, id, soon};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use taure::model::{Event, Scopes, StatusId};
use taure::store;

#[test]
fn pitfall_73_the_streams_of_a_revoked_token_end_and_others_go_on() {
    let taure = Taure::new();
    let new = json!({"client_name": "a", "redirect_uris": "app://back", "scopes": "read"});
    let app = taure.post("/api/v1/apps", new).ok();
    let client_id = app["client_id"].as_str().unwrap();
    let store = &taure.app().store;
    store
        .write(|tx| {
            let app = store::oauth::app_by_client_id(tx, client_id)?.unwrap();
            store::oauth::insert_token(tx, "theirs", app.id, true, &Scopes::parse("read").unwrap())
        })
        .unwrap();
    let mut socket = Socket::with(&taure, "stream=user", &[("sec-websocket-protocol", "theirs")]).unwrap();
    let mut events = Events::with(&taure, "user", &[("authorization", "Bearer theirs")]);
    let mut other = Socket::open(&taure, "stream=user");
    let body = json!({"client_id": client_id, "client_secret": app["client_secret"], "token": "theirs"});
    assert_eq!(taure.send("POST", "/oauth/revoke", &[], Some(body)).ok(), json!({}));
    assert_eq!(socket.try_next(), None);
    assert_eq!(events.try_next(), None);
    let post = taure.posts("still here");
    assert_eq!(other.hears(&["user"], "update")["id"], post["id"]);
    assert_eq!(Events::with(&taure, "user", &[("authorization", "Bearer theirs")]).status, 401);
}

#[test]
fn who_does_not_read_is_dropped_and_another_hears_everything() {
    let taure = Taure::new();
    let long = taure.post("/api/v1/statuses", json!({"status": "long ".repeat(900)})).ok();
    let edited = Event::StatusEdited(StatusId(id(&long).parse().unwrap()));
    let mut slow = [Socket::open(&taure, "stream=user"), Socket::open(&taure, "stream=public")];
    let mut stuck = Events::open(&taure, "user");
    let mut quick = Socket::open(&taure, "stream=user");
    // What the kernel buffers comes first, and that may be megabytes.
    let mut count = 0;
    while taure.listening() > 1 {
        for _ in 0..100 {
            emits(&taure, edited.clone());
        }
        for _ in 0..100 {
            assert_eq!(quick.hears(&["user"], "status.update")["id"], long["id"]);
        }
        count += 100;
        assert!(count < 20_000, "the server keeps everything for somebody who does not read");
    }
    for slow in &mut slow {
        assert!(std::iter::from_fn(|| slow.try_next()).take(count).count() < count);
    }
    assert!(std::iter::from_fn(|| stuck.try_next()).take(count).count() < count);
    assert_eq!(taure.listening(), 1);
}

#[test]
fn the_server_stops_quickly_with_open_streams_and_nothing_is_lost_that_the_api_shows() {
    let mut taure = Taure::new();
    let mut socket = Socket::open(&taure, "stream=user");
    let mut events = Events::open(&taure, "user");
    let silent: Vec<Socket> = (0..20).map(|_| Socket::open(&taure, "stream=user")).collect();
    let first = taure.posts("before");
    assert_eq!(socket.hears(&["user"], "update")["id"], first["id"]);
    assert_eq!(events.hears("update")["id"], first["id"]);
    let began = Instant::now();
    taure.restart();
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(socket.try_next(), None);
    assert_eq!(events.try_next(), None);
    drop(silent);
    let missed = taure.posts("while nobody listened");
    let mut socket = Socket::open(&taure, "stream=user");
    let home: Vec<Value> = taure.home().iter().map(|s| s["id"].clone()).collect();
    assert_eq!(home, [missed["id"].clone(), first["id"].clone()]);
    let after = taure.posts("after");
    assert_eq!(socket.hears(&["user"], "update")["id"], after["id"]);
}

#[test]
fn more_streams_than_guests_fit_and_guests_are_served_all_the_same() {
    let taure = Taure::new();
    let mut open = Vec::new();
    let refused = loop {
        match Socket::with(&taure, &format!("stream=user&access_token={}", taure.token), &[]) {
            Ok(socket) => open.push(socket),
            Err(refused) => break refused,
        }
        assert!(open.len() < 2_000, "streams have no end");
    };
    assert_eq!(open.len(), 1_280);
    assert_eq!(refused, (503, json!({"error": "Too many streams are open"}).to_string()));
    assert_eq!(taure.as_stranger("/health").status, 200);
    let post = taure.posts("to all");
    for socket in &mut open {
        assert_eq!(socket.hears(&["user"], "update")["id"], post["id"]);
    }
    // A place that is given back is found again.
    open.clear();
    soon(|| Socket::with(&taure, &format!("access_token={}", taure.token), &[]).is_ok());
}
