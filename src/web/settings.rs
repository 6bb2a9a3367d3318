//! The owner's profile and posting defaults.

use super::layout;
use super::parts::compose::{languages, visibilities};
use super::parts::{View, account};
use super::requests::policy_card;
use super::words::say;
use crate::app::App;
use crate::error::{Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route, Upload};
use crate::model::*;
use crate::ops::profile::{self, FIELD_LIMIT, NAME_LIMIT, NOTE_LIMIT, ProfileUpdate};
use crate::store::{accounts, instance};
use maud::{Markup, html};
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    get("/settings", |_, _| Ok(Res::see_other("/settings/profile")), Auth::Session),
    get("/settings/profile", |app, req| page(app, req, None), Auth::Session),
    post("/settings/profile", save, Auth::Session),
];

fn save(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    match read(req, &params).and_then(|update| profile::update(app, &update)) {
        Ok(_) => Ok(Res::see_other("/settings/profile?saved=1")),
        Err(e) if matches!(e.kind, Kind::Invalid | Kind::TooLarge) => {
            Ok(page(app, req, Some(&e.public))?.status(e.kind.status()))
        }
        Err(e) => Err(e),
    }
}

/// A box that is not ticked is not sent: it means no.
fn read(req: &Req, params: &Value) -> Result<ProfileUpdate> {
    let text = |name: &str| params[name].as_str().map(|v| v.trim().to_owned());
    let ticked = |name: &str| Some(params[name].as_str() == Some("1"));
    let fields = (0..FIELD_LIMIT).filter_map(|n| {
        let name = text(&format!("field_name_{n}"))?;
        Some((name, text(&format!("field_value_{n}"))?))
    });
    Ok(ProfileUpdate {
        display_name: text("display_name"),
        note: text("note"),
        fields: Some(fields.collect()),
        locked: ticked("locked"),
        bot: ticked("bot"),
        discoverable: ticked("discoverable"),
        indexable: ticked("indexable"),
        hide_collections: ticked("hide_collections"),
        avatar: picture(req.upload("avatar"), ticked("no_avatar"))?,
        header: picture(req.upload("header"), ticked("no_header"))?,
        visibility: text("visibility").and_then(|v| Visibility::parse(&v)),
        sensitive: ticked("sensitive"),
        language: Some(text("language").and_then(|code| crate::text::language(&code))),
        ..ProfileUpdate::default()
    })
}

/// A new picture, none, or the one that is there. A browser sends an empty file for an untouched field.
fn picture(file: Option<&Upload>, away: Option<bool>) -> Result<Option<Option<Vec<u8>>>> {
    match file.filter(|f| f.bytes > 0) {
        Some(file) => Ok(Some(Some(file.read()?))),
        None if away == Some(true) => Ok(Some(None)),
        None => Ok(None),
    }
}

fn page(app: &App, req: &Req, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let (me, note, settings) =
        app.store.read(|c| Ok((accounts::owner(c)?, accounts::note_text(c)?, instance::settings(c)?)))?;
    let saved = req.query_text("saved").is_some();
    let body = html! {
        h1 { "Settings" }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (fault.trim_start_matches("Validation failed: ")) "." } }
        @else if saved { p.card.notice role="status" { "Saved." } }
        form method="post" action="/settings/profile" enctype="multipart/form-data" {
            (view.hidden())
            (profile_card(&me, &note))
            (pictures_card(&view, &me))
            (fields_card(&me))
            (privacy_card(&me))
            (posting_card(&settings))
            div.card { button.primary { "Save" } }
        }
        (policy_card(&view, settings.notifications))
        (people_card())
        (push_card())
        section.card {
            h2 { "Security" }
            p { a.btn href="/settings/security" { "Browsers, apps and the password" } }
        }
        section.card {
            h2 { "Hashtags and relays" }
            p { a.btn href="/settings/discovery" { "What you follow, and where posts of strangers come from" } }
        }
        section.card {
            h2 { "Other servers" }
            p { a.btn href="/settings/federation" { "Servers that cannot be reached" } }
            p { a.btn href="/reports" { "Reports about you" } }
            p { a.btn href="/settings/moving" { "Move here, or away" } }
        }
        section.card {
            h2 { (say("indie-settings-title")) }
            p { a.btn href="/settings/feeds" { (say("indie-settings-feeds")) } }
            p { a.btn href="/settings/webmentions" { (say("indie-settings-webmentions")) } }
        }
        section.card {
            h2 { "Room" }
            p { a.btn href="/settings/storage" { "Where every byte is" } }
            p { a.btn href="/settings/deletion" { "Let your old posts go by themselves" } }
        }
        section.card {
            h2 { "Custom emoji" }
            p { a.btn href="/settings/emojis" { "Your own :shortcodes:" } }
        }
        section.card {
            h2 { "This browser" }
            form method="post" action="/auth/sign_out" { (view.hidden()) button { "Sign out" } }
        }
    };
    layout::page(app, req, "Settings", html! {}, body)
}

