//! The pages of those whom the owner does not want to see, and of the filters, without a script.

use crate::harness::{Answer, Taure};
use crate::pages_requests::Browser;
use crate::peer::Peer;
use serde_json::{Value, json};

const MUTED: &str = "/settings/blocks";
const BLOCKED: &str = "/settings/blocks/people";
const SERVERS: &str = "/settings/blocks/servers";
const FILTERS: &str = "/settings/filters";

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn leads_to(answer: &Answer, to: &str) {
    assert_eq!((answer.status, answer.header("location")), (303, Some(to)), "{}", answer.text);
}

/// Refused with these words, and with what was typed.
#[track_caller]
fn refused(answer: &Answer, words: &str, typed: &[&str]) {
    assert_eq!(answer.status, 422, "{}", answer.text);
    for part in [&["role=\"alert\"", words], typed].concat() {
        assert!(answer.text.contains(part), "{part} is not in {}", answer.text);
    }
}

#[test]
fn muted_and_blocked_people_are_listed_and_let_go() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let browser = Browser::of(&taure);
    assert!(browser.get(MUTED).text.contains("You mute nobody."));
    assert!(browser.get(BLOCKED).text.contains("You block nobody."));
    let people = [id(&taure.finds(&bob.handle())), id(&taure.finds(&carol.handle()))];
    let act = |who: &str, verb: &str, how: Value| {
        taure.post(&format!("/api/v1/accounts/{who}/{verb}"), how).ok();
    };
    act(&people[0], "mute", json!({"duration": 3600}));
    act(&people[1], "mute", json!({}));
    let page = browser.get(MUTED).text;
    assert!(page.contains(&bob.handle()) && page.contains(&carol.handle()));
    assert!(page.contains(">until ") && page.contains(">for ever<"));
    let first = browser.get(&format!("{MUTED}?limit=1")).text;
    assert!(first.contains("rel=\"next\"") && !first.contains(&bob.handle()));

    leads_to(&browser.press(MUTED, &format!("/accounts/{}/unmute", people[0]), &[]), MUTED);
    assert_eq!(taure.relationship(&people[0])["muting"], false);
    assert_eq!(taure.get("/api/v1/mutes").ok().as_array().unwrap().len(), 1);

    act(&people[0], "block", json!({}));
    act(&people[1], "block", json!({}));
    let first = browser.get(&format!("{BLOCKED}?limit=1")).text;
    assert!(first.contains(&carol.handle()) && first.contains("rel=\"next\""));
    leads_to(&browser.press(BLOCKED, &format!("/accounts/{}/unblock", people[1]), &[]), BLOCKED);
    let left = taure.get("/api/v1/blocks").ok();
    assert_eq!((left.as_array().unwrap().len(), id(&left[0])), (1, people[0].clone()));
    // Where the lists were.
    leads_to(&browser.get("/mutes"), MUTED);
    leads_to(&browser.get("/blocks"), BLOCKED);
    taure.settles();
}

#[test]
fn a_server_is_blocked_after_a_word_about_what_that_costs() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&taure);
    bob.follows(&taure);
    let browser = Browser::of(&taure);
    let blocked = || taure.get("/api/v1/domain_blocks").ok();
    let typed = bob.domain().to_uppercase();
    let asked = browser.press(SERVERS, SERVERS, &[("domain", &typed)]);
    assert_eq!(asked.status, 200);
    assert!(
        asked.text.contains("<b>1 follower</b>") && asked.text.contains("<b>1 person</b>"),
        "{}",
        asked.text
    );
    assert!(asked.text.contains(&format!("value=\"{}\"", bob.domain())));
    assert_eq!(blocked(), json!([]), "not yet");

    leads_to(&browser.press(SERVERS, SERVERS, &[("domain", &bob.domain()), ("sure", "1")]), SERVERS);
    taure.settles();
    assert_eq!(blocked(), json!([bob.domain()]));
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!((&me["following_count"], &me["followers_count"]), (&json!(0), &json!(0)));

    for (wrong, words) in [
        ("no domain \"at all", "Domain is not a valid domain name."),
        (" ", "Domain can't be blank."),
        (taure.app().instance.domain.as_str(), "Domain is your own."),
    ] {
        let kept = format!("value=\"{}\"", wrong.replace('"', "&quot;"));
        for sure in ["", "1"] {
            let answer = browser.press(SERVERS, SERVERS, &[("domain", wrong), ("sure", sure)]);
            refused(&answer, words, &[&kept]);
        }
    }
    assert_eq!(blocked(), json!([bob.domain()]));

    let unblock = format!("{SERVERS}/unblock");
    taure.post("/api/v1/domain_blocks", json!({"domain": "other.example"})).ok();
    let first = browser.get(&format!("{SERVERS}?limit=1")).text;
    assert!(first.contains("other.example") && first.contains("rel=\"next\""));
    leads_to(&browser.press(SERVERS, &unblock, &[("domain", &bob.domain())]), SERVERS);
    assert_eq!(blocked(), json!(["other.example"]));
}

