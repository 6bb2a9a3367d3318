//! Filters: <https://docs.joinmastodon.org/methods/filters/>

use crate::harness::{Answer, PASSWORD, Taure, request};
use crate::peer::Peer;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use taure::model::Event;
use taure::model::time::{HOUR, SECOND};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn makes(taure: &Taure, filter: Value) -> Value {
    taure.post("/api/v2/filters", filter).ok()
}

/// A filter of one keyword for home.
#[track_caller]
fn word(taure: &Taure, keyword: &str, action: &str) -> Value {
    let keywords = json!([{"keyword": keyword, "whole_word": true}]);
    let title = format!("About {keyword}");
    makes(
        taure,
        json!({"title": title, "context": ["home"], "filter_action": action, "keywords_attributes": keywords}),
    )
}

fn with_form(taure: &Taure, method: &str, path: &str, form: &str) -> Answer {
    let token = format!("Bearer {}", taure.token);
    let headers = [("authorization", token.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    request(method, &format!("{}{path}", taure.base), &headers, Some(form.as_bytes()))
}

#[track_caller]
fn refused(answer: Answer, words: &str) {
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert_eq!(answer.json["error"], words);
}

#[test]
fn a_filter_is_the_same_in_whatever_way_it_comes() {
    let taure = Taure::new();
    let form = "title=Cats&context[]=home&context[]=thread&filter_action=hide&expires_in=3600\
                &keywords_attributes[][keyword]=cat&keywords_attributes[][whole_word]=true\
                &keywords_attributes[][keyword]=dog&keywords_attributes[][whole_word]=false";
    let by_json = json!({
        "title": "Cats", "context": ["home", "thread"], "filter_action": "hide", "expires_in": 3600,
        "keywords_attributes": [{"keyword": "cat", "whole_word": true}, {"keyword": "dog", "whole_word": "false"}],
    });
    for made in [
        makes(&taure, by_json),
        with_form(&taure, "POST", "/api/v2/filters", form).ok(),
        taure.call("POST", &format!("/api/v2/filters?{form}"), None).ok(),
    ] {
        assert_eq!(made["title"], "Cats");
        assert_eq!(made["context"], json!(["home", "thread"]));
        assert_eq!(made["filter_action"], "hide");
        assert!(made["expires_at"].as_str().unwrap().ends_with('Z'));
        let words: Vec<_> =
            made["keywords"].as_array().unwrap().iter().map(|k| (&k["keyword"], &k["whole_word"])).collect();
        assert_eq!(words, [(&json!("cat"), &json!(true)), (&json!("dog"), &json!(false))]);
        assert_eq!(made["statuses"], json!([]));
        assert_eq!(taure.get(&format!("/api/v2/filters/{}", id(&made))).ok(), made);
    }
    assert_eq!(taure.get("/api/v2/filters").ok().as_array().unwrap().len(), 3);
}

#[test]
fn pitfall_12_keywords_are_added_changed_and_taken_away_within_their_filter() {
    let taure = Taure::new();
    let made = word(&taure, "cat", "warn");
    let path = format!("/api/v2/filters/{}", id(&made));
    let cat = id(&made["keywords"][0]);
    let form = format!(
        "keywords_attributes[][id]={cat}&keywords_attributes[][keyword]=kitten\
         &keywords_attributes[][keyword]=dog&keywords_attributes[][keyword]="
    );
    let changed = with_form(&taure, "PUT", &path, &form).ok();
    assert_eq!(changed["title"], made["title"], "what is not named stays");
    assert_eq!(changed["keywords"][0], json!({"id": cat, "keyword": "kitten", "whole_word": true}));
    assert_eq!(changed["keywords"][1]["keyword"], "dog");
    assert_eq!(changed["keywords"].as_array().unwrap().len(), 2, "an empty row is none: {changed}");

    let change = json!({"keywords_attributes": [{"id": cat, "_destroy": true}]});
    let left = taure.call("PATCH", &path, Some(change)).ok();
    assert_eq!(left["keywords"].as_array().unwrap().len(), 1);
    let other = id(&word(&taure, "owl", "warn")["keywords"][0]);
    let foreign = json!({"title": "X", "keywords_attributes": [{"id": other, "keyword": "mine"}]});
    assert_eq!(taure.call("PUT", &path, Some(foreign)).status, 404, "a keyword of another filter");
    assert_eq!(taure.get(&path).ok()["title"], made["title"], "all of a change or nothing");
}

#[test]
fn keywords_and_statuses_have_addresses_of_their_own() {
    let taure = Taure::new();
    let post = id(&taure.posts("Hello"));
    let path = format!("/api/v2/filters/{}", id(&word(&taure, "cat", "warn")));
    // Ice Cubes sends these in the query (pitfall 11).
    let dog = taure.call("POST", &format!("{path}/keywords?keyword=dog&whole_word=false"), None).ok();
    let at = format!("/api/v2/filters/keywords/{}", id(&dog));
    assert_eq!(taure.get(&at).ok(), dog);
    let changed = taure.call("PUT", &at, Some(json!({"whole_word": true}))).ok();
    assert_eq!((&changed["keyword"], &changed["whole_word"]), (&json!("dog"), &json!(true)));
    assert_eq!(taure.get(&format!("{path}/keywords")).ok().as_array().unwrap().len(), 2);
    assert_eq!(taure.call("DELETE", &at, None).ok(), json!({}));
    assert_eq!(taure.get(&at).status, 404);

    let named = taure.post(&format!("{path}/statuses"), json!({"status_id": post})).ok();
    assert_eq!(named["status_id"], *post);
    let at = format!("/api/v2/filters/statuses/{}", id(&named));
    assert_eq!(taure.get(&at).ok(), named);
    assert_eq!(taure.get(&format!("{path}/statuses")).ok(), json!([named]));
    assert_eq!(taure.get("/api/v2/filters").ok()[0]["statuses"], json!([named]));
    let again = taure.post(&format!("{path}/statuses"), json!({"status_id": post}));
    refused(again, "Validation failed: Status has already been taken");
    refused(
        taure.post(&format!("{path}/statuses"), json!({"status_id": "1"})),
        "Validation failed: Status must exist",
    );
    assert_eq!(taure.call("DELETE", &at, None).ok(), json!({}));
    assert_eq!(taure.call("DELETE", &at, None).status, 404);
    assert_eq!(taure.call("DELETE", &path, None).ok(), json!({}));
    assert_eq!(taure.get(&path).status, 404);
}

#[test]
fn pitfall_53_a_match_stands_in_the_status_wherever_the_owner_reads_it() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&taure);
    let filter = word(&taure, "cat", "warn");
    let note = bob.note(&format!("<p>{} A CAT!</p>", taure.handle()), &[&taure]);
    assert_eq!(bob.delivers(&taure, &bob.create(&note)).status, 202);
    taure.settles();
    let seen = &taure.home()[0];
    let expected = json!([{
        "filter": {
            "id": id(&filter), "title": "About cat", "context": ["home"], "expires_at": null, "filter_action": "warn",
        },
        "keyword_matches": ["CAT"],
        "status_matches": null,
    }]);
    assert_eq!(seen["filtered"], expected);
    let (post, author) = (id(seen), id(&seen["account"]));
    let tell = |path: &str| taure.get(path).ok();
    assert_eq!(tell(&format!("/api/v1/statuses/{post}"))["filtered"], expected);
    assert_eq!(tell(&format!("/api/v1/accounts/{author}/statuses"))[0]["filtered"], expected);
    assert_eq!(tell("/api/v1/timelines/public")[0]["filtered"], expected);
    assert_eq!(tell("/api/v1/notifications?types[]=mention")[0]["status"]["filtered"], expected);
    assert_eq!(tell("/api/v2/notifications?types[]=mention")["statuses"][0]["filtered"], expected);
    let answer = taure.post("/api/v1/statuses", json!({"status": "No animal", "in_reply_to_id": post})).ok();
    assert_eq!(answer["filtered"], json!([]));
    let context = tell(&format!("/api/v1/statuses/{}/context", id(&answer)));
    assert_eq!(context["ancestors"][0]["filtered"], expected);

    let boost = taure.post(&format!("/api/v1/statuses/{post}/reblog"), json!({})).ok();
    assert_eq!(boost["filtered"], expected);
    assert_eq!(boost["reblog"]["filtered"], expected);

    // Own posts, too; and nobody else sees a filter.
    let own = taure.posts("My cat");
    assert_eq!(own["filtered"][0]["keyword_matches"], json!(["cat"]));
    let stranger = taure.as_stranger(&format!("/api/v1/statuses/{}", id(&own))).ok();
    assert!(stranger.get("filtered").is_none());
}

