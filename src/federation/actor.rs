//! The actor documents: <https://www.w3.org/TR/activitypub/#actors>.
//!
//! They never ask for a signature: who verifies one needs the key that stands here, and two servers that
//! both asked would wait for each other for ever.

use super::is_owners;
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::Emoji;
use crate::ops::profile;
use crate::store::{accounts, emojis, instance as instance_row};

pub const ROUTES: &[Route<App>] = &[
    get("/users/{name}", owner, Auth::Public).activity(),
    // The page's address, given by people who paste it.
    get("/@{name}", owner, Auth::Public).activity(),
    // What GoToSocial's keys are called, and where they are looked for.
    get("/users/{name}/main-key", owner, Auth::Public),
    get("/emojis/{shortcode}", emoji, Auth::Public),
    get("/actor", instance, Auth::Public),
    get("/actor/outbox", instance_outbox, Auth::Public),
];

fn owner(app: &App, req: &Req) -> Result<Res> {
    is_owners(app, req)?;
    let (account, settings) = app.store.read(|c| Ok((accounts::owner(c)?, instance_row::settings(c)?)))?;
    Res::activity(&build::actor(&app.instance, &profile::document(app, &account, &settings)?))
}

/// A custom emoji of the owner's.
fn emoji(app: &App, req: &Req) -> Result<Res> {
    let found = app.store.read(|c| emojis::by_shortcode(c, req.param("shortcode")))?;
    let found = found.ok_or_else(Error::not_found)?;
    let url = app.instance.at(&format!("/media/{}", found.blob));
    let emoji = Emoji { shortcode: found.shortcode, url };
    Res::activity(&build::emoji_document(&app.instance, &emoji, found.updated_at))
}

fn instance(app: &App, _: &Req) -> Result<Res> {
    let pem = app.keys.signing().instance.key.public().to_pem()?;
    Res::activity(&build::instance_actor(&app.instance, &pem))
}

/// It says nothing, but Lemmy wants it to have an outbox.
fn instance_outbox(app: &App, _: &Req) -> Result<Res> {
    let id = format!("{}/outbox", app.instance.instance_actor());
    Res::activity(&build::ordered_items(&id, Vec::new()))
}
