//! Small things that pages promise: what programs read in them, what other sites said, threads that go on.

use crate::harness::Taure;
use crate::indie::between;
use crate::owner::{Owner, encoded};
use crate::peer::{AS, Peer};
use crate::pictures;
use crate::stream_client::{Events, soon};
use serde_json::{Value, json};
use taure::model::time::{DAY, HOUR, MINUTE};
use taure::store::{instance, statuses};

fn path(taure: &Taure, status: &Value) -> String {
    status["url"].as_str().unwrap().strip_prefix(&taure.base).unwrap().to_owned()
}

fn id(status: &Value) -> &str {
    status["id"].as_str().unwrap()
}

/// The JSON in the head of a page.
fn linked(page: &str) -> Option<Value> {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">")?;
    serde_json::from_str(rest.split_once("</script>")?.0).ok()
}

fn discoverable(taure: &Taure, on: bool) {
    taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(json!({"discoverable": on}))).ok();
}

#[test]
fn an_instance_can_be_installed_from_every_page_of_it() {
    let taure = Taure::new();
    for page in ["/", "/about", "/auth/sign_in"] {
        let text = taure.as_stranger(page).text;
        assert!(text.contains("rel=\"manifest\"") && text.contains("/assets/taure.js"), "{page}");
    }
    let script = taure.as_stranger("/assets/taure.js").text;
    assert!(
        script.contains("if (one(\"link[rel=manifest]\")) navigator.serviceWorker?.register(\"/sw.js\")")
    );
    assert_eq!(taure.as_stranger("/sw.js").status, 200);
    let script = taure.as_stranger("/assets/owner.js").text;
    assert!(script.contains("setAppBadge") && script.contains("clearAppBadge"));
}

#[test]
fn a_post_says_what_it_answers_boosts_and_shows_to_programs() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let note = bob.note("<p>far away</p>", &[]);
    let far = taure.finds_status(note["id"].as_str().unwrap());
    let picture = pictures::upload(&taure, "A square");
    let reply = json!({"status": "near", "in_reply_to_id": id(&far), "media_ids": [picture]});
    let reply = taure.post("/api/v1/statuses", reply).ok();
    let boost = taure.post(&format!("/api/v1/statuses/{}/reblog", id(&far)), json!({})).ok();
    taure.settles();
    let answers = format!("<data class=\"u-in-reply-to\" value=\"{}\"></data>", note["id"].as_str().unwrap());
    for page in [path(&taure, &reply), "/@alice?tab=replies".to_owned()] {
        let text = taure.as_stranger(&page).text;
        assert!(text.contains(&answers) && text.contains("class=\"u-photo\""), "{page}: {text}");
        assert!(text.contains("class=\"u-url u-uid\""), "{page}");
    }
    let text = taure.as_stranger("/@alice").text;
    let (_, item) = text.split_once(&format!("id=\"s{}\"", id(&boost))).unwrap();
    let (before, cited) = item.split_once("<div class=\"u-repost-of h-cite\">").unwrap();
    // Who boosted is the author of the boost, and the other one of what is cited.
    assert!(before.contains("class=\"p-author h-card\" href=\"/@alice\"") && before.contains("dt-published"));
    let cited = cited.split_once("</article>").unwrap().0;
    assert!(cited.contains("p-author h-card") && cited.contains("e-content") && cited.contains("far away"));
    assert!(!taure.as_stranger(&path(&taure, &taure.posts("alone"))).text.contains("u-in-reply-to"));
    taure.settles();
}

#[test]
fn a_hashtag_page_says_what_it_is_and_whether_it_may_be_found() {
    let taure = Taure::new();
    taure.posts("About #bees");
    discoverable(&taure, true);
    let page = taure.as_stranger("/tags/bees").text;
    assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{}/tags/bees\">", taure.base)), "{page}");
    assert!(
        page.contains("<meta name=\"description\" content=\"Posts of ") && page.contains("with #bees\">")
    );
    assert!(!page.contains("content=\"noindex"));
    assert!(taure.as_stranger("/tags/wasps").text.contains("<meta name=\"robots\" content=\"noindex\">"));
    discoverable(&taure, false);
    assert!(taure.as_stranger("/tags/bees").text.contains("<meta name=\"robots\" content=\"noindex"));
}

