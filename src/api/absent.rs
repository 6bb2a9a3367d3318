//! What apps ask for and this server does not have: an empty list where that is the whole truth, 404
//! where the thing itself is missing. Nothing that writes pretends to have written.

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};

const ACCOUNTS: Auth = Auth::Scope("read:accounts");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/donation_campaigns", no_campaign, Auth::App),
    get("/api/v1/emails/check_confirmation", confirmed, ACCOUNTS),
    // Nobody signs up on a server for one (registrations.enabled is false).
    post("/api/v1/accounts", not_allowed, Auth::Public),
    post("/api/v1/emails/confirmations", not_allowed, Auth::App),
];

/// The one empty answer without a body (pitfall 26).
fn no_campaign(_: &App, _: &Req) -> Result<Res> {
    Ok(Res::text(204, ""))
}

/// The owner has no address that waits for its confirmation.
fn confirmed(_: &App, _: &Req) -> Result<Res> {
    Res::json(&true)
}

fn not_allowed(_: &App, _: &Req) -> Result<Res> {
    Err(Error::forbidden("This action is not allowed"))
}
