//! Others' files, shown through us: fetched once, kept under a cap, passed on when they are large, and nothing else.

use crate::harness::{Answer, Taure, request};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use taure::error::Kind;
use taure::media::cache;
use taure::model::time::{DAY, MINUTE};
use taure::ops::budget;
use taure::store::remote_files;

/// A server of files that notes who asks for what, and may stop in the middle of one until it is told to go on.
pub struct Files {
    pub base: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Type and bytes.
    files: Mutex<HashMap<String, (String, Vec<u8>)>>,
    /// Target and all headers.
    asked: Mutex<Vec<(String, String)>>,
    /// The path that stops half way.
    held: Mutex<Option<String>>,
    freed: Condvar,
}

impl Files {
    pub fn new() -> Files {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let shared = Arc::<Shared>::default();
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = Arc::clone(&serving);
                std::thread::spawn(move || serve(&serving, stream));
            }
        });
        Files { base, shared }
    }

    pub fn put(&self, path: &str, kind: &str, bytes: &[u8]) -> String {
        self.shared.files.lock().unwrap().insert(path.to_owned(), (kind.to_owned(), bytes.to_vec()));
        format!("{}{path}", self.base)
    }

    pub fn asked(&self) -> Vec<(String, String)> {
        self.shared.asked.lock().unwrap().clone()
    }

    fn remove(&self, path: &str) {
        self.shared.files.lock().unwrap().remove(path);
    }

    fn hold(&self, path: &str) {
        *self.shared.held.lock().unwrap() = Some(path.to_owned());
    }

    fn let_go(&self) {
        *self.shared.held.lock().unwrap() = None;
        self.shared.freed.notify_all();
    }
}

fn serve(shared: &Shared, mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        let path = head.split_whitespace().nth(1).unwrap_or("").to_owned();
        shared.asked.lock().unwrap().push((path.clone(), head.to_ascii_lowercase()));
        let Some((kind, bytes)) = shared.files.lock().unwrap().get(&path).cloned() else {
            let _ = stream.write_all(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");
            continue;
        };
        let range = head
            .to_ascii_lowercase()
            .split_once("range: bytes=")
            .map(|(_, r)| r.lines().next().unwrap().to_owned());
        let (line, part) = match range.as_deref().and_then(|r| r.split_once('-')) {
            Some((from, to)) => {
                let from: usize = from.parse().unwrap();
                let to = to.parse().unwrap_or(bytes.len() - 1).min(bytes.len() - 1);
                (format!("206 X\r\nContent-Range: bytes {from}-{to}/{}", bytes.len()), &bytes[from..=to])
            }
            None => ("200 X".to_owned(), &bytes[..]),
        };
        let head =
            format!("HTTP/1.1 {line}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", part.len());
        let (first, rest) = part.split_at(part.len() / 2);
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(first)).is_err() {
            return;
        }
        let held = shared.held.lock().unwrap();
        drop(shared.freed.wait_while(held, |held| held.as_deref() == Some(&path)).unwrap());
        if stream.write_all(rest).is_err() {
            return;
        }
    }
}

/// Bytes that no format packs, after a signature.
fn noise(signature: &[u8], length: usize) -> Vec<u8> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut bytes = signature.to_vec();
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn views(url: &str, headers: &[(&str, &str)]) -> Answer {
    request("GET", url, headers, None)
}

fn bytes_of(url: &str) -> Vec<u8> {
    let answer = ureq::get(url).call().unwrap();
    let mut bytes = Vec::new();
    answer.into_body().into_reader().read_to_end(&mut bytes).unwrap();
    bytes
}

