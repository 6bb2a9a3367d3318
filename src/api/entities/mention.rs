//! Status::Mention: <https://docs.joinmastodon.org/entities/Status/#Mention>

use super::Id;
use crate::model::{self, AccountId};
use serde::Serialize;

/// Apps compare `url` byte by byte with the links of the text (pitfall 43).
#[derive(Debug, Serialize)]
pub struct Mention<'a> {
    pub id: Id<AccountId>,
    pub username: &'a str,
    pub acct: &'a str,
    pub url: &'a str,
}

/// Those who are named; who is only addressed is no mention to an app.
pub fn all(mentions: Option<&Vec<model::Mention>>) -> Vec<Mention<'_>> {
    mentions
        .into_iter()
        .flatten()
        .filter(|m| !m.silent)
        .map(|m| Mention { id: Id(m.account_id), username: &m.username, acct: &m.acct, url: &m.url })
        .collect()
}