#[test]
fn a_filter_may_blur_and_may_name_single_statuses() {
    let taure = Taure::new();
    let (post, other) = (id(&taure.posts("A cat")), id(&taure.posts("A bird")));
    let filter = word(&taure, "cat", "blur");
    assert_eq!(taure.status(&post)["filtered"][0]["filter"]["filter_action"], "blur");
    let path = format!("/api/v2/filters/{}/statuses", id(&filter));
    taure.post(&path, json!({"status_id": other})).ok();
    let found = |post: &str| taure.status(post)["filtered"][0].clone();
    assert_eq!(found(&other)["keyword_matches"], Value::Null);
    assert_eq!(found(&other)["status_matches"], json!([other]));
    assert_eq!(found(&post)["keyword_matches"], json!(["cat"]));
    assert_eq!(found(&post)["status_matches"], json!([]), "it names some, and not this one");
    let boost = taure.post(&format!("/api/v1/statuses/{other}/reblog"), json!({})).ok();
    assert_eq!(boost["filtered"][0]["status_matches"], json!([other]));
}

#[test]
fn a_filter_that_has_run_out_finds_nothing_and_can_be_made_to_last() {
    let taure = Taure::new();
    let post = id(&taure.posts("A cat"));
    let filter = word(&taure, "cat", "warn");
    let path = format!("/api/v2/filters/{}", id(&filter));
    let set = |change: Value| taure.call("PUT", &path, Some(change)).ok();
    let found = || taure.status(&post)["filtered"].as_array().unwrap().len();
    assert!(set(json!({"expires_in": "3600"}))["expires_at"].is_string());
    assert!(set(json!({"title": "Still"}))["expires_at"].is_string(), "absent leaves it");
    taure.later(HOUR - 60 * SECOND);
    assert_eq!(found(), 1);
    taure.later(2 * 60 * SECOND);
    assert_eq!(found(), 0);
    assert!(taure.get(&path).ok()["expires_at"].is_string(), "it is there still");
    // Phanpy says null for never, forms say nothing.
    assert_eq!(set(json!({"expires_in": null}))["expires_at"], Value::Null);
    assert_eq!(found(), 1);
    set(json!({"expires_in": 60}));
    assert_eq!(with_form(&taure, "PUT", &path, "expires_in=").ok()["expires_at"], Value::Null);
    set(json!({"expires_in": 1_i64 << 62}));
    assert_eq!(found(), 1, "a hundred years are enough");
    taure.settles();
}

