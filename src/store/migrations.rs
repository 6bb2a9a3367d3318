//! From an older file to today's schema: an append-only list, counted by `user_version`.
//!
//! `schema.sql` is always the whole current schema; a fresh file takes it in one go.

use crate::error::{Error, Result};
use rusqlite::Connection;
use std::path::Path;

/// The schema of a fresh file.
const SCHEMA: &str = include_str!("../../schema.sql");

/// Step n brings version n + 1 to version n + 2. Never change a step that a release carried.
const STEPS: &[&str] = &[];

/// Today's `user_version`.
pub const VERSION: i64 = 1 + STEPS.len() as i64;

/// Errors: the file is of a newer version than this binary knows. It is left as it is.
pub fn run(connection: &mut Connection, path: &Path) -> Result<()> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == VERSION {
        return Ok(());
    }
    if found > VERSION {
        return Err(Error::invalid(format!(
            "{} has schema {found}, and this taure knows only up to {VERSION}: it was written by a newer version. \
             Install that version; nothing was changed",
            path.display()
        )));
    }
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have been here while we waited for the lock.
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == 0 {
        tx.execute_batch(SCHEMA)?;
    } else {
        let done = usize::try_from(found - 1).unwrap_or(0);
        for step in STEPS.iter().skip(done) {
            tx.execute_batch(step)?;
        }
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()?;
    Ok(())
}
