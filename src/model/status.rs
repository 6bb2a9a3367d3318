//! A status: a post or a boost, the owner's or somebody else's.
//!
//! Whether the owner favourited, boosted, bookmarked, pinned or muted it is a field here: there is
//! one owner.

use super::ids::{AccountId, CardId, MediaId, RowId, StatusId};
use super::time::Timestamp;
use super::{Emoji, Visibility};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    pub id: StatusId,
    /// The ActivityPub id of the object; for a boost, of the Announce.
    pub uri: String,
    /// The page for people; `None` for boosts.
    pub url: Option<String>,
    pub account_id: AccountId,
    /// The owner wrote it (or boosted).
    pub local: bool,
    pub visibility: Visibility,
    /// Sanitised HTML.
    pub content: String,
    /// What the owner typed; `None` for remote statuses.
    pub text: Option<String>,
    /// That is Markdown.
    pub markdown: bool,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub in_reply_to: Option<StatusId>,
    /// Also set when the parent is not known here.
    pub in_reply_to_uri: Option<String>,
    pub in_reply_to_account: Option<AccountId>,
    pub reblog_of: Option<StatusId>,
    /// The `context` of the thread, ours for a root that the owner wrote.
    pub conversation: Option<String>,
    pub emojis: Vec<Emoji>,
    /// The app that posted it; own statuses only.
    pub application: Option<String>,
    pub counts: StatusCounts,
    pub quote_policy: QuotePolicy,
    /// The preview of its first link.
    pub card: Option<CardId>,
    pub viewer: ViewerState,
}

impl Status {
    /// An entry of a feed: nobody can be told anything about it.
    pub fn is_feed(&self) -> bool {
        self.uri.starts_with(super::account::FEED)
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatusCounts {
    pub replies: i64,
    pub reblogs: i64,
    pub favourites: i64,
    pub quotes: i64,
}

/// Who may quote a status, as the author lets it be known (FEP-044f): sums of the constants below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QuotePolicy {
    /// They may, without being asked for.
    pub automatic: i64,
    /// They may ask.
    pub manual: i64,
}

impl QuotePolicy {
    pub const PUBLIC: i64 = 1;
    pub const FOLLOWERS: i64 = 2;
    /// Whom the author follows.
    pub const FOLLOWING: i64 = 4;
    /// Somebody whom we cannot tell.
    pub const OTHERS: i64 = 8;
}

/// What the owner did with it. Row ids page the lists of the API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewerState {
    pub favourited_row: Option<RowId>,
    /// The id of our Like, for its Undo.
    pub favourited_uri: Option<String>,
    /// The owner's own boost of it.
    pub reblogged_by: Option<StatusId>,
    pub bookmarked_row: Option<RowId>,
    pub pinned_at: Option<Timestamp>,
    pub muted: bool,
}

/// A picture of a status, uploaded by the owner or attached elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Media {
    pub id: MediaId,
    pub status_id: Option<StatusId>,
    pub kind: MediaKind,
    pub mime: String,
    /// Key of the blob store; `None` for remote media.
    pub blob: Option<String>,
    pub preview_blob: Option<String>,
    pub remote_url: Option<String>,
    pub remote_preview_url: Option<String>,
    pub description: Option<String>,
    pub blurhash: Option<String>,
    /// x and y in -1..=1, y up.
    pub focus: Option<(f64, f64)>,
    pub width: i64,
    pub height: i64,
    pub preview_width: i64,
    pub preview_height: i64,
    pub bytes: i64,
    pub created_at: Timestamp,
    /// The received file of an upload that is still worked on.
    pub received: Option<String>,
    /// Why nothing became of it.
    pub failure: Option<String>,
    /// Seconds, of films and sounds.
    pub duration: Option<f64>,
    /// Frames a second, as a fraction: `30000/1001`.
    pub frame_rate: Option<String>,
    /// Bits a second.
    pub bitrate: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MediaKind {
    Image,
    Gifv,
    Video,
    Audio,
    #[default]
    Unknown,
}

impl MediaKind {
    pub const ALL: [MediaKind; 5] =
        [MediaKind::Image, MediaKind::Gifv, MediaKind::Video, MediaKind::Audio, MediaKind::Unknown];

    pub fn as_str(self) -> &'static str {
        match self {
            MediaKind::Image => "image",
            MediaKind::Gifv => "gifv",
            MediaKind::Video => "video",
            MediaKind::Audio => "audio",
            MediaKind::Unknown => "unknown",
        }
    }

    pub fn parse(text: &str) -> MediaKind {
        let known = MediaKind::ALL.into_iter().find(|k| k.as_str() == text);
        known.unwrap_or_default()
    }
}

/// Somebody named in a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub account_id: AccountId,
    pub username: String,
    pub acct: String,
    pub url: String,
    pub uri: String,
    /// Addressed, and not named in the text (1.2 of the federation notes).
    pub silent: bool,
}

/// A hashtag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    pub id: super::ids::TagId,
    /// Lower case; the key.
    pub name: String,
    /// As it was first written.
    pub display_name: String,
    pub following_row: Option<RowId>,
    /// On the owner's profile.
    pub featured_row: Option<RowId>,
    /// How it was used on each of the last days, today first; empty where nobody asked.
    pub history: Vec<super::TrendDay>,
}

/// One version of an edited status.
#[derive(Debug, Clone)]
pub struct Edit {
    pub content: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub created_at: Timestamp,
    pub media: Vec<MediaId>,
    /// The options of its poll.
    pub poll: Vec<String>,
}