#[test]
fn what_is_no_filter_is_refused_in_mastodons_words() {
    let taure = Taure::new();
    let create = |filter: Value| taure.post("/api/v2/filters", filter);
    refused(create(json!({"context": ["home"]})), "Validation failed: Title can't be blank");
    refused(
        create(json!({"title": "T"})),
        "Validation failed: Context can't be blank, Context None or invalid context supplied",
    );
    refused(
        create(json!({"title": "T", "context": ["home", "attic"]})),
        "Validation failed: Context None or invalid context supplied",
    );
    refused(
        create(json!({"title": "T", "context": ["home"], "filter_action": "burn"})),
        "Validation failed: Action is not included in the list",
    );
    let with =
        |word: Value| create(json!({"title": "T", "context": ["home"], "keywords_attributes": [word]}));
    refused(with(json!({"keyword": " ", "whole_word": true})), "Validation failed: Keyword can't be blank");
    refused(
        with(json!({"keyword": "x".repeat(513)})),
        "Validation failed: Keyword is too long (maximum is 512 characters)",
    );
    refused(
        create(json!({"title": "x".repeat(257), "context": ["home"]})),
        "Validation failed: Title is too long (maximum is 256 characters)",
    );
    let many: Vec<Value> = (0..1_001).map(|n| json!({"keyword": format!("word {n}")})).collect();
    let answer = create(json!({"title": "T", "context": ["home"], "keywords_attributes": many}));
    refused(answer, "Validation failed: You have reached the maximum number of keywords");
    assert_eq!(taure.get("/api/v2/filters").ok(), json!([]), "nothing was kept");
    for (method, path) in
        [("GET", "/api/v2/filters/1"), ("PUT", "/api/v1/filters/x"), ("DELETE", "/api/v2/filters/1")]
    {
        let answer = taure.call(method, path, (method == "PUT").then(|| json!({})));
        assert_eq!(
            (answer.status, &answer.json["error"]),
            (404, &json!("Record not found")),
            "{method} {path}"
        );
    }
    assert_eq!(taure.as_stranger("/api/v2/filters").status, 401);
}

