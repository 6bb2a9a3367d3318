//! What the owner wrote for later: the list, another time, other words.

use super::assets::address;
use super::compose::{page as compose_page, time};
use super::layout;
use super::parts::View;
use super::parts::compose::{Draft, moment};
use super::parts::text::exact;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::sort::sort_by_key;
use crate::model::*;
use crate::ops::drafts::Content;
use crate::ops::schedule;
use crate::store::{media, scheduled};
use crate::text;
use crate::words::{self, fill, rich, say};
use maud::html;

pub const ROUTES: &[Route<App>] = &[
    get("/scheduled", |app, req| list(app, req, None), Auth::Session),
    post("/scheduled/{id}/move", move_to, Auth::Session),
    get("/scheduled/{id}/edit", edit, Auth::Session),
    post("/scheduled/{id}/delete", delete, Auth::Session),
];

/// Letters that tell one from others.
const SHOWN: usize = 300;

fn list(app: &App, req: &Req, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    // There are three hundred at most; by when they go out.
    let mut all = app.store.read(|c| scheduled::list(c, &Page::newest(300)))?;
    sort_by_key(&mut all, |planned| planned.scheduled_at);
    let body = html! {
        h1 { (say("compose-scheduled")) }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (words::fault(fault)) } }
        @if all.is_empty() { p.card.empty { (say("compose-no-scheduled")) } }
        @for planned in &all {
            @let new = schedule::params(planned)?;
            @let page = |verb: &str| format!("/scheduled/{}/{verb}", planned.id);
            @let words = [&new.spoiler_text, &new.text].map(|t| t.trim()).join("\n");
            @let at = html! { time datetime=(planned.scheduled_at) { (exact(planned.scheduled_at)) } };
            article.card {
                h2 { (rich("compose-goes-out", &[("time", at.into())])) }
                @if planned.scheduled_at <= view.now { p.hint { (say("compose-refused-before")) } }
                p dir="auto" { (text::lines(&words, SHOWN)) }
                @if !new.media.is_empty() { p.soft { (fill("compose-media-count", &[("count", new.media.len().into())])) } }
                form.row.moves method="post" action=(page("move")) {
                    (view.hidden())
                    input type="hidden" name="offset";
                    label { span { (say("compose-new-time")) " " span.zone { (say("compose-utc")) } } " " (moment("at", Some(planned.scheduled_at))) }
                    button { (say("compose-move")) }
                }
                div.row {
                    a.btn href=(page("edit")) { (say("compose-edit")) }
                    (view.button(&page("delete"), "danger", &html! { (say("compose-delete")) }))
                }
            }
        }
        script src=(address("compose.js")) defer {}
    };
    layout::page(app, req, say("compose-scheduled"), html! {}, body)
}

fn move_to(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or("");
    let moved = time(text("at"), text("offset"))
        .ok_or_else(|| Error::invalid("That is no time"))
        .and_then(|at| schedule::move_to(app, req.id("id")?, at));
    match moved {
        Ok(_) => Ok(Res::see_other("/scheduled")),
        Err(e) if e.kind == Kind::Invalid => Ok(list(app, req, Some(&e.public))?.status(e.kind.status())),
        Err(e) => Err(e),
    }
}

fn edit(app: &App, req: &Req) -> Result<Res> {
    let id: ScheduledId = req.id("id")?;
    let (planned, pictures) = app.store.read(|c| {
        let planned = scheduled::get(c, id)?;
        let pictures = media::of_scheduled(c, &[id])?.remove(&id).unwrap_or_default();
        Ok::<_, Error>((planned, pictures))
    })?;
    let content =
        Content { new: schedule::params(&planned)?, at: Some(planned.scheduled_at.0), thread: false };
    let draft = Draft { scheduled: Some(id), ..Draft::of(content, pictures) };
    compose_page(app, req, &draft, None)
}

fn delete(app: &App, req: &Req) -> Result<Res> {
    schedule::cancel(app, req.id("id")?)?;
    Ok(Res::see_other("/scheduled"))
}
