//! Lists of people: who follows the owner, whom the owner follows, and who asks to. The first two stand on the profile,
//! for visitors too, unless the owner hides them.

use super::layout;
use super::parts::{View, account, pager};
use super::people::request_buttons;
use super::profile::is_own;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::store::accounts;
use crate::store::relations::{self, Relationship};
use crate::words::say;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/follow_requests", |app, req| list(app, req, &REQUESTS, false), Auth::Session),
    get("/following", |app, _| Ok(moved(app, "following")), Auth::Session),
    get("/followers", |app, _| Ok(moved(app, "followers")), Auth::Session),
    get("/@{name}/following", |app, req| on_profile(app, req, &FOLLOWING), Auth::Public),
    get("/@{name}/followers", |app, req| on_profile(app, req, &FOLLOWERS), Auth::Public),
];

const PEOPLE: i64 = 40;

struct List {
    which: Relationship,
    /// Keys of words.
    title: &'static str,
    none: &'static str,
    buttons: fn(&View, &Account) -> Markup,
}

const REQUESTS: List = List {
    which: Relationship::FollowRequests,
    title: "people-requests",
    none: "people-requests-none",
    buttons: request_buttons,
};
const FOLLOWING: List = List {
    which: Relationship::Following,
    title: "people-following",
    none: "people-following-none",
    buttons: account::follow_button,
};
const FOLLOWERS: List = List {
    which: Relationship::Followers,
    title: "people-followers",
    none: "people-followers-none",
    buttons: follower_buttons,
};

fn moved(app: &App, list: &str) -> Res {
    Res::see_other(format!("/@{}/{list}", app.instance.username))
}

/// Follow back, or part.
fn follower_buttons(view: &View, who: &Account) -> Markup {
    html! {
        (account::follow_button(view, who))
        (view.button(&format!("/accounts/{}/remove", who.id), "", &html! { (say("people-remove-follower")) span.hide { ": " (who.name()) } }))
    }
}

/// Errors: `NotFound` for anybody but the owner: whom others follow is not known here.
fn on_profile(app: &App, req: &Req, which: &List) -> Result<Res> {
    if !is_own(app, req.param("name")) {
        return Err(Error::not_found());
    }
    let hidden = app.store.read(accounts::owner)?.hide_collections;
    list(app, req, which, hidden)
}

/// `hidden` is for visitors.
fn list(app: &App, req: &Req, list: &List, hidden: bool) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(PEOPLE);
    let closed = hidden && !view.is_owner();
    let people = match closed {
        true => Vec::new(),
        false => {
            let for_all = list.which == Relationship::Following && !view.is_owner();
            let which = if for_all { Relationship::FollowedPeople } else { list.which };
            app.store.read(|c| relations::list(c, which, &page))?
        }
    };
    let ends = people.first().zip(people.last()).map(|(first, last)| (first.0, last.0));
    let none = if closed { say("people-hidden") } else { say(list.none) };
    let buttons = |who: &Account| {
        if view.is_owner() {
            (list.buttons)(&view, who)
        } else {
            html! {}
        }
    };
    let body = html! {
        h1 { (say(list.title)) }
        @if hidden && !closed { p.hint { (say("people-hidden-hint")) } }
        @if people.is_empty() { p.card.empty { (none) } }
        @else { div.list { @for (_, who) in &people { (account::person(&view, who, &buttons(who))) } } }
        (pager(req, ends, people.len() as i64 == page.limit))
    };
    layout::page(app, req, say(list.title), html! {}, body)
}
