//! What changed, told after the commit to whoever listens: streams, push, the worker.

use super::ids::{NotificationId, StatusId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    StatusCreated(StatusId),
    StatusChanged(StatusId),
    StatusDeleted(StatusId),
    Notified(NotificationId),
    /// There is work in the jobs table.
    JobsQueued,
}
