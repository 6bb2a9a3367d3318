//! Activities that somebody else passes on: not believed, but a reason to look where the object lives.
//!
//! Forwarded replies (<https://www.w3.org/TR/activitypub/#inbox-forwarding>) carry a signature of the
//! document (LD signatures), which is not worth verifying when the original can be fetched. Groups announce
//! whole activities: <https://codeberg.org/fediverse/fep/src/branch/main/fep/1b12/fep-1b12.md>. What carries a proof of its
//! actor (see [`proven`]) needs no looking up.

use super::{Arrived, Outcome, create, proven, update};
use crate::ap::parse::Envelope;
use crate::ap::parse::value::{id, kind};
use crate::error::{Kind, Result};
use crate::federation::dispatch;
use crate::model::Visibility;
use crate::model::time::MINUTE;
use crate::ops::domain_blocks::is_suspended;
use crate::ops::farewell;
use crate::ops::quotes::incoming;
use crate::ops::resolve::{Errand, same_host};
use crate::store::{accounts, quotes, statuses};

/// A stamp that somebody says is gone is looked at once in so long.
const DOUBT: i64 = 5 * MINUTE;

/// The actor is not who signed.
pub fn passed_on(arrived: &Arrived) -> Result<Outcome> {
    look(arrived, &arrived.envelope)
}

/// An activity inside an Announce. Moderation and the like of a group are not ours to follow.
pub fn announced(arrived: &Arrived) -> Result<Outcome> {
    let Some(inner) = Envelope::read(arrived.envelope.object().clone()) else {
        return Ok(Outcome::Ignored("an Announce of nothing"));
    };
    // No software does that, and each level would look things up with a budget of its own.
    if inner.kind == "Announce" {
        return Ok(Outcome::Ignored("an Announce of an Announce"));
    }
    match vote(&inner) {
        Some((up, like, post)) if !arrived.me().owns(post) => count(arrived, up, like, post),
        _ => look(arrived, &inner),
    }
}

/// A Like inside an Announce, or its Undo: whether it is one more, its id, and what it is about.
fn vote(inner: &Envelope) -> Option<(bool, &str, &str)> {
    match inner.kind.as_str() {
        "Like" => Some((true, inner.id.as_deref()?, inner.object_id()?)),
        "Undo" if kind(inner.object()) == "Like" => {
            Some((false, inner.object_id()?, id(inner.object().get("object")?)?))
        }
        _ => None,
    }
}

/// Lemmy tells of the votes for a community's posts in no other way. They count as far as the group's word about its own
/// posts does: those that it announced. Nobody is named.
fn count(arrived: &Arrived, up: bool, like: &str, post: &str) -> Result<Outcome> {
    arrived.app().store.write(|tx| {
        let Some(status) = statuses::by_uri(tx, post)?.filter(|s| !s.local) else {
            return Ok(Outcome::Ignored("a vote for what is not known"));
        };
        if statuses::boost_by(tx, arrived.by.id, status.id)?.is_none() {
            return Ok(Outcome::Ignored("a vote for what is not the group's"));
        }
        let mark = format!("{} {} {like}", arrived.by.uri, if up { "vote" } else { "unvote" });
        if !statuses::first_sight(tx, &mark)?.made() {
            return Ok(Outcome::Ignored("it has been here before"));
        }
        let favourites = status.counts.favourites + if up { 1 } else { -1 };
        statuses::set_tallies(tx, status.id, Some(favourites.max(0)), None)?;
        Ok(Outcome::Done)
    })
}

fn look(arrived: &Arrived, activity: &Envelope) -> Result<Outcome> {
    if let Some(as_sent) = proven::read(arrived, activity)? {
        return dispatch::handle(&as_sent);
    }
    let Some(uri) = activity.object_id() else { return Ok(Outcome::Ignored("no id")) };
    if matches!(activity.kind.as_str(), "Like" | "Dislike" | "EmojiReact" | "Undo") {
        return match published(arrived, activity)? {
            Some(as_sent) => dispatch::handle(&as_sent),
            None => Ok(Outcome::Ignored("its actor's server does not show it")),
        };
    }
    if arrived.me().owns(uri) {
        return Ok(Outcome::Ignored("an object of ours"));
    }
    let known = arrived.app().store.read(|c| statuses::by_uri(c, uri))?;
    match (activity.kind.as_str(), known) {
        ("Create", Some(_)) => Ok(Outcome::Ignored("it is known")),
        ("Create" | "Update", _) => post(arrived, uri),
        // Mastodon passes on that a stamp was deleted.
        ("Delete", None) => doubt(arrived, uri),
        ("Delete", Some(status)) => deletion(arrived, uri, status.visibility),
        _ => Ok(Outcome::Ignored("nothing is done with this when it is passed on")),
    }
}

