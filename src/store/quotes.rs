//! Quotes: which status shows which, and how far the quoted author has agreed. Accepted ones are counted at
//! the quoted status, here and nowhere else.

use super::Tx;
use super::row::{all, first, id_list};
use super::statuses;
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

const COLUMNS: &str = "id, status_id, account_id, quoted_uri, quoted_status_id, quoted_account_id, state, \
    legacy, request_uri, stamp_uri";

/// Rows that one event from outside changes or looks at, at most.
const MOST: i64 = 50;

fn from_row(row: &Row<'_>) -> rusqlite::Result<Quote> {
    Ok(Quote {
        row: row.get(0)?,
        status: row.get(1)?,
        account: row.get(2)?,
        quoted_uri: row.get(3)?,
        quoted: row.get(4)?,
        quoted_account: row.get(5)?,
        state: row.get(6)?,
        legacy: row.get(7)?,
        request_uri: row.get(8)?,
        stamp_uri: row.get(9)?,
    })
}

/// A status quotes one other; a second row changes nothing.
pub fn insert(tx: &Tx, quote: &Quote) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO quotes (id, status_id, account_id, quoted_uri, quoted_status_id,
             quoted_account_id, state, legacy, request_uri, stamp_uri)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (
            quote.row,
            quote.status,
            quote.account,
            &quote.quoted_uri,
            quote.quoted,
            quote.quoted_account,
            quote.state,
            quote.legacy,
            &quote.request_uri,
            &quote.stamp_uri,
        ),
    )?;
    if made > 0 && quote.state == QuoteState::Accepted {
        count(tx, quote.quoted, 1)?;
    }
    Ok(Change::of(made))
}

/// What `status` quotes.
pub fn of_status(c: &Connection, status: StatusId) -> Result<Option<Quote>> {
    first(c, &format!("SELECT {COLUMNS} FROM quotes WHERE status_id = ?1"), [status], from_row)
}

/// What each of `statuses` quotes, as far as it does.
pub fn of_statuses(c: &Connection, statuses: &[StatusId]) -> Result<HashMap<StatusId, Quote>> {
    let sql = format!("SELECT {COLUMNS} FROM quotes WHERE status_id IN rarray(?1)");
    let found = all(c, &sql, [id_list(statuses.iter().copied())], from_row)?;
    Ok(found.into_iter().map(|q| (q.status, q)).collect())
}

pub fn by_row(c: &Connection, row: RowId) -> Result<Option<Quote>> {
    first(c, &format!("SELECT {COLUMNS} FROM quotes WHERE id = ?1"), [row], from_row)
}

/// By the id of the QuoteRequest.
pub fn by_request(c: &Connection, uri: &str) -> Result<Option<Quote>> {
    first(c, &format!("SELECT {COLUMNS} FROM quotes WHERE request_uri = ?1 LIMIT 1"), [uri], from_row)
}

/// Those that rest on this stamp, or claim to.
pub fn by_stamp(c: &Connection, uri: &str) -> Result<Vec<Quote>> {
    let sql = format!("SELECT {COLUMNS} FROM quotes WHERE stamp_uri = ?1 LIMIT {MOST}");
    all(c, &sql, [uri], from_row)
}

/// Those of something that was not known here when they came.
pub fn waiting_for(c: &Connection, uri: &str) -> Result<Vec<Quote>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM quotes WHERE quoted_uri = ?1 AND quoted_status_id IS NULL LIMIT {MOST}"
    );
    all(c, &sql, [uri], from_row)
}

/// Accepted quotes of `quoted` by `account`: whose author hears of its edits.
pub fn accepted_by(c: &Connection, quoted: StatusId, account: AccountId) -> Result<Vec<StatusId>> {
    let sql = format!(
        "SELECT status_id FROM quotes WHERE quoted_status_id = ?1 AND state = 1 AND account_id = ?2
          LIMIT {MOST}"
    );
    all(c, &sql, (quoted, account), |r| r.get(0))
}

/// The statuses that quote `quoted` with its author's leave, and the rows that page the list.
pub fn accepted(c: &Connection, quoted: StatusId, page: &Page) -> Result<Vec<(i64, Status)>> {
    let sql = format!(
        "SELECT {}, quotes.id FROM quotes CROSS JOIN statuses ON statuses.id = quotes.status_id
          WHERE quotes.quoted_status_id = ?1 AND quotes.state = 1 AND quotes.id > ?2 AND quotes.id < ?3
          ORDER BY quotes.id {} LIMIT ?4",
        statuses::COLUMNS,
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (quoted, above, below, page.limit), |r| {
        Ok((r.get(statuses::WIDTH)?, statuses::from_row(r)?))
    })?;
    Ok(page.arrange(rows))
}

/// Moves a quote to another state, and keeps the count.
pub fn set_state(tx: &Tx, quote: &Quote, state: QuoteState) -> Result<Change> {
    let changed = tx.run(
        "UPDATE quotes SET state = ?2 WHERE id = ?1 AND state = ?3 AND state <> ?2",
        (quote.row, state, quote.state),
    )?;
    if changed == 0 {
        return Ok(Change::None);
    }
    match (quote.state, state) {
        (_, QuoteState::Accepted) => count(tx, quote.quoted, 1)?,
        (QuoteState::Accepted, _) => count(tx, quote.quoted, -1)?,
        _ => (),
    }
    Ok(Change::Made)
}

/// The quoted author's authorisation, claimed or verified.
pub fn set_stamp(tx: &Tx, row: RowId, stamp: Option<&str>) -> Result<()> {
    tx.run("UPDATE quotes SET stamp_uri = ?2 WHERE id = ?1", (row, stamp))?;
    Ok(())
}

pub fn set_request(tx: &Tx, row: RowId, request: &str) -> Result<()> {
    tx.run("UPDATE quotes SET request_uri = ?2 WHERE id = ?1", (row, request))?;
    Ok(())
}

/// What is quoted is known now. Only of a quote that is not accepted: others are counted already.
pub fn set_quoted(tx: &Tx, row: RowId, quoted: &Status) -> Result<()> {
    tx.run(
        "UPDATE quotes SET quoted_status_id = ?2, quoted_account_id = ?3, quoted_uri = ?4
          WHERE id = ?1 AND quoted_status_id IS NULL AND state <> 1",
        (row, quoted.id, quoted.account_id, &quoted.uri),
    )?;
    Ok(())
}

/// The status quotes no longer, or is about to go.
pub fn delete(tx: &Tx, status: StatusId) -> Result<()> {
    if let Some(quote) = of_status(tx, status)? {
        tx.run("DELETE FROM quotes WHERE id = ?1", [quote.row])?;
        if quote.state == QuoteState::Accepted {
            count(tx, quote.quoted, -1)?;
        }
    }
    Ok(())
}

fn count(tx: &Tx, quoted: Option<StatusId>, by: i64) -> Result<()> {
    tx.run("UPDATE statuses SET quotes_count = max(0, quotes_count + ?2) WHERE id = ?1", (quoted, by))?;
    Ok(())
}
