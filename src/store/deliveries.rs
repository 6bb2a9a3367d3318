//! What is sent: each activity once, and one receipt an inbox; and what is known of hosts.

use super::Tx;
use super::jobs;
use super::row::first;
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::Connection;

/// Stores an activity and queues one delivery for each inbox. `inboxes` are pairs of host and address;
/// an inbox that stands there twice gets it once. `by_instance`: the instance actor signs it.
pub fn send(
    tx: &Tx,
    uri: &str,
    status: Option<StatusId>,
    body: &str,
    by_instance: bool,
    inboxes: &[(String, String)],
) -> Result<()> {
    if inboxes.is_empty() {
        return Ok(());
    }
    let activity = ActivityId::at(tx.now);
    tx.run(
        "INSERT INTO activities (id, uri, status_id, body, by_instance, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (activity, uri, status, body, by_instance, tx.now),
    )?;
    for (host, inbox) in inboxes {
        let delivery = DeliveryId::at(tx.now);
        let made = tx.run(
            "INSERT OR IGNORE INTO deliveries (id, activity_id, inbox, updated_at) VALUES (?1, ?2, ?3, ?4)",
            (delivery, activity, inbox, tx.now),
        )?;
        if made > 0 {
            jobs::push(tx, host, &Job::Deliver { delivery })?;
        }
    }
    Ok(())
}

/// A delivery as the worker needs it.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub id: DeliveryId,
    pub inbox: String,
    pub body: String,
    pub uri: String,
    /// The instance actor signs it, not the owner.
    pub by_instance: bool,
}

pub fn get(c: &Connection, id: DeliveryId) -> Result<Option<Delivery>> {
    first(
        c,
        "SELECT d.id, d.inbox, a.body, a.uri, a.by_instance FROM deliveries d JOIN activities a ON a.id = d.activity_id
          WHERE d.id = ?1",
        [id],
        |r| {
            Ok(Delivery {
                id: r.get(0)?,
                inbox: r.get(1)?,
                body: r.get(2)?,
                uri: r.get(3)?,
                by_instance: r.get(4)?,
            })
        },
    )
}

/// How a delivery stands after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Waiting,
    Delivered,
    Failed,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Waiting => "waiting",
            Outcome::Delivered => "delivered",
            Outcome::Failed => "failed",
        }
    }
}

/// Writes the receipt of one try: the HTTP status, if there was an answer, and the reason in words.
pub fn record(
    tx: &Tx,
    id: DeliveryId,
    outcome: Outcome,
    answer: Option<u16>,
    reason: Option<&str>,
) -> Result<()> {
    tx.run(
        "UPDATE deliveries SET state = ?2, attempts = attempts + 1, answer = ?3, reason = ?4, updated_at = ?5
          WHERE id = ?1",
        (id, outcome.as_str(), answer, reason, tx.now),
    )?;
    Ok(())
}

/// How the deliveries of one status stand: delivered, waiting, failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Receipt {
    pub delivered: i64,
    pub waiting: i64,
    pub failed: i64,
}

pub fn receipt(c: &Connection, status: StatusId) -> Result<Receipt> {
    let sql = "SELECT ifnull(sum(state = 'delivered'), 0), ifnull(sum(state = 'waiting'), 0), ifnull(sum(state = 'failed'), 0)
                 FROM deliveries WHERE activity_id IN (SELECT id FROM activities WHERE status_id = ?1)";
    first(c, sql, [status], |r| Ok(Receipt { delivered: r.get(0)?, waiting: r.get(1)?, failed: r.get(2)? }))?
        .ok_or_else(Error::not_found)
}

/// What is remembered of a host.
#[derive(Debug, Clone, Default)]
pub struct Host {
    /// It refused draft-cavage and took RFC 9421.
    pub rfc9421: bool,
    pub failures: i64,
    pub failing_since: Option<Timestamp>,
}

pub fn host(c: &Connection, host: &str) -> Result<Host> {
    let found = first(
        c,
        "SELECT scheme = 'rfc9421', failures, failing_since FROM hosts WHERE host = ?1",
        [host],
        |r| Ok(Host { rfc9421: r.get(0)?, failures: r.get(1)?, failing_since: r.get(2)? }),
    )?;
    Ok(found.unwrap_or_default())
}

pub fn host_accepts(tx: &Tx, host: &str, rfc9421: bool) -> Result<()> {
    let scheme = if rfc9421 { "rfc9421" } else { "cavage" };
    tx.run(
        "INSERT INTO hosts (host, scheme, seen_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (host) DO UPDATE SET scheme = ?2, seen_at = ?3, failures = 0, failing_since = NULL",
        (host, scheme, tx.now),
    )?;
    Ok(())
}

/// It could not be reached, once more.
pub fn host_failed(tx: &Tx, host: &str) -> Result<Host> {
    tx.run(
        "INSERT INTO hosts (host, failures, failing_since) VALUES (?1, 1, ?2)
         ON CONFLICT (host) DO UPDATE SET failures = failures + 1, failing_since = ifnull(failing_since, ?2)",
        (host, tx.now),
    )?;
    self::host(tx, host)
}

/// A sign of life: whatever waits for that host goes out now.
pub fn host_alive(tx: &Tx, host: &str) -> Result<()> {
    let changed = tx.run(
        "UPDATE hosts SET failures = 0, failing_since = NULL, seen_at = ?2 WHERE host = ?1 AND failures > 0",
        (host, tx.now),
    )?;
    if changed > 0 {
        jobs::wake(tx, &format!("out:{host}"))?;
    }
    Ok(())
}
