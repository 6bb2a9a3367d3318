//! What the handlers of this door share: who reads, one status, lists with their `Link`.

use super::entities::account::Accounts;
use super::entities::relationship::relationship;
use super::entities::status::Statuses;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::paging::{self, Prev};
use crate::http::{Req, Res};
use crate::model::{Access, Account, Page, Status, Viewer};
use crate::ops::visibility;
use rusqlite::Connection;

/// Who reads a public endpoint. A token must have the scope, so that one for push alone reads nothing.
///
/// Errors: `Forbidden`, in Mastodon's words (pitfall 22).
pub fn viewer(req: &Req, scope: &str) -> Result<Viewer> {
    match &req.access {
        Access::Token { scopes, .. } | Access::App { scopes, .. } if !scopes.allow(scope) => {
            Err(Error::forbidden("This action is outside the authorized scopes"))
        }
        _ => Ok(req.viewer()),
    }
}

/// Refuses whoever is not the owner.
///
/// Errors: `Invalid` for an app without a user, `Unauthorized` for strangers (pitfall 22).
pub fn owner_only(viewer: Viewer, req: &Req) -> Result<()> {
    match (viewer, &req.access) {
        (Viewer::Owner, _) => Ok(()),
        (_, Access::App { .. }) => Err(Error::invalid("This method requires an authenticated user")),
        _ => Err(Error::unauthorized()),
    }
}

/// One status that the viewer may see.
pub fn status(app: &App, viewer: Viewer, status: Status) -> Result<Res> {
    let set = app.store.read(|c| Statuses::load(c, &app.instance, viewer, vec![status]))?;
    Res::json(&set.first().ok_or_else(Error::not_found)?)
}

/// A page of statuses, paged by their own ids.
pub fn statuses(
    app: &App,
    req: &Req,
    viewer: Viewer,
    page: &Page,
    read: impl FnOnce(&Connection) -> Result<Vec<Status>>,
) -> Result<Res> {
    marked(app, req, viewer, page, |c| Ok(read(c)?.into_iter().map(|s| (s.id.0, s)).collect()))
}

/// A page of statuses, paged by the hidden ids in front of them (pitfall 4).
pub fn marked(
    app: &App,
    req: &Req,
    viewer: Viewer,
    page: &Page,
    read: impl FnOnce(&Connection) -> Result<Vec<(i64, Status)>>,
) -> Result<Res> {
    let me = &app.instance;
    let (link, set) = app.store.read(|c| {
        let rows = read(c)?;
        // The page's ends are those of what was read, whoever may see how much of it.
        let link = link(app, req, page, Prev::MinId, &rows);
        let list = rows.into_iter().map(|(_, status)| status).collect();
        let list = visibility::only_visible(c, viewer, me.owner, list)?;
        Ok((link, Statuses::load(c, me, viewer, list)?))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

/// A page of accounts, paged by the hidden ids in front of them.
pub fn accounts(
    app: &App,
    req: &Req,
    page: &Page,
    read: impl FnOnce(&Connection) -> Result<Vec<(i64, Account)>>,
) -> Result<Res> {
    let (link, set) = app.store.read(|c| {
        let rows = read(c)?;
        let link = link(app, req, page, Prev::SinceId, &rows);
        let list = rows.into_iter().map(|(_, account)| account).collect();
        Ok((link, Accounts::new(c, &app.instance, list)?))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

/// The `Link` of rows that carry their paging id in front, newest first.
pub fn link<T>(app: &App, req: &Req, page: &Page, prev: Prev, rows: &[(i64, T)]) -> Option<String> {
    let ends = rows.first().zip(rows.last()).map(|(newest, oldest)| (newest.0, oldest.0));
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= page.limit);
    paging::link(req, &app.instance.origin, page, prev, ends, full)
}

/// What is now between the owner and an account.
pub fn relation(app: &App, account: &Account) -> Result<Res> {
    Res::json(&relationship(account, app.now()))
}
