//! What authors let others do with their posts, and their word for what the owner did.

use super::Tx;
use super::row::{Json, all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::Connection;
use std::collections::HashMap;

/// Sets what is not open to everybody; an open policy is none.
pub fn set_policy(tx: &Tx, id: StatusId, policy: &InteractionPolicy) -> Result<()> {
    if policy.is_open() {
        tx.run("DELETE FROM policies WHERE status_id = ?1", [id])?;
    } else {
        tx.run("INSERT OR REPLACE INTO policies (status_id, policy) VALUES (?1, ?2)", (id, Json(policy)))?;
    }
    Ok(())
}

pub fn policy(c: &Connection, id: StatusId) -> Result<InteractionPolicy> {
    let found =
        first(c, "SELECT policy FROM policies WHERE status_id = ?1", [id], |r| r.get::<_, Json<_>>(0))?;
    Ok(found.map(|json| json.0).unwrap_or_default())
}

/// The author of what it answers or boosts is asked about it.
pub fn ask(tx: &Tx, id: StatusId) -> Result<()> {
    tx.run("INSERT OR IGNORE INTO approvals (status_id) VALUES (?1)", [id])?;
    Ok(())
}

/// The author answered; `uri` where it was with yes.
pub fn answer(tx: &Tx, id: StatusId, state: LeaveState, uri: Option<&str>) -> Result<Change> {
    let sql = "UPDATE approvals SET state = ?2, uri = ?3 WHERE status_id = ?1 AND state <> ?2";
    Ok(Change::of(tx.run(sql, (id, state as i64, uri))?))
}

pub fn approval(c: &Connection, id: StatusId) -> Result<Option<Leave>> {
    Ok(approvals(c, &[id])?.remove(&id))
}

/// Those of these statuses that needed one.
pub fn approvals(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Leave>> {
    let found = all(
        c,
        "SELECT status_id, state, uri FROM approvals WHERE status_id IN rarray(?1)",
        [id_list(ids.iter().copied())],
        |r| {
            let state = match r.get(1)? {
                0 => LeaveState::Asked,
                1 => LeaveState::Given,
                _ => LeaveState::Refused,
            };
            Ok((r.get(0)?, Leave { state, uri: r.get(2)? }))
        },
    )?;
    Ok(found.into_iter().collect())
}
