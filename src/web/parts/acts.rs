//! The line of buttons below a post. `taure.js` swaps it for the one that an action answers with.

use super::View;
use super::text::safe;
use crate::model::*;
use crate::ops::quotes;
use crate::web::layout::icon;
use crate::words::{say, short};
use maud::{Markup, html};

/// Buttons for the owner, counts for a visitor. `to` is the post's own page.
pub fn acts(view: &View, status: &Status, author: &Account, to: &str) -> Markup {
    if !view.is_owner() {
        return counts(status, to);
    }
    let seen = &status.viewer;
    let shareable = !status.is_feed() && status.visibility.is_open()
        || (status.local && status.visibility == Visibility::Private);
    html! {
        div.acts role="group" aria-label=(say("status-acts")) {
            a href={ (to) "#reply" } title=(say("status-reply")) { (icon("reply")) (count(status.counts.replies)) span.hide { (say("status-reply")) } }
            @if shareable {
                (toggle(view, status, seen.reblogged_by.is_some(), ("boost", "unboost"), "boost", say("status-boost"), status.counts.reblogs))
            } @else {
                span title=(say("status-no-boost-title")) { (icon("lock")) span.hide { (say("status-no-boost")) } }
            }
            (toggle(view, status, seen.favourited_row.is_some(), ("favourite", "unfavourite"), "star", say("status-favourite"), status.counts.favourites))
            (toggle(view, status, seen.bookmarked_row.is_some(), ("bookmark", "unbookmark"), "bookmark", say("status-bookmark"), 0))
            (menu(view, status, author, to))
        }
    }
}

fn counts(status: &Status, to: &str) -> Markup {
    let shown = |symbol: &str, number: i64, what: &str| {
        html! { span title=(what) { (icon(symbol)) (count(number)) span.hide { (what) } } }
    };
    html! {
        div.acts {
            a href=(to) title=(say("status-replies")) { (icon("reply")) (count(status.counts.replies)) span.hide { (say("status-replies")) } }
            (shown("boost", status.counts.reblogs, say("status-boosts")))
            (shown("star", status.counts.favourites, say("status-favourites")))
        }
    }
}

fn count(number: i64) -> Markup {
    html! { @if number > 0 { span { (short(number)) } } }
}

fn toggle(
    view: &View,
    status: &Status,
    on: bool,
    (make, undo): (&str, &str),
    symbol: &str,
    label: &str,
    number: i64,
) -> Markup {
    let verb = if on { undo } else { make };
    let class = if on { format!("on {make}") } else { make.to_owned() };
    html! {
        form.swap-acts method="post" action=(format!("/posts/{}/{verb}", status.id)) {
            (view.hidden())
            button class=(class) data-act=(make) title=(label) aria-pressed=(on.to_string()) {
                (icon(symbol)) (count(number)) span.hide { (label) }
            }
        }
    }
}

/// What is done less often. A `details`, so that it opens without a script.
fn menu(view: &View, status: &Status, author: &Account, to: &str) -> Markup {
    let act = |verb: &str, label: &str| {
        view.button(&format!("/posts/{}/{verb}", status.id), "", &html! { (label) })
    };
    let page = |verb: &str| format!("/posts/{}/{verb}", status.id);
    html! {
        details {
            summary title=(say("status-more")) { (icon("dots")) span.hide { (say("status-more")) } }
            div.pop {
                a href=(to) { (say("status-open")) }
                @if status.visibility.is_open() {
                    button type="button" hidden data-share=(status.url.as_deref().unwrap_or(&status.uri)) { (say("status-share")) }
                }
                @if !status.local && let Some(url) = safe(status.url.as_deref().unwrap_or(&status.uri)) {
                    a href=(url) rel="noopener noreferrer" { (say("status-at-home")) }
                }
                @match quotes::approval(view.viewer(), status, author) {
                    Approval::Automatic => { a href=(format!("/compose?quote={}", status.id)) { (say("status-quote")) } }
                    Approval::Manual => { a href=(format!("/compose?quote={}", status.id)) { (say("status-ask-quote")) } }
                    Approval::Unknown | Approval::Denied => {}
                }
                @if status.viewer.muted { (act("unmute", say("status-unmute-thread"))) } @else { (act("mute", say("status-mute-thread"))) }
                @if status.local {
                    @if status.visibility != Visibility::Direct {
                        @if status.viewer.pinned_at.is_some() { (act("unpin", say("status-unpin"))) }
                        @else { (act("pin", say("status-pin"))) }
                    }
                    a href=(page("edit")) { (say("status-edit")) }
                    a href=(page("redraft")) { (say("posts-redraft-menu")) }
                    a.danger data-delete href=(page("delete")) { (say("status-delete")) }
                }
            }
        }
    }
}
