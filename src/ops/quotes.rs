//! The owner quotes, is quoted, and decides who may: FEP-044f.
//!
//! <https://docs.joinmastodon.org/client/quotes/> and
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>. What others do is in [`incoming`];
//! looking things up for their quotes, in [`verify`].

pub mod incoming;
pub mod verify;

use super::compose::Composed;
use super::posts::{Parts, original_of};
use super::{audience, deliver, interactions};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::store::{Tx, accounts, instance, quotes, statuses};
use crate::text;
use rusqlite::Connection;

/// What the owner is about to quote.
#[derive(Debug, Clone)]
pub struct Target {
    pub status: Status,
    pub author: Account,
}

/// What may be expected of quoting `status`, which `author` wrote.
///
/// Nobody quotes what is for named people only, and a stranger nothing; the owner always quotes the owner.
pub fn approval(viewer: Viewer, status: &Status, author: &Account) -> Approval {
    let quotable = status.visibility != Visibility::Direct && status.reblog_of.is_none();
    if viewer != Viewer::Owner || !quotable {
        return Approval::Denied;
    }
    if author.is_owner() {
        return Approval::Automatic;
    }
    let relation = &author.relation;
    status.quote_policy.says(relation.following == Follow::Yes, relation.follower == Follow::Yes)
}

/// Whether `by` may quote an own post without being asked to wait: nobody whom the owner blocks.
pub fn is_granted(status: &Status, by: &Account) -> bool {
    let relation = &by.relation;
    let policy = status.quote_policy;
    !relation.blocking()
        && !relation.domain_blocked
        && status.visibility.is_open()
        && policy.says(relation.follower == Follow::Yes, relation.following == Follow::Yes)
            == Approval::Automatic
}

/// The status that the owner wants to quote, or the one that it boosts.
///
/// Errors: `NotFound` for what is not there and for what its author does not let the owner quote: Mastodon
/// tells no difference either.
pub fn target(c: &Connection, id: StatusId) -> Result<Target> {
    let missing = || Error::new(Kind::NotFound, "The post you are trying to quote does not appear to exist.");
    let status = original_of(c, id).map_err(|e| if e.kind == Kind::NotFound { missing() } else { e })?;
    let author = accounts::get(c, status.account_id)?;
    let relation = &author.relation;
    let apart = relation.blocking() || relation.blocked_by || relation.domain_blocked;
    // What others wrote for few is not for the owner to pass on.
    let private = !author.is_owner() && !status.visibility.is_open();
    if apart || private || approval(Viewer::Owner, &status, &author) == Approval::Denied {
        return Err(missing());
    }
    Ok(Target { status, author })
}

/// What an own post quotes already, as far as it is still there; and whether it quotes at all.
pub fn of(c: &Connection, id: StatusId) -> Result<(bool, Option<Target>)> {
    let Some(quote) = quotes::of_status(c, id)? else { return Ok((false, None)) };
    let Some(quoted) = quote.quoted else { return Ok((true, None)) };
    let status = statuses::get(c, quoted)?;
    let author = accounts::get(c, status.account_id)?;
    Ok((true, Some(Target { status, author })))
}

impl Target {
    /// A post that quotes one for followers is itself for no more than those.
    pub fn narrowed(&self, visibility: Visibility) -> Visibility {
        if self.status.visibility == Visibility::Private {
            visibility.max(Visibility::Private)
        } else {
            visibility
        }
    }

    /// Errors: `Invalid` when a letter quotes somebody who is not named in it.
    pub fn check_named(&self, composed: &Composed, visibility: Visibility) -> Result<()> {
        let named = composed.mentions.contains(&(self.author.id, false));
        if visibility != Visibility::Direct || self.author.is_owner() || named {
            return Ok(());
        }
        Err(Error::invalid("Validation failed: Cannot quote a non-mentioned user in a Private Mention post."))
    }

    /// Lets the quoted author see the post, and puts the address of what is quoted in front, for those who know
    /// no quotes (pitfall 57).
    pub fn complete(&self, composed: &mut Composed) {
        let author = self.author.id;
        if !self.author.is_owner() && !composed.mentions.iter().any(|(id, _)| *id == author) {
            composed.mentions.push((author, true));
        }
        let url = self.status.url.as_deref().unwrap_or(&self.status.uri);
        composed.content = text::with_quote(&composed.content, url);
    }
}

/// Who may quote an own post of this visibility; the owner's default where the app names nobody.
///
/// Errors: `Invalid` for what is no policy.
pub fn policy(name: Option<&str>, settings: &Settings, visibility: Visibility) -> Result<QuotePolicy> {
    QuotePolicy::named(name.unwrap_or(&settings.default_quote_policy), visibility)
        .ok_or_else(|| Error::invalid("Validation failed: Quote approval policy is not included in the list"))
}

