//! What is known of strangers: whether anybody here knows them, what else came from their server, and how much of
//! theirs is kept. Each question looks at a few rows of an index, however much there is.

use super::Tx;
use super::row::{all, first, id_list};
use crate::error::Result;
use crate::model::time::HOUR;
use crate::model::*;
use rusqlite::Connection;

/// Rows of one person that are looked at.
const LOOK: i64 = 50;
/// Notifications of the last hour that are counted.
const COUNTED: i64 = 200;
/// What strangers of one server, and all of them, may leave on the shelf: the oldest makes room.
const OF_HOST: i64 = 500;
const OF_ALL: i64 = 5_000;
/// Rows that make room at once.
const ROOM: i64 = 20;

/// What the account says beside [`Relation`]: whether the owner let them in, and whether something of theirs lies on the
/// shelf.
pub fn standing(c: &Connection, account: AccountId) -> Result<(bool, bool)> {
    let sql = format!(
        "SELECT notifications_allowed, request_row IS NOT NULL AND EXISTS (
             SELECT 1 FROM (SELECT n.reason FROM notifications n INDEXED BY notifications_held
                             WHERE n.account_id = ?1 AND n.filtered = 1 ORDER BY n.id DESC LIMIT {LOOK})
              WHERE reason IS NOT NULL)
           FROM accounts WHERE id = ?1"
    );
    Ok(first(c, &sql, [account], |r| Ok((r.get(0)?, r.get(1)?)))?.unwrap_or_default())
}

/// Whether they are known: the owner, somebody whom the owner follows, or a follower since `settled` named them,
/// answered them or boosted them here.
pub fn is_vouched(c: &Connection, account: AccountId, settled: Timestamp) -> Result<bool> {
    let known = "(a.domain IS NULL OR a.following = 2 OR (a.follower = 2 AND a.follower_row < ?2))";
    let sql = format!(
        "SELECT 1 WHERE EXISTS (
             SELECT 1 FROM (SELECT status_id FROM mentions WHERE account_id = ?1 ORDER BY status_id DESC LIMIT {LOOK}) last_named
                      CROSS JOIN statuses s ON s.id = last_named.status_id CROSS JOIN accounts a ON a.id = s.account_id
              WHERE {known} AND a.id <> ?1)
          OR EXISTS (
             SELECT 1 FROM (SELECT account_id FROM statuses WHERE in_reply_to_account_id = ?1 ORDER BY id DESC LIMIT {LOOK}) last_answered
                      CROSS JOIN accounts a ON a.id = last_answered.account_id WHERE {known} AND a.id <> ?1)
          OR EXISTS (
             SELECT 1 FROM (SELECT id, favourited_row FROM statuses WHERE account_id = ?1 ORDER BY id DESC LIMIT {LOOK}) last_post
              WHERE last_post.favourited_row IS NOT NULL OR EXISTS (
                    SELECT 1 FROM (SELECT account_id FROM statuses WHERE reblog_of_id = last_post.id LIMIT {LOOK}) last_boost
                             CROSS JOIN accounts a ON a.id = last_boost.account_id WHERE {known} AND a.id <> ?1))"
    );
    Ok(first(c, &sql, (account, settled.0 << RowId::BITS), |_| Ok(()))?.is_some())
}

/// Whether the owner was told of something by them before.
pub fn was_told(c: &Connection, account: AccountId) -> Result<bool> {
    let sql = format!(
        "SELECT 1 FROM (SELECT filtered FROM notifications WHERE account_id = ?1 ORDER BY id DESC LIMIT {LOOK})
          WHERE filtered = 0 LIMIT 1"
    );
    Ok(first(c, &sql, [account], |_| Ok(()))?.is_some())
}

/// How many other strangers of that server, and how many who said the same, told the owner something within the hour.
pub fn company(
    c: &Connection,
    by: AccountId,
    host: &str,
    words: Option<i64>,
    now: Timestamp,
) -> Result<(i64, i64)> {
    let since = now.plus(-HOUR).0 << NotificationId::BITS;
    let count = |column: &str| {
        format!(
            "SELECT count(DISTINCT account_id) FROM (
                 SELECT account_id FROM notifications WHERE {column} = ?1 AND id > ?2 ORDER BY id DESC LIMIT {COUNTED})
              WHERE account_id <> ?3"
        )
    };
    let of_host = first(c, &count("host"), (host, since, by), |r| r.get(0))?.unwrap_or(0);
    let alike = match words {
        Some(words) => first(c, &count("words"), (words, since, by), |r| r.get(0))?.unwrap_or(0),
        None => 0,
    };
    Ok((of_host, alike))
}

