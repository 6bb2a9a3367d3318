//! Writing: a new post, a reply, an edit. What is refused comes back with its text.

use super::layout;
use super::parts::View;
use super::parts::compose::{self as part, Draft};
use super::parts::poll::PollDraft;
use super::parts::status::{self, Posts};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::compose::MEDIA_LIMIT;
use crate::ops::media::{self, Told, films};
use crate::ops::quotes;
use crate::ops::statuses::{self as ops, EditStatus, NewStatus};
use crate::store::{self, instance, statuses};
use maud::{Markup, html};
use serde_json::Value;
use std::time::{Duration, Instant};

/// How long a browser is kept waiting for what is made ready: proxies give up after a minute.
const PATIENCE: Duration = Duration::from_secs(20);

pub const ROUTES: &[Route<App>] = &[
    get("/compose", show, Auth::Session),
    post("/compose", publish, Auth::Session),
    get("/posts/{id}/edit", show_edit, Auth::Session),
    post("/posts/{id}/edit", edit, Auth::Session),
];

/// A new post; `to` names somebody in it, `title`, `text` and `url` are what an app or bookmark shares, `quote` is what it quotes.
fn show(app: &App, req: &Req) -> Result<Res> {
    let settings = app.store.read(instance::settings)?;
    let mut draft = Draft::new(&settings);
    if let Some(to) = req.query_text("to") {
        draft.text = format!("@{to} ");
    } else {
        draft.text = shared(req);
    }
    if let Some(visibility) = req.query_text("visibility").and_then(|word| Visibility::parse(&word)) {
        draft.visibility = visibility;
    }
    if let Some(id) = req.query_text("quote") {
        let id = id.parse().map_err(|_| Error::not_found())?;
        let target = app.store.read(|c| quotes::target(c, id))?;
        draft.visibility = target.narrowed(draft.visibility);
        draft.quotes = Some(target.status.id);
    }
    page(app, req, &draft, None)
}

/// Title, text and address, a line each. Many apps say in the text what they say in the others, too: once is enough.
fn shared(req: &Req) -> String {
    let given = |name: &str| req.query_text(name).filter(|text| !text.trim().is_empty());
    let mut text = given("text").unwrap_or_default();
    for (name, first) in [("title", true), ("url", false)] {
        text = match given(name) {
            Some(more) if text.is_empty() => more,
            Some(more) if text.contains(more.trim()) => text,
            Some(more) if first => format!("{more}\n{text}"),
            Some(more) => format!("{text}\n{more}"),
            None => text,
        };
    }
    text
}

fn show_edit(app: &App, req: &Req) -> Result<Res> {
    let status = app.store.read(|c| own(c, req.id("id")?))?;
    let media = app.store.read(|c| store::media::of_statuses(c, &[status.id]))?.remove(&status.id);
    let poll = app.store.read(|c| store::polls::get(c, status.id))?;
    let draft = Draft {
        text: status.text.unwrap_or_default(),
        spoiler_text: status.spoiler_text,
        sensitive: status.sensitive,
        language: status.language,
        visibility: status.visibility,
        media: media.unwrap_or_default(),
        poll: poll.as_ref().map(PollDraft::of).unwrap_or_default(),
        edits: Some(status.id),
        ..Draft::default()
    };
    page(app, req, &draft, None)
}

fn publish(app: &App, req: &Req) -> Result<Res> {
    let mut draft = read(app, req)?;
    let done = upload(app, req, &mut draft).and_then(|()| {
        let new = NewStatus {
            text: draft.text.clone(),
            spoiler_text: draft.spoiler_text.clone(),
            sensitive: Some(draft.sensitive),
            language: draft.language.clone(),
            visibility: Some(draft.visibility),
            in_reply_to: draft.in_reply_to,
            quotes: draft.quotes,
            media: draft.media.iter().map(|m| m.id).collect(),
            poll: draft.poll.wanted(),
            idempotency_key: Some(draft.key.clone()).filter(|key| !key.is_empty()),
            ..NewStatus::default()
        };
        ops::publish(app, &new)
    });
    match done {
        Ok(status) => Ok(to_thread(app, &status)),
        Err(e) => again(app, req, &draft, e),
    }
}

fn edit(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let mut draft = read(app, req)?;
    draft.edits = Some(id);
    let done = upload(app, req, &mut draft).and_then(|()| {
        let new = EditStatus {
            text: draft.text.clone(),
            spoiler_text: draft.spoiler_text.clone(),
            sensitive: draft.sensitive,
            language: draft.language.clone(),
            media: draft.media.iter().map(|m| m.id).collect(),
            poll: draft.poll.edit(),
            descriptions: draft.media.iter().map(|m| (m.id, m.description.clone(), None)).collect(),
            quote_policy: None,
        };
        ops::edit(app, id, &new)
    });
    match done {
        Ok(status) => Ok(to_thread(app, &status)),
        Err(e) => again(app, req, &draft, e),
    }
}

