//! How the server is: what waits, which servers cannot be reached, what came in; and what it is.

use super::delivery::{server, sum};
use super::layout;
use super::parts::View;
use super::parts::text::when;
use super::settings::way_back;
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::sort::sort_by_key;
use crate::model::time::{DAY, MINUTE};
use crate::ops::budget;
use crate::store::health::{self, Queue};
use crate::store::{deliveries, statuses};
use crate::words::{self, fill, rich, say};
use maud::{Markup, html};
use std::collections::HashMap;

pub const ROUTES: &[Route<App>] =
    &[get("/settings/health", page, Auth::Session), get("/settings/about", about, Auth::Session)];

/// Servers in trouble, posts, failures and senders that are named here.
const SERVERS: i64 = 8;
const POSTS: i64 = 10;
const FAILURES: i64 = 20;
const SENDERS: usize = 10;

fn queues(app: &App) -> Result<Vec<(&'static str, Queue)>> {
    let kinds = [
        ("in:", say("health-in")),
        ("out:", say("health-out")),
        ("fetch:", say("health-fetch")),
        ("card:", say("health-card")),
        ("push:", say("health-push")),
        ("poll:", say("health-poll")),
        ("schedule:", say("health-schedule")),
        ("media", say("health-media")),
        ("tidy", say("health-tidy")),
    ];
    let now = app.now();
    app.store
        .read(|c| kinds.iter().map(|(prefix, name)| Ok((*name, health::queue(c, prefix, now)?))).collect())
}

/// What is well and what is not, in sentences; `true`: all is well.
fn summary(app: &App, down: i64) -> Result<(bool, Markup)> {
    let (late, _) = app.store.read(|c| health::stuck(c, app.now()))?;
    let mut faults = Vec::new();
    if app.room.is_full() {
        faults.push(say("health-disk-full").to_owned());
    }
    if late > 0 {
        faults.push(say("health-late").to_owned());
    }
    if let Some(off) = app.clocks.off(app.now()) {
        faults.push(fill("health-clock", &[("minutes", (off.abs() / MINUTE).into())]));
    }
    let shown = html! {
        @if faults.is_empty() { p { (say("health-well")) } }
        @else { ul.inset { @for fault in &faults { li { (fault) } } } }
        @if down > 0 { p { (fill("health-down", &[("count", down.into())])) } }
    };
    Ok((faults.is_empty(), shown))
}

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let queues = queues(app)?;
    let since = view.now.plus(-DAY);
    let (failing, down, given_up, arrived) = app.store.read(|c| {
        Ok((
            deliveries::failing(c, None, SERVERS)?,
            health::down(c)?,
            health::given_up(c, FAILURES)?,
            health::arrivals(c, since)?,
        ))
    })?;
    let (well, summed) = summary(app, down)?;
    let body = html! {
        h1 { (say("settings-health")) }
        section.card.(if well { "notice" } else { "wrong" }) {
            (summed)
            p { a.btn href="/settings/doctor" { (say("doctor-title")) } }
        }
        (queues_card(&view, &queues))
        section.card {
            h2 { (say("health-servers")) }
            @if failing.is_empty() { p { (say("health-servers-none")) } }
            p { a.btn href="/settings/federation" { (say("health-servers-all")) } }
        }
        @if !failing.is_empty() { div.list { @for one in &failing { (server(&view, one)) } } }
        (receipts_card(&view)?)
        section.card {
            h2 { (say("health-given-up")) }
            @if given_up.is_empty() { p { (say("health-given-up-none")) } }
            @else {
                table.sizes {
                    @for one in &given_up {
                        tr {
                            th scope="row" { b { (one.host) } @if !one.reason.is_empty() { " " small { (one.reason) } } }
                            td { (when(one.at, view.now)) }
                        }
                    }
                }
            }
        }
        (arrivals_card(&arrived))
        (way_back())
    };
    layout::page(app, req, say("settings-health"), html! {}, body)
}

fn queues_card(view: &View, queues: &[(&str, Queue)]) -> Markup {
    let many = |n: i64| if n >= health::COUNTED { format!("{n}+") } else { n.to_string() };
    html! {
        section.card {
            h2 { (say("health-queues")) }
            p.hint { (say("health-queues-hint")) }
            table.sizes {
                tr {
                    th scope="col" { (say("health-kind")) }
                    td { (say("health-waiting")) } td { (say("health-due")) } td { (say("health-oldest")) }
                }
                @for (name, queue) in queues {
                    tr {
                        th scope="row" { (name) }
                        td { (many(queue.waiting)) } td { (many(queue.due)) }
                        td { @match queue.oldest { Some(at) => { (when(at, view.now)) }, None => "–" } }
                    }
                }
            }
        }
    }
}

