//! Others' files, shown through us: fetched when somebody looks, kept while there is room, passed on when they are
//! too large for that.
//!
//! What is passed on is a picture, a film or a sound by its own bytes, or by what its server says where the bytes do
//! not tell: never a page or a script.

use super::budget;
use super::cache::{let_go, make_room, size};
use crate::app::App;
use crate::app::fetches::{LARGE, NO_ROOM, Pass, Place};
use crate::error::{Error, Kind, Result};
use crate::http::coming::{Asked, Coming, Head, State};
use crate::media::cache;
use crate::media::sniff::{self, Sniffed};
use crate::model::time::{DAY, HOUR};
use crate::remote::{Request, Stream, expect_ok};
use crate::store::domain_blocks;
use crate::store::remote_files::{self, RemoteFile};
use std::fs::File;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use url::Url;

/// What is kept so long is asked for again, when somebody looks: some addresses never change, and what they show does.
const FRESH: i64 = 7 * DAY;
/// That somebody looked is written down so often.
const SEEN: i64 = HOUR;
/// The whole fetch of a file that is kept; of one that is passed on, which somebody may watch slowly.
const TIME: Duration = Duration::from_secs(120);
const WATCHING: Duration = Duration::from_secs(2 * 3600);
const CHUNK: usize = 64 * 1024;
/// Bytes a second that a server must send, once so long has passed.
const PACE: u64 = 4 * 1024;
const SLOW: Duration = Duration::from_secs(10);
/// A shorter beginning does not tell what a file is: some players ask for two bytes.
const TELLING: usize = 16;
const OCTETS: &str = "application/octet-stream";
const ACCEPT: &str = "image/*,video/*,audio/*;q=0.9,*/*;q=0.1";

/// Where a file is.
#[derive(Debug)]
pub enum Shown {
    Kept(File, RemoteFile),
    /// Not yet.
    Asked(Asked),
}

/// Looks for the file of an address that was signed by us.
///
/// Errors: what its server answered a moment ago; `Unavailable` when too many are under way.
pub fn show(app: &App, url: &str, range: Option<&str>, client: IpAddr) -> Result<Shown> {
    let name = cache::name(url);
    let now = app.now();
    check_host(app, url)?;
    if let Some(row) = app.store.read(|c| remote_files::get(c, &name))? {
        if let Some(file) = app.cache.file(&name, u64::try_from(row.bytes).unwrap_or(0))? {
            if row.seen_at.plus(SEEN) < now
                && let Err(e) = app.store.write(|tx| remote_files::seen(tx, &name))
            {
                tracing::debug!(error = %e, "that a file was seen could not be noted"); // a full disk: it is shown
            }
            if row.fetched_at.plus(FRESH) < now {
                app.fetches.ask(&name, url, now); // for the next look; this one is shown what there is
            }
            return Ok(Shown::Kept(file, row));
        }
        // It was let go a moment ago, or somebody emptied the folder.
        match app.store.write(|tx| remote_files::forget(tx, &row)) {
            Ok(bytes) => app.cache.forgotten(bytes),
            Err(e) => tracing::debug!(error = %e, "the row of a lost file stays"), // a full disk
        }
    }
    let asked = |coming| Asked { url: url.to_owned(), range: range.map(str::to_owned), client, coming };
    match app.fetches.ask(&name, url, now) {
        Place::Wait(coming) => Ok(Shown::Asked(asked(Some(coming)))),
        Place::Large => Ok(Shown::Asked(asked(None))),
        Place::Failed(kind) => Err(Error::new(kind, "The other server did not give this file")),
        Place::Full => Err(Error::unavailable("Too many files are being fetched; try again in a moment")),
    }
}

/// Errors: `NotFound` for a file on a server that the owner wants none of, wherever a redirect leads.
fn check_host(app: &App, url: &str) -> Result<()> {
    match app.store.read(|c| domain_blocks::gives_no_media(c, url))? {
        true => Err(Error::not_found()),
        false => Ok(()),
    }
}

/// Fetches one file after the other until none is asked for. Runs in a thread of its own.
pub fn work(app: &App) {
    while let Some((name, url, coming)) = app.fetches.next() {
        let done =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| fetch(app, &name, &url, &coming)));
        let failure = match done {
            Ok(Ok(Fetched::Here)) => None,
            Ok(Ok(Fetched::Large(time))) => {
                app.fetches.is_large(&name, app.now(), time);
                coming.set(State::Large);
                continue;
            }
            Ok(Err(e)) => {
                tracing::debug!(url, error = %e, "a file was not fetched");
                if matches!(e.kind, Kind::NotFound | Kind::Gone)
                    && let Err(e) = is_gone(app, &name)
                {
                    tracing::debug!(error = %e, "a file that is gone elsewhere is still here");
                }
                Some(e.kind)
            }
            Err(_) => Some(Kind::Internal),
        };
        app.fetches.done(&name, failure, app.now());
        if let Some(kind) = failure {
            coming.set(State::Failed(kind));
        }
    }
}

