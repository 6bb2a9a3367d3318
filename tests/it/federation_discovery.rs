//! Posts of strangers: relays of both kinds, accounts that stand for a hashtag, hashtag pages; and how people of other
//! servers come here to do something.

use crate::harness::Taure;
use crate::pages_requests::Browser;
use crate::peer::{PUBLIC, Peer};
use serde_json::{Value, json};
use taure::model::time::HOUR;

const PAGE: &str = "/settings/discovery";

fn add(taure: &Taure, kind: &str, address: &str, more: &[(&str, &str)]) -> u16 {
    let mut fields = vec![("kind", kind), ("address", address)];
    fields.extend(more);
    let status = Browser::of(taure).press(PAGE, PAGE, &fields).status;
    taure.settles();
    status
}

fn follow_tag(taure: &Taure, tag: &str, verb: &str) {
    taure.post(&format!("/api/v1/tags/{tag}/{verb}"), json!({})).ok();
    taure.settles();
}

fn takes(taure: &Taure, peer: &Peer, activity: &Value) {
    assert_eq!(peer.delivers(taure, activity).status, 202);
    taure.settles();
}

/// A public note with a hashtag, at its own server.
fn tagged(peer: &Peer, tag: &str) -> Value {
    let mut note = peer.note(&format!("<p>#{tag}</p>"), &[]);
    note["tag"] =
        json!([{"type": "Hashtag", "name": format!("#{tag}"), "href": format!("{}/tags/{tag}", peer.base)}]);
    peer.publish(note["id"].as_str().unwrap(), note.clone());
    note
}

fn uris(list: &[Value]) -> Vec<&str> {
    list.iter().map(|s| s["uri"].as_str().unwrap()).collect()
}

fn asked_for(peer: &Peer, note: &Value) -> usize {
    let path = note["id"].as_str().unwrap().strip_prefix(&peer.base).unwrap().to_owned();
    peer.asked().iter().filter(|asked| **asked == path).count()
}

/// The relay accepts what it was asked.
fn accepts(taure: &Taure, relay: &Peer) -> Value {
    let follow = relay.received_of("Follow").pop().expect("no Follow arrived");
    let accept = relay.activity("Accept", follow["id"].clone());
    takes(taure, relay, &accept);
    follow
}

#[test]
fn a_relay_of_mastodons_kind_brings_what_has_a_followed_hashtag() {
    let alice = Taure::new();
    let (relay, bob) = (Peer::new("relay"), Peer::new("bob"));
    follow_tag(&alice, "sailing", "follow");
    let inbox = format!("{}/inbox", relay.actor());
    assert_eq!(add(&alice, "relay", &inbox, &[("sends", "1")]), 303);
    let follow = accepts(&alice, &relay);
    assert_eq!(
        (&follow["object"], &follow["actor"]),
        (&json!(PUBLIC), &json!(format!("{}/actor", alice.base)))
    );

    // Passed on whole, and announced by its id: pub-relay does both.
    let (whole, bare, other) = (tagged(&bob, "Sailing"), tagged(&bob, "sailing"), tagged(&bob, "golf"));
    takes(&alice, &relay, &bob.create(&whole));
    takes(&alice, &relay, &relay.activity("Announce", bare["id"].clone()));
    takes(&alice, &relay, &bob.create(&other));
    let home = alice.home();
    assert_eq!(uris(&home), [bare["id"].as_str().unwrap(), whole["id"].as_str().unwrap()]);
    assert!(home.iter().all(|s| s["reblog"].is_null()), "the boost of a relay is no boost");
    assert_eq!(asked_for(&bob, &other), 0, "what lacks the hashtag is not even fetched");
    assert!(Browser::of(&alice).get(PAGE).text.contains("brought 2 posts"));
    assert!(alice.notifications("mention").is_empty());

    // What it says of a post is not believed: the post is as its own server shows it.
    let mut forged = tagged(&bob, "sailing");
    let uri = forged["id"].as_str().unwrap().to_owned();
    forged["content"] = json!("<p>forged</p>");
    takes(&alice, &relay, &bob.create(&forged));
    assert!(!alice.finds_status(&uri)["content"].as_str().unwrap().contains("forged"));

    // The owner's public posts go there, and nothing else.
    let public = alice.posts("to everybody");
    alice.post("/api/v1/statuses", json!({"status": "quietly", "visibility": "unlisted"})).ok();
    alice.post("/api/v1/statuses", json!({"status": "to few", "visibility": "private"})).ok();
    alice.settles();
    let sent = relay.received_of("Create");
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["object"]["id"], public["uri"]);

    let remove = Browser::of(&alice).get(PAGE).text;
    let remove = remove
        .split("action=\"")
        .find(|a| a.contains("/remove\""))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(Browser::of(&alice).press(PAGE, &remove, &[]).status, 303);
    alice.settles();
    let undo = relay.received_of("Undo").pop().unwrap();
    assert_eq!((&undo["object"]["id"], &undo["object"]["object"]), (&follow["id"], &json!(PUBLIC)));
    let late = tagged(&bob, "sailing");
    takes(&alice, &relay, &bob.create(&late));
    assert!(!uris(&alice.home()).contains(&late["id"].as_str().unwrap()), "it is no relay any more");
}

