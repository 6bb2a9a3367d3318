//! Likes with an emoji, as Pleroma and Misskey send them; dislikes; votes that groups announce; the owner's own.

use crate::harness::Taure;
use crate::pages_requests::Browser;
use crate::peer::Peer;
use serde_json::{Value, json};
use taure::ops;

fn root(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn fixture_of(file: &str) -> Value {
    serde_json::from_slice(&std::fs::read(root("tests/fixtures").join(file)).unwrap()).unwrap()
}

/// A fixture, as the peer would send it about `status`.
fn fixture(file: &str, peer: &Peer, status: &Value) -> Value {
    let mut sent = fixture_of(file);
    for (key, value) in [
        ("id", json!(peer.new_id("activities"))),
        ("actor", json!(peer.actor())),
        ("object", status["uri"].clone()),
    ] {
        sent[key] = value;
    }
    sent
}

fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

fn reactions(taure: &Taure, status: &Value) -> Value {
    taure.status(status["id"].as_str().unwrap())["reactions"].clone()
}

#[test]
fn emoji_of_pleroma_and_misskey_are_shown_and_count_once() {
    let alice = Taure::new();
    let (lain, ai) = (Peer::new("lain"), Peer::new("ai"));
    let post = alice.posts("hello");
    let fire = fixture("pleroma/emoji_react.json", &lain, &post);
    takes(&alice, &lain, &fire);
    takes(&alice, &lain, &fire);
    assert_eq!(reactions(&alice, &post), json!([{"name": "🔥", "count": 1, "me": false}]));
    assert_eq!((favourites(&alice, &post), alice.notifications("favourite").len()), (1, 1));

    let told = alice.notifications("favourite").remove(0);
    assert_eq!((&told["emoji"], &told["emoji_url"]), (&json!("🔥"), &Value::Null));
    assert!(Browser::of(&alice).get("/notifications").text.contains("favourited your post with 🔥"));

    let mut like = fixture("misskey/like.json", &ai, &post);
    like["content"] = json!(":blob:");
    like["_misskey_reaction"] = json!(":blob:");
    like["tag"] = json!([{"id": format!("{}/emojis/blob", ai.base), "type": "Emoji", "name": ":blob:",
        "icon": {"type": "Image", "mediaType": "image/png", "url": format!("{}/blob.png", ai.base)}}]);
    takes(&alice, &ai, &like);
    let blob = alice.shown(&format!("{}/blob.png", ai.base));
    let shown = reactions(&alice, &post);
    assert!(
        shown
            .as_array()
            .unwrap()
            .contains(&json!({"name": "blob", "count": 1, "me": false, "url": blob, "static_url": blob})),
        "{shown}"
    );
    let page = Browser::of(&alice).get(&format!("/@alice/{}", post["id"].as_str().unwrap())).text;
    assert!(page.contains("class=\"reactions\"") && page.contains("🔥 1"), "{page}");

    assert!(page.contains(&blob), "the owner sees the picture");
    let visited = alice.as_stranger(&format!("/@alice/{}", post["id"].as_str().unwrap())).text;
    assert!(visited.contains("🔥 1") && !visited.contains(&blob), "a visitor's browser asks no other server");

    // Another one by the same person stands beside it; they are one favourite, until the last of them goes.
    let mut heart = fixture("pleroma/emoji_react.json", &lain, &post);
    heart["content"] = json!("💚");
    takes(&alice, &lain, &heart);
    assert!(reactions(&alice, &post).to_string().contains("💚"));
    assert_eq!(favourites(&alice, &post), 2);
    takes(&alice, &lain, &lain.activity("Undo", fire));
    assert!(!reactions(&alice, &post).to_string().contains("🔥"));
    assert_eq!(favourites(&alice, &post), 2);
    takes(&alice, &lain, &lain.activity("Undo", heart["id"].clone()));
    takes(&alice, &ai, &ai.activity("Undo", like));
    assert_eq!(reactions(&alice, &post), Value::Null);
    assert_eq!(favourites(&alice, &post), 0);
    assert_eq!(alice.notifications("favourite").len(), 0);
}

fn favourites(taure: &Taure, status: &Value) -> i64 {
    taure.status(status["id"].as_str().unwrap())["favourites_count"].as_i64().unwrap()
}

#[test]
fn a_plain_like_outlives_the_emoji_of_the_same_person() {
    let (alice, kai, mira) = (Taure::new(), Peer::new("kai"), Peer::new("mira"));
    let post = alice.posts("hello");
    let mut react = fixture("akkoma/emoji_react.json", &kai, &post);
    react["tag"][0]["icon"]["url"] = json!(format!("{}/blobcat.png", kai.base));
    let like = kai.activity("Like", post["uri"].clone());
    takes(&alice, &kai, &react);
    takes(&alice, &kai, &like);
    takes(&alice, &mira, &fixture("mitra/like.json", &mira, &post));
    assert_eq!(favourites(&alice, &post), 2);
    assert_eq!(reactions(&alice, &post).as_array().unwrap().len(), 2);
    takes(&alice, &kai, &kai.activity("Undo", react));
    assert_eq!(favourites(&alice, &post), 2);
    takes(&alice, &kai, &kai.activity("Undo", like));
    assert_eq!(favourites(&alice, &post), 1);
    assert_eq!(reactions(&alice, &post), json!([{"name": "❤️", "count": 1, "me": false}]));
    // No more than ten of one person.
    for n in 0..15_u32 {
        let mut more = fixture("pleroma/emoji_react.json", &kai, &post);
        more["content"] = json!(char::from_u32(0x1F600 + n).unwrap().to_string());
        takes(&alice, &kai, &more);
    }
    assert_eq!(reactions(&alice, &post).as_array().unwrap().len(), 11);
}

#[test]
fn dislikes_are_kept_for_the_owners_eyes_and_can_be_undone() {
    let alice = Taure::new();
    let post = alice.posts("hello");
    let (id, mut sent) = (post["id"].as_str().unwrap(), Vec::new());
    for software in ["friendica", "lemmy", "peertube", "hubzilla"] {
        let peer = Peer::new(software);
        let dislike = fixture(&format!("{software}/dislike.json"), &peer, &post);
        takes(&alice, &peer, &dislike);
        takes(&alice, &peer, &dislike);
        sent.push((peer, dislike));
    }
    assert_eq!(reactions(&alice, &post), json!([{"name": "👎", "count": 4, "me": false}]));
    assert_eq!((favourites(&alice, &post), alice.notifications("favourite").len()), (0, 0));
    assert!(alice.as_stranger(&format!("/api/v1/statuses/{id}")).ok()["reactions"].is_null());
    assert!(!alice.as_stranger(&format!("/@alice/{id}")).text.contains("👎"));
    assert!(Browser::of(&alice).get(&format!("/@alice/{id}")).text.contains("👎 4"));
    for (n, (peer, dislike)) in sent.into_iter().enumerate() {
        let mut inner = dislike;
        if n % 2 == 0 {
            inner.as_object_mut().unwrap().remove("id");
        }
        takes(&alice, &peer, &peer.activity("Undo", inner));
    }
    assert_eq!(reactions(&alice, &post), Value::Null);
}

/// A server that says of itself what it is.
fn runs(peer: &Peer, software: &str) {
    let at = format!("{}/nodeinfo/2.0", peer.base);
    peer.publish(
        &format!("{}/.well-known/nodeinfo", peer.base),
        json!({"links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": at}]}),
    );
    peer.publish(&at, json!({"version": "2.0", "software": {"name": software, "version": "1"}}));
}

