//! Follow: <https://www.w3.org/TR/activitypub/#follow-activity-inbox>

use super::{Arrived, Outcome};
use crate::error::Result;
use crate::ops::follows;

/// Friendica follows posts, too, and some follow the instance actor: only the owner can be followed.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    if arrived.envelope.object_id() != Some(arrived.me().actor().as_str()) {
        return Ok(Outcome::Ignored("not the owner"));
    }
    arrived.write(|tx, by| {
        if arrived.is_overtaken(tx)? {
            return Ok(Outcome::Ignored("it was undone"));
        }
        follows::receive(tx, by, arrived.id())?;
        Ok(Outcome::Done)
    })
}
