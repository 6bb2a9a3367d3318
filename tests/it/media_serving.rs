//! Files of the owner's, as players and browsers ask for them.

use crate::harness::{Answer, Taure, request};
use crate::pictures::{self, square};
use serde_json::Value;
use std::io::Read;

/// A picture that stands in a public post: its address and its bytes as they are kept.
fn shown(taure: &Taure) -> (String, Vec<u8>) {
    let media: Value = pictures::send(taure, "POST", "/api/v2/media", &[], Some(("file", &square(400)))).ok();
    let url = media["url"].as_str().unwrap().to_owned();
    let key = url.split_once("/media/").unwrap().1;
    let mut bytes = Vec::new();
    taure.app().media.open_file(key).unwrap().0.read_to_end(&mut bytes).unwrap();
    (url, bytes)
}

fn asks(url: &str, method: &str, headers: &[(&str, &str)]) -> Answer {
    request(method, url, headers, None)
}

#[test]
fn a_player_asks_for_parts() {
    let alice = Taure::new();
    let (url, bytes) = shown(&alice);
    let length = bytes.len();
    let whole = asks(&url, "GET", &[]);
    assert_eq!((whole.status, whole.header("accept-ranges")), (200, Some("bytes")));
    for (range, from, to) in [
        ("bytes=0-9", 0, 10),
        ("bytes=10-", 10, length),
        ("bytes=-7", length - 7, length),
        ("bytes=3-999999999", 3, length),
    ] {
        let part = asks(&url, "GET", &[("range", range)]);
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(
            part.header("content-range").unwrap(),
            format!("bytes {from}-{}/{length}", to - 1),
            "{range}"
        );
        assert_eq!(part.header("content-length").unwrap(), (to - from).to_string(), "{range}");
        assert_eq!(part.text, String::from_utf8_lossy(&bytes[from..to]), "{range}");
        assert_eq!(part.header("etag"), whole.header("etag"));
    }
    let beyond = asks(&url, "GET", &[("range", "bytes=999999999-")]);
    assert_eq!(
        (beyond.status, beyond.header("content-range").unwrap()),
        (416, format!("bytes */{length}").as_str())
    );
    // What is no range of ours, and a part of another version, is the whole.
    for headers in [
        [("range", "bytes=0-1,4-5"), ("accept", "*/*")],
        [("range", "lines=1-2"), ("accept", "*/*")],
        [("range", "bytes=0-9"), ("if-range", "\"another\"")],
    ] {
        assert_eq!(asks(&url, "GET", &headers).status, 200, "{headers:?}");
    }
    let etag = whole.header("etag").unwrap();
    assert_eq!(asks(&url, "GET", &[("range", "bytes=0-9"), ("if-range", etag)]).status, 206);
    assert_eq!(asks(&url, "GET", &[("range", "bytes=0-9"), ("if-none-match", etag)]).status, 304);
    let head = asks(&url, "HEAD", &[("range", "bytes=0-9")]);
    assert_eq!((head.status, head.text.as_str()), (206, ""));
}

/// Nothing that somebody uploaded acts as a page or an activity of ours.
#[test]
fn a_file_is_a_file_whatever_is_asked_for() {
    let alice = Taure::new();
    let (url, _) = shown(&alice);
    for accept in ["text/html", "application/activity+json", "application/ld+json", "*/*"] {
        let answer = asks(&url, "GET", &[("accept", accept)]);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/png")), "{accept}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
        assert!(answer.header("content-disposition").unwrap().starts_with("inline; filename=\""));
        assert!(answer.header("cache-control").unwrap().contains("immutable"));
    }
    for wrong in [
        "/media/",
        "/media/..%2f..%2ftaure.db",
        "/media/aa/../../taure.db",
        "/media/aa/bb.html",
        "/media/aa/bb.png",
    ] {
        assert_eq!(asks(&format!("{}{wrong}", alice.base), "GET", &[]).status, 404, "{wrong}");
    }
}
