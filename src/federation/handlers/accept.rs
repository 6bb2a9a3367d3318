//! Accept: <https://www.w3.org/TR/activitypub/#accept-activity-inbox>

use super::{Arrived, Outcome, quote_request};
use crate::ap::parse::value::{first_id, kind};
use crate::error::Result;
use crate::model::{Quote, Status};
use crate::ops::quotes::incoming;
use crate::ops::quotes::verify::{self, Stamp};
use crate::ops::resolve::same_host;
use crate::ops::{follows, interactions};
use crate::store::statuses;

pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    if let Some(quote) = quote_request::answered(arrived)? {
        return quoted(arrived, &quote);
    }
    if let Some(status) = asked_about(arrived)? {
        return approved(arrived, &status);
    }
    if !is_our_follow(arrived) {
        return Ok(Outcome::Ignored("not a Follow of ours"));
    }
    arrived.write(follows::accepted)?;
    Ok(Outcome::Done)
}

/// The own reply or boost that this is the answer for.
pub fn asked_about(arrived: &Arrived) -> Result<Option<Status>> {
    let Some(uri) = arrived.envelope.object_id().filter(|uri| arrived.me().owns(uri)) else {
        return Ok(None);
    };
    arrived.app().store.read(|c| interactions::asked_about(c, arrived.by.id, uri))
}

/// GoToSocial: `result` names the approval; before 0.19 the Accept was it.
fn approved(arrived: &Arrived, status: &Status) -> Result<Outcome> {
    let result = first_id(&arrived.envelope.json, "result").or_else(|| arrived.envelope.id.clone());
    let Some(approval) = result.filter(|uri| same_host(uri, &arrived.by.uri)) else {
        return Ok(Outcome::Ignored("no approval"));
    };
    arrived.write(|tx, _| interactions::given(tx, arrived.me(), status, &approval))?;
    Ok(Outcome::Done)
}

/// Of a QuoteRequest: `result` names the stamp, which everybody else will look at, so it is looked at here.
fn quoted(arrived: &Arrived, quote: &Quote) -> Result<Outcome> {
    let Some(stamp) = first_id(&arrived.envelope.json, "result") else {
        return Ok(Outcome::Ignored("no stamp"));
    };
    let quoting = arrived.app().store.read(|c| statuses::get(c, quote.status))?;
    let by = &arrived.by.uri;
    match verify::stamp(&arrived.errand, &stamp, by, &quoting.uri, &quote.quoted_uri)? {
        Stamp::Good => (),
        Stamp::Gone | Stamp::Wrong => return Ok(Outcome::Ignored("the stamp does not fit")),
    }
    arrived.write(|tx, _| incoming::granted(tx, arrived.me(), quote, &stamp))?;
    Ok(Outcome::Done)
}

/// Whether the object is the owner's Follow of the signer: by its id (Mitra sends nothing else), or
/// embedded with the owner as its actor, whatever became of the id on the way.
pub fn is_our_follow(arrived: &Arrived) -> bool {
    let (envelope, relation) = (&arrived.envelope, &arrived.by.relation);
    let me = arrived.me().actor();
    let by_id = envelope.object_id().is_some_and(|id| {
        Some(id) == relation.following_uri.as_deref()
            || id.starts_with(&format!("{me}#follows/{}/", arrived.by.id))
    });
    let object = envelope.object();
    by_id || (kind(object) == "Follow" && first_id(object, "actor") == Some(me))
}
