//! Uploads: a picture is cleaned, measured and stored before it has an id.

use crate::app::App;
use crate::error::{Error, Result};
use crate::media::picture::{self, Limits};
use crate::model::*;
use crate::store::{jobs, media};

/// Characters of an alt text; Mastodon's number.
pub const DESCRIPTION_LIMIT: usize = 1_500;

/// Stores a picture that no status uses yet. It is forgotten after a day unless one does.
///
/// Errors: `Invalid` for what is no picture, too large, or has too long a description.
pub fn upload(
    app: &App,
    bytes: &[u8],
    description: Option<&str>,
    focus: Option<(f64, f64)>,
) -> Result<Media> {
    check_description(description)?;
    let made = picture::process(bytes, &Limits::default())?;
    let blob = app.media.put(&made.original.bytes, made.original.ext)?;
    let preview_blob = app.media.put(&made.small.bytes, made.small.ext).inspect_err(|_| {
        remove_blobs(app, [&blob]); // one without the other is nothing
    })?;
    let media = Media {
        id: MediaId::at(app.now()),
        kind: MediaKind::Image,
        mime: made.original.mime.to_owned(),
        blob: Some(blob),
        preview_blob: Some(preview_blob),
        description: description.map(str::to_owned).filter(|d| !d.is_empty()),
        blurhash: Some(made.blurhash),
        focus: focus.map(clamp),
        width: i64::from(made.original.width),
        height: i64::from(made.original.height),
        preview_width: i64::from(made.small.width),
        preview_height: i64::from(made.small.height),
        bytes: i64::try_from(made.original.bytes.len()).unwrap_or(i64::MAX),
        created_at: app.now(),
        ..Media::default()
    };
    app.store.write(|tx| {
        media::insert(tx, &media, 0)?;
        media::get(tx, media.id)
    })
}

/// Changes the description or focus of an upload; `None` leaves it.
pub fn describe(
    app: &App,
    id: MediaId,
    description: Option<&str>,
    focus: Option<(f64, f64)>,
) -> Result<Media> {
    check_description(description)?;
    app.store.write(|tx| {
        media::describe(tx, id, description, focus.map(clamp))?;
        media::get(tx, id)
    })
}

/// Takes an upload away that no status uses.
///
/// Errors: `NotFound`; `Invalid` when a status uses it.
pub fn delete(app: &App, id: MediaId) -> Result<()> {
    let media = app.store.write(|tx| {
        let media = media::get(tx, id)?;
        if !media::delete_free(tx, id)?.made() {
            return Err(Error::invalid("Media attachment is currently used by a status"));
        }
        Ok(media)
    })?;
    remove_blobs(app, media.blob.iter().chain(&media.preview_blob));
    Ok(())
}

/// Removes files that no row shows any more. A file that stays behind costs room and harms nobody, so
/// failures are only logged. What may lie in a bucket is removed by a job: nobody waits for it, and it is tried again.
pub fn remove_blobs<'a>(app: &App, blobs: impl IntoIterator<Item = &'a String>) {
    for blob in blobs {
        let done = match app.media.bucket() {
            Some(_) => app.store.write(|tx| jobs::push(tx, "", &Job::RemoveFile { key: blob.clone() })),
            None => remove_unused(app, blob),
        };
        if let Err(e) = done {
            tracing::warn!(blob, error = %e, "a file that nothing uses stays behind");
        }
    }
}

/// Removes a file unless a row shows it; that it is gone already is success.
///
/// Errors: the disk's and the bucket's.
pub fn remove_unused(app: &App, blob: &str) -> Result<()> {
    match app.store.read(|c| media::blob_in_use(c, blob))? {
        true => Ok(()),
        false => app.media.remove(blob),
    }
}

pub fn check_description(description: Option<&str>) -> Result<()> {
    if description.is_some_and(|d| d.chars().count() > DESCRIPTION_LIMIT) {
        return Err(Error::invalid(format!(
            "Validation failed: Description is too long (maximum is {DESCRIPTION_LIMIT} characters)"
        )));
    }
    Ok(())
}

fn clamp((x, y): (f64, f64)) -> (f64, f64) {
    let inside = |v: f64| if v.is_finite() { v.clamp(-1.0, 1.0) } else { 0.0 };
    (inside(x), inside(y))
}
