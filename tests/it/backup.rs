//! One file that holds a server, and the server that comes out of it; copies of the database beside it.

use crate::harness::{Folder, PASSWORD, Shell, Taure};
use crate::peer::Peer;
use crate::pictures;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use taure::app::App;
use taure::error::Result;
use taure::model::time::{DAY, HOUR};
use taure::model::{Clock, Job, Timestamp};
use taure::ops::backup::{self, Made, Manifest, Place, Restored, Source, Wanted};
use taure::sig::PublicKey;
use taure::store::snapshot::Counts;
use taure::store::{self, Store, jobs};

const WORDS: &str = "seven grey horses at night";

#[track_caller]
fn backs_up(taure: &Taure, to: &Path, passphrase: Option<&str>) -> (PathBuf, Manifest) {
    let app = taure.app();
    let made = makes(&app, to, passphrase, None).unwrap();
    (made.name.into(), made.manifest)
}

fn makes(app: &App, to: &Path, passphrase: Option<&str>, keep: Option<usize>) -> Result<Made> {
    let wanted = Wanted { to: &Place::Disk(to.to_owned()), passphrase, with_bucket: false, keep };
    backup::make(&app.config, &app.media, &wanted)
}

fn verify(file: &Path, passphrase: Option<&str>) -> Result<(Manifest, Counts)> {
    backup::verify(Source::file(file)?, passphrase)
}

fn restore(file: &Path, passphrase: Option<&str>, data: &Path, now: Timestamp) -> Result<Restored> {
    backup::restore(Source::file(file)?, passphrase, data, now)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn why<T>(done: Result<T>) -> String {
    done.err().map_or_else(|| panic!("it went well"), |e| e.to_string())
}

fn public_key(taure: &Taure) -> String {
    let actor: Value = serde_json::from_str(&taure.document(&taure.actor()).text).unwrap();
    actor["publicKey"]["publicKeyPem"].as_str().unwrap().to_owned()
}

#[test]
fn a_lost_server_goes_on_where_its_backup_was_made() {
    let (mut alice, bob, away) = (Taure::new(), Peer::new("bob"), Folder::new());
    bob.follows(&alice);
    let picture = pictures::upload(&alice, "red");
    let kept = alice.post("/api/v1/statuses", json!({"status": "kept", "media_ids": [picture]})).ok();
    alice.settles();
    let shown = kept["media_attachments"][0]["url"].as_str().unwrap().to_owned();
    let bytes = alice.as_stranger(shown.strip_prefix(&alice.base).unwrap()).text;
    let key = public_key(&alice);
    std::fs::write(alice.app().config.data.join("taure.toml"), "upload_mb = 7\n").unwrap();

    let (file, manifest) = backs_up(&alice, away.path(), None);
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("taure-localhost-") && name.ends_with(".tar"), "{name}");
    assert_eq!(manifest.files().0, 1, "a small picture is its own preview");
    assert_eq!(names(away.path()), [name], "nothing else is left");
    std::fs::write(
        away.path().join(format!("taure-localhost-{}.unfinished.db", &alice.domain[10..])),
        "a crash left it",
    )
    .unwrap();
    let (again, _) = backs_up(&alice, away.path(), None);
    assert_eq!(again, file, "of the same minute");
    assert_eq!(names(away.path()), [name]);
    let lost = alice.posts("lost with the disk");
    alice.settles();

    let (_, counts) = verify(&file, None).unwrap();
    assert_eq!((counts.own_posts, counts.followers, counts.tokens), (1, 1, 1));
    let data = away.path().join("new");
    let restored = restore(&file, None, &data, alice.clock.now()).unwrap();
    assert_eq!((restored.counts, restored.held), (counts, 0));
    assert_eq!(names(&data), ["media", "taure.db", "taure.toml"]);
    assert_eq!(std::fs::read_to_string(data.join("taure.toml")).unwrap(), "upload_mb = 7\n");
    alice.lives_on_in(&data);

    assert_eq!(alice.status(kept["id"].as_str().unwrap())["content"], kept["content"]);
    let gone = alice.get(&format!("/api/v1/statuses/{}", lost["id"].as_str().unwrap()));
    assert_eq!(gone.status, 404);
    assert_eq!(alice.as_stranger(shown.strip_prefix(&alice.base).unwrap()).text, bytes);
    assert_eq!(public_key(&alice), key);
    alice.posts("here again");
    alice.settles();
    let post = bob.requests().pop().unwrap();
    assert!(
        post.is_signed_by(&PublicKey::from_pem(&key).unwrap()),
        "the follower is still told, by the same key"
    );
}

