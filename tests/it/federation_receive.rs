//! What arrives takes effect once, and only what its sender may say.

use crate::harness::Taure;
use crate::peer::{AS, PUBLIC, Peer};
use serde_json::{Value, json};
use taure::model::Status;
use taure::model::time::{DAY, MINUTE};
use taure::sig::Scheme;
use taure::store::statuses;

fn stored(taure: &Taure, note: &Value) -> Option<Status> {
    taure.app().store.read(|c| statuses::by_uri(c, note["id"].as_str().unwrap())).unwrap()
}

/// Delivers, and waits until it is looked into.
#[track_caller]
fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    let answer = peer.delivers(taure, activity);
    assert_eq!(answer.status, 202, "{}", answer.text);
    taure.settles();
}

fn at(milliseconds: i64, taure: &Taure) -> Value {
    json!(taure.clock.now().plus(milliseconds).to_string())
}

#[test]
fn a_strangers_post_is_kept_only_if_it_concerns_the_owner() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let unrelated = peer.note("<p>nothing to you</p>", &[]);
    takes(&taure, &peer, &peer.create(&unrelated));
    assert!(stored(&taure, &unrelated).is_none());

    let mention = peer.note("<p>hello<script>alert(1)</script></p>", &[&taure]);
    for _ in 0..2 {
        takes(&taure, &peer, &peer.create(&mention));
    }
    assert_eq!(stored(&taure, &mention).unwrap().content, "<p>hello</p>");
    assert_eq!(taure.notifications("mention").len(), 1);
    assert!(taure.home().is_empty(), "nobody follows Bob");
}

#[test]
fn a_followed_account_fills_home_and_its_bell_rings() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let account = peer.is_followed_by(&taure);
    let id = account["id"].as_str().unwrap();
    taure.post(&format!("/api/v1/accounts/{id}/follow"), json!({"notify": true})).ok();
    let mut note = peer.note("<p>news</p>", &[]);
    note["tag"] = json!([{"type": "Hashtag", "name": "#Kaķi"}, null,
        {"type": "Emoji", "name": ":cat:", "icon": {"type": "Image", "url": "https://a.example/c.png"}}]);
    note["attachment"] =
        json!({"type": "Image", "mediaType": "image/png", "url": "https://a.example/1.png", "name": "A cat"});
    takes(&taure, &peer, &peer.create(&note));

    let home = taure.home();
    assert_eq!(home[0]["uri"], note["id"]);
    assert_eq!(home[0]["tags"][0]["name"], "kaķi");
    assert_eq!(home[0]["emojis"][0]["shortcode"], "cat");
    assert_eq!(home[0]["media_attachments"][0]["description"], "A cat");
    assert_eq!(taure.notifications("status").len(), 1);
}

#[test]
fn a_name_in_the_text_that_is_not_addressed_is_not_told() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut note = peer.note("<p>@alice</p>", &[&taure]);
    note["cc"] = json!([]);
    takes(&taure, &peer, &peer.create(&note));
    assert!(stored(&taure, &note).is_some());
    assert!(taure.notifications("mention").is_empty());
}

#[test]
fn a_direct_message_without_any_tag_reaches_the_owner() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut note = peer.note("<p>psst</p>", &[]);
    note["to"] = json!(taure.actor());
    note.as_object_mut().unwrap().remove("cc");
    takes(&taure, &peer, &peer.create(&note));
    assert_eq!(taure.notifications("mention")[0]["status"]["visibility"], "direct");
}

