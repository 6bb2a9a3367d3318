//! Lemmy, PeerTube, Pixelfed, Threads and Bridgy Fed: what each asks of a document before it takes it.

use super::collected::{Everything, ME, Served, text};
use super::rules::*;
use serde_json::Value;

pub fn lemmy(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    let actor = &all.document("actor").json;
    faults.need(["Person", "Service", "Organization"].contains(&text(&actor["type"])), "type", actor);
    for actor in [actor, &all.document("instance actor").json] {
        for key in ["id", "inbox", "outbox"] {
            faults.need(is_ours(&actor[key]), key, actor);
        }
        let key = &actor["publicKey"];
        let whole = ["id", "owner", "publicKeyPem"].iter().all(|part| key[*part].is_string());
        faults.need(whole && text(&key["id"]).contains('#'), "publicKey", actor);
        for picture in ["icon", "image"].iter().filter_map(|key| actor.get(*key)) {
            faults.need(picture["type"] == "Image" && picture["url"].is_string(), "a picture", picture);
        }
    }
    for served in all.served.iter().filter(|served| served.json.get("@context").is_some()) {
        faults.need(is_activity_type(&served.content_type), &served.content_type, &served.json);
        faults.need(served.json["id"].is_null() || is_ours(&served.json["id"]), served.name, &served.json);
    }
    for request in all.said.iter().map(|said| &said.request).chain(all.asked.iter()) {
        let key = parameter(request, "keyId");
        faults.header(header(request, "signature").is_empty() || key.contains('#'), "keyId", request);
    }
    for said in all.said.iter().map(|said| &said.activity) {
        faults.need(is_ours(&said["id"]) && said["actor"].is_string(), "an activity", said);
        faults.need(spells_public_out(said), "Public", said);
    }
    for note in all.notes() {
        faults.need(note["content"].is_string(), "content", note);
        faults.need(note["tag"].is_array() && note["attachment"].is_array(), "lists", note);
        let urls = |key: &str| {
            is_texts(&note[key]) && names(&note[key]).iter().all(|url| url.starts_with("https://"))
        };
        faults.need(urls("to") && urls("cc"), "to and cc", note);
        faults.need(spells_public_out(note), "Public", note);
        faults.need(note["summary"].is_null() || note["summary"].is_string(), "summary", note);
        faults.need(note["context"].is_null() || note["context"].is_string(), "context", note);
        faults.need(note.get("language").is_none_or(Value::is_object), "language", note);
        for tag in note["tag"].as_array().into_iter().flatten().filter(|tag| tag["type"] == "Hashtag") {
            faults.need(is_open_web(&tag["href"]) && tag["name"].is_string(), "a hashtag", tag);
        }
        for tag in note["tag"].as_array().into_iter().flatten().filter(|tag| tag["type"] == "Mention") {
            faults.need(is_open_web(&tag["href"]), "a mention", tag);
        }
        for file in note["attachment"].as_array().into_iter().flatten() {
            let kind = ["Document", "Image"].contains(&text(&file["type"])) && is_open_web(&file["url"]);
            let named = file["name"].is_string() || file["name"].is_null();
            faults.need(kind && named && file["mediaType"].is_string(), "an attachment", file);
        }
    }
    faults.0
}

/// What its own validator calls a URL.
fn is_peertubes_url(value: &Value) -> bool {
    is_open_web(value) && text(value).len() <= 2000
}

pub fn peertube(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    for actor in ["actor", "instance actor"].map(|name| &all.document(name).json) {
        for at in ["/id", "/inbox", "/publicKey/id", "/publicKey/owner"] {
            faults.need(actor.pointer(at).is_some_and(is_peertubes_url), at, actor);
        }
        for at in ["/outbox", "/following", "/followers", "/endpoints/sharedInbox"] {
            faults.need(actor.pointer(at).is_none_or(is_peertubes_url), at, actor);
        }
        let pem = text(&actor["publicKey"]["publicKeyPem"]);
        let spki = pem.starts_with("-----BEGIN PUBLIC KEY-----") && pem.contains("-----END PUBLIC KEY-----");
        faults.need(spki && pem.len() <= 5000, "SPKI", actor);
        let name = text(&actor["preferredUsername"]);
        let letters = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
        faults.need(!name.is_empty() && name.chars().all(letters), "a name", actor);
    }
    for said in all.said.iter().map(|said| &said.activity) {
        peertubes_activity(&mut faults, said);
        if said["type"] == "Undo" {
            peertubes_activity(&mut faults, &said["object"]);
        }
        let object = &said["object"];
        let named = object.is_array() || is_peertubes_url(object) || is_peertubes_url(&object["id"]);
        faults.need(named, "an object with an address", said);
    }
    for note in all.replies().into_iter().filter(|note| is_public(note) && note["type"] == "Note") {
        faults.need(note["to"].is_array() && note["cc"].is_array(), "to and cc", note);
        for key in ["id", "url", "inReplyTo"] {
            faults.need(is_peertubes_url(&note[key]), key, note);
        }
        faults.need(note["published"].is_string() && !text(&note["content"]).is_empty(), "a comment", note);
        faults.need(host(&note["id"]) == host(&note["attributedTo"]), "its host", note);
    }
    faults.0
}

