//! Blocked servers: <https://docs.joinmastodon.org/methods/domain_blocks/>

use crate::harness::{Answer, Taure};
use crate::peer::Peer;
use serde_json::{Value, json};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn block(taure: &Taure, domain: &str) {
    assert_eq!(taure.post("/api/v1/domain_blocks", json!({"domain": domain})).ok(), json!({}));
    taure.settles();
}

fn blocked(taure: &Taure) -> Value {
    taure.get("/api/v1/domain_blocks").ok()
}

#[track_caller]
fn writes(taure: &Taure, by: &Peer, html: &str, to: &[&Taure]) -> Value {
    let note = by.note(html, to);
    assert_eq!(by.delivers(taure, &by.create(&note)).status, 202);
    taure.settles();
    note
}

#[test]
fn pitfall_101_a_blocked_server_loses_its_follows_its_notifications_and_its_place_in_every_list() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let bob_here = bob.is_followed_by(&taure);
    bob.follows(&taure);
    carol.is_followed_by(&taure);
    let hello = format!("<p>{} hello</p>", taure.handle());
    let note = writes(&taure, &bob, &hello, &[&taure]);
    let boost = carol.activity("Announce", note["id"].clone());
    assert_eq!(carol.delivers(&taure, &boost).status, 202);
    taure.settles();
    let preview = taure.get(&format!("/api/v1/domain_blocks/preview?domain={}", bob.domain())).ok();
    assert_eq!(preview, json!({"following_count": 1, "followers_count": 1}));

    let places = ["/api/v1/timelines/home", "/api/v1/timelines/public", "/api/v1/notifications"];
    let says = |path: &str| taure.get(path).text.contains(note["id"].as_str().unwrap());
    assert!(places.iter().all(|path| says(path)));
    block(&taure, &bob.domain().to_uppercase());
    assert_eq!(blocked(&taure), json!([bob.domain()]));
    assert!(!places.iter().any(|path| says(path)), "not even boosted");
    let relation = taure.relationship(&id(&bob_here));
    for (key, value) in
        [("domain_blocking", true), ("following", false), ("followed_by", false), ("requested", false)]
    {
        assert_eq!(relation[key], value, "{key}");
    }
    assert_eq!(bob.received_of("Undo").last().unwrap()["object"]["type"], "Follow");
    assert_eq!(bob.received_of("Reject").last().unwrap()["object"]["type"], "Follow");
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!((&me["following_count"], &me["followers_count"]), (&json!(1), &json!(0)));

    // What they send from now on says nothing, and no follow comes about either way.
    writes(&taure, &bob, &hello, &[&taure]);
    assert!(taure.notifications("mention").is_empty());
    let rejected = bob.received_of("Reject").len();
    bob.follows(&taure);
    assert_eq!(bob.received_of("Reject").len(), rejected + 1);
    assert_eq!(taure.relationship(&id(&bob_here))["followed_by"], false);
    assert!(taure.notifications("follow").iter().all(|n| n["account"]["username"] != "bob"));
    let follow = taure.post(&format!("/api/v1/accounts/{}/follow", id(&bob_here)), json!({}));
    assert_eq!(follow.status, 403);

    // Another server, though its name is nearly the same, is left alone.
    assert_eq!(taure.get("/api/v1/accounts/lookup?acct=carol@x").status, 404);
    let carols = writes(&taure, &carol, "<p>Still here</p>", &[]);
    assert_eq!(taure.home()[0]["uri"], carols["id"]);

    let gone = taure.call("DELETE", &format!("/api/v1/domain_blocks?domain={}", bob.domain()), None);
    assert_eq!(gone.ok(), json!({}));
    assert_eq!(blocked(&taure), json!([]));
    assert_eq!(taure.relationship(&id(&bob_here))["domain_blocking"], false);
    assert!(says("/api/v1/timelines/public"), "nothing was deleted");
}

#[test]
fn people_of_a_blocked_server_who_are_met_later_are_hidden_as_well() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    block(&taure, &bob.domain());
    let note = writes(&taure, &bob, &format!("<p>{} hello</p>", taure.handle()), &[&taure]);
    assert!(taure.notifications("mention").is_empty());
    let found = taure.finds_status(note["id"].as_str().unwrap());
    assert_eq!(taure.relationship(&id(&found["account"]))["domain_blocking"], true);
    assert!(!taure.get("/api/v1/timelines/public").text.contains(note["id"].as_str().unwrap()));
    // In a thread of the owner's they do not speak either.
    let own = taure.posts("What do you think?");
    let mut answer = bob.note("<p>Nothing</p>", &[]);
    answer["inReplyTo"] = own["uri"].clone();
    assert_eq!(bob.delivers(&taure, &bob.create(&answer)).status, 202);
    taure.settles();
    let context = taure.get(&format!("/api/v1/statuses/{}/context", id(&own))).ok();
    assert_eq!(context["descendants"], json!([]));
    let done = taure.call("DELETE", "/api/v1/domain_blocks", Some(json!({"domain": bob.domain()})));
    assert_eq!(done.ok(), json!({}));
    let context = taure.get(&format!("/api/v1/statuses/{}/context", id(&own))).ok();
    assert_eq!(context["descendants"].as_array().unwrap().len(), 1);
}

#[test]
fn a_domain_is_one_however_it_is_written_and_the_list_is_paged_by_rows() {
    let taure = Taure::new();
    let plain = url::Url::parse("https://žurnāls.example").unwrap().host_str().unwrap().to_owned();
    for domain in ["Žurnāls.Example", " b.example/ ", &plain, "b.example", "c.example"] {
        block(&taure, domain);
    }
    let all = blocked(&taure);
    let names: Vec<&str> = all.as_array().unwrap().iter().map(|d| d.as_str().unwrap()).collect();
    assert_eq!((names[0], names[1]), ("c.example", "b.example"));
    assert_eq!(names[2..], [plain.as_str()]);
    let page = taure.get("/api/v1/domain_blocks?limit=1");
    let header = page.header("link").unwrap().to_owned();
    assert!(header.contains("limit=1&max_id=") && header.contains("limit=1&since_id="), "{header}");
    let next = header.trim_start_matches('<').split('>').next().unwrap().replace(&taure.base, "");
    assert_eq!((page.ok(), taure.get(&next).ok()), (json!(["c.example"]), json!(["b.example"])));

    let refused = |answer: Answer, words: &str| {
        assert_eq!((answer.status, &answer.json["error"]), (422, &json!(words)));
    };
    let post = |domain: &str| taure.post("/api/v1/domain_blocks", json!({"domain": domain}));
    refused(post(""), "Validation failed: Domain can't be blank");
    for wrong in ["a b", "https://a.example/x", "a@b.example", "a.example/path"] {
        refused(post(wrong), "Validation failed: Domain is not a valid domain name");
    }
    assert_eq!(post(&taure.domain).status, 422, "one's own");
    let unknown = taure.call("DELETE", "/api/v1/domain_blocks?domain=unknown.example", None);
    assert_eq!(unknown.ok(), json!({}));
}
