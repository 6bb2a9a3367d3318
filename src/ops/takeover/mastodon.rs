//! Mastodon: what one query of its PostgreSQL tells of one account, as JSON.
//! <https://docs.joinmastodon.org/admin/migrating/>

use super::{Old, OldPost, Person};
use crate::error::{Error, Result};
use crate::model::*;
use crate::text;
use serde_json::Value;
use std::io::BufReader;
use std::path::Path;

/// What the file does not know.
#[derive(Debug, Default)]
pub struct Beside {
    /// `https://social.example.org`
    pub origin: String,
    /// PEM, where the database keeps the key encrypted.
    pub key: Option<String>,
    pub key_name: String,
}

/// Errors: `Invalid` for a file that is not what the query writes.
pub fn read(file: &Path, beside: &Beside) -> Result<Old> {
    let wrong =
        |why: String| Error::invalid(format!("{} is not what the query writes: {why}", file.display()));
    let opened = std::fs::File::open(file).map_err(|e| wrong(e.to_string()))?;
    let json: Value = serde_json::from_reader(BufReader::new(opened)).map_err(|e| wrong(e.to_string()))?;
    let me = &json["account"];
    let (username, id) = (word(me, "username"), me["id"].as_i64().unwrap_or_default());
    if username.is_empty() || id == 0 {
        return Err(wrong("there is no account in it".to_owned()));
    }
    let origin = beside.origin.trim_end_matches('/');
    // Since 4.5 a new account's id has its number and not its name.
    let numeric = matches!(me["id_scheme"].as_i64(), Some(1));
    let actor =
        if numeric { format!("{origin}/ap/users/{id}") } else { format!("{origin}/users/{username}") };
    let bio = word(me, "note");
    let mut old = Old {
        software: "mastodon",
        key_id: format!("{actor}{}", beside.key_name),
        rsa_pem: beside.key.clone().unwrap_or_else(|| word(me, "private_key")),
        display_name: word(me, "display_name"),
        note: (html(&bio, origin), bio),
        locked: me["locked"].as_bool().unwrap_or(false),
        discoverable: me["discoverable"].as_bool().unwrap_or(false),
        domain_blocks: list(&json, "domain_blocks").filter_map(|d| d.as_str().map(str::to_owned)).collect(),
        actor,
        username,
        ..Old::default()
    };
    if old.rsa_pem.is_empty() {
        return Err(Error::invalid(
            "the database keeps the private key encrypted: have Mastodon write it as PEM, and name it with --key",
        ));
    }
    for (name, tie) in [
        (
            "followers",
            (|p, uri| (p.follower, p.follower_uri) = (Follow::Yes, uri)) as fn(&mut Person, Option<String>),
        ),
        ("requests", |p, uri| (p.follower, p.follower_uri) = (Follow::Requested, uri)),
        ("following", |p, uri| (p.followed, p.followed_uri) = (Follow::Yes, uri)),
        ("blocks", |p, _| p.blocked = true),
        ("blocked_by", |p, _| p.blocks_us = true),
        ("mutes", |p, _| p.muted = true),
    ] {
        for row in list(&json, name) {
            let account = &row["account"];
            let uri = word(account, "uri");
            if !uri.is_empty() {
                let person = old.person(&uri);
                describe(person, account);
                tie(person, row["uri"].as_str().map(str::to_owned));
            }
        }
    }
    for row in list(&json, "statuses") {
        old.posts.extend(post(&old, row, origin));
    }
    Ok(old)
}

fn word(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().to_owned()
}

fn list<'a>(of: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    of[key].as_array().into_iter().flatten()
}

/// Mastodon keeps what was typed.
fn html(typed: &str, origin: &str) -> String {
    text::render(typed, &|_| None, &|tag| format!("{origin}/tags/{}", text::normalise_tag(tag)))
}

fn describe(person: &mut Person, from: &Value) {
    let some = |key: &str| Some(word(from, key)).filter(|text| !text.is_empty());
    let account = &mut person.account;
    account.username = word(from, "username");
    account.domain = some("domain");
    account.display_name = word(from, "display_name");
    account.note = word(from, "note");
    account.url = word(from, "url");
    account.locked = from["locked"].as_bool().unwrap_or(false);
    account.suspended = from["suspended_at"].is_string();
    account.endpoints = Endpoints {
        inbox: word(from, "inbox_url"),
        shared_inbox: some("shared_inbox_url"),
        outbox: some("outbox_url"),
        followers: some("followers_url"),
        following: some("following_url"),
        featured: some("featured_collection_url"),
    };
    let key = some("public_key").map(|pem| (format!("{}#main-key", person.account.uri), pem));
    person.keys = key.into_iter().collect();
}

fn post(old: &Old, row: &Value, origin: &str) -> Option<OldPost> {
    let status = &row["status"];
    let id = status["id"].as_i64()?;
    let typed = word(status, "text");
    Some(OldPost {
        id: Some(StatusId(id)),
        uri: format!("{}/statuses/{id}", old.actor),
        url: Some(format!("{origin}/@{}/{id}", old.username)),
        content: html(&typed, origin),
        text: Some(typed),
        spoiler_text: word(status, "spoiler_text"),
        sensitive: status["sensitive"].as_bool().unwrap_or(false),
        visibility: match status["visibility"].as_i64() {
            // glitch-soc's posts that never left the server.
            _ if status["local_only"].as_bool() == Some(true) => Visibility::Direct,
            Some(0) => Visibility::Public,
            Some(1) => Visibility::Unlisted,
            Some(2) => Visibility::Private,
            _ => Visibility::Direct,
        },
        language: status["language"].as_str().map(str::to_owned),
        // Without a zone, and meant as UTC.
        created_at: Timestamp::parse_rfc3339(&format!("{}Z", word(status, "created_at"))).unwrap_or_default(),
        in_reply_to: row["in_reply_to"].as_str().map(str::to_owned),
        pinned: row["pinned"].as_bool().unwrap_or(false),
    })
}
