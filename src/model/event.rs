//! What changed, told after the commit to whoever listens: streams, push, the worker.

use super::ids::{NotificationId, StatusId, TokenId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    StatusCreated(StatusId),
    /// Its counts, or what the owner did with it.
    StatusChanged(StatusId),
    /// A new version, or new tallies of its poll: streams say `status.update`.
    StatusEdited(StatusId),
    StatusDeleted(StatusId),
    Notified(NotificationId),
    /// Held-back notifications are in the list now.
    NotificationsMerged,
    FiltersChanged,
    /// Its streams end (pitfall 73).
    TokenRevoked(TokenId),
    /// The streams of all browsers end; those that are still let in come back.
    SessionsEnded,
    /// There is work in the jobs table.
    JobsQueued,
}
