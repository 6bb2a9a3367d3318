//! Activities that speak for themselves: with a proof of their actor's key it does not matter who hands them on.
//!
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md>

use super::Arrived;
use crate::ap::parse::Envelope;
use crate::ap::parse::value::kind;
use crate::error::{Kind, Result};
use crate::model::Account;
use crate::model::time::{DAY, HOUR};
use crate::ops::resolve::{Errand, same_host};
use crate::sig::{PublicKey, proof};
use crate::store::accounts::{self, ActorKey};

/// Older ones are looked up where they live: what was seen is remembered for a month, and somebody could keep an
/// activity to send it a second time.
const FRESH: i64 = 28 * DAY;

/// The activity as if its actor had sent it. `None`: it proves nothing, or is of a kind that nobody passes on.
///
/// Errors: as the other server's answers, where trying again may help.
pub fn read<'a>(arrived: &Arrived<'a>, activity: &Envelope) -> Result<Option<Arrived<'a>>> {
    if !is_passed_on(activity) {
        return Ok(None);
    }
    let Some(by) = maker(arrived, activity)? else { return Ok(None) };
    let errand = Errand::new(arrived.errand.app);
    Ok(Some(Arrived { errand, envelope: activity.clone(), by, personal: false }))
}

/// What is meant for more than one server. A Follow or a Block is between two, and a profile is fetched anyway.
fn is_passed_on(activity: &Envelope) -> bool {
    match activity.kind.as_str() {
        "Create" | "Delete" | "Announce" | "Like" | "EmojiReact" | "Dislike" => true,
        "Update" => activity.object_id() != Some(activity.actor.as_str()),
        "Undo" => matches!(kind(activity.object()), "Announce" | "Like" | "EmojiReact" | "Dislike"),
        _ => false,
    }
}

/// Whose activity it is, if its proof holds.
fn maker(arrived: &Arrived, activity: &Envelope) -> Result<Option<Account>> {
    let (app, now) = (arrived.app(), arrived.app().now());
    let Some(proof) = proof::read(&activity.json, now) else { return Ok(None) };
    let fresh = proof.created.is_some_and(|at| at.plus(FRESH) > now && at < now.plus(HOUR));
    if !fresh || !same_host(&proof.key_id, &activity.actor) {
        return Ok(None);
    }
    // Without the key it is looked up at its origin like anything without a proof; a silent server is asked again.
    let mut key = match arrived.errand.key(&proof.key_id) {
        Ok(key) => key,
        Err(e) if e.kind == Kind::Unavailable => return Err(e),
        Err(_) => return Ok(None),
    };
    let holds = |key: &ActorKey| PublicKey::read(&key.public).is_ok_and(|key| proof.verify(&key).is_ok());
    if !holds(&key) {
        match arrived.errand.changed_key(&proof.key_id) {
            Ok(Some(changed)) if holds(&changed) => key = changed,
            _ => return Ok(None),
        }
    }
    if key.actor != activity.actor {
        return Ok(None);
    }
    let by = app.store.read(|c| accounts::by_uri(c, &activity.actor))?;
    Ok(by.filter(|by| !by.relation.blocking() && !by.is_owner()))
}
