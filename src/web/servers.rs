//! Another server: how it stands to this one, and its public posts where the owner asks for them.

use super::blocks::rule;
use super::layout;
use super::parts::View;
use super::parts::status::{self, Posts};
use super::parts::text::when;
use crate::app::App;
use crate::error::{Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{domain_blocks as blocks, servers as ops};
use crate::store::{arrivals, deliveries, domain_blocks};
use crate::words::{fault, fill, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/servers/{host}", |app, req| page(app, req, None), Auth::Session),
    post("/servers/{host}", look, Auth::Session),
];

/// What the owner asked for: posts, or why there are none.
type Looked = std::result::Result<Vec<Status>, String>;

/// Nothing is asked of the server before the button is pressed.
fn look(app: &App, req: &Req) -> Result<Res> {
    match ops::local_posts(app, req.param("host")) {
        Ok(posts) => page(app, req, Some(Ok(posts))),
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
        Err(e) => page(app, req, Some(Err(fault(&e.public)))),
    }
}

/// Errors: `Invalid` for what is no name of a server, and for our own.
fn page(app: &App, req: &Req, looked: Option<Looked>) -> Result<Res> {
    let view = View::of(app, req);
    let host = blocks::checked(app, req.param("host"))?;
    let (following, followers) = blocks::preview(app, &host)?;
    let (rules, known) =
        app.store.read(|c| Ok((domain_blocks::rules(c, &host)?, deliveries::host(c, &host)?)))?;
    let blocked = rules.has(Rules::HIDE);
    let (people, written) = app.store.read(|c| arrivals::today(c, &host, view.now))?;
    let posts = match &looked {
        Some(Ok(list)) => {
            app.store.read(|c| Posts::load(c, list)?.filtered(c, &view, FilterContext::Public))?
        }
        _ => Posts::default(),
    };
    let body = html! {
        h1 { bdi { (host) } }
        section.card.stack {
            p { (fill("rooms-server-ties", &[("following", following.into()), ("followers", followers.into())])) }
            @if let Some(since) = known.failing_since {
                p { (rich("rooms-server-failing", &[("since", when(since, view.now).into())])) " " a href="/settings/federation" { (say("rooms-server-failing-more")) } }
            }
            @if blocked { p { (say("rooms-server-blocked")) } }
            @else if !rules.is_exception() { p { (rule(rules)) @if rules.has(Rules::NO_MEDIA) { " · " (say("blocklists-tags-media")) } } }
            @if people + written > 0 {
                p.soft { (fill("blocklists-today", &[("accounts", people.into()), ("most", arrivals::ACCOUNTS.into()), ("posts", written.into()), ("all", arrivals::STATUSES.into())])) }
            }
            div.row {
                (buttons(&view, &host, blocked))
                @if known.failing_since.is_some() {
                    form method="post" action="/settings/federation" {
                        (view.hidden())
                        input type="hidden" name="host" value=(host);
                        button { (say("rooms-server-wake")) }
                    }
                }
            }
        }
        @match &looked {
            None => {}
            Some(Err(wrong)) => { p.card.wrong role="alert" { (wrong) } }
            Some(Ok(list)) => {
                h2.hide { (say("rooms-server-posts")) }
                (status::list(&view, &posts, list, say("rooms-server-none")))
            }
        }
    };
    let status = if matches!(looked, Some(Err(_))) { 422 } else { 200 };
    Ok(layout::page(app, req, &host, html! {}, body)?.status(status))
}

fn buttons(view: &View, host: &str, blocked: bool) -> Markup {
    html! {
        @if blocked {
            form method="post" action="/settings/blocks/servers/unblock" {
                (view.hidden())
                input type="hidden" name="domain" value=(host);
                button { (say("people-unblock")) }
            }
        } @else {
            (view.button(&format!("/servers/{host}"), "primary", &html! { (say("rooms-server-look")) }))
            // Asks before it blocks.
            form method="post" action="/settings/blocks/servers" {
                (view.hidden())
                input type="hidden" name="domain" value=(host);
                button.danger { (say("rooms-server-block")) }
            }
        }
    }
}
