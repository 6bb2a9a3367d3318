//! The owner moves: names of other accounts that are the same person (aliases), and the way to another server.
//! <https://docs.joinmastodon.org/user/moving/>

use super::{auth, deliver, departure, profile, resolve, search};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::store::{accounts, moves, relations};
use std::net::IpAddr;

/// Accounts that the owner may say to be, too.
const ALIASES: usize = 20;

/// The other account that a handle or an address names, as its server shows it now.
///
/// Errors: `Invalid` where there is none, or it is the owner.
pub(super) fn other(app: &App, text: &str) -> Result<Account> {
    let nobody = || Error::invalid(format!("There is no account {} to be found", text.trim()));
    let ask = search::Ask { statuses: false, hashtags: false, ..search::Ask::all(text, 1) };
    let found = search::find(app, &ask)?.accounts.into_iter().next().ok_or_else(nobody)?;
    if found.is_owner() {
        return Err(Error::invalid("That is you"));
    }
    resolve::refresh(app, &found.uri).map_err(|e| match e.kind {
        Kind::Internal => e,
        _ => nobody().because(e),
    })
}

/// The owner is this account, too: it may move here.
///
/// Errors: `Invalid`, see [`move_to`].
pub fn add_alias(app: &App, text: &str) -> Result<()> {
    let other = other(app, text)?;
    app.store.write_durably(|tx| {
        let mut names = accounts::owner(tx)?.also_known_as;
        if names.contains(&other.uri) {
            return Ok(());
        }
        if names.len() >= ALIASES {
            return Err(Error::invalid(format!("There are {ALIASES} aliases already")));
        }
        names.push(other.uri.clone());
        accounts::set_aliases(tx, app.instance.owner, &names)?;
        departure::alias_added(tx)?;
        profile::broadcast(tx, app, &accounts::owner(tx)?)
    })
}

/// The owner is that account no more. One that is no alias is no error.
pub fn remove_alias(app: &App, uri: &str) -> Result<()> {
    app.store.write_durably(|tx| {
        let mut names = accounts::owner(tx)?.also_known_as;
        let before = names.len();
        names.retain(|name| name != uri);
        if names.len() == before {
            return Ok(());
        }
        accounts::set_aliases(tx, app.instance.owner, &names)?;
        profile::broadcast(tx, app, &accounts::owner(tx)?)
    })
}

/// The owner lives at another account from now on: the profile says so, and the followers' servers are asked to follow
/// there. Posts stay; nothing is deleted.
///
/// Errors: `Unauthorized` for a wrong password, `TooManyRequests` after many; `Invalid` for an account that cannot be
/// found, moved on itself, or does not name this one as its alias.
pub fn move_to(app: &App, text: &str, password: &str, client: IpAddr) -> Result<()> {
    auth::confirm(app, password, client)?;
    let (me, target) = (&app.instance, other(app, text)?);
    if !target.also_known_as.contains(&me.actor()) {
        return Err(Error::invalid(format!(
            "{} does not name {} as an alias. Sign in there, and add this account under its aliases first",
            target.acct(),
            me.handle()
        )));
    }
    if let Some(further) = &target.moved_to {
        return Err(Error::invalid(format!("{} has moved itself, to {further}", target.acct())));
    }
    app.store.write_durably(|tx| {
        accounts::set_moved_to(tx, me.owner, Some(&target.uri))?;
        profile::broadcast(tx, app, &accounts::owner(tx)?)?;
        moves::begin(tx)?;
        let followers = relations::follower_inboxes(tx)?;
        deliver::to(tx, &build::move_to(me, departure::id(me, tx.now), &target.uri), None, &followers)
    })
}

/// The owner lives here again. Who followed elsewhere does not come back by that.
pub fn come_back(app: &App) -> Result<()> {
    app.store.write_durably(|tx| {
        if accounts::owner(tx)?.moved_to.is_none() {
            return Ok(());
        }
        accounts::set_moved_to(tx, app.instance.owner, None)?;
        moves::end(tx, &app.instance.actor())?;
        profile::broadcast(tx, app, &accounts::owner(tx)?)
    })
}