#[test]
fn what_was_being_sent_goes_out_once_more_under_its_id_and_what_may_have_gone_out_does_not() {
    let (mut alice, bob, away) = (Taure::new(), Peer::new("bob"), Folder::new());
    bob.follows(&alice);
    bob.inbox_answers(503);
    let sent = alice.posts("on its way");
    alice.settles();
    let soon = alice.clock.now().plus(HOUR).to_string();
    alice.post("/api/v1/statuses", json!({"status": "later", "scheduled_at": soon})).ok();
    let (file, _) = backs_up(&alice, &away.path().join("it.tar"), None);
    bob.inbox_answers(202);

    let data = away.path().join("new");
    // A day passes until it is restored.
    alice.clock.advance(DAY);
    let restored = restore(&file, None, &data, alice.clock.now()).unwrap();
    assert_eq!((restored.held, restored.counts.waiting), (1, 1));
    alice.lives_on_in(&data);
    alice.later(HOUR);
    alice.settles();

    let created = bob.received_of("Create");
    let last = created.last().unwrap();
    assert_eq!(last["object"]["id"], sent["uri"]);
    assert!(created.iter().all(|a| a["id"] == last["id"]), "one id, however often it is sent");
    let waiting = alice.get("/api/v1/scheduled_statuses").ok();
    assert_eq!(waiting.as_array().unwrap().len(), 1, "nobody knows whether it went out: the owner decides");
    let path = format!("/api/v1/scheduled_statuses/{}", waiting[0]["id"].as_str().unwrap());
    let at = alice.clock.now().plus(HOUR).to_string();
    alice.call("PUT", &path, Some(json!({"scheduled_at": at}))).ok();
    alice.later(HOUR + 60_000);
    alice.settles();
    assert_eq!(alice.home()[0]["content"], "<p>later</p>");
}

#[test]
fn a_sealed_backup_opens_with_its_passphrase_alone() {
    let (alice, away) = (Taure::new(), Folder::new());
    alice.posts("a secret of the house");
    let (file, _) = backs_up(&alice, away.path(), Some(WORDS));
    assert!(file.to_str().unwrap().ends_with(".tar.sealed"));
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(15).any(|w| w == b"SQLite format 3"));
    assert_eq!(names(&alice.app().config.tmp()), [""; 0], "no copy is left that is not sealed");
    verify(&file, Some(WORDS)).unwrap();
    assert!(why(verify(&file, None)).contains("TAURE_BACKUP_PASSPHRASE"));
    assert!(why(verify(&file, Some("seven grey horses at noon"))).contains("passphrase"));
    let data = away.path().join("new");
    std::fs::write(&file, &bytes[..bytes.len() - 70_000]).unwrap();
    why(restore(&file, Some(WORDS), &data, alice.clock.now()));
    assert!(!data.exists(), "nothing is left");
}

