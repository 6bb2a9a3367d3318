//! Something that the owner should hear of.

use super::ids::{AccountId, NotificationId, StatusId};
use super::time::Timestamp;

#[derive(Debug, Clone)]
pub struct Notification {
    pub id: NotificationId,
    pub kind: NotificationKind,
    pub account_id: AccountId,
    pub status_id: Option<StatusId>,
    pub created_at: Timestamp,
    /// Held back by the policy, until the owner accepts its sender.
    pub filtered: bool,
}

/// The kinds that exist today, in Mastodon's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotificationKind {
    Mention,
    /// Somebody whose bell is on has posted.
    Status,
    Reblog,
    Follow,
    FollowRequest,
    Favourite,
    /// A status that the owner boosted was edited.
    Update,
    /// A poll that the owner made or voted in has ended.
    Poll,
    /// Somebody quoted the owner.
    Quote,
    /// A status that the owner quoted was edited.
    QuotedUpdate,
    /// Another server reports the owner.
    Report,
}

impl NotificationKind {
    pub const ALL: [NotificationKind; 11] = [
        NotificationKind::Mention,
        NotificationKind::Status,
        NotificationKind::Reblog,
        NotificationKind::Follow,
        NotificationKind::FollowRequest,
        NotificationKind::Favourite,
        NotificationKind::Update,
        NotificationKind::Poll,
        NotificationKind::Quote,
        NotificationKind::QuotedUpdate,
        NotificationKind::Report,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            NotificationKind::Mention => "mention",
            NotificationKind::Status => "status",
            NotificationKind::Reblog => "reblog",
            NotificationKind::Follow => "follow",
            NotificationKind::FollowRequest => "follow_request",
            NotificationKind::Favourite => "favourite",
            NotificationKind::Update => "update",
            NotificationKind::Poll => "poll",
            NotificationKind::Quote => "quote",
            NotificationKind::QuotedUpdate => "quoted_update",
            NotificationKind::Report => "admin.report",
        }
    }

    /// Whether the policy has a say: what the owner asked for by a follow, a boost or a vote always comes.
    pub fn is_filterable(self) -> bool {
        use NotificationKind::{Favourite, Follow, FollowRequest, Mention, Quote, Reblog};
        matches!(self, Mention | Reblog | Follow | FollowRequest | Favourite | Quote)
    }

    /// Whether one that is held back makes a request: somebody wants to talk.
    pub fn makes_request(self) -> bool {
        matches!(self, NotificationKind::Mention | NotificationKind::Quote)
    }

    pub fn parse(text: &str) -> Option<NotificationKind> {
        NotificationKind::ALL.into_iter().find(|k| k.as_str() == text)
    }
}
