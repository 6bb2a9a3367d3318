//! The owner follows, and is followed; requests both ways.

use super::domain_blocks::is_limited;
use super::{backfill, deliver, feeds, notify};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{Tx, accounts, instance, relations};
use serde_json::Value;

/// What the owner wants of a followed account; `None` leaves a thing as it is.
#[derive(Debug, Clone, Default)]
pub struct FollowOptions {
    pub reblogs: Option<bool>,
    pub notify: Option<bool>,
    pub languages: Option<Vec<String>>,
}

/// The owner follows an account: asked for until its server accepts. Following again changes the
/// options only.
///
/// Errors: `NotFound`; `Forbidden` for oneself and where one side blocks the other.
pub fn follow(app: &App, id: AccountId, options: &FollowOptions) -> Result<Account> {
    app.store.write(|tx| follow_in(tx, &app.instance, id, options))
}

/// As [`follow`], as part of something larger.
pub fn follow_in(tx: &Tx, me: &Instance, id: AccountId, options: &FollowOptions) -> Result<Account> {
    let account = accounts::get(tx, id)?;
    let relation = &account.relation;
    let closed = relation.blocking() || relation.blocked_by || relation.domain_blocked;
    if account.is_owner() || closed || account.suspended {
        return Err(Error::forbidden("This action is not allowed"));
    }
    let uri = format!("{}#follows/{id}/{}", me.actor(), RowId::at(tx.now));
    if relations::request_follow(tx, id, &uri)?.made() {
        deliver::to_account(tx, &build::follow(me, &uri, &account.uri), &account)?;
        if account.is_feed() {
            feeds::begin(tx, id)?;
        }
    }
    relations::set_follow_options(tx, id, options.reblogs, options.notify, options.languages.as_deref())?;
    accounts::get(tx, id)
}

/// The owner follows no longer, or takes the request back. Doing it twice is not an error.
pub fn unfollow(app: &App, id: AccountId) -> Result<Account> {
    app.store.write(|tx| {
        let account = accounts::get(tx, id)?;
        end_following(tx, &app.instance, &account)?;
        accounts::get(tx, id)
    })
}

/// Ends following, with the Undo to their server.
pub fn end_following(tx: &Tx, me: &Instance, account: &Account) -> Result<()> {
    if relations::unfollow(tx, account.id)?.made() {
        let uri = account.relation.following_uri.clone().unwrap_or_default();
        let undo = build::undo(me, build::follow(me, &uri, &account.uri));
        deliver::to_account(tx, &undo, account)?;
        if account.is_feed() {
            feeds::end(tx, account.id)?;
        }
    }
    Ok(())
}

/// The owner lets somebody follow who has asked.
///
/// Errors: `NotFound` when there is no such request.
pub fn authorise(app: &App, id: AccountId) -> Result<Account> {
    app.store.write(|tx| {
        let account = accounts::get(tx, id)?;
        if account.relation.follower != Follow::Requested {
            return Err(Error::not_found());
        }
        relations::set_follower(tx, id, Follow::Yes, None)?;
        deliver::to_account(tx, &acceptance(tx, &app.instance, &account), &account)?;
        notify::withdraw(tx, NotificationKind::FollowRequest, &account, None)?;
        notify::notify(tx, NotificationKind::Follow, &account, None)?;
        accounts::get(tx, id)
    })
}

/// Everybody who waits is let in, some hundreds at a time: the lock was taken off.
pub fn authorise_all(tx: &Tx, me: &Instance) -> Result<()> {
    let waiting = relations::list(tx, relations::Relationship::FollowRequests, &Page::newest(500))?;
    for (_, account) in waiting {
        relations::set_follower(tx, account.id, Follow::Yes, None)?;
        deliver::to_account(tx, &acceptance(tx, me, &account), &account)?;
        notify::withdraw(tx, NotificationKind::FollowRequest, &account, None)?;
        notify::notify(tx, NotificationKind::Follow, &account, None)?;
    }
    Ok(())
}

/// The owner turns a request down, or takes a follower away.
///
/// Errors: `NotFound` when there is no such account; none when it does not follow.
pub fn reject(app: &App, id: AccountId) -> Result<Account> {
    app.store.write(|tx| {
        let account = accounts::get(tx, id)?;
        end_follower(tx, &app.instance, &account)?;
        accounts::get(tx, id)
    })
}

/// Ends that they follow (or ask to), with the Reject to their server.
pub fn end_follower(tx: &Tx, me: &Instance, account: &Account) -> Result<()> {
    let follow = account.relation.follower_uri.clone();
    if relations::set_follower(tx, account.id, Follow::No, None)?.made() {
        let reject = build::reject_follow(me, &account.uri, follow.as_deref(), tx.now);
        deliver::to_account(tx, &reject, account)?;
        notify::withdraw(tx, NotificationKind::FollowRequest, account, None)?;
    }
    Ok(())
}

fn acceptance(tx: &Tx, me: &Instance, account: &Account) -> Value {
    build::accept_follow(me, &account.uri, account.relation.follower_uri.as_deref(), tx.now)
}

/// Somebody asks to follow the owner: accepted at once, or put on the list when the account is locked. Those whom the
/// owner follows need not wait, if the owner says so.
///
/// A repeated Follow brings a new id, which is kept, and is accepted again: their server may have lost
/// the first answer (Mastodon does the same).
pub fn receive(tx: &Tx, by: &Account, uri: Option<&str>) -> Result<()> {
    let me = instance::get(tx)?.ok_or_else(Error::not_found)?;
    if by.relation.blocking() || by.relation.domain_blocked {
        let reject = build::reject_follow(&me, &by.uri, uri, tx.now);
        return deliver::answer(tx, &reject, by);
    }
    let already = by.relation.follower == Follow::Yes;
    // Whoever the owner follows may be let in at once; nobody is from a server that is kept quiet.
    let known = by.relation.following == Follow::Yes && instance::settings(tx)?.strangers.accept_followed;
    let wait = !already && (is_limited(by) || (accounts::owner(tx)?.locked && !known));
    let state = if wait { Follow::Requested } else { Follow::Yes };
    let change = relations::set_follower(tx, by.id, state, uri)?;
    if wait {
        return if change.made() {
            notify::notify(tx, NotificationKind::FollowRequest, by, None)
        } else {
            Ok(())
        };
    }
    if by.relation.follower == Follow::Requested {
        notify::withdraw(tx, NotificationKind::FollowRequest, by, None)?; // they waited, and need not any more
    }
    let by = accounts::get(tx, by.id)?; // with the id of this Follow
    deliver::answer(tx, &acceptance(tx, &me, &by), &by)?;
    if change.made() { notify::notify(tx, NotificationKind::Follow, &by, None) } else { Ok(()) }
}

/// They follow no longer, or took the request back.
pub fn withdrawn(tx: &Tx, by: &Account) -> Result<()> {
    if relations::set_follower(tx, by.id, Follow::No, None)?.made() {
        notify::withdraw(tx, NotificationKind::FollowRequest, by, None)?;
        notify::withdraw(tx, NotificationKind::Follow, by, None)?;
    }
    Ok(())
}

/// Their server accepted the owner's Follow.
pub fn accepted(tx: &Tx, by: &Account) -> Result<()> {
    if relations::follow_accepted(tx, by.id)?.made() {
        backfill::on_follow(tx, by)?;
    }
    Ok(())
}

/// Their server refused, or took the owner out of the followers.
pub fn refused(tx: &Tx, by: &Account) -> Result<()> {
    relations::unfollow(tx, by.id)?;
    Ok(())
}
