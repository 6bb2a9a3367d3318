//! Collections: who may be in one, who sees it, and what they are told.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};

fn make(taure: &Taure, body: Value) -> Value {
    taure.post("/api/v1/collections", body).ok()["collection"].clone()
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

fn me(taure: &Taure) -> String {
    id(&taure.get("/api/v1/accounts/verify_credentials").ok()).to_owned()
}

#[test]
fn a_collection_is_made_changed_and_deleted() {
    let taure = Taure::new();
    let body = json!({"name": "Cats", "description": "of Rīga", "language": "lv", "sensitive": "false",
        "discoverable": "true", "tag_name": "#Cats"});
    let made = make(&taure, body);
    assert_eq!(
        (&made["name"], &made["description"], &made["language"]),
        (&json!("Cats"), &json!("of Rīga"), &json!("lv"))
    );
    assert_eq!(
        (&made["local"], &made["discoverable"], &made["item_count"]),
        (&json!(true), &json!(true), &json!(0))
    );
    assert_eq!(made["tag"], json!({"name": "Cats", "url": format!("{}/tags/cats", taure.base)}));
    assert_eq!(made["account_id"], me(&taure));
    let path = format!("/api/v1/collections/{}", id(&made));
    for method in ["PATCH", "PUT"] {
        let changed = taure.call(method, &path, Some(json!({"name": method, "tag_name": ""}))).ok();
        assert_eq!(changed["collection"]["name"], method);
        assert_eq!(
            (&changed["collection"]["description"], &changed["collection"]["tag"]),
            (&json!("of Rīga"), &Value::Null)
        );
    }
    assert_eq!(taure.call("DELETE", &path, None).ok(), json!({}));
    for method in ["GET", "DELETE", "PATCH"] {
        assert_eq!(taure.call(method, &path, Some(json!({}))).status, 404, "{method}");
    }
    assert_eq!(taure.get("/api/v1_alpha/collections/1").status, 404);
}

#[test]
fn a_collection_keeps_to_its_limits() {
    let taure = Taure::new();
    for (body, what) in [
        (json!({}), "Name can't be blank"),
        (json!({"name": "x".repeat(41)}), "Name is too long"),
        (json!({"name": "x", "description": "x".repeat(101)}), "Description is too long"),
        (json!({"name": "x", "tag_name": "no tag"}), "Tag name is invalid"),
        (json!({"name": "x", "account_ids": (1..=26).collect::<Vec<_>>()}), "too many"),
    ] {
        let answer = taure.post("/api/v1/collections", body);
        assert_eq!(answer.status, 422, "{what}");
        assert!(answer.json["error"].as_str().unwrap().contains(what), "{}", answer.text);
    }
    for n in 0..10 {
        make(&taure, json!({"name": n}));
    }
    assert_eq!(taure.post("/api/v1/collections", json!({"name": "eleven"})).status, 422);
    let list = taure.get(&format!("/api/v1/accounts/{}/collections?limit=3&offset=8", me(&taure))).ok();
    let names: Vec<&Value> = list["collections"].as_array().unwrap().iter().map(|c| &c["name"]).collect();
    assert_eq!(names, [&json!("1"), &json!("0")]);
}

#[test]
fn somebody_elsewhere_stays_pending_and_is_shown_to_the_owner_only() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let (bob, carol) = (bob.is_known_to(&taure, true), carol.is_known_to(&taure, false));
    let made =
        make(&taure, json!({"name": "People", "discoverable": true, "account_ids": [id(&bob), me(&taure)]}));
    let states: Vec<&Value> = made["items"].as_array().unwrap().iter().map(|i| &i["state"]).collect();
    assert_eq!((states, &made["item_count"]), (vec![&json!("pending"), &json!("accepted")], &json!(2)));

    let path = format!("/api/v1/collections/{}", id(&made));
    let mine = taure.get(&path).ok();
    assert_eq!(mine["accounts"].as_array().unwrap().len(), 2);
    assert_eq!(mine["collection"]["item_count"], 2);
    let theirs = taure.as_stranger(&path).ok();
    assert_eq!(theirs["accounts"].as_array().unwrap().len(), 1, "somebody was shown who was not asked");
    assert_eq!(
        (&theirs["collection"]["item_count"], &theirs["accounts"][0]["username"]),
        (&json!(1), &json!("alice"))
    );

    let items = format!("{path}/items");
    assert_eq!(taure.post(&items, json!({"account_id": id(&bob)})).status, 422, "twice");
    assert_eq!(
        taure.post(&items, json!({"account_id": id(&carol)})).status,
        403,
        "who does not want to be found"
    );
    assert_eq!(taure.post(&items, json!({"account_id": "12345"})).status, 404);
    assert_eq!(taure.post(&items, json!({})).status, 422);
    taure.post(&format!("/api/v1/accounts/{}/block", id(&bob)), json!({})).ok();
    let other = make(&taure, json!({"name": "Others"}));
    let answer =
        taure.post(&format!("/api/v1/collections/{}/items", id(&other)), json!({"account_id": id(&bob)}));
    assert_eq!(answer.status, 403, "somebody who is blocked");

    let item = id(&made["items"][0]);
    assert_eq!(taure.call("DELETE", &format!("{items}/{item}"), None).ok(), json!({}));
    assert_eq!(taure.call("DELETE", &format!("{items}/{item}"), None).status, 404);
    assert_eq!(taure.get(&path).ok()["collection"]["item_count"], 1);
}

#[test]
fn whoever_is_followed_can_be_recommended() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let bob = bob.is_followed_by(&taure);
    let made = make(&taure, json!({"name": "Friends"}));
    let items = format!("/api/v1/collections/{}/items", id(&made));
    let item = taure.post(&items, json!({"account_id": id(&bob)})).ok()["collection_item"].clone();
    assert_eq!((&item["state"], &item["account_id"]), (&json!("pending"), &bob["id"]));
    let revoke = |item: &str| taure.post(&format!("{items}/{item}/revoke"), json!({}));
    assert_eq!(revoke(id(&item)).status, 403, "that is for them to say");
    assert_eq!(revoke("7").status, 404);
}

#[test]
fn the_owner_leaves_a_collection_and_sees_where_they_are() {
    let taure = Taure::new();
    let own = me(&taure);
    taure.call("PATCH", "/api/v1/profile", Some(json!({"discoverable": true}))).ok();
    let made = make(&taure, json!({"name": "Me", "account_ids": [own]}));
    make(&taure, json!({"name": "Nobody", "discoverable": true}));
    let inside = || taure.get(&format!("/api/v1/accounts/{own}/in_collections")).ok();
    assert_eq!(inside()["collections"].as_array().unwrap().len(), 1);
    let path = format!("/api/v1/accounts/{own}/collections");
    assert_eq!(taure.get(&path).ok()["collections"].as_array().unwrap().len(), 2);
    let listed = taure.as_stranger(&path).ok();
    assert_eq!(listed["collections"].as_array().unwrap().len(), 1, "one that is not listed was listed");
    let item = id(&made["items"][0]);
    taure.post(&format!("/api/v1/collections/{}/items/{item}/revoke", id(&made)), json!({})).ok();
    assert_eq!(inside(), json!({"collections": []}));

    let peer = Peer::new("bob");
    let bob = peer.is_known_to(&taure, true);
    assert_eq!(
        taure.get(&format!("/api/v1/accounts/{}/collections", id(&bob))).ok(),
        json!({"collections": []})
    );
    assert_eq!(taure.get(&format!("/api/v1/accounts/{}/in_collections", id(&bob))).status, 403);
    assert_eq!(taure.get("/api/v1/accounts/9/collections").status, 404);
}
