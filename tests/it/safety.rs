//! What strangers try, and what must not come of it: reading what is not for them, undoing what is not
//! theirs, and taking more of the house than their share.

use crate::harness::{Taure, request};
use crate::peer::Peer;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};
use taure::model::{Job, Timestamp};
use taure::ops::resolve;
use taure::store::{accounts, jobs, statuses};

/// Delivers, and waits until it was looked into.
#[track_caller]
fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

fn knows(taure: &Taure, uri: &Value) -> bool {
    taure.app().store.read(|c| statuses::by_uri(c, uri.as_str().unwrap())).unwrap().is_some()
}

#[test]
fn an_answer_to_a_post_for_few_does_not_bring_its_next_version() {
    let (taure, friend, mallory) = (Taure::new(), Peer::new("friend"), Peer::new("mallory"));
    friend.follows(&taure);
    let post = taure.post("/api/v1/statuses", json!({"status": "secret", "visibility": "private"})).ok();
    taure.settles();
    // The address is no secret: it stands in everybody's open answers.
    let mut answer = mallory.note("<p>What was it?</p>", &[&taure]);
    answer["inReplyTo"] = post["uri"].clone();
    takes(&taure, &mallory, &mallory.create(&answer));
    assert!(knows(&taure, &answer["id"]));

    let path = format!("/api/v1/statuses/{}", post["id"].as_str().unwrap());
    taure.call("PUT", &path, Some(json!({"status": "more secret"}))).ok();
    taure.settles();
    assert_eq!(friend.received_of("Update").len(), 1);
    assert!(mallory.received().is_empty(), "{:?}", mallory.received());
}

#[test]
fn what_somebody_passes_on_deletes_nothing_that_only_few_could_read() {
    let (taure, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let mut letter = bob.note("<p>for you alone</p>", &[&taure]);
    letter["to"] = json!([taure.actor()]);
    letter["cc"] = json!([]);
    let address = letter["id"].as_str().unwrap();
    bob.answer(address, 404, json!({})); // as Mastodon answers everybody else
    takes(&taure, &bob, &bob.create(&letter));
    assert!(knows(&taure, &letter["id"]));

    let delete = || bob.activity("Delete", letter["id"].clone());
    takes(&taure, &mallory, &delete());
    assert!(knows(&taure, &letter["id"]));
    bob.answer(address, 410, json!({}));
    takes(&taure, &mallory, &delete());
    assert!(!knows(&taure, &letter["id"]));
}

#[test]
fn only_the_owner_may_send_files_of_some_size() {
    let taure = Taure::new();
    // What is answered to a form that announces two MiB, before it has sent any.
    let announced = |authorization: &str| {
        let mut stream = TcpStream::connect(&taure.domain).unwrap();
        write!(
            stream,
            "POST /api/v2/media HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\n\
             Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 2097152\r\n\r\n--b--\r\n"
        )
        .unwrap();
        let mut head = [0; 12];
        stream.read_exact(&mut head).unwrap();
        String::from_utf8_lossy(&head[9..]).into_owned()
    };
    assert_eq!(announced("Bearer nobody's"), "413");
    assert_eq!(announced(&format!("Bearer {}", taure.token)), "422"); // no file in it
}

#[test]
fn a_server_whose_activities_pile_up_is_asked_to_wait() {
    let (mut taure, mallory) = (Taure::new(), Peer::new("mallory"));
    taure.may_leave_jobs = true;
    let like = mallory.activity("Like", json!("https://x.test/1"));
    takes(&taure, &mallory, &like);
    let flood = Job::Inbox { signer: mallory.actor(), personal: false, body: "{}".to_owned() };
    taure
        .app()
        .store
        .write(|tx| {
            (0..2_000).try_for_each(|_| jobs::push(tx, &mallory.domain(), &flood))?;
            jobs::rest(tx, &flood.lane(&mallory.domain()), Timestamp(i64::MAX))
        })
        .unwrap();
    assert_eq!(mallory.delivers(&taure, &like).status, 503);
    let several = json!({"type": "Collection", "items": [like]});
    assert_eq!(mallory.delivers(&taure, &several).status, 503, "what is dropped is not accepted");
    let bob = Peer::new("bob");
    takes(&taure, &bob, &bob.activity("Like", json!("https://x.test/1")));
}

#[test]
fn an_account_keeps_its_name_while_the_server_of_that_cannot_answer() {
    let (taure, bob, domain) = (Taure::new(), Peer::new("bob"), Peer::new("nobody"));
    let handle = format!("bob@{}", domain.domain());
    let jrd = |status| {
        let links = json!([{"rel": "self", "type": "application/activity+json", "href": bob.actor()}]);
        for at in [&bob.base, &domain.base] {
            let subject = format!("acct:{handle}");
            let jrd = json!({"subject": subject, "links": links});
            domain.answer(&format!("{at}/.well-known/webfinger"), status, jrd.clone());
            bob.answer(&format!("{at}/.well-known/webfinger"), status, jrd);
        }
    };
    jrd(200);
    assert_eq!(taure.finds(&format!("@{handle}"))["acct"], handle);
    taure.settles();
    jrd(503);
    let name = || resolve::refresh(&taure.app(), &bob.actor()).unwrap().acct();
    assert_eq!(name(), handle);
    jrd(404); // and now it says that there is no such name
    assert_eq!(name(), format!("bob@{}", bob.domain()));
}

#[test]
fn a_form_elsewhere_sends_nobody_on_in_our_name() {
    let (taure, mallory) = (Taure::new(), Peer::new("mallory"));
    let form = format!("acct={}&uri={}", &mallory.handle()[1..], taure.actor());
    let from = |site: &str| {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", site)];
        request("POST", &format!("{}/remote", taure.base), &headers, Some(form.as_bytes())).status
    };
    assert_eq!((from("cross-site"), from("same-origin")), (403, 200));
}

#[test]
fn an_account_that_goes_takes_the_boosts_of_its_posts_along_and_they_are_counted() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let note = bob.note("<p>boost me</p>", &[&taure]);
    takes(&taure, &bob, &bob.create(&note));
    let id = taure.finds_status(note["id"].as_str().unwrap())["id"].as_str().unwrap().to_owned();
    taure.post(&format!("/api/v1/statuses/{id}/reblog"), json!({})).ok();
    taure.settles();
    let count = || taure.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"].clone();
    assert_eq!(count(), 1);
    takes(&taure, &bob, &bob.activity("Delete", json!(bob.actor())));
    assert_eq!(count(), 0);
}

