//! Accounts as they are read: who is found, who is suggested, what is told of whom.

use crate::harness::Taure;
use crate::peer::{AS, PUBLIC, Peer};
use serde_json::{Value, json};

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

fn accts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|a| a["acct"].as_str().unwrap()).collect()
}

#[test]
fn pitfall_96_a_look_up_asks_no_other_server_and_a_search_does_if_it_is_told_to() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let handle = format!("bob@{}", peer.domain());
    assert_eq!(taure.get(&format!("/api/v1/accounts/lookup?acct={handle}")).status, 404);
    assert_eq!(taure.get(&format!("/api/v1/accounts/search?q={handle}")).ok(), json!([]));
    assert!(peer.asked().is_empty());
    let found = taure.get(&format!("/api/v1/accounts/search?q={handle}&resolve=true")).ok();
    assert_eq!(accts(&found), [handle.as_str()]);
    taure.settles();
    assert_eq!(taure.get(&format!("/api/v1/accounts/lookup?acct={handle}")).ok()["acct"], *handle);
}

#[test]
fn names_are_completed_as_they_are_typed_and_the_followed_come_first() {
    let taure = Taure::new();
    let (bob, bobby) = (Peer::new("bob"), Peer::new("bobby"));
    bob.is_known_to(&taure, true);
    bobby.is_followed_by(&taure);
    let search = |q: &str| taure.get(&format!("/api/v1/accounts/search?{q}")).ok();
    assert_eq!(accts(&search("q=@BOB&limit=5"))[0], format!("bobby@{}", bobby.domain()));
    assert_eq!(search("q=bo").as_array().unwrap().len(), 2);
    assert_eq!(search("q=bo&following=true").as_array().unwrap().len(), 1);
    assert_eq!(search("q=bo&limit=1").as_array().unwrap().len(), 1);
    assert_eq!(accts(&search("q=alic")), ["alice"]);
    assert_eq!(search("q=%25"), json!([]));
    assert_eq!(taure.get("/api/v1/accounts/search").status, 400);
}

#[test]
fn suggested_are_those_whom_friends_meet_until_they_are_sent_away() {
    let taure = Taure::new();
    let (friend, stranger, shy) = (Peer::new("friend"), Peer::new("stranger"), Peer::new("shy"));
    friend.is_followed_by(&taure);
    let found = stranger.is_known_to(&taure, true);
    shy.is_known_to(&taure, false);
    assert_eq!(taure.get("/api/v2/suggestions").ok(), json!([]));
    for other in [&stranger, &shy] {
        let mut boost = friend.activity("Announce", json!(other.note("<p>hi</p>", &[])["id"]));
        boost["@context"] = json!(AS);
        boost["to"] = json!([PUBLIC]);
        boost["published"] = json!(taure.clock.now().to_string());
        assert_eq!(friend.delivers(&taure, &boost).status, 202);
    }
    taure.settles();
    let suggested = taure.get("/api/v2/suggestions").ok();
    assert_eq!(suggested.as_array().unwrap().len(), 1, "who does not want to be found was: {suggested}");
    assert_eq!(suggested[0]["account"]["id"], found["id"]);
    assert_eq!(suggested[0]["sources"], json!(["friends_of_friends"]));
    assert_eq!(suggested[0]["source"], "past_interactions");
    assert_eq!(taure.get("/api/v1/suggestions").ok()[0]["id"], found["id"]);
    assert_eq!(taure.get("/api/v2/suggestions?offset=1").ok(), json!([]));
    let path = format!("/api/v1/suggestions/{}", id(&found));
    assert_eq!(taure.call("DELETE", &path, None).ok(), json!({}));
    assert_eq!(taure.get("/api/v2/suggestions").ok(), json!([]));
    assert_eq!(taure.call("DELETE", "/api/v1/suggestions/12345", None).ok(), json!({}));
}