enum Fetched {
    Here,
    /// It cannot be kept, and is passed on for so long.
    Large(i64),
}

/// Whoever took it away elsewhere wants it away here, too.
fn is_gone(app: &App, name: &str) -> Result<()> {
    match app.store.read(|c| remote_files::get(c, name))? {
        Some(row) => let_go(app, &[row])?.1,
        None => Ok(()),
    }
}

fn fetch(app: &App, name: &str, address: &str, coming: &Coming) -> Result<Fetched> {
    let url = Url::parse(address).map_err(|_| Error::not_found())?;
    let mut stream = app.remote.stream(&Request { accept: Some(ACCEPT), ..Request::get(&url) }, TIME)?;
    check_host(app, stream.url().as_str())?;
    expect_ok(stream.status(), stream.url())?;
    let most = app.cache.largest();
    if stream.length().is_some_and(|length| length > most) {
        return Ok(Fetched::Large(LARGE));
    }
    let (mut buffer, mut filled) = (vec![0; CHUNK], 0);
    let pace = Pace::begin();
    // Enough of it to tell what it is.
    while filled < 512 {
        pace.keeps(filled as u64)?;
        match stream.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    if filled == 0 {
        return Err(nothing_to_show());
    }
    let mime = kind(&buffer[..filled], &stream)?;
    let head = Head { mime: mime.to_owned(), length: stream.length() };
    let length = cache::on_disk(head.length.unwrap_or(0));
    let begun = make_room(app, length).and_then(|_| match budget::fits(app, length)? {
        true => app.cache.begin(name).map(Some),
        false => Ok(None),
    });
    let mut file = match begun {
        Ok(Some(file)) => file,
        // It can still be passed on.
        Ok(None) => return Ok(Fetched::Large(NO_ROOM)),
        Err(e) if e.kind == Kind::NoSpace => return Ok(Fetched::Large(NO_ROOM)),
        Err(e) => return Err(e),
    };
    let reader = Arc::new(file.reader()?);
    loop {
        if file.bytes + filled as u64 > most {
            return match head.length {
                Some(_) => Err(Error::new(Kind::BadGateway, "The file is larger than announced")),
                None => Ok(Fetched::Large(LARGE)), // nobody said how large it is
            };
        }
        file.write(&buffer[..filled])?;
        coming.set(State::Growing(head.clone(), Arc::clone(&reader), file.bytes));
        if app.cache.excess() > 0 {
            make_room(app, 0)?;
        }
        pace.keeps(file.bytes)?;
        filled = stream.read(&mut buffer)?;
        if filled == 0 {
            break;
        }
    }
    let bytes = file.bytes;
    if head.length.is_some_and(|length| length != bytes) {
        return Err(Error::unavailable("The file broke off"));
    }
    file.keep(name)?;
    let kept = app.store.write(|tx| {
        let before = remote_files::get(tx, name)?.map_or(0, |row| size(&row));
        remote_files::put(tx, name, mime, i64::try_from(bytes).unwrap_or(i64::MAX))?;
        Ok(before)
    });
    match kept {
        Ok(before) => app.cache.forgotten(before),
        Err(e) => {
            // Nobody would ever find it again.
            app.cache.forgotten(cache::on_disk(bytes));
            app.cache.remove(name)?;
            tracing::warn!(error = %e, "a fetched file could not be kept");
        }
    }
    coming.set(State::Whole(head, reader, bytes));
    Ok(Fetched::Here)
}

/// A server that sends a byte now and then, on many names, would hold all places.
struct Pace(Instant);

impl Pace {
    fn begin() -> Pace {
        Pace(Instant::now())
    }

    /// Errors: `Unavailable` when less than [`PACE`] came in each second, after some time.
    fn keeps(&self, bytes: u64) -> Result<()> {
        let elapsed = self.0.elapsed();
        match elapsed > SLOW && bytes < elapsed.as_secs() * PACE {
            true => Err(Error::unavailable("The other server is too slow")),
            false => Ok(()),
        }
    }
}

/// The type to show a file as: its bytes know best.
///
/// Errors: `BadGateway` for what is no picture, film or sound.
fn kind(bytes: &[u8], stream: &Stream) -> Result<&'static str> {
    const KNOWN: &[&str] = &[
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/heic",
        "image/heif",
        "image/jxl",
        "image/bmp",
        "image/x-icon",
        "image/vnd.microsoft.icon",
        "video/mp4",
        "video/webm",
        "video/ogg",
        "video/quicktime",
        "video/x-matroska",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
        "audio/webm",
        "audio/flac",
        "audio/wav",
        "audio/x-wav",
        "audio/aac",
        "audio/x-m4a",
        "audio/x-flac",
    ];
    let said = stream.headers().media_type();
    let said = KNOWN.iter().copied().find(|known| *known == said);
    match sniff::sniff(bytes) {
        Sniffed::Picture(format) => Ok(format.mime()),
        Sniffed::Known("this kind of file", _) => Err(nothing_to_show()),
        Sniffed::Known(_, "SVG") => Err(nothing_to_show()),
        Sniffed::Known(_, "AVIF") => Ok("image/avif"),
        _ if looks_like_text(bytes) => Err(nothing_to_show()),
        // Buckets call everything a stream of octets. Where both say something, the server may know more of a container.
        Sniffed::Known(_, name) => said.or_else(|| own(name)).ok_or_else(nothing_to_show),
        Sniffed::Unknown => said.ok_or_else(nothing_to_show),
    }
}

