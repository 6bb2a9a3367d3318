//! What the doctor found the last time, and a button to let it look again (`ops::doctor`).

use super::layout;
use super::parts::View;
use super::parts::text::when;
use crate::app::App;
use crate::error::Result;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::doctor::{self, Finding, Level};
use crate::words::{fill, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/settings/doctor", page, Auth::Session), post("/settings/doctor", ask, Auth::Session)];

fn page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let (report, news) = app.store.read(|c| Ok((doctor::read(c)?, doctor::news(c)?)))?;
    if news > 0 {
        app.store.write(doctor::seen)?;
    }
    let asked = req.query_text("asked").is_some();
    let body = html! {
        h1 { (say("doctor-title")) }
        @if asked {
            p.card.notice role="status" { (say("doctor-asked")) " " a href="/settings/doctor" { (say("doctor-again")) } }
        }
        section.card {
            p { (say("doctor-about")) }
            @match &report {
                Some(report) => { p.hint { (rich("doctor-looked", &[("when", when(report.at(), view.now).into())])) } }
                None => p { (say("doctor-never")) },
            }
            form method="post" action="/settings/doctor" { (view.hidden()) button { (say("doctor-ask")) } }
        }
        @if let Some(report) = &report { (findings(&report.findings)) }
        nav.pager {
            a.btn href="/settings/health" { (say("health-back")) }
            a.btn href="/settings" { (say("settings-back")) }
        }
    };
    layout::page(app, req, say("doctor-title"), html! {}, body)
}

/// The worst first; in the order of the examination otherwise.
fn findings(found: &[Finding]) -> Markup {
    let faults = found.iter().filter(|finding| finding.level == Level::Fault).count();
    let mut sorted: Vec<&Finding> = found.iter().collect();
    crate::model::sort::sort_by_key(&mut sorted, |finding| std::cmp::Reverse(finding.level));
    html! {
        section.card.(if faults == 0 { "notice" } else { "wrong" }) {
            p { @if faults == 0 { (say("doctor-well")) } @else { (fill("doctor-faults", &[("count", faults.into())])) } }
        }
        section.card {
            table.sizes {
                @for finding in sorted {
                    tr {
                        th scope="row" {
                            b { (finding.name()) } ": " (finding.text())
                            @let advice = finding.advice();
                            @if !advice.is_empty() { br; small { (advice) } }
                        }
                        td { (level(finding.level)) }
                    }
                }
            }
        }
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Ok => say("doctor-level-ok"),
        Level::Note => say("doctor-level-note"),
        Level::Warning => say("doctor-level-warning"),
        Level::Fault => say("doctor-level-fault"),
    }
}

/// It takes up to a minute where something is wrong, so nobody waits for it.
fn ask(app: &App, _: &Req) -> Result<Res> {
    app.store.write(|tx| doctor::ask(tx, false))?;
    Ok(Res::see_other("/settings/doctor?asked=1"))
}
