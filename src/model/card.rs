//! The preview of a link: what its page says of itself.

use super::ids::{AccountId, CardId};
use super::time::Timestamp;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    pub id: CardId,
    /// As it stands in posts, without what only counts visitors.
    pub url: String,
    /// Empty: the page has no preview, or could not be had.
    pub title: String,
    pub description: String,
    pub language: Option<String>,
    pub author_name: String,
    pub author_url: String,
    /// The author's account, where it allows this site to name it.
    pub author: Option<AccountId>,
    pub provider_name: String,
    pub provider_url: String,
    pub image: Option<String>,
    pub image_description: String,
    /// Of the image; 0 where the page does not tell.
    pub width: i64,
    pub height: i64,
    pub published_at: Option<Timestamp>,
    pub fetched_at: Timestamp,
}

impl Card {
    pub fn is_empty(&self) -> bool {
        self.title.is_empty()
    }
}
