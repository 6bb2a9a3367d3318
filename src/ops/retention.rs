//! Old posts of others are forgotten, a few thousand an hour: from the oldest upwards, once a week from the beginning again,
//! since what was kept may be free by then.

use crate::app::App;
use crate::error::Result;
use crate::model::StatusId;
use crate::model::time::DAY;
use crate::store::{instance, retention};

/// Statuses that one transaction looks at, and transactions of one hour.
const BATCH: i64 = 50;
const BATCHES: usize = 100;
/// A new round begins so long after the last one.
const ROUND: i64 = 7 * DAY;
/// Under these names stand how far the round came, and when it began.
const CURSOR: &str = "retention_cursor";
const BEGAN: &str = "retention_began";

/// Goes on with the round, or begins the next one. Gives how many were forgotten.
///
/// Errors: those of the store.
pub fn run(app: &App) -> Result<usize> {
    let days = i64::from(app.config.keep_posts_days);
    if days == 0 {
        return Ok(0);
    }
    let mut forgotten = 0;
    for _ in 0..BATCHES {
        let (gone, goes_on) = app.store.write(|tx| {
            let recent = tx.now.plus(-days * DAY);
            let began = instance::number(tx, BEGAN)?;
            let mut cursor = StatusId(instance::number(tx, CURSOR)?.unwrap_or(0));
            if began.is_none_or(|began| began + ROUND <= tx.now.0) {
                instance::set_number(tx, BEGAN, tx.now.0)?;
                cursor = StatusId(0);
            }
            let batch = retention::older(tx, cursor, recent, BATCH)?;
            let mut free = Vec::new();
            for id in retention::untouched(tx, &batch, recent)? {
                if !retention::is_thread_kept(tx, id, recent)? {
                    free.push(id);
                }
            }
            retention::forget(tx, &free)?;
            instance::set_number(tx, CURSOR, batch.last().unwrap_or(&cursor).0)?;
            Ok((free.len(), !batch.is_empty()))
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
