//! The rest of a large decision about held-back notifications: the owner does not wait for it.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::{AccountId, NotificationId};
use crate::ops::notification_requests;

/// One short transaction after the other, until none is left.
pub fn run(app: &App, account: AccountId, accepted: bool, up_to: NotificationId) -> Result<Next> {
    while notification_requests::go_on(app, account, accepted, up_to)? {}
    Ok(Next::Done)
}
