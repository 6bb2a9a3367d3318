//! Films and sounds, from the upload to the post, as apps send them: <https://docs.joinmastodon.org/methods/media/#v2>

use crate::harness::{Answer, Taure, request};
use crate::peer::Peer;
use crate::pictures::{send, square};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use taure::model::{Job, Media, MediaId};
use taure::store::{jobs, media};

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media").join(name);
    std::fs::read(path).unwrap()
}

fn upload(taure: &Taure, version: u8, fields: &[(&str, &str)], name: &str) -> Answer {
    send(taure, "POST", &format!("/api/v{version}/media"), fields, Some(("file", &fixture(name))))
}

/// Asks as apps do, until it is no 206 any more.
fn ready(taure: &Taure, id: &str) -> Answer {
    for _ in 0..500 {
        let answer = taure.get(&format!("/api/v1/media/{id}"));
        if answer.status != 206 {
            return answer;
        }
        assert_eq!(answer.json["url"], Value::Null);
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{id} is never ready");
}

fn files(taure: &Taure) -> usize {
    let config = &taure.app().config;
    [config.received(), config.tmp()].iter().map(|dir| std::fs::read_dir(dir).map_or(0, |d| d.count())).sum()
}

#[test]
fn a_film_is_taken_at_once_and_ready_later() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    let taken = upload(&alice, 2, &[("description", "Four colours"), ("focus", "0.5,0.5")], "iphone.mov");
    assert_eq!((taken.status, &taken.json["url"], &taken.json["type"]), (202, &Value::Null, &json!("video")));
    let id = taken.json["id"].as_str().unwrap();
    let film = ready(&alice, id).ok();
    assert_eq!((&film["type"], &film["description"]), (&json!("video"), &json!("Four colours")));
    let url = film["url"].as_str().unwrap();
    assert!(url.ends_with(".mp4"), "{url}");
    let meta = &film["meta"]["original"];
    assert!(meta["width"].as_i64().unwrap() > 0 && meta["duration"].as_f64().unwrap() > 0.5, "{meta}");
    assert!(
        meta["frame_rate"].as_str().unwrap().contains('/') && meta["bitrate"].as_i64().unwrap() > 0,
        "{meta}"
    );
    let served = request("GET", url, &[], None);
    assert_eq!((served.status, served.header("content-type")), (200, Some("video/mp4")));
    assert_eq!(files(&alice), 0, "nothing lies about");

    let post = alice.post("/api/v1/statuses", json!({"status": "A film", "media_ids": [id]})).ok();
    assert_eq!(post["media_attachments"][0]["id"], json!(id));
    alice.settles();
    let note = &bob.received_of("Create")[0]["object"];
    assert_eq!(note["attachment"][0]["mediaType"], "video/mp4");
    assert_eq!(note["attachment"][0]["name"], "Four colours");
    assert_eq!(note["attachment"][0]["url"], json!(url));
}

#[test]
fn the_first_version_and_sounds() {
    let alice = Taure::new();
    let sound = upload(&alice, 1, &[], "tagged.mp3").ok();
    assert_eq!((&sound["type"], sound["url"].as_str().unwrap().ends_with(".mp3")), (&json!("audio"), true));
    assert!(sound["preview_url"].is_string(), "the cover that the file carried: {sound}");
    let silent = upload(&alice, 1, &[], "silent.mp4").ok();
    assert_eq!(silent["type"], "gifv");
}

