//! What is in the cache of others' files. <https://www.sqlite.org/lang_upsert.html>

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::Timestamp;
use rusqlite::Connection;

/// One file in the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteFile {
    pub file: String,
    pub mime: String,
    pub bytes: i64,
    pub fetched_at: Timestamp,
    pub seen_at: Timestamp,
}

fn from_row(r: &rusqlite::Row<'_>) -> rusqlite::Result<RemoteFile> {
    Ok(RemoteFile {
        file: r.get(0)?,
        mime: r.get(1)?,
        bytes: r.get(2)?,
        fetched_at: r.get(3)?,
        seen_at: r.get(4)?,
    })
}

pub(super) const GET: &str =
    "SELECT file, mime, bytes, fetched_at, seen_at FROM remote_files WHERE file = ?1";

pub fn get(c: &Connection, file: &str) -> Result<Option<RemoteFile>> {
    first(c, GET, [file], from_row)
}

/// It is here now, and was looked at.
pub fn put(tx: &Tx, file: &str, mime: &str, bytes: i64) -> Result<()> {
    tx.run(
        "INSERT INTO remote_files (file, mime, bytes, fetched_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT (file) DO UPDATE SET mime = ?2, bytes = ?3, fetched_at = ?4, seen_at = ?4",
        (file, mime, bytes, tx.now),
    )?;
    Ok(())
}

pub fn seen(tx: &Tx, file: &str) -> Result<()> {
    tx.run("UPDATE remote_files SET seen_at = ?2 WHERE file = ?1", (file, tx.now))?;
    Ok(())
}

pub fn forget(tx: &Tx, file: &str) -> Result<()> {
    tx.run("DELETE FROM remote_files WHERE file = ?1", [file])?;
    Ok(())
}

pub(super) const OLDEST: &str =
    "SELECT file, mime, bytes, fetched_at, seen_at FROM remote_files ORDER BY seen_at LIMIT ?1";

/// Those that nobody looked at for longest.
pub fn oldest(c: &Connection, most: i64) -> Result<Vec<RemoteFile>> {
    all(c, OLDEST, [most], from_row)
}

/// How many, and their bytes. Reads the whole index: at the start, and for the owner's page.
pub fn total(c: &Connection) -> Result<(i64, i64)> {
    let sql = "SELECT count(*), ifnull(sum(bytes), 0) FROM remote_files INDEXED BY remote_files_by_seen";
    Ok(first(c, sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?.unwrap_or_default())
}
