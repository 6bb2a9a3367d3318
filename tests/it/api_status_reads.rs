//! Reading statuses: batches, threads, who liked: <https://docs.joinmastodon.org/methods/statuses/>

use crate::api_notifications::{deliver, letter, mention, stranger};
use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(id).collect()
}

#[test]
fn pitfall_10_batches_keep_the_order_drop_what_is_unknown_and_end_at_twenty() {
    let taure = Taure::new();
    let posts: Vec<String> = (0..22).map(|n| id(&taure.posts(&format!("post {n}")))).collect();
    let secret = id(&taure.post("/api/v1/statuses", json!({"status": "x", "visibility": "private"})).ok());
    let path = format!("/api/v1/statuses?id[]={}&id[]=1&id[]=x&id[]={secret}&id[]={}", posts[1], posts[0]);
    assert_eq!(ids(&taure.get(&path).ok()), [posts[1].clone(), secret, posts[0].clone()]);
    let seen = ids(&taure.as_stranger(&path).ok());
    assert_eq!(seen, [posts[1].clone(), posts[0].clone()], "what is for few is not a stranger's");
    let all: Vec<String> = posts.iter().map(|p| format!("id[]={p}")).collect();
    assert_eq!(ids(&taure.get(&format!("/api/v1/statuses?{}", all.join("&"))).ok()), posts[..20]);
    assert_eq!(taure.get("/api/v1/statuses").ok(), json!([]));

    let me = id(&taure.get("/api/v1/accounts/verify_credentials").ok());
    let bob = id(&taure.finds(&Peer::new("bob").handle()));
    let path = format!("/api/v1/accounts?id[]={bob}&id[]=1&id[]={me}");
    assert_eq!(ids(&taure.get(&path).ok()), [bob, me.clone()]);
    assert_eq!(ids(&taure.get(&format!("/api/v1/accounts?id={me}")).ok()), [me]);
}

#[test]
fn pitfall_4_and_5_who_favourited_is_paged_by_hidden_ids() {
    let taure = Taure::new();
    let post = taure.posts("Labrīt!");
    let peers: Vec<Peer> = ["ann", "ben", "cas"].map(stranger).into();
    for peer in &peers {
        deliver(peer, &taure, &peer.activity("Like", post["uri"].clone()));
        let mut boost = peer.activity("Announce", post["uri"].clone());
        boost["to"] = json!(["https://www.w3.org/ns/activitystreams#Public"]);
        deliver(peer, &taure, &boost);
    }
    for list in ["favourited_by", "reblogged_by"] {
        let path = format!("/api/v1/statuses/{}/{list}", id(&post));
        let page = taure.get(&format!("{path}?limit=2"));
        let link = page.header("link").unwrap().replace(&taure.base, "");
        let (next, prev) = link.split_once(", ").unwrap();
        assert!(next.starts_with(&format!("<{path}?limit=2&max_id=")), "{list}: {next}");
        assert!(prev.starts_with(&format!("<{path}?limit=2&since_id=")), "{list}: {prev}");
        let accounts = page.ok();
        let names = |list: &Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|a| a["username"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&accounts), ["cas", "ben"], "{list}");
        assert!(!ids(&accounts).iter().any(|one| link.contains(one)), "{list} pages by account ids");
        let address = next[1..].split_once('>').unwrap().0;
        let rest = taure.get(address);
        assert!(!rest.header("link").unwrap().contains("next"), "{list}");
        assert_eq!(names(&rest.ok()), ["ann"], "{list}");
    }
}

#[test]
fn pitfall_52_a_thread_has_its_ancestors_from_the_top_and_descendants_in_depth() {
    let taure = Taure::new();
    let say = |text: &str, parent: &str| {
        id(&taure.post("/api/v1/statuses", json!({"status": text, "in_reply_to_id": parent})).ok())
    };
    let root = id(&taure.posts("root"));
    let middle = say("middle", &root);
    let leaf = say("leaf", &middle);
    let other = say("other", &root);
    let deep = say("deep", &leaf);
    let context = taure.get(&format!("/api/v1/statuses/{leaf}/context")).ok();
    assert_eq!(ids(&context["ancestors"]), [root.clone(), middle.clone()]);
    assert_eq!(ids(&context["descendants"]).as_slice(), std::slice::from_ref(&deep));
    let context = taure.get(&format!("/api/v1/statuses/{root}/context")).ok();
    assert_eq!(context["ancestors"], json!([]));
    assert_eq!(ids(&context["descendants"]), [middle, leaf, deep, other]);
    assert_eq!(taure.get("/api/v1/statuses/1/context").status, 404);
}

#[test]
fn pitfall_102_nothing_in_a_muted_thread_notifies_until_it_is_unmuted() {
    let taure = Taure::new();
    let post = taure.posts("Labrīt!");
    let bob = stranger("bob");
    let act = |verb: &str| taure.post(&format!("/api/v1/statuses/{}/{verb}", id(&post)), json!({})).ok();
    assert_eq!(act("mute")["muted"], true);
    deliver(&bob, &taure, &bob.activity("Like", post["uri"].clone()));
    letter(&bob, &taure, Some(&post["uri"]));
    assert!(taure.get("/api/v1/notifications?include_filtered=1").ok().as_array().unwrap().is_empty());
    assert_eq!(taure.get("/api/v1/conversations").ok(), json!([]));
    mention(&bob, &taure);
    assert_eq!(taure.notifications("mention").len(), 1, "another thread is not muted");
    assert_eq!(act("unmute")["muted"], false);
    letter(&bob, &taure, Some(&post["uri"]));
    assert_eq!(taure.notifications("mention").len(), 2);
}

#[test]
fn a_boost_for_followers_is_not_told_to_strangers() {
    let taure = Taure::new();
    let post = id(&taure.posts("for everybody"));
    taure.post(&format!("/api/v1/statuses/{post}/reblog"), json!({"visibility": "private"})).ok();
    let path = format!("/api/v1/statuses/{post}/reblogged_by");
    assert_eq!(taure.get(&path).ok().as_array().unwrap().len(), 1);
    assert_eq!(taure.as_stranger(&path).ok(), json!([]));
}
