//! What the buttons below a post do. Each ends where it was pressed; `taure.js` takes the new buttons
//! instead.

use super::compose::policy_name;
use super::layout;
use super::parts::status::{self, Posts};
use super::parts::{View, acts, back};
use super::thread::gone;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::drafts::{self, Content};
use crate::ops::posts::typed;
use crate::ops::statuses::NewStatus;
use crate::ops::{boosts, favourites, quotes, reactions, statuses};
use crate::store;
use crate::words::say;
use maud::html;
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[
    post("/posts/{id}/favourite", |app, req| act(app, req, favourites::add), Auth::Session),
    post("/posts/{id}/unfavourite", |app, req| act(app, req, favourites::remove), Auth::Session),
    post("/posts/{id}/boost", |app, req| act(app, req, |app, id| boosts::add(app, id, None)), Auth::Session),
    post("/posts/{id}/unboost", |app, req| act(app, req, boosts::remove), Auth::Session),
    post(
        "/posts/{id}/bookmark",
        |app, req| act(app, req, |app, id| statuses::set_bookmarked(app, id, true)),
        Auth::Session,
    ),
    post(
        "/posts/{id}/unbookmark",
        |app, req| act(app, req, |app, id| statuses::set_bookmarked(app, id, false)),
        Auth::Session,
    ),
    post(
        "/posts/{id}/pin",
        |app, req| act(app, req, |app, id| statuses::set_pinned(app, id, true)),
        Auth::Session,
    ),
    post(
        "/posts/{id}/unpin",
        |app, req| act(app, req, |app, id| statuses::set_pinned(app, id, false)),
        Auth::Session,
    ),
    post(
        "/posts/{id}/mute",
        |app, req| act(app, req, |app, id| statuses::set_muted(app, id, true)),
        Auth::Session,
    ),
    post(
        "/posts/{id}/unmute",
        |app, req| act(app, req, |app, id| statuses::set_muted(app, id, false)),
        Auth::Session,
    ),
    post("/posts/{id}/react", |app, req| react(app, req, reactions::add), Auth::Session),
    post("/posts/{id}/unreact", |app, req| react(app, req, reactions::remove), Auth::Session),
    get("/posts/{id}/delete", ask, Auth::Session),
    post("/posts/{id}/delete", delete, Auth::Session),
    get("/posts/{id}/redraft", ask_redraft, Auth::Session),
    post("/posts/{id}/redraft", redraft, Auth::Session),
];

fn act(app: &App, req: &Req, done: fn(&App, StatusId) -> Result<Status>) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    done(app, id)?;
    if req.header("x-swap").is_none() {
        return Ok(Res::see_other(back(req)));
    }
    let (status, author) = app.store.read(|c| {
        let status = store::statuses::get(c, id)?;
        let author = store::accounts::get(c, status.account_id)?;
        Ok((status, author))
    })?;
    let here = back(req);
    let view = View::of(app, req);
    let view = view.at(&here);
    let to = status::address(&view, &status, &author);
    Ok(Res::html(acts::acts(&view, &status, &author, &to).into_string()).with("cache-control", "no-store"))
}

fn react(app: &App, req: &Req, done: fn(&App, StatusId, &str) -> Result<Status>) -> Result<Res> {
    #[derive(Deserialize)]
    struct Form {
        emoji: String,
    }
    let form: Form = req.form()?;
    done(app, req.id("id")?, form.emoji.trim())?;
    Ok(Res::see_other(back(req)))
}

/// A page of its own instead of a question of a script.
fn ask(app: &App, req: &Req) -> Result<Res> {
    question(
        app,
        req,
        [
            say("posts-delete-title"),
            say("posts-delete-question"),
            say("posts-delete-explained"),
            say("posts-delete"),
        ],
    )
}

fn ask_redraft(app: &App, req: &Req) -> Result<Res> {
    question(
        app,
        req,
        [
            say("posts-redraft-title"),
            say("posts-redraft-question"),
            say("posts-redraft-explained"),
            say("posts-redraft"),
        ],
    )
}

fn question(app: &App, req: &Req, [title, heading, explained, act]: [&str; 4]) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let view = View::of(app, req);
    let (status, posts) = app.store.read(|c| {
        let status = store::statuses::get(c, id)?;
        let posts = Posts::load(c, [&status])?;
        Ok((status, posts))
    })?;
    let to = posts.author(&status).map(|author| status::address(&view, &status, author)).unwrap_or_default();
    let body = html! {
        div.card.stack {
            h1 { (heading) }
            p { (explained) }
            form.row method="post" {
                (view.hidden())
                button.danger { (act) }
                a.btn href=(to) { (say("posts-keep")) }
            }
        }
        div.list { (status::item(&view, &posts, &status, "")) }
    };
    layout::page(app, req, title, html! {}, body)
}

fn delete(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    if let Err(e) = statuses::delete(app, id, true) {
        // Gone is gone: a browser says it twice when it left the page before it was answered.
        let view = View::of(app, req);
        if e.kind != Kind::NotFound || app.store.read(|c| gone(c, &view, id))?.is_none() {
            return Err(e);
        }
    }
    Ok(Res::see_other(format!("/@{}", app.instance.username)))
}

/// The post is a draft before it is deleted: whatever happens between, nothing is lost.
fn redraft(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let mut content = app.store.read(|c| {
        let status = store::statuses::get(c, id)?;
        if !status.local || status.reblog_of.is_some() {
            return Err(Error::not_found());
        }
        let pictures = store::media::of_statuses(c, &[id])?.remove(&id).unwrap_or_default();
        let (_, quoted) = quotes::of(c, id)?;
        let poll = store::polls::get(c, id)?.map(|poll| NewPoll {
            options: poll.titles().map(str::to_owned).collect(),
            expires_in: poll.expires_at.map_or(time::DAY, |end| end.0 - status.created_at.0) / time::SECOND,
            multiple: poll.multiple,
            hide_totals: poll.hide_totals,
        });
        Ok(Content {
            new: NewStatus {
                text: typed(&status),
                markdown: Some(status.markdown),
                spoiler_text: status.spoiler_text,
                sensitive: Some(status.sensitive),
                language: status.language,
                visibility: Some(status.visibility),
                quote_policy: Some(policy_name(status.quote_policy).to_owned()),
                in_reply_to: status.in_reply_to,
                quotes: quoted.map(|target| target.status.id),
                media: pictures.iter().map(|m| m.id).collect(),
                poll,
                // Of this post, so that a second press makes no second draft.
                idempotency_key: Some(format!("redraft-{id}")),
                ..NewStatus::default()
            },
            ..Content::default()
        })
    })?;
    let mut draft = drafts::save(app, &content)?;
    if draft.is_none() {
        // The post was not deleted the last time, and what was made of it then is posted.
        content.new.idempotency_key = Some(format!("redraft-{id}-{}", app.now().0));
        draft = drafts::save(app, &content)?;
    }
    let draft = draft.ok_or_else(|| Error::invalid("There is nothing in this post to write again"))?;
    statuses::delete(app, id, false)?;
    Ok(Res::see_other(format!("/drafts/{draft}")))
}