#[test]
fn older_apps_see_each_keyword_as_a_filter() {
    let taure = Taure::new();
    let body = json!({"phrase": "cat", "context": ["home"], "irreversible": true, "whole_word": true});
    let made = taure.post("/api/v1/filters", body).ok();
    assert_eq!(
        made,
        json!({"id": id(&made), "phrase": "cat", "context": ["home"], "whole_word": true, "expires_at": null,
               "irreversible": true})
    );
    let newer = taure.get("/api/v2/filters").ok();
    assert_eq!((&newer[0]["title"], &newer[0]["filter_action"]), (&json!("cat"), &json!("hide")));
    assert_eq!(newer[0]["keywords"][0]["id"], made["id"], "its id is the keyword's");

    let path = format!("/api/v1/filters/{}", id(&made));
    let change =
        json!({"phrase": "dog", "context": ["home", "public"], "irreversible": false, "expires_in": 60});
    let changed = taure.call("PUT", &path, Some(change)).ok();
    assert_eq!((&changed["phrase"], &changed["irreversible"]), (&json!("dog"), &json!(false)));
    assert!(changed["expires_at"].is_string());

    // With a second keyword the filter is no longer this app's to change; the keyword is.
    let group = id(&newer[0]);
    taure.post(&format!("/api/v2/filters/{group}/keywords"), json!({"keyword": "owl"})).ok();
    assert_eq!(taure.get("/api/v1/filters").ok().as_array().unwrap().len(), 2);
    let refusal = taure.call("PUT", &path, Some(json!({"phrase": "dog", "context": ["thread"]})));
    assert!(
        refusal.status == 422 && refusal.text.contains("more than one filter keyword"),
        "{}",
        refusal.text
    );
    taure.call("PUT", &path, Some(json!({"whole_word": false}))).ok();

    assert_eq!(taure.call("DELETE", &path, None).ok(), json!({}));
    assert_eq!(taure.get(&format!("/api/v2/filters/{group}")).status, 200, "the other keyword keeps it");
    let owl = id(&taure.get("/api/v1/filters").ok()[0]);
    taure.call("DELETE", &format!("/api/v1/filters/{owl}"), None).ok();
    assert_eq!(taure.get("/api/v2/filters").ok(), json!([]), "nothing empty is left behind");
}

#[test]
fn every_change_of_a_filter_is_told_once() {
    let taure = Taure::new();
    let (told, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
    let counting = Arc::clone(&told);
    taure.app().events.listen(Box::new(move |events| {
        counting.fetch_add(events.iter().filter(|e| **e == Event::FiltersChanged).count(), Ordering::SeqCst);
    }));
    let tells = |what: &str| {
        let mut seen = seen.lock().unwrap();
        *seen += 1;
        assert_eq!(told.load(Ordering::SeqCst), *seen, "{what}");
    };
    let filter = word(&taure, "cat", "warn");
    tells("made, with its keyword");
    let path = format!("/api/v2/filters/{}", id(&filter));
    taure.call("PUT", &path, Some(json!({"title": "T"}))).ok();
    tells("changed");
    taure.post(&format!("{path}/keywords"), json!({"keyword": "dog"})).ok();
    tells("a keyword");
    taure.call("DELETE", &path, None).ok();
    tells("gone");
    assert_eq!(taure.call("DELETE", &path, None).status, 404);
    assert_eq!(told.load(Ordering::SeqCst), 4, "what changes nothing tells nothing");
}

#[test]
fn the_owners_pages_fold_what_is_warned_of_and_leave_out_what_is_hidden() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&taure);
    for text in ["A cat", "A dog", "A bird"] {
        assert_eq!(bob.delivers(&taure, &bob.create(&bob.note(text, &[]))).status, 202);
    }
    taure.settles();
    taure.posts("My own dog");
    word(&taure, "cat", "warn");
    word(&taure, "dog", "hide");
    let form = [("content-type", "application/x-www-form-urlencoded"), ("origin", taure.base.as_str())];
    let password = format!("password={}", PASSWORD.replace(' ', "+"));
    let signed = request("POST", &format!("{}/auth/sign_in", taure.base), &form, Some(password.as_bytes()));
    let cookie = signed.header("set-cookie").unwrap().split(';').next().unwrap();
    let page = taure.send("GET", "/", &[("cookie", cookie)], None);
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Filtered: About cat"), "{}", page.text);
    assert!(page.text.contains("A cat") && page.text.contains("A bird") && !page.text.contains("A dog"));
    assert!(page.text.contains("My own dog"), "what one wrote oneself is not filtered");
    let visitor = taure.as_stranger("/");
    assert!(visitor.text.contains("My own dog") && !visitor.text.contains("Filtered"));
}
