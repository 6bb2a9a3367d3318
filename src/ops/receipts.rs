//! What became of an own post on its way: how many servers have it, and why the others do not.

use super::deliver;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{Status, StatusId};
use crate::store::deliveries::{self, Receipt, Undelivered};
use crate::store::statuses;
use rusqlite::Connection;
use std::collections::HashSet;

/// Servers that are named one by one.
const NAMED: i64 = 500;

#[derive(Debug, Clone)]
pub struct Receipts {
    pub status: Status,
    pub sums: Receipt,
    /// Servers among them that cannot be reached at all.
    pub down: usize,
    /// Five hundred at most.
    pub undelivered: Vec<Undelivered>,
}

/// Errors: `NotFound` for what is no post or boost of the owner's.
pub fn of(app: &App, id: StatusId) -> Result<Receipts> {
    app.store.read(|c| {
        let status = own(c, id)?;
        let undelivered = deliveries::undelivered(c, id, NAMED)?;
        let down: HashSet<&str> =
            undelivered.iter().filter(|one| one.down_since.is_some()).map(|one| one.host.as_str()).collect();
        Ok(Receipts { down: down.len(), sums: deliveries::receipt(c, id)?, undelivered, status })
    })
}

/// Tries again now whatever has not arrived.
///
/// Errors: as [`of`].
pub fn retry(app: &App, id: StatusId) -> Result<()> {
    app.store.write(|tx| {
        own(tx, id)?;
        deliver::retry(tx, id)
    })
}

fn own(c: &Connection, id: StatusId) -> Result<Status> {
    statuses::many(c, &[id])?.remove(&id).filter(|s| s.local).ok_or_else(Error::not_found)
}
