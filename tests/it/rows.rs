//! Every row of what may arrive, in the shape of the software that sends it, through the real inbox.

use crate::software::Software;
use serde_json::{Value, json};

/// Activity, object, and the tests that prove it. A test that is named and not there is an error.
const ROWS: &[(&str, &[&str])] = &[
    ("Create of a note", &["rows::notes_of_everybody_are_heard"]),
    (
        "Create of what is no note",
        &["rows::what_is_no_note_is_shown_as_one", "rows::a_letter_in_any_shape_is_a_letter"],
    ),
    ("Create of a vote", &["federation_polls::votes_of_mastodon_misskey_pleroma_and_gotosocial_count"]),
    ("Update", &["rows::edits_change_what_is_known", "rows::groups_hand_on_edits_and_deletions"]),
    (
        "Delete",
        &[
            "rows::deletions_in_every_shape",
            "federation_inbox::farewells_of_the_unknown_are_taken_without_asking_anybody",
        ],
    ),
    ("Follow", &["rows::follows_come_and_go"]),
    ("Accept and Reject", &["rows::answers_to_a_follow_in_every_shape", "federation_quotes", "interactions"]),
    (
        "Undo",
        &[
            "rows::follows_come_and_go",
            "rows::likes_and_boosts_come_and_go",
            "rows::blocks_are_noted_and_ended",
            "federation_reactions",
        ],
    ),
    ("Like", &["rows::likes_and_boosts_come_and_go"]),
    ("EmojiReact", &["federation_reactions::emoji_of_pleroma_and_misskey_are_shown_and_count_once"]),
    ("Dislike", &["federation_reactions::dislikes_are_kept_for_the_owners_eyes_and_can_be_undone"]),
    (
        "Announce of a post",
        &[
            "rows::likes_and_boosts_come_and_go",
            "rows::a_private_boost_of_oneself_is_inlined",
            "federation_discovery",
        ],
    ),
    (
        "Announce by a group",
        &[
            "rows::groups_of_every_software_are_followed",
            "rows::groups_hand_on_edits_and_deletions",
            "rows::moderation_of_groups_is_not_ours",
            "federation_reactions::votes_come_by_way_of_groups",
        ],
    ),
    ("Add and Remove", &["rows::pins_and_featured_hashtags"]),
    (
        "Move",
        &[
            "federation_moving::who_moves_is_followed_to_the_new_account_with_all_that_was_set",
            "federation_moving::a_move_that_the_new_account_tells_of_needs_the_old_ones_word",
        ],
    ),
    ("Block", &["rows::blocks_are_noted_and_ended"]),
    ("Flag", &["flags::reports_of_mastodon_misskey_pleroma_and_lemmy_reach_the_owner"]),
    ("QuoteRequest", &["federation_quotes"]),
    ("taken and forgotten", &["rows::what_we_do_nothing_with_is_taken_all_the_same"]),
    ("a collection as the body", &["rows::a_collection_is_looked_into_one_by_one"]),
];

#[test]
fn every_row_has_its_test() {
    let room = |name: &str| {
        std::fs::read_to_string(format!("{}/tests/it/{name}.rs", env!("CARGO_MANIFEST_DIR")))
            .unwrap_or_default()
    };
    for (row, proofs) in ROWS {
        assert!(!proofs.is_empty(), "{row}");
        for proof in *proofs {
            let (file, name) = proof.split_once("::").unwrap_or((proof, ""));
            let text = room(file);
            let found = text.contains(&format!("#[test]\nfn {name}"));
            assert!(found, "{row}: there is no test {proof}");
        }
    }
}

