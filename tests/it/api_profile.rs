//! The owner's profile: every spelling of an edit, what it answers, and what others read of it.

use crate::harness::{Answer, Taure, request};
use crate::peer::Peer;
use serde_json::{Value, json};

/// A form with text fields and files, as browsers and apps send it.
fn multipart(
    taure: &Taure,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    for (name, bytes) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("content-type", "multipart/form-data; boundary=x")];
    request(method, &format!("{}{path}", taure.base), &headers, Some(&body))
}

/// A picture of one colour.
fn png(side: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(side, side, image::Rgb([200, 30, 60]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn actor(taure: &Taure) -> Value {
    taure.document(&taure.actor()).ok()
}

#[test]
fn pitfall_14_put_and_patch_of_the_profile_are_one_route_in_every_encoding() {
    let taure = Taure::new();
    for path in ["/api/v1/profile", "/api/v1/accounts/update_credentials"] {
        for method in ["PUT", "PATCH"] {
            let name = format!("{method} json");
            assert_eq!(
                taure.call(method, path, Some(json!({"display_name": name}))).ok()["display_name"],
                *name
            );
            let name = format!("{method} multipart");
            let fields = [("display_name", name.as_str()), ("bot", "true")];
            assert_eq!(multipart(&taure, method, path, &fields, &[]).ok()["display_name"], *name);
            let query = format!("{path}?display_name=query&bot=0");
            let answer = taure.call(method, &query, None).ok();
            assert_eq!((&answer["display_name"], &answer["bot"]), (&json!("query"), &json!(false)));
        }
    }
}

#[test]
fn a_profile_holds_what_an_editing_form_needs_and_changes_only_what_was_sent() {
    let taure = Taure::new();
    let before = taure.get("/api/v1/profile").ok();
    assert!(before["avatar"].is_null() && before["header_static"].is_null());
    for (flag, value) in
        [("show_media", true), ("show_media_replies", true), ("show_featured", true), ("locked", false)]
    {
        assert_eq!(before[flag], value, "{flag}");
    }
    let change = json!({
        "note": "Hi :) <b>", "avatar_description": "A cat", "show_media": "false", "hide_collections": true,
        "attribution_domains": ["https://News.example/", "*.blog.example", "news.example"],
        "fields_attributes": [{"name": "Born", "value": "1990"}, {"name": "", "value": ""}],
    });
    let after = taure.call("PATCH", "/api/v1/profile", Some(change)).ok();
    assert_eq!(after["note"], "Hi :) <b>");
    assert_eq!(after["formatted_note"], "<p>Hi :) &lt;b&gt;</p>");
    assert_eq!(after["fields"], json!([{"name": "Born", "value": "1990", "verified_at": null}]));
    assert_eq!(after["attribution_domains"], json!(["news.example", "blog.example"]));
    assert_eq!((&after["avatar_description"], &after["show_media"]), (&json!("A cat"), &json!(false)));
    assert_eq!((&after["show_featured"], &after["hide_collections"]), (&json!(true), &json!(true)));

    let mine = taure.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!(mine["source"]["attribution_domains"], after["attribution_domains"]);
    assert_eq!((&mine["avatar_description"], &mine["show_media"]), (&json!("A cat"), &json!(false)));
    let actor = actor(&taure);
    assert_eq!(actor["attributionDomains"], json!(["news.example", "blog.example"]));
    assert_eq!((&actor["showMedia"], &actor["showFeatured"]), (&json!(false), &json!(true)));
}

#[test]
fn pictures_come_as_files_and_go_with_their_descriptions() {
    let taure = Taure::new();
    let (avatar, header) = (png(500), png(40));
    let files = [("avatar", avatar.as_slice()), ("header", header.as_slice())];
    let fields = [("avatar_description", "Red"), ("header_description", "Also red")];
    let profile = multipart(&taure, "PUT", "/api/v1/profile", &fields, &files).ok();
    let address = profile["avatar"].as_str().unwrap().to_owned();
    assert!(address.starts_with(&taure.base) && profile["avatar_static"] == profile["avatar"]);
    assert_eq!(request("GET", &address, &[], None).status, 200);
    assert_eq!(actor(&taure)["icon"]["summary"], "Red");

    let mine = taure.call("DELETE", "/api/v1/profile/avatar", None).ok();
    assert!(mine["avatar"].as_str().unwrap().ends_with("missing.png"));
    assert!(mine["source"].is_object() && mine["role"].is_object(), "no CredentialAccount");
    let profile = taure.get("/api/v1/profile").ok();
    assert!(profile["avatar"].is_null() && !profile["header"].is_null());
    assert_eq!(
        (&profile["avatar_description"], &profile["header_description"]),
        (&json!(""), &json!("Also red"))
    );
    assert_eq!(request("GET", &address, &[], None).status, 404, "the file stayed behind");
    taure.call("DELETE", "/api/v1/profile/header", None).ok();
    assert!(actor(&taure).get("image").is_none());
}

#[test]
fn pitfall_21_a_refused_profile_says_which_field_is_wrong() {
    let taure = Taure::new();
    for (change, field, code) in [
        (json!({"display_name": "x".repeat(101)}), "display_name", "ERR_TOO_LONG"),
        (json!({"note": "x".repeat(2_001)}), "note", "ERR_TOO_LONG"),
        (json!({"avatar_description": "x".repeat(1_501)}), "avatar_description", "ERR_TOO_LONG"),
        (
            json!({"fields_attributes": {"0": {"name": "x".repeat(256), "value": ""}}}),
            "fields",
            "ERR_TOO_LONG",
        ),
        (json!({"attribution_domains": ["not a domain/at all"]}), "attribution_domains", "ERR_INVALID"),
    ] {
        let answer = taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(change));
        assert_eq!(answer.status, 422, "{field}: {}", answer.text);
        assert!(answer.json["error"].as_str().unwrap().starts_with("Validation failed: "));
        assert_eq!(answer.json["details"][field][0]["error"], code);
        assert!(answer.json["details"][field][0]["description"].is_string());
    }
    let broken = multipart(&taure, "PATCH", "/api/v1/profile", &[], &[("avatar", b"no picture")]);
    assert_eq!((broken.status, &broken.json["details"]["avatar"][0]["error"]), (422, &json!("ERR_INVALID")));
    assert_eq!(taure.get("/api/v1/profile").ok()["display_name"], "alice of the tests");
}

#[test]
fn pitfall_40_and_41_the_own_account_has_its_source_and_edits_leave_the_rest() {
    let taure = Taure::new();
    let path = "/api/v1/accounts/update_credentials";
    let fields = [
        ("fields_attributes[0][name]", "A"),
        ("fields_attributes[0][value]", "b"),
        ("fields_attributes[1][name]", "C"),
        ("fields_attributes[1][value]", "d"),
        ("source[privacy]", "unlisted"),
        ("source[language]", "lv"),
        ("source[quote_policy]", "followers"),
    ];
    multipart(&taure, "PATCH", path, &fields, &[]).ok();
    let mine = taure.call("PATCH", path, Some(json!({"note": "Two\nlines"}))).ok();
    let source = &mine["source"];
    assert_eq!(source["fields"].as_array().unwrap().len(), 2, "fields were not sent, and went");
    assert_eq!((&source["note"], &mine["note"]), (&json!("Two\nlines"), &json!("<p>Two<br>lines</p>")));
    assert_eq!(
        (&source["privacy"], &source["language"], &source["quote_policy"]),
        (&json!("unlisted"), &json!("lv"), &json!("followers"))
    );
    for key in ["sensitive", "hide_collections", "discoverable", "indexable"] {
        assert!(source[key].is_boolean(), "{key}");
    }
    assert_eq!(source["follow_requests_count"], 0);
    assert_eq!((&mine["role"]["id"], &mine["role"]["permissions"]), (&json!("-99"), &json!("0")));
    let none = taure.call("PATCH", path, Some(json!({"fields_attributes": []}))).ok();
    assert_eq!(none["source"]["fields"], json!([]));
    let preferences = taure.get("/api/v1/preferences").ok();
    assert_eq!(preferences["posting:default:visibility"], "unlisted");
    assert_eq!(preferences["posting:default:quote_policy"], "followers");
}

#[test]
fn defaults_are_nobodys_business_and_a_new_name_is_told_once() {
    let taure = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&taure);
    let path = "/api/v1/accounts/update_credentials";
    taure.call("PATCH", path, Some(json!({"source": {"privacy": "private"}}))).ok();
    taure.settles();
    assert!(peer.received_of("Update").is_empty());
    taure.call("PATCH", path, Some(json!({"display_name": "New"}))).ok();
    taure.settles();
    let updates = peer.received_of("Update");
    assert_eq!((updates.len(), &updates[0]["object"]["name"]), (1, &json!("New")));
}

#[test]
fn who_waits_is_let_in_when_the_lock_is_taken_off() {
    let taure = Taure::new();
    let lock = |locked: bool| taure.call("PATCH", "/api/v1/profile", Some(json!({"locked": locked}))).ok();
    lock(true);
    let peer = Peer::new("bob");
    peer.follows(&taure);
    assert!(peer.received_of("Accept").is_empty());
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["source"]["follow_requests_count"], 1);
    lock(false);
    taure.settles();
    assert_eq!(peer.received_of("Accept").len(), 1);
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
    assert_eq!(taure.notifications("follow").len(), 1);
    assert!(taure.notifications("follow_request").is_empty());
}

