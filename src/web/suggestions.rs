//! Whom the owner may want to follow: <https://docs.joinmastodon.org/methods/suggestions/>

use super::layout;
use super::parts::{View, account, back};
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::store::suggestions;
use crate::words::say;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/suggestions", show, Auth::Session), post("/suggestions/{id}/dismiss", dismiss, Auth::Session)];

const PEOPLE: i64 = 40;
/// In the box of an empty home.
const FEW: i64 = 3;

fn rows(view: &View, most: i64) -> Result<Vec<Account>> {
    view.app.store.read(|c| suggestions::friends_of_friends(c, view.now, most, 0))
}

fn list(view: &View, found: &[Account]) -> Markup {
    let buttons = |who: &Account| {
        html! {
            (account::follow_button(view, who))
            (view.button(&format!("/suggestions/{}/dismiss", who.id), "", &html! { (say("rooms-suggestion-dismiss")) span.hide { ": " (who.name()) } }))
        }
    };
    html! { div.list { @for who in found { (account::person(view, who, &buttons(who))) } } }
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let found = rows(&view, PEOPLE)?;
    let body = html! {
        h1 { (say("rooms-suggestions")) }
        p.hint { (say("rooms-suggestions-hint")) }
        @if found.is_empty() { p.card.empty { (say("rooms-suggestions-none")) } } @else { (list(&view, &found)) }
    };
    layout::page(app, req, say("rooms-suggestions"), html! {}, body)
}

/// Below a home in which nothing stands; nothing where nobody is known.
pub fn beginning(view: &View) -> Result<Markup> {
    let found = rows(view, FEW)?;
    Ok(html! {
        @if !found.is_empty() {
            h2 { (say("rooms-suggestions")) }
            (list(view, &found))
            p.row { a.btn href="/suggestions" { (say("rooms-suggestions-more")) } }
        }
    })
}

fn dismiss(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    app.store.write(|tx| suggestions::dismiss(tx, id))?;
    Ok(Res::see_other(back(req)))
}
