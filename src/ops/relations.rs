//! Blocks, mutes and private notes.

use super::{deliver, follows};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::SECOND;
use crate::model::*;
use crate::store::{Tx, accounts, conversations, notifications, relations};

/// Blocks: ends follows both ways, hides what they post, and tells their server.
///
/// Errors: `NotFound`; `Forbidden` for oneself.
pub fn block(app: &App, id: AccountId) -> Result<Account> {
    let me = &app.instance;
    app.store.write(|tx| {
        let account = other(tx, id)?;
        if relations::set_blocking(tx, id, true)?.made() {
            follows::end_following(tx, me, &account)?;
            follows::end_follower(tx, me, &account)?;
            notifications::remove_by(tx, id)?; // and with them the request that they made
            conversations::hide_with(tx, id)?;
            let blocked = accounts::get(tx, id)?;
            deliver::to_account(tx, &build::block(me, &block_uri(me, &blocked), &account.uri), &account)?;
        }
        accounts::get(tx, id)
    })
}

pub fn unblock(app: &App, id: AccountId) -> Result<Account> {
    let me = &app.instance;
    app.store.write(|tx| {
        let account = other(tx, id)?;
        if relations::set_blocking(tx, id, false)?.made() {
            let block = build::block(me, &block_uri(me, &account), &account.uri);
            deliver::to_account(tx, &build::undo(me, block), &account)?;
        }
        accounts::get(tx, id)
    })
}

fn block_uri(me: &Instance, account: &Account) -> String {
    format!("{}#blocks/{}", me.actor(), account.relation.blocking_row.unwrap_or_default())
}

/// Seconds that a mute lasts at most: a hundred years, which a date can still say.
const LONGEST: i64 = 100 * 365 * 24 * 60 * 60;

/// Mutes for `seconds`, 0 being for ever; their notifications too, if wanted: then those that are there go, as
/// in Mastodon. Nobody is told.
pub fn mute(app: &App, id: AccountId, silent: bool, seconds: i64) -> Result<Account> {
    app.store.write(|tx| {
        other(tx, id)?;
        let until = (seconds > 0).then(|| tx.now.plus(seconds.min(LONGEST).saturating_mul(SECOND)));
        relations::mute(tx, id, silent, until)?;
        if silent {
            notifications::remove_by(tx, id)?;
        }
        accounts::get(tx, id)
    })
}

pub fn unmute(app: &App, id: AccountId) -> Result<Account> {
    app.store.write(|tx| {
        other(tx, id)?;
        relations::unmute(tx, id)?;
        accounts::get(tx, id)
    })
}

/// The owner's private note about somebody; an empty one takes it away.
///
/// Errors: `Invalid` above 2,000 characters.
pub fn comment(app: &App, id: AccountId, text: &str) -> Result<Account> {
    if text.chars().count() > 2_000 {
        return Err(Error::invalid("Validation failed: Comment is too long (maximum is 2000 characters)"));
    }
    app.store.write(|tx| {
        relations::set_comment(tx, id, text)?;
        accounts::get(tx, id)
    })
}

pub fn endorse(app: &App, id: AccountId, endorsed: bool) -> Result<Account> {
    app.store.write(|tx| {
        let account = other(tx, id)?;
        if endorsed && account.relation.following != Follow::Yes {
            return Err(Error::invalid(
                "Validation failed: You must be already following the person you want to endorse",
            ));
        }
        if endorsed && account.is_feed() {
            return Err(Error::invalid(
                "Validation failed: a feed is your own reading and cannot be recommended",
            ));
        }
        relations::set_endorsed(tx, id, endorsed)?;
        accounts::get(tx, id)
    })
}

/// They block the owner: their posts are hidden, and the follow is over. Nobody is notified.
pub fn blocked_by(tx: &Tx, by: &Account, blocked: bool) -> Result<()> {
    if relations::set_blocked_by(tx, by.id, blocked)?.made() && blocked {
        relations::unfollow(tx, by.id)?;
    }
    Ok(())
}

fn other(tx: &Tx, id: AccountId) -> Result<Account> {
    let account = accounts::get(tx, id)?;
    if account.is_owner() {
        return Err(Error::forbidden("This action is not allowed"));
    }
    Ok(account)
}
