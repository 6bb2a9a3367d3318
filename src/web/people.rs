//! People around the owner: the lists of them, and what the buttons beside their names do.

use super::layout;
use super::parts::{View, account, back, pager};
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::follows::{self, FollowOptions};
use crate::ops::relations as ops;
use crate::store::relations::{self, Relationship};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/follow_requests", |app, req| list(app, req, &REQUESTS), Auth::Session),
    get("/following", |app, req| list(app, req, &FOLLOWING), Auth::Session),
    get("/followers", |app, req| list(app, req, &FOLLOWERS), Auth::Session),
    post("/accounts/{id}/follow", |app, req| act(app, req, |app, id| follow(app, id, None)), Auth::Session),
    post(
        "/accounts/{id}/show_boosts",
        |app, req| act(app, req, |app, id| follow(app, id, Some(true))),
        Auth::Session,
    ),
    post(
        "/accounts/{id}/hide_boosts",
        |app, req| act(app, req, |app, id| follow(app, id, Some(false))),
        Auth::Session,
    ),
    post("/accounts/{id}/unfollow", |app, req| act(app, req, follows::unfollow), Auth::Session),
    post("/accounts/{id}/accept", |app, req| act(app, req, follows::authorise), Auth::Session),
    post("/accounts/{id}/reject", |app, req| act(app, req, follows::reject), Auth::Session),
    post("/accounts/{id}/remove", |app, req| act(app, req, follows::reject), Auth::Session),
    post(
        "/accounts/{id}/mute",
        |app, req| act(app, req, |app, id| ops::mute(app, id, true, 0)),
        Auth::Session,
    ),
    post("/accounts/{id}/unmute", |app, req| act(app, req, ops::unmute), Auth::Session),
    post("/accounts/{id}/block", |app, req| act(app, req, ops::block), Auth::Session),
    post("/accounts/{id}/unblock", |app, req| act(app, req, ops::unblock), Auth::Session),
];

const PEOPLE: i64 = 40;

struct List {
    which: Relationship,
    title: &'static str,
    none: &'static str,
    buttons: fn(&View, &Account) -> Markup,
}

const REQUESTS: List = List {
    which: Relationship::FollowRequests,
    title: "Follow requests",
    none: "Nobody is asking to follow you.",
    buttons: request_buttons,
};
const FOLLOWING: List = List {
    which: Relationship::Following,
    title: "Following",
    none: "You follow nobody yet. Search for a name like @user@server.",
    buttons: account::follow_button,
};
const FOLLOWERS: List = List {
    which: Relationship::Followers,
    title: "Followers",
    none: "Nobody follows you yet.",
    buttons: account::follow_button,
};

fn follow(app: &App, id: AccountId, reblogs: Option<bool>) -> Result<Account> {
    follows::follow(app, id, &FollowOptions { reblogs, ..FollowOptions::default() })
}

fn act(app: &App, req: &Req, done: fn(&App, AccountId) -> Result<Account>) -> Result<Res> {
    done(app, req.id("id")?)?;
    Ok(Res::see_other(back(req)))
}

fn list(app: &App, req: &Req, list: &List) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(PEOPLE);
    let people = app.store.read(|c| relations::list(c, list.which, &page))?;
    let ends = people.first().zip(people.last()).map(|(first, last)| (first.0, last.0));
    let body = html! {
        h1 { (list.title) }
        @if people.is_empty() { p.card.empty { (list.none) } }
        @else {
            div.list { @for (_, who) in &people { (account::person(&view, who, &(list.buttons)(&view, who))) } }
        }
        (pager(req, ends, people.len() as i64 == page.limit))
    };
    layout::page(app, req, list.title, html! {}, body)
}

fn button(view: &View, who: &Account, verb: &str, label: &str, class: &str) -> Markup {
    view.button(&format!("/accounts/{}/{verb}", who.id), class, &html! { (label) })
}

/// Yes or no to somebody who wants to follow.
pub fn request_buttons(view: &View, who: &Account) -> Markup {
    html! { (button(view, who, "accept", "Accept", "primary")) (button(view, who, "reject", "Reject", "")) }
}
