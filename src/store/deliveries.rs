//! What is sent: each activity once, and one receipt an inbox; and what is known of hosts.

use super::Tx;
use super::jobs;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::time::DAY;
use crate::model::*;
use rusqlite::Connection;

/// A host that could not be reached for so long is sent nothing but one try at a time, until it shows life.
const DEAD: i64 = 30 * DAY;

/// What is to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Activity<'a> {
    pub uri: &'a str,
    /// `Create`, `Update` ...
    pub kind: &'a str,
    /// The id of what it is about.
    pub object: Option<&'a str>,
    /// The status that it is about, for the receipts.
    pub status: Option<StatusId>,
    pub body: &'a str,
    pub signer: SignedBy,
}

/// Stores an activity and queues one delivery for each inbox. `inboxes` are pairs of host and address;
/// an inbox that stands there twice gets it once.
///
/// What still waits for an inbox and is overtaken by this is not sent: older edits by a newer one, a post and its edits
/// by its deletion, a Move by the next, and whatever an Undo takes back.
pub fn send(tx: &Tx, new: &Activity<'_>, inboxes: &[(String, String)]) -> Result<()> {
    if inboxes.is_empty() {
        return Ok(());
    }
    let activity = ActivityId::at(tx.now);
    tx.run(
        "INSERT INTO activities (id, uri, status_id, body, signer, created_at, kind, object)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (activity, new.uri, new.status, new.body, new.signer, tx.now, new.kind, new.object),
    )?;
    let older = overtaken(tx, new, activity)?;
    for (host, inbox) in inboxes {
        for old in &older {
            tx.run(
                "UPDATE deliveries SET state = 'superseded', updated_at = ?3
                  WHERE activity_id = ?1 AND inbox = ?2 AND state = 'waiting'",
                (old, inbox, tx.now),
            )?;
        }
        let delivery = DeliveryId::at(tx.now);
        let made = tx.run(
            "INSERT OR IGNORE INTO deliveries (id, activity_id, inbox, updated_at, host) VALUES (?1, ?2, ?3, ?4, ?5)",
            (delivery, activity, inbox, tx.now, host),
        )?;
        if made > 0 {
            let job = Job::Deliver { delivery };
            if is_dead(tx, host)? && jobs::has_any(tx, &job.lane(host))? {
                record(tx, delivery, Outcome::Failed, None, Some("the server has been down for a month"))?;
            } else {
                jobs::push(tx, host, &job)?;
            }
        }
    }
    Ok(())
}

/// Activities that nobody needs who gets this one.
fn overtaken(tx: &Tx, new: &Activity<'_>, id: ActivityId) -> Result<Vec<ActivityId>> {
    let Some(object) = new.object else { return Ok(Vec::new()) };
    match new.kind {
        "Update" => all(
            tx,
            "SELECT id FROM activities WHERE object = ?1 AND kind = 'Update' AND id < ?2",
            (object, id),
            |r| r.get(0),
        ),
        "Delete" => all(
            tx,
            "SELECT id FROM activities WHERE object = ?1 AND kind IN ('Create', 'Update') AND id < ?2",
            (object, id),
            |r| r.get(0),
        ),
        "Move" => all(
            tx,
            "SELECT id FROM activities WHERE object = ?1 AND kind = 'Move' AND id < ?2",
            (object, id),
            |r| r.get(0),
        ),
        "Undo" => all(tx, "SELECT id FROM activities WHERE uri = ?1", [object], |r| r.get(0)),
        _ => Ok(Vec::new()),
    }
}

fn is_dead(tx: &Tx, host: &str) -> Result<bool> {
    Ok(self::host(tx, host)?.failing_since.is_some_and(|since| since.plus(DEAD) < tx.now))
}

/// A delivery as the worker needs it.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub id: DeliveryId,
    pub inbox: String,
    pub body: String,
    pub uri: String,
    /// What sort of activity it is.
    pub kind: String,
    pub signer: SignedBy,
    /// It was neither delivered nor given up, and nothing newer took its place.
    pub waits: bool,
    /// A new post that followers alone may see: their servers compare whom they know.
    pub for_followers: bool,
    /// When the activity was made.
    pub made_at: Timestamp,
}

