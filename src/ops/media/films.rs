//! Films and sounds: received at once, made ready by a job, which may take a while on a small machine. What is made is a
//! clean copy without any note ([`crate::media::containers`]); nothing is decoded.
//!
//! The received file lies in `received/` until then. It is named in its row before the upload is answered, so a crash
//! loses nothing, and what no row names is swept up.

use super::{Told, clamp, remove_blobs};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::Upload;
use crate::http::req::too_large;
use crate::media::containers::{self, Container, Film, Kind as Sort};
use crate::media::picture::{self, Picture};
use crate::model::time::MINUTE;
use crate::model::*;
use crate::store::{jobs, media};
use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Width times height, as Mastodon (`MAX_VIDEO_MATRIX_LIMIT`).
pub const MATRIX_LIMIT: u64 = 8_294_400;
/// Frames a second, as Mastodon (`MAX_VIDEO_FRAME_RATE`).
pub const FRAME_RATE_LIMIT: u32 = 120;
/// The types that are read, as `supported_mime_types` lists them.
pub const MIMES: [&str; 16] = [
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "audio/mpeg",
    "audio/mp3",
    "audio/mp4",
    "audio/m4a",
    "audio/x-m4a",
    "audio/ogg",
    "audio/vorbis",
    "audio/opus",
    "audio/flac",
    "audio/x-flac",
    "audio/wav",
    "audio/x-wav",
    "audio/webm",
];
/// How long an app that waits for the work is kept waiting.
pub const PATIENCE: Duration = Duration::from_secs(100);
const LOOK: Duration = Duration::from_millis(50);
/// After so many tries, some forty minutes in all, the owner is told: an app that asks waits for an answer.
const TRIES: i64 = 3;
/// A file that no row names and that is so old was left by a crash.
const FORGOTTEN: i64 = 10 * MINUTE;

/// A still picture of a film, stored.
pub struct Still {
    pub blob: String,
    pub size: (i64, i64),
    pub blurhash: String,
}

/// Takes a film or a sound in, and has it worked on.
///
/// Errors: `Invalid` when it is too large; `NoSpace`.
pub fn receive(app: &App, file: &Upload, told: &Told) -> Result<Media> {
    let most = u64::from(app.config.upload_mb) << 20;
    if file.bytes > most {
        return Err(too_large(most));
    }
    let made = told.thumbnail.map(|file| super::read(app, file)).transpose()?;
    let name =
        file.path.file_name().and_then(|n| n.to_str()).ok_or_else(|| Error::internal("no name"))?.to_owned();
    let path = received(app, &name);
    fs::create_dir_all(app.config.received())?;
    File::open(&file.path)?.sync_all()?;
    let head = file.head()?;
    fs::rename(&file.path, &path)?;
    let guess = match containers::sniff(&head) {
        Some(Container::Mp4) if matches!(head.get(8..12), Some(b"M4A " | b"M4B ")) => MediaKind::Audio,
        Some(Container::Mp4 | Container::Matroska) => MediaKind::Video,
        _ => MediaKind::Audio,
    };
    // Back to its request, which may try again, or takes it away.
    let back = |_: &Error| {
        let _ = fs::rename(&path, &file.path);
    };
    let putting = app.media.putting();
    let still = made.map(|made| still(app, made)).transpose().inspect_err(back)?;
    let preview_blob = still.as_ref().map(|s| s.blob.clone());
    let media = Media {
        id: MediaId::at(app.now()),
        kind: guess,
        description: told.description.map(str::to_owned).filter(|d| !d.is_empty()),
        focus: told.focus.map(clamp),
        preview_blob: preview_blob.clone(),
        preview_width: still.as_ref().map_or(0, |s| s.size.0),
        preview_height: still.as_ref().map_or(0, |s| s.size.1),
        blurhash: still.map(|s| s.blurhash),
        received: Some(name),
        created_at: app.now(),
        ..Media::default()
    };
    let queued = app.store.write(|tx| {
        media::insert(tx, &media, 0)?;
        jobs::push(tx, "", &Job::ProcessMedia { media: media.id })?;
        media::get(tx, media.id)
    });
    drop(putting);
    queued.inspect_err(back).inspect_err(|_| remove_blobs(app, &preview_blob))
}

