//! What the owner does with a status: <https://docs.joinmastodon.org/methods/statuses/>
//!
//! Every answer is the status as it now is, counters and marks already changed (pitfall 47).

use super::answer;
use super::profile::visibility;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Status, Viewer};
use crate::ops::{boosts, favourites, statuses};
use serde::Deserialize;

const FAVOURITES: Auth = Auth::Scope("write:favourites");
const STATUSES: Auth = Auth::Scope("write:statuses");
const BOOKMARKS: Auth = Auth::Scope("write:bookmarks");
const MUTES: Auth = Auth::Scope("write:mutes");
const ACCOUNTS: Auth = Auth::Scope("write:accounts");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/statuses/{id}/favourite", favourite, FAVOURITES),
    post("/api/v1/statuses/{id}/unfavourite", unfavourite, FAVOURITES),
    post("/api/v1/statuses/{id}/reblog", reblog, STATUSES),
    post("/api/v1/statuses/{id}/unreblog", unreblog, STATUSES),
    post("/api/v1/statuses/{id}/bookmark", bookmark, BOOKMARKS),
    post("/api/v1/statuses/{id}/unbookmark", unbookmark, BOOKMARKS),
    post("/api/v1/statuses/{id}/mute", mute, MUTES),
    post("/api/v1/statuses/{id}/unmute", unmute, MUTES),
    post("/api/v1/statuses/{id}/pin", pin, ACCOUNTS),
    post("/api/v1/statuses/{id}/unpin", unpin, ACCOUNTS),
];

fn shown(app: &App, status: Status) -> Result<Res> {
    answer::status(app, Viewer::Owner, status)
}

fn favourite(app: &App, req: &Req) -> Result<Res> {
    shown(app, favourites::add(app, req.id("id")?)?)
}

fn unfavourite(app: &App, req: &Req) -> Result<Res> {
    shown(app, favourites::remove(app, req.id("id")?)?)
}

#[derive(Deserialize)]
struct Reblog {
    #[serde(default, deserialize_with = "lenient::filled")]
    visibility: Option<String>,
}

/// Answers the boost, with the original inside (pitfall 46).
fn reblog(app: &App, req: &Req) -> Result<Res> {
    let wanted = req.form::<Reblog>()?.visibility.as_deref().map(visibility).transpose()?;
    shown(app, boosts::add(app, req.id("id")?, wanted)?)
}

/// Answers the original.
fn unreblog(app: &App, req: &Req) -> Result<Res> {
    shown(app, boosts::remove(app, req.id("id")?)?)
}

fn bookmark(app: &App, req: &Req) -> Result<Res> {
    shown(app, statuses::set_bookmarked(app, req.id("id")?, true)?)
}

fn unbookmark(app: &App, req: &Req) -> Result<Res> {
    shown(app, statuses::set_bookmarked(app, req.id("id")?, false)?)
}

fn mute(app: &App, req: &Req) -> Result<Res> {
    shown(app, statuses::set_muted(app, req.id("id")?, true)?)
}

fn unmute(app: &App, req: &Req) -> Result<Res> {
    shown(app, statuses::set_muted(app, req.id("id")?, false)?)
}

fn pin(app: &App, req: &Req) -> Result<Res> {
    shown(app, statuses::set_pinned(app, req.id("id")?, true)?)
}

fn unpin(app: &App, req: &Req) -> Result<Res> {
    shown(app, statuses::set_pinned(app, req.id("id")?, false)?)
}
