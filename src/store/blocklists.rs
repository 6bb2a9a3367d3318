//! Lists of blocks that others keep, and what became of their entries. List 0 is a file that the owner brought.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

const COLUMNS: &str = "id, url, etag, asked_at, read_at, entries, skipped, failure";

/// The list of what came by a file.
pub const FILE: RowId = RowId(0);

fn from_row(r: &Row<'_>) -> rusqlite::Result<Blocklist> {
    Ok(Blocklist {
        id: r.get(0)?,
        url: r.get(1)?,
        etag: r.get(2)?,
        asked_at: r.get(3)?,
        read_at: r.get(4)?,
        entries: r.get(5)?,
        skipped: r.get(6)?,
        failure: r.get(7)?,
    })
}

fn entry(r: &Row<'_>) -> rusqlite::Result<ListEntry> {
    Ok(ListEntry {
        domain: r.get(0)?,
        list: r.get(1)?,
        rules: r.get(2)?,
        comment: r.get(3)?,
        state: r.get(4)?,
    })
}

const ENTRY: &str = "domain, list_id, rules, comment, state";

pub fn lists(c: &Connection) -> Result<Vec<Blocklist>> {
    all(c, &format!("SELECT {COLUMNS} FROM blocklists ORDER BY id"), [], from_row)
}

pub fn get(c: &Connection, id: RowId) -> Result<Option<Blocklist>> {
    first(c, &format!("SELECT {COLUMNS} FROM blocklists WHERE id = ?1"), [id], from_row)
}

/// `None` when the owner has subscribed to it already.
pub fn insert(tx: &Tx, url: &str) -> Result<Option<RowId>> {
    let id = RowId::at(tx.now);
    let made = tx.run(
        "INSERT OR IGNORE INTO blocklists (id, url, created_at) VALUES (?1, ?2, ?3)",
        (id, url, tx.now),
    )?;
    Ok((made > 0).then_some(id))
}

pub fn delete(tx: &Tx, id: RowId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM blocklists WHERE id = ?1", [id])?))
}

/// Lists that were not asked for since then.
pub fn due(c: &Connection, before: Timestamp) -> Result<Vec<Blocklist>> {
    let sql = format!("SELECT {COLUMNS} FROM blocklists WHERE ifnull(asked_at, 0) <= ?1 ORDER BY id");
    all(c, &sql, [before], from_row)
}

/// It is being asked for; `failure` is how that ended, if it ended badly.
pub fn asked(tx: &Tx, id: RowId, failure: Option<&str>) -> Result<()> {
    tx.run("UPDATE blocklists SET asked_at = ?2, failure = ?3 WHERE id = ?1", (id, tx.now, failure))?;
    Ok(())
}

/// It was read, whole.
pub fn was_read(tx: &Tx, list: &Blocklist) -> Result<()> {
    tx.run(
        "UPDATE blocklists SET etag = ?2, read_at = ?3, entries = ?4, skipped = ?5, failure = NULL WHERE id = ?1",
        (list.id, &list.etag, tx.now, list.entries, list.skipped),
    )?;
    Ok(())
}

pub fn find(c: &Connection, domain: &str, list: RowId) -> Result<Option<ListEntry>> {
    let sql = format!("SELECT {ENTRY} FROM blocklist_entries WHERE domain = ?1 AND list_id = ?2");
    first(c, &sql, (domain, list), entry)
}

/// What the lists say about a domain.
pub fn about(c: &Connection, domain: &str) -> Result<Vec<ListEntry>> {
    let sql = format!("SELECT {ENTRY} FROM blocklist_entries WHERE domain = ?1 ORDER BY list_id");
    all(c, &sql, [domain], entry)
}

/// `seen`: the reading that saw it.
pub fn put(tx: &Tx, entry: &ListEntry, seen: Timestamp) -> Result<()> {
    tx.run(
        "INSERT OR REPLACE INTO blocklist_entries (domain, list_id, rules, comment, state, seen_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (&entry.domain, entry.list, entry.rules, &entry.comment, entry.state, seen),
    )?;
    Ok(())
}

pub fn remove(tx: &Tx, domain: &str, list: RowId) -> Result<()> {
    tx.run("DELETE FROM blocklist_entries WHERE domain = ?1 AND list_id = ?2", (domain, list))?;
    Ok(())
}

/// The owner decided about the drafts for a domain.
pub fn decide(tx: &Tx, domain: &str, state: EntryState) -> Result<()> {
    tx.run("UPDATE blocklist_entries SET state = ?2 WHERE domain = ?1 AND state = 1", (domain, state))?;
    Ok(())
}

/// The owner says what holds for a domain: no list does from now on.
pub fn overrule(tx: &Tx, domain: &str) -> Result<()> {
    tx.run("UPDATE blocklist_entries SET state = 2 WHERE domain = ?1 AND state IN (0, 1)", [domain])?;
    Ok(())
}

/// Entries of a list that no reading saw since then: all of it, for a time to come.
pub fn vanished(c: &Connection, list: RowId, before: Timestamp, limit: i64) -> Result<Vec<String>> {
    all(
        c,
        "SELECT domain FROM blocklist_entries WHERE list_id = ?1 AND seen_at < ?2 LIMIT ?3",
        (list, before, limit),
        |r| r.get(0),
    )
}

/// Domains that wait for the owner, by name.
pub fn drafts(c: &Connection, after: &str, limit: i64) -> Result<Vec<ListEntry>> {
    let sql = format!(
        "SELECT {ENTRY} FROM blocklist_entries INDEXED BY blocklist_drafts
          WHERE state = 1 AND domain > ?1 ORDER BY domain LIMIT ?2"
    );
    all(c, &sql, (after, limit), entry)
}

/// Entries of the file that the owner has not taken yet, by name behind `after`.
pub fn of_file(c: &Connection, after: &str, limit: i64) -> Result<Vec<ListEntry>> {
    let sql = format!(
        "SELECT {ENTRY} FROM blocklist_entries INDEXED BY blocklist_previews
          WHERE state = 3 AND domain > ?1 AND list_id = 0 ORDER BY domain LIMIT ?2"
    );
    all(c, &sql, (after, limit), entry)
}

/// How many entries of the file wait.
pub fn file_count(c: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM blocklist_entries INDEXED BY blocklist_previews WHERE state = 3";
    Ok(c.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}
