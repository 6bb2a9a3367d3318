//! What is written and how: media of posts, empty parameters, what is sensitive and in which language.

use crate::harness::Taure;
use crate::pictures;
use serde_json::{Value, json};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn posts(taure: &Taure, body: Value) -> Value {
    taure.post("/api/v1/statuses", body).ok()
}

#[test]
fn pitfall_16_a_picture_is_known_by_its_bytes_whatever_it_is_called() {
    let taure = Taure::new();
    let picture = pictures::square(32);
    let upload = |bytes: &[u8]| pictures::send(&taure, "POST", "/api/v2/media", &[], Some(("file", bytes)));
    let made = upload(&picture).ok();
    assert_eq!((&made["type"], &made["meta"]["original"]["width"]), (&json!("image"), &json!(32)));
    assert_eq!(upload(b"no picture at all").status, 422);
}

#[test]
fn pitfall_75_an_upload_is_ready_at_once_and_can_be_asked_for() {
    let taure = Taure::new();
    for version in ["v1", "v2"] {
        let path = format!("/api/{version}/media");
        let made = pictures::send(&taure, "POST", &path, &[], Some(("file", &pictures::square(16))));
        assert_eq!(made.status, 200);
        assert!(made.json["url"].is_string());
        let asked = taure.get(&format!("/api/v1/media/{}", id(&made.json)));
        assert_eq!((asked.status, &asked.json["url"]), (200, &made.json["url"]));
    }
}

#[test]
fn pitfall_76_attached_media_are_edited_with_their_post_and_no_other_way() {
    let taure = Taure::new();
    let picture = pictures::upload(&taure, "red");
    let post = id(&posts(&taure, json!({"status": "x", "media_ids": [picture]})));
    let path = format!("/api/v1/media/{picture}");
    assert_eq!(taure.get(&path).status, 404);
    assert_eq!(taure.call("PUT", &path, Some(json!({"description": "blue"}))).status, 404);
    assert_eq!(taure.call("DELETE", &path, None).status, 422);
    let form = [
        ("status", "x"),
        ("media_ids[]", picture.as_str()),
        ("media_attributes[][id]", picture.as_str()),
        ("media_attributes[][description]", "a red square"),
        ("media_attributes[][focus]", "0.5,-0.25"),
        ("media_attributes[][thumbnail]", ""),
    ];
    let edited = pictures::send(&taure, "PUT", &format!("/api/v1/statuses/{post}"), &form, None).ok();
    let media = &edited["media_attachments"][0];
    assert_eq!(media["description"], "a red square");
    assert_eq!(media["meta"]["focus"], json!({"x": 0.5, "y": -0.25}));
}

#[test]
fn pitfall_17_what_is_empty_or_unknown_is_as_absent() {
    let taure = Taure::new();
    let empty = json!({"status": "x", "in_reply_to_id": "", "media_ids": [], "poll": {}, "scheduled_at": "",
        "spoiler_text": "", "language": "", "visibility": "", "unheard_of": {"a": [1]}, "sensitive": null});
    let post = posts(&taure, empty);
    assert_eq!(
        (&post["in_reply_to_id"], &post["poll"], &post["visibility"]),
        (&json!(null), &json!(null), &json!("public"))
    );
    let form =
        [("status", "x"), ("in_reply_to_id", ""), ("media_ids[]", ""), ("poll", ""), ("scheduled_at", "")];
    pictures::send(&taure, "POST", "/api/v1/statuses", &form, None).ok();
    let nowhere = taure.post("/api/v1/statuses", json!({"status": "x", "in_reply_to_id": "no-id"}));
    assert_eq!(nowhere.status, 404);
    assert_eq!(nowhere.json["error"], "The post you are trying to reply to does not appear to exist.");
}

#[test]
fn a_warning_makes_sensitive_and_the_settings_fill_what_is_left_out() {
    let taure = Taure::new();
    let of = |body: Value| {
        let post = posts(&taure, body);
        (post["sensitive"].clone(), post["language"].clone(), post["visibility"].clone())
    };
    assert_eq!(of(json!({"status": "x"})).0, false);
    assert_eq!(of(json!({"status": "x", "spoiler_text": "cw", "sensitive": false})).0, true);
    let source = json!({"source": {"sensitive": true, "language": "lv", "privacy": "unlisted"}});
    taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(source)).ok();
    assert_eq!(of(json!({"status": "x"})), (json!(true), json!("lv"), json!("unlisted")));
    let given = json!({"status": "x", "sensitive": "false", "language": "de-AT", "visibility": "private"});
    let (sensitive, language, visibility) = of(given);
    assert_eq!((sensitive, visibility), (json!(false), json!("private")));
    assert!(language.as_str().unwrap().starts_with("de"));
    assert_eq!(of(json!({"status": "x", "language": "no language"})).1, "lv");
}
