//! Notifications in groups, a page at a time: <https://docs.joinmastodon.org/methods/grouped_notifications/>
//!
//! A page is made of the newest notification of each group in its range (the oldest, where it is read
//! upwards). A group whose other notifications reach below the page stands on the next one again with those,
//! as in Mastodon; apps put the two together by the key.

use crate::error::{Error, Result};
use crate::model::*;
use crate::store::notifications::{self, Filter};
use rusqlite::Connection;
use std::collections::HashSet;

/// Notifications that are read at a time, and for one page in all, however few groups they make.
const CHUNK: i64 = 200;
const SCAN: usize = 4_000;
/// Faces that stand beside a group; Mastodon's number.
const SAMPLE: i64 = 8;
/// Counting a group ends here.
const COUNT: i64 = 10_000;

#[derive(Debug)]
pub struct Group {
    pub key: GroupKey,
    /// One of it, for its kind and status.
    pub head: Notification,
    /// Of the page's top and everything below, like the faces.
    pub count: i64,
    pub newest: NotificationId,
    pub newest_at: Timestamp,
    pub faces: Vec<AccountId>,
    /// The oldest on this page; none where there is no page.
    pub page_min: Option<NotificationId>,
}

#[derive(Debug)]
pub struct Groups {
    pub list: Vec<Group>,
    /// The newest and the oldest id that the page has dealt with: the next pages begin there.
    pub ends: Option<(i64, i64)>,
}

/// At most `page.limit` groups of the `kinds` that the app groups, newest first.
pub fn page(c: &Connection, filter: &Filter, page: &Page, kinds: &[NotificationKind]) -> Result<Groups> {
    let found = heads(c, filter, page, kinds)?;
    // A group of one account is that one notification; everything else is counted to the page's top.
    let alone = filter.account.is_some();
    let list = found
        .list
        .into_iter()
        .map(|head| {
            let key = GroupKey::among(&head, kinds);
            if alone { Ok(single(key, head)) } else { group(c, key, head, Some((found.low, found.high))) }
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Groups { list, ends: found.ends })
}

/// One group, whole.
///
/// Errors: `NotFound` for one that has nothing in it (any more).
pub fn one(c: &Connection, key: &GroupKey) -> Result<Group> {
    let head = notifications::of_group(c, key, &Page::newest(1))?.pop().ok_or_else(Error::not_found)?;
    group(c, *key, head, None)
}

/// How many groups are newer than `last_read`; counting ends at `limit`.
pub fn unread(
    c: &Connection,
    filter: &Filter,
    kinds: &[NotificationKind],
    last_read: i64,
    limit: i64,
) -> Result<usize> {
    let page = Page { min_id: Some(last_read), ..Page::newest(limit) };
    Ok(heads(c, filter, &page, kinds)?.list.len())
}

struct Heads {
    /// One of each group, newest first.
    list: Vec<Notification>,
    /// The range of the page, both ends in it.
    low: i64,
    high: i64,
    ends: Option<(i64, i64)>,
}

fn heads(c: &Connection, filter: &Filter, page: &Page, kinds: &[NotificationKind]) -> Result<Heads> {
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let up = page.ascending();
    let (mut list, mut keys) = (Vec::new(), HashSet::new());
    let (mut from, mut read) = (Page { limit: CHUNK, ..*page }, 0);
    let (mut first, mut last) = (None, 0);
    let is_all = loop {
        let mut rows = notifications::list(c, filter, &from)?;
        if up {
            rows.reverse(); // in the order of reading
        }
        let is_end = rows.len() < CHUNK as usize;
        read += rows.len();
        for row in rows {
            first.get_or_insert(row.id.0);
            last = row.id.0;
            if list.len() < limit && keys.insert(GroupKey::among(&row, kinds)) {
                list.push(row);
            }
            if list.len() == limit {
                break;
            }
        }
        if list.len() == limit {
            break false;
        }
        if is_end {
            break true;
        }
        if read >= SCAN {
            break false;
        }
        if up { from.min_id = Some(last) } else { from.max_id = Some(last) }
    };
    let (above, below) = page.bounds();
    let first = first.unwrap_or(0);
    // An incomplete page has everything to its end.
    let (low, high) = match (up, is_all) {
        (false, true) => (above.saturating_add(1), first),
        (false, false) => (last, first),
        (true, true) => (first, below.saturating_sub(1)),
        (true, false) => (first, last),
    };
    let ends = (!list.is_empty()).then_some(if up { (last, first) } else { (first, last) });
    if up {
        list.reverse();
    }
    Ok(Heads { list, low, high, ends })
}

fn single(key: GroupKey, head: Notification) -> Group {
    Group {
        key,
        count: 1,
        newest: head.id,
        newest_at: head.created_at,
        faces: vec![head.account_id],
        page_min: Some(head.id),
        head,
    }
}

/// What is known of a group up to the top of a page.
fn group(c: &Connection, key: GroupKey, head: Notification, range: Option<(i64, i64)>) -> Result<Group> {
    if let GroupKey::Alone(_) = key {
        let page_min = range.map(|_| head.id);
        return Ok(Group { page_min, ..single(key, head) });
    }
    let high = range.map_or(i64::MAX, |(_, high)| high);
    let top = Page { max_id: Some(high.saturating_add(1)), ..Page::newest(SAMPLE) };
    let newest = notifications::of_group(c, &key, &top)?;
    let page_min = match range {
        Some((low, _)) => notifications::oldest_of_group(c, &key, low)?,
        None => None,
    };
    let (newest_id, newest_at) = newest.first().map_or((head.id, head.created_at), |n| (n.id, n.created_at));
    Ok(Group {
        key,
        count: notifications::count_group(c, &key, high, COUNT)?,
        newest: newest_id,
        newest_at,
        faces: newest.iter().map(|n| n.account_id).collect(),
        page_min,
        head,
    })
}
