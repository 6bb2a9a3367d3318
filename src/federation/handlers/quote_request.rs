//! QuoteRequest: <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>

use super::{Arrived, Outcome};
use crate::ap::build::QuoteRequest;
use crate::ap::parse::value::{all, id, kind};
use crate::ap::parse::{self, Incoming};
use crate::error::Result;
use crate::model::{Quote, Status, Viewer};
use crate::ops::quotes::{incoming, is_granted};
use crate::ops::receive::{self, Arrival, Prepared};
use crate::ops::resolve::same_host;
use crate::ops::visibility;
use crate::store::{quotes, statuses};
use serde_json::Value;

/// Somebody asks to quote a post of the owner's. The quoting post (`instrument`) is embedded or a bare id, and
/// must be by whoever asks.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let (Some(request), Some(object)) = (arrived.id(), arrived.envelope.object_id()) else {
        return Ok(Outcome::Ignored("no id"));
    };
    let instrument = all(&arrived.envelope.json, "instrument").next().unwrap_or(&Value::Null);
    let Some(uri) = id(instrument).filter(|uri| same_host(uri, &arrived.by.uri)) else {
        return Ok(Outcome::Ignored("the quoting post is of another server"));
    };
    let request = QuoteRequest { id: request, actor: &arrived.by.uri, object, instrument: uri };
    let me = arrived.me();
    let app = arrived.app();
    let quotable = |c: &rusqlite::Connection| -> Result<Option<Status>> {
        let Some(status) = statuses::by_uri(c, object)?.filter(|s| s.local && s.reblog_of.is_none()) else {
            return Ok(None);
        };
        let seen = visibility::may_see(c, Viewer::Account(arrived.by.id), me.owner, &status)?;
        Ok(Some(status).filter(|_| seen))
    };
    let (quoted, known) = app.store.read(|c| Ok((quotable(c)?, statuses::by_uri(c, uri)?)))?;
    let Some(quoted) = quoted else { return Ok(Outcome::Ignored("not a status of ours for them")) };
    let prepared = match known {
        // What is refused anyway is not fetched.
        None if is_granted(&quoted, &arrived.by) => match quoting(arrived, instrument, uri, object)? {
            Some(prepared) => Some(prepared),
            None => return Ok(Outcome::Ignored("the quoting post is somebody else's, or quotes nothing")),
        },
        _ => None,
    };
    arrived.write(|tx, by| {
        let Some(quoted) = quotable(tx)? else { return Ok(Outcome::Ignored("it is gone")) };
        if let Some(prepared) = &prepared {
            receive::store(tx, prepared)?;
        }
        let accepted = incoming::requested(tx, me, by, &quoted, &request)?;
        Ok(if accepted { Outcome::Done } else { Outcome::Ignored("it may not be quoted so") })
    })
}

/// The quoting post: as it came where the signer answers for it, else from its own address. `None` when it is
/// not the signer's, or quotes something else.
fn quoting(arrived: &Arrived, instrument: &Value, uri: &str, quoted: &str) -> Result<Option<Prepared>> {
    let by = &arrived.by;
    let wrote = |post: &Incoming| post.uri == uri && post.attributed_to.contains(&by.uri) && !post.is_vote;
    let embedded = if instrument.is_object() { parse::note(instrument).filter(wrote) } else { None };
    let post = match embedded {
        Some(post) => post,
        None => arrived.errand.post_at(uri)?,
    };
    let quotes_it = post.quote.as_ref().is_some_and(|quote| quote.uri == quoted);
    if !wrote(&post) || !quotes_it {
        return Ok(None);
    }
    // Its Create may come later, and finds it here: so it is taken as if that had come.
    let personal = arrived.personal;
    let relevant =
        arrived.app().store.read(|c| receive::is_relevant(c, arrived.me(), &post, by, personal))?;
    let arrival = if relevant { Arrival::Delivered { personal: false } } else { Arrival::LookedUp };
    receive::prepare(&arrived.errand, &post, by, arrival).map(Some)
}

/// The owner's own quote that an Accept or Reject by the signer is about: by the id of the QuoteRequest, else by
/// the quoting post in it.
pub fn answered(arrived: &Arrived) -> Result<Option<Quote>> {
    let object = arrived.envelope.object();
    let (request, by) = (arrived.envelope.object_id(), &arrived.by);
    let instrument = match kind(object) {
        "QuoteRequest" => parse::value::first_id(object, "instrument"),
        _ => None,
    };
    arrived.app().store.read(|c| {
        let mut quote = request.map(|uri| quotes::by_request(c, uri)).transpose()?.flatten();
        if let (None, Some(uri)) = (&quote, instrument) {
            let status = statuses::by_uri(c, &uri)?.filter(|s| s.local);
            quote = status.map(|s| quotes::of_status(c, s.id)).transpose()?.flatten();
        }
        let Some(quote) = quote.filter(|q| q.quoted_account == Some(by.id)) else { return Ok(None) };
        let own = statuses::get(c, quote.status)?.local;
        Ok(Some(quote).filter(|_| own))
    })
}
