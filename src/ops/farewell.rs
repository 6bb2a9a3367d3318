//! What goes: a post that its author deleted, an account that is gone.

use super::{boosts, media};
use crate::app::App;
use crate::error::Result;
use crate::model::*;
use crate::store::{Tx, accounts, relations, statuses};

/// The author deleted something that stands at `uri`: a post or a boost, known here or not. What arrives
/// under that id later is refused.
///
/// Only what is `by`'s own goes. Returns the blob keys that may be free now, for [`clear`].
pub fn delete(tx: &Tx, by: &Account, uri: &str) -> Result<Vec<String>> {
    let Some(status) = statuses::by_uri(tx, uri)? else {
        statuses::bury(tx, uri)?;
        return Ok(Vec::new());
    };
    if status.account_id != by.id || status.local {
        return Ok(Vec::new());
    }
    if status.reblog_of.is_some() {
        boosts::withdraw(tx, by, uri)?;
        return Ok(Vec::new());
    }
    statuses::bury(tx, uri)?;
    tx.after_commit(Event::StatusDeleted(status.id));
    statuses::delete(tx, &status)
}

/// Removes the files that no row uses any more.
pub fn clear(app: &App, blobs: &[String]) {
    media::remove_blobs(app, blobs);
}

/// An account is gone, and all that it wrote and did with it.
pub fn remove(app: &App, account: &Account) -> Result<()> {
    app.store.write(|tx| leave(tx, account))
}

/// As [`remove`], in a transaction.
pub fn leave(tx: &Tx, account: &Account) -> Result<()> {
    relations::unfollow(tx, account.id)?;
    relations::set_follower(tx, account.id, Follow::No, None)?;
    accounts::delete(tx, account.id)?;
    Ok(())
}
