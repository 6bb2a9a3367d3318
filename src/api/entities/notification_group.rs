//! GroupedNotificationsResults and NotificationGroup:
//! <https://docs.joinmastodon.org/methods/grouped_notifications/>

use super::account::Account;
use super::notification::{Notifications, group_key};
use super::status::Statuses;
use super::{Id, Time};
use crate::model::{AccountId, Instance, NotificationId, NotificationKind, StatusId};
use serde::{Serialize, Serializer};
use std::collections::HashSet;

/// Faces that stand beside a group; Mastodon's number.
const SAMPLE: usize = 8;

#[derive(Debug, Serialize)]
pub struct Grouped<'a> {
    pub accounts: Vec<Account<'a>>,
    pub statuses: &'a Statuses<'a>,
    pub notification_groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
pub struct Group {
    pub group_key: String,
    pub notifications_count: i64,
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// A JSON number, as Mastodon sends it and Ice Cubes reads it (pitfall 1).
    #[serde(serialize_with = "number")]
    pub most_recent_notification_id: NotificationId,
    pub page_min_id: Id<NotificationId>,
    pub page_max_id: Id<NotificationId>,
    pub latest_page_notification_at: Time,
    pub sample_account_ids: Vec<Id<AccountId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_id: Option<Id<StatusId>>,
}

fn number<S: Serializer>(id: &NotificationId, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_i64(id.0)
}

/// Which kinds stand in groups; the app may want fewer.
pub type Grouping = [NotificationKind];

/// The key under which a notification stands for this app.
pub fn key(of: &crate::model::Notification, grouping: &Grouping) -> String {
    if grouping.contains(&of.kind) { group_key(of) } else { format!("ungrouped-{}", of.id) }
}

/// Puts notifications, newest first, into groups in the order of their newest; each account once.
pub fn grouped<'a>(me: &Instance, notifications: &'a Notifications<'a>, grouping: &Grouping) -> Grouped<'a> {
    let mut groups: Vec<Group> = Vec::new();
    let mut shown = HashSet::new();
    let mut accounts = Vec::new();
    for one in &notifications.list {
        let key = key(one, grouping);
        let at = groups.iter().position(|g| g.group_key == key).unwrap_or_else(|| {
            groups.push(Group {
                group_key: key,
                notifications_count: 0,
                kind: one.kind.as_str(),
                most_recent_notification_id: one.id,
                page_min_id: Id(one.id),
                page_max_id: Id(one.id),
                latest_page_notification_at: Time(one.created_at),
                sample_account_ids: Vec::new(),
                status_id: one.status_id.map(Id),
            });
            groups.len() - 1
        });
        let group = &mut groups[at];
        group.notifications_count += 1;
        group.page_min_id = Id(one.id);
        if group.sample_account_ids.len() < SAMPLE {
            group.sample_account_ids.push(Id(one.account_id));
            if shown.insert(one.account_id) {
                accounts.extend(notifications.people.entity(me, one.account_id));
            }
        }
    }
    Grouped { accounts, statuses: &notifications.statuses, notification_groups: groups }
}
