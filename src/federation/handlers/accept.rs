//! Accept: <https://www.w3.org/TR/activitypub/#accept-activity-inbox>

use super::{Arrived, Outcome};
use crate::ap::parse::value::{first_id, kind};
use crate::error::Result;
use crate::ops::follows;

pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    if !is_our_follow(arrived) {
        return Ok(Outcome::Ignored("not a Follow of ours"));
    }
    arrived.write(follows::accepted)?;
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
