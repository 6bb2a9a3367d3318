//! The owner's polls, from an app's eyes: <https://docs.joinmastodon.org/methods/polls/>

use crate::harness::{Answer, PASSWORD, Taure, request};
use crate::peer::Peer;
use crate::pictures;
use serde_json::{Value, json};
use taure::model::time::{DAY, MINUTE};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn titles(poll: &Value) -> Vec<&str> {
    poll["options"].as_array().unwrap().iter().map(|o| o["title"].as_str().unwrap()).collect()
}

fn asks(taure: &Taure, more: Value) -> Value {
    let mut body = json!({"status": "Tea?", "poll": {"options": ["Yes", "No"], "expires_in": 3_600}});
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    taure.post("/api/v1/statuses", body).ok()
}

fn edit(taure: &Taure, status: &str, body: Value) -> Answer {
    taure.call("PUT", &format!("/api/v1/statuses/{status}"), Some(body))
}

#[test]
fn pitfall_54_a_poll_has_every_key_wherever_it_is_shown() {
    let taure = Taure::new();
    let post = asks(&taure, json!({}));
    let poll = &post["poll"];
    assert_eq!(titles(poll), ["Yes", "No"]);
    assert_eq!(poll["options"][0]["votes_count"], 0);
    for (key, value) in [
        ("own_votes", json!([])),
        ("voted", json!(true)),
        ("emojis", json!([])),
        ("expired", json!(false)),
        ("multiple", json!(false)),
        ("votes_count", json!(0)),
        ("voters_count", json!(0)),
    ] {
        assert_eq!(poll[key], value, "{key}");
    }
    let end = poll["expires_at"].as_str().unwrap();
    assert!(end.len() == 24 && end.ends_with('Z'), "{end}");
    let by_id = taure.get(&format!("/api/v1/polls/{}", id(poll))).ok();
    assert_eq!(&by_id, poll);

    let boost = taure.post(&format!("/api/v1/statuses/{}/reblog", id(&post)), json!({})).ok();
    assert_eq!((&boost["poll"], &boost["reblog"]["poll"]), (&json!(null), poll));
    let seen = taure.as_stranger(&format!("/api/v1/statuses/{}", id(&post))).ok();
    assert!(seen["poll"].get("voted").is_none() && seen["poll"].get("own_votes").is_none());
    assert_eq!(titles(&seen["poll"]), ["Yes", "No"]);
}

