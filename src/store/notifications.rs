//! What the owner should hear of.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::sort::sort_by_key;
use crate::model::*;
use rusqlite::{Connection, Row};

const SELECT: &str = "SELECT id, kind, account_id, status_id, created_at, filtered FROM notifications";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Notification> {
    let kind: String = r.get(1)?;
    Ok(Notification {
        id: r.get(0)?,
        // The column is written from the enum only; an unknown word would be of a newer version.
        kind: NotificationKind::parse(&kind).unwrap_or(NotificationKind::Mention),
        account_id: r.get(2)?,
        status_id: r.get(3)?,
        created_at: r.get(4)?,
        filtered: r.get(5)?,
    })
}

/// One of a kind per account and status: a second arrival is nothing. An edit tells again, and so does a poll
/// that ends anew.
pub fn insert(
    tx: &Tx,
    kind: NotificationKind,
    by: AccountId,
    status: Option<StatusId>,
    filtered: bool,
) -> Result<Option<NotificationId>> {
    use NotificationKind::{Poll, QuotedUpdate, Update};
    if matches!(kind, Update | QuotedUpdate | Poll) {
        remove(tx, kind, by, status)?;
    }
    let id = NotificationId::at(tx.now);
    let made = tx.run(
        "INSERT OR IGNORE INTO notifications (id, kind, account_id, status_id, created_at, filtered)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (id, kind.as_str(), by, status, tx.now, filtered),
    )?;
    Ok((made > 0).then_some(id))
}

pub fn remove(tx: &Tx, kind: NotificationKind, by: AccountId, status: Option<StatusId>) -> Result<()> {
    tx.run(
        "DELETE FROM notifications WHERE account_id = ?1 AND kind = ?2 AND ifnull(status_id, 0) = ifnull(?3, 0)",
        (by, kind.as_str(), status),
    )?;
    Ok(())
}

/// All that an account caused, and its request: it was blocked.
pub fn remove_by(tx: &Tx, by: AccountId) -> Result<()> {
    tx.run("DELETE FROM notifications WHERE account_id = ?1", [by])?;
    Ok(())
}

/// Which notifications. `kinds` of `None` is all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub kinds: Option<Vec<NotificationKind>>,
    pub exclude: Vec<NotificationKind>,
    pub account: Option<AccountId>,
    /// Those that are held back, too.
    pub include_filtered: bool,
}

impl Filter {
    fn wanted(&self) -> Vec<NotificationKind> {
        let all = NotificationKind::ALL.into_iter();
        all.filter(|k| self.kinds.as_ref().is_none_or(|kinds| kinds.contains(k)))
            .filter(|k| !self.exclude.contains(k))
            .collect()
    }
}

/// Newest first. Each kind that is asked for is a range scan of its own, so that a rare one is found as
/// quickly as a common one.
pub fn list(c: &Connection, filter: &Filter, page: &Page) -> Result<Vec<Notification>> {
    let (above, below) = page.bounds();
    let order = page.order();
    let wanted = filter.wanted();
    let held: &[bool] = if filter.include_filtered { &[false, true] } else { &[false] };
    if let Some(account) = filter.account {
        let names: Vec<&str> = wanted.iter().map(|k| k.as_str()).collect();
        let names = serde_json::to_string(&names).map_err(Error::internal)?;
        let sql = format!(
            "{SELECT} WHERE account_id = ?1 AND id > ?2 AND id < ?3 AND filtered <= ?4
                AND kind IN (SELECT value FROM json_each(?5)) ORDER BY id {order} LIMIT ?6"
        );
        let params = (account, above, below, filter.include_filtered, names, page.limit);
        return Ok(page.arrange(all(c, &sql, params, from_row)?));
    }
    if wanted.len() == NotificationKind::ALL.len() {
        let which = if filter.include_filtered {
            "WHERE filtered < 2 AND" // what was cleared away is not there any more
        } else {
            "INDEXED BY notifications_shown WHERE filtered = 0 AND"
        };
        let sql = format!("{SELECT} {which} id > ?1 AND id < ?2 ORDER BY id {order} LIMIT ?3");
        return Ok(page.arrange(all(c, &sql, (above, below, page.limit), from_row)?));
    }
    let sql = format!(
        "{SELECT} WHERE kind = ?1 AND filtered = ?2 AND id > ?3 AND id < ?4 ORDER BY id {order} LIMIT ?5"
    );
    let mut found = Vec::new();
    for kind in wanted {
        for held in held {
            found.extend(all(c, &sql, (kind.as_str(), held, above, below, page.limit), from_row)?);
        }
    }
    sort_by_key(&mut found, |one| if page.ascending() { one.id.0 } else { -one.id.0 });
    found.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    Ok(page.arrange(found))
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: NotificationId) -> Result<Notification> {
    first(c, &format!("{SELECT} WHERE id = ?1"), [id], from_row)?.ok_or_else(Error::not_found)
}