/// Makes an upload ready, or says in its row why not. `attempts`: how often it was tried before.
///
/// Errors: our own, after which it is tried again.
pub fn process(app: &App, id: MediaId, attempts: i64) -> Result<()> {
    let found = app.store.read(|c| Ok(media::many(c, &[id])?.remove(&id)))?;
    let Some(upload) = found else { return Ok(()) }; // deleted
    let Some(name) = &upload.received else { return Ok(()) };
    let path = received(app, name);
    let done = match make(app, &upload, &path) {
        Err(e) if matches!(e.kind, Kind::Invalid | Kind::NotFound) => {
            tracing::info!(media = %id, reason = e.public, "an upload cannot be posted");
            app.store.write(|tx| media::fail(tx, id, &e.public))
        }
        Err(e) if attempts >= TRIES => {
            tracing::error!(media = %id, error = %e, "an upload could not be made ready");
            app.store.write(|tx| media::fail(tx, id, "This file could not be made ready; the log says why"))
        }
        done => done,
    };
    done?;
    remove(&path);
    Ok(())
}

fn make(app: &App, upload: &Media, path: &Path) -> Result<()> {
    let cleaned = clean(app, upload.id, path)?;
    let putting = app.media.putting();
    let ready = put(app, upload, cleaned)?;
    // The received file goes next, so a power cut must not take this back.
    let written = app.store.write_durably(|tx| {
        media::finish(tx, &ready)?;
        media::get(tx, ready.id)
    });
    drop(putting);
    match &written {
        // The owner may have sent a still picture meanwhile.
        Ok(now) if now.preview_blob != ready.preview_blob => remove_blobs(app, &ready.preview_blob),
        Ok(_) => {}
        Err(_) => remove_blobs(app, ready.blob.iter().chain(&ready.preview_blob)),
    }
    written.map(|_| ())
}

/// A film that is ready at once, without a row: see [`super::make`].
pub fn make_now(app: &App, file: &Upload, told: &Told) -> Result<Media> {
    let upload = Media {
        id: MediaId::at(app.now()),
        description: told.description.map(str::to_owned).filter(|d| !d.is_empty()),
        focus: told.focus.map(clamp),
        created_at: app.now(),
        ..Media::default()
    };
    let cleaned = clean(app, upload.id, &file.path)?;
    put(app, &upload, cleaned)
}

/// The clean copy of what was received, and where it lies.
fn clean(app: &App, id: MediaId, path: &Path) -> Result<(Film, PathBuf)> {
    let mut from = match File::open(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::new(Kind::NotFound, "The received file is gone; please upload it again"));
        }
        from => from?,
    };
    let clean = app.config.tmp().join(format!("clean-{id}"));
    let cleaned = (|| {
        let mut to = File::options().read(true).write(true).create(true).truncate(true).open(&clean)?;
        // As pictures: a panic is the file's fault, and no other try mends it.
        let film = catch_unwind(AssertUnwindSafe(|| containers::clean(&mut from, &mut to))).unwrap_or_else(
            |_| Err(Error::invalid("Validation failed: File is damaged and cannot be read")),
        )?;
        check(&film)?;
        Ok::<_, Error>(film)
    })();
    let film = cleaned.inspect_err(|_| remove(&clean))?;
    Ok((film, clean))
}