#[test]
fn the_address_of_the_actor_leads_a_browser_to_the_profile() {
    let taure = Taure::new();
    let page = taure.send("GET", "/users/alice", &[("accept", "text/html")], None);
    assert_eq!((page.status, page.header("location")), (302, Some("/@alice")));
    assert_eq!(taure.document(&taure.actor()).ok()["id"], taure.actor());
}

#[test]
fn pitfall_16_a_file_is_known_by_its_bytes_and_goes_only_while_no_post_has_it() {
    let taure = Taure::new();
    let picture = png(30);
    let upload = || multipart(&taure, "POST", "/api/v2/media", &[], &[("file", &picture)]).ok();
    let (free, taken) = (upload(), upload());
    assert_eq!(free["type"], "image");
    let path = |of: &Value| format!("/api/v1/media/{}", of["id"].as_str().unwrap());
    taure.post("/api/v1/statuses", json!({"status": "", "media_ids": [taken["id"]]})).ok();
    for method in ["GET", "PUT"] {
        assert_eq!(taure.call(method, &path(&taken), Some(json!({}))).status, 404, "{method}");
    }
    let refused = taure.call("DELETE", &path(&taken), None);
    assert_eq!(
        (refused.status, &refused.json["error"]),
        (422, &json!("Media attachment is currently used by a status"))
    );
    assert_eq!(taure.call("DELETE", &path(&free), None).ok(), json!({}));
    assert_eq!(taure.call("DELETE", &path(&free), None).status, 404);
    // The same bytes are still shown by the post.
    assert_eq!(request("GET", taken["url"].as_str().unwrap(), &[], None).status, 200);
}
