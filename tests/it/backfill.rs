//! Answers that nobody sent here, and profiles that were empty: fetched when the owner looks.
//! <https://docs.joinmastodon.org/methods/async_refreshes/>

use crate::harness::{Answer, Taure};
use crate::peer::{AS, PUBLIC, Peer};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

fn context(taure: &Taure, status: &Value) -> Answer {
    taure.get(&format!("/api/v1/statuses/{}/context", id(status)))
}

/// The uris below a status.
fn below(taure: &Taure, status: &Value) -> Vec<String> {
    let list = context(taure, status).ok()["descendants"].clone();
    list.as_array().unwrap().iter().map(|s| s["uri"].as_str().unwrap().to_owned()).collect()
}

/// The id in the header that announces a refresh.
#[track_caller]
fn announced(answer: &Answer) -> String {
    let header = answer.header("mastodon-async-refresh").expect("nothing was announced");
    assert!(header.ends_with(", retry=3, result_count=0"), "{header}");
    header.strip_prefix("id=\"").unwrap().split_once('"').unwrap().0.to_owned()
}

fn refresh(taure: &Taure, id: &str) -> Value {
    taure.get(&format!("/api/v1_alpha/async_refreshes/{id}")).ok()["async_refresh"].clone()
}

/// A note of the peer's that answers `parent`, served at its id.
fn answer(peer: &Peer, parent: &Value, html: &str) -> Value {
    let mut note = peer.note(html, &[]);
    note["inReplyTo"] = parent["id"].clone();
    peer.publish(id(&note), note.clone());
    note
}

/// Serves `note` again with a `replies` collection of those.
fn with_replies(peer: &Peer, note: &Value, items: &[&Value]) {
    let mut note = note.clone();
    let replies = format!("{}/replies", id(&note));
    let page = format!("{replies}/page");
    note["replies"] = json!({
        "id": replies, "type": "Collection", "first": {"type": "CollectionPage", "partOf": replies, "next": page, "items": []},
    });
    let ids: Vec<&Value> = items.iter().map(|item| item.get("id").unwrap_or(item)).collect();
    peer.publish(id(&note), note.clone());
    peer.publish(
        &page,
        json!({"@context": AS, "id": page, "type": "CollectionPage", "partOf": replies, "items": ids}),
    );
}

#[test]
fn pitfall_52_the_answers_of_others_come_when_a_thread_is_opened() {
    let (alice, root, other) = (Taure::new(), Peer::new("root"), Peer::new("other"));
    let post = root.note("<p>the root</p>", &[]);
    let first = answer(&other, &post, "<p>an answer</p>");
    let second = answer(&root, &first, "<p>and back</p>");
    with_replies(&other, &first, &[&second]);
    // The deeper one stands first: it has to wait for its parent.
    with_replies(&root, &post, &[&second, &first]);
    let here = alice.finds_status(id(&post));
    let opened = context(&alice, &here);
    let id_of = announced(&opened);
    assert_eq!(opened.ok()["descendants"], json!([]));
    alice.settles();
    assert_eq!(refresh(&alice, &id_of), json!({"id": id_of, "status": "finished", "result_count": 2}));
    assert_eq!(below(&alice, &here), [id(&first), id(&second)]);
    assert!(alice.get("/api/v1/notifications").ok().as_array().unwrap().is_empty());
    assert!(alice.home().is_empty());
    // Not again for a quarter of an hour.
    assert!(context(&alice, &here).header("mastodon-async-refresh").is_none());
    let third = answer(&other, &post, "<p>later</p>");
    with_replies(&root, &post, &[&first, &third]);
    alice.later(16 * MINUTE);
    assert_ne!(announced(&context(&alice, &here)), id_of);
    alice.settles();
    assert_eq!(below(&alice, &here).len(), 3);
}

#[test]
fn a_refresh_is_for_the_owner_alone() {
    let (alice, root) = (Taure::new(), Peer::new("root"));
    let post = root.note("<p>x</p>", &[]);
    let here = alice.finds_status(id(&post));
    let asked = root.asked().len();
    let stranger = alice.as_stranger(&format!("/api/v1/statuses/{}/context", id(&here)));
    assert!(stranger.status == 200 && stranger.header("mastodon-async-refresh").is_none());
    alice.settles();
    assert_eq!(root.asked().len(), asked, "a stranger makes nobody ask");
    let refresh = announced(&context(&alice, &here));
    assert_eq!(alice.as_stranger(&format!("/api/v1_alpha/async_refreshes/{refresh}")).status, 401);
    assert_eq!(alice.get("/api/v1_alpha/async_refreshes/unknown").status, 404);
    // Own threads are complete: their answers are sent here.
    let own = alice.posts("mine");
    assert!(context(&alice, &own).header("mastodon-async-refresh").is_none());
}

