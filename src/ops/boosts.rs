//! The owner boosts, and is boosted. A boost is a status of its own that points at another.

use super::cards::{self, When};
use super::interactions::{self, Act};
use super::posts::{Parts, original_of};
use super::{audience, deliver, home, notify};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{Tx, accounts, interactions as asked, statuses};
use rusqlite::Connection;
use serde_json::Value;

/// The owner boosts a status: the boost, its mark and count, and the Announce to followers and author.
///
/// Doing it twice gives the first boost again. Returns the boost, whose original is in `reblog_of`.
/// Errors: `NotFound` for what the owner may not see, `Invalid` for what is not to be passed on.
pub fn add(app: &App, id: StatusId, wanted: Option<Visibility>) -> Result<Status> {
    let me = &app.instance;
    app.store.write_durably(|tx| {
        let original = original_of(tx, id)?;
        if let Some(boost) = original.viewer.reblogged_by {
            return statuses::get(tx, boost);
        }
        if !may_boost(&original) {
            return Err(Error::invalid("Validation failed: this post cannot be boosted"));
        }
        let ask = interactions::owner_may(tx, me, Act::Announce, &original)?;
        let boost = StatusId::at(tx.now);
        let status = Status {
            id: boost,
            uri: format!("{}/statuses/{boost}/activity", me.actor()),
            account_id: me.owner,
            local: true,
            // A boost reaches no further than what it boosts.
            visibility: wanted
                .filter(|v| *v != Visibility::Direct)
                .unwrap_or_default()
                .max(original.visibility),
            created_at: tx.now,
            reblog_of: Some(original.id),
            ..Status::default()
        };
        let place = home::of_boost(tx, &accounts::owner(tx)?, original.id)?;
        statuses::insert_at(tx, &status, place)?;
        statuses::set_reblogged_by(tx, original.id, Some(boost))?;
        if ask {
            asked::ask(tx, boost)?;
        }
        cards::attach_later(tx, &original, When::Now)?;
        let announce = announce(tx, me, &status)?;
        let inboxes = interactions::audience(tx, &status, audience::of(tx, &status, &[])?)?;
        deliver::to(tx, &announce, Some(boost), &inboxes)?;
        tx.after_commit(Event::StatusCreated(boost));
        tx.after_commit(Event::StatusChanged(original.id));
        statuses::get(tx, boost)
    })
}

/// The activity that tells of an own boost.
///
/// A post for followers stands in it whole: their servers fetch for everybody and would not be shown it
/// (Mastodon does the same).
pub fn announce(c: &Connection, me: &Instance, boost: &Status) -> Result<Value> {
    let original = original_of(c, boost.id)?;
    let author = accounts::get(c, original.account_id)?;
    let mut announce = build::announce(me, boost, &original.uri, &author.uri);
    if let Some(approval) = asked::approval(c, boost.id)?.and_then(|approval| approval.uri) {
        announce["approvedBy"] = approval.into();
    }
    if !original.visibility.is_open() {
        announce["object"] = build::note(me, &Parts::load(c, &original)?.post(&original));
    }
    Ok(announce)
}

fn may_boost(original: &Status) -> bool {
    original.visibility.is_open() || (original.local && original.visibility == Visibility::Private)
}

/// The owner takes a boost back. `id` is the original or the boost. Returns the original.
pub fn remove(app: &App, id: StatusId) -> Result<Status> {
    let me = &app.instance;
    app.store.write(|tx| {
        let original = original_of(tx, id)?;
        if let Some(boost) = original.viewer.reblogged_by {
            let boost = statuses::get(tx, boost)?;
            let inboxes = interactions::audience(tx, &boost, audience::of(tx, &boost, &[])?)?;
            let announce = announce(tx, me, &boost)?;
            statuses::set_reblogged_by(tx, original.id, None)?;
            statuses::delete(tx, &boost)?;
            statuses::bury(tx, &boost.uri)?;
            deliver::to(tx, &build::undo(me, announce), None, &inboxes)?;
            tx.after_commit(Event::StatusDeleted(boost.id));
            tx.after_commit(Event::StatusChanged(original.id));
        }
        statuses::get(tx, original.id)
    })
}

/// Somebody else boosted a status that is known here. `uri` is the Announce's id.
///
/// A second arrival is nothing; so is a boost that was undone before it arrived.
pub fn receive(tx: &Tx, by: &Account, original: &Status, uri: &str, published: Timestamp) -> Result<()> {
    if statuses::buried(tx, uri)?.is_some() || !original.visibility.is_open() && !is_self_boost(by, original)
    {
        return Ok(());
    }
    let at = published.min(tx.now);
    let boost = Status {
        id: StatusId::at(at),
        uri: uri.to_owned(),
        account_id: by.id,
        visibility: original.visibility,
        created_at: at,
        reblog_of: Some(original.id),
        ..Status::default()
    };
    let place = home::of_boost(tx, by, original.id)?;
    if statuses::insert_at(tx, &boost, place)?.made() {
        if by.relation.following == Follow::Yes {
            cards::attach_later(tx, original, When::Spread)?;
        }
        if original.local {
            notify::notify(tx, NotificationKind::Reblog, by, Some(original))?;
        }
        tx.after_commit(Event::StatusCreated(boost.id));
        tx.after_commit(Event::StatusChanged(original.id));
    }
    Ok(())
}

fn is_self_boost(by: &Account, original: &Status) -> bool {
    by.id == original.account_id && original.visibility == Visibility::Private
}

/// They took the boost back.
pub fn withdraw(tx: &Tx, by: &Account, uri: &str) -> Result<()> {
    statuses::bury(tx, uri)?;
    let Some(boost) = statuses::by_uri(tx, uri)?.filter(|b| b.account_id == by.id) else {
        return Ok(());
    };
    let Some(original) = boost.reblog_of else { return Ok(()) };
    let original = statuses::get(tx, original)?;
    statuses::delete(tx, &boost)?;
    notify::withdraw(tx, NotificationKind::Reblog, by, Some(&original))?;
    tx.after_commit(Event::StatusDeleted(boost.id));
    tx.after_commit(Event::StatusChanged(original.id));
    Ok(())
}