#[test]
fn the_owner_reacts_in_the_words_of_the_other_server() {
    let alice = Taure::new();
    for (software, kind) in [
        ("Pleroma", "EmojiReact"),
        ("akkoma", "EmojiReact"),
        ("misskey", "Like"),
        ("mastodon", "Like"),
        ("", "Like"),
    ] {
        let bob = Peer::new("bob");
        if !software.is_empty() {
            runs(&bob, software);
        }
        let note = bob.note("<p>hello</p>", &[]);
        let post = alice.finds_status(note["id"].as_str().unwrap());
        let id = post["id"].as_str().unwrap();
        let shown = alice.post(&format!("/api/v1/statuses/{id}/react/%F0%9F%94%A5"), json!({})).ok();
        assert_eq!(shown["reactions"], json!([{"name": "🔥", "count": 1, "me": true}]));
        alice.call("PUT", &format!("/api/v1/pleroma/statuses/{id}/reactions/%F0%9F%94%A5"), None).ok();
        alice.settles();
        let [sent] = bob.received_of(kind).try_into().unwrap();
        assert_eq!((&sent["content"], &sent["object"]), (&json!("🔥"), &note["id"]), "{software}");
        assert_eq!(sent["_misskey_reaction"], if kind == "Like" { json!("🔥") } else { Value::Null });
        let listed = alice.get(&format!("/api/v1/pleroma/statuses/{id}/reactions")).ok();
        assert_eq!((&listed[0]["name"], &listed[0]["accounts"][0]["acct"]), (&json!("🔥"), &json!("alice")));
        alice.call("DELETE", &format!("/api/v1/pleroma/statuses/{id}/reactions/%F0%9F%94%A5"), None).ok();
        alice.settles();
        let [undo] = bob.received_of("Undo").try_into().unwrap();
        assert_eq!((&undo["object"]["id"], &undo["object"]["type"]), (&sent["id"], &json!(kind)));
        assert_eq!(reactions(&alice, &post), Value::Null);
    }
}

