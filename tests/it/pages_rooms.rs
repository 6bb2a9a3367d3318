//! The owner's rooms as a browser uses them, without a script: lists, conversations, notifications, hashtags, search,
//! suggestions, people and other servers.

use crate::api_notifications::{deliver, letter, mention, stranger};
use crate::harness::Taure;
use crate::pages_requests::Browser;
use crate::peer::{AS, PUBLIC, Peer};
use serde_json::{Value, json};

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// Where a page says that one goes on.
#[track_caller]
fn next(html: &str) -> String {
    let (_, rest) =
        html.split_once("rel=\"next\" href=\"").unwrap_or_else(|| panic!("no next page in {html}"));
    rest.split('"').next().unwrap().replace("&amp;", "&")
}

fn likes(peer: &Peer, taure: &Taure, post: &Value) {
    deliver(peer, taure, &peer.activity("Like", post["uri"].clone()));
}

#[test]
fn a_list_is_made_renamed_filled_read_and_deleted() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let (who, _) = (bob.is_followed_by(&taure), carol.is_followed_by(&taure));
    let browser = Browser::of(&taure);
    let wrong =
        browser.press("/lists", "/lists", &[("title", "  "), ("replies_policy", "none"), ("exclusive", "1")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("role=\"alert\"") && wrong.text.contains("value=\"none\" selected"));
    assert!(wrong.text.contains("name=\"exclusive\" value=\"1\" checked"), "what was ticked stays ticked");

    let made = browser.press("/lists", "/lists", &[("title", "Mosses & co"), ("replies_policy", "none")]);
    assert_eq!(made.status, 303, "{}", made.text);
    let members = made.header("location").unwrap().to_owned();
    let list = members.strip_suffix("/members").unwrap().to_owned();
    assert!(browser.get("/lists").text.contains("Mosses &amp; co"));

    // Somebody whom the owner does not follow is not found, and nobody is asked for them.
    let asked = bob.asked().len();
    assert!(browser.get(&format!("{members}?q=nobody")).text.contains("You follow nobody of that name"));
    let found = format!("{members}?q=bob");
    assert!(browser.get(&found).text.contains(&bob.handle()));
    assert_eq!(browser.press(&found, &members, &[("account", id(&who))]).status, 303);
    assert_eq!(browser.press("/lists", "/lists", &[("title", "another")]).status, 303);
    assert_eq!(bob.asked().len(), asked);
    assert!(
        browser.get(&members).text.contains(&bob.handle())
            && !browser.get(&members).text.contains(&carol.handle())
    );
    // Pressing twice does no harm.
    let again = browser.press(&found, &format!("{members}/remove"), &[("account", id(&who))]);
    assert_eq!((again.status, again.header("location")), (303, Some(found.as_str())));
    browser.press(&found, &members, &[("account", id(&who))]);
    assert_eq!(
        browser
            .press(
                &format!("/@{}", &bob.handle()[1..]),
                &format!("{members}/remove"),
                &[("account", id(&who))]
            )
            .status,
        303
    );
    browser.press(&found, &members, &[("account", id(&who))]);

    for n in 0..21 {
        deliver(&bob, &taure, &bob.create(&bob.note(&format!("<p>moss {n}</p>"), &[])));
    }
    deliver(&carol, &taure, &carol.create(&carol.note("<p>not of the list</p>", &[])));
    let page = browser.get(&list).text;
    assert!(page.contains("moss 20") && !page.contains("moss 0<") && !page.contains("not of the list"));
    assert!(browser.get(&next(&page)).text.contains("moss 0<"));
    assert!(browser.get("/").text.contains("moss 20"));

    let edit = format!("{list}/edit");
    let wrong = browser.press(&edit, &edit, &[("title", &"x".repeat(257))]);
    assert!(wrong.status == 422 && wrong.text.contains(&"x".repeat(257)));
    assert_eq!(browser.press(&edit, &edit, &[("title", "Ferns"), ("exclusive", "1")]).status, 303);
    assert!(browser.get(&list).text.contains("Ferns"));
    assert!(!browser.get("/").text.contains("moss 20"), "they stand in the list only");

    let delete = format!("{list}/delete");
    assert!(browser.get(&delete).text.contains("Delete Ferns?"));
    assert_eq!(browser.send(&delete, &[]).status, 403, "no token");
    assert_eq!(browser.press(&delete, &delete, &[]).header("location"), Some("/lists"));
    assert_eq!(browser.get(&list).status, 404);
    assert_eq!(taure.relationship(id(&who))["following"], true, "they are followed still");
}

