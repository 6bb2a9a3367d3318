//! Announce: <https://www.w3.org/TR/activitypub/#announce-activity-inbox>; a Group passes on whole
//! activities (FEP-1b12), see [`super::origin`].

use super::{Arrived, Outcome, origin};
use crate::ap::parse::value::{date, kind};
use crate::ap::parse::{self, is_post};
use crate::error::Result;
use crate::model::{Follow, Status};
use crate::ops::receive::{self, Arrival};
use crate::ops::{boosts, resolve::same_host};
use crate::store::{accounts, statuses};

/// Lemmy announces a new post twice, as Create and bare: the boost comes of the bare one, and both find the
/// same status.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let envelope = &arrived.envelope;
    let Some(uri) = envelope.object_id() else { return Ok(Outcome::Ignored("no id")) };
    let is_activity =
        envelope.embedded().is_some_and(|object| object.get("actor").is_some() && !is_post(object));
    if is_activity {
        return origin::announced(arrived);
    }
    let Some(id) = arrived.id() else { return Ok(Outcome::Ignored("a boost without an id")) };
    let app = arrived.app();
    let known = app.store.read(|c| statuses::by_uri(c, uri))?;
    let is_ours = known.as_ref().is_some_and(|s| s.local);
    if !is_ours && arrived.by.relation.following != Follow::Yes {
        return Ok(Outcome::Ignored("a boost by somebody who is not followed"));
    }
    if app.store.read(|c| Ok(statuses::buried(c, id)?.is_some() || arrived.is_overtaken(c)?))? {
        return Ok(Outcome::Ignored("it was undone"));
    }
    let original = match known {
        Some(status) => status,
        None => match own_post(arrived)? {
            Some(status) => status,
            None => arrived.errand.status(uri)?, // from where it lives, whatever stands here
        },
    };
    let published = date(&envelope.json, "published").unwrap_or_else(|| app.now());
    arrived.write(|tx, by| {
        // The look-up took a while.
        let Some(original) = statuses::by_uri(tx, &original.uri)?.filter(|s| s.reblog_of.is_none()) else {
            return Ok(Outcome::Ignored("the original is gone"));
        };
        if accounts::get(tx, original.account_id)?.relation.blocking() {
            return Ok(Outcome::Ignored("the author is blocked"));
        }
        boosts::receive(tx, by, &original, id, published)?;
        Ok(Outcome::Done)
    })
}

/// Mastodon embeds a followers-only post that its author boosts: nobody else could fetch it.
fn own_post(arrived: &Arrived) -> Result<Option<Status>> {
    let by = &arrived.by;
    let Some(object) = arrived.envelope.embedded().filter(|o| !kind(o).is_empty()) else { return Ok(None) };
    let own = parse::note(object).filter(|post| {
        same_host(&post.uri, &by.uri) && post.attributed_to.contains(&by.uri) && !post.is_vote
    });
    let Some(post) = own else { return Ok(None) };
    let prepared = receive::prepare(&arrived.errand, &post, by, Arrival::LookedUp)?;
    arrived.app().store.write(|tx| {
        receive::store(tx, &prepared)?;
        statuses::by_uri(tx, &post.uri)
    })
}
