//! Everything that a Taure says and serves, once around: what the strict readers are shown.
//!
//! Test servers speak plain http on a port of loopback. Some readers refuse a port, http, or a host without a dot as
//! such, so the owner's origin stands here as `https://me.example.org` and the peers' as `https://bob.example.net` and
//! `https://eve.example.net`. Only names are exchanged; nothing else of a document is touched. The requests are kept as
//! they came, for their headers and what was signed.

use super::rules::header;
use crate::harness::{Answer, Taure};
use crate::peer::{Heard, PUBLIC, Peer};
use crate::pictures;
use serde_json::{Value, json};
use std::sync::LazyLock;
use taure::model::time::MINUTE;
use taure::ops;

pub const ME: &str = "https://me.example.org";
pub const HOST: &str = "me.example.org";
pub const BOB: &str = "https://bob.example.net/users/bob";

/// An activity as it was delivered.
#[derive(Debug, Clone)]
pub struct Said {
    pub activity: Value,
    pub request: Heard,
}

/// A document as it was served.
#[derive(Debug, Clone)]
pub struct Served {
    pub name: &'static str,
    pub url: String,
    pub status: u16,
    pub content_type: String,
    pub json: Value,
}

#[derive(Debug, Clone, Default)]
pub struct Everything {
    pub said: Vec<Said>,
    pub served: Vec<Served>,
    /// GETs, signed by the instance actor.
    pub asked: Vec<Heard>,
}

impl Everything {
    /// The same for all readers: it is only read.
    pub fn of_a_taure() -> &'static Everything {
        static ALL: LazyLock<Everything> = LazyLock::new(collect);
        &ALL
    }

    pub fn activities(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.said.iter().map(|said| &said.activity).filter(move |activity| activity["type"] == kind)
    }

    #[track_caller]
    pub fn document(&self, name: &str) -> &Served {
        self.served.iter().find(|served| served.name == name).expect(name)
    }

    /// The documents of ActivityPub: all but WebFinger and NodeInfo.
    pub fn activity_streams(&self) -> impl Iterator<Item = (&str, &Value)> {
        let said = self.said.iter().map(|said| (text(&said.activity["type"]), &said.activity));
        let served = self.served.iter().filter(|served| served.json.get("@context").is_some());
        said.chain(served.map(|served| (served.name, &served.json)))
    }

    /// GETs of what is ActivityPub: WebFinger, pages and files are asked for by nobody in particular.
    pub fn documents_asked(&self) -> impl Iterator<Item = &Heard> {
        self.asked.iter().filter(|heard| header(heard, "accept").contains("activity+json"))
    }

    /// Every post of the owner's, wherever it stands. Votes are none.
    pub fn notes(&self) -> Vec<&Value> {
        let mut notes = Vec::new();
        for (_, document) in self.activity_streams() {
            find_notes(document, &mut notes);
        }
        notes
    }

    pub fn replies(&self) -> Vec<&Value> {
        self.notes().into_iter().filter(|note| note["inReplyTo"].is_string()).collect()
    }

    // --- to break something

    #[track_caller]
    pub fn first(&mut self, kind: &str) -> &mut Value {
        let said = self.said.iter_mut().find(|said| said.activity["type"] == kind).expect(kind);
        &mut said.activity
    }

    /// The first Create of a post, not of a vote.
    pub fn note(&mut self) -> &mut Value {
        let said = self.said.iter_mut().map(|said| &mut said.activity);
        let mut creates = said.filter(|a| a["type"] == "Create" && a["object"]["content"].is_string());
        &mut creates.next().unwrap()["object"]
    }

    pub fn reply(&mut self) -> &mut Value {
        let said = self.said.iter_mut().map(|said| &mut said.activity);
        let mut replies =
            said.filter(|a| a["object"]["content"].is_string() && a["object"]["inReplyTo"].is_string());
        &mut replies.next().unwrap()["object"]
    }

    #[track_caller]
    pub fn served(&mut self, name: &str) -> &mut Served {
        self.served.iter_mut().find(|served| served.name == name).expect(name)
    }

    pub fn actor(&mut self) -> &mut Value {
        &mut self.served("actor").json
    }

    /// Sets a header of the first delivery.
    pub fn header(&mut self, name: &str, value: &str) {
        let headers = &mut self.said[0].request.headers;
        headers.iter_mut().find(|(n, _)| n == name).expect(name).1 = value.to_owned();
    }
}

