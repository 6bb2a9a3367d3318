//! Create: <https://www.w3.org/TR/activitypub/#create-activity-inbox>

use super::{Arrived, Outcome};
use crate::ap::parse::{self, Incoming, Vote};
use crate::error::Result;
use crate::ops::polls;
use crate::ops::receive::{self, Arrival};
use crate::ops::resolve::same_host;
use crate::store::statuses;

pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    // First of all, since it looks like a direct message.
    let votes = parse::votes(&arrived.envelope);
    if votes.iter().any(|vote| arrived.me().owns(&vote.question)) {
        return take_votes(arrived, &votes);
    }
    let Some(uri) = arrived.envelope.object_id() else { return Ok(Outcome::Ignored("no id")) };
    if let Some(reason) = refusal(arrived, uri)? {
        return Ok(Outcome::Ignored(reason));
    }
    let Some(post) = post(arrived, uri)? else { return Ok(Outcome::Ignored("the author is somebody else")) };
    take(arrived, &post)
}

/// Votes in a poll of the owner's.
fn take_votes(arrived: &Arrived, votes: &[Vote]) -> Result<Outcome> {
    let counted = arrived.write(|tx, by| {
        let mut counted = 0;
        for vote in votes {
            let Some(status) = statuses::by_uri(tx, &vote.question)?.filter(|s| s.local) else { continue };
            if polls::receive_vote(tx, arrived.me(), by, &status, &vote.option)?.made() {
                counted += 1;
            }
        }
        Ok(counted)
    })?;
    Ok(if counted > 0 { Outcome::Done } else { Outcome::Ignored("a vote that does not count") })
}

fn refusal(arrived: &Arrived, uri: &str) -> Result<Option<&'static str>> {
    if !same_host(uri, &arrived.by.uri) {
        return Ok(Some("the object is of another server")); // ours among them
    }
    arrived.app().store.read(|c| {
        Ok(if statuses::by_uri(c, uri)?.is_some() {
            Some("it is known")
        } else if statuses::buried(c, uri)?.is_some() {
            Some("it was deleted")
        } else {
            None
        })
    })
}

/// The object: as it came where the signer answers for it, else from its own address. `None` when the
/// signer did not write it.
pub fn post(arrived: &Arrived, uri: &str) -> Result<Option<Incoming>> {
    let by = &arrived.by.uri;
    let embedded = arrived.envelope.embedded().and_then(parse::note);
    let trusted = embedded.filter(|post| same_host(&post.uri, by) && post.attributed_to.contains(by));
    let mut post = match trusted {
        Some(post) => post,
        None => arrived.errand.post_at(uri)?,
    };
    // Some address the activity and not the object.
    if post.to.is_empty() && post.cc.is_empty() {
        post.to.clone_from(&arrived.envelope.to);
        post.cc.clone_from(&arrived.envelope.cc);
    }
    Ok(Some(post).filter(|post| post.attributed_to.contains(by)))
}

/// Stores a post by the signer if it is for this house.
pub fn take(arrived: &Arrived, post: &Incoming) -> Result<Outcome> {
    // In somebody else's poll, or in one that is not there.
    if post.is_vote {
        return Ok(Outcome::Ignored("a vote that is not for here"));
    }
    let (by, personal) = (&arrived.by, arrived.personal);
    if !arrived.app().store.read(|c| receive::is_relevant(c, arrived.me(), post, by, personal))? {
        return Ok(Outcome::Ignored("not for here"));
    }
    keep(arrived, post)
}

/// Stores a post by the signer.
pub fn keep(arrived: &Arrived, post: &Incoming) -> Result<Outcome> {
    let arrival = Arrival::Delivered { personal: arrived.personal };
    let prepared = receive::prepare(&arrived.errand, post, &arrived.by, arrival)?;
    arrived.write(|tx, _| receive::store(tx, &prepared).map(drop))?;
    Ok(Outcome::Done)
}
