//! What authors let others do with their posts, honoured both ways:
//! <https://docs.gotosocial.org/en/latest/federation/interaction_policy/>
//!
//! What the owner may do only with the author's leave goes to the author alone; after an Accept everybody hears of it,
//! with the address of the approval (`approvedBy`). What somebody else answers without leave is not stored.

use super::deliver::host;
use super::resolve::{Errand, same_host};
use super::{audience, boosts, deliver};
use crate::ap::build;
use crate::ap::parse::Incoming;
use crate::ap::parse::value::{first_id, kind};
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::ops::posts::Parts;
use crate::store::{Tx, accounts, interactions, statuses};
use rusqlite::Connection;

/// The ends of the addresses of the owner's collections.
const FOLLOWERS: &str = "/followers";
const FOLLOWING: &str = "/following";

/// What somebody wants to do with a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Like,
    Reply,
    Announce,
}

/// Whether `who` may do it. Whom the post names, or answers, may always answer it.
pub fn permission(c: &Connection, act: Act, post: &Status, who: AccountId, uri: &str) -> Result<Permission> {
    let policy = interactions::policy(c, post.id)?;
    let rule = match act {
        Act::Like => policy.like,
        Act::Reply => policy.reply,
        Act::Announce => policy.announce,
    };
    let Some(rule) = rule else { return Ok(Permission::Free) };
    let named = act == Act::Reply
        && (post.in_reply_to_account == Some(who) || statuses::is_mentioned(c, post.id, who)?);
    if named {
        return Ok(Permission::Free);
    }
    if post.local {
        return own_permission(c, &rule, post, who);
    }
    Ok(rule.permission(uri, &accounts::get(c, post.account_id)?))
}

/// Of an own post the owner's server knows who is in the collections that the rule names.
fn own_permission(c: &Connection, rule: &Allowed, post: &Status, who: AccountId) -> Result<Permission> {
    let names = |end: &str| rule.automatic.iter().any(|uri| uri.ends_with(end));
    let of = accounts::get(c, who)?;
    let free = who == post.account_id
        || names(FOLLOWERS) && of.relation.follower == Follow::Yes
        || names(FOLLOWING) && of.relation.following == Follow::Yes;
    Ok(if free { Permission::Free } else { Permission::Never })
}

/// Who may answer an own post, by its word: `everybody`, `followers`, `followed`, or `mentioned` for those alone whom
/// it names, which all others include.
///
/// Errors: `Invalid` for another word.
pub fn own_policy(me: &Instance, word: Option<&str>) -> Result<InteractionPolicy> {
    let who = match word {
        None | Some("everybody") => return Ok(InteractionPolicy::default()),
        Some("followers") => format!("{}{FOLLOWERS}", me.actor()),
        Some("followed") => format!("{}{FOLLOWING}", me.actor()),
        Some("mentioned") => me.actor(),
        Some(_) => return Err(Error::invalid("There is no such choice")),
    };
    let reply = Some(Allowed { automatic: vec![who], manual: Vec::new() });
    Ok(InteractionPolicy { reply, ..InteractionPolicy::default() })
}

/// An answer to an own post that not everybody may answer: its author gets the owner's leave, without which other
/// servers show it to nobody.
pub fn approve(tx: &Tx, me: &Instance, parent: &Status, answer: &Status, by: &Account) -> Result<()> {
    if !parent.local || by.is_owner() || interactions::policy(tx, parent.id)?.reply.is_none() {
        return Ok(());
    }
    deliver::answer(tx, &build::accept_reply(me, answer.id, &answer.uri, &by.uri), by)
}

/// The owner wants to do it. Whether the author has to be asked.
///
/// Errors: `Invalid` when the owner may not.
pub fn owner_may(c: &Connection, me: &Instance, act: Act, post: &Status) -> Result<bool> {
    if post.is_feed() && act != Act::Like {
        return Err(Error::invalid(match act {
            Act::Announce => {
                "Validation failed: this came by a feed and cannot be boosted. Post its link instead"
            }
            _ => {
                "Validation failed: this came by a feed, and nobody there reads answers. Post its link instead"
            }
        }));
    }
    match permission(c, act, post, me.owner, &me.actor())? {
        Permission::Free => Ok(false),
        Permission::Ask => Ok(true),
        Permission::Never => Err(Error::invalid(match act {
            Act::Like => "Validation failed: its author does not let you favourite this post",
            Act::Reply => "Validation failed: its author does not let you answer this post",
            Act::Announce => "Validation failed: its author does not let you boost this post",
        })),
    }
}