#[test]
fn a_relay_of_litepubs_kind_is_followed_by_its_actor_and_follows_back() {
    let alice = Taure::new();
    let (relay, bob) = (Peer::new("relay"), Peer::new("bob"));
    follow_tag(&alice, "sailing", "follow");
    assert_eq!(add(&alice, "relay", &relay.actor(), &[]), 303);
    let follow = accepts(&alice, &relay);
    assert_eq!(follow["object"], relay.actor());
    let back = relay.activity("Follow", json!(format!("{}/actor", alice.base)));
    takes(&alice, &relay, &back);
    let accept = relay.received_of("Accept").pop().expect("the relay was not accepted");
    assert_eq!((&accept["object"]["id"], &accept["actor"]), (&back["id"], &follow["actor"]));
    // Nobody else can follow the instance.
    takes(&alice, &bob, &bob.activity("Follow", json!(format!("{}/actor", alice.base))));
    assert!(bob.received_of("Accept").is_empty());

    let note = tagged(&bob, "sailing");
    takes(&alice, &relay, &relay.activity("Announce", note["id"].clone()));
    assert_eq!(uris(&alice.home()), [note["id"].as_str().unwrap()]);
    assert_eq!(alice.get("/api/v1/accounts/verify_credentials").ok()["following_count"], 0);
}

#[test]
fn who_was_not_asked_brings_nothing_and_a_flood_is_capped() {
    let alice = Taure::new();
    let (relay, liar, bob) = (Peer::new("relay"), Peer::new("liar"), Peer::new("bob"));
    follow_tag(&alice, "sailing", "follow");
    add(&alice, "relay", &format!("{}/inbox", relay.actor()), &[]);
    let follow = relay.received_of("Follow").pop().unwrap();
    let note = tagged(&bob, "sailing");
    let announce = |by: &Peer| takes(&alice, by, &by.activity("Announce", note["id"].clone()));

    announce(&relay); // before it accepted
    takes(&alice, &liar, &liar.activity("Accept", follow["id"].clone()));
    announce(&liar);
    assert_eq!(asked_for(&bob, &note), 0);
    takes(&alice, &relay, &relay.activity("Reject", follow["id"].clone()));
    announce(&relay);
    assert_eq!(asked_for(&bob, &note), 0);
    assert!(Browser::of(&alice).get(PAGE).text.contains("It refused"));

    takes(&alice, &relay, &relay.activity("Accept", follow["id"].clone()));
    for _ in 0..40 {
        let flood = tagged(&bob, "sailing");
        assert_eq!(relay.delivers(&alice, &relay.activity("Announce", flood["id"].clone())).status, 202);
    }
    alice.settles();
    assert_eq!(bob.asked().iter().filter(|path| path.starts_with("/notes/")).count(), 30);
    // A post for few that a relay names is nothing for here, and neither are those of blocked people.
    alice.later(HOUR);
    let mut few = tagged(&bob, "sailing");
    few["to"] = json!([format!("{}/followers", bob.actor())]);
    few["cc"] = json!([]);
    bob.publish(few["id"].as_str().unwrap(), few.clone());
    takes(&alice, &relay, &relay.activity("Announce", few["id"].clone()));
    assert!(!uris(&alice.home()).contains(&few["id"].as_str().unwrap()));
    let id = alice.finds(&bob.handle())["id"].as_str().unwrap().to_owned();
    alice.post(&format!("/api/v1/accounts/{id}/block"), json!({})).ok();
    let blocked = tagged(&bob, "sailing");
    takes(&alice, &relay, &relay.activity("Announce", blocked["id"].clone()));
    let found =
        alice.app().store.read(|c| taure::store::statuses::by_uri(c, blocked["id"].as_str().unwrap()));
    assert!(found.unwrap().is_none());
}

