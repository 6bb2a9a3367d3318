//! The one rule of what the owner hears of.

use crate::error::Result;
use crate::model::{Account, Event, NotificationKind, Status};
use crate::store::{Tx, markers, notifications};
use rusqlite::Connection;

/// Tells the owner, once of a kind per account and status.
///
/// Not about blocked accounts and servers, nor about muted ones whose notifications are muted too, nor about
/// muted threads.
pub fn notify(tx: &Tx, kind: NotificationKind, by: &Account, status: Option<&Status>) -> Result<()> {
    let relation = &by.relation;
    let silenced = relation.muting(tx.now) && relation.muting_notifications;
    let quiet_thread = status.is_some_and(|s| s.viewer.muted) && kind != NotificationKind::Status;
    if by.is_owner() || relation.blocking() || relation.domain_blocked || silenced || quiet_thread {
        return Ok(());
    }
    if let Some(id) = notifications::insert(tx, kind, by.id, status.map(|s| s.id))? {
        tx.after_commit(Event::Notified(id));
    }
    Ok(())
}

/// Takes it back: the favourite was undone, the request answered.
pub fn withdraw(tx: &Tx, kind: NotificationKind, by: &Account, status: Option<&Status>) -> Result<()> {
    notifications::remove(tx, kind, by.id, status.map(|s| s.id))
}

/// The marker of the list of notifications, which apps and pages move.
pub const MARKER: &str = "notifications";

/// The newest notification that the owner has seen, by that marker; 0 before the first look.
pub fn last_read(c: &Connection) -> Result<i64> {
    Ok(markers::get(c, MARKER)?.and_then(|m| m.last_read_id.parse().ok()).unwrap_or(0))
}

/// How many are newer than that; counting ends at `limit`.
pub fn unread(c: &Connection, limit: i64) -> Result<i64> {
    notifications::unread(c, last_read(c)?, limit)
}
