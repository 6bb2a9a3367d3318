//! Feeds that the owner reads like people: found, followed, looked at politely, shown everywhere, and let go.

use crate::harness::{Answer, Taure, request};
use crate::owner::{Owner, encoded};
use crate::peer::Peer;
use serde_json::{Value, json};
use taure::model::time::{DAY, HOUR, MINUTE};

fn sends_file(owner: &Owner, path: &str, text: &str) -> Answer {
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"x.opml\"\r\nContent-Type: text/xml\r\n\r\n{text}\r\n--b--\r\n",
        owner.csrf
    );
    let headers = [("content-type", "multipart/form-data; boundary=b"), ("cookie", owner.cookie.as_str())];
    request("POST", &format!("{}{path}", owner.taure.base), &headers, Some(body.as_bytes()))
}

#[track_caller]
pub fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end).unwrap().0
}

/// A blog with one page and one feed.
fn blog(items: &str) -> Peer {
    let peer = Peer::new("nobody");
    peer.page("/blog", "<title>Bees</title><link rel=alternate type='application/rss+xml' href='/feed.xml'>");
    publish(&peer, items);
    peer
}

fn publish(peer: &Peer, items: &str) {
    let base = &peer.base;
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>The bee blog</title><link>{base}/blog</link>\
         <description>About &lt;b&gt;bees&lt;/b&gt;</description>{items}</channel></rss>"
    );
    peer.file("/feed.xml", "application/rss+xml\r\nETag: \"v\"", feed.as_bytes());
}

fn item(peer: &str, n: u32, title: &str, body: &str) -> String {
    format!(
        "<item><title>{title}</title><link>{peer}/blog/{n}</link><guid isPermaLink='false'>bee-{n}</guid>\
         <description><![CDATA[{body}]]></description><pubDate>Tue, {:02} Nov 2026 10:00:00 GMT</pubDate></item>",
        n.min(28)
    )
}

fn finds(taure: &Taure, address: &str) -> Vec<Value> {
    let query: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
    let found = taure.get(&format!("/api/v2/search?q={query}&resolve=true")).ok();
    found["accounts"].as_array().unwrap().clone()
}

fn asked(peer: &Peer, path: &str) -> usize {
    peer.heard().iter().filter(|heard| heard.target == path).count()
}

#[test]
fn a_site_is_found_followed_and_read_in_home() {
    let peer = blog("");
    let body = "<p>Bees <script>alert(1)</script><b>dance</b> <img src=/dance.jpg alt='A dance'></p>";
    publish(
        &peer,
        &(item(&peer.base, 2, "Second", "<p>Later</p>") + &item(&peer.base, 1, "First &amp; best", body)),
    );
    let mut taure = Taure::new();
    taure.may_leave_jobs = true; // the next look
    let found = finds(&taure, &format!("{}/blog", peer.base));
    assert_eq!(found.len(), 1, "{found:?}");
    let who = &found[0];
    assert_eq!((who["display_name"].as_str(), who["bot"].as_bool()), (Some("The bee blog"), Some(true)));
    assert_eq!(who["acct"], json!(format!("feed@{}", peer.domain())));
    assert_eq!(who["url"], json!(format!("{}/blog", peer.base)));
    assert!(taure.home().is_empty());

    let id = who["id"].as_str().unwrap();
    let relation = taure.post(&format!("/api/v1/accounts/{id}/follow"), json!({})).ok();
    assert_eq!((&relation["following"], &relation["requested"]), (&json!(true), &json!(false)));
    taure.settles();
    let home = taure.home();
    assert_eq!(home.len(), 2);
    let first = &home[1];
    assert_eq!(
        (first["created_at"].as_str(), first["visibility"].as_str()),
        (Some("2026-11-01T10:00:00.000Z"), Some("public"))
    );
    assert_eq!(first["url"], json!(format!("{}/blog/1", peer.base)));
    let content = first["content"].as_str().unwrap();
    assert!(
        content.contains("<strong>First &amp; best</strong>") && content.contains("<b>dance</b>"),
        "{content}"
    );
    assert!(!content.contains("alert") && !content.contains("<img"), "{content}");
    let picture = &first["media_attachments"][0];
    assert_eq!((picture["type"].as_str(), picture["description"].as_str()), (Some("image"), Some("A dance")));
    // Nobody there hears of it.
    assert!(peer.received().is_empty());
    // The same address leads to the same account.
    assert_eq!(finds(&taure, &format!("{}/feed.xml", peer.base))[0]["id"], who["id"]);
    // Its page is the owner's, like that of any other account.
    assert!(Owner::of(&taure).get(&format!("/@feed@{}", peer.domain())).text.contains("First &amp; best"));
    assert_eq!(taure.as_stranger(&format!("/@feed@{}", peer.domain())).status, 404);

    taure.post(&format!("/api/v1/accounts/{id}/unfollow"), json!({})).ok();
    assert!(taure.home().is_empty());
    let before = asked(&peer, "/feed.xml");
    taure.later(2 * DAY);
    taure.settles();
    assert_eq!(asked(&peer, "/feed.xml"), before, "it is asked for although nobody follows it");
}

