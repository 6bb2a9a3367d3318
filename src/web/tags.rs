//! A hashtag: the owner's public posts for visitors, all that is known here for the owner.

use super::discovery::follow_button;
use super::home::POSTS;
use super::parts::status::{self, Posts};
use super::parts::{View, pager};
use super::{feeds, layout};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::FilterContext;
use crate::store;
use crate::store::timelines::{self, Public, Tagged};
use crate::text;
use maud::html;

pub const ROUTES: &[Route<App>] = &[get("/tags/{name}", show, Auth::Public)];

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(POSTS);
    let name = text::normalise_tag(req.param("name"));
    let tagged = Tagged {
        name: name.clone(),
        // What strangers wrote is not put on show under this address.
        which: Public { local: !view.is_owner(), ..Public::default() },
        for_owner: view.is_owner(),
        ..Tagged::default()
    };
    let (list, posts, followed) = app.store.read(|c| {
        let list = timelines::tagged(c, &tagged, &page, view.now)?;
        let posts = Posts::load(c, &list)?.filtered(c, &view, FilterContext::Public)?;
        let followed = store::tags::by_name(c, &name)?.is_some_and(|tag| tag.following_row.is_some());
        Ok((list, posts, followed))
    })?;
    let ends = list.first().zip(list.last()).map(|(first, last)| (first.id.0, last.id.0));
    let title = format!("#{name}");
    let body = html! {
        div.row {
            h1.grow { bdi { (title) } }
            @if view.is_owner() { (follow_button(&view, &name, followed)) }
        }
        (status::list(&view, &posts, &list, "No posts with this tag here."))
        (pager(req, ends, list.len() as i64 == page.limit))
    };
    let head = html! { @if !list.is_empty() { (feeds::links(&feeds::tag_page(&name))) } };
    layout::page(app, req, &title, head, body)
}
