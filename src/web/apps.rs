//! How the owner's apps get on with this server: what they asked for, and what they did not get.

use super::layout;
use super::parts::View;
use super::parts::text::when;
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::ops::calls;
use crate::store::app_calls::{self, AppCall};
use crate::store::oauth;
use crate::words::{fill, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[get("/settings/apps", page, Auth::Session)];

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    calls::flush(app)?;
    let apps = app.store.read(|c| {
        let holders = oauth::holders(c)?;
        holders.into_iter().map(|of| Ok((of.name, app_calls::of(c, of.app)?))).collect::<Result<Vec<_>>>()
    })?;
    let body = html! {
        h1 { (say("settings-apps")) }
        p.hint { (say("health-apps-hint")) }
        @if apps.is_empty() { p.card.empty { (say("health-apps-none")) } }
        @for (name, rows) in &apps {
            section.card {
                h2 dir="auto" { (name) }
                (one_app(&view, rows))
            }
        }
        nav.pager {
            a.btn href="/settings/security" { (say("health-apps-revoke")) }
            a.btn href="/settings" { (say("settings-back")) }
        }
    };
    layout::page(app, req, say("settings-apps"), html! {}, body)
}

fn one_app(view: &View, rows: &[AppCall]) -> Markup {
    let sum = |of: fn(&AppCall) -> bool| rows.iter().filter(|row| of(row)).map(|row| row.times).sum::<i64>();
    let unknown = rows.iter().filter(|row| row.unknown).count();
    html! {
        p {
            (fill("health-calls-well", &[("count", sum(|row| row.path.is_empty()).into())])) ", "
            (fill("health-calls-unknown", &[("count", unknown.into())])) ", "
            (fill("health-calls-refused", &[("count", sum(|row| !row.path.is_empty() && !row.unknown).into())]))
        }
        (table(view, say("health-unknown"), rows, true))
        (table(view, say("health-refused"), rows, false))
    }
}

fn table(view: &View, title: &str, rows: &[AppCall], unknown: bool) -> Markup {
    let rows: Vec<&AppCall> =
        rows.iter().filter(|row| !row.path.is_empty() && row.unknown == unknown).collect();
    html! {
        @if !rows.is_empty() {
            h3 { (title) }
            table.sizes {
                @for row in rows {
                    tr {
                        th scope="row" { code { (row.method) " " (row.path) } }
                        td { (row.status) } td { (row.times) "×" } td { (when(row.last_at, view.now)) }
                    }
                }
            }
        }
    }
}