fn find_notes<'a>(value: &'a Value, notes: &mut Vec<&'a Value>) {
    match value {
        Value::Object(map) => {
            let post = ["Note", "Question"].iter().any(|kind| value["type"] == *kind);
            if post && text(&value["attributedTo"]).starts_with(ME) && value.get("name").is_none() {
                notes.push(value);
            }
            map.values().for_each(|inner| find_notes(inner, notes));
        }
        Value::Array(list) => list.iter().for_each(|inner| find_notes(inner, notes)),
        _ => (),
    }
}

/// The text of a value; empty when it is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn id(value: &Value) -> &str {
    text(&value["id"])
}

// --- the round

fn collect() -> Everything {
    let (taure, bob, eve) = (Taure::new(), Peer::new("bob"), Peer::new("eve"));
    let act = |path: &str, body: Value| {
        let answer = taure.post(path, body).ok();
        taure.settles();
        answer
    };
    let says = |body: Value| act("/api/v1/statuses", body);

    has_a_face(&taure);
    bob.follows(&taure);
    let account = bob.is_followed_by(&taure);
    let his = format!("/api/v1/accounts/{}", id(&account));

    // --- posts
    let plain = says(json!({"status": "Labrīt! https://example.com/a?b=c&d=e"}));
    says(json!({"status": "Cats :blobcat: #Rīga", "spoiler_text": "cats :blobcat:", "language": "lv"}));
    says(json!({"status": "Quietly", "visibility": "unlisted"}));
    let friends = says(json!({"status": "For friends", "visibility": "private"}));
    says(json!({"status": format!("{} for you", bob.handle()), "visibility": "direct"}));
    says(json!({"status": "A picture", "media_ids": [pictures::upload(&taure, "a red square")]}));
    says(json!({"status": "And more", "in_reply_to_id": plain["id"]}));
    let poll = says(json!({"status": "What?", "poll": {"options": ["Tea", "Coffee"], "expires_in": 86_400}}));
    let several = json!({"options": ["a", "b"], "expires_in": 600, "multiple": true, "hide_totals": true});
    says(json!({"status": "Which?", "poll": several}));
    let note = bob.note(&format!("<p>Hello {}</p>", taure.handle()), &[&taure]);
    assert_eq!(bob.delivers(&taure, &bob.create(&note)).status, 202);
    taure.settles();
    let theirs = taure.finds_status(id(&note));
    says(json!({"status": format!("{} good day", bob.handle()), "in_reply_to_id": theirs["id"]}));
    let most =
        taure.get("/api/v2/instance").ok()["configuration"]["statuses"]["max_characters"].as_u64().unwrap();
    says(json!({"status": "&".repeat(usize::try_from(most).unwrap())})); // each is five bytes of HTML

    // --- what is done to posts
    let of = |status: &Value, what: &str| act(&format!("/api/v1/statuses/{}/{what}", id(status)), json!({}));
    for what in ["favourite", "unfavourite", "favourite", "reblog"] {
        of(&theirs, what);
    }
    says(
        json!({"status": format!("{} between us", bob.handle()), "in_reply_to_id": theirs["id"], "visibility": "private"}),
    );
    let boosted = outbox_of(&taure, "Announce");
    of(&friends, "reblog"); // carries the post
    of(&friends, "unreblog");
    of(&plain, "pin");
    let edit = format!("/api/v1/statuses/{}", id(&plain));
    taure.call("PUT", &edit, Some(json!({"status": "Labvakar!"}))).ok();
    taure.settles();

    // --- polls and quotes, both ways
    bob.votes(&taure, &poll, &["Tea"]);
    taure.later(10 * MINUTE); // its results are told some minutes later
    taure.settles();
    let asked = bob.asks(&["Yes", "No"], &[]);
    let question = taure.finds_status(id(&asked));
    act(&format!("/api/v1/polls/{}/votes", id(&question["poll"])), json!({"choices": [0]}));
    let mut quotable = bob.note("<p>Quote me</p>", &[]);
    quotable["interactionPolicy"] = json!({"canQuote": {"manualApproval": [PUBLIC]}});
    bob.publish(id(&quotable), quotable.clone());
    let there = taure.finds_status(id(&quotable));
    let quote = says(json!({"status": "Look", "quoted_status_id": there["id"]}));
    let open = says(json!({"status": "Quote me, too", "quote_approval_policy": "public"}));
    let mine = says(json!({"status": "And not me", "quote_approval_policy": "nobody"}));
    for quoted in [&open, &mine] {
        let mut quoting = bob.note("<p>See</p>", &[]);
        quoting["quote"] = quoted["uri"].clone();
        bob.publish(id(&quoting), quoting.clone());
        let mut request = bob.activity("QuoteRequest", quoted["uri"].clone());
        request["instrument"] = quoting;
        assert_eq!(bob.delivers(&taure, &request).status, 202);
        taure.settles();
    }

    let quoted = says(json!({"status": "For a while"}));
    says(json!({"status": "Myself", "quoted_status_id": quoted["id"]}));
    taure.call("DELETE", &format!("/api/v1/statuses/{}", id(&quoted)), None).ok();
    taure.settles();

    // --- what is served, while all of it is there
    let mut served = Vec::new();
    let mut see = |name: &'static str, url: &str, answer: Answer| {
        let content_type = answer.header("content-type").unwrap_or_default().to_owned();
        served.push(Served {
            name,
            url: url.to_owned(),
            status: answer.status,
            content_type,
            json: answer.json,
        });
    };
    let actor = taure.actor();
    let mut pages = vec![
        ("actor", actor.clone()),
        ("instance actor", format!("{}/actor", taure.base)),
        ("instance outbox", format!("{}/actor/outbox", taure.base)),
        ("note", text(&plain["uri"]).to_owned()),
        ("create", format!("{}/activity", text(&plain["uri"]))),
        ("poll", text(&poll["uri"]).to_owned()),
        ("quote", text(&quote["uri"]).to_owned()),
        ("boost", boosted),
        ("emoji", format!("{}/emojis/blobcat", taure.base)),
    ];
    let stamp =
        bob.received_of("Accept").iter().find_map(|accept| Some(accept["result"].as_str()?.to_owned()));
    pages.push(("stamp", stamp.expect("no leave to quote")));
    for (name, path) in [
        ("outbox", "outbox"),
        ("outbox page", "outbox/page"),
        ("followers", "followers"),
        ("followers page", "followers/page"),
        ("following", "following"),
        ("following page", "following/page"),
        ("featured", "collections/featured"),
        ("featured tags", "collections/tags"),
    ] {
        pages.push((name, format!("{actor}/{path}")));
    }
    for (name, path) in [
        ("replies", "replies"),
        ("replies page", "replies/after/0"),
        ("context", "context"),
        ("likes", "likes"),
        ("shares", "shares"),
    ] {
        pages.push((name, format!("{}/{path}", text(&plain["uri"]))));
    }
    for (name, url) in &pages {
        see(name, url, taure.document(url));
    }
    for (name, resource) in [
        ("webfinger", format!("acct:{}", &taure.handle()[1..])),
        ("webfinger of the actor", actor.clone()),
        ("webfinger of the instance", format!("{}/", taure.base)),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(resource.as_bytes()).collect();
        let url = format!("{}/.well-known/webfinger?resource={query}", taure.base);
        see(name, &url, taure.as_stranger(&url[taure.base.len()..]));
    }
    for (name, path) in [
        ("nodeinfo links", "/.well-known/nodeinfo"),
        ("nodeinfo", "/nodeinfo/2.0"),
        ("nodeinfo 2.1", "/nodeinfo/2.1"),
    ] {
        see(name, &format!("{}{path}", taure.base), taure.as_stranger(path));
    }

    // --- and taken back
    of(&theirs, "unfavourite");
    of(&theirs, "unreblog");
    of(&plain, "unpin");
    let revoked = taure.get(&format!("/api/v1/statuses/{}/quotes", id(&open))).ok();
    of(&open, &format!("quotes/{}/revoke", id(&revoked[0])));
    taure.call("DELETE", &edit, None).ok();
    taure.settles();
    see("tombstone", text(&plain["uri"]), taure.document(text(&plain["uri"])));
    pictures::send(&taure, "PATCH", "/api/v1/accounts/update_credentials", &[("note", "Hi #all")], None).ok();
    taure.settles();
    act(&format!("{his}/unfollow"), json!({}));

    // --- and one who is not liked
    eve.follows(&taure);
    let rude = eve.note("<p>Rude</p>", &[&taure]);
    assert_eq!(eve.delivers(&taure, &eve.create(&rude)).status, 202);
    let rude = taure.finds_status(id(&rude));
    let hers = format!("/api/v1/accounts/{}", id(&rude["account"]));
    act(&format!("{hers}/remove_from_followers"), json!({}));
    act(
        "/api/v1/reports",
        json!({"account_id": rude["account"]["id"], "status_ids": [rude["id"]], "comment": "Rude", "forward": true}),
    );
    act(&format!("{hers}/block"), json!({}));
    act(&format!("{hers}/unblock"), json!({}));

    let mut heard: Vec<Heard> = bob.heard();
    heard.extend(eve.heard());
    let names = names(&taure, &bob, &eve);
    let renamed = |json: &Value| serde_json::from_str::<Value>(&rename(&json.to_string(), &names)).unwrap();
    for served in &mut served {
        served.json = renamed(&served.json);
        served.url = rename(&served.url, &names);
    }
    let (posts, gets): (Vec<_>, Vec<_>) = heard.into_iter().partition(|heard| heard.method == "POST");
    let said = posts.into_iter().map(|request| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        Said { activity: renamed(&body), request }
    });
    Everything { said: said.collect(), served, asked: gets }
}

