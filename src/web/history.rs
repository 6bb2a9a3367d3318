//! All versions of a post, with what each changed; for whoever may see the post.

use super::layout;
use super::parts::text::{exact, when};
use super::parts::{View, status};
use super::profile::{is_own, named};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::visibility;
use crate::store::{accounts, media, polls, statuses};
use crate::text::{self, Mark};
use crate::words::{fill, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[get("/@{name}/{id}/history", show, Auth::Public)];

/// The newest that one page shows.
const SHOWN: usize = 50;
/// Versions that are shown with what changed in them.
const COMPARED: usize = 10;

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let (name, id): (_, StatusId) = (req.param("name"), req.id("id")?);
    let author = if is_own(app, name) { app.store.read(accounts::owner)? } else { named(&view, name)? };
    let (status, versions) = app.store.read(|c| {
        let status = visibility::visible(c, view.viewer(), app.instance.owner, id)?;
        if status.account_id != author.id || status.reblog_of.is_some() {
            return Err(Error::not_found());
        }
        let mut versions = statuses::edits(c, id)?;
        let pictures = media::of_statuses(c, &[id])?.remove(&id).unwrap_or_default();
        let poll = polls::get(c, id)?;
        versions.push(Edit {
            content: status.content.clone(),
            spoiler_text: status.spoiler_text.clone(),
            sensitive: status.sensitive,
            created_at: status.edited_at.unwrap_or(status.created_at),
            media: pictures.iter().map(|m| m.id).collect(),
            poll: poll.iter().flat_map(Poll::titles).map(str::to_owned).collect(),
        });
        Ok((status, versions))
    })?;
    let to = status::address(&view, &status, &author);
    let body = html! {
        h1 { (fill("posts-history-of", &[("name", author.name().into())])) }
        p.row { a.btn href=(to) { (say("posts-history-back")) } }
        @for n in (0..versions.len()).rev().take(SHOWN) {
            // To compare long texts takes its time.
            @let before = n.checked_sub(1).filter(|_| n + COMPARED >= versions.len()).and_then(|n| versions.get(n));
            article.card {
                h2 {
                    @if n == 0 { (say("posts-version-first")) }
                    @else if n + 1 == versions.len() { (say("posts-version-now")) }
                    @else { (fill("posts-version", &[("number", (n + 1).into())])) }
                }
                p.hint { (when(versions[n].created_at, view.now)) " · " (exact(versions[n].created_at)) }
                (version(&versions[n], before, status.language.as_deref()))
            }
        }
    };
    let head = html! { meta name="robots" content="noindex"; };
    layout::page(app, req, say("posts-history"), head, body)
}

fn version(now: &Edit, before: Option<&Edit>, language: Option<&str>) -> Markup {
    let was = before.unwrap_or(now);
    html! {
        @if !now.spoiler_text.is_empty() {
            p { (rich("posts-was-warned", &[("text", changes(&was.spoiler_text, &now.spoiler_text).into())])) }
        } @else if !was.spoiler_text.is_empty() { p.soft { (say("posts-warning-gone")) } }
        div.content.versions lang=[language] dir="auto" {
            @let (old, new) = (text::plain(&was.content), text::plain(&now.content));
            @if old.is_empty() && new.is_empty() { p.soft { (say("posts-no-words")) } } @else { (changes(&old, &new)) }
        }
        @if now.media != was.media {
            p.soft { (fill("posts-media-changed", &[("before", was.media.len().into()), ("now", now.media.len().into())])) }
        }
        @if now.sensitive != was.sensitive {
            p.soft { (say(if now.sensitive { "posts-now-sensitive" } else { "posts-not-sensitive" })) }
        }
        @if now.poll != was.poll { p.soft { (say("posts-poll-changed")) } }
        @if !now.poll.is_empty() { p.soft { (fill("posts-poll-options", &[("options", now.poll.join(", ").into())])) } }
    }
}

fn changes(before: &str, after: &str) -> Markup {
    html! {
        @for (mark, piece) in text::diff(before, after) {
            @match mark {
                Mark::Kept => (lines(&piece)),
                Mark::Added => ins { (lines(&piece)) },
                Mark::Removed => del { (lines(&piece)) },
            }
        }
    }
}

fn lines(text: &str) -> Markup {
    html! {
        @for (n, line) in text.split('\n').enumerate() {
            @if n > 0 { br; }
            (line)
        }
    }
}
