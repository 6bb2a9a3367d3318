//! A domain goes on with Taure in the place of GoToSocial or snac: ids, key, followers and posts stay what they were.

use crate::harness::{Answer, Folder, Taure, free_port};
use crate::peer::Peer;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use taure::model::time::MINUTE;
use taure::ops::takeover::gotosocial;
use taure::sig::{PrivateKey, Scheme, Signer};
use taure::store::accounts;

const FIRST: &str = "/users/gus/statuses/01G3P0ST000000000000000001";

fn fixtures(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)
}

fn fixture(path: &str) -> String {
    std::fs::read_to_string(fixtures(path)).unwrap()
}

/// The private key that the export has for its account.
fn old_key() -> PrivateKey {
    let first: Value =
        serde_json::from_str(fixture("gotosocial/export.json").lines().next().unwrap()).unwrap();
    let pem = first["privateKey"].as_str().unwrap();
    assert!(pem.starts_with("-----BEGIN RSA PRIVATE KEY-----"));
    PrivateKey::from_pem(pem).unwrap()
}

/// The fixture as it would be if these were the servers.
fn placed(text: &str, names: &[(&str, &str)]) -> String {
    names.iter().fold(text.to_owned(), |text, (name, base)| {
        let host = base.trim_start_matches("http://");
        text.replace(&format!("https://{name}"), base).replace(name, host)
    })
}

/// The export and the database of one server, in a folder.
fn export(folder: &Folder, names: &[(&str, &str)]) -> (PathBuf, PathBuf) {
    let (export, database) = (folder.path().join("export.json"), folder.path().join("sqlite.db"));
    std::fs::write(&export, placed(&fixture("gotosocial/export.json"), names)).unwrap();
    let made = rusqlite::Connection::open(&database).unwrap();
    made.execute_batch(&placed(&fixture("gotosocial/statuses.sql"), names)).unwrap();
    (export, database)
}

fn taure(of: &[&str], data: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taure"))
        .arg("takeover")
        .args(of)
        .args(["--data", data.to_str().unwrap()])
        .output()
        .unwrap()
}

#[track_caller]
fn says(output: &Output, text: &str) {
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(text), "{said}");
}