/// Where an own post goes, and what is said of it later: to the author of what it answers or boosts alone, as long as there is
/// no leave.
pub fn audience(c: &Connection, status: &Status, whole: Vec<String>) -> Result<Vec<String>> {
    match interactions::approval(c, status.id)? {
        None | Some(Leave { state: LeaveState::Given, .. }) => Ok(whole),
        Some(_) => accounts::inboxes(c, &asked(c, status)?.into_iter().collect::<Vec<_>>(), false),
    }
}

/// Whose leave an own post needs: of the author of what it boosts or answers.
fn asked(c: &Connection, status: &Status) -> Result<Option<AccountId>> {
    match status.reblog_of {
        Some(original) => Ok(Some(statuses::get(c, original)?.account_id)),
        None => Ok(status.in_reply_to_account),
    }
}

/// The own reply or boost that an Accept or Reject by `by` is about, if the author was asked about it.
pub fn asked_about(c: &Connection, by: AccountId, uri: &str) -> Result<Option<Status>> {
    let Some(status) = statuses::by_uri(c, uri)?.filter(|s| s.local) else { return Ok(None) };
    let was_asked = asked(c, &status)? == Some(by) && interactions::approval(c, status.id)?.is_some();
    Ok(Some(status).filter(|_| was_asked))
}

/// The author said yes: everybody else hears of it now. `approval` is what their servers will look at.
pub fn given(tx: &Tx, me: &Instance, status: &Status, approval: &str) -> Result<()> {
    if !interactions::answer(tx, status.id, LeaveState::Given, Some(approval))?.made() {
        return Ok(());
    }
    let (activity, inboxes) = if status.reblog_of.is_some() {
        (boosts::announce(tx, me, status)?, audience::of(tx, status, &[])?)
    } else {
        let parts = Parts::load(tx, status)?;
        (build::create(me, &parts.post(status)), audience::of(tx, status, &parts.mentions)?)
    };
    deliver::to(tx, &activity, Some(status.id), &inboxes)?;
    tx.after_commit(Event::StatusChanged(status.id));
    Ok(())
}

/// The author said no: it stays with the owner.
pub fn refused(tx: &Tx, status: &Status) -> Result<()> {
    if interactions::answer(tx, status.id, LeaveState::Refused, None)?.made() {
        tx.after_commit(Event::StatusChanged(status.id));
    }
    Ok(())
}

/// Whether somebody else's post may be an answer to what it answers: where that is not open to them, an approval by its
/// author is looked at.
///
/// Errors: `Forbidden` when it may not; `Unavailable` when that cannot be known now.
pub fn check_answer(errand: &Errand<'_>, post: &Incoming, author: &Account) -> Result<()> {
    let Some(uri) = &post.in_reply_to else { return Ok(()) };
    let found = errand.app.store.read(|c| {
        let Some(parent) = statuses::by_uri(c, uri)? else { return Ok(None) };
        Ok(match permission(c, Act::Reply, &parent, author.id, &author.uri)? {
            Permission::Free => None,
            other => Some((other, accounts::get(c, parent.account_id)?)),
        })
    })?;
    let Some((permission, of)) = found else { return Ok(()) };
    let refused = || Error::new(Kind::Forbidden, "Its author does not let it be an answer");
    let stamp = post.approved_by.as_deref().filter(|_| permission == Permission::Ask).ok_or_else(refused)?;
    if !same_host(stamp, &of.uri) || host(stamp).is_none() {
        return Err(refused());
    }
    let document = match errand.fetch(stamp) {
        Ok(document) => document.json,
        Err(e) if e.kind == Kind::Unavailable => return Err(e),
        Err(e) => return Err(refused().because(e)),
    };
    // GoToSocial before 0.19 named its Accept.
    let by = first_id(&document, if kind(&document) == "Accept" { "actor" } else { "attributedTo" });
    let fits = matches!(kind(&document), "ReplyApproval" | "ReplyAuthorization" | "Accept")
        && by.as_deref() == Some(of.uri.as_str())
        && [first_id(&document, "object"), first_id(&document, "interactingObject")]
            .contains(&Some(post.uri.clone()));
    if fits { Ok(()) } else { Err(refused()) }
}
