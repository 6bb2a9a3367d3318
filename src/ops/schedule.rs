//! Statuses that are posted later: <https://docs.joinmastodon.org/methods/scheduled_statuses/>
//!
//! What is scheduled is checked at once as a post would be, and goes out by an alarm in the table of jobs. The
//! row goes and the status comes in one transaction: whatever crashes, it is posted once.

use super::compose::{self, Draft};
use super::statuses::{self, NewStatus};
use super::{interactions, polls, quotes};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::{DAY, MINUTE};
use crate::model::*;
use crate::store::{self, Tx, instance, jobs, media, scheduled};
use rusqlite::Connection;

/// What is scheduled lies at least so far ahead; Mastodon's number, as are the next two.
pub const AHEAD: i64 = 5 * MINUTE;
/// Scheduled statuses in all.
const IN_ALL: i64 = 300;
/// Scheduled statuses of one day, in UTC.
const A_DAY: i64 = 25;

/// Keeps a status until `at`. The same idempotency key within an hour gives the same one (pitfall 18).
///
/// Errors: `Invalid` for what breaks a limit; `NotFound` when the answered status is not there.
pub fn plan(app: &App, new: &NewStatus, at: Timestamp) -> Result<Scheduled> {
    keep(app, new, at, None)
}

/// Puts other words into the place of what was scheduled.
///
/// Errors: as [`plan`]; `NotFound` when it is not there any more.
pub fn replace(app: &App, id: ScheduledId, new: &NewStatus, at: Timestamp) -> Result<Scheduled> {
    keep(app, new, at, Some(id))
}

fn keep(app: &App, new: &NewStatus, at: Timestamp, instead: Option<ScheduledId>) -> Result<Scheduled> {
    let poll = polls::checked_with(new.poll.as_ref(), &new.media)?;
    app.store.write_durably(|tx| {
        if let Some(id) = instead {
            take(tx, id)?;
        } else if let Some(before) = repeated(tx, new)? {
            return Ok(before);
        }
        let settings = instance::settings(tx)?;
        let visibility = new.visibility.unwrap_or(settings.default_visibility);
        let quoted = new.quotes.map(|id| quotes::target(tx, id)).transpose()?;
        let visibility = quoted.as_ref().map_or(visibility, |quoted| quoted.narrowed(visibility));
        quotes::policy(new.quote_policy.as_deref(), &settings, visibility)?;
        interactions::own_policy(&app.instance, new.reply_policy.as_deref())?;
        compose::check(&Draft {
            text: &new.text,
            markdown: false,
            spoiler_text: &new.spoiler_text,
            media: &new.media,
            in_reply_to: new.in_reply_to,
            visibility,
            quotes: quoted.is_some(),
            options: &[],
        })?;
        if let Some(parent) = new.in_reply_to {
            compose::answered(tx, parent)?;
        }
        check_time(tx, at, None)?;
        if scheduled::count(tx)? >= IN_ALL {
            return Err(too_many(&format!("{IN_ALL} scheduled posts")));
        }
        let kept = NewStatus { poll, visibility: Some(visibility), idempotency_key: None, ..new.clone() };
        let params = serde_json::to_string(&kept).map_err(Error::internal)?;
        let planned = Scheduled { id: ScheduledId::at(tx.now), scheduled_at: at, params };
        scheduled::insert(tx, &planned)?;
        media::reserve(tx, planned.id, &new.media)?;
        if let Some(key) = &new.idempotency_key {
            store::statuses::remember_scheduled(tx, key, planned.id)?;
            store::drafts::done(tx, key)?;
        }
        jobs::set_alarm(tx, &Job::PublishScheduled { id: planned.id }, at)?;
        Ok(planned)
    })
}

fn repeated(tx: &Tx, new: &NewStatus) -> Result<Option<Scheduled>> {
    let Some(key) = &new.idempotency_key else { return Ok(None) };
    match store::statuses::scheduled_by_idempotency(tx, key, tx.now)? {
        Some(id) => scheduled::find(tx, id),
        None => Ok(None),
    }
}

/// Errors: `Invalid`, in Mastodon's words (pitfall 23), when it is too soon or the day is full.
fn check_time(tx: &Tx, at: Timestamp, of: Option<ScheduledId>) -> Result<()> {
    if at <= tx.now.plus(AHEAD) {
        return Err(Error::invalid("Validation failed: Scheduled at date must be in the future"));
    }
    let day = at.midnight();
    if scheduled::count_between(tx, day, day.plus(DAY), of)? >= A_DAY {
        return Err(too_many(&format!("{A_DAY} scheduled posts for today")));
    }
    Ok(())
}

fn too_many(limit: &str) -> Error {
    Error::invalid(format!("Validation failed: You have exceeded the limit of {limit}"))
}

/// Moves a scheduled status to another time.
///
/// Errors: `NotFound`; `Invalid` when it is too soon or the day is full.
pub fn move_to(app: &App, id: ScheduledId, at: Timestamp) -> Result<Scheduled> {
    app.store.write_durably(|tx| {
        scheduled::get(tx, id)?;
        check_time(tx, at, Some(id))?;
        scheduled::set_time(tx, id, at)?;
        jobs::set_alarm(tx, &Job::PublishScheduled { id }, at)?;
        scheduled::get(tx, id)
    })
}

/// Gives a scheduled status up; its pictures can be used again.
///
/// Errors: `NotFound`.
pub fn cancel(app: &App, id: ScheduledId) -> Result<()> {
    app.store.write_durably(|tx| take(tx, id))
}

/// Posts it at once, with other words.
///
/// Errors: `NotFound`; as [`statuses::publish`].
pub fn publish_instead(app: &App, id: ScheduledId, new: &NewStatus) -> Result<Status> {
    statuses::publish_after(app, new, |tx| take(tx, id), |_, _| Ok(()))
}

/// Errors: `NotFound`.
fn take(tx: &Tx, id: ScheduledId) -> Result<()> {
    match scheduled::delete(tx, id)? {
        Change::Made => jobs::drop_alarm(tx, &Job::PublishScheduled { id }),
        Change::None => Err(Error::not_found()),
    }
}

/// Posts a scheduled status, once. One that was given up meanwhile is not posted.
///
/// What cannot be posted any more, since the answered status is gone, say, stays in the list of what is
/// scheduled: the owner's words are not lost. Errors: our own, after which trying again may help.
pub fn publish(app: &App, id: ScheduledId) -> Result<()> {
    let Some(planned) = app.store.read(|c| scheduled::find(c, id))? else { return Ok(()) };
    let new = params(&planned)?;
    let posted = statuses::publish_after(
        app,
        &new,
        |tx| take(tx, id),
        |tx, status| store::statuses::follow_scheduled(tx, id, status),
    );
    match posted {
        Ok(_) => Ok(()),
        Err(e) if matches!(e.kind, Kind::NotFound | Kind::Invalid) => {
            tracing::warn!(%id, error = %e, "a scheduled post could not be posted");
            Ok(())
        }
        Err(e) => Err(e),
    }
}

/// What will be posted.
pub fn params(planned: &Scheduled) -> Result<NewStatus> {
    serde_json::from_str(&planned.params).map_err(Error::internal)
}

/// When it is to be posted, if that is still to come.
pub fn waits_until(c: &Connection, id: ScheduledId, now: Timestamp) -> Result<Option<Timestamp>> {
    Ok(scheduled::find(c, id)?.map(|planned| planned.scheduled_at).filter(|at| *at > now))
}
