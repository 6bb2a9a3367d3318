//! Streams of events: <https://docs.joinmastodon.org/methods/streaming/>

use crate::harness::{Taure, request};
use crate::peer::{PUBLIC, Peer};
use crate::stream_client::{Events, Socket, emits, id};
use serde_json::{Value, json};
use taure::model::{Event, StatusId};
use taure::ops::auth::issue_token;
use taure::store;

/// A followed peer posts; returns the id of the post here.
fn receives(taure: &Taure, peer: &Peer, note: &Value) -> String {
    assert_eq!(peer.delivers(taure, &peer.create(note)).status, 202);
    taure.settles();
    let uri = note["id"].as_str().unwrap();
    let found = taure.app().store.read(|c| store::statuses::by_uri(c, uri)).unwrap();
    found.expect("the post was not stored").id.to_string()
}

/// A letter of the peer's to the owner, and to nobody else.
fn letter(taure: &Taure, peer: &Peer, html: &str) -> Value {
    let mut note = peer.note(html, &[taure]);
    note["to"] = json!([taure.actor()]);
    note["cc"] = json!([]);
    note
}

// --- how a stream is opened

#[test]
fn pitfall_80_a_token_comes_by_header_by_address_or_as_the_subprotocol_which_is_echoed() {
    let taure = Taure::new();
    let bearer = format!("Bearer {}", taure.token);
    let mut open = [
        Socket::with(&taure, "stream=user", &[("authorization", &bearer)]).unwrap(),
        Socket::with(&taure, &format!("stream=user&access_token={}", taure.token), &[]).unwrap(),
        Socket::with(&taure, "stream=user", &[("sec-websocket-protocol", &taure.token)]).unwrap(),
    ];
    assert_eq!(open[0].protocol, None);
    assert_eq!(open[2].protocol.as_deref(), Some(taure.token.as_str()));
    let post = taure.posts("Labrīt!");
    for socket in &mut open {
        assert_eq!(socket.hears(&["user"], "update")["id"], post["id"]);
    }
    let events = Events::with(&taure, &format!("user?access_token={}", taure.token), &[]);
    assert_eq!(events.status, 200);
}

#[test]
fn pitfall_80_a_missing_or_wrong_token_opens_nothing() {
    let taure = Taure::new();
    let refused =
        |query: &str, headers: &[(&str, &str)]| Socket::with(&taure, query, headers).err().unwrap().0;
    assert_eq!(refused("stream=user", &[]), 401);
    assert_eq!(refused("stream=user&access_token=", &[]), 401);
    assert_eq!(refused("stream=user&access_token=wrong", &[]), 401);
    assert_eq!(refused("stream=user", &[("sec-websocket-protocol", "wrong")]), 401);
    assert_eq!(refused("stream=user", &[("authorization", "Bearer wrong")]), 401);
    for path in ["user", "public", "public/local", "hashtag?tag=a", "direct", "user/notification"] {
        assert_eq!(Events::with(&taure, path, &[]).status, 401, "{path}");
        let sign = if path.contains('?') { '&' } else { '?' };
        assert_eq!(Events::with(&taure, &format!("{path}{sign}access_token=wrong"), &[]).status, 401);
    }
    // A token in the address opens streams and nothing else.
    let elsewhere = format!("/api/v1/timelines/home?access_token={}", taure.token);
    assert_eq!(taure.as_stranger(&elsewhere).status, 401);
}

#[test]
fn an_app_without_a_user_listens_to_nothing() {
    let taure = Taure::new();
    let new = json!({"client_name": "a", "redirect_uris": "app://back", "scopes": "read"});
    let app = taure.post("/api/v1/apps", new).ok();
    let grant = json!({
        "grant_type": "client_credentials", "client_id": app["client_id"],
        "client_secret": app["client_secret"], "scope": "read",
    });
    let token = taure.send("POST", "/oauth/token", &[], Some(grant)).ok()["access_token"].clone();
    let query = format!("access_token={}", token.as_str().unwrap());
    assert_eq!(Socket::with(&taure, &query, &[]).err().unwrap().0, 422);
    for path in ["user", "public"] {
        assert_eq!(Events::with(&taure, &format!("{path}?{query}"), &[]).status, 422);
    }
}