fn filters(taure: &Taure) -> Vec<Value> {
    taure.get("/api/v2/filters").ok().as_array().unwrap().clone()
}

fn words(of: &Value) -> Vec<(String, bool)> {
    let word = |k: &Value| (k["keyword"].as_str().unwrap().to_owned(), k["whole_word"] == true);
    of["keywords"].as_array().unwrap().iter().map(word).collect()
}

#[test]
fn a_filter_is_made_changed_and_deleted() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    assert!(browser.get(FILTERS).text.contains("You filter nothing."));
    let saved = "/settings/filters?saved=1";
    let form = [
        ("title", "Sport"),
        ("keywords", "foot ball\r\n\r\n  goal \r\n"),
        ("whole_word", "1"),
        ("action", "blur"),
        ("home", "1"),
        ("thread", "1"),
        ("expires", "21600"),
    ];
    leads_to(&browser.press(FILTERS, FILTERS, &form), saved);
    let made = filters(&taure).remove(0);
    assert_eq!((&made["title"], &made["filter_action"]), (&json!("Sport"), &json!("blur")));
    assert_eq!(made["context"], json!(["home", "thread"]));
    assert_eq!(words(&made), [("foot ball".to_owned(), true), ("goal".to_owned(), true)]);
    assert!(made["expires_at"].is_string());
    let page = browser.get(FILTERS).text;
    for part in ["Sport", "goal", "Blur pictures", "Home and lists, Threads", "until "] {
        assert!(page.contains(part), "{part}");
    }

    // Its own page has it as it is; saved untouched, the end stays.
    let own = format!("{FILTERS}/{}", id(&made));
    let page = browser.get(&own).text;
    assert!(page.contains("foot ball\ngoal</textarea>") && page.contains("As it is: until "), "{page}");
    let form = [
        ("title", "Sports"),
        ("keywords", "goal\ngolf"),
        ("action", "hide"),
        ("public", "1"),
        ("expires", ""),
    ];
    leads_to(&browser.press(&own, &own, &form), saved);
    let changed = filters(&taure).remove(0);
    assert_eq!((&changed["title"], &changed["filter_action"]), (&json!("Sports"), &json!("hide")));
    assert_eq!((&changed["context"], &changed["expires_at"]), (&json!(["public"]), &made["expires_at"]));
    assert_eq!(words(&changed), [("goal".to_owned(), false), ("golf".to_owned(), false)]);
    assert_eq!(changed["keywords"][0]["id"], made["keywords"][1]["id"], "the same word");
    let form = [
        ("title", "Sports"),
        ("keywords", "goal"),
        ("action", "hide"),
        ("public", "1"),
        ("expires", "never"),
    ];
    leads_to(&browser.press(&own, &own, &form), saved);
    assert_eq!(filters(&taure)[0]["expires_at"], Value::Null);

    leads_to(&browser.press(FILTERS, &format!("{own}/delete"), &[]), saved);
    assert!(filters(&taure).is_empty());
    assert_eq!(browser.get(&own).status, 404);
}