#[test]
fn a_conversation_is_marked_read_put_away_and_said_to_be_open_to_servers() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let bob = stranger("bob");
    assert!(browser.get("/conversations").text.contains("No conversations"));
    let note = letter(&bob, &taure, None);
    let list = browser.get("/conversations").text;
    assert!(list.contains("Not encrypted: the servers of everybody in it can read it"));
    assert!(list.contains("Psst") && list.contains("told new") && list.contains(">Unread<"));
    let rooms = browser.get("/lists").text;
    assert!(rooms.contains("Conversations</span><span class=\"count\">1"), "{rooms}");

    let one = taure.get("/api/v1/conversations").ok()[0].clone();
    let at = |verb: &str| format!("/conversations/{}/{verb}", id(&one));
    assert_eq!(browser.press("/conversations", &at("read"), &[]).header("location"), Some("/conversations"));
    assert!(!browser.get("/conversations").text.contains("told new"));
    browser.press("/conversations", &at("unread"), &[]);
    // Its thread is one press away, says the same, and reads it.
    let status = taure.finds_status(id(&note));
    let thread = format!("/@{}/{}", &bob.handle()[1..], id(&status));
    assert!(browser.get("/conversations").text.contains(&format!("href=\"{thread}\"")));
    assert!(browser.get(&thread).text.contains("Not encrypted: the servers"));
    assert_eq!(taure.get("/api/v1/conversations").ok()[0]["unread"], false);
    assert!(
        browser
            .get("/compose?visibility=direct")
            .text
            .contains("value=\"direct\" selected>Mentioned people only · not encrypted<")
    );
    // An open post has no such word.
    let open = taure.posts("for everybody");
    let page = browser.get(&format!("/@alice/{}", id(&open))).text;
    assert_eq!(
        page.matches("Not encrypted: the servers").count(),
        1,
        "but in the box, for when it is chosen"
    );

    assert_eq!(browser.send(&at("delete"), &[]).status, 403);
    browser.press("/conversations", &at("delete"), &[]);
    assert!(browser.get("/conversations").text.contains("No conversations"));
    assert_eq!(browser.get(&thread).status, 200, "the letter stays");
    assert_eq!(taure.as_stranger("/conversations").status, 303);
}

#[test]
fn notifications_stand_in_groups_behind_tabs_and_are_cleared_after_a_question() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let peers: Vec<Peer> = ["ann", "ben", "cas", "dan"].map(stranger).into();
    let post = taure.posts("Who likes this?");
    peers.iter().for_each(|peer| likes(peer, &taure, &post));
    mention(&peers[0], &taure);
    let page = browser.get("/notifications?only=mentions").text;
    assert!(page.contains("Hello") && !page.contains("favourited your post"));
    assert!(page.contains("aria-current=\"page\">Mentions<") && page.contains("Mark all as read"));
    assert!(
        browser.get("/lists").text.contains("Notifications</span><span class=\"count\">5"),
        "a part is not all"
    );

    let all = browser.get("/notifications").text;
    assert_eq!(all.matches("favourited your post").count(), 1, "one group: {all}");
    assert!(all.contains("and 2 others") && all.contains("told new"));
    let group = all.split("href=\"/notifications/groups/").nth(1).unwrap().split('"').next().unwrap();
    let people = browser.get(&format!("/notifications/groups/{group}")).text;
    assert!(
        peers.iter().all(|peer| people.contains(&peer.handle()))
            && people.contains("Who favourited your post")
    );
    assert_eq!(browser.get("/notifications/groups/nonsense").status, 404);
    assert!(
        !browser.get("/lists").text.contains("Notifications</span><span class=\"count\">"),
        "all were seen"
    );

    mention(&peers[1], &taure);
    let tab = "/notifications?only=favourites";
    assert!(browser.get(tab).text.contains("favourited your post"));
    assert_eq!(browser.press(tab, "/notifications/read", &[]).status, 303);
    assert!(!browser.get(tab).text.contains("Mark all as read"));
    assert!(browser.get("/notifications?only=polls").text.contains("Nothing of this kind."));

    let clear = "/notifications/clear";
    assert_eq!(browser.send(clear, &[]).status, 403, "no token");
    assert!(browser.get("/notifications").text.contains("href=\"/notifications/clear\""));
    let page = browser.get(clear).text;
    assert!(page.contains("Clear all notifications?") && page.contains("Keep them"));
    assert_eq!(browser.press(clear, clear, &[]).status, 303);
    assert!(browser.get("/notifications").text.contains("All quiet."));
    assert!(taure.notifications("mention").is_empty());
}

