//! Lists: <https://docs.joinmastodon.org/methods/lists/>

use crate::harness::{Answer, Taure};
use crate::peer::Peer;
use serde_json::{Value, json};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn ids(answer: Answer) -> Vec<String> {
    answer.ok().as_array().unwrap().iter().map(id).collect()
}

#[track_caller]
fn list(taure: &Taure, form: Value) -> String {
    id(&taure.post("/api/v1/lists", form).ok())
}

#[track_caller]
fn puts(taure: &Taure, list: &str, accounts: &[&str]) {
    let answer = taure.post(&format!("/api/v1/lists/{list}/accounts"), json!({"account_ids": accounts}));
    assert_eq!(answer.ok(), json!({}));
}

#[track_caller]
fn refused(answer: Answer, words: &str) {
    assert_eq!((answer.status, &answer.json["error"]), (422, &json!(words)));
}

#[test]
fn pitfall_98_a_list_takes_whom_the_owner_follows_once_each_and_shows_all_at_limit_0() {
    let (taure, bob, carol, dave) = (Taure::new(), Peer::new("bob"), Peer::new("carol"), Peer::new("dave"));
    let (bob, carol) = (id(&bob.is_followed_by(&taure)), id(&carol.is_followed_by(&taure)));
    let list = list(&taure, json!({"title": "Friends"}));
    let path = format!("/api/v1/lists/{list}/accounts");
    puts(&taure, &list, &[&bob, &bob]);
    refused(
        taure.post(&path, json!({"account_ids": [carol, bob]})),
        "Validation failed: Account is already on the list",
    );
    assert_eq!(ids(taure.get(&path)), [&*bob], "all of a change or nothing");
    let stranger = id(&taure.finds(&dave.handle()));
    let answer = taure.post(&path, json!({"account_ids": [stranger]}));
    assert_eq!((answer.status, &answer.json["error"]), (404, &json!("Record not found")));
    puts(&taure, &list, &[&carol]);

    let page = taure.get(&format!("{path}?limit=1"));
    let header = page.header("link").unwrap().to_owned();
    assert!(header.contains("limit=1&max_id=") && header.contains("limit=1&since_id="), "{header}");
    assert!(!header.contains(&carol) && !header.contains(&bob), "paged by rows (pitfall 4): {header}");
    assert_eq!(ids(page), [&*carol]);
    let everybody = taure.get(&format!("{path}?limit=0"));
    assert_eq!(everybody.header("link"), None);
    assert_eq!(ids(everybody), [&*carol, &*bob]);
}

#[test]
fn pitfall_13_a_delete_carries_its_members_in_the_query_or_in_the_body() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let (bob, carol) = (id(&bob.is_followed_by(&taure)), id(&carol.is_followed_by(&taure)));
    let list = list(&taure, json!({"title": "Friends"}));
    let path = format!("/api/v1/lists/{list}/accounts");
    puts(&taure, &list, &[&bob, &carol]);
    let gone = taure.call("DELETE", &format!("{path}?account_ids[]={bob}"), None);
    assert_eq!(gone.ok(), json!({}));
    assert_eq!(taure.call("DELETE", &path, Some(json!({"account_ids": [carol]}))).ok(), json!({}));
    assert!(ids(taure.get(&path)).is_empty());
}

