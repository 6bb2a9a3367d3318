//! For programs of the owner's: tokens that end, posts from the command line, webhooks, figures for Prometheus.

use crate::harness::{Taure, request};
use crate::owner::Owner;
use crate::push_service::{PushService, Pushed};
use ring::hmac;
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use taure::model::time::{DAY, HOUR, MINUTE};

fn command(taure: &Taure, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_taure"))
        .args(arguments)
        .env("TAURE_DATA", &taure.app().config.data)
        .env("TAURE_ALLOW_PRIVATE", "127.0.0.0/8,::1/128")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(stdin); // it may not be read
    child.wait_with_output().unwrap()
}

#[track_caller]
fn prints(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

#[track_caller]
fn refuses(output: &Output, what: &str) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && text.contains(what), "{text:?} does not say {what:?}");
}

/// The post at an address that `taure post` printed.
fn posted(taure: &Taure, address: &str) -> Value {
    taure.status(address.rsplit('/').next().unwrap())
}

fn verifies(taure: &Taure, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    let url = format!("{}/api/v1/accounts/verify_credentials", taure.base);
    request("GET", &url, &[("authorization", &bearer)], None).status
}

#[test]
fn a_token_may_end_by_itself() {
    let taure = Taure::new();
    let token =
        prints(&command(&taure, &["token", "--name", "bot", "--scopes", "read", "--expires", "7"], b""));
    let lasting = prints(&command(&taure, &["token", "--name", "bot", "--scopes", "read"], b""));
    assert_eq!(verifies(&taure, &token), 200);
    taure.later(7 * DAY - HOUR);
    assert_eq!(verifies(&taure, &token), 200);
    taure.later(HOUR + MINUTE);
    assert_eq!((verifies(&taure, &token), verifies(&taure, &lasting)), (401, 200));
    // The hourly tidying takes it away for good.
    taure.later(2 * HOUR);
    taure.settles();
    let tokens = taure.app().store.read(|c| {
        Ok(c.query_row("SELECT count(*) FROM tokens WHERE expires_at IS NOT NULL", [], |r| {
            r.get::<_, i64>(0)
        })?)
    });
    assert_eq!(tokens.unwrap(), 0);
    refuses(&command(&taure, &["token", "--name", "bot", "--expires", "0"], b""), "0 is not in");
}

#[test]
fn a_script_posts_beside_the_running_server() {
    let (alice, bob) = (Taure::named("alice"), Taure::named("bob"));
    bob.follows(&alice);
    let address = prints(&command(
        &alice,
        &["post", "Two", "words", "--visibility", "unlisted", "--language", "lv"],
        b"",
    ));
    let post = posted(&alice, &address);
    assert_eq!(
        (post["url"].as_str().unwrap(), &post["visibility"], &post["language"]),
        (address.as_str(), &json!("unlisted"), &json!("lv"))
    );
    assert_eq!(post["content"], "<p>Two words</p>");
    // What it queued is sent by the server.
    alice.house().wake();
    alice.settles();
    bob.settles();
    assert_eq!(bob.home()[0]["content"], "<p>Two words</p>");

    let answer = prints(&command(
        &alice,
        &["post", "--reply-to", &address, "--cw", "long", "--key", "a"],
        b"From a pipe\n",
    ));
    let reply = posted(&alice, &answer);
    assert_eq!(
        (&reply["in_reply_to_id"], &reply["spoiler_text"], &reply["content"]),
        (&post["id"], &json!("long"), &json!("<p>From a pipe</p>"))
    );
    // Again with the same key: the same.
    assert_eq!(prints(&command(&alice, &["post", "--key", "a", "other"], b"")), answer);
    alice.house().wake();
    alice.settles();
    bob.settles();
}

#[test]
fn a_script_posts_pictures_and_is_told_what_is_wrong() {
    let taure = Taure::new();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icon-192.png");
    let address = prints(&command(&taure, &["post", "Look", "--media", picture, "--alt", "A horn"], b""));
    let post = posted(&taure, &address);
    assert_eq!(post["media_attachments"][0]["description"], "A horn");
    assert!(std::path::Path::new(picture).exists(), "the picture is still the owner's");
    refuses(&command(&taure, &["post", "x", "--media", "/nowhere.png"], b""), "/nowhere.png cannot be read");
    refuses(&command(&taure, &["post", "x", "--visibility", "secret"], b""), "secret is no visibility");
    refuses(&command(&taure, &["post"], b""), "");
    refuses(&command(&taure, &["post", "x", "--alt", "y"], b""), "--media");
    refuses(&command(&taure, &["post", "-"], b"\xff\xfe"), "no text");
    refuses(&command(&taure, &["post", &"long ".repeat(1_100)], b""), "5000");
    assert_eq!(taure.home().len(), 1);
}

/// The secret that stands on the page.
fn secret(owner: &Owner) -> String {
    let page = owner.get("/settings/webhooks").text;
    page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned()
}

#[track_caller]
fn opened(of: &Pushed, secret: &str) -> Value {
    let tag: Vec<u8> = of.header("x-hub-signature").unwrap().as_bytes()[7..]
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), &of.body, &tag).unwrap();
    assert_eq!(of.header("content-type"), Some("application/json"));
    serde_json::from_slice(&of.body).unwrap()
}

