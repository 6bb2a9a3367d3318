//! Previews of links: fetched once, when somebody sees the post, and never more than the page says of itself.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

fn card(taure: &Taure, status: &Value) -> Value {
    taure.status(id(status))["card"].clone()
}

fn asked_for(site: &Peer, path: &str) -> usize {
    site.asked().iter().filter(|p| *p == path).count()
}

const ARTICLE: &str = "<!doctype html><html lang=en><head><title>T</title>\
    <meta property=og:title content='Bees &amp; honey'><meta property=og:description content='All about <b>them</b>'>\
    <meta property=og:image content=/bee.png><meta property=og:image:width content=1200><meta property=og:image:height content=630>\
    <meta property=og:image:alt content='A bee'><meta property=og:site_name content='The Hive'>\
    <meta property=article:published_time content=2026-01-02T03:04:05Z><meta name=author content=Ann>\
    </head><body>x</body></html>";

/// Else each page that is linked is asked where it wants to hear of that.
fn tells_no_page(taure: &Taure) {
    taure.app().store.write(|tx| taure::ops::webmentions::set_sends(tx, false)).unwrap();
}

#[test]
fn pitfall_38_an_own_post_gets_the_preview_of_its_link_with_every_key() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    tells_no_page(&alice);
    let url = site.page("/bees", ARTICLE);
    let post = alice.posts(&format!("Read {url}?utm_source=me and {}/other #bees", site.base));
    assert_eq!(post["card"], Value::Null);
    alice.settles();
    let card = card(&alice, &post);
    assert_eq!(
        card,
        json!({
            "url": url, "title": "Bees & honey", "description": "All about <b>them</b>", "language": "en",
            "type": "link", "author_name": "Ann", "author_url": "", "provider_name": "The Hive",
            "provider_url": site.base, "html": "", "width": 1200, "height": 630,
            "image": alice.shown(&format!("{}/bee.png", site.base)), "image_description": "A bee", "embed_url": "",
            "blurhash": null, "published_at": "2026-01-02T03:04:05.000Z",
            "authors": [{"name": "Ann", "url": "", "account": null}],
        })
    );
    // A second post has it at once, and so has a stranger.
    let again = alice.posts(&format!("Again {url}"));
    assert_eq!(alice.as_stranger(&format!("/api/v1/statuses/{}", id(&again))).ok()["card"], card);
    assert_eq!(asked_for(&site, "/bees") + asked_for(&site, "/bees?utm_source=me"), 1);
    assert_eq!(asked_for(&site, "/other"), 0, "only the first link is followed");
}

#[test]
fn a_page_is_asked_again_after_a_week_and_a_dead_one_after_a_day() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    tells_no_page(&alice);
    let url = site.page("/bees", ARTICLE);
    let dead = format!("{}/dead", site.base);
    for _ in 0..2 {
        let post = alice.posts(&format!("Dead {dead}"));
        alice.settles();
        assert_eq!(card(&alice, &post), Value::Null);
    }
    assert_eq!(asked_for(&site, "/dead"), 1);
    alice.posts(&url);
    alice.settles();
    site.page("/bees", &ARTICLE.replace("honey", "wax"));
    alice.later(26 * 60 * MINUTE);
    alice.posts(&format!("{url} {dead}"));
    alice.posts(&dead);
    alice.settles();
    assert_eq!((asked_for(&site, "/bees"), asked_for(&site, "/dead")), (1, 2));
    alice.later(7 * 24 * 60 * MINUTE);
    let post = alice.posts(&url);
    alice.settles();
    assert_eq!(card(&alice, &post)["title"], "Bees & wax");
}

#[test]
fn a_followed_post_gets_its_preview_a_little_later_and_one_that_is_not_shown_when_it_is_opened() {
    let (alice, bob, site) = (Taure::new(), Peer::new("bob"), Peer::new("web"));
    bob.is_followed_by(&alice);
    let url = site.page("/bees", ARTICLE);
    let html = format!(
        "<p><a href=\"{}/@bob\" class=\"u-url mention\">@bob</a> <a href=\"{url}\">x</a></p>",
        bob.base
    );
    let note = bob.note(&html, &[]);
    bob.delivers(&alice, &bob.create(&note));
    alice.settles();
    alice.later(MINUTE);
    alice.settles();
    assert_eq!(alice.home()[0]["card"]["title"], "Bees & honey");
    assert!(!bob.asked().iter().any(|path| path == "/@bob"), "a mention is no link");

    let other = site.page("/wax", ARTICLE);
    let unseen = bob.note(&format!("<a href=\"{other}\">x</a>"), &[]);
    let found = alice.finds_status(unseen["id"].as_str().unwrap());
    alice.settles();
    assert_eq!(asked_for(&site, "/wax"), 0);
    alice.as_stranger(&format!("/api/v1/statuses/{}", id(&found))).ok();
    alice.settles();
    assert_eq!(asked_for(&site, "/wax"), 0, "a stranger makes nobody ask");
    assert_eq!(card(&alice, &found), Value::Null);
    alice.settles();
    assert_eq!(card(&alice, &found)["url"], other.as_str());
}

