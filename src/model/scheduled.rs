//! A status that waits for its time, and one that waits for its end.

use super::ids::{DraftId, ScheduledId};
use super::time::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    pub id: ScheduledId,
    pub scheduled_at: Timestamp,
    /// What will be posted, as JSON: `ops::statuses::NewStatus`.
    pub params: String,
}

/// What the owner began to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    /// Of the box that it stands in: saved again, it takes the place of what was saved.
    pub key: String,
    /// JSON: `ops::drafts::Content`.
    pub content: String,
    pub updated_at: Timestamp,
}
