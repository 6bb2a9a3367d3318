//! Mastodon, Misskey, GoToSocial, Pleroma and Friendica: what each asks of a document before it takes it.

use super::collected::{BOB, Everything, HOST, ME, text};
use super::rules::*;
use super::terms;
use serde_json::Value;

const ACTORS: [&str; 5] = ["Person", "Service", "Application", "Group", "Organization"];

/// `[a-z0-9_]+([.-]+[a-z0-9_]+)*`, any case.
fn is_mastodons_name(name: &str) -> bool {
    let ends = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.chars().all(|c| ends(c) || c == '.' || c == '-') && name.starts_with(ends) && name.ends_with(ends)
}

pub fn mastodon(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    let owner = &all.document("actor").json;
    for name in ["actor", "instance actor"] {
        let actor = &all.document(name).json;
        faults.need(ACTORS.contains(&text(&actor["type"])), "type of an actor", &actor["type"]);
        faults.need(actor["inbox"].is_string(), "inbox", actor);
        faults.need(
            is_mastodons_name(text(&actor["preferredUsername"])),
            "name",
            &actor["preferredUsername"],
        );
        faults.need(actor["publicKey"]["owner"] == actor["id"], "the key's owner", &actor["publicKey"]);
        faults.need(actor["url"].is_string(), "url", actor);
    }
    let fields = owner["attachment"].as_array().map_or(&[][..], Vec::as_slice);
    faults.need(fields.len() <= 50, "50 fields", &owner["attachment"]);
    let long = |field: &Value| text(&field["name"]).len() > 2047 || text(&field["value"]).len() > 2047;
    faults.need(!fields.iter().any(long), "a field of 2047", &owner["attachment"]);

    // WebFinger leads back to the very id, through one of two types.
    for (name, actor) in [("webfinger", "actor"), ("webfinger of the instance", "instance actor")] {
        let (jrd, actor) = (&all.document(name).json, &all.document(actor).json);
        let types = [
            "application/activity+json",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        ];
        let link = jrd["links"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|link| link["rel"] == "self" && types.contains(&text(&link["type"])));
        faults.need(link.is_some_and(|link| link["href"] == actor["id"]), "WebFinger's self", jrd);
        let acct = format!("acct:{}@{HOST}", text(&actor["preferredUsername"]));
        faults.need(jrd["subject"] == acct, "WebFinger's subject", jrd);
    }

    for (name, document) in all.activity_streams() {
        faults.need(begins_with_activity_streams(document), name, document);
        faults.need(document.to_string().len() <= 1024 * 1024, "a megabyte", document);
        let refused = |key: &str| document.get(key).is_none();
        faults.need(
            ["@graph", "@included", "@reverse"].iter().all(|key| refused(key)),
            "JSON-LD's own",
            document,
        );
    }
    for note in all.notes() {
        faults.need(host(&note["id"]) == host(&note["attributedTo"]), "a post's host", note);
        faults.need(note["attributedTo"] == owner["id"], "a post's author", note);
        faults.need(note["published"].is_string(), "published", note);
        faults.need(host(&note["url"]) == host(&note["id"]), "a post's page", note);
        let options = note["oneOf"].as_array().or(note["anyOf"].as_array()).map_or(0, Vec::len);
        faults.need(options <= 500, "500 options", note);
        let asks = note["type"] == "Question";
        faults.need(asks == (options > 0), "a Question's options", note);
        if let Some(edited) = note.get("updated") {
            let (edited, first) =
                (text(edited).trim_end_matches('Z'), text(&note["published"]).trim_end_matches('Z'));
            faults.need(edited > first, "later than published", note);
        }
    }
    for said in all.said.iter().map(|said| &said.activity) {
        let by = [&owner["id"], &all.document("instance actor").json["id"]];
        faults.need(by.contains(&&said["actor"]), "who says it", said);
        faults.need(host(&said["id"]) == host(&said["actor"]), "an id of the actor's host", said);
    }
    for undo in all.activities("Undo") {
        let inner = &undo["object"];
        faults.need(inner["type"].is_string() && !inner["object"].is_null(), "an Undo embeds", undo);
        faults.need(inner["actor"] == undo["actor"], "an Undo of one's own", undo);
    }
    for update in all.activities("Update").filter(|update| update["object"]["type"] == "Person") {
        faults.need(update["object"]["id"] == update["actor"], "an Update of oneself", update);
    }
    for pin in all.activities("Add").chain(all.activities("Remove")) {
        faults.need(pin["target"] == owner["featured"], "the target of a pin", pin);
    }
    for flag in all.activities("Flag") {
        faults.need(is_texts(&flag["object"]) && flag["actor"] != owner["id"], "a report", flag);
    }
    for name in ["followers", "following", "outbox"] {
        let collection = &all.document(name).json;
        faults.need(collection["totalItems"].is_u64(), "totalItems", collection);
    }
    for name in ["likes", "shares"] {
        let note = &all.document("note").json;
        faults.need(note[name]["totalItems"].is_u64(), "totals of a post", note);
    }
    faults.0
}

