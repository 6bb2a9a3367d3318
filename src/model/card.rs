//! The preview of a link: what its page says of itself.

use super::ids::{AccountId, CardId};
use super::time::Timestamp;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    pub id: CardId,
    /// As it stands in posts, without what only counts visitors.
    pub url: String,
    pub kind: CardKind,
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
    /// Of the image, or of the player; 0 where the page does not tell.
    pub width: i64,
    pub height: i64,
    pub published_at: Option<Timestamp>,
    pub fetched_at: Timestamp,
    /// The player: one frame that leads to an https address, and nothing around it. Empty where there is none.
    pub html: String,
    /// Of a photo: where it is. Else empty.
    pub embed_url: String,
    /// Where the page wants to hear of links to it; empty where it does not say.
    pub webmention: String,
}

/// What the page is, by its oEmbed: <https://oembed.com/#section2.3>
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CardKind {
    #[default]
    Link,
    Photo,
    Video,
    Rich,
}

impl CardKind {
    pub fn as_str(self) -> &'static str {
        match self {
            CardKind::Link => "link",
            CardKind::Photo => "photo",
            CardKind::Video => "video",
            CardKind::Rich => "rich",
        }
    }

    /// What is unknown is a link.
    pub fn parse(text: &str) -> CardKind {
        match text {
            "photo" => CardKind::Photo,
            "video" => CardKind::Video,
            "rich" => CardKind::Rich,
            _ => CardKind::Link,
        }
    }
}

impl Card {
    pub fn is_empty(&self) -> bool {
        self.title.is_empty()
    }
}
