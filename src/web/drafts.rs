//! What the owner began to write: the list, and keeping what stands in the box.

use super::compose::{again, page as compose_page, read, upload};
use super::layout;
use super::parts::View;
use super::parts::compose::{Draft, fresh_key};
use super::parts::text::when;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{DraftId, Media};
use crate::ops::drafts::{self as ops, Content};
use crate::store::{drafts, media};
use crate::text;
use crate::words::{self, fill, rich, say};
use maud::html;

pub const ROUTES: &[Route<App>] = &[
    get("/drafts", list, Auth::Session),
    post("/drafts", save, Auth::Session),
    get("/drafts/{id}", open, Auth::Session),
    post("/drafts/{id}/delete", delete, Auth::Session),
];

/// Letters that tell a draft from others.
const SHOWN: usize = 300;

fn list(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let all = app.store.read(drafts::list)?;
    let body = html! {
        h1 { (say("compose-drafts")) }
        @if all.is_empty() { p.card.empty { (say("compose-no-drafts")) } }
        @for draft in &all {
            @let new = ops::content(draft)?.new;
            @let words = [&new.spoiler_text, &new.text].map(|t| t.trim()).join("\n");
            article.card {
                p dir="auto" {
                    @if words.trim().is_empty() { span.soft { (say("compose-no-words")) } }
                    @else { (text::lines(&words, SHOWN)) }
                }
                @if !new.media.is_empty() { p.soft { (fill("compose-media-count", &[("count", new.media.len().into())])) } }
                p.hint { (rich("compose-changed", &[("time", when(draft.updated_at, view.now).into())])) }
                div.row {
                    a.btn.primary href=(format!("/drafts/{}", draft.id)) { (say("compose-open")) }
                    (view.button(&format!("/drafts/{}/delete", draft.id), "danger", &html! { (say("compose-throw-away")) }))
                }
            }
        }
    };
    layout::page(app, req, say("compose-drafts"), html! {}, body)
}

/// Keeps what stands in the box. A script gets a word back, and sends no files.
fn save(app: &App, req: &Req) -> Result<Res> {
    let mut draft = read(app, req)?;
    if draft.key.is_empty() {
        draft.key = fresh_key(app.now());
    }
    let done = upload(app, req, &mut draft).and_then(|()| ops::save(app, &content(&draft)));
    let script = req.header("x-swap").is_some();
    match done {
        Ok(kept) if script => Ok(Res::text(200, if kept.is_some() { say("compose-saved") } else { "" })),
        Err(e) if script && e.kind == Kind::Invalid => {
            Ok(Res::text(e.kind.status(), words::fault(&e.public)))
        }
        Ok(_) => Ok(Res::see_other("/drafts")),
        Err(e) => again(app, req, &draft, e),
    }
}

fn content(draft: &Draft) -> Content {
    Content { new: draft.wanted(), thread: draft.thread, at: draft.at.map(|at| at.0) }
}

fn open(app: &App, req: &Req) -> Result<Res> {
    let id: DraftId = req.id("id")?;
    let (content, pictures) = app.store.read(|c| {
        let content = ops::content(&drafts::get(c, id)?)?;
        let mut known = media::many(c, &content.new.media)?;
        let pictures: Vec<Media> = content.new.media.iter().filter_map(|id| known.remove(id)).collect();
        Ok::<_, Error>((content, pictures))
    })?;
    compose_page(app, req, &Draft::of(content, pictures), None)
}

fn delete(app: &App, req: &Req) -> Result<Res> {
    ops::delete(app, req.id("id")?)?;
    Ok(Res::see_other("/drafts"))
}