#[test]
fn all_of_a_relay_is_kept_where_the_owner_wants_it() {
    let alice = Taure::new();
    let (relay, bob) = (Peer::new("relay"), Peer::new("bob"));
    add(&alice, "relay", &format!("{}/inbox", relay.actor()), &[("everything", "1")]);
    accepts(&alice, &relay);
    let note = bob.note("<p>anything</p>", &[]);
    takes(&alice, &relay, &bob.create(&note));
    assert!(alice.home().is_empty(), "home is for what the owner follows");
    let public = alice.get("/api/v1/timelines/public?remote=true").ok();
    assert_eq!(public[0]["uri"], note["id"]);
}

#[test]
fn accounts_that_stand_for_hashtags_are_followed_with_them() {
    let alice = Taure::new();
    let (tags, bob) = (Peer::new("sailing"), Peer::new("bob"));
    assert_eq!(add(&alice, "tags", &tags.domain(), &[]), 303);
    assert!(tags.received().is_empty());
    follow_tag(&alice, "sailing", "follow");
    let follow = accepts(&alice, &tags);
    assert_eq!(
        (&follow["object"], &follow["actor"]),
        (&json!(tags.actor()), &json!(format!("{}/actor", alice.base)))
    );
    let note = tagged(&bob, "sailing");
    takes(&alice, &tags, &tags.activity("Announce", note["id"].clone()));
    assert_eq!(uris(&alice.home()), [note["id"].as_str().unwrap()]);
    // One that is not there is told, and stops nothing.
    follow_tag(&alice, "golf", "follow");
    assert!(Browser::of(&alice).get(PAGE).text.contains("#golf"));

    follow_tag(&alice, "sailing", "unfollow");
    let undo = tags.received_of("Undo").pop().expect("it is followed still");
    assert_eq!(undo["object"]["id"], follow["id"]);
    let late = tagged(&bob, "golf");
    takes(&alice, &tags, &tags.activity("Announce", late["id"].clone()));
    assert_eq!(asked_for(&bob, &late), 0);
}

#[test]
fn hashtag_pages_of_a_server_are_read_every_hour() {
    let alice = Taure::new();
    let (server, bob) = (Peer::new("server"), Peer::new("bob"));
    follow_tag(&alice, "sailing", "follow");
    let (first, other) = (tagged(&bob, "sailing"), tagged(&bob, "golf"));
    let timeline = format!("{}/api/v1/timelines/tag/sailing", server.base);
    let of = |notes: &[&Value]| {
        json!(notes.iter().map(|n| json!({"id": "1", "uri": n["id"]})).collect::<Vec<_>>())
    };
    server.publish(&timeline, of(&[&first, &other]));
    assert_eq!(add(&alice, "pages", &server.domain().to_uppercase(), &[]), 303);
    assert_eq!(
        uris(&alice.home()),
        [first["id"].as_str().unwrap()],
        "the hashtag is what counts, not the list"
    );
    assert!(alice.notifications("mention").is_empty());

    let second = tagged(&bob, "sailing");
    server.publish(&timeline, of(&[&second, &first]));
    alice.settles();
    assert_eq!(alice.home().len(), 1);
    alice.later(2 * HOUR);
    alice.settles();
    assert_eq!(alice.home().len(), 2);
    assert_eq!(asked_for(&bob, &first), 1, "what is known is not asked for again");

    // Where the API is closed, the feed is read.
    let third = tagged(&bob, "sailing");
    server.answer(&timeline, 401, json!({"error": "This method requires an authenticated user"}));
    let item = format!(
        "<rss><item><guid isPermaLink=\"true\">{}</guid></item></rss>",
        third["id"].as_str().unwrap()
    );
    server.page("/tags/sailing.rss", &item);
    alice.later(2 * HOUR);
    alice.settles();
    assert_eq!(alice.home().len(), 3);
    // And where nothing is shown, the page says so.
    server.page("/tags/sailing.rss", "");
    add(&alice, "pages", "localhost:1", &[]);
    assert!(Browser::of(&alice).get(PAGE).text.contains("Last trouble"));
}