#[test]
fn a_poll_is_made_by_form_query_and_multipart_too() {
    let taure = Taure::new();
    let token = format!("Bearer {}", taure.token);
    let form = "status=Tea&poll[options][]=a&poll%5Boptions%5D%5B%5D=b&poll[expires_in]=600&poll[multiple]=true\
                &poll[hide_totals]=1";
    let address = format!("{}/api/v1/statuses", taure.base);
    let headers = [("authorization", token.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let by_form = request("POST", &address, &headers, Some(form.as_bytes())).ok();
    let by_query = request("POST", &format!("{address}?{form}"), &headers[..1], Some(b"")).ok();
    let fields = [
        ("status", "Tea"),
        ("poll[options][]", "a"),
        ("poll[options][]", "b"),
        ("poll[expires_in]", "600"),
        ("poll[multiple]", "on"),
        ("poll[hide_totals]", "true"),
    ];
    let by_multipart = pictures::send(&taure, "POST", "/api/v1/statuses", &fields, None).ok();
    for post in [by_form, by_query, by_multipart] {
        assert_eq!(titles(&post["poll"]), ["a", "b"]);
        assert_eq!(post["poll"]["multiple"], true);
        assert_eq!(post["poll"]["options"][0]["votes_count"], json!(null), "hidden until the end");
    }
    let plain = taure.post("/api/v1/statuses", json!({"status": "no poll", "poll": null})).ok();
    assert_eq!(plain["poll"], json!(null));
}

#[test]
fn pitfall_23_what_is_no_poll_is_refused_in_words_and_nothing_is_posted() {
    let taure = Taure::new();
    let limits = taure.get("/api/v2/instance").ok()["configuration"]["polls"].clone();
    assert_eq!(
        limits,
        json!({"max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746})
    );
    let picture = pictures::upload(&taure, "red");
    for (body, says) in [
        (json!({"poll": {"options": ["a"], "expires_in": 600}}), "Choices must have more than one item"),
        (
            json!({"poll": {"options": ["a", "b", "c", "d", "e"], "expires_in": 600}}),
            "Choices can't contain more",
        ),
        (json!({"poll": {"options": ["a", "a"], "expires_in": 600}}), "Choices contain duplicate items"),
        (json!({"poll": {"options": ["a", "x".repeat(51)], "expires_in": 600}}), "Choices cannot be longer"),
        (json!({"poll": {"options": ["a", "b"], "expires_in": 299}}), "Deadline is too soon"),
        (json!({"poll": {"options": ["a", "b"], "expires_in": 99_999_999}}), "Deadline is too far"),
        (json!({"poll": {"options": ["a", "b"]}}), "Deadline can't be blank"),
        (
            json!({"poll": {"options": ["a", "b"], "expires_in": 600}, "media_ids": [picture]}),
            "A poll and files",
        ),
        (json!({"poll": {"options": ["a", "b"], "expires_in": 600}, "status": ""}), "Text can't be blank"),
    ] {
        let mut whole = json!({"status": "x"});
        whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let refused = taure.post("/api/v1/statuses", whole);
        let error = refused.json["error"].as_str().unwrap_or_default();
        assert_eq!(refused.status, 422, "{body}: {}", refused.text);
        assert!(error.starts_with(&format!("Validation failed: {says}")), "{error} is not {says}");
    }
    assert!(taure.home().is_empty());
}

#[test]
fn the_owner_cannot_vote_in_an_own_poll_nor_in_none() {
    let taure = Taure::new();
    let poll = asks(&taure, json!({}))["poll"].clone();
    let vote = |id: &str, body: Value| taure.post(&format!("/api/v1/polls/{id}/votes"), body);
    let own = vote(&id(&poll), json!({"choices": [0]}));
    assert_eq!(
        (own.status, &own.json["error"]),
        (422, &json!("Validation failed: You cannot vote in your own polls"))
    );
    assert_eq!(vote(&id(&poll), json!({})).status, 400);
    let plain = id(&taure.posts("no poll"));
    assert_eq!(vote(&plain, json!({"choices": [0]})).status, 404);
    assert_eq!(vote("1", json!({"choices": [0]})).status, 404);
    assert_eq!(taure.get(&format!("/api/v1/polls/{plain}")).status, 404);
    assert_eq!(taure.get("/api/v1/polls/none").status, 404);
}

#[test]
fn a_poll_is_as_visible_as_its_status() {
    let taure = Taure::new();
    for (visibility, status) in [("public", 200), ("unlisted", 200), ("private", 404), ("direct", 404)] {
        let poll = asks(&taure, json!({"visibility": visibility}))["poll"].clone();
        let path = format!("/api/v1/polls/{}", id(&poll));
        assert_eq!(taure.as_stranger(&path).status, status, "{visibility}");
        assert_eq!(taure.get(&path).status, 200);
        let narrow = taure::ops::auth::issue_token(&taure.app().store, "push", "push").unwrap();
        let bearer = format!("Bearer {narrow}");
        assert_eq!(taure.send("GET", &path, &[("authorization", &bearer)], None).status, 403);
    }
}

#[test]
fn an_own_poll_ends_at_its_time_and_its_maker_hears_of_it_once() {
    let mut taure = Taure::new();
    let post =
        asks(&taure, json!({"poll": {"options": ["a", "b"], "expires_in": 3_600, "hide_totals": true}}));
    taure.later(59 * MINUTE);
    taure.settles();
    assert!(taure.notifications("poll").is_empty());
    assert_eq!(taure.status(&id(&post))["poll"]["expired"], false);
    taure.restart(); // an alarm survives that
    taure.later(2 * MINUTE);
    taure.settles();
    let told = taure.notifications("poll");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["status"]["poll"]["expired"], true);
    assert_eq!(told[0]["status"]["poll"]["options"][0]["votes_count"], 0, "no longer hidden");
    assert_eq!(told[0]["account"]["acct"], "alice");
    let page = taure.as_stranger(&format!("/@alice/{}", id(&post))).text;
    assert!(page.contains("<progress") && page.contains("ended"), "{page}");
    taure.restart();
    taure.later(DAY);
    taure.settles();
    assert_eq!(taure.notifications("poll").len(), 1);
}

#[test]
fn pitfall_50_other_options_begin_without_votes_and_an_edit_without_a_poll_takes_it_off() {
    let taure = Taure::new();
    let post = id(&asks(&taure, json!({})));
    let peer = Peer::new("bob");
    peer.votes(&taure, &taure.status(&post), &["Yes"]);
    assert_eq!(taure.status(&post)["poll"]["votes_count"], 1);

    let same = json!({"status": "Tea?!", "poll": {"options": ["Yes", "No"], "expires_in": 7_200}});
    assert_eq!(edit(&taure, &post, same).ok()["poll"]["votes_count"], 1);
    let other = json!({"status": "Tea?!", "poll": {"options": ["Yes", "Never"], "expires_in": 7_200}});
    let changed = edit(&taure, &post, other).ok();
    assert_eq!((&changed["poll"]["votes_count"], &changed["poll"]["voters_count"]), (&json!(0), &json!(0)));
    peer.votes(&taure, &changed, &["Never"]);
    assert_eq!(taure.status(&post)["poll"]["options"][1]["votes_count"], 1, "Bob may vote again");

    let gone =
        taure.call("PATCH", &format!("/api/v1/statuses/{post}"), Some(json!({"status": "No tea."}))).ok();
    assert_eq!(gone["poll"], json!(null));
    let history = taure.get(&format!("/api/v1/statuses/{post}/history")).ok();
    let polls: Vec<&Value> = history.as_array().unwrap().iter().map(|v| &v["poll"]).collect();
    assert_eq!(polls.len(), 4);
    assert_eq!(polls[0], &json!({"options": [{"title": "Yes"}, {"title": "No"}]}));
    assert_eq!(polls[2], &json!({"options": [{"title": "Yes"}, {"title": "Never"}]}));
    assert_eq!(polls[3], &Value::Null);
    taure.later(3 * 60 * MINUTE);
    taure.settles();
    assert!(taure.notifications("poll").is_empty(), "the poll that is gone does not end");
}

#[test]
fn an_edit_that_changes_nothing_is_none() {
    let taure = Taure::new();
    let picture = pictures::upload(&taure, "red");
    let body = json!({"status": "As it is", "media_ids": [picture], "spoiler_text": "cw", "language": "en",
        "media_attributes": [{"id": picture, "description": "red"}]});
    let post = id(&taure.post("/api/v1/statuses", body.clone()).ok());
    assert_eq!(edit(&taure, &post, body.clone()).ok()["edited_at"], json!(null));
    let mut described = body;
    described["media_attributes"][0]["description"] = json!("a red square");
    let edited = edit(&taure, &post, described).ok();
    assert!(edited["edited_at"].is_string());
    assert_eq!(edited["media_attachments"][0]["description"], "a red square");
}

#[test]
fn pitfall_48_a_deleted_poll_comes_back_for_redraft() {
    let taure = Taure::new();
    let post = id(&asks(&taure, json!({})));
    let gone = taure.call("DELETE", &format!("/api/v1/statuses/{post}"), None).ok();
    assert_eq!((&gone["text"], titles(&gone["poll"])), (&json!("Tea?"), vec!["Yes", "No"]));
    assert_eq!(taure.get(&format!("/api/v1/polls/{post}")).status, 404);

    // The pictures of an old post can be used again for a day from now.
    let picture = pictures::upload(&taure, "red");
    let old = id(&taure.post("/api/v1/statuses", json!({"status": "x", "media_ids": [picture]})).ok());
    taure.later(40 * DAY);
    taure.settles();
    taure.call("DELETE", &format!("/api/v1/statuses/{old}"), None).ok();
    taure.later(2 * 60 * MINUTE);
    taure.settles();
    let again = taure.post("/api/v1/statuses", json!({"status": "y", "media_ids": [picture]})).ok();
    assert_eq!(again["media_attachments"][0]["id"], picture);
}

/// A browser in which the owner has signed in: its cookie, and the token that forms carry.
fn signed_in(taure: &Taure) -> (String, String) {
    let address = format!("{}/auth/sign_in", taure.base);
    let form = [("content-type", "application/x-www-form-urlencoded"), ("origin", taure.base.as_str())];
    let password: String = url::form_urlencoded::byte_serialize(PASSWORD.as_bytes()).collect();
    let answer = request("POST", &address, &form, Some(format!("password={password}").as_bytes()));
    let cookie = answer.header("set-cookie").unwrap_or_else(|| panic!("{}", answer.text));
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let page = request("GET", &format!("{}/compose", taure.base), &[("cookie", &cookie)], None).text;
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (cookie, csrf)
}

#[test]
fn the_owner_asks_and_votes_in_a_browser_without_a_script() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let (cookie, csrf) = signed_in(&taure);
    let send = |path: &str, fields: &[(&str, &str)]| {
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend(fields);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", cookie.as_str()),
            ("origin", &taure.base),
        ];
        request("POST", &format!("{}{path}", taure.base), &headers, Some(body.as_bytes()))
    };
    let fields = [
        ("text", "Tea?"),
        ("visibility", "public"),
        ("options[]", "<Yes>"),
        ("options[]", "No"),
        ("options[]", ""),
        ("options[]", ""),
        ("expires_in", "3600"),
        ("multiple", "1"),
    ];
    let made = send("/compose", &fields);
    assert_eq!(made.status, 303, "{}", made.text);
    let poll = taure.home()[0]["poll"].clone();
    assert_eq!((titles(&poll), &poll["multiple"]), (vec!["<Yes>", "No"], &json!(true)));
    let page = taure.as_stranger(made.header("location").unwrap()).text;
    assert!(
        page.contains("&lt;Yes&gt;") && page.contains("0 people") && !page.contains("<form class=\"poll")
    );

    // An edit of the text alone keeps the poll.
    let path = format!("/posts/{}/edit", id(&poll));
    let box_of = request("GET", &format!("{}{path}", taure.base), &[("cookie", &cookie)], None).text;
    let before = box_of.split("name=\"poll_before\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let before = before.replace("&lt;", "<").replace("&gt;", ">");
    let fields = [
        ("text", "Tea, then?"),
        ("options[]", "<Yes>"),
        ("options[]", "No"),
        ("expires_in", ""),
        ("multiple", "1"),
        ("poll_before", &before),
    ];
    assert_eq!(send(&path, &fields).status, 303);
    let edited = &taure.home()[0];
    assert_eq!(edited["content"], "<p>Tea, then?</p>");
    assert_eq!(edited["poll"]["expires_at"], poll["expires_at"]);

    let question = peer.asks(&["Cats", "Dogs"], &[&taure]);
    assert_eq!(peer.delivers(&taure, &peer.create(&question)).status, 202);
    taure.settles();
    let theirs = taure.finds_status(question["id"].as_str().unwrap());
    let at = format!("/@bob@{}/{}", peer.domain(), id(&theirs));
    let page = |at: &str| request("GET", &format!("{}{at}", taure.base), &[("cookie", &cookie)], None).text;
    assert!(page(&at).contains("type=\"radio\" name=\"choices[]\" value=\"1\""));
    assert_eq!(send(&format!("/posts/{}/vote", id(&theirs)), &[("back", &at)]).status, 422);
    let voted = send(&format!("/posts/{}/vote", id(&theirs)), &[("choices[]", "1"), ("back", &at)]);
    assert_eq!((voted.status, voted.header("location")), (303, Some(at.as_str())));
    assert!(page(&at).contains("your vote"));
    taure.settles();
    assert_eq!(peer.received_of("Create")[0]["object"]["name"], "Dogs");
}
