//! What the owner began to write. The pictures in it are kept by `media.draft_id`.

use super::row::{all, first};
use super::{Tx, media};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

/// More are not kept, and not listed.
pub const LIMIT: i64 = 100;

const COLUMNS: &str = "id, key, content, updated_at";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft { id: r.get(0)?, key: r.get(1)?, content: r.get(2)?, updated_at: r.get(3)? })
}

/// What was written last comes first.
pub fn list(c: &Connection) -> Result<Vec<Draft>> {
    all(c, &format!("SELECT {COLUMNS} FROM drafts ORDER BY updated_at DESC LIMIT ?1"), [LIMIT], from_row)
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: DraftId) -> Result<Draft> {
    first(c, &format!("SELECT {COLUMNS} FROM drafts WHERE id = ?1"), [id], from_row)?
        .ok_or_else(Error::not_found)
}

pub fn by_key(c: &Connection, key: &str) -> Result<Option<Draft>> {
    first(c, &format!("SELECT {COLUMNS} FROM drafts WHERE key = ?1"), [key], from_row)
}

pub fn count(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT count(*) FROM drafts")?.query_row([], |r| r.get(0))?)
}

/// Keeps it, or puts it into the place of the one with that key.
pub fn put(tx: &Tx, key: &str, content: &str, media: &[MediaId]) -> Result<DraftId> {
    let id = by_key(tx, key)?.map_or_else(|| DraftId::at(tx.now), |before| before.id);
    tx.run(
        "INSERT INTO drafts (id, key, content, updated_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET content = ?3, updated_at = ?4",
        (id, key, content, tx.now),
    )?;
    media::hold(tx, id, media)?;
    Ok(id)
}

/// Its pictures stay for a day.
pub fn delete(tx: &Tx, id: DraftId) -> Result<Change> {
    media::hold(tx, id, &[])?;
    Ok(Change::of(tx.run("DELETE FROM drafts WHERE id = ?1", [id])?))
}

/// What was in the box of that key is posted.
pub fn done(tx: &Tx, key: &str) -> Result<()> {
    if let Some(draft) = by_key(tx, key)? {
        delete(tx, draft.id)?;
    }
    Ok(())
}
