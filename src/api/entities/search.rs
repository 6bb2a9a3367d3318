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
