//! Writing: a new post, a reply, an edit, a thread, something for later. What is refused comes back with its text.

use super::layout;
use super::parts::View;
use super::parts::compose::{self as part, Draft};
use super::parts::poll::PollDraft;
use super::parts::status::{self, Posts};
use super::parts::text::{emojify, emojify_html};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::compose::{self, MEDIA_LIMIT};
use crate::ops::media::{self, Told, films};
use crate::ops::posts::typed;
use crate::ops::statuses::{self as ops, EditStatus};
use crate::ops::{quotes, schedule, threads};
use crate::store::{self, instance, statuses};
use crate::words::{self, say};
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
        text: typed(&status),
        markdown: Some(status.markdown),
        quote_policy: Some(policy_name(status.quote_policy).to_owned()),
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

/// The name that the form has for it.
pub fn policy_name(policy: QuotePolicy) -> &'static str {
    match policy.automatic {
        0 => "nobody",
        some if some & QuotePolicy::PUBLIC != 0 => "public",
        _ => "followers",
    }
}

fn publish(app: &App, req: &Req) -> Result<Res> {
    let mut draft = read(app, req)?;
    let done = upload(app, req, &mut draft).and_then(|()| match wish(req)?.as_str() {
        "preview" => Ok(None),
        wish => send(app, &mut draft, wish == "anyway").map(Some),
    });
    match done {
        Ok(Some(to)) => Ok(Res::see_other(to)),
        Ok(None) => preview(app, req, &draft),
        Err(e) => again(app, req, &draft, e),
    }
}

/// Which button was pressed: `preview`, `anyway`, or nothing for the one that posts.
fn wish(req: &Req) -> Result<String> {
    Ok(req.params()?["do"].as_str().unwrap_or("").to_owned())
}

/// Posts it, now or later; gives the page to look at then.
fn send(app: &App, draft: &mut Draft, anyway: bool) -> Result<String> {
    if !anyway && draft.is_undescribed() && app.store.read(instance::settings)?.alt_reminder {
        draft.reminded = true;
        return Err(Error::invalid(
            "A picture has no alternative text: people who cannot see it will not know what it shows",
        ));
    }
    let new = draft.wanted();
    if draft.thread && (draft.at.is_some() || draft.scheduled.is_some()) {
        return Err(Error::invalid("A thread cannot wait for its time: post it now, or keep it as a draft"));
    }
    let posted = match (draft.at, draft.scheduled) {
        (Some(at), None) => schedule::plan(app, &new, at).map(|_| None),
        (Some(at), Some(id)) => schedule::replace(app, id, &new, at).map(|_| None),
        (None, Some(id)) => schedule::publish_instead(app, id, &new).map(Some),
        (None, None) if draft.thread => threads::publish(app, &new).map(Some),
        (None, None) => ops::publish(app, &new).map(Some),
    };
    Ok(posted?.map_or_else(|| "/scheduled".to_owned(), |status| address_of(app, &status)))
}

fn edit(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let mut draft = read(app, req)?;
    draft.edits = Some(id);
    let done = upload(app, req, &mut draft).and_then(|()| {
        if wish(req)? == "preview" {
            return Ok(None);
        }
        let new = EditStatus {
            text: draft.text.clone(),
            markdown: draft.markdown,
            spoiler_text: draft.spoiler_text.clone(),
            sensitive: draft.sensitive,
            language: draft.language.clone(),
            media: draft.media.iter().map(|m| m.id).collect(),
            poll: draft.poll.edit(),
            descriptions: draft.media.iter().map(|m| (m.id, m.description.clone(), m.focus)).collect(),
            quote_policy: draft.quote_policy.clone(),
        };
        ops::edit(app, id, &new).map(Some)
    });
    match done {
        Ok(Some(status)) => Ok(Res::see_other(address_of(app, &status))),
        Ok(None) => preview(app, req, &draft),
        Err(e) => again(app, req, &draft, e),
    }
}

fn address_of(app: &App, status: &Status) -> String {
    format!("/@{}/{}", app.instance.username, status.id)
}