#[test]
fn a_webhook_is_told_what_it_wants_signed_and_tried_again() {
    let (taure, friend, service) = (Taure::named("alice"), Taure::named("bob"), PushService::new());
    let owner = Owner::of(&taure);
    let url = format!("{}/hook?a=b", service.base);
    assert_eq!(
        owner.post("/settings/webhooks", &[("url", &url), ("posts", "1"), ("notifications", "1")]).status,
        303
    );
    let secret = secret(&owner);
    let post = taure.posts("told");
    taure.settles();
    let seen = service.seen();
    assert_eq!((seen.len(), seen[0].path.as_str()), (1, "/hook?a=b"));
    let told = opened(&seen[0], &secret);
    assert_eq!(
        (&told["event"], &told["object"]["id"], &told["object"]["content"]),
        (&json!("status.created"), &post["id"], &json!("<p>told</p>"))
    );
    assert!(told["created_at"].is_string());

    // A failure waits and is tried again; what it is about comes with what is true by then.
    service.answers(503, "");
    friend.follows(&taure);
    taure.settles();
    assert_eq!(service.seen().len(), 2);
    assert!(owner.get("/settings/webhooks").text.contains("It answered 503"));
    service.answers(204, "");
    taure.later(2 * MINUTE);
    taure.settles();
    let told = opened(&service.seen()[2], &secret);
    assert_eq!((&told["event"], &told["object"]["type"]), (&json!("notification.created"), &json!("follow")));
    assert_eq!(told["object"]["account"]["acct"], friend.handle()[1..]);
    assert!(!owner.get("/settings/webhooks").text.contains("It answered 503"));

    // Only what is wanted; a post that is gone is not told.
    assert_eq!(owner.post("/settings/webhooks", &[("url", &url), ("notifications", "1")]).status, 303);
    taure.posts("not told");
    taure.settles();
    assert_eq!(service.seen().len(), 3);

    let page = owner.get("/settings/webhooks").text;
    let test =
        page.split("action=\"/settings/webhooks/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(owner.post(&format!("/settings/webhooks/{test}/test"), &[]).status, 303);
    taure.settles();
    assert_eq!(opened(&service.seen()[3], &secret)["event"], "test");
    assert_eq!(owner.post(&format!("/settings/webhooks/{test}/remove"), &[]).status, 303);
    assert!(owner.get("/settings/webhooks").text.contains("Nobody is told"));
    assert_eq!(owner.post(&format!("/settings/webhooks/{test}/test"), &[]).status, 404);
    friend.settles();
}

#[test]
fn a_webhook_that_makes_no_sense_is_refused_with_what_was_typed() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    for (fields, what) in [
        (vec![("url", "nowhere"), ("posts", "1")], "must begin with https://"),
        (vec![("url", "ftp://x.test/"), ("posts", "1")], "must begin with https://"),
        (vec![("url", "https://me:secret@x.test/"), ("posts", "1")], "must begin with https://"),
        (vec![("url", "https://x.test/")], "Choose what it is told of"),
    ] {
        let answer = owner.post("/settings/webhooks", &fields);
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(answer.text.contains(what) && answer.text.contains(fields[0].1), "{fields:?}");
    }
    for n in 0..10 {
        let url = format!("https://hook{n}.test/");
        assert_eq!(owner.post("/settings/webhooks", &[("url", &url), ("posts", "1")]).status, 303);
    }
    assert_eq!(owner.post("/settings/webhooks", &[("url", "https://one.test/"), ("posts", "1")]).status, 422);
}

#[test]
fn prometheus_reads_figures_with_its_own_token_only() {
    let mut taure = Taure::new();
    let at = |taure: &Taure, token: &str| {
        let bearer = format!("Bearer {token}");
        request("GET", &format!("{}/metrics", taure.base), &[("authorization", &bearer)], None)
    };
    assert_eq!(at(&taure, "a token of sixteen letters").status, 404);
    taure.shows_metrics("a token of sixteen letters");
    assert_eq!(at(&taure, "a token of sixteen letterS").status, 404);
    assert_eq!(at(&taure, &taure.token.clone()).status, 404);
    assert_eq!(request("GET", &format!("{}/metrics", taure.base), &[], None).status, 404);
    taure.posts("counted");
    taure.settles();
    let answer = at(&taure, "a token of sixteen letters");
    assert_eq!(answer.status, 200);
    let value = |name: &str| -> f64 {
        let line = answer
            .text
            .lines()
            .find(|l| l.starts_with(&format!("taure_{name} ")) || l.starts_with(&format!("taure_{name}{{")));
        line.unwrap_or_else(|| panic!("{name} is not there")).rsplit(' ').next().unwrap().parse().unwrap()
    };
    assert_eq!((value("own_posts"), value("queue_jobs"), value("info")), (1.0, 0.0, 1.0));
    assert!(value("database_bytes") > 0.0 && value("process_resident_memory_bytes") > 1e6);
    assert!(
        value("http_requests_total{status=\"4xx\"}") >= 3.0
            && value("http_requests_total{status=\"2xx\"}") >= 1.0
    );
    for line in answer.text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        assert!(words[0] == "#" || (words.len() == 2 && words[1].parse::<f64>().is_ok()), "{line}");
    }
}