#[test]
fn pitfall_100_the_directory_shows_strangers_the_owner_and_the_owner_whom_the_server_knows() {
    let taure = Taure::new();
    let (bob, shy) = (Peer::new("bob"), Peer::new("shy"));
    bob.is_known_to(&taure, true);
    shy.is_known_to(&taure, false);
    let list = |path: &str| accts(&taure.get(path).ok()).iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
    taure.call("PATCH", "/api/v1/profile", Some(json!({"discoverable": false}))).ok();
    assert_eq!(taure.as_stranger("/api/v1/directory").ok(), json!([]));
    taure.call("PATCH", "/api/v1/profile", Some(json!({"discoverable": true}))).ok();
    assert_eq!(accts(&taure.as_stranger("/api/v1/directory").ok()), ["alice"]);
    assert_eq!(list("/api/v1/directory?local=true"), ["alice"]);
    let bob = format!("bob@{}", bob.domain());
    assert_eq!(list("/api/v1/directory?order=new"), [bob.as_str(), "alice"]);
    taure.posts("active");
    assert_eq!(list("/api/v1/directory?order=active"), ["alice", bob.as_str()]);
    assert_eq!(list("/api/v1/directory?offset=1&limit=1"), [bob.as_str()]);
    assert_eq!(taure.as_stranger("/api/v1/directory?offset=1").ok(), json!([]));
}

#[test]
fn pitfall_100_familiar_followers_have_an_entry_for_each_id() {
    let taure = Taure::new();
    let answer = taure.get("/api/v1/accounts/familiar_followers?id[]=7&id[]=8").ok();
    assert_eq!(answer, json!([{"id": "7", "accounts": []}, {"id": "8", "accounts": []}]));
}

#[test]
fn only_who_is_followed_can_be_endorsed_and_unfollowing_ends_it() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = peer.is_known_to(&taure, true);
    let act = |verb: &str| taure.post(&format!("/api/v1/accounts/{}/{verb}", id(&bob)), json!({}));
    let refused = act("endorse");
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json["error"],
        "Validation failed: You must be already following the person you want to endorse"
    );
    peer.is_followed_by(&taure);
    assert_eq!(act("endorse").ok()["endorsed"], true);
    assert_eq!(act("pin").ok()["endorsed"], true);
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let path = format!("/api/v1/accounts/{}/endorsements", id(&me));
    assert_eq!(accts(&taure.get("/api/v1/endorsements").ok()), accts(&taure.as_stranger(&path).ok()));
    assert_eq!(taure.as_stranger(&path).ok()[0]["id"], bob["id"]);
    assert_eq!(act("unpin").ok()["endorsed"], false);
    assert_eq!(act("endorse").ok()["endorsed"], true);
    assert_eq!(act("unfollow").ok()["endorsed"], false);
    assert_eq!(taure.get("/api/v1/endorsements").ok(), json!([]));
    let theirs = taure.get(&format!("/api/v1/accounts/{}/endorsements", id(&bob))).ok();
    assert_eq!(theirs, json!([]));
}

#[test]
fn a_follower_who_is_removed_hears_of_it() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let follow = peer.follows(&taure);
    let bob = taure.finds(&peer.handle());
    assert_eq!(taure.relationship(id(&bob))["followed_by"], true);
    let answer = taure.post(&format!("/api/v1/accounts/{}/remove_from_followers", id(&bob)), json!({})).ok();
    assert_eq!(answer["followed_by"], false);
    taure.settles();
    let reject = peer.received_of("Reject").pop().expect("no Reject arrived");
    assert_eq!(reject["object"]["id"], follow["id"]);
}