#[test]
fn a_public_post_of_somebody_who_wants_to_be_found_is_linked_data() {
    let taure = Taure::new();
    discoverable(&taure, true);
    let post = taure.posts("Hello </script> world");
    let page = taure.as_stranger(&path(&taure, &post)).text;
    let data = linked(&page).unwrap();
    assert_eq!(
        (&data["@type"], &data["text"]),
        (&json!("SocialMediaPosting"), &json!("Hello </script> world"))
    );
    assert_eq!((&data["url"], &data["author"]["alternateName"]), (&post["url"], &json!(taure.handle())));
    let of = |more: Value| {
        let status = taure.post("/api/v1/statuses", more).ok();
        taure.as_stranger(&path(&taure, &status)).text
    };
    let warned = linked(&of(json!({"status": "the secret", "spoiler_text": "careful"}))).unwrap();
    assert_eq!(warned["text"], json!("careful"));
    let quiet = of(json!({"status": "quiet", "visibility": "unlisted"}));
    assert!(
        linked(&quiet).is_none() && quiet.contains("<meta name=\"robots\" content=\"noindex, noai"),
        "{quiet}"
    );
    discoverable(&taure, false);
    let page = taure.as_stranger(&path(&taure, &post)).text;
    assert!(linked(&page).is_none() && page.contains("<meta name=\"robots\" content=\"noindex"));
}

#[test]
fn the_counts_below_a_post_lead_a_visitor_on() {
    let taure = Taure::new();
    let post = taure.posts("Like me");
    let page = taure.as_stranger(&path(&taure, &post)).text;
    for (act, kind) in [("reply", "Create"), ("boost", "Announce"), ("favourite", "Like")] {
        let to = format!("/interact/{}?{act}", id(&post));
        assert!(page.contains(&format!("href=\"{to}\" title=")), "{page}");
        // What was pressed is what Enter does.
        let form = taure.as_stranger(&to).text;
        let first = between(&form, "<div class=\"row\"><button", "</button>");
        assert!(
            first.contains(" class=\"primary\"") && first.contains(&format!("value=\"{kind}\"")),
            "{first}"
        );
    }
    let own = Owner::of(&taure).get(&path(&taure, &post)).text;
    assert!(!own.contains("/interact/"), "the owner's buttons act here");
}

#[test]
fn a_post_in_a_frame_looks_like_the_pages_of_visitors() {
    let taure = Taure::new();
    let page = format!("{}/embed", path(&taure, &taure.posts("In a frame")));
    let app = taure.app();
    let wears = |all: bool| {
        let mut look = taure::model::Look { for_all: all, ..Default::default() };
        look.set("accent", "rose");
        look.set("theme", "dark");
        taure::ops::appearance::save(&app, look, None, "").unwrap();
        taure.as_stranger(&page).text
    };
    let text = wears(false);
    assert!(text.contains("data-accent=\"rose\"") && !text.contains("data-theme"), "{text}");
    let text = wears(true);
    assert!(text.contains("data-theme=\"dark\"") && text.contains("content=\"dark\""));
    assert!(!text.contains("<script") && text.contains("<base target=\"_blank\">"), "{text}");
    assert!(text.contains("content=\"noindex\"") && text.contains("<body class=\"embed\""));
    assert!(
        taure.as_stranger(&page).header("content-security-policy").unwrap().contains("frame-ancestors *")
    );
}

#[test]
fn the_owner_hears_that_other_sites_said_something() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let owner = Owner::of(&taure);
    let post = taure.posts("Hello");
    let target = post["url"].as_str().unwrap();
    let source = peer.page("/answer", &format!("<a href='{target}'>said</a>"));
    let body = encoded(&[("source", &source), ("target", target)]);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let says = || {
        let url = format!("{}/webmention", taure.base);
        assert_eq!(crate::harness::request("POST", &url, &form, Some(body.as_bytes())).status, 202);
        taure.settles();
    };
    let unread = || owner.get("/live/unread").text;
    assert_eq!(unread(), "0");
    says();
    assert_eq!((unread().as_str(), owner.get("/settings/notifications/unread").text.as_str()), ("1", "1"));
    let page = owner.get("/notifications").text;
    assert!(page.contains("<a href=\"/settings/webmentions\">1 other site links to you</a>"), "{page}");
    // An app's badge counts what an app can show.
    assert_eq!(taure.get("/api/v1/notifications/unread_count").ok()["count"], json!(0));
    // Seen where they stand; or marked as read.
    assert!(owner.get("/settings/webmentions").text.contains("/answer"));
    assert_eq!(unread(), "0");
    assert!(!owner.get("/notifications").text.contains("other site links"));
    taure.later(2 * MINUTE);
    says();
    assert_eq!(unread(), "0", "a newer version of the same is no news");
    let other = peer.page("/other", &format!("<a href='{target}'>too</a>"));
    let body = encoded(&[("source", &other), ("target", target)]);
    crate::harness::request("POST", &format!("{}/webmention", taure.base), &form, Some(body.as_bytes()));
    taure.settles();
    assert_eq!(unread(), "1");
    assert_eq!(owner.post("/notifications/read", &[]).status, 303);
    assert_eq!(unread(), "0");
}

