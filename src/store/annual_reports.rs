//! Years of the owner's posts, and the sums of them that were made.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

#[derive(Debug, Clone)]
pub struct Report {
    pub year: i64,
    /// JSON; `None` while it is being made.
    pub data: Option<String>,
    pub viewed: bool,
    pub created_at: Timestamp,
}

const COLUMNS: &str = "year, data, viewed_at IS NOT NULL, created_at";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Report> {
    Ok(Report { year: r.get(0)?, data: r.get(1)?, viewed: r.get(2)?, created_at: r.get(3)? })
}

pub fn get(c: &Connection, year: i64) -> Result<Option<Report>> {
    first(c, &format!("SELECT {COLUMNS} FROM annual_reports WHERE year = ?1"), [year], from_row)
}

/// Those that are made and not read yet, the newest first.
pub fn unread(c: &Connection) -> Result<Vec<Report>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM annual_reports WHERE data IS NOT NULL AND viewed_at IS NULL
          ORDER BY year DESC LIMIT 20"
    );
    all(c, &sql, [], from_row)
}

/// Says that it is being made from now on.
pub fn begin(tx: &Tx, year: i64) -> Result<()> {
    tx.run(
        "INSERT INTO annual_reports (year, created_at) VALUES (?1, ?2)
         ON CONFLICT (year) DO UPDATE SET created_at = ?2 WHERE data IS NULL",
        (year, tx.now),
    )?;
    Ok(())
}

pub fn finish(tx: &Tx, year: i64, data: &str) -> Result<()> {
    tx.run("UPDATE annual_reports SET data = ?2 WHERE year = ?1 AND data IS NULL", (year, data))?;
    Ok(())
}

pub fn set_viewed(tx: &Tx, year: i64) -> Result<()> {
    tx.run("UPDATE annual_reports SET viewed_at = ifnull(viewed_at, ?2) WHERE year = ?1", (year, tx.now))?;
    Ok(())
}

/// A post or boost of the owner's, as far as a report asks for it.
#[derive(Debug, Clone)]
pub struct Said {
    pub id: StatusId,
    pub visibility: Visibility,
    /// Whom it boosts.
    pub boosted: Option<AccountId>,
    /// It answers somebody.
    pub is_reply: bool,
    pub answered: Option<AccountId>,
    pub application: Option<String>,
    pub counts: StatusCounts,
}

/// Posts of one year that are looked at: one every ten minutes.
const MOST: i64 = 50_000;

/// What the owner said between two ids, the second excluded, oldest first.
pub fn said(c: &Connection, from: StatusId, to: StatusId) -> Result<Vec<Said>> {
    all(
        c,
        "SELECT s.id, s.visibility, o.account_id, s.in_reply_to_uri IS NOT NULL, s.in_reply_to_account_id,
                s.application, s.replies_count, s.reblogs_count, s.favourites_count
           FROM statuses s LEFT JOIN statuses o ON o.id = s.reblog_of_id
          WHERE s.account_id = (SELECT owner_id FROM instance) AND s.id >= ?1 AND s.id < ?2
          ORDER BY s.id LIMIT ?3",
        (from, to, MOST),
        |r| {
            Ok(Said {
                id: r.get(0)?,
                visibility: r.get(1)?,
                boosted: r.get(2)?,
                is_reply: r.get(3)?,
                answered: r.get(4)?,
                application: r.get(5)?,
                counts: StatusCounts {
                    replies: r.get(6)?,
                    reblogs: r.get(7)?,
                    favourites: r.get(8)?,
                    ..StatusCounts::default()
                },
            })
        },
    )
}

/// Whether the owner posted anything for everybody between two ids.
pub fn has_open_posts(c: &Connection, from: StatusId, to: StatusId) -> Result<bool> {
    let sql =
        "SELECT 1 FROM statuses WHERE account_id = (SELECT owner_id FROM instance) AND id >= ?1 AND id < ?2
                  AND visibility <= 1 AND reblog_of_id IS NULL LIMIT 1";
    Ok(c.prepare_cached(sql)?.exists((from, to))?)
}

/// The owner's hashtags between two ids with how often, the most used first.
pub fn hashtags(c: &Connection, from: StatusId, to: StatusId, limit: i64) -> Result<Vec<(String, i64)>> {
    all(
        c,
        "SELECT t.display_name, used.n FROM (
             SELECT st.tag_id, count(*) AS n
               FROM (SELECT id FROM statuses
                      WHERE account_id = (SELECT owner_id FROM instance) AND id >= ?1 AND id < ?2
                      ORDER BY id LIMIT ?4) AS year
               CROSS JOIN status_tags st ON st.status_id = year.id
              GROUP BY st.tag_id ORDER BY n DESC, st.tag_id LIMIT ?3) AS used
           CROSS JOIN tags t ON t.id = used.tag_id
          ORDER BY used.n DESC, t.id",
        (from, to, limit, MOST),
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// Since when each of those follows who began to between two rows.
pub fn new_followers(c: &Connection, from: RowId, to: RowId) -> Result<Vec<RowId>> {
    all(
        c,
        "SELECT follower_row FROM accounts WHERE follower = 2 AND follower_row >= ?1 AND follower_row < ?2
          ORDER BY follower_row LIMIT ?3",
        (from, to, MOST),
        |r| r.get(0),
    )
}
