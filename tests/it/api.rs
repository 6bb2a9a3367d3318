//! The client API as apps use it: encodings, paging, marks, lists, conversations, grouped notifications.

use crate::harness::{Answer, Taure, request};
use serde_json::{Value, json};
use std::collections::HashSet;
use taure::ops;
use taure::store::Store;

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|one| id(one).to_owned()).collect()
}

/// A token of another app, for the scopes given.
fn token(taure: &Taure, scopes: &str) -> String {
    let store = Store::open(taure.app().store.path(), taure.clock.clone(), Box::new(|_| ())).unwrap();
    ops::auth::issue_token(&store, scopes, scopes).unwrap()
}

fn with_token(taure: &Taure, method: &str, path: &str, token: &str) -> Answer {
    taure.send(method, path, &[("authorization", &format!("Bearer {token}"))], None)
}

/// The address of one relation in a `Link` header, as a path.
fn link(taure: &Taure, answer: &Answer, rel: &str) -> Option<String> {
    let header = answer.header("link")?;
    let part = header.split(", ").find(|part| part.ends_with(&format!("rel=\"{rel}\"")))?;
    let url = part.strip_prefix('<')?.split_once('>')?.0;
    Some(url.strip_prefix(&taure.base).unwrap().to_owned())
}

/// Two friends who follow each other.
fn friends() -> (Taure, Taure) {
    let (alice, bob) = (Taure::new(), Taure::named("bob"));
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        let found = one.finds(&other.handle());
        one.post(&format!("/api/v1/accounts/{}/follow", id(&found)), json!({})).ok();
        settle(&alice, &bob);
    }
    (alice, bob)
}

fn settle(alice: &Taure, bob: &Taure) {
    for _ in 0..2 {
        alice.settles();
        bob.settles();
    }
}

#[test]
fn the_same_idempotency_key_makes_one_post_even_at_the_same_moment() {
    let taure = Taure::new();
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("idempotency-key", "k")];
    let post = || {
        taure.send("POST", "/api/v1/statuses", &headers, Some(json!({"status": "once"}))).ok()["id"].clone()
    };
    let made: HashSet<String> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..6).map(|_| scope.spawn(post)).collect();
        started.into_iter().map(|thread| thread.join().unwrap().to_string()).collect()
    });
    assert_eq!(made.len(), 1);
    assert_eq!(taure.home().len(), 1);
}

#[test]
fn pitfall_11_a_post_arrives_in_every_encoding() {
    let taure = Taure::new();
    let token = format!("Bearer {}", taure.token);
    let send = |query: &str, content_type: &str, body: &str| {
        let headers = [("authorization", token.as_str()), ("content-type", content_type)];
        let url = format!("{}/api/v1/statuses{query}", taure.base);
        request("POST", &url, &headers, Some(body.as_bytes())).ok()
    };
    let form = send("", "application/x-www-form-urlencoded", "status=a+b&in_reply_to_id=&sensitive=on");
    assert_eq!((form["content"].as_str(), form["sensitive"].as_bool()), (Some("<p>a b</p>"), Some(true)));
    let query = send("?status=c&visibility=unlisted", "application/x-www-form-urlencoded", "");
    assert_eq!(query["visibility"], "unlisted");
    let part = "--x\r\ncontent-disposition: form-data; name=\"status\"\r\n\r\nd\r\n--x--\r\n";
    assert_eq!(send("", "multipart/form-data; boundary=x", part)["content"], "<p>d</p>");
    let nulls = r#"{"status":"e","poll":null,"media_ids":[],"scheduled_at":null,"quoted_status_id":null}"#;
    assert_eq!(send("", "application/json", nulls)["content"], "<p>e</p>");
}

