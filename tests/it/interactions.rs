//! What authors let others do with their posts (GoToSocial's interaction policies).

use crate::harness::Taure;
use crate::pages_requests::Browser;
use crate::peer::{AS, PUBLIC, Peer};
use serde_json::{Value, json};

fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

/// A post of the peer's with that policy, as GoToSocial 0.20 writes it, known to `taure`.
fn post(peer: &Peer, taure: &Taure, rule: &str, automatic: &Value, manual: &Value) -> (Value, Value) {
    let mut note = peer.note("<p>hello</p>", &[]);
    let policy = json!({"automaticApproval": automatic, "always": automatic, "manualApproval": manual, "approvalRequired": manual});
    note["interactionPolicy"] = json!({"canLike": {"always": PUBLIC}, "canReply": {"always": PUBLIC}, "canAnnounce": {"always": PUBLIC}});
    note["interactionPolicy"][rule] = policy;
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    let known = taure.finds_status(note["id"].as_str().unwrap());
    (note, known)
}

fn answers(taure: &Taure, peer: &Peer, to: &Value) -> crate::harness::Answer {
    let text = format!("{} an answer", peer.handle());
    let sent = taure.post("/api/v1/statuses", json!({"status": text, "in_reply_to_id": to["id"]}));
    taure.settles();
    sent
}

/// GoToSocial's Accept or Reject of what the owner did.
fn word(peer: &Peer, kind: &str, of: &Value) -> Value {
    let mut accept = peer.activity(kind, of["uri"].clone());
    accept["result"] = json!(format!("{}/approvals/1", peer.actor()));
    accept["to"] = json!(of["account"]["uri"]);
    accept
}

#[test]
fn an_answer_that_needs_leave_goes_to_the_author_alone_until_it_is_given() {
    let (alice, gus, fan) = (Taure::new(), Peer::new("gus"), Peer::new("fan"));
    fan.follows(&alice);
    let (_, asked) = post(&gus, &alice, "canReply", &json!([gus.actor()]), &json!(PUBLIC));
    let reply = answers(&alice, &gus, &asked).ok();
    assert_eq!((gus.received_of("Create").len(), fan.received_of("Create").len()), (1, 0));
    let page = Browser::of(&alice);
    let here = format!("/@alice/{}", reply["id"].as_str().unwrap());
    assert!(page.get(&here).text.contains("waits for the author"));
    // An edit goes no further, and nobody else can say yes.
    let edit = json!({"status": format!("{} edited", gus.handle())});
    alice.call("PUT", &format!("/api/v1/statuses/{}", reply["id"].as_str().unwrap()), Some(edit)).ok();
    takes(&alice, &fan, &word(&fan, "Accept", &reply));
    assert!(fan.received_of("Update").is_empty() && fan.received_of("Create").is_empty());

    takes(&alice, &gus, &word(&gus, "Accept", &reply));
    let [create] = fan.received_of("Create").try_into().unwrap();
    assert_eq!(create["object"]["approvedBy"], format!("{}/approvals/1", gus.actor()));
    assert!(create["object"]["content"].as_str().unwrap().contains("edited"));
    takes(&alice, &gus, &word(&gus, "Accept", &reply));
    assert_eq!(fan.received_of("Create").len(), 1);
    assert!(!page.get(&here).text.contains("waits for the author"));
}

#[test]
fn an_answer_that_is_refused_stays_and_one_that_is_not_allowed_is_not_made() {
    let (alice, gus, fan) = (Taure::new(), Peer::new("gus"), Peer::new("fan"));
    fan.follows(&alice);
    // His followers: nobody else can look, so the author's word is waited for.
    let mut actor = gus.actor_document();
    actor["interactionPolicy"] = Value::Null;
    gus.publish(&gus.actor(), actor);
    let (_, asked) = post(&gus, &alice, "canReply", &json!(format!("{}/followers", gus.actor())), &json!([]));
    let reply = answers(&alice, &gus, &asked).ok();
    takes(&alice, &gus, &word(&gus, "Reject", &reply));
    assert!(fan.received_of("Create").is_empty());
    let here = format!("/@alice/{}", reply["id"].as_str().unwrap());
    assert!(Browser::of(&alice).get(&here).text.contains("did not want it"));
    alice.call("DELETE", &format!("/api/v1/statuses/{}", reply["id"].as_str().unwrap()), None).ok();
    alice.settles();
    // Who never heard of it does not hear that it is gone.
    assert_eq!((gus.received_of("Delete").len(), fan.received_of("Delete").len()), (1, 0));

    let (_, closed) = post(&gus, &alice, "canReply", &json!([gus.actor()]), &json!([]));
    let refused = answers(&alice, &gus, &closed);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("does not let you answer"), "{}", refused.text);
    // Whom the post names may always answer.
    let mut note = gus.note("<p>you there</p>", &[&alice]);
    note["interactionPolicy"] = json!({"canReply": {"automaticApproval": gus.actor()}});
    takes(&alice, &gus, &gus.create(&note));
    let named = alice.finds_status(note["id"].as_str().unwrap());
    answers(&alice, &gus, &named).ok();
    assert_eq!(fan.received_of("Create").len(), 1);
}