pub fn misskey(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    for actor in ["actor", "instance actor"].map(|name| &all.document(name).json) {
        for at in [
            "/id",
            "/inbox",
            "/outbox",
            "/followers",
            "/following",
            "/endpoints/sharedInbox",
            "/publicKey/id",
            "/url",
            "/featured",
        ] {
            let Some(value) = actor.pointer(at) else { continue };
            faults.need(is_ours(value), "all on one host", value);
        }
        let name = text(&actor["preferredUsername"]);
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let is_name = name.starts_with(word)
            && name.ends_with(word)
            && name.len() <= 128
            && name.chars().all(|c| word(c) || c == '-' || c == '.');
        faults.need(is_name, "a name", &actor["preferredUsername"]);
        faults.need(actor["name"].is_string(), "a display name", actor);
        faults.need(actor["summary"].is_string(), "a text about oneself", actor);
        let moved = actor.get("alsoKnownAs").is_none_or(is_texts);
        faults.need(moved, "alsoKnownAs", actor);
    }
    for said in &all.said {
        let (activity, request) = (&said.activity, &said.request);
        faults.need(is_ours(&activity["id"]), "an id of ours", activity);
        let pins = ["Add", "Remove"].contains(&text(&activity["type"]));
        faults.need(!pins || activity["target"] == all.document("actor").json["featured"], "a pin", activity);
        let post = &activity["object"];
        let written = activity["type"] == "Create" && activity["actor"] != post["attributedTo"];
        faults.need(!written, "written by who says it", activity);
        faults.header(request.body.len() <= 64 * 1024, "64 KiB", request);
        faults.header(header(request, "digest").starts_with("SHA-256="), "Digest", request);
        faults.header(signs(request, &["(request-target)", "host", "digest"]), "what is signed", request);
        faults.header(!parameter(request, "keyId").starts_with("acct:"), "keyId", request);
    }
    for note in all.notes() {
        for key in ["id", "attributedTo", "url"] {
            faults.need(is_ours(&note[key]), "https, of one host", note);
        }
        faults.need(is_texts(&note["to"]) && is_texts(&note["cc"]), "whom it is for", note);
        faults.need(note["attachment"].is_array(), "attachment", note);
        let parent = &note["inReplyTo"];
        faults.need(parent.is_null() || is_open_web(parent), "a parent that can be fetched", note);
        for tag in note["tag"].as_array().into_iter().flatten().filter(|tag| tag["type"] == "Emoji") {
            let drawn = tag["icon"]["url"].is_string() && text(&tag["name"]).starts_with(':');
            faults.need(drawn && is_ours(&tag["id"]), "an emoji", tag);
        }
        for quote in ["_misskey_quote", "quoteUrl"].iter().filter_map(|key| note.get(*key)) {
            faults.need(text(quote).starts_with("https://"), "a quote", note);
        }
    }
    faults.0
}

