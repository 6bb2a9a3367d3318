//! What each activity does here: one file per type, with the quirks of who sends it.
//!
//! <https://www.w3.org/TR/activitypub/#server-to-server-interactions>

pub mod accept;
pub mod announce;
pub mod block;
pub mod create;
pub mod delete;
pub mod featured;
pub mod flag;
pub mod follow;
pub mod like;
pub mod moved;
pub mod origin;
pub mod proven;
pub mod quote_request;
pub mod reject;
pub mod relay;
pub mod undo;
pub mod update;

use crate::ap::parse::Envelope;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::HOUR;
use crate::model::{Account, Instance};
use crate::ops::farewell;
use crate::ops::resolve::{Errand, same_host};
use crate::store::{Tx, accounts, statuses};
use rusqlite::Connection;

/// An Undo that overtook what it undoes is remembered for so long. Misskey uses the id of a Follow again
/// when somebody follows a second time.
const OVERTAKEN: i64 = 6 * HOUR;

/// What became of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Nothing, and why; for the log.
    Ignored(&'static str),
}

impl Default for Outcome {
    fn default() -> Outcome {
        Outcome::Ignored("it has been here before")
    }
}

/// An activity that arrived, and whose it is.
pub struct Arrived<'a> {
    pub errand: Errand<'a>,
    pub envelope: Envelope,
    /// Who signed it. A handler's transaction reads it again.
    pub by: Account,
    /// It came to the owner's own inbox.
    pub personal: bool,
}

impl Arrived<'_> {
    pub fn app(&self) -> &App {
        self.errand.app
    }

    pub fn me(&self) -> &Instance {
        &self.app().instance
    }

    /// The activity's id, if it is on the signer's own server: others have no say about it.
    pub fn id(&self) -> Option<&str> {
        self.envelope.id.as_deref().filter(|id| same_host(id, &self.by.uri))
    }

    /// Under what the activity is remembered. Only of types whose ids are never used again: Misskey's
    /// Follows and Undos have the same one each time, and the effect of those bears repetition.
    fn mark(&self) -> Option<String> {
        let once = ["Create", "Announce", "Like", "EmojiReact", "Dislike", "Delete"]
            .contains(&self.envelope.kind.as_str());
        // With the actor, so that nobody can make us deaf to somebody else.
        self.id().filter(|_| once).map(|id| format!("{} {id}", self.by.uri))
    }

    pub fn is_seen(&self) -> Result<bool> {
        match self.mark() {
            Some(mark) => self.app().store.read(|c| statuses::is_seen(c, &mark)),
            None => Ok(false),
        }
    }

    /// Writes the effect, and that it happened, in one transaction. `f` gets the signer as it is now.
    pub fn write<T: Default>(&self, f: impl FnOnce(&Tx, &Account) -> Result<T>) -> Result<T> {
        self.app().store.write(|tx| {
            if let Some(mark) = self.mark()
                && !statuses::first_sight(tx, &mark)?.made()
            {
                return Ok(T::default());
            }
            let by = accounts::by_uri(tx, &self.by.uri)?.ok_or_else(Error::not_found)?;
            f(tx, &by)
        })
    }

    /// Whether the activity was undone before it arrived.
    pub fn is_overtaken(&self, c: &Connection) -> Result<bool> {
        let Some(id) = self.id() else { return Ok(false) };
        let at = farewell::forestalled(c, &self.by.uri, id)?;
        Ok(at.is_some_and(|at| at.plus(OVERTAKEN) > self.app().now()))
    }
}
