//! Moving in: an archive in the shape that Mastodon's `app/services/backup_service.rb` gives it, by the page and by what the
//! command calls; and archives that nobody wrote in good faith.

use crate::harness::{Folder, Taure, request};
use crate::owner::Owner;
use crate::peer::Peer;
use crate::pictures;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use taure::error::{Kind, Result};
use taure::model::time::HOUR;
use taure::model::{Import, ImportOptions, ImportState, Tally};
use taure::ops::imports;
use taure::store;

const OLD: &str = "https://old.example";
const ME: &str = "https://old.example/users/me";
const FOLLOWERS: &str = "https://old.example/users/me/followers";
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";
const FILE: &str = "media_attachments/files/100/000/000/000/000/001/original/0123456789abcdef.png";

/// The files of an archive.
#[derive(Clone)]
struct Archive(Vec<(String, Vec<u8>)>);

impl Archive {
    fn of(items: &[Value]) -> Archive {
        let mut archive = Archive(Vec::new());
        archive.add("actor.json", json!({
            "@context": "https://www.w3.org/ns/activitystreams", "id": ME, "type": "Person", "preferredUsername": "me",
            "followers": FOLLOWERS, "outbox": "outbox.json", "likes": "likes.json", "bookmarks": "bookmarks.json",
            "icon": {"type": "Image", "mediaType": "image/png", "url": "avatar.png"},
        }).to_string());
        archive.list("outbox.json", items);
        archive
    }

    fn add(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), content.into()));
    }

    fn list(&mut self, name: &str, items: &[Value]) {
        let json = json!({"@context": "https://www.w3.org/ns/activitystreams", "id": name,
            "type": "OrderedCollection", "totalItems": items.len(), "orderedItems": items});
        self.add(name, json.to_string());
    }

    fn zip(&self) -> Vec<u8> {
        let members = self.0.iter().map(|(name, content)| Member::new(name, content));
        zip(&members.collect::<Vec<_>>())
    }
}

/// A member of a zip, and what its headers say of it.
struct Member {
    name: String,
    packed: Vec<u8>,
    bytes: u32,
    crc: u32,
    mode: u32,
}

impl Member {
    fn new(name: &str, content: &[u8]) -> Member {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(content).unwrap();
        let packed = packer.finish().unwrap();
        Member { name: name.to_owned(), packed, bytes: content.len() as u32, crc: crc.sum(), mode: 0o100_644 }
    }
}

fn zip(members: &[Member]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let at = out.len() as u32;
        let common = |out: &mut Vec<u8>| {
            out.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
            for number in [member.crc, member.packed.len() as u32, member.bytes] {
                out.extend(number.to_le_bytes());
            }
            out.extend((member.name.len() as u16).to_le_bytes());
            out.extend([0, 0]);
        };
        out.extend(b"PK\x03\x04");
        common(&mut out);
        out.extend(member.name.bytes());
        out.extend(&member.packed);
        directory.extend(b"PK\x01\x02\x14\x03");
        common(&mut directory);
        directory.extend([0; 6]);
        directory.extend((member.mode << 16).to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(member.name.bytes());
    }
    let at = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([(members.len() as u16).to_le_bytes(); 2].concat());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn note(number: u32, published: &str, more: Value) -> Value {
    let uri = format!("{ME}/statuses/{number}");
    let mut object = json!({
        "id": uri, "type": "Note", "summary": null, "inReplyTo": null, "published": published,
        "url": format!("{OLD}/@me/{number}"), "attributedTo": ME, "to": [PUBLIC], "cc": [FOLLOWERS], "sensitive": false,
        "conversation": format!("tag:old.example,2020-01-01:objectId={number}:objectType=Conversation"),
        "content": format!("<p>Post {number}</p>"), "contentMap": {"lv": format!("<p>Post {number}</p>")},
        "attachment": [], "tag": [],
    });
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"id": format!("{uri}/activity"), "type": "Create", "actor": ME, "published": published,
        "to": object["to"], "cc": object["cc"], "object": object})
}

fn picture(url: &str) -> Value {
    json!({"type": "Document", "mediaType": "image/png", "url": url, "name": "A red square",
        "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH", "focalPoint": [0.5, -0.25], "width": 8, "height": 8})
}

