//! A report: the owner tells the moderators of another server about somebody there.

use super::ids::{AccountId, ReportId, StatusId};
use super::time::Timestamp;

#[derive(Debug, Clone)]
pub struct Report {
    pub id: ReportId,
    /// Who is reported.
    pub account_id: AccountId,
    pub statuses: Vec<StatusId>,
    pub comment: String,
    pub category: Category,
    /// It was sent to the account's server.
    pub forwarded: bool,
    pub created_at: Timestamp,
}

/// What it is about. Mastodon's fourth, `violation`, names rules of this server, and there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Category {
    #[default]
    Other,
    Spam,
    Legal,
}

impl Category {
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Other => "other",
            Category::Spam => "spam",
            Category::Legal => "legal",
        }
    }

    pub fn parse(text: &str) -> Option<Category> {
        [Category::Other, Category::Spam, Category::Legal].into_iter().find(|c| c.as_str() == text)
    }
}
