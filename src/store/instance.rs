//! The one row of what set-up decided, the keys beside it, and the owner's settings.

use super::Tx;
use super::row::first;
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::Connection;

/// `None` before set-up.
pub fn get(c: &Connection) -> Result<Option<Instance>> {
    let sql = "SELECT origin, domain, username, owner_id, created_at, came_from, actor_path, key_name FROM instance";
    first(c, sql, [], |r| {
        let origin: String = r.get(0)?;
        let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host).to_owned();
        Ok(Instance {
            host,
            origin,
            domain: r.get(1)?,
            username: r.get(2)?,
            owner: r.get(3)?,
            created_at: r.get(4)?,
            came_from: r.get(5)?,
            actor_path: r.get(6)?,
            key_name: r.get(7)?,
            proxied: None,
        })
    })
}

/// Errors: there is an instance already.
pub fn insert(tx: &Tx, instance: &Instance, password_hash: Option<&str>) -> Result<()> {
    let made = tx.run(
        "INSERT OR IGNORE INTO instance (id, origin, domain, username, owner_id, password_hash, created_at,
             came_from, actor_path, key_name)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        (
            &instance.origin,
            &instance.domain,
            &instance.username,
            instance.owner,
            password_hash,
            tx.now,
            &instance.came_from,
            &instance.actor_path,
            &instance.key_name,
        ),
    )?;
    if made == 0 {
        return Err(Error::new(
            crate::error::Kind::Conflict,
            "There is an account here already; nothing was changed",
        ));
    }
    Ok(())
}

pub fn password_hash(c: &Connection) -> Result<Option<String>> {
    Ok(first(c, "SELECT password_hash FROM instance", [], |r| r.get(0))?.flatten())
}

pub fn set_password_hash(tx: &Tx, hash: &str) -> Result<()> {
    tx.run("UPDATE instance SET password_hash = ?1", [hash])?;
    Ok(())
}

/// How many posts for everybody the owner wrote between two ids, the second excluded.
pub fn public_posts(c: &Connection, from: StatusId, to: StatusId) -> Result<i64> {
    let sql = "SELECT count(*) FROM statuses
                WHERE visibility = 0 AND local = 1 AND reblog_of_id IS NULL AND id >= ?1 AND id < ?2";
    Ok(first(c, sql, (from, to), |r| r.get(0))?.unwrap_or(0))
}

/// Errors: `NotFound` when there is no key of that name.
pub fn key(c: &Connection, name: &str) -> Result<String> {
    first(c, "SELECT secret FROM keys WHERE name = ?1", [name], |r| r.get(0))?.ok_or_else(Error::not_found)
}

pub fn key_if_any(c: &Connection, name: &str) -> Result<Option<String>> {
    first(c, "SELECT secret FROM keys WHERE name = ?1", [name], |r| r.get(0))
}

/// A new key in the place of one that there may be.
pub fn replace_key(tx: &Tx, name: &str, secret: &str) -> Result<()> {
    tx.run("INSERT OR REPLACE INTO keys (name, secret) VALUES (?1, ?2)", (name, secret))?;
    Ok(())
}

/// A key, which is then gone.
pub fn take_key(tx: &Tx, name: &str) -> Result<Option<String>> {
    let found = key_if_any(tx, name)?;
    tx.run("DELETE FROM keys WHERE name = ?1", [name])?;
    Ok(found)
}

/// Keys are made once and never replaced by this function.
pub fn add_key(tx: &Tx, name: &str, secret: &str) -> Result<()> {
    tx.run("INSERT INTO keys (name, secret) VALUES (?1, ?2)", (name, secret))?;
    Ok(())
}

/// Notes that the server runs now; gives when it did before.
pub fn heartbeat(tx: &Tx) -> Result<Option<Timestamp>> {
    let before = number(tx, "heartbeat")?.map(Timestamp);
    set_number(tx, "heartbeat", tx.now.0)?;
    Ok(before)
}

/// A number that the server keeps for itself.
pub fn number(c: &Connection, name: &str) -> Result<Option<i64>> {
    first(c, "SELECT CAST(value AS INTEGER) FROM settings WHERE name = ?1", [name], |r| r.get(0))
}

pub fn set_number(tx: &Tx, name: &str, number: i64) -> Result<()> {
    set_text(tx, name, &number.to_string())
}

/// A text that the server keeps for itself.
pub fn text(c: &Connection, name: &str) -> Result<Option<String>> {
    first(c, "SELECT value FROM settings WHERE name = ?1", [name], |r| r.get(0))
}

pub fn set_text(tx: &Tx, name: &str, text: &str) -> Result<()> {
    tx.run(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        (name, text),
    )?;
    Ok(())
}

pub fn settings(c: &Connection) -> Result<Settings> {
    let text: Option<String> = first(c, "SELECT value FROM settings WHERE name = 'owner'", [], |r| r.get(0))?;
    Ok(text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default())
}

pub fn set_settings(tx: &Tx, settings: &Settings) -> Result<()> {
    let text = serde_json::to_string(settings).map_err(Error::internal)?;
    tx.run(
        "INSERT INTO settings (name, value) VALUES ('owner', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
        [text],
    )?;
    Ok(())
}

/// The owner's own sheet.
pub fn sheet(c: &Connection) -> Result<Option<String>> {
    text(c, "sheet")
}

/// An empty one is none.
pub fn set_sheet(tx: &Tx, sheet: &str) -> Result<()> {
    tx.run("DELETE FROM settings WHERE name = 'sheet'", [])?;
    if !sheet.is_empty() {
        tx.run("INSERT INTO settings (name, value) VALUES ('sheet', ?1)", [sheet])?;
    }
    Ok(())
}