fn receipts_card(view: &View) -> Result<Markup> {
    let app = view.app;
    let rows = app.store.read(|c| {
        let ids = health::own_posts(c, app.instance.owner, POSTS)?;
        let mut posts = statuses::many(c, &ids)?;
        let mut rows = Vec::new();
        for id in ids {
            let Some(post) = posts.remove(&id) else { continue };
            rows.push((post, deliveries::receipt(c, id)?));
        }
        Ok(rows)
    })?;
    Ok(html! {
        section.card {
            h2 { (say("health-posts")) }
            @if rows.is_empty() { p { (say("health-posts-none")) } }
            @else {
                table.sizes {
                    @for (post, sums) in &rows {
                        tr {
                            th scope="row" { a href={ "/posts/" (post.id) "/delivery" } { (when(post.created_at, view.now)) } }
                            td {
                                @if sums.total() == 0 { (say("health-to-nobody")) }
                                @else { (sum(sums)) }
                            }
                        }
                    }
                }
            }
        }
    })
}

fn arrivals_card(uris: &[String]) -> Markup {
    let mut hosts: HashMap<&str, i64> = HashMap::new();
    for uri in uris {
        let host =
            uri.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
        *hosts.entry(host).or_default() += 1;
    }
    let servers = hosts.len();
    let mut most: Vec<(&str, i64)> = hosts.into_iter().collect();
    sort_by_key(&mut most, |(host, count)| (-count, *host));
    most.truncate(SENDERS);
    html! {
        section.card {
            h2 { (say("health-arrivals")) }
            p { (fill("health-arrived", &[("count", uris.len().into()), ("servers", servers.into())])) }
            table.sizes { @for (host, count) in most { tr { th scope="row" { (host) } td { (count) } } } }
        }
    }
}

fn about(app: &App, req: &Req) -> Result<Res> {
    let of = budget::measure(app)?;
    let (well, summed) = summary(app, app.store.read(health::down)?)?;
    let build = if cfg!(debug_assertions) { say("health-build-debug") } else { say("health-build-release") };
    let rows = [
        (say("health-version"), format!("Taure {}", env!("CARGO_PKG_VERSION"))),
        (say("health-build"), format!("{}, {} {}", build, std::env::consts::OS, std::env::consts::ARCH)),
        ("SQLite", health::engine().to_owned()),
        (say("health-uptime"), uptime(app.now().0 - app.started_at.0)),
        (say("health-database"), words::bytes(of.database)),
        (say("health-files"), words::bytes(of.media)),
        (say("health-cache"), words::bytes(of.cache)),
        (say("health-free"), words::bytes(of.disk.free)),
    ];
    let link = |to: &str, words: &str| html! { a href=(to) { (words) } };
    let body = html! {
        h1 { (say("settings-about")) }
        section.card.(if well { "notice" } else { "wrong" }) {
            (summed)
            p { a.btn href="/settings/health" { (say("health-more")) } }
        }
        section.card {
            h2 { (app.instance.domain) }
            table.sizes { @for (what, value) in rows { tr { th scope="row" { (what) } td { (value) } } } }
            p.hint { a href="/settings/storage" { (say("health-where")) } }
        }
        section.card {
            h2 { (say("health-speaks")) }
            ul.inset {
                li { (say("health-speaks-activitypub")) }
                li { (say("health-speaks-api")) }
                li { (say("health-speaks-feeds")) }
                li { (rich("health-speaks-nodeinfo", &[("link", link("/.well-known/nodeinfo", "NodeInfo").into())])) }
            }
        }
        section.card {
            h2 { (say("health-licence")) }
            p { (rich("health-licence-words", &[("licence", link("https://www.gnu.org/licenses/agpl-3.0.html", "AGPL 3.0").into())])) }
        }
        (way_back())
    };
    layout::page(app, req, say("settings-about"), html! {}, body)
}

fn uptime(milliseconds: i64) -> String {
    let minutes = milliseconds.max(0) / MINUTE;
    match (minutes / 1440, minutes / 60 % 24) {
        (0, 0) => fill("health-minutes", &[("count", minutes.into())]),
        (0, hours) => fill("health-hours", &[("count", hours.into())]),
        (days, _) => fill("health-days", &[("count", days.into())]),
    }
}
