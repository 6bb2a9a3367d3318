//! What other sites said about the owner's posts, and what the owner's posts told other sites.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

/// Of one post (or of the profile), of everything, and of what was sent.
const OF_ONE: i64 = 1_000;
const OF_ALL: i64 = 10_000;
const SENT: i64 = 1_000;

/// One that was looked at. All texts are plain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Webmention {
    pub id: RowId,
    /// `None`: it is about the profile.
    pub status: Option<StatusId>,
    pub source: String,
    pub target: String,
    pub host: String,
    /// `reply`, `like`, `repost` or `mention`.
    pub kind: String,
    pub author_name: String,
    pub author_url: String,
    pub author_photo: String,
    pub text: String,
    pub published_at: Option<Timestamp>,
}

const COLUMNS: &str =
    "id, status_id, source, target, host, kind, author_name, author_url, author_photo, text, published_at";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Webmention> {
    Ok(Webmention {
        id: r.get(0)?,
        status: r.get(1)?,
        source: r.get(2)?,
        target: r.get(3)?,
        host: r.get(4)?,
        kind: r.get(5)?,
        author_name: r.get(6)?,
        author_url: r.get(7)?,
        author_photo: r.get(8)?,
        text: r.get(9)?,
        published_at: r.get(10)?,
    })
}

/// Of a post, or of the profile; the oldest first.
pub fn of(c: &Connection, status: Option<StatusId>, limit: i64) -> Result<Vec<Webmention>> {
    let sql =
        format!("SELECT {COLUMNS} FROM webmentions WHERE ifnull(status_id, 0) = ?1 ORDER BY id LIMIT ?2");
    all(c, &sql, (status.unwrap_or_default(), limit), from_row)
}

/// Of everything, the newest first.
pub fn newest(c: &Connection, limit: i64) -> Result<Vec<Webmention>> {
    all(c, &format!("SELECT {COLUMNS} FROM webmentions ORDER BY id DESC LIMIT ?1"), [limit], from_row)
}

/// Puts it in, or a newer version of it in its place. Nothing is done where there are too many of one post; of too many
/// in all the oldest go.
pub fn put(tx: &Tx, new: &Webmention) -> Result<()> {
    let known = "SELECT id FROM webmentions WHERE source = ?1 AND target = ?2";
    let known = first(tx, known, (&new.source, &new.target), |r| r.get::<_, RowId>(0))?;
    if known.is_none() {
        let sql = "SELECT count(*) FROM webmentions WHERE ifnull(status_id, 0) = ?1";
        let count: i64 = tx.prepare_cached(sql)?.query_row([new.status.unwrap_or_default()], |r| r.get(0))?;
        if count >= OF_ONE {
            return Ok(());
        }
    }
    tx.run(
        &format!(
            "INSERT OR REPLACE INTO webmentions ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ),
        (
            known.unwrap_or(RowId::at(tx.now)),
            new.status,
            &new.source,
            &new.target,
            &new.host,
            &new.kind,
            &new.author_name,
            &new.author_url,
            &new.author_photo,
            &new.text,
            new.published_at,
        ),
    )?;
    tx.run(
        "DELETE FROM webmentions WHERE id <= (SELECT id FROM webmentions ORDER BY id DESC LIMIT 1 OFFSET ?1)",
        [OF_ALL],
    )?;
    Ok(())
}

pub fn delete(tx: &Tx, source: &str, target: &str) -> Result<()> {
    tx.run("DELETE FROM webmentions WHERE source = ?1 AND target = ?2", (source, target))?;
    Ok(())
}

pub fn delete_one(tx: &Tx, id: RowId) -> Result<()> {
    tx.run("DELETE FROM webmentions WHERE id = ?1", [id])?;
    Ok(())
}

/// All of a host; gives which host that was.
pub fn delete_host_of(tx: &Tx, id: RowId) -> Result<Option<String>> {
    let host = first(tx, "SELECT host FROM webmentions WHERE id = ?1", [id], |r| r.get::<_, String>(0))?;
    if let Some(host) = &host {
        tx.run("DELETE FROM webmentions WHERE host = ?1", [host])?;
    }
    Ok(host)
}

/// One that was sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub id: RowId,
    pub source: String,
    pub target: String,
    pub endpoint: String,
    /// In words.
    pub outcome: String,
}

/// Notes how it went; the oldest of too many notes go.
pub fn note_sent(tx: &Tx, sent: &Sent) -> Result<()> {
    tx.run(
        "INSERT OR REPLACE INTO webmentions_sent (id, source, target, endpoint, outcome) VALUES (?1, ?2, ?3, ?4, ?5)",
        (RowId::at(tx.now), &sent.source, &sent.target, &sent.endpoint, &sent.outcome),
    )?;
    tx.run(
        "DELETE FROM webmentions_sent WHERE id <= (SELECT id FROM webmentions_sent ORDER BY id DESC LIMIT 1 OFFSET ?1)",
        [SENT],
    )?;
    Ok(())
}

/// The newest first.
pub fn sent(c: &Connection, limit: i64) -> Result<Vec<Sent>> {
    let sql = "SELECT id, source, target, endpoint, outcome FROM webmentions_sent ORDER BY id DESC LIMIT ?1";
    all(c, sql, [limit], |r| {
        Ok(Sent {
            id: r.get(0)?,
            source: r.get(1)?,
            target: r.get(2)?,
            endpoint: r.get(3)?,
            outcome: r.get(4)?,
        })
    })
}
