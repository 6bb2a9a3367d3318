//! Media: <https://docs.joinmastodon.org/methods/media/>
//!
//! Pictures are ready when they have been received, so both versions answer 200 at once (pitfall 75). Films and sounds are
//! worked on: version 2 answers 202 and the file is asked for until it is no 206 any more, version 1 waits.

use super::entities::media_attachment::media_attachment;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route, Upload};
use crate::model::{Media, MediaId};
use crate::ops::media::{self, Told};
use crate::store;
use serde::Deserialize;

const WRITE: Auth = Auth::Scope("write:media");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/media", upload_now, WRITE),
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
    let media = media::upload(app, file(req)?, &told(req, &form))?;
    let status = if media.received.is_some() { 202 } else { 200 };
    Ok(shown(app, &media)?.status(status))
}

fn upload_now(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Form>()?;
    shown(app, &media::upload_now(app, file(req)?, &told(req, &form))?)
}

fn file(req: &Req) -> Result<&Upload> {
    req.upload("file").ok_or_else(|| Error::invalid("Validation failed: File can't be blank"))
}

fn told<'a>(req: &'a Req, form: &'a Form) -> Told<'a> {
    Told {
        description: form.description.as_deref(),
        focus: form.focus.as_deref().and_then(focus),
        thumbnail: req.upload("thumbnail").filter(|file| file.bytes > 0),
    }
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
    let media = free(app, req.id("id")?)?;
    if let Some(failure) = media.failure {
        return Err(Error::invalid(failure));
    }
    let status = if media.received.is_some() { 206 } else { 200 };
    Ok(shown(app, &media)?.status(status))
}

fn update(app: &App, req: &Req) -> Result<Res> {
    let (media, form) = (free(app, req.id("id")?)?, req.form::<Form>()?);
    if let Some(failure) = media.failure {
        return Err(Error::invalid(failure));
    }
    let media = media::describe(app, media.id, &told(req, &form))?;
    let status = if media.received.is_some() { 206 } else { 200 };
    Ok(shown(app, &media)?.status(status))
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