/// The last byte is shown a moment before the file has its place.
fn is_kept(taure: &Taure, files: i64) {
    for _ in 0..500 {
        if taure.app().store.read(remote_files::total).unwrap().0 == files {
            let shelves: usize = (0..=255).map(|n| taure.app().cache.shelf(n).unwrap().len()).sum();
            assert_eq!(shelves, usize::try_from(files).unwrap());
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("there are {:?} files, not {files}", taure.app().store.read(remote_files::total).unwrap());
}

#[test]
fn a_picture_is_fetched_once_whoever_looks_and_nobody_learns_who() {
    let (alice, files) = (Taure::new(), Files::new());
    let bytes = noise(PNG, 100_000);
    let url = alice.shown(&files.put("/a.png", "image/png", &bytes));
    assert!(url.starts_with(&format!("{}/proxy/", alice.base)), "{url}");
    assert_eq!(bytes_of(&url), bytes);
    is_kept(&alice, 1);
    let again = views(
        &url,
        &[("user-agent", "Spyglass/1"), ("cookie", "x=secret"), ("referer", "https://a.test/secret")],
    );
    assert_eq!((again.status, again.header("content-type")), (200, Some("image/png")));
    assert_eq!(again.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    assert_eq!(again.header("x-content-type-options"), Some("nosniff"));
    let part = views(&url, &[("range", "bytes=10-19")]);
    assert_eq!((part.status, part.header("content-range")), (206, Some("bytes 10-19/100000")));
    let tag = again.header("etag").unwrap();
    assert_eq!(views(&url, &[("if-none-match", tag)]).status, 304);
    let asked = files.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    let told = &asked[0].1;
    assert!(
        told.contains("user-agent: taure/") && !told.contains("secret") && !told.contains("forwarded"),
        "{told}"
    );
}

#[test]
fn nobody_has_anything_else_fetched() {
    let (alice, files) = (Taure::new(), Files::new());
    let url = alice.shown(&files.put("/a.png", "image/png", &noise(PNG, 1_000)));
    files.put("/b.png", "image/png", &noise(PNG, 1_000));
    for other in [
        url.replace("a.png", "b.png"),
        format!("{url}?x=1"),
        url.replace("/proxy/", "/proxy/A"),
        format!("{}/proxy/AAAAAAAAAAAAAAAA/http:/{}/a.png", alice.base, &files.base[7..]),
        format!("{}/proxy/x", alice.base),
    ] {
        assert_eq!(views(&other, &[]).status, 404, "{other}");
    }
    assert_eq!(files.asked(), []);
}

#[test]
fn a_page_is_not_shown_whatever_its_server_calls_it() {
    let (alice, files) = (Taure::new(), Files::new());
    for (path, kind, bytes) in [
        ("/page.png", "image/png", &b"<!doctype html><script>alert(1)</script>"[..]),
        ("/svg.png", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("/actor", "image/png", b"{\"type\":\"Person\"}"),
        ("/text", "text/plain", b"hello"),
        ("/pdf", "application/pdf", b"%PDF-1.7"),
    ] {
        let url = alice.shown(&files.put(path, kind, bytes));
        let answer = views(&url, &[]);
        assert_eq!(answer.status, 502, "{path}: {}", answer.text);
        assert!(!answer.text.contains("alert"));
    }
    assert_eq!(alice.app().cache.used(), 0);
}

#[test]
fn what_did_not_come_is_asked_for_again_after_a_minute() {
    let (alice, files) = (Taure::new(), Files::new());
    let url = alice.shown(&format!("{}/late.png", files.base));
    assert_eq!(views(&url, &[]).status, 404);
    files.put("/late.png", "image/png", &noise(PNG, 1_000));
    assert_eq!((views(&url, &[]).status, files.asked().len()), (404, 1));
    alice.clock.advance(MINUTE + 1);
    assert_eq!(views(&url, &[]).status, 200);
}

#[test]
fn a_file_is_shown_while_it_comes_to_all_who_wait() {
    let (alice, files) = (Taure::new(), Files::new());
    let bytes = noise(PNG, 400_000);
    let url = alice.shown(&files.put("/slow.png", "image/png", &bytes));
    files.hold("/slow.png");
    let begun: Vec<_> = (0..3)
        .map(|_| {
            let answer = ureq::get(&url).call().unwrap();
            let mut reader = answer.into_body().into_reader();
            let mut half = vec![0; 150_000];
            reader.read_exact(&mut half).unwrap(); // and the other server has not sent the rest
            (reader, half)
        })
        .collect();
    let probe = views(&url, &[("range", "bytes=1-2")]);
    assert_eq!((probe.status, probe.header("content-range")), (206, Some("bytes 1-2/400000")));
    assert_eq!(probe.text, "PN");
    files.let_go();
    for (mut reader, mut whole) in begun {
        reader.read_to_end(&mut whole).unwrap();
        assert!(whole == bytes, "{} bytes came", whole.len());
    }
    assert_eq!(files.asked().len(), 1);
}

#[test]
fn the_cache_keeps_below_its_cap_and_lets_go_what_was_seen_longest_ago() {
    let (alice, files) = (Taure::new(), Files::new());
    let app = alice.app();
    app.cache.set_limit(1_000_000);
    let urls: Vec<String> = (0..20)
        .map(|n| alice.shown(&files.put(&format!("/{n}.png"), "image/png", &noise(PNG, 98_304))))
        .collect();
    for url in &urls {
        assert_eq!(views(url, &[]).status, 200);
        assert!(app.cache.used() <= 1_000_000, "{}", app.cache.used());
        alice.clock.advance(2 * 60 * MINUTE);
    }
    is_kept(&alice, 10);
    views(&urls[10], &[]); // the oldest of those, looked at again
    assert_eq!(files.asked().len(), 20);
    views(&urls[0], &[]); // takes the place of 11
    views(&urls[10], &[]);
    assert_eq!(files.asked().len(), 21);
    views(&urls[11], &[]);
    assert_eq!(files.asked().len(), 22);
}

#[test]
fn a_large_film_is_passed_on_in_parts_and_not_kept() {
    let (alice, files) = (Taure::new(), Files::new());
    let app = alice.app();
    app.cache.set_limit(800_000); // of which one file may take 100,000
    let bytes = noise(b"\0\0\0\x18ftypisom", 2_000_000);
    let url = alice.shown(&files.put("/film.mp4", "video/mp4", &bytes));
    assert!(bytes_of(&url) == bytes);
    let part = views(&url, &[("range", "bytes=1000000-1000999")]);
    assert_eq!((part.status, part.header("content-type")), (206, Some("video/mp4")));
    assert_eq!(part.header("content-range"), Some("bytes 1000000-1000999/2000000"));
    assert_eq!(part.header("content-length"), Some("1000"));
    assert_eq!((app.cache.used(), app.cache.shelf(0).unwrap().len()), (0, 0));
}

#[test]
fn a_bucket_knows_no_types_and_the_bytes_do() {
    let (alice, files) = (Taure::new(), Files::new());
    alice.app().cache.set_limit(800_000);
    for (length, path) in [(50_000, "/kept"), (200_000, "/passed")] {
        let film = noise(b"\0\0\0\x18ftypisom", length);
        let url = alice.shown(&files.put(path, "binary/octet-stream", &film));
        let whole = views(&url, &[]);
        assert_eq!((whole.status, whole.header("content-type")), (200, Some("video/mp4")), "{path}");
        let probe = views(&url, &[("range", "bytes=0-1")]);
        assert_eq!((probe.status, probe.header("content-length")), (206, Some("2")), "{path}");
        assert_eq!(views(&url, &[("range", "bytes=9-20")]).status, 206, "{path}");
    }
    let page = alice.shown(&files.put("/page", "application/octet-stream", b"<a  ftypisom>"));
    assert_eq!(views(&page, &[]).status, 502);
}

#[test]
fn a_part_of_another_version_is_not_joined_to_what_a_player_has() {
    let (alice, files) = (Taure::new(), Files::new());
    let url = alice.shown(&files.put("/a.png", "image/png", &noise(PNG, 1_000)));
    let resumed = views(&url, &[("range", "bytes=500-"), ("if-range", "\"of another time\"")]);
    assert_eq!((resumed.status, resumed.header("content-length")), (200, Some("1000")));
}

/// Answers every request so, and hangs up.
fn says(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4_096];
            let _ = stream.read(&mut head);
            let _ = stream.write_all(&answer);
        }
    });
    base
}

