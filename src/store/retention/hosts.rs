//! What is remembered of servers that nobody here had to do with for a year: it is learned again.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::all;
use rusqlite::Connection;

/// Hosts without a sign of life, a question or a first failure since then, and that nothing waits for.
pub fn unneeded(c: &Connection, before: Timestamp, limit: i64) -> Result<Vec<String>> {
    all(
        c,
        "SELECT h.host FROM hosts h INDEXED BY hosts_by_age
          WHERE max(ifnull(h.seen_at, 0), ifnull(h.software_at, 0), ifnull(h.failing_since, 0)) < ?1
            AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.host = h.host AND d.state = 'waiting')
          LIMIT ?2",
        (before, limit),
        |r| r.get(0),
    )
}

pub fn forget(tx: &Tx, hosts: &[String]) -> Result<usize> {
    for host in hosts {
        tx.run("DELETE FROM hosts WHERE host = ?1", [host])?;
    }
    Ok(hosts.len())
}
