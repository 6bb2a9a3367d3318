//! Nothing that was acknowledged is lost: the real binary is killed right after its answer, over and over.

use crate::harness::{Folder, PASSWORD, free_port, request};
use crate::peer::{Peer, deliver};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use taure::model::Clock;
use taure::sig::Scheme;

const ROUNDS: usize = 50;
const BINARY: &str = env!("CARGO_BIN_EXE_taure");

/// The real binary on a folder of its own.
struct Process {
    folder: Folder,
    port: u16,
    token: String,
    child: Option<Child>,
}

impl Process {
    fn new() -> Process {
        let (folder, port) = (Folder::new(), free_port());
        let mut init = command(&folder)
            .args([
                "init",
                "--url",
                &format!("http://localhost:{port}"),
                "--username",
                "alice",
                "--password-stdin",
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        writeln!(init.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        assert!(init.wait().unwrap().success());
        let token = command(&folder).args(["token", "--name", "crash"]).output().unwrap();
        let token = String::from_utf8(token.stdout).unwrap().trim().to_owned();
        let mut process = Process { folder, port, token, child: None };
        process.start();
        process
    }

    fn base(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    fn start(&mut self) {
        let child = command(&self.folder)
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        let until = Instant::now() + Duration::from_secs(20);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "the server did not start");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// SIGKILL: no chance to write anything more.
    fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    fn call(&self, method: &str, path: &str, body: Option<Value>) -> crate::harness::Answer {
        let token = format!("Bearer {}", self.token);
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        let bytes = body.map(|b| b.to_string());
        request(method, &format!("{}{path}", self.base()), &headers, bytes.as_ref().map(|b| b.as_bytes()))
    }

    fn get(&self, path: &str) -> Value {
        self.call("GET", path, None).ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn command(folder: &Folder) -> Command {
    let mut command = Command::new(BINARY);
    command.env("TAURE_DATA", folder.path()).env("TAURE_ALLOW_PRIVATE", "127.0.0.0/8,::1");
    command
}

#[track_caller]
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn follow_and_wait(taure: &Process, peer: &Peer) {
    let actor = format!("{}/users/alice", taure.base());
    let follow = peer.activity("Follow", json!(actor)).to_string();
    let answer = deliver(
        &format!("{actor}/inbox"),
        follow.as_bytes(),
        Scheme::Cavage,
        &peer.signer(),
        Clock::default().now(),
    );
    assert_eq!(answer.status, 202, "{}", answer.text);
    eventually("the Accept did not arrive", || !peer.received_of("Accept").is_empty());
}

#[test]
fn a_post_that_was_answered_exists_once_and_is_delivered_however_often_the_server_is_killed() {
    let mut taure = Process::new();
    let peer = Peer::new("bob");
    follow_and_wait(&taure, &peer);
    let mut uris = Vec::new();
    for round in 0..ROUNDS {
        let answer =
            taure.call("POST", "/api/v1/statuses", Some(json!({"status": format!("round {round}")})));
        uris.push(answer.ok()["uri"].as_str().unwrap().to_owned());
        taure.kill();
        taure.start();
    }

    eventually("a post was not delivered", || {
        let received = peer.received_of("Create");
        uris.iter().all(|uri| received.iter().any(|a| a["object"]["id"] == **uri))
    });
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials")["statuses_count"], ROUNDS);
    let mut found = Vec::new();
    let mut path = "/api/v1/timelines/home?limit=40".to_owned();
    loop {
        let page = taure.get(&path);
        let page = page.as_array().unwrap();
        found.extend(page.iter().map(|s| s["uri"].as_str().unwrap().to_owned()));
        let Some(last) = page.last() else { break };
        path = format!("/api/v1/timelines/home?limit=40&max_id={}", last["id"].as_str().unwrap());
    }
    found.reverse();
    assert_eq!(found, uris, "each post stands there once, in order");
}

#[test]
fn an_activity_that_was_accepted_takes_effect_once_however_often_the_server_is_killed() {
    let mut taure = Process::new();
    let peer = Peer::new("bob");
    follow_and_wait(&taure, &peer);
    let post = taure.call("POST", "/api/v1/statuses", Some(json!({"status": "Answer me"}))).ok();
    let actor = format!("{}/users/alice", taure.base());
    for round in 0..ROUNDS {
        let mut note = peer.note(&format!("<p>answer {round}</p>"), &[]);
        note["inReplyTo"] = post["uri"].clone();
        note["cc"] = json!([actor]);
        note["tag"] = json!([{"type": "Mention", "href": actor, "name": "@alice"}]);
        peer.publish(note["id"].as_str().unwrap(), note.clone());
        let body = peer.create(&note).to_string();
        let inbox = format!("{actor}/inbox");
        let answer = deliver(&inbox, body.as_bytes(), Scheme::Cavage, &peer.signer(), Clock::default().now());
        assert_eq!(answer.status, 202, "{}", answer.text);
        taure.kill();
        taure.start();
    }

    let path = format!("/api/v1/statuses/{}", post["id"].as_str().unwrap());
    eventually("an answer did not take effect", || taure.get(&path)["replies_count"] == ROUNDS);
    let context = taure.get(&format!("{path}/context"));
    assert_eq!(context["descendants"].as_array().unwrap().len(), ROUNDS);
    let mut mentions = 0;
    // Who is as new as this peer is kept on the quiet shelf.
    let mentioned = "/api/v1/notifications?types[]=mention&include_filtered=true&limit=80";
    let mut page = taure.get(mentioned);
    while let Some(last) = page.as_array().unwrap().last() {
        mentions += page.as_array().unwrap().len();
        let below = last["id"].as_str().unwrap();
        page = taure.get(&format!("{mentioned}&max_id={below}"));
    }
    assert_eq!(mentions, ROUNDS);
}

#[test]
fn a_scheduled_post_goes_out_once_however_often_the_server_is_killed() {
    const POSTS: usize = 20;
    let mut taure = Process::new();
    let in_an_hour = Clock::default().now().plus(3_600_000).to_string();
    for n in 0..POSTS {
        let body = json!({"status": format!("later {n}"), "scheduled_at": in_an_hour});
        taure.call("POST", "/api/v1/statuses", Some(body)).ok();
    }
    taure.kill();
    // An hour later.
    let file = rusqlite::Connection::open(taure.folder.path().join("taure.db")).unwrap();
    file.execute_batch(
        "UPDATE scheduled_statuses SET scheduled_at = 1;
         UPDATE jobs SET run_at = 1 WHERE lane GLOB 'schedule:*';
         UPDATE lanes SET run_at = 1 WHERE lane GLOB 'schedule:*';",
    )
    .unwrap();
    drop(file);
    for _ in 0..POSTS / 2 {
        taure.start();
        taure.kill();
    }
    taure.start();
    eventually("a scheduled post did not go out", || {
        taure.get("/api/v1/scheduled_statuses").as_array().unwrap().is_empty()
    });
    let home = taure.get("/api/v1/timelines/home?limit=40");
    let mut texts: Vec<&str> =
        home.as_array().unwrap().iter().map(|s| s["content"].as_str().unwrap()).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!((texts.len(), home.as_array().unwrap().len()), (POSTS, POSTS));
}
