//! Notifications that are older than anybody scrolls. What is held back waits for the owner's decision, however long: it
//! hides the letter that it tells of.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::{all, first};
use rusqlite::Connection;

/// The oldest that are not among the `kept` newest and that came before then.
pub fn old(c: &Connection, before: Timestamp, kept: i64, limit: i64) -> Result<Vec<NotificationId>> {
    let before = before.0 << NotificationId::BITS;
    let oldest: Option<i64> =
        first(c, "SELECT id FROM notifications WHERE filtered = 0 ORDER BY id LIMIT 1", [], |r| r.get(0))?;
    if oldest.is_none_or(|id| id >= before) {
        return Ok(Vec::new()); // the usual case, and the newest need not be counted
    }
    let sql = "SELECT id FROM notifications WHERE filtered = 0 ORDER BY id DESC LIMIT 1 OFFSET ?1";
    let Some(last) = first(c, sql, [kept - 1], |r| r.get::<_, i64>(0))? else { return Ok(Vec::new()) };
    all(
        c,
        "SELECT id FROM notifications WHERE filtered = 0 AND id < ?1 ORDER BY id LIMIT ?2",
        (before.min(last), limit),
        |r| r.get(0),
    )
}

pub fn forget(tx: &Tx, ids: &[NotificationId]) -> Result<usize> {
    let ids = crate::store::row::id_list(ids.iter().copied());
    tx.run("DELETE FROM notifications WHERE id IN rarray(?1)", [ids])
}