#[test]
fn what_cannot_be_posted_says_why_and_leaves_nothing() {
    let alice = Taure::new();
    let refused = upload(&alice, 1, &[], "mjpeg.mov");
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("which browsers cannot play"), "{}", refused.text);
    let taken = upload(&alice, 2, &[], "cut.mp4");
    assert_eq!(taken.status, 202);
    let id = taken.json["id"].as_str().unwrap();
    let late = ready(&alice, id);
    assert_eq!((late.status, &late.json["error"]), (422, &json!("Validation failed: File is cut short")));
    let post = alice.post("/api/v1/statuses", json!({"status": "x", "media_ids": [id]}));
    assert_eq!((post.status, &post.json["error"]), (422, &json!("Validation failed: File is cut short")));
    assert_eq!(files(&alice), 0);
    let described = alice.call("PUT", &format!("/api/v1/media/{id}"), Some(json!({"description": "x"})));
    assert_eq!(
        (described.status, &described.json["error"]),
        (422, &late.json["error"]),
        "Mastodon says so, too"
    );
    assert_eq!(alice.call("DELETE", &format!("/api/v1/media/{id}"), None).status, 200);
    assert_eq!(alice.get(&format!("/api/v1/media/{id}")).status, 404);
}

/// An upload as a crash leaves it: received, and not worked on.
fn received(taure: &Taure, name: &str) -> MediaId {
    let app = taure.app();
    std::fs::create_dir_all(app.config.received()).unwrap();
    std::fs::write(app.config.received().join("abc"), fixture(name)).unwrap();
    let upload = Media { id: MediaId::at(app.now()), received: Some("abc".into()), ..Media::default() };
    app.store.write(|tx| media::insert(tx, &upload, 0)).unwrap();
    upload.id
}

#[test]
fn what_is_not_ready_is_not_posted_and_a_restart_goes_on_with_it() {
    let mut alice = Taure::new();
    let id = received(&alice, "moov-at-end.mp4");
    let post = || alice.post("/api/v1/statuses", json!({"status": "x", "media_ids": [id.to_string()]}));
    let early = post();
    let words = "Cannot attach files that have not finished processing. Try again in a moment!";
    assert_eq!((early.status, &early.json["error"]), (422, &json!(words)));
    assert_eq!(alice.get(&format!("/api/v1/media/{id}")).status, 206);
    let described = alice.call("PUT", &format!("/api/v1/media/{id}"), Some(json!({"description": "Soon"})));
    assert_eq!((described.status, &described.json["description"]), (206, &json!("Soon")));
    alice.app().store.write(|tx| jobs::push(tx, "", &Job::ProcessMedia { media: id })).unwrap();
    alice.restart();
    let film = ready(&alice, &id.to_string()).ok();
    assert_eq!((&film["type"], &film["description"]), (&json!("video"), &json!("Soon")));
    assert_eq!(files(&alice), 0);
}

#[test]
fn a_deleted_upload_takes_its_received_file_along() {
    let alice = Taure::new();
    let id = received(&alice, "moov-at-end.mp4");
    assert_eq!(files(&alice), 1);
    alice.call("DELETE", &format!("/api/v1/media/{id}"), None).ok();
    assert_eq!(files(&alice), 0);
    // The job that was queued for it finds nothing, and is done.
    alice.app().store.write(|tx| jobs::push(tx, "", &Job::ProcessMedia { media: id })).unwrap();
    alice.settles();
}

#[test]
fn a_film_gets_another_still_picture() {
    let alice = Taure::new();
    let film = upload(&alice, 1, &[], "moov-at-end.mp4").ok();
    assert_eq!(film["preview_url"], Value::Null, "it carried none");
    let path = format!("/api/v1/media/{}", film["id"].as_str().unwrap());
    let first = send(&alice, "PUT", &path, &[], Some(("thumbnail", &square(300)))).ok();
    let url = first["preview_url"].as_str().unwrap().to_owned();
    assert_eq!((&first["meta"]["small"]["width"], first["blurhash"].is_string()), (&json!(300), true));
    let second = send(&alice, "PUT", &path, &[], Some(("thumbnail", &square(200)))).ok();
    assert_ne!(second["preview_url"], json!(url));
    assert_eq!(request("GET", &url, &[], None).status, 404, "the first one is gone");
    let wrong = send(&alice, "PUT", &path, &[], Some(("thumbnail", b"no picture at all")));
    assert_eq!(wrong.status, 422);
    assert_eq!(alice.get(&path).ok()["preview_url"], second["preview_url"]);
}