#[test]
fn each_stream_needs_its_scope() {
    let taure = Taure::new();
    let store = &taure.app().store;
    let statuses = issue_token(store, "statuses", "read:statuses").unwrap();
    let notifications = issue_token(store, "notifications", "read:notifications").unwrap();
    let status = |path: &str, token: &str| {
        Events::with(&taure, path, &[("authorization", &format!("Bearer {token}"))]).status
    };
    assert_eq!((status("user", &statuses), status("user", &notifications)), (200, 403));
    assert_eq!(
        (status("user/notification", &statuses), status("user/notification", &notifications)),
        (403, 200)
    );
    let mut socket =
        Socket::with(&taure, "stream=public", &[("sec-websocket-protocol", &notifications)]).unwrap();
    assert_eq!(
        socket.next(),
        json!({"error": "Access token does not have the required scopes", "status": 401})
    );
    // Home without notifications.
    let peer = Peer::new("bob");
    peer.is_followed_by(&taure);
    let mut socket = Socket::with(&taure, "stream=user", &[("sec-websocket-protocol", &statuses)]).unwrap();
    let mention = receives(&taure, &peer, &peer.note("<p>hi</p>", &[&taure]));
    let own = taure.posts("after it");
    assert_eq!(socket.hears(&["user"], "update")["id"], json!(mention));
    assert_eq!(socket.hears(&["user"], "update")["id"], own["id"]);
}

#[test]
fn pitfall_80_streams_are_subscribed_to_in_the_address_or_one_after_the_other() {
    let taure = Taure::new();
    let mut socket = Socket::open(&taure, "stream=user");
    let first = taure.posts("first #cats");
    assert_eq!(socket.hears(&["user"], "update")["id"], first["id"]);

    socket.subscribes(&json!({"stream": "public:local"}));
    socket.subscribes(&json!({"stream": ["hashtag"], "tag": "Cats"}));
    socket.subscribes(&json!({"stream": "public:local"})); // twice is once
    let second = taure.posts("second #cats");
    let mut heard: Vec<Value> = (0..3).map(|_| socket.next()).collect();
    heard.sort_by_key(|frame| frame["stream"].to_string());
    let streams: Vec<&Value> = heard.iter().map(|frame| &frame["stream"]).collect();
    assert_eq!(streams, [&json!(["hashtag", "Cats"]), &json!(["public:local"]), &json!(["user"])]);

    socket.unsubscribes(&json!({"stream": "public:local"}));
    socket.unsubscribes(&json!({"stream": "hashtag", "tag": "cats"}));
    socket.unsubscribes(&json!({"stream": "direct"})); // was not heard
    let third = taure.posts("third #cats");
    let fourth = taure.posts("fourth");
    assert_eq!(socket.hears(&["user"], "update")["id"], third["id"]);
    assert_eq!(socket.hears(&["user"], "update")["id"], fourth["id"]);
    assert_ne!(second["id"], third["id"]);
}

#[test]
fn pitfall_80_the_address_may_name_a_tag_or_a_list() {
    let taure = Taure::new();
    let list = id(&taure.post("/api/v1/lists", json!({"title": "L"})).ok());
    let mut tagged = Socket::open(&taure, "stream=hashtag&tag=cats");
    let mut listed = Socket::open(&taure, &format!("stream=list&list={list}"));
    let mut wrong = Socket::open(&taure, "stream=list&list=7");
    assert_eq!(wrong.next(), json!({"error": "Not authorized to stream this list", "status": 401}));
    let post = taure.posts("#cats");
    assert_eq!(tagged.hears(&["hashtag", "cats"], "update")["id"], post["id"]);
    taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&post)), None).ok();
    assert_eq!(listed.next()["stream"], json!(["list", list])); // the deletion
}

