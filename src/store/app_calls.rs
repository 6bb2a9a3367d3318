//! What apps asked for, summed up: one row for what went well, one for each kind of call that did not.

use super::Tx;
use super::row::all;
use crate::error::Result;
use crate::model::sort::sort_by_key;
use crate::model::*;
use rusqlite::Connection;

/// Rows that are kept of one app; the oldest go.
const ROWS: i64 = 200;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppCall {
    pub app: AppId,
    pub method: String,
    /// Empty: this sums up what went well.
    pub path: String,
    pub status: u16,
    /// There is no such endpoint here.
    pub unknown: bool,
    pub times: i64,
    pub last_at: Timestamp,
}

/// An app that is gone meanwhile is not counted.
pub fn add(tx: &Tx, call: &AppCall) -> Result<()> {
    tx.run(
        "INSERT INTO app_calls (app_id, method, path, status, unknown, times, last_at)
         SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM apps WHERE id = ?1
         ON CONFLICT (app_id, method, path, status, unknown)
         DO UPDATE SET times = times + excluded.times, last_at = max(last_at, excluded.last_at)",
        (call.app, &call.method, &call.path, call.status, call.unknown, call.times, call.last_at),
    )?;
    Ok(())
}

/// Keeps what is newest of an app, and the sum of what went well.
pub fn cut(tx: &Tx, app: AppId) -> Result<()> {
    tx.run(
        "DELETE FROM app_calls WHERE app_id = ?1 AND (method, path, status, unknown) IN
            (SELECT method, path, status, unknown FROM app_calls
              WHERE app_id = ?1 AND path <> '' ORDER BY last_at DESC LIMIT -1 OFFSET ?2)",
        (app, ROWS - 1),
    )?;
    Ok(())
}

/// Of one app: what was asked most often first.
pub fn of(c: &Connection, app: AppId) -> Result<Vec<AppCall>> {
    let mut rows = all(
        c,
        "SELECT app_id, method, path, status, unknown, times, last_at FROM app_calls WHERE app_id = ?1 LIMIT ?2",
        (app, ROWS),
        |r| {
            Ok(AppCall {
                app: r.get(0)?,
                method: r.get(1)?,
                path: r.get(2)?,
                status: r.get(3)?,
                unknown: r.get(4)?,
                times: r.get(5)?,
                last_at: r.get(6)?,
            })
        },
    )?;
    sort_by_key(&mut rows, |row| -row.times);
    Ok(rows)
}
