//! GoToSocial: the file of `gotosocial admin export`, one JSON object a line, and for the posts its SQLite file.
//! <https://docs.gotosocial.org/en/latest/admin/cli/>

use super::{Old, OldPost, Person};
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::takeover;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::io::BufReader;
use std::path::Path;

/// An account as the export writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Written {
    id: String,
    username: String,
    domain: String,
    display_name: Option<String>,
    note: Option<String>,
    note_raw: Option<String>,
    locked: Option<bool>,
    discoverable: Option<bool>,
    uri: String,
    url: Option<String>,
    #[serde(rename = "inboxURI")]
    inbox: Option<String>,
    #[serde(rename = "outboxURI")]
    outbox: Option<String>,
    following_uri: Option<String>,
    followers_uri: Option<String>,
    featured_collection_uri: Option<String>,
    private_key: Option<String>,
    public_key: Option<String>,
    public_key_uri: Option<String>,
    suspended_at: Option<String>,
}

/// `follow`, `followRequest` and `block` have the same three.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Tie {
    uri: Option<String>,
    account_id: String,
    target_account_id: String,
}

#[derive(Default)]
struct Export {
    accounts: HashMap<String, Written>,
    /// Account ids of those who sign in there.
    users: HashSet<String>,
    ties: Vec<(String, Tie)>,
    domain_blocks: Vec<String>,
}

/// Reads the account of that name, or the only one that there is.
///
/// Errors: `Invalid` for a file that is no export, and for none or several accounts without a name.
pub fn read(export: &Path, database: Option<&Path>, name: Option<&str>) -> Result<Old> {
    let mut export = parse(export)?;
    let mine = choose(&export, name)?;
    let me = export.accounts.remove(&mine).ok_or_else(Error::not_found)?;
    let mut old = Old {
        software: "gotosocial",
        key_id: me.public_key_uri.unwrap_or_else(|| format!("{}/main-key", me.uri)),
        rsa_pem: me.private_key.unwrap_or_default(),
        display_name: me.display_name.unwrap_or_default(),
        note: (me.note.unwrap_or_default(), me.note_raw.unwrap_or_default()),
        locked: me.locked.unwrap_or(true),
        discoverable: me.discoverable.unwrap_or(false),
        username: me.username,
        actor: me.uri,
        domain_blocks: export.domain_blocks,
        ..Old::default()
    };
    for (kind, tie) in export.ties {
        let (ours, theirs) = match (tie.account_id == mine, tie.target_account_id == mine) {
            (true, false) => (true, &tie.target_account_id),
            (false, true) => (false, &tie.account_id),
            _ => continue,
        };
        let Some(account) = export.accounts.get(theirs).filter(|a| !a.domain.is_empty()) else { continue };
        let person = old.person(&account.uri);
        describe(person, account);
        let state = if kind == "follow" { Follow::Yes } else { Follow::Requested };
        match (kind.as_str(), ours) {
            ("block", true) => person.blocked = true,
            ("block", false) => person.blocks_us = true,
            (_, true) => (person.followed, person.followed_uri) = (state, tie.uri),
            (_, false) => (person.follower, person.follower_uri) = (state, tie.uri),
        }
    }
    if let Some(database) = database {
        old.posts = takeover::gotosocial_posts(database, &mine)?.into_iter().map(post).collect();
    }
    Ok(old)
}

fn parse(path: &Path) -> Result<Export> {
    let wrong = |why: String| Error::invalid(format!("{} is no export of GoToSocial: {why}", path.display()));
    let file = std::fs::File::open(path).map_err(|e| wrong(e.to_string()))?;
    let mut export = Export::default();
    for entry in serde_json::Deserializer::from_reader(BufReader::new(file)).into_iter::<Value>() {
        let entry = entry.map_err(|e| wrong(e.to_string()))?;
        let kind = entry["type"].as_str().unwrap_or_default().to_owned();
        let broken = |e: serde_json::Error| wrong(format!("an entry of type {kind}: {e}"));
        match kind.as_str() {
            "account" => {
                let account: Written = serde_json::from_value(entry).map_err(broken)?;
                export.accounts.insert(account.id.clone(), account);
            }
            "follow" | "followRequest" | "block" => {
                let tie = serde_json::from_value(entry).map_err(broken)?;
                export.ties.push((kind, tie));
            }
            "user" => export.users.extend(entry["accountID"].as_str().map(str::to_owned)),
            "domainBlock" => export.domain_blocks.extend(entry["domain"].as_str().map(str::to_owned)),
            _ => (),
        }
    }
    Ok(export)
}

/// The instance has an account of its own, which nobody signs in to.
fn choose(export: &Export, name: Option<&str>) -> Result<String> {
    let of = |a: &&Written| {
        a.domain.is_empty()
            && a.suspended_at.is_none()
            && name.map_or_else(|| export.users.contains(&a.id), |name| a.username == name)
    };
    let mut found: Vec<&Written> = export.accounts.values().filter(of).collect();
    crate::model::sort::sort_by(&mut found, |a, b| a.username.cmp(&b.username));
    match found.as_slice() {
        [one] => Ok(one.id.clone()),
        [] => Err(Error::invalid("the export has no such account")),
        several => {
            let names: Vec<&str> = several.iter().map(|a| a.username.as_str()).collect();
            Err(Error::invalid(format!(
                "the export has several accounts; choose one with --account: {}",
                names.join(", ")
            )))
        }
    }
}

fn describe(person: &mut Person, from: &Written) {
    let account = &mut person.account;
    account.username.clone_from(&from.username);
    account.domain = Some(from.domain.clone());
    account.display_name = from.display_name.clone().unwrap_or_default();
    account.note = from.note.clone().unwrap_or_default();
    account.url = from.url.clone().unwrap_or_default();
    account.locked = from.locked.unwrap_or(false);
    account.suspended = from.suspended_at.is_some();
    account.endpoints = Endpoints {
        inbox: from.inbox.clone().unwrap_or_default(),
        shared_inbox: None,
        outbox: from.outbox.clone(),
        followers: from.followers_uri.clone(),
        following: from.following_uri.clone(),
        featured: from.featured_collection_uri.clone(),
    };
    person.keys = from.public_key_uri.clone().zip(from.public_key.clone()).into_iter().collect();
}

fn post(row: takeover::Row) -> OldPost {
    // A number since 0.18, a word before. What was for fewer than all followers stays behind, as letters do.
    let visibility = match row.visibility.as_str() {
        _ if row.local_only => Visibility::Direct,
        "2" | "public" => Visibility::Public,
        "3" | "unlocked" => Visibility::Unlisted,
        "4" | "followers_only" => Visibility::Private,
        _ => Visibility::Direct,
    };
    OldPost {
        id: None,
        uri: row.uri,
        url: row.url,
        content: row.content,
        text: row.text,
        spoiler_text: row.warning.unwrap_or_default(),
        sensitive: row.sensitive,
        visibility,
        language: row.language,
        created_at: Timestamp::parse_rfc3339(&row.created_at).unwrap_or_default(),
        in_reply_to: row.in_reply_to,
        pinned: row.pinned,
    }
}
