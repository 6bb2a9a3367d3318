//! WebM: its head, what is known of its tracks, their blocks, and a table to seek in.
//!
//! <https://www.rfc-editor.org/rfc/rfc9559>, and of that what <https://www.webmproject.org/docs/container/>
//! allows. Segment and clusters may have no length, as browsers record them: then they end where
//! something begins that cannot be in them.

mod blocks;
mod ebml;
mod tracks;

use blocks::Blocks;
use ebml::{Head, elements, float, long_size, put, put_id, put_unsigned, unsigned};
use tracks::Track;

use super::bytes::{Sink, Source, cut_short, damaged, refuse};
use super::{Film, Kind, MAX_POSTER, frame_rate, poster};
use crate::error::Result;

const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const CLUSTER: u32 = 0x1F43_B675;
const CUES: u32 = 0x1C53_BB6B;
const ATTACHMENTS: u32 = 0x1941_A469;
const TIMESTAMP: u32 = 0xE7;
const SIMPLE_BLOCK: u32 = 0xA3;
const BLOCK_GROUP: u32 = 0xA0;
const TIMESTAMP_SCALE: u32 = 0x2A_D7B1;
const DURATION: u32 = 0x4489;

const MAX_HEADER: usize = 1 << 20;
/// Elements of a film of many hours; each costs a look.
const MAX_ELEMENTS: u64 = 8 << 20;

pub fn clean(src: &mut Source, out: &mut Sink) -> Result<Film> {
    let end = segment(src)?;
    let mut film = Clean { scale: 1_000_000, said: 0.0, cover: None, tracks: None, blocks: None };
    let mut seen = 0;
    while src.pos() < end {
        seen += 1;
        if seen > MAX_ELEMENTS {
            return Err(damaged("too many parts"));
        }
        let head = ebml::head(src)?;
        if head.id == SEGMENT || head.id == EBML {
            break; // Another film behind this one.
        }
        film.element(src, out, &head)?;
    }
    film.finish(out)
}

/// Moves into the segment; where it ends.
fn segment(src: &mut Source) -> Result<u64> {
    let head = ebml::head(src)?;
    let body = src.piece(head.end(src)? - head.body, 4096)?;
    let kind = elements(&body).flatten().find(|(id, _)| *id == DOC_TYPE).map(|(_, name)| name);
    if !matches!(kind, Some(b"webm" | b"matroska")) {
        return Err(refuse("is no WebM"));
    }
    loop {
        if src.left() == 0 {
            return Err(cut_short());
        }
        let head = ebml::head(src)?;
        if head.id != SEGMENT {
            let end = head.end(src)?;
            src.seek(end)?;
            continue;
        }
        return if head.size.is_none() { Ok(src.len()) } else { head.end(src) };
    }
}

struct Clean {
    /// Nanoseconds a tick.
    scale: u64,
    /// Ticks the film says it lasts.
    said: f64,
    cover: Option<Vec<u8>>,
    /// Until the first cluster.
    tracks: Option<Vec<Track>>,
    /// From the first cluster on.
    blocks: Option<Blocks>,
}

impl Clean {
    fn element(&mut self, src: &mut Source, out: &mut Sink, head: &Head) -> Result<()> {
        match (head.id, &mut self.blocks) {
            (INFO, None) => self.info(&src.piece(head.end(src)? - head.body, MAX_HEADER)?)?,
            (TRACKS, None) if self.tracks.is_none() => {
                self.tracks = Some(tracks::chosen(&src.piece(head.end(src)? - head.body, MAX_HEADER)?)?);
            }
            (CLUSTER, None) => {
                let tracks = self.tracks.take().ok_or_else(|| damaged("frames before its tracks"))?;
                self.blocks = Some(Blocks::begin(tracks, self.scale, out)?);
                return self.element(src, out, head);
            }
            (CLUSTER, Some(blocks)) => {
                if head.size.is_some() {
                    head.end(src)?;
                }
                blocks.close(out)?;
                blocks.cluster();
            }
            (SIMPLE_BLOCK | BLOCK_GROUP, None) => return Err(damaged("frames before its tracks")),
            (TIMESTAMP, Some(blocks)) => {
                blocks.time(unsigned(&src.piece(head.end(src)? - head.body, 8)?)?)?
            }
            (SIMPLE_BLOCK, Some(blocks)) => {
                let end = head.end(src)?;
                blocks.simple(src, out, end)?;
                src.seek(end)?;
            }
            (BLOCK_GROUP, Some(blocks)) => {
                let end = head.end(src)?;
                blocks.group(src, out, end)?;
                src.seek(end)?;
            }
            (ATTACHMENTS, _) => {
                let end = head.end(src)?;
                self.attachments(src, end)?;
                src.seek(end)?;
            }
            _ => {
                let end = head.end(src)?;
                src.seek(end)?;
            }
        }
        Ok(())
    }

    fn info(&mut self, body: &[u8]) -> Result<()> {
        for found in elements(body) {
            match found? {
                (TIMESTAMP_SCALE, body) => self.scale = unsigned(body)?,
                (DURATION, body) => self.said = float(body)?,
                _ => {}
            }
        }
        if !(1..=1_000_000_000).contains(&self.scale) {
            return Err(damaged("a film without a clock"));
        }
        Ok(())
    }

    /// Looks for a cover: <https://www.matroska.org/technical/attachments.html>
    fn attachments(&mut self, src: &mut Source, end: u64) -> Result<()> {
        const FILE: u32 = 0x61A7;
        const DATA: u32 = 0x465C;
        for _ in 0..1024 {
            if src.pos() >= end || self.cover.is_some() {
                break;
            }
            let head = ebml::head(src)?;
            let after = head.end(src)?;
            match head.id {
                FILE => continue, // Into it.
                DATA if after - head.body <= MAX_POSTER as u64 => {
                    let start = src.peek(8)?;
                    if start.starts_with(&[0xFF, 0xD8]) || start.starts_with(b"\x89PNG") {
                        self.cover = poster(&src.piece(after - head.body, MAX_POSTER)?);
                    }
                }
                _ => {}
            }
            src.seek(after)?;
        }
        Ok(())
    }

    fn finish(self, out: &mut Sink) -> Result<Film> {
        let Some(blocks) = self.blocks else { return Err(refuse("has nothing to play in it")) };
        let seconds = self.scale as f64 / 1e9;
        let (tracks, counted, frames) = blocks.finish(out, self.said)?;
        let video = tracks.iter().find(|t| t.kind == Kind::Video);
        let codec = |kind| tracks.iter().find(|t| t.kind == kind).map(|t| t.codec.to_owned());
        let (kind, mime) = Track::mime(&tracks);
        let audio_codec = codec(Kind::Audio);
        Ok(Film {
            kind,
            width: video.map_or(0, |t| t.width),
            height: video.map_or(0, |t| t.height),
            frame_rate: video.and_then(|video| rate(video, frames, counted * seconds)),
            sound: audio_codec.is_some(),
            video_codec: codec(Kind::Video),
            audio_codec,
            poster: self.cover,
            ..Film::sound(mime, "webm", "", counted * seconds)
        })
    }
}

/// Pictures a second, as said or as counted.
fn rate(video: &Track, frames: u64, seconds: f64) -> Option<(u32, u32)> {
    if video.frame == 0 {
        return frame_rate(frames, seconds);
    }
    // Nanoseconds are not exact: 33366667 is 30000/1001.
    let said = 1e9 / video.frame as f64;
    let exact = frame_rate(1_000_000, 1_000_000.0 / said);
    exact.or_else(|| frame_rate(frames, seconds))
}