#[test]
fn pitfall_14_a_list_is_changed_by_put_and_patch_alike_and_what_is_none_is_refused() {
    let taure = Taure::new();
    let made = list(&taure, json!({"title": " Friends ", "replies_policy": "none", "exclusive": "true"}));
    let path = format!("/api/v1/lists/{made}");
    let shown = taure.get(&path).ok();
    assert_eq!(shown, json!({"id": made, "title": "Friends", "replies_policy": "none", "exclusive": true}));
    let changed = taure.call("PATCH", &path, Some(json!({"exclusive": 0}))).ok();
    assert_eq!((&changed["title"], &changed["exclusive"]), (&json!("Friends"), &json!(false)));
    let changed = taure.call("PUT", &format!("{path}?title=Others"), None).ok();
    assert_eq!((&changed["title"], &changed["replies_policy"]), (&json!("Others"), &json!("none")));
    refused(taure.post("/api/v1/lists", json!({"title": ""})), "Validation failed: Title can't be blank");
    refused(
        taure.post("/api/v1/lists", json!({"title": "T", "replies_policy": "all"})),
        "Validation failed: Replies policy is not included in the list",
    );
    for n in 1..50 {
        list(&taure, json!({"title": format!("L{n}")}));
    }
    refused(
        taure.post("/api/v1/lists", json!({"title": "one too many"})),
        "Validation failed: You have reached the maximum number of lists",
    );
    assert_eq!(taure.call("DELETE", &path, None).ok(), json!({}));
    assert_eq!(taure.get(&path).status, 404);
}

#[test]
fn the_replies_policy_says_whose_answers_a_list_shows() {
    let (taure, bob, carol, dave) = (Taure::new(), Peer::new("bob"), Peer::new("carol"), Peer::new("dave"));
    let (bob_here, carol_here) = (bob.is_followed_by(&taure), carol.is_followed_by(&taure));
    dave.is_followed_by(&taure);
    let says = |by: &Peer, to: Option<&Value>| {
        let mut note = by.note("<p>Hello</p>", &[]);
        note["published"] = json!(taure.clock.now().to_string());
        note["inReplyTo"] = to.map_or(Value::Null, |to| to["id"].clone());
        assert_eq!(by.delivers(&taure, &by.create(&note)).status, 202);
        taure.settles();
        note
    };
    let (carols, daves) = (says(&carol, None), says(&dave, None));
    let own = json!({"id": taure.posts("Mine")["uri"]});
    let plain = says(&bob, None);
    let to_self = says(&bob, Some(&plain));
    let to_owner = says(&bob, Some(&own));
    let to_member = says(&bob, Some(&carols));
    let to_followed = says(&bob, Some(&daves));
    let members = [id(&bob_here), id(&carol_here)];
    let bobs = |policy: &str| {
        let list = list(&taure, json!({"title": policy, "replies_policy": policy}));
        puts(&taure, &list, &[&members[0], &members[1]]);
        let shown = taure.get(&format!("/api/v1/timelines/list/{list}")).ok();
        let shown: Vec<Value> = shown.as_array().unwrap().iter().map(|s| s["uri"].clone()).collect();
        [&plain, &to_self, &to_owner, &to_member, &to_followed].map(|note| shown.contains(&note["id"]))
    };
    assert_eq!(bobs("none"), [true, true, true, false, false]);
    assert_eq!(bobs("list"), [true, true, true, true, false]);
    assert_eq!(bobs("followed"), [true, true, true, true, true]);
}

#[test]
fn a_list_shows_a_boosted_post_once_and_the_owner_may_be_in_it() {
    let (taure, bob, carol, erin) = (Taure::new(), Peer::new("bob"), Peer::new("carol"), Peer::new("erin"));
    let (bob_here, carol_here) = (id(&bob.is_followed_by(&taure)), id(&carol.is_followed_by(&taure)));
    let note = erin.note("<p>Worth it</p>", &[]);
    for by in [&bob, &carol] {
        let boost = by.activity("Announce", note["id"].clone());
        assert_eq!(by.delivers(&taure, &boost).status, 202);
        taure.settles();
    }
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let own = taure.posts("Mine");
    let shown = |members: &[&str]| {
        let list = list(&taure, json!({"title": "L"}));
        puts(&taure, &list, members);
        ids(taure.get(&format!("/api/v1/timelines/list/{list}"))).len()
    };
    assert_eq!(shown(&[&bob_here, &carol_here]), 1);
    assert_eq!(shown(&[&carol_here]), 1, "here Carol's is the only one");
    let list = list(&taure, json!({"title": "Me"}));
    puts(&taure, &list, &[&id(&me)]);
    assert_eq!(ids(taure.get(&format!("/api/v1/timelines/list/{list}"))), [id(&own)]);
}
