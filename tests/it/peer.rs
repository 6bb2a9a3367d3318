//! A fake peer: an actor on a server of its own that signs what it sends and keeps what it receives.

use crate::harness::{Answer, Taure, request};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use taure::model::{Clock, Timestamp};
use taure::sig::{Incoming, Outgoing, PrivateKey, PublicKey, Scheme, Signer, sign};
use url::Url;

pub const AS: &str = "https://www.w3.org/ns/activitystreams";
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

impl Heard {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let headers: Vec<(&str, &str)> = self.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let (host, now) = (self.header("host"), Timestamp::parse_http_date(self.header("date")).unwrap());
        let incoming = Incoming {
            method: "POST",
            path_and_query: &self.target,
            headers: &headers,
            body: &self.body,
            origin: &format!("http://{host}"),
            hosts: &[host],
        };
        taure::sig::read(&incoming, now).unwrap().verify(key).is_ok()
    }
}

pub struct Peer {
    pub base: String,
    pub name: String,
    pub key: Arc<PrivateKey>,
    shared: Arc<Shared>,
}

/// A request, whole; names of headers are in lower case.
#[derive(Debug, Clone)]
pub struct Heard {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

struct Shared {
    documents: Mutex<HashMap<String, (u16, Value)>>,
    /// Pages for people: their Content-Type and what they hold.
    pages: Mutex<HashMap<String, (String, Vec<u8>)>>,
    /// Path and body.
    received: Mutex<Vec<(String, Value)>>,
    asked: Mutex<Vec<String>>,
    /// Every request as it came over the wire.
    heard: Mutex<Vec<Heard>>,
    /// The `Date` of what the inboxes answer.
    date: Mutex<Option<Timestamp>>,
    /// The status that the inbox answers.
    inbox_status: AtomicUsize,
    stop: AtomicBool,
    /// Not even connections that are open are answered.
    gone: AtomicBool,
    /// Makes ids.
    next: AtomicU64,
}

impl Peer {
    pub fn new(name: &str) -> Peer {
        Peer::with_key(name, PrivateKey::generate_rsa().unwrap())
    }

