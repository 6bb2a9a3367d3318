//! How the house is: what waits, what failed, what came in. Each question looks at a few thousand rows at most.

use super::relations;
use super::row::{all, first};
use crate::error::Result;
use crate::model::time::{HOUR, MINUTE};
use crate::model::*;
use rusqlite::Connection;

/// Jobs of one kind that are counted.
pub const COUNTED: i64 = 10_000;
/// Deliveries that are looked at for those that were given up.
const LOOKED_AT: i64 = 3_000;
/// What is due for longer does not get done.
const LATE: i64 = 15 * MINUTE;
const LATE_FILM: i64 = 6 * HOUR;
/// Hosts that are looked at for some that are followed.
const HOSTS: i64 = 50;
/// Arrivals that are counted.
pub const ARRIVALS: i64 = 20_000;

/// The jobs of one kind of lanes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    pub waiting: i64,
    pub due: i64,
    pub oldest: Option<Timestamp>,
}

/// Of the lanes whose names begin with `prefix`.
pub fn queue(c: &Connection, prefix: &str, now: Timestamp) -> Result<Queue> {
    let sql = "SELECT count(*), ifnull(sum(run_at <= ?3), 0), min(created_at) FROM
                  (SELECT run_at, created_at FROM jobs WHERE lane >= ?1 AND lane < ?2 LIMIT ?4)";
    let end = format!("{prefix}\u{10FFFF}");
    let found = first(c, sql, (prefix, end, now, COUNTED), |r| {
        Ok(Queue { waiting: r.get(0)?, due: r.get(1)?, oldest: r.get(2)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// A delivery that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    pub host: String,
    pub reason: String,
    pub at: Timestamp,
}

/// Of the last deliveries, the newest first.
pub fn given_up(c: &Connection, limit: i64) -> Result<Vec<GivenUp>> {
    all(
        c,
        "SELECT host, reason, updated_at FROM
            (SELECT host, ifnull(reason, '') AS reason, updated_at, state FROM deliveries ORDER BY id DESC LIMIT ?1)
          WHERE state = 'failed' LIMIT ?2",
        (LOOKED_AT, limit),
        |r| Ok(GivenUp { host: r.get(0)?, reason: r.get(1)?, at: r.get(2)? }),
    )
}

/// Addresses of the activities that came in since then.
pub fn arrivals(c: &Connection, since: Timestamp) -> Result<Vec<String>> {
    let sql =
        "SELECT uri FROM seen_activities INDEXED BY seen_activities_by_age WHERE seen_at >= ?1 LIMIT ?2";
    all(c, sql, (since, ARRIVALS), |r| r.get(0))
}

/// The newest posts and boosts of the owner.
pub fn own_posts(c: &Connection, owner: AccountId, limit: i64) -> Result<Vec<StatusId>> {
    let sql = "SELECT id FROM statuses WHERE account_id = ?1 ORDER BY id DESC LIMIT ?2";
    all(c, sql, (owner, limit), |r| r.get(0))
}

/// How many servers cannot be reached.
pub fn down(c: &Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM hosts INDEXED BY hosts_failing WHERE failing_since IS NOT NULL LIMIT ?1)";
    Ok(first(c, sql, [COUNTED], |r| r.get(0))?.unwrap_or(0))
}

/// How many lanes have been due for so long that nobody seems to serve them, and since when. A film may be worked on for an
/// hour, and its lane is due all the while.
pub fn stuck(c: &Connection, now: Timestamp) -> Result<(i64, Option<Timestamp>)> {
    let sql = "SELECT count(*), min(run_at) FROM
                  (SELECT run_at FROM lanes WHERE run_at <= ?1 AND (lane <> 'media' OR run_at <= ?2) LIMIT ?3)";
    let found =
        first(c, sql, (now.plus(-LATE), now.plus(-LATE_FILM), COUNTED), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(found.unwrap_or_default())
}

/// Hosts that were heard of lately and where the owner follows somebody, the latest first.
pub fn known_hosts(c: &Connection, https: bool, limit: usize) -> Result<Vec<String>> {
    let sql = "SELECT host FROM hosts INDEXED BY hosts_by_age WHERE failing_since IS NULL
                ORDER BY max(ifnull(seen_at, 0), ifnull(software_at, 0), ifnull(failing_since, 0)) DESC LIMIT ?1";
    let mut found = Vec::new();
    for host in all(c, sql, [HOSTS], |r| r.get::<_, String>(0))? {
        let server = format!("{}://{host}/", if https { "https" } else { "http" });
        if found.len() < limit && relations::is_followed_below(c, &server)? {
            found.push(host);
        }
    }
    Ok(found)
}

/// Which SQLite this is.
pub fn engine() -> &'static str {
    rusqlite::version()
}
