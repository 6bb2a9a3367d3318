//! Every hour: what is not needed any more goes.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::time::DAY;
use crate::ops;
use crate::store::{media, tidy};

/// Uploads at a time; the next hour takes the rest.
const UPLOADS: i64 = 500;

/// Uploads that were never attached for a day, with their files; old codes, links, receipts and marks. And the
/// owner's proven links, once a month.
pub fn run(app: &App) -> Result<Next> {
    let forgotten = app.store.read(|c| media::forgotten(c, app.now().plus(-DAY), UPLOADS))?;
    for upload in forgotten {
        ops::media::delete(app, upload.id)?;
    }
    ops::links::check_own(app)?;
    app.store.write(tidy::run)?;
    Ok(Next::Done)
}
