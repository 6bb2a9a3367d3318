//! Imports, what of them waits for other servers, and which own posts stood elsewhere before.

use super::Tx;
use super::row::{Json, all, first, id_list};
use crate::error::{Error, Kind, Result};
use crate::model::*;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

const COLUMNS: &str = "id, kind, source, file, state, options, phase, position, plan, totals, failure, started_at, \
    updated_at, ended_at";
/// Imports that are remembered.
const KEPT: i64 = 50;

fn from_row(r: &Row<'_>) -> rusqlite::Result<Import> {
    Ok(Import {
        id: r.get(0)?,
        kind: r.get(1)?,
        source: r.get(2)?,
        file: r.get(3)?,
        state: ImportState::parse(&r.get::<_, String>(4)?),
        options: r.get::<_, Json<_>>(5)?.0,
        phase: r.get(6)?,
        position: r.get(7)?,
        plan: r.get::<_, Json<_>>(8)?.0,
        totals: r.get::<_, Json<_>>(9)?.0,
        failure: r.get(10)?,
        started_at: r.get(11)?,
        updated_at: r.get(12)?,
        ended_at: r.get(13)?,
    })
}

/// Notes a new one, and forgets the oldest of those that are over.
pub fn insert(tx: &Tx, import: &Import) -> Result<()> {
    tx.run(
        "INSERT INTO imports (id, kind, source, file, state, options, plan, started_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        (
            import.id,
            &import.kind,
            &import.source,
            &import.file,
            import.state.as_str(),
            Json(&import.options),
            Json(&import.plan),
            tx.now,
        ),
    )?;
    tx.run(
        "DELETE FROM imports WHERE state = 'done' AND id NOT IN (SELECT id FROM imports ORDER BY id DESC LIMIT ?1)
            AND NOT EXISTS (SELECT 1 FROM imports_waiting w WHERE w.import_id = imports.id)",
        [KEPT],
    )?;
    Ok(())
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: RowId) -> Result<Import> {
    first(c, &format!("SELECT {COLUMNS} FROM imports WHERE id = ?1"), [id], from_row)?
        .ok_or_else(Error::not_found)
}

/// The newest, the newest first.
pub fn list(c: &Connection) -> Result<Vec<Import>> {
    all(c, &format!("SELECT {COLUMNS} FROM imports ORDER BY id DESC LIMIT {KEPT}"), [], from_row)
}

/// The newest of the same thing that is not over.
pub fn unfinished(c: &Connection, kind: &str, source: &str) -> Result<Option<Import>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM imports WHERE kind = ?1 AND source = ?2 AND state <> 'done' ORDER BY id DESC LIMIT 1"
    );
    first(c, &sql, (kind, source), from_row)
}

/// One step further, from where `import` stands: with what the step took in one transaction.
///
/// Errors: `Conflict` when somebody else took that step.
pub fn advance(tx: &Tx, import: &Import, (phase, position): (i64, i64), totals: &Totals) -> Result<()> {
    let moved = tx.run(
        "UPDATE imports SET phase = ?4, position = ?5, totals = ?6, updated_at = ?7, state = 'running', failure = NULL
          WHERE id = ?1 AND phase = ?2 AND position = ?3",
        (import.id, import.phase, import.position, phase, position, Json(totals), tx.now),
    )?;
    match moved {
        0 => Err(Error::new(Kind::Conflict, "This import is going on elsewhere already")),
        _ => Ok(()),
    }
}

pub fn set_state(tx: &Tx, id: RowId, state: ImportState, failure: Option<&str>) -> Result<()> {
    let ended = (state == ImportState::Done).then_some(tx.now);
    tx.run(
        "UPDATE imports SET state = ?2, failure = ?3, updated_at = ?4, ended_at = ifnull(?5, ended_at) WHERE id = ?1",
        (id, state.as_str(), failure, tx.now, ended),
    )?;
    Ok(())
}

/// Before its first step.
pub fn set_options(tx: &Tx, id: RowId, options: ImportOptions) -> Result<()> {
    tx.run("UPDATE imports SET options = ?2 WHERE id = ?1", (id, Json(&options)))?;
    Ok(())
}

pub fn set_file(tx: &Tx, id: RowId, file: Option<&str>) -> Result<()> {
    tx.run("UPDATE imports SET file = ?2 WHERE id = ?1", (id, file))?;
    Ok(())
}

