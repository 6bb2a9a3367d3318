//! Which notifications stand together: <https://docs.joinmastodon.org/methods/grouped_notifications/>
//!
//! Favourites, boosts and follows by what they are about and half a day (pitfall 87); everything else
//! alone. Nothing is stored for a group: its key names a span of ids.

use super::ids::{NotificationId, StatusId};
use super::notification::{Notification, NotificationKind};
use super::time::{HOUR, Timestamp};
use std::fmt;
use std::str::FromStr;

/// Notifications of one kind about one thing stand together for so long; Mastodon's number.
const SPAN: i64 = 12 * HOUR;
/// Milliseconds that fit into an id.
const LAST: i64 = 1 << 46;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupKey {
    Alone(NotificationId),
    Together { kind: NotificationKind, status: Option<StatusId>, span: i64 },
}

impl GroupKey {
    /// Kinds that can stand in groups; an app may ask for fewer.
    pub const KINDS: [NotificationKind; 3] =
        [NotificationKind::Favourite, NotificationKind::Follow, NotificationKind::Reblog];

    pub fn of(one: &Notification) -> GroupKey {
        let span = one.created_at.0.div_euclid(SPAN);
        match (one.kind, one.status_id) {
            _ if one.filtered => GroupKey::Alone(one.id),
            (NotificationKind::Favourite | NotificationKind::Reblog, Some(_))
            | (NotificationKind::Follow, None) => {
                GroupKey::Together { kind: one.kind, status: one.status_id, span }
            }
            _ => GroupKey::Alone(one.id),
        }
    }

    /// As [`GroupKey::of`], for an app that groups only `kinds`.
    pub fn among(one: &Notification, kinds: &[NotificationKind]) -> GroupKey {
        if kinds.contains(&one.kind) { GroupKey::of(one) } else { GroupKey::Alone(one.id) }
    }

    /// The ids that can belong to it: from the first to before the second.
    pub fn ids(&self) -> (i64, i64) {
        match *self {
            GroupKey::Alone(id) => (id.0, id.0.saturating_add(1)),
            GroupKey::Together { span, .. } => {
                let at = |span: i64| (span * SPAN) << NotificationId::BITS;
                (at(span), at(span + 1))
            }
        }
    }
}

impl fmt::Display for GroupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GroupKey::Alone(id) => write!(f, "ungrouped-{id}"),
            GroupKey::Together { kind, status: Some(status), span } => {
                write!(f, "{}-{status}-{span}", kind.as_str())
            }
            GroupKey::Together { kind, status: None, span } => write!(f, "{}-{span}", kind.as_str()),
        }
    }
}

/// What is no key of ours.
#[derive(Debug)]
pub struct NoGroup;

impl FromStr for GroupKey {
    type Err = NoGroup;

    fn from_str(text: &str) -> Result<GroupKey, NoGroup> {
        let id = |text: &str| text.parse().map_err(|_| NoGroup);
        let span = |text: &str| {
            let span = text.parse::<u32>().map(i64::from).map_err(|_| NoGroup)?;
            if Timestamp(span * SPAN) < Timestamp(LAST) { Ok(span) } else { Err(NoGroup) }
        };
        Ok(match text.split('-').collect::<Vec<_>>()[..] {
            ["ungrouped", one] => GroupKey::Alone(NotificationId(id(one)?)),
            ["follow", at] => {
                GroupKey::Together { kind: NotificationKind::Follow, status: None, span: span(at)? }
            }
            [kind @ ("favourite" | "reblog"), status, at] => {
                let kind = NotificationKind::parse(kind).ok_or(NoGroup)?;
                let status: StatusId = status.parse().map_err(|_| NoGroup)?;
                GroupKey::Together { kind, status: Some(status), span: span(at)? }
            }
            _ => return Err(NoGroup),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccountId;

    fn one(id: i64, kind: NotificationKind, status: Option<i64>, at: i64) -> Notification {
        Notification {
            id: NotificationId(id),
            kind,
            account_id: AccountId(1),
            status_id: status.map(StatusId),
            created_at: Timestamp(at),
            filtered: false,
        }
    }

    #[test]
    fn pitfall_87_favourites_of_one_post_within_half_a_day_share_a_key() {
        use NotificationKind::{Favourite, Mention, Reblog};
        let key = |n: Notification| GroupKey::of(&n).to_string();
        let first = key(one(1, Favourite, Some(9), 0));
        assert_eq!(first, key(one(2, Favourite, Some(9), HOUR)));
        assert_ne!(first, key(one(3, Favourite, Some(8), HOUR)));
        assert_ne!(first, key(one(4, Favourite, Some(9), SPAN)));
        assert_ne!(first, key(one(5, Reblog, Some(9), 0)));
        assert_eq!(key(one(6, Mention, Some(9), 0)), "ungrouped-6");
        let held = Notification { filtered: true, ..one(7, Favourite, Some(9), 0) };
        assert_eq!(key(held), "ungrouped-7");
    }

    #[test]
    fn a_key_leads_back_to_the_ids_it_was_made_of() {
        let at = Timestamp(1_700_000_000_000);
        let id = NotificationId::at(at);
        let of = |kind, status| {
            let key = GroupKey::of(&one(id.0, kind, status, at.0));
            assert_eq!(key.to_string().parse::<GroupKey>().unwrap(), key);
            key.ids()
        };
        for (from, until) in [
            of(NotificationKind::Favourite, Some(3)),
            of(NotificationKind::Follow, None),
            of(NotificationKind::Mention, Some(3)),
        ] {
            assert!(from <= id.0 && id.0 < until);
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let long = format!("follow-{}", u32::MAX);
        for text in
            ["", "follow", "follow-x", "follow--1", &long, "poll-1-2", "favourite-1", "ungrouped-", "a-b-c-d"]
        {
            assert!(text.parse::<GroupKey>().is_err(), "{text}");
        }
    }
}
