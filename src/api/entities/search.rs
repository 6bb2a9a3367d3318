//! Search: <https://docs.joinmastodon.org/entities/Search/>

use super::account::Accounts;
use super::status::Statuses;
use super::tag::Tag;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Search<'a> {
    pub accounts: Accounts<'a>,
    pub statuses: Statuses<'a>,
    pub hashtags: Vec<Tag<'a>>,
}

/// The answer of v1: hashtags are names.
#[derive(Debug, Serialize)]
pub struct SearchV1<'a> {
    pub accounts: Accounts<'a>,
    pub statuses: Statuses<'a>,
    pub hashtags: Vec<&'a str>,
}
