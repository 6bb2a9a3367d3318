//! Conversations: <https://docs.joinmastodon.org/methods/conversations/>

use super::answer;
use super::entities::conversation::Conversations;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::paging::Prev;
use crate::http::route::{delete, get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::store::conversations;

const WRITE: Auth = Auth::Scope("write:conversations");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/conversations", index, Auth::Scope("read:statuses")),
    delete("/api/v1/conversations/{id}", hide, WRITE),
    post("/api/v1/conversations/{id}/read", read, WRITE),
    post("/api/v1/conversations/{id}/unread", unread, WRITE),
];

/// Paged by the last status of each (pitfall 4).
fn index(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(20);
    let (link, set) = app.store.read(|c| {
        let list = conversations::list(c, &page)?;
        let rows: Vec<_> = list.iter().map(|one| (one.last.0, ())).collect();
        let link = answer::link(app, req, &page, Prev::MinId, &rows);
        Ok((link, Conversations::load(c, &app.instance, list)?))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

fn read(app: &App, req: &Req) -> Result<Res> {
    set_read(app, req, true)
}

fn unread(app: &App, req: &Req) -> Result<Res> {
    set_read(app, req, false)
}

fn set_read(app: &App, req: &Req, read: bool) -> Result<Res> {
    let id = req.id("id")?;
    let set = app.store.write(|tx| {
        let conversation = conversations::get(tx, id)?;
        conversations::set_read(tx, &conversation, read)?;
        Conversations::load(tx, &app.instance, vec![conversations::get(tx, id)?])
    })?;
    Res::json(&set.first().ok_or_else(Error::not_found)?)
}

fn hide(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    app.store.write(|tx| {
        let conversation = conversations::get(tx, id)?;
        conversations::hide(tx, &conversation)
    })?;
    Ok(Res::empty())
}
