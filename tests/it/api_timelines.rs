//! Lists of statuses and how they are paged: <https://docs.joinmastodon.org/methods/timelines/>,
//! <https://docs.joinmastodon.org/api/guidelines/#pagination>

use crate::harness::{Answer, Taure};
use serde_json::{Value, json};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn ids(answer: Answer) -> Vec<String> {
    answer.ok().as_array().unwrap().iter().map(id).collect()
}

/// `count` posts, the newest first, as every list shows them.
fn posts(taure: &Taure, count: usize, text: &str) -> Vec<String> {
    let mut made: Vec<String> = (0..count).map(|n| id(&taure.posts(&format!("{text} {n}")))).collect();
    made.reverse();
    made
}

/// The whole `Link` header, without this server's address.
fn links(taure: &Taure, answer: &Answer) -> String {
    answer.header("link").unwrap_or("").replace(&taure.base, "")
}

#[track_caller]
fn act(taure: &Taure, status: &str, what: &str) -> Value {
    taure.post(&format!("/api/v1/statuses/{status}/{what}"), json!({})).ok()
}

/// Alice and Bob, who follow each other; Bob's id at Alice's.
fn friends() -> (Taure, Taure, String) {
    let (alice, bob) = (Taure::new(), Taure::named("bob"));
    for (one, other) in [(&alice, &bob), (&bob, &alice)] {
        let found = one.finds(&other.handle());
        one.post(&format!("/api/v1/accounts/{}/follow", id(&found)), json!({})).ok();
        settle(&alice, &bob);
    }
    let bob_here = id(&alice.finds(&bob.handle()));
    (alice, bob, bob_here)
}

fn settle(alice: &Taure, bob: &Taure) {
    for _ in 0..2 {
        alice.settles();
        bob.settles();
    }
}

#[test]
fn pitfall_5_the_link_of_a_timeline_is_exact() {
    let taure = Taure::new();
    let all = posts(&taure, 3, "home");
    let full = taure.get("/api/v1/timelines/home?limit=2");
    assert_eq!(
        links(&taure, &full),
        format!(
            "</api/v1/timelines/home?limit=2&max_id={}>; rel=\"next\", \
             </api/v1/timelines/home?limit=2&min_id={}>; rel=\"prev\"",
            all[1], all[0]
        )
    );
    assert!(full.header("link").unwrap().starts_with(&format!("<{}/api/", taure.base)));

    let short = taure.get(&format!("/api/v1/timelines/home?limit=2&max_id={}", all[1]));
    assert_eq!(
        links(&taure, &short),
        format!("</api/v1/timelines/home?limit=2&min_id={}>; rel=\"prev\"", all[2])
    );
    assert_eq!(ids(short), all[2..]);
    let empty = taure.get(&format!("/api/v1/timelines/home?max_id={}", all[2]));
    assert_eq!(empty.header("link"), None);
    assert_eq!(empty.ok(), json!([]));
}

#[test]
fn pitfall_3_cursors_are_exclusive_and_since_id_is_not_min_id() {
    let taure = Taure::new();
    let all = posts(&taure, 6, "home");
    let home = |query: String| ids(taure.get(&format!("/api/v1/timelines/home?limit=2&{query}")));
    assert_eq!(home(format!("max_id={}", all[1])), all[2..4]);
    assert_eq!(home(format!("since_id={}", all[5])), all[0..2], "the newest ones");
    assert_eq!(home(format!("min_id={}", all[5])), all[3..5], "the ones right above, newest first");
    assert_eq!(home(format!("min_id={}&since_id={}", all[5], all[2])), all[3..5], "min_id wins");
    assert_eq!(home(format!("max_id={}&since_id={}", all[2], all[4])), all[3..4]);
    assert_eq!(home(format!("max_id={}&min_id={}", all[2], all[5])), all[3..5]);
    assert!(home(format!("since_id={}", all[0])).is_empty());
    assert_eq!(
        ids(taure.get("/api/v1/timelines/home?limit=-2&max_id=")),
        all[..2],
        "an empty cursor is none"
    );
}

#[test]
fn pitfall_4_marks_are_paged_by_when_they_were_made() {
    let taure = Taure::new();
    let all = posts(&taure, 3, "marked");
    for (action, path) in [("favourite", "/api/v1/favourites"), ("bookmark", "/api/v1/bookmarks")] {
        // The oldest post is marked last.
        for post in &all {
            act(&taure, post, action);
        }
        let marked: Vec<String> = all.iter().rev().cloned().collect();
        let first = taure.get(&format!("{path}?limit=2"));
        let header = links(&taure, &first);
        assert!(!all.iter().any(|post| header.contains(post.as_str())), "{header} has a status's id");
        assert_eq!(ids(first), marked[..2], "{path}");
        let (next, prev) = header.split_once(", ").unwrap();
        let address = |link: &str| link[1..].split_once('>').unwrap().0.to_owned();
        assert!(prev.contains("min_id="), "{header}");
        let second = taure.get(&address(next));
        let up = links(&taure, &second);
        assert_eq!(ids(second), marked[2..], "{path}");
        assert_eq!(ids(taure.get(&address(&up))), marked[..2], "back up {path}");
        assert!(ids(taure.get(&address(prev))).is_empty());
        act(&taure, &all[0], &format!("un{action}"));
        assert_eq!(ids(taure.get(path)), marked[..2], "{path}");
    }
}

