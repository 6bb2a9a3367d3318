//! A year of the owner's posts, summed up.

use crate::harness::Taure;
use serde_json::{Value, json};
use taure::model::time::DAY;

fn year(taure: &Taure) -> i64 {
    taure.clock.now().to_date()[..4].parse().unwrap()
}

/// Moves the clock to the 15th of a month that is not December, at most a year on.
fn midsummer(taure: &Taure) {
    while !taure.clock.now().to_date().contains("-06-") {
        taure.clock.advance(15 * DAY);
    }
    taure.later(0);
    taure.settles();
}

fn state(taure: &Taure, year: i64) -> Value {
    taure.get(&format!("/api/v1/annual_reports/{year}/state")).ok()["state"].clone()
}

#[test]
fn a_year_that_is_over_becomes_a_report_once() {
    let taure = Taure::new();
    midsummer(&taure);
    let year = year(&taure);
    assert_eq!(state(&taure, year - 1), "ineligible");
    let first = taure.posts("#Cats and #cats");
    taure.posts("#cats #dogs");
    let reply = taure.post("/api/v1/statuses", json!({"status": "well", "in_reply_to_id": first["id"]})).ok();
    assert!(reply["id"].is_string());
    taure.post(&format!("/api/v1/statuses/{}/reblog", first["id"].as_str().unwrap()), json!({})).ok();
    assert_eq!(state(&taure, year), "ineligible", "the year is not over");
    let path = format!("/api/v1/annual_reports/{year}");
    assert_eq!(taure.post(&format!("{path}/generate"), json!({})).ok(), json!({}));
    assert_eq!(taure.get(&path).status, 404);

    taure.later(365 * DAY);
    taure.settles();
    assert_eq!(state(&taure, year), "eligible");
    let begun = taure.post(&format!("{path}/generate"), json!({}));
    assert_eq!((begun.status, begun.json), (202, json!({})));
    taure.settles();
    assert_eq!(state(&taure, year), "available");
    assert_eq!(taure.post(&format!("{path}/generate"), json!({})).status, 200);

    let answer = taure.get(&path).ok();
    let report = &answer["annual_reports"][0];
    assert_eq!((&report["year"], &report["schema_version"]), (&json!(year), &json!(2)));
    let data = &report["data"];
    assert_eq!(data["archetype"], "lurker");
    assert_eq!(data["type_distribution"], json!({"total": 4, "reblogs": 1, "replies": 1, "standalone": 2}));
    assert_eq!(data["top_hashtags"], json!([{"name": "Cats", "count": 2}, {"name": "dogs", "count": 1}]));
    assert_eq!(data["top_statuses"]["by_reblogs"], first["id"]);
    assert!(data["top_statuses"]["by_favourites"].is_null());
    let months = data["time_series"].as_array().unwrap();
    assert_eq!((months.len(), &months[5]["statuses"], &months[6]["statuses"]), (12, &json!(4), &json!(0)));
    assert_eq!(answer["statuses"][0]["id"], first["id"]);
    assert_eq!(answer["accounts"][0]["id"], report["account_id"]);

    assert_eq!(taure.get("/api/v1/annual_reports").ok()["annual_reports"][0]["year"], year);
    assert_eq!(taure.post(&format!("{path}/read"), json!({})).ok(), json!({}));
    let none = json!({"annual_reports": [], "statuses": []});
    let unread = taure.get("/api/v1/annual_reports").ok();
    assert_eq!(
        (&unread["annual_reports"], &unread["statuses"]),
        (&none["annual_reports"], &none["statuses"])
    );
    assert_eq!(taure.get(&path).status, 200, "what was read is gone");
}

#[test]
fn years_without_posts_or_sense_have_no_report() {
    let taure = Taure::new();
    for year in ["1", "1969", "99999", "9223372036854775807"] {
        let path = format!("/api/v1/annual_reports/{year}");
        assert_eq!(taure.get(&format!("{path}/state")).ok(), json!({"state": "ineligible"}));
        assert_eq!(taure.post(&format!("{path}/generate"), json!({})).ok(), json!({}));
        assert_eq!(taure.post(&format!("{path}/read"), json!({})).status, 404);
    }
    assert_eq!(taure.get("/api/v1/annual_reports/last").status, 404);
    assert_eq!(taure.get("/api/v1/annual_reports/last/state").status, 404);
}
