//! Lists: <https://docs.joinmastodon.org/methods/lists/>

use super::answer;
use super::entities::list::list;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{AccountId, Page};
use crate::store::lists::{self, RepliesPolicy};
use serde::Deserialize;

const READ: Auth = Auth::Scope("read:lists");
const WRITE: Auth = Auth::Scope("write:lists");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/lists", index, READ),
    post("/api/v1/lists", create, WRITE),
    get("/api/v1/lists/{id}", show, READ),
    put("/api/v1/lists/{id}", update, WRITE),
    patch("/api/v1/lists/{id}", update, WRITE),
    delete("/api/v1/lists/{id}", remove, WRITE),
    get("/api/v1/lists/{id}/accounts", members, READ),
    post("/api/v1/lists/{id}/accounts", add, WRITE),
    delete("/api/v1/lists/{id}/accounts", take_out, WRITE),
];

/// `limit=0` asks for all members: Ice Cubes and Tusky do (pitfalls 8, 98).
const ALL: i64 = 10_000;
const TITLE_LIMIT: usize = 256;
/// Mastodon's number.
const LISTS: usize = 50;

fn index(app: &App, _: &Req) -> Result<Res> {
    let found = app.store.read(lists::everyone)?;
    Res::json(&found.iter().map(list).collect::<Vec<_>>())
}

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    replies_policy: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    exclusive: Option<bool>,
}

impl Form {
    fn policy(&self) -> Result<Option<RepliesPolicy>> {
        let Some(name) = &self.replies_policy else { return Ok(None) };
        let known = RepliesPolicy::parse(name);
        known
            .map(Some)
            .ok_or_else(|| Error::invalid("Validation failed: Replies policy is not included in the list"))
    }
}

fn checked(title: &str) -> Result<&str> {
    match title.trim() {
        "" => Err(Error::invalid("Validation failed: Title can't be blank")),
        title if title.chars().count() > TITLE_LIMIT => Err(Error::invalid(format!(
            "Validation failed: Title is too long (maximum is {TITLE_LIMIT} characters)"
        ))),
        title => Ok(title),
    }
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Form>()?;
    let title = checked(form.title.as_deref().unwrap_or_default())?;
    let policy = form.policy()?.unwrap_or_default();
    let made = app.store.write(|tx| {
        if lists::everyone(tx)?.len() >= LISTS {
            return Err(Error::invalid("Validation failed: You have reached the maximum number of lists"));
        }
        lists::insert(tx, title, policy, form.exclusive == Some(true))
    })?;
    Res::json(&list(&made))
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    Res::json(&list(&app.store.read(|c| lists::get(c, id))?))
}

fn update(app: &App, req: &Req) -> Result<Res> {
    let (id, form) = (req.id("id")?, req.form::<Form>()?);
    let title = form.title.as_deref().map(checked).transpose()?;
    let policy = form.policy()?;
    let changed = app.store.write(|tx| {
        let mut changed = lists::get(tx, id)?;
        changed.title = title.map_or(changed.title, str::to_owned);
        changed.replies_policy = policy.unwrap_or(changed.replies_policy);
        changed.exclusive = form.exclusive.unwrap_or(changed.exclusive);
        lists::update(tx, &changed)?;
        Ok(changed)
    })?;
    Res::json(&list(&changed))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    if app.store.write(|tx| lists::delete(tx, id))?.made() {
        Ok(Res::empty())
    } else {
        Err(Error::not_found())
    }
}

fn members(app: &App, req: &Req) -> Result<Res> {
    let (id, everybody) = (req.id("id")?, req.query_text("limit").as_deref() == Some("0"));
    let page = if everybody { Page::newest(ALL) } else { req.page(40) };
    let mut res = answer::accounts(app, req, &page, |c| {
        lists::get(c, id)?;
        lists::members(c, id, &page)
    })?;
    if everybody {
        res.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("link")); // there is no other page
    }
    Ok(res)
}

/// A DELETE carries it in the body or in the query (pitfall 13).
#[derive(Deserialize)]
struct Members {
    #[serde(default, deserialize_with = "lenient::ids")]
    account_ids: Option<Vec<AccountId>>,
}

fn add(app: &App, req: &Req) -> Result<Res> {
    let (id, accounts) = (req.id("id")?, req.form::<Members>()?.account_ids.unwrap_or_default());
    app.store.write(|tx| {
        lists::get(tx, id)?;
        lists::add(tx, id, &accounts)
    })?;
    Ok(Res::empty())
}

fn take_out(app: &App, req: &Req) -> Result<Res> {
    let (id, accounts) = (req.id("id")?, req.form::<Members>()?.account_ids.unwrap_or_default());
    app.store.write(|tx| {
        lists::get(tx, id)?;
        lists::remove(tx, id, &accounts)
    })?;
    Ok(Res::empty())
}
