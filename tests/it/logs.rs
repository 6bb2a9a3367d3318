//! The lines of the log, as people and programs read them, from the real binary.

use crate::harness::{Folder, PASSWORD, free_port, request};
use serde_json::Value;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::process::{Command, Output, Stdio};

const BINARY: &str = env!("CARGO_BIN_EXE_taure");

fn command(folder: &Folder) -> Command {
    let mut command = Command::new(BINARY);
    command.env("TAURE_DATA", folder.path()).env_remove("JOURNAL_STREAM").env_remove("TAURE_LOG_FORMAT");
    command
}

fn house() -> (Folder, u16) {
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
    (folder, port)
}

/// Serves until one request was refused, and gives what was logged.
fn log_of(folder: &Folder, port: u16, set: impl FnOnce(&mut Command, &File)) -> Vec<String> {
    let path = folder.path().join("stderr");
    let file = File::create(&path).unwrap();
    let mut serve = command(folder);
    serve.args(["serve", "--listen", &format!("127.0.0.1:{port}")]).env("TAURE_LOG", "debug");
    set(&mut serve, &file);
    let mut child = serve.stdout(Stdio::null()).stderr(file).spawn().unwrap();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(child.try_wait().unwrap().is_none(), "{:?}", std::fs::read_to_string(&path));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let url = format!("http://localhost:{port}/@nobody-of-that-name");
    assert_eq!(request("GET", &url, &[], None).status, 404);
    Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(child.wait().unwrap().success());
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn a_line_is_for_people_for_programs_or_for_the_journal() {
    let (folder, port) = house();

    let text = log_of(&folder, port, |_, _| ());
    let refused = text.iter().find(|l| l.contains("request refused")).unwrap();
    assert!(
        refused.contains(" DEBUG request refused id=\"") && refused.contains(" path=\"/@nobody"),
        "{refused}"
    );
    assert!(refused.contains(" status=404 "), "{refused}");
    let date = text.last().unwrap().strip_suffix("Z  INFO stopped").unwrap();
    assert_eq!(date.len(), "2026-11-30T20:00:00.000000".len(), "{date}");

    let json = log_of(&folder, port, |serve, _| _ = serve.env("TAURE_LOG_FORMAT", "json"));
    let json: Vec<Value> = json.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let refused = json.iter().find(|l| l["message"] == "request refused").unwrap();
    assert_eq!(refused["level"], "debug");
    assert_eq!((&refused["method"], &refused["status"]), (&"GET".into(), &404.into()));
    assert_eq!(refused["path"], "/@nobody-of-that-name");
    assert!(refused["time"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());

    std::fs::write(folder.path().join("taure.toml"), "log = \"journald\"\n").unwrap();
    let journal = log_of(&folder, port, |_, _| ());
    assert!(journal.iter().any(|l| l.starts_with("<7>request refused id=\"")), "{journal:?}");
    assert_eq!(journal.last().unwrap(), "<6>stopped");
    std::fs::remove_file(folder.path().join("taure.toml")).unwrap();

    // The journal is known by itself; who only inherited its variable writes elsewhere.
    let named = |file: &File| {
        let file = file.metadata().unwrap();
        format!("{}:{}", file.dev(), file.ino())
    };
    let journal = log_of(&folder, port, |serve, file| _ = serve.env("JOURNAL_STREAM", named(file)));
    assert_eq!(journal.last().unwrap(), "<6>stopped");
    let text = log_of(&folder, port, |serve, _| _ = serve.env("JOURNAL_STREAM", "1:2"));
    assert!(text.last().unwrap().ends_with("Z  INFO stopped"), "{text:?}");
    let text = log_of(&folder, port, |serve, file| {
        serve.env("JOURNAL_STREAM", named(file)).env("TAURE_LOG_FORMAT", "text");
    });
    assert_eq!(text.last().unwrap(), " INFO stopped", "the journal knows when");
}

#[test]
fn an_unknown_way_is_refused() {
    let (folder, _) = house();
    let token = || {
        let mut command = command(&folder);
        command.args(["token", "--name", "x"]);
        command
    };
    let refused = |output: Output| {
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.contains("text, json or journald, not xml"), "{text}");
    };
    refused(token().env("TAURE_LOG_FORMAT", "xml").output().unwrap());
    std::fs::write(folder.path().join("taure.toml"), "log = \"xml\"\n").unwrap();
    refused(token().output().unwrap());
    assert!(token().env("TAURE_LOG_FORMAT", "text").output().unwrap().status.success());
}
