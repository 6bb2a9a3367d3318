//! The inboxes: <https://www.w3.org/TR/activitypub/#inbox>.
//!
//! Here only what decides the answer: is it JSON, and who signed it. The activity then waits in the jobs
//! table, which a crash does not empty, and the worker looks into it.

use super::{followers_sync, is_owners, signature};
use crate::ap::parse::Envelope;
use crate::ap::parse::value::{all, kind};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Account, Job};
use crate::ops::deliver::host;
use crate::ops::domain_blocks::{is_cut_off, is_suspended};
use crate::ops::recovery;
use crate::remote::document;
use crate::store::{accounts, deliveries, jobs};
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    post("/users/{name}/inbox", personal, Auth::Signed),
    post("/inbox", shared, Auth::Signed),
    // Nobody writes to the instance actor; what comes all the same is treated as any other.
    post("/actor/inbox", shared, Auth::Signed),
];

/// Activities of one body that are looked into.
const ITEMS: usize = 20;

fn personal(app: &App, req: &Req) -> Result<Res> {
    is_owners(app, req)?;
    receive(app, req, true)
}

fn shared(app: &App, req: &Req) -> Result<Res> {
    receive(app, req, false)
}

/// The media type is not looked at: servers send several, and the signature covers the bytes.
///
/// Errors: `BadRequest` for what is no activity; `Unauthorized`; `Unavailable`.
fn receive(app: &App, req: &Req, personal: bool) -> Result<Res> {
    let json = document::parse(&req.body).map_err(|e| Error::bad_request(e.public.clone()).because(e))?;
    if matches!(kind(&json), "Collection" | "OrderedCollection") && json.get("actor").is_none() {
        return several(app, req, &json, personal);
    }
    let envelope =
        Envelope::read(json).ok_or_else(|| Error::bad_request("This is no activity with an actor"))?;
    let body =
        std::str::from_utf8(&req.body).map_err(|e| Error::bad_request("The body is not UTF-8").because(e))?;
    // Large servers tell everybody of every account that goes; its key is gone, too, so nothing is fetched.
    if envelope.is_farewell() && app.store.read(|c| accounts::by_uri(c, &envelope.actor))?.is_none() {
        return Ok(accepted());
    }
    // Before anything is asked of that server.
    if app.store.read(|c| is_cut_off(c, &envelope.actor))? {
        return Ok(accepted());
    }
    let signer = signature::signer(app, req)?;
    if is_unwanted(&signer) {
        return Ok(accepted()); // and dropped: they need not know
    }
    followers_sync::compare(app, req, &signer)?;
    let host = host(&signer.uri).unwrap_or_default();
    let job = Job::Inbox { signer: signer.uri.clone(), personal, body: body.to_owned() };
    take(app, &signer, &host, &[job])
}

/// All of it is written down before it is said to be accepted.
fn take(app: &App, by: &Account, host: &str, new: &[Job]) -> Result<Res> {
    if !app.crowds.may_send(host, app.now()) {
        return Err(Error::unavailable("Your server sends much in a short time; please try again later"));
    }
    if app.room.is_full() {
        return Err(Error::unavailable("There is no room here now; please try again later"));
    }
    for job in new {
        if app.store.read(|c| jobs::is_full(c, &job.lane(host)))? {
            return Err(Error::unavailable("Much of your server waits here already; please try again later"));
        }
    }
    app.store.write(|tx| {
        deliveries::host_alive(tx, host)?;
        recovery::tell(app, tx, by, host)?;
        new.iter().try_for_each(|job| jobs::push(tx, host, job))
    })?;
    Ok(accepted())
}

/// A collection of activities in one body, each looked into as if it had come alone. Misskey and PeerTube take that, too.
fn several(app: &App, req: &Req, json: &Value, personal: bool) -> Result<Res> {
    let signer = signature::signer(app, req)?;
    if is_unwanted(&signer) {
        return Ok(accepted());
    }
    let host = host(&signer.uri).unwrap_or_default();
    let items = all(json, "orderedItems").chain(all(json, "items"));
    let items = items.filter(|item| Envelope::read((*item).clone()).is_some()).take(ITEMS);
    let job = |item: &Value| Job::Inbox { signer: signer.uri.clone(), personal, body: item.to_string() };
    take(app, &signer, &host, &items.map(job).collect::<Vec<_>>())
}

fn is_unwanted(signer: &Account) -> bool {
    signer.relation.blocking() || signer.is_owner() || is_suspended(signer)
}

fn accepted() -> Res {
    Res::text(202, "")
}
