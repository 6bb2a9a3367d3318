//! Markers: <https://docs.joinmastodon.org/methods/markers/>

use super::entities::marker::marker;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::store::markers::{self, Marker};
use serde::Deserialize;
use std::collections::BTreeMap;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/markers", show, Auth::Scope("read:statuses")),
    post("/api/v1/markers", save, Auth::Scope("write:statuses")),
];

#[derive(Deserialize)]
struct Which {
    #[serde(default, deserialize_with = "lenient::texts")]
    timeline: Option<Vec<String>>,
}

/// A marker that was never set is no key of the answer (pitfall 89).
fn show(app: &App, req: &Req) -> Result<Res> {
    let wanted = req.form::<Which>()?.timeline.unwrap_or_default();
    let found = app.store.read(markers::everything)?;
    answer(found.iter().filter(|m| wanted.contains(&m.timeline)))
}

#[derive(Deserialize)]
struct Save {
    home: Option<Position>,
    notifications: Option<Position>,
}

#[derive(Deserialize)]
struct Position {
    /// What is no number is left out: it could not be compared with anything.
    #[serde(default, deserialize_with = "lenient::number")]
    last_read_id: Option<i64>,
}

/// Mastodon answers 409 when two apps save at the same moment; here writes wait for each other, and each is
/// counted in the version.
fn save(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Save>()?;
    let given = [("home", form.home), ("notifications", form.notifications)];
    let saved = app.store.write(|tx| {
        let mut saved = Vec::new();
        for (timeline, position) in given {
            if let Some(id) = position.and_then(|p| p.last_read_id) {
                saved.push(markers::set(tx, timeline, &id.max(0).to_string())?);
            }
        }
        Ok(saved)
    })?;
    answer(saved.iter())
}

fn answer<'a>(markers: impl Iterator<Item = &'a Marker>) -> Result<Res> {
    Res::json(&markers.map(|m| (m.timeline.as_str(), marker(m))).collect::<BTreeMap<_, _>>())
}
