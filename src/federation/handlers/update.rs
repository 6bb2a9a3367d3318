//! Update: <https://www.w3.org/TR/activitypub/#update-activity-inbox>

use super::{Arrived, Outcome, create};
use crate::ap::parse::Incoming;
use crate::ap::parse::value::types;
use crate::error::Result;
use crate::model::ActorKind;
use crate::model::time::DAY;
use crate::ops::receive::{self, Arrival};
use crate::ops::resolve::same_host;
use crate::store::statuses;

pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let Some(uri) = arrived.envelope.object_id() else { return Ok(Outcome::Ignored("no id")) };
    let is_actor = types(arrived.envelope.object()).into_iter().any(|t| ActorKind::parse(t).is_some());
    if is_actor || uri == arrived.by.uri {
        return profile(arrived, uri);
    }
    if !same_host(uri, &arrived.by.uri) {
        return Ok(Outcome::Ignored("the object is of another server"));
    }
    match create::post(arrived, uri)? {
        Some(post) => change(arrived, &post),
        None => Ok(Outcome::Ignored("the author is somebody else")),
    }
}

/// The document is fetched and not taken from here: a new key must come from where keys come from.
fn profile(arrived: &Arrived, uri: &str) -> Result<Outcome> {
    if uri != arrived.by.uri {
        return Ok(Outcome::Ignored("somebody else's profile"));
    }
    arrived.errand.refresh(uri)?;
    Ok(Outcome::Done)
}

/// Edits a post that is known. One that is not may be an Update that overtook its Create, if it is of
/// today.
pub fn change(arrived: &Arrived, post: &Incoming) -> Result<Outcome> {
    let app = arrived.app();
    let (known, gone) = app
        .store
        .read(|c| Ok((statuses::by_uri(c, &post.uri)?, statuses::buried(c, &post.uri)?.is_some())))?;
    if gone {
        return Ok(Outcome::Ignored("it was deleted"));
    }
    if known.is_none() {
        let recent = post.published.is_some_and(|at| at > app.now().plus(-DAY));
        return if recent { create::take(arrived, post) } else { Ok(Outcome::Ignored("not known")) };
    }
    let arrival = Arrival::Delivered { personal: arrived.personal };
    let prepared = receive::prepare(&arrived.errand, post, &arrived.by, arrival)?;
    arrived.write(|tx, _| match statuses::by_uri(tx, &post.uri)? {
        Some(before) => receive::edit(tx, &before, &prepared),
        None => Ok(()),
    })?;
    Ok(Outcome::Done)
}