#[test]
fn an_entry_can_be_kept_and_not_be_answered_boosted_or_quoted() {
    let peer = blog("");
    publish(&peer, &item(&peer.base, 1, "First", "x"));
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let id = finds(&taure, &format!("{}/blog", peer.base))[0]["id"].as_str().unwrap().to_owned();
    taure.post(&format!("/api/v1/accounts/{id}/follow"), json!({})).ok();
    taure.settles();
    let entry = taure.home()[0]["id"].as_str().unwrap().to_owned();
    taure.post(&format!("/api/v1/statuses/{entry}/favourite"), json!({})).ok();
    taure.post(&format!("/api/v1/statuses/{entry}/bookmark"), json!({})).ok();
    let boost = taure.post(&format!("/api/v1/statuses/{entry}/reblog"), json!({}));
    assert_eq!(boost.status, 422);
    assert!(boost.json["error"].as_str().unwrap().contains("Post its link instead"), "{}", boost.text);
    let reply = taure.post("/api/v1/statuses", json!({"status": "well", "in_reply_to_id": entry}));
    assert_eq!(reply.status, 422);
    assert!(
        taure.post("/api/v1/statuses", json!({"status": "well", "quoted_status_id": entry})).status >= 400
    );
    assert!(taure.post(&format!("/api/v1/statuses/{entry}/unreblog"), json!({})).status < 500);
    taure.settles();
    assert!(peer.received().is_empty());
}

#[test]
fn a_feed_is_asked_politely_and_news_come_once() {
    let peer = blog("");
    publish(&peer, &item(&peer.base, 1, "First", "x"));
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let owner = Owner::of(&taure);
    assert_eq!(owner.post("/settings/feeds", &[("address", &format!("{}/blog", peer.base))]).status, 303);
    taure.settles();
    assert_eq!(taure.home().len(), 1);
    let before = asked(&peer, "/feed.xml");
    taure.later(20 * MINUTE);
    taure.settles();
    assert_eq!(asked(&peer, "/feed.xml"), before, "it was asked again within half an hour");
    publish(&peer, &(item(&peer.base, 2, "Second", "y") + &item(&peer.base, 1, "First", "x")));
    taure.later(12 * MINUTE);
    taure.settles();
    assert_eq!(taure.home().len(), 2);
    assert_eq!(asked(&peer, "/feed.xml"), before + 1);
    let heard = peer.heard();
    let last = heard.iter().rfind(|heard| heard.target == "/feed.xml").unwrap();
    assert_eq!(last.header("if-none-match"), "\"v\"");
    // Nothing new: the looks come further apart, up to a day.
    for _ in 0..12 {
        taure.later(DAY + HOUR);
        taure.settles();
    }
    let before = asked(&peer, "/feed.xml");
    taure.later(20 * HOUR);
    taure.settles();
    assert_eq!(asked(&peer, "/feed.xml"), before);
    assert_eq!(taure.home().len(), 2);
    // It is gone for good: nobody looks again, and the owner reads so.
    peer.forget("/feed.xml");
    peer.answer(&format!("{}/feed.xml", peer.base), 410, json!({}));
    taure.later(5 * HOUR);
    taure.settles();
    let page = owner.get("/settings/feeds").text;
    assert!(page.contains("gone for good") && page.contains("Nobody looks at it any more"), "{page}");
    let before = asked(&peer, "/feed.xml");
    taure.later(9 * DAY);
    taure.settles();
    assert_eq!(asked(&peer, "/feed.xml"), before);
}

