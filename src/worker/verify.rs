//! The links of a profile, looked at for those that link back.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::AccountId;
use crate::ops::links;

/// Once and not again: whoever opens the profile later asks anew.
pub fn run(app: &App, account: AccountId) -> Result<Next> {
    links::check(app, account)?;
    Ok(Next::Done)
}