#[test]
fn public_timelines_hold_public_posts_and_no_boosts_or_answers_to_others() {
    let (alice, bob, _) = friends();
    let there = bob.posts("from Bob");
    settle(&alice, &bob);
    let seen = id(&alice.finds_status(there["uri"].as_str().unwrap()));
    let own = id(&alice.posts("from Alice"));
    let thread = alice.post("/api/v1/statuses", json!({"status": "more", "in_reply_to_id": own})).ok();
    alice.post("/api/v1/statuses", json!({"status": "an answer", "in_reply_to_id": seen})).ok();
    for visibility in ["unlisted", "private", "direct"] {
        alice.post("/api/v1/statuses", json!({"status": "hidden", "visibility": visibility})).ok();
    }
    act(&alice, &seen, "reblog");
    let picture = crate::pictures::upload(&alice, "red");
    let pictured = id(&alice.post("/api/v1/statuses", json!({"status": "", "media_ids": [picture]})).ok());
    settle(&alice, &bob);

    let public = |query: &str| ids(alice.get(&format!("/api/v1/timelines/public?{query}")));
    let thread = id(&thread);
    assert_eq!(public(""), [&*pictured, &*thread, &*own, &*seen]);
    assert_eq!(public("local=true"), [&*pictured, &*thread, &*own]);
    assert_eq!(public("remote=1"), [seen]);
    assert_eq!(public("local=true&only_media=true"), [&*pictured]);
    // Filters stay in the address of the next page.
    let page = alice.get("/api/v1/timelines/public?local=true&limit=1");
    assert_eq!(
        links(&alice, &page),
        format!(
            "</api/v1/timelines/public?local=true&limit=1&max_id={pictured}>; rel=\"next\", \
             </api/v1/timelines/public?local=true&limit=1&min_id={pictured}>; rel=\"prev\""
        )
    );
}

#[test]
fn a_tag_timeline_takes_any_all_and_none_and_keeps_them_in_its_link() {
    let taure = Taure::new();
    let tea = id(&taure.posts("#Tea"));
    let both = id(&taure.posts("#tea and #milk"));
    let milk = id(&taure.posts("#MILK"));
    let tag = |query: &str| ids(taure.get(&format!("/api/v1/timelines/tag/{query}")));
    assert_eq!(tag("TEA"), [&*both, &*tea]);
    assert_eq!(tag("tea?any[]=milk"), [&*milk, &*both, &*tea]);
    assert_eq!(tag("tea?all[]=Milk"), [&*both]);
    assert_eq!(tag("tea?none[]=milk"), [tea]);
    assert!(tag("coffee").is_empty());
    let page = taure.get("/api/v1/timelines/tag/tea?any[]=milk&limit=1");
    let header = links(&taure, &page);
    assert!(
        header.starts_with(&format!("</api/v1/timelines/tag/tea?any%5B%5D=milk&limit=1&max_id={milk}>")),
        "{header}"
    );
}

#[test]
fn a_list_timeline_is_paged_like_home() {
    let (alice, bob, bob_here) = friends();
    let list = id(&alice.post("/api/v1/lists", json!({"title": "Friends"})).ok());
    alice.post(&format!("/api/v1/lists/{list}/accounts"), json!({"account_ids": [bob_here]})).ok();
    alice.posts("Not from a member");
    let there = posts(&bob, 3, "listed");
    settle(&alice, &bob);
    let path = format!("/api/v1/timelines/list/{list}");
    let all = ids(alice.get(&path));
    assert_eq!(all.len(), there.len());
    let page = alice.get(&format!("{path}?limit=2"));
    assert_eq!(
        links(&alice, &page),
        format!(
            "<{path}?limit=2&max_id={}>; rel=\"next\", <{path}?limit=2&min_id={}>; rel=\"prev\"",
            all[1], all[0]
        )
    );
    assert_eq!(ids(alice.get(&format!("{path}?limit=2&max_id={}", all[1]))), all[2..]);
    assert_eq!(ids(alice.get(&format!("{path}?limit=1&min_id={}", all[2]))), all[1..2]);
    assert_eq!(alice.get("/api/v1/timelines/list/1").status, 404);
}

