//! What the owner bookmarked and favourited.

use super::home::POSTS;
use super::layout;
use super::parts::status::{self, Posts};
use super::parts::{View, pager};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::timelines::{self, Marked};
use crate::words::say;
use maud::html;

pub const ROUTES: &[Route<App>] = &[
    get("/bookmarks", |app, req| list(app, req, Marked::Bookmarked, say("rooms-bookmarks")), Auth::Session),
    get("/favourites", |app, req| list(app, req, Marked::Favourited, say("rooms-favourites")), Auth::Session),
];

fn list(app: &App, req: &Req, which: Marked, title: &str) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(POSTS);
    let (rows, posts) = app.store.read(|c| {
        let rows = timelines::marked(c, which, &page)?;
        let posts = Posts::load(c, rows.iter().map(|(_, status)| status))?;
        Ok((rows, posts))
    })?;
    let ends = rows.first().zip(rows.last()).map(|(first, last)| (first.0, last.0));
    let full = rows.len() as i64 == page.limit;
    let statuses: Vec<_> = rows.into_iter().map(|(_, status)| status).collect();
    let body = html! {
        h1 { (title) }
        (status::list(&view, &posts, &statuses, say("rooms-marked-none")))
        (pager(req, ends, full))
    };
    layout::page(app, req, title, html! {}, body)
}
