//! Translation by a service that the operator chose; here a fake one on the loopback.
//! <https://docs.joinmastodon.org/methods/statuses/#translate>

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// Path, authorization and body of a request.
pub type Seen = Arc<Mutex<Vec<(String, String, String)>>>;
pub type Say = fn(&str, &str) -> (u16, Value);

/// A service that answers what `say` makes of path and body.
pub fn service(say: Say) -> (String, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let seen = Seen::default();
    let keep = Arc::clone(&seen);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let path = line.split_whitespace().nth(1).unwrap_or("").to_owned();
            let (mut length, mut key) = (0, String::new());
            loop {
                let mut header = String::new();
                if reader.read_line(&mut header).unwrap() == 0 || header.trim().is_empty() {
                    break;
                }
                let lower = header.to_ascii_lowercase();
                if let Some(value) = lower.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if lower.starts_with("authorization:") {
                    key = header["authorization:".len()..].trim().to_owned();
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let body = String::from_utf8(body).unwrap();
            let (status, answer) = say(&path, &body);
            keep.lock().unwrap().push((path, key, body));
            let text = answer.to_string();
            let more = if (300..400).contains(&status) { "Location: /elsewhere\r\n" } else { "" };
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\n{more}Content-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{text}",
                text.len()
            );
        }
    });
    (url, seen)
}

pub fn libre(path: &str, body: &str) -> (u16, Value) {
    if path == "/languages" {
        let list = json!([{"code": "lv", "name": "Latvian", "targets": ["en", "de", "lv"]}, {"code": "en", "name": "English", "targets": ["lv"]}]);
        return (200, list);
    }
    let asked: Value = serde_json::from_str(body).unwrap();
    let texts: Vec<String> = asked["q"]
        .as_array()
        .unwrap()
        .iter()
        .map(|q| q.as_str().unwrap().replace("labrīt", "good morning<script>x</script>"))
        .collect();
    (
        200,
        json!({"translatedText": texts, "detectedLanguage": vec![json!({"confidence": 90, "language": "lv"}); texts.len()]}),
    )
}

fn translate(taure: &Taure, status: &Value, lang: &str) -> crate::harness::Answer {
    taure.post(
        &format!("/api/v1/statuses/{}/translate", status["id"].as_str().unwrap()),
        json!({"lang": lang}),
    )
}

#[test]
fn a_post_is_translated_with_its_warning_and_the_descriptions_of_its_media() {
    let (url, seen) = service(libre);
    let (alice, bob) = (Taure::with_translator("libretranslate", &url, "k"), Peer::new("bob"));
    let mut note = bob.note("<p>labrīt :cat: <a href=\"https://x.invalid/\">x</a></p>", &[]);
    note["contentMap"] = json!({"lv": note["content"]});
    note["summary"] = json!("labrīt & 1 < 2");
    note["tag"] = json!([{"type": "Emoji", "name": ":cat:", "icon": {"type": "Image", "url": format!("{}/cat.png", bob.base)}}]);
    note["attachment"] = json!([{"type": "Document", "mediaType": "image/png", "url": format!("{}/a.png", bob.base), "name": "labrīt"},
        {"type": "Document", "mediaType": "image/png", "url": format!("{}/b.png", bob.base)}]);
    bob.publish(note["id"].as_str().unwrap(), note.clone());
    let status = alice.finds_status(note["id"].as_str().unwrap());
    let done = translate(&alice, &status, "en").ok();
    let content = done["content"].as_str().unwrap();
    assert!(
        content.starts_with(
            "<p>good morning <span translate=\"no\">:cat:</span> <a href=\"https://x.invalid/\""
        ),
        "{content}"
    );
    assert_eq!(done["spoiler_text"], "good morning & 1 < 2");
    assert_eq!(
        done["media_attachments"],
        json!([{"id": status["media_attachments"][0]["id"], "description": "good morning"}])
    );
    assert_eq!((&done["language"], &done["detected_source_language"]), (&json!("en"), &json!("lv")));
    assert_eq!(
        (&done["provider"], &done["poll"], &done["id"]),
        (&json!("LibreTranslate"), &Value::Null, &status["id"])
    );
    // A second time it is known, whatever region is asked for; another language is another question.
    translate(&alice, &status, "en-GB").ok();
    assert_eq!(seen.lock().unwrap().iter().filter(|(path, ..)| path == "/translate").count(), 1);
    assert_eq!(translate(&alice, &status, "fr").status, 403);
    assert_eq!(translate(&alice, &status, "de").ok()["language"], "de");
    let asked: Value = serde_json::from_str(&seen.lock().unwrap()[1].2).unwrap();
    assert_eq!(
        (&asked["source"], &asked["format"], &asked["api_key"]),
        (&json!("lv"), &json!("html"), &json!("k"))
    );
    assert_eq!(alice.get("/api/v2/instance").ok()["configuration"]["translation"], json!({"enabled": true}));
    let languages = alice.as_stranger("/api/v1/instance/translation_languages").ok();
    assert_eq!((&languages["lv"], &languages["und"]), (&json!(["en", "de"]), &json!(["de", "en", "lv"])));
}

