//! The owner decides about somebody whose notifications were held back.

use super::strangers;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::job::MERGE;
use crate::model::sort::sort_by_key;
use crate::model::*;
use crate::store::notification_requests as requests;
use crate::store::{Tx, conversations, jobs, statuses};
use rusqlite::Connection;

/// Notifications that one transaction moves; a job does the rest.
pub const AT_ONCE: i64 = 500;
/// Requests that one call answers.
pub const BULK: usize = 500;

/// Lets in the senders of those of `ids` that are requests: what was held back of them stands in the list,
/// and the policy holds for them no more. Answering twice is not an error.
///
/// Errors: `Invalid` for too many.
pub fn accept(app: &App, ids: &[RowId]) -> Result<()> {
    answer(app, ids, true)
}

/// Sends them away: what was held back of them is gone. What they do next makes a new request.
///
/// Errors: `Invalid` for too many.
pub fn dismiss(app: &App, ids: &[RowId]) -> Result<()> {
    answer(app, ids, false)
}

/// As [`accept`] and [`dismiss`], of one.
///
/// Errors: `NotFound` when there is no such request.
pub fn answer_one(app: &App, id: RowId, accepted: bool) -> Result<()> {
    app.store.write(|tx| {
        let senders = requests::senders(tx, &[id])?;
        let sender = senders.first().ok_or_else(Error::not_found)?;
        settle(tx, *sender, accepted, &mut AT_ONCE.clone())
    })
}

fn answer(app: &App, ids: &[RowId], accepted: bool) -> Result<()> {
    if ids.len() > BULK {
        return Err(Error::invalid(format!("Validation failed: Id is too long (maximum is {BULK})")));
    }
    app.store.write(|tx| {
        let mut room = AT_ONCE;
        for sender in requests::senders(tx, ids)? {
            settle(tx, sender, accepted, &mut room)?;
        }
        Ok(())
    })
}

/// Answers one request. `room` is what this transaction may still move.
fn settle(tx: &Tx, sender: AccountId, accepted: bool, room: &mut i64) -> Result<()> {
    // What comes after this decision is a matter of its own.
    let up_to = requests::newest_held(tx, sender)?;
    requests::close(tx, sender)?;
    if accepted {
        requests::allow(tx, sender)?;
    }
    let moved = move_some(tx, sender, accepted, up_to, *room)?;
    let full = moved == *room;
    *room -= moved;
    if full {
        jobs::push(tx, "", &Job::HeldBack { account: sender, accepted, up_to })?;
    } else if accepted {
        tx.after_commit(Event::NotificationsMerged);
    }
    Ok(())
}

/// One more step of a decision; whether there is more to do.
pub fn go_on(app: &App, account: AccountId, accepted: bool, up_to: NotificationId) -> Result<bool> {
    app.store.write(|tx| {
        let more = move_some(tx, account, accepted, up_to, AT_ONCE)? == AT_ONCE;
        if accepted && !more {
            tx.after_commit(Event::NotificationsMerged);
        }
        Ok(more)
    })
}

/// Moves at most `limit`; how many those were.
fn move_some(tx: &Tx, account: AccountId, accepted: bool, up_to: NotificationId, limit: i64) -> Result<i64> {
    let held = requests::held(tx, account, up_to, limit)?;
    let ids: Vec<NotificationId> = held.iter().map(|(id, ..)| *id).collect();
    if accepted {
        requests::release(tx, &ids)?;
        let about: Vec<StatusId> = held.iter().filter_map(|(_, status, _)| *status).collect();
        let mut letters: Vec<Status> = statuses::many(tx, &about)?.into_values().collect();
        letters.retain(|s| s.visibility == Visibility::Direct && s.account_id == account);
        sort_by_key(&mut letters, |s| s.id);
        for letter in letters {
            conversations::add(tx, &letter)?;
        }
    } else {
        requests::remove(tx, &ids)?;
        let shelved: Vec<StatusId> = held.iter().filter(|one| one.2).filter_map(|one| one.1).collect();
        strangers::forget(tx, &shelved)?;
    }
    Ok(i64::try_from(ids.len()).unwrap_or(limit))
}

/// Whether everything that was accepted stands in the list.
pub fn is_merged(c: &Connection) -> Result<bool> {
    Ok(!jobs::has_any(c, MERGE)?)
}
