//! The strict readers: what each asks of a document and drops in silence when it does not get it, from their own code.
//!
//! Each test shows one reader everything that a Taure says and serves (`collected`), and then the same with one thing
//! broken at a time, which it has to refuse: a reader who takes everything proves nothing.

mod collected;
mod keys;
mod microblogs;
mod others;
mod rules;
mod terms;

use crate::harness::Taure;
use crate::peer::{PUBLIC, Peer};
use crate::pictures;
use collected::{Everything, text};
use serde_json::{Value, json};

type Reader = fn(&Everything) -> Vec<String>;

/// Breaks one thing.
type Breaks = fn(&mut Everything);

#[track_caller]
fn takes_all_but(reader: Reader, broken: &[(&str, Breaks)]) {
    let all = Everything::of_a_taure();
    let faults = reader(all);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    for (what, breaks) in broken {
        let mut other = all.clone();
        breaks(&mut other);
        assert!(!reader(&other).is_empty(), "took {what}");
    }
}

#[track_caller]
fn forget(value: &mut Value, key: &str) {
    value.as_object_mut().unwrap().remove(key).expect(key);
}

#[test]
fn mastodon_takes_all() {
    takes_all_but(
        microblogs::mastodon,
        &[
            ("an activity without a context", |all| forget(all.first("Like"), "@context")),
            ("an actor of another type", |all| all.actor()["type"] = json!("Bot")),
            ("a name with a hole", |all| all.actor()["preferredUsername"] = json!("a b")),
            ("somebody else's key", |all| all.actor()["publicKey"]["owner"] = json!("https://b.test/x")),
            ("a WebFinger that leads elsewhere", |all| {
                all.served("webfinger").json["links"][0]["href"] = json!("https://me.example.org/users/eve");
            }),
            ("a self link of another type", |all| {
                all.served("webfinger").json["links"][0]["type"] = json!("application/json");
            }),
            ("a post of another host", |all| all.note()["id"] = json!("https://other.example/1")),
            ("a post by another", |all| {
                all.note()["attributedTo"] = json!("https://me.example.org/users/eve")
            }),
            ("an Undo of an id", |all| {
                all.first("Undo")["object"] = json!("https://me.example.org/users/alice#likes/1")
            }),
            ("a poll of 501", |all| {
                let many: Vec<Value> =
                    (0..501).map(|n| json!({"type": "Note", "name": n.to_string()})).collect();
                all.note()["oneOf"] = json!(many);
            }),
            ("51 fields", |all| all.actor()["attachment"] = json!(vec![json!({"name": "x"}); 51])),
            ("a pin to another place", |all| all.first("Add")["target"] = json!("https://me.example.org/x")),
            ("a megabyte", |all| all.note()["content"] = json!("x".repeat(1024 * 1024))),
            ("no totals", |all| forget(&mut all.served("followers").json, "totalItems")),
        ],
    );
}

