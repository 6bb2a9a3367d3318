//! Who follows whom, compared between two servers:
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md>

use super::deliver::host;
use super::follows;
use super::resolve::Errand;
use crate::ap::build;
use crate::ap::parse::value::ids;
use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::time::MINUTE;
use crate::model::*;
use crate::store::{accounts, relations};
use ring::digest::{SHA256, digest};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Digests are made anew after so long; one that is a little old costs the other server a look.
const KEPT: i64 = MINUTE;

/// Followers at each host, as the XOR of the hashes of their ids.
pub type Digests = HashMap<String, [u8; 32]>;

fn add(sum: &mut [u8; 32], uri: &str) {
    for (byte, more) in sum.iter_mut().zip(digest(&SHA256, uri.as_bytes()).as_ref()) {
        *byte ^= more;
    }
}

fn hex(sum: &[u8; 32]) -> String {
    sum.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // a String takes all
        text
    })
}

/// The header for what goes to followers at `host`.
///
/// Errors: those of the store.
pub fn header(app: &App, host: &str) -> Result<String> {
    let digests = app.digests.get(app.now(), KEPT, || digests_of_all(app))?;
    let sum = digests.get(host).copied().unwrap_or_default();
    let actor = app.instance.actor();
    Ok(format!(
        r#"collectionId="{actor}/followers", url="{actor}/followers_synchronization", digest="{}""#,
        hex(&sum)
    ))
}

fn digests_of_all(app: &App) -> Result<Digests> {
    let mut sums = Digests::new();
    app.store.read(|c| {
        relations::each_follower(c, |uri| {
            if let Some(host) = host(uri) {
                add(sums.entry(host).or_default(), uri);
            }
        })
    })?;
    Ok(sums)
}

/// What the digest of an account's followers here should be: the owner's, or nobody's.
pub fn digest_of_ours(app: &App, of: &Account) -> String {
    let mut sum = [0; 32];
    if of.relation.following == Follow::Yes {
        add(&mut sum, &app.instance.actor());
    }
    hex(&sum)
}

/// Fetches the followers that `account` is believed to have here, and mends what differs: a follow that they do not know
/// of ends, one that we do not know of is undone there, and a request that they list was accepted.
///
/// Errors: `Unavailable`, and those of the store.
pub fn compare(app: &App, account: AccountId, url: &str) -> Result<()> {
    let list = match Errand::new(app).fetch(url) {
        Ok(document) => document.json,
        Err(e) if matches!(e.kind, Kind::Unavailable | Kind::Internal) => return Err(e),
        Err(e) => {
            tracing::debug!(url, error = %e, "a list of followers cannot be had");
            return Ok(());
        }
    };
    // A server for one has one follower at most: the list is short, and a page of a long one is none of ours.
    let items =
        if list.get("orderedItems").is_some() { ids(&list, "orderedItems") } else { ids(&list, "items") };
    let me = &app.instance;
    let listed = items.contains(&me.actor());
    app.store.write(|tx| {
        let of = accounts::get(tx, account)?;
        match (listed, of.relation.following) {
            (true, Follow::Requested) => follows::accepted(tx, &of),
            (true, Follow::No) => {
                let id = format!("{}#follows/{}", me.actor(), RowId::at(tx.now));
                let undo = build::undo(me, build::follow(me, &id, &of.uri));
                super::deliver::to_account(tx, &undo, &of)
            }
            (false, Follow::Yes) => follows::refused(tx, &of),
            _ => Ok(()),
        }
    })
}