#[test]
fn pitfall_3_to_5_every_list_is_walked_by_its_link_alone() {
    let taure = Taure::new();
    let posts: Vec<String> = (0..7).map(|n| id(&taure.posts(&format!("{n} #walk"))).to_owned()).collect();
    let newest_first: Vec<String> = posts.iter().rev().cloned().collect();
    for post in &posts {
        taure.post(&format!("/api/v1/statuses/{post}/favourite"), json!({})).ok();
    }
    for path in ["/api/v1/timelines/home", "/api/v1/timelines/tag/Walk", "/api/v1/favourites"] {
        let (mut walked, mut next) = (Vec::new(), Some(format!("{path}?limit=3")));
        while let Some(path) = next {
            let page = taure.get(&path);
            next = link(&taure, &page, "next");
            walked.extend(ids(&page.ok()));
        }
        assert_eq!(walked, newest_first, "{path}");
    }
    // And back up: the page right above the cursor, newest first.
    let up = taure.get(&format!("/api/v1/timelines/home?limit=2&min_id={}", posts[0]));
    let above = link(&taure, &up, "prev").unwrap();
    assert_eq!(ids(&up.ok()), [posts[2].clone(), posts[1].clone()]);
    assert_eq!(ids(&taure.get(&above).ok()), [posts[4].clone(), posts[3].clone()]);
}

#[test]
fn a_token_reads_only_what_its_scopes_say_and_a_stranger_only_the_owners_open_posts() {
    let taure = Taure::new();
    let open = taure.posts("for everybody");
    let private = taure.post("/api/v1/statuses", json!({"status": "for few", "visibility": "private"})).ok();
    let path = format!("/api/v1/statuses/{}", id(&private));
    assert_eq!(taure.as_stranger(&path).status, 404);
    assert_eq!(with_token(&taure, "GET", &path, &token(&taure, "push")).status, 403);
    assert_eq!(with_token(&taure, "GET", &path, &token(&taure, "read:statuses")).status, 200);

    assert_eq!(taure.as_stranger("/api/v1/timelines/public").status, 401);
    let local = taure.as_stranger("/api/v1/timelines/public?local=true").ok();
    assert_eq!(ids(&local), [id(&open)]);
    assert!(local[0].get("favourited").is_none());
    assert_eq!(taure.as_stranger("/api/v2/search?q=x&resolve=true").status, 401);
    let statuses = taure.as_stranger(&format!("/api/v1/accounts/{}/statuses", id(&open["account"]))).ok();
    assert_eq!(ids(&statuses), [id(&open)]);
    let batch = format!("/api/v1/statuses?id[]={}&id[]={}&id[]=1", id(&private), id(&open));
    assert_eq!(ids(&taure.as_stranger(&batch).ok()), [id(&open)]);
}

#[test]
fn pitfall_48_a_deleted_post_can_be_written_again() {
    let taure = Taure::new();
    let post = taure.posts("with *raw* text\nand a line");
    let gone = taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&post)), None).ok();
    assert_eq!(gone["text"], "with *raw* text\nand a line");
    assert!(gone.get("content").is_none());
    assert_eq!(taure.get(&format!("/api/v1/statuses/{}", id(&post))).status, 404);
}

#[test]
fn pitfall_46_and_47_boosting_answers_the_boost_and_unboosting_the_original() {
    let taure = Taure::new();
    let post = taure.posts("to be boosted");
    let boost = taure.post(&format!("/api/v1/statuses/{}/reblog", id(&post)), json!({})).ok();
    assert_ne!(boost["id"], post["id"]);
    assert_eq!(boost["reblog"]["id"], post["id"]);
    assert_eq!((&boost["reblog"]["reblogged"], &boost["reblog"]["reblogs_count"]), (&json!(true), &json!(1)));
    let by = taure.get(&format!("/api/v1/statuses/{}/reblogged_by", id(&post))).ok();
    assert_eq!(by[0]["id"], post["account"]["id"]);
    let back = taure.post(&format!("/api/v1/statuses/{}/unreblog", id(&boost)), json!({})).ok();
    assert_eq!((&back["id"], &back["reblogged"]), (&post["id"], &json!(false)));
}

#[test]
fn what_cannot_be_done_is_refused_and_nothing_is_posted() {
    let taure = Taure::new();
    let refused = taure.post("/api/v1/statuses", json!({"status": "no", "visibility": "everyone"}));
    assert_eq!(refused.status, 422);
    assert!(refused.json["error"].as_str().unwrap().starts_with("Validation failed: "));
    assert!(taure.home().is_empty());
}

