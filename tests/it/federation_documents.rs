//! What other servers read of the owner: documents, collections, discovery.

use crate::harness::Taure;
use crate::peer::{PUBLIC, Peer};
use serde_json::{Value, json};
use taure::model::{Status, Visibility};
use taure::ops::profile::{self, ProfileUpdate};
use taure::ops::statuses::{self, NewStatus};
use taure::sig::{Scheme, Signer};

const ACTIVITY: &str = "application/activity+json; charset=utf-8";

fn publish(taure: &Taure, text: &str, visible: Visibility) -> Status {
    let new = NewStatus { text: text.to_owned(), visibility: Some(visible), ..NewStatus::default() };
    statuses::publish(&taure.app(), &new).unwrap()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[test]
fn the_actor_is_served_at_its_id_to_servers_and_as_a_page_to_people() {
    let taure = Taure::new();
    let answer = taure.document(&taure.actor());
    assert_eq!(answer.header("content-type"), Some(ACTIVITY));
    assert_eq!(answer.header("vary"), Some("Accept"));
    let actor = answer.ok();
    assert_eq!(actor["id"], taure.actor());
    assert_eq!(actor["publicKey"]["owner"], taure.actor());
    assert!(actor["publicKey"]["publicKeyPem"].as_str().unwrap().starts_with("-----BEGIN PUBLIC KEY-----"));
    assert!(actor["assertionMethod"][0]["publicKeyMultibase"].as_str().unwrap().starts_with("z6Mk"));

    // The page's address serves it, too; case does not matter; nobody else lives here.
    assert_eq!(taure.document("/@alice").ok(), actor);
    assert_eq!(taure.document("/users/Alice").ok(), actor);
    assert_eq!(taure.document("/users/bob").status, 404);
    let page = taure.send("GET", "/users/alice", &[("accept", "text/html")], None);
    assert_eq!((page.status, page.header("location")), (302, Some("/@alice")));
}

#[test]
fn the_instance_actor_answers_without_a_signature() {
    let taure = Taure::new();
    let actor = taure.as_stranger("/actor").ok();
    assert_eq!(
        (&actor["type"], &actor["id"]),
        (&json!("Application"), &json!(format!("{}/actor", taure.base)))
    );
    assert_eq!(taure.document(actor["outbox"].as_str().unwrap()).ok()["totalItems"], 0);
}

#[test]
fn webfinger_leads_from_every_name_to_the_actor() {
    let taure = Taure::new();
    let ask = |resource: &str| {
        let query = url::form_urlencoded::byte_serialize(resource.as_bytes()).collect::<String>();
        taure.as_stranger(&format!("/.well-known/webfinger?resource={query}"))
    };
    let answer = ask(&format!("acct:{}", &taure.handle()[1..]));
    assert_eq!(answer.header("content-type"), Some("application/jrd+json; charset=utf-8"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let jrd = answer.ok();
    assert_eq!(jrd["subject"], format!("acct:{}", &taure.handle()[1..]));
    let first = json!({"rel": "self", "type": "application/activity+json", "href": taure.actor()});
    assert_eq!(jrd["links"][0], first);
    assert_eq!(ask(&taure.actor()).ok(), jrd);

    let server = ask(&format!("{}/", taure.base)).ok();
    assert_eq!(server["links"][0]["href"], format!("{}/actor", taure.base));
    assert_eq!(ask("acct:bob@elsewhere.test").status, 404);
    assert_eq!(taure.as_stranger("/.well-known/webfinger").status, 400);
    let template = format!("{}/.well-known/webfinger?resource={{uri}}", taure.base);
    assert!(taure.as_stranger("/.well-known/host-meta").text.contains(&template));
}

#[test]
fn nodeinfo_tells_the_software_and_who_signs_fetches() {
    let taure = Taure::new();
    publish(&taure, "one", Visibility::Public);
    let links = taure.as_stranger("/.well-known/nodeinfo").ok();
    for link in &links["links"].as_array().unwrap()[..2] {
        let path = link["href"].as_str().unwrap().strip_prefix(&taure.base).unwrap();
        let info = taure.as_stranger(path).ok();
        assert_eq!(info["software"]["name"], "taure");
        assert_eq!(info["usage"]["localPosts"], 1);
        assert_eq!(info["usage"]["users"]["activeMonth"], 1);
    }
    assert_eq!(links["links"][2]["href"], format!("{}/actor", taure.base));
}

#[test]
fn a_post_is_served_at_its_id_with_its_activity_and_collections() {
    let taure = Taure::new();
    let post = publish(&taure, "Labrīt! #Rīga", Visibility::Public);
    let answer = taure.document(&post.uri);
    assert_eq!(answer.header("content-type"), Some(ACTIVITY));
    assert_eq!(answer.header("cache-control"), Some("public, max-age=180"));
    let note = answer.ok();
    assert_eq!(note["id"], post.uri);
    assert_eq!(note["to"], json!([PUBLIC]));
    assert_eq!(taure.document(post.url.as_deref().unwrap()).ok(), note);

    let mut create = taure.document(&format!("{}/activity", post.uri)).ok();
    assert_eq!(create["type"], "Create");
    create["object"]["@context"] = note["@context"].clone();
    assert_eq!(create["object"], note);

    let reply = NewStatus { text: "more".to_owned(), in_reply_to: Some(post.id), ..NewStatus::default() };
    let reply = statuses::publish(&taure.app(), &reply).unwrap();
    let again = taure.document(&post.uri).ok();
    assert_eq!(again["replies"]["first"]["items"], json!([reply.uri]));
    let replies = taure.document(note["replies"]["id"].as_str().unwrap()).ok();
    let page = taure.document(replies["first"].as_str().unwrap()).ok();
    assert_eq!(page["items"], json!([reply.uri]));
    assert_eq!(taure.document(note["likes"]["id"].as_str().unwrap()).ok()["totalItems"], 0);
    assert_eq!(taure.document(note["shares"]["id"].as_str().unwrap()).ok()["totalItems"], 0);
}

#[test]
fn what_is_gone_answers_410_with_a_tombstone_and_what_never_was_404() {
    let taure = Taure::new();
    let post = publish(&taure, "oops", Visibility::Public);
    statuses::delete(&taure.app(), post.id, true).unwrap();
    for uri in [post.uri.clone(), format!("{}/activity", post.uri)] {
        let answer = taure.document(&uri);
        assert_eq!(answer.status, 410);
        assert_eq!((&answer.json["type"], &answer.json["id"]), (&json!("Tombstone"), &json!(post.uri)));
    }
    assert_eq!(taure.document(&format!("{}/statuses/1", taure.actor())).status, 404);
    assert_eq!(taure.document(&format!("{}/statuses/x", taure.actor())).status, 404);
}

#[test]
fn a_boost_is_served_as_an_announce_until_it_is_taken_back() {
    let taure = Taure::new();
    let post = publish(&taure, "again", Visibility::Public);
    let boost = taure::ops::boosts::add(&taure.app(), post.id, None).unwrap();
    let announce = taure.document(&boost.uri).ok();
    assert_eq!((&announce["type"], &announce["object"]), (&json!("Announce"), &json!(post.uri)));
    taure::ops::boosts::remove(&taure.app(), post.id).unwrap();
    assert_eq!(taure.document(&boost.uri).status, 410);
}

#[test]
fn what_is_not_for_everybody_is_not_there_for_a_stranger() {
    let taure = Taure::new();
    for visible in [Visibility::Private, Visibility::Direct] {
        let post = publish(&taure, "hush", visible);
        for path in ["", "/activity", "/replies", "/replies/after/0", "/likes", "/shares"] {
            assert_eq!(taure.document(&format!("{}{path}", post.uri)).status, 404, "{path}");
        }
    }
    let page = taure.document(&format!("{}/outbox/page", taure.actor())).ok();
    assert_eq!(page["orderedItems"], json!([]));
}

#[test]
fn a_post_for_followers_is_shown_to_a_follower_who_signs() {
    let (taure, follower, other) = (Taure::new(), Peer::new("bob"), Peer::new("eve"));
    follower.follows(&taure);
    let post = publish(&taure, "for friends", Visibility::Private);

    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        let answer = follower.reads_as(&taure, &post.uri, scheme, &follower.signer());
        assert_eq!(answer.header("cache-control"), Some("private, no-store"));
        assert_eq!(answer.ok()["content"], "<p>for friends</p>");
    }
    // Somebody else, and somebody who says to be the follower.
    assert_eq!(other.reads(&taure, &post.uri).status, 404);
    let forged = Signer { key: other.signer().key, ..follower.signer() };
    assert_eq!(follower.reads_as(&taure, &post.uri, Scheme::Cavage, &forged).status, 404);
    taure.settles();
}

#[test]
fn a_boost_of_a_post_for_followers_carries_the_post() {
    let (taure, follower) = (Taure::new(), Peer::new("bob"));
    follower.follows(&taure);
    let post = publish(&taure, "for friends", Visibility::Private);
    taure::ops::boosts::add(&taure.app(), post.id, None).unwrap();
    taure.settles();
    let announce = follower.received_of("Announce").pop().unwrap();
    assert_eq!(announce["object"]["id"], post.uri);
    assert_eq!(announce["to"], json!([format!("{}/followers", taure.actor())]));
    assert_eq!(taure.document(announce["id"].as_str().unwrap()).status, 404);
}

#[test]
fn the_outbox_is_read_page_by_page() {
    let taure = Taure::new();
    let posts: Vec<Status> =
        (0..25).map(|n| publish(&taure, &format!("post {n}"), Visibility::Unlisted)).collect();
    let outbox = taure.document(&format!("{}/outbox", taure.actor())).ok();
    assert_eq!(outbox["totalItems"], 25);
    let first = taure.document(outbox["first"].as_str().unwrap()).ok();
    let second = taure.document(first["next"].as_str().unwrap()).ok();
    assert_eq!(second.get("next"), None);
    let mut read = ids(&first["orderedItems"]);
    assert_eq!(read.len(), 20);
    read.extend(ids(&second["orderedItems"]));
    let written: Vec<String> = posts.iter().rev().map(|p| format!("{}/activity", p.uri)).collect();
    assert_eq!(read, written);
}

#[test]
fn pinned_posts_are_featured() {
    let taure = Taure::new();
    let post = publish(&taure, "look", Visibility::Public);
    statuses::set_pinned(&taure.app(), post.id, true).unwrap();
    let featured = taure.document(&format!("{}/collections/featured", taure.actor())).ok();
    assert_eq!(ids(&featured["orderedItems"]), [post.uri]);
    assert_eq!(taure.document(&format!("{}/collections/tags", taure.actor())).ok()["totalItems"], 0);
}

#[test]
fn hidden_followers_are_counted_and_not_named() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    peer.follows(&taure);
    let followers = format!("{}/followers", taure.actor());
    let page = taure.document(taure.document(&followers).ok()["first"].as_str().unwrap()).ok();
    assert_eq!(page["orderedItems"], json!([peer.actor()]));

    let hide = ProfileUpdate { hide_collections: Some(true), ..ProfileUpdate::default() };
    profile::update(&taure.app(), &hide).unwrap();
    taure.settles();
    let hidden = taure.document(&followers).ok();
    assert_eq!((&hidden["totalItems"], hidden.get("first")), (&json!(1), None));
    assert_eq!(taure.document(&format!("{followers}/page")).status, 404);
}

#[test]
fn where_the_operator_wants_it_documents_are_for_those_who_sign_and_are_not_blocked() {
    let (mut alice, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let post = alice.posts("hello")["uri"].as_str().unwrap().to_owned();
    let wants = |alice: &Taure| {
        let actor = alice.actor();
        [
            post.clone(),
            format!("{post}/activity"),
            format!("{post}/replies"),
            format!("{post}/context"),
            format!("{post}/likes"),
            format!("{actor}/outbox"),
            format!("{actor}/outbox/page"),
            format!("{actor}/followers"),
            format!("{actor}/following"),
            format!("{actor}/collections/featured"),
            format!("{actor}/collections/tags"),
        ]
    };
    for url in wants(&alice) {
        assert_eq!(alice.document(&url).status, 200, "{url}: it is off by default");
    }
    alice.wants_signatures();
    let id = alice.finds(&carol.handle())["id"].as_str().unwrap().to_owned();
    alice.post(&format!("/api/v1/accounts/{id}/block"), json!({})).ok();
    for url in wants(&alice) {
        assert_eq!(alice.document(&url).status, 401, "{url}");
        assert_eq!(carol.reads(&alice, &url).status, 404, "{url}");
        let read = bob.reads(&alice, &url);
        assert_eq!((read.status, read.header("cache-control")), (200, Some("private, no-store")), "{url}");
    }
    // Who verifies a signature needs these, and people read pages.
    for url in [alice.actor(), format!("{}/actor", alice.base), format!("{}/nodeinfo/2.1", alice.base)] {
        assert_eq!(alice.document(&url).status, 200, "{url}");
    }
    assert_eq!(alice.as_stranger(&format!("/.well-known/webfinger?resource={}", alice.actor())).status, 200);
    assert_eq!(alice.as_stranger("/@alice").status, 200);
}
