//! Others' pictures, films and sounds, through us: `/proxy/CODE/host/path`, only for addresses that we signed.

use super::assets::{INERT, unless_known};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Body, Req, Res, Route, range};
use crate::ops::proxy::{self, Shown};

pub const ROUTES: &[Route<App>] = &[get("/proxy/{code}/{*rest}", show, Auth::Public)];

/// A week: what an address elsewhere shows may change.
const WEEK: &str = "public, max-age=604800";

/// Errors: `NotFound` for an address that we did not sign.
fn show(app: &App, req: &Req) -> Result<Res> {
    let proxied = app.instance.proxied.as_ref().ok_or_else(Error::not_found)?;
    let url = proxied.address(&req.target).ok_or_else(Error::not_found)?;
    // Only what is kept has a tag to compare with: a part of another version would not fit to what the player has.
    let range = req.header("range").filter(|_| req.header("if-range").is_none());
    match proxy::show(app, &url, range, req.client)? {
        Shown::Asked(asked) => {
            Ok(Res { status: 200, headers: Vec::new(), body: Body::Asked(Box::new(asked)) })
        }
        Shown::Kept(file, row) => {
            let etag = format!("\"{}-{}\"", &row.file[3..19], row.fetched_at.0);
            let bytes = u64::try_from(row.bytes).unwrap_or(0);
            let res = answer(200, &row.mime, Body::File(file, bytes));
            range::answer(req, unless_known(req, &etag, res))
        }
    }
}

/// The answer for a file of somebody else's: it is shown, and does nothing.
pub fn answer(status: u16, mime: &str, body: Body) -> Res {
    let res = Res { status, headers: vec![("content-type", mime.to_owned())], body };
    res.with("cache-control", WEEK)
        .with("content-security-policy", INERT)
        .with("content-disposition", "inline")
        // Web clients on other origins draw pictures into a canvas.
        .with("access-control-allow-origin", "*")
        .with("cross-origin-resource-policy", "cross-origin")
}
