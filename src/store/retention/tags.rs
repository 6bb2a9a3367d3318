//! Hashtags that no post has any more, and that the owner neither follows nor shows.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::{all, id_list};
use rusqlite::Connection;

/// Hashtags above an id that were first met before then, in their order.
pub fn older(c: &Connection, above: TagId, before: Timestamp, limit: i64) -> Result<Vec<TagId>> {
    let below = TagId(before.0 << TagId::BITS);
    all(c, "SELECT id FROM tags WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3", (above, below, limit), |r| {
        r.get(0)
    })
}

/// Those of `ids` that nothing has. The rows are asked, not the count.
pub fn unused(c: &Connection, ids: &[TagId]) -> Result<Vec<TagId>> {
    all(
        c,
        "SELECT t.id FROM tags t WHERE t.id IN rarray(?1) AND t.following_row IS NULL AND t.featured_row IS NULL
            AND NOT EXISTS (SELECT 1 FROM status_tags s WHERE s.tag_id = t.id)
            AND NOT EXISTS (SELECT 1 FROM collections c WHERE c.tag_id = t.id)",
        [id_list(ids.iter().copied())],
        |r| r.get(0),
    )
}

pub fn forget(tx: &Tx, ids: &[TagId]) -> Result<usize> {
    tx.run("DELETE FROM tags WHERE id IN rarray(?1)", [id_list(ids.iter().copied())])
}
