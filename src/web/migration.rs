//! Aliases, moving to another server, and who came along.

use super::layout;
use super::parts::text::when;
use super::parts::{View, account};
use super::settings::{told, way_back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::departure::{self, Check, Point, Progress, Weight};
use crate::ops::{auth, migration};
use crate::store::moves::{Follower, Stands};
use crate::store::{accounts, instance};
use crate::words::{fill, reason, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/moving", |app, req| page(app, req, None, None), Auth::Session),
    post("/settings/moving", |app, req| done(app, req, leave), Auth::Session),
    post("/settings/moving/check", check, Auth::Session),
    post(
        "/settings/moving/again",
        |app, req| done(app, req, |app, _| departure::send_again(app)),
        Auth::Session,
    ),
    post("/settings/moving/look", |app, req| done(app, req, |app, _| departure::look(app)), Auth::Session),
    post("/settings/moving/lead", |app, req| done(app, req, lead), Auth::Session),
    post("/settings/moving/back", |app, req| done(app, req, come_back), Auth::Session),
    post("/settings/moving/alias", |app, req| done(app, req, add), Auth::Session),
    post("/settings/moving/alias/remove", |app, req| done(app, req, remove), Auth::Session),
];

fn text(req: &Req, name: &str) -> Result<String> {
    Ok(req.params()?[name].as_str().unwrap_or_default().trim().to_owned())
}

fn add(app: &App, req: &Req) -> Result<()> {
    migration::add_alias(app, &text(req, "account")?)
}

fn remove(app: &App, req: &Req) -> Result<()> {
    migration::remove_alias(app, &text(req, "uri")?)
}

fn leave(app: &App, req: &Req) -> Result<()> {
    migration::move_to(app, &text(req, "account")?, &text(req, "password")?, req.client)
}

fn lead(app: &App, req: &Req) -> Result<()> {
    departure::lead_on(app, !text(req, "lead_on")?.is_empty())
}

/// What the move would meet. Nothing is changed.
fn check(app: &App, req: &Req) -> Result<Res> {
    match departure::check(app, &text(req, "account")?) {
        Ok(check) => page(app, req, None, Some(&check)),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
        Err(e) => Ok(page(app, req, Some(&e), None)?.status(422)),
    }
}

fn come_back(app: &App, _: &Req) -> Result<()> {
    migration::come_back(app)
}

/// Back to the page, with what was wrong.
fn done(app: &App, req: &Req, act: fn(&App, &Req) -> Result<()>) -> Result<Res> {
    match act(app, req) {
        Ok(()) => Ok(Res::see_other("/settings/moving")),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
        Err(e) => Ok(page(app, req, Some(&e), None)?.status(if e.kind == Kind::TooManyRequests {
            429
        } else {
            422
        })),
    }
}

fn page(app: &App, req: &Req, fault: Option<&Error>, check: Option<&Check>) -> Result<Res> {
    let view = View::of(app, req);
    let (progress, arrivals) = (departure::progress(app)?, departure::arrivals(app)?);
    let (me, aliases, target, leads) = app.store.read(|c| {
        let me = accounts::owner(c)?;
        let named = |uri: &String| Ok((uri.clone(), accounts::by_uri(c, uri)?));
        let aliases = me.also_known_as.iter().map(named).collect::<Result<Vec<_>>>()?;
        let target = me.moved_to.as_ref().map(named).transpose()?;
        Ok((me, aliases, target, instance::settings(c)?.lead_on))
    })?;
    let handle = || html! { b { (app.instance.handle()) } };
    // What was typed stays where it was wrong.
    let typed = if fault.is_some() || check.is_some() { text(req, "account")? } else { String::new() };
    let (alias, new) = if req.path.ends_with("/alias") { (typed.as_str(), "") } else { ("", typed.as_str()) };
    let body = html! {
        h1 { (say("settings-moving")) }
        (told(req, fault.map(|e| e.public.as_str())))
        section.card {
            h2 { (say("settings-moving-here")) }
            p.hint { (rich("settings-moving-here-hint", &[("handle", handle().into())])) }
            @for (uri, known) in &aliases {
                form.row method="post" action="/settings/moving/alias/remove" {
                    (view.hidden())
                    input type="hidden" name="uri" value=(uri);
                    span.grow { (name(&view, uri, known.as_ref())) }
                    button { (say("settings-moving-remove")) }
                }
            }
            form.row method="post" action="/settings/moving/alias" {
                (view.hidden())
                input.grow name="account" value=(alias) required placeholder="@you@old.example" aria-label=(say("settings-moving-alias"));
                button { (say("settings-moving-add")) }
            }
            @if let Some((since, count)) = arrivals.filter(|_| !aliases.is_empty()) {
                p.hint { (rich("moving-arrived", &[("count", count.into()), ("since", when(since, view.now).into())])) }
            }
        }
        @if let Some(check) = check { (checked(&view, check)) }
        section.card {
            h2 { (say("settings-moving-away")) }
            @if let Some((uri, known)) = &target {
                p { (rich("settings-moving-moved", &[("account", name(&view, uri, known.as_ref()).into())])) }
                form.stack method="post" action="/settings/moving/lead" {
                    (view.hidden())
                    label.check { input type="checkbox" name="lead_on" value="1" checked[leads]; span { (say("moving-lead-on")) } }
                    p.hint { (say("moving-lead-on-hint")) }
                    button { (say("moving-save")) }
                }
                (view.button("/settings/moving/back", "", &html! { (say("settings-moving-back")) }))
            } @else if auth::has_password(app)? {
                p.hint { (rich("settings-moving-away-hint", &[("handle", handle().into())])) }
                form.stack method="post" action="/settings/moving" {
                    (view.hidden())
                    label.field { span { (say("settings-moving-new")) } input name="account" value=(new) required placeholder="@you@new.example"; }
                    button formaction="/settings/moving/check" formnovalidate { (say("moving-check")) }
                    label.field { span { (say("settings-moving-password")) } input type="password" name="password" required autocomplete="current-password"; }
                    button.danger { (say("settings-moving-go")) }
                }
            } @else {
                p { (say("settings-moving-no-password")) }
            }
        }
        @if let Some(progress) = progress.filter(|_| target.is_some()) { (report(&view, &progress)) }
        p.hint { (fill("settings-moving-followers", &[("count", me.counts.followers.into())])) }
        (way_back())
    };
    layout::page(app, req, say("settings-moving"), html! {}, body)
}

fn name(view: &View, uri: &str, known: Option<&Account>) -> Markup {
    html! {
        @match known {
            Some(who) => { a href=(account::address(view, who)) { bdi { "@" (who.acct()) } } }
            None => { (uri) }
        }
    }
}

/// What was looked at before a move.
fn checked(view: &View, check: &Check) -> Markup {
    let stops = check.points.iter().any(|point| point.weight() == Weight::Stops);
    html! {
        section.card.(if stops { "wrong" } else { "notice" }) role="status" {
            h2 { (rich("moving-checked", &[("account", name(view, &check.target.uri, Some(&check.target)).into())])) }
            ul.inset {
                @for point in &check.points {
                    li {
                        b { (match point.weight() {
                            Weight::Fine => say("moving-fine"),
                            Weight::Mind => say("moving-mind"),
                            Weight::Stops => say("moving-stops"),
                        }) }
                        " " (told_of(view, point))
                    }
                }
            }
            p { (if stops { say("moving-cannot") } else { say("moving-can") }) }
        }
    }
}

fn told_of(view: &View, point: &Point) -> Markup {
    let handle = view.app.instance.handle();
    match point {
        Point::Named => rich("moving-named", &[("handle", handle.into())]),
        Point::NotNamed => rich("moving-not-named", &[("handle", handle.into())]),
        Point::MovedOn(to) => rich("moving-moved-on", &[("target", to.clone().into())]),
        Point::Suspended => html! { (say("moving-suspended")) },
        Point::Blocked => html! { (say("moving-blocked")) },
        Point::Locked => html! { (say("moving-locked")) },
        Point::Open => html! { (say("moving-open")) },
        Point::Followers { count, servers } => {
            rich("moving-followers", &[("count", (*count).into()), ("servers", (*servers).into())])
        }
        Point::Down(count, names) => {
            rich("moving-down", &[("count", (*count).into()), ("names", names.clone().into())])
        }
        Point::Deaf(count, names) => {
            rich("moving-deaf", &[("count", (*count).into()), ("names", names.clone().into())])
        }
        Point::Lately(at) => rich("moving-lately", &[("when", when(*at, view.now).into())]),
    }
}

/// Who came along, and who did not.
fn report(view: &View, progress: &Progress) -> Markup {
    let sums = &progress.sums;
    let rows = [
        (say("moving-sum-moved"), sums.moved),
        (say("moving-sum-told"), sums.told),
        (say("moving-sum-waiting"), sums.waiting),
        (say("moving-sum-failed"), sums.failed),
        (say("moving-sum-gone"), sums.gone),
    ];
    html! {
        section.card {
            h2 { (say("moving-report")) }
            table.sizes {
                @for (name, count) in rows { tr { th scope="row" { (name) } td { (count) } } }
            }
            p.hint { (say("moving-report-hint")) }
            div.row {
                (view.button("/settings/moving/look", "", &html! { (say("moving-look")) }))
                @if sums.told + sums.waiting + sums.failed > 0 {
                    (view.button("/settings/moving/again", "", &html! { (say("moving-again")) }))
                }
            }
            @if !progress.left.is_empty() {
                h3 { (say("moving-left")) }
                table.sizes { @for one in &progress.left { (left(one)) } }
            }
        }
    }
}

fn left(one: &Follower) -> Markup {
    let stands = match one.stands {
        Stands::Moved | Stands::Told => say("moving-is-told"),
        Stands::Waiting => say("moving-is-waiting"),
        Stands::Failed => say("moving-is-failed"),
        Stands::Gone => say("moving-is-gone"),
    };
    html! {
        tr {
            th scope="row" { bdi { "@" (one.acct) } }
            td {
                (stands)
                @if matches!(one.stands, Stands::Waiting | Stands::Failed) {
                    @if let Some(why) = &one.reason { small { " " (reason(why)) } }
                    @else if let Some(answer) = one.answer { small { " " (answer) } }
                }
            }
        }
    }
}
