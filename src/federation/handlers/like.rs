//! Like, EmojiReact and Dislike: <https://www.w3.org/TR/activitypub/#like-activity-inbox>

use super::{Arrived, Outcome};
use crate::ap::parse;
use crate::error::Result;
use crate::model::Viewer;
use crate::ops::{favourites, reactions, visibility};
use crate::store::statuses;

/// Misskey and Pleroma put an emoji into `content`; it counts as a favourite, as in Mastodon, and is shown. Pleroma calls
/// that an EmojiReact. Friendica, Lemmy, PeerTube and Hubzilla send a Dislike. `to` and `cc` are missing from Misskey,
/// Lemmy and PeerTube.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let Some(uri) = arrived.envelope.object_id() else { return Ok(Outcome::Ignored("no id")) };
    let emoji = parse::reaction(&arrived.envelope.json);
    arrived.write(|tx, by| {
        let Some(status) = statuses::by_uri(tx, uri)?.filter(|s| s.local && s.reblog_of.is_none()) else {
            return Ok(Outcome::Ignored("not a status of ours"));
        };
        if !visibility::may_see(tx, Viewer::Account(by.id), arrived.me().owner, &status)? {
            return Ok(Outcome::Ignored("not a status for them"));
        }
        if arrived.is_overtaken(tx)? {
            return Ok(Outcome::Ignored("it was undone"));
        }
        match emoji {
            _ if arrived.envelope.kind == "Dislike" => {
                reactions::receive_dislike(tx, by, &status, arrived.id())?;
            }
            Some(emoji) => reactions::receive(tx, by, &status, arrived.id(), emoji)?,
            None => favourites::receive(tx, by, &status, arrived.id())?,
        }
        Ok(Outcome::Done)
    })
}
