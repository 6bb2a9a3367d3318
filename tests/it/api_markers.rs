//! Markers: <https://docs.joinmastodon.org/methods/markers/>

use crate::harness::{Taure, request};
use serde_json::{Value, json};

const MARKERS: &str = "/api/v1/markers";

fn send_as(taure: &Taure, path: &str, kind: &str, body: &str) -> Value {
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("content-type", kind)];
    request("POST", &format!("{}{path}", taure.base), &headers, Some(body.as_bytes())).ok()
}

#[test]
fn pitfall_89_a_marker_is_set_in_every_encoding_and_one_never_set_is_absent() {
    let taure = Taure::new();
    assert_eq!(taure.get(&format!("{MARKERS}?timeline[]=home&timeline[]=notifications")).ok(), json!({}));
    let form = "application/x-www-form-urlencoded";
    let multipart =
        "--x\r\nContent-Disposition: form-data; name=\"home[last_read_id]\"\r\n\r\n30\r\n--x--\r\n";
    for (version, (path, kind, body, last)) in [
        (MARKERS, "application/json", "{\"home\": {\"last_read_id\": \"10\"}}", "10"),
        (MARKERS, form, "home[last_read_id]=20", "20"),
        (MARKERS, "multipart/form-data; boundary=x", multipart, "30"),
        ("/api/v1/markers?home[last_read_id]=40", form, "", "40"),
        (MARKERS, "application/json", "{\"home\": {\"last_read_id\": 50}}", "50"),
    ]
    .into_iter()
    .enumerate()
    {
        let saved = send_as(&taure, path, kind, body);
        assert_eq!(saved["home"]["last_read_id"], last, "{kind}");
        assert_eq!(saved["home"]["version"], json!(version), "a number that counts the changes");
        assert!(saved.get("notifications").is_none());
    }
    let both = taure.get(&format!("{MARKERS}?timeline[]=home&timeline[]=notifications")).ok();
    assert_eq!(both.as_object().unwrap().keys().collect::<Vec<_>>(), ["home"]);
    assert_eq!(taure.get(&format!("{MARKERS}?timeline=home")).ok(), both);
    assert_eq!(taure.get(MARKERS).ok(), json!({}), "none is asked for");
    assert_eq!(taure.post(MARKERS, json!({"favourites": {"last_read_id": "1"}})).ok(), json!({}));
}

#[test]
fn apps_that_save_at_the_same_time_lose_no_change() {
    let taure = Taure::new();
    std::thread::scope(|scope| {
        for n in 1..=8 {
            let taure = &taure;
            scope.spawn(move || {
                let answer = taure.post(MARKERS, json!({"home": {"last_read_id": n}}));
                assert_eq!(answer.status, 200, "writes wait for each other: there is no conflict to tell");
                assert_eq!(answer.json["home"]["last_read_id"], n.to_string());
            });
        }
    });
    let home = taure.get(&format!("{MARKERS}?timeline[]=home")).ok();
    assert_eq!(home["home"]["version"], 7);
}
