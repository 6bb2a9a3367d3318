//! Hashtags: <https://docs.joinmastodon.org/methods/tags/>, .../followed_tags/

use super::answer;
use super::entities::tag::tag;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::paging::Prev;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Tag, Viewer};
use crate::ops::discovery;
use crate::store::tags;
use crate::text;

const FOLLOWS: Auth = Auth::Scope("write:follows");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/tags/{name}", show, Auth::Public),
    post("/api/v1/tags/{name}/follow", follow, FOLLOWS),
    post("/api/v1/tags/{name}/unfollow", unfollow, FOLLOWS),
    get("/api/v1/followed_tags", followed, Auth::Scope("read:follows")),
];

const LENGTH: usize = 100;

/// Key and spelling of the path's name (pitfall 97).
///
/// Errors: `NotFound` for what cannot be a hashtag.
fn named(req: &Req) -> Result<(String, &str)> {
    let spelling = req.param("name").trim_start_matches('#');
    let name = text::normalise_tag(spelling);
    let whole = text::find(&format!("#{spelling}")).hashtags.iter().any(|t| t == spelling);
    if whole && name.chars().count() <= LENGTH { Ok((name, spelling)) } else { Err(Error::not_found()) }
}

/// A tag that nobody has used yet is one all the same. Strangers are told what the owner does with it, and not what
/// the owner reads.
fn show(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read")?;
    let (name, spelling) = named(req)?;
    let found = app.store.read(|c| {
        let owners = viewer == Viewer::Owner;
        let known = if owners { tags::by_name(c, &name)? } else { tags::open_by_name(c, &name)? };
        let mut found =
            known.unwrap_or_else(|| Tag { name, display_name: spelling.to_owned(), ..Tag::default() });
        found.history = tags::history(c, found.id, app.now(), !owners)?;
        Ok(found)
    })?;
    Res::json(&tag(&app.instance, &found, viewer == Viewer::Owner))
}

fn follow(app: &App, req: &Req) -> Result<Res> {
    set_following(app, req, true)
}

fn unfollow(app: &App, req: &Req) -> Result<Res> {
    set_following(app, req, false)
}

fn set_following(app: &App, req: &Req, following: bool) -> Result<Res> {
    let (name, spelling) = named(req)?;
    let found = discovery::follow_tag(app, &name, spelling, following)?;
    Res::json(&tag(&app.instance, &found, true))
}

fn followed(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(100);
    let rows = app.store.read(|c| {
        let mut rows = tags::followed(c, &page)?;
        tags::add_history(c, rows.iter_mut().map(|(_, tag)| tag), app.now())?;
        Ok(rows)
    })?;
    let link = answer::link(app, req, &page, Prev::SinceId, &rows);
    let entities = rows.iter().map(|(_, t)| tag(&app.instance, t, true));
    Ok(Res::json(&entities.collect::<Vec<_>>())?.with_some("link", link))
}
