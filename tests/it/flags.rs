//! Reports of other servers about the owner.

use crate::harness::Taure;
use crate::pages_requests::Browser;
use crate::peer::Peer;
use serde_json::{Value, json};

/// A fixture as `peer` sends it about the owner and `post`.
fn fixture(software: &str, peer: &Peer, taure: &Taure, post: &Value) -> Value {
    let path = format!("{}/tests/fixtures/{software}/flag.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let text = text
        .replace("https://home.example/users/owner/statuses/1", post["uri"].as_str().unwrap())
        .replace("https://home.example/users/owner", &taure.actor());
    let mut flag: Value = serde_json::from_str(&text).unwrap();
    flag["actor"] = json!(peer.actor());
    flag["id"] = json!(peer.new_id("flags"));
    flag
}

fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

#[test]
fn reports_of_mastodon_misskey_pleroma_and_lemmy_reach_the_owner() {
    let alice = Taure::new();
    let post = alice.posts("hello");
    for (software, comment, posts) in [
        ("mastodon", "This is spam", 1),
        ("misskey", "Spam and scam", 0),
        ("pleroma", "bad post", 1),
        ("lemmy", "Off topic", 1),
    ] {
        let peer = Peer::new(software);
        let mut actor = peer.actor_document();
        actor["type"] = json!("Application"); // the server itself
        peer.publish(&peer.actor(), actor);
        let flag = fixture(software, &peer, &alice, &post);
        takes(&alice, &peer, &flag);
        takes(&alice, &peer, &flag);
        let told = alice.notifications("admin.report");
        assert_eq!(told[0]["account"]["username"], software);
        let report = &told[0]["report"];
        assert_eq!((&report["comment"], &report["category"]), (&json!(comment), &json!("other")));
        assert_eq!(report["target_account"]["acct"], "alice");
        assert_eq!(report["status_ids"].as_array().unwrap().len(), posts, "{software}");
    }
    assert_eq!(alice.notifications("admin.report").len(), 4);
    let grouped = alice.get("/api/v2/notifications").ok();
    assert_eq!(grouped["notification_groups"][0]["report"]["comment"], "Off topic");

    let page = Browser::of(&alice);
    assert!(page.get("/notifications").text.contains("sent a report about you"));
    let html = page.get("/reports").text;
    assert!(
        html.contains("Spam and scam") && html.contains(&format!("/@alice/{}", post["id"].as_str().unwrap()))
    );
    assert!(!alice.as_stranger("/reports").text.contains("Spam"));
    let id = alice.notifications("admin.report")[0]["report"]["id"].as_str().unwrap().to_owned();
    page.press("/reports", &format!("/reports/{id}/dismiss"), &[]);
    assert!(!page.get("/reports").text.contains("Off topic"));
    assert_eq!(alice.notifications("admin.report").len(), 3);
}

#[test]
fn reports_about_others_mean_nothing_and_a_flood_of_them_ends() {
    let (alice, mallory) = (Taure::new(), Peer::new("mallory"));
    let note = mallory.note("<p>mine</p>", &[]);
    alice.finds_status(note["id"].as_str().unwrap());
    takes(&alice, &mallory, &mallory.activity("Flag", note["id"].clone()));
    takes(&alice, &mallory, &mallory.activity("Flag", json!(mallory.actor())));
    takes(&alice, &mallory, &mallory.activity("Flag", json!([])));
    assert!(alice.notifications("admin.report").is_empty());
    for n in 0..25 {
        let mut flag = mallory.activity("Flag", json!([alice.actor()]));
        flag["content"] = json!(format!("<script>{n}</script>{}", "x".repeat(20_000)));
        takes(&alice, &mallory, &flag);
    }
    let html = Browser::of(&alice).get("/reports").text;
    assert_eq!(html.matches("/dismiss\"").count(), 20);
    assert!(!html.contains("<script>0") && html.len() < 20 * 6_000 + 20_000);
    assert_eq!(alice.notifications("admin.report").len(), 1, "one a sender");
}

/// What a Taure sends is what a Taure takes.
#[test]
fn the_owners_report_reaches_another_house_without_a_name() {
    let (alice, dora) = (Taure::new(), Taure::named("dora"));
    let post = dora.posts("rude");
    let seen = alice.finds_status(post["uri"].as_str().unwrap());
    let form = json!({"account_id": seen["account"]["id"], "status_ids": [seen["id"]], "comment": "rude", "forward": true});
    alice.post("/api/v1/reports", form).ok();
    alice.settles();
    dora.settles();
    let told = dora.notifications("admin.report");
    assert_eq!(
        (&told[0]["report"]["comment"], &told[0]["report"]["status_ids"]),
        (&json!("rude"), &json!([post["id"]]))
    );
    assert!(!told[0].to_string().contains("users/alice"), "the instance reports");
}
