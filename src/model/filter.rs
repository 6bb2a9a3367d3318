//! A filter: what the owner does not want to read, or only on a press.

use super::ids::{FilterId, FilterKeywordId, FilterStatusId, StatusId};
use super::time::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub id: FilterId,
    pub title: String,
    /// Where it applies; never empty.
    pub contexts: Vec<FilterContext>,
    pub action: FilterAction,
    /// `None`: for ever.
    pub expires_at: Option<Timestamp>,
}

impl Filter {
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}

/// One of the words of a filter. The API of before 4.0 takes each for a filter of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterKeyword {
    pub id: FilterKeywordId,
    pub filter: FilterId,
    pub keyword: String,
    pub whole_word: bool,
}

/// A single status that a filter names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterStatus {
    pub id: FilterStatusId,
    pub filter: FilterId,
    pub status: StatusId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterContext {
    /// Home and lists.
    Home,
    Notifications,
    Public,
    Thread,
    /// Profiles.
    Account,
}

impl FilterContext {
    pub const ALL: [FilterContext; 5] = [
        FilterContext::Home,
        FilterContext::Notifications,
        FilterContext::Public,
        FilterContext::Thread,
        FilterContext::Account,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            FilterContext::Home => "home",
            FilterContext::Notifications => "notifications",
            FilterContext::Public => "public",
            FilterContext::Thread => "thread",
            FilterContext::Account => "account",
        }
    }

    pub fn parse(text: &str) -> Option<FilterContext> {
        FilterContext::ALL.into_iter().find(|c| c.as_str() == text)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FilterAction {
    /// Shown on a press.
    #[default]
    Warn,
    Hide,
    /// Its pictures are blurred (Mastodon 4.4).
    Blur,
}

impl FilterAction {
    pub const ALL: [FilterAction; 3] = [FilterAction::Warn, FilterAction::Hide, FilterAction::Blur];

    pub fn as_str(self) -> &'static str {
        match self {
            FilterAction::Warn => "warn",
            FilterAction::Hide => "hide",
            FilterAction::Blur => "blur",
        }
    }

    pub fn parse(text: &str) -> Option<FilterAction> {
        FilterAction::ALL.into_iter().find(|a| a.as_str() == text)
    }
}