#[test]
fn an_old_follower_takes_a_new_post_after_gotosocial_was_replaced() {
    let gus = Peer::with_key("gus", old_key());
    let (mut bob, pal) = (Taure::named("bob"), Peer::new("pal"));
    bob.may_leave_jobs = true; // whom he still has something to ask of ends before him
    let (base, domain, actor) = (gus.base.clone(), gus.domain(), gus.actor());
    let port: u16 = domain.rsplit(':').next().unwrap().parse().unwrap();
    let key_id = format!("{actor}/main-key");
    let mut document = gus.actor_document();
    document["publicKey"]["id"] = json!(key_id);
    document["endpoints"] = Value::Null;
    gus.publish(&actor, document.clone());
    gus.publish(&key_id, document.clone());

    // Bob follows the old server, and knows its key.
    let seen = bob.finds(&gus.handle());
    bob.post(&format!("/api/v1/accounts/{}/follow", seen["id"].as_str().unwrap()), json!({})).ok();
    bob.settles();
    let accept = gus.activity("Accept", gus.received_of("Follow").pop().unwrap());
    let signer = Signer { key_id: key_id.clone(), key: gus.key.clone() };
    assert_eq!(gus.delivers_as(&bob, &accept, Scheme::Cavage, &signer).status, 202);
    bob.settles();
    let known = |of: &Taure| of.app().store.read(|c| accounts::key(c, &key_id)).unwrap().unwrap();
    let before = known(&bob);
    assert_eq!(bob.relationship(seen["id"].as_str().unwrap())["following"], true);
    gus.vanishes();

    let (files, data) = (Folder::new(), Folder::new());
    let names = [("gts.example", base.as_str()), ("bob.example", &bob.base), ("pal.example", &pal.base)];
    let (export, database) = export(&files, &names);
    let arguments = ["gotosocial", export.to_str().unwrap(), "--database", database.to_str().unwrap()];
    let done = taure(&arguments, data.path());
    assert!(done.status.success(), "{done:?}");
    says(&done, &format!("@gus@{domain} goes on at {base}, as {actor}"));
    says(&done, "2 followers, 1 followed, 1 blocked, 3 posts");
    // A letter, what was for that server alone, and what was for mutuals: here all followers would read it.
    says(&done, "3 posts stay behind");
    let again = taure(&arguments, data.path());
    assert!(!again.status.success());
    says(&again, "there is an account here already");

    let mut me = Taure::found_in(data, port, "gus");
    me.may_leave_jobs = true; // a server of the export is none
    let settle = || {
        for one in [&me, &bob, &me] {
            one.later(MINUTE);
            one.settles();
        }
    };
    settle();
    // The same ids and key; the new key stands beside them, and those who follow hear of it.
    let now = me.document(&actor).ok();
    for name in ["id", "inbox", "outbox", "followers", "following", "url", "publicKey"] {
        assert_eq!(now[name], document[name], "{name}");
    }
    assert_eq!(now["manuallyApprovesFollowers"], true);
    assert_eq!(now["summary"], "<p>hello, this is <b>gus</b></p>");
    assert_eq!(me.document(&key_id).ok()["publicKey"]["id"], json!(key_id));
    let finger = me.as_stranger(&format!("/.well-known/webfinger?resource=acct:gus@{domain}")).ok();
    assert_eq!(finger["links"][0]["href"], json!(actor));
    assert_eq!(pal.received_of("Update").len(), 1);
    assert_eq!(pal.received_of("Update")[0]["object"]["assertionMethod"][0]["type"], "Multikey");

    // A new post, signed by the old key under its old name, is in Bob's home.
    me.posts("hello from the new house");
    settle();
    assert!(bob.home().iter().any(|s| s["content"].as_str().unwrap().contains("hello from the new house")));
    assert_eq!(known(&bob).public.trim(), before.public.trim());
    let sent = pal.requests().pop().unwrap();
    assert!(sent.header("signature").contains(&format!("keyId=\"{key_id}\"")), "{:?}", sent.headers);
    assert!(sent.is_signed_by(&old_key().public()));

    old_posts_are_where_they_were(&me, &bob, &base);
    // Whom the owner followed and blocked.
    let following = me
        .get(&format!(
            "/api/v1/accounts/{}/following",
            me.get("/api/v1/accounts/verify_credentials").ok()["id"].as_str().unwrap()
        ))
        .ok();
    assert_eq!(following[0]["acct"], json!(pal.handle().trim_start_matches('@')));
    assert_eq!(me.get("/api/v1/blocks").ok()[0]["username"], "troll");
    assert_eq!(me.get("/api/v1/domain_blocks").ok(), json!(["spam.example"]));
    let note = pal.note("<p>as ever</p>", &[]);
    assert_eq!(pal.delivers(&me, &pal.create(&note)).status, 202);
    me.settles();
    assert!(me.home().iter().any(|s| s["uri"] == note["id"]));
    settle();
}

fn old_posts_are_where_they_were(me: &Taure, bob: &Taure, base: &str) {
    let first = format!("{base}{FIRST}");
    let note = me.document(&first).ok();
    assert_eq!((&note["id"], &note["content"]), (&json!(first), &json!("<p>the first of the hills</p>")));
    assert_eq!(note["published"], "2022-05-20T10:40:37Z");
    assert_eq!(me.document(&format!("{first}/replies")).ok()["id"], json!(format!("{first}/replies")));
    let page = "/@gus/statuses/01G3P0ST000000000000000001";
    let shown = me.as_stranger(page);
    assert!(shown.status == 200 && shown.text.contains("the first of the hills"), "{}", shown.text);
    assert_eq!(me.document(&format!("{base}{page}")).ok()["id"], json!(first));
    // The answer to it stands in its thread; what was for followers is for nobody else, the letter is not there.
    let second = me.document(&first.replace("0001", "0002")).ok();
    assert_eq!((&second["inReplyTo"], &second["summary"]), (&json!(first), &json!("hills")));
    for hidden in ["0003", "0004", "0005", "0077"] {
        assert_eq!(me.document(&first.replace("0001", hidden)).status, 404, "{hidden}");
    }
    // Others answer it, and it can be deleted.
    let found = bob.finds_status(&first);
    let answer = json!({"status": format!("{} well said", me.handle()), "in_reply_to_id": found["id"]});
    bob.post("/api/v1/statuses", answer).ok();
    bob.settles();
    me.settles();
    let told = me.notifications("mention");
    let id = told[0]["status"]["in_reply_to_id"].as_str().expect("it answers nothing").to_owned();
    assert_eq!(me.status(&id)["uri"], json!(first));
    assert_eq!(me.call("DELETE", &format!("/api/v1/statuses/{id}"), None).status, 200);
    me.settles();
    assert_eq!(me.document(&first).status, 410);
    assert_eq!(me.document(&first).json["type"], "Tombstone");
}

