//! Webmentions: what other sites say about posts here, and what posts here tell other sites.

use crate::harness::{Answer, Taure, request};
use crate::indie::between;
use crate::owner::{Owner, encoded};
use crate::peer::Peer;
use serde_json::json;
use taure::model::StatusId;
use taure::model::time::{HOUR, MINUTE};
use taure::store::webmentions::{self, Webmention};

fn says(taure: &Taure, source: &str, target: &str) -> Answer {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = encoded(&[("source", source), ("target", target)]);
    request("POST", &format!("{}/webmention", taure.base), &form, Some(body.as_bytes()))
}

fn path(taure: &Taure, status: &serde_json::Value) -> String {
    status["url"].as_str().unwrap().strip_prefix(&taure.base).unwrap().to_owned()
}

#[test]
fn an_answer_elsewhere_stands_below_the_post_and_goes_with_its_page() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("What do you think?");
    let (target, page) = (post["url"].as_str().unwrap(), path(&taure, &post));
    // It says where it wants to hear of it.
    let seen = taure.as_stranger(&page);
    assert!(seen.header("link").unwrap().contains("</webmention>; rel=\"webmention\""));
    assert!(seen.text.contains("rel=\"webmention\" href=\"/webmention\""));
    assert!(taure.as_stranger("/").text.contains("rel=\"webmention\""));

    let source = peer.page(
        "/answer",
        &format!(
            "<article class=h-entry><a class='p-author h-card' href=/me>Bob <script>x</script></a>\
             <a class=u-in-reply-to href='{target}'>this</a><p class=e-content>Well <b>said</b> &lt;script&gt;</p></article>"
        ),
    );
    assert_eq!(says(&taure, &source, target).status, 202);
    taure.settles();
    let text = taure.as_stranger(&page).text;
    assert!(text.contains("On other sites") && text.contains("Well said &lt;script&gt;"), "{text}");
    assert!(text.contains(&format!("href=\"{}/me\"", peer.base)));
    assert!(!text.contains("/webmentions/"), "a visitor sees the owner's buttons");

    // A newer version takes its place.
    peer.page(
        "/answer",
        &format!("<div class=h-entry><p class=e-content>I <a href='{target}'>take it back</a></p></div>"),
    );
    taure.later(2 * MINUTE);
    assert_eq!(says(&taure, &source, target).status, 202);
    taure.settles();
    let text = taure.as_stranger(&page).text;
    assert!(text.contains("I take it back") && !text.contains("Well said"), "{text}");
    // Its page links here no longer; then it is gone altogether.
    peer.page("/answer", "<p>Something else</p>");
    taure.later(2 * MINUTE);
    says(&taure, &source, target);
    taure.settles();
    assert!(!taure.as_stranger(&page).text.contains("On other sites"));
    peer.page("/answer", &format!("<a href='{target}'>again</a>"));
    taure.later(2 * MINUTE);
    says(&taure, &source, target);
    taure.settles();
    assert!(taure.as_stranger(&page).text.contains("On other sites"));
    peer.forget("/answer");
    peer.answer(&source, 410, json!({}));
    taure.later(2 * MINUTE);
    says(&taure, &source, target);
    taure.settles();
    assert!(!taure.as_stranger(&page).text.contains("On other sites"));
}

#[test]
fn what_cannot_be_true_is_refused_at_once() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Hello");
    let hidden = taure.post("/api/v1/statuses", json!({"status": "few", "visibility": "private"})).ok();
    let target = post["url"].as_str().unwrap();
    let source = format!("{}/x", peer.base);
    for (source, target) in [
        ("", target),
        ("no address", target),
        ("ftp://b.test/", target),
        ("http://me:pw@localhost/", target),
        (target, target),
        (source.as_str(), ""),
        (source.as_str(), "https://b.test/1"),
        (source.as_str(), &format!("{}/@alice/1", taure.base)),
        (source.as_str(), &format!("{}/about", taure.base)),
        (source.as_str(), hidden["url"].as_str().unwrap()),
    ] {
        assert_eq!(says(&taure, source, target).status, 400, "{source} {target}");
    }
    assert_eq!(says(&taure, &source, &format!("{}/@alice", taure.base)).status, 202);
    taure.settles();
    // The same again, and too many of one site.
    assert_eq!(says(&taure, &source, target).status, 202);
    assert_eq!(says(&taure, &source, target).status, 429);
    let last = (0..40).fold(None, |_, n| Some(says(&taure, &format!("{source}{n}"), target).status));
    assert_eq!(last, Some(429));
    taure.settles();
    // Where nobody may look from here, nothing is looked at.
    let closed = Taure::closed();
    let own = closed.posts("Hello")["url"].as_str().unwrap().to_owned();
    let page = peer.page("/inside", &format!("<a href='{own}'>x</a>"));
    says(&closed, &page, &own);
    closed.later(20 * HOUR);
    closed.settles();
    assert!(!peer.heard().iter().any(|heard| heard.target == "/inside"));
}

