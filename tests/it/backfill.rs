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
    let many: Vec<Value> = (0..120).map(|n| answer(&root, &post, &format!("<p>{n}</p>"))).collect();
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
    assert!((80..=120).contains(&found), "{found}");
    assert!(root.asked().len() < 400, "{}", root.asked().len());
}

/// Thirty pages of four hundred, none of which is there.
#[test]
fn a_collection_of_ten_thousand_is_read_to_a_bound() {
    let (alice, root) = (Taure::new(), Peer::new("root"));
    let mut post = root.note("<p>the root</p>", &[]);
    let page = |n: usize| format!("{}/pages/{n}", root.base);
    post["replies"] = json!(page(0));
    root.publish(id(&post), post.clone());
    for n in 0..30 {
        let items: Vec<String> = (0..400).map(|item| format!("{}/none/{n}/{item}", root.base)).collect();
        let next = page(n + 1);
        root.publish(
            &page(n),
            json!({"@context": AS, "id": page(n), "type": "CollectionPage", "items": items, "next": next}),
        );
    }
    let here = alice.finds_status(id(&post));
    context(&alice, &here);
    alice.settles();
    let asked = root.asked();
    let pages = asked.iter().filter(|path| path.starts_with("/pages/")).count();
    assert!((1..=11).contains(&pages), "{pages} pages");
    let items = asked.iter().filter(|path| path.starts_with("/none/")).count();
    assert!((100..=1_000).contains(&items), "{items} items");
    // The house still answers, and asks nothing more for a while.
    context(&alice, &here);
    alice.settles();
    assert_eq!(root.asked().len(), asked.len());
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
    let tags = format!("{}/tags", bob.actor());
    actor["featuredTags"] = json!(tags);
    bob.publish(&tags, json!({"@context": AS, "id": tags, "type": "Collection", "items": [
        {"type": "Hashtag", "href": format!("{}/@bob/tagged/sea", bob.base), "name": "#sea"}, {"type": "Hashtag", "name": "#none"}]}));
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
    let sea = alice.get(&format!("/api/v1/accounts/{}/featured_tags", id(&account))).ok();
    assert_eq!((sea.as_array().unwrap().len(), &sea[0]["name"]), (1, &json!("sea")));
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

/// Another person on the peer's server, who signs with the peer's key.
fn neighbour(peer: &Peer, name: &str) -> String {
    let id = format!("{}/users/{name}", peer.base);
    let mut actor = peer.actor_document();
    for (key, value) in
        [("id", id.clone()), ("inbox", format!("{id}/inbox")), ("preferredUsername", name.to_owned())]
    {
        actor[key] = json!(value);
    }
    actor["publicKey"]["id"] = json!(format!("{id}#main-key"));
    actor["publicKey"]["owner"] = json!(id);
    peer.publish(&id, actor);
    id
}

#[test]
fn a_hundred_replies_over_five_servers_are_complete_within_the_budget() {
    let alice = Taure::new();
    let peers: Vec<Peer> = (0..5).map(|n| Peer::new(&format!("p{n}"))).collect();
    let root = peers[0].note("<p>the root</p>", &[]);
    let mut all: Vec<Value> = Vec::new();
    for n in 0..100 {
        let peer = &peers[n % 5];
        let author = neighbour(peer, &format!("u{n}"));
        // A third of them answer an earlier answer.
        let parent = if n % 3 == 2 { all[n / 2].clone() } else { root.clone() };
        let mut note = answer(peer, &parent, &format!("<p>answer {n}</p>"));
        note["attributedTo"] = json!(author);
        note["likes"] = json!({"type": "Collection", "totalItems": 0});
        peer.publish(id(&note), note.clone());
        all.push(note);
    }
    // The root names those that answer it, and the others are named by what they answer.
    let mut root = root;
    root["likes"] = json!({"id": format!("{}/likes", id(&root)), "type": "Collection", "totalItems": 41});
    root["shares"] = json!(format!("{}/shares", id(&root)));
    peers[0].publish(
        &format!("{}/shares", id(&root)),
        json!({"id": format!("{}/shares", id(&root)), "type": "Collection", "totalItems": 7}),
    );
    let answers_of = |parent: &Value| -> Vec<Value> {
        all.iter().filter(|n| n["inReplyTo"] == parent["id"]).cloned().collect()
    };
    let direct = answers_of(&root);
    with_replies(&peers[0], &root, &direct.iter().collect::<Vec<_>>());
    for (n, note) in all.iter().enumerate() {
        let below = answers_of(note);
        if !below.is_empty() {
            with_replies(&peers[n % 5], note, &below.iter().collect::<Vec<_>>());
        }
    }
    let here = alice.finds_status(id(&root));
    alice.settles();
    let before: usize = peers.iter().map(|p| p.asked().len()).sum();
    context(&alice, &here);
    alice.settles();
    assert_eq!(below(&alice, &here).len(), 100);
    let asked = peers.iter().map(|p| p.asked().len()).sum::<usize>() - before;
    assert!(asked <= 500, "{asked} requests for 100 answers with 100 authors");
    let told = context(&alice, &here).ok();
    assert_eq!(told["taure"], json!({"replies": 100, "replies_total": 100}));
    let status = alice.status(id(&here));
    assert_eq!((&status["favourites_count"], &status["reblogs_count"]), (&json!(41), &json!(7)));
    let browser = crate::pages_requests::Browser::of(&alice);
    let page = browser.get(&format!("/@p0@{}/{}", peers[0].domain(), id(&here))).text;
    assert!(page.contains("All 100 replies"), "no mark");
}

#[test]
fn replies_that_cannot_be_had_are_counted_and_a_silent_server_keeps_nobody_else() {
    let alice = Taure::new();
    let (bob, carol) = (Peer::new("bob"), Peer::new("carol"));
    let silent = crate::peer::Silent::new();
    let root = bob.note("<p>the root</p>", &[]);
    let good = answer(&carol, &root, "<p>here</p>");
    let gone = json!(format!("{}/notes/never", carol.base));
    let hangs: Vec<Value> = (0..10).map(|n| json!(format!("{}/notes/{n}", silent.base))).collect();
    let mut items = vec![&gone, &good];
    items.extend(&hangs);
    with_replies(&bob, &root, &items);
    let here = alice.finds_status(id(&root));
    context(&alice, &here);
    std::thread::sleep(std::time::Duration::from_millis(500));
    silent.hangs_up();
    alice.settles();
    let told = context(&alice, &here).ok();
    assert_eq!(told["taure"], json!({"replies": 1, "replies_total": 12}));
    assert!(
        alice.as_stranger(&format!("/api/v1/statuses/{}/context", id(&here))).json.get("taure").is_none()
    );
}

#[test]
fn what_stands_whole_in_a_collection_of_its_own_server_is_not_fetched_again() {
    let alice = Taure::new();
    let (bob, carol) = (Peer::new("bob"), Peer::new("carol"));
    let root = bob.note("<p>the root</p>", &[]);
    let own = answer(&bob, &root, "<p>own</p>");
    let mut foreign = answer(&carol, &root, "<p>as carol's server shows it</p>");
    let uri = id(&foreign).to_owned();
    foreign["content"] = json!("<p>forged</p>");
    let mut root = root.clone();
    let replies = format!("{}/replies", id(&root));
    root["replies"] = json!({"id": replies, "type": "Collection", "items": [own, foreign]});
    bob.publish(id(&root), root.clone());
    let here = alice.finds_status(id(&root));
    context(&alice, &here);
    alice.settles();
    assert_eq!(below(&alice, &here).len(), 2);
    let path = id(&own).strip_prefix(&bob.base).unwrap();
    assert!(!bob.asked().iter().any(|asked| asked == path), "its own server vouches for it");
    assert!(!alice.finds_status(&uri)["content"].as_str().unwrap().contains("forged"));
}

#[test]
fn a_redirect_does_not_let_another_server_vouch_for_posts() {
    let (alice, mallory, carol) = (Taure::new(), Peer::new("mallory"), Peer::new("carol"));
    let mut root = mallory.note("<p>the root</p>", &[]);
    let mut forged = answer(&carol, &root, "<p>as carol's server shows it</p>");
    let uri = id(&forged).to_owned();
    forged["content"] = json!("<p>forged</p>");
    // Carol's server sends whoever asks anywhere.
    let (open, collection) = (format!("{}/redirect", carol.base), format!("{}/collection", mallory.base));
    carol.answer(&open, 302, json!({"location": collection}));
    let list = json!({"@context": AS, "id": collection, "type": "Collection", "items": [forged]});
    mallory.publish(&collection, list);
    for place in ["context", "replies"] {
        root[place] = json!(open);
    }
    mallory.publish(id(&root), root.clone());
    let here = alice.finds_status(id(&root));
    context(&alice, &here);
    alice.settles();
    assert!(carol.asked().iter().any(|asked| asked == "/redirect"), "it was not even tried");
    assert!(below(&alice, &here).is_empty());
    assert!(!alice.finds_status(&uri)["content"].as_str().unwrap().contains("forged"));
}

/// An outbox of those notes, the newest first.
fn publish_outbox(peer: &Peer, notes: &[&Value]) {
    let outbox = format!("{}/outbox", peer.actor());
    let items: Vec<Value> = notes.iter().rev().map(|note| peer.create(note)).collect();
    peer.publish(&outbox, json!({"@context": AS, "id": outbox, "type": "OrderedCollection", "totalItems": 123, "orderedItems": items}));
}

#[test]
fn a_new_follow_brings_the_last_posts_home_at_their_own_dates_and_quietly() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    let notes: Vec<Value> = (0..50)
        .map(|n| {
            let mut note = bob.note(&format!("<p>old {n}</p>"), &[&alice]);
            note["published"] = json!(taure::model::Timestamp(1_700_000_000_000 + n * 60_000).to_string());
            bob.publish(id(&note), note.clone());
            note
        })
        .collect();
    publish_outbox(&bob, &notes.iter().collect::<Vec<_>>());
    let account = bob.is_followed_by(&alice);
    let home = alice.get("/api/v1/timelines/home?limit=40").ok();
    let home = home.as_array().unwrap();
    assert_eq!(home.len(), 40);
    assert_eq!((&home[0]["uri"], &home[39]["uri"]), (&notes[49]["id"], &notes[10]["id"]));
    assert!(home[0]["created_at"].as_str().unwrap().starts_with("2023-11-14T23:02:"));
    assert!(alice.get("/api/v1/notifications").ok().as_array().unwrap().is_empty(), "old posts are no news");
    assert_eq!(alice.get(&format!("/api/v1/accounts/{}", id(&account))).ok()["statuses_count"], 123);
}

