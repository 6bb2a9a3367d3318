//! Lists of blocks: what waits for the owner, a file to bring, lists to subscribe to, and the owner's own as a file.

use super::blocks::{LISTS, frame};
use super::lists;
use super::parts::View;
use super::parts::text::when;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::blocklists as ops;
use crate::ops::domain_blocks::sum_below;
use crate::store::{blocklists, domain_blocks};
use crate::words::{fault, fill, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get(LISTS, |app, req| page(app, req, None), Auth::Session),
    post(LISTS, subscribe, Auth::Session),
    post("/settings/blocks/lists/file", bring, Auth::Session),
    post("/settings/blocks/lists/take", take, Auth::Session),
    post("/settings/blocks/lists/forget", forget, Auth::Session),
    post("/settings/blocks/lists/decide", decide, Auth::Session),
    post("/settings/blocks/lists/{id}/unsubscribe", unsubscribe, Auth::Session),
    get("/settings/blocks/export.csv", export, Auth::Session),
];

/// Rows of each list of the page; when the owner has decided, the next ones come.
const ROWS: i64 = 100;

fn bring(app: &App, req: &Req) -> Result<Res> {
    let file = req.upload("file").filter(|file| file.bytes > 0);
    let read = match file {
        None => Err(Error::invalid("There is no server in this list that could be blocked")),
        Some(file) if file.bytes > ops::read::BYTES => ops::refuse_large(),
        Some(file) => file.read(),
    };
    answer(app, req, read.and_then(|bytes| ops::keep_file(app, &bytes).map(|_| ())))
}

fn subscribe(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    answer(app, req, ops::subscribe(app, params["url"].as_str().unwrap_or_default()))
}

fn take(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, ops::take_file(app).map(|_| ()))
}

fn forget(app: &App, req: &Req) -> Result<Res> {
    answer(app, req, ops::forget_file(app))
}

fn decide(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let accepted = params["accept"].as_str() == Some("1");
    match ops::decide(app, params["domain"].as_str().unwrap_or_default(), accepted) {
        Err(e) if e.kind == Kind::NotFound => Ok(Res::see_other(LISTS)), // decided in another window
        done => answer(app, req, done),
    }
}

fn unsubscribe(app: &App, req: &Req) -> Result<Res> {
    let id = req.param("id").parse().map_err(|_| Error::not_found())?;
    answer(app, req, ops::unsubscribe(app, RowId(id)))
}

fn answer(app: &App, req: &Req, done: Result<()>) -> Result<Res> {
    match done {
        Ok(()) => Ok(Res::see_other(LISTS)),
        Err(e) if matches!(e.kind, Kind::Invalid | Kind::TooLarge) => {
            Ok(page(app, req, Some(&e))?.status(e.kind.status()))
        }
        Err(e) => Err(e),
    }
}

fn export(app: &App, _: &Req) -> Result<Res> {
    let csv = app.store.read(ops::export)?;
    Ok(Res::new(200, "text/csv; charset=utf-8", csv.into_bytes())
        .with("cache-control", "private, no-store")
        .with("content-disposition", "attachment; filename=\"domain_blocks.csv\""))
}

fn page(app: &App, req: &Req, wrong: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let (subscribed, drafts, file, ties) = app.store.read(|c| {
        Ok((
            blocklists::lists(c)?,
            blocklists::drafts(c, "", ROWS)?,
            blocklists::file_count(c)?,
            domain_blocks::ties(c)?,
        ))
    })?;
    let inside = html! {
        (lists::wrong(wrong))
        @if !drafts.is_empty() { (undecided(&view, &drafts, &ties)) }
        @if file > 0 { (waiting(app, &view, file)?) }
        section.card.stack {
            h2 { (say("blocklists-lists")) }
            p.hint { (say("blocklists-lists-hint")) }
            @if subscribed.is_empty() { p.soft { (say("blocklists-lists-none")) } }
            @for list in &subscribed { (subscription(&view, list)) }
            form.stack method="post" action=(LISTS) {
                (view.hidden())
                label.field { span { (say("blocklists-url")) } input type="url" name="url" required maxlength="2000" autocapitalize="none" spellcheck="false"; }
                p.row { button { (say("blocklists-subscribe")) } }
            }
        }
        form.card.stack method="post" action="/settings/blocks/lists/file" enctype="multipart/form-data" {
            (view.hidden())
            h2 { (say("blocklists-file")) }
            label.field {
                span { (say("blocklists-file-choose")) }
                input type="file" name="file" required accept=".csv,.txt,.json,text/csv,text/plain,application/json";
                small { (say("blocklists-file-hint")) }
            }
            p.row { button { (say("blocklists-file-look")) } a.btn href="/settings/blocks/export.csv" download { (say("blocklists-export")) } }
        }
    };
    frame(app, req, &inside)
}