#[test]
fn what_is_no_source_is_refused_with_a_reason() {
    let alice = Taure::new();
    for (kind, address) in [
        ("relay", "nonsense"),
        ("relay", "ftp://x.test/inbox"),
        ("relay", &format!("{}/inbox", alice.base)),
        ("tags", "a b"),
        ("pages", "https://x.test/path"),
        ("other", "x.test"),
    ] {
        assert_eq!(add(&alice, kind, address, &[]), 422, "{kind} {address}");
    }
    let relay = Peer::new("relay");
    let inbox = format!("{}/inbox", relay.actor());
    assert_eq!(add(&alice, "relay", &inbox, &[]), 303);
    assert_eq!(add(&alice, "relay", &inbox, &[]), 422);
    assert_eq!(relay.received_of("Follow").len(), 1);
}

#[test]
fn the_owner_follows_a_hashtag_on_its_page() {
    let alice = Taure::new();
    let browser = Browser::of(&alice);
    assert_eq!(browser.press("/tags/Kaķi", "/tags/ka%C4%B7i/follow", &[]).status, 303);
    assert!(browser.get(PAGE).text.contains("#<bdi>"));
    assert_eq!(alice.get("/api/v1/followed_tags").ok()[0]["name"], "kaķi");
    assert_eq!(browser.press(PAGE, "/tags/ka%C4%B7i/unfollow", &[]).status, 303);
    assert_eq!(alice.get("/api/v1/followed_tags").ok(), json!([]));
}

#[test]
fn people_elsewhere_come_here_to_do_something() {
    let alice = Taure::new();
    let resource = format!("acct:{}", alice.handle().trim_start_matches('@'));
    let found = alice.as_stranger(&format!("/.well-known/webfinger?resource={resource}")).ok();
    let template = |rel: &str| {
        let link = found["links"].as_array().unwrap().iter().find(|l| l["rel"] == rel).cloned();
        link.unwrap_or_else(|| panic!("no {rel}"))["template"].as_str().unwrap().to_owned()
    };
    let bob = Peer::new("bob");
    let note = bob.note("<p>hello</p>", &[]);
    let browser = Browser::of(&alice);
    for intent in ["Object", "Follow", "Like", "Announce"] {
        let address = template(&format!("https://w3id.org/fep/3b86/{intent}"));
        let path = address.strip_prefix(&alice.base).unwrap();
        let object =
            url::form_urlencoded::byte_serialize(note["id"].as_str().unwrap().as_bytes()).collect::<String>();
        let led = browser.get(&path.replace("{object}", &object));
        assert_eq!(led.status, 303, "{intent}");
        assert!(browser.get(led.header("location").unwrap()).text.contains("hello"));
    }
    let create = template("https://w3id.org/fep/3b86/Create");
    let path = create.strip_prefix(&alice.base).unwrap().replace("{content}", "shared%20text");
    assert!(browser.get(&path).text.contains("shared text"));
    // web+ap: is for pages that know nothing of this server.
    let address = note["id"].as_str().unwrap().replace("http://", "web%2Bap://");
    assert_eq!(browser.get(&format!("/authorize_interaction?uri={address}")).status, 303);
    let stranger = alice.as_stranger("/authorize_interaction?uri=https://x.test/1");
    assert!(stranger.header("location").unwrap().starts_with("/auth/sign_in"));
}
