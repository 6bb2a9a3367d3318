//! Likes that others gave to the owner's statuses.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::Connection;

/// A Like arrived. The same one may arrive any number of times: UNIQUE makes the second one nothing.
pub fn insert(tx: &Tx, by: AccountId, status: StatusId, uri: Option<&str>) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO favourites (id, status_id, account_id, uri) VALUES (?1, ?2, ?3, ?4)",
        (RowId::at(tx.now), status, by, uri),
    )?;
    if made > 0 {
        tx.run("UPDATE statuses SET favourites_count = favourites_count + 1 WHERE id = ?1", [status])?;
    }
    Ok(Change::of(made))
}

pub fn delete(tx: &Tx, by: AccountId, status: StatusId) -> Result<Change> {
    let gone = tx.run("DELETE FROM favourites WHERE account_id = ?1 AND status_id = ?2", (by, status))?;
    if gone > 0 {
        tx.run(
            "UPDATE statuses SET favourites_count = max(0, favourites_count - 1) WHERE id = ?1",
            [status],
        )?;
    }
    Ok(Change::of(gone))
}

/// Whether it is a Like without an emoji, too; and the id of that.
pub fn set_plain(tx: &Tx, by: AccountId, status: StatusId, plain: bool, uri: Option<&str>) -> Result<()> {
    tx.run(
        "UPDATE favourites SET plain = ?3, uri = ifnull(?4, uri) WHERE account_id = ?1 AND status_id = ?2",
        (by, status, plain, uri),
    )?;
    Ok(())
}

pub fn is_plain(c: &Connection, by: AccountId, status: StatusId) -> Result<bool> {
    let found = first(
        c,
        "SELECT plain FROM favourites WHERE account_id = ?1 AND status_id = ?2",
        (by, status),
        |r| r.get(0),
    )?;
    Ok(found.unwrap_or(false))
}

/// The status that a Like of this id was given to, for an Undo that names nothing else.
pub fn by_uri(c: &Connection, uri: &str) -> Result<Option<(AccountId, StatusId)>> {
    first(c, "SELECT account_id, status_id FROM favourites WHERE uri = ?1", [uri], |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

/// Who favourited `id`, newest first, with the row ids that page the list.
pub fn of_status(c: &Connection, id: StatusId, page: &Page) -> Result<Vec<(i64, AccountId)>> {
    let sql = format!(
        "SELECT id, account_id FROM favourites WHERE status_id = ?1 AND id > ?2 AND id < ?3 ORDER BY id {} LIMIT ?4",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (id, above, below, page.limit), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(page.arrange(rows))
}
