//! One activity that arrived: <https://www.w3.org/TR/activitypub/#server-to-server-interactions>

use super::{Next, backoff};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::federation::dispatch;
use crate::store::jobs::Waiting;

/// Tries of one activity whose objects cannot be fetched now.
const TRIES: i64 = 5;

/// Looks into it. What another server does wrong ends here; what may be better later is tried again.
///
/// Errors: our own.
pub fn run(app: &App, waiting: &Waiting, signer: &str, personal: bool, body: &str) -> Result<Next> {
    match dispatch::receive(app, signer, personal, body) {
        Ok(outcome) => {
            tracing::debug!(signer, ?outcome, "an activity");
            Ok(Next::Done)
        }
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
        Err(e) if e.kind == Kind::Unavailable && waiting.attempts < TRIES => {
            tracing::debug!(signer, error = %e, "an activity waits for another server");
            Ok(Next::Retry(app.now().plus(backoff(waiting.attempts))))
        }
        Err(e) => {
            tracing::debug!(signer, error = %e, "an activity came to nothing");
            Ok(Next::Done)
        }
    }
}
