//! Undo: <https://www.w3.org/TR/activitypub/#undo-activity-inbox>

use super::{Arrived, Outcome};
use crate::ap::parse;
use crate::ap::parse::value::{first_id, id, kind};
use crate::error::Result;
use crate::model::{Account, Given, Instance, Status};
use crate::ops::resolve::same_host;
use crate::ops::{boosts, farewell, favourites, follows, reactions, relations};
use crate::store::{self, Tx, statuses};
use serde_json::Value;

/// What is undone may be embedded or a bare id; each is found by the id that it had, else by what it was.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let inner = arrived.envelope.object();
    let actor = first_id(inner, "actor");
    if actor.is_some_and(|actor| actor != arrived.by.uri) {
        return Ok(Outcome::Ignored("somebody else's activity"));
    }
    let uri = id(inner).filter(|uri| same_host(uri, &arrived.by.uri));
    let me = arrived.me();
    arrived.write(|tx, by| {
        let done = match kind(inner) {
            "Follow" => follow(tx, by, me, inner)?,
            "Like" => like(tx, by, inner)?,
            "EmojiReact" | "Dislike" => reaction(tx, by, inner)?,
            "Announce" => announce(tx, by, inner)?,
            "Block" => block(tx, by, me, inner)?,
            "Accept" => accept(tx, by)?,
            "" => match uri {
                Some(uri) => by_id(tx, by, uri)?,
                None => false,
            },
            _ => return Ok(Outcome::Ignored("nothing was done with this type")),
        };
        // Undone before it came: then it shall not come.
        if let (false, Some(uri)) = (done, uri) {
            farewell::forestall(tx, &by.uri, uri)?;
        }
        Ok(if done { Outcome::Done } else { Outcome::Ignored("there is nothing to undo") })
    })
}

fn follow(tx: &Tx, by: &Account, me: &Instance, inner: &Value) -> Result<bool> {
    if first_id(inner, "object").is_some_and(|object| object != me.actor()) {
        return Ok(false);
    }
    let known = by.relation.follower_row.is_some();
    follows::withdrawn(tx, by)?;
    Ok(known)
}

fn like(tx: &Tx, by: &Account, inner: &Value) -> Result<bool> {
    let object = first_id(inner, "object");
    let status = match object {
        Some(object) => statuses::by_uri(tx, &object)?,
        None => return id(inner).map_or(Ok(false), |uri| by_id(tx, by, uri)),
    };
    let Some(status) = status.filter(|s| s.local) else { return Ok(false) };
    // A late copy of the Like must not bring it back.
    if let Some(uri) = id(inner).filter(|uri| same_host(uri, &by.uri)) {
        farewell::forestall(tx, &by.uri, uri)?;
    }
    match given(tx, by, &status, inner)? {
        Some(one) => reactions::withdraw(tx, by, &one)?,
        None => favourites::withdraw(tx, by, &status)?,
    }
    Ok(true)
}

/// One of several that they may have given.
fn reaction(tx: &Tx, by: &Account, inner: &Value) -> Result<bool> {
    if let Some(uri) = id(inner).filter(|uri| same_host(uri, &by.uri))
        && by_id(tx, by, uri)?
    {
        return Ok(true);
    }
    let status = first_id(inner, "object").map(|uri| statuses::by_uri(tx, &uri)).transpose()?.flatten();
    let one = status.map(|status| given(tx, by, &status, inner)).transpose()?.flatten();
    one.map_or(Ok(false), |one| reactions::withdraw(tx, by, &one).map(|()| true))
}

/// What they gave to a status: by the id of the activity, or by what it was.
fn given(tx: &Tx, by: &Account, status: &Status, inner: &Value) -> Result<Option<Given>> {
    let emoji = parse::reaction(inner);
    let mut theirs = store::reactions::by_account(tx, status.id, by.id)?.into_iter();
    Ok(theirs.find(|one| {
        one.uri.as_deref().is_some_and(|uri| Some(uri) == id(inner))
            || emoji.as_ref().is_some_and(|emoji| *emoji == one.emoji)
            || (one.dislike && kind(inner) == "Dislike")
    }))
}

/// By the id of the Announce; Pleroma and others have changed that on the way, so also by what it boosted.
fn announce(tx: &Tx, by: &Account, inner: &Value) -> Result<bool> {
    if let Some(uri) = id(inner)
        && statuses::by_uri(tx, uri)?.is_some_and(|s| s.account_id == by.id && s.reblog_of.is_some())
    {
        boosts::withdraw(tx, by, uri)?;
        return Ok(true);
    }
    let original = first_id(inner, "object").map(|uri| statuses::by_uri(tx, &uri)).transpose()?.flatten();
    let boost = original.map(|o| statuses::boost_by(tx, by.id, o.id)).transpose()?.flatten();
    match boost {
        Some(boost) => boosts::withdraw(tx, by, &boost.uri).map(|()| true),
        None => Ok(false),
    }
}

fn block(tx: &Tx, by: &Account, me: &Instance, inner: &Value) -> Result<bool> {
    if first_id(inner, "object") == Some(me.actor()) {
        relations::blocked_by(tx, by, false)?;
    }
    Ok(true)
}

/// They take back that they accepted the owner's Follow.
fn accept(tx: &Tx, by: &Account) -> Result<bool> {
    follows::refused(tx, by)?;
    Ok(true)
}

/// A bare id: their Follow, a Like, or a boost.
fn by_id(tx: &Tx, by: &Account, uri: &str) -> Result<bool> {
    if by.relation.follower_uri.as_deref() == Some(uri) {
        follows::withdrawn(tx, by)?;
        return Ok(true);
    }
    if let Some(one) = store::reactions::by_uri(tx, uri)?.filter(|one| one.by == by.id) {
        reactions::withdraw(tx, by, &one)?;
        farewell::forestall(tx, &by.uri, uri)?;
        return Ok(true);
    }
    if let Some((account, status)) = store::favourites::by_uri(tx, uri)?
        && account == by.id
    {
        favourites::withdraw(tx, by, &statuses::get(tx, status)?)?;
        farewell::forestall(tx, &by.uri, uri)?;
        return Ok(true);
    }
    let boost = statuses::by_uri(tx, uri)?.filter(|s| s.account_id == by.id && s.reblog_of.is_some());
    if boost.is_some() {
        boosts::withdraw(tx, by, uri)?;
    }
    Ok(boost.is_some())
}
