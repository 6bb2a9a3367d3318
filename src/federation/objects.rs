//! The owner's posts and boosts, each at its id: <https://www.w3.org/TR/activitypub/#retrieving-objects>.
//!
//! What is gone answers 410 with a Tombstone, so that caches forget it; what is not for the asker answers
//! 404, as if it were not there.

use super::{is_owners, may_read, signature};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::posts::Parts;
use crate::ops::{boosts, visibility};
use crate::store::{accounts, statuses, timelines};
use rusqlite::Connection;
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    get("/users/{name}/statuses/{id}", note, Auth::Signed).activity(),
    get("/@{name}/{id}", note, Auth::Signed).activity(),
    get("/users/{name}/statuses/{id}/activity", activity, Auth::Signed),
    get("/users/{name}/statuses/{id}/replies", replies, Auth::Signed),
    get("/users/{name}/statuses/{id}/replies/after/{after}", replies_page, Auth::Signed),
    get("/users/{name}/statuses/{id}/context", context, Auth::Signed),
    get("/users/{name}/statuses/{id}/likes", likes, Auth::Signed),
    get("/users/{name}/statuses/{id}/shares", shares, Auth::Signed),
];

/// Answers on one page of replies.
const PAGE: i64 = 40;
/// Posts of a thread that its context names.
const THREAD: i64 = 500;

fn note(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, |c, status| {
        if status.reblog_of.is_some() {
            return Err(Error::not_found()); // a boost is an activity and no object
        }
        Ok(build::document(build::note(&app.instance, &Parts::load(c, status)?.post(status))))
    })
}

fn activity(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, |c, status| said(c, &app.instance, status))
}

/// The Create or Announce by which a status of the owner's went out.
pub fn said(c: &Connection, me: &Instance, status: &Status) -> Result<Value> {
    if status.reblog_of.is_some() {
        return boosts::announce(c, me, status);
    }
    Ok(build::create(me, &Parts::load(c, status)?.post(status)))
}

fn replies(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, |_, status| {
        let id = format!("{}/replies", status.uri);
        Ok(build::collection(&id, None, Some(format!("{id}/after/0"))))
    })
}

/// Everybody's open answers that are known here, oldest first: for servers that fill their threads
/// (FEP-7888, and Mastodon since 4.5).
fn replies_page(app: &App, req: &Req) -> Result<Res> {
    let after: StatusId = req.id("after")?;
    answer(app, req, |c, status| {
        let id = format!("{}/replies", status.uri);
        let found = timelines::open_replies(c, status.id, after, PAGE)?;
        let full = i64::try_from(found.len()).is_ok_and(|n| n == PAGE);
        let next = found.last().filter(|_| full).map(|(last, _)| format!("{id}/after/{last}"));
        let items = found.into_iter().map(|(_, uri)| uri.into()).collect();
        Ok(build::collection_page(&format!("{id}/after/{after}"), &id, next, items))
    })
}

/// The thread that began here, as far as everybody may see it: what others read to fill theirs
/// (<https://codeberg.org/fediverse/fep/src/branch/main/fep/f228/fep-f228.md>).
fn context(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, |c, root| {
        let me = &app.instance;
        let mut thread = vec![root.clone()];
        thread.extend(timelines::descendants(c, root.id, THREAD, THREAD)?);
        let mut thread = visibility::only_visible(c, Viewer::Stranger, me.owner, thread)?;
        let authors: Vec<AccountId> = thread.iter().map(|s| s.account_id).collect();
        let authors = accounts::many(c, &authors)?;
        thread.retain(|s| {
            authors.get(&s.account_id).is_some_and(|a| !a.relation.blocking() && !a.relation.domain_blocked)
        });
        let items = thread.into_iter().map(|s| s.uri.into()).collect();
        let mut whole = build::ordered_items(&format!("{}/context", root.uri), items);
        whole["attributedTo"] = me.actor().into();
        Ok(whole)
    })
}

fn likes(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, |_, status| Ok(total(status, "likes", status.counts.favourites)))
}

fn shares(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, |_, status| Ok(total(status, "shares", status.counts.reblogs)))
}

/// How many, and not who: that is for the people themselves to tell.
fn total(status: &Status, what: &str, count: i64) -> Value {
    build::collection(&format!("{}/{what}", status.uri), Some(count), None)
}

/// What a path leads to, for this asker.
enum Found {
    Open(Value),
    /// Only for those who proved who they are.
    Private(Value),
    Gone(Value),
}

/// Answers with what `document` makes of the status that the path names.
///
/// Errors: `NotFound` when there is none, it is not the owner's, or it is not for the asker.
fn answer(app: &App, req: &Req, document: impl FnOnce(&Connection, &Status) -> Result<Value>) -> Result<Res> {
    is_owners(app, req)?;
    may_read(app, req)?;
    let Ok(id) = req.id::<StatusId>("id") else { return former(app, req) };
    let hidden = app.store.read(|c| {
        let status = statuses::many(c, &[id])?.remove(&id);
        Ok(status.is_some_and(|s| s.local && !s.visibility.is_open()))
    })?;
    // Whoever signed is looked up only where it matters: it may take a request to their server.
    let viewer = if hidden { viewer(app, req)? } else { Viewer::Stranger };
    match app.store.read(|c| find(c, app, viewer, id, document))? {
        Found::Open(value) => super::document(app, &value),
        Found::Gone(value) => Ok(Res::activity(&value)?.status(410)),
        Found::Private(value) => super::for_the_asker(&value),
    }
}

fn find(
    c: &Connection,
    app: &App,
    viewer: Viewer,
    id: StatusId,
    document: impl FnOnce(&Connection, &Status) -> Result<Value>,
) -> Result<Found> {
    let me = &app.instance;
    let Some(status) = statuses::many(c, &[id])?.remove(&id).filter(|s| s.local) else {
        return gone(c, me, id);
    };
    if !visibility::may_see(c, viewer, me.owner, &status)? {
        return Err(Error::not_found());
    }
    let value = document(c, &status)?;
    Ok(if status.visibility.is_open() { Found::Open(value) } else { Found::Private(value) })
}

/// A post that was written before a take-over, and is gone: what is there was found before.
fn former(app: &App, req: &Req) -> Result<Res> {
    let uri = app.instance.at(req.path.trim_end_matches('/'));
    let deleted = app.store.read(|c| statuses::buried(c, &uri))?.ok_or_else(Error::not_found)?;
    Ok(Res::activity(&build::tombstone(&uri, deleted))?.status(410))
}

/// A deleted post is buried under its own id, a boost taken back under its Announce's.
fn gone(c: &Connection, me: &Instance, id: StatusId) -> Result<Found> {
    let note = format!("{}/statuses/{id}", me.actor());
    for uri in [format!("{note}/activity"), note] {
        if let Some(deleted) = statuses::buried(c, &uri)? {
            return Ok(Found::Gone(build::tombstone(&uri, deleted)));
        }
    }
    Err(Error::not_found())
}

/// Whose eyes these are. A wrong signature is none: the answer must not tell that there is something.
///
/// Errors: `Unavailable`, when their key cannot be had now.
fn viewer(app: &App, req: &Req) -> Result<Viewer> {
    match signature::viewer(app, req) {
        Err(e) if e.kind == Kind::Unavailable => Err(e),
        result => Ok(result.unwrap_or(Viewer::Stranger)),
    }
}
