//! Move: <https://docs.joinmastodon.org/spec/activitypub/#Move>

use super::{Arrived, Outcome};
use crate::ap::parse::value::first_id;
use crate::error::Result;
use crate::model::time::DAY;
use crate::ops::moving;
use crate::store::accounts;

/// Who moved a moment ago does not move again: two accounts could send us to and fro. Mastodon's number.
const REST: i64 = 7 * DAY;

/// Somebody moves their own account, and the new one, fetched afresh, says that it is the same person.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let by = &arrived.by;
    if arrived.envelope.object_id() != Some(by.uri.as_str()) {
        return Ok(Outcome::Ignored("somebody else's account"));
    }
    let Some(target) = first_id(&arrived.envelope.json, "target").filter(|target| *target != by.uri) else {
        return Ok(Outcome::Ignored("nowhere to go"));
    };
    let app = arrived.app();
    if app.instance.owns(&target) {
        return Ok(Outcome::Ignored("to the owner, who follows nobody here"));
    }
    if let Some(before) = app.store.read(|c| accounts::moved_at(c, by.id))?
        && (before.plus(REST) > app.now() || by.moved_to.as_deref() == Some(&target))
    {
        return Ok(Outcome::Ignored("it moved already"));
    }
    let new = arrived.errand.refresh(&target)?;
    if new.uri != target || !new.also_known_as.contains(&by.uri) {
        return Ok(Outcome::Ignored("the new account does not say that it is the old one"));
    }
    arrived.write(|tx, by| {
        let new = accounts::get(tx, new.id)?;
        moving::moved(tx, arrived.me(), by, &new)?;
        Ok(Outcome::Done)
    })
}
