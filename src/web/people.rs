//! What the buttons beside people's names do, and what a profile offers the owner beside them: a bell, languages, lists
//! and a private note. <https://docs.joinmastodon.org/methods/accounts/>

use super::layout;
use super::lists::{self, wrong};
use super::parts::{View, back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::model::time::{DAY, HOUR, SECOND};
use crate::model::*;
use crate::ops::follows::{self, FollowOptions};
use crate::ops::{backfill, relations as ops};
use crate::store::accounts;
use crate::text;
use crate::words::{fill, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    post(
        "/accounts/{id}/follow",
        |app, req| act(app, req, |app, id| follow(app, id, None, None)),
        Auth::Session,
    ),
    post(
        "/accounts/{id}/show_boosts",
        |app, req| act(app, req, |app, id| follow(app, id, Some(true), None)),
        Auth::Session,
    ),
    post(
        "/accounts/{id}/hide_boosts",
        |app, req| act(app, req, |app, id| follow(app, id, Some(false), None)),
        Auth::Session,
    ),
    post(
        "/accounts/{id}/notify",
        |app, req| act(app, req, |app, id| follow(app, id, None, Some(true))),
        Auth::Session,
    ),
    post(
        "/accounts/{id}/unnotify",
        |app, req| act(app, req, |app, id| follow(app, id, None, Some(false))),
        Auth::Session,
    ),
    post("/accounts/{id}/languages", languages, Auth::Session),
    post("/accounts/{id}/note", note, Auth::Session),
    post("/accounts/{id}/older", older, Auth::Session),
    post("/accounts/{id}/unfollow", |app, req| act(app, req, follows::unfollow), Auth::Session),
    post("/accounts/{id}/accept", |app, req| act(app, req, follows::authorise), Auth::Session),
    post("/accounts/{id}/reject", |app, req| act(app, req, follows::reject), Auth::Session),
    post("/accounts/{id}/remove", |app, req| act(app, req, follows::reject), Auth::Session),
    post("/accounts/{id}/mute", mute, Auth::Session),
    post("/accounts/{id}/unmute", |app, req| act(app, req, ops::unmute), Auth::Session),
    post("/accounts/{id}/block", |app, req| act(app, req, ops::block), Auth::Session),
    post("/accounts/{id}/unblock", |app, req| act(app, req, ops::unblock), Auth::Session),
];

/// Languages that are wanted of one account.
const LANGUAGES: usize = 20;

fn follow(app: &App, id: AccountId, reblogs: Option<bool>, notify: Option<bool>) -> Result<Account> {
    follows::follow(app, id, &FollowOptions { reblogs, notify, languages: None })
}

fn act(app: &App, req: &Req, done: fn(&App, AccountId) -> Result<Account>) -> Result<Res> {
    done(app, req.id("id")?)?;
    Ok(Res::see_other(back(req)))
}

fn button(view: &View, who: &Account, verb: &str, label: &str, class: &str) -> Markup {
    view.button(&format!("/accounts/{}/{verb}", who.id), class, &html! { (label) })
}

/// For ever, or for so many seconds.
fn mute(app: &App, req: &Req) -> Result<Res> {
    let seconds = req.params()?["duration"].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
    ops::mute(app, req.id("id")?, true, seconds)?;
    Ok(Res::see_other(back(req)))
}

fn mute_form(view: &View, who: &Account) -> Markup {
    let spans = [
        (HOUR, say("people-mute-hour")),
        (DAY, say("people-mute-day")),
        (7 * DAY, say("people-mute-week")),
        (30 * DAY, say("people-mute-month")),
    ];
    html! {
        form method="post" action=(format!("/accounts/{}/mute", who.id)) {
            (view.hidden())
            label.field {
                span { (say("people-mute-for")) }
                select name="duration" { @for (span, label) in spans { option value=(span / SECOND) { (label) } } }
                small { (say("people-mute-for-hint")) }
            }
            p.row { button { (say("people-mute-save")) } }
        }
    }
}

/// Yes or no to somebody who wants to follow.
pub fn request_buttons(view: &View, who: &Account) -> Markup {
    html! {
        (button(view, who, "accept", say("people-accept"), "primary"))
        (button(view, who, "reject", say("people-reject"), ""))
    }
}

/// Below somebody else's profile, for the owner.
pub fn panel(view: &View, who: &Account) -> Result<Markup> {
    if !view.is_owner() || who.is_owner() {
        return Ok(html! {});
    }
    let relation = &who.relation;
    let followed = relation.following != Follow::No;
    let fetching = view.here.ends_with("?older=1");
    Ok(html! {
        @if fetching { p.card.notice role="status" { (say("people-older-wait")) } }
        details.card open[!relation.comment.is_empty()] {
            summary { (say("people-yours")) }
            (note_form(view, who, &relation.comment))
            @if followed {
                p.row {
                    @if relation.notify { (button(view, who, "unnotify", say("people-bell-off"), "")) }
                    @else { (button(view, who, "notify", say("people-bell-on"), "")) }
                }
                (languages_form(view, who, &relation.languages.join(", ")))
                h2 { (say("people-lists")) }
                (lists::of_account(view, who)?)
            }
            @if !relation.muting(view.now) && !relation.blocking() { (mute_form(view, who)) }
            p.row {
                (button(view, who, "older", say("people-older"), ""))
                @if let Some(domain) = &who.domain { a.btn href=(format!("/servers/{domain}")) { (fill("people-server", &[("server", domain.as_str().into())])) } }
            }
        }
    })
}

fn note_form(view: &View, who: &Account, typed: &str) -> Markup {
    html! {
        form method="post" action=(format!("/accounts/{}/note", who.id)) {
            (view.hidden())
            label.field {
                span { (say("people-note")) }
                // A line break right after the tag is not part of the text.
                textarea name="comment" maxlength="2000" dir="auto" { "\n" (typed) }
                small { (say("people-note-hint")) }
            }
            p.row { button { (say("people-note-save")) } }
        }
    }
}

fn languages_form(view: &View, who: &Account, typed: &str) -> Markup {
    html! {
        form method="post" action=(format!("/accounts/{}/languages", who.id)) {
            (view.hidden())
            label.field {
                span { (say("people-languages")) }
                input name="languages" value=(typed) maxlength="200" autocapitalize="none" spellcheck="false" placeholder="en, lv";
                small { (say("people-languages-hint")) }
            }
            p.row { button { (say("people-languages-save")) } }
        }
    }
}

fn somebody(app: &App, req: &Req) -> Result<Account> {
    let id = req.id("id")?;
    app.store.read(|c| accounts::get(c, id))
}

/// The form alone, as it was typed, with what is wrong with it.
fn again(app: &App, req: &Req, who: &Account, fault: &Error, form: &Markup) -> Result<Res> {
    let body = html! {
        h1 { bdi { (who.name()) } }
        (wrong(Some(fault)))
        section.card { (form) }
        nav.pager { a.btn href=(format!("/@{}", who.acct())) { (say("people-back")) } }
    };
    Ok(layout::page(app, req, who.name(), html! {}, body)?.status(422))
}

fn note(app: &App, req: &Req) -> Result<Res> {
    let (who, params) = (somebody(app, req)?, req.params()?);
    // Browsers send line breaks as two characters.
    let typed = params["comment"].as_str().unwrap_or_default().replace("\r\n", "\n");
    let to = back(req);
    match ops::comment(app, who.id, typed.trim()) {
        Ok(_) => Ok(Res::see_other(to)),
        Err(e) if e.kind == Kind::Invalid => {
            let view = View::of(app, req);
            again(app, req, &who, &e, &note_form(&view.at(&to), &who, &typed))
        }
        Err(e) => Err(e),
    }
}

/// Codes of languages with commas or blanks between. `None`: one of them is no language, or they are too many.
pub fn codes(typed: &str) -> Option<Vec<String>> {
    let given = typed.split([',', ' ']).filter(|code| !code.is_empty());
    let codes: Option<Vec<String>> = given.take(LANGUAGES + 1).map(text::language).collect();
    codes.filter(|codes| codes.len() <= LANGUAGES)
}

/// None is all languages.
fn languages(app: &App, req: &Req) -> Result<Res> {
    let (who, params) = (somebody(app, req)?, req.params()?);
    let typed = params["languages"].as_str().unwrap_or_default();
    let to = back(req);
    let Some(codes) = codes(typed) else {
        let view = View::of(app, req);
        let fault = Error::invalid(say("people-languages-wrong"));
        return again(app, req, &who, &fault, &languages_form(&view.at(&to), &who, typed));
    };
    if who.relation.following == Follow::No {
        return Err(Error::invalid(say("people-not-followed")));
    }
    follows::follow(app, who.id, &FollowOptions { languages: Some(codes), ..FollowOptions::default() })?;
    Ok(Res::see_other(to))
}

/// What they posted before comes in the background.
fn older(app: &App, req: &Req) -> Result<Res> {
    let who = somebody(app, req)?;
    backfill::older_later(app, &who)?;
    Ok(Res::see_other(format!("/@{}?older=1", who.acct())))
}