/// Ties a new own post to what it quotes. What the owner wrote may be quoted at once; others are asked
/// (see [`ask`]), and until they answer it is pending.
pub fn attach(tx: &Tx, me: &Instance, status: &Status, target: &Target) -> Result<()> {
    // The look-ups before took a while.
    let target = self::target(tx, target.status.id)?;
    let row = RowId::at(tx.now);
    let own = target.author.is_owner();
    let quote = Quote {
        row,
        status: status.id,
        account: status.account_id,
        quoted_uri: target.status.uri.clone(),
        quoted: Some(target.status.id),
        quoted_account: Some(target.author.id),
        state: if own { QuoteState::Accepted } else { QuoteState::Pending },
        request_uri: (!own).then(|| format!("{}#quote_requests/{row}", me.actor())),
        ..Quote::default()
    };
    quotes::insert(tx, &quote)?;
    tx.after_commit(Event::StatusChanged(target.status.id));
    Ok(())
}

/// Asks the author of what an own post quotes for leave. After the post itself, so that it is known there.
pub fn ask(tx: &Tx, me: &Instance, status: &Status) -> Result<()> {
    let quote = quotes::of_status(tx, status.id)?.filter(|q| q.state == QuoteState::Pending);
    let Some(quote) = quote else { return Ok(()) };
    let (Some(author), Some(id)) = (quote.quoted_account, &quote.request_uri) else { return Ok(()) };
    let author = accounts::get(tx, author)?;
    let parts = Parts::load(tx, status)?;
    let request = build::quote_request(me, id, &quote.quoted_uri, &author.uri, &parts.post(status));
    deliver::to_account(tx, &request, &author)
}

/// Changes who may quote an own post from now on. Quotes that were accepted stay.
///
/// Errors: `NotFound`; `Forbidden` for what is not the owner's; `Invalid` for what is no policy.
pub fn set_policy(app: &App, id: StatusId, name: Option<&str>) -> Result<Status> {
    app.store.write_durably(|tx| {
        let status = statuses::get(tx, id)?;
        if !status.local || status.reblog_of.is_some() {
            return Err(Error::forbidden("This action is not allowed"));
        }
        let policy = policy(name, &instance::settings(tx)?, status.visibility)?;
        if statuses::set_quote_policy(tx, id, policy)?.made() {
            send_update(tx, &app.instance, id)?;
            tx.after_commit(Event::StatusEdited(id));
        }
        statuses::get(tx, id)
    })
}

/// The owner takes back that `quoting` may show the own post `id`. Returns the quoting status.
///
/// Doing it twice is not an error. Errors: `NotFound` when there is no such quote; `Forbidden` when what is
/// quoted is not the owner's.
pub fn revoke(app: &App, id: StatusId, quoting: StatusId) -> Result<Status> {
    let me = &app.instance;
    app.store.write_durably(|tx| {
        let quoted = statuses::get(tx, id)?;
        let quote = quotes::of_status(tx, quoting)?.filter(|q| q.quoted == Some(id));
        let quote = quote.ok_or_else(Error::not_found)?;
        if !quoted.local {
            return Err(Error::forbidden("This action is not allowed"));
        }
        let status = statuses::get(tx, quoting)?;
        if quotes::set_state(tx, &quote, quote.state.refused())?.made() {
            if status.local {
                send_update(tx, me, quoting)?;
            } else if quote.state == QuoteState::Accepted {
                send_revocation(tx, me, &quote, &status, &quoted)?;
            }
            tx.after_commit(Event::StatusEdited(quoting));
            tx.after_commit(Event::StatusChanged(id));
        }
        Ok(status)
    })
}

/// To whoever may show the quote: its author, and everybody who has the quoted post.
fn send_revocation(tx: &Tx, me: &Instance, quote: &Quote, quoting: &Status, quoted: &Status) -> Result<()> {
    let mentions = statuses::mentions_of(tx, quoted.id)?;
    let mut inboxes = accounts::inboxes(tx, &[quoting.account_id], true)?;
    inboxes.extend(audience::of_deletion(tx, quoted, &mentions)?);
    let revocation = build::revoke_quote(me, quote, &quoting.uri, &quoted.uri);
    deliver::to(tx, &revocation, None, &inboxes)
}

/// Sends an own post again as it now stands: what is around its text has changed.
fn send_update(tx: &Tx, me: &Instance, id: StatusId) -> Result<()> {
    let status = statuses::get(tx, id)?;
    let parts = Parts::load(tx, &status)?;
    let inboxes = audience::of_edit(tx, &status, &parts.mentions)?;
    let inboxes = interactions::audience(tx, &status, inboxes)?;
    deliver::to(tx, &build::update_note(me, &parts.post(&status), tx.now), Some(id), &inboxes)
}