#[test]
fn what_is_no_export_is_refused_and_makes_nothing() {
    let (files, data) = (Folder::new(), Folder::new());
    let (good, database) = export(&files, &[]);
    let broken = files.path().join("broken.json");
    std::fs::write(&broken, "{\"type\":\"account\"").unwrap();
    says(&taure(&["gotosocial", broken.to_str().unwrap()], data.path()), "is no export of GoToSocial");
    let named = ["gotosocial", good.to_str().unwrap(), "--account", "nobody"];
    says(&taure(&named, data.path()), "the export has no such account");
    let no_database = ["gotosocial", good.to_str().unwrap(), "--database", good.to_str().unwrap()];
    says(&taure(&no_database, data.path()), "is no database of GoToSocial");
    says(&taure(&["snac", files.path().to_str().unwrap()], data.path()), "server.json cannot be read");
    assert!(!data.path().join("taure.db").exists());
    let old = gotosocial::read(&good, Some(&database), Some("gus")).unwrap();
    assert_eq!(
        (old.posts.len(), old.people.len(), old.actor.as_str()),
        (6, 3, "https://gts.example/users/gus")
    );
}

/// Copies a folder of fixtures, placed.
fn copy(from: &Path, to: &Path, names: &[(&str, &str)]) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there, names);
        } else {
            std::fs::write(there, placed(&std::fs::read_to_string(entry.path()).unwrap(), names)).unwrap();
        }
    }
}

#[test]
fn snacs_addresses_go_on() {
    let (files, data, pal, port) = (Folder::new(), Folder::new(), Peer::new("pal"), free_port());
    let base = format!("http://localhost:{port}");
    copy(&fixtures("snac/takeover"), files.path(), &[("snac.example", &base), ("pal.example", &pal.base)]);
    let server = std::fs::read_to_string(files.path().join("server.json")).unwrap();
    std::fs::write(files.path().join("server.json"), server.replace("\"https\"", "\"http\"")).unwrap();
    let done = taure(&["snac", files.path().to_str().unwrap()], data.path());
    assert!(done.status.success(), "{done:?}");
    says(&done, "1 followers, 1 followed, 0 blocked, 1 posts");

    let mut me = Taure::found_in(data, port, "sam");
    me.may_leave_jobs = true; // a server of the fixture is none
    me.later(MINUTE);
    me.settles();
    let actor = format!("{base}/sam");
    let document = me.document(&actor).ok();
    assert_eq!(document["id"], json!(actor));
    assert_eq!(document["publicKey"]["id"], json!(format!("{actor}#main-key")));
    assert_eq!(document["inbox"], json!(format!("{actor}/inbox")));
    assert_eq!(document["summary"], "<p>small &amp; quick</p>");
    for collection in ["outbox", "followers", "following"] {
        let address = document[collection].as_str().unwrap();
        assert_eq!(me.document(address).ok()["id"], json!(address));
    }
    let finger = me.as_stranger(&format!("/.well-known/webfinger?resource={actor}")).ok();
    assert_eq!(finger["links"][0]["href"], json!(actor));
    let page = me.as_stranger("/sam");
    assert_eq!((page.status, page.header("location")), (302, Some("/@sam")));

    // The old post, and a new one; each at its id.
    let old = format!("{actor}/p/1691229600.123456");
    assert_eq!(me.document(&old).ok()["id"], json!(old));
    let html = follow_redirect(&me, "/sam/p/1691229600.123456");
    assert!(html.text.contains("Small &amp; quick"), "{}", html.text);
    let new = me.posts("still small");
    me.settles();
    let uri = new["uri"].as_str().unwrap();
    assert!(uri.starts_with(&format!("{actor}/statuses/")), "{uri}");
    assert_eq!(me.document(uri).ok()["attributedTo"], json!(actor));
    let sent = pal.received_of("Create").pop().expect("the follower got nothing");
    assert_eq!(sent["object"]["id"], json!(uri));

    // Inboxes by their old names.
    let note = pal.note("<p>to all</p>", &[]);
    for (inbox, activity) in [
        (format!("{base}/shared-inbox"), pal.create(&note)),
        (format!("{actor}/inbox"), pal.activity("Like", json!(old))),
    ] {
        let body = activity.to_string();
        let answer =
            crate::peer::deliver(&inbox, body.as_bytes(), Scheme::Cavage, &pal.signer(), me.clock.now());
        assert_eq!(answer.status, 202, "{inbox}: {}", answer.text);
    }
    me.settles();
    assert!(me.home().iter().any(|s| s["uri"] == note["id"]));
    assert_eq!(me.notifications("favourite").len(), 1);
    assert_eq!(me.get("/api/v1/mutes").ok()[0]["username"], "loud");
    // What is elsewhere in the house is where it always is.
    assert_eq!(me.as_stranger("/settings").status, 303);
    assert_eq!(me.as_stranger("/samantha").status, 404);
}

