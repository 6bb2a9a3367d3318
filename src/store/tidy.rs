//! Rows that have served: each is a range scan of an index on age.

use super::Tx;
use super::sessions::IDLE;
use crate::error::Result;
use crate::model::time::{DAY, HOUR};

/// Removes expired codes and links, mutes that have run out, sessions that have ended, arrivals and receipts of thirty
/// days, keys of repeated posts.
pub fn run(tx: &Tx) -> Result<()> {
    tx.run("DELETE FROM codes WHERE expires_at < ?1", [tx.now])?;
    tx.run(
        "UPDATE accounts SET muting_row = NULL, muting_until = NULL, muting_notifications = 0
          WHERE muting_row IS NOT NULL AND muting_until <= ?1",
        [tx.now],
    )?;
    tx.run("DELETE FROM login_links WHERE expires_at < ?1", [tx.now])?;
    tx.run("DELETE FROM sessions WHERE used_at < ?1", [tx.now.plus(-IDLE)])?; // and their push with them
    tx.run("DELETE FROM seen_activities WHERE seen_at < ?1", [tx.now.plus(-30 * DAY)])?;
    tx.run("DELETE FROM idempotency_keys WHERE created_at < ?1", [tx.now.plus(-HOUR)])?;
    // A job that still waits for one of them finds nothing and ends: they are given up after seven days.
    tx.run("DELETE FROM activities WHERE created_at < ?1 AND kind <> 'Move'", [tx.now.plus(-30 * DAY)])?;
    Ok(())
}