#[test]
fn nobody_speaks_for_others() {
    let (taure, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let note = bob.note("<p>mine</p>", &[&taure]);
    takes(&taure, &bob, &bob.create(&note));

    // Another server's object in one's own Create, by oneself or by its author.
    let mut stolen = bob.note("<p>forged</p>", &[&taure]);
    stolen["attributedTo"] = json!(mallory.actor());
    takes(&taure, &mallory, &mallory.create(&stolen));
    assert!(stored(&taure, &stolen).is_none());
    // One's own id with another author.
    let mut blamed = mallory.note("<p>forged</p>", &[&taure]);
    blamed["attributedTo"] = json!(bob.actor());
    mallory.publish(blamed["id"].as_str().unwrap(), blamed.clone());
    takes(&taure, &mallory, &mallory.create(&blamed));
    assert!(stored(&taure, &blamed).is_none());
    // An id of ours.
    let mut ours = mallory.note("<p>forged</p>", &[&taure]);
    ours["id"] = json!(format!("{}/statuses/1", taure.actor()));
    takes(&taure, &mallory, &mallory.create(&ours));
    assert!(stored(&taure, &ours).is_none());

    // Update, Delete and Undo of what is Bob's.
    let mut edited = note.clone();
    edited["content"] = json!("<p>forged</p>");
    edited["updated"] = at(MINUTE, &taure);
    edited["attributedTo"] = json!(mallory.actor());
    takes(&taure, &mallory, &mallory.activity("Update", edited));
    takes(&taure, &mallory, &mallory.activity("Delete", note["id"].clone()));
    let announced = bob.activity("Delete", note["id"].clone());
    takes(&taure, &mallory, &mallory.activity("Announce", announced));
    assert_eq!(stored(&taure, &note).unwrap().content, "<p>mine</p>");

    let follow = bob.follows(&taure);
    takes(&taure, &mallory, &mallory.activity("Undo", follow.clone()));
    takes(&taure, &mallory, &mallory.activity("Undo", follow["id"].clone()));
    takes(&taure, &mallory, &mallory.activity("Delete", json!(bob.actor())));
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
}

#[test]
fn what_somebody_passes_on_is_fetched_from_where_it_lives() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let note = carol.note("<p>the truth</p>", &[&taure]);
    let mut forged = carol.create(&note);
    forged["object"]["content"] = json!("<p>a lie</p>");
    takes(&taure, &bob, &forged);
    assert_eq!(stored(&taure, &note).unwrap().content, "<p>the truth</p>");

    // Deleted only when it is really gone.
    let delete = carol.activity("Delete", note["id"].clone());
    takes(&taure, &bob, &delete);
    assert!(stored(&taure, &note).is_some());
    carol.answer(note["id"].as_str().unwrap(), 410, json!({}));
    takes(&taure, &bob, &carol.activity("Delete", note["id"].clone()));
    assert!(stored(&taure, &note).is_none());
}

#[test]
fn a_delete_that_came_first_wins() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let note = peer.note("<p>oops</p>", &[&taure]);
    takes(
        &taure,
        &peer,
        &json!({"@context": AS, "type": "Delete", "actor": peer.actor(),
        "object": {"id": note["id"], "type": "Tombstone"}}),
    );
    takes(&taure, &peer, &peer.create(&note));
    assert!(stored(&taure, &note).is_none());
}

#[test]
fn an_update_edits_if_it_is_newer_and_counts_in_any_case() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut note = peer.note("<p>one</p>", &[&taure]);
    takes(&taure, &peer, &peer.create(&note));
    note["content"] = json!("<p>two</p>");
    note["updated"] = at(0, &taure);
    note["likes"] = json!({"type": "Collection", "totalItems": 7});
    for _ in 0..2 {
        takes(&taure, &peer, &peer.activity("Update", note.clone()));
    }
    let status = stored(&taure, &note).unwrap();
    assert_eq!((status.content.as_str(), status.counts.favourites), ("<p>two</p>", 7));
    assert_eq!(
        taure.get(&format!("/api/v1/statuses/{}/history", status.id)).ok().as_array().unwrap().len(),
        2
    );

    note["content"] = json!("<p>old</p>");
    note["updated"] = at(-DAY, &taure);
    note["shares"] = json!({"type": "Collection", "totalItems": 3});
    takes(&taure, &peer, &peer.activity("Update", note.clone()));
    let status = stored(&taure, &note).unwrap();
    assert_eq!((status.content.as_str(), status.counts.reblogs), ("<p>two</p>", 3));
}

