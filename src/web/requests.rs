//! Who waits with mentions that the policy held back, and the policy's form.

use super::layout;
use super::parts::status::{self, Posts};
use super::parts::text::when;
use super::parts::{View, account, back, pager};
use super::strangers::{broom, reason};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::strangers::can_undo;
use crate::ops::{notification_requests, notify};
use crate::store::notification_requests::{self as requests, Request};
use crate::store::statuses;
use crate::words::{fill, rich, say};
use maud::{Markup, html};
use std::collections::HashMap;

pub const ROUTES: &[Route<App>] = &[
    get("/notifications/requests", show, Auth::Session),
    post("/notifications/requests/{id}/accept", |app, req| answer(app, req, true), Auth::Session),
    post("/notifications/requests/{id}/dismiss", |app, req| answer(app, req, false), Auth::Session),
    post("/settings/notifications", save, Auth::Session),
];

const REQUESTS: i64 = 20;

/// The line above the list of notifications that leads here; nothing when nobody waits.
pub fn shelf(waiting: i64) -> Markup {
    html! {
        @if waiting > 0 {
            p.card.row {
                span.grow { (say("notifications-requests-waiting")) }
                a.btn href="/notifications/requests" { (fill("notifications-requests-count", &[("count", waiting.into())])) }
            }
        }
    }
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(REQUESTS);
    let (list, last, posts, cleared) = app.store.read(|c| {
        let list = requests::list(c, &page)?;
        let ids: Vec<StatusId> = list.iter().filter_map(|one| one.last_status).collect();
        let last = statuses::many(c, &ids)?;
        let posts = Posts::load(c, last.values())?;
        Ok((list, last, posts, can_undo(c)?))
    })?;
    let ends = list.first().zip(list.last()).map(|(newest, oldest)| (newest.row.0, oldest.row.0));
    let choose =
        html! { a href="/settings/notifications#strangers" { (say("notifications-requests-choose")) } };
    let body = html! {
        h1 { (say("notifications-requests-title")) }
        p.hint { (rich("notifications-requests-hint", &[("link", choose.into())])) }
        (broom(&view, !list.is_empty(), cleared))
        @if list.is_empty() { p.card.empty { (say("notifications-requests-none")) } }
        @else { div.list { @for one in &list { (request(&view, one, &last, &posts)) } } }
        (pager(req, ends, list.len() as i64 == page.limit))
    };
    layout::page(app, req, say("notifications-requests-title"), html! {}, body)
}

/// The person, what they wrote last, and yes or no to all that they send.
fn request(view: &View, one: &Request, last: &HashMap<StatusId, Status>, posts: &Posts) -> Markup {
    let button = |verb: &str, label: &str, class: &str| {
        view.button(&format!("/notifications/requests/{}/{verb}", one.row), class, &html! { (label) })
    };
    html! {
        div.person.asks.h-card {
            (account::names(view, &one.account))
            span.soft { (fill("notifications-requests-mentions", &[("count", one.count.into())])) ", " (when(one.updated_at, view.now)) }
            @if !one.signs.is_empty() { span.soft { (fill("strangers-why", &[("reason", reason(&one.signs).into())])) } }
            div.row {
                (button("accept", say("notifications-accept"), "primary"))
                (button("dismiss", say("notifications-dismiss"), ""))
                (view.button(&format!("/accounts/{}/block", one.account.id), "", &html! { (say("strangers-block")) }))
                @if let Some(domain) = &one.account.domain {
                    // It asks, with a word about what that costs.
                    form method="post" action="/settings/blocks/servers" {
                        (view.hidden())
                        input type="hidden" name="domain" value=(domain);
                        button { (fill("strangers-block-server", &[("server", domain.as_str().into())])) }
                    }
                }
            }
        }
        @if let Some(post) = one.last_status.and_then(|id| last.get(&id)) { (status::item(view, posts, post, "")) }
    }
}

fn answer(app: &App, req: &Req, accepted: bool) -> Result<Res> {
    notification_requests::answer_one(app, req.id("id")?, accepted)?;
    Ok(Res::see_other(back(req)))
}

/// The rules as a person reads them.
const RULES: [(&str, &str); 5] = [
    ("not_following", "notifications-rule-not-following"),
    ("not_followers", "notifications-rule-not-followers"),
    ("new_accounts", "notifications-rule-new-accounts"),
    ("private_mentions", "notifications-rule-private-mentions"),
    ("bots", "notifications-rule-bots"),
];

/// The section of the settings.
pub fn policy_card(view: &View, mut policy: NotificationPolicy) -> Markup {
    let waiting = html! { a href="/notifications/requests" { (say("notifications-policy-requests")) } };
    html! {
        section.card #notifications {
            h2 { (say("notifications-title")) }
            p.hint { (rich("notifications-policy-hint", &[("link", waiting.into())])) }
            form method="post" action="/settings/notifications" {
                (view.hidden())
                @for (name, label) in RULES {
                    @let chosen = policy.rule(name).copied().unwrap_or_default();
                    label.field { span { (say(label)) } (treatments(name, chosen)) }
                }
                p.row { button.primary { (say("notifications-save")) } }
            }
        }
    }
}

fn treatments(name: &str, chosen: Treatment) -> Markup {
    let words = |treatment| match treatment {
        Treatment::Accept => say("notifications-treatment-accept"),
        Treatment::Filter => say("notifications-treatment-filter"),
        Treatment::Drop => say("notifications-treatment-drop"),
    };
    html! {
        select name=(name) {
            @for treatment in Treatment::ALL {
                option value=(treatment.as_str()) selected[treatment == chosen] { (words(treatment)) }
            }
        }
    }
}

/// Errors: `Invalid` for a word that the form does not have.
fn save(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let mut given = Vec::new();
    for (name, _) in RULES {
        if let Some(text) = params[name].as_str() {
            given.push((
                name,
                Treatment::parse(text).ok_or_else(|| Error::invalid("There is no such choice"))?,
            ));
        }
    }
    notify::set_policy(app, |policy| {
        for (name, treatment) in given {
            if let Some(rule) = policy.rule(name) {
                *rule = treatment;
            }
        }
    })?;
    Ok(Res::see_other("/settings/notifications?done=1"))
}
