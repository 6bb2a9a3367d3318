//! Servers that the owner does not want to see. The list is a table; what it means for each account is a
//! column of the account, so that no query looks at domains.

use super::Tx;
use super::accounts::{COLUMNS, from_row};
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::Connection;

/// `domain` as it stands in accounts: lower case, no Unicode.
pub fn insert(tx: &Tx, domain: &str) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO domain_blocks (id, domain) VALUES (?1, ?2)",
        (RowId::at(tx.now), domain),
    )?;
    tx.run("UPDATE accounts SET domain_blocked = 1 WHERE domain = ?1", [domain])?;
    Ok(Change::of(made))
}

pub fn delete(tx: &Tx, domain: &str) -> Result<Change> {
    let gone = tx.run("DELETE FROM domain_blocks WHERE domain = ?1", [domain])?;
    tx.run("UPDATE accounts SET domain_blocked = 0 WHERE domain = ?1", [domain])?;
    Ok(Change::of(gone))
}

pub fn count(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT count(*) FROM domain_blocks")?.query_row([], |r| r.get(0))?)
}

/// Whether a domain, as it stands in accounts, is blocked.
pub fn has(c: &Connection, domain: &str) -> Result<bool> {
    Ok(c.prepare_cached("SELECT 1 FROM domain_blocks WHERE domain = ?1")?.exists([domain])?)
}

/// Blocked domains with the row ids that page them, newest first.
pub fn list(c: &Connection, page: &Page) -> Result<Vec<(i64, String)>> {
    let sql = format!(
        "SELECT id, domain FROM domain_blocks WHERE id > ?1 AND id < ?2 ORDER BY id {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (above, below, page.limit), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(page.arrange(rows))
}

/// How many of that domain the owner follows, and how many follow the owner.
pub fn preview(c: &Connection, domain: &str) -> Result<(i64, i64)> {
    let sql =
        "SELECT ifnull(sum(following = 2), 0), ifnull(sum(follower = 2), 0) FROM accounts WHERE domain = ?1";
    Ok(first(c, sql, [domain], |r| Ok((r.get(0)?, r.get(1)?)))?.unwrap_or_default())
}

/// Those of the domain who follow the owner or are followed, or ask to, either way.
pub fn related(c: &Connection, domain: &str) -> Result<Vec<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE domain = ?1 AND (following > 0 OR follower > 0)");
    all(c, &sql, [domain], from_row)
}

/// All that accounts of the domain caused.
pub fn remove_notifications(tx: &Tx, domain: &str) -> Result<()> {
    tx.run(
        "DELETE FROM notifications WHERE account_id IN (SELECT id FROM accounts WHERE domain = ?1)",
        [domain],
    )?;
    Ok(())
}
