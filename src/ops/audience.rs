//! Who gets what: the inboxes that an activity about a status goes to.
//!
//! Shared inboxes are used for what every reader there may see; what is for named people goes to their
//! own inboxes.

use crate::error::Result;
use crate::model::{Mention, Status, Visibility};
use crate::store::{accounts, relations, sources, statuses};
use rusqlite::Connection;

/// The inboxes for a status: followers as far as it is for them, whoever is mentioned or answered, and
/// the author of what it boosts; relays get what is for everybody.
pub fn of(c: &Connection, status: &Status, mentions: &[Mention]) -> Result<Vec<String>> {
    let mut inboxes = Vec::new();
    if status.visibility != Visibility::Direct {
        inboxes = relations::follower_inboxes(c)?;
    }
    let mut named: Vec<_> = mentions.iter().map(|m| m.account_id).collect();
    if let (Some(author), true) = (status.in_reply_to_account, status.visibility.is_open()) {
        named.push(author);
    }
    if let Some(original) = status.reblog_of {
        named.push(statuses::get(c, original)?.account_id);
    }
    inboxes.extend(accounts::inboxes(c, &named, status.visibility.is_open())?);
    if status.visibility == Visibility::Public && status.reblog_of.is_none() {
        inboxes.extend(sources::sending_inboxes(c)?);
    }
    Ok(inboxes)
}

/// The inboxes for an edit: as [`of`], and everybody who liked, boosted or answered it, if it is for
/// everybody. Anybody can answer a post for few whose address they saw somewhere, or was a follower once:
/// that must not bring them its new text.
pub fn of_edit(c: &Connection, status: &Status, mentions: &[Mention]) -> Result<Vec<String>> {
    if status.visibility.is_open() { of_deletion(c, status, mentions) } else { of(c, status, mentions) }
}

/// The inboxes for a deletion, which carries no more than an address: as [`of`], and everybody who liked,
/// boosted or answered it.
pub fn of_deletion(c: &Connection, status: &Status, mentions: &[Mention]) -> Result<Vec<String>> {
    let mut inboxes = of(c, status, mentions)?;
    inboxes.extend(relations::interactor_inboxes(c, status.id)?);
    Ok(inboxes)
}
