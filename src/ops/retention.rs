//! What is forgotten, a few thousand rows an hour: old posts of others, and then the accounts, previews and hashtags that
//! nothing needs without them. Each is walked from the oldest upwards, at most once a week from the beginning again, since
//! what was kept may be free by then.

use crate::app::App;
use crate::error::Result;
use crate::model::time::DAY;
use crate::model::{AccountId, CardId, StatusId, TagId, Timestamp};
use crate::store::retention::{accounts, apps, cards, hosts, notifications, posts, tags, tombstones};
use crate::store::{Tx, instance};

/// A new round begins so long after the last one, when that has ended.
const ROUND: i64 = 7 * DAY;
/// A preview that no post shows, and an app that nobody signed in with.
const UNUSED: i64 = 30 * DAY;
/// A hashtag: the post that has it may be on its way.
const UNTAGGED: i64 = DAY;
/// Notifications are kept for so long, and the newest of them in any case.
const NOTIFIED: i64 = 2 * 365 * DAY;
const NOTIFICATIONS: i64 = 20_000;
/// What is known of a host, and the graves of others' posts.
const YEAR: i64 = 365 * DAY;
/// Rows of those that need no round, in one transaction an hour.
const ROWS: i64 = 500;

/// How far the tombstones were looked at: the owner's stay.
const GRAVES: &str = "retention_graves";

/// One kind of rows, and how they are walked. How far the round came and when it began stand in the settings.
struct Walk {
    cursor: &'static str,
    began: &'static str,
    /// Rows that one transaction looks at, and transactions of one hour.
    batch: i64,
    batches: usize,
}

const POSTS: Walk = Walk { cursor: "retention_cursor", began: "retention_began", batch: 50, batches: 100 };
const ACCOUNTS: Walk =
    Walk { cursor: "retention_accounts_cursor", began: "retention_accounts_began", batch: 100, batches: 50 };
const CARDS: Walk =
    Walk { cursor: "retention_cards_cursor", began: "retention_cards_began", batch: 250, batches: 20 };
const TAGS: Walk =
    Walk { cursor: "retention_tags_cursor", began: "retention_tags_began", batch: 250, batches: 20 };

/// What one step of a walk saw.
struct Step {
    /// The last row that it looked at; none where nothing was left.
    last: Option<i64>,
    forgotten: usize,
}

/// Goes on with each round, or begins the next one. Gives how many rows were forgotten.
///
/// Errors: those of the store.
pub fn run(app: &App) -> Result<usize> {
    // Fewer than the operator's, when the database outgrows its part of the disk.
    let days = app.room.days();
    let mut forgotten = 0;
    // What hangs on others comes after them. No days: everything of others is kept, and then they are, too.
    if days > 0 {
        let age = days * DAY;
        forgotten +=
            walk(app, &POSTS, |tx, above, limit| posts(tx, StatusId(above), tx.now.plus(-age), limit))?;
    }
    forgotten += walk(app, &CARDS, |tx, above, limit| {
        let before = tx.now.plus(-UNUSED);
        let seen = cards::older(tx, CardId(above), before, limit)?;
        let forgotten = cards::forget(tx, &cards::unused(tx, &seen, before)?)?;
        Ok(Step { last: seen.last().map(|id| id.0), forgotten })
    })?;
    forgotten += walk(app, &TAGS, |tx, above, limit| {
        let seen = tags::older(tx, TagId(above), tx.now.plus(-UNTAGGED), limit)?;
        let forgotten = tags::forget(tx, &tags::unused(tx, &seen)?)?;
        Ok(Step { last: seen.last().map(|id| id.0), forgotten })
    })?;
    forgotten += app.store.write(rest)?;
    if days > 0 {
        let age = days * DAY;
        forgotten += walk(app, &ACCOUNTS, |tx, above, limit| {
            let recent = tx.now.plus(-age);
            let seen = accounts::older(tx, AccountId(above), recent, limit)?;
            let forgotten = accounts::forget(tx, &accounts::unneeded(tx, &seen, recent)?)?;
            Ok(Step { last: seen.last().map(|id| id.0), forgotten })
        })?;
    }
    if forgotten > 0 {
        tracing::info!(forgotten, "what nobody needs any more was forgotten");
    }
    Ok(forgotten)
}

/// Posts of others whose whole thread nobody here touched.
fn posts(tx: &Tx, above: StatusId, recent: Timestamp, limit: i64) -> Result<Step> {
    let seen = posts::older(tx, above, recent, limit)?;
    let mut free = Vec::new();
    for id in posts::untouched(tx, &seen, recent)? {
        if !posts::is_thread_kept(tx, id, recent)? {
            free.push(id);
        }
    }
    posts::forget(tx, &free)?;
    Ok(Step { last: seen.last().map(|id| id.0), forgotten: free.len() })
}

/// What an index on age finds at once.
fn rest(tx: &Tx) -> Result<usize> {
    let old = notifications::old(tx, tx.now.plus(-NOTIFIED), NOTIFICATIONS, ROWS)?;
    let unused = apps::unused(tx, tx.now.plus(-UNUSED), ROWS)?;
    let silent = hosts::unneeded(tx, tx.now.plus(-YEAR), ROWS)?;
    let forgotten =
        notifications::forget(tx, &old)? + apps::forget(tx, &unused)? + hosts::forget(tx, &silent)?;
    Ok(forgotten + graves(tx)?)
}

/// Graves are dug in the order of time, so that one look at each is enough.
fn graves(tx: &Tx) -> Result<usize> {
    let Some(me) = instance::get(tx)? else { return Ok(0) };
    let from = instance::number(tx, GRAVES)?.unwrap_or(0);
    let found = tombstones::older(tx, Timestamp(from), tx.now.plus(-YEAR), ROWS)?;
    let mut forgotten = 0;
    for (_, uri) in &found {
        if !me.owns(uri) {
            forgotten += tombstones::forget(tx, uri)?;
        }
    }
    if let Some((at, _)) = found.last() {
        // So many of one millisecond: the rest of them stay, rather than this one for ever.
        let stuck = at.0 == from && found.len() >= usize::try_from(ROWS).unwrap_or(usize::MAX);
        instance::set_number(tx, GRAVES, at.0 + i64::from(stuck))?;
    }
    Ok(forgotten)
}

/// Walks on from where the last hour ended.
fn walk(app: &App, of: &Walk, step: impl Fn(&Tx, i64, i64) -> Result<Step>) -> Result<usize> {
    let mut forgotten = 0;
    for _ in 0..of.batches {
        let (gone, goes_on) = app.store.write(|tx| {
            let began = instance::number(tx, of.began)?;
            let cursor = instance::number(tx, of.cursor)?.unwrap_or(0);
            let Step { last, forgotten } = step(tx, cursor, of.batch)?;
            // Only a round that came to its end is followed by another: a large file may take longer than a week.
            let again = last.is_none() && began.is_some_and(|began| began + ROUND <= tx.now.0);
            if again || began.is_none() {
                instance::set_number(tx, of.began, tx.now.0)?;
            }
            instance::set_number(tx, of.cursor, if again { 0 } else { last.unwrap_or(cursor) })?;
            Ok((forgotten, again || last.is_some()))
        })?;
        forgotten += gone;
        if !goes_on {
            break;
        }
    }
    Ok(forgotten)
}
