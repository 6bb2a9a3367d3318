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
use crate::words::{self, fill, rich, say};
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
    page(app, req, say("policies-privacy"), &said, &html! {})
}

fn terms(app: &App, req: &Req) -> Result<Res> {
    let said = place::terms(app, &place::get(app)?);
    let link = html! { a href="/privacy-policy" { (say("policies-kept-link")) } };
    let more = html! { p { (rich("policies-kept", &[("policy", link.into())])) } };
    page(app, req, say("policies-terms"), &said, &more)
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
                (rich("policies-questions", &[("owner", html! { a href=(account::address(&view, &me)) { b { (account::handle(&view, &me)) } } }.into())]))
            }
            @if view.is_owner() { p { a.btn href="/settings/policies" { (say("policies-change")) } } }
        }
    };
    let head = layout::described(
        app,
        &req.path,
        &fill(
            "policies-description",
            &[
                ("title", title.into()),
                ("domain", app.instance.domain.as_str().into()),
                ("name", me.name().into()),
            ],
        ),
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
    let standard = say("policies-standard");
    let body = html! {
        h1 { (say("policies-title")) }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (words::fault(fault)) } }
        @else if req.query_text("saved").is_some() { p.card.notice role="status" { (say("policies-saved")) } }
        form method="post" action="/settings/policies" {
            (view.hidden())
            section.card {
                h2 { (say("policies-visitors")) }
                (field("about", say("policies-about"), say("policies-about-hint"), 6, &said.about))
                (field("rules", say("policies-rules"), say("policies-rules-hint"), 5, &said.rules.join("\n")))
            }
            section.card {
                h2 { (say("policies-policies")) }
                (field("privacy", say("policies-privacy"), standard, 12, &place::privacy(app, said)))
                (field("terms", say("policies-terms"), standard, 8, &place::terms(app, said)))
            }
            section.card {
                h2 { (say("policies-crawlers")) }
                p.hint {
                    (rich("policies-crawlers-why", &[("profile", html! { a href="/settings/profile" { (say("policies-profile")) } }.into())]))
                }
                (field("crawlers", say("policies-crawlers-names"), say("policies-crawlers-hint"), 8, &said.crawlers.join("\n")))
            }
            div.card { button.primary { (say("policies-save")) } }
        }
    };
    layout::page(app, req, say("policies-title"), html! {}, body)
}