#[test]
fn hashtags_are_followed_by_name_and_shown_on_the_profile() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    taure.posts("A #Bog and its #moss");
    let peer = stranger("bob");
    let mut note = peer.note("<p>their bog</p>", &[&taure]);
    let tags = note["tag"].as_array_mut().unwrap();
    tags.push(json!({"type": "Hashtag", "name": "#bog", "href": format!("{}/tags/bog", peer.base)}));
    deliver(&peer, &taure, &peer.create(&note));

    let wrong = browser.press("/tags", "/tags", &[("verb", "follow"), ("name", "no tag")]);
    assert!(
        wrong.status == 422
            && wrong.text.contains("This is no hashtag")
            && wrong.text.contains("value=\"no tag\"")
    );
    assert_eq!(browser.press("/tags", "/tags", &[("verb", "follow"), ("name", "#Bog")]).status, 303);
    assert_eq!(browser.press("/tags", "/tags", &[("verb", "feature"), ("name", "moss")]).status, 303);
    let page = browser.get("/tags").text;
    assert!(
        page.contains("action=\"/tags/bog/unfollow\"") && page.contains("action=\"/tags/moss/unfeature\"")
    );
    assert!(page.contains("1 post<"));
    assert_eq!(taure.get("/api/v1/tags/moss").ok()["featuring"], true);

    let of_tag = browser.get("/tags/bog").text;
    assert!(
        of_tag.contains("their bog") && of_tag.contains("and its") && of_tag.contains("/tags/bog/unfollow")
    );
    let seen = taure.as_stranger("/tags/bog").text;
    assert!(seen.contains("and its") && !seen.contains("their bog") && !seen.contains("/unfollow"));
    assert_eq!(taure.as_stranger("/tags").status, 303, "what the owner follows is the owner's");

    assert_eq!(browser.send("/tags/bog/unfollow", &[]).status, 403);
    assert_eq!(browser.press("/tags", "/tags/bog/unfollow", &[]).header("location"), Some("/tags"));
    assert_eq!(browser.press("/tags", "/tags/moss/unfeature", &[]).status, 303);
    let page = browser.get("/tags").text;
    assert!(!page.contains("/tags/bog/unfollow") && !page.contains("/tags/moss/unfeature"));
}

#[test]
fn a_search_has_tabs_pages_and_a_word_on_its_operators() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    for n in 0..22 {
        taure.posts(&format!("sphagnum {n} of many #sphagnum"));
    }
    let help = browser.get("/search").text;
    for term in ["from:me", "has:image", "before:2026-01-31", "language:en", "is:reply", "in:library"] {
        assert!(help.contains(&format!("<code>{term}</code>")), "{term}");
    }
    let all = browser.get("/search?q=sphagnum").text;
    assert!(all.contains("sphagnum 21 of") && all.contains("href=\"/tags/sphagnum\""));
    assert!(all.contains("aria-current=\"page\">All<") && !all.contains("rel=\"next\""));
    let posts = browser.get("/search?q=sphagnum&type=posts").text;
    assert!(posts.contains("sphagnum 21 of") && !posts.contains("sphagnum 0 of"));
    let more = browser.get(&next(&posts)).text;
    assert!(
        more.contains("sphagnum 0 of") && !more.contains("sphagnum 21 of") && more.contains("rel=\"prev\"")
    );
    assert!(more.contains("name=\"type\" value=\"posts\""), "the next search stays in the tab");
    let people = browser.get("/search?q=alice&type=people").text;
    assert!(
        people.contains(&taure.handle())
            && !browser.get("/search?q=sphagnum&type=people").text.contains("sphagnum 1")
    );
    assert!(browser.get("/search?q=from:me+before:2001-01-01&type=posts").text.contains("Nothing found."));
    for odd in ["-5", "99999999999999999999", "x"] {
        assert_eq!(browser.get(&format!("/search?q=sphagnum&type=posts&offset={odd}")).status, 200);
    }
}

