//! The owner's old posts go by themselves, if the owner says so: Mastodon's "automated post deletion".
//! <https://docs.joinmastodon.org/user/preferences/#auto-deletion>
//!
//! A few dozen an hour, each as the owner would delete it, so that other servers hear of it: a server that sends them
//! thousands of deletions at once is one that they slow down.

use super::statuses;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::DAY;
use crate::model::{Cleanup, StatusId};
use crate::store::{cleanup, instance};

/// Posts that go in an hour.
const HOURLY: usize = 50;
/// Posts that one look sees, and looks of one hour: most may be kept by a rule.
const BATCH: i64 = 250;
const BATCHES: usize = 20;
/// What a rule kept is looked at again so long after the last round began: marks are taken back.
const ROUND: i64 = 7 * DAY;
const CURSOR: &str = "cleanup_cursor";
const BEGAN: &str = "cleanup_began";
/// The most that [`waiting`] counts.
pub const COUNTED: i64 = 10_000;

/// Replaces the owner's rules; the next hour begins at the oldest post.
///
/// Errors: `Invalid` for an age that is none of [`Cleanup::AGES`], and for fewer than one like or boost.
pub fn set(app: &App, rules: &Cleanup) -> Result<()> {
    if !Cleanup::AGES.iter().any(|(days, _)| *days == rules.days) {
        return Err(Error::invalid("Validation failed: That is no age to choose"));
    }
    if [rules.min_favourites, rules.min_boosts].into_iter().flatten().any(|n| n < 1) {
        return Err(Error::invalid("Validation failed: Posts with no likes or boosts cannot be told apart"));
    }
    app.store.write_durably(|tx| {
        let settings = instance::settings(tx)?;
        instance::set_number(tx, CURSOR, 0)?;
        instance::set_number(tx, BEGAN, tx.now.0)?;
        instance::set_settings(tx, &crate::model::Settings { cleanup: rules.clone(), ..settings })
    })
}

/// The rules, and how many posts would go by them now, whether they are on or not.
pub fn waiting(app: &App) -> Result<(Cleanup, i64)> {
    app.store.read(|c| {
        let rules = instance::settings(c)?.cleanup;
        let count = cleanup::count(c, app.now().plus(-rules.days * DAY), &rules, COUNTED)?;
        Ok((rules, count))
    })
}

/// Deletes what this hour deletes. Gives how many posts went.
///
/// Errors: those of the store.
pub fn run(app: &App) -> Result<usize> {
    let rules = app.store.read(instance::settings)?.cleanup;
    if !rules.enabled {
        return Ok(0);
    }
    let before = app.now().plus(-rules.days * DAY);
    let mut gone = 0;
    for _ in 0..BATCHES {
        let (seen, mut due) = app.store.read(|c| {
            let cursor = StatusId(instance::number(c, CURSOR)?.unwrap_or(0));
            let seen = cleanup::older(c, cursor, before, BATCH)?;
            let due = cleanup::due(c, &seen, &rules)?;
            Ok((seen, due))
        })?;
        let Some(last) = seen.last() else {
            if !begin_again(app)? {
                break;
            }
            continue;
        };
        let left = HOURLY - gone;
        let reached = if due.len() > left { due[left - 1] } else { *last };
        due.truncate(left);
        for id in due {
            match statuses::delete(app, id, true) {
                Ok(_) => gone += 1,
                Err(e) if e.kind == Kind::NotFound => (), // the owner was quicker
                Err(e) => return Err(e),
            }
        }
        app.store.write(|tx| instance::set_number(tx, CURSOR, reached.0))?;
        if gone >= HOURLY {
            break;
        }
    }
    if gone > 0 {
        tracing::info!(gone, days = rules.days, "old posts of the owner's went by the owner's rules");
    }
    Ok(gone)
}

/// A round has ended. Whether the next one is due.
fn begin_again(app: &App) -> Result<bool> {
    app.store.write(|tx| {
        let began = instance::number(tx, BEGAN)?;
        let again = began.is_some_and(|began| began + ROUND <= tx.now.0);
        if again || began.is_none() {
            instance::set_number(tx, BEGAN, tx.now.0)?;
            instance::set_number(tx, CURSOR, 0)?;
        }
        Ok(again)
    })
}
