//! The door for other servers: what they read of the owner, and what they send.

pub mod actor;
pub mod collections;
pub mod dispatch;
pub mod handlers;
pub mod inbox;
pub mod nodeinfo;
pub mod objects;
pub mod quote_authorizations;
pub mod signature;
pub mod webfinger;

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::{Req, Route};

pub const ROUTES: &[&[Route<App>]] = &[
    actor::ROUTES,
    inbox::ROUTES,
    objects::ROUTES,
    quote_authorizations::ROUTES,
    collections::ROUTES,
    webfinger::ROUTES,
    nodeinfo::ROUTES,
];

/// Every path below `/users/{name}` is the owner's or nobody's. Case does not matter.
///
/// Errors: `NotFound`.
fn is_owners(app: &App, req: &Req) -> Result<()> {
    if req.param("name").eq_ignore_ascii_case(&app.instance.username) {
        return Ok(());
    }
    Err(Error::not_found())
}
