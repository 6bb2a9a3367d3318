//! Quotes through the client API: <https://docs.joinmastodon.org/client/quotes/>

use crate::harness::{Answer, Taure, request};
use serde_json::{Value, json};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn quote(taure: &Taure, of: &Value, more: Value) -> Answer {
    let mut form = json!({"status": "Look at this", "quoted_status_id": of["id"]});
    for (key, value) in more.as_object().unwrap() {
        form[key] = value.clone();
    }
    taure.post("/api/v1/statuses", form)
}

fn revoke(taure: &Taure, of: &Value, by: &Value) -> Answer {
    taure.post(&format!("/api/v1/statuses/{}/quotes/{}/revoke", id(of), id(by)), json!({}))
}

fn quotes(taure: &Taure, of: &Value) -> Vec<Value> {
    taure.get(&format!("/api/v1/statuses/{}/quotes", id(of))).ok().as_array().unwrap().clone()
}

#[test]
fn pitfall_55_a_quote_holds_the_whole_post_and_that_ones_quote_its_id() {
    let taure = Taure::new();
    let first = taure.posts("The first");
    assert!(first["quote"].is_null() && first.get("quote").is_some());
    let second = quote(&taure, &first, json!({})).ok();
    assert_eq!(second["quote"]["state"], "accepted");
    assert_eq!(second["quote"]["quoted_status"]["id"], first["id"]);
    assert!(second["quote"]["quoted_status"]["quote"].is_null());
    assert!(second["quote"].get("quoted_status_id").is_none());

    let third = quote(&taure, &second, json!({"status": ""})).ok();
    let inside = &third["quote"]["quoted_status"];
    assert_eq!(inside["id"], second["id"]);
    assert_eq!(inside["quote"], json!({"state": "accepted", "quoted_status_id": first["id"]}));
    // And in lists.
    assert_eq!(taure.home()[0]["quote"]["quoted_status"]["id"], second["id"]);
    let boost = taure.post(&format!("/api/v1/statuses/{}/reblog", id(&third)), json!({})).ok();
    assert!(boost["quote"].is_null());
    assert_eq!(boost["reblog"]["quote"]["quoted_status"]["id"], second["id"]);
    // Quoting a boost quotes what it boosts.
    let again = quote(&taure, &boost, json!({})).ok();
    assert_eq!(again["quote"]["quoted_status"]["id"], third["id"]);
}

#[test]
fn pitfall_56_each_status_says_who_may_quote_it_and_how_often_it_was() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let approval = json!({"automatic": ["public"], "manual": [], "current_user": "automatic"});
    assert_eq!(post["quote_approval"], approval);
    assert_eq!(post["quotes_count"], 0);
    let by = quote(&taure, &post, json!({})).ok();
    assert_eq!(taure.status(id(&post))["quotes_count"], 1);
    assert_eq!(quotes(&taure, &post)[0]["id"], by["id"]);
    let stranger = taure.as_stranger(&format!("/api/v1/statuses/{}", id(&post))).ok();
    assert_eq!(stranger["quote_approval"]["current_user"], "denied");

    taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&by)), None).ok();
    assert_eq!(taure.status(id(&post))["quotes_count"], 0);
    assert!(quotes(&taure, &post).is_empty());
    let letter = taure.post("/api/v1/statuses", json!({"status": "psst", "visibility": "direct"})).ok();
    assert_eq!(letter["quote_approval"]["current_user"], "denied");
}

#[test]
fn pitfall_57_the_policy_comes_from_the_post_the_defaults_and_the_visibility() {
    let taure = Taure::new();
    let post = |form: Value| taure.post("/api/v1/statuses", form);
    let policy = |form: Value| post(form).ok()["quote_approval"]["automatic"].clone();
    assert_eq!(policy(json!({"status": "a", "quote_approval_policy": "followers"})), json!(["followers"]));
    assert_eq!(policy(json!({"status": "b", "quote_approval_policy": "nobody"})), json!([]));
    let private = json!({"status": "c", "visibility": "private", "quote_approval_policy": "public"});
    assert_eq!(policy(private), json!([]));
    let wrong = post(json!({"status": "d", "quote_approval_policy": "friends"}));
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert!(wrong.json["error"].as_str().unwrap().starts_with("Validation failed"));

    let defaults = json!({"source": {"quote_policy": "followers"}});
    let me = taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(defaults)).ok();
    assert_eq!(me["source"]["quote_policy"], "followers");
    assert_eq!(taure.get("/api/v1/preferences").ok()["posting:default:quote_policy"], "followers");
    assert_eq!(policy(json!({"status": "e"})), json!(["followers"]));
}

#[test]
fn pitfall_57_the_address_of_the_quoted_post_stands_in_front() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let by = quote(&taure, &post, json!({})).ok();
    let content = by["content"].as_str().unwrap();
    assert!(content.starts_with("<p class=\"quote-inline\">RE: <a href="), "{content}");
    assert!(content.contains(post["url"].as_str().unwrap()));
    let source = taure.get(&format!("/api/v1/statuses/{}/source", id(&by))).ok();
    assert_eq!(source["text"], "Look at this");
    // Not a second time where it stands already.
    let text = format!("Look: {}", post["url"].as_str().unwrap());
    let by = quote(&taure, &post, json!({"status": text})).ok();
    assert!(!by["content"].as_str().unwrap().contains("quote-inline"));
}

