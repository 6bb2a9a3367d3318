//! Trends: <https://docs.joinmastodon.org/methods/trends/>
//!
//! Empty for everybody but the owner, since they tell what the owner reads ([`crate::ops::trends`]).

use super::answer;
use super::entities::account::People;
use super::entities::preview_card::preview_card;
use super::entities::status::Statuses;
use super::entities::tag::tag;
use super::entities::trend::history;
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::trends;
use crate::store::{statuses, trends as stored};
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/trends", tags, Auth::Public).deprecated(1_648_598_400), // 2022-03-30
    get("/api/v1/trends/tags", tags, Auth::Public),
    get("/api/v1/trends/statuses", posts, Auth::Public),
    get("/api/v1/trends/links", links, Auth::Public),
];

/// Which part of a list, counted from its top (pitfall 7).
struct Part {
    offset: usize,
    limit: usize,
}

impl Part {
    fn of(req: &Req, default: i64) -> Part {
        let offset = req.query_text("offset").and_then(|t| t.trim().parse().ok()).unwrap_or(0);
        Part { offset, limit: usize::try_from(req.page(default).limit).unwrap_or(1) }
    }

    fn cut<'a, T>(&self, list: &'a [T]) -> &'a [T] {
        let list = list.get(self.offset..).unwrap_or_default();
        &list[..list.len().min(self.limit)]
    }

    /// `next` while there may be more, `prev` unless this is the top.
    fn link(&self, app: &App, req: &Req, count: usize) -> Option<String> {
        let address = |offset: usize, rel: &str| {
            let limit = req.query_text("limit").map(|_| format!("limit={}&", self.limit)).unwrap_or_default();
            format!("<{}{}?{limit}offset={offset}>; rel=\"{rel}\"", app.instance.origin, req.path)
        };
        let next = (count >= self.limit).then(|| address(self.offset.saturating_add(self.limit), "next"));
        let prev = (self.offset > 0).then(|| address(self.offset.saturating_sub(self.limit), "prev"));
        let links: Vec<String> = next.into_iter().chain(prev).collect();
        (!links.is_empty()).then(|| links.join(", "))
    }
}

/// A token that may not read posts is a stranger here.
fn is_owner(req: &Req) -> bool {
    answer::viewer(req, "read:statuses").is_ok_and(|viewer| viewer == Viewer::Owner)
}

fn nothing() -> Result<Res> {
    Res::json(&json!([]))
}

fn tags(app: &App, req: &Req) -> Result<Res> {
    if !is_owner(req) {
        return nothing();
    }
    let (trends, part) = (trends::now(app)?, Part::of(req, 10));
    let shown = part.cut(&trends.tags);
    let ids: Vec<TagId> = shown.iter().map(|(tag, _)| tag.id).collect();
    // Whether the owner follows one is as it is now.
    let now = app.store.read(|c| stored::named(c, &ids))?;
    let list = shown.iter().filter_map(|(old, days)| {
        let mut entity = tag(&app.instance, now.iter().find(|t| t.id == old.id)?, true);
        entity.history = history(days);
        Some(entity)
    });
    let list: Vec<_> = list.collect();
    Ok(Res::json(&list)?.with_some("link", part.link(app, req, shown.len())))
}

fn posts(app: &App, req: &Req) -> Result<Res> {
    if !is_owner(req) {
        return nothing();
    }
    let (trends, part, me, now) = (trends::now(app)?, Part::of(req, 20), &app.instance, app.now());
    let ids = part.cut(&trends.statuses);
    let set = app.store.read(|c| {
        let mut found = statuses::many(c, ids)?;
        // Its visibility cannot change; it may be gone.
        let list = ids.iter().filter_map(|id| found.remove(id)).collect();
        Ok(Statuses::load(c, me, Viewer::Owner, list)?.without_hidden(now))
    })?;
    Ok(Res::json(&set)?.with_some("link", part.link(app, req, ids.len())))
}

fn links(app: &App, req: &Req) -> Result<Res> {
    if !is_owner(req) {
        return nothing();
    }
    let (trends, part, me) = (trends::now(app)?, Part::of(req, 10), &app.instance);
    let shown = part.cut(&trends.links);
    let people = app.store.read(|c| People::load(c, shown.iter().filter_map(|(card, _)| card.author)))?;
    let list = shown.iter().map(|(card, days)| {
        let mut entity = preview_card(me, &people, card);
        entity.history = Some(history(days));
        entity
    });
    let list: Vec<_> = list.collect();
    Ok(Res::json(&list)?.with_some("link", part.link(app, req, shown.len())))
}