#[test]
fn an_answer_that_was_opened_brings_its_root_and_the_whole_thread() {
    let (alice, root, other) = (Taure::new(), Peer::new("root"), Peer::new("other"));
    let post = root.note("<p>the root</p>", &[]);
    let (one, two) = (answer(&other, &post, "<p>one</p>"), answer(&root, &post, "<p>two</p>"));
    with_replies(&root, &post, &[&one, &two]);
    let here = alice.finds_status(id(&one));
    announced(&context(&alice, &here));
    alice.settles();
    let above = context(&alice, &here).ok()["ancestors"][0].clone();
    assert_eq!(above["uri"], post["id"]);
    assert_eq!(below(&alice, &above).len(), 2);
}

#[test]
fn the_context_collection_of_a_thread_is_read_too() {
    let (alice, root, other) = (Taure::new(), Peer::new("root"), Peer::new("other"));
    let mut post = root.note("<p>the root</p>", &[]);
    let context_id = format!("{}/contexts/1", root.base);
    let one = answer(&other, &post, "<p>one</p>");
    let two = answer(&other, &one, "<p>two</p>");
    post["context"] = json!(context_id);
    root.publish(id(&post), post.clone());
    root.publish(&context_id, json!({"@context": AS, "id": context_id, "type": "OrderedCollection", "orderedItems": [post["id"], one["id"], two["id"]]}));
    let here = alice.finds_status(id(&post));
    context(&alice, &here);
    alice.settles();
    assert_eq!(below(&alice, &here), [id(&one), id(&two)]);
}

#[test]
fn two_instances_see_the_same_thread() {
    let (alice, bob, carol) = (Taure::new(), Taure::named("bob"), Taure::named("carol"));
    let post = bob.posts("who is there?");
    let there = carol.finds_status(post["uri"].as_str().unwrap());
    carol
        .post(
            "/api/v1/statuses",
            json!({"status": format!("{} me", bob.handle()), "in_reply_to_id": there["id"]}),
        )
        .ok();
    for _ in 0..2 {
        carol.settles();
        bob.settles();
    }
    assert_eq!(below(&bob, &post).len(), 1);
    let here = alice.finds_status(post["uri"].as_str().unwrap());
    assert!(below(&alice, &here).is_empty());
    alice.settles();
    let seen = context(&alice, &here).ok()["descendants"].clone();
    assert_eq!(seen[0]["account"]["acct"], carol.handle()[1..]);
}

#[test]
fn a_collection_cannot_bring_in_what_does_not_belong_to_the_thread() {
    let (alice, root, evil) = (Taure::new(), Peer::new("root"), Peer::new("evil"));
    let secret = alice.post("/api/v1/statuses", json!({"status": "secret", "visibility": "direct"})).ok();
    let post = root.note("<p>the root</p>", &[]);
    // Nothing that it answers; a parent that nobody knows; somebody else's word; an id of ours; nonsense.
    let stray = evil.note("<p>advert</p>", &[]);
    let mut orphan = evil.note("<p>orphan</p>", &[]);
    orphan["inReplyTo"] = json!(format!("{}/notes/none", evil.base));
    evil.publish(id(&orphan), orphan.clone());
    let mut forged = answer(&evil, &post, "<p>forged</p>");
    forged["attributedTo"] = json!(root.actor());
    evil.publish(id(&forged), forged.clone());
    let mut injected = answer(&evil, &post, "<p>injected</p>");
    let served = id(&injected).to_owned();
    injected["id"] = json!(format!("{}/statuses/1", alice.actor()));
    evil.publish(&served, injected.clone());
    let honest = answer(&evil, &post, "<p>honest</p>");
    with_replies(
        &root,
        &post,
        &[
            &stray,
            &orphan,
            &forged,
            &json!(served),
            &injected,
            &json!(secret["uri"]),
            &json!(format!("{}/users/alice/statuses/5", alice.base)),
            &json!("javascript:alert(1)"),
            &json!("http://10.0.0.1/x"),
            &json!(7),
            &honest,
        ],
    );
    let here = alice.finds_status(id(&post));
    context(&alice, &here);
    alice.settles();
    assert_eq!(below(&alice, &here), [id(&honest)]);
    for unknown in [&stray, &orphan, &forged, &injected] {
        let q: String = url::form_urlencoded::byte_serialize(id(unknown).as_bytes()).collect();
        let found = alice.get(&format!("/api/v2/search?q={q}")).ok()["statuses"].clone();
        assert_eq!(found, json!([]), "{}", id(unknown));
    }
}