#[test]
fn a_film_that_nobody_said_is_large_is_passed_on_the_next_time() {
    let alice = Taure::new();
    alice.app().cache.set_limit(800_000);
    let film = noise(b"\0\0\0\x18ftypisom", 2_000_000);
    let base = says([&b"HTTP/1.0 200 X\r\nContent-Type: video/mp4\r\n\r\n"[..], &film].concat());
    let url = alice.shown(&format!("{base}/film.mp4"));
    // Whoever looks first may have had a part of it by the time that this was noticed, or not even a head.
    if let Ok(first) = ureq::get(&url).call() {
        let _ = first.into_body().into_reader().read_to_end(&mut Vec::new());
    }
    assert!(bytes_of(&url) == film);
    assert_eq!(alice.app().cache.used(), 0);
}

#[test]
fn what_finds_no_room_is_kept_once_there_is_some() {
    let (alice, files) = (Taure::new(), Files::new());
    let app = alice.app();
    let (granted, floor) = (app.room.granted(), app.room.floor());
    app.room.set(granted, u64::MAX / 2);
    let url = alice.shown(&files.put("/a.png", "image/png", &noise(PNG, 1_000)));
    assert_eq!(views(&url, &[]).status, 200);
    assert_eq!(app.cache.used(), 0);
    app.room.set(granted, floor);
    alice.clock.advance(MINUTE + 1);
    assert_eq!(views(&url, &[]).status, 200);
    is_kept(&alice, 1);
}

#[test]
fn what_several_let_go_at_once_is_counted_once() {
    let (alice, files) = (Taure::new(), Files::new());
    let app = alice.app();
    for n in 0..40 {
        bytes_of(&alice.shown(&files.put(&format!("/{n}.png"), "image/png", &noise(PNG, 10_000))));
    }
    is_kept(&alice, 40);
    app.cache.set_limit(200_000);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| taure::ops::cache::make_room(&app, 0).unwrap());
        }
    });
    let (_, bytes) = app.store.read(remote_files::total).unwrap();
    assert_eq!(app.cache.used(), u64::try_from(bytes).unwrap());
    assert!(app.cache.used() <= 200_000);
    // Another process empties it, as `taure prune --cache` does: what comes next is kept all the same.
    for n in 0..=255 {
        for name in app.cache.shelf(n).unwrap() {
            app.cache.remove(&name).unwrap();
        }
    }
    app.store.write(|tx| tx.run("DELETE FROM remote_files", [])).unwrap();
    bytes_of(&alice.shown(&files.put("/new.png", "image/png", &noise(PNG, 10_000))));
    is_kept(&alice, 1);
    assert_eq!(app.cache.used(), 12_288, "three blocks");
}