#[test]
fn notes_of_everybody_are_heard() {
    for (file, host, actor, words) in [
        ("mastodon/create_note", "mastodon.example", "/users/alice", "labrīt"),
        ("misskey/create_note", "misskey.example", "/users/9abc", "hello"),
        ("gotosocial/create_note", "gts.example", "/users/gus", "hello"),
        ("friendica/create_note", "friendica.example", "/profile/frida", "yes"),
        ("pixelfed/create_note", "pixelfed.example", "/users/pix", "Cats"),
        ("pleroma/create_note", "pleroma.example", "/users/lain", "hi<br>there"),
        ("mitra/create_note", "mitra.example", "/users/mira", "From Mitra"),
        ("snac/create_note", "snac.example", "/sam", "Small &amp; quick"),
        ("threads/create_note", "threads.example", "/ap/users/178", "Hello from Threads"),
        ("hubzilla/create_note", "hub.example", "/channel/hugo", "From Hubzilla"),
        ("honk/create_note", "honk.example", "/u/ted", "honk"),
        ("peertube/create_comment", "tube.example", "/accounts/tube", "Thank you"),
    ] {
        let scene = Software::new(host);
        let address = format!("https://{host}{actor}");
        scene.is(&address, "Person");
        let account = scene.is_followed(&address);
        let sent = scene.sends(file);
        let shown = scene.home();
        assert_eq!(shown.len(), 1, "{file}");
        let post = &shown[0];
        assert!(
            post["content"].as_str().unwrap().to_lowercase().contains(&words.to_lowercase()),
            "{file}: {}",
            post["content"]
        );
        assert_eq!((&post["uri"], &post["account"]["id"]), (&sent["object"]["id"], &account["id"]), "{file}");
        assert_eq!(post["visibility"], "public", "{file}");
        // Who is addressed and named hears of it; once, also when it comes twice.
        scene.says(sent.clone());
        let addressed =
            [&sent["to"], &sent["cc"]].iter().any(|to| to.to_string().contains(&scene.taure.actor()));
        let named = sent["object"]["tag"].to_string().contains("\"Mention\"");
        assert_eq!(scene.mentions().len(), usize::from(addressed && named), "{file}");
        assert_eq!(scene.home().len(), 1, "{file}");
    }
}

#[test]
fn what_is_no_note_is_shown_as_one() {
    for (file, host, actor, title, words, media) in [
        ("wordpress/create_article", "blog.example", "/?author=1", "On lighthouses", "in short", "image"),
        (
            "ghost/create_article",
            "ghost.example",
            "/.ghost/activitypub/users/index",
            "A newsletter",
            "An excerpt",
            "",
        ),
        (
            "writefreely/create_article",
            "write.example",
            "/api/collections/wren",
            "A walk",
            "Through the woods",
            "",
        ),
        ("bookwyrm/create_review", "books.example", "/user/bea", "Review of", "Read it twice", "image"),
        (
            "mobilizon/create_event",
            "mobilizon.example",
            "/@mona",
            "Midsummer sailing",
            "Old harbour",
            "image",
        ),
        (
            "funkwhale/create_audio",
            "funk.example",
            "/federation/actors/finn",
            "Horn signals",
            "One for each fog",
            "audio",
        ),
    ] {
        let scene = Software::new(host);
        let address = format!("https://{host}{actor}");
        scene.is(&address, "Person");
        scene.is_followed(&address);
        let sent = scene.sends(file);
        let post = scene.known(sent["object"]["id"].as_str().unwrap()).unwrap_or_else(|| panic!("{file}"));
        let content = post["content"].as_str().unwrap();
        assert!(content.contains(title) && content.contains(words), "{file}: {content}");
        assert_eq!(post["spoiler_text"], "", "{file}: a summary is no warning");
        let link = sent["object"]["url"]
            .as_str()
            .or(sent["object"]["url"][0]["href"].as_str())
            .or(sent["object"]["id"].as_str());
        assert!(content.contains(&format!("href=\"{}\"", link.unwrap())), "{file}: {content}");
        assert_eq!(post["media_attachments"][0]["type"].as_str().unwrap_or(""), media, "{file}");
    }
}

