//! Notification: <https://docs.joinmastodon.org/entities/Notification/>

use super::account::{Account, People};
use super::status::{Status, Statuses};
use super::{Id, Time};
use crate::error::Result;
use crate::model::{self, Instance, NotificationId, NotificationKind, Viewer, time::HOUR};
use crate::store::statuses;
use rusqlite::Connection;
use serde::{Serialize, Serializer};

#[derive(Debug, Serialize)]
pub struct Notification<'a> {
    pub id: Id<NotificationId>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub created_at: Time,
    pub group_key: String,
    pub account: Account<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status<'a>>,
}

/// Notifications of one kind about one thing stand together for so long; Mastodon's number.
pub const GROUP_SPAN: i64 = 12 * HOUR;

/// What it is grouped by (pitfall 87): favourites, boosts and follows by their target and half day,
/// everything else alone.
pub fn group_key(of: &model::Notification) -> String {
    let span = of.created_at.0.div_euclid(GROUP_SPAN);
    match (of.kind, of.status_id) {
        (NotificationKind::Favourite | NotificationKind::Reblog, Some(status)) => {
            format!("{}-{status}-{span}", of.kind.as_str())
        }
        (NotificationKind::Follow, _) => format!("follow-{span}"),
        _ => format!("ungrouped-{}", of.id),
    }
}

/// A list of notifications with the accounts and statuses that they are about.
#[derive(Debug)]
pub struct Notifications<'a> {
    me: &'a Instance,
    pub list: Vec<model::Notification>,
    pub people: People,
    pub statuses: Statuses<'a>,
}

impl<'a> Notifications<'a> {
    pub fn load(
        c: &Connection,
        me: &'a Instance,
        list: Vec<model::Notification>,
    ) -> Result<Notifications<'a>> {
        let mut wanted: Vec<_> = list.iter().filter_map(|n| n.status_id).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let found = statuses::many(c, &wanted)?.into_values().collect();
        Ok(Notifications {
            me,
            people: People::load(c, list.iter().map(|n| n.account_id))?,
            statuses: Statuses::load(c, me, Viewer::Owner, found)?,
            list,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = Notification<'_>> {
        self.list.iter().filter_map(|n| self.entity(n))
    }

    pub fn first(&self) -> Option<Notification<'_>> {
        self.iter().next()
    }

    fn entity(&self, of: &model::Notification) -> Option<Notification<'_>> {
        Some(Notification {
            id: Id(of.id),
            kind: of.kind.as_str(),
            created_at: Time(of.created_at),
            group_key: group_key(of),
            account: self.people.entity(self.me, of.account_id)?, // never null (pitfall 85)
            status: of.status_id.and_then(|id| self.statuses.find(id)),
        })
    }
}

impl Serialize for Notifications<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, StatusId, Timestamp};

    fn notification(id: i64, kind: NotificationKind, status: Option<i64>, at: i64) -> model::Notification {
        model::Notification {
            id: NotificationId(id),
            kind,
            account_id: AccountId(1),
            status_id: status.map(StatusId),
            created_at: Timestamp(at),
        }
    }

    #[test]
    fn pitfall_87_favourites_of_one_post_within_half_a_day_share_a_key() {
        let key = |n| group_key(&n);
        let first = key(notification(1, NotificationKind::Favourite, Some(9), 0));
        assert_eq!(first, key(notification(2, NotificationKind::Favourite, Some(9), HOUR)));
        assert_ne!(first, key(notification(3, NotificationKind::Favourite, Some(8), HOUR)));
        assert_ne!(first, key(notification(4, NotificationKind::Favourite, Some(9), GROUP_SPAN)));
        assert_ne!(first, key(notification(5, NotificationKind::Reblog, Some(9), 0)));
        assert_eq!(key(notification(6, NotificationKind::Mention, Some(9), 0)), "ungrouped-6");
    }
}
