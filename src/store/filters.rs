//! Filters, their keywords, and the single statuses that they name.
//!
//! Every write gives the whole a new version, by which its compiled form is known.

use super::Tx;
use super::row::{Json, all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

fn filter_row(r: &Row<'_>) -> rusqlite::Result<Filter> {
    let contexts = r.get::<_, Json<Vec<String>>>(2)?.0;
    let action: String = r.get(3)?;
    Ok(Filter {
        id: r.get(0)?,
        title: r.get(1)?,
        contexts: contexts.iter().filter_map(|c| FilterContext::parse(c)).collect(),
        action: FilterAction::parse(&action).unwrap_or_default(),
        expires_at: r.get(4)?,
    })
}

fn keyword_row(r: &Row<'_>) -> rusqlite::Result<FilterKeyword> {
    Ok(FilterKeyword { id: r.get(0)?, filter: r.get(1)?, keyword: r.get(2)?, whole_word: r.get(3)? })
}

fn status_row(r: &Row<'_>) -> rusqlite::Result<FilterStatus> {
    Ok(FilterStatus { id: r.get(0)?, filter: r.get(1)?, status: r.get(2)? })
}

/// All filters, the oldest first.
pub fn everything(c: &Connection) -> Result<Vec<Filter>> {
    all(c, "SELECT id, title, contexts, action, expires_at FROM filters ORDER BY id", [], filter_row)
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: FilterId) -> Result<Filter> {
    let sql = "SELECT id, title, contexts, action, expires_at FROM filters WHERE id = ?1";
    first(c, sql, [id], filter_row)?.ok_or_else(Error::not_found)
}

/// The keywords of one filter, or of all, the oldest first.
pub fn keywords(c: &Connection, of: Option<FilterId>) -> Result<Vec<FilterKeyword>> {
    match of {
        Some(id) => {
            let sql = "SELECT id, filter_id, keyword, whole_word FROM filter_keywords
                        WHERE filter_id = ?1 ORDER BY id";
            all(c, sql, [id], keyword_row)
        }
        None => {
            let sql = "SELECT id, filter_id, keyword, whole_word FROM filter_keywords ORDER BY id";
            all(c, sql, [], keyword_row)
        }
    }
}

/// Errors: `NotFound`.
pub fn keyword(c: &Connection, id: FilterKeywordId) -> Result<FilterKeyword> {
    let sql = "SELECT id, filter_id, keyword, whole_word FROM filter_keywords WHERE id = ?1";
    first(c, sql, [id], keyword_row)?.ok_or_else(Error::not_found)
}

/// The statuses that one filter names, or that any does, the oldest first.
pub fn statuses(c: &Connection, of: Option<FilterId>) -> Result<Vec<FilterStatus>> {
    match of {
        Some(id) => {
            let sql = "SELECT id, filter_id, status_id FROM filter_statuses WHERE filter_id = ?1 ORDER BY id";
            all(c, sql, [id], status_row)
        }
        None => all(c, "SELECT id, filter_id, status_id FROM filter_statuses ORDER BY id", [], status_row),
    }
}

/// Errors: `NotFound`.
pub fn status(c: &Connection, id: FilterStatusId) -> Result<FilterStatus> {
    let sql = "SELECT id, filter_id, status_id FROM filter_statuses WHERE id = ?1";
    first(c, sql, [id], status_row)?.ok_or_else(Error::not_found)
}

/// How much there is, so that it can be bounded.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub filters: i64,
    pub keywords: i64,
    /// Letters of all keywords.
    pub letters: i64,
    pub statuses: i64,
}

pub fn size(c: &Connection) -> Result<Size> {
    let sql = "SELECT (SELECT count(*) FROM filters), (SELECT count(*) FROM filter_keywords),
                      (SELECT ifnull(sum(length(keyword)), 0) FROM filter_keywords),
                      (SELECT count(*) FROM filter_statuses)";
    Ok(c.prepare_cached(sql)?.query_row([], |r| {
        Ok(Size { filters: r.get(0)?, keywords: r.get(1)?, letters: r.get(2)?, statuses: r.get(3)? })
    })?)
}

/// Stores a filter, new or changed.
pub fn put(tx: &Tx, filter: &Filter) -> Result<()> {
    let contexts: Vec<&str> = filter.contexts.iter().map(|c| c.as_str()).collect();
    tx.run(
        "INSERT INTO filters (id, title, contexts, action, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET title = ?2, contexts = ?3, action = ?4, expires_at = ?5",
        (filter.id, &filter.title, Json(contexts), filter.action.as_str(), filter.expires_at),
    )?;
    changed(tx)
}

/// Errors: `NotFound`.
pub fn delete(tx: &Tx, id: FilterId) -> Result<()> {
    gone(tx, tx.run("DELETE FROM filters WHERE id = ?1", [id])?)
}

/// Stores a keyword, new or changed.
pub fn put_keyword(tx: &Tx, keyword: &FilterKeyword) -> Result<()> {
    tx.run(
        "INSERT INTO filter_keywords (id, filter_id, keyword, whole_word) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET keyword = ?3, whole_word = ?4",
        (keyword.id, keyword.filter, &keyword.keyword, keyword.whole_word),
    )?;
    changed(tx)
}

/// Errors: `NotFound`.
pub fn delete_keyword(tx: &Tx, id: FilterKeywordId) -> Result<()> {
    gone(tx, tx.run("DELETE FROM filter_keywords WHERE id = ?1", [id])?)
}

/// Names a status in a filter. `None`: it is named there already.
pub fn add_status(tx: &Tx, filter: FilterId, status: StatusId) -> Result<Option<FilterStatus>> {
    let row = FilterStatus { id: FilterStatusId::at(tx.now), filter, status };
    let made = tx.run(
        "INSERT OR IGNORE INTO filter_statuses (id, filter_id, status_id) VALUES (?1, ?2, ?3)",
        (row.id, filter, status),
    )?;
    changed(tx)?;
    Ok((made > 0).then_some(row))
}

/// Errors: `NotFound`.
pub fn delete_status(tx: &Tx, id: FilterStatusId) -> Result<()> {
    gone(tx, tx.run("DELETE FROM filter_statuses WHERE id = ?1", [id])?)
}

/// The version of all filters as they stand, and the time; `None` while there never was one.
pub fn version(c: &Connection) -> Result<Option<(i64, Timestamp)>> {
    let sql = "SELECT CAST(value AS INTEGER), taure_now() FROM settings WHERE name = 'filters'";
    first(c, sql, [], |r| Ok((r.get(0)?, r.get(1)?)))
}

fn gone(tx: &Tx, rows: usize) -> Result<()> {
    if rows == 0 { Err(Error::not_found()) } else { changed(tx) }
}

fn changed(tx: &Tx) -> Result<()> {
    tx.run(
        "INSERT INTO settings (name, value) VALUES ('filters', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
        [RowId::at(tx.now).to_string()],
    )?;
    tx.after_commit(Event::FiltersChanged);
    Ok(())
}