#[test]
fn an_own_emoji_goes_with_its_picture_and_two_houses_understand_each_other() {
    let (alice, dora) = (Taure::new(), Taure::named("dora"));
    ops::emojis::add(&alice.app(), "horn", None, &std::fs::read(root("assets/icon-192.png")).unwrap())
        .unwrap();
    let post = dora.posts("hello");
    let seen = alice.finds_status(post["uri"].as_str().unwrap());
    let id = seen["id"].as_str().unwrap();
    alice.post(&format!("/api/v1/statuses/{id}/react/:horn:"), json!({})).ok();
    alice.settles();
    dora.settles();
    let got = reactions(&dora, &post);
    assert_eq!((&got[0]["name"], &got[0]["me"]), (&json!("horn"), &json!(false)));
    assert!(got[0]["url"].as_str().unwrap().starts_with(&format!("{}/proxy/", dora.base)));
    alice.post(&format!("/api/v1/statuses/{id}/unreact/horn"), json!({})).ok();
    alice.settles();
    dora.settles();
    assert_eq!(reactions(&dora, &post), Value::Null);

    for wrong in ["hello", "nosuch", "%3Cb%3E", "a"] {
        assert_eq!(
            alice.post(&format!("/api/v1/statuses/{id}/react/{wrong}"), json!({})).status,
            422,
            "{wrong}"
        );
    }
    assert_eq!(alice.post("/api/v1/statuses/1/react/%F0%9F%94%A5", json!({})).status, 404);
    // Own posts, too; nobody is written to.
    let own = alice.posts("mine");
    let shown = alice
        .post(&format!("/api/v1/statuses/{}/react/%F0%9F%94%A5", own["id"].as_str().unwrap()), json!({}))
        .ok();
    assert_eq!(shown["reactions"][0]["me"], true);
    // By plain forms.
    let page = Browser::of(&alice);
    let (here, id) = (format!("/@alice/{}", own["id"].as_str().unwrap()), own["id"].as_str().unwrap());
    assert!(page.get(&here).text.contains("React with an emoji"));
    page.press(&here, &format!("/posts/{id}/unreact"), &[("emoji", "🔥")]);
    assert_eq!(reactions(&alice, &own), Value::Null);
    page.press(&here, &format!("/posts/{id}/react"), &[("emoji", "🎉")]);
    assert!(page.get(&here).text.contains("🎉 1"));
}

/// Votes of a community: counted for what it announced, and believed for ours when their own server shows them.
#[test]
fn votes_come_by_way_of_groups() {
    let (alice, cats, leo) = (Taure::new(), Peer::new("cats"), Peer::new("leo"));
    let mut actor = cats.actor_document();
    actor["type"] = json!("Group");
    cats.publish(&cats.actor(), actor);
    cats.is_followed_by(&alice);
    let page = leo.note("<p>Cats of the week</p>", &[]);
    takes(&alice, &cats, &cats.activity("Announce", page["id"].clone()));
    let known = alice.home().remove(0)["reblog"].clone();

    let announced = |file: &str, like: &str, post: &Value| {
        let mut sent = fixture(file, &cats, &json!({"uri": "x"}));
        let mut inner: Value = fixture_of(file)["object"].clone();
        inner["actor"] = json!(leo.actor());
        let of = if inner["type"] == "Undo" {
            inner["id"] = json!(format!("{like}/undo"));
            inner["object"]["actor"] = json!(leo.actor());
            &mut inner["object"]
        } else {
            &mut inner
        };
        of["id"] = json!(like);
        of["object"] = post["uri"].clone();
        sent["object"] = inner;
        sent
    };
    let like = format!("{}/activities/like/1", leo.base);
    takes(&alice, &cats, &announced("lemmy/announce_like.json", &like, &known));
    takes(&alice, &cats, &announced("lemmy/announce_like.json", &like, &known));
    assert_eq!(favourites(&alice, &known), 1);
    // Somebody else's group has no say about it.
    let dogs = Peer::new("dogs");
    let mut foreign = announced("lemmy/announce_like.json", &format!("{like}2"), &known);
    foreign["actor"] = json!(dogs.actor());
    foreign["id"] = json!(dogs.new_id("activities"));
    takes(&alice, &dogs, &foreign);
    assert_eq!(favourites(&alice, &known), 1);
    takes(&alice, &cats, &announced("lemmy/announce_undo_like.json", &like, &known));
    assert_eq!(favourites(&alice, &known), 0);

    let ours = alice.posts("in the community");
    takes(&alice, &cats, &announced("lemmy/announce_like.json", &like, &ours));
    assert_eq!(favourites(&alice, &ours), 0, "nobody but the group says so");
    let sent = announced("lemmy/announce_like.json", &like, &ours);
    leo.publish(&like, sent["object"].clone());
    takes(&alice, &cats, &sent);
    assert_eq!(favourites(&alice, &ours), 1);
    assert_eq!(alice.notifications("favourite")[0]["account"]["username"], "leo");
}

#[test]
fn what_is_no_emoji_is_a_plain_favourite_and_nobody_reacts_to_what_they_may_not_see() {
    let (alice, lain) = (Taure::new(), Peer::new("lain"));
    let post = alice.posts("hello");
    let mut words = fixture("pleroma/emoji_react.json", &lain, &post);
    words["content"] = json!("<b>very much</b>");
    takes(&alice, &lain, &words);
    assert_eq!(reactions(&alice, &post), Value::Null);
    assert_eq!(alice.status(post["id"].as_str().unwrap())["favourites_count"], 1);
    let few = alice.post("/api/v1/statuses", json!({"status": "few", "visibility": "private"})).ok();
    takes(&alice, &lain, &fixture("pleroma/emoji_react.json", &lain, &few));
    assert_eq!(reactions(&alice, &few), Value::Null);
}
