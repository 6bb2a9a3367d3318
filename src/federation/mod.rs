//! The door for other servers: what they read of the owner, and what they send.

pub mod actor;
pub mod collections;
pub mod dispatch;
pub mod doctor;
pub mod followers_sync;
pub mod handlers;
pub mod inbox;
pub mod nodeinfo;
pub mod objects;
pub mod quote_authorizations;
pub mod reply_authorizations;
pub mod signature;
pub mod webfinger;

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::{Req, Res, Route};

pub const ROUTES: &[&[Route<App>]] = &[
    actor::ROUTES,
    doctor::ROUTES,
    inbox::ROUTES,
    followers_sync::ROUTES,
    objects::ROUTES,
    quote_authorizations::ROUTES,
    reply_authorizations::ROUTES,
    collections::ROUTES,
    webfinger::ROUTES,
    nodeinfo::ROUTES,
];

/// Where the operator wants it, documents are for those who sign for them, and for nobody whom the owner blocked, alone or
/// with their server. Actors, WebFinger and NodeInfo never ask: who verifies a signature needs those.
///
/// Errors: `Unauthorized`; `NotFound` for the blocked; `Unavailable` when their key cannot be had now.
fn may_read(app: &App, req: &Req) -> Result<()> {
    if !app.config.authorized_fetch {
        return Ok(());
    }
    let signer = signature::signer(app, req)?;
    if signer.relation.blocking() || signer.relation.domain_blocked {
        return Err(Error::not_found());
    }
    Ok(())
}

/// A document for whoever may read it; in a cache only where that is everybody.
fn document(app: &App, value: &serde_json::Value) -> Result<Res> {
    if app.config.authorized_fetch { for_the_asker(value) } else { Res::activity(value) }
}

/// A document that no cache may keep.
fn for_the_asker(value: &serde_json::Value) -> Result<Res> {
    let res = Res::json_as("application/activity+json; charset=utf-8", value)?;
    Ok(res.with("vary", "Accept, Signature").with("cache-control", "private, no-store"))
}

/// Every path below `/users/{name}` is the owner's or nobody's. Case does not matter.
///
/// Errors: `NotFound`.
fn is_owners(app: &App, req: &Req) -> Result<()> {
    if req.param("name").eq_ignore_ascii_case(&app.instance.username) {
        return Ok(());
    }
    Err(Error::not_found())
}
