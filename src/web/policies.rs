//! What is kept of whom and on what terms, and the page on which the owner says it in other words: these texts, the
//! rules, and the crawlers that are to stay away.

use super::layout;
use super::parts::{View, account};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Place;
use crate::ops::place;
use crate::store::accounts;
use crate::text;
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    get("/privacy-policy", privacy, Auth::Public),
    get("/terms-of-service", terms, Auth::Public),
    get("/settings/policies", |app, req| settings(app, req, &place::get(app)?, None), Auth::Session),
    post("/settings/policies", save, Auth::Session),
];

fn privacy(app: &App, req: &Req) -> Result<Res> {
    let said = place::privacy(app, &place::get(app)?);
    page(app, req, "Privacy policy", &said, &html! {})
}

fn terms(app: &App, req: &Req) -> Result<Res> {
    let said = place::terms(app, &place::get(app)?);
    let more = html! { p { "What is kept about you stands in the " a href="/privacy-policy" { "privacy policy" } "." } };
    page(app, req, "Terms of service", &said, &more)
}

fn page(app: &App, req: &Req, title: &str, said: &str, more: &Markup) -> Result<Res> {
    let view = View::of(app, req);
    let me = app.store.read(accounts::owner)?;
    let body = html! {
        div.card.stack {
            h1 { (title) }
            (PreEscaped(text::prose(said)))
            (more)
            p.hint {
                "Questions? Write to " a href=(account::address(&view, &me)) { b { (account::handle(&view, &me)) } } "."
            }
            @if view.is_owner() { p { a.btn href="/settings/policies" { "Change this text" } } }
        }
    };
    let head = layout::described(
        app,
        &req.path,
        &format!("{title} of {}, the home of {}", app.instance.domain, me.name()),
    );
    layout::page(app, req, title, head, body)
}

fn save(app: &App, req: &Req) -> Result<Res> {
    let given = read(&req.params()?);
    match place::set(app, given.clone()) {
        Ok(()) => Ok(Res::see_other("/settings/policies?saved=1")),
        Err(e) if e.kind == Kind::Invalid => {
            Ok(settings(app, req, &given, Some(&e.public))?.status(e.kind.status()))
        }
        Err(e) => Err(e),
    }
}

fn read(params: &Value) -> Place {
    let text = |name: &str| params[name].as_str().unwrap_or("").to_owned();
    let lines = |name: &str| text(name).lines().map(str::to_owned).collect();
    Place {
        rules: lines("rules"),
        about: text("about"),
        privacy: text("privacy"),
        terms: text("terms"),
        changed_at: None,
        crawlers: lines("crawlers"),
    }
}

fn settings(app: &App, req: &Req, said: &Place, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let field = |name: &str, label: &str, hint: &str, rows: usize, value: &str| {
        html! {
            label.field {
                span { (label) }
                textarea name=(name) rows=(rows) dir="auto" { (value) }
                small { (hint) }
            }
        }
    };
    let written = "Blank lines between paragraphs, # before a heading, - before each line of a list.";
    let standard = "Empty it to get the standard text back.";
    let body = html! {
        h1 { "About this place" }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (fault) "." } }
        @else if req.query_text("saved").is_some() { p.card.notice role="status" { "Saved." } }
        form method="post" action="/settings/policies" {
            (view.hidden())
            section.card {
                h2 { "What visitors read" }
                (field("about", "What this place is", written, 6, &said.about))
                (field("rules", "Rules", "One on each line.", 5, &said.rules.join("\n")))
            }
            section.card {
                h2 { "Policies" }
                (field("privacy", "Privacy policy", standard, 12, &place::privacy(app, said)))
                (field("terms", "Terms of service", standard, 8, &place::terms(app, said)))
            }
            section.card {
                h2 { "Crawlers" }
                p.hint {
                    "These are asked to stay away, and pages say that they are not for training machines. Whether search "
                    "engines may show you is a switch of your " a href="/settings/profile" { "profile" } "."
                }
                (field("crawlers", "Crawlers to keep out", "One name on each line.", 8, &said.crawlers.join("\n")))
            }
            div.card { button.primary { "Save" } }
        }
    };
    layout::page(app, req, "About this place", html! {}, body)
}