/// What concerns the owner's posts, as the server of its actor shows it: Lemmy tells of votes for what somebody wrote into
/// a community only by announcing them, and serves each at its id.
fn published<'a>(arrived: &Arrived<'a>, activity: &Envelope) -> Result<Option<Arrived<'a>>> {
    let of = if activity.kind == "Undo" { activity.object().get("object") } else { Some(activity.object()) };
    let about_us = of.and_then(id).is_some_and(|post| arrived.me().owns(post));
    let address = activity.id.as_deref().filter(|id| same_host(id, &activity.actor));
    let Some(address) = address.filter(|_| about_us) else { return Ok(None) };
    let shown = match arrived.errand.fetch(address) {
        Ok(document) => Envelope::read(document.json),
        Err(e) if e.kind == Kind::Unavailable => return Err(e),
        Err(_) => None,
    };
    let same = |shown: &Envelope| shown.actor == activity.actor && shown.kind == activity.kind;
    let Some(envelope) = shown.filter(same) else { return Ok(None) };
    let by = arrived.errand.account(&envelope.actor)?;
    if by.relation.blocking() || by.is_owner() {
        return Ok(None);
    }
    Ok(Some(Arrived { errand: Errand::new(arrived.errand.app), envelope, by, personal: false }))
}

/// Whatever rests on the stamp is looked at again: once in a while, since anybody can ask for that.
fn doubt(arrived: &Arrived, stamp: &str) -> Result<Outcome> {
    let app = arrived.app();
    if app.store.read(|c| quotes::by_stamp(c, stamp))?.is_empty() {
        return Ok(Outcome::Ignored("not known"));
    }
    if !app.recent.take(&format!("doubt {stamp}"), app.now(), DOUBT) {
        return Ok(Outcome::Ignored("it was looked at a moment ago"));
    }
    app.store.write(|tx| incoming::doubt(tx, stamp))?;
    Ok(Outcome::Done)
}

/// The post as its own server shows it, as if its author had sent it.
fn post(arrived: &Arrived, uri: &str) -> Result<Outcome> {
    let post = arrived.errand.post_at(uri)?;
    let Some(author) = post.attributed_to.first() else { return Ok(Outcome::Ignored("no author")) };
    let by = arrived.errand.account(author)?;
    if by.relation.blocking() || by.is_owner() || is_suspended(&by) {
        return Ok(Outcome::Ignored("the author is blocked"));
    }
    let envelope = Envelope { id: None, actor: by.uri.clone(), ..arrived.envelope.clone() };
    let as_sent = Arrived { errand: Errand::new(arrived.app()), envelope, by, personal: false };
    let known = arrived.app().store.read(|c| statuses::by_uri(c, &post.uri))?.is_some();
    if known { update::change(&as_sent, &post) } else { create::take(&as_sent, &post) }
}

/// It is deleted if it can no longer be had. A post for few never could be had by the instance actor, who
/// signs here: its server must say that it is gone, or anybody could delete what others wrote to the owner.
fn deletion(arrived: &Arrived, uri: &str, visibility: Visibility) -> Result<Outcome> {
    let gone = match arrived.errand.fetch(uri) {
        Ok(document) => kind(&document.json) == "Tombstone",
        Err(e) if e.kind == Kind::Gone => true,
        Err(e) if e.kind == Kind::NotFound => visibility.is_open(),
        Err(e) => return Err(e),
    };
    if !gone {
        return Ok(Outcome::Ignored("it is still there"));
    }
    let app = arrived.app();
    let blobs = app.store.write(|tx| {
        let Some(status) = statuses::by_uri(tx, uri)? else { return Ok(Vec::new()) };
        farewell::delete(tx, &accounts::get(tx, status.account_id)?, uri)
    })?;
    farewell::clear(app, &blobs);
    Ok(Outcome::Done)
}
