//! Scheduled statuses: <https://docs.joinmastodon.org/methods/scheduled_statuses/>

use super::answer;
use super::entities::scheduled_status::{ScheduledStatus, scheduled_status};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::paging::Prev;
use crate::http::route::{delete, get, patch, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::schedule;
use crate::ops::statuses::NewStatus;
use crate::store::{media, scheduled};
use serde::Deserialize;

const READ: Auth = Auth::Scope("read:statuses");
const WRITE: Auth = Auth::Scope("write:statuses");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/scheduled_statuses", list, READ),
    get("/api/v1/scheduled_statuses/{id}", show, READ),
    put("/api/v1/scheduled_statuses/{id}", update, WRITE),
    patch("/api/v1/scheduled_statuses/{id}", update, WRITE),
    delete("/api/v1/scheduled_statuses/{id}", remove, WRITE),
];

fn list(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(20);
    let found = app.store.read(|c| scheduled::list(c, &page))?;
    let rows: Vec<(i64, ())> = found.iter().map(|planned| (planned.id.0, ())).collect();
    let link = answer::link(app, req, &page, Prev::MinId, &rows);
    Ok(shown(app, &found, |list| Res::json(list))?.with_some("link", link))
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    one(app, app.store.read(|c| scheduled::get(c, id))?)
}

/// One scheduled status.
pub fn one(app: &App, planned: Scheduled) -> Result<Res> {
    shown(app, &[planned], |list| Res::json(&list.first().ok_or_else(Error::not_found)?))
}

/// Renders scheduled statuses with their pictures.
fn shown(
    app: &App,
    list: &[Scheduled],
    render: impl FnOnce(&Vec<ScheduledStatus<'_>>) -> Result<Res>,
) -> Result<Res> {
    let ids: Vec<ScheduledId> = list.iter().map(|planned| planned.id).collect();
    let kept = app.store.read(|c| media::of_scheduled(c, &ids))?;
    let params = list.iter().map(schedule::params).collect::<Result<Vec<NewStatus>>>()?;
    let both = list.iter().zip(&params);
    render(
        &both
            .map(|(planned, new)| {
                let media = kept.get(&planned.id).map_or(&[][..], Vec::as_slice);
                scheduled_status(&app.instance, planned, new, media)
            })
            .collect(),
    )
}

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::filled")]
    scheduled_at: Option<String>,
}

/// Only the time can be changed; without one, nothing is.
fn update(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    match req.form::<Form>()?.scheduled_at {
        Some(at) => one(app, schedule::move_to(app, id, time(&at)?)?),
        None => show(app, req),
    }
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    schedule::cancel(app, req.id("id")?)?;
    Ok(Res::empty())
}

/// A time as apps write it; one without an offset is in UTC.
///
/// Errors: `Invalid` for what is none.
pub fn time(text: &str) -> Result<Timestamp> {
    let at =
        Timestamp::parse_rfc3339(text).or_else(|| Timestamp::parse_rfc3339(&format!("{}Z", text.trim())));
    at.ok_or_else(|| Error::invalid("Validation failed: Scheduled at is invalid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_an_offset_is_in_utc() {
        let expected = Timestamp::parse_rfc3339("2030-01-01T10:00:00Z").unwrap();
        for text in [
            "2030-01-01T10:00:00.000Z",
            "2030-01-01T12:00:00+02:00",
            "2030-01-01T10:00:00",
            "2030-01-01 10:00",
        ] {
            assert_eq!(time(text).unwrap(), expected, "{text}");
        }
        assert!(time("tomorrow").is_err());
    }
}
