//! Hashtags: the key is the lower-case name.

use super::Tx;
use super::row::{Json, all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

fn from_row(r: &Row<'_>) -> rusqlite::Result<Tag> {
    Ok(Tag { id: r.get(0)?, name: r.get(1)?, display_name: r.get(2)?, following_row: r.get(3)? })
}

pub fn by_name(c: &Connection, name: &str) -> Result<Option<Tag>> {
    first(c, "SELECT id, name, display_name, following_row FROM tags WHERE name = ?1", [name], from_row)
}

/// The tag of that name, made if need be. `display_name` counts only for a new one.
pub fn ensure(tx: &Tx, name: &str, display_name: &str) -> Result<TagId> {
    tx.run(
        "INSERT OR IGNORE INTO tags (id, name, display_name) VALUES (?1, ?2, ?3)",
        (TagId::at(tx.now), name, display_name),
    )?;
    Ok(tx.prepare_cached("SELECT id FROM tags WHERE name = ?1")?.query_row([name], |r| r.get(0))?)
}

/// Replaces the tags of a status: pairs of key and spelling.
pub fn set(tx: &Tx, status: StatusId, names: &[(String, String)]) -> Result<()> {
    tx.run("DELETE FROM status_tags WHERE status_id = ?1", [status])?;
    for (name, display_name) in names {
        let tag = ensure(tx, name, display_name)?;
        tx.run("INSERT OR IGNORE INTO status_tags (tag_id, status_id) VALUES (?1, ?2)", (tag, status))?;
    }
    tx.index_status(status);
    Ok(())
}

/// The tags of each of `ids`.
pub fn of_statuses(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Vec<Tag>>> {
    let rows = all(
        c,
        "SELECT t.id, t.name, t.display_name, t.following_row, st.status_id
           FROM status_tags st JOIN tags t ON t.id = st.tag_id
          WHERE st.status_id IN (SELECT value FROM json_each(?1)) ORDER BY t.id",
        [id_list(ids.iter().copied())],
        |r| Ok((r.get(4)?, from_row(r)?)),
    )?;
    let mut found: HashMap<StatusId, Vec<Tag>> = HashMap::new();
    for (id, tag) in rows {
        found.entry(id).or_default().push(tag);
    }
    Ok(found)
}

pub fn set_following(tx: &Tx, tag: TagId, following: bool) -> Result<()> {
    let row = following.then(|| RowId::at(tx.now));
    tx.run(
        "UPDATE tags SET following_row = CASE WHEN ?2 IS NULL THEN NULL ELSE ifnull(following_row, ?2) END WHERE id = ?1",
        (tag, row),
    )?;
    Ok(())
}

/// Whether the owner follows any of these, by their keys.
pub fn any_followed(c: &Connection, names: &[&str]) -> Result<bool> {
    if names.is_empty() {
        return Ok(false);
    }
    let sql =
        "SELECT 1 FROM tags WHERE name IN (SELECT value FROM json_each(?1)) AND following_row IS NOT NULL";
    Ok(c.prepare_cached(sql)?.exists([Json(names)])?)
}

/// Followed tags with the row ids that page the list.
pub fn followed(c: &Connection, page: &Page) -> Result<Vec<(i64, Tag)>> {
    let sql = format!(
        "SELECT id, name, display_name, following_row FROM tags
          WHERE following_row IS NOT NULL AND following_row > ?1 AND following_row < ?2
          ORDER BY following_row {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (above, below, page.limit), |r| Ok((r.get(3)?, from_row(r)?)))?;
    Ok(page.arrange(rows))
}

/// Tags whose name begins with `text` (lower case), the one of that very name first, then the most used.
pub fn search(c: &Connection, text: &str, limit: i64, offset: i64) -> Result<Vec<Tag>> {
    // A range instead of LIKE, so that the index on the name serves it.
    let end = format!("{text}\u{10FFFF}");
    all(
        c,
        "SELECT id, name, display_name, following_row FROM tags WHERE name >= ?1 AND name < ?2
          ORDER BY name = ?1 DESC, uses DESC, name LIMIT ?3 OFFSET ?4",
        (text, end, limit, offset),
        from_row,
    )
}