#[test]
fn what_was_missed_while_the_server_was_down_is_looked_for() {
    let (mut alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&alice);
    assert!(alice.home().is_empty());
    let missed = bob.note("<p>while you were away</p>", &[]);
    publish_outbox(&bob, &[&missed]);
    alice.restart();
    alice.settles();
    assert!(alice.home().is_empty(), "it was away for a moment only");
    alice.clock.advance(8 * 60 * MINUTE);
    alice.restart();
    alice.settles();
    assert_eq!(alice.home()[0]["uri"], missed["id"]);
}

#[test]
fn the_context_of_an_own_thread_names_what_everybody_may_see() {
    let (alice, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let root = alice.posts("the root");
    let note = alice.document(root["uri"].as_str().unwrap()).ok();
    let context = note["context"].as_str().unwrap().to_owned();
    let open = answer_to(&bob, &alice, &root, false);
    answer_to(&bob, &alice, &root, true);
    let blocked = answer_to(&carol, &alice, &root, false);
    let who = alice.finds(&carol.handle());
    assert_eq!(
        alice.document(&context).ok()["orderedItems"],
        json!([root["uri"], open["id"], blocked["id"]])
    );
    alice.post(&format!("/api/v1/accounts/{}/block", id(&who)), json!({})).ok();
    let shown = alice.document(&context).ok();
    assert_eq!(shown["orderedItems"], json!([root["uri"], open["id"]]));
    assert_eq!(
        (&shown["type"], &shown["id"], &shown["attributedTo"]),
        (&json!("OrderedCollection"), &json!(context), &json!(alice.actor()))
    );
    let few = alice.post("/api/v1/statuses", json!({"status": "few", "visibility": "private"})).ok();
    assert_eq!(alice.document(&format!("{}/context", few["uri"].as_str().unwrap())).status, 404);
}

/// An answer of the peer's that arrives, for everybody or for followers only.
fn answer_to(peer: &Peer, taure: &Taure, parent: &Value, private: bool) -> Value {
    let mut note = peer.note("<p>an answer</p>", &[taure]);
    note["inReplyTo"] = parent["uri"].clone();
    if private {
        note["to"] = json!([taure.actor()]);
        note["cc"] = json!([format!("{}/followers", peer.actor())]);
    }
    peer.publish(id(&note), note.clone());
    assert_eq!(peer.delivers(taure, &peer.create(&note)).status, 202);
    taure.settles();
    note
}