pub fn get(c: &Connection, id: DeliveryId) -> Result<Option<Delivery>> {
    first(
        c,
        "SELECT d.id, d.inbox, a.body, a.uri, a.signer, d.state = 'waiting', a.created_at,
                a.kind = 'Create' AND ifnull(s.visibility = ?2, 0), a.kind
           FROM deliveries d JOIN activities a ON a.id = d.activity_id LEFT JOIN statuses s ON s.id = a.status_id
          WHERE d.id = ?1",
        (id, Visibility::Private),
        |r| {
            Ok(Delivery {
                id: r.get(0)?,
                inbox: r.get(1)?,
                body: r.get(2)?,
                uri: r.get(3)?,
                signer: r.get(4)?,
                waits: r.get(5)?,
                made_at: r.get(6)?,
                for_followers: r.get(7)?,
                kind: r.get(8)?,
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

/// How the deliveries of one status stand, each inbox by what was sent to it last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Receipt {
    pub delivered: i64,
    /// Still tried.
    pub waiting: i64,
    pub failed: i64,
}

impl Receipt {
    pub fn total(self) -> i64 {
        self.delivered + self.waiting + self.failed
    }
}

/// The last delivery to each inbox that has to do with a status.
const LAST: &str =
    "SELECT d.inbox, d.state, d.attempts, d.answer, d.reason, max(d.id) AS id, d.host, d.updated_at
       FROM deliveries d WHERE d.activity_id IN (SELECT id FROM activities WHERE status_id = ?1)
        AND d.state <> 'superseded' GROUP BY d.inbox";

pub fn receipt(c: &Connection, status: StatusId) -> Result<Receipt> {
    let sql = format!(
        "SELECT ifnull(sum(state = 'delivered'), 0), ifnull(sum(state = 'waiting'), 0), ifnull(sum(state = 'failed'), 0)
           FROM ({LAST})"
    );
    first(c, &sql, [status], |r| Ok(Receipt { delivered: r.get(0)?, waiting: r.get(1)?, failed: r.get(2)? }))?
        .ok_or_else(Error::not_found)
}

/// One inbox that has not taken what was sent to it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    pub id: DeliveryId,
    pub host: String,
    pub inbox: String,
    /// Given up; else still tried.
    pub failed: bool,
    pub attempts: i64,
    /// The last HTTP status.
    pub answer: Option<u16>,
    pub reason: Option<String>,
    pub updated_at: Timestamp,
    /// Since when its server cannot be reached.
    pub down_since: Option<Timestamp>,
}

/// Inboxes that have not taken a status, by their server's name.
pub fn undelivered(c: &Connection, status: StatusId, limit: i64) -> Result<Vec<Undelivered>> {
    let sql = format!(
        "SELECT last.id, last.host, inbox, state = 'failed', attempts, answer, reason, updated_at, h.failing_since
           FROM ({LAST}) AS last LEFT JOIN hosts h ON h.host = last.host
          WHERE state <> 'delivered' ORDER BY last.host LIMIT ?2"
    );
    all(c, &sql, (status, limit), |r| {
        Ok(Undelivered {
            id: r.get(0)?,
            host: r.get(1)?,
            inbox: r.get(2)?,
            failed: r.get(3)?,
            attempts: r.get(4)?,
            answer: r.get(5)?,
            reason: r.get(6)?,
            updated_at: r.get(7)?,
            down_since: r.get(8)?,
        })
    })
}

/// Given up once, it is tried anew.
pub fn revive(tx: &Tx, id: DeliveryId, host: &str) -> Result<()> {
    let revived = tx.run(
        "UPDATE deliveries SET state = 'waiting', attempts = 0, updated_at = ?2 WHERE id = ?1 AND state = 'failed'",
        (id, tx.now),
    )?;
    if revived > 0 {
        jobs::push(tx, host, &Job::Deliver { delivery: id })?;
    }
    Ok(())
}

/// A server that cannot be reached.
#[derive(Debug, Clone)]
pub struct Failing {
    pub host: String,
    pub since: Timestamp,
    pub failures: i64,
    /// What waits for it, counted up to a thousand.
    pub waiting: i64,
    /// Of the oldest that waits.
    pub reason: Option<String>,
    /// The last sign of life.
    pub seen_at: Option<Timestamp>,
    /// When it is tried again; none: nothing waits for it.
    pub next: Option<Timestamp>,
}

/// The longest first, from the one after `after` on.
pub fn failing(c: &Connection, after: Option<(Timestamp, &str)>, limit: i64) -> Result<Vec<Failing>> {
    let (since, host) = after.unwrap_or((Timestamp(i64::MIN), ""));
    all(
        c,
        "SELECT host, failing_since, failures,
                (SELECT count(*) FROM (SELECT 1 FROM deliveries d WHERE d.host = hosts.host AND d.state = 'waiting' LIMIT 1000)),
                (SELECT reason FROM deliveries d WHERE d.host = hosts.host AND d.state = 'waiting' ORDER BY d.id LIMIT 1),
                seen_at, (SELECT run_at FROM lanes WHERE lane = 'out:' || hosts.host)
           FROM hosts INDEXED BY hosts_failing WHERE failing_since IS NOT NULL AND (failing_since, host) > (?1, ?2) ORDER BY failing_since, host LIMIT ?3",
        (since, host, limit),
        |r| {
            Ok(Failing {
                host: r.get(0)?,
                since: r.get(1)?,
                failures: r.get(2)?,
                waiting: r.get(3)?,
                reason: r.get(4)?,
                seen_at: r.get(5)?,
                next: r.get(6)?,
            })
        },
    )
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

/// What runs there, as its NodeInfo said, and when that was asked.
pub fn software(c: &Connection, host: &str) -> Result<Option<(String, Timestamp)>> {
    first(
        c,
        "SELECT software, software_at FROM hosts WHERE host = ?1 AND software IS NOT NULL",
        [host],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

pub fn set_software(tx: &Tx, host: &str, name: &str) -> Result<()> {
    tx.run(
        "INSERT INTO hosts (host, software, software_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (host) DO UPDATE SET software = ?2, software_at = ?3",
        (host, name, tx.now),
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

/// Notes that a host is told of something that each hears once.
pub fn tell_once(tx: &Tx, host: &str) -> Result<Change> {
    let changed = tx.run(
        "INSERT INTO hosts (host, seen_at, told_at) VALUES (?1, ?2, ?2)
         ON CONFLICT (host) DO UPDATE SET told_at = ?2 WHERE told_at IS NULL",
        (host, tx.now),
    )?;
    Ok(Change::of(changed))
}

/// What each heard once has changed since.
pub fn tell_again(tx: &Tx) -> Result<()> {
    tx.run("UPDATE hosts SET told_at = NULL WHERE told_at IS NOT NULL", [])?;
    Ok(())
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
