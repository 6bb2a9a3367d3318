//! Notifications in groups: <https://docs.joinmastodon.org/methods/grouped_notifications/>
//!
//! Ice Cubes and Mastodon for Android read these instead of the single ones. A group is made when it is
//! read, from what its key says; nothing is stored for it.

use super::answer;
use super::entities::account::Accounts;
use super::entities::notification_group::Grouped;
use super::notifications::{clear, count_limit, filter, link};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::paging::Prev;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{notification_groups, notify};
use crate::store::{accounts, notifications};
use serde::Deserialize;
use serde_json::json;

const READ: Auth = Auth::Scope("read:notifications");
const WRITE: Auth = Auth::Scope("write:notifications");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/notifications", index, READ),
    get("/api/v2/notifications/{key}", show, READ),
    get("/api/v2/notifications/{key}/accounts", group_accounts, READ),
    post("/api/v2/notifications/{key}/dismiss", dismiss, WRITE),
    post("/api/v2/notifications/clear", clear, WRITE),
    get("/api/v2/notifications/unread_count", unread, READ),
];

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::texts")]
    grouped_types: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::filled")]
    expand_accounts: Option<String>,
}

/// The kinds that the app wants in groups; all that can be, if it does not say.
fn grouping(form: &Form) -> Vec<NotificationKind> {
    let asked = |kind: &NotificationKind| {
        form.grouped_types.as_ref().is_none_or(|names| names.iter().any(|name| name == kind.as_str()))
    };
    GroupKey::KINDS.into_iter().filter(asked).collect()
}

/// Whether only the first face of each group is wanted whole (pitfall 86).
///
/// Errors: `BadRequest` in Mastodon's words.
fn partial(form: &Form) -> Result<bool> {
    match form.expand_accounts.as_deref() {
        None | Some("full") => Ok(false),
        Some("partial_avatars") => Ok(true),
        Some(other) => {
            let other: String = other.chars().take(40).collect();
            Err(Error::bad_request(format!(
                "Invalid value for 'expand_accounts': '{other}', allowed values are 'full' and 'partial_avatars'"
            )))
        }
    }
}

fn index(app: &App, req: &Req) -> Result<Res> {
    let (page, filter, form) = (req.page(40), filter(req)?, req.form::<Form>()?);
    let (kinds, partial) = (grouping(&form), partial(&form)?);
    let (link, set) = app.store.read(|c| {
        let found = notification_groups::page(c, &filter, &page, &kinds)?;
        let link = link(app, req, &page, found.ends);
        Ok((link, Grouped::load(c, &app.instance, found.list, partial)?))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

/// Errors: `NotFound` for what is no key of ours.
fn key(req: &Req) -> Result<GroupKey> {
    req.param("key").parse().map_err(|_| Error::not_found())
}

/// Errors: `NotFound` for a group that has nothing in it any more.
fn show(app: &App, req: &Req) -> Result<Res> {
    let key = key(req)?;
    let set = app.store.read(|c| {
        let one = notification_groups::one(c, &key)?;
        Grouped::load(c, &app.instance, vec![one], false)
    })?;
    Res::json(&set)
}

/// Paged by the notifications' ids.
fn group_accounts(app: &App, req: &Req) -> Result<Res> {
    let (key, page) = (key(req)?, req.page(40));
    let (link, set) = app.store.read(|c| {
        let list = notifications::of_group(c, &key, &page)?;
        let rows: Vec<_> = list.iter().map(|one| (one.id.0, ())).collect();
        let link = answer::link(app, req, &page, Prev::MinId, &rows);
        let ids: Vec<AccountId> = list.iter().map(|one| one.account_id).collect();
        let mut found = accounts::many(c, &ids)?;
        let in_order = ids.iter().filter_map(|id| found.remove(id)).collect();
        Ok((link, Accounts::new(c, &app.instance, in_order)?))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

/// Doing it twice is not an error.
fn dismiss(app: &App, req: &Req) -> Result<Res> {
    notify::dismiss_group(app, &key(req)?)?;
    Ok(Res::empty())
}

fn unread(app: &App, req: &Req) -> Result<Res> {
    let (limit, filter, kinds) = (count_limit(req)?, filter(req)?, grouping(&req.form::<Form>()?));
    let count =
        app.store.read(|c| notification_groups::unread(c, &filter, &kinds, notify::last_read(c)?, limit))?;
    Res::json(&json!({"count": count}))
}