#[test]
fn misskey_takes_all() {
    takes_all_but(
        microblogs::misskey,
        &[
            ("65 KiB", |all| all.said[0].request.body = vec![b'x'; 65 * 1024]),
            ("a Digest in lower case", |all| all.header("digest", "sha-256=abc")),
            ("no signed host", |all| {
                all.header("signature", r#"keyId="https://x/#k",headers="(request-target) date digest""#);
            }),
            ("an Accept by the follower's id", |all| {
                all.first("Accept")["id"] = json!("https://bob.example.net/follows/1");
            }),
            ("a post that another wrote", |all| {
                all.note()["attributedTo"] = json!("https://me.example.org/users/eve");
            }),
            ("a pin to another place", |all| all.first("Add")["target"] = json!("https://me.example.org/x")),
            ("an inbox elsewhere", |all| all.actor()["inbox"] = json!("https://other.example/inbox")),
            ("a page by http", |all| all.note()["url"] = json!("http://me.example.org/1")),
            ("a name that is null", |all| all.actor()["name"] = json!(null)),
            ("a name that ends in a dot", |all| all.actor()["preferredUsername"] = json!("alice.")),
            ("a parent that is no address", |all| all.reply()["inReplyTo"] = json!("tag:x")),
        ],
    );
}

#[test]
fn lemmy_takes_all() {
    takes_all_but(
        others::lemmy,
        &[
            ("a port", |all| all.actor()["id"] = json!("https://me.example.org:8443/users/alice")),
            ("http", |all| all.actor()["inbox"] = json!("http://me.example.org/inbox")),
            ("no outbox", |all| forget(all.actor(), "outbox")),
            ("a key without a fragment", |all| {
                all.actor()["publicKey"]["id"] = json!("https://me.example.org/users/alice/main-key");
            }),
            ("plain JSON", |all| all.served("note").content_type = "application/json".to_owned()),
            ("content that is null", |all| all.note()["content"] = json!(null)),
            ("no attachment", |all| forget(all.note(), "attachment")),
            ("one tag", |all| all.note()["tag"] = json!({"type": "Hashtag"})),
            ("a hashtag without a page", |all| {
                all.note()["tag"] = json!([{"type": "Hashtag", "name": "#x"}])
            }),
            ("Public in short", |all| all.note()["to"] = json!(["as:Public"])),
            ("nobody", |all| forget(all.note(), "to")),
        ],
    );
}

#[test]
fn peertube_takes_all() {
    takes_all_but(
        others::peertube,
        &[
            ("Public in short", |all| all.first("Create")["to"] = json!(["as:Public"])),
            ("cc that is null", |all| all.first("Like")["cc"] = json!(null)),
            ("an Undo of an id", |all| all.first("Undo")["object"] = json!("https://me.example.org/1")),
            ("a comment without cc", |all| forget(all.reply(), "cc")),
            ("a comment without a page", |all| all.reply()["url"] = json!(null)),
            ("a comment of nothing", |all| all.reply()["content"] = json!("")),
            ("a key of RSA's own form", |all| {
                all.actor()["publicKey"]["publicKeyPem"] = json!("-----BEGIN RSA PUBLIC KEY-----\n");
            }),
            ("a name in Latvian", |all| all.actor()["preferredUsername"] = json!("jānis")),
            ("a long address", |all| {
                all.first("Like")["id"] = json!(format!("https://me.example.org/{}", "x".repeat(2000)))
            }),
        ],
    );
}

#[test]
fn pixelfed_takes_all() {
    fn file(all: &mut Everything, key: &str, value: Value) {
        all.note()["attachment"] =
            json!([{"type": "Document", "mediaType": "image/png", "url": "https://me.example.org/1.png"}]);
        all.note()["attachment"][0][key] = value;
    }
    takes_all_but(
        others::pixelfed,
        &[
            ("nine deep", |all| all.served("note").json["x"] = json!([[[[[[[[1]]]]]]]])),
            ("localhost", |all| all.note()["id"] = json!("https://localhost/1")),
            ("a file of no known kind", |all| file(all, "type", json!("Link"))),
            ("a file without its type", |all| file(all, "mediaType", json!(null))),
            ("a side of 5001", |all| file(all, "width", json!(5001))),
            ("a letter to two", |all| {
                all.note()["to"] = json!(["https://a.example/1", "https://a.example/2"]);
                all.note()["cc"] = json!([]);
            }),
            ("a post of no time", |all| forget(all.note(), "published")),
        ],
    );
}

#[test]
fn friendica_takes_all() {
    takes_all_but(
        microblogs::friendica,
        &[
            ("a word that nobody defined", |all| all.note()["favouriteColour"] = json!("red")),
            ("a type that nobody defined", |all| all.note()["tag"] = json!([{"type": "Colour"}])),
            ("a context that nobody knows", |all| {
                let contexts = all.first("Like")["@context"].as_array_mut().unwrap();
                contexts.push(json!("https://other.example/ns"));
            }),
            ("a prefix that nobody defined", |all| {
                let contexts = all.first("Like")["@context"].as_array_mut().unwrap();
                contexts.push(json!({"blurhash": "nowhere:blurhash"}));
            }),
            ("no algorithm", |all| {
                let signature = rules::header(&all.said[0].request, "signature").replace("algorithm=", "x=");
                all.header("signature", &signature);
            }),
            ("a date of another shape", |all| all.header("date", "2026-08-22T10:00:00Z")),
        ],
    );
}

#[test]
fn threads_takes_all() {
    takes_all_but(
        others::threads,
        &[
            ("a Digest in lower case", |all| all.header("digest", "sha-256=abc")),
            ("an actor inside", |all| {
                all.first("Like")["actor"] = json!({"id": "https://me.example.org/users/alice"})
            }),
            ("an author inside", |all| {
                all.note()["attributedTo"] = json!({"id": "https://me.example.org/users/alice"})
            }),
            ("an Undo of an id", |all| all.first("Undo")["object"] = json!("https://me.example.org/1")),
            ("a line behind the body", |all| all.said[0].request.body.push(b'\n')),
            ("a GET without a signature", |all| {
                let asked = all.asked.iter_mut().find(|asked| asked.target == "/users/bob").unwrap();
                asked.headers.retain(|(name, _)| name != "signature");
            }),
            ("an actor for few", |all| all.served("actor").status = 401),
        ],
    );
}

#[test]
fn gotosocial_takes_all() {
    takes_all_but(
        microblogs::gotosocial,
        &[
            ("plain JSON", |all| all.header("content-type", "application/json")),
            ("a POST that signs no date", |all| {
                all.header("signature", r#"keyId="https://x/#k",headers="(request-target) host digest""#);
            }),
            ("an actor for few", |all| all.served("actor").status = 401),
            ("a WebFinger that leads elsewhere", |all| {
                all.served("webfinger").json["links"][0]["href"] = json!("https://me.example.org/users/eve");
            }),
            ("a key of somebody else", |all| {
                all.actor()["publicKey"]["owner"] = json!("https://b.example/x")
            }),
            ("an edit before its post", |all| all.note()["updated"] = json!("2020-01-01T00:00:00Z")),
            ("a post for nobody", |all| {
                all.note()["to"] = json!([]);
                all.note()["cc"] = json!([]);
            }),
            ("a poll of nothing", |all| all.note()["type"] = json!("Question")),
            ("a vote with words", |all| {
                let said = all.said.iter_mut().map(|said| &mut said.activity);
                let vote = said
                    .into_iter()
                    .find(|said| said["object"]["name"].is_string() && said["type"] == "Create");
                vote.unwrap()["object"]["content"] = json!("Yes");
            }),
        ],
    );
}

#[test]
fn pleroma_takes_all() {
    takes_all_but(
        microblogs::pleroma,
        &[
            ("to of one", |all| all.first("Like")["to"] = json!("https://bob.example.net/users/bob")),
            ("cc that is not there", |all| forget(all.first("Like"), "cc")),
            ("an Accept of a Follow of ours", |all| {
                all.first("Accept")["object"]["id"] = json!("https://me.example.org/1");
            }),
            ("a post without a conversation", |all| forget(all.note(), "conversation")),
        ],
    );
}

#[test]
fn bridgy_takes_the_owner() {
    takes_all_but(
        others::bridgy,
        &[
            ("somebody without a face", |all| forget(all.actor(), "icon")),
            ("somebody without a name", |all| all.actor()["name"] = json!("")),
        ],
    );
}

/// The round says everything that there is to say: a kind that is missing would be judged by nobody.
#[test]
fn every_kind_is_shown_to_them() {
    let all = Everything::of_a_taure();
    let kinds = [
        "Accept",
        "Add",
        "Announce",
        "Block",
        "Create",
        "Delete",
        "Flag",
        "Follow",
        "Like",
        "QuoteRequest",
        "Reject",
        "Remove",
        "Undo",
        "Update",
    ];
    for kind in kinds {
        assert!(all.activities(kind).next().is_some(), "no {kind}");
    }
    for kind in ["Follow", "Like", "Announce", "Block"] {
        assert!(all.activities("Undo").any(|undo| undo["object"]["type"] == kind), "no Undo of {kind}");
    }
    for kind in ["Follow", "QuoteRequest"] {
        assert!(
            all.activities("Accept").any(|accept| accept["object"]["type"] == kind),
            "no Accept of {kind}"
        );
        assert!(
            all.activities("Reject").any(|reject| reject["object"]["type"] == kind),
            "no Reject of {kind}"
        );
    }
    for kind in ["Note", "Question", "Person"] {
        assert!(
            all.activities("Update").any(|update| update["object"]["type"] == kind),
            "no Update of {kind}"
        );
    }
    let tags: Vec<&str> = all
        .notes()
        .iter()
        .flat_map(|note| note["tag"].as_array().unwrap())
        .map(|t| text(&t["type"]))
        .collect();
    for kind in ["Mention", "Hashtag", "Emoji", "Link"] {
        assert!(tags.contains(&kind), "no {kind}");
    }
    let with = |key: &str| all.notes().iter().any(|note| !text(&note[key]).is_empty());
    assert!(["summary", "inReplyTo", "updated", "quote"].iter().all(|key| with(key)));
    assert!(all.notes().iter().any(|note| note["attachment"][0]["url"].is_string()));
    for served in &all.served {
        let expected = if served.name == "tombstone" { 410 } else { 200 };
        assert_eq!(served.status, expected, "{} {}", served.name, served.json);
    }
}

/// Lemmy shows a comment to the members of a community when the community passes it on, and that it does for what is
/// addressed to it.
#[test]
fn an_answer_in_a_community_is_addressed_to_the_community() {
    let (taure, cats, leo) = (Taure::new(), Peer::new("cats"), Peer::new("leo"));
    let mut group = cats.actor_document();
    group["type"] = json!("Group");
    cats.publish(&cats.actor(), group);
    cats.is_followed_by(&taure);
    let mut page = leo.note("<p>Cats of the week</p>", &[]);
    page["type"] = json!("Page");
    page["name"] = json!("Cats");
    page["to"] = json!([cats.actor(), PUBLIC]);
    page["audience"] = json!(cats.actor());
    leo.publish(text(&page["id"]), page.clone());
    assert_eq!(cats.delivers(&taure, &cats.activity("Announce", page["id"].clone())).status, 202);
    taure.settles();
    let there = taure.finds_status(text(&page["id"]));

    let answers = |to: &Value, visibility: &str| {
        let answer = json!({"status": "Mine, too", "in_reply_to_id": to["id"], "visibility": visibility});
        let answer = taure.post("/api/v1/statuses", answer).ok();
        taure.settles();
        answer
    };
    let first = answers(&there, "public");
    answers(&first, "public"); // and one to that, as the thread goes on
    let created = cats.received_of("Create");
    assert_eq!(created.len(), 2);
    for create in &created {
        let note = &create["object"];
        assert!(rules::names(&note["cc"]).contains(&cats.actor().as_str()), "{note}");
        assert!(note["tag"].as_array().unwrap().iter().any(|tag| tag["href"] == cats.actor()), "{note}");
        assert_eq!(create["cc"], note["cc"]);
    }
    assert_eq!(leo.received_of("Create").len(), 1, "the author is told of what answers him");
    // What is for few does not go to many.
    answers(&there, "private");
    assert_eq!(cats.received_of("Create").len(), 2);
}

/// Whatever the owner writes, as long as she may: Misskey takes no more.
#[test]
fn the_longest_post_stays_below_64_kib_however_it_is_written() {
    let taure = Taure::new();
    let bob = Peer::new("bob");
    bob.follows(&taure);
    let most =
        taure.get("/api/v2/instance").ok()["configuration"]["statuses"]["max_characters"].as_u64().unwrap();
    let most = usize::try_from(most).unwrap();
    let letters =
        || (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| format!("{}{}", a as char, b as char)));
    let tags: String = letters().map(|name| format!("#{name} ")).collect();
    let cut = |text: String| text.chars().take(most).collect::<String>();
    let mut refused = 0;
    for text in [
        "&".repeat(most),
        cut("a\n".repeat(most)),
        cut("a\n\n".repeat(most)),
        "\u{1f408}".repeat(most),
        cut("\" ".repeat(most)),
        cut(tags.repeat(9)),
        cut("#a ".repeat(most)),
        cut(tags)[..600].to_owned(),
        "http://a.example ".repeat(most / 24),
        format!("https://a.example/{} ", "x".repeat(500)).repeat(most / 24),
        cut(format!("{} ", bob.handle()).repeat(most)),
    ] {
        let shown: String = text.chars().take(12).collect();
        // Four pictures, of which much is said.
        let pictures: Vec<String> = (0..4).map(|_| pictures::upload(&taure, &"漢".repeat(1_500))).collect();
        let post = json!({"status": text, "media_ids": pictures, "language": "lv"});
        let answer = taure.post("/api/v1/statuses", post);
        taure.settles();
        if answer.status == 422 {
            assert!(answer.text.contains("more links, hashtags and mentions"), "{}", answer.text);
            refused += 1;
            continue;
        }
        answer.ok();
        let last = bob.heard().into_iter().rfind(|heard| heard.method == "POST").unwrap();
        println!("{shown:?}: {}", last.body.len());
        assert!(last.body.len() <= 64 * 1024, "{shown:?}: {}", last.body.len());
    }
    println!("{refused}");
}