/// A profile with everything that a profile can have.
fn has_a_face(taure: &Taure) {
    ops::emojis::add(&taure.app(), "blobcat", None, &pictures::square(64)).unwrap();
    let fields = [
        ("display_name", "Alice :blobcat:"),
        ("note", "Hi there, I am at https://example.com #all"),
        ("fields_attributes[0][name]", "Home"),
        ("fields_attributes[0][value]", "https://example.com"),
        ("discoverable", "true"),
        ("indexable", "true"),
    ];
    let square = pictures::square(200);
    let path = "/api/v1/accounts/update_credentials";
    for name in ["avatar", "header"] {
        pictures::send(taure, "PATCH", path, &fields, Some((name, &square))).ok();
    }
    taure.post("/api/v1/featured_tags", json!({"name": "rīga"})).ok();
    taure.settles();
}

/// The id of the newest activity of this kind.
fn outbox_of(taure: &Taure, kind: &str) -> String {
    let page = taure.document(&format!("{}/outbox/page", taure.actor())).ok();
    let newest = page["orderedItems"].as_array().unwrap().iter().find(|said| said["type"] == kind);
    id(newest.expect(kind)).to_owned()
}

fn names(taure: &Taure, bob: &Peer, eve: &Peer) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for (base, host) in [(&taure.base, HOST), (&bob.base, "bob.example.net"), (&eve.base, "eve.example.net")]
    {
        let local = base.trim_start_matches("http://");
        names.push((base.clone(), format!("https://{host}")));
        names.push((local.to_owned(), host.to_owned()));
        names.push((local.replace(':', "-"), host.to_owned())); // the name of the instance actor
    }
    names
}

fn rename(text: &str, names: &[(String, String)]) -> String {
    names.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
