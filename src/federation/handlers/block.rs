//! Block: <https://www.w3.org/TR/activitypub/#block-activity-outbox>; Mastodon, Misskey and Pixelfed send it.

use super::{Arrived, Outcome};
use crate::error::Result;
use crate::ops::relations;

pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    if arrived.envelope.object_id() != Some(arrived.me().actor().as_str()) {
        return Ok(Outcome::Ignored("not the owner"));
    }
    arrived.write(|tx, by| relations::blocked_by(tx, by, true))?;
    Ok(Outcome::Done)
}
