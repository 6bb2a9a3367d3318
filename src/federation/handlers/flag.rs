//! Flag: <https://docs.joinmastodon.org/spec/activitypub/#Flag>
//!
//! Mastodon sends it from its instance actor, with the account and the posts in one array; Misskey and Pleroma from who
//! reported, Lemmy with one object.

use super::{Arrived, Outcome};
use crate::ap::parse::value::{filled, ids};
use crate::error::Result;
use crate::ops::flags;

pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let json = &arrived.envelope.json;
    let objects = ids(json, "object");
    // Lemmy's word for it, and Pleroma's.
    let comment = filled(json, "content").or_else(|| filled(json, "summary")).unwrap_or_default();
    arrived.write(|tx, by| {
        let taken = flags::receive(tx, arrived.me(), by, arrived.id(), &objects, &comment)?;
        Ok(if taken.made() { Outcome::Done } else { Outcome::Ignored("a report of nobody here") })
    })
}
