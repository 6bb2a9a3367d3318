//! Requests of those whose notifications were held back:
//! <https://docs.joinmastodon.org/methods/notifications/#get-requests>

use super::answer;
use super::entities::notification_request::NotificationRequests;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::paging::Prev;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::RowId;
use crate::ops::notification_requests as ops;
use crate::store::notification_requests as requests;
use serde::Deserialize;
use serde_json::json;

const READ: Auth = Auth::Scope("read:notifications");
const WRITE: Auth = Auth::Scope("write:notifications");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/notifications/requests", index, READ),
    get("/api/v1/notifications/requests/{id}", show, READ),
    post("/api/v1/notifications/requests/{id}/accept", accept, WRITE),
    post("/api/v1/notifications/requests/{id}/dismiss", dismiss, WRITE),
    post("/api/v1/notifications/requests/accept", accept_many, WRITE),
    post("/api/v1/notifications/requests/dismiss", dismiss_many, WRITE),
    get("/api/v1/notifications/requests/merged", merged, READ),
];

fn index(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(40);
    let (link, set) = app.store.read(|c| {
        let list = requests::list(c, &page)?;
        let rows: Vec<_> = list.iter().map(|one| (one.row.0, ())).collect();
        let link = answer::link(app, req, &page, Prev::MinId, &rows);
        Ok((link, NotificationRequests::load(c, &app.instance, list)?))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    let set =
        app.store.read(|c| NotificationRequests::load(c, &app.instance, vec![requests::get(c, id)?]))?;
    Res::json(&set.first().ok_or_else(Error::not_found)?)
}

fn accept(app: &App, req: &Req) -> Result<Res> {
    ops::answer_one(app, req.id("id")?, true)?;
    Ok(Res::empty())
}

fn dismiss(app: &App, req: &Req) -> Result<Res> {
    ops::answer_one(app, req.id("id")?, false)?;
    Ok(Res::empty())
}

#[derive(Deserialize)]
struct Many {
    #[serde(default, deserialize_with = "lenient::ids")]
    id: Option<Vec<RowId>>,
}

/// Ice Cubes sends only these, with the ids in the query (pitfall 11). Ids of no request are left out.
fn accept_many(app: &App, req: &Req) -> Result<Res> {
    ops::accept(app, &req.form::<Many>()?.id.unwrap_or_default())?;
    Ok(Res::empty())
}

fn dismiss_many(app: &App, req: &Req) -> Result<Res> {
    ops::dismiss(app, &req.form::<Many>()?.id.unwrap_or_default())?;
    Ok(Res::empty())
}

/// Apps ask again until it is true, and then read the list anew.
fn merged(app: &App, _: &Req) -> Result<Res> {
    Res::json(&json!({"merged": app.store.read(ops::is_merged)?}))
}
