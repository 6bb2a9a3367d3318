//! What came from each server today: somebody who makes accounts and posts without end must not fill the file.

use super::Tx;
use super::row::first;
use crate::error::Result;
use crate::model::Timestamp;
use rusqlite::Connection;

/// New accounts of one server in a day. A post that all the world talks about brings some hundreds of the largest one.
pub const ACCOUNTS: i64 = 3_000;
/// New posts of one server in a day, by people whom the owner does not follow; a busy relay brings some thousands.
pub const STATUSES: i64 = 20_000;

/// New accounts and posts of that day.
pub fn today(c: &Connection, host: &str, now: Timestamp) -> Result<(i64, i64)> {
    let sql = "SELECT new_accounts, new_statuses FROM hosts WHERE host = ?1 AND day = ?2";
    let found = first(c, sql, (host, now.midnight()), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(found.unwrap_or_default())
}

pub fn is_full_of_accounts(tx: &Tx, host: &str) -> Result<bool> {
    Ok(today(tx, host, tx.now)?.0 >= ACCOUNTS)
}

/// What is written to the owner has as much room again: all that a relay brings of a large server must not lose an answer.
pub fn is_full_of_posts(tx: &Tx, host: &str, to_owner: bool) -> Result<bool> {
    let most = if to_owner { 2 * STATUSES } else { STATUSES };
    Ok(today(tx, host, tx.now)?.1 >= most)
}

/// The host is alive: a row that nobody needs would go, and the count with it.
pub fn count(tx: &Tx, host: &str, accounts: i64, statuses: i64) -> Result<()> {
    tx.run(
        "INSERT INTO hosts (host, seen_at, day, new_accounts, new_statuses) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (host) DO UPDATE SET
             new_accounts = excluded.new_accounts + CASE WHEN day = excluded.day THEN new_accounts ELSE 0 END,
             new_statuses = excluded.new_statuses + CASE WHEN day = excluded.day THEN new_statuses ELSE 0 END,
             day = excluded.day, seen_at = max(ifnull(seen_at, 0), excluded.seen_at)",
        (host, tx.now, tx.now.midnight(), accounts, statuses),
    )?;
    Ok(())
}
