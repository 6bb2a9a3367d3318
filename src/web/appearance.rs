//! How the pages look, for the owner and for visitors; and the owner's own sheet, which they link.

use super::assets::{FOR_A_DAY, FOR_EVER, INERT, unless_known};
use super::layout;
use super::parts::View;
use super::settings::{tick, told, way_back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Look;
use crate::model::look::CHOICES;
use crate::ops::appearance::{self, SHEET};
use crate::store::instance;
use crate::words::{LANGUAGES, Language, fill, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/appearance", |app, req| page(app, req, None), Auth::Session),
    post("/settings/appearance", save, Auth::Session),
    get("/custom.css", sheet, Auth::Public),
];

/// What the form holds.
struct Form {
    look: Look,
    locale: Option<String>,
    sheet: String,
}

fn save(app: &App, req: &Req) -> Result<Res> {
    let form = read(req)?;
    match appearance::save(app, form.look.clone(), form.locale.clone(), &form.sheet) {
        Ok(()) => Ok(Res::see_other("/settings/appearance?saved=1")),
        Err(e) if e.kind == Kind::Invalid => Ok(page(app, req, Some((&e, form)))?.status(422)),
        Err(e) => Err(e),
    }
}

fn read(req: &Req) -> Result<Form> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    let mut look = Look {
        for_all: text("for_all") == "1",
        no_keys: text("keys") != "1",
        zone: Some(text("zone").to_owned()).filter(|zone| !zone.is_empty() && zone != "UTC"),
        ..Look::default()
    };
    for (name, _) in CHOICES {
        look.set(name, text(name));
    }
    let locale = Language::of(text("locale")).map(|language| language.code().to_owned());
    Ok(Form { look, locale, sheet: text("sheet").to_owned() })
}

fn page(app: &App, req: &Req, wrong: Option<(&Error, Form)>) -> Result<Res> {
    let view = View::of(app, req);
    let (fault, form) = match wrong {
        Some((e, form)) => (Some(e.public.as_str()), form),
        None => {
            let (settings, sheet) =
                app.store.read(|c| Ok((instance::settings(c)?, instance::sheet(c)?.unwrap_or_default())))?;
            (None, Form { look: settings.look, locale: settings.locale, sheet })
        }
    };
    let look = &form.look;
    let body = html! {
        h1 { (say("settings-appearance")) }
        (told(req, fault))
        form method="post" action="/settings/appearance" {
            (view.hidden())
            section.card {
                h2 { (say("appearance-colours")) }
                (choice(look, "theme", say("appearance-theme"), say("appearance-theme-usual")))
                (choice(look, "accent", say("appearance-accent"), say("appearance-accent-usual")))
                (tick("for_all", look.for_all, say("appearance-for-all"), say("appearance-for-all-hint")))
            }
            section.card {
                h2 { (say("appearance-text")) }
                (choice(look, "size", say("appearance-size"), say("appearance-size-usual")))
                (choice(look, "font", say("appearance-font"), say("appearance-font-usual")))
                (choice(look, "density", say("appearance-density"), say("appearance-density-usual")))
                (choice(look, "motion", say("appearance-motion"), say("appearance-motion-usual")))
            }
            section.card {
                h2 { (say("appearance-place")) }
                (languages(form.locale.as_deref()))
                (zones(look.zone.as_deref()))
                (tick("keys", !look.no_keys, say("appearance-keys"), say("appearance-keys-hint")))
            }
            section.card {
                h2 { (say("appearance-sheet")) }
                label.field {
                    span { (say("appearance-sheet-label")) }
                    textarea name="sheet" maxlength=(SHEET) spellcheck="false" dir="ltr" aria-describedby="sheet-hint" { (form.sheet) }
                }
                p.hint #sheet-hint { (fill("appearance-sheet-hint", &[("kilobytes", (SHEET / 1024).into())])) }
            }
            div.card { button.primary { (say("settings-save")) } }
        }
        (way_back())
    };
    layout::page(app, req, say("settings-appearance"), html! {}, body)
}

fn choice(look: &Look, name: &'static str, label: &str, usual: &str) -> Markup {
    let words = CHOICES.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, words)| words);
    html! {
        label.field {
            span { (label) }
            select name=(name) {
                option value="" { (usual) }
                @for word in words { option value=(word) selected[look.get(name) == Some(word)] { (word_of(word)) } }
            }
        }
    }
}

fn word_of(word: &str) -> &'static str {
    match word {
        "light" => say("appearance-light"),
        "dark" => say("appearance-dark"),
        "contrast" => say("appearance-contrast"),
        "blue" => say("appearance-blue"),
        "teal" => say("appearance-teal"),
        "green" => say("appearance-green"),
        "olive" => say("appearance-olive"),
        "amber" => say("appearance-amber"),
        "red" => say("appearance-red"),
        "rose" => say("appearance-rose"),
        "violet" => say("appearance-violet"),
        "compact" => say("appearance-compact"),
        "large" => say("appearance-large"),
        "larger" => say("appearance-larger"),
        "less" => say("appearance-less"),
        _ => say("appearance-serif"),
    }
}

fn languages(chosen: Option<&str>) -> Markup {
    html! {
        label.field {
            span { (say("appearance-language")) }
            select name="locale" {
                option value="" { (say("appearance-language-usual")) }
                @for (code, name) in LANGUAGES { option value=(code) lang=(code) selected[chosen == Some(code)] { (name) } }
            }
        }
    }
}

/// Those that the system knows: `Europe/Riga`, and none of its odder files.
fn zones(chosen: Option<&str>) -> Markup {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
    names.retain(|name| name.contains('/') && name.starts_with(|c: char| c.is_ascii_uppercase()));
    html! {
        label.field {
            span { (say("appearance-zone")) }
            select name="zone" {
                option value="" { "UTC" }
                @for name in &names { option value=(name) selected[chosen == Some(name)] { (name) } }
            }
            @if names.is_empty() { small { (say("appearance-zone-none")) } }
        }
    }
}

/// For everybody: visitors' pages link it, too.
fn sheet(app: &App, req: &Req) -> Result<Res> {
    let sheet = appearance::sheet(app)?.ok_or_else(Error::not_found)?;
    let version = &appearance::look(app).sheet;
    let cache = if req.query_text("v").as_deref() == Some(version) { FOR_EVER } else { FOR_A_DAY };
    let res = Res::new(200, "text/css; charset=utf-8", sheet)
        .with("x-content-type-options", "nosniff")
        .with("content-security-policy", INERT)
        .with("cache-control", cache);
    Ok(unless_known(req, &format!("\"{version}\""), res))
}
