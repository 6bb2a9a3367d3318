//! Hashtags on a profile: <https://docs.joinmastodon.org/methods/featured_tags/>, and the same by way of
//! .../tags/ (4.4) and .../accounts/

use super::answer;
use super::entities::featured_tag::{featured_by_another, featured_tag};
use super::entities::tag::tag;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::featured_tags as ops;
use crate::store::{accounts, featured_tags, tags};
use serde::Deserialize;

const READ: Auth = Auth::Scope("read:accounts");
const WRITE: Auth = Auth::Scope("write:accounts");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/featured_tags", list, READ),
    post("/api/v1/featured_tags", create, WRITE),
    delete("/api/v1/featured_tags/{id}", remove, WRITE),
    get("/api/v1/featured_tags/suggestions", suggestions, READ),
    get("/api/v1/accounts/{id}/featured_tags", of_account, Auth::Public),
    post("/api/v1/tags/{name}/feature", feature, WRITE),
    post("/api/v1/tags/{name}/unfeature", unfeature, WRITE),
];

/// Posts that are looked through for suggestions, and how many these are; Mastodon's numbers.
const RECENT: i64 = 1_000;
const SUGGESTIONS: i64 = 10;

fn list(app: &App, _: &Req) -> Result<Res> {
    shown(app, &app.store.read(featured_tags::list)?)
}

fn shown(app: &App, list: &[featured_tags::Featured]) -> Result<Res> {
    Res::json(&list.iter().map(|f| featured_tag(&app.instance, f)).collect::<Vec<_>>())
}

#[derive(Deserialize)]
struct New {
    #[serde(default, deserialize_with = "lenient::filled")]
    name: Option<String>,
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let name = req.form::<New>()?.name;
    let name = name.ok_or_else(|| Error::bad_request("param is missing or the value is empty: name"))?;
    Res::json(&featured_tag(&app.instance, &ops::add(app, &name)?))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    ops::remove(app, req.id("id")?)?;
    Ok(Res::empty())
}

fn suggestions(app: &App, _: &Req) -> Result<Res> {
    let found = app.store.read(|c| featured_tags::suggested(c, RECENT, SUGGESTIONS))?;
    Res::json(&found.iter().map(|t| tag(&app.instance, t, true)).collect::<Vec<_>>())
}

/// What others feature is as their server listed it when the profile was opened last.
///
/// Errors: `NotFound` for an unknown account.
fn of_account(app: &App, req: &Req) -> Result<Res> {
    answer::viewer(req, "read:accounts")?;
    let id: AccountId = req.id("id")?;
    if app.store.read(|c| accounts::get(c, id))?.is_owner() {
        return list(app, req);
    }
    let theirs = app.store.read(|c| featured_tags::of_account(c, id))?;
    Res::json(&theirs.iter().map(featured_by_another).collect::<Vec<_>>())
}

/// Errors: `NotFound` for what cannot be a hashtag.
fn feature(app: &App, req: &Req) -> Result<Res> {
    ops::key(req.param("name")).ok_or_else(Error::not_found)?;
    let added = ops::add(app, req.param("name"))?;
    Res::json(&tag(&app.instance, &added.tag, true))
}

/// A tag that is not featured is one all the same.
fn unfeature(app: &App, req: &Req) -> Result<Res> {
    let spelling = req.param("name").trim_start_matches('#');
    let name = ops::key(spelling).ok_or_else(Error::not_found)?;
    let known = app.store.read(|c| tags::by_name(c, &name))?;
    if let Some(featured) = known.as_ref().filter(|t| t.featured_row.is_some()) {
        ops::remove(app, featured.id)?;
    }
    let bare = || Tag { name, display_name: spelling.to_owned(), ..Tag::default() };
    let shown = known.map_or_else(bare, |known| Tag { featured_row: None, ..known });
    Res::json(&tag(&app.instance, &shown, true))
}
