//! What the owner brings along.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::{Job, RowId};
use crate::ops::imports;
use crate::store::jobs;

/// A piece of it; the rest is an alarm of its own, so that others have their turn.
pub fn work(app: &App, import: RowId) -> Result<Next> {
    if imports::slice(app, import)? {
        app.store.write(|tx| jobs::set_alarm(tx, &Job::Import { import }, tx.now))?;
    }
    Ok(Next::Done)
}

/// One thing that another server is asked for, and the next a little later.
pub fn next(app: &App, import: RowId) -> Result<Next> {
    if let Some(at) = imports::ask_next(app, import)? {
        app.store.write(|tx| jobs::set_alarm(tx, &Job::ImportNext { import }, at))?;
    }
    Ok(Next::Done)
}
