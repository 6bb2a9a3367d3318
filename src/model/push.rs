//! An app that wants to be called when there is something to hear of.

use super::ids::{SubscriptionId, TokenId};
use super::time::Timestamp;

/// Every kind that Mastodon may alert of, this server's and the others: apps read all of them.
pub const ALERTS: [&str; 17] = [
    "mention",
    "status",
    "reblog",
    "follow",
    "follow_request",
    "favourite",
    "poll",
    "update",
    "severed_relationships",
    "moderation_warning",
    "annual_report",
    "admin.sign_up",
    "admin.report",
    "quote",
    "quoted_update",
    "added_to_collection",
    "collection_update",
];

#[derive(Debug, Clone)]
pub struct PushSubscription {
    pub id: SubscriptionId,
    pub token_id: TokenId,
    /// The access token, sealed.
    pub token: String,
    /// As the app sent it: it compares.
    pub endpoint: String,
    /// The app's public point and its secret, base64url without padding.
    pub p256dh: String,
    pub auth: String,
    /// RFC 8291 instead of the drafts before it.
    pub standard: bool,
    /// Of [`ALERTS`], those that are wanted.
    pub alerts: Vec<String>,
    pub policy: PushPolicy,
    pub created_at: Timestamp,
    /// When the push service last took a message.
    pub delivered_at: Option<Timestamp>,
    /// When it last did not, and why.
    pub failed_at: Option<Timestamp>,
    pub failure: Option<String>,
    /// How often in a row.
    pub failures: i64,
    /// Nothing is sent before that: the push service asked for patience, or is in trouble.
    pub rests_until: Option<Timestamp>,
}

/// Whose doings an app wants to hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PushPolicy {
    #[default]
    All,
    /// Of those whom the owner follows.
    Followed,
    /// Of those who follow the owner.
    Follower,
    None,
}

impl PushPolicy {
    pub const ALL: [PushPolicy; 4] =
        [PushPolicy::All, PushPolicy::Followed, PushPolicy::Follower, PushPolicy::None];

    pub fn as_str(self) -> &'static str {
        match self {
            PushPolicy::All => "all",
            PushPolicy::Followed => "followed",
            PushPolicy::Follower => "follower",
            PushPolicy::None => "none",
        }
    }

    pub fn parse(text: &str) -> Option<PushPolicy> {
        PushPolicy::ALL.into_iter().find(|p| p.as_str() == text)
    }
}