#[test]
fn a_backup_that_is_not_whole_or_not_ours_is_refused() {
    let (alice, away) = (Taure::new(), Folder::new());
    let (file, _) = backs_up(&alice, &away.path().join("it.tar"), None);
    let whole = std::fs::read(&file).unwrap();
    let refused = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        let data = away.path().join("new");
        let told = why(restore(&file, None, &data, alice.clock.now()));
        assert_eq!(why(verify(&file, None)), told);
        assert!(!data.exists(), "nothing is left");
        told
    };
    assert!(refused(b"").contains("ends too early"));
    assert!(refused(&whole[..whole.len() / 2]).contains("ends too early"));
    let mut changed = whole.clone();
    changed[600] ^= 1;
    assert!(refused(&changed).contains("taure.db in it is missing or damaged"));
    assert!(refused(&[&whole[..], b"more"].concat()).contains("added"));
    // Names that lead elsewhere, a link, and a file too many: as `tar` itself would write them.
    let member = |name: &str, kind: u8| {
        let mut block = [0_u8; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..136].copy_from_slice(b"00000000000\0");
        block[156] = kind;
        block[257..265].copy_from_slice(b"ustar\x0000");
        block[148..156].copy_from_slice(b"        ");
        let sum: u32 = block.iter().map(|b| u32::from(*b)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        block
    };
    for name in ["../evil", "/tmp/evil", "media/../../evil", "media/ab/../evil.png", "serve.lock", "media"] {
        assert!(
            refused(&[&member(name, b'0')[..], &whole].concat()).contains("which no backup of Taure does")
        );
    }
    for kind in [b'1', b'2', b'5', b'x', b'L'] {
        assert!(refused(&[&member("taure.toml", kind)[..], &whole].concat()).contains("no plain file"));
    }
    let twice = [&member("taure.db", b'0')[..], &whole].concat();
    assert!(refused(&twice).contains("which no backup of Taure does"));
    let extra = [&member("taure.toml", b'0')[..], &whole].concat();
    assert!(refused(&extra).contains("other things than its manifest"));

    std::fs::write(&file, &whole).unwrap();
    let full = Folder::new();
    std::fs::write(full.path().join("thesis.txt"), "x").unwrap();
    let told = why(restore(&file, None, full.path(), alice.clock.now()));
    assert!(told.contains("is not empty"), "{told}");
    assert_eq!(names(full.path()), ["thesis.txt"]);
    // What an interrupted one left is no hindrance.
    let again = Folder::new();
    std::fs::create_dir(again.path().join("restoring")).unwrap();
    std::fs::write(again.path().join("restoring/taure.db"), "half").unwrap();
    std::fs::create_dir_all(again.path().join("media/ab")).unwrap();
    std::fs::write(again.path().join("taure.toml"), "snapshots = 7").unwrap();
    restore(&file, None, again.path(), alice.clock.now()).unwrap();
    assert_eq!(names(again.path()), ["taure.db"]);
}

#[test]
fn only_a_backup_is_written_over() {
    let (alice, away) = (Taure::new(), Folder::new());
    let to = away.path().join("it.tar");
    backs_up(&alice, &to, None);
    alice.posts("newer");
    backs_up(&alice, &to, Some(WORDS));
    backs_up(&alice, &to, None);
    assert_eq!(verify(&to, None).unwrap().1.own_posts, 1);
    let app = alice.app();
    let database = app.config.database();
    let told = why(makes(&app, &database, None, None));
    assert!(told.contains("stays as it is"), "{told}");
    assert!(why(makes(&app, Path::new("/nonexistent/it.tar"), None, None)).contains("cannot"));
    assert_eq!(names(away.path()), ["it.tar"]);
}

/// The hourly tidying, at another time.
fn tidies_after(taure: &Taure, milliseconds: i64) {
    taure.clock.advance(milliseconds);
    taure.app().store.write(|tx| jobs::push(tx, "", &Job::TidyUp)).unwrap();
    taure.settles();
}

