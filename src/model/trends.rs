//! What those whom the owner follows talk about these days.

use super::ids::{StatusId, TagId};
use super::time::Timestamp;
use super::{Card, Tag};

/// Computed now and then, kept in memory; each list is short and the strongest comes first.
#[derive(Debug, Clone, Default)]
pub struct Trends {
    pub tags: Vec<(Tag, Vec<TrendDay>)>,
    pub statuses: Vec<StatusId>,
    pub links: Vec<(Card, Vec<TrendDay>)>,
}

/// How often, and by how many people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrendDay {
    /// Midnight in UTC.
    pub day: Timestamp,
    pub uses: i64,
    pub accounts: i64,
}

/// Somebody used a hashtag or passed a link on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use<K> {
    pub key: K,
    pub by: super::AccountId,
    pub at: Timestamp,
}

pub type TagUse = Use<TagId>;
pub type LinkUse = Use<super::CardId>;
