//! Whether a quote is with the quoted author's leave: its stamp is read where the author keeps it.
//!
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>

use super::incoming;
use crate::ap::parse::value::{first_id, types};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::*;
use crate::ops::resolve::{Errand, same_host};
use crate::store::{quotes, statuses};

/// What a stamp's address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    Good,
    /// There is none, or no more.
    Gone,
    /// It is somebody else's, or about something else.
    Wrong,
}

/// Reads the stamp by which `author` lets `quoting` show `quoted`.
///
/// Errors: `Unavailable` and the like, when that server cannot be asked now.
pub fn stamp(errand: &Errand, address: &str, author: &str, quoting: &str, quoted: &str) -> Result<Stamp> {
    if !same_host(address, author) {
        return Ok(Stamp::Wrong);
    }
    let json = match errand.fetch(address) {
        Ok(document) => document.json,
        Err(e) if matches!(e.kind, Kind::NotFound | Kind::Gone | Kind::Forbidden) => return Ok(Stamp::Gone),
        Err(e) => return Err(e),
    };
    let says = |name: &str, what: &str| first_id(&json, name).as_deref() == Some(what);
    let is_stamp = types(&json).contains(&"QuoteAuthorization");
    let fits = says("attributedTo", author) && says("interactingObject", quoting);
    Ok(if is_stamp && fits && says("interactionTarget", quoted) { Stamp::Good } else { Stamp::Wrong })
}

/// Looks up what a status quotes, one level deep, and whether it may. A quote of an own post is never settled
/// here: for those its author has to ask.
///
/// Errors: as looking up a status.
pub fn run(app: &App, id: StatusId) -> Result<()> {
    let errand = Errand::one_level(app);
    let Some(quote) = app.store.read(|c| quotes::of_status(c, id))? else { return Ok(()) };
    if !matches!(quote.state, QuoteState::Pending | QuoteState::Accepted) {
        return Ok(());
    }
    let quoted = match quote.quoted {
        Some(quoted) => app.store.read(|c| statuses::get(c, quoted))?,
        None if quote.state == QuoteState::Accepted => return Ok(()), // it was deleted
        None => errand.single(&quote.quoted_uri)?,
    };
    if quoted.reblog_of.is_some() {
        return Ok(());
    }
    app.store.write(|tx| quotes::set_quoted(tx, quote.row, &quoted))?;
    if quoted.account_id == quote.account {
        return settle(app, &quote, QuoteState::Accepted);
    }
    let Some(address) = quote.stamp_uri.as_deref().filter(|_| !quoted.local) else { return Ok(()) };
    let author = app.store.read(|c| crate::store::accounts::get(c, quoted.account_id))?;
    let quoting = app.store.read(|c| statuses::get(c, id))?;
    match stamp(&errand, address, &author.uri, &quoting.uri, &quoted.uri)? {
        Stamp::Good => settle(app, &quote, QuoteState::Accepted),
        Stamp::Gone => settle(app, &quote, quote.state.refused()),
        Stamp::Wrong if quote.state == QuoteState::Accepted => settle(app, &quote, QuoteState::Revoked),
        Stamp::Wrong => Ok(()),
    }
}

/// Writes what was found, if nothing else was written meanwhile.
fn settle(app: &App, before: &Quote, state: QuoteState) -> Result<()> {
    app.store.write(|tx| {
        let now = quotes::of_status(tx, before.status)?;
        let same =
            |q: &Quote| q.row == before.row && q.state == before.state && q.stamp_uri == before.stamp_uri;
        let Some(quote) = now.filter(same) else { return Ok(()) };
        if state != QuoteState::Accepted {
            return incoming::refused(tx, &app.instance, &quote);
        }
        if quotes::set_state(tx, &quote, state)?.made() {
            tx.after_commit(Event::StatusEdited(quote.status));
            if let Some(quoted) = quote.quoted {
                tx.after_commit(Event::StatusChanged(quoted));
            }
        }
        Ok(())
    })
}
