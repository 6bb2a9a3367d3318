//! What visitors and crawlers see: whole answers that are kept, and never what is not for them.

use crate::harness::{Taure, request};
use crate::pages_requests::Browser;
use serde_json::json;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use taure::model::Visibility;
use taure::ops::statuses::{NewStatus, publish};

/// Posts and gives the path of the post's page.
fn says(taure: &Taure, text: &str, visibility: Visibility) -> String {
    let new = NewStatus { text: text.to_owned(), visibility: Some(visibility), ..NewStatus::default() };
    let status = publish(&taure.app(), &new).unwrap();
    format!("/@{}/{}", taure.username, status.id)
}

/// One answer as it stands on the wire: headers in lower case, and bytes.
fn raw(taure: &Taure, method: &str, path: &str, headers: &str) -> (String, Vec<u8>) {
    let mut wire = TcpStream::connect(&taure.domain).unwrap();
    let text =
        format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}\r\n", taure.domain);
    wire.write_all(text.as_bytes()).unwrap();
    let mut answer = BufReader::new(wire);
    let (mut head, mut body) = (String::new(), Vec::new());
    while !head.ends_with("\r\n\r\n") {
        answer.read_line(&mut head).unwrap();
    }
    answer.read_to_end(&mut body).unwrap();
    (head.to_lowercase(), body)
}

#[test]
fn a_page_is_kept_until_something_changes_that_it_shows() {
    let taure = Taure::new();
    let post = says(&taure, "The first thought", Visibility::Public);
    taure.settles();
    let kept = || taure.house().kept_pages().0;
    let first = taure.as_stranger("/@alice");
    assert!(first.text.contains("The first thought"));
    assert_eq!(kept(), 1);
    assert_eq!(taure.as_stranger("/@alice").text, first.text);
    assert_eq!(kept(), 1);

    let tag = first.header("etag").unwrap();
    let again = taure.send("GET", "/@alice", &[("if-none-match", tag)], None);
    assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", Some(tag)));
    let (head, body) = raw(&taure, "HEAD", "/@alice", "");
    assert!(head.starts_with("http/1.1 200") && body.is_empty());
    assert!(head.contains(&format!("content-length: {}\r\n", first.text.len())), "{head}");

    says(&taure, "The second thought", Visibility::Public);
    let second = taure.send("GET", "/@alice", &[("if-none-match", tag)], None);
    assert_eq!(second.status, 200);
    assert!(second.text.contains("The second thought"));

    assert!(taure.as_stranger(&post).text.contains("The first thought"));
    let id = post.rsplit_once('/').unwrap().1;
    taure.call("PUT", &format!("/api/v1/statuses/{id}"), Some(json!({"status": "Thought again"}))).ok();
    assert!(taure.as_stranger(&post).text.contains("Thought again"));
    assert!(taure.as_stranger("/@alice.atom").text.contains("Thought again"));
    taure.call("DELETE", &format!("/api/v1/statuses/{id}"), None).ok();
    assert_eq!(taure.as_stranger(&post).status, 410);
    for page in ["/", "/@alice", "/@alice.atom", "/@alice/feed.json", "/sitemap.xml"] {
        assert!(!taure.as_stranger(page).text.contains("Thought again"), "{page}");
    }
    taure.settles();
}