#[test]
fn whom_to_follow_stands_on_a_page_and_below_an_empty_home() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    assert!(browser.get("/suggestions").text.contains("Nobody yet."));
    let (friend, other) = (Peer::new("friend"), Peer::new("other"));
    friend.is_followed_by(&taure);
    let found = other.is_known_to(&taure, true);
    let mut boost = friend.activity("Announce", json!(other.note("<p>hi</p>", &[])["id"]));
    boost["@context"] = json!(AS);
    boost["to"] = json!([PUBLIC]);
    boost["published"] = json!(taure.clock.now().to_string());
    deliver(&friend, &taure, &boost);
    let page = browser.get("/suggestions").text;
    assert!(page.contains(&other.handle()) && page.contains(&format!("/accounts/{}/follow", id(&found))));
    assert!(!browser.get("/").text.contains("Whom you may want to follow"), "home is not empty");
    let friend_id = taure.finds(&friend.handle());
    let mute =
        |verb: &str| taure.post(&format!("/api/v1/accounts/{}/{verb}", id(&friend_id)), json!({})).ok();
    mute("mute");
    let home = browser.get("/").text;
    assert!(home.contains("Whom you may want to follow") && home.contains(&other.handle()));
    mute("unmute");

    let dismiss = format!("/suggestions/{}/dismiss", id(&found));
    assert_eq!(browser.send(&dismiss, &[]).status, 403);
    assert_eq!(browser.press("/suggestions", &dismiss, &[]).header("location"), Some("/suggestions"));
    assert!(browser.get("/suggestions").text.contains("Nobody yet."));
}

#[test]
fn the_lists_on_the_profile_are_open_unless_hidden_and_followers_can_be_taken_out() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let browser = Browser::of(&taure);
    bob.follows(&taure);
    let carol_id = carol.is_followed_by(&taure);
    let (followers, following) = ("/@alice/followers", "/@alice/following");
    assert!(taure.as_stranger("/@alice").text.contains("href=\"/@alice/followers\""));
    let seen = taure.as_stranger(followers);
    assert!(
        seen.text.contains(&bob.handle()) && !seen.text.contains("/remove") && !seen.text.contains("csrf")
    );
    assert!(taure.as_stranger(following).text.contains(&carol.handle()));
    assert_eq!(browser.get("/followers").header("location"), Some(followers));
    assert_eq!(taure.as_stranger("/@nobody/followers").status, 404);
    assert_eq!(browser.get(&format!("/@{}/followers", &bob.handle()[1..])).status, 404);

    browser.press("/settings/profile", "/settings/profile", &[("hide_collections", "1")]);
    taure.settles();
    for page in [followers, following] {
        let seen = taure.as_stranger(page).text;
        assert!(
            !seen.contains(&bob.handle()) && !seen.contains(&carol.handle()) && seen.contains("kept private")
        );
        assert!(browser.get(page).text.contains("Only you see this list."));
    }
    let page = browser.get(followers).text;
    let remove =
        page.split("action=\"").find(|rest| rest.contains("/remove\"")).unwrap().split('"').next().unwrap();
    assert_eq!(browser.press(followers, remove, &[]).header("location"), Some(followers));
    taure.settles();
    assert!(!browser.get(followers).text.contains(&bob.handle()));
    assert_eq!(bob.received_of("Reject").len(), 1);
    assert_eq!(browser.press(following, &format!("/accounts/{}/unfollow", id(&carol_id)), &[]).status, 303);
    taure.settles();
}