#[test]
fn likes_and_boosts_are_undone_by_object_or_by_bare_id_in_any_order() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Something");
    let (id, uri) = (post["id"].as_str().unwrap(), post["uri"].clone());
    for kind in ["Like", "Announce"] {
        let count = if kind == "Like" { "favourites_count" } else { "reblogs_count" };
        for bare in [false, true] {
            let act = peer.activity(kind, uri.clone());
            takes(&taure, &peer, &act);
            assert_eq!(taure.status(id)[count], 1, "{kind}");
            let undo = peer.activity("Undo", if bare { act["id"].clone() } else { act.clone() });
            takes(&taure, &peer, &undo);
            takes(&taure, &peer, &act);
            assert_eq!(taure.status(id)[count], 0, "{kind}");
        }
        let act = peer.activity(kind, uri.clone());
        takes(&taure, &peer, &peer.activity("Undo", act["id"].clone()));
        takes(&taure, &peer, &act);
        assert_eq!(taure.status(id)[count], 0, "{kind}");
    }
}

#[test]
fn misskey_follows_a_second_time_with_the_same_id() {
    let (taure, peer) = (Taure::new(), Peer::new("mei"));
    let follow = peer.follows(&taure);
    let mut undo = peer.activity("Undo", follow.clone());
    undo["id"] = json!(format!("{}/undo", follow["id"].as_str().unwrap()));
    for _ in 0..2 {
        takes(&taure, &peer, &undo);
        assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);
        takes(&taure, &peer, &follow);
        assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 1);
    }
    assert_eq!(peer.received_of("Accept").len(), 3);
}

#[test]
fn a_follow_of_a_post_or_of_the_instance_is_taken_and_means_nothing() {
    let (taure, peer) = (Taure::new(), Peer::new("frida"));
    for object in
        [format!("{}/statuses/1", taure.actor()), format!("{}/actor", taure.base), PUBLIC.to_owned()]
    {
        takes(&taure, &peer, &peer.activity("Follow", json!(object)));
    }
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);
    assert!(peer.received().is_empty());
}

#[test]
fn a_boost_by_a_followed_account_brings_the_original_from_its_own_server() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let note = carol.note("<p>the truth</p>", &[]);
    let mut embedded = note.clone();
    embedded["content"] = json!("<p>a lie</p>");
    takes(&taure, &bob, &bob.activity("Announce", note["id"].clone()));
    assert!(stored(&taure, &note).is_none(), "nobody follows Bob");

    bob.is_followed_by(&taure);
    takes(&taure, &bob, &bob.activity("Announce", embedded));
    let home = taure.home();
    assert_eq!(home[0]["reblog"]["uri"], note["id"]);
    assert_eq!(home[0]["reblog"]["content"], "<p>the truth</p>");
    assert_eq!(home[0]["account"]["acct"], bob.handle()[1..]);
}

#[test]
fn a_thread_is_fetched_upwards_and_a_loop_ends() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let (mut a, mut b) = (peer.note("<p>a</p>", &[]), peer.note("<p>b</p>", &[]));
    let mut c = peer.note("<p>c</p>", &[&taure]);
    (a["inReplyTo"], b["inReplyTo"], c["inReplyTo"]) = (b["id"].clone(), a["id"].clone(), b["id"].clone());
    for note in [&a, &b, &c] {
        peer.publish(note["id"].as_str().unwrap(), note.clone());
    }
    takes(&taure, &peer, &peer.create(&c));
    let (below, above) = (stored(&taure, &c).unwrap(), stored(&taure, &b).unwrap());
    assert_eq!(below.in_reply_to, Some(above.id));
    assert_eq!(above.in_reply_to, stored(&taure, &a).map(|s| s.id));
    let context = taure.get(&format!("/api/v1/statuses/{}/context", below.id)).ok();
    assert!(context["ancestors"].as_array().unwrap().len() >= 2);
    assert!(peer.asked().len() < 20, "{:?}", peer.asked());
}

