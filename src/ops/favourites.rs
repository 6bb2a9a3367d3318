//! The owner favourites, and is favourited.

use super::interactions::{self, Act};
use super::posts::original_of;
use super::{deliver, notify};
use crate::ap::build;
use crate::app::App;
use crate::error::Result;
use crate::model::*;
use crate::store::{self, Tx, accounts, statuses};

/// The owner favourites a status: the mark, the count and the Like to its author, in one transaction.
///
/// Doing it twice is not an error and sends nothing twice.
/// Errors: `NotFound` when there is no such status or the owner may not see it.
pub fn add(app: &App, id: StatusId) -> Result<Status> {
    let me = &app.instance;
    app.store.write(|tx| {
        let status = original_of(tx, id)?;
        interactions::owner_may(tx, me, Act::Like, &status)?;
        let uri = format!("{}#likes/{}", me.actor(), RowId::at(tx.now));
        if statuses::mark_favourited(tx, status.id, &uri)?.made() {
            let author = accounts::get(tx, status.account_id)?;
            deliver::to_account(tx, &build::like(me, &uri, &status.uri, &author.uri), &author)?;
            tx.after_commit(Event::StatusChanged(status.id));
        }
        statuses::get(tx, status.id)
    })
}

/// The owner takes a favourite back. Doing it twice is not an error.
pub fn remove(app: &App, id: StatusId) -> Result<Status> {
    let me = &app.instance;
    app.store.write(|tx| {
        let status = original_of(tx, id)?;
        if statuses::unmark_favourited(tx, status.id)?.made() {
            let author = accounts::get(tx, status.account_id)?;
            let uri = status.viewer.favourited_uri.clone().unwrap_or_default();
            let like = build::like(me, &uri, &status.uri, &author.uri);
            deliver::to_account(tx, &build::undo(me, like), &author)?;
            tx.after_commit(Event::StatusChanged(status.id));
        }
        statuses::get(tx, status.id)
    })
}

/// Somebody else favourited one of the owner's statuses.
///
/// The same Like may arrive any number of times (peers retry, jobs rerun): the UNIQUE constraint makes
/// the second one nothing.
pub fn receive(tx: &Tx, by: &Account, status: &Status, uri: Option<&str>) -> Result<()> {
    if store::favourites::insert(tx, by.id, status.id, uri)?.made() {
        notify::notify(tx, NotificationKind::Favourite, by, Some(status))?;
        tx.after_commit(Event::StatusChanged(status.id));
    } else {
        store::favourites::set_plain(tx, by.id, status.id, true, uri)?;
    }
    Ok(())
}

/// They gave an emoji: a favourite, unless it is one already.
pub fn receive_reaction(tx: &Tx, by: &Account, status: &Status, uri: Option<&str>) -> Result<()> {
    if store::favourites::insert(tx, by.id, status.id, uri)?.made() {
        store::favourites::set_plain(tx, by.id, status.id, false, None)?;
        notify::notify(tx, NotificationKind::Favourite, by, Some(status))?;
    }
    Ok(())
}

/// They took back the last emoji that they gave: what is left is a Like without one, if there was such.
pub fn end_of_reactions(tx: &Tx, by: &Account, status: &Status) -> Result<()> {
    if store::favourites::is_plain(tx, by.id, status.id)? { Ok(()) } else { remove_of(tx, by, status) }
}

/// They took it back. What was given as an emoji goes with it: who gives one and no plain Like (Misskey) has only that.
pub fn withdraw(tx: &Tx, by: &Account, status: &Status) -> Result<()> {
    let emoji = store::reactions::by_account(tx, status.id, by.id)?.into_iter().filter(|one| !one.dislike);
    let emoji: Vec<_> = emoji.collect();
    if !emoji.is_empty() && store::favourites::is_plain(tx, by.id, status.id)? {
        return store::favourites::set_plain(tx, by.id, status.id, false, None);
    }
    for one in emoji {
        store::reactions::delete(tx, one.id)?;
    }
    remove_of(tx, by, status)
}

fn remove_of(tx: &Tx, by: &Account, status: &Status) -> Result<()> {
    if store::favourites::delete(tx, by.id, status.id)?.made() {
        notify::withdraw(tx, NotificationKind::Favourite, by, Some(status))?;
        tx.after_commit(Event::StatusChanged(status.id));
    }
    Ok(())
}
