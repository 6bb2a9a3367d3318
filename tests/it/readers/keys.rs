//! What stands in an actor, a post, a poll and each activity, key by key, as the field expects it: what is missing or
//! more than that is named.

use super::collected::{BOB, Everything, ME, text};
use super::rules::{is_texts, names};
use crate::peer::PUBLIC;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// All of `must` and nothing beyond `must` and `may`. A proof may stand everywhere.
#[track_caller]
fn has(value: &Value, must: &str, may: &str) {
    let there: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let must: BTreeSet<&str> = must.split_whitespace().collect();
    let allowed: BTreeSet<&str> =
        must.iter().copied().chain(may.split_whitespace()).chain(["@context", "proof"]).collect();
    let missing: Vec<_> = must.difference(&there).collect();
    let more: Vec<_> = there.difference(&allowed).collect();
    assert!(missing.is_empty() && more.is_empty(), "missing {missing:?}, more {more:?}: {value}");
}

#[test]
fn the_actor_says_what_it_has_to_say() {
    let all = Everything::of_a_taure();
    let actor = &all.document("actor").json;
    has(
        actor,
        "@context id type preferredUsername webfinger name summary url inbox outbox followers following featured \
         featuredTags endpoints publicKey assertionMethod icon image tag attachment manuallyApprovesFollowers discoverable \
         indexable published alsoKnownAs attributionDomains",
        "movedTo showMedia showRepliesInMedia showFeatured",
    );
    assert_eq!(actor["webfinger"], "alice@me.example.org");
    assert_eq!(actor["publicKey"]["id"], format!("{}#main-key", text(&actor["id"])));
    has(&actor["publicKey"], "id owner publicKeyPem", "");
    let key = &actor["assertionMethod"][0];
    has(key, "id type controller publicKeyMultibase", "");
    assert_eq!(
        (&key["id"], &key["type"]),
        (&json!(format!("{}#ed25519-key", text(&actor["id"]))), &json!("Multikey"))
    );
    assert!(text(&key["publicKeyMultibase"]).starts_with("z6Mk"));
    has(&actor["icon"], "type mediaType url", "summary");
    has(&actor["attachment"][0], "type name value", "");
    has(&actor["endpoints"], "sharedInbox", "");
    let own = actor["@context"].as_array().unwrap().iter().find(|context| context.is_object()).unwrap();
    assert_eq!(own["schema"], "http://schema.org#");
    assert_eq!(actor["tag"][0]["type"], "Emoji");
    // In the same words when it is told as news.
    let updates: Vec<&Value> =
        all.activities("Update").filter(|update| update["object"]["type"] == "Person").collect();
    for update in updates {
        let mut keys: Vec<&String> = update["object"].as_object().unwrap().keys().collect();
        keys.insert(0, actor.as_object().unwrap().keys().next().unwrap());
        assert_eq!(keys, actor.as_object().unwrap().keys().collect::<Vec<_>>());
    }
}

const OF_A_NOTE: &str = "id type attributedTo content to cc published url sensitive tag attachment summary inReplyTo context \
    conversation replies likes shares interactionPolicy";
const OF_SOME: &str = "contentMap updated quote quoteUri quoteUrl _misskey_quote quoteAuthorization";

