//! Looking things up on other servers. (The whole of it follows in the next slice.)

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::Account;

/// Errors: `NotFound`, until the look-up is built.
pub fn account_by_handle(_: &App, _: &str, _: &str) -> Result<Account> {
    Err(Error::not_found())
}