#[test]
fn what_is_the_owners_never_comes_from_what_is_kept() {
    let taure = Taure::new();
    let owner = Browser::of(&taure);
    let secret = says(&taure, "Between us only", Visibility::Private);
    for _ in 0..2 {
        for page in ["/", "/@alice", secret.as_str()] {
            let mine = owner.get(page);
            assert!(mine.text.contains("Between us only") && mine.text.contains("name=\"csrf\""), "{page}");
            assert_eq!(mine.header("cache-control"), Some("private, no-store"));
            let theirs = taure.as_stranger(page);
            assert!(!theirs.text.contains("Between us only") && !theirs.text.contains("csrf"), "{page}");
            assert_eq!(theirs.header("set-cookie"), None);
        }
    }
    // A token of an app, whichever way it comes.
    let bearer = format!("Bearer {}", taure.token);
    let with_token = taure.send("GET", "/@alice", &[("authorization", &bearer)], None);
    assert!(!with_token.text.contains("Between us only"));
    assert_eq!(taure.send("GET", "/@alice", &[("authorization", "Bearer wrong")], None).status, 303);
    // The document of the same address.
    assert_eq!(taure.document("/@alice").json["type"], "Person");
    assert!(taure.as_stranger("/@alice").text.starts_with("<!DOCTYPE html>"));
    // Who locks the door afterwards is not seen from before.
    let open = says(&taure, "Seen for a while", Visibility::Public);
    assert!(taure.as_stranger(&open).text.contains("Seen for a while"));
    let id = open.rsplit_once('/').unwrap().1.parse().unwrap();
    let app = taure.app();
    app.store
        .write(|tx| tx.run("UPDATE statuses SET visibility = 2 WHERE id = ?1", [taure::model::StatusId(id)]))
        .unwrap();
    assert_eq!(taure.as_stranger(&open).status, 404);
    assert!(!taure.as_stranger("/").text.contains("Seen for a while"));
    taure.settles();
}

#[test]
fn a_hundred_addresses_of_one_page_do_not_fill_the_memory() {
    let taure = Taure::new();
    for n in 0..30 {
        says(&taure, &format!("Post {n} {}", "of some words ".repeat(20)), Visibility::Public);
    }
    taure.settles();
    for n in 0..300 {
        assert_eq!(taure.as_stranger(&format!("/@alice?page={n}")).status, 200);
    }
    let (count, bytes) = taure.house().kept_pages();
    assert!((10..=200).contains(&count) && bytes <= 2 << 20, "{count} answers of {bytes} bytes");
    // Nor long addresses, nor what is not there.
    let (before, _) = taure.house().kept_pages();
    taure.as_stranger(&format!("/@alice?x={}", "x".repeat(300)));
    taure.as_stranger("/@nobody");
    assert_eq!(taure.house().kept_pages().0, before);
}

#[test]
fn a_page_grows_old_within_a_minute() {
    let taure = Taure::new();
    says(&taure, "Just now", Visibility::Public);
    taure.settles();
    let young = taure.as_stranger("/").text;
    taure.later(50_000);
    assert_eq!(taure.as_stranger("/").text, young);
    taure.later(3_600_000);
    assert_ne!(taure.as_stranger("/").text, young);
}

#[test]
fn pages_and_files_go_out_compressed_to_who_reads_that() {
    let taure = Taure::new();
    says(&taure, &"Some words in many lines. ".repeat(30), Visibility::Public);
    taure.settles();
    let page = taure.as_stranger("/");
    let sheet = format!(
        "/assets/style.css?v={}",
        page.text.split("style.css?v=").nth(1).unwrap().split('"').next().unwrap()
    );
    for path in ["/", "/@alice.atom", &sheet] {
        let plain =
            request("GET", &format!("{}{path}", taure.base), &[("accept-encoding", "identity")], None);
        assert_eq!(plain.header("content-encoding"), None);
        let (head, bytes) = raw(&taure, "GET", path, "accept-encoding: gzip, br\r\n");
        assert!(head.contains("content-encoding: gzip\r\n"), "{path}: {head}");
        assert!(
            head.contains("accept-encoding")
                && head.contains(&format!("content-length: {}\r\n", bytes.len()))
        );
        assert!(bytes.starts_with(&[0x1f, 0x8b]) && bytes.len() * 2 < plain.text.len(), "{path}");
        let tag = head.split("etag: ").nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
        assert!(tag.starts_with("w/"));
        let plain_tag = plain.header("etag").unwrap();
        let (again, nothing) =
            raw(&taure, "GET", path, &format!("accept-encoding: gzip\r\nif-none-match: {plain_tag}\r\n"));
        assert!(again.starts_with("http/1.1 304") && nothing.is_empty(), "{again}");
    }
    // The owner's pages hold a secret and are not compressed: <https://breachattack.com/>.
    assert_eq!(Browser::of(&taure).get("/").header("content-encoding"), None);
}
