//! Sending an activity: stored once, with one durable job an inbox, in the transaction that caused it.

use crate::error::{Error, Result};
use crate::model::{Account, StatusId};
use crate::store::{Tx, deliveries};
use serde_json::Value;
use std::collections::HashSet;

/// Queues `activity` for each of `inboxes`; one that stands there twice gets it once. `status` is the
/// status that it is about, for the receipts.
///
/// Errors: an activity without an id, which is a bug.
pub fn to(tx: &Tx, activity: &Value, status: Option<StatusId>, inboxes: &[String]) -> Result<()> {
    send(tx, activity, status, false, inboxes)
}

/// Sends what the instance actor says: its key signs, and not the owner's.
pub fn as_instance(tx: &Tx, activity: &Value, inboxes: &[String]) -> Result<()> {
    send(tx, activity, None, true, inboxes)
}

fn send(
    tx: &Tx,
    activity: &Value,
    status: Option<StatusId>,
    by_instance: bool,
    inboxes: &[String],
) -> Result<()> {
    let id = activity.get("id").and_then(Value::as_str);
    let id = id.ok_or_else(|| Error::internal("an activity without an id"))?;
    let mut seen = HashSet::new();
    let targets: Vec<(String, String)> = inboxes
        .iter()
        .filter(|inbox| seen.insert(inbox.as_str()))
        .filter_map(|inbox| Some((host(inbox)?, inbox.clone())))
        .collect();
    deliveries::send(tx, id, status, &activity.to_string(), by_instance, &targets)
}

/// Sends to the account's own inbox: what concerns it alone.
pub fn to_account(tx: &Tx, activity: &Value, account: &Account) -> Result<()> {
    if account.is_owner() || account.endpoints.inbox.is_empty() {
        return Ok(());
    }
    to(tx, activity, None, std::slice::from_ref(&account.endpoints.inbox))
}

/// Host and port of an address, the key of lanes and of what is remembered about servers.
pub fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}
