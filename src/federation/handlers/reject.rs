//! Reject: <https://www.w3.org/TR/activitypub/#reject-activity-inbox>

use super::accept::{asked_about, is_our_follow};
use super::{Arrived, Outcome, quote_request};
use crate::error::Result;
use crate::ops::quotes::incoming;
use crate::ops::{follows, interactions};

/// After an Accept it means that the owner was taken out of the followers.
pub fn receive(arrived: &Arrived) -> Result<Outcome> {
    if let Some(quote) = quote_request::answered(arrived)? {
        arrived.write(|tx, _| incoming::refused(tx, arrived.me(), &quote))?;
        return Ok(Outcome::Done);
    }
    if let Some(status) = asked_about(arrived)? {
        arrived.write(|tx, _| interactions::refused(tx, &status))?;
        return Ok(Outcome::Done);
    }
    if !is_our_follow(arrived) {
        return Ok(Outcome::Ignored("not a Follow of ours"));
    }
    arrived.write(follows::refused)?;
    Ok(Outcome::Done)
}
