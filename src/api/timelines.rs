//! Timelines, favourites and bookmarks: <https://docs.joinmastodon.org/methods/timelines/>, .../favourites/,
//! .../bookmarks/

use super::answer;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::Viewer;
use crate::store::timelines::{self, Marked, Public, Tagged};
use crate::store::{cards, lists};
use crate::text;
use serde::Deserialize;

const STATUSES: Auth = Auth::Scope("read:statuses");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/timelines/public", public, Auth::Public),
    get("/api/v1/timelines/tag/{hashtag}", tag, Auth::Public),
    get("/api/v1/timelines/home", home, STATUSES),
    get("/api/v1/timelines/list/{id}", list, Auth::Scope("read:lists")),
    get("/api/v1/timelines/direct", direct, STATUSES),
    get("/api/v1/timelines/link", link, Auth::Public),
    get("/api/v1/favourites", favourites, Auth::Scope("read:favourites")),
    get("/api/v1/bookmarks", bookmarks, Auth::Scope("read:bookmarks")),
];

fn home(app: &App, req: &Req) -> Result<Res> {
    let (page, now) = (req.page(20), app.now());
    answer::statuses(app, req, Viewer::Owner, &page, |c| timelines::home(c, &page, now))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default, deserialize_with = "lenient::flag")]
    local: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    remote: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    only_media: Option<bool>,
    #[serde(default, deserialize_with = "lenient::texts")]
    any: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::texts")]
    all: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::texts")]
    none: Option<Vec<String>>,
}

impl Which {
    /// Strangers read what the owner posted; what the owner reads is for the owner, as the instance's
    /// `timelines_access` says.
    ///
    /// Errors: what [`answer::owner_only`] says when a stranger asks for more.
    fn public(&self, viewer: Viewer, req: &Req) -> Result<Public> {
        let which = Public {
            local: self.local == Some(true),
            remote: self.remote == Some(true),
            only_media: self.only_media == Some(true),
        };
        if !which.local || which.remote {
            answer::owner_only(viewer, req)?;
        }
        Ok(which)
    }
}

fn public(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let which = req.form::<Which>()?.public(viewer, req)?;
    let (page, now) = (req.page(20), app.now());
    answer::statuses(app, req, viewer, &page, |c| timelines::public(c, which, &page, now))
}

fn tag(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let form = req.form::<Which>()?;
    let names = |given: Option<&Vec<String>>| {
        given.into_iter().flatten().map(|name| text::normalise_tag(name)).collect()
    };
    let tagged = Tagged {
        name: text::normalise_tag(req.param("hashtag")),
        any: names(form.any.as_ref()),
        all: names(form.all.as_ref()),
        none: names(form.none.as_ref()),
        which: form.public(viewer, req)?,
        for_owner: viewer == Viewer::Owner,
    };
    let (page, now) = (req.page(20), app.now());
    answer::statuses(app, req, viewer, &page, |c| timelines::tagged(c, &tagged, &page, now))
}

fn list(app: &App, req: &Req) -> Result<Res> {
    let (id, page, now) = (req.id("id")?, req.page(20), app.now());
    answer::statuses(app, req, Viewer::Owner, &page, |c| {
        lists::get(c, id)?;
        timelines::list(c, id, &page, now)
    })
}

fn direct(app: &App, req: &Req) -> Result<Res> {
    let (page, now) = (req.page(20), app.now());
    answer::statuses(app, req, Viewer::Owner, &page, |c| timelines::direct(c, &page, now))
}

#[derive(Deserialize)]
struct Link {
    #[serde(default, deserialize_with = "lenient::filled")]
    url: Option<String>,
}

/// Public posts that link to a page; for the owner, as the instance's `timelines_access` says: who links to what is
/// what the owner reads. Empty for a page that nobody linked to.
fn link(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    answer::owner_only(viewer, req)?;
    let url = req.form::<Link>()?.url.and_then(|url| crate::ops::cards::tidy(&app.instance, &url));
    let card = match url {
        Some(url) => app.store.read(|c| cards::by_url(c, &url))?,
        None => None,
    };
    let Some(card) = card.filter(|card| !card.is_empty()).map(|card| card.id) else {
        return Res::json(&serde_json::json!([]));
    };
    let (page, now) = (req.page(20), app.now());
    answer::statuses(app, req, viewer, &page, |c| timelines::with_card(c, card, &page, now))
}

fn favourites(app: &App, req: &Req) -> Result<Res> {
    marked(app, req, Marked::Favourited)
}

fn bookmarks(app: &App, req: &Req) -> Result<Res> {
    marked(app, req, Marked::Bookmarked)
}

fn marked(app: &App, req: &Req, which: Marked) -> Result<Res> {
    let page = req.page(20);
    answer::marked(app, req, Viewer::Owner, &page, |c| timelines::marked(c, which, &page))
}
