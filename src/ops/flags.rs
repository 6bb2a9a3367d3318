//! Other servers report the owner: there is nobody else to tell. <https://docs.joinmastodon.org/spec/activitypub/#Flag>

use super::domain_blocks::may_report;
use super::notify;
use crate::error::Result;
use crate::model::time::DAY;
use crate::model::*;
use crate::store::{Tx, flags, notifications, statuses};
use crate::text;

/// Letters of a comment; Mastodon's number.
const COMMENT: usize = 5_000;
/// Posts of one report; Mastodon sends no more.
const STATUSES: usize = 100;
/// Reports of one sender in a day.
const EACH_DAY: i64 = 20;

/// Takes a report that names the owner or posts of the owner's. `objects` are their ids.
pub fn receive(
    tx: &Tx,
    me: &Instance,
    by: &Account,
    uri: Option<&str>,
    objects: &[String],
    comment: &str,
) -> Result<Change> {
    if !may_report(by) {
        return Ok(Change::of(0));
    }
    let actor = me.actor();
    let mut named = Vec::new();
    for object in objects.iter().filter(|object| me.owns(object) && **object != actor).take(STATUSES) {
        named
            .extend(statuses::by_uri(tx, object)?.filter(|s| s.local && s.reblog_of.is_none()).map(|s| s.id));
    }
    if named.is_empty() && !objects.contains(&actor) {
        return Ok(Change::of(0));
    }
    if flags::count_since(tx, by.id, ReportId::at(tx.now.plus(-DAY)), EACH_DAY)? >= EACH_DAY {
        return Ok(Change::of(0));
    }
    let flag = Flag {
        id: ReportId::at(tx.now),
        account_id: by.id,
        uri: uri.map(str::to_owned),
        statuses: named,
        comment: text::lines(&text::plain(comment), COMMENT),
        created_at: tx.now,
    };
    let made = flags::insert(tx, &flag)?;
    if made.made() {
        // One notification a sender, about the latest.
        notify::withdraw(tx, NotificationKind::Report, by, None)?;
        notify::notify(tx, NotificationKind::Report, by, None)?;
    }
    Ok(made)
}

/// The owner has seen it.
pub fn dismiss(tx: &Tx, id: ReportId) -> Result<Change> {
    let Some(flag) = flags::get(tx, id)? else { return Ok(Change::of(0)) };
    let gone = flags::remove(tx, id)?;
    if flags::latest(tx, &[flag.account_id])?.is_empty() {
        notifications::remove(tx, NotificationKind::Report, flag.account_id, None)?;
    }
    Ok(gone)
}
