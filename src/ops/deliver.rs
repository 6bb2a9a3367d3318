//! Sending an activity: stored once, with one durable job an inbox, in the transaction that caused it.

use super::domain_blocks::is_cut_off;
use crate::error::{Error, Result};
use crate::model::{Account, Change, DeliveryId, Job, SignedBy, StatusId};
use crate::store::deliveries::Activity;
use crate::store::{Tx, deliveries, jobs};
use serde_json::Value;
use std::collections::HashSet;

/// Queues `activity` for each of `inboxes`; one that stands there twice gets it once. `status` is the
/// status that it is about, for the receipts.
///
/// Errors: an activity without an id, which is a bug.
pub fn to(tx: &Tx, activity: &Value, status: Option<StatusId>, inboxes: &[String]) -> Result<()> {
    send(tx, activity, status, SignedBy::Owner, inboxes)
}

/// Sends what the instance actor says: its key signs, and not the owner's.
pub fn as_instance(tx: &Tx, activity: &Value, inboxes: &[String]) -> Result<()> {
    send(tx, activity, None, SignedBy::Instance, inboxes)
}

/// Sends the news of a new key, signed by the one that others know.
pub fn with_old_key(tx: &Tx, activity: &Value, inboxes: &[String]) -> Result<()> {
    send(tx, activity, None, SignedBy::OldKey, inboxes)
}

fn send(
    tx: &Tx,
    activity: &Value,
    status: Option<StatusId>,
    signer: SignedBy,
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
    let kind = activity.get("type").and_then(Value::as_str).unwrap_or_default();
    let targets = if is_farewell(kind) { targets } else { wanted(tx, targets)? };
    let new = Activity {
        uri: id,
        kind,
        object: activity.get("object").and_then(|o| o.as_str().or_else(|| o.get("id")?.as_str())),
        status,
        body: &activity.to_string(),
        signer,
    };
    deliveries::send(tx, &new, &targets)
}

/// A suspended server hears that the follows have ended, and nothing else.
pub fn is_farewell(kind: &str) -> bool {
    matches!(kind, "Undo" | "Reject")
}

/// Without the servers that the owner suspended.
fn wanted(tx: &Tx, mut targets: Vec<(String, String)>) -> Result<Vec<(String, String)>> {
    let mut cut_off = HashSet::new();
    for (host, inbox) in &targets {
        if !cut_off.contains(host) && is_cut_off(tx, inbox)? {
            cut_off.insert(host.clone());
        }
    }
    targets.retain(|(host, _)| !cut_off.contains(host));
    Ok(targets)
}

/// Tries again now whatever of a status has not arrived, also what was given up.
pub fn retry(tx: &Tx, status: StatusId) -> Result<()> {
    for one in deliveries::undelivered(tx, status, RETRIED)? {
        deliveries::revive(tx, one.id, &one.host)?;
        wake(tx, &one.host)?;
    }
    Ok(())
}

/// Tries again now whatever waits for a server.
pub fn wake(tx: &Tx, host: &str) -> Result<Change> {
    jobs::wake(tx, &Job::Deliver { delivery: DeliveryId::default() }.lane(host))
}

/// Inboxes of one status that the owner may have tried again at once.
const RETRIED: i64 = 5_000;

/// Sends to the account's own inbox: what concerns it alone.
pub fn to_account(tx: &Tx, activity: &Value, account: &Account) -> Result<()> {
    if account.is_owner() || account.endpoints.inbox.is_empty() {
        return Ok(());
    }
    to(tx, activity, None, std::slice::from_ref(&account.endpoints.inbox))
}

/// As [`to_account`], what they asked for and may ask for without end: while their server takes nothing, and as much
/// waits for it as a lane of strangers may hold, nothing is added. They can ask again.
pub fn answer(tx: &Tx, activity: &Value, account: &Account) -> Result<()> {
    let Some(host) = host(&account.endpoints.inbox) else { return Ok(()) };
    let lane = Job::Deliver { delivery: DeliveryId::default() }.lane(&host);
    if jobs::is_full(tx, &lane)? { Ok(()) } else { to_account(tx, activity, account) }
}

/// Host and port of an address, the key of lanes and of what is remembered about servers.
pub fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::empty;
    use serde_json::json;

    #[test]
    fn who_asks_without_end_and_takes_no_answer_fills_no_disk() {
        let store = empty();
        let mut by = Account { domain: Some("far.test".to_owned()), ..Account::default() };
        by.endpoints.inbox = "https://far.test/inbox".to_owned();
        let say = json!({"id": "https://a.test/#answer"});
        store.write(|tx| (0..2_010).try_for_each(|_| answer(tx, &say, &by))).unwrap();
        assert_eq!(store.read(jobs::count).unwrap(), 2_000);
        let kept =
            store.read(|c| Ok(c.query_row("SELECT count(*) FROM activities", [], |r| r.get::<_, i64>(0))?));
        assert_eq!(kept.unwrap(), 2_000);
    }
}