#[test]
fn pitfall_84_without_an_upgrade_the_address_is_not_found() {
    let taure = Taure::new();
    for answer in [taure.get("/api/v1/streaming"), taure.as_stranger("/api/v1/streaming?stream=user")] {
        assert_eq!((answer.status, &answer.json), (404, &json!({"error": "Record not found"})));
    }
    // An upgrade without a handshake.
    let bearer = format!("Bearer {}", taure.token);
    let headers = [("authorization", bearer.as_str()), ("upgrade", "websocket"), ("connection", "upgrade")];
    assert_eq!(taure.send("GET", "/api/v1/streaming", &headers, None).status, 400);
    // Nothing else is upgraded.
    let mut headers = headers.to_vec();
    headers.extend([("sec-websocket-version", "13"), ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")]);
    assert_eq!(taure.send("GET", "/api/v1/timelines/home", &headers, None).status, 200);
}

#[test]
fn pitfall_65_the_instance_names_the_host_of_the_streams_without_a_path() {
    let taure = Taure::new();
    let base = taure.base.replacen("http", "ws", 1);
    assert_eq!(taure.as_stranger("/api/v2/instance").ok()["configuration"]["urls"]["streaming"], json!(base));
    assert_eq!(taure.as_stranger("/api/v1/instance").ok()["urls"]["streaming_api"], json!(base));
}

// --- what is told

#[test]
fn pitfall_81_a_frame_names_its_stream_and_a_deletion_is_the_bare_id() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = id(&peer.is_followed_by(&taure));
    let list = id(&taure.post("/api/v1/lists", json!({"title": "L"})).ok());
    taure.post(&format!("/api/v1/lists/{list}/accounts"), json!({"account_ids": [bob]})).ok();
    let mut socket = Socket::open(&taure, "");
    socket.subscribes(&json!({"stream": "list", "list": list}));
    socket.subscribes(&json!({"stream": "hashtag:local", "tag": "Mice"}));
    taure.posts("Own posts are in no list");
    let theirs = receives(&taure, &peer, &peer.note("<p>From Bob</p>", &[]));
    assert_eq!(socket.hears(&["list", &list], "update")["id"], json!(theirs));
    let own = taure.posts("#mice");
    assert_eq!(socket.hears(&["hashtag:local", "Mice"], "update")["id"], own["id"]);
    socket.unsubscribes(&json!({"stream": "list", "list": list}));
    taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&own)), None).ok();
    let expected = json!({"stream": ["hashtag:local", "Mice"], "event": "delete", "payload": id(&own)});
    assert_eq!(socket.next(), expected);
}

#[test]
fn pitfall_82_home_hears_of_posts_edits_deletions_and_notifications() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.is_followed_by(&taure);
    let mut user = Socket::open(&taure, "stream=user");
    let mut bell = Socket::open(&taure, "stream=user:notification");
    let post = taure.posts("One");
    assert_eq!(user.hears(&["user"], "update"), taure.status(&id(&post)));
    taure.call("PUT", &format!("/api/v1/statuses/{}", id(&post)), Some(json!({"status": "Two"}))).ok();
    let edited = user.hears(&["user"], "status.update");
    assert!(edited["content"].as_str().unwrap().contains("Two") && !edited["edited_at"].is_null());

    let mention = receives(&taure, &peer, &peer.note("<p>hi</p>", &[&taure]));
    let told = user.hears(&["user"], "notification");
    assert_eq!((&told["type"], &told["status"]["id"]), (&json!("mention"), &json!(mention)));
    assert_eq!(user.hears(&["user"], "update")["id"], json!(mention));
    assert_eq!(bell.hears(&["user:notification"], "notification"), told);
    assert_eq!(taure.notifications("mention")[0], told);

    // A boost of what stands at the top of home already would say nothing new there.
    let stranger = Peer::new("carla");
    let found = id(&taure.finds_status(stranger.note("<p>far</p>", &[])["id"].as_str().unwrap()));
    let boost = taure.post(&format!("/api/v1/statuses/{found}/reblog"), json!({})).ok();
    assert_eq!(user.hears(&["user"], "update")["reblog"]["id"], json!(found));
    taure.post(&format!("/api/v1/statuses/{found}/unreblog"), json!({})).ok();
    assert_eq!(user.next(), json!({"stream": ["user"], "event": "delete", "payload": id(&boost)}));
    taure.settles();
}

