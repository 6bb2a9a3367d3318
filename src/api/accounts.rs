//! Accounts, as they are read: <https://docs.joinmastodon.org/methods/accounts/>
//!
//! The owner's own profile is in `profile`, what the owner does to others in `relations`.

use super::answer;
use super::async_refreshes::announce;
use super::entities::account::Accounts;
use super::entities::list::list;
use super::entities::relationship::relationship;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::search::{self, Ask};
use crate::ops::{backfill, links, visibility};
use crate::store::relations::Relationship;
use crate::store::timelines::{self, OfAccount};
use crate::store::{accounts, lists, relations};
use crate::text;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/accounts", batch, Auth::Public),
    get("/api/v1/accounts/{id}", show, Auth::Public),
    get("/api/v1/accounts/{id}/statuses", statuses, Auth::Public),
    get("/api/v1/accounts/{id}/followers", followers, Auth::Public),
    get("/api/v1/accounts/{id}/following", following, Auth::Public),
    get("/api/v1/accounts/{id}/endorsements", endorsements, Auth::Public),
    get("/api/v1/accounts/{id}/identity_proofs", nothing, Auth::Public).deprecated(1_648_598_400), // 2022-03-30
    get("/api/v1/accounts/{id}/lists", in_lists, Auth::Scope("read:lists")),
    get("/api/v1/accounts/relationships", relationships, Auth::Scope("read:follows")),
    get("/api/v1/accounts/familiar_followers", familiar, Auth::Scope("read:follows")),
    get("/api/v1/accounts/search", find, Auth::Scope("read:accounts")),
    get("/api/v1/accounts/lookup", lookup, Auth::Public),
];

/// Ids in one batch (pitfall 10).
const BATCH: usize = 20;
/// Ids in one question about relationships.
const RELATIONSHIPS: usize = 80;

#[derive(Deserialize)]
struct Ids {
    #[serde(default, deserialize_with = "lenient::ids")]
    id: Option<Vec<AccountId>>,
}

