//! Lists: <https://docs.joinmastodon.org/methods/lists/>

use super::answer;
use super::entities::list::list;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{AccountId, Page};
use crate::ops::lists::{self as ops, ListChange};
use crate::store::lists;
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
    fn change(self) -> Result<ListChange> {
        let replies_policy = self.replies_policy.as_deref().map(ops::policy).transpose()?;
        Ok(ListChange { title: self.title, replies_policy, exclusive: self.exclusive })
    }
}

fn create(app: &App, req: &Req) -> Result<Res> {
    Res::json(&list(&ops::create(app, &req.form::<Form>()?.change()?)?))
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    Res::json(&list(&app.store.read(|c| lists::get(c, id))?))
}

fn update(app: &App, req: &Req) -> Result<Res> {
    Res::json(&list(&ops::update(app, req.id("id")?, req.form::<Form>()?.change()?)?))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    ops::delete(app, req.id("id")?)?;
    Ok(Res::empty())
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
