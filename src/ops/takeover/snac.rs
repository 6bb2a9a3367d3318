//! snac: its folder as it lies on the disk, described in snac(5). <https://codeberg.org/grunfink/snac2>

use super::{Old, OldPost};
use crate::ap::parse::{self, value};
use crate::error::{Error, Result};
use crate::model::*;
use serde_json::Value;
use std::path::Path;

/// Reads the account of that name, or the only one that there is.
///
/// Errors: `Invalid` for a folder that is none of snac's, and for none or several accounts without a name.
pub fn read(folder: &Path, name: Option<&str>) -> Result<Old> {
    let server = json(&folder.join("server.json"))?;
    let text = |of: &Value, key: &str| of[key].as_str().unwrap_or_default().to_owned();
    let protocol =
        Some(text(&server, "protocol")).filter(|p| !p.is_empty()).unwrap_or_else(|| "https".into());
    let username = match name {
        Some(name) => name.to_owned(),
        None => only_one(&folder.join("user"))?,
    };
    let home = folder.join("user").join(&username);
    let (user, key) = (json(&home.join("user.json"))?, json(&home.join("key.json"))?);
    let actor = format!("{protocol}://{}{}/{username}", text(&server, "host"), text(&server, "prefix"));
    let bio = text(&user, "bio");
    let mut old = Old {
        software: "snac",
        key_id: format!("{actor}#main-key"),
        rsa_pem: text(&key, "secret"),
        display_name: text(&user, "name"),
        note: (crate::text::prose(&bio), bio),
        discoverable: true,
        locked: user["approve_followers"].as_bool().unwrap_or(false),
        username,
        actor: actor.clone(),
        ..Old::default()
    };
    // Each file is an actor's document.
    for document in files(&home.join("followers"), ".json") {
        if let Some(uri) = value::id(&document).map(str::to_owned) {
            describe(&mut old, &uri, &document);
            old.person(&uri).follower = Follow::Yes;
        }
    }
    // The Follow that was sent, or the Accept of it; beside it the actor, as `_a.json`.
    for document in files(&home.join("following"), ".json") {
        let (accepted, follow) = match value::kind(&document) {
            "Accept" => (true, document.get("object").cloned().unwrap_or_default()),
            "Follow" => (false, document),
            _ => {
                if let Some(uri) = value::id(&document).map(str::to_owned) {
                    describe(&mut old, &uri, &document);
                }
                continue;
            }
        };
        let Some(uri) = value::first_id(&follow, "object").filter(|uri| *uri != actor) else { continue };
        let person = old.person(&uri);
        person.followed = if accepted { Follow::Yes } else { Follow::Requested };
        person.followed_uri = value::id(&follow).map(str::to_owned);
    }
    for file in list(&home.join("muted")) {
        if let Some(uri) = std::fs::read_to_string(file).ok().as_deref().and_then(|t| value::web(t.trim())) {
            old.person(uri).muted = true;
        }
    }
    for document in files(&home.join("public"), ".json") {
        let Some(post) = parse::note(&document).filter(|post| post.attributed_to.first() == Some(&actor))
        else {
            continue;
        };
        let open = |of: &[String]| of.iter().any(|uri| value::is_public(uri));
        old.posts.push(OldPost {
            id: None,
            text: value::text(&document, "sourceContent"),
            visibility: match (open(&post.to), open(&post.cc)) {
                (true, _) => Visibility::Public,
                (_, true) => Visibility::Unlisted,
                _ => Visibility::Direct,
            },
            uri: post.uri,
            url: post.url,
            content: post.content,
            spoiler_text: post.summary.unwrap_or_default(),
            sensitive: post.sensitive,
            language: post.language,
            created_at: post.published.unwrap_or_default(),
            in_reply_to: post.in_reply_to,
            pinned: false,
        });
    }
    crate::model::sort::sort_by_key(&mut old.posts, |post| post.created_at);
    Ok(old)
}

fn describe(old: &mut Old, uri: &str, document: &Value) {
    if let Some(actor) = parse::actor(document).filter(|actor| actor.account.uri == uri) {
        let person = old.person(uri);
        (person.account, person.keys) = (actor.account, actor.keys);
    }
}

fn only_one(folder: &Path) -> Result<String> {
    let names: Vec<String> = list(folder)
        .iter()
        .filter(|path| path.is_dir())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    match names.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Error::invalid(format!("{} is no folder of snac's accounts", folder.display()))),
        several => Err(Error::invalid(format!(
            "there are several accounts; choose one with --account: {}",
            several.join(", ")
        ))),
    }
}

fn list(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    crate::model::sort::sort_by(&mut found, Ord::cmp);
    found
}

fn json(path: &Path) -> Result<Value> {
    let wrong = |why: String| Error::invalid(format!("{} cannot be read: {why}", path.display()));
    let bytes = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|e| wrong(e.to_string()))
}

/// Documents of a folder that can be read.
fn files(folder: &Path, ending: &str) -> Vec<Value> {
    let named = |path: &std::path::PathBuf| path.to_string_lossy().ends_with(ending);
    list(folder).iter().filter(|path| named(path)).filter_map(|path| json(path).ok()).collect()
}
