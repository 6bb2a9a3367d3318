//! Custom emoji: uploaded on a page, listed to apps, used in posts and the profile, sent along.

use crate::harness::{Answer, Taure, request};
use crate::peer::Peer;
use serde_json::{Value, json};

/// The owner's browser.
struct Browser<'a> {
    taure: &'a Taure,
    cookie: String,
    csrf: String,
}

impl Browser<'_> {
    fn new(taure: &Taure) -> Browser<'_> {
        let cookie =
            format!("taure={}", taure::ops::auth::start_session(&taure.app().store, "test").unwrap());
        let page = request("GET", &format!("{}/settings/emojis", taure.base), &[("cookie", &cookie)], None);
        let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").expect("no form");
        let csrf = rest.split('"').next().unwrap().to_owned();
        Browser { taure, cookie, csrf }
    }

    fn page(&self) -> String {
        request("GET", &format!("{}/settings/emojis", self.taure.base), &[("cookie", &self.cookie)], None)
            .text
    }

    fn uploads(&self, shortcode: &str, category: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.csrf.as_str()), ("shortcode", shortcode), ("category", category)]
        {
            body.extend(
                format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(b"--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n");
        body.extend(bytes);
        body.extend(b"\r\n--x--\r\n");
        let headers = [("cookie", self.cookie.as_str()), ("content-type", "multipart/form-data; boundary=x")];
        request("POST", &format!("{}/settings/emojis", self.taure.base), &headers, Some(&body))
    }

    fn deletes(&self, shortcode: &str) -> Answer {
        let body = format!("csrf={}", self.csrf);
        let headers =
            [("cookie", self.cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        let url = format!("{}/settings/emojis/{shortcode}/delete", self.taure.base);
        request("POST", &url, &headers, Some(body.as_bytes()))
    }
}

fn picture(format: image::ImageFormat, colour: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(200, 100, image::Rgb([colour, 0, 0])).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn png(colour: u8) -> Vec<u8> {
    picture(image::ImageFormat::Png, colour)
}

/// Two frames.
fn gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    let frame = |c| image::Frame::new(image::RgbaImage::from_pixel(20, 20, image::Rgba([c, 0, 0, 255])));
    encoder.encode_frames([frame(1), frame(250)]).unwrap();
    drop(encoder);
    bytes
}

fn listed(taure: &Taure) -> Vec<Value> {
    taure.as_stranger("/api/v1/custom_emojis").ok().as_array().unwrap().clone()
}

#[test]
fn pitfall_34_an_emoji_has_all_of_its_keys_and_a_picture_at_each_address() {
    let taure = Taure::new();
    assert_eq!(taure.as_stranger("/api/v1/custom_emojis").ok(), json!([]));
    let browser = Browser::new(&taure);
    assert_eq!(browser.uploads(":BlobCat:", "Cats & co", &png(1)).status, 303);
    assert_eq!(browser.uploads("dance", "", &gif()).status, 303);
    let list = listed(&taure);
    assert_eq!((&list[0]["shortcode"], &list[0]["category"]), (&json!("blobcat"), &json!("Cats & co")));
    assert_eq!((&list[0]["visible_in_picker"], &list[0]["url"]), (&json!(true), &list[0]["static_url"]));
    assert!(list[1].get("category").is_none() && list[1]["url"] != list[1]["static_url"]);
    for emoji in &list {
        for key in ["url", "static_url"] {
            let file = request("GET", emoji[key].as_str().unwrap(), &[], None);
            assert_eq!(
                (file.status, file.header("content-type").unwrap().starts_with("image/")),
                (200, true)
            );
        }
    }
    assert!(list[1]["url"].as_str().unwrap().ends_with(".gif"));
    let page = browser.page();
    assert!(page.contains(":blobcat:") && page.contains("Cats &amp; co"));
    assert_eq!(browser.deletes("blobcat").status, 303);
    assert_eq!(browser.deletes("blobcat").status, 404);
    assert_eq!(listed(&taure).len(), 1);
}

#[test]
fn what_is_no_emoji_is_refused_in_words() {
    let taure = Taure::new();
    let browser = Browser::new(&taure);
    let jpeg = picture(image::ImageFormat::Jpeg, 9);
    let large = [png(1), vec![0; 256 * 1024]].concat();
    for (shortcode, bytes, what) in [
        ("a", png(1), "two or more"),
        ("a-b", png(1), "two or more"),
        ("cat", b"<svg onload=alert(1)>".to_vec(), "not supported"),
        ("cat", jpeg, "PNG, GIF or WebP"),
        ("cat", large, "256 KB"),
        ("cat", Vec::new(), "no picture"),
    ] {
        let answer = browser.uploads(shortcode, "", &bytes);
        assert_eq!(answer.status, 422, "{what}");
        assert!(answer.text.contains(what), "{what} is not said");
    }
    assert!(listed(&taure).is_empty());
}

#[test]
fn pitfall_44_every_emoji_used_stands_beside_the_text_and_goes_out_with_it() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let browser = Browser::new(&taure);
    for (name, colour) in [("cat", 1), ("dog", 2), ("unused", 3)] {
        browser.uploads(name, "", &png(colour));
    }
    let post =
        json!({"status": "A :cat: and :none: at 12:30:45 :cat:", "spoiler_text": "beware of the :dog:"});
    let status = taure.post("/api/v1/statuses", post).ok();
    let shortcodes = |of: &Value| {
        of["emojis"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["shortcode"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(shortcodes(&status), ["cat", "dog"]);
    assert!(status["content"].as_str().unwrap().contains(":cat:"));
    taure.settles();
    let note = peer.received_of("Create")[0]["object"].clone();
    let tags: Vec<&Value> = note["tag"].as_array().unwrap().iter().filter(|t| t["type"] == "Emoji").collect();
    assert_eq!(
        (tags.len(), &tags[0]["name"], &tags[0]["icon"]["mediaType"]),
        (2, &json!(":cat:"), &json!("image/png"))
    );
    let document = taure.document(tags[0]["id"].as_str().unwrap()).ok();
    assert_eq!((&document["icon"], document["updated"].is_string()), (&tags[0]["icon"], true));
    assert_eq!(taure.document(&format!("{}/emojis/none", taure.base)).status, 404);

    let id = status["id"].as_str().unwrap();
    let edited =
        taure.call("PUT", &format!("/api/v1/statuses/{id}"), Some(json!({"status": "just :dog:"}))).ok();
    assert_eq!(shortcodes(&edited), ["dog"]);
    let page = request("GET", &format!("{}/@alice/{id}", taure.base), &[], None).text;
    assert!(page.contains("<img class=\"emoji\""), "the page shows the word");

    let change =
        json!({"display_name": "Alice :cat:", "fields_attributes": [{"name": "Pet", "value": ":dog:"}]});
    assert_eq!(
        shortcodes(&taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(change)).ok()),
        ["cat", "dog"]
    );
    assert_eq!(taure.document(&taure.actor()).ok()["tag"].as_array().unwrap().len(), 2);
    let bio =
        taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(json!({"note": ":unused:"}))).ok();
    assert_eq!(shortcodes(&bio), ["cat", "dog", "unused"], "what was not changed was forgotten");
}

#[test]
fn posts_keep_their_pictures_when_an_emoji_changes_or_goes() {
    let taure = Taure::new();
    let browser = Browser::new(&taure);
    browser.uploads("cat", "", &png(1));
    let before = taure.posts(":cat:")["emojis"][0]["url"].as_str().unwrap().to_owned();
    browser.uploads("cat", "", &png(200));
    assert_ne!(listed(&taure)[0]["url"], before);
    assert_eq!(request("GET", &before, &[], None).status, 200, "the post lost its picture");
    let unused = listed(&taure)[0]["url"].as_str().unwrap().to_owned();
    browser.deletes("cat");
    assert_eq!(request("GET", &unused, &[], None).status, 404, "a file that nobody shows stayed behind");
    assert_eq!(request("GET", &before, &[], None).status, 200);
    assert_eq!(taure.posts(":cat:")["emojis"], json!([]));
}
