//! A status that waits for its time.

use super::ids::ScheduledId;
use super::time::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    pub id: ScheduledId,
    pub scheduled_at: Timestamp,
    /// What will be posted, as JSON: `ops::statuses::NewStatus`.
    pub params: String,
}