#[test]
fn a_thread_without_end_is_read_to_a_bound() {
    let (alice, root) = (Taure::new(), Peer::new("root"));
    let post = root.note("<p>the root</p>", &[]);
    let many: Vec<Value> = (0..80).map(|n| answer(&root, &post, &format!("<p>{n}</p>"))).collect();
    for note in &many {
        with_replies(&root, note, &[note, &post]); // each leads back to itself and to the root
    }
    let mut endless = post.clone();
    let page = |n: usize| format!("{}/replies/{n}", id(&post));
    endless["replies"] = json!(page(0));
    root.publish(id(&post), endless);
    for n in 0..20 {
        let items: Vec<&Value> = many.iter().skip(n * 10).take(10).map(|m| &m["id"]).collect();
        root.publish(&page(n), json!({"@context": AS, "id": page(n), "type": "CollectionPage", "items": items, "next": page((n + 1) % 20)}));
    }
    let here = alice.finds_status(id(&post));
    context(&alice, &here);
    alice.settles();
    let found = below(&alice, &here).len();
    assert!((30..=50).contains(&found), "{found}");
    assert!(root.asked().len() < 150, "{}", root.asked().len());
}

#[test]
fn an_empty_profile_fills_itself_with_what_was_posted_before() {
    let (alice, bob, other) = (Taure::new(), Peer::new("bob"), Peer::new("other"));
    let old: Vec<Value> = (0..3).map(|n| bob.note(&format!("<p>old {n}</p>"), &[])).collect();
    let foreign = other.note("<p>not bob's</p>", &[]);
    let (outbox, first) = (format!("{}/outbox", bob.actor()), format!("{}/outbox/page", bob.actor()));
    let mut activities: Vec<Value> = old.iter().map(|note| bob.create(note)).collect();
    activities[1]["object"] = old[1]["id"].clone(); // by its id alone
    let mut stolen = bob.create(&foreign);
    stolen["object"] = foreign.clone();
    activities.push(stolen);
    let mut lied = bob.note("<p>lied</p>", &[]);
    lied["attributedTo"] = json!(other.actor());
    activities.push(bob.create(&lied));
    activities.push(json!({"type": "Announce", "actor": bob.actor(), "object": foreign["id"]}));
    bob.publish(
        &outbox,
        json!({"@context": AS, "id": outbox, "type": "OrderedCollection", "totalItems": 3, "first": first}),
    );
    bob.publish(
        &first,
        json!({"@context": AS, "id": first, "type": "OrderedCollectionPage", "orderedItems": activities}),
    );
    let featured = format!("{}/featured", bob.actor());
    bob.publish(&featured, json!({"@context": AS, "id": featured, "type": "OrderedCollection", "orderedItems": [old[2], old[0]["id"], foreign["id"]]}));
    let mut actor = bob.actor_document();
    actor["featured"] = json!(featured);
    bob.publish(&bob.actor(), actor);

    let account = alice.finds(&bob.handle());
    alice.settles();
    let statuses = |more: &str| alice.get(&format!("/api/v1/accounts/{}/statuses{more}", id(&account)));
    let opened = statuses("");
    let refresh_id = announced(&opened);
    assert_eq!(opened.ok(), json!([]));
    alice.settles();
    assert_eq!(refresh(&alice, &refresh_id)["result_count"], 3);
    let uris = |answer: Answer| -> Vec<String> {
        answer.ok().as_array().unwrap().iter().map(|s| s["uri"].as_str().unwrap().to_owned()).collect()
    };
    let mut seen = uris(statuses(""));
    seen.sort();
    assert_eq!(seen, old.iter().map(|n| id(n).to_owned()).collect::<Vec<_>>());
    assert_eq!(uris(statuses("?pinned=true")), [id(&old[2]), id(&old[0])]);
    assert_eq!(alice.get(&format!("/api/v1/accounts/{}", id(&account))).ok()["statuses_count"], 3);
    assert!(alice.get("/api/v1/notifications").ok().as_array().unwrap().is_empty());
    let asked = bob.asked().len();
    assert!(statuses("").header("mastodon-async-refresh").is_none());
    alice.as_stranger(&format!("/api/v1/accounts/{}/statuses", id(&account))).ok();
    alice.settles();
    assert_eq!(bob.asked().len(), asked);
    // What is no longer pinned there is not pinned here.
    bob.publish(
        &featured,
        json!({"@context": AS, "id": featured, "type": "OrderedCollection", "orderedItems": []}),
    );
    alice.later(61 * MINUTE);
    statuses("");
    alice.settles();
    assert!(uris(statuses("?pinned=true")).is_empty());
    assert!(old[0]["to"].to_string().contains(PUBLIC));
}
