//! A poll: it hangs on a status, and its id is the status's.

use super::ids::StatusId;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poll {
    pub status_id: StatusId,
    pub options: Vec<PollOption>,
    /// Several options may be chosen.
    pub multiple: bool,
    /// How often each option was chosen is shown when the poll has ended.
    pub hide_totals: bool,
    /// `None`: it never ends.
    pub expires_at: Option<Timestamp>,
    /// People who voted; `None` where the poll's server does not say.
    pub voters_count: Option<i64>,
    /// When its own server last told how it stands; of an own poll, when it was made.
    pub fetched_at: Timestamp,
    /// What the owner chose, as places in `options`.
    pub own_votes: Vec<usize>,
    /// It had ended when it was read.
    pub ended: bool,
}

/// Kept as JSON in a column, hence the derive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollOption {
    /// As its author wrote it: a vote names it letter by letter.
    pub title: String,
    pub votes: i64,
}

impl Poll {
    /// All votes; of a poll with several choices more than voters.
    pub fn votes_count(&self) -> i64 {
        self.options.iter().fold(0, |sum, option| sum.saturating_add(option.votes))
    }

    pub fn shows_totals(&self) -> bool {
        self.ended || !self.hide_totals
    }

    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.options.iter().map(|option| option.title.as_str())
    }

    /// The same question with the same answers: votes for the one are votes for the other.
    pub fn asks_the_same(&self, other: &Poll) -> bool {
        self.multiple == other.multiple && self.titles().eq(other.titles())
    }
}

/// A poll as the owner wants it. Kept as JSON with a scheduled status, hence the derive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPoll {
    pub options: Vec<String>,
    /// Seconds from when it is posted.
    pub expires_in: i64,
    pub multiple: bool,
    pub hide_totals: bool,
}