/// The type of what tells it by its own bytes.
fn own(name: &str) -> Option<&'static str> {
    Some(match name {
        "MP4" => "video/mp4",
        "QuickTime" => "video/quicktime",
        "WebM" => "video/webm",
        "Matroska" => "video/x-matroska",
        "Ogg video" => "video/ogg",
        "Ogg" => "audio/ogg",
        "MP3" => "audio/mpeg",
        "M4A" => "audio/mp4",
        "AAC" => "audio/aac",
        "FLAC" => "audio/flac",
        "WAV" => "audio/wav",
        "HEIC" => "image/heic",
        "JPEG XL" => "image/jxl",
        _ => return None,
    })
}

fn nothing_to_show() -> Error {
    Error::new(Kind::BadGateway, "This is no picture, film or sound")
}

/// Pages and scripts, whatever their server calls them. No format of pictures or films begins so.
fn looks_like_text(bytes: &[u8]) -> bool {
    let start = bytes.iter().find(|b| !b.is_ascii_whitespace());
    matches!(start, Some(b'<' | b'{' | b'['))
}

/// What a passed file begins with.
#[derive(Debug)]
pub struct Opened {
    pub status: u16,
    pub head: Head,
    /// As the other server said it.
    pub content_range: Option<String>,
}

/// Passes a file on, a chunk at a time, for as long as somebody reads. Runs in a thread of its own.
pub fn pass(
    app: &App,
    address: &str,
    range: Option<&str>,
    place: Pass,
    opened: oneshot::Sender<Result<Opened>>,
    chunks: &mpsc::Sender<io::Result<Vec<u8>>>,
) {
    let _place = place;
    let (mut stream, first, head) = match begin(app, address, range) {
        Ok(begun) => begun,
        Err(e) => {
            let _ = opened.send(Err(e)); // nobody waits any more
            return;
        }
    };
    let content_range = stream.headers().get("content-range").map(str::to_owned);
    let opening = Opened { status: stream.status(), head, content_range };
    if opened.send(Ok(opening)).is_err() || chunks.blocking_send(Ok(first)).is_err() {
        return;
    }
    loop {
        let mut buffer = vec![0; CHUNK];
        let next = match stream.read(&mut buffer) {
            Ok(0) => return,
            Ok(read) => {
                buffer.truncate(read);
                Ok(buffer)
            }
            Err(e) => Err(io::Error::other(e.to_string())),
        };
        let broken = next.is_err();
        if chunks.blocking_send(next).is_err() || broken {
            return;
        }
    }
}

fn begin(app: &App, address: &str, range: Option<&str>) -> Result<(Stream, Vec<u8>, Head)> {
    let url = Url::parse(address).map_err(|_| Error::not_found())?;
    let request = Request { accept: Some(ACCEPT), range, ..Request::get(&url) };
    let mut stream = app.remote.stream(&request, WATCHING)?;
    check_host(app, stream.url().as_str())?;
    if !(stream.status() == 206 && range.is_some()) {
        expect_ok(stream.status(), stream.url())?;
    }
    let mut first = vec![0; CHUNK];
    let mut filled = 0;
    let pace = Pace::begin();
    while filled < 512 {
        pace.keeps(filled as u64)?;
        match stream.read(&mut first[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    first.truncate(filled);
    // A part may begin anywhere: only its server knows what it is, and it is no page in any case.
    let inside = range.is_some_and(|range| !range.trim_start().starts_with("bytes=0-"));
    let part = stream.status() == 206 && (inside || filled < TELLING);
    let mime = match kind(if part { &[] } else { &first }, &stream) {
        // Nothing runs as this, and a player knows from the beginning of the film what it is.
        Err(_) if part && stream.headers().media_type().ends_with("/octet-stream") => OCTETS,
        mime => mime?,
    };
    let head = Head { mime: mime.to_owned(), length: stream.length() };
    Ok((stream, first, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_by_its_first_character() {
        assert!(looks_like_text(b"  \n<!doctype html>") && looks_like_text(b"{\"type\":\"Person\"}"));
        assert!(!looks_like_text(b"\x89PNG") && !looks_like_text(b"") && !looks_like_text(b"BM<"));
    }
}
