//! Notification: <https://docs.joinmastodon.org/entities/Notification/>
//!
//! Mastodon 4.6 adds `fallback`, a text for kinds that an app does not name in `supported_types`, and leaves
//! it out of those that every app must know (`PROPERTIES` in its models/notification.rs). All our kinds are
//! such; `event` and `moderation_warning` belong to kinds that do not happen here.

use super::account::{Account, People};
use super::report::{self, Report};
use super::status::{Status, Statuses};
use super::{Id, Time};
use crate::error::Result;
use crate::model::{
    self, AccountId, Emoji, Flag, GroupKey, Instance, NotificationId, NotificationKind, StatusId, Viewer,
};
use crate::store::{flags, reactions, statuses};
use rusqlite::Connection;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(Debug, Serialize)]
pub struct Notification<'a> {
    pub id: Id<NotificationId>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub created_at: Time,
    pub group_key: String,
    /// Only where it is held back (pitfall 30).
    #[serde(skip_serializing_if = "is_false")]
    pub filtered: bool,
    pub account: Account<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report<'a>>,
    /// With which emoji it was favourited, and where its picture is: Pleroma's words, which others overlook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_url: Option<Cow<'a, str>>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// A list of notifications with the accounts and statuses that they are about.
#[derive(Debug)]
pub struct Notifications<'a> {
    me: &'a Instance,
    pub list: Vec<model::Notification>,
    pub people: People,
    pub statuses: Statuses<'a>,
    reports: Reports,
    emoji: HashMap<(StatusId, AccountId), Emoji>,
}

/// The latest report of each account that sent one.
#[derive(Debug, Default)]
pub struct Reports {
    of: HashMap<AccountId, Flag>,
    people: People,
}

impl Reports {
    pub fn load(c: &Connection, me: &Instance, all: &[&model::Notification]) -> Result<Reports> {
        let by: Vec<AccountId> =
            all.iter().filter(|n| n.kind == NotificationKind::Report).map(|n| n.account_id).collect();
        if by.is_empty() {
            return Ok(Reports::default());
        }
        Ok(Reports { of: flags::latest(c, &by)?, people: People::load(c, [me.owner])? })
    }

    pub fn about<'s>(&'s self, me: &Instance, of: &model::Notification) -> Option<Report<'s>> {
        let flag = self.of.get(&of.account_id).filter(|_| of.kind == NotificationKind::Report)?;
        Some(report::flag(self.people.entity(me, me.owner), flag))
    }
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
        let reports = Reports::load(c, me, &list.iter().collect::<Vec<_>>())?;
        Ok(Notifications {
            me,
            reports,
            emoji: reactions::of_notifications(c, list.iter())?,
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
        let favourite = of.status_id.filter(|_| of.kind == NotificationKind::Favourite);
        let emoji = favourite.and_then(|status| self.emoji.get(&(status, of.account_id)));
        Some(Notification {
            emoji: emoji.map(|emoji| emoji.shortcode.as_str()),
            emoji_url: emoji
                .map(|emoji| emoji.url.as_str())
                .filter(|url| !url.is_empty())
                .map(|url| self.me.shown(url)),
            id: Id(of.id),
            kind: of.kind.as_str(),
            created_at: Time(of.created_at),
            group_key: GroupKey::of(of).to_string(),
            filtered: of.filtered,
            account: self.people.entity(self.me, of.account_id)?, // never null (pitfall 85)
            status: of.status_id.and_then(|id| self.statuses.find(id)),
            report: self.reports.about(self.me, of),
        })
    }
}

impl Serialize for Notifications<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}