#[test]
fn pitfall_31_of_a_suspended_account_no_more_is_told_than_its_name() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let note = peer.note("<p>spam</p>", &[]);
    taure.finds_status(note["id"].as_str().unwrap());
    let mut document = peer.actor_document();
    document["suspended"] = json!(true);
    document["icon"] = json!({"type": "Image", "url": format!("{}/a.png", peer.base)});
    peer.publish(&peer.actor(), document.clone());
    assert_eq!(peer.delivers(&taure, &peer.activity("Update", document)).status, 202);
    taure.settles();
    let bob = taure.finds(&peer.handle());
    let shown = taure.get(&format!("/api/v1/accounts/{}", id(&bob))).ok();
    assert_eq!(
        (&shown["suspended"], &shown["display_name"], &shown["note"]),
        (&json!(true), &json!(""), &json!(""))
    );
    assert!(shown["avatar"].as_str().unwrap().ends_with("missing.png"));
    for list in ["emojis", "fields", "roles"] {
        assert_eq!(shown[list], json!([]), "{list}");
    }
    for list in ["statuses", "followers", "following", "featured_tags", "endorsements"] {
        assert_eq!(taure.get(&format!("/api/v1/accounts/{}/{list}", id(&bob))).ok(), json!([]), "{list}");
    }
}

#[test]
fn hidden_lists_of_people_are_empty_for_others_and_whole_for_the_owner() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    peer.is_followed_by(&taure);
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let lists = ["followers", "following"].map(|list| format!("/api/v1/accounts/{}/{list}", id(&me)));
    for list in &lists {
        assert_eq!(taure.as_stranger(list).ok().as_array().unwrap().len(), 1);
    }
    // The owner stands in the lists of others, too, as far as they are known here.
    let bob = id(&taure.finds(&peer.handle())).to_owned();
    let theirs = ["followers", "following"].map(|list| format!("/api/v1/accounts/{bob}/{list}"));
    assert!(theirs.iter().all(|list| taure.as_stranger(list).ok().as_array().unwrap().len() == 1));
    taure.call("PATCH", "/api/v1/profile", Some(json!({"hide_collections": true}))).ok();
    for list in lists.iter().chain(&theirs) {
        assert_eq!(taure.as_stranger(list).ok(), json!([]));
        assert_eq!(taure.get(list).ok().as_array().unwrap().len(), 1);
    }
}

#[test]
fn the_posts_of_an_account_are_sifted_as_asked() {
    let taure = Taure::new();
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let post = |body: Value| taure.post("/api/v1/statuses", body).ok();
    let first = post(json!({"status": "first #tag"}));
    let reply = post(json!({"status": "own reply", "in_reply_to_id": first["id"]}));
    let private = post(json!({"status": "few", "visibility": "private"}));
    let boost = taure.post(&format!("/api/v1/statuses/{}/reblog", id(&first)), json!({})).ok();
    taure.post(&format!("/api/v1/statuses/{}/pin", id(&first)), json!({})).ok();
    let list = |query: &str, stranger: bool| {
        let path = format!("/api/v1/accounts/{}/statuses?{query}", id(&me));
        let answer = if stranger { taure.as_stranger(&path) } else { taure.get(&path) };
        answer.ok().as_array().unwrap().iter().map(|s| id(s).to_owned()).collect::<Vec<_>>()
    };
    let [first, reply, private, boost] = [&first, &reply, &private, &boost].map(|s| id(s).to_owned());
    assert_eq!(list("", false), [&boost, &private, &reply, &first].map(String::clone));
    assert_eq!(list("", true), [&boost, &reply, &first].map(String::clone));
    assert_eq!(list("exclude_reblogs=true", true), [&reply, &first].map(String::clone));
    assert_eq!(list("pinned=1", true), [first.as_str()]);
    assert_eq!(list("tagged=TAG", true), [first.as_str()]);
    assert_eq!(list("only_media=true", false), Vec::<String>::new());
    assert_eq!(list(&format!("limit=1&max_id={boost}"), true), [reply.as_str()]);
    assert_eq!(list(&format!("limit=1&min_id={first}"), true), [reply]);
}