#[test]
fn a_picture_is_its_own_still_picture() {
    let alice = Taure::new();
    let picture = send(&alice, "POST", "/api/v2/media", &[], Some(("file", &square(64)))).ok();
    let path = format!("/api/v1/media/{}", picture["id"].as_str().unwrap());
    let refused = send(&alice, "PUT", &path, &[], Some(("thumbnail", &square(32))));
    assert_eq!(
        (refused.status, &refused.json["error"]),
        (422, &json!("Validation failed: Thumbnail must be blank"))
    );
    assert_eq!(alice.get(&path).ok()["preview_url"], picture["preview_url"]);
}

#[test]
fn what_a_crash_left_without_a_row_is_swept_up_after_a_day() {
    let alice = Taure::new();
    let app = alice.app();
    let film = upload(&alice, 1, &[], "moov-at-end.mp4").ok();
    taure::ops::emojis::add(&app, "horn", None, &square(32)).unwrap();
    alice.posts("a :horn:");
    taure::ops::emojis::remove(&app, "horn").unwrap();
    let lost = app.media.put(b"lost", "png").unwrap();
    let new = app.media.put(b"new", "png").unwrap();
    let sweep = || (0..=255).map(|n| taure::ops::media::sweep(&app, n).unwrap()).sum::<usize>();
    assert_eq!(sweep(), 0, "all of it is young");
    let long_ago = SystemTime::now() - Duration::from_secs(2 * 24 * 3600);
    for key in app.media.on_disk().unwrap().iter().filter(|key| **key != new) {
        let file = std::fs::File::open(app.config.media().join(key)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    assert_eq!(sweep(), 1);
    assert!(app.media.open_file(&lost).is_err() && app.media.open_file(&new).is_ok());
    assert_eq!(request("GET", film["url"].as_str().unwrap(), &[], None).status, 200);
    let post = alice.home().remove(0);
    assert_eq!(request("GET", post["emojis"][0]["url"].as_str().unwrap(), &[], None).status, 200);
}

#[test]
fn a_film_over_the_limit_is_refused() {
    let mut alice = Taure::new();
    alice.takes_uploads_of(1);
    let mut large = fixture("moov-at-end.mp4");
    large.extend(vec![0; 1 << 20]);
    let refused = send(&alice, "POST", "/api/v2/media", &[], Some(("file", &large)));
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("less than 1 MB"), "{}", refused.text);
    let configuration = &alice.get("/api/v2/instance").ok()["configuration"]["media_attachments"];
    assert_eq!(configuration["video_size_limit"], 1 << 20);
    assert_eq!(files(&alice), 0);
}

#[test]
fn a_file_stays_while_its_second_row_is_being_written() {
    let alice = Taure::new();
    let app = alice.app();
    let first = upload(&alice, 1, &[], "moov-at-end.mp4").ok();
    let id: MediaId = first["id"].as_str().unwrap().parse().unwrap();
    let blob = app.store.read(|c| media::get(c, id)).unwrap().blob.unwrap();
    // The same film once more: its file is there already, so only the row is missing when the first one goes.
    let putting = app.media.putting();
    let deleting = std::thread::spawn({
        let app = alice.app();
        move || taure::ops::media::delete(&app, id)
    });
    while app.store.read(|c| media::get(c, id)).is_ok() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(50));
    let second = Media { id: MediaId::at(app.now()), blob: Some(blob.clone()), ..Media::default() };
    app.store.write(|tx| media::insert(tx, &second, 0)).unwrap();
    drop(putting);
    deleting.join().unwrap().unwrap();
    assert!(app.media.open_file(&blob).is_ok());
    taure::ops::media::delete(&app, second.id).unwrap();
    assert!(app.media.open_file(&blob).is_err(), "nothing shows it any more");
}
