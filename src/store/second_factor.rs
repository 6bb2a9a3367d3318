//! The secret of the codes (TOTP), and the recovery codes beside it, which stand here as their digest only.

use super::row::first;
use super::{Tx, secret};
use crate::error::Result;
use crate::model::*;
use rusqlite::Connection;

#[derive(Debug, Clone)]
pub struct Totp {
    /// Base32.
    pub secret: String,
    /// Of the last code that was taken.
    pub last_step: i64,
    pub created_at: Timestamp,
}

/// The secret that counts, or the one that waits for its first code.
pub fn get(c: &Connection, confirmed: bool) -> Result<Option<Totp>> {
    let sql = "SELECT secret, last_step, created_at FROM totp WHERE confirmed = ?1";
    first(c, sql, [confirmed], |r| {
        Ok(Totp { secret: r.get(0)?, last_step: r.get(1)?, created_at: r.get(2)? })
    })
}

/// A new one, which does not count yet, in the place of an earlier attempt.
pub fn begin(tx: &Tx, secret: &str) -> Result<()> {
    tx.run(
        "INSERT OR REPLACE INTO totp (confirmed, secret, created_at) VALUES (0, ?1, ?2)",
        (secret, tx.now),
    )?;
    Ok(())
}

/// The one that waits takes the place of the one that counted.
pub fn confirm(tx: &Tx, step: i64) -> Result<()> {
    tx.run("DELETE FROM totp WHERE confirmed = 1", [])?;
    tx.run("UPDATE totp SET confirmed = 1, last_step = ?1 WHERE confirmed = 0", [step])?;
    Ok(())
}

/// Notes that the code of a step was taken. `Change::None`: it or a later one was before.
pub fn take(tx: &Tx, step: i64) -> Result<Change> {
    let sql = "UPDATE totp SET last_step = ?1 WHERE confirmed = 1 AND last_step < ?1";
    Ok(Change::of(tx.run(sql, [step])?))
}

/// Off: the secret and the recovery codes go.
pub fn remove(tx: &Tx) -> Result<()> {
    tx.run("DELETE FROM totp", [])?;
    tx.run("DELETE FROM recovery_codes", [])?;
    Ok(())
}

pub fn replace_recovery_codes(tx: &Tx, codes: &[String]) -> Result<()> {
    tx.run("DELETE FROM recovery_codes", [])?;
    for code in codes {
        tx.run("INSERT INTO recovery_codes (hash) VALUES (?1)", [secret::digest(code)])?;
    }
    Ok(())
}

/// Uses one up. `Change::None`: it is none.
pub fn take_recovery_code(tx: &Tx, code: &str) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM recovery_codes WHERE hash = ?1", [secret::digest(code)])?))
}

pub fn recovery_codes(c: &Connection) -> Result<i64> {
    Ok(first(c, "SELECT count(*) FROM recovery_codes", [], |r| r.get(0))?.unwrap_or(0))
}
