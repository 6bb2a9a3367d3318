//! A post as the operations look at it: the original of a boost, and all that a Note is made of.

use crate::ap::build::{Post, Quoting};
use crate::error::Result;
use crate::model::*;
use crate::store::{self, interactions, media, polls, statuses, tags};
use crate::text;
use rusqlite::Connection;

/// The status of that id, or the one that it boosts. The owner may see whatever is stored.
///
/// Errors: `NotFound`.
pub fn original_of(c: &Connection, id: StatusId) -> Result<Status> {
    let status = statuses::get(c, id)?;
    match status.reblog_of {
        Some(original) => statuses::get(c, original),
        None => Ok(status),
    }
}

/// What the owner typed; of a post that was brought along, what can be read.
pub fn typed(status: &Status) -> String {
    status.text.clone().unwrap_or_else(|| text::plain(&status.content))
}

/// What a Note is made of, beside its status.
pub struct Parts {
    pub mentions: Vec<Mention>,
    pub tags: Vec<Tag>,
    pub media: Vec<Media>,
    pub poll: Option<Poll>,
    /// Ids of the first answers by the author's own hand.
    pub replies: Vec<String>,
    pub quote: Option<Quoting>,
    pub approved_by: Option<String>,
    pub can_reply: Option<Vec<String>>,
}

impl Parts {
    pub fn load(c: &Connection, status: &Status) -> Result<Parts> {
        let id = status.id;
        let replies = store::timelines::self_replies(c, id, 5)?;
        Ok(Parts {
            mentions: statuses::mentions_of(c, id)?,
            tags: tags::of_statuses(c, &[id])?.remove(&id).unwrap_or_default(),
            media: media::of_statuses(c, &[id])?.remove(&id).unwrap_or_default(),
            poll: polls::get(c, id)?,
            replies: replies.into_iter().map(|s| s.uri).collect(),
            quote: quoting(store::quotes::of_status(c, id)?),
            approved_by: interactions::approval(c, id)?.and_then(|approval| approval.uri),
            can_reply: interactions::policy(c, id)?.reply.map(|allowed| allowed.automatic),
        })
    }

    pub fn post<'a>(&'a self, status: &'a Status) -> Post<'a> {
        Post {
            status,
            mentions: &self.mentions,
            tags: &self.tags,
            media: &self.media,
            poll: self.poll.as_ref(),
            replies: &self.replies,
            quote: self.quote.as_ref(),
            approved_by: self.approved_by.as_deref(),
            can_reply: self.can_reply.as_deref(),
        }
    }
}

/// A quote as others are told of it. One of the owner's own posts that the owner took back is none: nobody else
/// would be asked whether it holds.
fn quoting(quote: Option<Quote>) -> Option<Quoting> {
    let quote = quote?;
    let own = quote.quoted_account == Some(quote.account);
    if own && quote.state == QuoteState::Revoked {
        return None;
    }
    Some(Quoting {
        author: quote.quoted_account,
        stamp: quote.stamp_uri.filter(|_| quote.state == QuoteState::Accepted),
        uri: quote.quoted.map(|_| quote.quoted_uri),
    })
}