const FEED: &str = "<?xml version='1.0'?><rss version='2.0'><channel><title>Bees</title><link>/blog</link>";

fn entry(n: u32) -> String {
    format!(
        "<item><title>Entry {n}</title><guid isPermaLink='false'>bee-{n}</guid><description>Text {n}</description></item>"
    )
}

fn publish(peer: &Peer, path: &str, entries: &[u32]) {
    let items: String = entries.iter().map(|n| entry(*n)).collect();
    peer.file(path, "application/rss+xml", format!("{FEED}{items}</channel></rss>").as_bytes());
}

fn asked(peer: &Peer, path: &str) -> usize {
    peer.heard().iter().filter(|heard| heard.target == path).count()
}

#[test]
fn a_feed_is_found_by_its_bare_host_and_followed_as_what_it_is() {
    let peer = Peer::new("nobody");
    peer.page("/", "<link rel=alternate type='application/rss+xml' href='/feed.xml'>");
    publish(&peer, "/feed.xml", &[1]);
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let owner = Owner::of(&taure);
    assert!(owner.get("/search").text.contains("a site with a feed: its address"));
    let page = owner.get(&format!("/search?q={}", peer.domain())).text;
    assert!(page.contains("Bees") && page.contains("Follow this feed"), "{page}");
    let feed = owner.get(&format!("/@feed@{}", peer.domain())).text;
    assert!(feed.contains("Follow this feed"), "{feed}");
    // Words are no address, and who may not be asked for is not.
    let before = peer.heard().len();
    owner.get(&format!("/search?q=see+{}", peer.domain()));
    taure.get(&format!("/api/v2/search?q={}", peer.domain())).ok();
    taure.as_stranger(&format!("/api/v2/search?q={}&resolve=true", peer.domain()));
    assert_eq!(peer.heard().len(), before);
    let person = Peer::new("bob").is_known_to(&taure, true);
    assert!(!owner.get(&format!("/@{}", person["acct"].as_str().unwrap())).text.contains("this feed"));
}

#[test]
fn a_feed_that_moved_for_good_is_asked_there_and_stays_the_same() {
    let peer = Peer::new("nobody");
    publish(&peer, "/old.xml", &[1]);
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let owner = Owner::of(&taure);
    let add =
        |path: &str| owner.post("/settings/feeds", &[("address", &format!("{}{path}", peer.base))]).status;
    assert_eq!(add("/old.xml"), 303);
    taure.settles();
    assert_eq!(taure.home().len(), 1);
    let moves = |status: u16, to: &str| {
        peer.forget("/old.xml");
        peer.answer(&format!("{}/old.xml", peer.base), status, json!({"location": to}));
        publish(&peer, to, &[2, 1]);
        taure.later(DAY);
        taure.settles();
    };
    // For now only.
    moves(302, "/now.xml");
    assert_eq!((taure.home().len(), asked(&peer, "/now.xml")), (2, 1));
    moves(301, "/new.xml");
    let (old, new) = (asked(&peer, "/old.xml"), asked(&peer, "/new.xml"));
    assert_eq!((taure.home().len(), new), (2, 1), "its entries came again");
    publish(&peer, "/new.xml", &[3, 2, 1]);
    taure.later(DAY);
    taure.settles();
    assert_eq!((taure.home().len(), asked(&peer, "/old.xml")), (3, old), "the old place is asked still");
    assert!(asked(&peer, "/new.xml") > new);
    // Both addresses are this feed.
    assert_eq!((add("/old.xml"), add("/new.xml")), (303, 303));
    let page = owner.get("/settings/feeds").text;
    assert_eq!(page.matches("/look\"").count(), 1, "{page}");
    assert!(owner.get("/settings/feeds/opml").text.contains("/new.xml"));
}

