//! What holds for a whole server: <https://docs.joinmastodon.org/admin/moderation/#server-wide-moderation>

use super::ids::RowId;
use super::time::Timestamp;

/// A set of rules for a server. It stands as a number in `domain_blocks` and with each account there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Rules(pub i64);

impl Rules {
    /// Nothing of it is shown, no follow comes about: what an app calls a blocked domain.
    pub const HIDE: Rules = Rules(1);
    /// Only whom the owner follows is heard.
    pub const SILENCE: Rules = Rules(2);
    /// No picture, film or sound of it is fetched or shown.
    pub const NO_MEDIA: Rules = Rules(4);
    /// Its reports are not taken.
    pub const NO_REPORTS: Rules = Rules(8);
    /// Nothing goes in or out. Never without [`Rules::HIDE`].
    pub const SUSPEND: Rules = Rules(16);
    /// The rules hold for all names below the domain. Alone: an exception, which no list changes.
    pub const BELOW: Rules = Rules(32);
    /// What a suspended server has.
    pub const SUSPENDED: Rules = Rules(1 | 16);

    pub fn has(self, other: Rules) -> bool {
        self.0 & other.0 == other.0 && other.0 != 0
    }

    pub fn with(self, other: Rules) -> Rules {
        Rules(self.0 | other.0)
    }

    pub fn without(self, other: Rules) -> Rules {
        Rules(self.0 & !other.0)
    }

    /// The owner wants this server as it is, whatever a list says.
    pub fn is_exception(self) -> bool {
        self.without(Rules::BELOW) == Rules(0)
    }

    /// Mastodon's word for how severe it is.
    pub fn severity(self) -> &'static str {
        match self {
            rules if rules.has(Rules::HIDE) => "suspend",
            rules if rules.has(Rules::SILENCE) => "silence",
            _ => "noop",
        }
    }
}

/// A server with rules of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerBlock {
    pub id: RowId,
    /// As in accounts.
    pub domain: String,
    pub rules: Rules,
    /// For the owner.
    pub comment: String,
    pub public_comment: String,
    /// Strangers may read that it is blocked.
    pub published: bool,
    /// They read its name with stars in it.
    pub obfuscate: bool,
    /// Lists alone brought it, and may take it away.
    pub listed: bool,
}

/// A list of blocks that somebody else keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocklist {
    pub id: RowId,
    pub url: String,
    pub etag: Option<String>,
    pub asked_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
    pub entries: i64,
    /// Obfuscated names, and what is none.
    pub skipped: i64,
    pub failure: Option<String>,
}

/// What became of an entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    Taken,
    /// It would cost the owner followers or followed people, so the owner decides.
    Draft,
    Declined,
    /// Of a file that was read and not yet taken.
    Preview,
}

impl EntryState {
    pub const ALL: [EntryState; 4] =
        [EntryState::Taken, EntryState::Draft, EntryState::Declined, EntryState::Preview];
}

/// One entry of a list, or of a file (list 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEntry {
    pub domain: String,
    pub list: RowId,
    pub rules: Rules,
    pub comment: String,
    pub state: EntryState,
}

/// People of one domain whom the owner follows, and who follow the owner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties {
    pub domain: String,
    pub following: i64,
    pub followers: i64,
}