fn undecided(view: &View, drafts: &[ListEntry], ties: &[Ties]) -> Markup {
    let choose = |domain: &str, accept: &str, class: &str, words: &str| {
        html! {
            form method="post" action="/settings/blocks/lists/decide" {
                (view.hidden())
                input type="hidden" name="domain" value=(domain);
                input type="hidden" name="accept" value=(accept);
                button class=(class) { (words) span.hide { " " (domain) } }
            }
        }
    };
    html! {
        section.card.stack {
            h2 { (say("blocklists-drafts")) }
            p.hint { (say("blocklists-drafts-hint")) }
            @for draft in drafts {
                @let (following, followers) = sum_below(ties, &draft.domain);
                div.person {
                    div.grow {
                        a href={ "/servers/" (draft.domain) } { bdi { (draft.domain) } }
                        br;
                        span.soft { (fill("blocklists-loss", &[("followers", followers.into()), ("following", following.into())])) }
                        @if !draft.comment.is_empty() { br; span.soft dir="auto" { (draft.comment) } }
                    }
                    div.row {
                        (choose(&draft.domain, "1", "danger", say("blocklists-accept")))
                        (choose(&draft.domain, "0", "", say("blocklists-decline")))
                    }
                }
            }
        }
    }
}

/// A file that was read and not taken yet.
fn waiting(app: &App, view: &View, count: i64) -> Result<Markup> {
    let losses = ops::losses_of_file(app)?;
    let shown = usize::try_from(ROWS).unwrap_or(usize::MAX);
    Ok(html! {
        section.card.stack {
            h2 { (say("blocklists-waits")) }
            p { (fill("blocklists-waits-count", &[("count", count.into())])) }
            @if !losses.is_empty() {
                p { (say("blocklists-waits-losses")) }
                ul {
                    @for ties in losses.iter().take(shown) {
                        li { (rich("blocklists-waits-line", &[("server", html! { bdi { (ties.domain) } }.into()), ("followers", ties.followers.into()), ("following", ties.following.into())])) }
                    }
                }
                @if losses.len() > shown { p { (fill("blocklists-waits-more", &[("count", (losses.len() - shown).into())])) } }
            }
            div.row {
                (view.button("/settings/blocks/lists/take", "danger", &html! { (say("blocklists-take")) }))
                (view.button("/settings/blocks/lists/forget", "", &html! { (say("blocklists-forget")) }))
            }
        }
    })
}

fn subscription(view: &View, list: &Blocklist) -> Markup {
    let to = format!("/settings/blocks/lists/{}/unsubscribe", list.id);
    html! {
        div.person {
            div.grow {
                bdi { (list.url) }
                br;
                span.soft {
                    @match (list.read_at, &list.failure) {
                        (Some(at), _) => { (rich("blocklists-read", &[("count", list.entries.into()), ("time", when(at, view.now).into()), ("skipped", list.skipped.into())])) }
                        (None, None) => { (say("blocklists-waiting")) }
                        (None, Some(_)) => {}
                    }
                    @if let Some(why) = &list.failure { " " (fill("blocklists-failed", &[("why", fault(why).into())])) }
                }
            }
            div.row { (view.button(&to, "", &html! { (say("blocklists-unsubscribe")) span.hide { " " (list.url) } })) }
        }
    }
}
