//! Who followed when the owner moved away, and what became of each of them.

use super::Tx;
use super::row::{all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::Connection;

/// How a follower of then stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// They follow the new account, or follow here no more.
    Moved,
    /// Their server took the news, and nothing was heard of them since.
    Told,
    /// Their server is still tried.
    Waiting,
    /// Their server was given up.
    Failed,
    /// Their account is there no more.
    Gone,
}

#[derive(Debug, Clone)]
pub struct Follower {
    pub acct: String,
    pub stands: Stands,
    /// What their server answered last, and why that is no success.
    pub answer: Option<u16>,
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub moved: i64,
    pub told: i64,
    pub waiting: i64,
    pub failed: i64,
    pub gone: i64,
}

/// Each with the last delivery of a Move to their inbox. `?1` is the owner's id.
const STANDING: &str = "SELECT m.uri, m.acct, m.inbox, d.host, d.answer, d.reason,
        CASE WHEN m.arrived = 1 OR a.follower < 2 THEN 0 WHEN a.id IS NULL OR a.suspended = 1 THEN 4
             WHEN d.state = 'delivered' THEN 1 WHEN d.state = 'waiting' THEN 2 ELSE 3 END AS stands
   FROM move_followers m LEFT JOIN accounts a ON a.uri = m.uri LEFT JOIN deliveries d ON d.id = (
        SELECT max(sent.id) FROM activities CROSS JOIN deliveries sent
            ON sent.activity_id = activities.id AND sent.inbox = m.inbox
         WHERE activities.object = ?1 AND activities.kind = 'Move')";

/// Whoever follows now is remembered, in the place of those of an earlier move.
pub fn begin(tx: &Tx) -> Result<()> {
    tx.run("DELETE FROM move_followers", [])?;
    tx.run(
        "INSERT OR IGNORE INTO move_followers (uri, acct, inbox)
         SELECT uri, username || '@' || domain, ifnull(shared_inbox, inbox) FROM accounts
          WHERE follower = 2 AND suspended = 0 AND domain IS NOT NULL AND inbox <> ''",
        [],
    )?;
    Ok(())
}

/// The owner lives here again: what was not sent yet of the move stays here.
pub fn end(tx: &Tx, actor: &str) -> Result<()> {
    tx.run("DELETE FROM move_followers", [])?;
    tx.run(
        "UPDATE deliveries SET state = 'superseded', updated_at = ?2 WHERE state = 'waiting' AND activity_id IN (
             SELECT id FROM activities WHERE object = ?1 AND kind = 'Move')",
        (actor, tx.now),
    )?;
    Ok(())
}

pub fn sums(c: &Connection, actor: &str) -> Result<Sums> {
    let sql = format!(
        "SELECT ifnull(sum(stands = 0), 0), ifnull(sum(stands = 1), 0), ifnull(sum(stands = 2), 0),
                ifnull(sum(stands = 3), 0), ifnull(sum(stands = 4), 0) FROM ({STANDING})"
    );
    let sums = first(c, &sql, [actor], |r| {
        Ok(Sums { moved: r.get(0)?, told: r.get(1)?, waiting: r.get(2)?, failed: r.get(3)?, gone: r.get(4)? })
    })?;
    Ok(sums.unwrap_or_default())
}

/// Those who are not known to have moved, the hopeless ones first. What waits behind something else has its reason.
pub fn left_behind(c: &Connection, actor: &str, limit: i64) -> Result<Vec<Follower>> {
    let sql = format!(
        "SELECT acct, stands, answer, ifnull(reason, (SELECT w.reason FROM deliveries w
                WHERE w.host = of.host AND w.state = 'waiting' ORDER BY w.id LIMIT 1))
           FROM ({STANDING}) AS of WHERE stands > 0
          ORDER BY stands DESC, acct LIMIT ?2"
    );
    all(c, &sql, (actor, limit), |r| {
        let stands = match r.get::<_, i64>(1)? {
            1 => Stands::Told,
            2 => Stands::Waiting,
            3 => Stands::Failed,
            _ => Stands::Gone,
        };
        Ok(Follower { acct: r.get(0)?, stands, answer: r.get(2)?, reason: r.get(3)? })
    })
}

/// Where somebody reads who has not moved and could.
pub fn inboxes_left(c: &Connection, actor: &str) -> Result<Vec<String>> {
    let sql = format!("SELECT DISTINCT inbox FROM ({STANDING}) WHERE stands BETWEEN 1 AND 3");
    all(c, &sql, [actor], |r| r.get(0))
}

/// These stand in the list of the new account's followers.
pub fn arrived(tx: &Tx, uris: &[String]) -> Result<()> {
    for uri in uris {
        tx.run("UPDATE move_followers SET arrived = 1 WHERE uri = ?1", [uri])?;
    }
    Ok(())
}

/// How many followed since then, and still do.
pub fn followers_since(c: &Connection, since: Timestamp) -> Result<i64> {
    let sql = "SELECT count(*) FROM accounts WHERE follower = 2 AND follower_row >= ?1";
    Ok(first(c, sql, [since.0 << RowId::BITS], |r| r.get(0))?.unwrap_or(0))
}
