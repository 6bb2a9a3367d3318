//! The rooms of the settings, and those that are about the owner: profile and privacy.

use super::layout;
use super::parts::{View, account};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route, Upload};
use crate::model::*;
use crate::ops::profile::{self, FIELD_LIMIT, NAME_LIMIT, NOTE_LIMIT, ProfileUpdate};
use crate::store::accounts;
use crate::words::{self, say};
use maud::{Markup, html};
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    get("/settings", index, Auth::Session),
    get("/settings/profile", |app, req| profile_page(app, req, None), Auth::Session),
    post("/settings/profile", save, Auth::Session),
    get("/settings/privacy", privacy_page, Auth::Session),
    post("/settings/privacy", save, Auth::Session),
];

/// Address, name, and what is to be done there.
type Room = (&'static str, &'static str, &'static str);

/// All rooms by floor.
fn floors() -> [(&'static str, Vec<Room>); 4] {
    [
        (
            say("settings-you"),
            vec![
                ("/settings/profile", say("settings-profile"), say("settings-profile-about")),
                ("/settings/appearance", say("settings-appearance"), say("settings-appearance-about")),
                ("/settings/posting", say("settings-posting"), say("settings-posting-about")),
                ("/settings/privacy", say("settings-privacy"), say("settings-privacy-about")),
                ("/settings/emojis", say("settings-emojis"), say("settings-emojis-about")),
            ],
        ),
        (
            say("settings-read"),
            vec![
                (
                    "/settings/notifications",
                    say("settings-notifications"),
                    say("settings-notifications-about"),
                ),
                ("/settings/push", say("settings-push"), say("settings-push-about")),
                ("/settings/discovery", say("settings-discovery"), say("settings-discovery-about")),
                ("/settings/feeds", say("settings-feeds"), say("settings-feeds-about")),
                ("/settings/webmentions", say("settings-webmentions"), say("settings-webmentions-about")),
                ("/settings/filters", say("settings-filters"), say("settings-filters-about")),
                ("/settings/blocks", say("settings-blocks"), say("settings-blocks-about")),
                ("/lists", say("settings-lists"), say("settings-lists-about")),
                ("/following", say("settings-following"), say("settings-following-about")),
                ("/followers", say("settings-followers"), say("settings-followers-about")),
                ("/reports", say("settings-reports"), say("settings-reports-about")),
            ],
        ),
        (
            say("settings-account"),
            vec![
                ("/settings/security", say("settings-security"), say("settings-security-about")),
                ("/settings/apps", say("settings-apps"), say("settings-apps-about")),
                ("/settings/webhooks", say("webhooks-title"), say("webhooks-about")),
                ("/settings/moving", say("settings-moving"), say("settings-moving-about")),
                ("/settings/import", say("import-title"), say("import-about")),
                ("/settings/export", say("export-title"), say("export-about")),
                ("/settings/deletion", say("settings-deletion"), say("settings-deletion-about")),
            ],
        ),
        (
            say("settings-house"),
            vec![
                ("/settings/storage", say("settings-storage"), say("settings-storage-about")),
                ("/settings/health", say("settings-health"), say("settings-health-about")),
                ("/settings/doctor", say("doctor-title"), say("doctor-about")),
                ("/settings/policies", say("settings-policies"), say("settings-policies-about")),
                ("/settings/about", say("settings-about"), say("settings-about-about")),
            ],
        ),
    ]
}

fn index(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let body = html! {
        h1 { (say("settings-title")) }
        @for (floor, rooms) in floors() {
            section {
                h2.floor { (floor) }
                ul.list.index {
                    @for (to, name, about) in rooms {
                        li { a href=(to) { b { (name) } (about) } }
                    }
                }
            }
        }
        section.card {
            h2 { (say("settings-browser")) }
            (view.button("/auth/sign_out", "", &html! { (say("settings-sign-out")) }))
        }
    };
    layout::page(app, req, say("settings-title"), html! {}, body)
}

/// The same rooms beside each of them, where there is width for it.
pub fn side(req: &Req) -> Markup {
    html! {
        nav.side aria-label=(say("settings-title")) {
            @for (to, name, _) in floors().into_iter().flat_map(|(_, rooms)| rooms) {
                @let inside = req.path.strip_prefix(to);
                @let here = match inside { Some("") => Some("page"), Some(rest) if rest.starts_with('/') => Some("true"), _ => None };
                a href=(to) aria-current=[here] { (name) }
            }
        }
    }
}

/// The way up from a room.
pub fn way_back() -> Markup {
    html! { nav.pager { a.btn href="/settings" { (say("settings-back")) } } }
}

/// What was wrong, or that all is well.
pub fn told(req: &Req, fault: Option<&str>) -> Markup {
    html! {
        @if let Some(fault) = fault {
            p.card.wrong role="alert" { (words::fault(fault)) }
        } @else if req.query_text("saved").is_some() { p.card.notice role="status" { (say("settings-saved")) } }
    }
}

/// Answers both forms, and the one form that there was before, which had no `part`.
fn save(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    match read(req, &params).and_then(|update| profile::update(app, &update)) {
        Ok(_) => Ok(Res::see_other(format!("{}?saved=1", req.path))),
        Err(e) if matches!(e.kind, Kind::Invalid | Kind::TooLarge) => {
            Ok(profile_page(app, req, Some((&e.public, &params)))?.status(e.kind.status()))
        }
        Err(e) => Err(e),
    }
}

/// A box that is not ticked is not sent: it means no, in the part that it is of.
fn read(req: &Req, params: &Value) -> Result<ProfileUpdate> {
    let part = params["part"].as_str();
    let text = |name: &str| params[name].as_str().map(|v| v.trim().to_owned());
    let ticked = |name: &str| Some(params[name].as_str() == Some("1"));
    let of = |name: &str, here: &str| if part.is_none_or(|p| p == here) { ticked(name) } else { None };
    let mut update = ProfileUpdate {
        locked: of("locked", "privacy"),
        discoverable: of("discoverable", "privacy"),
        indexable: of("indexable", "privacy"),
        hide_collections: of("hide_collections", "privacy"),
        bot: of("bot", "profile"),
        ..ProfileUpdate::default()
    };
    if part != Some("privacy") {
        update.display_name = text("display_name");
        update.note = text("note");
        update.fields = Some(fields(params));
        update.avatar = picture(req.upload("avatar"), ticked("no_avatar"))?;
        update.header = picture(req.upload("header"), ticked("no_header"))?;
    }
    if part.is_none() {
        update.visibility = text("visibility").and_then(|v| Visibility::parse(&v));
        update.sensitive = ticked("sensitive");
        update.language = Some(text("language").and_then(|code| crate::text::language(&code)));
    }
    Ok(update)
}

fn fields(params: &Value) -> Vec<(String, String)> {
    let text = |name: String| params[name.as_str()].as_str().map(|v| v.trim().to_owned());
    let field = |n| Some((text(format!("field_name_{n}"))?, text(format!("field_value_{n}"))?));
    (0..FIELD_LIMIT).filter_map(field).collect()
}

/// A new picture, none, or the one that is there. A browser sends an empty file for an untouched field.
fn picture(file: Option<&Upload>, away: Option<bool>) -> Result<Option<Option<Vec<u8>>>> {
    match file.filter(|f| f.bytes > 0) {
        Some(file) => Ok(Some(Some(file.read()?))),
        None if away == Some(true) => Ok(Some(None)),
        None => Ok(None),
    }
}

/// `wrong`: what was, and what was typed.
fn profile_page(app: &App, req: &Req, wrong: Option<(&str, &Value)>) -> Result<Res> {
    let view = View::of(app, req);
    let (mut me, mut note) = app.store.read(|c| Ok((accounts::owner(c)?, accounts::note_text(c)?)))?;
    let mut rows: Vec<(String, String)> =
        me.fields.iter().map(|f| (f.name.clone(), f.text.clone())).collect();
    if let Some((_, typed)) = wrong {
        typed["display_name"].as_str().unwrap_or_default().clone_into(&mut me.display_name);
        typed["note"].as_str().unwrap_or_default().clone_into(&mut note);
        rows = fields(typed);
    }
    let body = html! {
        h1 { (say("settings-profile")) }
        (told(req, wrong.map(|(fault, _)| fault)))
        form method="post" action="/settings/profile" enctype="multipart/form-data" {
            (view.hidden())
            input type="hidden" name="part" value="profile";
            (names_card(&me, &note))
            (pictures_card(&view, &me))
            (fields_card(&rows))
            div.card { button.primary { (say("settings-save")) } }
        }
        (way_back())
    };
    layout::page(app, req, say("settings-profile"), html! {}, body)
}

fn names_card(me: &Account, note: &str) -> Markup {
    html! {
        section.card {
            h2 { (say("settings-profile-words")) }
            label.field {
                span { (say("settings-profile-name")) }
                input name="display_name" value=(me.display_name) maxlength=(NAME_LIMIT) dir="auto";
            }
            label.field {
                span { (say("settings-profile-note")) }
                textarea name="note" maxlength=(NOTE_LIMIT) dir="auto" { (note) }
            }
            (tick("bot", me.bot(), say("settings-profile-bot"), ""))
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
                label.check { input type="checkbox" name={ "no_" (name) } value="1"; (say("settings-profile-take-away")) }
            }
        }
    };
    html! {
        section.card {
            h2 { (say("settings-profile-pictures")) }
            div.row {
                (account::avatar(&view.app.instance, me))
                div.grow { (field("avatar", say("settings-profile-avatar"), say("settings-profile-avatar-hint"), me.avatar.is_some())) }
            }
            (field("header", say("settings-profile-header"), say("settings-profile-header-hint"), me.header.is_some()))
        }
    }
}

fn fields_card(rows: &[(String, String)]) -> Markup {
    let (label, content) = (say("settings-profile-label"), say("settings-profile-content"));
    html! {
        section.card {
            h2 { (say("settings-profile-fields")) }
            p.hint { (say("settings-profile-fields-hint")) }
            @for n in 0..FIELD_LIMIT.min(rows.len() + 2).max(4) {
                @let (name, value) = rows.get(n).cloned().unwrap_or_default();
                div.pair {
                    input name=(format!("field_name_{n}")) value=(name) placeholder=(label) aria-label=(format!("{label} {}", n + 1)) dir="auto";
                    input name=(format!("field_value_{n}")) value=(value) placeholder=(content) aria-label=(format!("{content} {}", n + 1)) dir="auto";
                }
            }
        }
    }
}

fn privacy_page(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let me = app.store.read(accounts::owner)?;
    let body = html! {
        h1 { (say("settings-privacy")) }
        (told(req, None))
        form.card method="post" action="/settings/privacy" {
            (view.hidden())
            input type="hidden" name="part" value="privacy";
            h2 { (say("settings-privacy-who")) }
            (tick("locked", me.locked, say("settings-privacy-locked"), say("settings-privacy-locked-hint")))
            (tick("discoverable", me.discoverable, say("settings-privacy-discoverable"), say("settings-privacy-discoverable-hint")))
            (tick("indexable", me.indexable, say("settings-privacy-indexable"), ""))
            (tick("hide_collections", me.hide_collections, say("settings-privacy-hide"), ""))
            p.row { button.primary { (say("settings-save")) } }
        }
        (way_back())
    };
    layout::page(app, req, say("settings-privacy"), html! {}, body)
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
