//! Collections: <https://docs.joinmastodon.org/methods/collections/> (4.6)

use super::answer;
use super::entities::account::Accounts;
use super::entities::collection::{Collection, collection, item, visible};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{self, AccountId, ItemState, Viewer};
use crate::ops::collections::{self as ops, Changes, ITEMS};
use crate::store::{accounts, collections};
use crate::text;
use serde::{Deserialize, Serialize};
use serde_json::json;

const WRITE: Auth = Auth::Scope("write:collections");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/collections", create, WRITE),
    get("/api/v1/collections/{id}", show, Auth::Public),
    patch("/api/v1/collections/{id}", update, WRITE),
    put("/api/v1/collections/{id}", update, WRITE),
    delete("/api/v1/collections/{id}", remove, WRITE),
    post("/api/v1/collections/{id}/items", add, WRITE),
    delete("/api/v1/collections/{id}/items/{item}", take_out, WRITE),
    post("/api/v1/collections/{id}/items/{item}/revoke", revoke, WRITE),
    get("/api/v1/accounts/{id}/collections", of_account, Auth::Public),
    get("/api/v1/accounts/{id}/in_collections", containing, Auth::Scope("read:collections")),
];

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    language: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    sensitive: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    discoverable: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    tag_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::ids")]
    account_ids: Option<Vec<AccountId>>,
}

impl Form {
    fn changes(&self) -> Changes {
        Changes {
            name: self.name.clone(),
            description: self.description.clone(),
            language: self.language.as_deref().map(text::language),
            sensitive: self.sensitive,
            discoverable: self.discoverable,
            tag: self.tag_name.clone(),
        }
    }
}

fn wrapped(app: &App, of: &model::Collection) -> Result<Res> {
    Res::json(&json!({"collection": collection(&app.instance, of, Viewer::Owner)}))
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Form>()?;
    let people = form.account_ids.clone().unwrap_or_default();
    if people.len() > ITEMS {
        return Err(Error::invalid(format!(
            "Validation failed: Collection items are too many, no more than {ITEMS} are allowed"
        )));
    }
    wrapped(app, &ops::create(app, &form.changes(), &people)?)
}

fn update(app: &App, req: &Req) -> Result<Res> {
    wrapped(app, &ops::update(app, req.id("id")?, &req.form::<Form>()?.changes())?)
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    ops::delete(app, req.id("id")?)?;
    Ok(Res::empty())
}

#[derive(Serialize)]
struct WithAccounts<'a> {
    accounts: Accounts<'a>,
    collection: Collection<'a>,
}

/// With the owner's account and those of all items that the viewer sees.
fn show(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:collections")?;
    let (id, me) = (req.id("id")?, &app.instance);
    let (found, accounts) = app.store.read(|c| {
        let found = collections::get(c, id)?;
        let mut ids = vec![me.owner];
        ids.extend(visible(&found, viewer).map(|item| item.account).filter(|id| *id != me.owner));
        let mut known = accounts::many(c, &ids)?;
        let list = ids.iter().filter_map(|id| known.remove(id)).collect();
        Ok((found, Accounts::new(c, me, list)?))
    })?;
    Res::json(&WithAccounts { accounts, collection: collection(me, &found, viewer) })
}

#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "lenient::filled")]
    account_id: Option<String>,
}

fn add(app: &App, req: &Req) -> Result<Res> {
    let id = req.form::<Item>()?.account_id;
    let id = id.ok_or_else(|| Error::invalid("`account_id` parameter is missing"))?;
    let account = id.parse().map_err(|_| Error::not_found())?;
    Res::json(&json!({"collection_item": item(&ops::add(app, req.id("id")?, account)?)}))
}

fn take_out(app: &App, req: &Req) -> Result<Res> {
    ops::take_out(app, req.id("id")?, req.id("item")?)?;
    Ok(Res::empty())
}

fn revoke(app: &App, req: &Req) -> Result<Res> {
    ops::revoke(app, req.id("id")?, req.id("item")?)?;
    Ok(Res::empty())
}

#[derive(Deserialize)]
struct Part {
    #[serde(default, deserialize_with = "lenient::number")]
    offset: Option<i64>,
}

/// The owner's; those of others are not known here.
///
/// Errors: `NotFound` for an unknown account.
fn of_account(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:collections")?;
    listed(app, req, viewer, |_| true)
}

/// Those that the owner is in: of the owner's own, since others are not known here.
///
/// Errors: `Forbidden` for anybody else's, which is theirs to know.
fn containing(app: &App, req: &Req) -> Result<Res> {
    let me = app.instance.owner;
    if req.id::<AccountId>("id")? != me {
        app.store.read(|c| accounts::get(c, req.id("id")?))?;
        return Err(Error::forbidden("This action is not allowed"));
    }
    let is_in = |c: &model::Collection| {
        c.items.iter().any(|item| item.account == me && item.state == ItemState::Accepted)
    };
    listed(app, req, Viewer::Owner, is_in)
}

fn listed(app: &App, req: &Req, viewer: Viewer, which: impl Fn(&model::Collection) -> bool) -> Result<Res> {
    let (id, page) = (req.id("id")?, req.page(40));
    let offset = req.form::<Part>()?.offset.unwrap_or(0).max(0);
    let found = app.store.read(|c| match accounts::get(c, id)?.is_owner() {
        true => collections::list(c, viewer != Viewer::Owner, page.limit, offset),
        false => Ok(Vec::new()),
    })?;
    let shown = found.iter().filter(|f| which(f)).map(|f| collection(&app.instance, f, viewer));
    Res::json(&json!({"collections": shown.collect::<Vec<_>>()}))
}
