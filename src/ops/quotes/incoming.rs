//! What others do with quotes: they quote, ask for leave, give it and take it back.

use super::{is_granted, send_update};
use crate::ap::build::{self, QuoteRequest};
use crate::ap::parse::Quoted;
use crate::error::Result;
use crate::model::*;
use crate::ops::deliver::{self, host};
use crate::ops::notify;
use crate::ops::resolve::same_host;
use crate::store::{Tx, jobs, quotes, statuses};

/// A post of somebody else came, and quotes something. `look` says whether it may be looked up what: what is
/// quoted by something quoted is not.
pub fn receive(tx: &Tx, status: &Status, quoted: &Quoted, look: bool) -> Result<()> {
    let known = match quoted.deleted {
        true => None,
        false => known(tx, &quoted.uri)?,
    };
    let own_hand = known.as_ref().is_some_and(|k| k.account_id == status.account_id);
    let quote = Quote {
        row: RowId::at(tx.now),
        status: status.id,
        account: status.account_id,
        quoted_uri: known.as_ref().map_or_else(|| quoted.uri.clone(), |k| k.uri.clone()),
        quoted: known.as_ref().map(|k| k.id),
        quoted_account: known.as_ref().map(|k| k.account_id),
        state: match (quoted.deleted, own_hand) {
            (true, _) => QuoteState::Deleted,
            (_, true) => QuoteState::Accepted,
            _ => QuoteState::Pending,
        },
        legacy: quoted.legacy,
        request_uri: None,
        // Of the owner's posts nobody else says who may quote them.
        stamp_uri: claimed(quoted).filter(|_| !known.as_ref().is_some_and(|k| k.local)),
    };
    quotes::insert(tx, &quote)?;
    if look { verify_later(tx, &quote, status) } else { Ok(()) }
}

/// A stamp counts only on the server of what is quoted.
fn claimed(quoted: &Quoted) -> Option<String> {
    quoted.stamp.clone().filter(|stamp| same_host(stamp, &quoted.uri))
}

/// By id; old software names pages.
fn known(tx: &Tx, uri: &str) -> Result<Option<Status>> {
    let found = match statuses::by_uri(tx, uri)? {
        None => statuses::by_url(tx, uri)?,
        found => found,
    };
    Ok(found.filter(|s| s.reblog_of.is_none()))
}

/// Queues a look at a quote that may turn out to be good: there is a stamp, or the author may quote themselves.
fn verify_later(tx: &Tx, quote: &Quote, status: &Status) -> Result<()> {
    let own_server = quote.quoted.is_none() && same_host(&quote.quoted_uri, &status.uri);
    let address = match &quote.stamp_uri {
        Some(stamp) => stamp,
        None if own_server => &quote.quoted_uri,
        None => return Ok(()),
    };
    match host(address) {
        Some(host) if quote.state == QuoteState::Pending => {
            jobs::push_if_room(tx, &host, &Job::VerifyQuote { status: status.id })
        }
        _ => Ok(()),
    }
}

/// A known post came again. What it quotes changes only with a `newer` version; the stamp may come, change
/// and go with any.
pub fn edit(tx: &Tx, status: &Status, quoted: Option<&Quoted>, newer: bool, look: bool) -> Result<()> {
    let before = quotes::of_status(tx, status.id)?;
    match (before, quoted) {
        (Some(before), Some(quoted)) if is_same(tx, &before, quoted)? => {
            set_claim(tx, status, &before, quoted, look)
        }
        (before, quoted) if newer => {
            if before.is_some() {
                quotes::delete(tx, status.id)?;
            }
            quoted.map_or(Ok(()), |quoted| receive(tx, status, quoted, look))
        }
        _ => Ok(()),
    }
}

fn is_same(tx: &Tx, before: &Quote, quoted: &Quoted) -> Result<bool> {
    if before.quoted_uri == quoted.uri {
        return Ok(true);
    }
    let same = known(tx, &quoted.uri)?.map(|k| k.id);
    Ok(same.is_some() && same == before.quoted)
}

fn set_claim(tx: &Tx, status: &Status, before: &Quote, quoted: &Quoted, look: bool) -> Result<()> {
    let claim = claimed(quoted);
    let ours = before.quoted.map(|id| statuses::get(tx, id)).transpose()?.is_some_and(|s| s.local);
    let own_hand = before.quoted_account == Some(before.account);
    if ours || own_hand || before.state == QuoteState::Deleted || claim == before.stamp_uri {
        return Ok(());
    }
    quotes::set_stamp(tx, before.row, claim.as_deref())?;
    if quotes::set_state(tx, before, QuoteState::Pending)?.made() {
        tx.after_commit(Event::StatusEdited(status.id));
    }
    match quotes::of_status(tx, status.id)? {
        Some(after) if look => verify_later(tx, &after, status),
        _ => Ok(()),
    }
}

