//! Every hour: what is not needed any more goes.

use super::{Next, backoff};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::time::{DAY, HOUR};
use crate::model::{Event, Job};
use crate::ops;
use crate::store::jobs::Waiting;
use crate::store::{instance, jobs, media, oauth, tidy};

/// Uploads at a time; the next hour takes the rest.
const UPLOADS: i64 = 500;

/// After so long without a sign of life of our own, the followed are asked what we missed.
const DOWN: i64 = 6 * HOUR;

/// A bucket that does not answer, or does not want to, is asked again for so long.
const BUCKET_PATIENCE: i64 = 60 * DAY;

/// A file that nothing uses any more. While the bucket is out of reach, its whole lane waits.
pub fn remove_file(app: &App, waiting: &Waiting, key: &str) -> Result<Next> {
    match ops::media::remove_unused(app, key) {
        Err(e)
            if matches!(e.kind, Kind::Unavailable | Kind::BadGateway)
                && app.now() < waiting.created_at.plus(BUCKET_PATIENCE) =>
        {
            tracing::warn!(key, error = %e, "a deleted file is still in the bucket, and will be removed later");
            Ok(Next::Rest(app.now().plus(backoff(waiting.attempts))))
        }
        done => done.map(|()| Next::Done),
    }
}

/// Uploads that were never attached for a day, with their files; old codes, links, receipts and marks; the
/// owner's posts that are to go, and what of others nobody needs. And the owner's proven links, once a month.
pub fn run(app: &App) -> Result<Next> {
    // What is over the budget goes first: all that follows writes.
    ops::budget::settle(app)?;
    let forgotten = app.store.read(|c| media::forgotten(c, app.now().plus(-DAY), UPLOADS))?;
    for upload in forgotten {
        match ops::media::delete(app, upload.id) {
            // Attached or deleted meanwhile.
            Err(e) if matches!(e.kind, Kind::Invalid | Kind::NotFound) => {}
            done => done?,
        }
    }
    ops::links::check_own(app)?;
    ops::calls::flush(app)?;
    ops::blocklists::queue_due(app)?;
    app.store.write(|tx| {
        tidy::run(tx)?;
        oauth::delete_expired(tx)?.into_iter().for_each(|id| tx.after_commit(Event::TokenRevoked(id)));
        // Each hour leaves a mark: where it is old, the server was down.
        let before = instance::heartbeat(tx)?;
        // An http origin is a test's, and there is no outside to look from.
        if app.instance.is_https() {
            ops::doctor::ask(tx, true)?;
        }
        match before.is_some_and(|at| at.plus(DOWN) < tx.now) {
            true => jobs::push(tx, "", &Job::CatchUp),
            false => Ok(()),
        }
    })?;
    ops::strangers::sweep(app)?;
    ops::cleanup::run(app)?;
    ops::retention::run(app)?;
    app.store.give_back()?;
    ops::cache::sweep(app, shelf(app))?;
    ops::media::sweep(app, shelf(app))?;
    ops::media::films::sweep(app)?;
    ops::imports::sweep(app)?;
    ops::exports::sweep(app)?;
    // Last, so that the copy is of what is kept.
    ops::snapshots::run(app)?;
    Ok(Next::Done)
}

/// Another one each hour.
fn shelf(app: &App) -> u8 {
    u8::try_from(app.now().0.div_euclid(HOUR).rem_euclid(256)).unwrap_or(0)
}
