//! Moving in: what is brought along from elsewhere, and how far that is.

use super::ids::RowId;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One import, kept until its report was long read.
#[derive(Debug, Clone, Default)]
pub struct Import {
    pub id: RowId,
    /// The word of `ops::imports::Kind`.
    pub kind: String,
    /// What tells the same thing given twice.
    pub source: String,
    /// In the folder of imports, where the browser brought it; the command has its own.
    pub file: Option<String>,
    pub state: ImportState,
    pub options: ImportOptions,
    /// Steps that are behind, as the kind counts them; and how far the next one is: bytes, lines ...
    pub phase: i64,
    pub position: i64,
    /// What the preview said.
    pub plan: Plan,
    pub totals: Totals,
    /// Why it stopped.
    pub failure: Option<String>,
    pub started_at: Timestamp,
    pub updated_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportState {
    /// Looked at, and not begun.
    #[default]
    Seen,
    Running,
    /// It can go on.
    Stopped,
    Done,
}

impl ImportState {
    pub const ALL: [ImportState; 4] =
        [ImportState::Seen, ImportState::Running, ImportState::Stopped, ImportState::Done];

    pub fn as_str(self) -> &'static str {
        match self {
            ImportState::Seen => "seen",
            ImportState::Running => "running",
            ImportState::Stopped => "stopped",
            ImportState::Done => "done",
        }
    }

    pub fn parse(text: &str) -> ImportState {
        ImportState::ALL.into_iter().find(|s| s.as_str() == text).unwrap_or_default()
    }
}

/// What the owner chose. Kept as JSON, hence the derive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportOptions {
    /// Letters are taken, too.
    pub direct: bool,
}

/// A preview: what is there, what would be taken, and what not. Kept as JSON, hence the derive.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Whose it is: `@me@old.example`; empty where it does not say.
    pub of: String,
    pub totals: Totals,
    /// Milliseconds of the oldest and the newest.
    pub oldest: Option<i64>,
    pub newest: Option<i64>,
    /// What it will take of the disk, about.
    pub bytes: u64,
}

/// By sort: `posts`, `files`, `bookmarks` ...
pub type Totals = BTreeMap<String, Tally>;

/// What became of the things of one sort. Kept as JSON, hence the derive.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub found: u64,
    pub taken: u64,
    /// They were here before.
    pub there: u64,
    /// To be looked up, one after the other.
    pub waiting: u64,
    /// Not taken, by reason. The reasons are words of the code and no text of the file, so there are few.
    pub left: BTreeMap<String, u64>,
}

impl Tally {
    pub fn left_out(&self) -> u64 {
        self.left.values().sum()
    }

    pub fn adds_up(&self) -> bool {
        self.found == self.taken + self.there + self.waiting + self.left_out()
    }

    /// One more, and what became of it.
    pub fn count(&mut self, outcome: Outcome) {
        self.found += 1;
        self.settle(outcome);
    }

    /// What became of one that was found before.
    pub fn settle(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Taken => self.taken += 1,
            Outcome::There => self.there += 1,
            Outcome::Waiting => self.waiting += 1,
            Outcome::Left(reason) => *self.left.entry(reason.to_owned()).or_default() += 1,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    There,
    Waiting,
    Left(&'static str),
}

/// Where an own post stood before it was brought along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its page there.
    pub page: String,
    /// `@me@old.example`
    pub by: String,
}