/// Notes of a notification who said what, and on account of what it is on the shelf.
pub fn mark(tx: &Tx, id: NotificationId, signs: &[Sign], host: &str, words: Option<i64>) -> Result<()> {
    let reason = Some(Sign::write(signs)).filter(|reason| !reason.is_empty());
    tx.run(
        "UPDATE notifications SET reason = ?2, host = ?3, words = ?4 WHERE id = ?1",
        (id, reason, host, words),
    )?;
    Ok(())
}

/// Whether a notification of that post lies on the shelf.
pub fn is_shelved(c: &Connection, status: StatusId) -> Result<bool> {
    let sql = "SELECT 1 FROM notifications INDEXED BY notifications_by_status
                WHERE status_id = ?1 AND reason IS NOT NULL LIMIT 1";
    Ok(first(c, sql, [status], |_| Ok(()))?.is_some())
}

/// Makes room on the shelf: the oldest of a server that fills it, and of all. Gives what those were about.
pub fn make_room(tx: &Tx, host: &str) -> Result<Vec<StatusId>> {
    let of = |condition: &str, kept: i64| {
        format!(
            "SELECT id, status_id FROM notifications WHERE reason IS NOT NULL AND {condition}
              ORDER BY id DESC LIMIT {ROOM} OFFSET {kept}"
        )
    };
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
    let mut surplus: Vec<(NotificationId, Option<StatusId>)> =
        all(tx, &of("host = ?1", OF_HOST), [host], row)?;
    surplus.extend(all(tx, &of("true", OF_ALL), [], row)?);
    if surplus.is_empty() {
        return Ok(Vec::new());
    }
    super::notification_requests::remove(tx, &surplus.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
    Ok(surplus.into_iter().filter_map(|(_, status)| status).collect())
}

/// Those of `ids` by somebody else that nobody did anything with: no answer, no boost, no quote, nothing of the owner's.
pub fn idle(c: &Connection, ids: &[StatusId]) -> Result<Vec<StatusId>> {
    all(
        c,
        "SELECT s.id FROM statuses s
          WHERE s.id IN rarray(?1) AND s.local = 0 AND s.favourited_row IS NULL AND s.bookmarked_row IS NULL
            AND s.reblogged_by_id IS NULL AND s.in_home = 0
            AND NOT EXISTS (SELECT 1 FROM statuses r WHERE r.in_reply_to_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM statuses b WHERE b.reblog_of_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM quotes q WHERE q.quoted_status_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM reactions r WHERE r.status_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM filter_statuses f WHERE f.status_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.status_id = s.id)",
        [id_list(ids.iter().copied())],
        |r| r.get(0),
    )
}

/// It is not for home, whatever hashtags it has.
pub fn keep_from_home(tx: &Tx, id: StatusId) -> Result<()> {
    tx.run("UPDATE statuses SET in_home = 0 WHERE id = ?1 AND in_home > 0", [id])?;
    Ok(())
}

/// Clears away what is held back of at most `limit` who wait, so that it can be brought back; how many those were.
pub fn clear(tx: &Tx, limit: i64) -> Result<i64> {
    let waiting: Vec<AccountId> = all(
        tx,
        "SELECT id FROM accounts WHERE request_row IS NOT NULL ORDER BY request_row LIMIT ?1",
        [limit],
        |r| r.get(0),
    )?;
    let of = id_list(waiting.iter().copied());
    tx.run(
        "UPDATE notifications SET filtered = 2 WHERE id IN (
             SELECT n.id FROM notifications n INDEXED BY notifications_held
              WHERE n.account_id IN rarray(?1) AND n.filtered = 1)",
        [of.clone()],
    )?;
    tx.run("UPDATE accounts SET request_row = NULL WHERE id IN rarray(?1)", [of])?;
    Ok(i64::try_from(waiting.len()).unwrap_or(limit))
}

/// A notification that was cleared away, who sent it, and what it is about.
pub type Cleared = (NotificationId, AccountId, Option<StatusId>);

/// The oldest that were cleared away.
pub fn cleared(c: &Connection, limit: i64) -> Result<Vec<Cleared>> {
    let sql = "SELECT id, account_id, status_id FROM notifications WHERE filtered = 2 ORDER BY id LIMIT ?1";
    all(c, sql, [limit], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
}

/// Holds these back again: each sender waits anew.
pub fn bring_back(tx: &Tx, cleared: &[Cleared]) -> Result<()> {
    let ids = id_list(cleared.iter().map(|(id, ..)| *id));
    tx.run("UPDATE notifications SET filtered = 1 WHERE id IN rarray(?1)", [ids])?;
    for (_, account, _) in cleared {
        super::notification_requests::open(tx, *account)?;
    }
    Ok(())
}