pub fn gotosocial(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    for request in all.said.iter().map(|said| &said.request) {
        faults.header(is_activity_type(header(request, "content-type")), "Content-Type", request);
        faults.header(
            signs(request, &["(request-target)", "host", "date", "digest"]),
            "a signed POST",
            request,
        );
    }
    for request in all.documents_asked() {
        faults.header(signs(request, &["(request-target)", "host", "date"]), "a signed GET", request);
    }
    for name in ["actor", "instance actor"] {
        // Fetched while it judges a signature of ours.
        let served = all.document(name);
        faults.need(served.status == 200, "an actor for everybody", &served.json);
        faults.need(is_activity_type(&served.content_type), &served.content_type, &served.json);
        let actor = &served.json;
        let owned =
            actor["publicKey"]["owner"] == actor["id"] && actor["publicKey"]["publicKeyPem"].is_string();
        let known = ACTORS.contains(&text(&actor["type"])) && !text(&actor["preferredUsername"]).is_empty();
        faults.need(owned && known, "an actor", actor);
    }
    let jrd = &all.document("webfinger").json;
    let back = jrd["links"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|link| link["rel"] == "self" && link["href"] == all.document("actor").json["id"]);
    faults.need(back, "WebFinger leads back", jrd);
    for vote in
        all.activities("Create").map(|create| &create["object"]).filter(|note| note["name"].is_string())
    {
        let bare = vote.get("content").is_none() && vote.get("cc").is_none();
        faults.need(bare && vote["inReplyTo"].is_string(), "a vote", vote);
        faults.need(names(&vote["to"]) == [BOB], "a vote is for one", vote);
    }
    for note in all.notes() {
        let edited = note.get("updated").map(text).unwrap_or_default().trim_end_matches('Z');
        let early = !edited.is_empty() && edited < text(&note["published"]).trim_end_matches('Z');
        faults.need(!early, "no edit before the post", note);
        faults.need(!names(&note["to"]).is_empty() || !names(&note["cc"]).is_empty(), "for somebody", note);
        let options = [&note["oneOf"], &note["anyOf"]].into_iter().filter_map(Value::as_array).flatten();
        let named = options.clone().all(|option| !text(&option["name"]).is_empty());
        faults.need(named && (note["type"] != "Question" || options.count() > 0), "options", note);
        let files = note["attachment"].as_array().into_iter().flatten();
        faults.need(files.clone().all(|file| is_open_web(&file["url"])), "files", note);
        // Its own policies: every list is one, and of texts.
        every_object(&note["interactionPolicy"], &mut |policy| {
            for key in ["automaticApproval", "manualApproval"] {
                faults.need(policy.get(key).is_none_or(is_texts), "a policy", policy);
            }
        });
    }
    faults.0
}

pub fn pleroma(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    for said in all.said.iter().map(|said| &said.activity) {
        let vote = said["object"].get("published").is_none() && said["type"] == "Create";
        faults.need(is_texts(&said["to"]), "to", said);
        faults.need(vote || is_texts(&said["cc"]), "cc", said);
    }
    for answer in all.activities("Accept").chain(all.activities("Reject")) {
        // A Follow or QuoteRequest of theirs, by the id that they gave it.
        let inner = &answer["object"];
        let theirs = host(&inner["id"]) == host(&inner["actor"]) && inner["actor"] != answer["actor"];
        faults.need(theirs && is_open_web(&inner["id"]), "an answer to what was asked", answer);
    }
    for note in all.notes() {
        faults.need(is_texts(&note["to"]) && is_texts(&note["cc"]), "lists", note);
        let both = note["context"].is_string() && note["context"] == note["conversation"];
        faults.need(both, "its conversation", note);
    }
    for request in all.said.iter().map(|said| &said.request) {
        faults.header(!header(request, "signature").is_empty(), "a Signature header", request);
        faults.header(header(request, "signature-input").is_empty(), "no RFC 9421 at first", request);
    }
    faults.0
}

pub fn friendica(all: &Everything) -> Vec<String> {
    let mut faults = Faults::default();
    for (name, document) in all.activity_streams() {
        let strangers = terms::undefined(document);
        faults.need(strangers.is_empty(), &format!("{name}: not in @context: {strangers:?}"), document);
    }
    let keys = ["actor", "instance actor"].map(|name| all.document(name).json["publicKey"]["id"].clone());
    for request in all.said.iter().map(|said| &said.request).chain(all.asked.iter()) {
        if header(request, "signature").is_empty() {
            continue;
        }
        let stated =
            ["rsa-sha256", "rsa-sha512", "hs2019"].contains(&parameter(request, "algorithm").as_str());
        faults.header(stated, "algorithm", request);
        let key = parameter(request, "keyId");
        let path = |key: &Value| text(key).trim_start_matches(ME).to_owned();
        faults.header(keys.iter().any(|known| key.ends_with(&path(known))), "keyId", request);
        faults.header(is_date(header(request, "date")), "Date", request);
    }
    faults.0
}

/// `Sat, 22 Aug 2026 10:00:00 GMT`
fn is_date(text: &str) -> bool {
    let shape = |c: char| match c {
        'A'..='Z' | 'a'..='z' => 'a',
        '0'..='9' => '0',
        other => other,
    };
    text.chars().map(shape).collect::<String>() == "aaa, 00 aaa 0000 00:00:00 aaa" && text.ends_with(" GMT")
}