/// What the row of a film will be, its files put. For whoever holds [`crate::media::Blobs::putting`].
fn put(app: &App, upload: &Media, (film, clean): (Film, PathBuf)) -> Result<Media> {
    // A cover that cannot be read spoils nothing.
    let cover = film.poster.as_deref().filter(|_| upload.preview_blob.is_none());
    let cover = cover.and_then(|bytes| picture::process(bytes, &super::limits(app)).ok());
    let blob = app.media.put_file(&clean, film.ext).inspect_err(|_| remove(&clean))?;
    let still = cover.and_then(|made| still(app, made).ok());
    Ok(Media {
        kind: match film.kind {
            Sort::Audio => MediaKind::Audio,
            Sort::Video if film.sound => MediaKind::Video,
            Sort::Video => MediaKind::Gifv,
        },
        mime: film.mime.to_owned(),
        blob: Some(blob),
        preview_blob: still.as_ref().map(|s| s.blob.clone()),
        preview_width: still.as_ref().map_or(0, |s| s.size.0),
        preview_height: still.as_ref().map_or(0, |s| s.size.1),
        blurhash: still.map(|s| s.blurhash),
        width: i64::from(film.width),
        height: i64::from(film.height),
        bytes: i64::try_from(film.bytes).unwrap_or(i64::MAX),
        duration: Some(film.duration),
        frame_rate: film.frame_rate.map(|(frames, seconds)| format!("{frames}/{seconds}")),
        bitrate: Some(i64::try_from(film.bitrate).unwrap_or(i64::MAX)),
        ..upload.clone()
    })
}

fn check(film: &Film) -> Result<()> {
    let area = u64::from(film.width) * u64::from(film.height);
    if area > MATRIX_LIMIT {
        return Err(Error::invalid(format!(
            "Validation failed: File is {}x{}, and films of at most {MATRIX_LIMIT} pixels are supported",
            film.width, film.height
        )));
    }
    if let Some((frames, seconds)) = film.frame_rate
        && u64::from(frames) > u64::from(seconds) * u64::from(FRAME_RATE_LIMIT)
    {
        return Err(Error::invalid(format!(
            "Validation failed: File has {frames}/{seconds} frames a second, and at most {FRAME_RATE_LIMIT} are supported"
        )));
    }
    Ok(())
}

/// Stores a picture to stand for a film. Its row is to be written before [`crate::media::Blobs::putting`] is let go.
///
/// Errors: `NoSpace`.
pub fn still(app: &App, made: Picture) -> Result<Still> {
    Ok(Still {
        blob: app.media.put(&made.small.bytes, made.small.ext)?,
        size: (i64::from(made.small.width), i64::from(made.small.height)),
        blurhash: made.blurhash,
    })
}

/// Waits until an upload is ready; `None` when it takes longer than `patience`: it will be ready later.
///
/// Errors: `Invalid` with the reason why it will not.
pub fn wait(app: &App, id: MediaId, patience: Duration) -> Result<Option<Media>> {
    let begun = Instant::now();
    loop {
        let media = app.store.read(|c| media::get(c, id))?;
        if let Some(failure) = media.failure {
            return Err(Error::invalid(failure));
        }
        if media.received.is_none() {
            return Ok(Some(media));
        }
        if begun.elapsed() >= patience {
            return Ok(None);
        }
        std::thread::sleep(LOOK);
    }
}

/// Takes away what was received for an upload that is deleted.
pub fn forget(app: &App, media: &Media) {
    if let Some(name) = &media.received {
        remove(&received(app, name));
    }
}

/// Sweeps up received files that no row names. Gives how many.
pub fn sweep(app: &App) -> Result<usize> {
    let entries = match fs::read_dir(app.config.received()) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    let mut swept = 0;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
        let old = age.is_some_and(|age| age.as_millis() > FORGOTTEN.unsigned_abs().into());
        if old && !app.store.read(|c| media::is_received(c, &name))? {
            remove(&entry.path());
            swept += 1;
        }
    }
    Ok(swept)
}

fn received(app: &App, name: &str) -> PathBuf {
    app.config.received().join(name)
}

/// What stays behind costs room, and is swept up later.
fn remove(path: &Path) {
    if let Err(e) = fs::remove_file(path)
        && e.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(path = %path.display(), error = %e, "a file stays behind");
    }
}