#[test]
fn what_cannot_be_quoted_is_refused_in_mastodons_words() {
    let taure = Taure::new();
    let letter = taure.post("/api/v1/statuses", json!({"status": "psst", "visibility": "direct"})).ok();
    for of in [letter, json!({"id": "12345"}), json!({"id": "x"})] {
        let refused = quote(&taure, &of, json!({}));
        assert_eq!(refused.status, 404, "{}", refused.text);
        assert_eq!(refused.json["error"], "The post you are trying to quote does not appear to exist.");
    }
    let post = taure.posts("Hello");
    let poll = quote(&taure, &post, json!({"poll": {"options": ["a", "b"], "expires_in": 600}}));
    assert_eq!(poll.status, 422, "{}", poll.text);
    // An empty id is none.
    let plain = taure.post("/api/v1/statuses", json!({"status": "x", "quoted_status_id": ""})).ok();
    assert!(plain["quote"].is_null());
}

#[test]
fn a_quote_of_a_post_for_followers_is_for_followers_and_shows_strangers_nothing() {
    let taure = Taure::new();
    let private = taure.post("/api/v1/statuses", json!({"status": "secret", "visibility": "private"})).ok();
    let by = quote(&taure, &private, json!({"visibility": "public"})).ok();
    assert_eq!(by["visibility"], "private");
    assert_eq!(by["quote"]["quoted_status"]["id"], private["id"]);
    assert_eq!(taure.as_stranger(&format!("/api/v1/statuses/{}", id(&by))).status, 404);
    let letter = quote(&taure, &private, json!({"visibility": "direct"})).ok();
    assert_eq!(letter["visibility"], "direct");
}

#[test]
fn an_own_quote_is_revoked_and_answers_the_quoting_post() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let by = quote(&taure, &post, json!({})).ok();
    for _ in 0..2 {
        let answer = revoke(&taure, &post, &by).ok();
        assert_eq!(answer["id"], by["id"]);
        assert_eq!(answer["quote"], json!({"state": "revoked", "quoted_status": null}));
    }
    assert_eq!(taure.status(id(&post))["quotes_count"], 0);
    assert_eq!(revoke(&taure, &by, &post).status, 404);
    let note = taure.document(by["uri"].as_str().unwrap()).ok();
    assert!(note.get("quote").is_none(), "{note}");
}

#[test]
fn a_quote_outlives_what_it_quotes_and_says_so() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let by = quote(&taure, &post, json!({})).ok();
    taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&post)), None).ok();
    assert_eq!(taure.status(id(&by))["quote"], json!({"state": "deleted", "quoted_status": null}));
    assert_eq!(taure.document(by["uri"].as_str().unwrap()).ok()["quote"], json!({"type": "Tombstone"}));
}

#[test]
fn an_edit_keeps_the_quote_and_the_fallback() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let by = quote(&taure, &post, json!({})).ok();
    let path = format!("/api/v1/statuses/{}", id(&by));
    let edited = taure.call("PUT", &path, Some(json!({"status": "Changed"}))).ok();
    assert_eq!(edited["quote"]["quoted_status"]["id"], post["id"]);
    assert!(edited["content"].as_str().unwrap().contains("quote-inline"));
    assert_eq!(edited["quote_approval"]["automatic"], json!(["public"]));
    // It may say nothing itself, and who may quote it may change with it.
    let empty = json!({"status": "", "quote_approval_policy": "nobody"});
    let edited = taure.call("PUT", &path, Some(empty)).ok();
    assert_eq!(edited["quote_approval"]["automatic"], json!([]));
}

#[test]
fn a_deleted_quote_can_be_written_again() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let by = quote(&taure, &post, json!({})).ok();
    revoke(&taure, &post, &by).ok();
    let gone = taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&by)), None).ok();
    assert_eq!(gone["text"], "Look at this");
    assert_eq!(gone["quote"]["quoted_status"]["id"], post["id"]);
}

#[test]
fn the_interaction_policy_changes_by_put_and_patch_in_every_encoding() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let path = format!("/api/v1/statuses/{}/interaction_policy", id(&post));
    let shown = |answer: Answer| answer.ok()["quote_approval"]["automatic"].clone();
    let json = json!({"quote_approval_policy": "nobody"});
    assert_eq!(shown(taure.call("PUT", &path, Some(json))), json!([]));
    let query = format!("{path}?quote_approval_policy=followers");
    assert_eq!(shown(taure.call("PATCH", &query, None)), json!(["followers"]));
    let bearer = format!("Bearer {}", taure.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let url = format!("{}{path}", taure.base);
    assert_eq!(
        shown(request("PUT", &url, &headers, Some(b"quote_approval_policy=public"))),
        json!(["public"])
    );
    assert_eq!(taure.call("PUT", &path, Some(json!({"quote_approval_policy": "x"}))).status, 422);
    assert_eq!(taure.call("PUT", "/api/v1/statuses/1/interaction_policy", Some(json!({}))).status, 404);
    // An edit is something else: nobody is told of one.
    assert!(taure.status(id(&post))["edited_at"].is_null());
}

#[test]
fn pitfall_4_quotes_are_paged_by_hidden_ids() {
    let taure = Taure::new();
    let post = taure.posts("Hello");
    let by: Vec<Value> = (0..3).map(|_| quote(&taure, &post, json!({})).ok()).collect();
    let page = taure.get(&format!("/api/v1/statuses/{}/quotes?limit=2", id(&post)));
    let link = page.header("link").unwrap().to_owned();
    assert!(link.contains("rel=\"next\"") && link.contains("since_id="), "{link}");
    let next = link.split(['<', '>']).nth(1).unwrap().to_owned();
    let first = page.ok();
    assert_eq!((&first[0]["id"], &first[1]["id"]), (&by[2]["id"], &by[1]["id"]));
    assert!(!next.contains(id(&by[1])), "{next}");
    let rest = taure.get(next.strip_prefix(&taure.base).unwrap()).ok();
    assert_eq!(rest.as_array().unwrap().len(), 1);
    assert_eq!(rest[0]["id"], by[0]["id"]);
}
