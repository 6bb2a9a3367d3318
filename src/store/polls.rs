//! Polls of statuses, and the votes of others in the owner's.

use super::Tx;
use super::row::{Json, all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

const COLUMNS: &str = "status_id, options, multiple, hide_totals, expires_at, voters_count, fetched_at, own_votes, \
    expires_at IS NOT NULL AND expires_at <= taure_now()";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Poll> {
    Ok(Poll {
        status_id: r.get(0)?,
        options: r.get::<_, Json<_>>(1)?.0,
        multiple: r.get(2)?,
        hide_totals: r.get(3)?,
        expires_at: r.get(4)?,
        voters_count: r.get(5)?,
        fetched_at: r.get(6)?,
        own_votes: r.get::<_, Json<_>>(7)?.0,
        ended: r.get(8)?,
    })
}

/// The poll of a status, if it has one.
pub fn get(c: &Connection, status: StatusId) -> Result<Option<Poll>> {
    first(c, &format!("SELECT {COLUMNS} FROM polls WHERE status_id = ?1"), [status], from_row)
}

/// The polls of `ids`, as far as they have one.
pub fn of_statuses(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Poll>> {
    let sql = format!("SELECT {COLUMNS} FROM polls WHERE status_id IN rarray(?1)");
    let found = all(c, &sql, [id_list(ids.iter().copied())], from_row)?;
    Ok(found.into_iter().map(|poll| (poll.status_id, poll)).collect())
}

/// Writes a poll down as it now stands, new or known.
pub fn put(tx: &Tx, poll: &Poll) -> Result<()> {
    tx.run(
        "INSERT INTO polls (status_id, options, multiple, hide_totals, expires_at, voters_count, fetched_at, own_votes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (status_id) DO UPDATE
            SET options = ?2, multiple = ?3, hide_totals = ?4, expires_at = ?5, voters_count = ?6,
                fetched_at = ?7, own_votes = ?8",
        (
            poll.status_id,
            Json(&poll.options),
            poll.multiple,
            poll.hide_totals,
            poll.expires_at,
            poll.voters_count,
            poll.fetched_at,
            Json(&poll.own_votes),
        ),
    )?;
    tx.index_status(poll.status_id);
    Ok(())
}

pub fn delete(tx: &Tx, status: StatusId) -> Result<()> {
    tx.run("DELETE FROM polls WHERE status_id = ?1", [status])?;
    Ok(())
}

/// Notes a vote of somebody else. The same one may arrive any number of times.
pub fn add_vote(tx: &Tx, status: StatusId, by: AccountId, choice: usize) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO poll_votes (status_id, account_id, choice) VALUES (?1, ?2, ?3)",
        (status, by, i64::try_from(choice).unwrap_or(i64::MAX)),
    )?;
    Ok(Change::of(made))
}

pub fn has_voted(c: &Connection, status: StatusId, by: AccountId) -> Result<bool> {
    Ok(c.prepare_cached("SELECT 1 FROM poll_votes WHERE status_id = ?1 AND account_id = ?2")?
        .exists((status, by))?)
}

/// Forgets who voted for what: the options are others now.
pub fn forget_votes(tx: &Tx, status: StatusId) -> Result<()> {
    tx.run("DELETE FROM poll_votes WHERE status_id = ?1", [status])?;
    Ok(())
}
