//! From a stored activity to its handler, with what is checked of all of them.
//!
//! An activity counts for whom its signature speaks. One that somebody else passed on is not believed:
//! what it is about is fetched from where it lives.

use super::handlers::{self, Arrived, Outcome};
use crate::ap::parse::Envelope;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ops::domain_blocks::is_suspended;
use crate::ops::resolve::Errand;
use crate::store::accounts;

/// Looks into an activity that `signer` sent.
///
/// Doing it twice does nothing twice: the effect and the mark that it happened are one transaction.
/// Errors: `Unavailable` when trying again may help; others when it will not.
pub fn receive(app: &App, signer: &str, personal: bool, body: &str) -> Result<Outcome> {
    let json = serde_json::from_str(body).map_err(|e| Error::bad_request("no JSON").because(e))?;
    let Some(envelope) = Envelope::read(json) else { return Ok(Outcome::Ignored("no activity")) };
    let Some(by) = app.store.read(|c| accounts::by_uri(c, signer))? else {
        return Ok(Outcome::Ignored("the account is gone"));
    };
    if by.relation.blocking() || is_suspended(&by) {
        return Ok(Outcome::Ignored("the account is blocked"));
    }
    let passed_on = envelope.actor != by.uri;
    let arrived = Arrived { errand: Errand::new(app), envelope, by, personal };
    if let Some(outcome) = handlers::relay::receive(&arrived)? {
        return Ok(outcome);
    }
    if passed_on {
        return handlers::origin::passed_on(&arrived);
    }
    handle(&arrived)
}

/// An activity whose actor is known to have made it.
pub fn handle(arrived: &Arrived) -> Result<Outcome> {
    // Somebody else may have handed it on, with a proof of its own.
    if is_suspended(&arrived.by) {
        return Ok(Outcome::Ignored("the account is blocked"));
    }
    if arrived.is_seen()? {
        return Ok(Outcome::Ignored("it has been here before"));
    }
    match arrived.envelope.kind.as_str() {
        "Create" => handlers::create::receive(arrived),
        "Update" => handlers::update::receive(arrived),
        "Delete" => handlers::delete::receive(arrived),
        "Follow" => handlers::follow::receive(arrived),
        "Accept" => handlers::accept::receive(arrived),
        "Reject" => handlers::reject::receive(arrived),
        "Undo" => handlers::undo::receive(arrived),
        // Pleroma's and Akkoma's word for a Like with an emoji; Lemmy's and Friendica's for the opposite.
        "Like" | "EmojiReact" | "Dislike" => handlers::like::receive(arrived),
        "Add" | "Remove" => handlers::featured::receive(arrived),
        "Announce" => handlers::announce::receive(arrived),
        "Move" => handlers::moved::receive(arrived),
        "QuoteRequest" => handlers::quote_request::receive(arrived),
        "Flag" => handlers::flag::receive(arrived),
        "Block" => handlers::block::receive(arrived),
        // Lemmy, PeerTube and Friendica count refusals: what is not understood is taken all the same.
        _ => Ok(Outcome::Ignored("nothing is done with this type")),
    }
}
