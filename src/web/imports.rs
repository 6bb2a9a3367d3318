//! Moving in: an archive is handed in, looked at, brought along by the worker, and reported.

use super::layout;
use super::parts::View;
use super::parts::text::when;
use super::settings::{told, way_back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::imports::{self, REASONS, SORTS};
use crate::store;
use crate::words::{self, fill, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/import", |app, req| page(app, req, None), Auth::Session),
    post("/settings/import", take, Auth::Session),
    get("/settings/import/{id}", |app, req| one(app, req, None), Auth::Session),
    post("/settings/import/{id}", start, Auth::Session),
    post("/settings/import/{id}/forget", forget, Auth::Session),
];

/// Seconds after which the page of one that is on its way is loaded again.
const AGAIN: &str = "3";

fn page(app: &App, req: &Req, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let list = app.store.read(store::imports::list)?;
    let size = words::bytes(u64::from(app.config.upload_mb) << 20);
    let body = html! {
        h1 { (say("import-title")) }
        (told(req, fault))
        form.card method="post" action="/settings/import" enctype="multipart/form-data" {
            (view.hidden())
            p.hint { (say("import-hint")) }
            label.field {
                span { (say("import-file")) }
                input type="file" name="file" required;
                small { (rich("import-file-hint", &[("size", size.into()), ("command", html! { code { "taure import" } }.into())])) }
            }
            label.field {
                span { (say("import-kind")) }
                select name="kind" {
                    option value="" { (say("import-kind-any")) }
                    @for kind in imports::Kind::ALL { option value=(kind.as_str()) { (kind.name()) } }
                }
            }
            p.row { button.primary { (say("import-look")) } }
        }
        section.card {
            h2 { (say("import-before")) }
            @if list.is_empty() { p { (say("import-none")) } }
            @else {
                ul.list.index {
                    @for import in &list {
                        li { a href=(format!("/settings/import/{}", import.id)) { b { (name(import)) } (state(import)) " · " (when(import.updated_at, view.now)) } }
                    }
                }
            }
        }
        (way_back())
    };
    layout::page(app, req, say("import-title"), html! {}, body)
}

fn name(import: &Import) -> String {
    let kind = imports::Kind::parse(&import.kind).map_or("", imports::Kind::name);
    match import.plan.of.as_str() {
        "" => kind.to_owned(),
        of => fill("import-of", &[("kind", kind.into()), ("of", of.into())]),
    }
}

fn state(import: &Import) -> String {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    match import.state {
        ImportState::Seen => say("import-seen").to_owned(),
        ImportState::Running => {
            let (done, all) = imports::progress(import);
            fill("import-running", &[("done", number(done).into()), ("all", number(all).into())])
        }
        ImportState::Stopped => say("import-stopped").to_owned(),
        ImportState::Done => say("import-done").to_owned(),
    }
}

fn take(app: &App, req: &Req) -> Result<Res> {
    let file = req.upload("file").filter(|file| file.bytes > 0);
    // Nothing chosen: it says by itself.
    let kind = req.params()?["kind"].as_str().and_then(imports::Kind::parse);
    let taken = file
        .ok_or_else(|| Error::invalid("Choose a file first"))
        .and_then(|file| imports::receive(app, file, kind));
    match taken {
        Ok(import) => Ok(Res::see_other(format!("/settings/import/{}", import.id))),
        Err(e) if matches!(e.kind, Kind::Invalid | Kind::TooLarge | Kind::NoSpace) => {
            Ok(page(app, req, Some(&e.public))?.status(e.kind.status()))
        }
        Err(e) => Err(e),
    }
}

fn start(app: &App, req: &Req) -> Result<Res> {
    let id: RowId = req.id("id")?;
    let options = ImportOptions { direct: req.params()?["direct"].as_str().is_some() };
    match imports::start(app, id, options) {
        Ok(()) => Ok(Res::see_other(format!("/settings/import/{id}"))),
        Err(e) if e.kind == Kind::Invalid => Ok(one(app, req, Some(&e.public))?.status(e.kind.status())),
        Err(e) => Err(e),
    }
}

fn forget(app: &App, req: &Req) -> Result<Res> {
    imports::forget(app, req.id("id")?)?;
    Ok(Res::see_other("/settings/import"))
}

/// The preview of one, how far it is, or its report.
fn one(app: &App, req: &Req, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let id: RowId = req.id("id")?;
    let import = app.store.read(|c| store::imports::get(c, id))?;
    let fault = fault.or(import.failure.as_deref());
    let begun = import.state != ImportState::Seen;
    let totals = if begun { &import.totals } else { &import.plan.totals };
    let here = format!("/settings/import/{id}");
    let letters = import.plan.totals.get("posts").is_some_and(|posts| posts.left.contains_key("direct"));
    let running = import.state == ImportState::Running;
    let body = html! {
        h1 { (name(&import)) }
        (told(req, fault))
        section.card {
            h2 { (state(&import)) }
            @if running { p.hint { (say(if import.file.is_some() { "import-reload" } else { "import-command" })) } }
            @if let (Some(oldest), Some(newest)) = (import.plan.oldest, import.plan.newest) {
                p { (fill("import-from-to", &[("oldest", Timestamp(oldest).to_date().into()), ("newest", Timestamp(newest).to_date().into())])) }
            }
            (table(totals))
            @if totals.values().any(|tally| tally.waiting > 0) && begun { p.hint { (say("import-waits")) } }
            @if !begun {
                @let room = imports::room(app)?;
                p { (fill("import-size", &[("bytes", words::bytes(import.plan.bytes).into()), ("room", words::bytes(room).into())])) }
                @if import.plan.bytes > room { p.wrong { (say("import-no-room")) } }
            }
            @if import.state != ImportState::Done && !running {
                form.stack method="post" action=(here) {
                    (view.hidden())
                    @if letters && !begun {
                        label.check { input type="checkbox" name="direct" value="1"; (say("import-direct")) small { (say("import-direct-hint")) } }
                    }
                    p.row { button.primary { (say(if begun { "import-go-on" } else { "import-start" })) } }
                }
            }
        }
        @if !running {
            section.card {
                p.hint { (say("import-forget-hint")) }
                (view.button(&format!("{here}/forget"), "danger", &html! { (say("import-forget")) }))
            }
        }
        (way_back())
    };
    let head = html! { @if running { meta http-equiv="refresh" content=(AGAIN); } };
    layout::page(app, req, say("import-title"), head, body)
}

/// What became of each sort, and below it why things are left out.
fn table(totals: &Totals) -> Markup {
    let number = |n: u64| words::number(i64::try_from(n).unwrap_or(i64::MAX));
    let sorts: Vec<(String, &Tally)> = SORTS
        .iter()
        .filter_map(|(sort, _)| Some((imports::words(SORTS, sort), totals.get(*sort)?)))
        .collect();
    html! {
        table.sizes {
            tr {
                th scope="col" { (say("import-what")) }
                @for key in ["import-found", "import-taken", "import-there", "import-waiting", "import-left"] { th scope="col" { (say(key)) } }
            }
            @for (sort, tally) in &sorts {
                tr {
                    th scope="row" { (sort) }
                    @for n in [tally.found, tally.taken, tally.there, tally.waiting, tally.left_out()] { td { (number(n)) } }
                }
            }
        }
        @if sorts.iter().any(|(_, tally)| !tally.left.is_empty()) {
            h3 { (say("import-why")) }
            ul {
                @for (sort, tally) in &sorts {
                    @for (reason, count) in &tally.left {
                        li { (fill("import-why-line", &[("sort", sort.as_str().into()), ("reason", imports::words(REASONS, reason).into()), ("count", i64::try_from(*count).unwrap_or(0).into())])) }
                    }
                }
            }
        }
    }
}
