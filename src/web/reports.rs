//! What other servers reported about the owner.

use super::layout;
use super::parts::text::when;
use super::parts::{View, account};
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::flags as ops;
use crate::store::{accounts, flags};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/reports", show, Auth::Session), post("/reports/{id}/dismiss", dismiss, Auth::Session)];

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let (list, people) = app.store.read(|c| {
        let list = flags::list(c)?;
        let people = accounts::many(c, &list.iter().map(|flag| flag.account_id).collect::<Vec<_>>())?;
        Ok((list, people))
    })?;
    let body = html! {
        h1 { "Reports about you" }
        @if list.is_empty() { p.card.empty { "Nobody has reported you." } }
        @else {
            p.hint {
                "Somebody on another server told their moderators about you or your posts, and they tell you: nobody else "
                "moderates this server. They may limit or block you there; from here nothing is answered."
            }
            div.list { @for flag in &list { (one(&view, flag, people.get(&flag.account_id))) } }
        }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Reports about you", html! {}, body)
}

fn one(view: &View, flag: &Flag, by: Option<&Account>) -> Markup {
    html! {
        article.told {
            p {
                b { "From " (by.and_then(|by| by.domain.as_deref()).unwrap_or("an unknown server")) }
                @if let Some(by) = by { ", by " a href=(account::address(view, by)) { (account::name(&view.app.instance, by)) } }
                ", " (when(flag.created_at, view.now))
            }
            @if flag.comment.is_empty() { p.hint { "Without a word." } } @else { p dir="auto" { (flag.comment) } }
            @if !flag.statuses.is_empty() {
                p {
                    "About "
                    @for (n, id) in flag.statuses.iter().enumerate() {
                        @if n > 0 { ", " }
                        a href={ "/@" (view.app.instance.username) "/" (id) } { "this post" }
                    }
                }
            }
            div.row { (view.button(&format!("/reports/{}/dismiss", flag.id), "", &html! { "Dismiss" })) }
        }
    }
}

fn dismiss(app: &App, req: &Req) -> Result<Res> {
    let id: ReportId = req.id("id")?;
    app.store.write(|tx| ops::dismiss(tx, id))?;
    Ok(Res::see_other("/reports"))
}
