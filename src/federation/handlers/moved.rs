//! Move: <https://docs.joinmastodon.org/spec/activitypub/#Move>, and the way in which the new account tells of it:
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md>

use super::{Arrived, Outcome};
use crate::ap::parse::value::first_id;
use crate::app::App;
use crate::error::Result;
use crate::model::Account;
use crate::model::time::DAY;
use crate::ops::moving;
use crate::store::accounts;

/// Who moved a moment ago does not move again: two accounts could send us to and fro. Mastodon's number.
const REST: i64 = 7 * DAY;

/// Somebody moves their own account, and the new one, fetched afresh, says that it is the same person.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    let by = &arrived.by;
    if arrived.envelope.object_id() != Some(by.uri.as_str()) {
        return pulled(arrived);
    }
    let Some(target) = first_id(&arrived.envelope.json, "target").filter(|target| *target != by.uri) else {
        return Ok(Outcome::Ignored("nowhere to go"));
    };
    let app = arrived.app();
    if app.instance.owns(&target) {
        return Ok(Outcome::Ignored("to the owner, who follows nobody here"));
    }
    if has_rested(app, by, &target)? {
        return Ok(Outcome::Ignored("it moved already"));
    }
    let new = arrived.errand.refresh(&target)?;
    if new.uri != target || !new.also_known_as.contains(&by.uri) {
        return Ok(Outcome::Ignored("the new account does not say that it is the old one"));
    }
    arrived.write(|tx, by| {
        let new = accounts::get(tx, new.id)?;
        moving::moved(tx, arrived.me(), by, &new)?;
        Ok(Outcome::Done)
    })
}

/// Whether it moved there already, or anywhere a moment ago.
fn has_rested(app: &App, old: &Account, target: &str) -> Result<bool> {
    let before = app.store.read(|c| accounts::moved_at(c, old.id))?;
    Ok(before.is_some_and(|at| at.plus(REST) > app.now() || old.moved_to.as_deref() == Some(target)))
}

/// The new account says where it came from: Mitra, when the old server is gone from under somebody. Both must say so, the
/// old one as its own server shows it.
fn pulled(arrived: &Arrived) -> Result<Outcome> {
    let (app, by) = (arrived.app(), &arrived.by);
    let target = first_id(&arrived.envelope.json, "target");
    let Some(old) = arrived.envelope.object_id().filter(|_| target.as_deref() == Some(by.uri.as_str()))
    else {
        return Ok(Outcome::Ignored("somebody else's account"));
    };
    let Some(known) = app.store.read(|c| accounts::by_uri(c, old))?.filter(|known| !known.is_owner()) else {
        return Ok(Outcome::Ignored("the old account is not known"));
    };
    if has_rested(app, &known, &by.uri)? {
        return Ok(Outcome::Ignored("it moved already"));
    }
    let (old, new) = (arrived.errand.refresh(old)?, arrived.errand.refresh(&by.uri)?);
    if old.moved_to.as_deref() != Some(&new.uri) || !new.also_known_as.contains(&old.uri) {
        return Ok(Outcome::Ignored("the two accounts do not name each other"));
    }
    arrived.write(|tx, by| {
        moving::moved(tx, arrived.me(), &accounts::get(tx, old.id)?, by)?;
        Ok(Outcome::Done)
    })
}