#[test]
fn a_reply_to_an_open_thread_is_told_and_comes_with_a_press() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let owner = Owner::of(&taure);
    bob.is_known_to(&taure, true);
    let post = taure.posts("Anybody there?");
    assert!(owner.get(&path(&taure, &post)).text.contains("<section id=\"replies\">"));
    let mut page = Events::at(&taure, "/live", &[("cookie", &owner.cookie)]);
    soon(|| taure.listening() == 1);
    let mut note = bob.note("<p>I am</p>", &[]);
    note["inReplyTo"] = post["uri"].clone();
    assert_eq!(bob.delivers(&taure, &bob.create(&note)).status, 202);
    taure.settles();
    let wanted = Some(("status.counts".to_owned(), id(&post).to_owned()));
    assert!((0..5).any(|_| page.try_next() == wanted), "the page hears nothing");
    let news = owner.get(&format!("/live/{}/replies?seen=0&back={}", id(&post), path(&taure, &post)));
    assert_eq!((news.status, news.header("cache-control")), (200, Some("private, no-store")));
    assert!(
        news.text.starts_with("<button class=\"primary newer\">1 new reply</button><section id=\"replies\">")
    );
    assert!(news.text.contains("I am") && news.text.contains(&format!("value=\"{}#s", path(&taure, &post))));
    let known = owner.get(&format!("/live/{}/replies?seen=1", id(&post))).text;
    assert!(known.starts_with("<section") && known.contains("I am"));
    assert_eq!(owner.get("/live/1/replies").status, 404);
    assert_eq!(taure.as_stranger(&format!("/live/{}/replies", id(&post))).status, 303);
}

#[test]
fn what_is_missing_of_a_thread_is_asked_for_again_but_not_at_once() {
    let (taure, root, other) = (Taure::new(), Peer::new("root"), Peer::new("other"));
    let owner = Owner::of(&taure);
    let mut post = root.note("<p>the root</p>", &[]);
    let gone = format!("{}/notes/gone", other.base);
    post["replies"] = json!({
        "id": format!("{}/replies", post["id"].as_str().unwrap()), "type": "Collection", "items": [gone],
    });
    root.publish(post["id"].as_str().unwrap(), post.clone());
    let here = taure.finds_status(post["id"].as_str().unwrap());
    let page = format!("/@{}/{}", here["account"]["acct"].as_str().unwrap(), id(&here));
    assert!(owner.get(&page).text.contains("More replies are being looked for"));
    taure.settles();
    let text = owner.get(&page).text;
    let act = format!("/posts/{}/missing", id(&here));
    assert!(text.contains("0 of 1 replies") && text.contains(&act), "{text}");
    // Now it can be had.
    let mut note = other.note("<p>better than never</p>", &[]);
    note["id"] = json!(gone);
    note["inReplyTo"] = post["id"].clone();
    note["@context"] = json!(AS);
    other.publish(&gone, note);
    let press = || owner.post(&act, &[("back", &page)]);
    let rests = format!("{page}?rests=1");
    assert_eq!(press().header("location"), Some(rests.as_str()));
    let text = owner.get(&rests).text;
    assert!(
        text.contains("less than a quarter of an hour ago") && !text.contains("better than never"),
        "{text}"
    );
    taure.later(16 * MINUTE);
    assert_eq!(press().header("location"), Some(page.as_str()));
    taure.settles();
    let text = owner.get(&page).text;
    assert!(
        text.contains("better than never") && !text.contains("quarter of an hour") && !text.contains(&act),
        "{text}"
    );
    // Not for others, and not without the token.
    assert_eq!(owner.post_as_given(&act, &[("back", &page)]).status, 403);
    assert_eq!(owner.post("/posts/1/missing", &[]).status, 404);
    taure.later(HOUR);
    let asked = root.heard().len();
    let body = encoded(&[("back", "/")]);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let url = format!("{}{act}", taure.base);
    assert_ne!(crate::harness::request("POST", &url, &form, Some(body.as_bytes())).status, 200);
    taure.settles();
    assert_eq!(root.heard().len(), asked);
    let known = taure.app().store.read(|c| statuses::missing_replies(c, id(&here).parse().unwrap())).unwrap();
    assert_eq!(known, Some(0));
}

