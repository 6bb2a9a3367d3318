//! The owner's leave for an answer to a post that not everybody may answer, in GoToSocial's words:
//! <https://docs.gotosocial.org/en/latest/federation/interaction_policy/>

use super::{Addressing, activity, document};
use crate::model::{Instance, StatusId};
use serde_json::{Value, json};

/// Where the leave for the answer of that id can be read.
fn stamp(me: &Instance, id: StatusId) -> String {
    format!("{}/reply_authorizations/{id}", me.actor())
}

/// Tells the author that their answer is one. `result` is what other servers look at.
pub fn accept_reply(me: &Instance, id: StatusId, answer: &str, author: &str) -> Value {
    let uri = format!("{}#accepts/replies/{id}", me.actor());
    let mut accept = activity(me, "Accept", uri, answer.into(), &Addressing::only(author));
    accept["result"] = stamp(me, id).into();
    accept
}

pub fn reply_authorization(me: &Instance, id: StatusId, answer: &str, answered: &str) -> Value {
    document(json!({
        "id": stamp(me, id),
        "type": "ReplyAuthorization",
        "attributedTo": me.actor(),
        "interactingObject": answer,
        "interactionTarget": answered,
    }))
}