#[test]
fn a_post_says_what_it_has_to_say() {
    let all = Everything::of_a_taure();
    let followers = format!("{ME}/users/alice/followers");
    for note in all.notes() {
        let asks = note["type"] == "Question";
        let may = if asks { "contentMap updated oneOf anyOf endTime closed votersCount" } else { OF_SOME };
        has(note, OF_A_NOTE, may);
        assert!(is_texts(&note["to"]) && is_texts(&note["cc"]), "{note}");
        for (map, content) in note["contentMap"].as_object().into_iter().flatten() {
            assert!(!map.is_empty() && *content == note["content"], "{note}");
        }
        has(&note["replies"], "id type first", "");
        has(&note["replies"]["first"], "type partOf items next", "");
        for total in ["likes", "shares"] {
            has(&note[total], "id type totalItems", "");
        }
        let policy = &note["interactionPolicy"]["canQuote"];
        assert!(is_texts(&policy["automaticApproval"]), "{note}");
        for tag in note["tag"].as_array().unwrap() {
            match text(&tag["type"]) {
                "Mention" => {
                    has(tag, "type href name", "");
                    assert_eq!(text(&tag["name"]).split('@').count(), 3, "{tag}");
                    assert!(text(&note["content"]).contains("class=\"u-url mention\""), "{note}");
                    let told = names(&note["to"])
                        .into_iter()
                        .chain(names(&note["cc"]))
                        .any(|name| name == tag["href"]);
                    assert!(told, "{note}");
                }
                "Hashtag" => {
                    has(tag, "type href name", "");
                    let content = text(&note["content"]);
                    assert!(
                        content.contains("class=\"mention hashtag\"") && content.contains("rel=\"tag\""),
                        "{note}"
                    );
                }
                "Emoji" => has(tag, "id type name icon", "updated"),
                _ => has(tag, "type mediaType rel href name", ""),
            }
        }
        for file in note["attachment"].as_array().unwrap() {
            has(file, "type mediaType url name summary width height blurhash", "focalPoint");
        }
        // Whom it is for, in Mastodon's order.
        let (to, cc) = (names(&note["to"]), names(&note["cc"]));
        match (to.first(), cc.first()) {
            (Some(&PUBLIC), _) => assert!(to.len() == 1 && cc[0] == followers, "{note}"),
            (Some(first), Some(&PUBLIC)) => assert_eq!((*first, to.len()), (followers.as_str(), 1), "{note}"),
            (Some(first), _) if *first == followers => assert_eq!(to.len(), 1, "{note}"),
            _ => assert!(cc.is_empty() && !to.is_empty(), "{note}"),
        }
    }
    for question in all.notes().into_iter().filter(|note| note["type"] == "Question") {
        let several = question["oneOf"].is_null();
        let key = if several { "anyOf" } else { "oneOf" };
        has(question, &format!("{key} endTime votersCount"), &format!("closed {OF_A_NOTE} {OF_SOME}"));
        // Of the second poll the totals are hidden until its end.
        let told = !several || question.get("closed").is_some();
        for option in question[key].as_array().unwrap() {
            has(option, "type name replies", "");
            has(&option["replies"], if told { "type totalItems" } else { "type" }, "");
        }
    }
    // Bob voted, and all were told.
    let told = all.activities("Update").map(|update| &update["object"]["oneOf"][0]["replies"]["totalItems"]);
    assert!(told.into_iter().any(|total| *total == 1));
}

#[test]
fn each_activity_says_what_it_has_to_say() {
    let all = Everything::of_a_taure();
    let followers = format!("{ME}/users/alice/followers");
    const ALWAYS: &str = "@context id type actor object to cc";
    for said in all.said.iter().map(|said| &said.activity) {
        let more = match text(&said["type"]) {
            "Create" if said["object"]["name"].is_string() => {
                has(said, "@context id type actor object to", "");
                has(&said["object"], "id type name attributedTo inReplyTo to", "");
                assert_eq!((&said["to"], &said["object"]["to"]), (&json!([BOB]), &json!([BOB])));
                continue;
            }
            "Create" | "Update" | "Announce" => "published",
            "Add" | "Remove" => "target",
            "QuoteRequest" => "instrument",
            "Accept" if said["object"]["type"] == "QuoteRequest" => "result",
            "Flag" => "content",
            _ => "",
        };
        has(said, &format!("{ALWAYS} {more}"), "");
        let (object, id) = (&said["object"], text(&said["id"]));
        match text(&said["type"]) {
            "Create" => assert_eq!(id, format!("{}/activity", text(&object["id"]))),
            "Update" => assert!(id.starts_with(&format!("{}#updates/", text(&object["id"]))), "{said}"),
            "Delete" if object["type"] == "Tombstone" => {
                assert_eq!(
                    (id, &said["to"]),
                    (format!("{}#delete", text(&object["id"])).as_str(), &json!([PUBLIC]))
                );
                has(object, "id type", "");
            }
            // A boost of what is for few carries it: it could not be fetched.
            "Announce" if said["object"].is_object() => {
                assert!(names(&said["to"]) == [followers.as_str()] && object["to"] == said["to"], "{said}");
            }
            "Announce" | "Like" | "Follow" | "Block" => assert!(object.is_string(), "{said}"),
            "Accept" | "Reject" => has(object, "id type actor object", "instrument"),
            "Undo" => assert!(object["id"].is_string() && object["actor"] == said["actor"], "{said}"),
            _ => (),
        }
        if ["Create", "Update"].contains(&text(&said["type"])) && object["type"] != "Person" {
            assert_eq!(
                (&said["to"], &said["cc"]),
                (&object["to"], &object["cc"]),
                "addressed as the post is"
            );
        }
        assert!(said["actor"].is_string() && (id.contains('#') || id.ends_with("/activity")), "{said}");
    }
    let like = all.activities("Like").next().unwrap();
    assert_eq!((&like["to"], &like["cc"]), (&json!([BOB]), &json!([])));
    let boost = all.activities("Announce").next().unwrap();
    assert_eq!((&boost["to"], &boost["cc"][1]), (&json!([PUBLIC]), &json!(BOB)));
}

