//! Moving out: the lists at once, and the archive when it is made.

use super::layout;
use super::parts::View;
use super::parts::text::when;
use super::settings::{told, way_back};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Body, Req, Res, Route, range};
use crate::ops::exports;
use crate::words::{self, rich, say};
use maud::html;

const PAGE: &str = "/settings/export";
const ARCHIVE: &str = "/settings/export/archive.zip";

pub const ROUTES: &[Route<App>] = &[
    get(PAGE, page, Auth::Session),
    post(PAGE, make, Auth::Session),
    get(ARCHIVE, archive, Auth::Session),
    post("/settings/export/forget", forget, Auth::Session),
    get("/settings/export/{name}", list, Auth::Session),
];

/// Seconds after which the page is loaded again while the archive is made.
const AGAIN: &str = "5";

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let archive = exports::offered(app)?;
    let ready = archive.made_at.filter(|_| !archive.coming);
    let body = html! {
        h1 { (say("export-title")) }
        (told(req, None))
        section.card.stack {
            h2 { (say("export-archive")) }
            p.hint { (rich("export-archive-hint", &[("command", html! { code { "taure export" } }.into())])) }
            @if archive.coming { p role="status" { (say("export-coming")) } }
            @else if archive.failed { p.wrong role="alert" { (say("export-failed")) } }
            @if let Some(at) = ready {
                p { (rich("export-made", &[("time", when(at, view.now).into()), ("bytes", words::bytes(archive.bytes).into())])) }
            }
            div.row {
                @if ready.is_some() { a.btn.primary href=(ARCHIVE) download { (say("export-download")) } }
                @if !archive.coming { (view.button(PAGE, "", &html! { (say("export-make")) })) }
                @if ready.is_some() { (view.button("/settings/export/forget", "danger", &html! { (say("export-forget")) })) }
            }
        }
        section.card {
            h2 { (say("export-lists")) }
            p.hint { (say("export-lists-hint")) }
            ul.list.index {
                @for (name, _) in exports::FILES {
                    li { a href=(format!("{PAGE}/{name}")) download { b { (about(name)) } (name) } }
                }
            }
        }
        (way_back())
    };
    let head = html! { @if archive.coming { meta http-equiv="refresh" content=(AGAIN); } };
    layout::page(app, req, say("export-title"), head, body)
}

fn about(name: &str) -> &'static str {
    match name {
        "following_accounts.csv" => say("export-following"),
        "followers.csv" => say("export-followers"),
        "lists.csv" => say("export-members"),
        "blocked_accounts.csv" => say("export-blocked"),
        "muted_accounts.csv" => say("export-muted"),
        "blocked_domains.csv" => say("export-domains"),
        "bookmarks.csv" => say("export-bookmarks"),
        _ => say("export-filters"),
    }
}

fn list(app: &App, req: &Req) -> Result<Res> {
    let name = req.param("name");
    let text = exports::list(app, name)?.ok_or_else(Error::not_found)?;
    let kind = if name.ends_with(".csv") { "text/csv; charset=utf-8" } else { "application/json" };
    Ok(kept(Res::new(200, kind, text), name))
}

fn archive(app: &App, req: &Req) -> Result<Res> {
    let (file, bytes) = exports::open(app)?;
    let headers = vec![("content-type", "application/zip".to_owned())];
    let res = Res { status: 200, headers, body: Body::File(file, bytes) };
    range::answer(req, kept(res, "archive.zip"))
}

/// For the owner's disk, and no cache.
fn kept(res: Res, name: &str) -> Res {
    res.with("cache-control", "private, no-store")
        .with("x-content-type-options", "nosniff")
        .with("content-disposition", format!("attachment; filename=\"{name}\""))
}

fn make(app: &App, _: &Req) -> Result<Res> {
    exports::ask(app)?;
    Ok(Res::see_other(PAGE))
}

fn forget(app: &App, _: &Req) -> Result<Res> {
    exports::forget(app)?;
    Ok(Res::see_other(PAGE))
}