#[test]
fn a_copy_of_the_database_is_made_each_day_and_some_are_kept() {
    let mut alice = Taure::new();
    let folder = alice.app().config.data.join("snapshots");
    assert_eq!(names(&folder), [""; 0], "none are wanted");
    alice.keeps_snapshots(2);
    let mut days = vec![alice.clock.now().to_date()];
    assert_eq!(names(&folder), [format!("{}.db", days[0])]);
    tidies_after(&alice, HOUR);
    assert_eq!(names(&folder).len(), 1, "one a day");
    for _ in 0..2 {
        alice.posts("of another day");
        tidies_after(&alice, DAY);
        days.push(alice.clock.now().to_date());
    }
    assert_eq!(names(&folder), days[1..].iter().map(|day| format!("{day}.db")).collect::<Vec<_>>());
    let copy = Connection::open(folder.join(format!("{}.db", days[2]))).unwrap();
    let posts: i64 = copy.query_row("SELECT count(*) FROM statuses", [], |r| r.get(0)).unwrap();
    assert_eq!(posts, 2);
    let told: String = copy.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(told, "ok");
    drop(copy);
    let space = taure::ops::budget::measure(&alice.app()).unwrap();
    assert!(space.snapshots > 0 && space.used() > space.snapshots, "{space:?}");

    // They give way, and none is made where there is no room.
    alice.grants(1);
    tidies_after(&alice, HOUR);
    assert_eq!(names(&folder), [""; 0]);
    tidies_after(&alice, 2 * DAY);
    assert_eq!(names(&folder), [""; 0]);
}

#[test]
fn a_copy_is_made_before_a_new_schema() {
    let older = |folder: &Folder| {
        let path = folder.path().join("taure.db");
        let c = Connection::open(&path).unwrap();
        c.execute_batch(include_str!("../fixtures/schema/4.sql")).unwrap();
        c.execute_batch("INSERT INTO settings (name, value) VALUES ('a', '1'); PRAGMA user_version = 4")
            .unwrap();
        path
    };
    let folder = Folder::new();
    let path = older(&folder);
    let copies = folder.path().join("snapshots");
    let open = || Store::open(&path, Clock::default(), Box::new(|_| ()));
    // A folder in its place, and so a copy that cannot be made: nothing is changed then.
    let kept = copies.join(format!("before-schema-{}.db", store::VERSION));
    std::fs::create_dir_all(&kept).unwrap();
    assert!(open().is_err());
    let version = |path: &Path| -> i64 {
        Connection::open(path).unwrap().pragma_query_value(None, "user_version", |r| r.get(0)).unwrap()
    };
    assert_eq!(version(&path), 4);
    std::fs::remove_dir(&kept).unwrap();
    drop(open().unwrap());
    assert_eq!((version(&path), version(&kept)), (store::VERSION, 4));
    let value: String = Connection::open(&kept)
        .unwrap()
        .query_row("SELECT value FROM settings WHERE name = 'a'", [], |r| r.get(0))
        .unwrap();
    assert_eq!(value, "1");

    let other = Folder::new();
    let path = older(&other);
    Store::upgrade(&path, &Clock::default()).unwrap();
    assert_eq!(version(&path), store::VERSION);
    assert!(!other.path().join("snapshots").exists(), "its owner wanted none");
}

/// Litestream does so all the time.
#[test]
fn whoever_holds_the_log_holds_up_nobody() {
    let mut alice = Taure::new();
    let reader = Connection::open(alice.app().store.path()).unwrap();
    reader.execute_batch("BEGIN; SELECT 1 FROM sqlite_master LIMIT 1").unwrap();
    alice.posts("while it is held");
    let began = std::time::Instant::now();
    alice.app().store.give_all_back().unwrap();
    alice.restart();
    assert!(began.elapsed().as_secs() < 8, "{:?}", began.elapsed());
    reader.execute_batch("ROLLBACK").unwrap();
    assert_eq!(alice.home().len(), 1);
    alice.settles();
}