pub fn delete(tx: &Tx, id: RowId) -> Result<()> {
    tx.run("DELETE FROM imports WHERE id = ?1", [id])?;
    Ok(())
}

/// Something that a server elsewhere is to be asked for. `Change::None`: it waits already.
pub fn wait(tx: &Tx, import: RowId, sort: &str, what: &str) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO imports_waiting (import_id, sort, what) VALUES (?1, ?2, ?3)",
        (import, sort, what),
    )?;
    Ok(Change::of(made))
}

/// What waits for the answer of another server.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub row: i64,
    pub sort: String,
    pub what: String,
    /// How often its server did not answer.
    pub tries: i64,
    pub due: Timestamp,
}

/// The next that waits, perhaps for a later time.
pub fn next_waiting(c: &Connection, import: RowId) -> Result<Option<Waiting>> {
    first(
        c,
        "SELECT id, sort, what, tries, due FROM imports_waiting WHERE import_id = ?1 ORDER BY due, id LIMIT 1",
        [import],
        |r| {
            Ok(Waiting { row: r.get(0)?, sort: r.get(1)?, what: r.get(2)?, tries: r.get(3)?, due: r.get(4)? })
        },
    )
}

/// Its server did not answer: it is asked again at that time.
pub fn postpone(tx: &Tx, row: i64, due: Timestamp) -> Result<()> {
    tx.run("UPDATE imports_waiting SET tries = tries + 1, due = ?2 WHERE id = ?1", (row, due))?;
    Ok(())
}

/// What became of one that waited, in the totals of its import.
pub fn settle(tx: &Tx, import: RowId, row: i64, sort: &str, outcome: Outcome) -> Result<()> {
    if tx.run("DELETE FROM imports_waiting WHERE id = ?1", [row])? == 0 {
        return Ok(());
    }
    let mut totals = get(tx, import)?.totals;
    let tally = totals.entry(sort.to_owned()).or_default();
    tally.waiting = tally.waiting.saturating_sub(1);
    tally.settle(outcome);
    tx.run("UPDATE imports SET totals = ?2, updated_at = ?3 WHERE id = ?1", (import, Json(&totals), tx.now))?;
    Ok(())
}

/// The own post that stood at `uri` before. `Some(None)`: it was brought along, and deleted here since.
pub fn known(c: &Connection, uri: &str) -> Result<Option<Option<StatusId>>> {
    first(c, "SELECT status_id FROM imported WHERE uri = ?1", [uri], |r| r.get(0))
}

pub fn remember(tx: &Tx, uri: &str, origin: &Origin, status: StatusId) -> Result<()> {
    tx.run(
        "INSERT INTO imported (uri, status_id, page, by) VALUES (?1, ?2, ?3, ?4)",
        (uri, status, &origin.page, &origin.by),
    )?;
    Ok(())
}

/// Own answers to `uri` that came before it: they answer `status` now.
pub fn adopt(tx: &Tx, uri: &str, status: &Status) -> Result<()> {
    let adopted = tx.run(
        "UPDATE statuses SET in_reply_to_id = ?1, in_reply_to_account_id = ?2, in_reply_to_uri = ?3,
                conversation = CASE visibility WHEN 3 THEN conversation ELSE ?4 END
          WHERE in_reply_to_uri = ?5 AND in_reply_to_id IS NULL AND local = 1",
        (status.id, status.account_id, &status.uri, &status.conversation, uri),
    )?;
    if adopted > 0 {
        tx.run(
            "UPDATE statuses SET replies_count = replies_count + ?2 WHERE id = ?1",
            (status.id, i64::try_from(adopted).unwrap_or(0)),
        )?;
    }
    Ok(())
}

/// Where those of `ids` stood that were brought along.
pub fn origins(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Origin>> {
    let found = all(
        c,
        "SELECT status_id, page, by FROM imported WHERE status_id IN rarray(?1)",
        [id_list(ids.iter().copied())],
        |r| Ok((r.get(0)?, Origin { page: r.get(1)?, by: r.get(2)? })),
    )?;
    Ok(found.into_iter().collect())
}

/// Whether a status has this id.
pub fn is_taken(c: &Connection, id: StatusId) -> Result<bool> {
    Ok(c.prepare_cached("SELECT 1 FROM statuses WHERE id = ?1")?.exists([id])?)
}
