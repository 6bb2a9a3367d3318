//! The owner's custom emoji: a list, and a form for a new one.

use super::layout;
use super::parts::View;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::CustomEmoji;
use crate::ops::emojis::{self, NAME_LIMIT};
use crate::store;
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
    let body = html! {
        h1 { "Custom emoji" }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (fault.trim_start_matches("Validation failed: ")) "." } }
        form.card method="post" action="/settings/emojis" enctype="multipart/form-data" {
            (view.hidden())
            p.hint { "Write the name between two colons, and the picture stands there: in your posts, your name, your profile." }
            label.field {
                span { "Name" }
                input name="shortcode" required pattern="[A-Za-z0-9_]{2,}" maxlength=(NAME_LIMIT) placeholder="blobcat" autocomplete="off";
                small { "Letters, digits and _; a name that is there already gets the new picture" }
            }
            label.field {
                span { "Picture" }
                input type="file" name="image" required accept="image/png,image/gif,image/webp";
                small { "PNG, GIF or WebP, at most 256 KB" }
            }
            label.field { span { "Category" } input name="category" maxlength=(NAME_LIMIT) dir="auto"; }
            p.row { button.primary { "Add" } }
        }
        @if list.is_empty() { p.card.empty { "None yet." } }
        @else { div.list { @for emoji in &list { (line(&view, emoji)) } } }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Custom emoji", html! {}, body)
}

fn line(view: &View, emoji: &CustomEmoji) -> Markup {
    let name = format!(":{}:", emoji.shortcode);
    html! {
        div.person {
            img.emoji src={ "/media/" (emoji.blob) } alt="" loading="lazy";
            div.names { b { (name) } @if let Some(category) = &emoji.category { " " span.soft dir="auto" { (category) } } }
            div.row {
                (view.button(&format!("/settings/emojis/{}/delete", emoji.shortcode), "danger",
                    &html! { "Delete" span.hide { " " (name) } }))
            }
        }
    }
}
