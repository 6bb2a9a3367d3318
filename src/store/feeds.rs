//! Feeds that the owner follows. Each is an account; this is how it is asked.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

#[derive(Debug, Clone, Default)]
pub struct Feed {
    pub account: AccountId,
    pub url: String,
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// What stood in it the last time, as short digests with blanks between.
    pub seen: String,
    /// Milliseconds between two looks.
    pub wait: i64,
    pub fetched_at: Option<Timestamp>,
    /// `None`: nobody looks again.
    pub next_at: Option<Timestamp>,
    pub fault: Option<String>,
}

const COLUMNS: &str =
    "f.account_id, f.url, f.etag, f.modified, f.seen, f.wait, f.fetched_at, f.next_at, f.fault";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        account: r.get(0)?,
        url: r.get(1)?,
        etag: r.get(2)?,
        modified: r.get(3)?,
        seen: r.get(4)?,
        wait: r.get(5)?,
        fetched_at: r.get(6)?,
        next_at: r.get(7)?,
        fault: r.get(8)?,
    })
}

pub fn get(c: &Connection, account: AccountId) -> Result<Option<Feed>> {
    first(c, &format!("SELECT {COLUMNS} FROM feeds f WHERE f.account_id = ?1"), [account], from_row)
}

pub fn by_url(c: &Connection, url: &str) -> Result<Option<Feed>> {
    first(c, &format!("SELECT {COLUMNS} FROM feeds f WHERE f.url = ?1"), [url], from_row)
}

/// Those that the owner follows, the newest first.
pub fn followed(c: &Connection, limit: i64) -> Result<Vec<Feed>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM accounts a JOIN feeds f ON f.account_id = a.id
          WHERE a.following = 2 ORDER BY a.following_row DESC LIMIT ?1"
    );
    all(c, &sql, [limit], from_row)
}

/// Makes it, or writes down how the last look went.
pub fn put(tx: &Tx, feed: &Feed) -> Result<()> {
    tx.run(
        "INSERT INTO feeds (account_id, url, etag, modified, seen, wait, fetched_at, next_at, fault)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (account_id) DO UPDATE SET url = ?2, etag = ?3, modified = ?4, seen = ?5, wait = ?6, fetched_at = ?7,
             next_at = ?8, fault = ?9",
        (
            feed.account,
            &feed.url,
            &feed.etag,
            &feed.modified,
            &feed.seen,
            feed.wait,
            feed.fetched_at,
            feed.next_at,
            &feed.fault,
        ),
    )?;
    Ok(())
}