#[test]
fn boosts_and_favourites_keep_to_it_too() {
    let (alice, gus, fan) = (Taure::new(), Peer::new("gus"), Peer::new("fan"));
    fan.follows(&alice);
    let (_, asked) = post(&gus, &alice, "canAnnounce", &json!([gus.actor()]), &json!([PUBLIC]));
    let act = |of: &Value, verb: &str| {
        let answer =
            alice.post(&format!("/api/v1/statuses/{}/{verb}", of["id"].as_str().unwrap()), json!({}));
        alice.settles();
        answer
    };
    act(&asked, "reblog").ok();
    act(&asked, "unreblog").ok();
    assert_eq!((gus.received_of("Undo").len(), fan.received_of("Undo").len()), (1, 0));
    alice.later(1_000);
    let boost = act(&asked, "reblog").ok();
    assert_eq!((gus.received_of("Announce").len(), fan.received_of("Announce").len()), (2, 0));
    takes(&alice, &gus, &word(&gus, "Accept", &boost));
    let [announce] = fan.received_of("Announce").try_into().unwrap();
    assert_eq!(announce["approvedBy"], format!("{}/approvals/1", gus.actor()));

    let (_, closed) = post(&gus, &alice, "canAnnounce", &json!([gus.actor()]), &json!([]));
    assert_eq!(act(&closed, "reblog").status, 422);
    let (_, closed) = post(&gus, &alice, "canLike", &json!([gus.actor()]), &json!([]));
    assert_eq!(act(&closed, "favourite").status, 422);
    assert_eq!(act(&closed, "react/%F0%9F%94%A5").status, 422);
    let (_, asked) = post(&gus, &alice, "canLike", &json!([]), &json!([PUBLIC]));
    act(&asked, "favourite").ok();
    assert_eq!(gus.received_of("Like").len(), 1);
}

/// Somebody else's answer, with an approval or without.
#[test]
fn what_others_answer_without_leave_is_not_stored() {
    let (alice, gus, carol) = (Taure::new(), Peer::new("gus"), Peer::new("carol"));
    carol.is_followed_by(&alice);
    let (parent, known) = post(&gus, &alice, "canReply", &json!([gus.actor()]), &json!(PUBLIC));
    let stamp = format!("{}/approvals/7", gus.actor());
    let says = |text: &str, approved: Option<&str>| {
        let mut note = carol.note(text, &[]);
        note["inReplyTo"] = parent["id"].clone();
        if let Some(stamp) = approved {
            note["approvedBy"] = json!(stamp);
        }
        carol.publish(note["id"].as_str().unwrap(), note.clone());
        note
    };
    let approval = |of: &Value, by: &str| {
        json!({"@context": [AS, "https://gotosocial.org/ns"], "id": stamp, "type": "ReplyApproval", "attributedTo": by,
            "object": of["id"], "target": parent["id"]})
    };
    let below = || {
        let context = alice.get(&format!("/api/v1/statuses/{}/context", known["id"].as_str().unwrap())).ok();
        context["descendants"].as_array().unwrap().len()
    };
    takes(&alice, &carol, &carol.create(&says("<p>without</p>", None)));
    // A stamp that carol made herself, one for something else, one that is not there.
    let own = format!("{}/approvals/1", carol.actor());
    for by in [carol.actor(), gus.actor()] {
        let note = says("<p>her own</p>", Some(&own));
        let mut forged = approval(&note, &by);
        forged["id"] = json!(own);
        carol.publish(&own, forged);
        takes(&alice, &carol, &carol.create(&note));
    }
    let note = says("<p>one more</p>", None);
    let other = says("<p>another's</p>", Some(&stamp));
    takes(&alice, &carol, &carol.create(&other));
    gus.publish(&stamp, approval(&note, &gus.actor()));
    takes(&alice, &carol, &carol.create(&says("<p>for another</p>", Some(&stamp))));
    assert_eq!(below(), 0);

    let right = says("<p>with leave</p>", Some(&stamp));
    gus.publish(&stamp, approval(&right, &gus.actor()));
    takes(&alice, &carol, &carol.create(&right));
    assert_eq!(below(), 1);
    // The author answers as he likes.
    let mut more = gus.note("<p>more</p>", &[]);
    more["inReplyTo"] = parent["id"].clone();
    takes(&alice, &gus, &gus.create(&more));
    assert_eq!(below(), 2);
}