#[test]
fn a_profile_has_a_note_a_bell_languages_and_lists_for_the_owner_alone() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let browser = Browser::of(&taure);
    let who = bob.is_followed_by(&taure);
    let page = format!("/@{}", &bob.handle()[1..]);
    let at = |verb: &str| format!("/accounts/{}/{verb}", id(&who));
    let relation = || taure.relationship(id(&who));
    browser.press(&page, &at("note"), &[("comment", "Met at the <bog>\r\nin June")]);
    assert_eq!(relation()["note"], "Met at the <bog>\nin June");
    assert!(browser.get(&page).text.contains("Met at the &lt;bog&gt;"));
    let long = browser.press(&page, &at("note"), &[("comment", &"x".repeat(2_001))]);
    assert!(
        long.status == 422 && long.text.contains(&"x".repeat(2_001)) && long.text.contains("role=\"alert\"")
    );
    assert_eq!(browser.send(&at("note"), &[("comment", "no token")]).status, 403);

    assert_eq!(browser.press(&page, &at("notify"), &[]).header("location"), Some(page.as_str()));
    assert_eq!(relation()["notifying"], true);
    browser.press(&page, &at("unnotify"), &[]);
    browser.press(&page, &at("hide_boosts"), &[]);
    assert_eq!((&relation()["notifying"], &relation()["showing_reblogs"]), (&json!(false), &json!(false)));
    browser.press(&page, &at("languages"), &[("languages", "en, LV")]);
    assert_eq!(relation()["languages"], json!(["en", "lv"]));
    let wrong = browser.press(&page, &at("languages"), &[("languages", "english please")]);
    assert!(wrong.status == 422 && wrong.text.contains("value=\"english please\""));
    browser.press(&page, &at("languages"), &[("languages", "")]);
    assert_eq!(relation()["languages"], Value::Null, "all of them");

    let list = taure.post("/api/v1/lists", json!({"title": "Friends"})).ok();
    let members = format!("/lists/{}/members", id(&list));
    assert_eq!(
        browser.press(&page, &members, &[("account", id(&who))]).header("location"),
        Some(page.as_str())
    );
    assert!(browser.get(&page).text.contains(&format!("{members}/remove")));
    assert_eq!(taure.as_stranger(&page).status, 404);
    assert!(!browser.get("/@alice").text.contains("For your eyes only"));
    taure.settles();
}

#[test]
fn older_posts_come_a_page_at_a_time_when_they_are_asked_for() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let browser = Browser::of(&taure);
    let notes: Vec<Value> = (0..100)
        .map(|n| {
            let mut note = bob.note(&format!("<p>old {n} said</p>"), &[]);
            note["published"] = json!(taure.clock.now().plus(-60_000 * (n + 1)).to_string());
            bob.publish(id(&note), note.clone());
            note
        })
        .collect();
    let outbox = format!("{}/outbox", bob.actor());
    let at = |n: usize| format!("{outbox}/{n}");
    bob.publish(
        &outbox,
        json!({"@context": AS, "id": outbox, "type": "OrderedCollection", "totalItems": 100, "first": at(0)}),
    );
    for (n, page) in notes.chunks(20).enumerate() {
        let items: Vec<Value> = page.iter().map(|note| bob.create(note)).collect();
        // The last page leads to itself.
        bob.publish(&at(n), json!({"@context": AS, "id": at(n), "type": "OrderedCollectionPage", "orderedItems": items, "next": at((n + 1).min(4))}));
    }
    let who = taure.finds(&bob.handle());
    let page = format!("/@{}", &bob.handle()[1..]);
    browser.get(&page);
    taure.settles();
    let count = || {
        let app = taure.app();
        let sql = "SELECT count(*) FROM statuses WHERE local = 0";
        app.store.read(|c| Ok(c.query_row(sql, [], |r| r.get::<_, i64>(0))?)).unwrap()
    };
    assert_eq!(count(), 20, "the first page");
    let older = format!("/accounts/{}/older", id(&who));
    let pressed = browser.press(&page, &older, &[]);
    assert_eq!(pressed.status, 303);
    assert!(browser.get(pressed.header("location").unwrap()).text.contains("Older posts are being fetched"));
    taure.settles();
    assert_eq!(count(), 60);
    for expected in [100, 100] {
        browser.press(&page, &older, &[]);
        taure.settles();
        assert_eq!(count(), expected);
    }
    assert_eq!(browser.send(&older, &[]).status, 403);
}

