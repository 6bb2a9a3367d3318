//! The owner's custom emoji: a list, and a form for a new one.

use super::layout;
use super::parts::View;
use super::settings::{told, way_back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::CustomEmoji;
use crate::ops::emojis::{self, NAME_LIMIT};
use crate::store;
use crate::words::say;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/emojis", |app, req| page(app, req, None), Auth::Session),
    post("/settings/emojis", add, Auth::Session),
    post("/settings/emojis/{shortcode}/delete", remove, Auth::Session),
];

fn add(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    let added = req
        .upload("image")
        .filter(|file| file.bytes > 0)
        .ok_or_else(|| Error::invalid("Validation failed: There is no picture"))
        .and_then(|file| match file.bytes > emojis::LIMIT as u64 {
            true => Err(Error::invalid("Validation failed: The picture must be less than 256 KB")),
            false => emojis::add(app, text("shortcode"), Some(text("category")), &file.read()?),
        });
    match added {
        Ok(_) => Ok(Res::see_other("/settings/emojis")),
        Err(e) if matches!(e.kind, Kind::Invalid | Kind::TooLarge) => {
            Ok(page(app, req, Some(&e.public))?.status(e.kind.status()))
        }
        Err(e) => Err(e),
    }
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    emojis::remove(app, req.param("shortcode"))?;
    Ok(Res::see_other("/settings/emojis"))
}

fn page(app: &App, req: &Req, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let list = app.store.read(store::emojis::list)?;
    // What was typed stays where it was wrong.
    let params = if fault.is_some() { req.params()? } else { serde_json::Value::Null };
    let typed = |name: &str| params[name].as_str().unwrap_or_default().to_owned();
    let body = html! {
        h1 { (say("settings-emojis")) }
        (told(req, fault))
        form.card method="post" action="/settings/emojis" enctype="multipart/form-data" {
            (view.hidden())
            p.hint { (say("settings-emojis-hint")) }
            label.field {
                span { (say("settings-emojis-name")) }
                input name="shortcode" value=(typed("shortcode")) required pattern="[A-Za-z0-9_]{2,}" maxlength=(NAME_LIMIT) placeholder="blobcat" autocomplete="off";
                small { (say("settings-emojis-name-hint")) }
            }
            label.field {
                span { (say("settings-emojis-picture")) }
                input type="file" name="image" required accept="image/png,image/gif,image/webp";
                small { (say("settings-emojis-picture-hint")) }
            }
            label.field { span { (say("settings-emojis-category")) } input name="category" value=(typed("category")) maxlength=(NAME_LIMIT) dir="auto"; }
            p.row { button.primary { (say("settings-emojis-add")) } }
        }
        @if list.is_empty() { p.card.empty { (say("settings-emojis-none")) } }
        @else { div.list { @for emoji in &list { (line(&view, emoji)) } } }
        (way_back())
    };
    layout::page(app, req, say("settings-emojis"), html! {}, body)
}

fn line(view: &View, emoji: &CustomEmoji) -> Markup {
    let name = format!(":{}:", emoji.shortcode);
    html! {
        div.person {
            img.emoji src={ "/media/" (emoji.blob) } alt="" loading="lazy";
            div.names { b { (name) } @if let Some(category) = &emoji.category { " " span.soft dir="auto" { (category) } } }
            div.row {
                (view.button(&format!("/settings/emojis/{}/delete", emoji.shortcode), "danger",
                    &html! { (say("settings-emojis-delete")) span.hide { " " (name) } }))
            }
        }
    }
}