#[test]
fn an_edit_changes_the_preview_with_the_link() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let (bees, wax) = (site.page("/bees", ARTICLE), site.page("/wax", &ARTICLE.replace("Bees", "Wax")));
    let post = alice.posts(&bees);
    alice.settles();
    let edit = |text: &str| {
        alice.call("PUT", &format!("/api/v1/statuses/{}", id(&post)), Some(json!({"status": text}))).ok();
        alice.settles();
        card(&alice, &post)
    };
    assert_eq!(edit(&format!("now {wax}"))["title"], "Wax & honey");
    assert_eq!(edit("no link any more"), Value::Null);
    assert_eq!(edit(&format!("back to {bees}"))["title"], "Bees & honey");
    assert_eq!(asked_for(&site, "/bees"), 1);
}

#[test]
fn a_hostile_page_is_no_preview_and_does_no_harm() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let long = format!("<title>{}</title>{}", "x".repeat(100_000), "<p>".repeat(400_000));
    let evil = "<title>E</title><meta property=og:image content='javascript:alert(1)'>\
        <meta property=og:title content='<script>alert(1)</script>'><meta name=fediverse:creator content='@alice@localhost:1'>";
    for (path, html, title) in [
        ("/long", long.as_str(), Some(301)),
        ("/evil", evil, Some(25)),
        ("/empty", "", None),
        ("/no-title", "<p>x", None),
    ] {
        let post = alice.posts(&site.page(path, html));
        alice.settles();
        let card = card(&alice, &post);
        let length = card["title"].as_str().map(|t| t.chars().count());
        assert!(length.is_some() == title.is_some() && length <= title, "{path}: {length:?}");
        assert!(
            card.is_null() || (card["image"].is_null() && card["html"] == "" && card["authors"] == json!([])),
            "{path}"
        );
    }
    // JSON is no page, and our own pages need no preview.
    for url in [site.actor(), format!("{}/about", alice.base), "http://127.0.0.1:9/".to_owned()] {
        let post = alice.posts(&url);
        alice.settles();
        assert_eq!(card(&alice, &post), Value::Null, "{url}");
    }
}

#[test]
fn an_author_is_named_only_where_the_account_says_that_the_site_may() {
    let (alice, site, bob) = (Taure::new(), Peer::new("web"), Peer::new("bob"));
    let page = |path: &str| {
        site.page(path, &format!("<title>x</title><meta name=fediverse:creator content='{}'>", bob.handle()))
    };
    let post = alice.posts(&page("/one"));
    alice.settles();
    assert_eq!(card(&alice, &post)["authors"], json!([]));
    let mut actor = bob.actor_document();
    actor["attributionDomains"] = json!(["localhost"]);
    bob.publish(&bob.actor(), actor);
    let post = alice.posts(&page("/two"));
    alice.settles();
    let authors = card(&alice, &post)["authors"].clone();
    assert_eq!(authors[0]["account"]["acct"], bob.handle()[1..]);
    assert_eq!(authors[0]["name"], "bob of the peer");
    // The account goes; the card stays.
    let delete = bob.activity("Delete", json!(bob.actor()));
    bob.answer(&bob.actor(), 410, json!({}));
    bob.delivers(&alice, &delete);
    alice.settles();
    assert_eq!(card(&alice, &post)["authors"], json!([]));
}

#[test]
fn what_would_lead_into_the_house_is_not_asked() {
    let (closed, site) = (Taure::closed(), Peer::new("web"));
    let url = site.page("/bees", ARTICLE);
    let post = closed.posts(&url);
    closed.settles();
    assert_eq!(card(&closed, &post), Value::Null);
    assert!(site.asked().is_empty());
}

#[test]
fn a_post_that_quotes_shows_the_quoted_one_and_no_preview_beside_it() {
    let (alice, peer) = (Taure::new(), Peer::new("bob"));
    let url = peer.page("/bees", ARTICLE);
    tells_no_page(&alice);
    let quoted = alice.posts("Quote me");
    let post = json!({"status": format!("Look {url}"), "quoted_status_id": quoted["id"]});
    let post = alice.post("/api/v1/statuses", post).ok();
    alice.settles();
    assert_eq!((card(&alice, &post), asked_for(&peer, "/bees")), (Value::Null, 0));
}
