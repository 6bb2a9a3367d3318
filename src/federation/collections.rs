//! The owner's collections: <https://www.w3.org/TR/activitypub/#collections>.
//!
//! A page is a path with the row before which it begins; none has a query, since signers disagree about
//! what of it they sign.

use super::{is_owners, may_read, objects};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::posts::Parts;
use crate::store::accounts;
use crate::store::featured_tags;
use crate::store::relations::{self, Relationship};
use crate::store::timelines::{self, OfAccount};

pub const ROUTES: &[Route<App>] = &[
    get("/users/{name}/outbox", outbox, Auth::Public),
    get("/users/{name}/outbox/page", outbox_page, Auth::Public),
    get("/users/{name}/outbox/before/{id}", outbox_page, Auth::Public),
    get("/users/{name}/followers", followers, Auth::Public),
    get("/users/{name}/followers/page", followers_page, Auth::Public),
    get("/users/{name}/followers/before/{id}", followers_page, Auth::Public),
    get("/users/{name}/following", following, Auth::Public),
    get("/users/{name}/following/page", following_page, Auth::Public),
    get("/users/{name}/following/before/{id}", following_page, Auth::Public),
    get("/users/{name}/collections/featured", featured, Auth::Public),
    get("/users/{name}/collections/tags", tags, Auth::Public),
];

/// Posts on a page of the outbox, each as its whole activity.
const POSTS: i64 = 20;
/// Addresses on a page of people.
const PEOPLE: i64 = 40;

fn outbox(app: &App, req: &Req) -> Result<Res> {
    let owner = owner(app, req)?;
    first_of(app, "outbox", owner.counts.statuses, true)
}

/// What everybody may see, newest first: Creates and Announces.
fn outbox_page(app: &App, req: &Req) -> Result<Res> {
    asked(app, req)?;
    let me = &app.instance;
    let below = before(req)?;
    let which = OfAccount { up_to: Visibility::Unlisted, ..OfAccount::default() };
    let page = Page { max_id: Some(below), ..Page::newest(POSTS) };
    let said = app.store.read(|c| {
        let posts = timelines::of_account(c, me.owner, &which, &page)?;
        posts.iter().map(|post| Ok((post.id.0, objects::said(c, me, post)?))).collect::<Result<Vec<_>>>()
    })?;
    page_of(app, req, "outbox", POSTS, said)
}

fn followers(app: &App, req: &Req) -> Result<Res> {
    let owner = owner(app, req)?;
    first_of(app, "followers", owner.counts.followers, !owner.hide_collections)
}

fn followers_page(app: &App, req: &Req) -> Result<Res> {
    people(app, req, "followers", Relationship::Followers)
}

fn following(app: &App, req: &Req) -> Result<Res> {
    let owner = owner(app, req)?;
    first_of(app, "following", owner.counts.following, !owner.hide_collections)
}

fn following_page(app: &App, req: &Req) -> Result<Res> {
    people(app, req, "following", Relationship::Following)
}

fn people(app: &App, req: &Req, name: &str, which: Relationship) -> Result<Res> {
    if owner(app, req)?.hide_collections {
        return Err(Error::not_found());
    }
    let below = before(req)?;
    let found = app.store.read(|c| relations::uris(c, which, below, PEOPLE))?;
    page_of(app, req, name, PEOPLE, found.into_iter().map(|(row, uri)| (row, uri.into())).collect())
}

/// The pinned posts, whole and all at once.
fn featured(app: &App, req: &Req) -> Result<Res> {
    asked(app, req)?;
    let me = &app.instance;
    let notes = app.store.read(|c| {
        let pinned = timelines::pinned(c, me.owner, Visibility::Unlisted)?;
        pinned.iter().map(|s| Ok(build::note(me, &Parts::load(c, s)?.post(s)))).collect::<Result<Vec<_>>>()
    })?;
    super::document(app, &build::ordered_items(&format!("{}/collections/featured", me.actor()), notes))
}

/// Featured hashtags: ten at most, so all at once.
fn tags(app: &App, req: &Req) -> Result<Res> {
    asked(app, req)?;
    let id = format!("{}/collections/tags", app.instance.actor());
    let featured = app.store.read(featured_tags::list)?;
    let tags = featured.iter().map(|f| build::hashtag(&app.instance, &f.tag)).collect();
    super::document(app, &build::items(&id, tags))
}

/// Of the owner, and by somebody who may read it.
fn asked(app: &App, req: &Req) -> Result<()> {
    is_owners(app, req)?;
    may_read(app, req)
}

fn owner(app: &App, req: &Req) -> Result<Account> {
    asked(app, req)?;
    app.store.read(accounts::owner)
}

/// The row that the page ends before; the first page ends before nothing.
fn before(req: &Req) -> Result<i64> {
    if req.param("id").is_empty() {
        return Ok(i64::MAX);
    }
    Ok(req.id::<RowId>("id")?.0)
}

fn first_of(app: &App, name: &str, total: i64, shown: bool) -> Result<Res> {
    let id = format!("{}/{name}", app.instance.actor());
    let first = shown.then(|| format!("{id}/page"));
    super::document(app, &build::ordered_collection(&id, total, first))
}

/// `rows` are row ids and items. A full page may have another below it.
fn page_of(app: &App, req: &Req, name: &str, size: i64, rows: Vec<(i64, serde_json::Value)>) -> Result<Res> {
    let collection = format!("{}/{name}", app.instance.actor());
    let id = match req.param("id") {
        "" => format!("{collection}/page"),
        before => format!("{collection}/before/{before}"),
    };
    let full = i64::try_from(rows.len()).is_ok_and(|n| n == size);
    let next = rows.last().filter(|_| full).map(|(last, _)| format!("{collection}/before/{last}"));
    let items = rows.into_iter().map(|(_, item)| build::embedded(item)).collect();
    super::document(app, &build::ordered_page(&id, &collection, next, items))
}
