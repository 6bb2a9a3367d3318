//! What the server tells of itself: <https://docs.joinmastodon.org/methods/instance/>, .../custom_emojis/,
//! .../directory/, .../health/

use super::entities::account::Accounts;
use super::entities::instance::{Facts, v1, v2};
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::time::DAY;
use crate::store::{accounts, instance};
use serde::Deserialize;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/instance", show_v2, Auth::Public),
    get("/api/v1/instance", show_v1, Auth::Public),
    get("/api/v1/instance/peers", peers, Auth::Public),
    get("/api/v1/instance/activity", activity, Auth::Public),
    get("/api/v1/instance/extended_description", description, Auth::Public),
    get("/api/v1/instance/privacy_policy", privacy, Auth::Public),
    get("/api/v1/directory", directory, Auth::Public),
    get("/health", health, Auth::Public),
];

const WEEK: i64 = 7 * DAY;

fn facts(app: &App) -> Result<Facts> {
    let month_ago = app.now().plus(-30 * DAY);
    app.store.read(|c| {
        let owner = accounts::owner(c)?;
        Ok(Facts {
            settings: instance::settings(c)?,
            domains: accounts::domains(c)?.len(),
            active: owner.last_status_at.is_some_and(|at| at > month_ago),
            owner,
        })
    })
}

fn show_v2(app: &App, _: &Req) -> Result<Res> {
    Res::json(&v2(app, &facts(app)?))
}

fn show_v1(app: &App, _: &Req) -> Result<Res> {
    Res::json(&v1(app, &facts(app)?))
}

/// Ice Cubes decides by this which links it opens itself (pitfall 66).
fn peers(app: &App, _: &Req) -> Result<Res> {
    Res::json(&app.store.read(accounts::domains)?)
}

/// Twelve weeks, newest first; what one person does in which week is not told.
fn activity(app: &App, _: &Req) -> Result<Res> {
    let this_week = app.now().0.div_euclid(WEEK) * WEEK;
    let week = |n: i64| {
        let start = (this_week - n * WEEK) / 1_000;
        json!({"week": start.to_string(), "statuses": "0", "logins": "0", "registrations": "0"})
    };
    Res::json(&(0..12).map(week).collect::<Vec<_>>())
}

/// The owner's bio: whose server this is, says what it is.
fn description(app: &App, _: &Req) -> Result<Res> {
    let owner = app.store.read(accounts::owner)?;
    Res::json(&json!({"updated_at": app.instance.created_at.to_string(), "content": owner.note}))
}

fn privacy(app: &App, _: &Req) -> Result<Res> {
    let content = "<p>This server belongs to one person and keeps no accounts of others. It stores what other \
        servers send it for its owner, and no record of who visits its pages.</p>";
    Res::json(&json!({"updated_at": app.instance.created_at.to_string(), "content": content}))
}

#[derive(Deserialize)]
struct Directory {
    #[serde(default, deserialize_with = "lenient::number")]
    offset: Option<i64>,
}

/// The owner, if they want to be found; others are not ours to list.
fn directory(app: &App, req: &Req) -> Result<Res> {
    let first = req.form::<Directory>()?.offset.unwrap_or(0) <= 0;
    let set = app.store.read(|c| {
        let owner = Some(accounts::owner(c)?).filter(|owner| first && owner.discoverable);
        Accounts::new(c, &app.instance, owner.into_iter().collect())
    })?;
    Res::json(&set)
}

fn health(_: &App, _: &Req) -> Result<Res> {
    Ok(Res::text(200, "OK"))
}
