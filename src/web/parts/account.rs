//! People: their pictures, names, addresses here, and the buttons between the owner and them.

use super::View;
use super::text::{emojify, safe, shown};
use crate::model::*;
use crate::words::say;
use maud::{Markup, html};

const NO_AVATAR: &str = "/avatars/original/missing.png";
const NO_HEADER: &str = "/headers/original/missing.png";

pub fn avatar_address(me: &Instance, account: &Account) -> String {
    picture(me, account.avatar.as_ref()).unwrap_or_else(|| NO_AVATAR.to_owned())
}

pub fn header_address(me: &Instance, account: &Account) -> String {
    picture(me, account.header.as_ref()).unwrap_or_else(|| NO_HEADER.to_owned())
}

fn picture(me: &Instance, picture: Option<&Picture>) -> Option<String> {
    match picture? {
        Picture::Blob(key) => Some(format!("/media/{key}")),
        Picture::Remote(url) => shown(me, url),
    }
}

/// Decoration: the name stands beside it.
pub fn avatar(me: &Instance, account: &Account) -> Markup {
    html! { img.avatar.u-photo src=(avatar_address(me, account)) alt="" width="46" height="46" loading="lazy"; }
}

pub fn name(me: &Instance, account: &Account) -> Markup {
    emojify(me, account.name(), &account.emojis)
}

/// `@user@domain`, the owner's with the domain of this instance: how people tell each other.
pub fn handle(view: &View, account: &Account) -> String {
    let domain = account.domain.as_deref().unwrap_or(&view.app.instance.domain);
    format!("@{}@{domain}", account.username)
}

/// Where the name leads: to our own page for the owner, who can act on it there; a visitor goes to the
/// person's own home.
pub fn address(view: &View, account: &Account) -> String {
    if account.is_owner() || view.is_owner() {
        return format!("/@{}", account.acct());
    }
    safe(&account.url).or(safe(&account.uri)).unwrap_or("/").to_owned()
}

/// Picture, name and handle, as a link.
pub fn names(view: &View, account: &Account) -> Markup {
    let to = address(view, account);
    html! {
        a href=(to) tabindex="-1" aria-hidden="true" { (avatar(&view.app.instance, account)) }
        div.names {
            a.u-url href=(to) {
                bdi.name.p-name { (name(&view.app.instance, account)) }
                span.acct { (handle(view, account)) }
            }
        }
    }
}

/// One line of a list of people, with what can be done.
pub fn person(view: &View, account: &Account, buttons: &Markup) -> Markup {
    html! { div.person.h-card { (names(view, account)) div.row { (buttons) } } }
}

/// Follow, unfollow, or take the request back.
pub fn follow_button(view: &View, account: &Account) -> Markup {
    let id = account.id;
    let relation = &account.relation;
    if account.is_owner() || relation.blocked_by {
        return html! {};
    }
    let follow = say(if account.is_feed() { "indie-feeds-follow" } else { "status-follow" });
    let act = |verb: &str, class: &str, then: &str, inside: &Markup| {
        view.swap(&format!("/accounts/{id}/{verb}"), class, &format!("follow-{id}"), Some(then), None, inside)
    };
    if relation.blocking() {
        return act("unblock", "danger", follow, &html! { (say("status-unblock")) });
    }
    match relation.following {
        Follow::No => act("follow", "primary", say("status-unfollow"), &html! { (follow) }),
        Follow::Requested => act(
            "unfollow",
            "",
            follow,
            &html! { (say("status-requested")) span.hide { (say("status-requested-hint")) } },
        ),
        Follow::Yes => act("unfollow", "", follow, &html! { (say("status-unfollow")) }),
    }
}

/// The lesser used buttons of a profile.
pub fn other_buttons(view: &View, account: &Account) -> Markup {
    let id = account.id;
    let relation = &account.relation;
    let act = |verb: &str, label: &str, class: &str| {
        view.button(&format!("/accounts/{id}/{verb}"), class, &html! { (label) })
    };
    let swap = |verb: &str, kind: &str, label: &str, class: &str, done: Option<&str>| {
        let swap = format!("{kind}-{id}");
        view.swap(&format!("/accounts/{id}/{verb}"), class, &swap, None, done, &html! { (label) })
    };
    html! {
        @if relation.following == Follow::Yes {
            @if relation.show_reblogs { (act("hide_boosts", say("status-hide-boosts"), "")) }
            @else { (act("show_boosts", say("status-show-boosts"), "")) }
        }
        @if relation.follower == Follow::Yes { (act("remove", say("status-remove-follower"), "")) }
        @if relation.muting(view.now) { (swap("unmute", "mute", say("status-unmute"), "", None)) }
        @else { (swap("mute", "mute", say("status-mute"), "", Some(say("status-done-muted")))) }
        @if relation.blocking() { (swap("unblock", "block", say("status-unblock"), "", None)) }
        @else { (swap("block", "block", say("status-block"), "danger", Some(say("status-done-blocked")))) }
    }
}

/// How they stand to the owner, in a few words.
pub fn standing(view: &View, account: &Account) -> Markup {
    let relation = &account.relation;
    html! {
        @if relation.follower == Follow::Yes { span.tag { (say("status-follows-you")) } " " }
        @if relation.muting(view.now) { span.tag { (say("status-muted")) } " " }
        @if relation.blocking() { span.tag { (say("status-blocked")) } " " }
        @if relation.blocked_by { span.tag { (say("status-blocks-you")) } " " }
        @if account.bot() { span.tag { (say("status-bot")) } " " }
        @if account.locked { span.tag { (say("status-approves")) } " " }
    }
}
