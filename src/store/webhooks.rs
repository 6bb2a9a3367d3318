//! Addresses that are told what happens here.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

/// Letters of a failure.
const REASON: usize = 200;

#[derive(Debug, Clone)]
pub struct Webhook {
    pub id: RowId,
    pub url: String,
    /// Signs what is told.
    pub secret: String,
    /// Tells of the owner's posts.
    pub posts: bool,
    pub notifications: bool,
    /// Since the last success.
    pub failures: i64,
    pub told_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    pub failure: Option<String>,
}

const ROW: &str =
    "SELECT id, url, secret, posts, notifications, failures, told_at, failed_at, failure FROM webhooks";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Webhook> {
    Ok(Webhook {
        id: r.get(0)?,
        url: r.get(1)?,
        secret: r.get(2)?,
        posts: r.get(3)?,
        notifications: r.get(4)?,
        failures: r.get(5)?,
        told_at: r.get(6)?,
        failed_at: r.get(7)?,
        failure: r.get(8)?,
    })
}

/// All of them: there are few.
pub fn list(c: &Connection) -> Result<Vec<Webhook>> {
    all(c, &format!("{ROW} ORDER BY id"), [], from_row)
}

pub fn get(c: &Connection, id: RowId) -> Result<Option<Webhook>> {
    first(c, &format!("{ROW} WHERE id = ?1"), [id], from_row)
}

/// Makes it; one that is there for this address stays as it is.
pub fn insert(tx: &Tx, url: &str, secret: &str, posts: bool, notifications: bool) -> Result<()> {
    tx.run(
        "INSERT INTO webhooks (id, url, secret, posts, notifications) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (url) DO UPDATE SET posts = ?4, notifications = ?5",
        (RowId::at(tx.now), url, secret, posts, notifications),
    )?;
    Ok(())
}

pub fn delete(tx: &Tx, id: RowId) -> Result<()> {
    tx.run("DELETE FROM webhooks WHERE id = ?1", [id])?;
    Ok(())
}

/// It took what it was told.
pub fn told(tx: &Tx, id: RowId) -> Result<()> {
    tx.run("UPDATE webhooks SET told_at = ?2, failures = 0, failure = NULL WHERE id = ?1", (id, tx.now))?;
    Ok(())
}

/// It did not.
pub fn failed(tx: &Tx, id: RowId, reason: &str) -> Result<()> {
    let reason: String = reason.chars().take(REASON).collect();
    tx.run(
        "UPDATE webhooks SET failed_at = ?2, failures = failures + 1, failure = ?3 WHERE id = ?1",
        (id, tx.now, reason),
    )?;
    Ok(())
}