#[test]
fn a_vote_is_not_a_message() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Tea or coffee?");
    let vote = json!({"id": peer.new_id("votes"), "type": "Note", "name": "Tea", "attributedTo": peer.actor(),
        "inReplyTo": post["uri"], "to": taure.actor()});
    takes(&taure, &peer, &peer.create(&vote));
    assert!(stored(&taure, &vote).is_none());
    assert!(taure.notifications("mention").is_empty());
}

#[test]
fn an_account_that_goes_takes_everything_with_it() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Something");
    peer.follows(&taure);
    peer.is_followed_by(&taure);
    let note = peer.note("<p>hi</p>", &[&taure]);
    takes(&taure, &peer, &peer.create(&note));
    takes(&taure, &peer, &peer.activity("Like", post["uri"].clone()));
    takes(&taure, &peer, &peer.activity("Announce", post["uri"].clone()));
    takes(&taure, &peer, &peer.activity("Delete", json!(peer.actor())));

    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!((&me["followers_count"], &me["following_count"]), (&json!(0), &json!(0)));
    let post = taure.status(post["id"].as_str().unwrap());
    assert_eq!((&post["favourites_count"], &post["reblogs_count"]), (&json!(0), &json!(0)));
    assert!(stored(&taure, &note).is_none() && taure.notifications("mention").is_empty());
}

#[test]
fn lemmy_announces_a_post_twice_and_it_stands_once() {
    let (taure, group, author) = (Taure::new(), Peer::new("cats"), Peer::new("leo"));
    let mut actor = group.actor_document();
    actor["type"] = json!("Group");
    group.publish(&group.actor(), actor);
    group.is_followed_by(&taure);
    let mut page = author.note("<p>Cats of the week</p>", &[]);
    page["type"] = json!("Page");
    page["name"] = json!("Cats");
    page["audience"] = json!(group.actor());
    author.publish(page["id"].as_str().unwrap(), page.clone());
    let create = author.create(&page);
    takes(&taure, &group, &group.activity("Announce", create));
    takes(&taure, &group, &group.activity("Announce", page["id"].clone()));
    let home = taure.home();
    assert_eq!(home.len(), 1);
    assert_eq!(home[0]["reblog"]["uri"], page["id"]);
    assert!(
        home[0]["reblog"]["content"].as_str().unwrap().contains("<strong>Cats</strong>"),
        "{}",
        home[0]["reblog"]["content"]
    );
}

#[test]
fn a_profile_that_changed_is_fetched_and_not_believed() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let mut actor = peer.actor_document();
    actor["name"] = json!("Robert");
    peer.publish(&peer.actor(), actor.clone());
    actor["name"] = json!("a lie");
    takes(&taure, &peer, &peer.activity("Update", actor));
    assert_eq!(taure.finds(&peer.handle())["display_name"], "Robert");
}

#[test]
fn followers_read_a_post_for_followers_with_a_signature() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let post = taure.post("/api/v1/statuses", json!({"status": "for friends", "visibility": "private"})).ok();
    taure.settles();
    let uri = post["uri"].as_str().unwrap();
    assert_eq!(taure.document(uri).status, 404);
    let get = |signer: &taure::sig::Signer| {
        let url = url::Url::parse(uri).unwrap();
        let outgoing =
            taure::sig::Outgoing { method: "GET", url: &url, content_type: None, body: None, extra: None };
        let mut headers = taure::sig::sign(Scheme::Cavage, signer, &outgoing, taure.clock.now()).unwrap();
        headers.retain(|(name, _)| *name != "host");
        headers.push(("accept", "application/activity+json".to_owned()));
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
        crate::harness::request("GET", uri, &headers, None).status
    };
    assert_eq!(get(&peer.signer()), 200);
    assert_eq!(get(&Peer::new("stranger").signer()), 404);
}