/// Whether the owner was told of this status as a mention, and it was not held back.
pub fn tells_mention(c: &Connection, status: StatusId) -> Result<bool> {
    let sql = "SELECT 1 FROM notifications INDEXED BY notifications_by_status
                WHERE status_id = ?1 AND kind = 'mention' AND filtered = 0 LIMIT 1";
    Ok(first(c, sql, [status], |_| Ok(()))?.is_some())
}

/// What is in a group, as a range of `notifications_groups` between ?3 and before ?4.
const IN_GROUP: &str = "kind = ?1 AND ifnull(status_id, 0) = ?2 AND filtered = 0 AND id >= ?3 AND id < ?4";

/// The parameters of [`IN_GROUP`], cut to `from ..= to`. `None`: one that stands alone.
fn range(group: &GroupKey, from: i64, to: i64) -> Option<(&'static str, i64, i64, i64)> {
    let (first, end) = group.ids();
    match group {
        GroupKey::Alone(_) => None,
        GroupKey::Together { kind, status, .. } => {
            let status = status.map_or(0, |id| id.0);
            Some((kind.as_str(), status, first.max(from), end.min(to.saturating_add(1))))
        }
    }
}

/// A page of one group, newest first.
pub fn of_group(c: &Connection, group: &GroupKey, page: &Page) -> Result<Vec<Notification>> {
    let (above, below) = page.bounds();
    let Some((kind, status, from, end)) = range(group, above.saturating_add(1), below.saturating_sub(1))
    else {
        let (id, _) = group.ids();
        let found = get(c, NotificationId(id)).ok().filter(|one| one.id.0 > above && one.id.0 < below);
        return Ok(found.into_iter().collect());
    };
    let sql = format!("{SELECT} WHERE {IN_GROUP} ORDER BY id {} LIMIT ?5", page.order());
    Ok(page.arrange(all(c, &sql, (kind, status, from, end, page.limit), from_row)?))
}

/// How many of a group are not above `to`; counting ends at `most`.
pub fn count_group(c: &Connection, group: &GroupKey, to: i64, most: i64) -> Result<i64> {
    let Some((kind, status, from, end)) = range(group, 0, to) else { return Ok(1) };
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM notifications WHERE {IN_GROUP} LIMIT ?5)");
    Ok(first(c, &sql, (kind, status, from, end, most), |r| r.get(0))?.unwrap_or(0))
}

/// The oldest of a group that is not below `from`.
pub fn oldest_of_group(c: &Connection, group: &GroupKey, from: i64) -> Result<Option<NotificationId>> {
    let Some((kind, status, from, end)) = range(group, from, i64::MAX) else {
        return Ok(Some(NotificationId(group.ids().0)));
    };
    let sql = format!("SELECT id FROM notifications WHERE {IN_GROUP} ORDER BY id LIMIT 1");
    first(c, &sql, (kind, status, from, end), |r| r.get(0))
}

/// Removes at most `limit` of a group; how many those were.
pub fn remove_group(tx: &Tx, group: &GroupKey, limit: i64) -> Result<i64> {
    let Some((kind, status, from, end)) = range(group, 0, i64::MAX) else {
        let (id, _) = group.ids();
        dismiss(tx, NotificationId(id))?;
        return Ok(1);
    };
    let sql = format!(
        "DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE {IN_GROUP} LIMIT ?5)"
    );
    let gone = tx.run(&sql, (kind, status, from, end, limit))?;
    Ok(i64::try_from(gone).unwrap_or(i64::MAX))
}

/// The id of the newest one, held back or not; 0 when there is none.
pub fn newest(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT ifnull(max(id), 0) FROM notifications")?.query_row([], |r| r.get(0))?)
}

/// Removes at most `limit` of those up to `up_to`; how many those were.
pub fn clear(tx: &Tx, up_to: i64, limit: i64) -> Result<i64> {
    let sql = "DELETE FROM notifications WHERE id IN
                   (SELECT id FROM notifications WHERE id <= ?1 ORDER BY id DESC LIMIT ?2)";
    Ok(i64::try_from(tx.run(sql, (up_to, limit))?).unwrap_or(i64::MAX))
}

pub fn dismiss(tx: &Tx, id: NotificationId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM notifications WHERE id = ?1", [id])?))
}

/// How many of `filter` stand above `last_read`; counting ends at `limit`.
pub fn unread(c: &Connection, filter: &Filter, last_read: i64, limit: i64) -> Result<i64> {
    let page = Page { min_id: Some(last_read), ..Page::newest(limit) };
    Ok(i64::try_from(list(c, filter, &page)?.len()).unwrap_or(limit))
}
