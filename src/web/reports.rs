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
use crate::words::{fill, rich, say};
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
        h1 { (say("notifications-reports-title")) }
        @if list.is_empty() { p.card.empty { (say("notifications-reports-none")) } }
        @else {
            p.hint { (say("notifications-reports-hint")) }
            div.list { @for flag in &list { (one(&view, flag, people.get(&flag.account_id))) } }
        }
        nav.pager { a.btn href="/settings" { (say("notifications-reports-back")) } }
    };
    layout::page(app, req, say("notifications-reports-title"), html! {}, body)
}

fn one(view: &View, flag: &Flag, by: Option<&Account>) -> Markup {
    let server = by.and_then(|by| by.domain.as_deref()).unwrap_or(say("notifications-reports-unknown"));
    html! {
        article.told {
            p {
                b { (fill("notifications-reports-from", &[("server", server.into())])) }
                @if let Some(by) = by {
                    @let name = html! { a href=(account::address(view, by)) { (account::name(&view.app.instance, by)) } };
                    ", " (rich("notifications-reports-by", &[("person", name.into())]))
                }
                ", " (when(flag.created_at, view.now))
            }
            @if flag.comment.is_empty() { p.hint { (say("notifications-reports-wordless")) } } @else { p dir="auto" { (flag.comment) } }
            @if !flag.statuses.is_empty() {
                p {
                    (say("notifications-reports-about")) " "
                    @for (n, id) in flag.statuses.iter().enumerate() {
                        @if n > 0 { ", " }
                        a href={ "/@" (view.app.instance.username) "/" (id) } { (say("notifications-reports-post")) }
                    }
                }
            }
            div.row { (view.button(&format!("/reports/{}/dismiss", flag.id), "", &html! { (say("notifications-dismiss")) })) }
        }
    }
}

fn dismiss(app: &App, req: &Req) -> Result<Res> {
    let id: ReportId = req.id("id")?;
    app.store.write(|tx| ops::dismiss(tx, id))?;
    Ok(Res::see_other("/reports"))
}
