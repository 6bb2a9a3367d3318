//! A status that shows another inside: who quotes whom, and whether the quoted author lets it be.
//!
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>

use super::Visibility;
use super::ids::{AccountId, RowId, StatusId};
use super::status::QuotePolicy;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quote {
    /// Pages the list of the API, and stands in the address of the stamp that we give.
    pub row: RowId,
    /// The status that quotes.
    pub status: StatusId,
    /// Its author.
    pub account: AccountId,
    /// Empty where its server says no more than that it is deleted.
    pub quoted_uri: String,
    /// `None`: not known here, or deleted.
    pub quoted: Option<StatusId>,
    pub quoted_account: Option<AccountId>,
    pub state: QuoteState,
    /// Quoted in the way of Misskey or Fedibird, which ask nobody.
    pub legacy: bool,
    /// The id of the QuoteRequest.
    pub request_uri: Option<String>,
    /// The address of the quoted author's authorisation: claimed while pending, verified once accepted.
    /// Of a quote of the owner's own post there is none here: it is made of `row`.
    pub stamp_uri: Option<String>,
}

/// In Mastodon's words and with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuoteState {
    #[default]
    Pending,
    Accepted,
    Rejected,
    /// Accepted once.
    Revoked,
    Deleted,
}

impl QuoteState {
    pub const ALL: [QuoteState; 5] = [
        QuoteState::Pending,
        QuoteState::Accepted,
        QuoteState::Rejected,
        QuoteState::Revoked,
        QuoteState::Deleted,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            QuoteState::Pending => "pending",
            QuoteState::Accepted => "accepted",
            QuoteState::Rejected => "rejected",
            QuoteState::Revoked => "revoked",
            QuoteState::Deleted => "deleted",
        }
    }

    /// What a quote in this state becomes when its author says no.
    pub fn refused(self) -> QuoteState {
        match self {
            QuoteState::Accepted | QuoteState::Revoked => QuoteState::Revoked,
            _ => QuoteState::Rejected,
        }
    }
}

impl Quote {
    /// Shown to apps at all: what nobody is asked about is an ordinary link until it is found to be good, as
    /// in Mastodon.
    pub fn is_shown(&self) -> bool {
        self.state == QuoteState::Accepted || !self.legacy
    }
}

/// What may be expected of quoting a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    Automatic,
    Manual,
    /// The policy names people whom we cannot tell.
    Unknown,
    Denied,
}

impl Approval {
    pub fn as_str(self) -> &'static str {
        match self {
            Approval::Automatic => "automatic",
            Approval::Manual => "manual",
            Approval::Unknown => "unknown",
            Approval::Denied => "denied",
        }
    }
}

impl QuotePolicy {
    /// The policy of an own post by the name that apps use, as far as its visibility leaves a choice; `None`
    /// for what is no name.
    pub fn named(name: &str, visibility: Visibility) -> Option<QuotePolicy> {
        let automatic = match name {
            "public" => QuotePolicy::PUBLIC,
            "followers" => QuotePolicy::FOLLOWERS,
            "nobody" => 0,
            _ => return None,
        };
        Some(QuotePolicy { automatic: if visibility.is_open() { automatic } else { 0 }, manual: 0 })
    }

    /// What it says to somebody who `follows` the author, or whom the author follows.
    pub fn says(self, follows: bool, followed: bool) -> Approval {
        let names = |policy: i64| {
            policy & QuotePolicy::PUBLIC != 0
                || (follows && policy & QuotePolicy::FOLLOWERS != 0)
                || (followed && policy & QuotePolicy::FOLLOWING != 0)
        };
        if names(self.automatic) {
            Approval::Automatic
        } else if names(self.manual) {
            Approval::Manual
        } else if (self.automatic | self.manual) & QuotePolicy::OTHERS != 0 {
            Approval::Unknown
        } else {
            Approval::Denied
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_from_the_widest_to_the_narrowest() {
        let policy = |automatic, manual| QuotePolicy { automatic, manual };
        assert_eq!(policy(1, 0).says(false, false), Approval::Automatic);
        assert_eq!(policy(2, 1).says(false, false), Approval::Manual);
        assert_eq!(policy(2, 1).says(true, false), Approval::Automatic);
        assert_eq!(policy(4, 0).says(true, false), Approval::Denied);
        assert_eq!(policy(4, 0).says(false, true), Approval::Automatic);
        assert_eq!(policy(8, 0).says(false, false), Approval::Unknown);
        assert_eq!(policy(0, 0).says(true, true), Approval::Denied);
    }

    #[test]
    fn pitfall_57_posts_for_few_are_quoted_by_nobody() {
        let named = |name, visibility| QuotePolicy::named(name, visibility).map(|p| p.automatic);
        assert_eq!(named("public", Visibility::Unlisted), Some(QuotePolicy::PUBLIC));
        assert_eq!(named("followers", Visibility::Private), Some(0));
        assert_eq!(named("public", Visibility::Direct), Some(0));
        assert_eq!(named("friends", Visibility::Public), None);
    }
}
