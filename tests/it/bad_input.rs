//! What comes in broken gets one clear line and the right status, and harms nothing.

use crate::harness::{Folder, PASSWORD, Taure, free_port, request};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_taure");

fn taure(folder: &Folder, arguments: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(BINARY)
        .args(arguments)
        .env("TAURE_DATA", folder.path().join("data"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn init(folder: &Folder, url: &str, username: &str) -> Output {
    taure(
        folder,
        &["init", "--url", url, "--username", username, "--password-stdin"],
        &format!("{PASSWORD}\n"),
    )
}

#[track_caller]
fn fails_saying(output: &Output, what: &str) {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "it succeeded");
    assert!(text.contains(what), "{text:?} does not say {what:?}");
    assert!(text.trim().lines().count() == 1, "more than one line: {text}");
}

#[test]
fn init_refuses_what_cannot_federate_and_says_why() {
    let folder = Folder::new();
    fails_saying(&init(&folder, "http://example.org", "alice"), "https");
    fails_saying(&init(&folder, "ftp://example.org", "alice"), "http");
    fails_saying(&init(&folder, "https://example.org/path", "alice"), "behind the host");
    fails_saying(&init(&folder, "https://example.org", "Alice!"), "letters");
    assert!(init(&folder, "https://example.org", "alice").status.success());
    // The keys are in there: nobody else on the machine may look.
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &folder.path().join("data").metadata().unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o700);
    fails_saying(&init(&folder, "https://example.org", "bob"), "nothing was changed");
    fails_saying(&taure(&folder, &["token", "--name", "x", "--scopes", "fly"], ""), "fly");
    let elsewhere = Folder::new();
    fails_saying(&taure(&elsewhere, &["token", "--name", "x"], ""), "no account");
    fails_saying(&taure(&elsewhere, &["login-link"], ""), "no account");
}

#[test]
fn http_origins_are_for_test_hosts_only() {
    for host in
        ["localhost:8080", "127.0.0.1:8080", "alice.test", "a.localhost", "abcdef.onion", "[::1]:8080"]
    {
        let folder = Folder::new();
        let done = init(&folder, &format!("http://{host}"), "alice");
        assert!(done.status.success(), "{host}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn a_token_is_printed_and_nothing_else() {
    let folder = Folder::new();
    assert!(init(&folder, "https://example.org", "alice").status.success());
    let token = taure(&folder, &["token", "--name", "x", "--scopes", "read"], "");
    let text = String::from_utf8(token.stdout).unwrap();
    assert_eq!(text.lines().count(), 1);
    assert!(!text.trim().contains(' ') && text.trim().len() >= 32);
    assert!(token.stderr.is_empty());
}

#[test]
fn a_second_serve_on_the_same_folder_is_refused_and_the_first_goes_on() {
    let folder = Folder::new();
    let port = free_port();
    assert!(init(&folder, &format!("http://localhost:{port}"), "alice").status.success());
    let listen = format!("127.0.0.1:{port}");
    let mut first = Command::new(BINARY)
        .args(["serve", "--listen", &listen])
        .env("TAURE_DATA", folder.path().join("data"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while TcpStream::connect(&listen).is_err() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    fails_saying(&taure(&folder, &["serve", "--listen", "127.0.0.1:0"], ""), "another taure serves");
    assert_eq!(request("GET", &format!("http://{listen}/health"), &[], None).status, 200);

    // SIGTERM ends it in under five seconds, with exit code 0.
    let began = std::time::Instant::now();
    Command::new("kill").arg(first.id().to_string()).status().unwrap();
    assert!(first.wait().unwrap().success());
    assert!(began.elapsed().as_secs() < 5);
    let left: Vec<_> =
        std::fs::read_dir(folder.path().join("data")).unwrap().flatten().map(|f| f.file_name()).collect();
    assert!(!left.iter().any(|f| f.to_string_lossy().contains("-wal")), "not one file: {left:?}");
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let folder = Folder::new();
    assert!(init(&folder, "https://example.org", "alice").status.success());
    let path = folder.path().join("data/taure.db");
    let set = |version: i64| {
        let file = rusqlite::Connection::open(&path).unwrap();
        file.pragma_update(None, "user_version", version).unwrap();
    };
    set(9_999);
    fails_saying(&taure(&folder, &["serve", "--listen", "127.0.0.1:0"], ""), "newer");
    set(taure::store::VERSION);
    assert!(taure(&folder, &["token", "--name", "x", "--scopes", "read"], "").status.success());
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path().join("data")).unwrap();
    std::fs::write(
        folder.path().join("data/taure.db"),
        "This is a shopping list, and a long one at that.".repeat(50),
    )
    .unwrap();
    let output = taure(&folder, &["serve", "--listen", "127.0.0.1:0"], "");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("taure.db"), "{output:?}");
}

#[test]
fn requests_that_make_no_sense_get_the_status_that_they_deserve() {
    let taure = Taure::new();
    let token = format!("Bearer {}", taure.token);
    let send = |content_type: &str, body: &[u8]| {
        let headers = [("authorization", token.as_str()), ("content-type", content_type)];
        request("POST", &format!("{}/api/v1/statuses", taure.base), &headers, Some(body))
    };
    assert_eq!(send("application/json", b"{\"status\":").status, 400);
    assert_eq!(send("application/json", &vec![b' '; 2 << 20]).status, 413);
    assert_eq!(send("application/json", br#"{"status": ""}"#).status, 422);
    assert_eq!(send("multipart/form-data; boundary=x", b"--x\r\nnonsense").status, 400);
    let long = json!({"status": "x".repeat(5_001)}).to_string();
    assert_eq!(send("application/json", long.as_bytes()).status, 422);

    assert_eq!(taure.get("/api/v1/statuses/1").json, json!({"error": "Record not found"}));
    assert_eq!(taure.get("/api/v1/statuses/abc").status, 404);
    let unknown = taure.get("/api/v1/nonsense");
    assert_eq!(unknown.status, 404);
    assert_ne!(unknown.json, json!({"error": "Record not found"}), "an unknown route must differ");
    let wrong = taure.call("DELETE", "/api/v1/timelines/home", None);
    assert_eq!((wrong.status, wrong.header("allow")), (405, Some("GET")));
    let bad = taure.send("GET", "/api/v1/timelines/home", &[("authorization", "Bearer nonsense")], None);
    assert_eq!((bad.status, bad.json), (401, json!({"error": "The access token is invalid"})));
    assert!(taure.home().is_empty(), "something was posted");
}

#[test]
fn a_head_has_the_length_and_no_body() {
    let taure = Taure::new();
    let address = taure.base.trim_start_matches("http://localhost");
    let mut stream = TcpStream::connect(format!("127.0.0.1{address}")).unwrap();
    write!(stream, "HEAD /api/v1/instance HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"));
    assert!(text.ends_with("\r\n\r\n"), "{text}");
    let length = text.lines().find_map(|l| l.strip_prefix("content-length: ")).unwrap();
    assert!(length.parse::<usize>().unwrap() > 100);
}

#[test]
fn a_read_only_database_refuses_writes_and_still_reads() {
    let taure = Taure::new();
    let before = taure.posts("before");
    // As a disk that fills up: SQLite may not grow the file any more.
    let app = taure.app();
    app.store.write(|tx| Ok(tx.query_row("PRAGMA max_page_count = 1", [], |_| Ok(()))?)).unwrap();
    let mut full = None;
    for _ in 0..2_000 {
        let answer = taure.post("/api/v1/statuses", json!({"status": "x".repeat(5_000)}));
        if answer.status != 200 {
            full = Some(answer);
            break;
        }
    }
    let full = full.expect("the file grew for ever");
    assert_eq!((full.status, full.json), (507, json!({"error": "The disk is full"})));
    assert_eq!(taure.status(before["id"].as_str().unwrap())["uri"], before["uri"]);
    let check: String =
        app.store.read(|c| Ok(c.query_row("PRAGMA integrity_check", [], |r| r.get(0))?)).unwrap();
    assert_eq!(check, "ok");
    // Room again: posting works without a restart.
    app.store.write(|tx| Ok(tx.query_row("PRAGMA max_page_count = 1073741823", [], |_| Ok(()))?)).unwrap();
    taure.posts("after");
}
