//! Quotes of a status, and who may quote it: <https://docs.joinmastodon.org/methods/statuses/#quotes>

use super::answer;
use super::entities::status::Statuses;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::paging::Prev;
use crate::http::route::{get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Viewer;
use crate::ops::{quotes as ops, visibility};
use crate::store::quotes;
use serde::Deserialize;

const WRITE: Auth = Auth::Scope("write:statuses");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/statuses/{id}/quotes", index, Auth::Scope("read:statuses")),
    post("/api/v1/statuses/{id}/quotes/{quoting_status_id}/revoke", revoke, WRITE),
    // PUT and PATCH are the same route upstream (pitfall 14).
    put("/api/v1/statuses/{id}/interaction_policy", interaction_policy, WRITE),
    patch("/api/v1/statuses/{id}/interaction_policy", interaction_policy, WRITE),
];

/// Those that the author agreed to, paged by hidden ids (pitfall 4).
fn index(app: &App, req: &Req) -> Result<Res> {
    let (id, page, me) = (req.id("id")?, req.page(20), &app.instance);
    let (link, set) = app.store.read(|c| {
        let status = visibility::visible(c, Viewer::Owner, me.owner, id)?;
        let rows = quotes::accepted(c, status.reblog_of.unwrap_or(status.id), &page)?;
        let link = answer::link(app, req, &page, Prev::SinceId, &rows);
        let list = rows.into_iter().map(|(_, status)| status).collect();
        Ok((link, Statuses::load(c, me, Viewer::Owner, list)?.without_hidden(app.now())))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

/// Answers the quoting status.
fn revoke(app: &App, req: &Req) -> Result<Res> {
    let quoting = ops::revoke(app, req.id("id")?, req.id("quoting_status_id")?)?;
    answer::status(app, Viewer::Owner, quoting)
}

#[derive(Deserialize)]
struct Policy {
    #[serde(default, deserialize_with = "lenient::filled")]
    quote_approval_policy: Option<String>,
}

fn interaction_policy(app: &App, req: &Req) -> Result<Res> {
    let policy = req.form::<Policy>()?.quote_approval_policy;
    let status = ops::set_policy(app, req.id("id")?, policy.as_deref())?;
    answer::status(app, Viewer::Owner, status)
}
