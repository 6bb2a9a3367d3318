//! The owner's custom emojis. A few hundred at most, read whole.

use super::Tx;
use super::row::{Json, all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

const COLUMNS: &str = "id, shortcode, blob, static_blob, category, updated_at";

fn from_row(r: &Row<'_>) -> rusqlite::Result<CustomEmoji> {
    Ok(CustomEmoji {
        id: r.get(0)?,
        shortcode: r.get(1)?,
        blob: r.get(2)?,
        static_blob: r.get(3)?,
        category: r.get(4)?,
        updated_at: r.get(5)?,
    })
}

/// By their shortcodes.
pub fn list(c: &Connection) -> Result<Vec<CustomEmoji>> {
    all(c, &format!("SELECT {COLUMNS} FROM custom_emojis ORDER BY shortcode"), [], from_row)
}

pub fn by_shortcode(c: &Connection, shortcode: &str) -> Result<Option<CustomEmoji>> {
    first(c, &format!("SELECT {COLUMNS} FROM custom_emojis WHERE shortcode = ?1"), [shortcode], from_row)
}

/// Those of `shortcodes` that exist.
pub fn named(c: &Connection, shortcodes: &[String]) -> Result<Vec<CustomEmoji>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM custom_emojis WHERE shortcode IN (SELECT value FROM json_each(?1))
          ORDER BY shortcode"
    );
    all(c, &sql, [Json(shortcodes)], from_row)
}

/// Those whose shortcode begins with `start`.
pub fn beginning(c: &Connection, start: &str, limit: i64) -> Result<Vec<CustomEmoji>> {
    let end = format!("{start}\u{10FFFF}");
    let sql = format!(
        "SELECT {COLUMNS} FROM custom_emojis WHERE shortcode >= ?1 AND shortcode < ?2 ORDER BY shortcode LIMIT ?3"
    );
    all(c, &sql, (start, end, limit), from_row)
}

pub fn count(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT count(*) FROM custom_emojis")?.query_row([], |r| r.get(0))?)
}

/// Makes it, or gives the one of that shortcode a new picture.
pub fn put(tx: &Tx, emoji: &CustomEmoji) -> Result<()> {
    tx.run(
        "INSERT INTO custom_emojis (id, shortcode, blob, static_blob, category, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (shortcode) DO UPDATE SET blob = excluded.blob, static_blob = excluded.static_blob,
             category = excluded.category, updated_at = excluded.updated_at",
        (emoji.id, &emoji.shortcode, &emoji.blob, &emoji.static_blob, &emoji.category, emoji.updated_at),
    )?;
    Ok(())
}

pub fn remove(tx: &Tx, shortcode: &str) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM custom_emojis WHERE shortcode = ?1", [shortcode])?))
}

/// Whether a post of the owner's or the profile still shows the picture: what was written keeps it.
///
/// Reads the owner's posts one by one; asked only when an emoji goes.
pub fn is_shown(c: &Connection, blob: &str) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT 1 FROM accounts WHERE id = (SELECT owner_id FROM instance) AND instr(emojis, ?1) > 0
          UNION ALL
         SELECT 1 FROM statuses WHERE account_id = (SELECT owner_id FROM instance)
            AND emojis <> '[]' AND instr(emojis, ?1) > 0",
    )?;
    Ok(statement.exists([blob])?)
}
