//! A post on its own page, with what it answers and what answers it. Previews:
//! <https://ogp.me/>

use super::parts::compose::{self, Draft};
use super::parts::status::{self, Posts};
use super::parts::text::date;
use super::parts::{View, account, back, media, webmentions};
use super::profile::{alternate, is_own, named};
use super::{conversations, delivery, layout, remote, session};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::backfill;
use crate::ops::receipts::{self, Receipts};
use crate::ops::visibility;
use crate::store::{accounts, instance, interactions, statuses, timelines};
use crate::text;
use crate::words::{fill, say};
use maud::{Markup, html};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::HashMap;

pub const ROUTES: &[Route<App>] = &[
    get("/@{name}/{id}", show, Auth::Public),
    get("/users/{name}/statuses/{id}", by_id, Auth::Public),
    get("/live/{id}/replies", news, Auth::Session),
    post("/posts/{id}/missing", fetch_missing, Auth::Session),
];

/// What one page shows of a long thread; Mastodon shows strangers 40 and 60, 20 deep.
const UP: i64 = 40;
const DOWN: i64 = 100;
const DEPTH: i64 = 20;
/// What is seen of a branch before the rest of it folds away.
const BRANCH: usize = 5;
/// Letters of a post in a link preview and in the title.
const PREVIEW: usize = 300;
const TITLE: usize = 60;

struct Thread {
    author: Account,
    status: Status,
    above: Vec<Status>,
    below: Vec<Status>,
    posts: Posts,
    draft: Option<Draft>,
    /// Replies that were named and could not be had; for the owner, once somebody looked.
    missing: Option<i64>,
    /// Of an own post, for the owner.
    receipts: Option<Receipts>,
    /// What the author of what it answers said to it, where that was asked.
    leave: Option<LeaveState>,
    place: Place,
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let name = req.param("name");
    let id: StatusId = req.id("id")?;
    let author = if is_own(app, name) { app.store.read(accounts::owner)? } else { named(&view, name)? };
    let looking = view.is_owner() && look_for_more(app, id)?;
    let rests = view.is_owner() && !looking && req.query_text("rests").is_some();
    let mut thread = app.store.read(|c| load(c, &view, author, id))?;
    if let Some(original) = thread.status.reblog_of {
        return to_original(app, &view, original);
    }
    if view.is_owner() && thread.status.local {
        thread.receipts = Some(receipts::of(app, id)?);
        thread.leave = app.store.read(|c| interactions::approval(c, id))?.map(|leave| leave.state);
    }
    let body = html! {
        h1.hide { (fill("thread-title", &[("who", thread.author.name().into())])) }
        (conversations::opened(&view, &thread.status)?)
        @if rests { p.card.notice role="status" { (say("thread-rests")) } }
        (render(&view, &thread))
        @if looking {
            p.hint.complete role="status" { (say("thread-looking")) " " a href=(req.path) { (say("thread-look")) } }
        }
    };
    let status = &thread.status;
    let text = text::plain(&status.content);
    let res = layout::page(app, req, &title(status, &text), head(&view, &thread, &text), body)?;
    Ok(if status.local { res.with("link", alternate(&status.uri)) } else { res })
}

/// The warning, else the first words of what it says in `text`.
pub fn title(status: &Status, text: &str) -> String {
    match (status.spoiler_text.as_str(), text) {
        ("", "") => fill("thread-of-day", &[("date", date(status.created_at).into())]),
        ("", text) => text::line(text, TITLE),
        (warning, _) => text::line(warning, TITLE),
    }
}

/// What others answered on other servers is fetched in the background; whether that goes on.
fn look_for_more(app: &App, id: StatusId) -> Result<bool> {
    let status = app.store.read(|c| Ok(statuses::many(c, &[id])?.remove(&id)))?;
    Ok(match status {
        Some(status) => backfill::thread_later(app, &status)?.is_some(),
        None => false,
    })
}

