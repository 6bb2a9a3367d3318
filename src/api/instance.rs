//! What the server tells of itself: <https://docs.joinmastodon.org/methods/instance/>, .../health/

use super::entities::instance::{Facts, rules, v1, v2};
use super::entities::languages::languages;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::time::DAY;
use crate::model::{Place, StatusId, Timestamp};
use crate::ops::place;
use crate::store::{accounts, domains, instance};
use crate::text;
use serde::Deserialize;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/instance", show_v2, Auth::Public),
    get("/api/v1/instance", show_v1, Auth::Public).deprecated(1_668_384_000), // 2022-11-14
    get("/api/v1/instance/peers", peers, Auth::Public),
    get("/api/v1/instance/activity", activity, Auth::Public),
    get("/api/v1/instance/extended_description", description, Auth::Public),
    get("/api/v1/instance/privacy_policy", privacy, Auth::Public),
    get("/api/v1/instance/terms_of_service", terms, Auth::Public),
    get("/api/v1/instance/terms_of_service/{date}", terms, Auth::Public),
    get("/api/v1/instance/rules", list_rules, Auth::Public),
    get("/api/v1/instance/languages", list_languages, Auth::Public),
    get("/api/v1/peers/search", search_peers, Auth::Public),
    get("/health", health, Auth::Public),
];

const WEEK: i64 = 7 * DAY;
const WEEKS: i64 = 12;
/// Servers that are told of: more than most know.
const PEERS: i64 = 20_000;
/// Servers that a search finds; Mastodon's number.
const FOUND_PEERS: i64 = 10;

/// Counting the servers costs a step a server, and only the old form tells their number.
fn facts(app: &App, count: bool) -> Result<Facts> {
    let month_ago = app.now().plus(-30 * DAY);
    app.store.read(|c| {
        let owner = accounts::owner(c)?;
        Ok(Facts {
            settings: instance::settings(c)?,
            domains: if count { domains::starting_with(c, "", PEERS)?.len() } else { 0 },
            active: owner.last_status_at.is_some_and(|at| at > month_ago),
            owner,
        })
    })
}

fn show_v2(app: &App, _: &Req) -> Result<Res> {
    Res::json(&v2(app, &facts(app, false)?))
}

fn show_v1(app: &App, _: &Req) -> Result<Res> {
    Res::json(&v1(app, &facts(app, true)?))
}

/// Ice Cubes decides by this which links it opens itself (pitfall 66).
fn peers(app: &App, _: &Req) -> Result<Res> {
    Res::json(&app.store.read(|c| domains::starting_with(c, "", PEERS))?)
}

/// Twelve weeks, newest first: how often the owner posted for everybody, which everybody can count.
fn activity(app: &App, _: &Req) -> Result<Res> {
    let this_week = app.now().0.div_euclid(WEEK) * WEEK;
    let weeks = app.store.read(|c| {
        let week = |n: i64| {
            let (start, end) = (this_week - n * WEEK, this_week - (n - 1) * WEEK);
            let first = |at: i64| StatusId(at.max(0) << 16);
            let statuses = instance::public_posts(c, first(start), first(end))?;
            let logins = u8::from(app.instance.created_at < Timestamp(end)); // the owner's
            let start = start / 1_000;
            Ok(json!({"week": start.to_string(), "statuses": statuses.to_string(),
                "logins": logins.to_string(), "registrations": "0"}))
        };
        (0..WEEKS).map(week).collect::<Result<Vec<_>>>()
    })?;
    Res::json(&weeks)
}

#[derive(Deserialize)]
struct SearchPeers {
    #[serde(default, deserialize_with = "lenient::filled")]
    q: Option<String>,
}

/// Servers whose names begin so.
fn search_peers(app: &App, req: &Req) -> Result<Res> {
    let q = req.form::<SearchPeers>()?.q.unwrap_or_default().trim().to_lowercase();
    let found = match q.is_empty() {
        true => Vec::new(),
        false => app.store.read(|c| domains::starting_with(c, &q, FOUND_PEERS))?,
    };
    Res::json(&found)
}

fn list_languages(_: &App, _: &Req) -> Result<Res> {
    Res::json(&languages().collect::<Vec<_>>())
}

/// What the owner says of this place; else the bio: whose server this is, says what it is.
fn description(app: &App, _: &Req) -> Result<Res> {
    let (owner, said) = app.store.read(|c| Ok((accounts::owner(c)?, instance::settings(c)?.place)))?;
    let content = if said.about.is_empty() { owner.note } else { text::prose(&said.about) };
    Res::json(&json!({"updated_at": changed(app, &said).to_string(), "content": content}))
}

fn privacy(app: &App, _: &Req) -> Result<Res> {
    let said = place::get(app)?;
    let content = text::prose(&place::privacy(app, &said));
    Res::json(&json!({"updated_at": changed(app, &said).to_string(), "content": content}))
}

/// There is one version of them: the one that is in effect.
fn terms(app: &App, req: &Req) -> Result<Res> {
    let said = place::get(app)?;
    let date = changed(app, &said).to_jiff().strftime("%Y-%m-%d").to_string();
    if !matches!(req.param("date"), "" | "latest") && req.param("date") != date {
        return Err(Error::not_found());
    }
    let content = text::prose(&place::terms(app, &said));
    Res::json(&json!({"effective_date": date, "effective": true, "content": content, "succeeded_by": null}))
}

fn list_rules(app: &App, _: &Req) -> Result<Res> {
    Res::json(&rules(&place::get(app)?))
}

fn changed(app: &App, said: &Place) -> Timestamp {
    said.changed_at.map_or(app.instance.created_at, Timestamp)
}

fn health(_: &App, _: &Req) -> Result<Res> {
    Ok(Res::text(200, "OK"))
}
