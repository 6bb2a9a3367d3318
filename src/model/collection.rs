//! A collection: people whom the owner recommends to everybody, under a name.

use super::Tag;
use super::ids::{AccountId, CollectionId, CollectionItemId};
use super::time::Timestamp;

#[derive(Debug, Clone, Default)]
pub struct Collection {
    pub id: CollectionId,
    pub name: String,
    /// Plain text.
    pub description: String,
    pub language: Option<String>,
    pub sensitive: bool,
    /// Listed on the profile; without it, it is found by its id only.
    pub discoverable: bool,
    pub tag: Option<Tag>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// In the order in which they were put in, whatever their state.
    pub items: Vec<CollectionItem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionItem {
    pub id: CollectionItemId,
    pub account: AccountId,
    pub state: ItemState,
    pub created_at: Timestamp,
}

/// Whether somebody agreed to be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ItemState {
    #[default]
    Pending,
    Accepted,
    Rejected,
    Revoked,
}

impl ItemState {
    pub const ALL: [ItemState; 4] =
        [ItemState::Pending, ItemState::Accepted, ItemState::Rejected, ItemState::Revoked];

    pub fn as_str(self) -> &'static str {
        match self {
            ItemState::Pending => "pending",
            ItemState::Accepted => "accepted",
            ItemState::Rejected => "rejected",
            ItemState::Revoked => "revoked",
        }
    }
}