#[test]
fn the_page_of_deletions_keeps_what_was_typed() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let fields = [
        ("enabled", "1"),
        ("days", "30"),
        ("keep_media", "1"),
        ("min_favourites", "five"),
        ("min_boosts", "77"),
    ];
    let answer = owner.post("/settings/deletion", &fields);
    assert_eq!(answer.status, 422);
    let text = &answer.text;
    assert!(text.contains("“five” is no number") && text.contains("value=\"five\""), "{text}");
    assert!(text.contains("value=\"77\"") && text.contains("value=\"30\" selected"), "{text}");
    let ticked = |name: &str| between(text, &format!("name=\"{name}\""), ">").contains("checked");
    assert!(ticked("enabled") && ticked("keep_media") && !ticked("keep_pinned"));
    // Nothing of it holds.
    assert!(!owner.get("/settings/deletion").text.contains("value=\"77\""));
    assert_eq!(owner.post_as_given("/settings/deletion", &fields).status, 403);
}

#[test]
fn pictures_wait_for_a_press_or_not_as_the_owner_likes() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let shows = |sensitive: bool| {
        let picture = pictures::upload(&taure, "A square");
        let new = json!({"status": format!("sensitive {sensitive}"), "media_ids": [picture], "sensitive": sensitive});
        path(&taure, &taure.post("/api/v1/statuses", new).ok())
    };
    let (careful, plain) = (shows(true), shows(false));
    let likes = |how: &str| {
        let change = taure.app().store.write(|tx| {
            let mut settings = instance::settings(tx)?;
            settings.expand_media = how.to_owned();
            instance::set_settings(tx, &settings)
        });
        change.unwrap();
    };
    let veiled = |text: &str| text.contains("<details class=\"veil\">");
    for (how, of_careful, of_plain) in
        [("default", true, false), ("show_all", false, false), ("hide_all", true, true)]
    {
        likes(how);
        let (one, other) = (owner.get(&careful).text, owner.get(&plain).text);
        assert_eq!((veiled(&one), veiled(&other)), (of_careful, of_plain), "{how}");
        assert!(one.contains("class=\"media one\"") && other.contains("class=\"media one\""));
        let home = owner.get("/").text;
        let count = usize::from(of_careful) + usize::from(of_plain);
        assert_eq!(home.matches("<details class=\"veil\">").count(), count, "{how}");
        // It is the owner's liking: visitors see a warning where the post has one.
        assert!(
            veiled(&taure.as_stranger(&careful).text) && !veiled(&taure.as_stranger(&plain).text),
            "{how}"
        );
    }
}

#[test]
fn a_preview_says_no_size_that_is_not_true() {
    let taure = Taure::new();
    let page = taure.as_stranger("/@alice").text;
    assert!(page.contains("og:image\"") && !page.contains("og:image:width"));
    let status = json!({"status": "x", "media_ids": [pictures::upload(&taure, "A square")]});
    let status = taure.post("/api/v1/statuses", status).ok();
    let page = taure.as_stranger(&path(&taure, &status)).text;
    let size = &status["media_attachments"][0]["meta"]["original"]["width"];
    assert!(page.contains(&format!("og:image:width\" content=\"{size}\"")), "{page}");
}

#[test]
fn the_sheet_has_plain_colours_for_older_browsers() {
    let sheet = Taure::new().as_stranger("/assets/style.css").text;
    let (before, old) = sheet.split_once("@supports not (color: light-dark(red, red)) {").unwrap();
    let old = old.split_once("}\n}").unwrap().0;
    assert!(!old.contains("light-dark") && before.contains("[data-accent=violet]"), "it comes too early");
    let (_, usual) = sheet.split_once(":root {").unwrap();
    for name in ["bg", "card", "raise", "ink", "soft", "line", "accent", "on-accent", "teal", "horn", "bad"] {
        let day = between(usual, &format!("--{name}: light-dark("), ",");
        assert!(old.contains(&format!("--{name}: {day};")), "{name}");
    }
    assert!(sheet.len() < 29_900);
}
