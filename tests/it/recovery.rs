//! The words on paper: a house that comes out of them again, and the ways in for who is locked out.

use crate::harness::{PASSWORD, Shell, Taure, request};
use crate::owner::{Owner, encoded};
use crate::peer::Peer;
use serde_json::{Value, json};
use taure::model::time::DAY;
use taure::ops::{auth, keys, recovery};
use taure::sig::{PublicKey, Seed};

fn published(taure: &Taure) -> [Value; 3] {
    let actor = taure.document(&taure.actor()).json;
    let instance = taure.document(&format!("{}/actor", taure.base)).json;
    [
        actor["publicKey"]["publicKeyPem"].clone(),
        actor["assertionMethod"][0]["publicKeyMultibase"].clone(),
        instance["publicKey"]["publicKeyPem"].clone(),
    ]
}

/// Takes the keys of a new phrase, which is given.
fn becomes_recoverable(taure: &Taure) -> Seed {
    let seed = Seed::fresh().unwrap();
    keys::ask_for_new(&taure.app().store, Some(&seed)).unwrap();
    taure.settles();
    seed
}

/// The disk is lost; what is there then came out of the phrase.
fn recovers(taure: &mut Taure, shell: &Shell, seed: &Seed) {
    let data = shell.path("new");
    let recover = ["recover", "--data", &data, "--url", &taure.base, "--username", &taure.username];
    let (ok, said, told) = shell.run(&recover, &seed.phrase());
    assert!(ok && said.contains("is here again"), "{said}{told}");
    taure.lives_on_in(data.as_ref());
    taure.token = auth::issue_token(&taure.app().store, "tests", "read write follow push").unwrap();
}

#[test]
fn a_house_comes_back_out_of_its_phrase_and_is_believed() {
    let (mut alice, dora, bob) = (Taure::new(), Taure::named("dora"), Peer::new("bob"));
    let seed = becomes_recoverable(&alice);
    bob.follows(&alice);
    dora.follows(&alice);
    alice.posts("before");
    alice.settles();
    dora.settles();
    let (before, shell) = (published(&alice), Shell::new());

    recovers(&mut alice, &shell, &seed);
    assert_eq!(published(&alice), before);
    assert!(recovery::is_ours(&alice.app().store, &seed).unwrap());
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);

    // Who is named is found, and gets it; her server believes it by the key that it has.
    alice.posts(&format!("here again, {}", dora.handle()));
    alice.settles();
    dora.settles();
    let home = dora.home();
    assert!(home[0]["content"].as_str().unwrap().contains("here again"), "{home:?}");
    assert_eq!(home[1]["content"], "<p>before</p>");
    alice.posts(&format!("and {}", bob.handle()));
    alice.settles();
    let post = bob.requests().pop().unwrap();
    assert!(post.is_signed_by(&PublicKey::from_pem(before[0].as_str().unwrap()).unwrap()));
}

#[test]
fn who_writes_after_a_recovery_hears_once_how_the_profile_is() {
    let (mut alice, bob) = (Taure::new(), Peer::new("bob"));
    let (seed, shell) = (becomes_recoverable(&alice), Shell::new());
    bob.delivers(&alice, &bob.activity("Follow", json!(alice.actor())));
    alice.settles();
    assert!(bob.received_of("Update").is_empty(), "nothing is told where nothing was lost");
    recovers(&mut alice, &shell, &seed);
    let writes = |alice: &Taure| {
        let heard =
            bob.delivers(alice, &bob.activity("Like", json!(format!("{}/statuses/1", alice.actor()))));
        assert_eq!(heard.status, 202);
        alice.settles();
        bob.received_of("Update")
    };
    let first = writes(&alice);
    assert_eq!(first.len(), 1);
    assert_eq!(
        (&first[0]["object"]["id"], &first[0]["object"]["type"]),
        (&json!(alice.actor()), &json!("Person"))
    );
    assert_eq!(writes(&alice).len(), 1, "once");
    // Another profile is news again.
    let face = json!({"display_name": "Alice again"});
    alice.call("PATCH", "/api/v1/accounts/update_credentials", Some(face)).ok();
    alice.settles();
    assert_eq!(writes(&alice).pop().unwrap()["object"]["name"], "Alice again");
    alice.call("PATCH", "/api/v1/accounts/update_credentials", Some(json!({"display_name": "Later"}))).ok();
    alice.clock.advance(366 * DAY);
    assert_eq!(writes(&alice).len(), 2, "after a year it is over");
}

