//! The feeds that the owner reads here: what is followed, when it was looked at, and the list as OPML
//! (<http://opml.org/spec2.opml>).

use super::layout;
use super::parts::text::{exact, when};
use super::parts::{View, account, back};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Account;
use crate::ops::feeds as ops;
use crate::store::accounts;
use crate::store::feeds::{self, Feed};
use crate::words::{self, fill, rich, say};
use maud::{Markup, PreEscaped, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/feeds", |app, req| page(app, req, None, ""), Auth::Session),
    post("/settings/feeds", add, Auth::Session),
    get("/settings/feeds/opml", export, Auth::Session),
    post("/settings/feeds/opml", import, Auth::Session),
    post("/settings/feeds/{id}/look", look, Auth::Session),
    post("/settings/feeds/{id}/remove", remove, Auth::Session),
];

/// Feeds that one page shows, and bytes of a list.
const ROWS: i64 = 1_000;
const LIST: u64 = 2 * 1024 * 1024;

fn load(app: &App) -> Result<Vec<(Feed, Account)>> {
    app.store.read(|c| {
        let all = feeds::followed(c, ROWS)?;
        let ids: Vec<_> = all.iter().map(|feed| feed.account).collect();
        let mut who = accounts::many(c, &ids)?;
        Ok(all
            .into_iter()
            .filter_map(|feed| Some((who.remove(&feed.account)?, feed)))
            .map(|(a, f)| (f, a))
            .collect())
    })
}

fn add(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let typed = params["address"].as_str().unwrap_or_default().trim();
    match ops::add(app, typed) {
        Ok(_) => Ok(Res::see_other("/settings/feeds")),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
        Err(e) if e.kind == Kind::NotFound => {
            Ok(page(app, req, Some(say("indie-feeds-nothing")), typed)?.status(422))
        }
        Err(e) => Ok(page(app, req, Some(&words::fault(&e.public)), typed)?.status(422)),
    }
}

fn look(app: &App, req: &Req) -> Result<Res> {
    ops::look_now(app, req.id("id")?)?;
    Ok(Res::see_other(back(req)))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    ops::remove(app, req.id("id")?)?;
    Ok(Res::see_other("/settings/feeds"))
}

fn import(app: &App, req: &Req) -> Result<Res> {
    let bytes = req.upload("file").map(|file| file.read_up_to(LIST)).transpose();
    match bytes.and_then(|bytes| ops::import(app, &String::from_utf8_lossy(&bytes.unwrap_or_default()))) {
        Ok(count) => Ok(Res::see_other(format!("/settings/feeds?imported={count}"))),
        Err(e) if e.kind == Kind::Invalid => {
            Ok(page(app, req, Some(&words::fault(&e.public)), "")?.status(422))
        }
        Err(e) => Err(e),
    }
}

fn export(app: &App, _: &Req) -> Result<Res> {
    let rows = load(app)?;
    let list = html! {
        (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
        opml version="2.0" {
            head { title { "@" (app.instance.username) "@" (app.instance.domain) } }
            body {
                @for (feed, who) in &rows {
                    outline type="rss" text=(who.name()) title=(who.name()) xmlUrl=(feed.url) htmlUrl=(who.url) {}
                }
            }
        }
    };
    let res = Res::new(200, "text/x-opml; charset=utf-8", list.into_string());
    Ok(res
        .with("content-disposition", "attachment; filename=\"feeds.opml\"")
        .with("cache-control", "private, no-store"))
}

fn page(app: &App, req: &Req, fault: Option<&str>, typed: &str) -> Result<Res> {
    let view = View::of(app, req);
    let rows = load(app)?;
    let imported = req.query_text("imported").and_then(|n| n.parse::<i64>().ok());
    let body = html! {
        h1 { (say("indie-feeds-title")) }
        @if let Some(fault) = fault {
            p.card.wrong role="alert" { (fault) }
        } @else if let Some(count) = imported {
            p.card.notice role="status" { (fill("indie-feeds-imported", &[("count", count.into())])) }
        }
        form.card.stack method="post" action="/settings/feeds" {
            (view.hidden())
            p { (say("indie-feeds-lead")) }
            label.field {
                span { (say("indie-feeds-address")) }
                input name="address" value=(typed) required inputmode="url" autocapitalize="none" spellcheck="false";
                small { (say("indie-feeds-address-hint")) }
            }
            p.row { button.primary { (say("indie-feeds-follow")) } }
        }
        h2 { (say("indie-feeds-followed")) }
        @if rows.is_empty() { p.card.empty { (say("indie-feeds-none")) } }
        @else { div.list { @for (feed, who) in &rows { (row(&view, feed, who)) } } }
        section.card {
            h2 { (say("indie-feeds-list-title")) }
            p.hint { (say("indie-feeds-list-hint")) }
            @if !rows.is_empty() { p { a.btn href="/settings/feeds/opml" { (say("indie-feeds-export")) } } }
            form.stack method="post" action="/settings/feeds/opml" enctype="multipart/form-data" {
                (view.hidden())
                label.field {
                    span { (say("indie-feeds-file")) }
                    input type="file" name="file" accept=".opml,.xml" required;
                }
                p.row { button { (say("indie-feeds-import")) } }
            }
        }
        nav.pager { a.btn href="/settings" { (say("indie-feeds-back")) } }
    };
    layout::page(app, req, say("indie-feeds-title"), html! {}, body)
}

fn row(view: &View, feed: &Feed, who: &Account) -> Markup {
    let id = feed.account;
    html! {
        div.person.asks {
            (account::names(view, who))
            p.hint.grow {
                @match feed.fetched_at {
                    Some(at) => (rich("indie-feeds-last", &[("when", when(at, view.now).into())])),
                    None => (say("indie-feeds-never")),
                }
                " "
                @match feed.next_at {
                    Some(at) => (rich("indie-feeds-next", &[("time", html! { (exact(at)) }.into())])),
                    None => (say("indie-feeds-stopped")),
                }
                @if let Some(fault) = &feed.fault {
                    " " b { (words::fault(fault)) }
                }
            }
            div.row {
                (view.button(&format!("/settings/feeds/{id}/look"), "", &html! { (say("indie-feeds-look")) span.hide { " " (who.name()) } }))
                (view.button(&format!("/settings/feeds/{id}/remove"), "", &html! { (say("indie-feeds-remove")) span.hide { " " (who.name()) } }))
            }
        }
    }
}
