//! Whom the owner may want to know: found in what is stored already, nobody is asked.

use super::Tx;
use super::accounts::{COLUMNS, from_row};
use super::row::all;
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, named_params};

/// Posts of home that are looked through. The work is the same whatever the file's size.
const RECENT: i64 = 1_000;

/// Nobody whom the owner blocked or muted, who blocks the owner, or who is gone.
const WELCOME: &str = "accounts.suspended = 0 AND accounts.moved_to IS NULL AND accounts.blocking_row IS NULL
    AND accounts.blocked_by = 0 AND NOT accounts.domain_blocked & 3 AND NOT (accounts.muting_row IS NOT NULL
        AND ifnull(accounts.muting_until, :now + 1) > :now)";

/// People whom those boost, answer or mention whom the owner follows, the most often met first: who wants to
/// be found, is not followed yet, and was not sent away.
pub fn friends_of_friends(c: &Connection, now: Timestamp, limit: i64, offset: i64) -> Result<Vec<Account>> {
    let sql = format!(
        "WITH recent (id, reblog_of_id, answered) AS (
             SELECT id, reblog_of_id, in_reply_to_account_id FROM statuses
              WHERE in_home > 0 AND local = 0 ORDER BY id DESC LIMIT :recent),
           met (account_id) AS (
             SELECT s.account_id FROM recent CROSS JOIN statuses s ON s.id = recent.reblog_of_id
             UNION ALL SELECT answered FROM recent WHERE answered IS NOT NULL
             UNION ALL SELECT m.account_id FROM recent CROSS JOIN mentions m ON m.status_id = recent.id)
         SELECT {COLUMNS} FROM (SELECT account_id, count(*) AS n FROM met GROUP BY account_id) AS met
           CROSS JOIN accounts ON accounts.id = met.account_id
          WHERE accounts.following = 0 AND accounts.domain IS NOT NULL AND accounts.discoverable = 1
            AND accounts.memorial = 0 AND accounts.unsuggested = 0 AND {WELCOME}
          ORDER BY met.n DESC, accounts.id LIMIT :limit OFFSET :offset"
    );
    all(c, &sql, named_params! {":recent": RECENT, ":now": now, ":limit": limit, ":offset": offset}, from_row)
}

/// The owner does not want to see somebody suggested.
pub fn dismiss(tx: &Tx, id: AccountId) -> Result<()> {
    tx.run("UPDATE accounts SET unsuggested = 1 WHERE id = ?1 AND domain IS NOT NULL", [id])?;
    Ok(())
}

/// How a directory is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By the last post.
    Active,
    /// By when they became known here.
    New,
}

/// Accounts that want to be found, remote ones and the owner's.
pub fn directory(
    c: &Connection,
    now: Timestamp,
    order: Order,
    limit: i64,
    offset: i64,
) -> Result<Vec<Account>> {
    let (index, column) = match order {
        Order::Active => ("accounts_active", "accounts.last_status_at"),
        Order::New => ("accounts_discoverable", "accounts.id"),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM accounts INDEXED BY {index} WHERE discoverable = 1 AND {WELCOME}
          ORDER BY {column} DESC LIMIT :limit OFFSET :offset"
    );
    all(c, &sql, named_params! {":now": now, ":limit": limit, ":offset": offset}, from_row)
}