    pub fn with_key(name: &str, key: PrivateKey) -> Peer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let shared = Arc::new(Shared {
            documents: Mutex::default(),
            pages: Mutex::default(),
            received: Mutex::default(),
            asked: Mutex::default(),
            heard: Mutex::default(),
            date: Mutex::default(),
            inbox_status: AtomicUsize::new(202),
            stop: AtomicBool::new(false),
            gone: AtomicBool::new(false),
            next: AtomicU64::new(1),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if serving.stop.load(Ordering::Relaxed) {
                    return;
                }
                let serving = Arc::clone(&serving);
                std::thread::spawn(move || serve(&serving, stream));
            }
        });
        let peer = Peer { base, name: name.to_owned(), key: Arc::new(key), shared };
        peer.publish(&peer.actor(), peer.actor_document());
        peer.publish_webfinger();
        peer
    }

    /// Its machine is switched off: the port is free when this returns.
    pub fn vanishes(self) {
        self.shared.gone.store(true, Ordering::Relaxed);
        let address = self.base.replace("http://localhost", "127.0.0.1");
        drop(self);
        while TcpStream::connect(&address).is_ok() {
            std::thread::yield_now();
        }
    }

    pub fn domain(&self) -> String {
        self.base.trim_start_matches("http://").to_owned()
    }

    pub fn actor(&self) -> String {
        format!("{}/users/{}", self.base, self.name)
    }

    pub fn handle(&self) -> String {
        format!("@{}@{}", self.name, self.domain())
    }

    /// As Mastodon writes it.
    pub fn actor_document(&self) -> Value {
        let actor = self.actor();
        json!({
            "@context": [AS, "https://w3id.org/security/v1"],
            "id": actor,
            "type": "Person",
            "preferredUsername": self.name,
            "name": format!("{} of the peer", self.name),
            "summary": "<p>A peer.</p>",
            "url": format!("{}/@{}", self.base, self.name),
            "inbox": format!("{actor}/inbox"),
            "outbox": format!("{actor}/outbox"),
            "followers": format!("{actor}/followers"),
            "following": format!("{actor}/following"),
            "endpoints": {"sharedInbox": format!("{}/inbox", self.base)},
            "publicKey": {
                "id": format!("{actor}#main-key"),
                "owner": actor,
                "publicKeyPem": self.key.public().to_pem().unwrap(),
            },
        })
    }

    fn publish_webfinger(&self) {
        let jrd = json!({
            "subject": format!("acct:{}@{}", self.name, self.domain()),
            "links": [{"rel": "self", "type": "application/activity+json", "href": self.actor()}],
        });
        self.publish(&format!("{}/.well-known/webfinger", self.base), jrd);
    }

    /// Serves a document at its address.
    pub fn publish(&self, url: &str, document: Value) {
        self.answer(url, 200, document);
    }

    /// Serves a page of HTML.
    pub fn page(&self, path: &str, html: &str) -> String {
        self.file(path, "text/html", html.as_bytes())
    }

    /// Serves anything as anything.
    pub fn file(&self, path: &str, kind: &str, bytes: &[u8]) -> String {
        let file = (kind.to_owned(), bytes.to_vec());
        self.shared.pages.lock().unwrap().insert(path.to_owned(), file);
        format!("{}{path}", self.base)
    }

    /// The page is gone: what is answered there is a document again.
    pub fn forget(&self, path: &str) {
        self.shared.pages.lock().unwrap().remove(path);
    }

    pub fn answer(&self, url: &str, status: u16, document: Value) {
        let path = url.strip_prefix(&self.base).unwrap_or(url).to_owned();
        self.shared.documents.lock().unwrap().insert(path, (status, document));
    }

    /// From now on the inboxes, and who asks for NodeInfo, are told that it is so late.
    pub fn says_it_is(&self, at: Timestamp) {
        *self.shared.date.lock().unwrap() = Some(at);
    }

    /// From now on the inboxes answer this.
    pub fn inbox_answers(&self, status: u16) {
        self.shared.inbox_status.store(usize::from(status), Ordering::Relaxed);
    }

    /// What arrived in the inboxes, in order.
    pub fn received(&self) -> Vec<Value> {
        self.shared.received.lock().unwrap().iter().map(|(_, body)| body.clone()).collect()
    }

    /// The inboxes to which it came, in order.
    pub fn paths(&self) -> Vec<String> {
        self.shared.received.lock().unwrap().iter().map(|(path, _)| path.clone()).collect()
    }

    pub fn received_of(&self, kind: &str) -> Vec<Value> {
        self.received().into_iter().filter(|a| a["type"] == kind).collect()
    }

    /// The Signature headers of what arrived, in order.
    pub fn signatures(&self) -> Vec<String> {
        self.requests().iter().map(|one| format!("signature: {}", one.header("signature"))).collect()
    }

    /// The deliveries among them.
    pub fn requests(&self) -> Vec<Heard> {
        self.heard().into_iter().filter(|one| one.method == "POST").collect()
    }

    /// Paths that were asked for with GET.
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// Every request that came, in order.
    pub fn heard(&self) -> Vec<Heard> {
        self.shared.heard.lock().unwrap().clone()
    }

    pub fn new_id(&self, what: &str) -> String {
        format!("{}/{what}/{}", self.base, self.shared.next.fetch_add(1, Ordering::Relaxed))
    }

    pub fn signer(&self) -> Signer {
        Signer { key_id: format!("{}#main-key", self.actor()), key: Arc::clone(&self.key) }
    }

    /// Sends an activity to the inbox of the owner of `taure`, signed as Mastodon signs.
    pub fn delivers(&self, taure: &Taure, activity: &Value) -> Answer {
        self.delivers_as(taure, activity, Scheme::Cavage, &self.signer())
    }

    pub fn delivers_as(&self, taure: &Taure, activity: &Value, scheme: Scheme, signer: &Signer) -> Answer {
        deliver(
            &format!("{}/inbox", taure.actor()),
            activity.to_string().as_bytes(),
            scheme,
            signer,
            taure.clock.now(),
        )
    }

    /// As Mastodon sends what is for followers: with a signed header about who those are.
    pub fn delivers_with(&self, taure: &Taure, activity: &Value, header: (&'static str, &str)) -> Answer {
        let body = activity.to_string();
        let inbox = format!("{}/inbox", taure.actor());
        deliver_with(&inbox, body.as_bytes(), Scheme::Cavage, &self.signer(), taure.clock.now(), Some(header))
    }

    /// Reads a document of `taure`, signed with the actor's key.
    pub fn reads(&self, taure: &Taure, url: &str) -> Answer {
        self.reads_as(taure, url, Scheme::Cavage, &self.signer())
    }

    pub fn reads_as(&self, taure: &Taure, url: &str, scheme: Scheme, signer: &Signer) -> Answer {
        let address = Url::parse(url).unwrap();
        let outgoing = Outgoing { method: "GET", url: &address, content_type: None, body: None, extra: None };
        let headers = sign(scheme, signer, &outgoing, taure.clock.now()).unwrap();
        let mut headers: Vec<(&str, &str)> =
            headers.iter().filter(|(n, _)| *n != "host").map(|(n, v)| (*n, v.as_str())).collect();
        headers.push(("accept", "application/activity+json"));
        request("GET", url, &headers, None)
    }

    // --- activities

    pub fn activity(&self, kind: &str, object: Value) -> Value {
        json!({"@context": AS, "id": self.new_id("activities"), "type": kind, "actor": self.actor(), "object": object})
    }

    /// A public Note, served at its id; `to` is who is mentioned.
    pub fn note(&self, html: &str, mentions: &[&Taure]) -> Value {
        let id = self.new_id("notes");
        let tag: Vec<Value> = mentions
            .iter()
            .map(|t| json!({"type": "Mention", "href": t.actor(), "name": t.handle()}))
            .collect();
        let mut cc = vec![format!("{}/followers", self.actor())];
        cc.extend(mentions.iter().map(|t| t.actor()));
        let note = json!({
            "@context": AS,
            "id": id, "type": "Note", "attributedTo": self.actor(), "url": id,
            "content": html, "published": Clock::default().now().to_string(),
            "to": [PUBLIC], "cc": cc, "tag": tag, "attachment": [], "sensitive": false,
            "summary": null, "inReplyTo": null,
        });
        self.publish(&id, note.clone());
        note
    }

    pub fn create(&self, note: &Value) -> Value {
        let mut create = self.activity("Create", note.clone());
        create["to"] = note["to"].clone();
        create["cc"] = note["cc"].clone();
        create
    }

    /// A public Question of one choice, served at its id.
    pub fn asks(&self, options: &[&str], mentions: &[&Taure]) -> Value {
        let mut question = self.note("<p>What?</p>", mentions);
        question["type"] = json!("Question");
        question["endTime"] = json!(Clock::default().now().plus(3_600_000).to_string());
        question["votersCount"] = json!(0);
        let none = json!({"type": "Collection", "totalItems": 0});
        let options = options.iter().map(|o| json!({"type": "Note", "name": o, "replies": none}));
        question["oneOf"] = options.collect();
        self.publish(question["id"].as_str().unwrap(), question.clone());
        question
    }

    /// One vote for each of `options` in the poll of `status`, as Mastodon sends them; each is looked into.
    #[track_caller]
    pub fn votes(&self, taure: &Taure, status: &Value, options: &[&str]) {
        for option in options {
            let id = format!("{}#votes/{}", self.actor(), self.shared.next.fetch_add(1, Ordering::Relaxed));
            let vote = json!({"id": id, "type": "Note", "name": option, "attributedTo": self.actor(),
                "to": taure.actor(), "inReplyTo": status["uri"]});
            let create = json!({"@context": AS, "id": format!("{id}/activity"), "type": "Create",
                "actor": self.actor(), "to": taure.actor(), "object": vote});
            assert_eq!(self.delivers(taure, &create).status, 202);
        }
        taure.settles();
    }

    /// Follows the owner; the Accept is awaited.
    #[track_caller]
    pub fn follows(&self, taure: &Taure) -> Value {
        let follow = self.activity("Follow", json!(taure.actor()));
        assert_eq!(self.delivers(taure, &follow).status, 202);
        taure.settles();
        follow
    }

    /// The account as `taure` knows it, looked up now; whether it wants to be found by others.
    #[track_caller]
    pub fn is_known_to(&self, taure: &Taure, discoverable: bool) -> Value {
        let mut document = self.actor_document();
        document["discoverable"] = json!(discoverable);
        self.publish(&self.actor(), document);
        let found = taure.finds(&self.handle());
        taure.settles();
        found
    }

    /// Lets the owner of `taure` follow.
    #[track_caller]
    pub fn is_followed_by(&self, taure: &Taure) -> Value {
        let account = taure.finds(&self.handle());
        let id = account["id"].as_str().unwrap();
        taure.post(&format!("/api/v1/accounts/{id}/follow"), json!({})).ok();
        taure.settles();
        let follow = self.received_of("Follow").pop().expect("no Follow arrived");
        let accept = self.activity("Accept", follow);
        assert_eq!(self.delivers(taure, &accept).status, 202);
        taure.settles();
        account
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        let address = self.base.replace("http://localhost", "127.0.0.1");
        let _ = TcpStream::connect(address); // so that the listener sees it
    }
}