/// PeerTube's channel announces its videos: their author is a person, and they play.
#[test]
fn a_video_of_a_followed_channel_can_be_played() {
    let scene = Software::new("tube.example");
    scene.is("https://tube.example/accounts/tube", "Person");
    scene.is("https://tube.example/video-channels/films", "Group");
    let video = scene.read("peertube/video");
    scene.peer.publish(video["id"].as_str().unwrap(), video.clone());
    scene.is_followed("https://tube.example/video-channels/films");
    scene.sends("peertube/announce_video");
    let home = scene.home();
    let post = &home[0]["reblog"];
    assert_eq!((home.len(), &post["account"]["username"]), (1, &json!("tube")));
    let film = &post["media_attachments"][0];
    assert_eq!(film["type"], "video");
    assert!(film["url"].as_str().unwrap().ends_with(".mp4"), "{film}");
    assert!(film["preview_url"].as_str().unwrap().ends_with(".jpg"), "{film}");
    // An edit by the account that made it.
    let mut update = scene.read("peertube/update_video");
    update["object"] = video;
    update["object"]["name"] = json!("A better film");
    update["object"]["updated"] = json!("2026-11-01T10:00:00Z");
    scene.says(update);
    let post = scene.known("https://tube.example/videos/watch/abc").unwrap();
    assert!(post["content"].as_str().unwrap().contains("A better film"), "{}", post["content"]);
}

#[test]
fn a_letter_in_any_shape_is_a_letter() {
    for (file, host, actor, words) in [
        ("pleroma/create_chat_message", "pleroma.example", "/users/lain", "psst"),
        ("lemmy/private_message", "lemmy.example", "/u/leo", "hello in private"),
    ] {
        let scene = Software::new(host);
        scene.is(&format!("https://{host}{actor}"), "Person");
        scene.sends(file);
        let [letter] = scene.mentions().try_into().unwrap();
        assert_eq!(letter["visibility"], "direct", "{file}");
        assert!(letter["content"].as_str().unwrap().contains(words), "{file}");
        let id = letter["id"].as_str().unwrap();
        assert_eq!(scene.taure.as_stranger(&format!("/api/v1/statuses/{id}")).status, 404, "{file}");
    }
}

#[test]
fn edits_change_what_is_known() {
    let scene = Software::new("mastodon.example");
    scene.is("https://mastodon.example/users/alice", "Person");
    scene.sends("mastodon/create_note");
    scene.sends("mastodon/update_note");
    let post = scene.known("https://mastodon.example/users/alice/statuses/110").unwrap();
    assert_eq!((&post["content"], post["edited_at"].is_string()), (&json!("<p>edited</p>"), true));
    // Without a newer date only what is counted changes.
    let mut again = scene.read("mastodon/update_note");
    again["id"] = json!(scene.peer.new_id("updates"));
    again["object"]["content"] = json!("<p>older</p>");
    again["object"]["likes"] = json!({"type": "Collection", "totalItems": 7});
    scene.says(again);
    let post = scene.known("https://mastodon.example/users/alice/statuses/110").unwrap();
    assert_eq!((&post["content"], &post["favourites_count"]), (&json!("<p>edited</p>"), &json!(7)));
    // A profile: fetched, whatever the activity says.
    let mut actor: Value = scene.peer.actor_document();
    actor["id"] = json!(scene.at("https://mastodon.example/users/alice"));
    scene.is("https://mastodon.example/users/alice", "Person");
    scene.sends("mastodon/update_actor");
    assert_eq!(scene.account("https://mastodon.example/users/alice")["display_name"], "alice");
}

#[test]
fn deletions_in_every_shape() {
    for (create, delete, host, actor) in [
        ("mastodon/create_note", "mastodon/delete_note", "mastodon.example", "/users/alice"),
        ("misskey/create_note", "misskey/delete_note", "misskey.example", "/users/9abc"),
        ("gotosocial/create_note", "gotosocial/delete_note", "gts.example", "/users/gus"),
        ("pleroma/create_note", "pleroma/delete_note", "pleroma.example", "/users/lain"),
    ] {
        let scene = Software::new(host);
        let address = format!("https://{host}{actor}");
        scene.is(&address, "Person");
        scene.is_followed(&address);
        let sent = scene.sends(create);
        let id = sent["object"]["id"].as_str().unwrap();
        assert!(scene.known(id).is_some(), "{create}");
        let mut gone = scene.read(delete);
        let object = if gone["object"].is_object() { &mut gone["object"]["id"] } else { &mut gone["object"] };
        *object = json!(id);
        scene.says(gone);
        assert!(scene.known(id).is_none(), "{delete}");
        // A late copy does not bring it back.
        scene.says(sent.clone());
        assert!(scene.known(id).is_none(), "{delete}");
    }
    // A whole account, known here.
    let scene = Software::new("mastodon.example");
    scene.is("https://mastodon.example/users/alice", "Person");
    scene.sends("mastodon/create_note");
    scene.sends("mastodon/delete_actor");
    assert!(scene.mentions().is_empty());
}