#[test]
fn words_of_an_app_that_are_whole_and_not_stay_so() {
    let taure = Taure::new();
    let rows = json!([{"keyword": "cat", "whole_word": true}, {"keyword": "dog", "whole_word": false}]);
    let new = json!({"title": "Pets", "context": ["home"], "keywords_attributes": rows});
    let own = format!("{FILTERS}/{}", id(&taure.post("/api/v2/filters", new).ok()));
    let browser = Browser::of(&taure);
    assert!(browser.get(&own).text.contains("name=\"each\" value=\"1\" checked"));
    let form = [("title", "Pets"), ("keywords", "cat\ndog\neel"), ("action", "warn"), ("home", "1")];
    let with = |more: &[(&'static str, &'static str)]| {
        assert_eq!(browser.press(&own, &own, &[&form, more].concat()).status, 303);
        words(&filters(&taure)[0]).iter().map(|(_, whole)| *whole).collect::<Vec<_>>()
    };
    assert_eq!(with(&[("each", "1"), ("whole_word", "1")]), [true, false, true]);
    assert_eq!(with(&[("whole_word", "1")]), [true, true, true]);
}

#[test]
fn a_filter_that_is_wrong_comes_back_as_it_was_typed() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let right =
        [("title", "Kept"), ("keywords", "one\ntwo"), ("action", "hide"), ("home", "1"), ("expires", "3600")];
    let title = "name=\"title\" value=\"Kept\"";
    let rest = ["one\ntwo</textarea>", "value=\"hide\" selected", "value=\"3600\" selected"];
    let with = |name: &'static str, value: &'static str| {
        right.map(|(n, v)| if n == name { (n, value) } else { (n, v) })
    };
    leads_to(&browser.press(FILTERS, FILTERS, &right), "/settings/filters?saved=1");
    let before = filters(&taure);
    let own = format!("{FILTERS}/{}", id(&before[0]));
    for page in [FILTERS, &own] {
        let press = |form: &[(&str, &str)]| browser.press(page, page, form);
        refused(&press(&with("title", " ")), "Title can't be blank.", &rest);
        refused(&press(&with("home", "0")), "Tick at least one place.", &[&[title], &rest[..]].concat());
        refused(&press(&with("action", "burn")), "Action is not included in the list.", &[title, rest[0]]);
        refused(&press(&with("expires", "7")), "There is no such time.", &[title, rest[0]]);
    }
    let none = browser.press(FILTERS, FILTERS, &with("keywords", "\r\n "));
    refused(&none, "Write at least one word.", &[title, rest[1]]);
    assert_eq!(filters(&taure), before);
}

#[test]
fn strangers_are_led_to_sign_in_and_foreign_forms_are_refused() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let new = json!({"title": "Kept", "context": ["home"]});
    let own = format!("{FILTERS}/{}", id(&taure.post("/api/v2/filters", new).ok()));
    let before = filters(&taure);
    for page in [MUTED, BLOCKED, SERVERS, FILTERS, &own] {
        let answer = taure.as_stranger(page);
        assert_eq!(answer.status, 303);
        assert!(answer.header("location").unwrap().starts_with("/auth/sign_in"), "{page}");
    }
    let foreign = [("csrf", "foreign"), ("domain", "other.example"), ("sure", "1"), ("title", "Changed")];
    let (delete, unblock) = (format!("{own}/delete"), format!("{SERVERS}/unblock"));
    for action in [SERVERS, &unblock, FILTERS, &own, &delete] {
        assert_eq!(browser.send(action, &foreign).status, 403, "{action}");
    }
    assert_eq!(filters(&taure), before);
    assert_eq!(taure.get("/api/v1/domain_blocks").ok(), json!([]));
}

#[test]
fn the_settings_lead_to_both_pages() {
    let taure = Taure::new();
    let page = Browser::of(&taure).get("/settings/profile").text;
    assert!(page.contains("href=\"/settings/blocks\"") && page.contains("href=\"/settings/filters\""));
}
