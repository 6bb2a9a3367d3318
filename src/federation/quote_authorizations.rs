//! The owner's leave for a quote, as others read it (FEP-044f):
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>

use super::{is_owners, may_read};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::{QuoteState, RowId};
use crate::store::{quotes, statuses};

pub const ROUTES: &[Route<App>] = &[get("/users/{name}/quote_authorizations/{id}", show, Auth::Public)];

/// It holds as long as the quote is accepted and both posts are there. The post is for everybody: others are
/// quoted by nobody.
fn show(app: &App, req: &Req) -> Result<Res> {
    is_owners(app, req)?;
    may_read(app, req)?;
    let row: RowId = req.id("id")?;
    let (quote, quoting, quoted) = app.store.read(|c| {
        let quote = quotes::by_row(c, row)?.ok_or_else(Error::not_found)?;
        let quoted = statuses::get(c, quote.quoted.ok_or_else(Error::not_found)?)?;
        let quoting = statuses::get(c, quote.status)?;
        Ok((quote, quoting, quoted))
    })?;
    // An own quote of an own post needs no leave, and there is none to read.
    if !quoted.local || quoting.local || !quoted.visibility.is_open() {
        return Err(Error::not_found());
    }
    match quote.state {
        QuoteState::Accepted => {
            let stamp = build::quote_authorization(&app.instance, &quote, &quoting.uri, &quoted.uri);
            let res = Res::json_as("application/activity+json; charset=utf-8", &stamp)?;
            // Mastodon's number: what was taken back is not to be read out of a cache for long.
            Ok(res.with("cache-control", "public, max-age=30"))
        }
        QuoteState::Revoked => Err(Error::new(Kind::Gone, "This was taken back")),
        _ => Err(Error::not_found()),
    }
}
