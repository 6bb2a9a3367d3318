//! The owner's old posts go by the owner's rules, and by nothing else.

use crate::harness::Taure;
use crate::pages_requests::Browser;
use crate::peer::Peer;
use crate::retention::{months_later, takes};
use serde_json::{Value, json};
use taure::model::{Cleanup, Media, MediaId, MediaKind, StatusId};
use taure::ops::cleanup;
use taure::store::media;

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

fn is_there(taure: &Taure, of: &Value) -> bool {
    taure.get(&format!("/api/v1/statuses/{}", id(of))).status == 200
}

fn act(taure: &Taure, of: &Value, verb: &str) -> Value {
    let done = taure.post(&format!("/api/v1/statuses/{}/{verb}", id(of)), json!({})).ok();
    taure.settles();
    done
}

/// Nothing is kept but what a test keeps.
fn all(days: i64) -> Cleanup {
    Cleanup {
        enabled: true,
        days,
        keep_direct: false,
        keep_pinned: false,
        keep_polls: false,
        keep_media: false,
        keep_liked: false,
        keep_bookmarked: false,
        min_favourites: None,
        min_boosts: None,
    }
}

#[test]
fn nothing_goes_by_default_and_the_fediverse_hears_of_what_goes() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    let old = alice.posts("old");
    alice.settles();
    months_later(&alice, 1_000);
    assert!(is_there(&alice, &old), "it is off");
    cleanup::set(&alice.app(), &all(14)).unwrap();
    let newer = alice.posts("newer");
    months_later(&alice, 0);
    assert!(!is_there(&alice, &old) && is_there(&alice, &newer));
    assert_eq!(alice.document(old["uri"].as_str().unwrap()).status, 410);
    let heard: Vec<Value> = bob.received_of("Delete").iter().map(|d| d["object"]["id"].clone()).collect();
    assert_eq!(heard, [old["uri"].clone()]);
    months_later(&alice, 13);
    assert!(is_there(&alice, &newer));
    months_later(&alice, 2);
    assert!(!is_there(&alice, &newer));
    // Off again.
    let last = alice.posts("last");
    cleanup::set(&alice.app(), &Cleanup { enabled: false, ..all(7) }).unwrap();
    months_later(&alice, 100);
    assert!(is_there(&alice, &last));
}

#[test]
fn what_an_import_brought_stays_and_nobody_hears_of_it() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    let (old, brought) = (alice.posts("old"), alice.posts("brought along"));
    let row = id(&brought).parse::<i64>().unwrap();
    let sql = "INSERT INTO imported (uri, status_id, page, by) VALUES ('https://old.example/1', ?1, '', '@a@old.example')";
    alice.app().store.write(|tx| tx.run(sql, [row])).unwrap();
    cleanup::set(&alice.app(), &all(14)).unwrap();
    months_later(&alice, 15);
    assert!(!is_there(&alice, &old) && is_there(&alice, &brought));
    assert_eq!(bob.received_of("Delete").len(), 1);
}

/// One post for each rule that keeps it.
fn shelf(alice: &Taure, bob: &Peer) -> Vec<(&'static str, Value)> {
    let direct = alice.post("/api/v1/statuses", json!({"status": "secret", "visibility": "direct"})).ok();
    let pinned = alice.posts("pinned");
    act(alice, &pinned, "pin");
    let poll = json!({"status": "?", "poll": {"options": ["a", "b"], "expires_in": 3600}});
    let poll = alice.post("/api/v1/statuses", poll).ok();
    let picture = alice.posts("with a picture");
    let kept = Media {
        id: MediaId::at(alice.clock.now()),
        status_id: Some(StatusId(id(&picture).parse().unwrap())),
        kind: MediaKind::Image,
        created_at: alice.clock.now(),
        ..Media::default()
    };
    alice.app().store.write(|tx| media::insert(tx, &kept, 0)).unwrap();
    let liked = alice.posts("liked");
    act(alice, &liked, "favourite");
    let bookmarked = alice.posts("bookmarked");
    act(alice, &bookmarked, "bookmark");
    let popular = alice.posts("popular");
    takes(alice, bob, &bob.activity("Like", popular["uri"].clone()));
    let boosted = alice.posts("boosted");
    takes(alice, bob, &bob.activity("Announce", boosted["uri"].clone()));
    let own_boost = act(alice, &popular, "reblog");
    vec![
        ("direct", direct),
        ("pinned", pinned),
        ("polls", poll),
        ("media", picture),
        ("liked", liked),
        ("bookmarked", bookmarked),
        ("favourites", popular),
        ("boosts", boosted),
        ("plain", alice.posts("plain")),
        ("own boost", own_boost),
    ]
}

