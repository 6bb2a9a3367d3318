//! Hashtags on profiles: of the owner's a column of the tag, since there is one owner; of others' a table.

use super::Tx;
use super::row::all;
use super::tags::{COLUMNS, from_row};
use crate::error::Result;
use crate::model::sort::sort_by_key;
use crate::model::*;
use rusqlite::{Connection, Row};

/// With what the owner wrote under it for everybody.
#[derive(Debug, Clone, Default)]
pub struct Featured {
    pub tag: Tag,
    pub statuses: i64,
    pub last_status_at: Option<Timestamp>,
}

fn featured(r: &Row<'_>) -> rusqlite::Result<Featured> {
    Ok(Featured { tag: from_row(r)?, statuses: r.get(5)?, last_status_at: r.get(6)? })
}

/// How often and when last: by the index of the owner's own tagged posts.
const TALLIES: &str = "(SELECT count(*) FROM status_tags st JOIN statuses s ON s.id = st.status_id
         WHERE st.tag_id = tags.id AND st.own = 1 AND s.visibility <= 1),
       (SELECT s.created_at FROM status_tags st JOIN statuses s ON s.id = st.status_id
         WHERE st.tag_id = tags.id AND st.own = 1 AND s.visibility <= 1
         ORDER BY st.status_id DESC LIMIT 1)";

/// The most used first.
pub fn list(c: &Connection) -> Result<Vec<Featured>> {
    let sql =
        format!("SELECT {COLUMNS}, {TALLIES} FROM tags WHERE featured_row IS NOT NULL ORDER BY featured_row");
    let mut found = all(c, &sql, [], featured)?;
    sort_by_key(&mut found, |f| -f.statuses);
    Ok(found)
}

/// A hashtag that somebody else features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    /// Counts within the file; it is no hashtag's id.
    pub row: i64,
    /// Without `#`.
    pub name: String,
    /// The page of it on their server.
    pub url: String,
}

/// Of one account are kept; Mastodon lets feature ten.
const THEIRS: i64 = 20;

/// What somebody else features, the first one first.
pub fn of_account(c: &Connection, id: AccountId) -> Result<Vec<Theirs>> {
    all(
        c,
        "SELECT id, name, url FROM featured_by_others WHERE account_id = ?1 ORDER BY id LIMIT ?2",
        (id, THEIRS),
        |r| Ok(Theirs { row: r.get(0)?, name: r.get(1)?, url: r.get(2)? }),
    )
}

/// All that an account features, as its server lists it.
pub fn set_of_account(tx: &Tx, id: AccountId, tags: &[(String, String)]) -> Result<()> {
    tx.run("DELETE FROM featured_by_others WHERE account_id = ?1", [id])?;
    tags.iter().try_for_each(|(name, url)| add_to_account(tx, id, name, url).map(drop))
}

/// One more, up to twenty.
pub fn add_to_account(tx: &Tx, id: AccountId, name: &str, url: &str) -> Result<Change> {
    let made = tx.run(
        "INSERT INTO featured_by_others (account_id, name, url)
         SELECT ?1, ?2, ?3
          WHERE (SELECT count(*) FROM featured_by_others WHERE account_id = ?1) < ?4
            AND NOT EXISTS (SELECT 1 FROM featured_by_others WHERE account_id = ?1 AND name = ?2 COLLATE NOCASE)",
        (id, name, url, THEIRS),
    )?;
    Ok(Change::of(made))
}

pub fn remove_from_account(tx: &Tx, id: AccountId, name: &str) -> Result<Change> {
    let sql = "DELETE FROM featured_by_others WHERE account_id = ?1 AND name = ?2 COLLATE NOCASE";
    Ok(Change::of(tx.run(sql, (id, name))?))
}

pub fn count(c: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM tags WHERE featured_row IS NOT NULL";
    Ok(c.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}

pub fn set(tx: &Tx, tag: TagId, featured: bool) -> Result<Change> {
    let changed = if featured {
        tx.run(
            "UPDATE tags SET featured_row = ?2 WHERE id = ?1 AND featured_row IS NULL",
            (tag, RowId::at(tx.now)),
        )?
    } else {
        tx.run("UPDATE tags SET featured_row = NULL WHERE id = ?1 AND featured_row IS NOT NULL", [tag])?
    };
    Ok(Change::of(changed))
}

/// Tags that the owner's last `posts` posts for everybody used, the most used first.
pub fn suggested(c: &Connection, posts: i64, limit: i64) -> Result<Vec<Tag>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM (
             SELECT st.tag_id AS id, count(*) AS n
               FROM (SELECT id FROM statuses
                      WHERE account_id = (SELECT owner_id FROM instance) AND visibility <= 1
                      ORDER BY id DESC LIMIT ?1) AS recent
               CROSS JOIN status_tags st ON st.status_id = recent.id
              GROUP BY st.tag_id) AS used
           CROSS JOIN tags ON tags.id = used.id
          WHERE tags.featured_row IS NULL
          ORDER BY used.n DESC, tags.id LIMIT ?2"
    );
    all(c, &sql, (posts, limit), from_row)
}
