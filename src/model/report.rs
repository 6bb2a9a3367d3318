//! Reports: the owner tells the moderators of another server about somebody there, or they tell the owner.

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

/// Another server's report about the owner.
#[derive(Debug, Clone)]
pub struct Flag {
    pub id: ReportId,
    /// Who sent it: as a rule the server's own account, so that nobody learns who reported.
    pub account_id: AccountId,
    /// The activity's id.
    pub uri: Option<String>,
    /// Of the owner's.
    pub statuses: Vec<StatusId>,
    /// Plain text.
    pub comment: String,
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
