//! Links of profiles that link back, against pages on a server of the test's own.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use taure::model::time::{DAY, HOUR};

/// A website: pages by path, and what was asked of it.
struct Site {
    base: String,
    pages: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn new() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let site = Site { base, pages: Arc::default(), asked: Arc::default() };
        let (pages, asked) = (Arc::clone(&site.pages), Arc::clone(&site.asked));
        // Ends with the test process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &pages, &asked);
            }
        });
        site
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn says(&self, path: &str, head: &str, body: &str) {
        let text =
            format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        self.pages.lock().unwrap().insert(path.to_owned(), text.into_bytes());
    }

    fn shows(&self, path: &str, html: &str) {
        self.says(path, "200 OK\r\nContent-Type: text/html; charset=utf-8", html);
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, pages: &Mutex<HashMap<String, Vec<u8>>>, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    asked.lock().unwrap().push(format!("{method} {path}"));
    let missing = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
    let mut page = pages.lock().unwrap().get(path).cloned().unwrap_or(missing);
    if method == "HEAD" {
        let end = page.windows(4).position(|w| w == b"\r\n\r\n").unwrap() + 4;
        page.truncate(end);
    }
    let _ = stream.write_all(&page); // the client may have hung up on purpose
}

fn set_fields(taure: &Taure, links: &[String]) {
    let fields: Vec<Value> = links.iter().map(|link| json!({"name": "Page", "value": link})).collect();
    taure.call("PATCH", "/api/v1/profile", Some(json!({"fields_attributes": fields}))).ok();
    taure.settles();
}

fn verified(taure: &Taure) -> Vec<bool> {
    let fields = taure.get("/api/v1/profile").ok()["fields"].clone();
    fields.as_array().unwrap().iter().map(|f| f["verified_at"].is_string()).collect()
}

#[test]
fn a_page_that_links_back_proves_a_link_of_the_profile() {
    let (taure, site) = (Taure::new(), Site::new());
    let profile = format!("{}/@alice", taure.base);
    site.shows(
        "/a",
        &format!("<p>Me: <a class=x rel='noopener ME' href=\"{}\">there</a>", profile.to_uppercase()),
    );
    site.shows("/link", &format!("<html><head><link rel=me href={}></head>", taure.actor()));
    site.shows("/none", &format!("<!-- <a rel=me href={profile}> --><a href={profile}>I like her</a>"));
    site.says("/text", "200 OK\r\nContent-Type: text/plain", &format!("<a rel=me href={profile}>"));
    site.shows("/large", &format!("<a rel=me href={profile}>{}", "x".repeat(1 << 20)));
    site.shows("/short", &format!("<a rel=me href={}>", site.url("/go")));
    site.says("/go", &format!("302 Found\r\nLocation: {profile}"), "");
    site.shows("/elsewhere", &format!("<a rel=me href={}>", site.url("/a")));
    let pages = ["/a", "/link", "/none", "/text", "/large", "/short", "/elsewhere", "/gone"];
    set_fields(&taure, &pages.map(|path| site.url(path)));
    assert_eq!(verified(&taure), [true, true, false, false, false, true, false, false]);
    assert!(site.asked().contains(&"HEAD /go".to_owned()));
    let shown = taure.as_stranger("/api/v1/accounts/lookup?acct=alice").ok();
    assert!(shown["fields"][0]["verified_at"].as_str().unwrap().ends_with('Z'));
    assert!(shown["fields"][0]["value"].as_str().unwrap().contains("rel=\"me "));
}

#[test]
fn a_text_with_a_link_in_it_is_no_link_and_a_private_address_is_not_asked() {
    let site = Site::new();
    let taure = Taure::closed();
    site.shows("/", &format!("<a rel=me href={}/@alice>", taure.base));
    set_fields(&taure, &[format!("see {}", site.url("/")), site.url("/"), "http://10.0.0.1/".to_owned()]);
    assert_eq!(verified(&taure), [false, false, false]);
    assert!(site.asked().is_empty(), "{:?}", site.asked());
}

#[test]
fn a_proof_stays_while_the_link_stays_and_is_looked_at_again_after_a_month() {
    let (taure, site) = (Taure::new(), Site::new());
    let backlink = format!("<a rel=me href={}/@alice>", taure.base);
    site.shows("/", &backlink);
    set_fields(&taure, &[site.url("/")]);
    assert_eq!(verified(&taure), [true]);
    // Another edit asks nobody again.
    set_fields(&taure, &["x".to_owned(), site.url("/")]);
    assert_eq!((verified(&taure), site.asked().len()), (vec![false, true], 1));
    // Nor does time, until a month has passed: then the page is asked, and it has changed.
    site.shows("/", "nothing");
    taure.later(29 * DAY);
    taure.settles();
    assert_eq!((verified(&taure), site.asked().len()), (vec![false, true], 1));
    taure.later(2 * DAY);
    taure.settles();
    for _ in 0..200 {
        if verified(&taure) == [false, false] {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10)); // the hourly job is queued by the worker
    }
    assert_eq!((verified(&taure), site.asked().len()), (vec![false, false], 2));
    // The owner put the link back and saves again: at once.
    site.shows("/", &backlink);
    set_fields(&taure, &[site.url("/")]);
    assert_eq!(verified(&taure), [true]);
}

#[test]
fn links_of_others_are_looked_at_when_their_profile_is_opened_and_not_again_and_again() {
    let (taure, site) = (Taure::new(), Site::new());
    let peer = Peer::new("bob");
    site.shows("/", &format!("<a rel=me href={}/@bob>", peer.base));
    let mut document = peer.actor_document();
    let link = site.url("/");
    document["attachment"] = json!([
        {"type": "PropertyValue", "name": "Home", "value": format!("<a href=\"{link}\" rel=\"me\">{link}</a>")},
        {"type": "PropertyValue", "name": "Bank", "value": format!("<a href=\"{link}\" rel=\"me\">my bank</a>")},
    ]);
    peer.publish(&peer.actor(), document);
    let bob = taure.finds(&peer.handle());
    taure.settles();
    assert!(site.asked().is_empty(), "asked before anybody looked");
    let path = format!("/api/v1/accounts/{}", bob["id"].as_str().unwrap());
    taure.as_stranger(&path).ok();
    taure.settles();
    assert!(site.asked().is_empty(), "a stranger made us ask");
    for _ in 0..3 {
        taure.get(&path).ok();
        taure.settles();
    }
    let fields = taure.get(&path).ok()["fields"].clone();
    assert!(fields[0]["verified_at"].is_string() && fields[1]["verified_at"].is_null(), "{fields}");
    assert_eq!(site.asked(), ["GET /"]);
    // Their document comes again: the proof stays.
    taure.later(2 * DAY);
    taure.finds(&peer.handle());
    taure.settles();
    assert!(taure.get(&path).ok()["fields"][0]["verified_at"].is_string());
    // A month later the page is gone.
    site.says("/", "410 Gone", "");
    taure.later(30 * DAY + HOUR);
    taure.get(&path).ok();
    taure.settles();
    assert!(taure.get(&path).ok()["fields"][0]["verified_at"].is_null());
}