#[test]
fn the_commands_say_what_they_did() {
    let shell = Shell::new();
    let (file, new) = (shell.path("it.sealed"), shell.path("new"));
    let (ok, _, told) = shell.run(&["backup", &file], "");
    assert!(!ok && told.contains("no server"), "{told}");
    let init = ["init", "--url", "http://localhost:8080", "--username", "alice", "--password-stdin"];
    assert!(shell.run(&init, PASSWORD).0);
    let (ok, _, told) = shell.run(&["backup", "--passphrase-stdin", &file], "short");
    assert!(!ok && told.contains("at least 12"), "{told}");
    let (ok, said, told) = shell.run(&["backup", "--passphrase-stdin", &file], WORDS);
    assert!(ok && said.contains("is whole") && !said.contains("not sealed"), "{said}{told}");
    let (ok, said, _) = shell.run(&["verify-backup", "--passphrase-stdin", &file], WORDS);
    assert!(ok && said.contains("alice of http://localhost:8080") && said.contains("0 followers"), "{said}");
    assert!(!shell.run(&["verify-backup", "--passphrase-stdin", &file], "another passphrase").0);
    let (ok, said, told) = shell.run(&["restore", "--passphrase-stdin", &file, "--data", &new], WORDS);
    assert!(ok && said.contains("taure serve"), "{said}{told}");
    let (ok, _, told) = shell.run(&["restore", "--passphrase-stdin", &file, "--data", &new], WORDS);
    assert!(!ok && told.contains("is not empty"), "{told}");

    let (ok, said, _) = shell.run(&["status", "--json"], "");
    let status: Value = serde_json::from_str(&said).unwrap();
    assert!(!ok && status["answers"] == false, "nobody serves: {said}");
    assert_eq!(status["address"], "http://localhost:8080");
    assert!(status["last_backup"].is_string() && status["last_snapshot"].is_null(), "{said}");
    assert!(status["disk"]["database"].as_u64().unwrap() > 0);
    let (ok, said, told) = shell.run(&["status"], "");
    assert!(
        !ok && said.contains("Last backup     0 min ago") && told.contains("does not answer"),
        "{said}{told}"
    );
}

#[test]
fn the_status_of_a_server_that_runs() {
    let alice = Taure::new();
    alice.posts("one");
    let app = alice.app();
    let done = Command::new(env!("CARGO_BIN_EXE_taure"))
        .args(["status", "--json", "--data", app.config.data.to_str().unwrap()])
        .args(["--listen", &app.config.listen[0].to_string()])
        .output()
        .unwrap();
    let status: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!((&status["answers"], &status["own_posts"]), (&json!(true), &json!(1)));
    assert_eq!(status["queue"]["due"], 0);
}

#[test]
fn of_those_in_a_folder_as_many_stay_as_are_wanted() {
    let (alice, away) = (Taure::new(), Folder::new());
    let name = |day: u8| format!("taure-{}-2020-01-0{day}-0300.tar", alice.domain.replace(':', "-"));
    let others = ["taure-b.test-2020-01-01-0300.tar", "thesis.tar"];
    for file in (1..=3).map(name).chain(others.map(str::to_owned)) {
        std::fs::write(away.path().join(file), "x").unwrap();
    }
    let made = makes(&alice.app(), away.path(), None, Some(2)).unwrap();
    assert_eq!(made.removed, 2);
    let mut left = vec![name(3), made.name.rsplit_once('/').unwrap().1.to_owned()];
    left.extend(others.map(str::to_owned));
    left.sort();
    assert_eq!(names(away.path()), left);
    let shell = Shell::new();
    let data = alice.app().config.data.to_str().unwrap().to_owned();
    let (ok, _, told) = shell.run(&["backup", "--data", &data, "--keep", "2", &shell.path("it.tar")], "");
    assert!(!ok && told.contains("--keep is for a folder"), "{told}");
    let (ok, said, told) =
        shell.run(&["backup", "--data", &data, "--keep", "1", away.path().to_str().unwrap()], "");
    assert!(ok && said.contains("older ones were removed"), "{said}{told}");
    assert_eq!(names(away.path()).len(), 3);
}