#[test]
fn pitfall_82_changed_filters_and_merged_notifications_are_told() {
    let taure = Taure::new();
    let mut user = Socket::open(&taure, "stream=user");
    let mut bell = Socket::open(&taure, "stream=user:notification");
    let mut events = Events::open(&taure, "user");
    emits(&taure, Event::FiltersChanged);
    emits(&taure, Event::NotificationsMerged);
    // No payload at all.
    assert_eq!(user.next(), json!({"stream": ["user"], "event": "filters_changed"}));
    let merged = |stream: &str| json!({"stream": [stream], "event": "notifications_merged", "payload": "1"});
    assert_eq!(user.next(), merged("user"));
    assert_eq!(bell.next(), merged("user:notification"));
    assert_eq!(events.try_next().unwrap(), ("filters_changed".to_owned(), "undefined".to_owned()));
    assert_eq!(events.try_next().unwrap(), ("notifications_merged".to_owned(), "1".to_owned()));
}

#[test]
fn pitfall_82_a_letter_comes_as_a_post_and_as_its_conversation() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    taure.finds(&peer.handle());
    let mut direct = Socket::open(&taure, "stream=direct");
    let letter = receives(&taure, &peer, &letter(&taure, &peer, "<p>psst</p>"));
    assert_eq!(direct.hears(&["direct"], "update")["id"], json!(letter));
    let told = direct.hears(&["direct"], "conversation");
    assert_eq!((&told["last_status"]["id"], &told["unread"]), (&json!(letter), &json!(true)));
    assert_eq!(taure.get("/api/v1/conversations").ok()[0], told);
}

#[test]
fn pitfall_82_an_edit_of_what_only_notified_is_told_to_who_hears_notifications() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut user = Socket::open(&taure, "stream=user");
    let mut bell = Socket::open(&taure, "stream=user:notification");
    let mut note = peer.note("<p>hello, stranger</p>", &[&taure]);
    let mention = receives(&taure, &peer, &note);
    user.hears(&["user"], "notification");
    bell.hears(&["user:notification"], "notification");
    note["content"] = json!("<p>hello, friend</p>");
    note["updated"] = json!(taure.clock.now().plus(60_000).to_string());
    taure.later(120_000);
    assert_eq!(peer.delivers(&taure, &peer.activity("Update", note)).status, 202);
    for (socket, stream) in [(&mut user, "user"), (&mut bell, "user:notification")] {
        let edited = socket.hears(&[stream], "status.update");
        assert_eq!((&edited["id"], &edited["content"]), (&json!(mention), &json!("<p>hello, friend</p>")));
    }
}

#[test]
fn pitfall_84_streamed_statuses_have_what_the_owner_did_with_them_and_filtered() {
    let taure = Taure::new();
    let post = id(&taure.posts("One"));
    let mut user = Socket::open(&taure, "stream=user");
    let mut public = Socket::open(&taure, "stream=public");
    taure.post(&format!("/api/v1/statuses/{post}/favourite"), json!({})).ok();
    taure.post(&format!("/api/v1/statuses/{post}/bookmark"), json!({})).ok();
    emits(&taure, Event::StatusEdited(StatusId(post.parse().unwrap())));
    for streamed in [user.hears(&["user"], "status.update"), public.hears(&["public"], "status.update")] {
        for (key, value) in [
            ("favourited", true),
            ("bookmarked", true),
            ("reblogged", false),
            ("muted", false),
            ("pinned", false),
        ] {
            assert_eq!(streamed[key], json!(value), "{key}");
        }
        assert!(streamed["filtered"].is_array());
    }
}

// --- to whom