#[test]
fn the_page_of_feeds_adds_looks_removes_and_says_what_is_wrong() {
    let peer = blog("");
    publish(&peer, &item(&peer.base, 1, "First", "x"));
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let owner = Owner::of(&taure);
    assert_eq!(taure.as_stranger("/settings/feeds").status, 303);
    assert_eq!(owner.post_as_given("/settings/feeds", &[("address", "x")]).status, 403);
    let typed = format!("{}/nothing-here", peer.base);
    let wrong = owner.post("/settings/feeds", &[("address", &typed)]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("role=\"alert\"") && wrong.text.contains(&typed), "{}", wrong.text);
    assert_eq!(
        owner.post("/settings/feeds", &[("address", &format!("{}/@alice.rss", taure.base))]).status,
        422
    );

    owner.post("/settings/feeds", &[("address", &format!("{}/feed.xml", peer.base))]);
    taure.settles();
    let page = owner.get("/settings/feeds").text;
    assert!(page.contains("The bee blog"), "{page}");
    let id = between(&page, "/settings/feeds/", "/look").rsplit('/').next().unwrap().to_owned();
    let before = asked(&peer, "/feed.xml");
    assert_eq!(owner.post(&format!("/settings/feeds/{id}/look"), &[]).status, 303);
    taure.settles();
    assert_eq!(asked(&peer, "/feed.xml"), before + 1);
    // It is no feed any more: the fault is told, and what was read stays.
    peer.page("/feed.xml", "<title>Sold</title>");
    owner.post(&format!("/settings/feeds/{id}/look"), &[]);
    taure.settles();
    assert!(owner.get("/settings/feeds").text.contains("This is no feed any more"));
    assert_eq!(taure.home().len(), 1);

    let list = owner.get("/settings/feeds/opml");
    assert!(list.text.contains(&format!("xmlUrl=\"{}/feed.xml\"", peer.base)), "{}", list.text);
    assert_eq!(owner.post(&format!("/settings/feeds/{id}/remove"), &[]).status, 303);
    assert!(taure.home().is_empty());
    assert_eq!(taure.get(&format!("/api/v1/accounts/{id}")).status, 404);
    assert_eq!(owner.post(&format!("/settings/feeds/{id}/remove"), &[]).status, 404);

    publish(&peer, &item(&peer.base, 1, "First", "x"));
    assert_eq!(sends_file(&owner, "/settings/feeds/opml", &list.text).status, 303);
    taure.settles();
    assert_eq!(taure.home().len(), 1);
    assert_eq!(sends_file(&owner, "/settings/feeds/opml", "no list").status, 422);
}

#[test]
fn a_feed_says_nothing_in_the_name_of_others() {
    let other = Peer::new("bob");
    let peer = blog("");
    // It claims the address and the id of somebody else's post, and that site as its own.
    let forged = format!(
        "<item><title>T</title><link>{0}/notes/1</link><guid>{0}/notes/1</guid></item><link>{0}/users/bob</link>",
        other.base
    );
    publish(&peer, &forged);
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let found = finds(&taure, &format!("{}/feed.xml", peer.base));
    assert!(found[0]["url"].as_str().unwrap().starts_with(&peer.base));
    let id = found[0]["id"].as_str().unwrap();
    taure.post(&format!("/api/v1/accounts/{id}/follow"), json!({})).ok();
    taure.settles();
    let entry = taure.home()[0].clone();
    assert!(!entry["url"].as_str().unwrap().starts_with(&other.base), "{entry}");
    assert!(entry["uri"].as_str().unwrap().starts_with("feed:"));
    // Bob himself is found, and not the feed.
    assert_eq!(taure.finds(&other.handle())["username"], "bob");
}

#[test]
fn an_address_inside_of_the_house_is_not_asked() {
    let peer = blog("");
    let taure = Taure::closed();
    let owner = Owner::of(&taure);
    let answer = owner.post("/settings/feeds", &[("address", &format!("{}/feed.xml", peer.base))]);
    assert_eq!(answer.status, 422);
    assert_eq!(asked(&peer, "/feed.xml"), 0);
}

