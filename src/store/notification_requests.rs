//! Requests: who waits with mentions that the policy held back.
//!
//! A request is a column of its sender's account; how much it is about is counted in the notifications.

use super::Tx;
use super::accounts::{COLUMNS, from_row};
use super::row::{all, first, id_list};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

/// Mastodon counts no further.
const COUNT: i64 = 100;

#[derive(Debug, Clone)]
pub struct Request {
    /// Its id, which pages the list and says when it began.
    pub row: RowId,
    pub account: Account,
    /// Mentions and quotes that are held back; counting ends at 100.
    pub count: i64,
    pub last_status: Option<StatusId>,
    /// Why the newest of them lies on the quiet shelf, if it does.
    pub signs: Vec<Sign>,
    pub updated_at: Timestamp,
}

/// What a request is about, of the account of the outer query.
const HELD: &str = "FROM notifications n INDEXED BY notifications_held
    WHERE n.account_id = accounts.id AND n.filtered = 1 AND n.kind IN ('mention', 'quote')";

fn sql(condition: &str) -> String {
    format!(
        "SELECT {COLUMNS}, request_row, (SELECT count(*) FROM (SELECT 1 {HELD} LIMIT {COUNT})) AS waiting,
                (SELECT n.status_id {HELD} ORDER BY n.id DESC LIMIT 1) AS last_status,
                (SELECT n.reason {HELD} ORDER BY n.id DESC LIMIT 1) AS reason,
                (SELECT n.id {HELD} ORDER BY n.id DESC LIMIT 1) AS last_id
           FROM accounts WHERE request_row IS NOT NULL AND {condition}"
    )
}

fn request(r: &Row<'_>) -> rusqlite::Result<Request> {
    let row: RowId = r.get("request_row")?;
    let last: Option<NotificationId> = r.get("last_id")?;
    Ok(Request {
        row,
        account: from_row(r)?,
        count: r.get("waiting")?,
        last_status: r.get("last_status")?,
        signs: r.get::<_, Option<String>>("reason")?.map_or_else(Vec::new, |reason| Sign::read(&reason)),
        updated_at: last.map_or(row.time(), NotificationId::time),
    })
}

/// Newest first.
pub fn list(c: &Connection, page: &Page) -> Result<Vec<Request>> {
    let range =
        format!("request_row > ?1 AND request_row < ?2 ORDER BY request_row {} LIMIT ?3", page.order());
    let (above, below) = page.bounds();
    Ok(page.arrange(all(c, &sql(&range), (above, below, page.limit), request)?))
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: RowId) -> Result<Request> {
    first(c, &sql("request_row = ?1"), [id], request)?.ok_or_else(Error::not_found)
}

/// Whose requests those of `ids` are that exist.
pub fn senders(c: &Connection, ids: &[RowId]) -> Result<Vec<AccountId>> {
    let sql = "SELECT id FROM accounts WHERE request_row IS NOT NULL
                  AND request_row IN rarray(?1)";
    all(c, sql, [id_list(ids.iter().copied())], |r| r.get(0))
}

/// How many requests wait, and with how many notifications. At most 100 requests are looked at.
pub fn summary(c: &Connection) -> Result<(i64, i64)> {
    let sql = format!(
        "SELECT count(*), ifnull(sum(waiting), 0) FROM (
             SELECT (SELECT count(*) FROM (SELECT 1 {HELD} LIMIT {COUNT})) AS waiting
               FROM accounts WHERE request_row IS NOT NULL LIMIT {COUNT})"
    );
    Ok(first(c, &sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?.unwrap_or_default())
}

/// Opens a request, if there is none.
pub fn open(tx: &Tx, account: AccountId) -> Result<()> {
    tx.run(
        "UPDATE accounts SET request_row = ?2 WHERE id = ?1 AND request_row IS NULL",
        (account, RowId::at(tx.now)),
    )?;
    Ok(())
}

/// Ends a request: it was answered.
pub fn close(tx: &Tx, account: AccountId) -> Result<()> {
    tx.run("UPDATE accounts SET request_row = NULL WHERE id = ?1", [account])?;
    Ok(())
}

/// From now on the policy does not hold for this account.
pub fn allow(tx: &Tx, account: AccountId) -> Result<()> {
    tx.run("UPDATE accounts SET notifications_allowed = 1 WHERE id = ?1", [account])?;
    Ok(())
}

pub fn is_allowed(c: &Connection, account: AccountId) -> Result<bool> {
    let sql = "SELECT notifications_allowed FROM accounts WHERE id = ?1";
    Ok(first(c, sql, [account], |r| r.get(0))?.unwrap_or(false))
}

/// The newest that is held back of an account.
pub fn newest_held(c: &Connection, account: AccountId) -> Result<NotificationId> {
    let sql = "SELECT id FROM notifications INDEXED BY notifications_held
                WHERE account_id = ?1 AND filtered = 1 ORDER BY id DESC LIMIT 1";
    Ok(first(c, sql, [account], |r| r.get(0))?.unwrap_or_default())
}

/// A notification that is held back, what it is about, and whether it lies on the quiet shelf.
pub type Held = (NotificationId, Option<StatusId>, bool);

/// The oldest of those that are held back, up to one of them.
pub fn held(c: &Connection, account: AccountId, up_to: NotificationId, limit: i64) -> Result<Vec<Held>> {
    let sql = "SELECT id, status_id, reason IS NOT NULL FROM notifications INDEXED BY notifications_held
                WHERE account_id = ?1 AND filtered = 1 AND id <= ?2 ORDER BY id LIMIT ?3";
    all(c, sql, (account, up_to, limit), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
}

/// Puts held-back notifications into the list.
pub fn release(tx: &Tx, ids: &[NotificationId]) -> Result<()> {
    tx.run(
        "UPDATE notifications SET filtered = 0, reason = NULL WHERE id IN rarray(?1)",
        [id_list(ids.iter().copied())],
    )?;
    Ok(())
}

pub fn remove(tx: &Tx, ids: &[NotificationId]) -> Result<()> {
    tx.run("DELETE FROM notifications WHERE id IN rarray(?1)", [id_list(ids.iter().copied())])?;
    Ok(())
}

/// Whether, within a hundred posts above and with `parent`, the owner wrote to `sender` directly: then a
/// direct post of theirs is an answer.
pub fn is_answer(c: &Connection, parent: StatusId, sender: AccountId) -> Result<bool> {
    let sql = "
        WITH RECURSIVE up (id, parent, ours, depth) AS (
            SELECT id, in_reply_to_id, local = 1 AND visibility = 3, 0 FROM statuses WHERE id = ?1
            UNION ALL
            SELECT s.id, s.in_reply_to_id, s.local = 1 AND s.visibility = 3, up.depth + 1
              FROM up JOIN statuses s ON s.id = up.parent WHERE up.depth < 100)
        SELECT 1 FROM up JOIN mentions m ON m.status_id = up.id
         WHERE up.ours AND m.account_id = ?2 AND m.silent = 0 LIMIT 1";
    Ok(first(c, sql, (parent, sender), |_| Ok(()))?.is_some())
}
