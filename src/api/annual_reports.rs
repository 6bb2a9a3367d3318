//! Annual reports: <https://docs.joinmastodon.org/methods/annual_reports/>

use super::entities::annual_report::annual_reports;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::annual_reports::{self as ops, State};
use crate::store;
use serde_json::json;

const READ: Auth = Auth::Scope("read:accounts");
const WRITE: Auth = Auth::Scope("write:accounts");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/annual_reports", unread, READ),
    get("/api/v1/annual_reports/{year}", show, READ),
    get("/api/v1/annual_reports/{year}/state", state, READ),
    post("/api/v1/annual_reports/{year}/generate", generate, WRITE),
    post("/api/v1/annual_reports/{year}/read", read, WRITE),
];

/// Those that the owner has not read yet.
fn unread(app: &App, _: &Req) -> Result<Res> {
    let reports = app.store.read(store::annual_reports::unread)?;
    Res::json(&annual_reports(app, &reports)?)
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let year = req.id("year")?;
    let report = app.store.read(|c| store::annual_reports::get(c, year))?;
    let report = report.filter(|r| r.data.is_some()).ok_or_else(Error::not_found)?;
    Res::json(&annual_reports(app, &[report])?)
}

fn state(app: &App, req: &Req) -> Result<Res> {
    Res::json(&json!({"state": ops::state(app, req.id("year")?)?.as_str()}))
}

/// 202 while it is being made; what cannot or need not be made is no error, as upstream.
fn generate(app: &App, req: &Req) -> Result<Res> {
    let state = ops::generate(app, req.id("year")?)?;
    Ok(if state == State::Generating { Res::empty().status(202) } else { Res::empty() })
}

fn read(app: &App, req: &Req) -> Result<Res> {
    ops::read(app, req.id("year")?)?;
    Ok(Res::empty())
}
