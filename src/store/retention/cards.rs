//! Previews of links that no post shows any more.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::{all, id_list};
use rusqlite::Connection;

/// Cards above an id that were first fetched before then, in their order.
pub fn older(c: &Connection, above: CardId, before: Timestamp, limit: i64) -> Result<Vec<CardId>> {
    let below = CardId(before.0 << CardId::BITS);
    all(
        c,
        "SELECT id FROM cards WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3",
        (above, below, limit),
        |r| r.get(0),
    )
}

/// Those of `ids` that no post shows and that were not fetched again since.
pub fn unused(c: &Connection, ids: &[CardId], before: Timestamp) -> Result<Vec<CardId>> {
    all(
        c,
        "SELECT c.id FROM cards c WHERE c.id IN rarray(?1) AND c.fetched_at < ?2
            AND NOT EXISTS (SELECT 1 FROM statuses s WHERE s.card_id = c.id)",
        (id_list(ids.iter().copied()), before),
        |r| r.get(0),
    )
}

pub fn forget(tx: &Tx, ids: &[CardId]) -> Result<usize> {
    tx.run("DELETE FROM cards WHERE id IN rarray(?1)", [id_list(ids.iter().copied())])
}
