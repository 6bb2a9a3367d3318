//! Apps that somebody registered and nobody signed in with.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::all;
use rusqlite::Connection;

/// Apps from before then with no token of the owner's, and none of their own from since then.
pub fn unused(c: &Connection, before: Timestamp, limit: i64) -> Result<Vec<AppId>> {
    let (app, token) = (AppId(before.0 << AppId::BITS), TokenId(before.0 << TokenId::BITS));
    all(
        c,
        "SELECT a.id FROM apps a WHERE a.id < ?1
            AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.app_id = a.id AND (t.user = 1 OR t.id >= ?2))
          ORDER BY a.id LIMIT ?3",
        (app, token, limit),
        |r| r.get(0),
    )
}

pub fn forget(tx: &Tx, ids: &[AppId]) -> Result<usize> {
    for id in ids {
        tx.run("DELETE FROM apps WHERE id = ?1", [id])?;
    }
    Ok(ids.len())
}
