//! Search: words of posts, people, hashtags, handles and addresses.
//! <https://docs.joinmastodon.org/methods/search/>

use crate::harness::{Taure, request};
use crate::peer::{PUBLIC, Peer};
use serde_json::{Value, json};

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn search(taure: &Taure, q: &str, more: &str) -> Value {
    taure.get(&format!("/api/v2/search?q={}{more}", encoded(q))).ok()
}

/// The texts of the posts found, without their markup.
fn posts(taure: &Taure, q: &str) -> Vec<String> {
    let found = search(taure, q, "&type=statuses");
    let list = found["statuses"].as_array().unwrap();
    list.iter().map(|s| taure_text(s["content"].as_str().unwrap())).collect()
}

fn taure_text(html: &str) -> String {
    taure::text::plain(html)
}

/// Alice, who follows a peer that posted some things.
fn house() -> (Taure, Peer) {
    let (alice, peer) = (Taure::new(), Peer::new("bob"));
    peer.is_followed_by(&alice);
    (alice, peer)
}

fn delivers(alice: &Taure, peer: &Peer, html: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut note = peer.note(html, &[]);
    change(&mut note);
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    assert_eq!(peer.delivers(alice, &peer.create(&note)).status, 202);
    alice.settles();
    note
}

#[test]
fn the_owner_finds_what_others_wrote_and_a_stranger_nothing() {
    let (alice, peer) = house();
    delivers(&alice, &peer, "<p>Honey from the bees of Rīga</p>", |_| ());
    delivers(&alice, &peer, "<p>蜂蜜を買った</p>", |_| ());
    alice.posts("My own honey cake");
    assert_eq!(posts(&alice, "honey"), ["My own honey cake", "Honey from the bees of Rīga"]);
    assert_eq!(posts(&alice, "riga bees"), ["Honey from the bees of Rīga"]);
    assert_eq!(posts(&alice, "蜂蜜"), ["蜂蜜を買った"]);
    assert_eq!(posts(&alice, "蜜"), ["蜂蜜を買った"]);
    assert_eq!(alice.as_stranger("/api/v2/search?q=honey").ok()["statuses"], json!([]));
    let app_only = taure::ops::auth::issue_token(&alice.app().store, "narrow", "push").unwrap();
    let bearer = format!("Bearer {app_only}");
    assert_eq!(alice.send("GET", "/api/v2/search?q=honey", &[("authorization", &bearer)], None).status, 403);
}

#[test]
fn operators_narrow_a_search_and_a_minus_turns_them_round() {
    let (alice, peer) = house();
    delivers(&alice, &peer, "<p>tea with a picture</p>", |note| {
        note["attachment"] = json!([{"type": "Document", "mediaType": "image/png", "url": format!("{}/a.png", peer.base), "name": "a samovar"}]);
    });
    delivers(&alice, &peer, "<p>tea and a <a href=\"https://shop.invalid/x\">shop</a></p>", |note| {
        note["contentMap"] = json!({"lv": note["content"]});
        note["summary"] = json!("advert");
        note["sensitive"] = json!(true);
    });
    let own = alice.posts("tea of my own");
    let answer = json!({"status": "tea again", "in_reply_to_id": own["id"], "visibility": "unlisted"});
    alice.post("/api/v1/statuses", answer).ok();
    let (picture, shop) = ("tea with a picture", "tea and a shop");
    let (mine, again) = ("tea of my own", "tea again");
    for (query, expected) in [
        ("tea has:image", vec![picture]),
        ("tea has:media", vec![picture]),
        ("samovar", vec![picture]),
        ("tea -has:image", vec![again, mine, shop]),
        ("has:link", vec![shop]),
        ("is:reply", vec![again]),
        ("tea -is:reply from:me", vec![mine]),
        ("is:sensitive", vec![shop]),
        ("advert", vec![shop]),
        ("language:lv tea", vec![shop]),
        ("tea from:alice", vec![again, mine]),
        ("tea from:bob", vec![shop, picture]),
        (&format!("tea from:{} -advert", peer.handle()), vec![picture]),
        ("tea from:nobody@nowhere.invalid", vec![]),
        ("tea -from:me", vec![shop, picture]),
        ("tea in:library", vec![again, mine]),
        ("tea in:public", vec![mine, shop, picture]),
        ("tea in:all -again", vec![mine, shop, picture]),
        ("\"my own\"", vec![mine]),
        ("\"own my\"", vec![]),
        ("pict*", vec![picture]),
        ("pict", vec![]),
        ("tea after:2099-01-01", vec![]),
        ("tea before:2020-01-01", vec![]),
        ("tea before:2099-01-01 from:me is:reply", vec![again]),
        ("-tea", vec![]),
        ("-advert -from:me", vec![picture]),
        ("has:poll", vec![]),
        ("\"", vec![]),
        ("AND OR NOT", vec![]),
    ] {
        assert_eq!(posts(&alice, query), expected, "{query}");
    }
    let today = alice.clock.now().to_date();
    assert_eq!(posts(&alice, &format!("tea during:{today}")).len(), 4);
    assert_eq!(posts(&alice, &format!("tea -during:{today} after:{today}")).len(), 0);
    // What the owner keeps is in the library, too.
    let bookmarked = &search(&alice, "samovar", "")["statuses"][0]["id"];
    alice.post(&format!("/api/v1/statuses/{}/bookmark", bookmarked.as_str().unwrap()), json!({})).ok();
    assert_eq!(posts(&alice, "tea in:library"), [again, mine, picture]);
}