#[test]
fn a_list_shows_its_members_and_an_exclusive_one_takes_them_out_of_home() {
    let (alice, bob) = friends();
    let friend = alice.finds(&bob.handle());
    let list = alice.post("/api/v1/lists", json!({"title": "Close"})).ok();
    let (path, members) = (format!("/api/v1/lists/{}", id(&list)), json!({"account_ids": [friend["id"]]}));
    alice.post(&format!("{path}/accounts"), members.clone()).ok();
    bob.posts("for the list");
    settle(&alice, &bob);
    let in_list = || alice.get(&format!("/api/v1/timelines/list/{}", id(&list))).ok();
    assert_eq!((in_list().as_array().unwrap().len(), alice.home().len()), (1, 1));
    alice.call("PUT", &path, Some(json!({"exclusive": "true"}))).ok();
    assert_eq!((in_list().as_array().unwrap().len(), alice.home().len()), (1, 0));
    alice.call("DELETE", &format!("{path}/accounts"), Some(members)).ok();
    assert_eq!((in_list().as_array().unwrap().len(), alice.home().len()), (0, 1));
}

#[test]
fn pitfall_87_grouped_notifications_carry_whom_and_what_they_name() {
    let (alice, bob) = friends();
    let post = alice.posts("please react");
    let there = bob.finds_status(post["uri"].as_str().unwrap());
    bob.post(&format!("/api/v1/statuses/{}/favourite", id(&there)), json!({})).ok();
    settle(&alice, &bob);
    let grouped = alice.get("/api/v2/notifications?types[]=favourite").ok();
    let group = &grouped["notification_groups"][0];
    assert_eq!(group["status_id"], post["id"]);
    assert_eq!(grouped["statuses"][0]["id"], post["id"]);
    assert_eq!(group["sample_account_ids"][0], grouped["accounts"][0]["id"]);
    assert!(group["most_recent_notification_id"].is_number() && group["page_max_id"].is_string());
    let key = group["group_key"].as_str().unwrap();
    let accounts = alice.get(&format!("/api/v2/notifications/{key}/accounts")).ok();
    assert_eq!(accounts[0]["id"], grouped["accounts"][0]["id"]);
    alice.post(&format!("/api/v2/notifications/{key}/dismiss"), json!({})).ok();
    assert_eq!(alice.get(&format!("/api/v2/notifications/{key}")).status, 404);
    assert!(alice.notifications("favourite").is_empty());
}

#[test]
fn a_direct_message_opens_a_conversation_that_stays_unread_until_it_is_read() {
    let (alice, bob) = friends();
    let text = format!("{} a word", alice.handle());
    bob.post("/api/v1/statuses", json!({"status": text, "visibility": "direct"})).ok();
    settle(&alice, &bob);
    let list = alice.get("/api/v1/conversations").ok();
    assert_eq!((&list[0]["unread"], &list[0]["accounts"][0]["username"]), (&json!(true), &json!("bob")));
    assert_eq!(list[0]["last_status"]["visibility"], "direct");
    let path = format!("/api/v1/conversations/{}", id(&list[0]));
    assert_eq!(alice.post(&format!("{path}/read"), json!({})).ok()["unread"], json!(false));
    alice.call("DELETE", &path, None).ok();
    assert_eq!(alice.get("/api/v1/conversations").ok(), json!([]));
}

#[test]
fn a_profile_is_changed_piece_by_piece_in_every_encoding() {
    let taure = Taure::new();
    let path = "/api/v1/accounts/update_credentials";
    let fields = json!({"fields_attributes": {"0": {"name": "A", "value": "b"}}, "note": "I am\nhere"});
    let first = taure.call("PATCH", path, Some(fields)).ok();
    assert_eq!(first["source"]["fields"][0], json!({"name": "A", "value": "b", "verified_at": null}));
    assert_eq!(first["source"]["note"], "I am\nhere");
    let defaults = json!({"source": {"privacy": "unlisted", "language": "de"}, "locked": "1"});
    let second = taure.call("PUT", path, Some(defaults)).ok();
    assert_eq!((&second["locked"], second["fields"].as_array().unwrap().len()), (&json!(true), 1));
    assert_eq!(taure.posts("by default")["visibility"], "unlisted");
    let preferences = taure.get("/api/v1/preferences").ok();
    assert_eq!(preferences["posting:default:language"], "de");
    let refused = taure.call("PATCH", path, Some(json!({"source": {"privacy": "everyone"}})));
    assert_eq!(refused.status, 422);
}
