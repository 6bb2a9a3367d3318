//! GroupedNotificationsResults and NotificationGroup:
//! <https://docs.joinmastodon.org/methods/grouped_notifications/>

use super::account::{Account, PartialAccount, People, partial};
use super::notification::Reports;
use super::report::Report;
use super::status::Statuses;
use super::{Id, Time};
use crate::error::Result;
use crate::model::{AccountId, Instance, NotificationId, StatusId, Viewer};
use crate::ops::notification_groups;
use crate::store::statuses;
use rusqlite::Connection;
use serde::{Serialize, Serializer};
use std::collections::HashSet;

#[derive(Debug, Serialize)]
struct Written<'a> {
    accounts: Vec<Account<'a>>,
    /// There only if the app asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_accounts: Option<Vec<PartialAccount<'a>>>,
    statuses: &'a Statuses<'a>,
    notification_groups: Vec<Group<'a>>,
}

#[derive(Debug, Serialize)]
struct Group<'a> {
    group_key: String,
    notifications_count: i64,
    #[serde(rename = "type")]
    kind: &'static str,
    /// A JSON number, as Mastodon sends it and Ice Cubes reads it (pitfall 1).
    #[serde(serialize_with = "number")]
    most_recent_notification_id: NotificationId,
    #[serde(flatten)]
    page: Option<OnPage>,
    sample_account_ids: Vec<Id<AccountId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_id: Option<Id<StatusId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report<'a>>,
}

/// Absent where a group is shown alone.
#[derive(Debug, Serialize)]
struct OnPage {
    page_min_id: Id<NotificationId>,
    page_max_id: Id<NotificationId>,
    latest_page_notification_at: Time,
}

fn number<S: Serializer>(id: &NotificationId, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_i64(id.0)
}

/// Groups with the accounts and statuses that they are about, each once.
#[derive(Debug)]
pub struct Grouped<'a> {
    me: &'a Instance,
    list: Vec<notification_groups::Group>,
    /// Only the first face of each group is a whole account.
    partial: bool,
    people: People,
    statuses: Statuses<'a>,
    reports: Reports,
}

impl<'a> Grouped<'a> {
    pub fn load(
        c: &Connection,
        me: &'a Instance,
        list: Vec<notification_groups::Group>,
        partial: bool,
    ) -> Result<Grouped<'a>> {
        let mut seen = HashSet::new();
        let wanted: Vec<StatusId> =
            list.iter().filter_map(|g| g.head.status_id).filter(|id| seen.insert(*id)).collect();
        let mut found = statuses::many(c, &wanted)?;
        let in_order = wanted.iter().filter_map(|id| found.remove(id)).collect();
        let heads: Vec<_> = list.iter().map(|g| &g.head).collect();
        Ok(Grouped {
            me,
            reports: Reports::load(c, me, &heads)?,
            people: People::load(c, list.iter().flat_map(|g| &g.faces).copied())?,
            statuses: Statuses::load(c, me, Viewer::Owner, in_order)?,
            list,
            partial,
        })
    }

    fn written(&self) -> Written<'_> {
        let whole = if self.partial { 1 } else { usize::MAX };
        let mut shown = HashSet::new();
        let faces = self.list.iter().flat_map(|g| g.faces.iter().take(whole));
        let accounts =
            faces.filter(|id| shown.insert(**id)).filter_map(|id| self.people.entity(self.me, *id)).collect();
        let partial_accounts = self.partial.then(|| {
            let faces = self.list.iter().flat_map(|g| g.faces.iter().skip(whole));
            faces
                .filter(|id| shown.insert(**id))
                .filter_map(|id| Some(partial(self.me, self.people.get(*id)?)))
                .collect()
        });
        Written {
            accounts,
            partial_accounts,
            statuses: &self.statuses,
            notification_groups: self.list.iter().map(|of| self.group(of)).collect(),
        }
    }
}

impl Grouped<'_> {
    fn group<'s>(&'s self, of: &'s notification_groups::Group) -> Group<'s> {
        Group {
            group_key: of.key.to_string(),
            notifications_count: of.count,
            kind: of.head.kind.as_str(),
            most_recent_notification_id: of.newest,
            page: of.page_min.map(|min| OnPage {
                page_min_id: Id(min),
                page_max_id: Id(of.newest),
                latest_page_notification_at: Time(of.newest_at),
            }),
            sample_account_ids: of.faces.iter().map(|id| Id(*id)).collect(),
            status_id: of.head.status_id.map(Id),
            report: self.reports.about(self.me, &of.head),
        }
    }
}

impl Serialize for Grouped<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.written().serialize(s)
    }
}
