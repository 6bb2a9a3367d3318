//! The actor documents: <https://www.w3.org/TR/activitypub/#actors>.
//!
//! They never ask for a signature: who verifies one needs the key that stands here, and two servers that
//! both asked would wait for each other for ever.

use super::is_owners;
use crate::ap::build;
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::ops::profile;
use crate::store::accounts;

pub const ROUTES: &[Route<App>] = &[
    get("/users/{name}", owner, Auth::Public).activity(),
    // The page's address, given by people who paste it.
    get("/@{name}", owner, Auth::Public).activity(),
    get("/actor", instance, Auth::Public),
    get("/actor/outbox", instance_outbox, Auth::Public),
];

fn owner(app: &App, req: &Req) -> Result<Res> {
    is_owners(app, req)?;
    let account = app.store.read(accounts::owner)?;
    Res::activity(&build::actor(&app.instance, &profile::document(app, &account)?))
}

fn instance(app: &App, _: &Req) -> Result<Res> {
    let pem = app.keys.instance.key.public().to_pem()?;
    Res::activity(&build::instance_actor(&app.instance, &pem))
}

/// It says nothing, but Lemmy wants it to have an outbox.
fn instance_outbox(app: &App, _: &Req) -> Result<Res> {
    let id = format!("{}/outbox", app.instance.instance_actor());
    Res::activity(&build::ordered_items(&id, Vec::new()))
}
