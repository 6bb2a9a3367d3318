//! Reports: <https://docs.joinmastodon.org/methods/reports/>

use crate::harness::Taure;
use crate::peer::{PUBLIC, Peer};
use serde_json::{Value, json};

const REPORTS: &str = "/api/v1/reports";

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

/// Somebody known here, and a post of theirs.
fn somebody(taure: &Taure, name: &str) -> (Peer, Value, Value) {
    let peer = Peer::new(name);
    let account = taure.finds(&peer.handle());
    let note = peer.note("<p>Buy this</p>", &[]);
    let post = taure.finds_status(note["id"].as_str().unwrap());
    (peer, account, post)
}

#[test]
fn a_forwarded_report_arrives_as_a_flag_that_the_instance_actor_signed() {
    let taure = Taure::new();
    let (peer, account, post) = somebody(&taure, "bob");
    let report = taure
        .post(
            REPORTS,
            json!({"account_id": id(&account), "status_ids": [id(&post)], "comment": "This is spam.",
                   "category": "spam", "forward": true}),
        )
        .ok();
    let expected = json!({
        "id": report["id"], "action_taken": false, "action_taken_at": null, "category": "spam",
        "comment": "This is spam.", "forwarded": true, "created_at": report["created_at"],
        "status_ids": [id(&post)], "rule_ids": null, "collection_ids": [],
        "target_account": report["target_account"],
    });
    assert_eq!(report, expected);
    assert_eq!(report["target_account"]["id"], account["id"]);
    taure.settles();

    let flag = &peer.received_of("Flag")[0];
    let instance = format!("{}/actor", taure.base);
    assert_eq!(flag["actor"], instance.as_str());
    assert_eq!(flag["object"], json!([peer.actor(), post["uri"]]));
    assert_eq!(flag["content"], "This is spam.");
    assert_eq!(flag["to"], json!([peer.actor()]));
    assert!(!flag.to_string().contains(&taure.actor()), "it says who reported");
    let key = format!("keyId=\"{instance}#main-key\"");
    assert!(peer.signatures()[0].contains(&key), "{:?} was not signed by the instance", peer.signatures());
    let document = taure.document(&instance).ok();
    assert_eq!(document["publicKey"]["id"], format!("{instance}#main-key"));
    assert_eq!(peer.paths(), ["/users/bob/inbox"]);
}

#[test]
fn what_the_owner_does_is_still_signed_by_the_owner() {
    let taure = Taure::new();
    let peer = Peer::new("bob");
    peer.follows(&taure);
    let key = format!("keyId=\"{}#main-key\"", taure.actor());
    assert!(peer.signatures().iter().all(|s| s.contains(&key)));
    assert!(!peer.signatures().is_empty());
}

#[test]
fn a_report_that_is_not_forwarded_stays_here() {
    let taure = Taure::new();
    let (peer, account, _) = somebody(&taure, "bob");
    for body in [json!({}), json!({"forward": false}), json!({"forward": "0"})] {
        let mut body = body;
        body["account_id"] = account["id"].clone();
        let report = taure.post(REPORTS, body).ok();
        assert_eq!((&report["forwarded"], &report["category"]), (&json!(false), &json!("other")));
        assert_eq!(report["comment"], "");
    }
    let elsewhere =
        json!({"account_id": id(&account), "forward": true, "forward_to_domains": ["other.example"]});
    assert_eq!(taure.post(REPORTS, elsewhere).ok()["forwarded"], false);
    taure.settles();
    assert!(peer.received().is_empty());
}

#[test]
fn the_server_of_whom_the_post_answers_is_told_only_if_it_is_named() {
    let taure = Taure::new();
    let (peer, account, _) = somebody(&taure, "bob");
    let (victim, _, asked) = somebody(&taure, "victim");
    let mut note = peer.note("<p>You fool</p>", &[]);
    note["inReplyTo"] = asked["uri"].clone();
    note["to"] = json!([PUBLIC]);
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    let post = taure.finds_status(note["id"].as_str().unwrap());
    let report = |domains: &[String]| {
        let body = json!({"account_id": id(&account), "status_ids": [id(&post)], "forward": true,
                          "forward_to_domains": domains});
        let report = taure.post(REPORTS, body).ok();
        taure.settles();
        report
    };
    assert_eq!(report(&[peer.domain()])["forwarded"], true);
    assert_eq!((peer.received_of("Flag").len(), victim.received_of("Flag").len()), (1, 0));
    assert_eq!(report(&[victim.domain()])["forwarded"], false);
    assert_eq!((peer.received_of("Flag").len(), victim.received_of("Flag").len()), (1, 1));
}

#[test]
fn pitfall_11_ice_cubes_sends_its_report_in_the_query() {
    let taure = Taure::new();
    let (_, account, post) = somebody(&taure, "bob");
    let path = format!("{REPORTS}?account_id={}&comment=Spam&status_ids[]={}", id(&account), id(&post));
    let report = taure.call("POST", &path, None).ok();
    assert_eq!(report["comment"], "Spam");
    assert_eq!(report["status_ids"], json!([id(&post)]));
}

#[test]
fn what_cannot_be_reported_is_refused() {
    let taure = Taure::new();
    let (_, account, _) = somebody(&taure, "bob");
    let (_, _, of_another) = somebody(&taure, "carol");
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let bob = id(&account);
    for (body, status) in [
        (json!({}), 404),
        (json!({"account_id": "12"}), 404),
        (json!({"account_id": "x"}), 404),
        (json!({"account_id": id(&me)}), 422),
        (json!({"account_id": bob, "status_ids": [id(&of_another)]}), 404),
        (json!({"account_id": bob, "status_ids": ["99"]}), 404),
        (json!({"account_id": bob, "collection_ids": ["1"]}), 404),
        (json!({"account_id": bob, "comment": "x".repeat(1_001)}), 422),
        (json!({"account_id": bob, "category": "boredom"}), 422),
        (json!({"account_id": bob, "category": "violation", "rule_ids": ["1"]}), 422),
    ] {
        let answer = taure.post(REPORTS, body.clone());
        assert_eq!(answer.status, status, "{body}: {}", answer.text);
        assert!(answer.json["error"].is_string());
    }
    let longest = json!({"account_id": bob, "comment": "ā".repeat(1_000), "category": "legal"});
    assert_eq!(taure.post(REPORTS, longest).ok()["category"], "legal");
}

#[test]
fn a_report_about_the_owner_is_told_and_changes_nothing_else() {
    let taure = Taure::new();
    let peer = Peer::new("bob");
    let flag = peer.activity("Flag", json!([taure.actor()]));
    assert_eq!(peer.delivers(&taure, &flag).status, 202);
    taure.settles();
    let told = taure.get("/api/v1/notifications").ok();
    assert_eq!((told.as_array().unwrap().len(), &told[0]["type"]), (1, &json!("admin.report")));
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);
}