#[test]
fn the_owner_deletes_one_and_blocks_a_site() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Hello");
    let (target, page) = (post["url"].as_str().unwrap(), path(&taure, &post));
    let owner = Owner::of(&taure);
    for (name, class) in [("/like", "u-like-of"), ("/boost", "u-repost-of"), ("/say", "u-bookmark-of")] {
        let source = peer.page(
            name,
            &format!("<div class=h-entry><a class='p-author h-card' href=/>Carol</a><a class={class} href='{target}'>x</a></div>"),
        );
        assert_eq!(says(&taure, &source, target).status, 202);
    }
    taure.settles();
    let text = owner.get(&page).text;
    assert!(
        text.contains("1 like:") && text.contains("1 repost:") && text.contains("mentions this on"),
        "{text}"
    );
    assert_eq!(taure.as_stranger("/settings/webmentions").status, 303);
    let list = owner.get("/settings/webmentions").text;
    let id = between(&list, "/webmentions/", "/delete").rsplit('/').next().unwrap().to_owned();
    assert_eq!(owner.post_as_given(&format!("/webmentions/{id}/delete"), &[]).status, 403);
    assert_eq!(owner.post(&format!("/webmentions/{id}/delete"), &[]).status, 303);
    let list = owner.get("/settings/webmentions").text;
    assert_eq!(list.matches("/delete\"").count(), 2);
    let id = between(&list, "/webmentions/", "/delete").rsplit('/').next().unwrap().to_owned();
    assert_eq!(owner.post(&format!("/webmentions/{id}/block"), &[]).status, 303);
    assert!(!owner.get(&page).text.contains("On other sites"));
    taure.later(2 * MINUTE);
    assert_eq!(says(&taure, &format!("{}/like", peer.base), target).status, 403);
}

fn told(peer: &Peer) -> Vec<String> {
    let posts = peer.heard().into_iter().filter(|heard| heard.method == "POST");
    posts.map(|heard| format!("{} {}", heard.target, String::from_utf8(heard.body).unwrap())).collect()
}

#[test]
fn pages_that_a_post_links_to_are_told_once_a_version() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let page = peer.page("/article", "<title>An article</title><a rel=webmention href='/hear?x=1'>say</a>");
    let head =
        peer.file("/other", "text/html\r\nLink: </listen>; rel=\"webmention\"", b"<title>Another</title>");
    let mute = peer.page("/mute", "<title>Nothing</title>");
    let post = taure.posts(&format!("Read {page} and {page}, {head} and {mute} #tag"));
    taure.settles();
    let mut all = told(&peer);
    all.sort();
    assert_eq!(all.len(), 2, "{all:?}");
    let form = encoded(&[("source", post["url"].as_str().unwrap()), ("target", &page)]);
    assert_eq!(all[0], format!("/hear?x=1 {form}"));
    assert!(all[1].starts_with("/listen "));
    // Its preview found the endpoint, so the page was asked once.
    assert_eq!(peer.heard().iter().filter(|heard| heard.target == "/article").count(), 1);
    let owner = Owner::of(&taure);
    let list = owner.get("/settings/webmentions").text;
    assert!(list.contains(&page) && list.contains("taken"), "{list}");

    // An edit tells them all again, also the one that is linked no longer.
    let id = post["id"].as_str().unwrap();
    taure
        .call("PUT", &format!("/api/v1/statuses/{id}"), Some(json!({"status": format!("Only {head}")})))
        .ok();
    taure.settles();
    assert_eq!(told(&peer).len(), 4);
    taure.call("DELETE", &format!("/api/v1/statuses/{id}"), None).ok();
    taure.settles();
    assert_eq!(told(&peer).len(), 5);

    // Few may read it, or the owner does not want it: nobody is told.
    taure.post("/api/v1/statuses", json!({"status": format!("Psst {page}"), "visibility": "private"})).ok();
    assert_eq!(owner.post("/settings/webmentions", &[]).status, 303);
    taure.posts(&format!("Quietly {page}"));
    taure.settles();
    assert_eq!(told(&peer).len(), 5);
    assert_eq!(owner.post("/settings/webmentions", &[("sends", "1")]).status, 303);
    taure.posts(&format!("Loudly {page}"));
    taure.settles();
    assert_eq!(told(&peer).len(), 6);
}

