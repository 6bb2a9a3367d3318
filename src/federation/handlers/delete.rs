//! Delete: <https://www.w3.org/TR/activitypub/#delete-activity-inbox>

use super::{Arrived, Outcome};
use crate::error::Result;
use crate::ops::farewell;
use crate::ops::quotes::incoming;
use crate::ops::resolve::same_host;

/// The object is an id, a Tombstone or the whole thing. GoToSocial's Delete has no id of its own.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let Some(uri) = arrived.envelope.object_id() else { return Ok(Outcome::Ignored("no id")) };
    if arrived.envelope.is_farewell() {
        arrived.write(farewell::leave)?;
        return Ok(Outcome::Done);
    }
    if !same_host(uri, &arrived.by.uri) {
        return Ok(Outcome::Ignored("the object is of another server"));
    }
    let blobs = arrived.write(|tx, by| {
        // A QuoteAuthorization, or a post that somebody claims to be one: so both are looked for.
        incoming::stamp_deleted(tx, arrived.me(), by, uri)?;
        farewell::delete(tx, by, uri)
    })?;
    farewell::clear(arrived.app(), &blobs);
    Ok(Outcome::Done)
}
