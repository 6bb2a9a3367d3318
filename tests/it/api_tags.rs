//! Hashtags: <https://docs.joinmastodon.org/methods/tags/>, .../followed_tags/

use crate::harness::Taure;
use serde_json::{Value, json};
use taure::model::time::DAY;

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

#[test]
fn pitfall_97_a_tag_tells_its_last_seven_days_and_to_the_owner_whether_it_is_followed() {
    let taure = Taure::new();
    taure.later(taure.clock.now().midnight().0 + DAY - taure.clock.now().0 + 1_000); // no midnight in between
    for text in ["#Tea", "more #tea"] {
        taure.posts(text);
    }
    taure.post("/api/v1/statuses", json!({"status": "secret #tea", "visibility": "private"})).ok();
    taure.later(2 * DAY);
    taure.posts("#TEA again");
    let tag = taure.get("/api/v1/tags/TEA").ok();
    assert_eq!((&tag["name"], &tag["following"]), (&json!("Tea"), &json!(false)));
    assert_eq!(tag["url"], format!("{}/tags/tea", taure.base));
    let history = tag["history"].as_array().unwrap();
    let today = taure.clock.now().midnight();
    assert_eq!(history.len(), 7);
    for (n, day) in history.iter().enumerate() {
        let seconds = today.plus(-(n as i64) * DAY).seconds();
        assert_eq!(day["day"], seconds.to_string());
    }
    let counts = |n: usize| (history[n]["uses"].as_str().unwrap(), history[n]["accounts"].as_str().unwrap());
    assert_eq!(
        [counts(0), counts(1), counts(2), counts(3)],
        [("1", "1"), ("0", "0"), ("2", "1"), ("0", "0")]
    );

    let seen = taure.as_stranger("/api/v1/tags/tea/").ok(); // Ice Cubes writes the slash (pitfall 9)
    assert!(seen.get("following").is_none() && seen.get("featuring").is_none());
    let unknown = taure.get("/api/v1/tags/Nobody").ok();
    assert_eq!((&unknown["name"], unknown["history"].as_array().unwrap().len()), (&json!("Nobody"), 7));
    assert_eq!(taure.get("/api/v1/tags/1-2").status, 404);
    taure.settles();
}

#[test]
fn followed_tags_are_paged_by_when_they_were_followed() {
    let taure = Taure::new();
    for name in ["one", "two", "three"] {
        assert_eq!(taure.post(&format!("/api/v1/tags/{name}/follow"), json!({})).ok()["following"], true);
    }
    taure.post("/api/v1/tags/one/follow", json!({})).ok(); // changes nothing
    let names = |path: &str| -> Vec<String> {
        let page = taure.get(path).ok();
        page.as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("/api/v1/followed_tags"), ["three", "two", "one"]);
    let page = taure.get("/api/v1/followed_tags?limit=2");
    let header = page.header("link").unwrap().to_owned();
    let (next, prev) = header.split_once(", ").unwrap();
    assert!(prev.contains("since_id="), "{header}");
    let next = next.trim_start_matches('<').split('>').next().unwrap().replace(&taure.base, "");
    assert_eq!(names(&next), ["one"]);
    assert_eq!(taure.post("/api/v1/tags/two/unfollow", json!({})).ok()["following"], false);
    assert_eq!(names("/api/v1/followed_tags"), ["three", "one"]);
}

#[test]
fn a_tag_timeline_merges_up_to_four_tags_in_order_and_shows_each_post_once() {
    let taure = Taure::new();
    let posts: Vec<String> =
        ["#a", "#b", "#a #b", "#c", "#d", "#e"].iter().map(|text| id(&taure.posts(text))).collect();
    let shown = |query: &str| -> Vec<String> {
        let page = taure.get(&format!("/api/v1/timelines/tag/a?any[]=b&any[]=c&any[]=d&any[]=e{query}")).ok();
        page.as_array().unwrap().iter().map(id).collect()
    };
    let newest_first: Vec<String> = posts[..5].iter().rev().cloned().collect();
    assert_eq!(shown(""), newest_first, "the fifth name is not looked at, as in Mastodon");
    assert_eq!(shown("&limit=2"), newest_first[..2]);
    assert_eq!(shown(&format!("&limit=2&max_id={}", newest_first[1])), newest_first[2..4]);
    assert_eq!(shown(&format!("&limit=2&min_id={}", newest_first[4])), newest_first[2..4]);
}