/// What stands in the form, with the pictures that were uploaded before and are kept.
pub fn read(app: &App, req: &Req) -> Result<Draft> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or("").to_owned();
    let ids: Vec<MediaId> = match &params["media"] {
        Value::Array(all) => all.iter().filter_map(|v| v.as_str()?.parse().ok()).collect(),
        _ => Vec::new(),
    };
    let mut known = app.store.read(|c| store::media::many(c, &ids))?;
    let mut media: Vec<Media> = ids.iter().filter_map(|id| known.remove(id)).collect();
    for picture in &mut media {
        let alt = params[format!("alt_{}", picture.id)].as_str();
        picture.description = alt.map(str::to_owned).or(picture.description.take());
        picture.focus = point(&text(&format!("focus_{}", picture.id))).or(picture.focus);
    }
    let named = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    Ok(Draft {
        text: text("text"),
        markdown: named("format").map(|format| format == "markdown"),
        quote_policy: named("quote_policy"),
        reply_policy: named("reply_policy"),
        thread: text("thread") == "1",
        // What is no time has passed, so that it is refused.
        at: named("at").map(|at| time(&at, &text("offset")).unwrap_or_default()),
        scheduled: text("scheduled").parse().ok(),
        reminded: false,
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

/// A time as its field gives it, in the zone that is so many minutes east of UTC.
pub fn time(at: &str, offset: &str) -> Option<Timestamp> {
    let east: i64 = offset.trim().parse().unwrap_or(0);
    let at = Timestamp::parse_rfc3339(&format!("{}Z", at.trim()))?;
    Some(at.plus(-east.clamp(-14 * 60, 14 * 60) * time::MINUTE))
}

/// A focal point: two numbers between -1 and 1.
fn point(text: &str) -> Option<(f64, f64)> {
    let (x, y) = text.split_once(',')?;
    let within = |n: &str| n.trim().parse().ok().filter(|n: &f64| n.is_finite()).map(|n| n.clamp(-1.0, 1.0));
    Some((within(x)?, within(y)?))
}

/// Stores the new pictures and the new texts of those that wait.
pub fn upload(app: &App, req: &Req, draft: &mut Draft) -> Result<()> {
    for picture in draft.media.iter().filter(|m| m.status_id.is_none()) {
        let told =
            Told { description: picture.description.as_deref(), focus: picture.focus, ..Told::default() };
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
pub fn again(app: &App, req: &Req, draft: &Draft, error: Error) -> Result<Res> {
    // What is answered or quoted may have gone meanwhile: that is no reason to lose the words.
    let lost = error.kind == Kind::NotFound && (draft.in_reply_to.is_some() || draft.quotes.is_some());
    if !lost && !matches!(error.kind, Kind::Invalid | Kind::TooLarge | Kind::BadRequest) {
        return Err(error);
    }
    let status = if lost { Kind::Invalid.status() } else { error.kind.status() };
    Ok(page(app, req, draft, Some(&error.public))?.status(status))
}

pub fn page(app: &App, req: &Req, draft: &Draft, fault: Option<&str>) -> Result<Res> {
    shown(app, req, draft, fault, html! {})
}

fn shown(app: &App, req: &Req, draft: &Draft, fault: Option<&str>, above: Markup) -> Result<Res> {
    let view = View::of(app, req);
    let title = say(match draft {
        Draft { edits: Some(_), .. } => "compose-title-edit",
        Draft { in_reply_to: Some(_), .. } => "compose-title-reply",
        Draft { quotes: Some(_), .. } => "compose-title-quote",
        _ => "compose-title",
    });
    let body = html! {
        h1 { (title) }
        @if let Some(fault) = fault {
            p.card.wrong role="alert" { (words::fault(fault)) }
        }
        (other(&view, draft.in_reply_to)?)
        (other(&view, draft.quotes)?)
        (above)
        (part::form(&view, draft, true))
        @if draft.edits.is_none() {
            p.hint { (say("compose-hint")) }
            p.row {
                a.btn href="/drafts" { (say("compose-to-drafts")) }
                a.btn href="/scheduled" { (say("compose-to-scheduled")) }
                a.btn href="/settings/posting" { (say("compose-to-defaults")) }
            }
        }
    };
    layout::page(app, req, title, html! {}, body)
}

/// The box with what it would say above it.
fn preview(app: &App, req: &Req, draft: &Draft) -> Result<Res> {
    match rendered(app, draft) {
        Ok(above) => shown(app, req, draft, None, above),
        Err(e) => again(app, req, draft, e),
    }
}

fn rendered(app: &App, draft: &Draft) -> Result<Markup> {
    let texts = if draft.thread { threads::parts(&draft.text) } else { vec![draft.text.clone()] };
    let settings = app.store.read(instance::settings)?;
    let media: Vec<MediaId> = draft.media.iter().map(|m| m.id).collect();
    let render = |(n, text): (usize, &String)| {
        compose::compose(
            app,
            &compose::Draft {
                text,
                markdown: draft.markdown.unwrap_or(settings.default_markdown),
                spoiler_text: &draft.spoiler_text,
                media: if n == 0 { &media } else { &[] },
                in_reply_to: None,
                visibility: draft.visibility,
                quotes: draft.quotes.is_some() && n == 0,
                options: &[],
            },
        )
    };
    let posts = texts.iter().take(threads::LIMIT).enumerate().map(render).collect::<Result<Vec<_>>>()?;
    let me = &app.instance;
    Ok(html! {
        section.card.stack {
            h2 { (say("compose-preview")) }
            @for post in &posts {
                div.inset {
                    @if !draft.spoiler_text.is_empty() { p.soft { (emojify(me, &draft.spoiler_text, &post.emojis)) } }
                    div.content lang=[draft.language.as_deref()] dir="auto" { (emojify_html(me, &post.content, &post.emojis)) }
                }
            }
        }
    })
}

/// What a reply answers stands above it, and what a quote quotes; nothing when that has gone.
fn other(view: &View, id: Option<StatusId>) -> Result<Markup> {
    let Some(id) = id else { return Ok(html! {}) };
    view.app.store.read(|c| {
        let found = statuses::many(c, &[id])?.remove(&id);
        let Some(status) = found else { return Ok(html! {}) };
        let posts = Posts::load(c, [&status])?;
        Ok(html! { div.list { (status::item(view, &posts, &status, "")) } })
    })
}

fn own(c: &rusqlite::Connection, id: StatusId) -> Result<Status> {
    let status = statuses::get(c, id)?;
    if status.local && status.reblog_of.is_none() { Ok(status) } else { Err(Error::not_found()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_the_zone_of_the_browser() {
        let utc = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        assert_eq!(time("2030-01-01T10:00", ""), Some(utc("2030-01-01T10:00:00Z")));
        assert_eq!(time("2030-01-01T10:00", "120"), Some(utc("2030-01-01T08:00:00Z")));
        assert_eq!(time("2030-01-01T10:00:30", "-330"), Some(utc("2030-01-01T15:30:30Z")));
        assert_eq!(time("soon", "0"), None);
    }

    #[test]
    fn a_point_is_two_numbers_within_the_picture() {
        assert_eq!(point("0.5,-7"), Some((0.5, -1.0)));
        assert_eq!(point("exact"), None);
        assert_eq!(point("NaN,0"), None);
    }
}
