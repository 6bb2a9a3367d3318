//! Statuses: fetched from their own server, with the thread above them.
//!
//! <https://www.w3.org/TR/activitypub/#retrieving-objects>; on whose word a post counts: FEP-fe34.

use super::{Errand, Found, same_host};
use crate::ap::parse::{self, Incoming};
use crate::error::{Error, Kind, Result};
use crate::model::Status;
use crate::ops::receive::{self, Arrival};
use crate::store::statuses;
use serde_json::Value;
use std::collections::HashSet;

/// Posts above the one that is looked for which are fetched with it.
const ANCESTORS: usize = 20;

impl Errand<'_> {
    pub fn status(&self, uri: &str) -> Result<Status> {
        if let Some(known) = self.app.store.read(|c| statuses::by_uri(c, uri))? {
            return Ok(known);
        }
        self.thread(self.fetch(uri)?.json)
    }

    /// As [`Errand::status`], without what it answers; by id or page.
    pub fn single(&self, uri: &str) -> Result<Status> {
        if let Some(Found::Status(known)) = self.known_at(uri)? {
            return Ok(known);
        }
        self.store_post(&self.read_post(&self.fetch(uri)?.json)?)
    }

    /// Fetches a post and stores nothing.
    ///
    /// Errors: as [`super::status()`]; `Gone` when it was deleted here.
    pub fn post_at(&self, uri: &str) -> Result<Incoming> {
        self.read_post(&self.fetch(uri)?.json)
    }

    /// Stores a post that was fetched from its own id, and first what it answers: the topmost first, so
    /// that each finds its parent.
    pub(super) fn thread(&self, json: Value) -> Result<Status> {
        let post = self.read_post(&json)?;
        let mut chain = vec![post];
        let mut seen: HashSet<String> = chain.iter().map(|p| p.uri.clone()).collect();
        while chain.len() <= ANCESTORS {
            let above = chain.last().and_then(|p| p.in_reply_to.clone());
            let Some(above) = above.filter(|uri| seen.insert(uri.clone())) else { break };
            if self.app.store.read(|c| statuses::by_uri(c, &above))?.is_some() {
                break;
            }
            // A thread that cannot be followed further is shown from where it can.
            match self.post_at(&above) {
                Ok(post) => chain.push(post),
                Err(_) => break,
            }
        }
        let asked = chain.remove(0);
        for post in chain.iter().rev() {
            if let Err(e) = self.store_post(post) {
                tracing::debug!(uri = post.uri, error = %e, "a post above was left out");
            }
        }
        self.store_post(&asked)
    }

    /// Stores a post that was fetched from its own id, or that its author's server vouches for; nothing above it is asked
    /// for.
    ///
    /// Errors: as [`super::status()`].
    pub fn keep(&self, json: Value) -> Result<Status> {
        self.store_post(&self.read_post(&json)?)
    }

    /// Reads a document that was fetched from its own id.
    ///
    /// Errors: `BadGateway` when it is no post, or says that somebody of another server wrote it; `Gone`
    /// when it was deleted here.
    fn read_post(&self, json: &Value) -> Result<Incoming> {
        let mut post = parse::note(json).ok_or_else(|| Error::new(Kind::BadGateway, "This is no post"))?;
        post.attributed_to.retain(|author| same_host(author, &post.uri));
        if post.attributed_to.is_empty() || post.is_vote {
            return Err(Error::new(Kind::BadGateway, "This post has no author on its own server"));
        }
        if self.app.store.read(|c| statuses::buried(c, &post.uri))?.is_some() {
            return Err(Error::new(Kind::Gone, "This post was deleted"));
        }
        Ok(post)
    }

    /// As [`Errand::keep`], of what [`Errand::post_at`] read.
    pub fn keep_post(&self, post: &Incoming) -> Result<Status> {
        self.store_post(post)
    }

    fn store_post(&self, post: &Incoming) -> Result<Status> {
        let author = post.attributed_to.first().ok_or_else(Error::not_found)?;
        let author = self.account(author)?;
        let prepared = receive::prepare(self, post, &author, Arrival::LookedUp)?;
        self.app.store.write(|tx| {
            receive::store(tx, &prepared)?;
            statuses::by_uri(tx, &post.uri)?.ok_or_else(Error::not_found)
        })
    }
}
