//! Trends from what the owner's follows post, and the timeline of a link.
//! <https://docs.joinmastodon.org/methods/trends/>

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

/// A public post with a hashtag, a link, or both.
fn posts(alice: &Taure, peer: &Peer, html: &str, tags: &[&str]) -> Value {
    let mut note = peer.note(html, &[]);
    let tag = |name: &&str| json!({"type": "Hashtag", "name": format!("#{name}"), "href": format!("{}/tags/x", peer.base)});
    note["tag"] = tags.iter().map(tag).collect();
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    assert_eq!(peer.delivers(alice, &peer.create(&note)).status, 202);
    alice.settles();
    note
}

fn follows() -> (Taure, Peer, Peer) {
    let (alice, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    bob.is_followed_by(&alice);
    carol.is_followed_by(&alice);
    (alice, bob, carol)
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect()
}

#[test]
fn a_hashtag_that_more_than_one_of_the_follows_uses_is_a_trend() {
    let (alice, bob, carol) = follows();
    posts(&alice, &bob, "<p>x</p>", &["Autumn", "mine"]);
    posts(&alice, &carol, "<p>x</p>", &["autumn", "rain"]);
    posts(&alice, &bob, "<p>x</p>", &["rain", "mine"]);
    posts(&alice, &bob, "<p>x</p>", &["rain"]);
    let list = alice.get("/api/v1/trends/tags").ok();
    assert_eq!(names(&list), ["rain", "Autumn"], "by people, then by uses; nobody's alone");
    let history = list[0]["history"].as_array().unwrap();
    assert_eq!(history.len(), 7);
    assert_eq!((&history[0]["uses"], &history[0]["accounts"]), (&json!("3"), &json!("2")));
    assert_eq!(history[0]["day"], (alice.clock.now().midnight().0 / 1_000).to_string());
    assert_eq!((&history[6]["uses"], &list[0]["following"]), (&json!("0"), &json!(false)));
    // Following shows at once, though the list is kept for a while.
    alice.post("/api/v1/tags/rain/follow", json!({})).ok();
    assert_eq!(alice.get("/api/v1/trends").ok()[0]["following"], true);
    posts(&alice, &carol, "<p>x</p>", &["mine"]);
    assert_eq!(names(&alice.get("/api/v1/trends/tags").ok()).len(), 2);
    alice.later(6 * MINUTE);
    assert_eq!(names(&alice.get("/api/v1/trends/tags").ok()).len(), 3);
}

#[test]
fn pitfall_7_trends_are_paged_by_offset() {
    let (alice, bob, carol) = follows();
    for peer in [&bob, &carol] {
        posts(&alice, peer, "<p>x</p>", &["a", "b", "c"]);
    }
    let page = |query: &str| alice.get(&format!("/api/v1/trends/tags{query}"));
    let first = page("?limit=2");
    let link = first.header("link").unwrap().to_owned();
    assert_eq!(link, format!("<{}/api/v1/trends/tags?limit=2&offset=2>; rel=\"next\"", alice.base));
    let second = page("?limit=2&offset=2");
    let link = second.header("link").unwrap().to_owned();
    assert_eq!(link, format!("<{}/api/v1/trends/tags?limit=2&offset=0>; rel=\"prev\"", alice.base));
    let (first, second) = (first.ok(), second.ok());
    assert_eq!((names(&first).len(), names(&second).len()), (2, 1));
    assert!(!names(&first).contains(&names(&second)[0]));
    assert_eq!(page("?offset=99999999999999999999").ok(), first_of(&alice));
    assert_eq!(page("?offset=100").ok(), json!([]));
}

/// An offset that is no number is none.
fn first_of(alice: &Taure) -> Value {
    alice.get("/api/v1/trends/tags").ok()
}

#[test]
fn posts_that_friends_pass_on_are_trends_and_private_ones_never() {
    let (alice, bob, carol) = follows();
    let stranger = Peer::new("dora");
    let loved = stranger.note("<p>loved</p>", &[]);
    for peer in [&bob, &carol] {
        assert_eq!(peer.delivers(&alice, &peer.activity("Announce", loved["id"].clone())).status, 202);
        alice.settles();
    }
    posts(&alice, &bob, "<p>unremarked</p>", &[]);
    let mut private = bob.note("<p>private</p>", &[]);
    private["to"] = json!([format!("{}/followers", bob.actor())]);
    private["cc"] = json!([]);
    private["likes"] = json!({"type": "Collection", "totalItems": 500});
    bob.publish(private["id"].as_str().unwrap(), private.clone());
    bob.delivers(&alice, &bob.create(&private));
    alice.settles();
    let own = alice.posts("my own");
    let list = alice.get("/api/v1/trends/statuses").ok();
    let uris: Vec<&Value> = list.as_array().unwrap().iter().map(|s| &s["uri"]).collect();
    assert_eq!(uris, [&loved["id"]]);
    assert!(own["id"].is_string());
}

#[test]
fn strangers_learn_nothing_of_what_the_owner_reads() {
    let (alice, bob, carol) = follows();
    let site = Peer::new("web");
    let url = site.page("/news", "<title>News</title>");
    for peer in [&bob, &carol] {
        posts(&alice, peer, &format!("<a href=\"{url}\">x</a>"), &["secret"]);
    }
    alice.later(MINUTE);
    alice.settles();
    let narrow = taure::ops::auth::issue_token(&alice.app().store, "narrow", "push").unwrap();
    let bearer = format!("Bearer {narrow}");
    for path in ["", "/tags", "/statuses", "/links"] {
        let path = format!("/api/v1/trends{path}");
        assert_eq!(alice.as_stranger(&path).ok(), json!([]));
        assert_eq!(alice.send("GET", &path, &[("authorization", &bearer)], None).ok(), json!([]));
    }
    let q: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
    assert_eq!(alice.as_stranger(&format!("/api/v1/timelines/link?url={q}")).status, 401);
}

#[test]
fn a_link_that_is_passed_around_is_a_trend_and_has_a_timeline() {
    let (alice, bob, carol) = follows();
    let site = Peer::new("web");
    let url = site.page("/news", "<title>News</title><meta property=og:site_name content=Paper>");
    let html = format!("<p><a href=\"{url}\">x</a></p>");
    let first = posts(&alice, &bob, &html, &[]);
    let second = posts(&alice, &carol, &html, &[]);
    let own = alice.post("/api/v1/statuses", json!({"status": url, "visibility": "unlisted"})).ok();
    alice.later(MINUTE);
    alice.settles();
    let links = alice.get("/api/v1/trends/links").ok();
    assert_eq!(links.as_array().unwrap().len(), 1);
    assert_eq!((&links[0]["url"], &links[0]["title"]), (&json!(url), &json!("News")));
    assert_eq!(links[0]["history"].as_array().unwrap().len(), 7);
    assert_eq!(links[0]["history"][0]["accounts"], "2");
    let q: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
    let timeline = |more: &str| alice.get(&format!("/api/v1/timelines/link?url={q}{more}"));
    let list = timeline("").ok();
    let uris: Vec<&Value> = list.as_array().unwrap().iter().map(|s| &s["uri"]).collect();
    assert_eq!(uris, [&second["id"], &first["id"]], "public ones only, newest first");
    let page = timeline("&limit=1");
    assert!(page.header("link").unwrap().contains("max_id="), "{:?}", page.headers);
    for nowhere in ["?url=http%3A%2F%2Fnowhere.invalid%2F", "?url=nonsense", "?url=", ""] {
        assert_eq!(alice.get(&format!("/api/v1/timelines/link{nowhere}")).ok(), json!([]), "{nowhere}");
    }
    assert!(own["id"].is_string());
    assert!(alice.status(own["id"].as_str().unwrap())["card"].get("history").is_none());
}
