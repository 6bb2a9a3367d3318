//! The owner's passkeys: their public halves.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

/// Passkeys that there may be.
pub const MOST: usize = 20;

#[derive(Debug, Clone)]
pub struct Passkey {
    pub id: RowId,
    pub credential: Vec<u8>,
    pub public_key: Vec<u8>,
    pub counter: u32,
    pub name: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

const ROW: &str = "SELECT id, credential, public_key, counter, name, created_at, used_at FROM passkeys";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Passkey> {
    Ok(Passkey {
        id: r.get(0)?,
        credential: r.get(1)?,
        public_key: r.get(2)?,
        counter: r.get(3)?,
        name: r.get(4)?,
        created_at: r.get(5)?,
        used_at: r.get(6)?,
    })
}

/// All of them, the oldest first.
pub fn list(c: &Connection) -> Result<Vec<Passkey>> {
    all(c, &format!("{ROW} ORDER BY id"), [], from_row)
}

pub fn by_credential(c: &Connection, credential: &[u8]) -> Result<Option<Passkey>> {
    first(c, &format!("{ROW} WHERE credential = ?1"), [credential], from_row)
}

/// `Change::None`: this one is there already.
pub fn insert(tx: &Tx, credential: &[u8], public_key: &[u8], counter: u32, name: &str) -> Result<Change> {
    let sql = "INSERT OR IGNORE INTO passkeys (credential, public_key, counter, name, created_at)
               VALUES (?1, ?2, ?3, ?4, ?5)";
    Ok(Change::of(tx.run(sql, (credential, public_key, counter, name, tx.now))?))
}

pub fn used(tx: &Tx, id: RowId, counter: u32) -> Result<()> {
    tx.run("UPDATE passkeys SET counter = ?2, used_at = ?3 WHERE id = ?1", (id, counter, tx.now))?;
    Ok(())
}

pub fn rename(tx: &Tx, id: RowId, name: &str) -> Result<Change> {
    Ok(Change::of(tx.run("UPDATE passkeys SET name = ?2 WHERE id = ?1", (id, name))?))
}

pub fn delete(tx: &Tx, id: RowId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM passkeys WHERE id = ?1", [id])?))
}