fn to_thread(app: &App, status: &Status) -> Res {
    Res::see_other(format!("/@{}/{}", app.instance.username, status.id))
}

/// What stands in the form, with the pictures that were uploaded before and are kept.
fn read(app: &App, req: &Req) -> Result<Draft> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or("").to_owned();
    let ids: Vec<MediaId> = match &params["media"] {
        Value::Array(all) => all.iter().filter_map(|v| v.as_str()?.parse().ok()).collect(),
        _ => Vec::new(),
    };
    let mut known = app.store.read(|c| store::media::many(c, &ids))?;
    let mut media: Vec<Media> = ids.iter().filter_map(|id| known.remove(id)).collect();
    for picture in &mut media {
        picture.description = Some(text(&format!("alt_{}", picture.id)));
    }
    Ok(Draft {
        text: text("text"),
        spoiler_text: text("spoiler_text"),
        sensitive: params["sensitive"].as_str() == Some("1"),
        language: crate::text::language(&text("language")),
        visibility: Visibility::parse(&text("visibility")).unwrap_or_default(),
        in_reply_to: text("in_reply_to").parse().ok(),
        quotes: text("quotes").parse().ok(),
        media,
        poll: PollDraft::read(&params),
        edits: None,
        key: text("key"),
    })
}

/// Stores the new pictures and the new texts of those that wait.
fn upload(app: &App, req: &Req, draft: &mut Draft) -> Result<()> {
    for picture in draft.media.iter().filter(|m| m.status_id.is_none()) {
        let told = Told { description: picture.description.as_deref(), ..Told::default() };
        media::describe(app, picture.id, &told)?;
    }
    let params = req.params()?;
    for n in 1..=MEDIA_LIMIT {
        // A browser sends an empty file for a field that was left alone.
        let Some(file) = req.upload(&format!("picture{n}")).filter(|f| f.bytes > 0) else { continue };
        if draft.media.len() >= MEDIA_LIMIT {
            return Err(Error::invalid(format!("A post has room for {MEDIA_LIMIT} pictures")));
        }
        let description = params[format!("alt{n}")].as_str().filter(|d| !d.is_empty());
        draft.media.push(media::upload(app, file, &Told { description, ..Told::default() })?);
    }
    make_ready(app, draft)
}

/// Waits for films and sounds. What is not ready in time stays in the box, to be posted when the button is pressed again; what
/// will never be leaves it.
fn make_ready(app: &App, draft: &mut Draft) -> Result<()> {
    let begun = Instant::now();
    let waiting: Vec<MediaId> =
        draft.media.iter().filter(|m| m.received.is_some() || m.failure.is_some()).map(|m| m.id).collect();
    for id in waiting {
        match films::wait(app, id, PATIENCE.saturating_sub(begun.elapsed())) {
            Ok(Some(ready)) => {
                draft.media.iter_mut().filter(|m| m.id == id).for_each(|m| *m = ready.clone());
            }
            Ok(None) => {
                return Err(Error::invalid(
                    "The film or sound is here and still being made ready: press the button again in a moment",
                ));
            }
            Err(e) => {
                draft.media.retain(|m| m.id != id);
                return Err(e);
            }
        }
    }
    Ok(())
}

/// The box again with what went wrong, unless it is past mending here.
fn again(app: &App, req: &Req, draft: &Draft, error: Error) -> Result<Res> {
    if !matches!(error.kind, Kind::Invalid | Kind::TooLarge | Kind::BadRequest) {
        return Err(error);
    }
    Ok(page(app, req, draft, Some(&error.public))?.status(error.kind.status()))
}

fn page(app: &App, req: &Req, draft: &Draft, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let title = match draft {
        Draft { edits: Some(_), .. } => "Edit a post",
        Draft { in_reply_to: Some(_), .. } => "Reply",
        Draft { quotes: Some(_), .. } => "Quote",
        _ => "Write",
    };
    let body = html! {
        h1 { (title) }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (fault.trim_start_matches("Validation failed: ")) "." } }
        (other(&view, draft.in_reply_to)?)
        (other(&view, draft.quotes)?)
        (part::form(&view, draft, true))
        @if draft.edits.is_none() {
            p.hint { "Name people as @user@server and topics as #tag; an empty line starts a paragraph." }
        }
    };
    layout::page(app, req, title, html! {}, body)
}

/// What a reply answers stands above it, and what a quote quotes.
fn other(view: &View, id: Option<StatusId>) -> Result<Markup> {
    let Some(id) = id else { return Ok(html! {}) };
    view.app.store.read(|c| {
        let status = statuses::get(c, id)?;
        let posts = Posts::load(c, [&status])?;
        Ok(html! { div.list { (status::item(view, &posts, &status, "")) } })
    })
}

fn own(c: &rusqlite::Connection, id: StatusId) -> Result<Status> {
    let status = statuses::get(c, id)?;
    if status.local && status.reblog_of.is_none() { Ok(status) } else { Err(Error::not_found()) }
}