/// What a life leaves behind, a little of each.
fn life() -> Archive {
    let mut archive = Archive::of(&[
        // An answer in front of what it answers, as another software may sort.
        note(3, "2020-03-01T10:00:06Z", json!({"inReplyTo": format!("{ME}/statuses/2")})),
        note(
            1,
            "2019-01-01T10:00:00Z",
            json!({
                "content": "<p>Hello <script>alert(1)</script><a href=\"https://old.example/tags/Otters\">#Otters</a></p>",
                "summary": "About animals", "sensitive": true, "updated": "2019-01-02T10:00:00Z",
                "attachment": [picture(FILE), picture("media_attachments/files/9/original/gone.png"), picture("https://far.example/x.png")],
                "tag": [{"type": "Hashtag", "href": "https://old.example/tags/Otters", "name": "#Otters"}],
            }),
        ),
        note(2, "2020-03-01T10:00:05Z", json!({"to": [FOLLOWERS], "cc": [PUBLIC]})),
        note(
            4,
            "2020-03-02T10:00:00Z",
            json!({"to": [FOLLOWERS], "cc": [], "content": "<p>Only for friends</p>"}),
        ),
        note(
            5,
            "2020-03-03T10:00:00Z",
            json!({"to": ["https://far.example/users/bob"], "cc": [], "content": "<p>A letter</p>"}),
        ),
        note(
            6,
            "2021-01-01T10:00:00Z",
            json!({"type": "Question", "votersCount": 10, "endTime": "2021-01-02T10:00:00Z",
            "closed": "2021-01-02T10:00:00Z", "oneOf": [
                {"type": "Note", "name": "Tea", "replies": {"type": "Collection", "totalItems": 7}},
                {"type": "Note", "name": "Coffee", "replies": {"type": "Collection", "totalItems": 3}}]}),
        ),
        json!({"id": format!("{ME}/statuses/7/activity"), "type": "Announce", "actor": ME, "published": "2021-01-01T11:00:00Z",
            "to": [PUBLIC], "cc": [FOLLOWERS], "object": "https://far.example/users/bob/statuses/1"}),
        note(1, "2019-01-01T10:00:00Z", json!({})),
    ]);
    archive.add(FILE, pictures::square(8));
    archive.list("likes.json", &[json!("https://far.example/users/bob/statuses/1")]);
    archive.list("featured.json", &[json!(format!("{ME}/statuses/2"))]);
    archive
}

