//! What comes by way of a relay or of an account that stands for a hashtag. A relay of Mastodon's kind passes on whole
//! activities, one of LitePub's announces ids; pub-relay and its kin do both. Either way the post is fetched from where
//! it lives, if it may interest the owner: <https://codeberg.org/fediverse/fep/src/branch/main/fep/ae0c/fep-ae0c.md>

use super::{Arrived, Outcome, create};
use crate::ap::build;
use crate::ap::parse;
use crate::ap::parse::Envelope;
use crate::error::Result;
use crate::model::{Follow, RowId, Source, Subscription};
use crate::ops::deliver::{self, host};
use crate::ops::discovery;
use crate::ops::resolve::Errand;
use crate::store::{domain_blocks, sources, statuses};

/// `None`: it has nothing to do with a source of the owner's.
pub fn receive(arrived: &Arrived) -> Result<Option<Outcome>> {
    match arrived.envelope.kind.as_str() {
        "Accept" => answer(arrived, Follow::Yes),
        "Reject" => answer(arrived, Follow::No),
        "Follow" if arrived.envelope.object_id() == Some(arrived.me().instance_actor().as_str()) => {
            followed_back(arrived)
        }
        "Announce" | "Create" => brought(arrived),
        _ => Ok(None),
    }
}

fn answer(arrived: &Arrived, state: Follow) -> Result<Option<Outcome>> {
    let Some(uri) = arrived.envelope.object_id() else { return Ok(None) };
    let Some(follow) = arrived.app().store.read(|c| sources::by_follow(c, uri))? else { return Ok(None) };
    let right = arrived.envelope.actor == arrived.by.uri
        && arrived.app().store.write(|tx| discovery::answered(tx, &arrived.by, &follow, state))?.made();
    Ok(Some(if right { Outcome::Done } else { Outcome::Ignored("somebody else was asked") }))
}

/// LitePub's relays follow back, and some send nothing before that is accepted.
fn followed_back(arrived: &Arrived) -> Result<Option<Outcome>> {
    let Some(uri) = arrived.id() else { return Ok(None) };
    if sender(arrived)?.is_none() || arrived.envelope.actor != arrived.by.uri {
        return Ok(None);
    }
    arrived.app().store.write(|tx| {
        let id = format!("{}#accepts/{}", arrived.me().instance_actor(), RowId::at(tx.now));
        let accept = build::accept_relay(arrived.me(), &id, &arrived.by.uri, uri);
        deliver::as_instance(tx, &accept, std::slice::from_ref(&arrived.by.endpoints.inbox))
    })?;
    Ok(Some(Outcome::Done))
}

fn sender(arrived: &Arrived) -> Result<Option<Subscription>> {
    let by = &arrived.by;
    arrived.app().store.read(|c| sources::by_sender(c, &by.uri, &by.endpoints.inbox))
}

fn brought(arrived: &Arrived) -> Result<Option<Outcome>> {
    let envelope = &arrived.envelope;
    let passed_on = envelope.actor != arrived.by.uri;
    // Its own posts are those of any account; and so are its boosts where the owner follows it.
    if passed_on != (envelope.kind == "Create") || arrived.by.relation.following == Follow::Yes {
        return Ok(None);
    }
    let Some(followed) = sender(arrived)?.filter(|s| s.state == Follow::Yes) else { return Ok(None) };
    let source = arrived.app().store.read(|c| sources::get(c, followed.source))?;
    // Some relays wrap the whole activity.
    let inner = envelope.embedded().filter(|o| o.get("actor").is_some()).cloned().and_then(Envelope::read);
    let activity = inner.as_ref().unwrap_or(envelope);
    match inner.as_ref().map(|inner| inner.kind.as_str()) {
        None | Some("Create") => take(arrived, &source, activity).map(Some),
        Some(_) => Ok(None),
    }
}

fn take(arrived: &Arrived, source: &Source, activity: &Envelope) -> Result<Outcome> {
    let app = arrived.app();
    let Some(uri) = activity.object_id().filter(|uri| !app.instance.owns(uri)) else {
        return Ok(Outcome::Ignored("nothing of somebody else's"));
    };
    let domain = host(uri).unwrap_or_default();
    // What stands in the activity is nobody's word yet, but what lacks the hashtag there need not be fetched.
    let lacks = |post: &parse::Incoming| app.store.read(|c| Ok(!discovery::is_wanted(c, source, post)?));
    if let Some(claimed) = activity.embedded().and_then(parse::note)
        && lacks(&claimed)?
    {
        return Ok(Outcome::Ignored("without a followed hashtag"));
    }
    let refused = app.store.read(|c| {
        Ok(statuses::by_uri(c, uri)?.is_some()
            || statuses::buried(c, uri)?.is_some()
            || domain_blocks::has(c, &domain)?)
    })?;
    if refused {
        return Ok(Outcome::Ignored("it is known, was deleted, or its server is blocked"));
    }
    if !discovery::has_room(app, source.id) {
        return Ok(Outcome::Ignored("the source sends more than is looked at"));
    }
    let post = arrived.errand.post_at(uri)?;
    let Some(author) = post.attributed_to.first() else { return Ok(Outcome::Ignored("no author")) };
    if lacks(&post)? {
        return Ok(Outcome::Ignored("without a followed hashtag"));
    }
    let by = arrived.errand.account(author)?;
    if by.relation.blocking() || by.relation.domain_blocked || by.is_owner() {
        return Ok(Outcome::Ignored("the author is blocked"));
    }
    let envelope = Envelope { id: None, actor: by.uri.clone(), ..arrived.envelope.clone() };
    let as_sent = Arrived { errand: Errand::new(app), envelope, by, personal: false };
    create::keep(&as_sent, &post)?;
    app.store.write(|tx| sources::took(tx, source.id))?;
    Ok(Outcome::Done)
}