fn profile_card(me: &Account, note: &str) -> Markup {
    html! {
        section.card {
            h2 { "Profile" }
            label.field {
                span { "Display name" }
                input name="display_name" value=(me.display_name) maxlength=(NAME_LIMIT) dir="auto";
            }
            label.field {
                span { "About you" }
                textarea name="note" maxlength=(NOTE_LIMIT) dir="auto" { (note) }
            }
        }
    }
}

fn pictures_card(view: &View, me: &Account) -> Markup {
    let field = |name: &'static str, label: &str, hint: &str, has: bool| {
        html! {
            label.field {
                span { (label) }
                input type="file" name=(name) accept="image/jpeg,image/png,image/gif,image/webp";
                small { (hint) }
            }
            @if has {
                label.check { input type="checkbox" name={ "no_" (name) } value="1"; "Take it away" }
            }
        }
    };
    html! {
        section.card {
            h2 { "Pictures" }
            div.row { (account::avatar(&view.app.instance, me)) div.grow { (field("avatar", "Avatar", "Square, 400 pixels or more", me.avatar.is_some())) } }
            (field("header", "Header", "Three times as wide as high, 1500 × 500", me.header.is_some()))
        }
    }
}

fn fields_card(me: &Account) -> Markup {
    html! {
        section.card {
            h2 { "Links and facts" }
            p.hint { "A page is marked as yours when it links back here with rel=\"me\"." }
            @for n in 0..FIELD_LIMIT.min(me.fields.len() + 2).max(4) {
                @let field = me.fields.get(n).cloned().unwrap_or_default();
                div.pair {
                    input name=(format!("field_name_{n}")) value=(field.name) placeholder="Label" aria-label=(format!("Label {}", n + 1)) dir="auto";
                    input name=(format!("field_value_{n}")) value=(field.text) placeholder="Content" aria-label=(format!("Content {}", n + 1)) dir="auto";
                }
            }
        }
    }
}

fn privacy_card(me: &Account) -> Markup {
    html! {
        section.card {
            h2 { "Who finds you, who follows you" }
            (tick("locked", me.locked, "Approve each follower", "Until you do, they see nothing but your public posts."))
            (tick("discoverable", me.discoverable, "Let others discover this profile", "Directories and search engines may show it."))
            (tick("indexable", me.indexable, "Let other servers search your public posts", ""))
            (tick("hide_collections", me.hide_collections, "Hide whom you follow and who follows you", ""))
            (tick("bot", me.bot(), "This is an automated account", ""))
        }
    }
}

fn posting_card(settings: &Settings) -> Markup {
    html! {
        section.card {
            h2 { "New posts" }
            label.field { span { "Seen by" } (visibilities(settings.default_visibility)) }
            label.field { span { "Written in" } (languages(settings.default_language.as_deref())) }
            (tick("sensitive", settings.default_sensitive, "Hide pictures until they are pressed", ""))
        }
    }
}

fn people_card() -> Markup {
    html! {
        section.card {
            h2 { "People" }
            p.row {
                a.btn href="/following" { "Following" }
                a.btn href="/followers" { "Followers" }
                a.btn href="/settings/blocks" { "Muted and blocked" }
                a.btn href="/settings/filters" { "Filters" }
            }
        }
    }
}

fn push_card() -> Markup {
    html! {
        section.card {
            h2 { "Apps" }
            p.row { a.btn href="/settings/push" { "Notifications in apps" } }
        }
    }
}

pub fn tick(name: &str, on: bool, label: &str, hint: &str) -> Markup {
    html! {
        label.check {
            input type="checkbox" name=(name) value="1" checked[on];
            (label)
            @if !hint.is_empty() { small { (hint) } }
        }
    }
}
