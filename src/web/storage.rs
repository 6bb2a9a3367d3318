//! Where every byte is, and getting some of them back.

use super::layout;
use super::parts::View;
use super::settings::way_back;
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::{budget, cache, pruning};
use crate::store::space;
use crate::words::{self, fill, rich, say};
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
    let body = html! {
        h1 { (say("settings-storage")) }
        @if app.room.is_full() { p.card.wrong role="alert" { (say("settings-storage-full")) } }
        @if let Some(freed) = req.query_text("freed").and_then(|bytes| bytes.parse().ok()) {
            p.card.notice role="status" { (fill("settings-storage-freed", &[("bytes", words::bytes(freed).into())])) }
        }
        section.card {
            h2 { (fill("settings-storage-of", &[("used", words::bytes(of.used()).into()), ("granted", words::bytes(of.granted).into())])) }
            (picture(&of))
            p.hint { (rules(app, &of, days)) }
            form method="post" action="/settings/storage" {
                (view.hidden())
                button { (say("settings-storage-forget")) }
            }
        }
        section.card {
            h2 { (say("settings-storage-database")) }
            p { (fill("settings-storage-posts", &[("count", posts.into()), ("own", own.into())])) }
            @if let Some(can) = can {
                (prunable(&can, days))
                table.sizes {
                    @for (name, bytes) in tables { tr { th scope="row" { (name) } td { (words::bytes(u64::try_from(bytes).unwrap_or(0))) } } }
                }
            } @else { p { a.btn href="/settings/storage?count=1" { (say("settings-storage-count")) } } }
        }
        (way_back())
    };
    layout::page(app, req, say("settings-storage"), html! {}, body)
}

/// A bar of what is granted, and the same as a table, whose rows begin with their colours.
fn picture(of: &budget::Space) -> Markup {
    let rows = [
        (say("settings-storage-rest"), of.database),
        (say("settings-storage-media"), of.media),
        (say("settings-storage-cache"), of.cache),
        (say("settings-storage-uploads"), of.uploads),
        (say("settings-storage-reserve"), of.reserve),
        (say("settings-storage-snapshots"), of.snapshots),
    ];
    let whole = of.granted.max(of.used()).max(1);
    let mut end = 0;
    let parts: Vec<(u64, u64)> = rows
        .iter()
        .map(|(_, bytes)| {
            let width = u64::try_from(u128::from(*bytes) * 1000 / u128::from(whole)).unwrap_or(0);
            // What is there at all is seen.
            let width = if *bytes > 0 { width.max(4) } else { 0 };
            end += width;
            (end - width, width)
        })
        .collect();
    html! {
        svg.bar viewBox="0 0 1000 18" preserveAspectRatio="none" aria-hidden="true" {
            @for (n, (begin, width)) in parts.into_iter().enumerate() {
                rect class={ "s" (n) } x=(begin) width=(width) height="18" {}
            }
        }
        table.sizes {
            @for (n, (what, bytes)) in rows.iter().enumerate() {
                tr {
                    th scope="row" { svg viewBox="0 0 8 8" aria-hidden="true" { rect class={ "s" (n) } width="8" height="8" rx="2" {} } (what) }
                    td { (words::bytes(*bytes)) }
                }
            }
        }
    }
}

fn rules(app: &App, of: &budget::Space, days: u32) -> Markup {
    let code = |word: &str| html! { code { (word) } };
    html! {
        (fill("settings-storage-disk", &[("free", words::bytes(of.disk.free).into()), ("limit", words::bytes(of.cache_limit).into())])) " "
        @if days == 0 { (say("settings-storage-for-ever")) }
        @else { (fill("settings-storage-days", &[("count", app.room.days().into())])) }
        @if days > 0 && app.room.days() < i64::from(days) { " " (say("settings-storage-sooner")) }
        " "
        (rich("settings-storage-change", &[
            ("disk", code("disk_mb").into()), ("days", code("keep_posts_days").into()), ("file", code("taure.toml").into()),
        ]))
    }
}

fn prunable(can: &pruning::Prunable, days: u32) -> Markup {
    html! {
        p {
            @if can.posts > 0 {
                (rich("settings-storage-prunable", &[
                    ("count", can.posts.into()), ("days", i64::from(days).into()), ("bytes", words::bytes(can.posts_bytes).into()),
                    ("command", html! { code { "taure prune" } }.into()),
                ]))
            } @else { (say("settings-storage-prunable-none")) }
            " " (fill("settings-storage-within", &[("bytes", words::bytes(can.free).into())]))
        }
    }
}

fn empty(app: &App, _: &Req) -> Result<Res> {
    let freed = cache::let_go_of(app, u64::MAX)?;
    Ok(Res::see_other(format!("/settings/storage?freed={freed}")))
}
