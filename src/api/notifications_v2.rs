//! Notifications in groups, and the policy: <https://docs.joinmastodon.org/methods/grouped_notifications/>
//!
//! Ice Cubes and Mastodon for Android read these instead of the single ones. A group is made when it is
//! read, from what its key says; nothing is stored for it.

use super::entities::account::Accounts;
use super::entities::notification::{GROUP_SPAN, Notifications};
use super::entities::notification_group::{grouped, key};
use super::notifications::{count_limit, filter, link};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::notify;
use crate::store::accounts;
use crate::store::notifications::{self, Filter};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashSet;

const READ: Auth = Auth::Scope("read:notifications");
const WRITE: Auth = Auth::Scope("write:notifications");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/notifications", index, READ),
    get("/api/v2/notifications/{key}", show, READ),
    get("/api/v2/notifications/{key}/accounts", group_accounts, READ),
    post("/api/v2/notifications/{key}/dismiss", dismiss, WRITE),
    get("/api/v2/notifications/unread_count", unread, READ),
    get("/api/v2/notifications/policy", policy, READ),
    // PUT is the same route upstream; Phanpy and Ice Cubes send it (pitfall 14).
    patch("/api/v2/notifications/policy", set_policy, WRITE),
    put("/api/v2/notifications/policy", set_policy, WRITE),
];

/// Kinds that can stand in groups; the app may ask for fewer.
const GROUPED: [NotificationKind; 3] =
    [NotificationKind::Favourite, NotificationKind::Follow, NotificationKind::Reblog];
/// Notifications that are read for one page, however few groups they make.
const SCAN: i64 = 400;
/// Notifications of one group.
const GROUP: i64 = 1_000;

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::texts")]
    grouped_types: Option<Vec<String>>,
}

fn grouping(req: &Req) -> Result<Vec<NotificationKind>> {
    let wanted = req.form::<Form>()?.grouped_types;
    let asked = |kind: &&NotificationKind| {
        wanted.as_ref().is_none_or(|names| names.iter().any(|name| name == kind.as_str()))
    };
    Ok(GROUPED.iter().filter(asked).copied().collect())
}

fn index(app: &App, req: &Req) -> Result<Res> {
    let (page, filter, grouping) = (req.page(40), filter(req)?, grouping(req)?);
    let (link, set) = app.store.read(|c| {
        let list = groups(c, &filter, &page, &grouping)?;
        let link = link(app, req, &page, &list);
        Ok((link, Notifications::load(c, &app.instance, list)?))
    })?;
    Ok(Res::json(&grouped(&app.instance, &set, &grouping))?.with_some("link", link))
}

/// Notifications, newest first, that make at most `page.limit` groups.
fn groups(
    c: &Connection,
    filter: &Filter,
    page: &Page,
    grouping: &[NotificationKind],
) -> Result<Vec<Notification>> {
    let mut list = notifications::list(c, filter, &Page { limit: SCAN, ..*page })?;
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let mut keys = HashSet::new();
    let mut fits = |one: &Notification| {
        let key = key(one, grouping);
        keys.contains(&key) || (keys.len() < limit && keys.insert(key))
    };
    // A page that reads upwards fills from below.
    if page.ascending() {
        let fitting = list.iter().rev().take_while(|one| fits(one)).count();
        list.drain(..list.len() - fitting);
    } else {
        let fitting = list.iter().take_while(|one| fits(one)).count();
        list.truncate(fitting);
    }
    Ok(list)
}

/// What a group's key says (pitfall 87).
///
/// Errors: `NotFound` for what is no key, or has nothing in it any more.
fn of_group(c: &Connection, key: &str) -> Result<Vec<Notification>> {
    let found = match key.split('-').collect::<Vec<_>>()[..] {
        ["ungrouped", id] => vec![notifications::get(c, number(id).map(NotificationId)?)?],
        ["follow", span] => about(c, NotificationKind::Follow, None, span)?,
        [kind @ ("favourite" | "reblog"), status, span] => {
            let kind = NotificationKind::parse(kind).ok_or_else(Error::not_found)?;
            about(c, kind, Some(StatusId(number(status)?)), span)?
        }
        _ => Vec::new(),
    };
    if found.is_empty() { Err(Error::not_found()) } else { Ok(found) }
}

