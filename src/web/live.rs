//! What a page asks for while it is open: the stream that says what came, and the pieces that it shows then.
//! Without a script nobody asks. Events: <https://html.spec.whatwg.org/multipage/server-sent-events.html>

use super::parts::View;
use super::parts::status::{self, Posts};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Body, Req, Res, Route};
use crate::model::*;
use crate::ops::visibility;
use crate::ops::{notify, translate};
use crate::store::accounts;
use crate::web::layout;
use crate::words::say;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/live", stream, Auth::Session),
    get("/live/unread", unread, Auth::Session),
    get("/live/{id}", one, Auth::Session),
    post("/posts/{id}/translate", translated, Auth::Session),
];

/// Kinds and ids of what comes, never what it says: the server opens the stream and counts its seat.
fn stream(_: &App, req: &Req) -> Result<Res> {
    let Access::Session { session, .. } = req.access else { return Err(Error::unauthorized()) };
    let mut res = Res::new(200, "text/event-stream", "")
        .with("cache-control", "private, no-store")
        .with("x-accel-buffering", "no") // nginx would gather the events up
        .with("connection", "close");
    res.body = Body::Stream(Box::new(Opening::Pages { session }));
    Ok(res)
}

/// How many notifications were not seen, at most 99.
fn unread(app: &App, _: &Req) -> Result<Res> {
    let unread = app.store.read(|c| notify::unread(c, 99))?;
    Ok(Res::text(200, unread.to_string()).with("cache-control", "private, no-store"))
}

/// A post of an open page as it is now; `focus` is the one that the page is about.
fn one(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let back = req.query_text("back").unwrap_or_default();
    let back = super::session::local_path(Some(&back)).to_owned();
    let view = View::of(app, req);
    let view = view.at(&back);
    let focus = req.query_text("focus").is_some();
    let (status, posts) = app.store.read(|c| {
        let status = visibility::visible(c, view.viewer(), app.instance.owner, id)?;
        let place = if focus { FilterContext::Thread } else { FilterContext::Home };
        let posts = Posts::load(c, [&status])?.filtered(c, &view, place)?;
        Ok((status, posts))
    })?;
    let article =
        if focus { status::focus(&view, &posts, &status) } else { status::item(&view, &posts, &status, "") };
    Ok(piece(&article))
}

/// A post in the owner's language: below it for a script, else on a page of its own.
fn translated(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let view = View::of(app, req);
    let (status, author) = app.store.read(|c| {
        let status = visibility::visible(c, view.viewer(), app.instance.owner, id)?;
        let author = accounts::get(c, status.account_id)?;
        Ok((status, author))
    })?;
    let done = translate::translate(app, &status, None)?;
    let spoken = status::translation(&view, &status, &done);
    if req.header("x-swap").is_some() {
        return Ok(piece(&spoken));
    }
    let body = html! {
        h1 { (say("status-translation")) }
        div.card { (spoken) p.row { a.btn href=(status::address(&view, &status, &author)) { (say("status-back")) } } }
    };
    layout::page(app, req, say("status-translation"), html! {}, body)
}

fn piece(markup: &Markup) -> Res {
    Res::html(markup.clone().into_string()).with("cache-control", "private, no-store")
}