#[test]
fn the_phrase_of_init_is_right_and_no_other() {
    let shell = Shell::new();
    let init = ["init", "--url", "http://localhost:8080", "--username", "alice", "--password-stdin"];
    let (ok, said, told) = shell.run(&init, PASSWORD);
    assert!(ok, "{told}");
    let words = |said: &str| -> String {
        let lines = said.lines().filter(|line| line.starts_with("   ") || line.starts_with("  "));
        lines.collect::<Vec<_>>().join("\n")
    };
    let phrase = words(&said);
    let file = std::fs::read(shell.path("data/taure.db")).unwrap();
    let plain = Seed::read(&phrase).unwrap().phrase();
    assert!(!file.windows(plain.len()).any(|w| w == plain.as_bytes()), "it is stored nowhere");

    let check = ["phrase", "--check"];
    let (ok, said, told) = shell.run(&check, &phrase.to_uppercase());
    assert!(ok && said.contains("This is the phrase of @alice@localhost:8080"), "{said}{told}");
    let other = Seed::fresh().unwrap().phrase();
    let (ok, _, told) = shell.run(&check, &other);
    assert!(!ok && told.contains("not that of @alice"), "{told}");
    for (typed, why) in [
        (plain.replacen(&plain[..plain.find(' ').unwrap()], "xylograph", 1), "number 1 (xylograph)"),
        (plain.rsplit_once(' ').unwrap().0.to_owned(), "these are 23"),
        ("ábaco abdomen abeja".to_owned(), "English"),
        (String::new(), "these are 0"),
    ] {
        let (ok, _, told) = shell.run(&check, &typed);
        assert!(!ok && told.contains(why), "{told}");
    }
    let again = ["recover", "--url", "http://localhost:8080", "--username", "alice"];
    let (ok, _, told) = shell.run(&again, &plain);
    assert!(!ok && told.contains("there is a database"), "{told}");

    let fresh = shell.path("fresh");
    let elsewhere = ["recover", "--data", &fresh, "--url", "http://localhost:8080", "--username", "alice"];
    let mut turned: Vec<&str> = plain.split(' ').collect();
    turned.reverse();
    // One order in 256 has the right check, too.
    while Seed::read(&turned.join(" ")).is_ok() {
        turned.rotate_left(1);
    }
    let (ok, _, told) = shell.run(&elsewhere, &turned.join(" "));
    assert!(!ok && !std::path::Path::new(&fresh).exists(), "{told}");
    let bad = ["recover", "--data", &fresh, "--url", "localhost", "--username", "alice"];
    assert!(!shell.run(&bad, &plain).0 && !std::path::Path::new(&fresh).exists());
}

#[test]
fn new_keys_may_come_out_of_a_phrase_or_end_it() {
    let mut alice = Taure::new();
    let app = alice.app();
    let data = app.config.data.to_str().unwrap().to_owned();
    let rotate = |more: &[&str]| {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_taure"))
            .args(["rotate-keys", "--data", &data])
            .args(more)
            .output()
            .unwrap();
        assert!(done.status.success());
        String::from_utf8(done.stdout).unwrap()
    };
    assert!(app.store.read(recovery::since).unwrap().is_none());
    let said = rotate(&["--recoverable"]);
    alice.later(1);
    alice.settles();
    let words = said.lines().filter(|line| line.starts_with("  ")).collect::<Vec<_>>().join(" ");
    let seed = Seed::read(&words).unwrap();
    assert!(recovery::is_ours(&app.store, &seed).unwrap());
    assert!(app.store.read(recovery::since).unwrap().is_some());
    let page = Owner::of(&alice).get("/settings/security").text;
    assert!(page.contains("recovery phrase"), "{page}");
    drop(app);
    assert!(rotate(&[]).contains("--recoverable"));
    alice.restart();
    alice.settles();
    let app = alice.app();
    assert!(!recovery::is_ours(&app.store, &seed).unwrap());
    assert!(app.store.read(recovery::since).unwrap().is_none());
    assert!(app.store.read(|c| taure::store::instance::key_if_any(c, "owner-rsa-next")).unwrap().is_none());
}

#[test]
fn who_is_locked_out_comes_in_by_the_command_line() {
    let shell = Shell::new();
    let (ok, _, told) = shell.run(&["password", "--stdin"], "another sentence");
    assert!(!ok && told.contains("no account"), "{told}");
    let alice = Taure::new();
    let browser = Owner::of(&alice);
    assert_eq!(browser.get("/settings").status, 200);
    let data = alice.app().config.data.to_str().unwrap().to_owned();
    let (ok, _, told) = shell.run(&["password", "--stdin", "--data", &data], "short");
    assert!(!ok && told.contains("at least"), "{told}");
    let (ok, _, told) = shell.run(&["password", "--data", &data], "another sentence");
    assert!(!ok && told.contains("--stdin"), "{told}");
    assert_eq!(browser.get("/settings").status, 200, "nothing has changed yet");
    let (ok, said, told) = shell.run(&["password", "--stdin", "--data", &data], "another sentence");
    assert!(ok && said.contains("new password") && said.contains("signed in: 1"), "{said}{told}");
    assert_eq!(browser.get("/settings").status, 303, "signed out");
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").status, 200, "apps stay");
    let signs_in = |password: &str| {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let body = encoded(&[("password", password)]);
        request("POST", &format!("{}/auth/sign_in", alice.base), &headers, Some(body.as_bytes())).status
    };
    assert_eq!((signs_in(PASSWORD), signs_in("another sentence")), (401, 303));

    let off = ["second-factor", "off", "--data", &data];
    assert!(shell.run(&off, "").1.contains("already"));
    let app = alice.app();
    app.store
        .write(|tx| {
            taure::store::second_factor::begin(tx, "JBSWY3DPEHPK3PXP")?;
            taure::store::second_factor::confirm(tx, 1)
        })
        .unwrap();
    drop(app);
    let (_, said, _) = shell.run(&["password", "--stdin", "--data", &data], "a third sentence");
    assert!(said.contains("second-factor off"), "{said}");
    assert!(shell.run(&off, "").1.contains("without codes now"));
    assert!(!taure::ops::second_factor::is_on(&alice.app()).unwrap());
}