#[test]
fn only_what_everybody_may_read_goes_to_the_service() {
    let (url, seen) = service(libre);
    let alice = Taure::with_translator("libretranslate", &url, "");
    for visibility in ["private", "direct"] {
        let post = alice
            .post("/api/v1/statuses", json!({"status": "secret", "visibility": visibility, "language": "lv"}))
            .ok();
        let refused = translate(&alice, &post, "en");
        assert_eq!((refused.status, &refused.json["error"]), (403, &json!("This action is not allowed")));
    }
    let open = alice
        .post("/api/v1/statuses", json!({"status": "labrīt", "visibility": "unlisted", "language": "lv"}))
        .ok();
    assert!(translate(&alice, &open, "en").ok()["content"].as_str().unwrap().contains("good morning"));
    assert!(seen.lock().unwrap().iter().all(|(.., body)| !body.contains("secret")));
    assert_eq!(alice.post("/api/v1/statuses/1/translate", json!({"lang": "en"})).status, 404);
}

#[test]
fn deepl_is_asked_in_its_own_way() {
    let (url, seen) = service(|path, body| match path {
        "/v2/languages?type=source" => (200, json!([{"language": "LV", "name": "Latvian"}])),
        "/v2/languages?type=target" => (200, json!([{"language": "EN-GB"}, {"language": "LV"}])),
        _ => {
            assert!(body.contains("target_lang=EN-GB&tag_handling=html"), "{body}");
            (
                200,
                json!({"translations": [{"detected_source_language": "LV", "text": "<p>good morning</p>"}]}),
            )
        }
    });
    let alice = Taure::with_translator("deepl", &url, "secret-key");
    let post = alice.post("/api/v1/statuses", json!({"status": "labrīt", "language": "lv"})).ok();
    let done = translate(&alice, &post, "en-GB").ok();
    assert_eq!((&done["content"], &done["provider"]), (&json!("<p>good morning</p>"), &json!("DeepL.com")));
    assert_eq!((&done["language"], &done["detected_source_language"]), (&json!("en-GB"), &json!("lv")));
    assert!(seen.lock().unwrap().iter().all(|(_, key, _)| key == "DeepL-Auth-Key secret-key"));
}

#[test]
fn a_service_that_fails_is_unavailable_and_none_is_not_found() {
    let (url, _) = service(|path, body| match path {
        "/languages" => libre(path, body),
        _ if body.contains("quota") => (429, json!({"error": "slow down"})),
        _ if body.contains("short") => (200, json!({"translatedText": []})),
        _ => (200, json!("nonsense")),
    });
    let alice = Taure::with_translator("libretranslate", &url, "");
    for text in ["quota", "short", "else"] {
        let post = alice.post("/api/v1/statuses", json!({"status": text, "language": "lv"})).ok();
        assert_eq!(translate(&alice, &post, "en").status, 503, "{text}");
    }
    let dead = Taure::with_translator("libretranslate", "http://127.0.0.1:9", "");
    assert_eq!(dead.as_stranger("/api/v1/instance/translation_languages").status, 503);
    let none = Taure::new();
    let post = none.posts("labrīt");
    assert_eq!(translate(&none, &post, "en").status, 404);
    assert_eq!(none.as_stranger("/api/v1/instance/translation_languages").ok(), json!({}));
    assert_eq!(none.get("/api/v2/instance").ok()["configuration"]["translation"], json!({"enabled": false}));
}

#[test]
fn a_service_does_not_send_us_elsewhere() {
    let (url, seen) = service(|path, body| match path {
        "/translate" => (307, json!({})),
        "/elsewhere" => libre("/translate", body),
        _ => libre(path, body),
    });
    let alice = Taure::with_translator("libretranslate", &url, "k");
    let post = alice.post("/api/v1/statuses", json!({"status": "labrīt", "language": "lv"})).ok();
    assert_eq!(translate(&alice, &post, "en").status, 503);
    assert!(seen.lock().unwrap().iter().all(|(path, ..)| path != "/elsewhere"));
}