#[test]
fn an_edit_is_found_by_its_new_words_and_a_deletion_not_at_all() {
    let (alice, peer) = house();
    let own = alice.posts("a tpyo");
    let path = format!("/api/v1/statuses/{}", own["id"].as_str().unwrap());
    alice.call("PUT", &path, Some(json!({"status": "a typo"}))).ok();
    assert!(posts(&alice, "tpyo").is_empty());
    assert_eq!(posts(&alice, "typo"), ["a typo"]);
    alice.call("DELETE", &path, None).ok();
    let note = delivers(&alice, &peer, "<p>typo elsewhere</p>", |_| ());
    assert_eq!(posts(&alice, "typo"), ["typo elsewhere"]);
    let delete = peer.activity("Delete", note["id"].clone());
    assert_eq!(peer.delivers(&alice, &delete).status, 202);
    alice.settles();
    assert!(posts(&alice, "typo").is_empty());
}

#[test]
fn whom_the_owner_muted_is_not_found_by_words() {
    let (alice, peer) = house();
    delivers(&alice, &peer, "<p>noise</p>", |_| ());
    assert_eq!(posts(&alice, "noise").len(), 1);
    let bob = alice.finds(&peer.handle());
    alice.post(&format!("/api/v1/accounts/{}/mute", bob["id"].as_str().unwrap()), json!({})).ok();
    assert!(posts(&alice, "noise").is_empty());
}