/// A post came that others quote which came before it.
pub fn adopt(tx: &Tx, quoted: &Status) -> Result<()> {
    for quote in quotes::waiting_for(tx, &quoted.uri)? {
        if matches!(quote.state, QuoteState::Accepted | QuoteState::Deleted) {
            continue;
        }
        quotes::set_quoted(tx, quote.row, quoted)?;
        let Some(quote) = quotes::of_status(tx, quote.status)? else { continue };
        if quote.account == quoted.account_id {
            quotes::set_state(tx, &quote, QuoteState::Accepted)?;
            tx.after_commit(Event::StatusEdited(quote.status));
        } else {
            verify_later(tx, &quote, &statuses::get(tx, quote.status)?)?;
        }
    }
    Ok(())
}

/// `by` asks to quote an own post, which they may see: accepted or rejected at once, as the policy says.
///
/// The quoting post is stored before. A second request is answered again, for the first answer may be lost; but
/// what the owner took back stays so. Returns whether it was accepted.
pub fn requested(
    tx: &Tx,
    me: &Instance,
    by: &Account,
    quoted: &Status,
    request: &QuoteRequest,
) -> Result<bool> {
    let status = statuses::by_uri(tx, request.instrument)?.filter(|s| s.account_id == by.id);
    let quote = status.as_ref().map(|s| quotes::of_status(tx, s.id)).transpose()?.flatten();
    let known = status.zip(quote).filter(|(_, quote)| quote.quoted == Some(quoted.id));
    let Some((status, quote)) = known else {
        if !is_granted(quoted, by) {
            deliver::answer(tx, &build::reject_quote(me, request, tx.now), by)?;
        }
        return Ok(false); // it quotes something else, or nothing
    };
    let granted = is_granted(quoted, by) && quote.state != QuoteState::Revoked;
    if !granted {
        if quotes::set_state(tx, &quote, quote.state.refused())?.made() {
            tx.after_commit(Event::StatusEdited(status.id));
        }
        deliver::answer(tx, &build::reject_quote(me, request, tx.now), by)?;
        return Ok(false);
    }
    quotes::set_request(tx, quote.row, request.id)?;
    if quotes::set_state(tx, &quote, QuoteState::Accepted)?.made() {
        notify::notify(tx, NotificationKind::Quote, by, Some(&status))?;
        tx.after_commit(Event::StatusEdited(status.id));
        tx.after_commit(Event::StatusChanged(quoted.id));
    }
    deliver::answer(tx, &build::accept_quote(me, request, quote.row, tx.now), by)?;
    Ok(true)
}

/// The author of what the owner quotes has agreed; the stamp was verified. Whoever has the post hears of it.
pub fn granted(tx: &Tx, me: &Instance, quote: &Quote, stamp: &str) -> Result<()> {
    let Some(quote) = quotes::of_status(tx, quote.status)?.filter(|q| q.row == quote.row) else {
        return Ok(());
    };
    // Whoever took it back and thinks better of it asks the owner to quote again.
    if !matches!(quote.state, QuoteState::Pending | QuoteState::Rejected) {
        return Ok(());
    }
    quotes::set_stamp(tx, quote.row, Some(stamp))?;
    quotes::set_state(tx, &quote, QuoteState::Accepted)?;
    changed(tx, me, &quote)
}

/// They refuse, or take back what they gave.
pub fn refused(tx: &Tx, me: &Instance, quote: &Quote) -> Result<()> {
    if quotes::set_state(tx, quote, quote.state.refused())?.made() {
        quotes::set_stamp(tx, quote.row, None)?;
        changed(tx, me, quote)?;
    }
    Ok(())
}

/// Tells the streams; and of an own post whoever has it, if they were told that the quote is good.
fn changed(tx: &Tx, me: &Instance, quote: &Quote) -> Result<()> {
    tx.after_commit(Event::StatusEdited(quote.status));
    let now = quotes::of_status(tx, quote.status)?.map(|q| q.state);
    let was_or_is_good = quote.state == QuoteState::Accepted || now == Some(QuoteState::Accepted);
    let own = statuses::get(tx, quote.status)?.local;
    if own && was_or_is_good { send_update(tx, me, quote.status) } else { Ok(()) }
}

/// `by` deleted a stamp: what rests on it is taken back.
pub fn stamp_deleted(tx: &Tx, me: &Instance, by: &Account, stamp: &str) -> Result<()> {
    for quote in quotes::by_stamp(tx, stamp)?.iter().filter(|q| q.quoted_account == Some(by.id)) {
        refused(tx, me, quote)?;
    }
    Ok(())
}

/// Somebody passes on that a stamp was deleted: it is looked at where it should be.
pub fn doubt(tx: &Tx, stamp: &str) -> Result<()> {
    let Some(host) = host(stamp) else { return Ok(()) };
    for quote in quotes::by_stamp(tx, stamp)? {
        jobs::push_if_room(tx, &host, &Job::VerifyQuote { status: quote.status })?;
    }
    Ok(())
}