fn about(
    c: &Connection,
    kind: NotificationKind,
    status: Option<StatusId>,
    span: &str,
) -> Result<Vec<Notification>> {
    let from = Timestamp(number(span)?.saturating_mul(GROUP_SPAN));
    notifications::about(c, kind, status, from, from.plus(GROUP_SPAN), GROUP)
}

fn number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::not_found())
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let set = app.store.read(|c| Notifications::load(c, &app.instance, of_group(c, req.param("key"))?))?;
    Res::json(&grouped(&app.instance, &set, &GROUPED))
}

fn group_accounts(app: &App, req: &Req) -> Result<Res> {
    let set = app.store.read(|c| {
        let list = of_group(c, req.param("key"))?;
        let ids: Vec<AccountId> = list.iter().map(|n| n.account_id).collect();
        let mut found = accounts::many(c, &ids)?;
        let order = ids.iter().filter_map(|id| found.remove(id)).collect();
        Accounts::new(c, &app.instance, order)
    })?;
    Res::json(&set)
}

fn dismiss(app: &App, req: &Req) -> Result<Res> {
    app.store.write(|tx| {
        for one in of_group(tx, req.param("key"))? {
            notifications::dismiss(tx, one.id)?;
        }
        Ok(())
    })?;
    Ok(Res::empty())
}

fn unread(app: &App, req: &Req) -> Result<Res> {
    let limit = count_limit(req)?;
    let count = app.store.read(|c| {
        let page = Page { min_id: Some(notify::last_read(c)?), ..Page::newest(limit) };
        let list = groups(c, &Filter::default(), &page, &GROUPED)?;
        Ok(list.iter().map(|one| key(one, &GROUPED)).collect::<HashSet<_>>().len())
    })?;
    Res::json(&json!({"count": count}))
}

const POLICIES: [&str; 6] = [
    "for_not_following",
    "for_not_followers",
    "for_new_accounts",
    "for_private_mentions",
    "for_limited_accounts",
    "for_bots",
];

/// Nothing is filtered yet, so every kind of stranger is accepted (pitfall 90).
fn policy(_: &App, _: &Req) -> Result<Res> {
    let mut policy: serde_json::Map<_, _> =
        POLICIES.iter().map(|name| ((*name).to_owned(), json!("accept"))).collect();
    policy.insert("summary".into(), json!({"pending_requests_count": 0, "pending_notifications_count": 0}));
    Res::json(&policy)
}

/// Errors: `Invalid` for anything but what is already so.
fn set_policy(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let asked = |name: &&&str| params.get(**name).is_some_and(|value| value != "accept");
    match POLICIES.iter().find(asked) {
        Some(name) => {
            Err(Error::invalid(format!("Validation failed: {name} can only be accept on this server")))
        }
        None => policy(app, req),
    }
}

#[cfg(test)]
mod tests {
    use super::super::entities::notification::group_key;
    use super::*;

    #[test]
    fn a_key_leads_back_to_the_span_it_was_made_of() {
        let at = Timestamp(1_700_000_000_000);
        let one = Notification {
            id: NotificationId(1),
            kind: NotificationKind::Favourite,
            account_id: AccountId(2),
            status_id: Some(StatusId(3)),
            created_at: at,
        };
        let key = group_key(&one);
        let span = key.rsplit('-').next().unwrap();
        let from = number(span).unwrap() * GROUP_SPAN;
        assert!(from <= at.0 && at.0 < from + GROUP_SPAN);
    }

    #[test]
    fn what_is_no_key_is_not_found() {
        let c = Connection::open_in_memory().unwrap();
        for key in ["", "follow", "follow-x", "poll-1-2", "favourite-1", "ungrouped-", "a-b-c-d"] {
            assert_eq!(of_group(&c, key).unwrap_err().kind, crate::error::Kind::NotFound, "{key}");
        }
    }
}
