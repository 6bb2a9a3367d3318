//! Tracks: which are kept, and what is said of them. RFC 9559, section 5.1.4.

use super::ebml::{elements, float, put, put_unsigned, unsigned};
use crate::error::Result;
use crate::media::containers::Kind;
use crate::media::containers::bytes::{Bytes, damaged, refuse};

const MAX_TRACKS: usize = 64;

pub const TRACK_ENTRY: u32 = 0xAE;
const NUMBER: u32 = 0xD7;
const UID: u32 = 0x73C5;
const TYPE: u32 = 0x83;
const CODEC: u32 = 0x86;
const PRIVATE: u32 = 0x63A2;
const DEFAULT_DURATION: u32 = 0x23_E383;
const ENCODINGS: u32 = 0x6D80;
const LANGUAGE: u32 = 0x22_B59C;
const VIDEO: u32 = 0xE0;
const AUDIO: u32 = 0xE1;
const COLOUR: u32 = 0x55B0;
const MASTERING: u32 = 0x55D0;
const PROJECTION: u32 = 0x7670;

/// Numbers of a track: flags, delays, additions.
const OF_TRACK: &[u32] = &[0x9C, 0x56AA, 0x56BB, 0x55EE, DEFAULT_DURATION];
/// Pixels, cropping, shown size and its unit, interlacing, stereo, alpha.
const OF_VIDEO: &[u32] = &[
    0xB0, 0xBA, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x54B0, 0x54BA, 0x54B2, 0x9A, 0x9D, 0x53B8, 0x53C0, COLOUR,
    PROJECTION,
    // Colour: matrix, bits, subsampling, siting, range, transfer, primaries, light levels.
    0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB, 0x55BC, 0x55BD,
    MASTERING, // The mastering display.
    0x55D1, 0x55D2, 0x55D3, 0x55D4, 0x55D5, 0x55D6, 0x55D7, 0x55D8, 0x55D9, 0x55DA,
    // Projection: kind, and how the picture is turned.
    0x7671, 0x7673, 0x7674, 0x7675,
];
/// Rate, shown rate, channels, depth.
const OF_AUDIO: &[u32] = &[0xB5, 0x78B5, 0x9F, 0x6264];

pub struct Track {
    pub number: u64,
    pub kind: Kind,
    pub codec: &'static str,
    /// As shown.
    pub width: u32,
    pub height: u32,
    /// Nanoseconds a frame; 0 when not said.
    pub frame: u64,
    /// The TrackEntry, written anew.
    pub bytes: Vec<u8>,
}

/// The first track of pictures and the first of sound whose codec WebM knows. Without any, the reason.
pub fn chosen(body: &[u8]) -> Result<Vec<Track>> {
    let mut kept: Vec<Track> = Vec::new();
    let mut reason = None;
    for (i, found) in elements(body).enumerate() {
        let (id, entry) = found?;
        if i >= MAX_TRACKS {
            return Err(refuse("has too many tracks"));
        }
        if id != TRACK_ENTRY {
            continue;
        }
        let kind = match field(entry, TYPE)?.map(unsigned).transpose()? {
            Some(1) => Kind::Video,
            Some(2) => Kind::Audio,
            _ => continue,
        };
        if kept.iter().any(|t| t.kind == kind) {
            continue;
        }
        match Track::read(entry, kind) {
            Ok(track) => kept.push(track),
            Err(e) => reason = reason.or(Some((kind, e))),
        }
    }
    super::super::plays(kept.iter().map(|t| (t.kind, t.number)), reason)?;
    Ok(kept)
}

fn field(body: &[u8], wanted: u32) -> Result<Option<&[u8]>> {
    for found in elements(body) {
        let (id, body) = found?;
        if id == wanted {
            return Ok(Some(body));
        }
    }
    Ok(None)
}

impl Track {
    fn read(entry: &[u8], kind: Kind) -> Result<Track> {
        let number = unsigned(field(entry, NUMBER)?.unwrap_or_default())?;
        let id = field(entry, CODEC)?.unwrap_or_default();
        let codec = match (kind, id) {
            (Kind::Video, b"V_VP8") => "vp8",
            (Kind::Video, b"V_VP9") => "vp9",
            (Kind::Video, b"V_AV1") => "av1",
            (Kind::Audio, b"A_VORBIS") => "vorbis",
            (Kind::Audio, b"A_OPUS") => "opus",
            _ => return Err(unplayable(kind, id)),
        };
        if number == 0 {
            return Err(damaged("a track without a number"));
        }
        if field(entry, ENCODINGS)?.is_some() {
            return Err(refuse("is compressed or encrypted once more, which browsers cannot play"));
        }
        let private = field(entry, PRIVATE)?.unwrap_or_default();
        let private = match codec {
            "vorbis" => vorbis(private)?,
            // The head alone, of eight loudspeakers at most.
            "opus" => private.get(..private.len().min(21 + 8)).unwrap_or_default().to_vec(),
            _ if private.len() > 4096 => Vec::new(),
            _ => private.to_vec(),
        };

        let mut bytes = Vec::new();
        put_unsigned(&mut bytes, NUMBER, number);
        put_unsigned(&mut bytes, UID, number);
        put_unsigned(&mut bytes, TYPE, if kind == Kind::Video { 1 } else { 2 });
        put(&mut bytes, LANGUAGE, b"und");
        put(&mut bytes, CODEC, id);
        if !private.is_empty() {
            put(&mut bytes, PRIVATE, &private);
        }
        bytes.extend(filtered(entry, OF_TRACK, 0)?);
        let (settings, known) = if kind == Kind::Video { (VIDEO, OF_VIDEO) } else { (AUDIO, OF_AUDIO) };
        let shown = field(entry, settings)?.ok_or_else(|| damaged("a track without its settings"))?;
        put(&mut bytes, settings, &filtered(shown, known, 0)?);
        let (width, height) = if kind == Kind::Video { size(shown)? } else { (0, 0) };
        let frame = unsigned(field(entry, DEFAULT_DURATION)?.unwrap_or_default())?;
        let mut whole = Vec::new();
        put(&mut whole, TRACK_ENTRY, &bytes);
        Ok(Track { number, kind, codec, width, height, frame, bytes: whole })
    }

