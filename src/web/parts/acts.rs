//! The line of buttons below a post. `taure.js` swaps it for the one that an action answers with.

use super::View;
use super::text::{safe, short};
use crate::model::*;
use crate::ops::quotes;
use crate::web::layout::icon;
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
        div.acts role="group" aria-label="What you can do" {
            a href={ (to) "#reply" } title="Reply" { (icon("reply")) (count(status.counts.replies)) span.hide { "Reply" } }
            @if shareable {
                (toggle(view, status, seen.reblogged_by.is_some(), ("boost", "unboost"), "boost", "Boost", status.counts.reblogs))
            } @else {
                span title="This post is not for passing on" { (icon("lock")) span.hide { "Cannot be boosted" } }
            }
            (toggle(view, status, seen.favourited_row.is_some(), ("favourite", "unfavourite"), "star", "Favourite", status.counts.favourites))
            (toggle(view, status, seen.bookmarked_row.is_some(), ("bookmark", "unbookmark"), "bookmark", "Bookmark", 0))
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
            a href=(to) title="Replies" { (icon("reply")) (count(status.counts.replies)) span.hide { "Replies" } }
            (shown("boost", status.counts.reblogs, "Boosts"))
            (shown("star", status.counts.favourites, "Favourites"))
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
            summary title="More" { (icon("dots")) span.hide { "More" } }
            div.pop {
                a href=(to) { "Open this post" }
                @if !status.local && let Some(url) = safe(status.url.as_deref().unwrap_or(&status.uri)) {
                    a href=(url) rel="noopener noreferrer" { "See it at its home" }
                }
                @match quotes::approval(view.viewer(), status, author) {
                    Approval::Automatic => { a href=(format!("/compose?quote={}", status.id)) { "Quote" } }
                    Approval::Manual => { a href=(format!("/compose?quote={}", status.id)) { "Ask to quote" } }
                    Approval::Unknown | Approval::Denied => {}
                }
                @if status.viewer.muted { (act("unmute", "Unmute this thread")) } @else { (act("mute", "Mute this thread")) }
                @if status.local {
                    @if status.visibility != Visibility::Direct {
                        @if status.viewer.pinned_at.is_some() { (act("unpin", "Unpin from profile")) }
                        @else { (act("pin", "Pin to profile")) }
                    }
                    a href=(page("edit")) { "Edit" }
                    a.danger href=(page("delete")) { "Delete" }
                }
            }
        }
    }
}
