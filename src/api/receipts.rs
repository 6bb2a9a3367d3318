//! What became of an own post on its way: not Mastodon's, so below `/api/v1/taure/`.
//!
//! `GET /api/v1/taure/statuses/:id/receipts` answers `{total, delivered, retrying, failed, hosts_down, undelivered:
//! [{host, inbox, state, attempts, answer, reason, updated_at, down_since}]}`; `POST .../retry` tries at once whatever
//! has not arrived.

use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::StatusId;
use crate::ops::receipts::{self, Receipts};
use crate::store::deliveries::Undelivered;
use serde_json::{Value, json};

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/taure/statuses/{id}/receipts", show, Auth::Scope("read:statuses")),
    post("/api/v1/taure/statuses/{id}/receipts/retry", retry, Auth::Scope("write:statuses")),
];

fn show(app: &App, req: &Req) -> Result<Res> {
    answer(app, req.id("id")?)
}

fn retry(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    receipts::retry(app, id)?;
    answer(app, id)
}

fn answer(app: &App, id: StatusId) -> Result<Res> {
    let Receipts { sums, down, undelivered, .. } = receipts::of(app, id)?;
    Res::json(&json!({
        "total": sums.total(),
        "delivered": sums.delivered,
        "retrying": sums.waiting,
        "failed": sums.failed,
        "hosts_down": down,
        "undelivered": undelivered.iter().map(one).collect::<Vec<_>>(),
    }))
}

fn one(of: &Undelivered) -> Value {
    json!({
        "host": of.host,
        "inbox": of.inbox,
        "state": if of.failed { "failed" } else { "retrying" },
        "attempts": of.attempts,
        "answer": of.answer,
        "reason": of.reason,
        "updated_at": of.updated_at.to_string(),
        "down_since": of.down_since.map(|at| at.to_string()),
    })
}
