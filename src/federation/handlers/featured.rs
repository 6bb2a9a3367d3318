//! Add and Remove: pinned posts of others, as Mastodon sends them: <https://docs.joinmastodon.org/spec/activitypub/#featured>

use super::{Arrived, Outcome};
use crate::ap::parse::{self, value::first_id};
use crate::error::Result;
use crate::model::{Follow, StatusId, Visibility};
use crate::ops::resolve::same_host;
use crate::store::{featured_tags, statuses, timelines};

/// Pins of one account that are kept.
const PINS: usize = 20;

/// A post of the signer's own is pinned, or is so no longer; or a hashtag is featured, which Mastodon says of the same
/// collection. Others (Lemmy's moderators, Mastodon's collections) are not followed.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let by = &arrived.by;
    if let Some((name, url)) = parse::featured_tag(arrived.envelope.object()) {
        return hashtag(arrived, &name, &url);
    }
    let Some(uri) = arrived.envelope.object_id().filter(|uri| same_host(uri, &by.uri)) else {
        return Ok(Outcome::Ignored("no post of theirs"));
    };
    let target = first_id(&arrived.envelope.json, "target");
    if by.endpoints.featured.is_none() || target != by.endpoints.featured {
        return Ok(Outcome::Ignored("not their pinned posts"));
    }
    let pins = arrived.envelope.kind == "Add";
    let known = arrived.app().store.read(|c| statuses::by_uri(c, uri))?;
    let status = match known {
        Some(status) => status,
        // Strangers do not fill the file by pinning.
        None if pins && by.relation.following == Follow::Yes => arrived.errand.status(uri)?,
        None => return Ok(Outcome::Ignored("not known")),
    };
    if status.account_id != by.id || status.reblog_of.is_some() {
        return Ok(Outcome::Ignored("no post of theirs"));
    }
    arrived.write(|tx, by| {
        let now = timelines::pinned(tx, by.id, Visibility::Private)?;
        let others = now.iter().map(|s| s.id).filter(|id| *id != status.id);
        let all: Vec<StatusId> = pins.then_some(status.id).into_iter().chain(others).take(PINS).collect();
        statuses::set_pins(tx, by.id, &all)?;
        Ok(Outcome::Done)
    })
}

fn hashtag(arrived: &Arrived, name: &str, url: &str) -> Result<Outcome> {
    let ours = arrived.by.endpoints.featured.as_deref();
    let target = first_id(&arrived.envelope.json, "target");
    // Mastodon names the collection of posts, others that of hashtags: either way it is the signer's own.
    if ours.is_none() || !target.is_some_and(|target| same_host(&target, &arrived.by.uri)) {
        return Ok(Outcome::Ignored("not their featured hashtags"));
    }
    let adds = arrived.envelope.kind == "Add";
    arrived.write(|tx, by| {
        if adds {
            featured_tags::add_to_account(tx, by.id, name, url)?;
        } else {
            featured_tags::remove_from_account(tx, by.id, name)?;
        }
        Ok(Outcome::Done)
    })
}
