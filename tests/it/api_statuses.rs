//! A status from being posted to being deleted: <https://docs.joinmastodon.org/methods/statuses/>

use crate::harness::{Answer, Taure};
use crate::pictures;
use serde_json::{Value, json};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(id).collect()
}

#[track_caller]
fn posts(taure: &Taure, body: Value) -> Value {
    taure.post("/api/v1/statuses", body).ok()
}

#[track_caller]
fn act(taure: &Taure, status: &str, what: &str) -> Value {
    taure.post(&format!("/api/v1/statuses/{status}/{what}"), json!({})).ok()
}

fn edit(taure: &Taure, status: &str, body: Value) -> Answer {
    taure.call("PUT", &format!("/api/v1/statuses/{status}"), Some(body))
}

fn answers(taure: &Taure, to: &str, text: &str) -> String {
    id(&posts(taure, json!({"status": text, "in_reply_to_id": to})))
}

/// Posts as an app that may have to ask twice.
fn with_key(taure: &Taure, key: &str, body: Value) -> Answer {
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("idempotency-key", key)];
    taure.send("POST", "/api/v1/statuses", &headers, Some(body))
}

#[test]
fn pitfall_29_every_key_is_there_even_when_it_is_null() {
    let taure = Taure::new();
    let post = posts(&taure, json!({"status": "plain", "language": "lv"}));
    for key in ["edited_at", "in_reply_to_id", "in_reply_to_account_id", "reblog", "card", "poll"] {
        assert_eq!(post.get(key), Some(&Value::Null), "{key}");
    }
    for key in ["media_attachments", "mentions", "tags", "emojis", "filtered"] {
        assert_eq!(post[key], json!([]), "{key}");
    }
    for key in ["sensitive", "favourited", "reblogged", "muted", "bookmarked", "pinned"] {
        assert_eq!(post[key], false, "{key}");
    }
    assert_eq!((&post["language"], &post["visibility"]), (&json!("lv"), &json!("public")));
    assert_eq!((&post["spoiler_text"], &post["replies_count"]), (&json!(""), &json!(0)));
    assert_eq!(post["uri"], format!("{}/statuses/{}", taure.actor(), id(&post)));
    // Milliseconds and a Z, or Swift and Kotlin cannot read it.
    let written = post["created_at"].as_str().unwrap();
    assert!(written.len() == 24 && written.ends_with('Z') && &written[19..20] == ".", "{written}");
}

#[test]
fn what_breaks_a_limit_is_refused_in_words_and_nothing_is_posted() {
    let taure = Taure::new();
    let five: Vec<String> = (0..5).map(|_| pictures::upload(&taure, "red")).collect();
    for (body, status, says) in [
        (json!({"status": " \n"}), 422, "Validation failed: Text can't be blank"),
        (
            json!({"status": "x".repeat(5_001)}),
            422,
            "Validation failed: Text character limit of 5000 exceeded",
        ),
        (
            json!({"status": "x", "media_ids": five}),
            422,
            "Validation failed: Cannot attach more than 4 files",
        ),
        (json!({"status": "x", "media_ids": ["1"]}), 422, "Validation failed: "),
        (
            json!({"status": "x", "in_reply_to_id": "1"}),
            404,
            "The post you are trying to reply to does not appear to exist.",
        ),
    ] {
        let refused = taure.post("/api/v1/statuses", body);
        assert_eq!(refused.status, status, "{}", refused.text);
        assert!(refused.json["error"].as_str().unwrap().starts_with(says), "{} is not {says}", refused.text);
    }
    assert!(taure.home().is_empty());
    // An address counts 23 characters, however long it is.
    let address = format!("https://example.org/{}", "y".repeat(3_000));
    posts(&taure, json!({"status": format!("{} {address}", "x".repeat(4_000))}));
}

