//! An account: the owner's, or somebody's on another server.
//!
//! There is one owner, so everything between the owner and this account is a field of the account
//! ([`Relation`]), not a row of another table.

use super::ids::{AccountId, RowId};
use super::server_rules::Rules;
use super::time::Timestamp;
use super::{Emoji, Field};

/// What the uri of a feed and of its entries begins with: no server can claim it, and no request is made of it. A digest
/// of its address follows, since that may be a secret.
pub const FEED: &str = "feed:";

#[derive(Debug, Clone, Default)]
pub struct Account {
    pub id: AccountId,
    /// The ActivityPub id.
    pub uri: String,
    /// The page for people.
    pub url: String,
    pub username: String,
    /// `None` for the owner.
    pub domain: Option<String>,
    pub display_name: String,
    /// Sanitised HTML.
    pub note: String,
    pub fields: Vec<Field>,
    pub emojis: Vec<Emoji>,
    pub avatar: Option<Picture>,
    pub header: Option<Picture>,
    pub kind: ActorKind,
    /// Follows must be approved.
    pub locked: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub hide_collections: bool,
    pub memorial: bool,
    pub suspended: bool,
    pub moved_to: Option<String>,
    pub also_known_as: Vec<String>,
    pub endpoints: Endpoints,
    pub created_at: Timestamp,
    /// When the document was last fetched; the epoch for the owner.
    pub fetched_at: Timestamp,
    pub last_status_at: Option<Timestamp>,
    pub counts: AccountCounts,
    pub relation: Relation,
}

impl Account {
    pub fn is_owner(&self) -> bool {
        self.domain.is_none()
    }

    /// A feed that is read here like an account: nobody there hears of anything.
    pub fn is_feed(&self) -> bool {
        self.uri.starts_with(FEED)
    }

    /// `user` for the owner, `user@domain` for everybody else (pitfall 39).
    pub fn acct(&self) -> String {
        match &self.domain {
            Some(domain) => format!("{}@{domain}", self.username),
            None => self.username.clone(),
        }
    }

    /// What to call them: the display name, else the username.
    pub fn name(&self) -> &str {
        match self.display_name.trim() {
            "" => &self.username,
            name => name,
        }
    }

    pub fn bot(&self) -> bool {
        matches!(self.kind, ActorKind::Service | ActorKind::Application)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActorKind {
    #[default]
    Person,
    Service,
    Application,
    Group,
    Organization,
}

impl ActorKind {
    pub const ALL: [ActorKind; 5] = [
        ActorKind::Person,
        ActorKind::Service,
        ActorKind::Application,
        ActorKind::Group,
        ActorKind::Organization,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ActorKind::Person => "Person",
            ActorKind::Service => "Service",
            ActorKind::Application => "Application",
            ActorKind::Group => "Group",
            ActorKind::Organization => "Organization",
        }
    }

    pub fn parse(text: &str) -> Option<ActorKind> {
        ActorKind::ALL.into_iter().find(|k| k.as_str() == text)
    }
}

/// An avatar or header: a file of ours, or an address elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// A key of the blob store.
    Blob(String),
    Remote(String),
}

/// Where another server listens for this account. Empty strings for the owner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    pub inbox: String,
    pub shared_inbox: Option<String>,
    pub outbox: Option<String>,
    pub followers: Option<String>,
    pub following: Option<String>,
    pub featured: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AccountCounts {
    pub statuses: i64,
    pub followers: i64,
    pub following: i64,
}

/// What is between the owner and this account. Row ids page the lists of the API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relation {
    /// The owner follows, or has asked to.
    pub following: Follow,
    pub following_row: Option<RowId>,
    /// The id of our Follow activity.
    pub following_uri: Option<String>,
    pub show_reblogs: bool,
    pub notify: bool,
    pub languages: Vec<String>,
    /// They follow the owner, or have asked to.
    pub follower: Follow,
    pub follower_row: Option<RowId>,
    /// The id of their Follow activity, which an Accept or Undo names.
    pub follower_uri: Option<String>,
    pub blocking_row: Option<RowId>,
    pub blocked_by: bool,
    /// The owner blocks their whole server: one of the `rules` for it.
    pub domain_blocked: bool,
    /// What holds for their server.
    pub rules: Rules,
    pub muting_row: Option<RowId>,
    /// `None` while muting: for ever.
    pub muting_until: Option<Timestamp>,
    pub muting_notifications: bool,
    /// The owner's private note about them.
    pub comment: String,
    pub endorsed_row: Option<RowId>,
}

impl Relation {
    pub fn blocking(&self) -> bool {
        self.blocking_row.is_some()
    }

    /// The owner does not want to read them, or is not let: blocked either way, muted, or on a blocked server.
    pub fn hidden(&self, now: Timestamp) -> bool {
        self.blocking() || self.blocked_by || self.domain_blocked || self.muting(now)
    }

    /// A mute that has run out is none.
    pub fn muting(&self, now: Timestamp) -> bool {
        self.muting_row.is_some() && self.muting_until.is_none_or(|until| until > now)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Follow {
    #[default]
    No,
    Requested,
    Yes,
}
