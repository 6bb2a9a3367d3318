//! Announcements: <https://docs.joinmastodon.org/methods/announcements/>
//!
//! They are what those who run a server tell those who use it: here, nobody but the owner to the owner.

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/announcements", list, Auth::App),
    post("/api/v1/announcements/{id}/dismiss", none, Auth::Scope("write:accounts")),
    patch("/api/v1/announcements/{id}/reactions/{name}", none, Auth::Scope("write:favourites")),
    put("/api/v1/announcements/{id}/reactions/{name}", none, Auth::Scope("write:favourites")),
    delete("/api/v1/announcements/{id}/reactions/{name}", none, Auth::Scope("write:favourites")),
];

fn list(_: &App, _: &Req) -> Result<Res> {
    Res::json(&json!([]))
}

fn none(_: &App, _: &Req) -> Result<Res> {
    Err(Error::not_found())
}
