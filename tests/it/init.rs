//! `taure init me@example.org`: one command makes the account and says how https is had.

use crate::harness::Folder;
use std::path::PathBuf;
use std::process::{Command, Output};

fn init(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taure"))
        .arg("init")
        .args(arguments)
        .env("TAURE_DATA", data(folder))
        .output()
        .unwrap()
}

fn data(folder: &Folder) -> PathBuf {
    folder.path().join("data")
}

fn settings(folder: &Folder) -> Option<String> {
    std::fs::read_to_string(data(folder).join("taure.toml")).ok()
}

#[track_caller]
fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn an_address_is_enough() {
    let folder = Folder::new();
    let told = said(&init(&folder, &["me@example.org", "--contact", "me@post.example", "--anyway"]));
    assert!(told.starts_with("@me@example.org is ready at https://example.org\n"), "{told}");
    assert!(
        told.contains("taure serve --data ") && told.contains("https://example.org/auth/link/"),
        "{told}"
    );
    let text = settings(&folder).unwrap();
    assert!(text.contains("[tls]\ncontact = \"me@post.example\"\n") && !text.contains("directory"), "{text}");
    let config = taure::config::Config::load(&data(&folder), &[]).unwrap();
    assert!(config.tls.is_some_and(|tls| tls.is_acme()));
    // A second time changes nothing, not even the settings.
    let again = init(&folder, &["you@example.org", "--anyway"]);
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("nothing was changed"));
    assert_eq!(settings(&folder).unwrap(), text);
}

#[test]
fn the_server_may_have_another_name_and_a_proxy_the_certificate() {
    let folder = Folder::new();
    let told = said(&init(
        &folder,
        &["@me@example.org", "--host", "social.example.org", "--behind-proxy", "--anyway"],
    ));
    assert!(told.starts_with("@me@example.org is ready at https://social.example.org\n"), "{told}");
    assert_eq!(settings(&folder), None);
}

#[test]
fn what_stands_in_the_settings_stays() {
    let folder = Folder::new();
    std::fs::create_dir_all(data(&folder)).unwrap();
    std::fs::write(data(&folder).join("taure.toml"), "snapshots = 7").unwrap();
    said(&init(&folder, &["me@example.org", "--authority", "https://ca.example/\"dir", "--anyway"]));
    let config = taure::config::Config::load(&data(&folder), &[]).unwrap();
    assert_eq!((config.snapshots, config.tls.unwrap().directory.as_str()), (7, "https://ca.example/\"dir"));
    let own = Folder::new();
    std::fs::create_dir_all(data(&own)).unwrap();
    let mine = "[tls]\ncertificate = \"/c.pem\"\nkey = \"/k.pem\"\n";
    std::fs::write(data(&own).join("taure.toml"), mine).unwrap();
    said(&init(&own, &["me@example.org", "--anyway"]));
    assert_eq!(settings(&own).unwrap(), mine);
}

#[test]
fn what_is_no_address_is_told_before_anything_is_made() {
    for (arguments, what) in [
        (vec!["example.org"], "me@example.org"),
        (vec!["me@https://example.org"], "social.example.org"),
        (vec!["Me!@example.org"], "letters"),
        (vec!["me@example.org", "--host", "a b"], "https://social.example.org"),
        (vec!["me@example.org", "--url", "https://example.org"], "cannot be used with"),
        (vec!["me@example.org", "--anyway", "--authority", "ca.example/dir"], "tls.directory"),
        (vec!["--url", "https://example.org"], "--username"),
        (vec![], "<ADDRESS>"),
    ] {
        let folder = Folder::new();
        let output = init(&folder, &arguments);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && text.contains(what), "{arguments:?}: {text}");
        assert!(!data(&folder).exists(), "{arguments:?}");
    }
}