/// A folder that others may write to, too.
#[test]
fn what_somebody_laid_ready_does_not_get_the_keys() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let (alice, away, theirs) = (Taure::new(), Folder::new(), Folder::new());
    let ready = away.path().join("it.tar.unfinished");
    std::fs::write(&ready, "").unwrap();
    std::fs::set_permissions(&ready, std::fs::Permissions::from_mode(0o666)).unwrap();
    let (file, _) = backs_up(&alice, &away.path().join("it.tar"), None);
    assert_eq!(std::fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
    let trap = theirs.path().join("trap");
    symlink(&trap, &ready).unwrap();
    let (file, _) = backs_up(&alice, &away.path().join("it.tar"), None);
    assert!(std::fs::symlink_metadata(&file).unwrap().is_file() && !trap.exists());
    std::fs::write(&trap, "").unwrap();
    symlink(&trap, &ready).unwrap();
    backs_up(&alice, &away.path().join("it.tar"), None);
    assert_eq!(std::fs::read(&trap).unwrap(), b"");
    // Who is at it is not disturbed.
    let busy = std::fs::File::create(&ready).unwrap();
    busy.try_lock().unwrap();
    let told = why(makes(&alice.app(), &away.path().join("it.tar"), None, None));
    assert!(told.contains("being written already"), "{told}");
    assert!(ready.exists());
}

#[test]
fn an_upgrade_is_tried_on_a_copy() {
    let shell = Shell::new();
    let old = |name: &str, version: i64| {
        let path = shell.path(name);
        let c = Connection::open(&path).unwrap();
        c.execute_batch(include_str!("../fixtures/schema/4.sql")).unwrap();
        c.execute_batch(&format!("PRAGMA journal_mode = WAL; PRAGMA user_version = {version}")).unwrap();
        (path, c)
    };
    let check = |path: &str| shell.run(&["upgrade", "--check", path], "");
    let (path, c) = old("old.db", 4);
    // With a log beside it, as of a server that runs.
    c.execute_batch("INSERT INTO settings (name, value) VALUES ('a', '1')").unwrap();
    let bytes = || (std::fs::read(&path).unwrap(), std::fs::read(format!("{path}-wal")).ok());
    let before = bytes();
    assert!(before.1.is_some());
    let (ok, said, told) = check(&path);
    assert!(
        ok && said.contains("has schema 4; brought to") && said.contains("is what a fresh"),
        "{said}{told}"
    );
    assert!(bytes() == before, "it is as it was");
    drop(c);
    let (before, there) = (bytes(), names(shell.path("").as_ref()));
    assert!(check(&path).0);
    assert!(bytes() == before && names(shell.path("").as_ref()) == there, "nothing lies beside it");

    let c = Connection::open(&path).unwrap();
    c.execute_batch("PRAGMA journal_mode = DELETE; CREATE TABLE mine (a TEXT)").unwrap();
    drop(c);
    let (ok, said, told) = check(&path);
    assert!(!ok && said.contains("It has mine.a TEXT") && told.contains("not what a fresh"), "{said}{told}");
    let (newer, c) = old("newer.db", 99);
    drop(c);
    let (ok, _, told) = check(&newer);
    assert!(!ok && told.contains("has schema 99") && told.contains("newer version"), "{told}");
    let (none, c) = old("none.db", 0);
    drop(c);
    assert!(check(&none).2.contains("no database of Taure"));
    std::fs::write(shell.path("letter.txt"), "x".repeat(2_000)).unwrap();
    assert!(check(&shell.path("letter.txt")).2.contains("no backup of Taure"));
    assert!(check(&shell.path("nothing")).2.contains("cannot be read"));

    let alice = Taure::new();
    let (file, _) = backs_up(&alice, shell.path("it.sealed").as_ref(), Some(WORDS));
    let sealed = ["upgrade", "--check", file.to_str().unwrap(), "--passphrase-stdin"];
    let (ok, said, told) = shell.run(&sealed, WORDS);
    assert!(ok && said.contains("nothing is to be done") && said.contains("is what a fresh"), "{said}{told}");
    // A page that the disk lost.
    let broken = std::path::PathBuf::from(shell.path("broken.db"));
    store::snapshot::copy(alice.app().store.path(), &broken).unwrap();
    let mut bytes = std::fs::read(&broken).unwrap();
    let half = bytes.len() / 2 / 4096 * 4096;
    bytes[half..half + 4096].fill(0x5a);
    std::fs::write(&broken, bytes).unwrap();
    let (ok, said, told) = check(broken.to_str().unwrap());
    assert!(!ok && !said.contains("is sound"), "{said}{told}");
}
