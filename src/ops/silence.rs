//! Of whom and of what the owner wants to hear nothing: asked when a notification is made, and again when it is
//! pushed.

use crate::model::*;

/// Of blocked accounts and servers nothing is told, nor of muted accounts whose notifications are muted too, nor of
/// muted threads; and of the owner's own doing only that a poll has ended.
pub fn is_silenced(now: Timestamp, kind: NotificationKind, by: &Account, status: Option<&Status>) -> bool {
    let relation = &by.relation;
    let own = by.is_owner() && kind != NotificationKind::Poll;
    let muted = relation.muting(now) && relation.muting_notifications;
    let quiet_thread = status.is_some_and(|s| s.viewer.muted) && kind != NotificationKind::Status;
    own || relation.blocking() || relation.domain_blocked || muted || quiet_thread
}