#[test]
fn collections_and_discovery_say_what_they_have_to_say() {
    let all = Everything::of_a_taure();
    for (name, kind, keys) in [
        ("outbox", "OrderedCollection", "totalItems first"),
        ("followers", "OrderedCollection", "totalItems first"),
        ("following", "OrderedCollection", "totalItems first"),
        ("featured", "OrderedCollection", "totalItems orderedItems"),
        ("featured tags", "Collection", "totalItems items"),
        ("outbox page", "OrderedCollectionPage", "partOf orderedItems"),
        ("followers page", "OrderedCollectionPage", "partOf orderedItems"),
        ("following page", "OrderedCollectionPage", "partOf orderedItems"),
        ("replies", "Collection", "first"),
        ("replies page", "CollectionPage", "partOf items"),
        ("likes", "Collection", "totalItems"),
        ("shares", "Collection", "totalItems"),
        ("instance outbox", "OrderedCollection", "totalItems"),
    ] {
        let served = all.document(name);
        let may = if name.ends_with("page") { "next prev" } else { "totalItems orderedItems" };
        has(&served.json, &format!("@context id type {keys}"), may);
        assert_eq!((&served.json["type"], &served.json["id"]), (&json!(kind), &json!(served.url)), "{name}");
        assert!(!served.url.contains('?'), "{name}");
    }
    let jrd = all.document("webfinger");
    assert!(jrd.content_type.starts_with("application/jrd+json"));
    has(&jrd.json, "subject aliases links", "");
    let links = jrd.json["links"].as_array().unwrap();
    assert_eq!((&links[0]["rel"], &links[0]["type"]), (&json!("self"), &json!("application/activity+json")));
    for rel in [
        "http://webfinger.net/rel/profile-page",
        "http://ostatus.org/schema/1.0/subscribe",
        "https://w3id.org/fep/3b86/Create",
        "https://w3id.org/fep/3b86/Object",
        "http://webfinger.net/rel/avatar",
    ] {
        assert!(links.iter().any(|link| link["rel"] == rel), "{rel}");
    }
    assert_eq!(all.document("webfinger of the actor").json, jrd.json);
    let links = &all.document("nodeinfo links").json["links"];
    for (n, rel) in [
        "http://nodeinfo.diaspora.software/ns/schema/2.0",
        "http://nodeinfo.diaspora.software/ns/schema/2.1",
        "https://www.w3.org/ns/activitystreams#Application",
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(links[n]["rel"], *rel);
    }
    for name in ["nodeinfo", "nodeinfo 2.1"] {
        let info = &all.document(name).json;
        has(info, "version software protocols services openRegistrations usage metadata", "");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(text(&info["software"]["name"]).chars().all(plain));
        assert_eq!(
            (&info["protocols"], &info["openRegistrations"]),
            (&json!(["activitypub"]), &json!(false))
        );
        for count in ["total", "activeMonth", "activeHalfyear"] {
            assert!(info["usage"]["users"][count].is_u64(), "{info}");
        }
        assert!(info["metadata"]["nodeName"].is_string());
    }
}
