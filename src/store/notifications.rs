//! What the owner should hear of.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

fn from_row(r: &Row<'_>) -> rusqlite::Result<Notification> {
    let kind: String = r.get(1)?;
    Ok(Notification {
        id: r.get(0)?,
        // The column is written from the enum only; an unknown word would be of a newer version.
        kind: NotificationKind::parse(&kind).unwrap_or(NotificationKind::Mention),
        account_id: r.get(2)?,
        status_id: r.get(3)?,
        created_at: r.get(4)?,
    })
}

/// One of a kind per account and status: a second arrival is nothing. An edit tells again.
pub fn insert(
    tx: &Tx,
    kind: NotificationKind,
    by: AccountId,
    status: Option<StatusId>,
) -> Result<Option<NotificationId>> {
    if matches!(kind, NotificationKind::Update | NotificationKind::QuotedUpdate) {
        remove(tx, kind, by, status)?;
    }
    let id = NotificationId::at(tx.now);
    let made = tx.run(
        "INSERT OR IGNORE INTO notifications (id, kind, account_id, status_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        (id, kind.as_str(), by, status, tx.now),
    )?;
    Ok((made > 0).then_some(id))
}

pub fn remove(tx: &Tx, kind: NotificationKind, by: AccountId, status: Option<StatusId>) -> Result<()> {
    tx.run(
        "DELETE FROM notifications WHERE account_id = ?1 AND kind = ?2 AND ifnull(status_id, 0) = ifnull(?3, 0)",
        (by, kind.as_str(), status),
    )?;
    Ok(())
}

/// All that an account caused: it was blocked.
pub fn remove_by(tx: &Tx, by: AccountId) -> Result<()> {
    tx.run("DELETE FROM notifications WHERE account_id = ?1", [by])?;
    Ok(())
}

/// Which notifications. `kinds` of `None` is all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub kinds: Option<Vec<NotificationKind>>,
    pub exclude: Vec<NotificationKind>,
    pub account: Option<AccountId>,
}

pub fn list(c: &Connection, filter: &Filter, page: &Page) -> Result<Vec<Notification>> {
    let wanted: Vec<&str> = NotificationKind::ALL
        .into_iter()
        .filter(|k| filter.kinds.as_ref().is_none_or(|kinds| kinds.contains(k)))
        .filter(|k| !filter.exclude.contains(k))
        .map(NotificationKind::as_str)
        .collect();
    let sql = format!(
        "SELECT id, kind, account_id, status_id, created_at FROM notifications
          WHERE id > ?1 AND id < ?2 AND kind IN (SELECT value FROM json_each(?3))
            AND (?4 IS NULL OR account_id = ?4)
          ORDER BY id {} LIMIT ?5",
        page.order()
    );
    let (above, below) = page.bounds();
    let kinds = serde_json::to_string(&wanted).unwrap_or_else(|_| "[]".to_owned());
    let rows = all(c, &sql, (above, below, kinds, filter.account, page.limit), from_row)?;
    Ok(page.arrange(rows))
}

/// Those of one kind about one status (or none) between two points in time, newest first; at most `limit`.
pub fn about(
    c: &Connection,
    kind: NotificationKind,
    status: Option<StatusId>,
    from: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Notification>> {
    let sql = "SELECT id, kind, account_id, status_id, created_at FROM notifications
                WHERE kind = ?1 AND ifnull(status_id, 0) = ifnull(?2, 0)
                  AND created_at >= ?3 AND created_at < ?4
                ORDER BY id DESC LIMIT ?5";
    all(c, sql, (kind.as_str(), status, from, until, limit), from_row)
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: NotificationId) -> Result<Notification> {
    let sql = "SELECT id, kind, account_id, status_id, created_at FROM notifications WHERE id = ?1";
    first(c, sql, [id], from_row)?.ok_or_else(Error::not_found)
}

pub fn clear(tx: &Tx) -> Result<()> {
    tx.run("DELETE FROM notifications", [])?;
    Ok(())
}

pub fn dismiss(tx: &Tx, id: NotificationId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM notifications WHERE id = ?1", [id])?))
}

/// How many stand above `last_read`; counting ends at `limit`.
pub fn unread(c: &Connection, last_read: i64, limit: i64) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM notifications WHERE id > ?1 LIMIT ?2)";
    Ok(c.prepare_cached(sql)?.query_row((last_read, limit), |r| r.get(0))?)
}
