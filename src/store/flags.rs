//! Reports of other servers about the owner.

use super::Tx;
use super::row::{Json, all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// So many are kept.
const KEPT: i64 = 200;

const COLUMNS: &str = "id, account_id, uri, status_ids, comment, created_at";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Flag> {
    Ok(Flag {
        id: r.get(0)?,
        account_id: r.get(1)?,
        uri: r.get(2)?,
        statuses: r.get::<_, Json<Vec<StatusId>>>(3)?.0,
        comment: r.get(4)?,
        created_at: r.get(5)?,
    })
}

/// The same one a second time is nothing; the oldest make room.
pub fn insert(tx: &Tx, new: &Flag) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO flags (id, account_id, uri, status_ids, comment, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (new.id, new.account_id, &new.uri, Json(&new.statuses), &new.comment, new.created_at),
    )?;
    tx.run(
        "DELETE FROM flags WHERE id <= (SELECT id FROM flags ORDER BY id DESC LIMIT 1 OFFSET ?1)",
        [KEPT],
    )?;
    Ok(Change::of(made))
}

/// The owner has seen it.
pub fn remove(tx: &Tx, id: ReportId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM flags WHERE id = ?1", [id])?))
}

pub fn get(c: &Connection, id: ReportId) -> Result<Option<Flag>> {
    first(c, &format!("SELECT {COLUMNS} FROM flags WHERE id = ?1"), [id], from_row)
}

/// The newest first.
pub fn list(c: &Connection) -> Result<Vec<Flag>> {
    all(c, &format!("SELECT {COLUMNS} FROM flags ORDER BY id DESC LIMIT {KEPT}"), [], from_row)
}

/// How many an account sent since then, counted up to `most`.
pub fn count_since(c: &Connection, by: AccountId, since: ReportId, most: i64) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM flags WHERE account_id = ?1 AND id > ?2 LIMIT ?3)";
    Ok(c.prepare_cached(sql)?.query_row((by, since, most), |r| r.get(0))?)
}

/// The latest of each of these accounts.
pub fn latest(c: &Connection, by: &[AccountId]) -> Result<HashMap<AccountId, Flag>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM flags f WHERE account_id IN rarray(?1)
            AND id = (SELECT max(id) FROM flags WHERE account_id = f.account_id)"
    );
    let found = all(c, &sql, [id_list(by.iter().copied())], from_row)?;
    Ok(found.into_iter().map(|flag| (flag.account_id, flag)).collect())
}