#[test]
fn pitfall_5_notifications_always_have_a_next_page_unless_there_are_none() {
    let (alice, bob, bob_here) = friends();
    assert_eq!(alice.get("/api/v1/notifications?types[]=poll").header("link"), None);
    for n in 0..3 {
        bob.posts(&format!("{} hello {n}", alice.handle()));
    }
    settle(&alice, &bob);
    let path = "/api/v1/notifications?types[]=mention";
    let all = ids(alice.get(path));
    assert_eq!(all.len(), 3);
    let page = alice.get(&format!("{path}&limit=2"));
    let kept = "/api/v1/notifications?types%5B%5D=mention&limit=2";
    assert_eq!(
        links(&alice, &page),
        format!("<{kept}&max_id={}>; rel=\"next\", <{kept}&min_id={}>; rel=\"prev\"", all[1], all[0])
    );
    let last = alice.get(&format!("{path}&limit=2&max_id={}", all[1]));
    assert!(links(&alice, &last).contains("rel=\"next\""), "even of a short page");
    assert_eq!(ids(last), all[2..]);
    let above = |query: String| ids(alice.get(&format!("{path}&limit=1&{query}")));
    assert_eq!(above(format!("since_id={}", all[2])), all[..1]);
    assert_eq!(above(format!("min_id={}", all[2])), all[1..2]);

    let others = alice.get("/api/v1/notifications?exclude_types[]=mention").ok();
    assert!(others.as_array().unwrap().iter().all(|n| n["type"] == "follow"), "{others}");
    assert_eq!(ids(alice.get(&format!("{path}&account_id={bob_here}"))).len(), 3);
}

#[test]
fn pitfall_5_accounts_are_paged_back_with_since_id() {
    let (alice, bob, bob_here) = friends();
    let post = id(&alice.posts("to be liked"));
    settle(&alice, &bob);
    let there = id(&bob.finds_status(alice.status(&post)["uri"].as_str().unwrap()));
    act(&bob, &there, "favourite");
    act(&bob, &there, "reblog");
    settle(&alice, &bob);
    let me = id(&alice.get("/api/v1/accounts/verify_credentials").ok());
    for path in [
        format!("/api/v1/accounts/{me}/followers"),
        format!("/api/v1/accounts/{me}/following"),
        format!("/api/v1/statuses/{post}/favourited_by"),
        format!("/api/v1/statuses/{post}/reblogged_by"),
    ] {
        let page = alice.get(&format!("{path}?limit=1"));
        let header = links(&alice, &page);
        assert!(
            header.contains("limit=1&since_id=") && header.contains("limit=1&max_id="),
            "{path}: {header}"
        );
        assert!(!header.contains(&bob_here), "{path}: {header} has an account's id");
        assert_eq!(ids(page), [&*bob_here], "{path}");
    }
}

#[test]
fn what_an_account_posted_is_filtered_as_the_app_asks() {
    let taure = Taure::new();
    let plain = taure.posts("plain");
    let (me, plain) = (id(&plain["account"]), id(&plain));
    let tagged = id(&taure.posts("#Tagged"));
    let answer = id(&taure.post("/api/v1/statuses", json!({"status": "own", "in_reply_to_id": plain})).ok());
    let picture = crate::pictures::upload(&taure, "red");
    let pictured = id(&taure.post("/api/v1/statuses", json!({"media_ids": [picture]})).ok());
    let boost = id(&act(&taure, &plain, "reblog"));
    act(&taure, &tagged, "pin");
    let of = |query: &str| ids(taure.get(&format!("/api/v1/accounts/{me}/statuses?{query}")));
    assert_eq!(of(""), [&*boost, &*pictured, &*answer, &*tagged, &*plain]);
    assert_eq!(of("exclude_reblogs=true&limit=1"), [&*pictured]);
    assert_eq!(of("only_media=1"), [pictured]);
    assert_eq!(of("tagged=TAGGED"), [&*tagged]);
    assert_eq!(of("pinned=true"), [tagged]);
    assert!(of("exclude_replies=true").contains(&answer), "a thread of one's own is no reply");
}

#[test]
fn home_holds_the_followed_in_the_wanted_languages_and_public_posts_with_a_followed_tag() {
    let (alice, bob, bob_here) = friends();
    let follow = json!({"languages": ["lv"]});
    alice.post(&format!("/api/v1/accounts/{bob_here}/follow"), follow).ok();
    let writes = |language: &str, visibility: &str, text: &str| {
        let body = json!({"status": text, "language": language, "visibility": visibility});
        let post = bob.post("/api/v1/statuses", body).ok();
        settle(&alice, &bob);
        alice.home().iter().any(|s| s["uri"] == post["uri"])
    };
    assert!(writes("lv", "public", "Labrīt"));
    assert!(!writes("en", "public", "Good morning #tea"));
    alice.post("/api/v1/tags/Tea/follow", json!({})).ok();
    assert!(writes("en", "public", "Good afternoon #tea"));
    assert!(!writes("en", "private", "For few #tea"), "a tag finds what is public");

    alice.post(&format!("/api/v1/accounts/{bob_here}/unfollow"), json!({})).ok();
    settle(&alice, &bob);
    let tag = alice.post("/api/v1/tags/tea/unfollow", json!({})).ok();
    assert_eq!(tag["following"], false);
    let home = alice.home();
    assert!(home.iter().all(|s| s["account"]["id"] != *bob_here), "who is unfollowed leaves home: {home:?}");
}
