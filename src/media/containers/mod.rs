//! Films and sound without a decoder: what a file is, and a clean copy of it.
//!
//! A container is taken apart and only what playing needs is written again: no titles, places,
//! dates, cameras or programs, and no tracks that a browser does not play. Frames are copied as
//! they are. Everything in a file is somebody else's word: sizes and counts are checked against the
//! file before they are believed, and payload goes from file to file through small buffers.
//!
//! `mp4` is ISO/IEC 14496-12 and QuickTime, `matroska` RFC 9559, `ogg` RFC 3533,
//! `flac` RFC 9639, `mp3` ISO/IEC 11172-3, `wav` RIFF. `bytes` and `id3` are their tools.

mod bytes;
mod crc;
mod flac;
mod id3;
mod matroska;
mod mp3;
mod mp4;
mod ogg;
#[cfg(test)]
mod tests;
mod wav;

use std::io::{Read, Seek, Write};

use crate::error::{Error, Result};
use bytes::{Sink, Source, refuse};

/// Moving pictures, or sound alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Video,
    Audio,
}

/// The formats that are read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// MP4, QuickTime, M4A, M4V, 3GP.
    Mp4,
    /// WebM, and Matroska that holds what WebM may hold.
    Matroska,
    Ogg,
    Flac,
    Wav,
    /// MPEG layer III, or an ID3 tag before it (or before FLAC).
    Mp3,
    /// Bare AAC, known in order to be refused with a reason.
    Adts,
}

/// What the clean file is and holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Film {
    pub kind: Kind,
    /// What to serve it as.
    pub mime: &'static str,
    /// Without the dot.
    pub ext: &'static str,
    /// As shown, after rotation; 0 for sound.
    pub width: u32,
    pub height: u32,
    /// Seconds.
    pub duration: f64,
    /// A fraction: (30000, 1001) or (30, 1).
    pub frame_rate: Option<(u32, u32)>,
    /// Bits a second, of the whole clean file.
    pub bitrate: u64,
    /// Whether there is an audio track.
    pub sound: bool,
    /// Short names: h264, hevc, vp8, vp9, av1.
    pub video_codec: Option<String>,
    /// Short names: aac, opus, mp3, vorbis, flac, pcm_s16le.
    pub audio_codec: Option<String>,
    /// The cover picture that the file carried, JPEG or PNG, at most 4 MiB, as it was: not cleaned.
    pub poster: Option<Vec<u8>>,
    /// Bytes of the clean file.
    pub bytes: u64,
}

/// A cover larger than this is left out.
const MAX_POSTER: usize = 4 << 20;

/// Longer than this is no film but a damaged number, in seconds.
const MAX_DURATION: f64 = 200.0 * 3600.0;

/// Names the container from the first bytes (12 at least); None when it is none of these.
pub fn sniff(head: &[u8]) -> Option<Container> {
    let brand = head.get(8..12);
    match (head.get(4..8)?, head.get(..4)?) {
        // AVIF and HEIC are pictures in the same box.
        (b"ftyp", _) if brand.is_some_and(|b| STILLS.iter().any(|s| *s == b)) => None,
        (b"ftyp" | b"moov" | b"mdat" | b"wide" | b"pnot", _) => Some(Container::Mp4),
        (b"free" | b"skip", [0, 0, ..]) => Some(Container::Mp4),
        (_, [0x1A, 0x45, 0xDF, 0xA3]) => Some(Container::Matroska),
        (_, b"OggS") => Some(Container::Ogg),
        (_, b"fLaC") => Some(Container::Flac),
        (_, b"RIFF") if brand == Some(b"WAVE") => Some(Container::Wav),
        (_, [b'I', b'D', b'3', _]) => Some(Container::Mp3),
        (_, [0xFF, b, ..]) if b & 0xF6 == 0xF0 => Some(Container::Adts),
        (_, first) if mp3::Header::read(first).is_some() => Some(Container::Mp3),
        _ => None,
    }
}

const STILLS: &[&[u8; 4]] =
    &[b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"crx "];

