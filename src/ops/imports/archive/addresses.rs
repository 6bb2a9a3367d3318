//! The lists of an archive that are addresses: what was pinned, bookmarked and liked.

use super::super::items::Item;
use super::super::{Errand, WAITING};
use super::{BOOKMARKS, PINS, list, next, place};
use crate::ap::parse::value;
use crate::error::Result;
use crate::model::*;
use crate::ops::statuses::PIN_LIMIT;
use crate::store::{Tx, imports, statuses};

/// Addresses of one step.
const ADDRESSES: usize = 100;

/// What is done with one address of a list; the count of its sort so far is at hand.
type Act = fn(&Tx, &Import, &str, &Tally) -> Result<Outcome>;

/// Goes through a list of addresses.
pub fn run(errand: &mut Errand, phase: i64, name: &str, act: Act) -> Result<bool> {
    let sort = match phase {
        PINS => "pins",
        BOOKMARKS => "bookmarks",
        _ => "likes",
    };
    let mut items = list(&errand.given.pack, name, errand.import.position)?;
    loop {
        let (mut found, mut over) = (Vec::new(), false);
        while found.len() < ADDRESSES && !over {
            match next(&mut items)? {
                Some(Item::Json(json)) => {
                    found.push(value::id(&json).and_then(value::web).map(str::to_owned))
                }
                Some(Item::Unreadable(_)) => found.push(None),
                None => over = true,
            }
        }
        let to = if over { (phase + 1, 0) } else { (phase, place(&items)) };
        let import = errand.import.clone();
        let go_on = errand.step(to, &mut |tx, totals| {
            for uri in &found {
                let tally = totals.entry(sort.to_owned()).or_default();
                let outcome = match uri {
                    Some(uri) => act(tx, &import, uri, tally)?,
                    None => Outcome::Left("unknown"),
                };
                tally.count(outcome);
            }
            Ok(())
        })?;
        if over || !go_on {
            return Ok(over && go_on);
        }
    }
}

pub fn pin(tx: &Tx, _: &Import, uri: &str, so_far: &Tally) -> Result<Outcome> {
    if so_far.taken + so_far.there >= PIN_LIMIT as u64 {
        return Ok(Outcome::Left("many"));
    }
    let Some(id) = imports::known(tx, uri)?.flatten() else { return Ok(Outcome::Left("unknown")) };
    Ok(if statuses::set_pinned(tx, id, true)?.made() { Outcome::Taken } else { Outcome::There })
}

/// One that is known here at once; any other when its server is asked.
pub fn bookmark(tx: &Tx, import: &Import, uri: &str, so_far: &Tally) -> Result<Outcome> {
    let known = match imports::known(tx, uri)?.flatten() {
        Some(id) => Some(id),
        None => statuses::by_uri(tx, uri)?.map(|status| status.id),
    };
    if let Some(id) = known {
        return Ok(if statuses::set_bookmarked(tx, id, true)?.made() {
            Outcome::Taken
        } else {
            Outcome::There
        });
    }
    if so_far.waiting >= WAITING {
        return Ok(Outcome::Left("many"));
    }
    Ok(if imports::wait(tx, import.id, "bookmarks", uri)?.made() { Outcome::Waiting } else { Outcome::There })
}

pub fn like(_: &Tx, _: &Import, _: &str, _: &Tally) -> Result<Outcome> {
    Ok(Outcome::Left("like"))
}