    /// As WebM of this kind is asked for.
    pub fn mime(tracks: &[Track]) -> (Kind, &'static str) {
        match tracks.iter().any(|t| t.kind == Kind::Video) {
            true => (Kind::Video, "video/webm"),
            false => (Kind::Audio, "audio/webm"),
        }
    }
}

fn unplayable(kind: Kind, id: &[u8]) -> crate::error::Error {
    let what = if kind == Kind::Video { "video" } else { "sound" };
    let name = match id {
        b"V_MPEG4/ISO/AVC" => "h264",
        b"V_MPEGH/ISO/HEVC" => "hevc",
        b"A_AAC" => "aac",
        b"A_AC3" => "ac-3",
        b"A_EAC3" => "e-ac-3",
        b"A_FLAC" => "flac",
        b"A_MPEG/L3" => "mp3",
        _ if id.starts_with(b"A_AAC") => "aac",
        _ if id.starts_with(b"A_PCM") => "pcm",
        _ if id.starts_with(b"A_DTS") => "dts",
        _ => "something unknown",
    };
    refuse(format_args!("has {what} as {name} in Matroska, which browsers cannot play"))
}

/// The numbers that are known, and what holds such numbers: three storeys at most.
fn filtered(body: &[u8], known: &[u32], depth: u32) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    for found in elements(body) {
        let (id, body) = found?;
        match id {
            COLOUR | MASTERING | PROJECTION if depth < 2 && known.contains(&id) => {
                put(&mut out, id, &filtered(body, known, depth + 1)?);
            }
            COLOUR | MASTERING | PROJECTION => {}
            _ if known.contains(&id) && body.len() <= 8 => put(&mut out, id, body),
            _ => {}
        }
    }
    Ok(out)
}

/// Width and height as shown.
fn size(video: &[u8]) -> Result<(u32, u32)> {
    let get = |id| -> Result<u64> { unsigned(field(video, id)?.unwrap_or_default()) };
    let (width, height) = (get(0xB0)?, get(0xBA)?);
    let cropped =
        |size: u64, a, b| -> Result<u64> { Ok(size.saturating_sub(get(a)?).saturating_sub(get(b)?)) };
    let mut shown = (cropped(width, 0x54CC, 0x54DD)?, cropped(height, 0x54BB, 0x54AA)?);
    let display = (get(0x54B0)?, get(0x54BA)?);
    // Other units are centimetres and shapes.
    if display.0 > 0 && display.1 > 0 && get(0x54B2)? == 0 {
        shown = display;
    }
    let turned = match field(video, PROJECTION)?.map(|p| field(p, 0x7675)).transpose()?.flatten() {
        Some(roll) => (float(roll)?.abs() - 90.0).abs() < 1.0,
        None => false,
    };
    if turned {
        shown = (shown.1, shown.0);
    }
    match (u16::try_from(shown.0), u16::try_from(shown.1)) {
        (Ok(w), Ok(h)) if w > 0 && h > 0 => Ok((w.into(), h.into())),
        _ => Err(damaged("an impossible size")),
    }
}

/// Vorbis keeps its three headers here; that of the comments becomes an empty one.
fn vorbis(private: &[u8]) -> Result<Vec<u8>> {
    let mut b = Bytes(private);
    if b.u8()? != 2 {
        return Err(damaged("a sound without its set-up"));
    }
    let mut sizes = [0; 2];
    for size in &mut sizes {
        loop {
            let byte = b.u8()?;
            *size += usize::from(byte);
            if byte < 255 {
                break;
            }
        }
    }
    let id = b.take(sizes[0])?;
    b.take(sizes[1])?;
    let comment = b"\x03vorbis\x05\0\0\0taure\0\0\0\0\x01";
    if id.len() != 30 || !b.0.starts_with(b"\x05vorbis") {
        return Err(damaged("a sound without its set-up"));
    }
    Ok([&[2, 30, comment.len() as u8], id, comment, b.0].concat())
}
