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

/// This version of it. Gives what the row stood for, in whole blocks; 0 if it went before.
pub fn forget(tx: &Tx, of: &RemoteFile) -> Result<u64> {
    let sql =
        "DELETE FROM remote_files WHERE file = ?1 AND fetched_at = ?2 RETURNING (bytes + 4095) / 4096 * 4096";
    let bytes: Option<i64> = first(tx, sql, (&of.file, of.fetched_at), |r| r.get(0))?;
    Ok(bytes.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or(0))
}

pub(super) const OLDEST: &str =
    "SELECT file, mime, bytes, fetched_at, seen_at FROM remote_files ORDER BY seen_at LIMIT ?1 OFFSET ?2";

/// Those that nobody looked at for longest, without the first so many of them.
pub fn oldest(c: &Connection, most: i64, skipped: i64) -> Result<Vec<RemoteFile>> {
    all(c, OLDEST, [most, skipped], from_row)
}

/// How many, and what they take in whole blocks. Reads the whole index: at the start, and for the owner's page.
pub fn total(c: &Connection) -> Result<(i64, i64)> {
    let sql = "SELECT count(*), ifnull(sum((bytes + 4095) / 4096 * 4096), 0) FROM remote_files INDEXED BY remote_files_by_seen";
    Ok(first(c, sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?.unwrap_or_default())
}