fn lies(bytes: &[u8]) -> (Folder, PathBuf) {
    let folder = Folder::new();
    let path = folder.path().join("archive");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// As the command does it.
fn brings(taure: &Taure, path: &Path, options: ImportOptions) -> Result<Import> {
    brings_in_steps(taure, path, options, u32::MAX)
}

/// The same, and stops after so many steps.
fn brings_in_steps(taure: &Taure, path: &Path, options: ImportOptions, steps: u32) -> Result<Import> {
    let app = taure.app();
    let given = imports::open(&app, path, None)?;
    let plan = imports::plan(&app, &given, options)?;
    let import = imports::begin(&app, &given, options, plan, None)?;
    let mut left = steps;
    imports::run(&app, &given, &import, &mut |import| {
        assert!(import.totals.values().all(Tally::adds_up), "{:?}", import.totals);
        left -= 1;
        left > 0
    })
}

#[track_caller]
fn tally(import: &Import, sort: &str) -> (u64, u64, u64, Vec<(String, u64)>) {
    let tally = import.totals.get(sort).cloned().unwrap_or_default();
    assert!(tally.adds_up(), "{tally:?}");
    (tally.found, tally.taken, tally.there, tally.left.into_iter().collect())
}

fn left(reasons: &[(&str, u64)]) -> Vec<(String, u64)> {
    reasons.iter().map(|(reason, n)| ((*reason).to_owned(), *n)).collect()
}

/// The own posts as the owner's app sees them, newest first.
fn posts(taure: &Taure) -> Vec<Value> {
    let me = taure.get("/api/v1/accounts/verify_credentials").ok()["id"].as_str().unwrap().to_owned();
    taure.get(&format!("/api/v1/accounts/{me}/statuses")).ok().as_array().unwrap().clone()
}

fn count(taure: &Taure, sql: &str) -> i64 {
    taure.app().store.read(|c| Ok(c.query_row(sql, [], |r| r.get(0))?)).unwrap()
}

fn uploads(owner: &Owner, bytes: &[u8]) -> crate::harness::Answer {
    let (kind, body) = pictures::multipart(&[("csrf", &owner.csrf)], Some(("file", bytes)));
    let headers = [("cookie", owner.cookie.as_str()), ("content-type", kind.as_str())];
    request("POST", &format!("{}/settings/import", owner.taure.base), &headers, Some(&body))
}

#[test]
fn an_archive_is_handed_in_looked_at_and_brought_along_on_the_page() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&taure);
    taure.settles();
    let (told, heard) = (taure.notifications("mention").len(), bob.received().len());
    let owner = Owner::of(&taure);
    assert!(owner.get("/settings/import").text.contains("Nothing was brought along yet"));

    let mut archive = life();
    archive.0.retain(|(name, _)| name != "avatar.png");
    let answer = uploads(&owner, &archive.zip());
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = answer.header("location").unwrap().to_owned();
    let preview = owner.get(&page).text;
    for words in [
        "Mastodon archive of @me@old.example",
        "From 2019-01-01 to 2021-01-01",
        "Take private mentions, too",
        "Bring it along",
    ] {
        assert!(preview.contains(words), "{words}: {preview}");
    }
    assert!(posts(&taure).is_empty(), "nothing was changed");
    assert_eq!(taure.as_stranger(&page).status, 303, "it is the owner's alone");

    assert_eq!(owner.post(&page, &[]).status, 303);
    taure.settles();
    let report = owner.get(&page).text;
    assert!(report.contains("<h2>Done</h2>") && report.contains("boosts of others’ posts: 1"), "{report}");
    assert!(!report.contains("http-equiv=\"refresh\""));
    assert_eq!(std::fs::read_dir(taure.app().config.imports()).unwrap().count(), 0, "its file is gone");

    // Nobody heard of it.
    assert_eq!((taure.notifications("mention").len(), bob.received().len()), (told, heard));
    assert_eq!(
        count(&taure, "SELECT count(*) FROM activities a JOIN imported i ON i.status_id = a.status_id"),
        0
    );
    assert!(taure.home().is_empty(), "home is what happens now");

    let list = posts(&taure);
    let texts: Vec<&str> = list.iter().map(|p| p["created_at"].as_str().unwrap()).collect();
    assert_eq!(
        texts,
        [
            "2021-01-01T10:00:00.000Z",
            "2020-03-02T10:00:00.000Z",
            "2020-03-01T10:00:06.000Z",
            "2020-03-01T10:00:05.000Z",
            "2019-01-01T10:00:00.000Z"
        ]
    );
    let (poll, friends, answer, parent, first) = (&list[0], &list[1], &list[2], &list[3], &list[4]);
    assert_eq!(
        (&poll["poll"]["expired"], &poll["poll"]["votes_count"], &poll["poll"]["voters_count"]),
        (&json!(true), &json!(10), &json!(10))
    );
    assert_eq!(poll["poll"]["options"][0], json!({"title": "Tea", "votes_count": 7}));
    assert_eq!(
        (&friends["visibility"], &parent["visibility"], &parent["pinned"]),
        (&json!("private"), &json!("unlisted"), &json!(true))
    );
    assert_eq!((&answer["in_reply_to_id"], &parent["replies_count"]), (&parent["id"], &json!(1)));
    assert_eq!(
        (&first["spoiler_text"], &first["sensitive"], &first["language"]),
        (&json!("About animals"), &json!(true), &json!("lv"))
    );
    assert_eq!(first["edited_at"], "2019-01-02T10:00:00.000Z");
    assert_eq!(first["tags"][0]["name"], "otters");
    assert!(!first["content"].as_str().unwrap().contains("script"), "{first}");
    let media = first["media_attachments"].as_array().unwrap();
    assert_eq!(media.len(), 1);
    assert_eq!(
        (&media[0]["description"], &media[0]["meta"]["focus"]),
        (&json!("A red square"), &json!({"x": 0.5, "y": -0.25}))
    );
    let shown = media[0]["url"].as_str().unwrap().strip_prefix(&taure.base).unwrap();
    assert_eq!(taure.as_stranger(shown).status, 200);
    assert!(first["uri"].as_str().unwrap().starts_with(&taure.actor()), "{first}");

    // Visitors see where it was; friends' posts they do not see.
    let profile = taure.as_stranger("/@alice").text;
    assert!(
        profile.contains("Brought along from")
            && profile.contains("https://old.example/@me/1")
            && !profile.contains("Only for friends"),
        "{profile}"
    );
    let alone = taure.as_stranger(first["url"].as_str().unwrap().strip_prefix(&taure.base).unwrap());
    assert!(alone.text.contains("@me@old.example"), "{}", alone.text);
    let document = taure.document(first["uri"].as_str().unwrap()).ok();
    assert_eq!((&document["id"], &document["attributedTo"]), (&first["uri"], &json!(taure.actor())));
    assert_eq!(taure.document(friends["uri"].as_str().unwrap()).status, 404);

    // What is written afresh begins with what can be read.
    let edit =
        owner.get(&format!("{}/edit", first["url"].as_str().unwrap().strip_prefix(&taure.base).unwrap()));
    let source = taure.get(&format!("/api/v1/statuses/{}/source", first["id"].as_str().unwrap())).ok();
    assert!(source["text"].as_str().unwrap().contains("Hello") && edit.status != 500, "{source}");

    // A second time it is all here; what was deleted since does not come back.
    let gone = friends["id"].as_str().unwrap();
    taure.call("DELETE", &format!("/api/v1/statuses/{gone}"), None).ok();
    taure.settles();
    let last = bob.received().last().cloned().unwrap();
    assert!(last["type"] == "Delete" && last["object"]["id"] == friends["uri"], "{last}");
    let again = uploads(&owner, &archive.zip()).header("location").unwrap().to_owned();
    owner.post(&again, &[]);
    taure.settles();
    let import = taure.app().store.read(store::imports::list).unwrap().remove(0);
    assert_eq!(tally(&import, "posts"), (8, 0, 5, left(&[("boost", 1), ("deleted", 1), ("direct", 1)])));
    assert_eq!(tally(&import, "files").2, 3);
    assert_eq!(posts(&taure).len(), 4);
    assert_eq!(owner.post(&format!("{again}/forget"), &[]).status, 303);
    assert_eq!(owner.get(&again).status, 404);
}

