//! What the buttons below a post do. Each ends where it was pressed; `taure.js` takes the new buttons
//! instead.

use super::layout;
use super::parts::status::{self, Posts};
use super::parts::{View, acts, back};
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{boosts, favourites, reactions, statuses};
use crate::store;
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
            h1 { "Delete this post?" }
            p { "It goes from here at once, and other servers are asked to delete it, too. Nobody can bring it back." }
            form.row method="post" {
                (view.hidden())
                button.danger { "Delete it" }
                a.btn href=(to) { "Keep it" }
            }
        }
        div.list { (status::item(&view, &posts, &status, "")) }
    };
    layout::page(app, req, "Delete a post", html! {}, body)
}

fn delete(app: &App, req: &Req) -> Result<Res> {
    statuses::delete(app, req.id("id")?, true)?;
    Ok(Res::see_other(format!("/@{}", app.instance.username)))
}
