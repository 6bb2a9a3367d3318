//! Report: <https://docs.joinmastodon.org/entities/Report/>

use super::account::{Account, People};
use super::{Id, Time};
use crate::model::{self, Instance, ReportId, StatusId};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Report<'a> {
    pub id: Id<ReportId>,
    /// Moderators act on their own servers; here nothing is done with a report but to keep and send it.
    pub action_taken: bool,
    pub action_taken_at: Option<Time>,
    pub category: &'static str,
    pub comment: &'a str,
    pub forwarded: bool,
    pub created_at: Time,
    pub status_ids: Vec<Id<StatusId>>,
    /// There are no rules that one could break.
    pub rule_ids: Option<[(); 0]>,
    pub collection_ids: [(); 0],
    pub target_account: Option<Account<'a>>,
}

/// Another server's report about the owner, for `admin.report`.
pub fn flag<'a>(owner: Option<Account<'a>>, of: &'a model::Flag) -> Report<'a> {
    Report {
        id: Id(of.id),
        action_taken: false,
        action_taken_at: None,
        category: model::report::Category::Other.as_str(),
        comment: &of.comment,
        forwarded: false,
        created_at: Time(of.created_at),
        status_ids: of.statuses.iter().map(|id| Id(*id)).collect(),
        rule_ids: None,
        collection_ids: [],
        target_account: owner,
    }
}

pub fn report<'a>(me: &Instance, people: &'a People, of: &'a model::Report) -> Report<'a> {
    Report {
        id: Id(of.id),
        action_taken: false,
        action_taken_at: None,
        category: of.category.as_str(),
        comment: &of.comment,
        forwarded: of.forwarded,
        created_at: Time(of.created_at),
        status_ids: of.statuses.iter().map(|id| Id(*id)).collect(),
        rule_ids: None,
        collection_ids: [],
        target_account: people.entity(me, of.account_id),
    }
}