#[test]
fn pitfall_95_an_offset_counts_within_one_kind_and_ends_in_nothing() {
    let alice = Taure::new();
    for n in 1..=5 {
        alice.posts(&format!("page {n} #pages"));
    }
    let texts = |more: &str| -> Vec<String> {
        let found = search(&alice, "page", more);
        found["statuses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| taure_text(s["content"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(texts("&type=statuses&limit=2"), ["page 5 #pages", "page 4 #pages"]);
    assert_eq!(texts("&type=statuses&limit=2&offset=4"), ["page 1 #pages"]);
    assert!(texts("&type=statuses&limit=2&offset=5").is_empty());
    assert_eq!(
        texts("&limit=2&offset=4"),
        ["page 5 #pages", "page 4 #pages"],
        "an offset over all kinds is none"
    );
    let oldest = search(&alice, "page", "&type=statuses&limit=1&offset=4")["statuses"][0]["id"].clone();
    let above = texts(&format!("&type=statuses&min_id={}", oldest.as_str().unwrap()));
    assert_eq!(above.len(), 4);
    let below = texts(&format!("&type=statuses&max_id={}", oldest.as_str().unwrap()));
    assert!(below.is_empty());
    assert_eq!(search(&alice, "page", "&type=hashtags")["hashtags"][0]["name"], "pages");
    assert_eq!(search(&alice, "page", "&type=hashtags&offset=1")["hashtags"], json!([]));
    // Strangers neither page nor make the server ask others.
    for more in ["offset=20&type=statuses", "resolve=true"] {
        let refused = alice.as_stranger(&format!("/api/v2/search?q=page&{more}"));
        assert_eq!(refused.status, 401);
        assert!(refused.json["error"].as_str().unwrap().ends_with("not supported without authentication"));
    }
    assert_eq!(alice.get("/api/v2/search?q=").status, 400);
}

#[test]
fn pitfall_95_an_address_leads_to_exactly_the_one_that_it_belongs_to() {
    let (alice, peer) = house();
    let note = peer.note("<p>not delivered</p>", &[]);
    let uri = note["id"].as_str().unwrap().to_owned();
    assert_eq!(search(&alice, &uri, "")["statuses"], json!([]), "nobody is asked without resolve");
    let found = search(&alice, &uri, "&resolve=true");
    assert_eq!(found["statuses"][0]["uri"], uri.as_str());
    assert_eq!((&found["accounts"], &found["hashtags"]), (&json!([]), &json!([])));
    assert_eq!(search(&alice, &uri, "&resolve=true&type=accounts")["statuses"], json!([]));
    assert_eq!(search(&alice, &format!("{uri}?x=1#y"), "")["statuses"][0]["uri"], uri.as_str());
    let app = uri.replacen("http://", "web+ap://", 1);
    assert_eq!(search(&alice, &app, "&resolve=true")["statuses"][0]["uri"], uri.as_str());
    // The page of a profile, and the own addresses in all their forms.
    let page = format!("{}/@bob", peer.base);
    assert_eq!(search(&alice, &page, "&resolve=true")["accounts"][0]["username"], "bob");
    let own = alice.posts("here");
    for address in [own["uri"].as_str().unwrap(), own["url"].as_str().unwrap()] {
        assert_eq!(search(&alice, address, "&resolve=true")["statuses"][0]["id"], own["id"]);
    }
    for address in [alice.actor(), format!("{}/@alice", alice.base)] {
        assert_eq!(search(&alice, &address, "&resolve=true")["accounts"][0]["acct"], "alice", "{address}");
    }
    for (handle, name) in [
        (alice.handle(), "alice"),
        (peer.handle(), "bob"),
        (format!("acct:{}", &peer.handle()[1..]), "bob"),
        (peer.handle()[1..].to_owned(), "bob"),
    ] {
        let found = search(&alice, &handle, "&resolve=true");
        assert_eq!(found["accounts"][0]["username"], name, "{handle}");
        assert_eq!(found["accounts"].as_array().unwrap().len(), 1, "{handle}");
    }
    for nowhere in ["http://localhost:9/x", "https://", "web+ap://", "web+ap:///", "@x@localhost:9"] {
        let found = search(&alice, nowhere, "&resolve=true");
        assert_eq!(found, json!({"accounts": [], "statuses": [], "hashtags": []}), "{nowhere}");
    }
}

#[test]
fn a_private_post_is_not_shown_to_a_stranger_who_knows_its_address() {
    let (alice, peer) = house();
    let note = delivers(&alice, &peer, "<p>for followers</p>", |note| {
        note["to"] = json!([format!("{}/followers", peer.actor())]);
        note["cc"] = json!([]);
    });
    assert!(!note["to"].to_string().contains(PUBLIC));
    let q = encoded(note["id"].as_str().unwrap());
    assert_eq!(search(&alice, note["id"].as_str().unwrap(), "")["statuses"].as_array().unwrap().len(), 1);
    assert_eq!(alice.as_stranger(&format!("/api/v2/search?q={q}")).ok()["statuses"], json!([]));
}

#[test]
fn pitfall_96_people_are_completed_from_the_beginning_of_their_names() {
    let (alice, peer) = house();
    let other = Peer::new("bobby");
    alice.finds(&other.handle());
    let find = |query: &str| -> Vec<Value> {
        alice.get(&format!("/api/v1/accounts/search?{query}")).ok().as_array().unwrap().clone()
    };
    let names = |query: &str| -> Vec<String> {
        find(query).iter().map(|a| a["username"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("q=bo"), ["bob", "bobby"], "the followed one first");
    assert_eq!(names("q=bo&following=true"), ["bob"]);
    assert_eq!(names("q=bo&limit=1&offset=1"), ["bobby"]);
    assert!(names("q=bo&offset=2").is_empty());
    assert_eq!(names("q=peer"), ["bob", "bobby"], "by a word of the display name");
    assert_eq!(names(&format!("q={}", encoded(&other.handle()))), ["bobby"]);
    let third = Peer::new("carol");
    let handle = encoded(&third.handle());
    assert!(names(&format!("q={handle}")).is_empty(), "nobody is asked without resolve");
    assert_eq!(names(&format!("q={handle}&resolve=true")), ["carol"]);
    assert_eq!(alice.get("/api/v1/accounts/search?q=").status, 400);
    assert!(peer.asked().iter().all(|path| !path.contains("carol")));
}

#[test]
fn the_search_of_v1_gives_hashtags_as_names() {
    let alice = Taure::new();
    alice.posts("#Jūra");
    let found = alice.get("/api/v1/search?q=%23j%C5%ABra").ok();
    assert_eq!(found["hashtags"], json!(["Jūra"]));
    assert_eq!(found["statuses"].as_array().unwrap().len(), 1);
    assert_eq!(alice.as_stranger("/api/v1/search?q=x").status, 401);
}

#[test]
fn the_most_used_hashtag_comes_first() {
    let alice = Taure::new();
    for text in ["#seaside #season", "#season #sea", "#season #seaside"] {
        alice.posts(text);
    }
    let found = search(&alice, "sea", "&type=hashtags");
    let names: Vec<&str> =
        found["hashtags"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["sea", "season", "seaside"], "the very word, then by use");
    let history = found["hashtags"][1]["history"].as_array().unwrap();
    assert_eq!((history.len(), &history[0]["uses"]), (7, &json!("3")), "a week of it, today first");
}

#[test]
fn a_stranger_finds_the_hashtags_of_the_owners_open_posts_and_no_others() {
    let (alice, peer) = house();
    delivers(&alice, &peer, "<p>#teal</p>", |note| {
        note["tag"] = json!([{"type": "Hashtag", "name": "#teal"}]);
    });
    alice.post("/api/v1/statuses", json!({"status": "#tears", "visibility": "private"})).ok();
    alice.post("/api/v1/statuses", json!({"status": "#team", "visibility": "direct"})).ok();
    alice.post("/api/v1/tags/teapot/follow", json!({})).ok();
    alice.posts("#tea for everybody");
    let names = |found: Value| -> Vec<String> {
        let tags = found["hashtags"].as_array().unwrap();
        tags.iter().map(|t| t["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(search(&alice, "tea", "&type=hashtags")).len(), 5);
    assert_eq!(names(alice.as_stranger("/api/v2/search?q=tea&type=hashtags").ok()), ["tea"]);
    // Nor does a single one say whether it was ever met, or how often others use it.
    for name in ["teal", "tears", "team", "teapot"] {
        let seen = alice.as_stranger(&format!("/api/v1/tags/{name}")).ok();
        assert_eq!(seen["id"], "", "{name}");
        let days = seen["history"].as_array().unwrap();
        assert!(days.iter().all(|day| day["uses"] == "0"), "{name}: {days:?}");
    }
    let seen = alice.as_stranger("/api/v1/tags/tea").ok();
    assert_ne!(seen["id"], "");
    assert_eq!(seen["history"][0]["uses"], "1");
}

#[test]
fn the_search_page_finds_posts_by_their_words() {
    let (alice, peer) = house();
    delivers(&alice, &peer, "<p>a lighthouse</p>", |_| ());
    let session = taure::ops::auth::start_session(&alice.app().store, "test").unwrap();
    let cookie = format!("taure={session}");
    let page =
        |q: &str| request("GET", &format!("{}/search?q={q}", alice.base), &[("cookie", &cookie)], None).text;
    assert!(page("lighthouse").contains("a lighthouse"));
    assert!(page("submarine").contains("Nothing found."));
}
