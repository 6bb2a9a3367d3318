//! `/metrics`, for Prometheus and whatever reads its format. There is no such page unless the operator sets `metrics_token`.
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::ops::overview;
use subtle::ConstantTimeEq;

pub const ROUTES: &[Route<App>] = &[get("/metrics", metrics, Auth::Public)];

/// Errors: `NotFound` for whoever does not have the token, so that it does not look like a door.
fn metrics(app: &App, req: &Req) -> Result<Res> {
    let wanted = app.config.metrics_token.as_deref().ok_or_else(Error::not_found)?;
    let given = req.header("authorization").and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
    if given.as_bytes().ct_eq(wanted.as_bytes()).unwrap_u8() != 1 {
        return Err(Error::not_found());
    }
    Ok(Res::new(200, "text/plain; version=0.0.4; charset=utf-8", overview::metrics(app)?)
        .with("cache-control", "no-store"))
}
