//! Drafts: what the owner began to write is kept here until it is posted or thrown away.
//!
//! A draft has the key of the box that it is written in. Saving again replaces it; publishing with that key ends it, in the
//! transaction of the post.

use super::statuses::NewStatus;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::drafts::{self, LIMIT};
use crate::store::{Tx, statuses};
use serde::{Deserialize, Serialize};

/// Bytes of one.
const MOST: usize = 256 * 1024;

/// What stands in the box, as it was filled in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    pub new: NewStatus,
    /// The text is several posts.
    pub thread: bool,
    /// When it is to be posted, in milliseconds since 1970.
    pub at: Option<i64>,
}

/// Keeps a draft; its key is that of the post. `None`: there is nothing in it, or it was posted a
/// moment ago.
///
/// Errors: `Invalid` without a key, when it is too large, and when there are too many.
pub fn save(app: &App, content: &Content) -> Result<Option<DraftId>> {
    let new = &content.new;
    let key = new.idempotency_key.as_deref().unwrap_or("");
    let json = serde_json::to_string(content).map_err(Error::internal)?;
    if json.len() > MOST || key.is_empty() || key.len() > 200 {
        return Err(Error::invalid("This is too long to be kept as a draft"));
    }
    app.store.write_durably(|tx| {
        let posted = statuses::by_idempotency(tx, key, tx.now)?.is_some()
            || statuses::scheduled_by_idempotency(tx, key, tx.now)?.is_some();
        if posted {
            return Ok(None);
        }
        if new.text.trim().is_empty()
            && new.spoiler_text.is_empty()
            && new.media.is_empty()
            && new.poll.is_none()
            && new.quotes.is_none()
        {
            drafts::done(tx, key)?;
            return Ok(None);
        }
        if drafts::by_key(tx, key)?.is_none() && drafts::count(tx)? >= LIMIT {
            return Err(Error::invalid(format!(
                "There are {LIMIT} drafts already: post one or throw one away first"
            )));
        }
        Ok(Some(drafts::put(tx, key, &json, &content.new.media)?))
    })
}

/// What is left of a draft, in the transaction that took something out of it.
pub fn keep_rest(tx: &Tx, content: &Content) -> Result<()> {
    let Some(key) = &content.new.idempotency_key else { return Ok(()) };
    let json = serde_json::to_string(content).map_err(Error::internal)?;
    drafts::put(tx, key, &json, &content.new.media)?;
    Ok(())
}

/// Errors: `NotFound`.
pub fn delete(app: &App, id: DraftId) -> Result<()> {
    app.store.write_durably(|tx| match drafts::delete(tx, id)? {
        Change::Made => Ok(()),
        Change::None => Err(Error::not_found()),
    })
}

/// What is in it. The key is that of the row, whatever the JSON says.
pub fn content(draft: &Draft) -> Result<Content> {
    let mut content: Content = serde_json::from_str(&draft.content).map_err(Error::internal)?;
    content.new.idempotency_key = Some(draft.key.clone());
    Ok(content)
}
