//! The owner reports somebody: kept here, and told to their server if the owner wants that.

use super::deliver;
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{Tx, accounts, reports, statuses};
use std::collections::HashMap;

/// Mastodon's number.
const COMMENT: usize = 1_000;
const STATUSES: usize = 100;

#[derive(Debug, Default)]
pub struct NewReport {
    pub account: AccountId,
    /// Of that account.
    pub statuses: Vec<StatusId>,
    pub comment: String,
    pub category: Category,
    pub forward: bool,
    /// Servers to tell; those of whom the statuses answer may be among them. `None`: the account's.
    pub forward_to: Option<Vec<String>>,
}

/// Stores a report, and sends it on.
///
/// Errors: `NotFound` for an account or status that is not there, or not theirs; `Invalid` for the owner's
/// own account, and for what is too long.
pub fn file(app: &App, new: &NewReport) -> Result<Report> {
    if new.comment.chars().count() > COMMENT {
        return Err(Error::invalid(format!(
            "Validation failed: Comment is too long (maximum is {COMMENT} characters)"
        )));
    }
    if new.statuses.len() > STATUSES {
        return Err(Error::invalid(format!(
            "Validation failed: Statuses is too long (maximum is {STATUSES})"
        )));
    }
    app.store.write(|tx| {
        let account = accounts::get(tx, new.account)?;
        if account.is_owner() {
            return Err(Error::invalid("Validation failed: Target account can't be yourself"));
        }
        if account.suspended {
            return Err(Error::not_found());
        }
        let known = statuses::many(tx, &new.statuses)?;
        if new.statuses.iter().any(|id| known.get(id).is_none_or(|s| s.account_id != account.id)) {
            return Err(Error::not_found());
        }
        let reachable = !account.endpoints.inbox.is_empty();
        let forwarded = new.forward && reachable && wants(new, &account, account.domain.as_deref());
        let report = Report {
            id: ReportId::at(tx.now),
            account_id: account.id,
            statuses: new.statuses.clone(),
            comment: new.comment.clone(),
            category: new.category,
            forwarded,
            created_at: tx.now,
        };
        reports::insert(tx, &report)?;
        if new.forward {
            let inboxes = inboxes(tx, new, &account, forwarded, &known)?;
            send(tx, &app.instance, &report, &account, &known, &inboxes)?;
        }
        Ok(report)
    })
}

/// Whether the server of `domain` is among those to be told.
fn wants(new: &NewReport, account: &Account, domain: Option<&str>) -> bool {
    match (&new.forward_to, domain) {
        (Some(domains), Some(domain)) => domains.iter().any(|d| d.trim().eq_ignore_ascii_case(domain)),
        (None, domain) => domain == account.domain.as_deref(),
        (_, None) => false,
    }
}

/// The account's own inbox, and those of whom the reported statuses answer on other servers.
fn inboxes(
    tx: &Tx,
    new: &NewReport,
    account: &Account,
    forwarded: bool,
    known: &HashMap<StatusId, Status>,
) -> Result<Vec<String>> {
    let mut inboxes = Vec::new();
    if forwarded {
        inboxes.push(account.endpoints.inbox.clone());
    }
    if new.forward_to.is_some() {
        let answered: Vec<AccountId> = known.values().filter_map(|s| s.in_reply_to_account).collect();
        for other in accounts::many(tx, &answered)?.into_values() {
            if !other.is_owner()
                && other.domain != account.domain
                && wants(new, account, other.domain.as_deref())
            {
                inboxes.extend(accounts::inboxes(tx, &[other.id], true)?);
            }
        }
    }
    Ok(inboxes)
}

fn send(
    tx: &Tx,
    me: &Instance,
    report: &Report,
    account: &Account,
    known: &HashMap<StatusId, Status>,
    inboxes: &[String],
) -> Result<()> {
    let posts: Vec<String> =
        report.statuses.iter().filter_map(|id| known.get(id)).map(|s| s.uri.clone()).collect();
    let id = format!("{}#flags/{}", me.instance_actor(), report.id);
    deliver::as_instance(tx, &build::flag(me, id, &account.uri, &posts, &report.comment), inboxes)
}