#[test]
fn letters_come_along_when_the_owner_says_so_and_only_the_owner_reads_them() {
    let taure = Taure::new();
    let (_folder, path) = lies(&life().zip());
    let import = brings(&taure, &path, ImportOptions { direct: true }).unwrap();
    assert_eq!(import.state, ImportState::Done);
    assert_eq!(tally(&import, "posts"), (8, 6, 1, left(&[("boost", 1)])));
    assert_eq!(tally(&import, "files"), (3, 1, 0, left(&[("elsewhere", 1), ("missing", 1)])));
    assert_eq!(tally(&import, "pins"), (1, 1, 0, vec![]));
    assert_eq!(tally(&import, "likes"), (1, 0, 0, left(&[("like", 1)])));
    assert_eq!(tally(&import, "profile"), (1, 0, 0, left(&[("missing", 1)])));
    let letter = posts(&taure).into_iter().find(|p| p["visibility"] == "direct").unwrap();
    assert!(letter["content"].as_str().unwrap().contains("A letter"));
    assert_eq!(taure.as_stranger(&format!("/@alice/{}", letter["id"].as_str().unwrap())).status, 404);
    assert_eq!(taure.document(letter["uri"].as_str().unwrap()).status, 404);
}

#[test]
fn it_may_end_after_any_step_and_goes_on_without_a_loss() {
    let taure = Taure::new();
    let items: Vec<Value> = (1..=130).map(|n| note(n, "2020-01-01T00:00:00Z", json!({}))).collect();
    let mut archive = Archive::of(&items);
    let likes: Vec<Value> = (0..250).map(|n| json!(format!("https://far.example/{n}"))).collect();
    archive.list("likes.json", &likes);
    let (_folder, path) = lies(&archive.zip());
    let (mut rounds, mut import) = (0, Import::default());
    while import.state != ImportState::Done {
        import = brings_in_steps(&taure, &path, ImportOptions::default(), 1).unwrap();
        assert_eq!(count(&taure, "SELECT count(*) FROM imported"), tally(&import, "posts").1 as i64);
        rounds += 1;
    }
    assert!(rounds > 8, "{rounds}");
    assert_eq!(tally(&import, "posts"), (130, 130, 0, vec![]));
    assert_eq!(tally(&import, "likes").0, 250);
    assert_eq!(count(&taure, "SELECT count(*) FROM imports"), 1);
    let ids = count(&taure, "SELECT count(DISTINCT id) FROM statuses WHERE created_at = 1577836800000");
    assert_eq!(ids, 130, "all of one second");
}