#[test]
fn pitfall_18_a_key_gives_the_same_post_for_an_hour_with_its_picture() {
    let mut taure = Taure::new();
    let picture = pictures::upload(&taure, "red");
    let body = json!({"status": "once", "media_ids": [picture]});
    let twice: Vec<Answer> = std::thread::scope(|scope| {
        let both: Vec<_> = (0..2).map(|_| scope.spawn(|| with_key(&taure, "k", body.clone()))).collect();
        both.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let made: Vec<Value> = twice.into_iter().map(Answer::ok).collect();
    assert_eq!(made[0]["id"], made[1]["id"]);
    assert_eq!(made[1]["media_attachments"][0]["id"], picture);
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"], 1);

    let other = with_key(&taure, "another", json!({"status": "once"})).ok();
    assert_ne!(other["id"], made[0]["id"]);
    // A refusal is not remembered: the corrected post goes out under the same key.
    assert_eq!(with_key(&taure, "late", json!({"status": ""})).status, 422);
    with_key(&taure, "late", json!({"status": "now with words"})).ok();
    taure.restart();
    assert_eq!(with_key(&taure, "k", body).ok()["id"], made[0]["id"], "a restart forgets no key");
    taure.later(61 * 60 * 1_000);
    assert_ne!(with_key(&taure, "k", json!({"status": "once"})).ok()["id"], made[0]["id"]);
}

#[test]
fn pitfall_49_source_is_what_was_typed_and_history_every_version() {
    let taure = Taure::new();
    let text = "a <b> & *c*\n\nhttps://example.org";
    let post = id(&posts(&taure, json!({"status": text, "spoiler_text": "typing", "language": "en"})));
    let source = |id: &str| taure.get(&format!("/api/v1/statuses/{id}/source")).ok();
    assert_eq!(source(&post), json!({"id": post, "text": text, "spoiler_text": "typing"}));
    let history = || taure.get(&format!("/api/v1/statuses/{post}/history")).ok();
    assert_eq!(history().as_array().unwrap().len(), 1, "the first version is history, too");

    taure.later(2_000);
    let edited = edit(&taure, &post, json!({"status": "d"})).ok();
    assert_eq!((id(&edited), &edited["content"]), (post.clone(), &json!("<p>d</p>")));
    assert_eq!((&edited["spoiler_text"], &edited["language"]), (&json!(""), &json!("en")));
    assert_eq!(source(&post)["text"], "d");
    let versions = history();
    assert_eq!(versions[0]["spoiler_text"], "typing");
    assert_eq!(versions[0]["created_at"], edited["created_at"]);
    assert_eq!(
        (&versions[1]["content"], &versions[1]["created_at"]),
        (&json!("<p>d</p>"), &edited["edited_at"])
    );

    assert_eq!(edit(&taure, &post, json!({"status": ""})).status, 422);
    assert_eq!(source(&post)["text"], "d", "what was refused changed nothing");
    assert_eq!(edit(&taure, "1", json!({"status": "x"})).status, 404);
}

#[test]
fn pitfall_50_an_edit_describes_keeps_and_takes_off_pictures() {
    let taure = Taure::new();
    let pictures = [pictures::upload(&taure, "one"), pictures::upload(&taure, "two")];
    let post = id(&posts(&taure, json!({"status": "two", "media_ids": pictures})));
    let attached = |status: &Value| ids(&status["media_attachments"]);
    assert_eq!(attached(&taure.status(&post)), pictures);

    let described = edit(
        &taure,
        &post,
        json!({
            "status": "two", "media_ids": [pictures[1], pictures[0]],
            "media_attributes": [{"id": pictures[0], "description": "first", "focus": "0.5,-0.25"}],
        }),
    )
    .ok();
    assert_eq!(attached(&described), [pictures[1].clone(), pictures[0].clone()], "in the order given");
    let media = &described["media_attachments"];
    assert_eq!((&media[0]["description"], &media[1]["description"]), (&json!("two"), &json!("first")));
    assert_eq!(media[1]["meta"]["focus"], json!({"x": 0.5, "y": -0.25}));

    let bare = edit(&taure, &post, json!({"status": "none"})).ok();
    assert_eq!(bare["media_attachments"], json!([]));
    let history = taure.get(&format!("/api/v1/statuses/{post}/history")).ok();
    assert_eq!(history[0]["media_attachments"].as_array().unwrap().len(), 2);
}

#[test]
fn pitfall_48_pictures_of_a_deleted_post_can_be_used_again_unless_they_go_too() {
    let taure = Taure::new();
    let picture = pictures::upload(&taure, "red");
    let first = id(&posts(&taure, json!({"status": "a tpyo", "spoiler_text": "cw", "media_ids": [picture]})));
    let gone = taure.call("DELETE", &format!("/api/v1/statuses/{first}"), None).ok();
    assert_eq!((&gone["text"], &gone["spoiler_text"]), (&json!("a tpyo"), &json!("cw")));
    assert_eq!(ids(&gone["media_attachments"]), [&*picture]);
    let again = id(&posts(&taure, json!({"status": "a typo", "media_ids": [picture]})));

    let path = format!("/api/v1/statuses/{again}?delete_media=true");
    taure.call("DELETE", &path, None).ok();
    assert_eq!(taure.call("DELETE", &path, None).status, 404);
    assert_eq!(taure.get(&format!("/api/v1/media/{picture}")).status, 404);
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"], 0);
}

#[test]
fn pitfall_52_a_thread_reads_from_the_root_and_then_branch_by_branch() {
    let taure = Taure::new();
    let root = id(&taure.posts("root"));
    let a = answers(&taure, &root, "a");
    let b = answers(&taure, &root, "b");
    let a1 = answers(&taure, &a, "a1");
    let a11 = answers(&taure, &a1, "a11");
    let a2 = answers(&taure, &a, "a2");
    let context = |of: &str| {
        let context = taure.get(&format!("/api/v1/statuses/{of}/context")).ok();
        (ids(&context["ancestors"]), ids(&context["descendants"]))
    };
    let own = |list: &[&String]| -> Vec<String> { list.iter().map(|id| (*id).clone()).collect() };
    assert_eq!(context(&root), (vec![], own(&[&a, &a1, &a11, &a2, &b])));
    assert_eq!(context(&a1), (own(&[&root, &a]), own(&[&a11])));
    assert_eq!(context(&b), (own(&[&root]), vec![]));
    let boost = id(&act(&taure, &a1, "reblog"));
    assert_eq!(context(&boost), context(&a1), "a boost has the thread of what it boosts");

    assert_eq!(taure.status(&root)["replies_count"], 2);
    taure.call("DELETE", &format!("/api/v1/statuses/{a}"), None).ok();
    assert_eq!(taure.status(&root)["replies_count"], 1);
    assert_eq!(context(&root).1, [b], "what hung below a deleted post is no longer reached");
    assert_eq!(taure.status(&a1)["in_reply_to_id"], Value::Null);
}

#[test]
fn pitfall_46_a_boost_is_a_wrapper_and_every_act_on_it_means_the_original() {
    let taure = Taure::new();
    let post = id(&taure.posts("original"));
    let boost = act(&taure, &post, "reblog");
    let wrapper = id(&boost);
    assert_eq!(boost["content"], boost["reblog"]["content"]);
    assert_eq!(id(&act(&taure, &post, "reblog")), wrapper, "boosting twice is boosting once");
    assert_eq!(id(&act(&taure, &wrapper, "reblog")), wrapper, "a boost is not boosted");
    assert_eq!(taure.status(&post)["reblogs_count"], 1);
    for (action, mark) in [("favourite", "favourited"), ("bookmark", "bookmarked"), ("pin", "pinned")] {
        let marked = act(&taure, &wrapper, action);
        assert_eq!((id(&marked), &marked[mark]), (post.clone(), &json!(true)), "{action}");
        assert_eq!(act(&taure, &post, &format!("un{action}"))[mark], false, "{action}");
    }
    // Deleting the wrapper takes the boost back and leaves the post.
    taure.call("DELETE", &format!("/api/v1/statuses/{wrapper}"), None).ok();
    let left = taure.status(&post);
    assert_eq!((&left["reblogged"], &left["reblogs_count"]), (&json!(false), &json!(0)));
    assert_eq!(taure.home().len(), 1);
}

#[test]
fn a_boost_goes_no_further_than_what_it_boosts() {
    let taure = Taure::new();
    let post = |visibility: &str| id(&posts(&taure, json!({"status": "x", "visibility": visibility})));
    let boost = |id: &str, body: Value| taure.post(&format!("/api/v1/statuses/{id}/reblog"), body);
    assert_eq!(boost(&post("private"), json!({"visibility": "public"})).ok()["visibility"], "private");
    assert_eq!(boost(&post("public"), json!({"visibility": "unlisted"})).ok()["visibility"], "unlisted");
    assert_eq!(boost(&post("direct"), json!({})).status, 422);
    assert_eq!(boost(&post("public"), json!({"visibility": "wide"})).status, 422);
    assert_eq!(boost("1", json!({})).status, 404);
}

#[test]
fn pitfall_22_what_is_not_for_strangers_does_not_exist_for_them_anywhere() {
    let taure = Taure::new();
    let root = id(&taure.posts("open"));
    let quiet = posts(&taure, json!({"status": "q", "visibility": "unlisted", "in_reply_to_id": root}));
    assert_eq!(taure.as_stranger(&format!("/api/v1/statuses/{}", id(&quiet))).status, 200);
    for visibility in ["private", "direct"] {
        let hidden = posts(&taure, json!({"status": "h", "visibility": visibility, "in_reply_to_id": root}));
        for part in ["", "/context", "/history", "/favourited_by", "/reblogged_by"] {
            let path = format!("/api/v1/statuses/{}{part}", id(&hidden));
            let answer = taure.as_stranger(&path);
            assert_eq!((answer.status, &answer.json["error"]), (404, &json!("Record not found")), "{path}");
        }
    }
    assert_eq!(taure.as_stranger(&format!("/api/v1/statuses/{root}/source")).status, 401);
    let context = taure.as_stranger(&format!("/api/v1/statuses/{root}/context")).ok();
    assert_eq!(ids(&context["descendants"]), [id(&quiet)]);
    let tokenless = taure.send("POST", "/api/v1/statuses", &[], Some(json!({"status": "x"})));
    assert_eq!((tokenless.status, &tokenless.json["error"]), (401, &json!("The access token is invalid")));
}

#[test]
fn a_muted_thread_no_longer_notifies() {
    let (alice, bob) = (Taure::new(), Taure::named("bob"));
    let post = alice.posts("a thread that gets long");
    let there = id(&bob.finds_status(post["uri"].as_str().unwrap()));
    assert_eq!(act(&alice, &id(&post), "mute")["muted"], true);
    answers(&bob, &there, &format!("{} first", alice.handle()));
    bob.settles();
    alice.settles();
    assert!(alice.notifications("mention").is_empty());
    assert_eq!(alice.status(&id(&post))["replies_count"], 1);
    assert_eq!(act(&alice, &id(&post), "unmute")["muted"], false);
    answers(&bob, &there, &format!("{} second", alice.handle()));
    bob.settles();
    alice.settles();
    assert_eq!(alice.notifications("mention").len(), 1);
}
