//! The one rule of what the owner hears of, and what is held back or never told.
//!
//! As Mastodon decides it: <https://docs.joinmastodon.org/entities/NotificationPolicy/>

use super::domain_blocks::is_limited;
use super::silence::is_silenced;
use super::strangers::{self, Verdict};
use super::{push, webhooks, webmentions};
use crate::app::App;
use crate::error::Result;
use crate::model::time::DAY;
use crate::model::*;
use crate::store::notifications::Filter;
use crate::store::{Tx, conversations, instance, markers, notification_requests, notifications};
use rusqlite::Connection;

/// Mastodon's number: an account is new for so long.
const NEW_ACCOUNT: i64 = 30 * DAY;
/// Notifications that one transaction removes.
const AT_ONCE: i64 = 2_000;

/// Tells the owner, once of a kind per account and status; or keeps it back, or says nothing.
///
/// What is held back emits no event: no stream and no push tells of it.
pub fn notify(tx: &Tx, kind: NotificationKind, by: &Account, status: Option<&Status>) -> Result<()> {
    tell(tx, kind, by, status, 0)
}

/// As [`notify`], of a mention in a post that names so many people.
pub fn mention(tx: &Tx, by: &Account, status: &Status, named: usize) -> Result<()> {
    tell(tx, NotificationKind::Mention, by, Some(status), named)
}

fn tell(tx: &Tx, kind: NotificationKind, by: &Account, status: Option<&Status>, named: usize) -> Result<()> {
    if is_silenced(tx.now, kind, by, status) {
        return Ok(());
    }
    let settings = instance::settings(tx)?;
    let mut treatment = treatment(tx, &settings.notifications, kind, by, status)?;
    let mut verdict = Verdict::Passes { stranger: false };
    if treatment == Treatment::Accept {
        let wish = &settings.strangers;
        if kind.makes_request() && !strangers::may_mention(tx, wish, by)? {
            treatment = wish.others;
            verdict = Verdict::Shelved(vec![Sign::Unasked]);
        } else {
            verdict = strangers::weigh(tx, tx.now, wish, kind, by, status, named)?;
        }
    }
    if treatment == Treatment::Drop {
        return Ok(());
    }
    let shelved = matches!(verdict, Verdict::Shelved(_));
    let held_back = treatment == Treatment::Filter || shelved;
    let Some(id) = notifications::insert(tx, kind, by.id, status.map(|s| s.id), held_back)? else {
        return Ok(()); // it is known
    };
    match &verdict {
        Verdict::Passes { stranger: false } => {}
        Verdict::Passes { stranger: true } => strangers::note(tx, id, &[], by, status)?,
        Verdict::Shelved(signs) => strangers::note(tx, id, signs, by, status)?,
    }
    if held_back {
        return if kind.makes_request() { notification_requests::open(tx, by.id) } else { Ok(()) };
    }
    if let Some(letter) = status.filter(|s| is_letter(kind, s)) {
        conversations::add(tx, letter)?;
    }
    push::enqueue(tx, id, kind, by, status)?;
    webhooks::tell(tx, About::Notification(id))?;
    tx.after_commit(Event::Notified(id));
    Ok(())
}

/// What the owner's policy says: the strictest rule that is about it. Nothing about kinds that the owner
/// asked for, nor about those whom the owner has let in.
fn treatment(
    tx: &Tx,
    policy: &NotificationPolicy,
    kind: NotificationKind,
    by: &Account,
    status: Option<&Status>,
) -> Result<Treatment> {
    let limited = is_limited(by);
    if *policy == NotificationPolicy::default() && !limited
        || !kind.is_filterable()
        || by.is_owner()
        || notification_requests::is_allowed(tx, by.id)?
    {
        return Ok(Treatment::Accept);
    }
    let followed = by.relation.following == Follow::Yes;
    let is_new = by.created_at > tx.now.plus(-NEW_ACCOUNT);
    let mut strictest = Treatment::Accept;
    let mut rule = |treatment: Treatment, applies: bool| {
        if applies {
            strictest = strictest.max(treatment);
        }
    };
    rule(policy.limited_accounts.max(Treatment::Filter), limited);
    rule(policy.not_following, !followed);
    rule(policy.not_followers, !strangers::is_settled(tx.now, by));
    rule(policy.new_accounts, is_new && !followed);
    rule(policy.bots, by.bot() && !followed);
    if policy.private_mentions != Treatment::Accept && !followed {
        rule(policy.private_mentions, is_unasked_letter(tx, kind, by, status)?);
    }
    Ok(strictest)
}

/// A direct post that answers nothing that the owner wrote directly to its author.
fn is_unasked_letter(
    c: &Connection,
    kind: NotificationKind,
    by: &Account,
    status: Option<&Status>,
) -> Result<bool> {
    let Some(letter) = status.filter(|s| is_letter(kind, s)) else { return Ok(false) };
    match letter.in_reply_to {
        Some(parent) => Ok(!notification_requests::is_answer(c, parent, by.id)?),
        None => Ok(true),
    }
}

fn is_letter(kind: NotificationKind, status: &Status) -> bool {
    kind == NotificationKind::Mention && status.visibility == Visibility::Direct
}

/// Takes it back: the favourite was undone, the request answered.
pub fn withdraw(tx: &Tx, kind: NotificationKind, by: &Account, status: Option<&Status>) -> Result<()> {
    notifications::remove(tx, kind, by.id, status.map(|s| s.id))
}

/// Removes all that there are now, held back or not, in short transactions.
pub fn clear(app: &App) -> Result<()> {
    let newest = app.store.read(notifications::newest)?;
    while app.store.write(|tx| notifications::clear(tx, newest, AT_ONCE))? == AT_ONCE {}
    Ok(())
}

/// Removes a group, whatever is left of it, in short transactions.
pub fn dismiss_group(app: &App, group: &GroupKey) -> Result<()> {
    while app.store.write(|tx| notifications::remove_group(tx, group, AT_ONCE))? == AT_ONCE {}
    Ok(())
}

/// Changes the policy, and gives it as it is now. It holds for what arrives from now on.
pub fn set_policy(app: &App, change: impl FnOnce(&mut NotificationPolicy)) -> Result<NotificationPolicy> {
    app.store.write(|tx| {
        let mut settings = instance::settings(tx)?;
        change(&mut settings.notifications);
        instance::set_settings(tx, &settings)?;
        Ok(settings.notifications)
    })
}

/// The marker of the list of notifications, which apps and pages move.
pub const MARKER: &str = "notifications";

/// The newest notification that the owner has seen, by that marker; 0 before the first look.
pub fn last_read(c: &Connection) -> Result<i64> {
    Ok(markers::get(c, MARKER)?.and_then(|m| m.last_read_id.parse().ok()).unwrap_or(0))
}

/// How many are newer than that, with what other sites said; counting ends at `limit`.
pub fn unread(c: &Connection, limit: i64) -> Result<i64> {
    let told = notifications::unread(c, &Filter::default(), last_read(c)?, limit)?;
    Ok((told + webmentions::unseen(c, limit)?).min(limit))
}