/// Posts `body` to `inbox`, signed.
pub fn deliver(inbox: &str, body: &[u8], scheme: Scheme, signer: &Signer, now: Timestamp) -> Answer {
    deliver_with(inbox, body, scheme, signer, now, None)
}

fn deliver_with(
    inbox: &str,
    body: &[u8],
    scheme: Scheme,
    signer: &Signer,
    now: Timestamp,
    extra: Option<(&'static str, &str)>,
) -> Answer {
    let url = Url::parse(inbox).unwrap();
    let outgoing = Outgoing {
        method: "POST",
        url: &url,
        content_type: Some("application/activity+json"),
        body: Some(body),
        extra,
    };
    let headers = sign(scheme, signer, &outgoing, now).unwrap();
    let headers: Vec<(&str, &str)> =
        headers.iter().filter(|(n, _)| *n != "host").map(|(n, v)| (*n, v.as_str())).collect();
    request("POST", inbox, &headers, Some(body))
}

fn serve(shared: &Shared, mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let mut words = line.split_whitespace();
        let (method, target) = (words.next().unwrap_or("").to_owned(), words.next().unwrap_or("").to_owned());
        let (mut length, mut headers) = (0, Vec::new());
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header).unwrap_or(0) == 0 || header.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        if shared.gone.load(Ordering::Relaxed) {
            return;
        }
        let (status, document) = answer(shared, &method, &target, &body);
        let heard = Heard { method: method.clone(), target: target.clone(), headers, body };
        shared.heard.lock().unwrap().push(heard);
        let path = target.split('?').next().unwrap_or("");
        let page = shared.pages.lock().unwrap().get(path).cloned();
        let (kind, bytes) = match page.filter(|_| method == "GET") {
            Some((kind, bytes)) => (format!("200 X\r\nContent-Type: {kind}"), bytes),
            None => {
                let to = document["location"].as_str().filter(|_| (300..400).contains(&status));
                let location = to.map(|to| format!("\r\nLocation: {to}")).unwrap_or_default();
                let date =
                    shared.date.lock().unwrap().filter(|_| method == "POST" || target.ends_with("/nodeinfo"));
                let date = date.map(|at| format!("\r\nDate: {}", at.to_http_date())).unwrap_or_default();
                let kind = format!("{status} X\r\nContent-Type: application/activity+json{location}{date}");
                (kind, document.to_string().into_bytes())
            }
        };
        let mut whole = format!("HTTP/1.1 {kind}\r\nContent-Length: {}\r\n\r\n", bytes.len()).into_bytes();
        whole.extend(bytes);
        if stream.write_all(&whole).is_err() {
            return;
        }
    }
}

fn answer(shared: &Shared, method: &str, target: &str, body: &[u8]) -> (u16, Value) {
    let path = target.split('?').next().unwrap_or("");
    if method == "POST" {
        let status = shared.inbox_status.load(Ordering::Relaxed) as u16;
        if status < 300 {
            let body = serde_json::from_slice(body).unwrap_or(Value::Null);
            shared.received.lock().unwrap().push((path.to_owned(), body));
        }
        return (status, json!({}));
    }
    shared.asked.lock().unwrap().push(target.to_owned());
    let documents = shared.documents.lock().unwrap();
    documents.get(path).cloned().unwrap_or((404, json!({"error": "not found"})))
}

/// A server that takes every connection and answers nobody.
pub struct Silent {
    pub base: String,
    held: Arc<Mutex<Vec<TcpStream>>>,
}

impl Silent {
    pub fn new() -> Silent {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let held: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
        let holding = Arc::clone(&held);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                holding.lock().unwrap().push(stream);
            }
        });
        Silent { base, held }
    }

    /// Lets go of whoever waits: they hear the end of it.
    pub fn hangs_up(&self) {
        self.held.lock().unwrap().clear();
    }
}