/// The owner wants what could not be had: their server is asked again, unless that was done a moment ago.
fn fetch_missing(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    app.store.read(|c| visibility::visible(c, Viewer::Owner, app.instance.owner, id))?;
    let begun = look_for_more(app, id)?;
    let to = back(req);
    let page = to.split(['?', '#']).next().unwrap_or("/");
    Ok(Res::see_other(if begun { page.to_owned() } else { format!("{page}?rests=1") }))
}

/// All answers as they are now, for a page that is open and shows `seen` of them; a button first, if there are more.
fn news(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let number = |name: &str| req.query_text(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
    let given = req.query_text("back").unwrap_or_default();
    let here = session::local_path(Some(&given)).to_owned();
    let view = View::of(app, req);
    let view = view.at(&here);
    let thread = app.store.read(|c| {
        let status = visibility::visible(c, view.viewer(), app.instance.owner, id)?;
        load(c, &view, accounts::get(c, status.account_id)?, id)
    })?;
    let replies = replies(&view, &thread);
    let new = replies.0.matches("<article ").count().saturating_sub(number("seen"));
    let piece = html! {
        @if new > 0 { button.primary.newer { (fill("thread-new", &[("count", new.into())])) } }
        (replies)
    };
    Ok(Res::html(piece.into_string()).with("cache-control", "private, no-store"))
}

/// A browser that was given the ActivityPub id.
fn by_id(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    Ok(Res::redirect(302, format!("/@{}/{id}", app.instance.username)).with("vary", "Accept"))
}

/// A boost has no page of its own.
fn to_original(app: &App, view: &View, id: StatusId) -> Result<Res> {
    let (status, author) = app.store.read(|c| {
        let status = visibility::visible(c, view.viewer(), app.instance.owner, id)?;
        let author = accounts::get(c, status.account_id)?;
        Ok((status, author))
    })?;
    Ok(Res::redirect(302, status::address(view, &status, &author)))
}

fn load(c: &Connection, view: &View, author: Account, id: StatusId) -> Result<Thread> {
    let (viewer, me) = (view.viewer(), view.app.instance.owner);
    let status = match visibility::visible(c, viewer, me, id) {
        Ok(status) if status.account_id == author.id => status,
        Ok(_) => return Err(Error::not_found()),
        Err(e) if e.kind == Kind::NotFound && author.is_owner() => {
            return Err(gone(c, view, id)?.unwrap_or(e));
        }
        Err(e) => return Err(e),
    };
    let above = visibility::only_visible(c, viewer, me, timelines::ancestors(c, id, UP)?)?;
    let below = visibility::only_visible(c, viewer, me, timelines::descendants(c, id, DOWN, DEPTH)?)?;
    let posts = Posts::load(c, above.iter().chain(&below).chain([&status]))?;
    let posts = posts.filtered(c, view, FilterContext::Thread)?;
    // Whom the owner blocks does not speak on the owner's pages.
    let heard =
        |s: &Status| posts.author(s).is_some_and(|a| !a.relation.blocking() && !a.relation.domain_blocked);
    let below: Vec<Status> = below.into_iter().filter(|s| heard(s)).collect();
    let missing = if view.is_owner() { statuses::missing_replies(c, id)? } else { None };
    let draft = if view.is_owner() && !status.is_feed() { Some(reply_to(c, &status)?) } else { None };
    let place = instance::settings(c)?.place;
    Ok(Thread { author, status, above, below, posts, draft, missing, receipts: None, leave: None, place })
}

/// The difference between a post that was deleted and one that never was.
pub(super) fn gone(c: &Connection, view: &View, id: StatusId) -> Result<Option<Error>> {
    let uri = format!("{}/statuses/{id}", view.app.instance.actor());
    let buried = statuses::buried(c, &uri)?;
    Ok(buried.map(|_| Error::new(Kind::Gone, "This post was deleted")))
}

/// A box that answers `status`: who is in the talk is named, and it is no more public than that.
pub fn reply_to(c: &Connection, status: &Status) -> Result<Draft> {
    let settings = instance::settings(c)?;
    let author = accounts::get(c, status.account_id)?;
    let mut names: Vec<String> = Vec::new();
    if !author.is_owner() {
        names.push(author.acct());
    }
    for mention in statuses::mentions_of(c, status.id)? {
        if !mention.silent && mention.acct.contains('@') && !names.contains(&mention.acct) {
            names.push(mention.acct);
        }
    }
    let text = names.iter().map(|name| format!("@{name} ")).collect();
    Ok(Draft {
        text,
        spoiler_text: status.spoiler_text.clone(),
        visibility: status.visibility.max(settings.default_visibility),
        language: status.language.clone().or(settings.default_language.clone()),
        in_reply_to: Some(status.id),
        ..Draft::new(&settings)
    })
}

fn render(view: &View, thread: &Thread) -> Markup {
    let posts = &thread.posts;
    let missing = thread.above.is_empty() && thread.status.in_reply_to_uri.is_some();
    html! {
        @if thread.above.len() > 2 { p.hint { a href=(format!("#s{}", thread.status.id)) { (say("thread-jump")) } } }
        div.list.thread {
            @if missing { p.post.soft { (say("thread-above-missing")) } }
            @for status in &thread.above { (status::item(view, posts, status, "up")) }
            (status::focus(view, posts, &thread.status))
        }
        @match thread.leave {
            Some(LeaveState::Asked) => p.hint.receipt role="note" { (say("thread-asked")) },
            Some(LeaveState::Refused) => p.hint.receipt role="note" { (say("thread-refused")) },
            Some(LeaveState::Given) | None => {}
        }
        @if let Some(receipts) = &thread.receipts { (delivery::line(thread.status.id, receipts)) }
        (webmentions::below(view, &thread.status))
        @if let Some(draft) = &thread.draft { (compose::form(view, draft, false)) }
        @else if thread.status.local { (remote::reply_box(&thread.status.uri)) }
        @if let Some(missing) = thread.missing {
            @let here = thread.below.len();
            @if missing > 0 {
                @let all = here + usize::try_from(missing).unwrap_or(0);
                div.row.complete {
                    span.soft { (fill("thread-some", &[("here", here.into()), ("all", all.into())])) }
                    (view.button(&format!("/posts/{}/missing", thread.status.id), "", &html! { (say("thread-fetch")) }))
                }
            } @else if here > 0 {
                p.hint.complete { (fill("thread-all", &[("count", here.into())])) }
            }
        }
        (replies(view, thread))
    }
}

/// What answers the post. The owner's script looks for this place, even if nothing stands there.
fn replies(view: &View, thread: &Thread) -> Markup {
    let posts = &thread.posts;
    let depths = depths(thread);
    html! {
        section #replies {
            @if !thread.below.is_empty() {
                h2.hide { (say("thread-replies")) }
                div.list.thread {
                    @let one = |status: &Status| {
                        let depth = depths.get(&status.id).copied().unwrap_or(1).min(4);
                        status::item(view, posts, status, &format!("down{depth}"))
                    };
                    @for branch in branches(&thread.below, &depths) {
                        @let (seen, rest) = branch.split_at(if branch.len() > BRANCH + 1 { BRANCH } else { branch.len() });
                        @for status in seen { (one(status)) }
                        @if !rest.is_empty() {
                            details.branch {
                                summary { (fill("thread-folded", &[("count", rest.len().into())])) }
                                @for status in rest { (one(status)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Each answer to the post with what answers that, which come depth first.
fn branches<'a>(
    below: &'a [Status],
    depths: &'a HashMap<StatusId, usize>,
) -> impl Iterator<Item = &'a [Status]> {
    below.chunk_by(|_, next| depths.get(&next.id).is_some_and(|depth| *depth > 1))
}

/// How far each reply stands below the post. Parents come before their replies.
fn depths(thread: &Thread) -> HashMap<StatusId, usize> {
    let mut depths = HashMap::from([(thread.status.id, 0)]);
    for status in &thread.below {
        let above = status.in_reply_to.and_then(|id| depths.get(&id).copied()).unwrap_or(0);
        depths.insert(status.id, above + 1);
    }
    depths
}

fn head(view: &View, thread: &Thread, text: &str) -> Markup {
    let Thread { author, status, posts, .. } = thread;
    if !status.local {
        return html! {};
    }
    let me = &view.app.instance;
    let hidden = !status.spoiler_text.is_empty();
    let preview = text::line(if hidden { &status.spoiler_text } else { text }, PREVIEW);
    let url = status.url.as_deref().unwrap_or(&status.uri);
    let picture = posts.media(status).iter().find(|_| !hidden && !status.sensitive);
    let large = picture.and_then(|m| Some((m, media::address(&view.app.instance, m)?)));
    let in_public = status.visibility == Visibility::Public;
    let mut robots = layout::robots(author, &thread.place);
    if !in_public && author.discoverable {
        let rest = if robots.is_empty() { String::new() } else { format!(", {robots}") };
        robots = format!("noindex{rest}");
    }
    html! {
        link rel="alternate" type="application/activity+json" href=(status.uri);
        link rel="canonical" href=(url);
        @if status.visibility.is_open() {
            @let query: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
            link rel="alternate" type="application/json+oembed" href=(me.at(&format!("/api/oembed?url={query}")));
        }
        meta name="description" content=(preview);
        @if !robots.is_empty() { meta name="robots" content=(robots); }
        @if in_public && author.discoverable { (layout::linked_data(&posting(view, thread, text, large.as_ref().map(|(_, a)| a)))) }
        meta property="og:type" content="article";
        meta property="og:site_name" content=(author.name());
        meta property="og:title" content={ (author.name()) " (" (account::handle(view, author)) ")" };
        meta property="og:description" content=(preview);
        meta property="og:url" content=(url);
        meta property="article:published_time" content=(status.created_at);
        meta name="fediverse:creator" content={ "@" (author.username) "@" (me.domain) };
        @if let Some((media, address)) = &large {
            meta property="og:image" content=(me.at(address));
            @if media.width > 0 {
                meta property="og:image:width" content=(media.width);
                meta property="og:image:height" content=(media.height);
            }
            @if let Some(alt) = &media.description { meta property="og:image:alt" content=(alt); }
            meta name="twitter:card" content="summary_large_image";
        } @else {
            meta property="og:image" content=(me.at(&account::avatar_address(&view.app.instance, author)));
            meta name="twitter:card" content="summary";
        }
    }
}

/// The post for search engines: <https://developers.google.com/search/docs/appearance/structured-data/discussion-forum>
fn posting(view: &View, thread: &Thread, text: &str, picture: Option<&String>) -> Value {
    let Thread { author, status, .. } = thread;
    let me = &view.app.instance;
    let counted = |action: &str, count: i64| {
        json!({
            "@type": "InteractionCounter", "interactionType": format!("https://schema.org/{action}"),
            "userInteractionCount": count,
        })
    };
    let counts = &status.counts;
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "SocialMediaPosting",
        "identifier": status.uri,
        "url": status.url.as_deref().unwrap_or(&status.uri),
        "datePublished": status.created_at.to_string(),
        "author": {
            "@type": "Person", "name": author.name(), "alternateName": account::handle(view, author),
            "identifier": me.actor(), "url": me.at(&format!("/@{}", author.username)),
        },
        // What a warning covers is for those who open it.
        "text": if status.spoiler_text.is_empty() { text } else { &status.spoiler_text },
        "interactionStatistic": [
            counted("LikeAction", counts.favourites), counted("ShareAction", counts.reblogs),
            counted("CommentAction", counts.replies),
        ],
    });
    let mut set = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            data[name] = Value::String(value);
        }
    };
    set("dateModified", status.edited_at.map(|at| at.to_string()));
    set("inLanguage", status.language.clone());
    set("image", picture.map(|address| me.at(address)));
    data
}
