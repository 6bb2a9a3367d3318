//! Statuses that wait for their time. Their pictures are kept for them in `media.scheduled_id`.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

const COLUMNS: &str = "id, scheduled_at, params";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Scheduled> {
    Ok(Scheduled { id: r.get(0)?, scheduled_at: r.get(1)?, params: r.get(2)? })
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: ScheduledId) -> Result<Scheduled> {
    find(c, id)?.ok_or_else(Error::not_found)
}

pub fn find(c: &Connection, id: ScheduledId) -> Result<Option<Scheduled>> {
    first(c, &format!("SELECT {COLUMNS} FROM scheduled_statuses WHERE id = ?1"), [id], from_row)
}

/// Paged by their ids, which are of when they were written.
pub fn list(c: &Connection, page: &Page) -> Result<Vec<Scheduled>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM scheduled_statuses WHERE id > ?1 AND id < ?2 ORDER BY id {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    Ok(page.arrange(all(c, &sql, (above, below, page.limit), from_row)?))
}

pub fn insert(tx: &Tx, scheduled: &Scheduled) -> Result<()> {
    tx.run(
        "INSERT INTO scheduled_statuses (id, scheduled_at, params) VALUES (?1, ?2, ?3)",
        (scheduled.id, scheduled.scheduled_at, &scheduled.params),
    )?;
    Ok(())
}

pub fn set_time(tx: &Tx, id: ScheduledId, at: Timestamp) -> Result<Change> {
    Ok(Change::of(tx.run("UPDATE scheduled_statuses SET scheduled_at = ?2 WHERE id = ?1", (id, at))?))
}

/// Removes one and sets its pictures free.
pub fn delete(tx: &Tx, id: ScheduledId) -> Result<Change> {
    super::media::release(tx, id)?;
    Ok(Change::of(tx.run("DELETE FROM scheduled_statuses WHERE id = ?1", [id])?))
}

/// How many wait in all.
pub fn count(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT count(*) FROM scheduled_statuses")?.query_row([], |r| r.get(0))?)
}

/// How many, other than `except`, are to go out from `from` on and before `until`.
pub fn count_between(
    c: &Connection,
    from: Timestamp,
    until: Timestamp,
    except: Option<ScheduledId>,
) -> Result<i64> {
    let sql = "SELECT count(*) FROM scheduled_statuses
                WHERE scheduled_at >= ?1 AND scheduled_at < ?2 AND id IS NOT ?3";
    Ok(c.prepare_cached(sql)?.query_row((from, until, except), |r| r.get(0))?)
}