/// Reads a film or a sound and writes a clean copy of it from the beginning of `to`.
///
/// Errors: `Invalid` with the reason when it is damaged, cut short or not for browsers; whatever
/// [`crate::error::Error`] makes of it when `to` cannot be written.
pub fn clean<R: Read + Seek, W: Write + Seek>(from: &mut R, to: &mut W) -> Result<Film> {
    let mut src = Source::new(from)?;
    let mut out = Sink::new(to)?;
    let head = src.peek(12)?;
    let mut film = match sniff(&head) {
        Some(Container::Mp4) => mp4::clean(&mut src, &mut out)?,
        Some(Container::Matroska) => matroska::clean(&mut src, &mut out)?,
        Some(Container::Ogg) => ogg::clean(&mut src, &mut out)?,
        Some(Container::Wav) => wav::clean(&mut src, &mut out)?,
        Some(Container::Flac | Container::Mp3) => tagged(&mut src, &mut out)?,
        Some(Container::Adts) => {
            return Err(refuse("is bare AAC without a container, which cannot be seeked in"));
        }
        None => return Err(refuse("is no film and no sound that is known here")),
    };
    film.bytes = out.finish()?;
    if !film.duration.is_finite() || !(0.0..=MAX_DURATION).contains(&film.duration) {
        return Err(refuse("has a duration that cannot be true"));
    }
    if film.duration > 0.0 {
        film.bitrate = (film.bytes as f64 * 8.0 / film.duration).round() as u64;
    }
    Ok(film)
}

/// Whether the tracks that are kept, at most a picture and a sound, each with its number, are something to play. `reason`: why
/// the first that was left out was.
///
/// Errors: `Invalid` with that reason when no other of its kind is kept; when nothing is; when two have one number.
fn plays(kept: impl Iterator<Item = (Kind, u64)>, reason: Option<(Kind, Error)>) -> Result<()> {
    let kept: Vec<(Kind, u64)> = kept.collect();
    if let Some((kind, e)) = reason
        && !kept.iter().any(|(of, _)| *of == kind)
    {
        return Err(e);
    }
    match kept[..] {
        [] => Err(refuse("has nothing to play in it")),
        [(_, one), (_, other), ..] if one == other => Err(bytes::damaged("two tracks of one number")),
        _ => Ok(()),
    }
}

/// FLAC and MP3 may both follow an ID3 tag, whose cover is kept when the file has no other.
fn tagged(src: &mut Source, out: &mut Sink) -> Result<Film> {
    let cover = id3::skip(src)?;
    let mut film = match src.peek(4)?.as_slice() {
        b"fLaC" => flac::clean(src, out)?,
        _ => mp3::clean(src, out)?,
    };
    film.poster = film.poster.or(cover);
    Ok(film)
}

impl Film {
    /// Sound alone; `bytes` and `bitrate` are filled in when the file is complete.
    fn sound(mime: &'static str, ext: &'static str, codec: &str, duration: f64) -> Film {
        Film {
            kind: Kind::Audio,
            mime,
            ext,
            width: 0,
            height: 0,
            duration,
            frame_rate: None,
            bitrate: 0,
            sound: true,
            video_codec: None,
            audio_codec: Some(codec.into()),
            poster: None,
            bytes: 0,
        }
    }
}

/// A cover, if it is a picture of a size worth keeping.
fn poster(bytes: &[u8]) -> Option<Vec<u8>> {
    let picture = bytes.starts_with(&[0xFF, 0xD8, 0xFF]) || bytes.starts_with(b"\x89PNG\r\n\x1a\n");
    (picture && bytes.len() <= MAX_POSTER).then(|| bytes.to_vec())
}

/// A rate as people write it: 29.97 as 30000/1001, 25.0003 as 25.
///
/// None when it is no rate of pictures that are meant to move.
fn frame_rate(frames: u64, seconds: f64) -> Option<(u32, u32)> {
    let rate = frames as f64 / seconds;
    if frames < 2 || !rate.is_finite() || !(0.01..=1000.0).contains(&rate) {
        return None;
    }
    let near = |(n, d): &(u32, u32)| (rate - f64::from(*n) / f64::from(*d)).abs() < rate * 0.0004;
    const NTSC: &[(u32, u32)] = &[(24000, 1001), (30000, 1001), (60000, 1001), (120_000, 1001)];
    if let Some(known) = NTSC.iter().find(|known| near(known)) {
        return Some(*known);
    }
    let whole = rate.round();
    // Counting over a short film is off by a frame at its ends.
    if whole >= 1.0 && (rate - whole).abs() * seconds < 1.5 && (rate - whole).abs() < whole * 0.02 {
        return Some((whole as u32, 1));
    }
    Some(reduced((rate * 1000.0).round() as u32, 1000))
}

/// A fraction in its smallest numbers; neither may be zero.
fn reduced(n: u32, d: u32) -> (u32, u32) {
    let (mut a, mut b) = (n, d);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let by = a.max(1);
    (n / by, d / by)
}