#[test]
fn what_a_killed_command_left_has_stopped_and_goes_on_or_is_forgotten() {
    let taure = Taure::new();
    let (_folder, path) = lies(&life().zip());
    let import = brings_in_steps(&taure, &path, ImportOptions::default(), 1).unwrap();
    assert_eq!(import.state, ImportState::Running);
    let state = || taure.app().store.read(|c| store::imports::get(c, import.id)).unwrap();
    imports::sweep(&taure.app()).unwrap();
    assert_eq!(state().state, ImportState::Running, "a moment ago");
    taure.later(2 * HOUR);
    imports::sweep(&taure.app()).unwrap();
    assert_eq!(state().state, ImportState::Stopped);
    assert!(state().failure.is_some_and(|why| why.contains("interrupted")));
    let done = brings(&taure, &path, ImportOptions::default()).unwrap();
    assert_eq!((done.id, done.state, done.failure), (import.id, ImportState::Done, None));
}

#[test]
fn two_at_the_same_import_are_one_too_many() {
    let taure = Taure::new();
    let (_folder, path) = lies(&life().zip());
    let app = taure.app();
    let given = imports::open(&app, &path, None).unwrap();
    let plan = imports::plan(&app, &given, ImportOptions::default()).unwrap();
    let import = imports::begin(&app, &given, ImportOptions::default(), plan, None).unwrap();
    let mut first = true;
    let done = imports::run(&app, &given, &import, &mut |_| {
        if std::mem::take(&mut first) {
            let other = imports::run(&app, &given, &import, &mut |_| true).unwrap();
            assert_eq!(other.state, ImportState::Done);
        }
        true
    });
    assert_eq!(done.unwrap_err().kind, Kind::Conflict);
    let import = app.store.read(|c| store::imports::get(c, import.id)).unwrap();
    assert_eq!((import.state, tally(&import, "posts").1), (ImportState::Done, 5));
}

