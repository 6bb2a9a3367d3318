//! Hashtags: the key is the lower-case name.

use super::Tx;
use super::row::{Json, all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// Every column that [`from_row`] reads, in its order.
pub const COLUMNS: &str = "tags.id, tags.name, tags.display_name, tags.following_row, tags.featured_row";

pub fn from_row(r: &Row<'_>) -> rusqlite::Result<Tag> {
    Ok(Tag {
        id: r.get(0)?,
        name: r.get(1)?,
        display_name: r.get(2)?,
        following_row: r.get(3)?,
        featured_row: r.get(4)?,
        history: Vec::new(),
    })
}

pub fn by_name(c: &Connection, name: &str) -> Result<Option<Tag>> {
    first(c, &format!("SELECT {COLUMNS} FROM tags WHERE name = ?1"), [name], from_row)
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
        tx.run(
            "INSERT OR IGNORE INTO status_tags (tag_id, status_id, own)
             VALUES (?1, ?2, ifnull((SELECT local FROM statuses WHERE id = ?2), 0))",
            (tag, status),
        )?;
    }
    tx.index_status(status);
    Ok(())
}

/// The tags of each of `ids`.
pub fn of_statuses(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Vec<Tag>>> {
    let rows = all(
        c,
        &format!(
            "SELECT {COLUMNS}, st.status_id FROM status_tags st JOIN tags ON tags.id = st.tag_id
              WHERE st.status_id IN rarray(?1) ORDER BY tags.id"
        ),
        [id_list(ids.iter().copied())],
        |r| Ok((r.get(5)?, from_row(r)?)),
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
        "SELECT {COLUMNS} FROM tags
          WHERE following_row IS NOT NULL AND following_row > ?1 AND following_row < ?2
          ORDER BY following_row {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (above, below, page.limit), |r| Ok((r.get(3)?, from_row(r)?)))?;
    Ok(page.arrange(rows))
}

/// Days of a tag's history, today among them.
pub const DAYS: i64 = 7;
/// Uses that are counted; a busier tag counts those of its last days.
const USES: i64 = 2_000;

/// Gives each of `tags` its history.
pub fn add_history<'t>(
    c: &Connection,
    tags: impl IntoIterator<Item = &'t mut Tag>,
    now: Timestamp,
) -> Result<()> {
    for tag in tags {
        tag.history = history(c, tag.id, now)?;
    }
    Ok(())
}

/// How a tag was used on each of the last days, today first: public posts known here.
pub fn history(c: &Connection, tag: TagId, now: Timestamp) -> Result<Vec<TrendDay>> {
    let (today, one) = (now.midnight(), time::DAY);
    let since = today.plus(-(DAYS - 1) * one);
    // An id is its time: this is a range of one index.
    let counted = all(
        c,
        "SELECT day, count(*), count(DISTINCT account_id) FROM (
             SELECT ((st.status_id >> 16) / 86400000) * 86400000 AS day, s.account_id
               FROM status_tags st CROSS JOIN statuses s ON s.id = st.status_id
              WHERE st.tag_id = ?1 AND st.status_id >= ?2 AND s.visibility = 0
              ORDER BY st.status_id DESC LIMIT ?3)
          GROUP BY day",
        (tag, since.0 << 16, USES),
        |r| Ok(TrendDay { day: r.get(0)?, uses: r.get(1)?, accounts: r.get(2)? }),
    )?;
    let day = |n: i64| {
        let day = today.plus(-n * one);
        counted.iter().find(|d| d.day == day).copied().unwrap_or(TrendDay { day, ..TrendDay::default() })
    };
    Ok((0..DAYS).map(day).collect())
}

/// Tags whose name begins with `text` (lower case), the one of that very name first, then the most used.
pub fn search(c: &Connection, text: &str, limit: i64, offset: i64) -> Result<Vec<Tag>> {
    // A range instead of LIKE, so that the index on the name serves it.
    let end = format!("{text}\u{10FFFF}");
    all(
        c,
        &format!(
            "SELECT {COLUMNS} FROM tags WHERE name >= ?1 AND name < ?2
              ORDER BY name = ?1 DESC, uses DESC, name LIMIT ?3 OFFSET ?4"
        ),
        (text, end, limit, offset),
        from_row,
    )
}