#[test]
fn what_the_owner_reads_by_feeds_is_nobody_elses_to_know() {
    let peer = Peer::new("nobody");
    let items = item(&peer.base, 1, "Invoice", "<p>Pay soon #bees</p>");
    let feed = format!("<rss version='2.0'><channel><title>Inside</title>{items}</channel></rss>");
    peer.file("/rss", "application/rss+xml", feed.as_bytes());
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let owner = Owner::of(&taure);
    owner.post("/settings/feeds", &[("address", &format!("{}/rss?token=SECRET", peer.base))]);
    taure.settles();
    let entry = taure.home()[0].clone();
    assert!(!entry["uri"].as_str().unwrap().contains("SECRET"), "{entry}");
    let (post, id) = (entry["id"].as_str().unwrap(), entry["account"]["id"].as_str().unwrap());
    let acct = entry["account"]["acct"].as_str().unwrap();
    assert!(!entry["account"]["uri"].as_str().unwrap().contains("SECRET"), "{entry}");

    let me = taure.get("/api/v1/accounts/verify_credentials").ok()["id"].as_str().unwrap().to_owned();
    let lists = [
        format!("/api/v1/accounts/{me}/following"),
        format!("/api/v1/accounts/{me}/endorsements"),
        format!("/api/v1/accounts?id[]={id}"),
        format!("/api/v1/statuses?id[]={post}"),
        format!("/api/v2/search?q=@{acct}"),
        format!("/api/v2/search?q={}", encoded(&[("", &peer.base)]).trim_start_matches('=')),
        "/@alice/following".to_owned(),
        "/tags/bees".to_owned(),
        "/api/v1/timelines/tag/bees".to_owned(),
        "/api/v1/timelines/public".to_owned(),
    ];
    for path in lists {
        let answer = taure.as_stranger(&path);
        assert!(answer.status < 500, "{path}");
        for trace in ["SECRET", "Invoice", "Inside", acct] {
            let said = answer.text.replace(&format!("q=@{acct}"), "");
            assert!(!said.contains(trace), "{path} tells {trace}: {said}");
        }
    }
    for path in [
        format!("/api/v1/accounts/{id}"),
        format!("/api/v1/accounts/{id}/statuses"),
        format!("/api/v1/accounts/{id}/followers"),
        format!("/api/v1/accounts/{id}/identity_proofs"),
        format!("/api/v1/accounts/lookup?acct={acct}"),
        format!("/api/v1/statuses/{post}"),
        format!("/api/v1/statuses/{post}/context"),
    ] {
        assert_eq!(taure.as_stranger(&path).status, 404, "{path}");
    }
    // The owner has it all, and cannot recommend it.
    let followed = taure.get(&format!("/api/v1/accounts/{me}/following")).ok();
    assert_eq!(followed[0]["id"], *id);
    assert!(owner.get("/@alice/following").text.contains("Inside"));
    assert_eq!(taure.get(&format!("/api/v1/accounts/{id}/statuses")).ok()[0]["id"], *post);
    assert_eq!(taure.post(&format!("/api/v1/accounts/{id}/endorse"), json!({})).status, 422);
}

#[test]
fn another_page_does_not_rename_a_feed_that_is_known() {
    let (peer, other) = (blog(""), Peer::new("evil"));
    publish(&peer, &item(&peer.base, 1, "First", "x"));
    let mut taure = Taure::new();
    taure.may_leave_jobs = true;
    let feed = format!("{}/feed.xml", peer.base);
    let id = finds(&taure, &format!("{}/blog", peer.base))[0]["id"].clone();
    let page = format!("<title>Mine</title><link rel=alternate type='application/rss+xml' href='{feed}'>");
    other.page("/claims", &page);
    let found = finds(&taure, &format!("{}/claims", other.base));
    assert_eq!(found[0]["id"], id);
    assert_eq!(found[0]["acct"], json!(format!("feed@{}", peer.domain())));
    assert_eq!(found[0]["url"], json!(format!("{}/blog", peer.base)));
    // Nor does a page speak for the site that its base names.
    let third = Peer::new("third");
    third.file(
        "/theirs.xml",
        "application/rss+xml",
        b"<rss version='2.0'><channel><title>T</title></channel></rss>",
    );
    other.page(
        "/based",
        &format!(
            "<base href='{}/'><link rel=alternate type='application/rss+xml' href='theirs.xml'>",
            third.base
        ),
    );
    let found = finds(&taure, &format!("{}/based", other.base));
    assert_eq!(found[0]["acct"], json!(format!("feed@{}", other.domain())));
}