#[test]
fn a_packed_tar_and_a_folder_are_archives_too() {
    let archive = life();
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    tar(&archive, &mut packer);
    let (_folder, packed) = lies(&packer.finish().unwrap());
    let folder = Folder::new();
    for (name, content) in &archive.0 {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    for path in [packed.as_path(), folder.path()] {
        let taure = Taure::new();
        let import = brings(&taure, path, ImportOptions::default()).unwrap();
        assert_eq!(
            tally(&import, "posts"),
            (8, 5, 1, left(&[("boost", 1), ("direct", 1)])),
            "{}",
            path.display()
        );
        assert_eq!(tally(&import, "files").1, 1);
        let rest = std::fs::read_dir(taure.app().config.imports()).map_or(0, Iterator::count);
        assert_eq!(rest, 0, "what was unpacked is gone");
    }
}

/// As Ruby's `Gem::Package::TarWriter`: long names are split at a slash.
fn tar(archive: &Archive, out: &mut dyn Write) {
    for (name, content) in &archive.0 {
        let mut block = [0_u8; 512];
        let (prefix, last) =
            if name.len() > 60 { name.rsplit_once('/').unwrap() } else { ("", name.as_str()) };
        block[..last.len()].copy_from_slice(last.as_bytes());
        block[100..108].copy_from_slice(b"0000444\0");
        block[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
        block[156] = b'0';
        block[257..265].copy_from_slice(b"ustar\x0000");
        block[345..345 + prefix.len()].copy_from_slice(prefix.as_bytes());
        let sum: u32 = block.iter().map(|b| u32::from(*b)).sum::<u32>() + 8 * 32;
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        out.write_all(&block).unwrap();
        out.write_all(content).unwrap();
        out.write_all(&vec![0; (512 - content.len() % 512) % 512]).unwrap();
    }
    out.write_all(&[0; 1024]).unwrap();
}

#[test]
fn posts_that_cannot_be_so_are_left_out_and_said() {
    let taure = Taure::new();
    let mut stranger =
        note(20, "2020-01-01T00:00:00Z", json!({"attributedTo": "https://far.example/users/eve"}));
    stranger["actor"] = json!("https://far.example/users/eve");
    let mut archive = Archive::of(&[
        note(10, "2999-01-01T00:00:00Z", json!({})),
        note(11, "2020-01-01T00:00:00Z", json!({"published": null})),
        note(12, "1960-01-01T00:00:00Z", json!({"attachment": [picture(FILE)]})),
        stranger,
        note(13, "2020-01-01T00:00:00Z", json!({"id": "https://far.example/users/me/statuses/13"})),
        json!({"type": "Create", "object": "https://old.example/users/me/statuses/14"}),
        json!({"type": "Delete", "object": {}}),
        json!(7),
        note(15, "2020-01-01T00:00:00Z", json!({"content": "x".repeat(1_100_000)})),
        note(
            16,
            "2020-01-01T00:00:00Z",
            json!({"attachment": [
            picture("broken.png"), picture("../../../etc/passwd"), picture("page.html"), picture("wrong.png"), picture("link.png"), picture("bomb.png")]}),
        ),
    ]);
    archive.add("broken.png", &pictures::square(8)[..60]);
    archive.add("page.html", "<script>alert(1)</script>");
    let mut members: Vec<Member> = archive.0.iter().map(|(n, c)| Member::new(n, c)).collect();
    // A sum that does not fit, a link, and a gigabyte in a megabyte.
    members.push(Member { crc: 7, ..Member::new("wrong.png", &pictures::square(8)) });
    members.push(Member { mode: 0o120_777, ..Member::new("link.png", b"/etc/passwd") });
    members.push(Member { bytes: 1 << 30, ..Member::new("bomb.png", &vec![0; 16 << 20]) });
    members.push(Member::new("../../../etc/passwd", b"root"));
    let (_folder, path) = lies(&zip(&members));
    let import = brings(&taure, &path, ImportOptions::default()).unwrap();
    assert_eq!(
        tally(&import, "posts"),
        (10, 1, 0, left(&[("foreign", 2), ("future", 1), ("large", 1), ("undated", 2), ("unknown", 3)]))
    );
    let files = tally(&import, "files");
    // A name that leads up is a name like any other: what it holds is no picture.
    assert_eq!(
        (files.0, files.1, files.3),
        (7, 0, left(&[("broken", 1), ("large", 1), ("missing", 1), ("post", 1), ("refused", 3)]))
    );
    assert_eq!(posts(&taure).len(), 1);
    let rest = std::fs::read_dir(taure.app().config.imports()).unwrap().count();
    assert_eq!(rest, 0);
}

#[test]
fn what_is_no_archive_is_refused_with_a_reason_and_nothing_stays() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let good = life().zip();
    let mut headless = Archive::of(&[]);
    headless.add("actor.json", "{}");
    let mut listless = Archive::of(&[]);
    listless.add("outbox.json", "[".repeat(100_000));
    let mut cut = Archive::of(&[]);
    cut.add("outbox.json", "{\"orderedItems\": [{\"a\": ");
    let mut packed_noise = GzEncoder::new(Vec::new(), Compression::fast());
    packed_noise.write_all(b"hello").unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    tar(&headless, &mut packed);
    for (bytes, why) in [
        (b"just words".to_vec(), "no file that Taure knows"),
        (good[..good.len() / 2].to_vec(), "The archive is damaged"),
        (zip(&[Member::new("a.txt", b"x")]), "no file that Taure knows"),
        (headless.zip(), "does not say whose it is"),
        (listless.zip(), "a list that cannot be read"),
        (cut.zip(), "The archive is damaged"),
        (packed_noise.finish().unwrap(), "no file that Taure knows"),
        (packed.finish().unwrap(), "does not say whose it is"),
        (b"PK\x05\x06".to_vec(), "The archive is damaged"),
        ([b"PK\x03\x04".as_slice(), &[255; 4_000]].concat(), "The archive is damaged"),
    ] {
        let answer = uploads(&owner, &bytes);
        assert!(
            answer.status == 422 && answer.text.contains(why),
            "{why}: {} {}",
            answer.status,
            answer.text
        );
    }
    assert_eq!(uploads(&owner, b"").status, 422);
    assert_eq!(count(&taure, "SELECT count(*) FROM imports"), 0);
    assert_eq!(std::fs::read_dir(taure.app().config.imports()).unwrap().count(), 0);
    let without =
        request("POST", &format!("{}/settings/import", taure.base), &[("cookie", &owner.cookie)], Some(b""));
    assert!(without.status >= 400, "a form without its token");
}

#[test]
fn it_stops_where_the_budget_of_the_disk_ends_and_goes_on_when_there_is_more() {
    let mut taure = Taure::new();
    let items: Vec<Value> = (1..=6)
        .map(|n| note(n, "2020-01-01T00:00:00Z", json!({"attachment": [picture(&format!("{n}.bin"))]})))
        .collect();
    let mut archive = Archive::of(&items);
    for n in 1..=6_u8 {
        // Refused as a picture, and asked room for all the same.
        archive.add(&format!("{n}.bin"), vec![n; 4 << 20]);
    }
    let (_folder, path) = lies(&archive.zip());
    taure.grants(20);
    let e = brings(&taure, &path, ImportOptions::default()).unwrap_err();
    assert!(e.kind == Kind::NoSpace && e.public.contains("disk_mb"), "{e}");
    let import = taure.app().store.read(store::imports::list).unwrap().remove(0);
    assert_eq!(import.state, ImportState::Stopped);
    taure.grants(2_000);
    let import = brings(&taure, &path, ImportOptions::default()).unwrap();
    assert_eq!(tally(&import, "posts"), (6, 6, 0, vec![]));
    assert_eq!(count(&taure, "SELECT count(*) FROM imports"), 1);
}

#[test]
fn bookmarks_are_asked_for_one_after_the_other() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let post = bob.note("worth keeping", &[]);
    let uri = post["id"].as_str().unwrap().to_owned();
    bob.publish(&uri, post.clone());
    let mut archive = Archive::of(&[note(1, "2020-01-01T00:00:00Z", json!({}))]);
    let gone = format!("{}/gone", bob.actor());
    archive.list(
        "bookmarks.json",
        &[json!(format!("{ME}/statuses/1")), json!(gone), json!(uri), json!(uri), json!("javascript:x")],
    );
    let (_folder, path) = lies(&archive.zip());
    let import = brings(&taure, &path, ImportOptions::default()).unwrap();
    assert_eq!(import.totals["bookmarks"].waiting, 2);
    for _ in 0..4 {
        taure.later(3_000);
        taure.settles();
    }
    let import = taure.app().store.read(|c| store::imports::get(c, import.id)).unwrap();
    assert_eq!(import.totals["bookmarks"].waiting, 0);
    assert_eq!(tally(&import, "bookmarks"), (5, 2, 1, left(&[("gone", 1), ("unknown", 1)])));
    let kept = taure.get("/api/v1/bookmarks").ok();
    assert_eq!(kept.as_array().unwrap().len(), 2, "{kept}");
}

#[test]
fn the_profile_gets_its_picture_where_there_is_none() {
    let taure = Taure::new();
    let mut archive = Archive::of(&[]);
    archive.add("avatar.png", pictures::square(8));
    let (_folder, path) = lies(&archive.zip());
    assert_eq!(
        tally(&brings(&taure, &path, ImportOptions::default()).unwrap(), "profile"),
        (1, 1, 0, vec![])
    );
    assert_eq!(
        tally(&brings(&taure, &path, ImportOptions::default()).unwrap(), "profile"),
        (1, 0, 0, left(&[("have", 1)]))
    );
    taure.settles();
}

#[test]
fn every_reason_and_every_sort_has_words() {
    for (word, key) in imports::REASONS.iter().chain(imports::SORTS) {
        assert!(key.ends_with(word), "{key}");
    }
}
