//! Where every byte is, and getting some of them back.

use super::layout;
use super::parts::View;
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::{budget, cache, pruning};
use crate::store::space;
use crate::text;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/settings/storage", page, Auth::Session), post("/settings/storage", empty, Auth::Session)];

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let of = budget::measure(app)?;
    let (posts, own) = app.store.read(space::posts)?;
    let days = app.config.keep_posts_days;
    // Reads the whole file: only for somebody who asks.
    let counted = req.query_text("count").is_some();
    let tables = if counted { app.store.read(space::tables)? } else { Vec::new() };
    let can = if counted { Some(pruning::prunable(app, i64::from(days))?) } else { None };
    let rows = [
        ("Posts and everything in the database", of.database),
        ("Your own files", of.media),
        ("Others’ pictures and films", of.cache),
        ("Uploads under way", of.uploads),
        ("Held back, so that you can post on a full disk", of.reserve),
    ];
    let body = html! {
        h1 { "Storage" }
        @if app.room.is_full() {
            p.card.wrong role="alert" {
                "The disk is full. Text can still be posted; files and what others send must wait until there is room."
            }
        }
        @if let Some(freed) = req.query_text("freed").and_then(|bytes| bytes.parse().ok()) {
            p.card.notice role="status" { (text::bytes(freed)) " are free again." }
        }
        section.card {
            h2 { (text::bytes(of.used())) " of " (text::bytes(of.granted)) }
            progress max=(of.granted) value=(of.used().min(of.granted)) aria-label="Used of what is granted" {}
            table.sizes {
                @for (what, bytes) in rows { tr { th scope="row" { (what) } td { (text::bytes(bytes)) } } }
            }
            p.hint {
                "The disk has " (text::bytes(of.disk.free)) " free. Others’ files may take up to " (text::bytes(of.cache_limit))
                " and give way first. Of others’ posts, those that you did nothing with go after "
                @if days == 0 { "no time at all: they are kept." } @else { (app.room.days()) " days." }
                @if days > 0 && app.room.days() < i64::from(days) { " That is sooner than usual, since the database is large." }
                " You change this with " code { "disk_mb" } " and " code { "keep_posts_days" } " in " code { "taure.toml" } "."
            }
            form method="post" action="/settings/storage" {
                (view.hidden())
                button { "Forget others’ pictures and films now" }
            }
        }
        section.card {
            h2 { "The database" }
            p { (posts) " posts, " (own) " of them yours." }
            @if let Some(can) = can {
                (prunable(&can, days))
                table.sizes {
                    @for (name, bytes) in tables { tr { th scope="row" { (name) } td { (text::bytes(u64::try_from(bytes).unwrap_or(0))) } } }
                }
            } @else { p { a.btn href="/settings/storage?count=1" { "Count every table" } } }
        }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Storage", html! {}, body)
}

fn prunable(can: &pruning::Prunable, days: u32) -> Markup {
    html! {
        p {
            @if can.posts > 0 {
                (can.posts) " posts of others are older than " (days) " days and touched by nobody: about "
                (text::bytes(can.posts_bytes)) ", which go within the next days, or at once with " code { "taure prune" } ". "
            } @else { "No post of others is old enough to go. " }
            (text::bytes(can.free)) " within the file are free for new posts."
        }
    }
}

fn empty(app: &App, _: &Req) -> Result<Res> {
    let freed = cache::let_go_of(app, u64::MAX)?;
    Ok(Res::see_other(format!("/settings/storage?freed={freed}")))
}
