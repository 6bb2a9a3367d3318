//! The quiet shelf: why somebody waits, clearing all away in one tap, and what the owner wants of strangers.

use super::parts::View;
use super::people::codes;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::strangers;
use crate::words::say;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    post("/notifications/requests/clear", clear, Auth::Session),
    post("/notifications/requests/undo", undo, Auth::Session),
    post("/settings/notifications/strangers", save, Auth::Session),
];

const REQUESTS: &str = "/notifications/requests";

/// In one tap: it can be taken back, so nobody is asked.
fn clear(app: &App, _: &Req) -> Result<Res> {
    strangers::clear(app)?;
    Ok(Res::see_other(REQUESTS))
}

fn undo(app: &App, _: &Req) -> Result<Res> {
    strangers::undo(app)?;
    Ok(Res::see_other(REQUESTS))
}

/// Above the requests: one button for all of them, or to have them back.
pub fn broom(view: &View, any: bool, cleared: bool) -> Markup {
    html! {
        @if any || cleared {
            div.row {
                @if any { (view.button("/notifications/requests/clear", "", &html! { (say("strangers-clear")) })) }
                @if cleared { (view.button("/notifications/requests/undo", "", &html! { (say("strangers-undo")) })) }
            }
        }
        @if cleared { p.hint role="status" { (say("strangers-cleared")) } }
    }
}

/// Why they wait, in words.
pub fn reason(signs: &[Sign]) -> String {
    signs.iter().map(|sign| words(*sign)).collect::<Vec<_>>().join(", ")
}

fn words(sign: Sign) -> &'static str {
    match sign {
        Sign::Young => say("strangers-young"),
        Sign::Empty => say("strangers-empty"),
        Sign::Crowd => say("strangers-crowd"),
        Sign::Link => say("strangers-link"),
        Sign::Picture => say("strangers-picture"),
        Sign::Server => say("strangers-server"),
        Sign::Chorus => say("strangers-chorus"),
        Sign::Language => say("strangers-language"),
        Sign::Waiting => say("strangers-waiting"),
        Sign::Unasked => say("strangers-unasked"),
    }
}

/// The section of the settings.
pub fn card(view: &View, wish: &Strangers) -> Markup {
    let check = |name: &str, label: &str, hint: &str, on: bool| {
        html! { label.check { input type="checkbox" name=(name) value="1" checked[on]; (label) small { (hint) } } }
    };
    let who = |one| match one {
        Mentioners::Everybody => say("strangers-everybody"),
        Mentioners::Known => say("strangers-known"),
        Mentioners::Followed => say("strangers-followed"),
    };
    html! {
        section.card #strangers {
            h2 { (say("strangers-title")) }
            form method="post" action="/settings/notifications/strangers" {
                (view.hidden())
                (check("shelf", say("strangers-shelf"), say("strangers-shelf-hint"), wish.shelf))
                (check("shelve_follows", say("strangers-shelve-follows"), say("strangers-shelve-follows-hint"), wish.shelve_follows))
                (check("accept_followed", say("strangers-accept-followed"), say("strangers-accept-followed-hint"), wish.accept_followed))
                label.field {
                    span { (say("strangers-mentioners")) }
                    select name="mentioners" {
                        @for one in Mentioners::ALL { option value=(one.as_str()) selected[one == wish.mentioners] { (who(one)) } }
                    }
                }
                label.field {
                    span { (say("strangers-others")) }
                    select name="others" {
                        @for (one, label) in [(Treatment::Filter, say("notifications-treatment-filter")), (Treatment::Drop, say("notifications-treatment-drop"))] {
                            option value=(one.as_str()) selected[one == wish.others] { (label) }
                        }
                    }
                }
                label.field {
                    span { (say("strangers-languages")) }
                    input name="languages" value=(wish.languages.join(", ")) maxlength="200" autocapitalize="none" spellcheck="false" placeholder="en, lv";
                    small { (say("strangers-languages-hint")) }
                }
                p.row { button.primary { (say("strangers-save")) } }
            }
        }
    }
}

/// Errors: `Invalid` for a word that the form does not have, and for what is no language.
fn save(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let (ticked, text) =
        (|name: &str| params[name].as_str() == Some("1"), |name: &str| params[name].as_str());
    let none = || Error::invalid("There is no such choice");
    let wish = Strangers {
        shelf: ticked("shelf"),
        mentioners: text("mentioners").and_then(Mentioners::parse).ok_or_else(none)?,
        others: match text("others").and_then(Treatment::parse) {
            Some(of @ (Treatment::Filter | Treatment::Drop)) => of,
            _ => return Err(none()),
        },
        languages: codes(text("languages").unwrap_or_default())
            .ok_or_else(|| Error::invalid(say("people-languages-wrong")))?,
        accept_followed: ticked("accept_followed"),
        shelve_follows: ticked("shelve_follows"),
    };
    strangers::set(app, |settings| *settings = wish)?;
    Ok(Res::see_other("/settings/notifications?done=1"))
}