fn follow_redirect(me: &Taure, path: &str) -> Answer {
    let answer = me.as_stranger(path);
    match answer.header("location") {
        Some(to) => me.as_stranger(to.strip_prefix(&me.base).unwrap_or(to)),
        None => answer,
    }
}

/// Its ids are those of Taure, but for the newest accounts, whose number stands in them.
#[test]
fn mastodons_addresses_go_on() {
    for scheme in [0, 1] {
        let (files, data, pal, port) = (Folder::new(), Folder::new(), Peer::new("pal"), free_port());
        let base = format!("http://localhost:{port}");
        let mut found: Value = serde_json::from_str(&placed(
            &fixture("mastodon/takeover.json"),
            &[("mast.example", &base), ("pal.example", &pal.base)],
        ))
        .unwrap();
        found["account"]["id_scheme"] = json!(scheme);
        let file = files.path().join("mia.json");
        let key = files.path().join("key.pem");
        std::fs::write(&key, found["account"]["private_key"].as_str().unwrap()).unwrap();
        let mut arguments = vec!["mastodon", file.to_str().unwrap(), "--url", &base];
        if scheme == 1 {
            found["account"]["private_key"] = Value::Null;
            std::fs::write(&file, found.to_string()).unwrap();
            says(&taure(&arguments, data.path()), "name it with --key");
            arguments.extend(["--key", key.to_str().unwrap()]);
        }
        std::fs::write(&file, found.to_string()).unwrap();
        let done = taure(&arguments, data.path());
        assert!(done.status.success(), "{done:?}");
        says(&done, "1 followers, 1 followed, 1 blocked, 2 posts");

        let mut me = Taure::found_in(data, port, "mia");
        me.may_leave_jobs = true; // a server of the fixture is none
        me.settles();
        let actor =
            [format!("{base}/users/mia"), format!("{base}/ap/users/109300000000000001")][scheme].clone();
        let document = me.document(&actor).ok();
        assert_eq!(document["publicKey"]["id"], json!(format!("{actor}#main-key")));
        assert_eq!(document["inbox"], json!(format!("{actor}/inbox")));
        let old = format!("{actor}/statuses/109294000000000001");
        let note = me.document(&old).ok();
        assert_eq!(note["id"], json!(old));
        assert!(note["content"].as_str().unwrap().contains("the first at"));
        assert_eq!(me.document(&format!("{base}/@mia/109294000000000001")).ok()["id"], json!(old));
        assert_eq!(me.as_stranger("/@mia/109294000000000001").status, 200);
        let new = me.posts("and goes on");
        me.settles();
        assert_eq!(new["uri"], json!(format!("{actor}/statuses/{}", new["id"].as_str().unwrap())));
        assert!(pal.requests().pop().unwrap().is_signed_by(&old_key().public()));
    }
    let asked = taure(&["mastodon", "--query", "mia"], Path::new("."));
    says(&asked, "me.username = 'mia'");
    says(&taure(&["mastodon", "--query", "mia'; --"], Path::new(".")), "is no username of Mastodon");
}
