//! What goes: a post that its author deleted, an account that is gone.

use super::{boosts, media};
use crate::app::App;
use crate::error::Result;
use crate::model::*;
use crate::store::{Tx, accounts, relations, statuses};
use rusqlite::Connection;

/// The author deleted something that stands at `uri`: a post or a boost, known here or not. What arrives
/// under that id later is refused.
///
/// Only what is `by`'s own goes. Returns the blob keys that may be free now, for [`clear`].
pub fn delete(tx: &Tx, by: &Account, uri: &str) -> Result<Vec<String>> {
    let Some(status) = statuses::by_uri(tx, uri)? else {
        forestall(tx, &by.uri, uri)?;
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

/// `by` took `uri` back before it came here. Kept for thirty days, and with the name of who said so, since
/// nobody may take back what another is yet to say.
pub fn forestall(tx: &Tx, by: &str, uri: &str) -> Result<()> {
    statuses::first_sight(tx, &format!("gone {by} {uri}"))?;
    Ok(())
}

/// When `by` took `uri` back before it came, if so.
pub fn forestalled(c: &Connection, by: &str, uri: &str) -> Result<Option<Timestamp>> {
    statuses::seen_at(c, &format!("gone {by} {uri}"))
}

/// Removes the files that no row uses any more.
pub fn clear(app: &App, blobs: &[String]) {
    media::remove_blobs(app, blobs);
}

/// An account is gone, and all that it wrote and did with it.
pub fn remove(app: &App, account: &Account) -> Result<()> {
    app.store.write(|tx| leave(tx, account))
}

/// As [`remove`], in a transaction. Whom the owner blocks stays on the list: they may come back.
pub fn leave(tx: &Tx, account: &Account) -> Result<()> {
    if account.relation.blocking() {
        return Ok(());
    }
    relations::unfollow(tx, account.id)?;
    relations::set_follower(tx, account.id, Follow::No, None)?;
    accounts::delete(tx, account.id)?;
    Ok(())
}