#[test]
fn no_more_than_forty_posts_are_pinned() {
    let taure = Taure::new();
    let pin = |n: usize| {
        let post = taure.posts(&format!("post {n}"));
        taure.post(&format!("/api/v1/statuses/{}/pin", id(&post)), json!({}))
    };
    for n in 0..40 {
        assert_eq!(pin(n).status, 200);
    }
    let refused = pin(40);
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.json["error"],
        "Validation failed: You have already pinned the maximum number of posts"
    );
    assert_eq!(taure.get("/api/v2/instance").ok()["configuration"]["accounts"]["max_pinned_statuses"], 40);
}

#[test]
fn pitfall_10_a_batch_takes_twenty_ids_and_drops_what_is_unknown() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = peer.is_known_to(&taure, true);
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    let query = format!("id[]=99&id[]={}&id[]=x&id[]={}", id(&bob), id(&me));
    let found = taure.as_stranger(&format!("/api/v1/accounts?{query}")).ok();
    assert_eq!(accts(&found), [bob["acct"].as_str().unwrap(), "alice"]);
    let many: String = (1..=20).map(|n| format!("id[]={n}&")).collect();
    assert_eq!(taure.get(&format!("/api/v1/accounts?{many}id[]={}", id(&me))).ok(), json!([]));
}

#[test]
fn pitfall_13_a_delete_may_carry_a_body() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = peer.is_followed_by(&taure);
    let list = taure.post("/api/v1/lists", json!({"title": "friends"})).ok();
    let path = format!("/api/v1/lists/{}/accounts", id(&list));
    taure.post(&path, json!({"account_ids": [id(&bob)]})).ok();
    assert_eq!(taure.get(&path).ok().as_array().unwrap().len(), 1);
    assert_eq!(taure.call("DELETE", &path, Some(json!({"account_ids": [id(&bob)]}))).ok(), json!({}));
    assert_eq!(taure.get(&path).ok(), json!([]));
}

#[test]
fn pitfall_39_the_owner_has_no_domain_and_everybody_else_has_theirs() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = peer.is_known_to(&taure, true);
    assert_eq!(bob["acct"], format!("bob@{}", peer.domain()));
    let me = taure.get(&format!("/api/v1/accounts/lookup?acct=alice@{}", taure.domain)).ok();
    assert_eq!((&me["acct"], &me["username"]), (&json!("alice"), &json!("alice")));
}

#[test]
fn pitfall_42_43_and_45_links_of_a_text_are_those_of_its_lists() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let bob = peer.is_known_to(&taure, true);
    let text = format!("@bob@{} #Rīga\nhttps://example.org/a/long/path/of/more/than/thirty", peer.domain());
    let status = taure.posts(&text);
    let content = status["content"].as_str().unwrap();
    let mention = &status["mentions"][0];
    let url = mention["url"].as_str().unwrap();
    assert!(content.contains(&format!(
        "<span class=\"h-card\" translate=\"no\"><a href=\"{url}\" class=\"u-url mention\">@<span>bob</span></a></span>"
    )));
    let tag = status["tags"][0]["url"].as_str().unwrap();
    assert!(content.contains(&format!(
        "<a href=\"{tag}\" class=\"mention hashtag\" rel=\"tag\">#<span>Rīga</span></a>"
    )));
    assert!(
        content.contains(
            "<br><a href=\"https://example.org/a/long/path/of/more/than/thirty\" target=\"_blank\""
        )
    );
    assert!(content.contains("<span class=\"invisible\">https://</span><span class=\"ellipsis\">"));
    assert_eq!(taure.get(&format!("/api/v1/accounts/{}", id(mention))).ok()["url"], bob["url"]);
    for visibility in ["public", "unlisted", "private", "direct"] {
        let post = taure.post("/api/v1/statuses", json!({"status": "x", "visibility": visibility})).ok();
        assert_eq!(post["visibility"], visibility);
    }
    assert_eq!(taure.post("/api/v1/statuses", json!({"status": "x", "visibility": "limited"})).status, 422);
}