#[test]
fn what_was_taken_away_elsewhere_goes_here_too() {
    let (alice, files) = (Taure::new(), Files::new());
    let url = alice.shown(&files.put("/a.png", "image/png", &noise(PNG, 1_000)));
    bytes_of(&url);
    is_kept(&alice, 1);
    files.remove("/a.png");
    alice.clock.advance(8 * DAY);
    assert_eq!(views(&url, &[]).status, 200);
    is_kept(&alice, 0);
    assert_eq!((views(&url, &[]).status, alice.app().cache.used()), (404, 0));
}

#[test]
fn an_old_copy_is_shown_and_fetched_again() {
    let (alice, files) = (Taure::new(), Files::new());
    let url = alice.shown(&files.put("/face.png", "image/png", &noise(PNG, 1_000)));
    bytes_of(&url);
    is_kept(&alice, 1);
    let new = noise(PNG, 2_000);
    files.put("/face.png", "image/png", &new);
    alice.clock.advance(6 * DAY);
    assert_eq!(bytes_of(&url).len(), 1_000);
    alice.clock.advance(2 * DAY);
    assert_eq!(bytes_of(&url).len(), 1_000, "nobody waits for the new one");
    for _ in 0..200 {
        if bytes_of(&url) == new {
            assert_eq!((files.asked().len(), alice.app().cache.used()), (2, 4_096));
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the new picture never came");
}

#[test]
fn what_a_crash_left_in_the_cache_is_swept_up() {
    let (alice, files) = (Taure::new(), Files::new());
    let kept = files.put("/kept.png", "image/png", &noise(PNG, 1_000));
    bytes_of(&alice.shown(&kept));
    is_kept(&alice, 1);
    let lost = cache::name("https://b.test/lost.png");
    let path = alice.app().config.cache().join(&lost);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, b"lost").unwrap();
    let swept: usize = (0..=255).map(|n| taure::ops::cache::sweep(&alice.app(), n).unwrap()).sum();
    assert_eq!((swept, path.exists()), (1, false));
    bytes_of(&alice.shown(&kept));
    assert_eq!(files.asked().len(), 1);
}

#[test]
fn a_full_disk_takes_from_the_cache_and_then_from_the_reserve() {
    let (alice, files) = (Taure::new(), Files::new());
    let app = alice.app();
    let reserve = || std::fs::metadata(app.config.reserve()).map_or(0, |m| m.len());
    let whole = reserve();
    assert!(whole >= 4 << 20, "{whole}");
    bytes_of(&alice.shown(&files.put("/a.png", "image/png", &noise(PNG, 100_000))));
    is_kept(&alice, 1);
    assert!(budget::make_room(&app));
    assert_eq!((app.cache.used(), reserve()), (0, whole));
    assert!(budget::make_room(&app));
    assert_eq!(reserve(), whole - (1 << 20));
    assert!(app.room.is_full());
    // What can wait is refused, until somebody asks for anything.
    let refused = budget::refuse_if_full(&app).unwrap_err();
    assert_eq!((refused.kind, refused.public.contains("The disk is full")), (Kind::NoSpace, true));
    // There is room, after all: the next request finds out, and lays the reserve back.
    alice.posts("hello");
    assert_eq!((app.room.is_full(), reserve()), (false, whole));
}

#[test]
fn a_reserve_that_is_there_is_not_written_again() {
    let mut alice = Taure::new();
    alice.grants(1_001);
    let app = alice.app();
    let written = || std::fs::metadata(app.config.reserve()).unwrap().modified().unwrap();
    std::fs::remove_file(app.config.reserve()).unwrap(); // that of the larger grant before
    budget::settle(&app).unwrap();
    let before = written();
    budget::settle(&app).unwrap();
    assert!(!app.room.is_short());
    assert_eq!(written(), before, "each hour it would wear a card out");
}

#[test]
fn the_operator_may_have_pictures_shown_from_their_servers() {
    let mut alice = Taure::new();
    alice.hotlinks();
    let files = Files::new();
    let url = files.put("/a.png", "image/png", &noise(PNG, 1_000));
    assert_eq!(alice.shown(&url), url);
    assert_eq!(views(&format!("{}/proxy/AAAAAAAAAAAAAAAA/b.test/a.png", alice.base), &[]).status, 404);
    let policy = views(&format!("{}/@alice", alice.base), &[]);
    assert!(policy.header("content-security-policy").unwrap().contains("img-src 'self' data: https: http:;"));
}
