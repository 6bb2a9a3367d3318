//! Look-ups that nobody waits for.

use super::{Next, backoff};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, StatusId};
use crate::ops::{followers_sync, quotes, resolve, webmentions};
use crate::store::jobs::Waiting;

/// Tries of one look-up.
const TRIES: i64 = 3;

/// Fetches an account again, because it is old or was said to have changed.
pub fn account(app: &App, waiting: &Waiting, uri: &str) -> Result<Next> {
    settle(app, waiting, resolve::refresh(app, uri).map(drop))
}

/// Fetches a status that is named somewhere.
pub fn status(app: &App, waiting: &Waiting, uri: &str) -> Result<Next> {
    settle(app, waiting, resolve::status(app, uri).map(drop))
}

/// Looks up what a status quotes, and whether its author agrees.
pub fn quote(app: &App, waiting: &Waiting, status: StatusId) -> Result<Next> {
    settle(app, waiting, quotes::verify::run(app, status))
}

/// Compares who follows with what another server lists.
pub fn followers(app: &App, waiting: &Waiting, account: AccountId, url: &str) -> Result<Next> {
    settle(app, waiting, followers_sync::compare(app, account, url))
}

/// Looks at a page that says that it links here.
pub fn webmention_in(app: &App, waiting: &Waiting, source: &str, target: &str) -> Result<Next> {
    settle(app, waiting, webmentions::check(app, source, target))
}

/// Tells a page that it is linked to.
pub fn webmention_out(app: &App, waiting: &Waiting, source: &str, target: &str) -> Result<Next> {
    let last = waiting.attempts >= TRIES;
    settle(app, waiting, webmentions::send(app, source, target, last))
}

fn settle(app: &App, waiting: &Waiting, result: Result<(), Error>) -> Result<Next> {
    match result {
        Ok(()) => Ok(Next::Done),
        Err(e) if e.kind == Kind::Unavailable && waiting.attempts < TRIES => {
            Ok(Next::Retry(app.now().plus(backoff(waiting.attempts))))
        }
        Err(e) => {
            tracing::debug!(lane = waiting.lane, error = %e, "a look-up found nothing");
            Ok(Next::Done)
        }
    }
}
