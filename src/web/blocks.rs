//! Whom the owner does not want to see: muted and blocked people, and blocked servers.

use super::parts::text::exact;
use super::parts::{View, account, back, pager};
use super::{layout, lists};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::domain_blocks as ops;
use crate::store::domain_blocks;
use crate::store::relations::{self, Relationship};
use crate::words::{fill, rich, say};
use maud::{Markup, html};
use serde_json::Value;

const MUTED: &str = "/settings/blocks";
const BLOCKED: &str = "/settings/blocks/people";
const SERVERS: &str = "/settings/blocks/servers";
pub(super) const LISTS: &str = "/settings/blocks/lists";

pub const ROUTES: &[Route<App>] = &[
    get(MUTED, muted, Auth::Session),
    get(BLOCKED, blocked, Auth::Session),
    get(SERVERS, |app, req| servers(app, req, None), Auth::Session),
    post(SERVERS, block, Auth::Session),
    get("/settings/blocks/servers/edit", edit, Auth::Session),
    post("/settings/blocks/servers/unblock", unblock, Auth::Session),
    // Where the lists of people were.
    get("/mutes", |_, _| Ok(Res::see_other(MUTED)), Auth::Session),
    get("/blocks", |_, _| Ok(Res::see_other(BLOCKED)), Auth::Session),
];

const ROWS: i64 = 40;

fn muted(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(ROWS);
    let people = app.store.read(|c| relations::muted(c, &page, app.now()))?;
    list(app, req, &page, &people, say("people-mutes-none"), |view, who| {
        html! {
            (account::names(view, who))
            span.soft { @match who.relation.muting_until { Some(at) => { (fill("people-muted-until", &[("time", exact(at).into())])) }, None => { (say("people-muted-forever")) } } }
            div.row { (view.button(&format!("/accounts/{}/unmute", who.id), "", &html! { (say("people-unmute")) })) }
        }
    })
}

fn blocked(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(ROWS);
    let people = app.store.read(|c| relations::list(c, Relationship::Blocked, &page))?;
    list(app, req, &page, &people, say("people-blocks-none"), |view, who| {
        html! {
            (account::names(view, who))
            div.row { (view.button(&format!("/accounts/{}/unblock", who.id), "", &html! { (say("people-unblock")) })) }
        }
    })
}

fn list(
    app: &App,
    req: &Req,
    page: &Page,
    people: &[(i64, Account)],
    none: &str,
    row: fn(&View, &Account) -> Markup,
) -> Result<Res> {
    let view = View::of(app, req);
    let ends = people.first().zip(people.last()).map(|(first, last)| (first.0, last.0));
    let inside = html! {
        @if people.is_empty() { p.card.empty { (none) } }
        @else { div.list { @for (_, who) in people { div.person.asks.h-card { (row(&view, who)) } } } }
        (pager(req, ends, people.len() as i64 == page.limit))
    };
    frame(app, req, &inside)
}

pub(super) fn frame(app: &App, req: &Req, inside: &Markup) -> Result<Res> {
    let body = html! {
        h1 { (say("people-blocks")) }
        nav.tabs aria-label=(say("people-blocks-tabs")) {
            @for (to, label) in [(MUTED, say("people-blocks-muted")), (BLOCKED, say("people-blocks-blocked")), (SERVERS, say("people-blocks-servers")), (LISTS, say("blocklists-tab"))] {
                a href=(to) aria-current=[(req.path == to).then_some("page")] { (label) }
            }
        }
        (inside)
        nav.pager { a.btn href="/settings" { (say("people-blocks-back")) } }
    };
    layout::page(app, req, say("people-blocks"), html! {}, body)
}

fn servers(app: &App, req: &Req, wrong: Option<(&str, &Error)>) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(ROWS);
    let list = app.store.read(|c| domain_blocks::blocks(c, &page))?;
    let ends = list.first().zip(list.last()).map(|(first, last)| (first.id.0, last.id.0));
    let inside = html! {
        (lists::wrong(wrong.map(|(_, error)| error)))
        form.card.stack method="post" action=(SERVERS) {
            (view.hidden())
            label.field {
                span { (say("people-server-block")) }
                input name="domain" value=[wrong.map(|(typed, _)| typed)] required placeholder="server.example"
                    autocapitalize="none" spellcheck="false" inputmode="url";
                small { (say("people-server-hint")) }
            }
            button { (say("people-server-next")) }
        }
        @if list.is_empty() { p.card.empty { (say("people-servers-none")) } }
        @else { div.list { @for block in &list { (server(&view, block)) } } }
        (pager(req, ends, list.len() as i64 == page.limit))
    };
    frame(app, req, &inside)
}

fn server(view: &View, block: &ServerBlock) -> Markup {
    let domain = &block.domain;
    html! {
        div.person {
            div.grow {
                a href={ "/servers/" (domain) } { bdi { (domain) } }
                br;
                span.soft {
                    (rule(block.rules))
                    @if block.rules.has(Rules::NO_MEDIA) { " · " (say("blocklists-tags-media")) }
                    @if block.rules.has(Rules::NO_REPORTS) { " · " (say("blocklists-tags-reports")) }
                    @if block.listed { " · " (say("blocklists-listed")) }
                    @if !block.comment.is_empty() { " · " span dir="auto" { (block.comment) } }
                }
            }
            div.row {
                a.btn href={ (SERVERS) "/edit?domain=" (domain) } { (say("blocklists-edit")) span.hide { " " (domain) } }
                form method="post" action="/settings/blocks/servers/unblock" {
                    (view.hidden())
                    input type="hidden" name="domain" value=(domain);
                    button { (say(if block.rules.has(Rules::HIDE) { "people-unblock" } else { "blocklists-lift" })) span.hide { " " (domain) } }
                }
            }
        }
    }
}

