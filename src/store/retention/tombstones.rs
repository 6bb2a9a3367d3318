//! Graves of others' posts: nothing brings those back after a year but their own server. The owner's stay, since our answer
//! is 410 for ever.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::all;
use rusqlite::Connection;

/// Graves dug from then on and before `before`, the oldest first.
pub fn older(
    c: &Connection,
    from: Timestamp,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(Timestamp, String)>> {
    all(
        c,
        "SELECT deleted_at, uri FROM tombstones WHERE deleted_at >= ?1 AND deleted_at < ?2 ORDER BY deleted_at LIMIT ?3",
        (from, before, limit),
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

pub fn forget(tx: &Tx, uri: &str) -> Result<usize> {
    tx.run("DELETE FROM tombstones WHERE uri = ?1", [uri])
}
