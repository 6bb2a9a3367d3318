//! The front door: the owner's home timeline, a visitor's view of the profile.

use super::layout;
use super::parts::compose::{self, Draft};
use super::parts::status::{self, Posts};
use super::parts::{View, pager};
use super::suggestions;
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::{FilterContext, Status};
use crate::store::{instance, timelines};
use crate::words::{fill, say};
use maud::html;

pub const ROUTES: &[Route<App>] = &[get("/", show, Auth::Public)];

/// Posts on a page.
pub const POSTS: i64 = 20;

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    if !view.is_owner() {
        return super::profile::own(&view, req);
    }
    let page = req.page(POSTS);
    let (settings, list, posts) = app.store.read(|c| {
        let list = timelines::home(c, &page, view.now)?;
        let posts = Posts::load(c, &list)?.filtered(c, &view, FilterContext::Home)?;
        Ok((instance::settings(c)?, list, posts))
    })?;
    if req.header("x-swap").is_some() {
        return Ok(fresh(&view, &posts, &list));
    }
    let ends = list.first().zip(list.last()).map(|(first, last)| (first.id.0, last.id.0));
    let body = html! {
        h1.hide { (say("home-title")) }
        @if page.max_id.is_none() { (compose::form(&view, &Draft::new(&settings), false)) }
        (status::list(&view, &posts, &list, say("home-empty")))
        @if list.is_empty() && page.max_id.is_none() { (suggestions::beginning(&view)?) }
        (pager(req, ends, list.len() as i64 == page.limit))
    };
    layout::page(app, req, say("home-title"), html! {}, body)
}

/// The posts alone, for a page that is open: what came above its first one.
fn fresh(view: &View, posts: &Posts, list: &[Status]) -> Res {
    let view = view.at("/");
    let articles = html! {
        button.primary.newer { (fill("home-new", &[("count", list.len().into())])) }
        @for status in list { (status::item(&view, posts, status, "")) }
    };
    Res::html(articles.into_string()).with("cache-control", "private, no-store")
}