fn peertubes_activity(faults: &mut Faults, said: &Value) {
    faults.need(is_peertubes_url(&said["id"]) && is_peertubes_url(&said["actor"]), "an activity", said);
    for key in ["to", "cc"] {
        let urls = |value: &Value| match value {
            Value::Array(list) => list.iter().all(is_peertubes_url),
            one => is_peertubes_url(one),
        };
        faults.need(said.get(key).is_none_or(urls), key, said);
    }
}

/// The name of a field, and whether it stands.
fn has(value: &Value, keys: &[&str]) -> bool {
    keys.iter().all(|key| !value[*key].is_null())
}

pub fn pixelfed(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    for Served { json, .. } in all.served.iter().filter(|served| served.json.get("@context").is_some()) {
        faults.need(depth(json) <= 8, "eight deep", json);
        faults.need(json["id"].is_null() || is_open_web(&json["id"]), "https and a dot", json);
    }
    for create in all.activities("Create").filter(|create| create["object"]["content"].is_string()) {
        faults.need(has(create, &["id", "actor", "published"]), "a Create", create);
    }
    for note in all.notes() {
        faults.need(is_open_web(&note["id"]) && is_open_web(&note["url"]), "https and a dot", note);
        faults.need(has(note, &["published", "attributedTo", "type"]), "a post", note);
        for file in note["attachment"].as_array().into_iter().flatten() {
            let kind = ["Document", "Image", "Video"].contains(&text(&file["type"]));
            faults.need(kind && is_open_web(&file["url"]) && file["mediaType"].is_string(), "a file", file);
            let side = |key: &str| {
                file.get(key).is_none_or(|side| side.as_u64().is_some_and(|n| (1..=5000).contains(&n)))
            };
            faults.need(side("width") && side("height"), "no side beyond 5000", file);
            let hash = file.get("blurhash").is_none_or(|hash| (6..=164).contains(&text(hash).len()));
            faults.need(hash, "a blurhash", file);
        }
        let letter = !is_public(note) && !names(&note["to"]).iter().any(|name| name.ends_with("/followers"));
        if letter {
            let one = names(&note["to"]).len() == 1 && names(&note["cc"]).is_empty();
            faults.need(one, "a letter is for one", note);
        }
    }
    for actor in ["actor", "instance actor"].map(|name| &all.document(name).json) {
        let asked = ["id", "type", "preferredUsername", "inbox", "outbox"];
        faults.need(
            has(actor, &asked) && has(&actor["publicKey"], &["id", "publicKeyPem"]),
            "an actor",
            actor,
        );
    }
    faults.0
}

pub fn threads(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    for said in &all.said {
        let (activity, request) = (&said.activity, &said.request);
        faults.header(header(request, "digest").starts_with("SHA-256="), "Digest", request);
        faults.header(request.body.last() == Some(&b'}'), "nothing behind the body", request);
        every_object(activity, &mut |inner| {
            let named =
                ["actor", "attributedTo"].iter().all(|key| inner.get(*key).is_none_or(Value::is_string));
            faults.need(named, "an actor is an id", inner);
        });
        if activity["type"] == "Undo" {
            faults.need(activity["object"].is_object(), "an Undo embeds", activity);
        }
    }
    for request in all.documents_asked() {
        faults.header(!header(request, "signature").is_empty(), "a signed GET", request);
    }
    for name in ["actor", "instance actor"] {
        let served = all.document(name);
        faults.need(
            served.status == 200 && text(&served.json["id"]).starts_with(ME),
            "for everybody",
            &served.json,
        );
    }
    faults.0
}

/// It leaves out whoever has no face or no name.
pub fn bridgy(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    let updates =
        all.activities("Update").map(|update| &update["object"]).filter(|object| object["type"] == "Person");
    for actor in updates.chain([&all.document("actor").json]) {
        faults.need(is_open_web(&actor["icon"]["url"]), "an avatar", actor);
        faults.need(!text(&actor["name"]).trim().is_empty(), "a display name", actor);
    }
    faults.0
}
