//! Async refreshes: <https://docs.joinmastodon.org/methods/async_refreshes/>

use crate::app::App;
use crate::app::refreshes::Refresh;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[get("/api/v1_alpha/async_refreshes/{id}", show, Auth::Scope("read"))];

/// Seconds after which an app may ask.
const RETRY: u8 = 3;

fn show(app: &App, req: &Req) -> Result<Res> {
    let refresh = app.refreshes.find(req.param("id"), app.now()).ok_or_else(Error::not_found)?;
    let status = if refresh.running { "running" } else { "finished" };
    Res::json(&json!({
        "async_refresh": {"id": refresh.id, "status": status, "result_count": refresh.results},
    }))
}

/// Says that more is on its way. Only while it is, as Mastodon does.
pub fn announce(res: Res, refresh: Option<Refresh>) -> Res {
    let value = refresh
        .filter(|r| r.running)
        .map(|r| format!("id=\"{}\", retry={RETRY}, result_count={}", r.id, r.results));
    res.with_some("mastodon-async-refresh", value)
}