/// What holds for a server, in a word.
pub(super) fn rule(rules: Rules) -> &'static str {
    say(match choice(rules) {
        "suspend" => "blocklists-name-suspend",
        "hide" => "blocklists-name-hide",
        "silence" => "blocklists-name-silence",
        "free" => "blocklists-name-free",
        _ => "blocklists-name-exception",
    })
}

/// The choices of the form, by their values.
const CHOICES: [&str; 5] = ["suspend", "hide", "silence", "free", "exception"];

fn choice(rules: Rules) -> &'static str {
    match rules {
        rules if rules.has(Rules::SUSPEND) => CHOICES[0],
        rules if rules.has(Rules::HIDE) => CHOICES[1],
        rules if rules.has(Rules::SILENCE) => CHOICES[2],
        rules if !rules.is_exception() => CHOICES[3],
        _ => CHOICES[4],
    }
}

/// The block that a form describes. One that asks for no rule means the whole of it.
fn read(params: &Value, domain: &str) -> ServerBlock {
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    let yes = |name: &str| !text(name).is_empty();
    let with = |rules: Rules, yes: bool, more| if yes { rules.with(more) } else { rules };
    let rules = match text("rule") {
        "" => Rules::SUSPENDED.with(Rules::BELOW),
        "exception" => Rules::BELOW,
        rule => {
            let rules = match rule {
                "suspend" => Rules::SUSPENDED,
                "hide" => Rules::HIDE,
                "silence" => Rules::SILENCE,
                _ => Rules::default(),
            };
            let rules = with(rules, yes("below"), Rules::BELOW);
            with(with(rules, yes("no_media"), Rules::NO_MEDIA), yes("no_reports"), Rules::NO_REPORTS)
        }
    };
    ServerBlock {
        domain: domain.to_owned(),
        rules,
        comment: text("comment").to_owned(),
        public_comment: text("public_comment").to_owned(),
        published: yes("published"),
        obfuscate: yes("obfuscate"),
        ..ServerBlock::default()
    }
}

/// Asks first: what a block ends does not come back.
fn block(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let typed = params["domain"].as_str().unwrap_or_default();
    let done = ops::checked(app, typed).and_then(|domain| {
        if params["sure"].as_str() == Some("1") {
            ops::set(app, &read(&params, &domain))?;
            return Ok(Res::see_other(SERVERS));
        }
        confirm(app, req, &domain)
    });
    match done {
        Err(e) if e.kind == Kind::Invalid => Ok(servers(app, req, Some((typed, &e)))?.status(422)),
        done => done,
    }
}

fn edit(app: &App, req: &Req) -> Result<Res> {
    let domain = ops::checked(app, &req.query_text("domain").unwrap_or_default())?;
    confirm(app, req, &domain)
}

fn confirm(app: &App, req: &Req, domain: &str) -> Result<Res> {
    let view = View::of(app, req);
    let known = app.store.read(|c| domain_blocks::get(c, domain))?;
    let fresh = ServerBlock { rules: Rules::SUSPENDED.with(Rules::BELOW), ..ServerBlock::default() };
    let block = known.as_ref().unwrap_or(&fresh);
    let (following, followers) = ops::losses(app, domain)?;
    let lost = html! { b { (fill("people-server-followers", &[("count", followers.into())])) } };
    let left = html! { b { (fill("people-server-people", &[("count", following.into())])) } };
    let server = html! { bdi { (domain) } };
    let labels = [
        say("blocklists-suspend"),
        say("blocklists-hide"),
        say("blocklists-silence"),
        say("blocklists-free"),
        say("blocklists-exception"),
    ];
    let tick = |name: &str, on: bool, label: &str| {
        html! { label.check { input type="checkbox" name=(name) value="1" checked[on]; " " (label) } }
    };
    let rules = block.rules;
    let inside = html! {
        form.card.stack method="post" action=(SERVERS) {
            (view.hidden())
            input type="hidden" name="domain" value=(domain);
            input type="hidden" name="sure" value="1";
            @if known.is_some() { h2 { (server) } } @else { h2 { (rich("people-server-ask", &[("server", server.into())])) } }
            p { (rich("people-server-loss", &[("followers", lost.into()), ("following", left.into())])) }
            label.field {
                span { (say("blocklists-rule")) }
                select name="rule" {
                    @for (value, label) in CHOICES.into_iter().zip(labels) {
                        option value=(value) selected[value == choice(rules)] { (label) }
                    }
                }
            }
            (tick("no_media", rules.has(Rules::NO_MEDIA), say("blocklists-no-media")))
            (tick("no_reports", rules.has(Rules::NO_REPORTS), say("blocklists-no-reports")))
            (tick("below", rules.has(Rules::BELOW), say("blocklists-below")))
            label.field { span { (say("blocklists-comment")) } input name="comment" value=(block.comment) maxlength="500" dir="auto"; }
            label.field { span { (say("blocklists-public")) } input name="public_comment" value=(block.public_comment) maxlength="500" dir="auto"; }
            (tick("published", block.published, say("blocklists-published")))
            (tick("obfuscate", block.obfuscate, say("blocklists-obfuscate")))
            p.row {
                @if known.is_some() { button.primary { (say("blocklists-save")) } }
                @else { button.danger { (say("people-server-do")) } }
                a.btn href=(SERVERS) { (say("people-server-leave")) }
            }
        }
    };
    frame(app, req, &inside)
}

fn unblock(app: &App, req: &Req) -> Result<Res> {
    ops::lift(app, req.params()?["domain"].as_str().unwrap_or_default())?;
    Ok(Res::see_other(back(req)))
}