#[test]
fn two_houses_hear_of_each_other() {
    let (taure, other) = (Taure::new(), Taure::named("bob"));
    let first = other.posts("The beginning");
    let url = first["url"].as_str().unwrap();
    taure.posts(&format!("Look at {url}"));
    taure.settles();
    other.settles();
    let text = other.as_stranger(&path(&other, &first)).text;
    assert!(text.contains("On other sites") && text.contains("alice of the tests"), "{text}");
}

#[test]
fn the_word_of_a_page_is_that_of_its_own_site() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Hello");
    let target = post["url"].as_str().unwrap();
    let source = peer.page(
        "/based",
        &format!("<base href='https://mastodon.social/'><div class=h-entry><p class=e-content>Hi <a href='{target}'>x</a></p></div>"),
    );
    assert_eq!(says(&taure, &source, target).status, 202);
    taure.settles();
    let kept = taure.app().store.read(|c| webmentions::newest(c, 9)).unwrap();
    assert_eq!(kept.iter().map(|one| one.host.as_str()).collect::<Vec<_>>(), [peer.domain()]);
    let owner = Owner::of(&taure);
    let list = owner.get("/settings/webmentions").text;
    let id = between(&list, "/webmentions/", "/block").rsplit('/').next().unwrap().to_owned();
    owner.post(&format!("/webmentions/{id}/block"), &[]);
    let blocked = taure.get("/api/v1/domain_blocks").ok();
    assert_eq!(blocked, json!([peer.domain()]));
}

#[test]
fn one_page_is_one_webmention_whatever_query_it_names() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Hello");
    let target = post["url"].as_str().unwrap();
    let source = peer.page("/many", &format!("<a href='{target}?utm=x'>x</a>"));
    for n in 0..3 {
        assert_eq!(says(&taure, &source, &format!("{target}?n={n}#f{n}")).status, 202);
        taure.settles();
        taure.later(2 * MINUTE);
    }
    let kept = taure.app().store.read(|c| webmentions::newest(c, 9)).unwrap();
    assert_eq!(kept.iter().map(|one| one.target.as_str()).collect::<Vec<_>>(), [target]);
}

#[test]
fn a_flood_of_webmentions_neither_gets_in_nor_pushes_names_out() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let post = taure.posts("Hello");
    let target = post["url"].as_str().unwrap();
    let now = taure.clock.now();
    taure.app().recent.note("a name of somebody else's", now);
    let source = format!("{}/flood", peer.base);
    let taken = (0..200).filter(|n| says(&taure, &format!("{source}?{n}"), target).status == 202).count();
    assert_eq!(taken, 30);
    // What was refused left nothing behind: in an hour it is taken.
    taure.settles();
    assert!(taure.app().recent.is_taken("a name of somebody else's", taure.clock.now(), HOUR));
    assert!(!taure.app().mentioned.is_taken(&format!("{source}?199 {target}"), taure.clock.now(), HOUR));
    taure.later(HOUR);
    assert_eq!(says(&taure, &format!("{source}?0"), target).status, 202);
    taure.settles();
}

#[test]
fn a_page_that_cannot_be_had_is_asked_again_and_the_end_is_noted() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let page = peer.page("/article", "<title>An article</title><a rel=webmention href='/hear'>say</a>");
    peer.inbox_answers(503);
    taure.posts(&format!("Read {page}"));
    for _ in 0..12 {
        taure.settles();
        taure.later(24 * HOUR);
    }
    taure.settles();
    assert!(told(&peer).len() > 1, "{:?}", told(&peer));
    let sent = taure.app().store.read(|c| webmentions::sent(c, 9)).unwrap();
    assert_eq!((sent.len(), sent[0].outcome.as_str()), (1, "unreachable"));
}

#[test]
fn there_are_ten_thousand_at_most() {
    let taure = Taure::new();
    let posts: Vec<StatusId> = (0..12)
        .map(|n| taure.posts(&format!("Number {n}"))["id"].as_str().unwrap().parse().unwrap())
        .collect();
    taure
        .app()
        .store
        .write(|tx| {
            for (n, id) in posts.iter().enumerate() {
                for m in 0..900 {
                    let source = format!("https://far.test/{n}/{m}");
                    let new = Webmention {
                        status: Some(*id),
                        source,
                        kind: "mention".to_owned(),
                        ..Default::default()
                    };
                    webmentions::put(tx, &new)?;
                }
            }
            Ok(())
        })
        .unwrap();
    let kept = taure.app().store.read(|c| webmentions::newest(c, 20_000)).unwrap();
    assert_eq!(kept.len(), 10_000);
}