#[test]
fn follows_come_and_go() {
    for (follow, undo, host, actor) in [
        ("mastodon/follow", "mastodon/undo_follow", "mastodon.example", "/users/alice"),
        ("misskey/follow", "misskey/undo_follow", "misskey.example", "/users/9abc"),
        ("gotosocial/follow", "gotosocial/undo_follow", "gts.example", "/users/gus"),
        ("pleroma/follow", "", "pleroma.example", "/users/lain"),
    ] {
        let scene = Software::new(host);
        scene.is(&format!("https://{host}{actor}"), "Person");
        let sent = scene.sends(follow);
        assert_eq!(scene.counts().0, 1, "{follow}");
        let [accept] = scene.peer.received_of("Accept").try_into().unwrap();
        assert_eq!(accept["object"]["id"], sent["id"], "{follow}");
        // Sent again, it is answered again and counted once.
        scene.says(sent.clone());
        assert_eq!((scene.counts().0, scene.peer.received_of("Accept").len()), (1, 2), "{follow}");
        if undo.is_empty() {
            let bare = json!({"id": scene.peer.new_id("undo"), "type": "Undo", "actor": sent["actor"], "object": sent["id"]});
            scene.says(bare);
        } else {
            scene.sends(undo);
        }
        assert_eq!(scene.counts().0, 0, "{undo}");
    }
    // Friendica follows posts, too: that makes no follower.
    let scene = Software::new("friendica.example");
    let mut sent = scene.read("friendica/follow_post");
    scene.is(
        &sent["actor"].as_str().unwrap().replace(&scene.peer.base, "https://friendica.example"),
        "Person",
    );
    sent["id"] = json!(scene.peer.new_id("follows"));
    scene.says(sent);
    assert_eq!(scene.counts().0, 0);
}

#[test]
fn answers_to_a_follow_in_every_shape() {
    for (file, host, actor, kind) in [
        ("mastodon/accept_follow", "mastodon.example", "/users/alice", "Person"),
        ("mitra/accept_follow", "mitra.example", "/users/mira", "Person"),
        ("pleroma/accept_follow", "pleroma.example", "/users/lain", "Person"),
        ("lemmy/accept_follow", "lemmy.example", "/c/cats", "Group"),
    ] {
        let scene = Software::new(host);
        let address = format!("https://{host}{actor}");
        scene.is(&address, kind);
        let (account, follow) = scene.is_asked(&address);
        assert!(!scene.following(&account));
        let text = scene.read(file).to_string().replace("FOLLOW", &follow);
        scene.says(serde_json::from_str(&text).unwrap());
        assert!(scene.following(&account), "{file}");
        // Afterwards a Reject takes the owner out.
        let mut reject = scene.read("mastodon/reject_follow");
        let id = scene.at(&address);
        (reject["actor"], reject["id"]) = (json!(id), json!(scene.peer.new_id("rejects")));
        (reject["object"]["id"], reject["object"]["object"]) = (json!(follow), json!(id));
        reject["object"]["actor"] = json!(scene.taure.actor());
        scene.says(reject);
        assert!(!scene.following(&account), "{file}");
    }
}

