//! Old posts of others are forgotten, a few thousand an hour: from the oldest upwards, at most once a week from the beginning
//! again, since what was kept may be free by then.

use crate::app::App;
use crate::error::Result;
use crate::model::StatusId;
use crate::model::time::DAY;
use crate::store::{instance, retention};

/// Statuses that one transaction looks at, and transactions of one hour.
const BATCH: i64 = 50;
const BATCHES: usize = 100;
/// A new round begins so long after the last one, when that has ended.
const ROUND: i64 = 7 * DAY;
/// Under these names stand how far the round came, and when it began.
const CURSOR: &str = "retention_cursor";
const BEGAN: &str = "retention_began";

/// Goes on with the round, or begins the next one. Gives how many were forgotten.
///
/// Errors: those of the store.
pub fn run(app: &App) -> Result<usize> {
    let days = app.room.days();
    if days == 0 {
        return Ok(0);
    }
    let mut forgotten = 0;
    for _ in 0..BATCHES {
        let (gone, goes_on) = app.store.write(|tx| {
            let recent = tx.now.plus(-days * DAY);
            let began = instance::number(tx, BEGAN)?;
            let cursor = StatusId(instance::number(tx, CURSOR)?.unwrap_or(0));
            let batch = retention::older(tx, cursor, recent, BATCH)?;
            let mut free = Vec::new();
            for id in retention::untouched(tx, &batch, recent)? {
                if !retention::is_thread_kept(tx, id, recent)? {
                    free.push(id);
                }
            }
            retention::forget(tx, &free)?;
            // Only a round that came to its end is followed by another: a large file may take longer than a week.
            let again = batch.is_empty() && began.is_some_and(|began| began + ROUND <= tx.now.0);
            if again || began.is_none() {
                instance::set_number(tx, BEGAN, tx.now.0)?;
            }
            let reached = if again { StatusId(0) } else { *batch.last().unwrap_or(&cursor) };
            instance::set_number(tx, CURSOR, reached.0)?;
            Ok((free.len(), again || !batch.is_empty()))
        })?;
        forgotten += gone;
        if !goes_on {
            break;
        }
    }
    if forgotten > 0 {
        tracing::info!(forgotten, days, "old posts of others were forgotten");
    }
    Ok(forgotten)
}
