//! The nouns of the house, in Mastodon's words: no wire formats, no SQL.

pub mod access;
pub mod account;
pub mod card;
pub mod cleanup;
pub mod collection;
pub mod emoji;
pub mod event;
pub mod filter;
pub mod ids;
pub mod import;
pub mod instance;
pub mod interaction;
pub mod job;
pub mod look;
pub mod notification;
pub mod notification_group;
pub mod notification_policy;
pub mod packed;
pub mod page;
pub mod poll;
pub mod proxied;
pub mod push;
pub mod quote;
pub mod report;
pub mod scheduled;
pub mod server_rules;
pub mod sort;
pub mod source;
pub mod status;
pub mod stranger;
pub mod stream;
pub mod time;
pub mod translated;
pub mod trends;

pub use access::{Access, Scopes, Viewer};
pub use account::{Account, AccountCounts, ActorKind, Endpoints, Follow, Picture, Relation};
pub use card::{Card, CardKind};
pub use cleanup::Cleanup;
pub use collection::{Collection, CollectionItem, ItemState};
pub use emoji::CustomEmoji;
pub use event::Event;
pub use filter::{Filter, FilterAction, FilterContext, FilterKeyword, FilterStatus};
pub use ids::*;
pub use import::{Import, ImportOptions, ImportState, Origin, Outcome, Plan, Tally, Totals};
pub use instance::{Instance, MAIN_KEY, Place, Settings};
pub use interaction::{Allowed, InteractionPolicy, Leave, LeaveState, Permission};
pub use job::{About, Job};
pub use look::Look;
pub use notification::{Notification, NotificationKind};
pub use notification_group::GroupKey;
pub use notification_policy::{NotificationPolicy, Treatment};
pub use packed::unpacked;
pub use page::Page;
pub use poll::{NewPoll, Poll, PollOption};
pub use proxied::Proxied;
pub use push::{PushPolicy, PushSubscription};
pub use quote::{Approval, Quote, QuoteState};
pub use report::{Category, Flag, Report};
pub use scheduled::{Draft, Scheduled};
pub use server_rules::{Blocklist, EntryState, ListEntry, Rules, ServerBlock, Ties};
pub use source::{Source, SourceKind, Subscription};
pub use status::{Edit, Media, MediaKind, Mention, QuotePolicy, Status, StatusCounts, Tag, ViewerState};
pub use stranger::{Mentioners, Sign, Strangers};
pub use stream::{Feed, Holder, Opening, Reach, Stream, Transport};
pub use time::{Clock, Timestamp};
pub use translated::Translated;
pub use trends::{LinkUse, TagUse, TrendDay, Trends, Use};

use serde::{Deserialize, Serialize};

/// Who may see a status. Kept by its word with a scheduled status, hence the derive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    #[default]
    Public,
    /// Public, and not in public timelines.
    Unlisted,
    /// Followers and those who are mentioned.
    Private,
    /// Those who are mentioned.
    Direct,
}

impl Visibility {
    pub const ALL: [Visibility; 4] =
        [Visibility::Public, Visibility::Unlisted, Visibility::Private, Visibility::Direct];

    pub fn as_str(self) -> &'static str {
        match self {
            Visibility::Public => "public",
            Visibility::Unlisted => "unlisted",
            Visibility::Private => "private",
            Visibility::Direct => "direct",
        }
    }

    pub fn parse(text: &str) -> Option<Visibility> {
        Visibility::ALL.into_iter().find(|v| v.as_str() == text)
    }

    /// Anybody may read it, signed in or not.
    pub fn is_open(self) -> bool {
        self <= Visibility::Unlisted
    }
}

/// A custom emoji as used by one account or status. Kept as JSON in a column, hence the derive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emoji {
    pub shortcode: String,
    pub url: String,
}

/// An emoji that was given to a status, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// A Unicode one has no address.
    pub emoji: Emoji,
    pub count: i64,
    /// How many of them are dislikes, which are for the owner's eyes.
    pub dislikes: i64,
    /// The owner gave it.
    pub mine: bool,
}

/// One emoji that one account gave.
#[derive(Debug, Clone)]
pub struct Given {
    pub id: RowId,
    pub status: StatusId,
    pub by: AccountId,
    pub emoji: Emoji,
    pub uri: Option<String>,
    pub dislike: bool,
    /// Of the owner's: the type of the activity that told of it. `None`: nothing was sent.
    pub sent: Option<String>,
}

/// Whose key signs a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedBy {
    Owner = 0,
    Instance = 1,
    /// The owner, with the key that others know still: only the news of the new one.
    OldKey = 2,
}

/// A row of a profile's table. Kept as JSON in a column, hence the derive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Field {
    pub name: String,
    /// Sanitised HTML.
    pub value: String,
    /// What the owner typed; empty for remote accounts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Milliseconds since 1970, when the link was found to link back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<i64>,
    /// When its page was last looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<i64>,
}

/// Whether a write changed anything: peers retry and jobs rerun, so "already there" is success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Made,
    None,
}

impl Change {
    pub fn of(rows: usize) -> Change {
        if rows == 0 { Change::None } else { Change::Made }
    }

    pub fn made(self) -> bool {
        self == Change::Made
    }
}