#[test]
fn large_bodies_that_never_end_do_not_keep_small_ones_out() {
    let taure = Taure::new();
    let most = vec![b'x'; (1 << 20) - 1];
    let slow: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut stream = TcpStream::connect(&taure.domain).unwrap();
            stream.set_write_timeout(Some(Duration::from_millis(300))).unwrap();
            write!(stream, "POST /inbox HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n").unwrap();
            let _ = stream.write_all(&most); // what finds no room is not read
            stream
        })
        .collect();
    let start = Instant::now();
    taure.posts("still here");
    assert!(start.elapsed() < Duration::from_secs(10));
    drop(slow);
}

#[test]
fn a_redirect_that_leads_home_makes_no_stranger_of_ourselves() {
    let taure = Taure::new();
    let ours = format!("{}/actor", taure.base);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let there = format!("http://localhost:{}/x", listener.local_addr().unwrap().port());
    let location = ours.clone();
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        write!(stream, "HTTP/1.1 302 X\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n").unwrap();
    });
    assert!(resolve::account(&taure.app(), &there).is_err());
    answering.join().unwrap();
    assert!(taure.app().store.read(|c| accounts::by_uri(c, &ours)).unwrap().is_none());
}

#[test]
fn a_stranger_finds_the_owner_and_nobody_whom_the_owner_knows() {
    let (alice, peer) = (Taure::new(), Peer::new("bob"));
    alice.finds(&peer.handle());
    let found = |q: &str| alice.as_stranger(&format!("/api/v2/search?q={q}")).ok()["accounts"].clone();
    assert_eq!(found("ali")[0]["username"], "alice");
    assert_eq!(found("bob"), serde_json::json!([]));
    assert_eq!(alice.get("/api/v2/search?q=bob").ok()["accounts"][0]["username"], "bob");
}

#[test]
fn nobody_lays_a_letter_among_those_of_others() {
    let alice = Taure::new();
    let (bob, mallory) = (Peer::new("bob"), Peer::new("mallory"));
    let letter = |from: &Peer, text: &str, answers: Option<&Value>, conversation: &str| {
        let mut note = from.note(text, &[&alice]);
        note["to"] = json!([alice.actor()]);
        note["cc"] = json!([]);
        note["conversation"] = json!(conversation);
        note["inReplyTo"] = answers.map_or(Value::Null, |n| n["id"].clone());
        from.publish(note["id"].as_str().unwrap(), note.clone());
        assert_eq!(from.delivers(&alice, &from.create(&note)).status, 202);
        alice.settles();
        note
    };
    let theirs = format!("{}/contexts/1", bob.base);
    let first = letter(&bob, "<p>Just between us</p>", None, &theirs);
    letter(&bob, "<p>And another thing</p>", Some(&first), &theirs);
    let count = || alice.get("/api/v1/conversations").ok().as_array().unwrap().len();
    assert_eq!(count(), 1);
    letter(&mallory, "<p>Bob says to send money</p>", Some(&first), &theirs);
    letter(&mallory, "<p>Really</p>", None, &theirs);
    assert_eq!(count(), 3, "a stranger's letters stand among Bob's");
}