#[test]
fn likes_and_boosts_come_and_go() {
    for (file, host, actor) in [
        ("mastodon/like", "mastodon.example", "/users/alice"),
        ("misskey/like", "misskey.example", "/users/9abc"),
        ("peertube/like", "tube.example", "/accounts/tube"),
        ("pixelfed/like", "pixelfed.example", "/users/pix"),
        ("friendica/like", "friendica.example", "/profile/frida"),
        ("mastodon/announce", "mastodon.example", "/users/alice"),
        ("misskey/announce", "misskey.example", "/users/9abc"),
        ("pleroma/announce", "pleroma.example", "/users/lain"),
    ] {
        let scene = Software::new(host);
        scene.is(&format!("https://{host}{actor}"), "Person");
        let sent = scene.sends(file);
        scene.says(sent.clone());
        let (_, likes, boosts) = scene.counts();
        let is_like = sent["type"] == "Like";
        assert_eq!((likes, boosts), if is_like { (1, 0) } else { (0, 1) }, "{file}");
        let kind = if is_like { "favourite" } else { "reblog" };
        assert_eq!(scene.taure.notifications(kind).len(), 1, "{file}");
        let undo =
            json!({"id": scene.peer.new_id("undo"), "type": "Undo", "actor": sent["actor"], "object": sent});
        scene.says(undo);
        assert_eq!((scene.counts().1, scene.counts().2), (0, 0), "{file}");
    }
    // The Undo of Mastodon in its own words.
    let scene = Software::new("mastodon.example");
    scene.is("https://mastodon.example/users/alice", "Person");
    for (one, undo) in
        [("mastodon/like", "mastodon/undo_like"), ("mastodon/announce", "mastodon/undo_announce")]
    {
        let mut sent = scene.read(one);
        sent["id"] = scene.read(undo)["object"]["id"].clone();
        scene.says(sent);
        scene.sends(undo);
        assert_eq!((scene.counts().1, scene.counts().2), (0, 0), "{undo}");
    }
}

#[test]
fn a_private_boost_of_oneself_is_inlined() {
    let scene = Software::new("mastodon.example");
    let alice = "https://mastodon.example/users/alice";
    scene.is(alice, "Person");
    scene.is_followed(alice);
    scene.sends("mastodon/announce_private");
    let home = scene.home();
    assert_eq!((home.len(), &home[0]["content"]), (1, &json!("<p>for followers, once more</p>")));
    assert_eq!(home[0]["visibility"], "private");
    // By somebody else it would be a leak.
    let mut stolen = scene.read("mastodon/announce_private");
    stolen["actor"] = json!(scene.is("https://mastodon.example/users/mallory", "Person"));
    stolen["id"] = json!(scene.peer.new_id("announces"));
    stolen["object"]["id"] = json!(scene.peer.new_id("notes"));
    scene.is_followed("https://mastodon.example/users/mallory");
    scene.says(stolen);
    assert_eq!(scene.home().len(), 1);
}

