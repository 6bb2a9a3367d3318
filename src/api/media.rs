//! Media: <https://docs.joinmastodon.org/methods/media/>
//!
//! Pictures are ready when they have been received, so both versions answer 200 at once (pitfall 75).

use super::entities::media_attachment::media_attachment;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Media, MediaId};
use crate::ops::media;
use crate::store;
use serde::Deserialize;

const WRITE: Auth = Auth::Scope("write:media");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/media", upload, WRITE),
    post("/api/v2/media", upload, WRITE),
    get("/api/v1/media/{id}", show, WRITE),
    put("/api/v1/media/{id}", update, WRITE),
    patch("/api/v1/media/{id}", update, WRITE),
    delete("/api/v1/media/{id}", remove, WRITE),
];

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    focus: Option<String>,
}

/// The type is read from the bytes: Ice Cubes calls its files "file" (pitfall 16).
fn upload(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Form>()?;
    let file = req.upload("file").ok_or_else(|| Error::invalid("Validation failed: File can't be blank"))?;
    let focus = form.focus.as_deref().and_then(focus);
    shown(app, &media::upload(app, &file.read()?, form.description.as_deref(), focus)?)
}

fn shown(app: &App, media: &Media) -> Result<Res> {
    Res::json(&media_attachment(&app.instance, media).ok_or_else(Error::not_found)?)
}

/// An upload that no status uses yet: one that is attached is edited with its status (pitfall 76).
fn free(app: &App, id: MediaId) -> Result<Media> {
    let media = app.store.read(|c| store::media::get(c, id))?;
    if media.status_id.is_none() { Ok(media) } else { Err(Error::not_found()) }
}

fn show(app: &App, req: &Req) -> Result<Res> {
    shown(app, &free(app, req.id("id")?)?)
}

fn update(app: &App, req: &Req) -> Result<Res> {
    let (media, form) = (free(app, req.id("id")?)?, req.form::<Form>()?);
    let focus = form.focus.as_deref().and_then(focus);
    shown(app, &media::describe(app, media.id, form.description.as_deref(), focus)?)
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    media::delete(app, req.id("id")?)?;
    Ok(Res::empty())
}

/// `0.5,-0.25`: x and y, y up (pitfall 77); beyond -1..=1 there is no picture.
pub fn focus(text: &str) -> Option<(f64, f64)> {
    let (x, y) = text.split_once(',')?;
    let within =
        |text: &str| text.trim().parse().ok().filter(|n: &f64| n.is_finite()).map(|n| n.clamp(-1.0, 1.0));
    Some((within(x)?, within(y)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pitfall_77_a_focus_is_two_numbers() {
        assert_eq!(focus("0.5, -0.25"), Some((0.5, -0.25)));
        assert_eq!(focus("0.5"), None);
        assert_eq!(focus("a,b"), None);
        assert_eq!(focus("7,-7"), Some((1.0, -1.0)));
        assert_eq!(focus("NaN,inf"), None);
    }
}