#[test]
fn whom_the_owner_muted_or_blocked_is_not_streamed() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = id(&peer.is_followed_by(&taure));
    let mut socket = Socket::open(&taure, "stream=user");
    for stream in ["public", "public:remote"] {
        socket.subscribes(&json!({"stream": stream}));
    }
    socket.subscribes(&json!({"stream": "hashtag", "tag": "loud"}));
    let mut note = peer.note("<p>#loud</p>", &[]);
    note["tag"] = json!([{"type": "Hashtag", "name": "#loud", "href": "https://x.test/loud"}]);
    taure.post(&format!("/api/v1/accounts/{bob}/mute"), json!({})).ok();
    receives(&taure, &peer, &note);
    let own = taure.posts("quiet");
    let mut heard: Vec<Value> = (0..2).map(|_| socket.next()).collect();
    heard.sort_by_key(|frame| frame["stream"].to_string());
    for (frame, stream) in heard.iter().zip(["public", "user"]) {
        let payload: Value = serde_json::from_str(frame["payload"].as_str().unwrap()).unwrap();
        assert_eq!((&frame["stream"], &payload["id"]), (&json!([stream]), &own["id"]));
    }
    // And he is heard again, so it was the mute.
    taure.post(&format!("/api/v1/accounts/{bob}/unmute"), json!({})).ok();
    let mut again = peer.note("<p>#loud again</p>", &[]);
    again["tag"] = note["tag"].clone();
    receives(&taure, &peer, &again);
    let streams: Vec<String> = (0..4).map(|_| socket.next()["stream"].to_string()).collect();
    assert!(streams.contains(&r#"["hashtag","loud"]"#.to_owned()), "{streams:?}");
    assert!(streams.contains(&r#"["public:remote"]"#.to_owned()), "{streams:?}");
}

#[test]
fn members_of_an_exclusive_list_are_streamed_there_and_not_to_home() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = id(&peer.is_followed_by(&taure));
    let list = id(&taure.post("/api/v1/lists", json!({"title": "L", "exclusive": true})).ok());
    taure.post(&format!("/api/v1/lists/{list}/accounts"), json!({"account_ids": [bob]})).ok();
    let mut socket = Socket::open(&taure, "stream=user");
    socket.subscribes(&json!({"stream": "list", "list": list}));
    let theirs = receives(&taure, &peer, &peer.note("<p>hi</p>", &[]));
    assert_eq!(socket.hears(&["list", &list], "update")["id"], json!(theirs));
    let own = taure.posts("mine");
    assert_eq!(socket.hears(&["user"], "update")["id"], own["id"]);
}

#[test]
fn what_is_not_public_never_reaches_a_public_stream() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.is_followed_by(&taure);
    let mut socket = Socket::open(&taure, "");
    for stream in ["public", "public:local", "public:remote", "public:media", "user:notification"] {
        socket.subscribes(&json!({"stream": stream}));
    }
    socket.subscribes(&json!({"stream": "hashtag", "tag": "secret"}));
    for visibility in ["private", "direct"] {
        taure.post("/api/v1/statuses", json!({"status": "#secret", "visibility": visibility})).ok();
    }
    taure.post("/api/v1/statuses", json!({"status": "unlisted", "visibility": "unlisted"})).ok();
    let mut private = peer.note("<p>for few</p>", &[]);
    private["to"] = json!([format!("{}/followers", peer.actor())]);
    private["cc"] = json!([]);
    receives(&taure, &peer, &private);
    receives(&taure, &peer, &letter(&taure, &peer, "<p>for one</p>"));
    socket.hears(&["user:notification"], "notification"); // of the letter
    let post = taure.posts("for all");
    let mut heard = [socket.next(), socket.next()];
    heard.sort_by_key(|frame| frame["stream"].to_string());
    for (frame, stream) in heard.iter().zip(["public", "public:local"]) {
        let payload: Value = serde_json::from_str(frame["payload"].as_str().unwrap()).unwrap();
        assert_eq!((&frame["stream"], &payload["id"]), (&json!([stream]), &post["id"]));
    }
    assert!(private["to"] != json!([PUBLIC]));
}

#[test]
fn an_old_post_that_is_looked_up_is_no_news() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let mut socket = Socket::open(&taure, "stream=public");
    let note = peer.note("<p>long ago</p>", &[]);
    taure.finds_status(note["id"].as_str().unwrap());
    let post = taure.posts("now");
    assert_eq!(socket.hears(&["public"], "update")["id"], post["id"]);
}

#[test]
fn the_boosts_of_a_deleted_post_go_with_it() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.is_followed_by(&taure);
    let post = taure.posts("One");
    let uri = post["uri"].as_str().unwrap();
    // Among the forty at the top of home a boost would not show.
    for n in 0..40 {
        taure.posts(&format!("and {n} more"));
    }
    let mut socket = Socket::open(&taure, "stream=user");
    let mut announce = peer.activity("Announce", json!(uri));
    announce["to"] = json!([PUBLIC]);
    assert_eq!(peer.delivers(&taure, &announce).status, 202);
    taure.settles();
    let mut heard = [socket.next(), socket.next()];
    heard.sort_by_key(|frame| frame["event"].to_string());
    let boost: Value = serde_json::from_str(heard[1]["payload"].as_str().unwrap()).unwrap();
    assert_eq!((&heard[0]["event"], &boost["reblog"]["id"]), (&json!("notification"), &post["id"]));
    taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&post)), None).ok();
    let mut gone = [socket.next(), socket.next()].map(|frame| {
        assert_eq!(frame["event"], json!("delete"));
        frame["payload"].clone()
    });
    gone.sort_by_key(Value::to_string);
    assert_eq!(gone, [post["id"].clone(), boost["id"].clone()]);
}