/// Those of `ids` that are known, in the order asked for.
fn known(c: &Connection, viewer: Viewer, ids: &[AccountId]) -> Result<Vec<Account>> {
    let mut found = accounts::many(c, ids)?;
    found.retain(|_, account| visibility::is_known_to(viewer, account));
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn batch(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:accounts")?;
    let mut ids = req.form::<Ids>()?.id.unwrap_or_default();
    ids.truncate(BATCH);
    Res::json(&app.store.read(|c| Accounts::new(c, &app.instance, known(c, viewer, &ids)?))?)
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:accounts|profile")?;
    let id = req.id("id")?;
    let account = app.store.read(|c| visibility::account(c, viewer, id))?;
    if viewer == Viewer::Owner {
        links::opened(app, &account)?;
    }
    one(app, |_| Ok(account))
}

fn one(app: &App, read: impl FnOnce(&Connection) -> Result<Account>) -> Result<Res> {
    let set = app.store.read(|c| Accounts::new(c, &app.instance, vec![read(c)?]))?;
    Res::json(&set.first().ok_or_else(Error::not_found)?)
}

#[derive(Deserialize)]
struct Which {
    #[serde(default, deserialize_with = "lenient::flag")]
    pinned: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    only_media: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    exclude_replies: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    exclude_reblogs: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    exclude_direct: Option<bool>,
    #[serde(default, deserialize_with = "lenient::filled")]
    tagged: Option<String>,
}

fn statuses(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let (id, page, form) = (req.id("id")?, req.page(20), req.form::<Which>()?);
    // An empty profile fills itself while the owner looks at it.
    let first = page.max_id.is_none() && page.min_id.is_none() && page.since_id.is_none();
    let refresh = match viewer {
        Viewer::Owner if first => backfill::profile_later(app, &app.store.read(|c| accounts::get(c, id))?)?,
        _ => None,
    };
    let res = answer::statuses(app, req, viewer, &page, |c| {
        let account = visibility::account(c, viewer, id)?;
        let allowed = visibility::up_to(c, viewer, &account)?.filter(|_| !account.suspended);
        let Some(mut up_to) = allowed else { return Ok(Vec::new()) };
        if form.exclude_direct == Some(true) {
            up_to = up_to.min(Visibility::Private);
        }
        if form.pinned == Some(true) {
            // Pins are one page.
            let first = page.max_id.is_none() && page.min_id.is_none();
            return if first { timelines::pinned(c, id, up_to) } else { Ok(Vec::new()) };
        }
        let which = OfAccount {
            only_media: form.only_media == Some(true),
            exclude_replies: form.exclude_replies == Some(true),
            exclude_reblogs: form.exclude_reblogs == Some(true),
            tagged: form.tagged.as_deref().map(text::normalise_tag),
            up_to,
        };
        timelines::of_account(c, id, &which, &page)
    })?;
    Ok(announce(res, refresh))
}

fn followers(app: &App, req: &Req) -> Result<Res> {
    neighbours(app, req, Relationship::Followers)
}

fn following(app: &App, req: &Req) -> Result<Res> {
    neighbours(app, req, Relationship::Following)
}

/// Of others only what touches the owner is known here, as on any server.
fn neighbours(app: &App, req: &Req, which: Relationship) -> Result<Res> {
    let viewer = answer::viewer(req, "read:accounts")?;
    let (id, page) = (req.id("id")?, req.page(40));
    answer::accounts(app, req, &page, |c| {
        let account = visibility::account(c, viewer, id)?;
        let hidden = account.hide_collections || account.suspended;
        if hidden && !(account.is_owner() && viewer == Viewer::Owner) {
            return Ok(Vec::new());
        }
        if account.is_owner() {
            let for_all = which == Relationship::Following && viewer != Viewer::Owner;
            return relations::list(c, if for_all { Relationship::FollowedPeople } else { which }, &page);
        }
        let owner = accounts::owner(c)?;
        // Asked about one after the other, they would tell all that the owner hides.
        if owner.hide_collections && viewer != Viewer::Owner {
            return Ok(Vec::new());
        }
        let relation = &account.relation;
        let (tie, row) = match which {
            Relationship::Followers => (relation.following, relation.following_row),
            _ => (relation.follower, relation.follower_row),
        };
        let (above, below) = page.bounds();
        let row = row.filter(|row| tie == Follow::Yes && row.0 > above && row.0 < below);
        Ok(row.map(|row| (row.0, owner)).into_iter().collect())
    })
}

/// Identity proofs are gone since Mastodon 3.5.
///
/// Errors: `NotFound` for an unknown account.
fn nothing(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    app.store.read(|c| visibility::account(c, req.viewer(), id))?;
    Res::json(&json!([]))
}

/// Whom the owner recommends; whom others recommend is not known here.
fn endorsements(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:accounts")?;
    let (id, page) = (req.id("id")?, req.page(40));
    answer::accounts(app, req, &page, |c| match visibility::account(c, viewer, id)?.is_owner() {
        true => relations::list(c, Relationship::Endorsed, &page),
        false => Ok(Vec::new()),
    })
}

fn in_lists(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    let found = app.store.read(|c| lists::containing(c, id))?;
    Res::json(&found.iter().map(list).collect::<Vec<_>>())
}

fn relationships(app: &App, req: &Req) -> Result<Res> {
    let mut ids = req.form::<Ids>()?.id.unwrap_or_default();
    ids.truncate(RELATIONSHIPS);
    let found = app.store.read(|c| known(c, Viewer::Owner, &ids))?;
    let now = app.now();
    Res::json(&found.iter().map(|account| relationship(account, now)).collect::<Vec<_>>())
}

/// One entry for each id asked (pitfall 100). Who follows others is not known here, so no face stands in it.
fn familiar(_: &App, req: &Req) -> Result<Res> {
    let mut ids = req.form::<Ids>()?.id.unwrap_or_default();
    ids.truncate(RELATIONSHIPS);
    let entries = ids.iter().map(|id| json!({"id": id.to_string(), "accounts": []}));
    Res::json(&entries.collect::<Vec<_>>())
}

#[derive(Deserialize)]
struct Search {
    #[serde(default, deserialize_with = "lenient::filled")]
    q: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    resolve: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    following: Option<bool>,
    #[serde(default, deserialize_with = "lenient::number")]
    offset: Option<i64>,
}

fn find(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Search>()?;
    let Some(q) = form.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) else {
        return Err(Error::bad_request("param is missing or the value is empty: q"));
    };
    let found = search::find(
        app,
        &Ask {
            statuses: false,
            hashtags: false,
            resolve: form.resolve == Some(true),
            only_followed: form.following == Some(true),
            offset: form.offset.unwrap_or(0),
            ..Ask::all(q, req.page(40).limit)
        },
    )?;
    Res::json(&app.store.read(|c| Accounts::new(c, &app.instance, found.accounts))?)
}

#[derive(Deserialize)]
struct Lookup {
    #[serde(default, deserialize_with = "lenient::filled")]
    acct: Option<String>,
}

/// Never asks another server (pitfall 96).
fn lookup(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:accounts")?;
    let acct = req.form::<Lookup>()?.acct.ok_or_else(Error::not_found)?;
    let found = search::by_handle(app, &acct, false, &mut None)?;
    let found =
        found.filter(|account| visibility::is_known_to(viewer, account)).ok_or_else(Error::not_found)?;
    one(app, |_| Ok(found))
}
