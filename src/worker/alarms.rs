//! What happens at its time: polls end, their totals go out, scheduled posts are posted.

use super::{Next, backoff};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::{ScheduledId, StatusId};
use crate::ops::{polls, schedule};
use crate::store;
use crate::store::jobs::Waiting;

/// Tries to learn the last count of somebody else's poll.
const TRIES: i64 = 3;

pub fn totals(app: &App, status: StatusId) -> Result<Next> {
    polls::tell_totals(app, status)?;
    Ok(Next::Done)
}

/// Somebody else's poll is counted once more before the owner hears that it ended.
pub fn end(app: &App, waiting: &Waiting, id: StatusId) -> Result<Next> {
    if let Some(at) = polls::still_runs_until(app, id)? {
        return Ok(Next::Retry(at));
    }
    if let Some(status) = app.store.read(|c| Ok(store::statuses::many(c, &[id])?.remove(&id)))? {
        match polls::refresh(app, &status) {
            Err(e) if e.kind == Kind::Unavailable && waiting.attempts < TRIES => {
                return Ok(Next::Retry(app.now().plus(backoff(waiting.attempts))));
            }
            Err(e) => tracing::debug!(%id, error = %e, "the end of a poll was not told by its server"),
            Ok(()) => (),
        }
    }
    polls::end(app, id)?;
    Ok(Next::Done)
}

pub fn publish(app: &App, id: ScheduledId) -> Result<Next> {
    if let Some(at) = app.store.read(|c| schedule::waits_until(c, id, app.now()))? {
        return Ok(Next::Retry(at));
    }
    schedule::publish(app, id)?;
    Ok(Next::Done)
}