#[test]
fn groups_of_every_software_are_followed() {
    for (file, host, group, author, words) in [
        ("lemmy/announce_create_page", "lemmy.example", "/c/cats", "/u/leo", "Cats of the week"),
        ("mbin/announce_create_page", "mbin.example", "/m/cats", "/u/mia", "With whiskers"),
        ("piefed/announce_create_page", "piefed.example", "/c/cats", "/u/pip", "In a box"),
        ("nodebb/announce_create_note", "nodebb.example", "/category/5", "/uid/2", "Its beginning"),
        (
            "discourse/announce_create_note",
            "discourse.example",
            "/ap/actor/cats",
            "/ap/actor/dan",
            "A topic of Discourse",
        ),
    ] {
        let scene = Software::new(host);
        let group = format!("https://{host}{group}");
        scene.is(&group, "Group");
        scene.is(&format!("https://{host}{author}"), "Person");
        scene.is_followed(&group);
        let announced = scene.read(file);
        let object = announced["object"]["object"].clone();
        let id = object["id"].as_str().unwrap().to_owned();
        scene.peer.publish(&id, object);
        scene.says(announced);
        // Lemmy and its like send the bare post as well.
        let compat = json!({"id": scene.peer.new_id("announces"), "type": "Announce", "actor": scene.at(&group), "object": id,
            "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [format!("{}/followers", scene.at(&group))]});
        scene.says(compat);
        let home = scene.home();
        let shown: Vec<&Value> =
            home.iter().map(|s| if s["reblog"].is_null() { s } else { &s["reblog"] }).collect();
        assert_eq!(shown.iter().filter(|s| s["uri"] == id).count(), 1, "{file}");
        assert!(shown[0]["content"].as_str().unwrap().contains(words), "{file}: {}", shown[0]["content"]);
    }
}

#[test]
fn groups_hand_on_edits_and_deletions() {
    let scene = Software::new("lemmy.example");
    scene.is("https://lemmy.example/c/cats", "Group");
    scene.is("https://lemmy.example/u/leo", "Person");
    scene.is_followed("https://lemmy.example/c/cats");
    let serves = |file: &str| {
        let activity = scene.read(file);
        let object = &activity["object"]["object"];
        scene.peer.publish(object["id"].as_str().unwrap(), object.clone());
    };
    let page = || scene.known("https://lemmy.example/post/1");
    serves("lemmy/announce_create_page");
    scene.sends("lemmy/announce_create_page");
    scene.sends("lemmy/announce_page");
    assert!(page().unwrap()["content"].as_str().unwrap().contains("of the week"));
    serves("lemmy/announce_create_comment");
    scene.sends("lemmy/announce_create_comment");
    assert_eq!(page().unwrap()["replies_count"], 1);
    // What it says is looked up: before the page has changed nothing has.
    scene.sends("lemmy/announce_update_page");
    assert!(page().unwrap()["content"].as_str().unwrap().contains("of the week"));
    serves("lemmy/announce_update_page");
    let mut update = scene.read("lemmy/announce_update_page");
    update["id"] = json!(scene.peer.new_id("announces"));
    scene.says(update);
    assert!(page().unwrap()["content"].as_str().unwrap().contains("of the month"));
    // A deletion that is none.
    scene.sends("lemmy/announce_delete_page");
    assert!(page().is_some());
    let id = scene.at("https://lemmy.example/post/1");
    scene.peer.answer(&id, 410, json!({"type": "Tombstone", "id": id}));
    let mut gone = scene.read("lemmy/announce_delete_page");
    gone["id"] = json!(scene.peer.new_id("announces"));
    scene.says(gone);
    assert!(page().is_none());
}

#[test]
fn moderation_of_groups_is_not_ours() {
    let scene = Software::new("lemmy.example");
    for (address, kind) in [("/c/cats", "Group"), ("/u/leo", "Person"), ("/u/mod", "Person")] {
        scene.is(&format!("https://lemmy.example{address}"), kind);
    }
    scene.is_followed("https://lemmy.example/c/cats");
    let activity = scene.read("lemmy/announce_create_page");
    let object = &activity["object"]["object"];
    scene.peer.publish(object["id"].as_str().unwrap(), object.clone());
    scene.sends("lemmy/announce_page");
    let before = scene.home();
    for file in ["block", "lock", "add_moderator", "remove_pin", "dislike", "undo_delete"] {
        scene.sends(&format!("lemmy/announce_{file}"));
    }
    assert_eq!(scene.home(), before);
    assert_eq!(scene.taure.get("/api/v1/notifications").ok(), json!([]));
    let moderator = scene.account("https://lemmy.example/u/mod");
    assert_eq!(scene.taure.relationship(moderator["id"].as_str().unwrap())["blocked_by"], false);
}

#[test]
fn pins_and_featured_hashtags() {
    let scene = Software::new("mastodon.example");
    scene.is("https://mastodon.example/users/alice", "Person");
    scene.sends("mastodon/create_note");
    let account = scene.account("https://mastodon.example/users/alice");
    let pinned = || {
        let path = format!("/api/v1/accounts/{}/statuses?pinned=true", account["id"].as_str().unwrap());
        scene.taure.get(&path).ok().as_array().unwrap().len()
    };
    let featured = || {
        scene.taure.get(&format!("/api/v1/accounts/{}/featured_tags", account["id"].as_str().unwrap())).ok()
    };
    scene.sends("mastodon/add_hashtag");
    let sea = scene.at("https://mastodon.example/@alice/tagged/sea");
    assert_eq!((pinned(), &featured()[0]["name"], &featured()[0]["url"]), (0, &json!("sea"), &json!(sea)));
    let mut gone = scene.read("mastodon/add_hashtag");
    gone["type"] = json!("Remove");
    scene.says(gone);
    assert_eq!(featured(), json!([]));
    scene.sends("mastodon/add_pin");
    assert_eq!(pinned(), 1);
    scene.sends("mastodon/remove_pin");
    assert_eq!(pinned(), 0);
}

#[test]
fn blocks_are_noted_and_ended() {
    for (file, host, actor) in [
        ("mastodon/block", "mastodon.example", "/users/alice"),
        ("misskey/block", "misskey.example", "/users/9abc"),
        ("pixelfed/block", "pixelfed.example", "/users/pix"),
    ] {
        let scene = Software::new(host);
        let address = format!("https://{host}{actor}");
        scene.is(&address, "Person");
        let account = scene.is_followed(&address);
        let blocked = || scene.taure.relationship(account["id"].as_str().unwrap())["blocked_by"].clone();
        let block = scene.sends(file);
        assert_eq!((blocked(), scene.following(&account)), (json!(true), false), "{file}");
        assert_eq!(scene.taure.get("/api/v1/notifications").ok(), json!([]), "{file}: nobody is told");
        let mut undo = scene.read("mastodon/undo_block");
        let inner = block.clone();
        (undo["actor"], undo["object"], undo["id"]) =
            (block["actor"].clone(), inner, json!(scene.peer.new_id("undo")));
        scene.says(undo);
        assert_eq!(blocked(), false, "{file}");
    }
}

#[test]
fn what_we_do_nothing_with_is_taken_all_the_same() {
    for (host, address, files) in [
        ("books.example", "https://books.example/user/bea", &["bookwyrm/read"][..]),
        (
            "tube.example",
            "https://tube.example/accounts/tube",
            &["peertube/view", "peertube/approve_reply", "peertube/cache_file"],
        ),
        ("pixelfed.example", "https://pixelfed.example/users/pix", &["pixelfed/download"]),
        ("funk.example", "https://funk.example/federation/actors/finn", &["funkwhale/listen"]),
        ("blog.example", "https://blog.example/author/1", &["wordpress/arrive"]),
        ("mastodon.example", "https://mastodon.example/users/alice", &["mastodon/feature_request"]),
        (
            "mobilizon.example",
            "https://mobilizon.example/@mona",
            &["mobilizon/join", "mobilizon/leave", "mobilizon/invite"],
        ),
        ("mitra.example", "https://mitra.example/users/mira", &["mitra/offer"]),
        ("pleroma.example", "https://pleroma.example/users/lain", &["pleroma/encrypted"]),
        ("misskey.example", "https://misskey.example/users/9abc", &["misskey/bite"]),
        ("honk.example", "https://honk.example/u/ted", &["honk/ping", "honk/pong"]),
    ] {
        let scene = Software::new(host);
        scene.is(address, "Person");
        scene.is_followed(address);
        let (before, sent) = (scene.counts(), scene.peer.received().len());
        for file in files {
            scene.sends(file); // 202, or it panics
            assert_eq!(scene.taure.get("/api/v1/notifications").ok(), json!([]), "{file}");
            assert_eq!(scene.counts(), before, "{file}");
            assert_eq!(scene.peer.received().len(), sent, "{file}: an answer was sent");
            assert!(scene.home().is_empty() || scene.home()[0]["account"]["acct"] == "alice", "{file}");
        }
    }
}

#[test]
fn a_collection_is_looked_into_one_by_one() {
    let scene = Software::new("tube.example");
    scene.is("https://tube.example/accounts/tube", "Person");
    let signer = scene.peer.signer();
    let signer = taure::sig::Signer {
        key_id: format!("{}#main-key", scene.at("https://tube.example/accounts/tube")),
        ..signer
    };
    scene.posts_as(&scene.read("peertube/collection"), &signer);
    assert_eq!(scene.counts().1, 1);
    // Each is its actor's own, and there is an end to it.
    let mut many = scene.read("peertube/collection");
    let items: Vec<Value> = (0..30)
        .map(|n| {
            json!({"id": scene.peer.new_id("likes"), "type": "Create", "actor": signer.key_id.trim_end_matches("#main-key"),
                "object": {"id": scene.peer.new_id("notes"), "type": "Note", "content": format!("<p>{n}</p>"), "to": [scene.taure.actor()],
                    "attributedTo": signer.key_id.trim_end_matches("#main-key"),
                    "tag": [{"type": "Mention", "href": scene.taure.actor()}]}})
        })
        .collect();
    many["orderedItems"] = json!(items);
    scene.posts_as(&many, &signer);
    assert_eq!(scene.mentions().len(), 20);
}
