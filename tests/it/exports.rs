//! Moving out: the archive, which another Taure takes in whole, and the lists as Mastodon writes them.

use crate::harness::{Folder, Taure};
use crate::owner::Owner;
use crate::peer::Peer;
use crate::pictures;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use taure::model::{Import, ImportOptions};
use taure::ops::imports;

fn runs(taure: &Taure, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taure"));
    command.args(arguments).arg("--data").arg(&taure.app().config.data).output().unwrap()
}

#[track_caller]
fn exports(taure: &Taure, arguments: &[&str]) -> String {
    let output = runs(taure, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn brings(taure: &Taure, path: &Path) -> Import {
    let (app, options) = (taure.app(), ImportOptions { direct: true });
    let given = imports::open(&app, path, None).unwrap();
    let plan = imports::plan(&app, &given, options).unwrap();
    let import = imports::begin(&app, &given, options, plan, None).unwrap();
    imports::run(&app, &given, &import, &mut |_| true).unwrap()
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// The own posts as the owner's app sees them, the oldest first, without what is another server's to decide.
fn posts(taure: &Taure) -> Vec<Value> {
    let me = taure.get("/api/v1/accounts/verify_credentials").ok()["id"].as_str().unwrap().to_owned();
    let all = taure
        .get(&format!("/api/v1/accounts/{me}/statuses?limit=40&exclude_reblogs=true"))
        .ok()
        .as_array()
        .unwrap()
        .clone();
    let shown = |post: &Value| {
        let files: Vec<Value> = post["media_attachments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| json!([file["type"], file["description"], file["meta"]["original"]["size"]]))
            .collect();
        json!({
            "text": taure::text::plain(post["content"].as_str().unwrap()), "warning": post["spoiler_text"],
            "sensitive": post["sensitive"], "visibility": post["visibility"], "language": post["language"],
            "date": post["created_at"].as_str().unwrap()[..19], "files": files, "answer": post["in_reply_to_id"].is_string(),
            "poll": post["poll"]["options"].as_array().map(|options| options.iter().map(|o| o["title"].clone()).collect::<Vec<_>>()),
            "pinned": post["pinned"],
        })
    };
    let mut shown: Vec<Value> = all.iter().map(shown).collect();
    shown.reverse();
    shown
}

fn says(taure: &Taure, what: Value) -> String {
    taure.later(1_000);
    taure.post("/api/v1/statuses", what).ok()["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_one_house_gives_another_takes_in_whole() {
    let (old, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_known_to(&old, true);
    let picture = pictures::upload(&old, "A \"red\" square, <b>small</b>");
    let first = says(&old, json!({"status": "Hello #Otters", "media_ids": [picture], "language": "lv"}));
    says(&old, json!({"status": "An answer", "in_reply_to_id": first, "visibility": "unlisted"}));
    says(&old, json!({"status": "For friends", "visibility": "private", "spoiler_text": "Quiet"}));
    says(&old, json!({"status": format!("A letter {}", bob.handle()), "visibility": "direct"}));
    says(&old, json!({"status": "Tea?", "poll": {"options": ["Yes", "No, \"coffee\""], "expires_in": 3600}}));
    let note = bob.note("Worth keeping", &[]);
    let uri = note["id"].as_str().unwrap().to_owned();
    bob.publish(&uri, note);
    let seen = old.finds_status(&uri)["id"].as_str().unwrap().to_owned();
    for act in ["favourite", "bookmark", "reblog"] {
        old.post(&format!("/api/v1/statuses/{seen}/{act}"), json!({})).ok();
    }
    old.post(&format!("/api/v1/statuses/{first}/pin"), json!({})).ok();
    pictures::send(
        &old,
        "PATCH",
        "/api/v1/accounts/update_credentials",
        &[],
        Some(("avatar", &pictures::square(64))),
    )
    .ok();
    old.settles();

    let folder = Folder::new();
    let path = folder.path().join("me.zip");
    let told = exports(&old, &["export", path.to_str().unwrap()]);
    assert!(told.contains("6 posts and boosts, 2 files"), "{told}");
    assert_eq!(mode(&path), 0o600);

    let new = Taure::new();
    new.later(60_000);
    let import = brings(&new, &path);
    let of = |sort: &str| import.totals.get(sort).cloned().unwrap_or_default();
    assert!(import.totals.values().all(taure::model::Tally::adds_up));
    assert_eq!((of("posts").found, of("posts").taken, of("posts").left["boost"]), (6, 5, 1), "{import:?}");
    assert_eq!((of("files").found, of("files").taken), (1, 1));
    assert_eq!(
        (of("pins").taken, of("bookmarks").found, of("likes").found, of("profile").taken),
        (1, 1, 1, 1)
    );
    let (before, after) = (posts(&old), posts(&new));
    assert_eq!(before.len(), 5);
    assert_eq!(before, after);
    for _ in 0..2 {
        new.later(3_000);
        new.settles();
    }
    assert_eq!(new.get("/api/v1/bookmarks").ok()[0]["uri"], uri);
    // Where they are written, they are there already.
    let back = brings(&old, &path);
    assert_eq!((back.totals["posts"].taken, back.totals["posts"].there), (0, 5));
}

#[test]
fn the_lists_are_as_mastodon_writes_them_and_come_in_again() {
    let (taure, bob, carol, dave) = (Taure::new(), Peer::new("bob"), Peer::new("carol"), Peer::new("dave"));
    let (b, c, d) =
        (bob.is_followed_by(&taure), carol.is_known_to(&taure, true), dave.is_known_to(&taure, true));
    let id = |account: &Value| account["id"].as_str().unwrap().to_owned();
    let act = |account: &Value, act: &str, body: Value| {
        taure.post(&format!("/api/v1/accounts/{}/{act}", id(account)), body).ok();
    };
    dave.follows(&taure);
    act(&b, "follow", json!({"reblogs": false, "notify": true, "languages": ["en", "lv"]}));
    act(&c, "block", json!({}));
    act(&d, "mute", json!({"notifications": false}));
    let list = taure.post("/api/v1/lists", json!({"title": "Friends, \"old\" =ones"})).ok();
    let members = format!("/api/v1/lists/{}/accounts", list["id"].as_str().unwrap());
    taure.post(&members, json!({"account_ids": [id(&b)]})).ok();
    taure.post("/api/v1/domain_blocks", json!({"domain": "evil.example"})).ok();
    let filter = json!({"title": "Sports", "context": ["home"], "filter_action": "hide",
        "keywords_attributes": [{"keyword": "goal, \"own\"", "whole_word": true}]});
    taure.post("/api/v2/filters", filter).ok();
    let mine = taure.posts("keep");
    taure.post(&format!("/api/v1/statuses/{}/bookmark", mine["id"].as_str().unwrap()), json!({})).ok();
    taure.settles();

    let folder = Folder::new();
    let to = folder.path().join("lists");
    exports(&taure, &["export", "--csv", to.to_str().unwrap()]);
    let at = |peer: &Peer| peer.handle().trim_start_matches('@').to_owned();
    let (bob, carol, dave) = (at(&bob), at(&carol), at(&dave));
    let expected = [
        (
            "following_accounts.csv",
            format!(
                "Account address,Show boosts,Notify on new posts,Languages\n{bob},false,true,\"en, lv\"\n"
            ),
        ),
        ("followers.csv", format!("Account address\n{dave}\n")),
        ("lists.csv", format!("\"Friends, \"\"old\"\" =ones\",{bob}\n")),
        ("blocked_accounts.csv", format!("{carol}\n")),
        ("muted_accounts.csv", format!("Account address,Hide notifications\n{dave},false\n")),
        ("blocked_domains.csv", "evil.example\n".to_owned()),
        ("bookmarks.csv", format!("{}\n", mine["uri"].as_str().unwrap())),
    ];
    let owner = Owner::of(&taure);
    for (name, text) in &expected {
        let path = to.join(name);
        assert_eq!(&std::fs::read_to_string(&path).unwrap(), text, "{name}");
        assert_eq!(mode(&path), 0o600);
        let page = owner.get(&format!("/settings/export/{name}"));
        assert_eq!((page.status, &page.text), (200, text), "{name}");
        assert!(page.header("content-disposition").unwrap().contains(name), "{name}");
        assert_eq!(page.header("cache-control"), Some("private, no-store"));
        if *name == "followers.csv" {
            assert!(imports::open(&taure.app(), &path, None).is_err());
            continue;
        }
        let import = brings(&taure, &path);
        let tally = import.totals.values().next().unwrap();
        assert_eq!((tally.found, tally.there), (1, 1), "{name}: {tally:?}");
    }
    let other = Taure::new();
    let import = brings(&other, &to.join("custom_filters.json"));
    assert_eq!(import.totals["filters"].taken, 1);
    assert_eq!(other.get("/api/v2/filters").ok()[0]["keywords"][0]["keyword"], "goal, \"own\"");
}

#[test]
fn the_page_has_an_archive_made_which_goes_after_a_week() {
    let taure = Taure::new();
    taure.posts("mine");
    taure.settles();
    let owner = Owner::of(&taure);
    let page = "/settings/export";
    let archive = "/settings/export/archive.zip";
    assert_eq!(owner.get(archive).status, 404);
    assert!(!owner.get(page).text.contains("Download it"));
    assert_eq!(owner.post_as_given(page, &[]).status, 403, "without the token");
    assert_eq!(owner.post(page, &[]).status, 303);
    taure.settles();
    assert!(owner.get(page).text.contains("Download it"));
    let answer = owner.get(archive);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")));
    assert!(answer.header("content-disposition").unwrap().contains("attachment"));
    assert_eq!(taure.as_stranger(archive).status, 303);
    assert_eq!(taure.get(archive).status, 303, "a token is no session");
    let file = taure.app().config.exports().join("archive.zip");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(brings(&Taure::new(), &file).totals["posts"].taken, 1);

    owner.post("/settings/export/forget", &[]);
    assert!(!file.exists());
    owner.post(page, &[]);
    taure.settles();
    assert!(file.exists());
    let left = file.with_file_name("archive.zip.unfinished");
    std::fs::write(&left, "a crash left it").unwrap();
    for (days, there) in [(6, true), (1, false)] {
        taure.later(days * 24 * 3_600_000);
        taure.app().store.write(|tx| taure::store::jobs::push(tx, "", &taure::model::Job::TidyUp)).unwrap();
        taure.settles();
        assert_eq!(file.exists(), there, "after {days} days more");
    }
    assert!(!left.exists());
}

#[test]
fn what_cannot_be_written_says_so_and_spoils_nothing() {
    let taure = Taure::new();
    let folder = Folder::new();
    let path = folder.path().join("precious.txt");
    std::fs::write(&path, "my diary").unwrap();
    let refused = runs(&taure, &["export", path.to_str().unwrap()]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is no archive"));
    assert_eq!(std::fs::read(&path).unwrap(), b"my diary");
    assert!(!runs(&taure, &["export"]).status.success(), "somewhere it has to go");
    // A folder gets a file, and an archive is written over.
    exports(&taure, &["export", folder.path().to_str().unwrap()]);
    let made: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path()).collect();
    let zip = made.iter().find(|path| path.extension().is_some_and(|ending| ending == "zip")).unwrap();
    assert_eq!(made.len(), 2, "{made:?}");
    exports(&taure, &["export", zip.to_str().unwrap()]);
    // A page whose job fails says so.
    std::fs::write(taure.app().config.exports(), "in the way").unwrap();
    let owner = Owner::of(&taure);
    owner.post("/settings/export", &[]);
    taure.settles();
    assert!(owner.get("/settings/export").text.contains("It could not be made"));
    std::fs::remove_file(taure.app().config.exports()).unwrap();
}
