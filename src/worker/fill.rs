//! Threads and profiles that the owner looks at, filled from where they live.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::{AccountId, StatusId};
use crate::ops::backfill;

/// One try: the owner looks again if need be.
pub fn thread(app: &App, status: StatusId, refresh: &str) -> Result<Next> {
    backfill::thread(app, status, refresh)?;
    Ok(Next::Done)
}

pub fn profile(app: &App, account: AccountId, refresh: &str, older: bool) -> Result<Next> {
    backfill::profile(app, account, refresh, older)?;
    Ok(Next::Done)
}