// --- server-sent events

#[test]
fn pitfall_83_every_stream_is_there_as_server_sent_events() {
    let taure = Taure::new();
    let list = id(&taure.post("/api/v1/lists", json!({"title": "L"})).ok());
    let all = [
        "user",
        "public",
        "public/local",
        "hashtag?tag=Cats",
        "hashtag/local?tag=cats",
        "user/",
        "public/remote",
        "public/media",
        "public/local/media",
        "public/remote/media",
        "public?only_media=true",
        "direct",
        "user/notification",
    ];
    let mut open: Vec<(&str, Events)> = all.iter().map(|path| (*path, Events::open(&taure, path))).collect();
    let listed = format!("list?list={list}");
    open.push((&listed, Events::open(&taure, &listed)));
    for (path, events) in &open {
        assert_eq!(events.status, 200, "{path}");
        assert_eq!(events.header("content-type"), Some("text/event-stream"));
        assert_eq!(events.header("cache-control"), Some("private, no-store"));
        assert_eq!(events.header("x-accel-buffering"), Some("no"));
        assert_eq!(events.header("access-control-allow-origin"), Some("*"));
        assert_eq!(events.header("content-length"), None);
    }
    let post = taure.posts("#cats");
    taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&post)), None).ok();
    for (path, events) in &mut open {
        if all[..6].contains(path) {
            assert_eq!(events.hears("update")["id"], post["id"], "{path}");
        }
        if *path != "user/notification" {
            assert_eq!(events.try_next().unwrap(), ("delete".to_owned(), id(&post)), "{path}");
        }
    }
    assert_eq!(taure.as_stranger("/api/v1/streaming/health").text, "OK");
}

#[test]
fn pitfall_83_what_cannot_be_streamed_is_refused_before_the_stream_begins() {
    let taure = Taure::new();
    for (path, status, words) in [
        ("hashtag", 400, "Missing tag name parameter"),
        ("hashtag/local?tag=", 400, "Missing tag name parameter"),
        ("list", 400, "Missing list name parameter"),
        ("list?list=7", 404, "Record not found"),
        ("list?list=x", 404, "Record not found"),
        ("dance", 400, "Unknown channel requested"),
        ("user/dance", 400, "Unknown channel requested"),
    ] {
        let refused = Events::open(&taure, path);
        assert_eq!(refused.status, status, "{path}");
        assert_eq!(refused.body(), json!({"error": words}).to_string(), "{path}");
    }
    // The header alone, and the connection is free again.
    let bearer = format!("Bearer {}", taure.token);
    let head = request(
        "HEAD",
        &format!("{}/api/v1/streaming/user", taure.base),
        &[("authorization", &bearer)],
        None,
    );
    assert_eq!((head.status, head.text.as_str()), (200, ""));
}

#[test]
fn pitfall_83_a_stream_that_is_none_is_answered_and_the_rest_goes_on() {
    let taure = Taure::new();
    let mut socket = Socket::open(&taure, "stream=nonsense");
    assert_eq!(socket.next(), json!({"error": "Unknown stream type", "status": 400}));
    for nonsense in [json!(7), json!([]), json!({"type": "dance"}), json!({"stream": "user"})] {
        socket.says(&nonsense);
    }
    for n in 0..70 {
        socket.says(&json!({"type": "subscribe", "stream": "hashtag", "tag": format!("tag{n}")}));
    }
    for _ in 64..70 {
        assert_eq!(socket.next(), json!({"error": "Too many subscriptions", "status": 429}));
    }
    let post = taure.posts("#tag63 #tag64");
    assert_eq!(socket.hears(&["hashtag", "tag63"], "update")["id"], post["id"]);
    // A message without end is not waited for.
    socket.says(&json!({"type": "x".repeat(5_000)}));
    assert_eq!(socket.try_next(), None);
}
