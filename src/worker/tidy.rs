//! Every hour: what is not needed any more goes.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::Job;
use crate::model::time::{DAY, HOUR};
use crate::ops;
use crate::store::{instance, jobs, media, tidy};

/// Uploads at a time; the next hour takes the rest.
const UPLOADS: i64 = 500;

/// After so long without a sign of life of our own, the followed are asked what we missed.
const DOWN: i64 = 6 * HOUR;

/// Uploads that were never attached for a day, with their files; old codes, links, receipts and marks; the
/// owner's posts that are to go, and what of others nobody needs. And the owner's proven links, once a month.
pub fn run(app: &App) -> Result<Next> {
    let forgotten = app.store.read(|c| media::forgotten(c, app.now().plus(-DAY), UPLOADS))?;
    for upload in forgotten {
        ops::media::delete(app, upload.id)?;
    }
    ops::links::check_own(app)?;
    app.store.write(|tx| {
        tidy::run(tx)?;
        // Each hour leaves a mark: where it is old, the server was down.
        let before = instance::heartbeat(tx)?;
        match before.is_some_and(|at| at.plus(DOWN) < tx.now) {
            true => jobs::push(tx, "", &Job::CatchUp),
            false => Ok(()),
        }
    })?;
    ops::cleanup::run(app)?;
    ops::retention::run(app)?;
    app.store.give_back()?;
    Ok(Next::Done)
}