fn rules(kept: &str) -> Cleanup {
    let rules = all(7);
    match kept {
        "direct" => Cleanup { keep_direct: true, ..rules },
        "pinned" => Cleanup { keep_pinned: true, ..rules },
        "polls" => Cleanup { keep_polls: true, ..rules },
        "media" => Cleanup { keep_media: true, ..rules },
        "liked" => Cleanup { keep_liked: true, ..rules },
        "bookmarked" => Cleanup { keep_bookmarked: true, ..rules },
        "favourites" => Cleanup { min_favourites: Some(1), ..rules },
        "boosts" => Cleanup { min_boosts: Some(1), ..rules },
        _ => rules,
    }
}

#[test]
fn each_rule_keeps_what_it_names_and_nothing_else() {
    let names =
        ["direct", "pinned", "polls", "media", "liked", "bookmarked", "favourites", "boosts", "nothing"];
    for rule in names {
        let (alice, bob) = (Taure::new(), Peer::new("bob"));
        bob.follows(&alice);
        let shelf = shelf(&alice, &bob);
        months_later(&alice, 8);
        cleanup::set(&alice.app(), &rules(rule)).unwrap();
        months_later(&alice, 0);
        for (name, post) in &shelf {
            // A like of one's own counts as one, and so does a boost.
            let counted =
                rule == "favourites" && *name == "liked" || rule == "boosts" && *name == "favourites";
            assert_eq!(is_there(&alice, post), *name == rule || counted, "{name} by the rule {rule}");
        }
    }
}

#[test]
fn a_mark_that_is_taken_back_keeps_no_longer_and_a_few_dozen_go_an_hour() {
    let alice = Taure::new();
    let kept = alice.posts("kept for now");
    act(&alice, &kept, "bookmark");
    for n in 0..130 {
        alice.posts(&format!("post {n}"));
    }
    months_later(&alice, 10);
    cleanup::set(&alice.app(), &Cleanup { keep_bookmarked: true, ..all(7) }).unwrap();
    let left = || cleanup::waiting(&alice.app()).unwrap().1;
    assert_eq!(left(), 130);
    for expected in [80, 30, 0, 0] {
        cleanup::run(&alice.app()).unwrap();
        assert_eq!(left(), expected);
    }
    alice.settles();
    act(&alice, &kept, "unbookmark");
    cleanup::run(&alice.app()).unwrap();
    assert!(is_there(&alice, &kept), "the round had passed it");
    months_later(&alice, 8);
    assert!(!is_there(&alice, &kept));
}

#[test]
fn the_page_shows_the_rules_what_goes_now_and_what_is_wrong() {
    let alice = Taure::new();
    let page = "/settings/deletion";
    let browser = Browser::of(&alice);
    assert!(browser.get("/settings/profile").text.contains(&format!("href=\"{page}\"")));
    assert_eq!(alice.as_stranger(page).status, 303, "to the sign-in page");
    for text in ["one", "two", "three"] {
        alice.posts(text);
    }
    months_later(&alice, 20);
    let html = browser.get(page).text;
    assert!(html.contains("<b>3 posts</b> would go now"), "{html}");
    assert!(html.contains("<option value=\"14\" selected>2 weeks</option>"));
    // As a browser sends it: a box that is not ticked is not there, an empty field is.
    let form = [
        ("enabled", "1"),
        ("days", "30"),
        ("keep_polls", "1"),
        ("keep_media", "1"),
        ("min_favourites", "5"),
        ("min_boosts", ""),
    ];
    let answer = browser.press(page, page, &form);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/settings/deletion?saved=1")));
    let stored = cleanup::waiting(&alice.app()).unwrap();
    let wanted = Cleanup { keep_polls: true, keep_media: true, min_favourites: Some(5), ..all(30) };
    assert_eq!(stored, (wanted, 0));
    let html = browser.get(page).text;
    assert!(html.contains("<b>0 posts</b> go now") && html.contains("name=\"min_favourites\" min=\"1\""));
    assert!(html.contains("<option value=\"30\" selected>") && html.contains("value=\"5\""));
    // Saving the profile leaves the rules alone.
    browser.press("/settings/profile", "/settings/profile", &[("display_name", "A")]);
    for wrong in [
        [("days", "15"), ("min_boosts", "")],
        [("days", "x"), ("min_boosts", "")],
        [("days", "30"), ("min_boosts", "0")],
        [("days", "30"), ("min_boosts", "-1")],
        [("days", "30"), ("min_boosts", "many")],
        [("days", "30"), ("min_boosts", "99999999999999999999")],
    ] {
        let answer = browser.press(page, page, &wrong);
        assert_eq!(answer.status, 422, "{wrong:?}");
        assert!(answer.text.contains("role=\"alert\""));
    }
    assert_eq!(cleanup::waiting(&alice.app()).unwrap(), stored);
    months_later(&alice, 11);
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"], 0);
}
