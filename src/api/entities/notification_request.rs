//! NotificationRequest: <https://docs.joinmastodon.org/entities/NotificationRequest/>

use super::account::{Account, People};
use super::status::{Status, Statuses};
use super::{Id, Time};
use crate::error::Result;
use crate::model::{Instance, RowId, Viewer};
use crate::store::notification_requests::Request;
use crate::store::statuses;
use rusqlite::Connection;
use serde::{Serialize, Serializer};

#[derive(Debug, Serialize)]
pub struct NotificationRequest<'a> {
    pub id: Id<RowId>,
    pub created_at: Time,
    pub updated_at: Time,
    /// A string, as Mastodon sends it and Ice Cubes reads it (pitfall 35).
    pub notifications_count: Id<i64>,
    pub account: Account<'a>,
    pub last_status: Option<Status<'a>>,
}

#[derive(Debug)]
pub struct NotificationRequests<'a> {
    me: &'a Instance,
    list: Vec<Request>,
    people: People,
    statuses: Statuses<'a>,
}

impl<'a> NotificationRequests<'a> {
    pub fn load(c: &Connection, me: &'a Instance, list: Vec<Request>) -> Result<NotificationRequests<'a>> {
        let last: Vec<_> = list.iter().filter_map(|one| one.last_status).collect();
        let found = statuses::many(c, &last)?.into_values().collect();
        Ok(NotificationRequests {
            me,
            people: People::of(c, list.iter().map(|one| one.account.clone()))?,
            statuses: Statuses::load(c, me, Viewer::Owner, found)?,
            list,
        })
    }

    pub fn iter(&self) -> impl Iterator<Item = NotificationRequest<'_>> {
        self.list.iter().filter_map(|one| {
            Some(NotificationRequest {
                id: Id(one.row),
                created_at: Time(one.row.time()),
                updated_at: Time(one.updated_at),
                notifications_count: Id(one.count),
                account: self.people.entity(self.me, one.account.id)?,
                last_status: one.last_status.and_then(|id| self.statuses.find(id)),
            })
        })
    }

    pub fn first(&self) -> Option<NotificationRequest<'_>> {
        self.iter().next()
    }
}

impl Serialize for NotificationRequests<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}
