//! Uploads. A picture is cleaned, measured and stored before it has an id; films and sounds have one at once and are
//! worked on by a job ([`films`]).

pub mod films;

use super::budget;
use crate::app::App;
use crate::config::memory;
use crate::error::{Error, Result};
use crate::http::Upload;
use crate::media::picture::{self, Limits, Picture};
use crate::media::{containers, sniff};
use crate::model::*;
use crate::store::{emojis, jobs, media};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Characters of an alt text; Mastodon's number.
pub const DESCRIPTION_LIMIT: usize = 1_500;
/// A file is that old before it is held for one that nothing shows.
const LEFT: Duration = Duration::from_secs(24 * 3600);

/// What the owner says about a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    pub description: Option<&'a str>,
    pub focus: Option<(f64, f64)>,
    /// The still picture to show before a film plays.
    pub thumbnail: Option<&'a Upload>,
}

/// Stores a file that no status uses yet. It is forgotten after a day unless one does. A film or a sound comes back with
/// `received` set: it is ready when a job has worked on it, or `failure` says why not.
///
/// Errors: `Invalid` for what cannot be posted, is too large, or has too long a description; `NoSpace`.
pub fn upload(app: &App, file: &Upload, told: &Told) -> Result<Media> {
    check_description(told.description)?;
    budget::refuse_if_full(app)?;
    let head = file.head()?;
    if containers::sniff(&head).is_some() {
        return films::receive(app, file, told);
    }
    sniff::format(&head)?;
    refuse_still(MediaKind::Image, told)?;
    picture(app, file, told)
}

/// The same, and waits for what is worked on.
///
/// Errors: those of the work, too; `Unavailable` when it takes too long.
pub fn upload_now(app: &App, file: &Upload, told: &Told) -> Result<Media> {
    let media = upload(app, file, told)?;
    films::wait(app, media.id, films::PATIENCE)?
        .ok_or_else(|| Error::unavailable("The file is still being worked on; try again in a moment"))
}

fn picture(app: &App, file: &Upload, told: &Told) -> Result<Media> {
    let made = read(app, file)?;
    let putting = app.media.putting();
    let media = put(app, made, told)?;
    let stored = app.store.write(|tx| {
        media::insert(tx, &media, 0)?;
        media::get(tx, media.id)
    });
    drop(putting);
    stored.inspect_err(|_| remove_blobs(app, media.blob.iter().chain(&media.preview_blob)))
}

/// What will be a picture's row, its files put. For whoever holds [`crate::media::Blobs::putting`].
fn put(app: &App, made: Picture, told: &Told) -> Result<Media> {
    // One of them alone is nothing, and is swept up.
    let blob = app.media.put(&made.original.bytes, made.original.ext)?;
    let preview_blob = app.media.put(&made.small.bytes, made.small.ext)?;
    Ok(Media {
        id: MediaId::at(app.now()),
        kind: MediaKind::Image,
        mime: made.original.mime.to_owned(),
        blob: Some(blob),
        preview_blob: Some(preview_blob),
        description: told.description.map(str::to_owned).filter(|d| !d.is_empty()),
        blurhash: Some(made.blurhash),
        focus: told.focus.map(clamp),
        width: i64::from(made.original.width),
        height: i64::from(made.original.height),
        preview_width: i64::from(made.small.width),
        preview_height: i64::from(made.small.height),
        bytes: i64::try_from(made.original.bytes.len()).unwrap_or(i64::MAX),
        created_at: app.now(),
        ..Media::default()
    })
}

/// Makes a file ready at once and writes no row: whoever brings it along does, with the post that it is of. For whoever holds
/// [`crate::media::Blobs::putting`] until then.
///
/// Errors: as [`upload`], and those of the work.
pub fn make(app: &App, file: &Upload, told: &Told) -> Result<Media> {
    if containers::sniff(&file.head()?).is_some() {
        return films::make_now(app, file, told);
    }
    put(app, read(app, file)?, told)
}

/// Reads a picture and makes its files. One after the other, from the first byte on: those who wait must not each have a
/// whole file in memory.
fn read(app: &App, file: &Upload) -> Result<Picture> {
    static GATE: Mutex<()> = Mutex::new(());
    let _gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
    let limits = limits(app);
    picture::process(&file.read_up_to(limits.bytes as u64)?, &limits)
}

/// A picture is its own still picture, as in Mastodon.
///
/// Errors: `Invalid`.
fn refuse_still(kind: MediaKind, told: &Told) -> Result<()> {
    match told.thumbnail {
        Some(_) if kind == MediaKind::Image => {
            Err(Error::invalid("Validation failed: Thumbnail must be blank"))
        }
        _ => Ok(()),
    }
}

/// What a picture may cost, by the memory that we get along with.
pub fn limits(app: &App) -> Limits {
    let granted = memory::granted(app.config.memory_mb);
    Limits { memory: memory::picture(granted), decoding: memory::decoding(granted), ..Limits::default() }
}

/// Changes the description, the focus or the still picture of an upload; `None` leaves it.
pub fn describe(app: &App, id: MediaId, told: &Told) -> Result<Media> {
    check_description(told.description)?;
    refuse_still(app.store.read(|c| media::get(c, id))?.kind, told)?;
    let made = told.thumbnail.map(|file| read(app, file)).transpose()?;
    let putting = app.media.putting();
    let still = made.map(|made| films::still(app, made)).transpose()?;
    let changed = app.store.write(|tx| {
        let before = media::get(tx, id)?;
        media::describe(tx, id, told.description, told.focus.map(clamp))?;
        if let Some(still) = &still {
            media::set_preview(tx, id, &still.blob, still.size, &still.blurhash)?;
        }
        Ok((before.preview_blob, media::get(tx, id)?))
    });
    drop(putting);
    if let Some(still) = &still {
        // The one before; or the new one, when it was deleted meanwhile.
        remove_blobs(app, changed.as_ref().map_or(Some(&still.blob), |(before, _)| before.as_ref()));
    }
    Ok(changed?.1)
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
    films::forget(app, &media);
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

/// Looks at one of 256 shelves for files that a crash left without a row. Gives how many went.
///
/// Errors: the disk's and the store's.
pub fn sweep(app: &App, shelf: u8) -> Result<usize> {
    let mut swept = 0;
    for key in app.media.old_on_shelf(shelf, LEFT)? {
        let Some(_alone) = app.media.removing() else { return Ok(swept) }; // another day
        // The picture of a deleted emoji stands in posts, and in no row of its own.
        let used = app.store.read(|c| Ok(media::blob_in_use(c, &key)? || emojis::is_shown(c, &key)?))?;
        if !used {
            app.media.remove(&key)?;
            swept += 1;
        }
    }
    Ok(swept)
}

/// Removes a file unless a row shows it; that it is gone already is success.
///
/// Errors: the disk's and the bucket's; `Unavailable` while something is put into the bucket.
pub fn remove_unused(app: &App, blob: &str) -> Result<()> {
    let alone = app.media.removing();
    let _alone = alone.ok_or_else(|| Error::unavailable("Something is being put into the bucket"))?;
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