#[test]
fn another_servers_public_posts_are_looked_at_on_demand() {
    let (taure, bob, mallory) = (Taure::new(), Peer::new("bob"), Peer::new("mallory"));
    let browser = Browser::of(&taure);
    let page = format!("/servers/{}", bob.domain());
    let (open, mut few) = (bob.note("<p>on their square</p>", &[]), bob.note("<p>for few</p>", &[]));
    few["to"] = json!([format!("{}/followers", bob.actor())]);
    few["cc"] = json!([]);
    bob.publish(id(&few), few.clone());
    // A list may name what others are said to have said.
    let lie = format!("{}/lie", mallory.base);
    mallory.publish(&lie, json!({"@context": AS, "id": lie, "type": "Note", "attributedTo": bob.actor(), "content": "a lie", "to": [PUBLIC]}));
    let list = [
        json!({"uri": open["id"]}),
        json!({"uri": few["id"]}),
        json!({"uri": lie}),
        json!({"uri": "file:///etc/passwd"}),
        json!(7),
    ];
    bob.publish(&format!("{}/api/v1/timelines/public", bob.base), json!(list));

    let before = browser.get(&page);
    assert_eq!(before.status, 200, "{}", before.text);
    assert!(bob.asked().is_empty(), "nobody is asked before the button is pressed");
    assert_eq!(browser.send(&page, &[]).status, 403);
    let looked = browser.press(&page, &page, &[]);
    assert_eq!(looked.status, 200);
    assert!(looked.text.contains("on their square"), "{}", looked.text);
    assert!(!looked.text.contains("for few") && !looked.text.contains("a lie"));

    // One that shows nothing to strangers, and a blocked one.
    let closed = format!("/servers/{}", mallory.domain());
    mallory.answer(&format!("{}/api/v1/timelines/public", mallory.base), 422, json!({"error": "no"}));
    let looked = browser.press(&closed, &closed, &[]);
    assert!(looked.status == 422 && looked.text.contains("to its own people only"), "{}", looked.text);
    let blocked = browser.press(&page, "/settings/blocks/servers", &[("domain", &bob.domain())]);
    assert!(blocked.text.contains("They do not come back"), "it asks first");
    taure.post("/api/v1/domain_blocks", json!({"domain": bob.domain()})).ok();
    let after = browser.get(&page).text;
    assert!(after.contains("You block this server") && !after.contains("Look at its public posts"));
    assert_eq!(browser.get(&format!("/servers/{}", taure.domain)).status, 422, "our own");
    assert_eq!(taure.as_stranger(&page).status, 303);
}

#[test]
fn every_room_is_named_in_the_bar_or_folds_out_of_it() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let html = browser.get("/lists").text;
    let (bar, rest) = html.split_once("<details class=\"menu\">").unwrap();
    for to in ["/", "/notifications", "/compose", "/search", "/@alice"] {
        assert!(bar.contains(&format!("<a href=\"{to}\">")), "{to}");
    }
    for to in ["/conversations", "/tags", "/drafts", "/scheduled", "/bookmarks", "/favourites", "/settings"] {
        assert_eq!(
            rest.matches(&format!("<a href=\"{to}\">")).count(),
            2,
            "{to}: for a phone, and for a desk"
        );
    }
    assert!(rest.contains("<a href=\"/lists\" aria-current=\"page\">"));
    assert!(!html.contains("/follow_requests"), "nobody asks, and nobody has to");
    assert!(!taure.as_stranger("/").text.contains("class=\"menu\""));
}
