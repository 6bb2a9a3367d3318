//! One track of a film's description, and which tracks are kept. ISO/IEC 14496-12, chapter 8.

use super::boxes::{boxes, find, long, need, version};
use super::chunks::Samples;
use super::entries::{self, Entry};
use crate::error::Result;
use crate::media::containers::bytes::{Bytes, damaged, refuse};
use crate::media::containers::{Kind, frame_rate, reduced};

/// Far more than any film has; QuickTime files of cameras have ten.
const MAX_TRACKS: usize = 64;

pub struct Track<'a> {
    pub id: u32,
    pub kind: Kind,
    pub layer: u16,
    pub group: u16,
    pub volume: u16,
    /// Nine numbers, of which the first two rows turn the picture.
    pub matrix: [u32; 9],
    /// 16.16, as shown before it is turned.
    pub width: u32,
    pub height: u32,
    /// Ticks a second, and the language as in `mdhd`.
    pub timescale: u32,
    pub language: u16,
    pub edits: Option<Edits<'a>>,
    pub entries: Vec<Entry>,
    pub samples: Samples<'a>,
}

/// Which part of the track is shown, as it was written.
#[derive(Clone, Copy)]
pub struct Edits<'a> {
    pub body: &'a [u8],
    /// In the film's ticks; 0 when the list does not say.
    pub duration: u64,
}

/// The tracks that a browser plays: the first of pictures and the first of sound whose codec it
/// knows. Without any, the reason.
pub fn chosen<'a>(moov: &'a [u8]) -> Result<Vec<Track<'a>>> {
    let mut traks = Vec::new();
    for found in boxes(moov) {
        if let (name, body) = found?
            && name == *b"trak"
        {
            traks.push(body);
            if traks.len() > MAX_TRACKS {
                return Err(refuse("has too many tracks"));
            }
        }
    }
    let chapters = traks.iter().flat_map(|trak| chapters(trak)).collect::<Vec<_>>();
    let mut kept: Vec<Track> = Vec::new();
    let mut reason = None;
    for trak in &traks {
        let Some(kind) = kind(trak)? else { continue };
        if kept.iter().any(|t| t.kind == kind) {
            continue;
        }
        let head = Head::read(need(trak, b"tkhd")?)?;
        match Track::read(trak, head, kind) {
            Ok(track) if chapters.contains(&track.id) => {}
            Ok(track) => kept.push(track),
            // Pictures of chapters are tracks that are switched off.
            Err(_) if kind == Kind::Video && (!head.enabled || chapters.contains(&head.id)) => {}
            Err(e) => reason = reason.or(Some((kind, e))),
        }
    }
    // A second sound that is unknown (Apple's spatial sound) does not matter, an only one does.
    super::super::plays(kept.iter().map(|t| (t.kind, u64::from(t.id))), reason)?;
    Ok(kept)
}

fn kind(trak: &[u8]) -> Result<Option<Kind>> {
    let hdlr = need(need(trak, b"mdia")?, b"hdlr")?;
    Ok(match hdlr.get(8..12) {
        Some(b"vide") => Some(Kind::Video),
        Some(b"soun") => Some(Kind::Audio),
        _ => None,
    })
}

/// Tracks that are chapters of this one.
fn chapters(trak: &[u8]) -> Vec<u32> {
    let list = find(trak, b"tref").and_then(|tref| find(tref, b"chap")).unwrap_or_default();
    list.chunks_exact(4).take(16).filter_map(|id| id.try_into().ok().map(u32::from_be_bytes)).collect()
}

/// Of `tkhd`, section 8.3.2.
#[derive(Clone, Copy)]
struct Head {
    enabled: bool,
    id: u32,
    layer: u16,
    group: u16,
    volume: u16,
    matrix: [u32; 9],
    width: u32,
    height: u32,
}

impl Head {
    fn read(tkhd: &[u8]) -> Result<Head> {
        let mut b = Bytes(tkhd);
        let (v, flags) = version(&mut b)?;
        long(&mut b, v)?;
        long(&mut b, v)?;
        let id = b.u32()?;
        b.take(4)?;
        long(&mut b, v)?;
        b.take(8)?;
        let (layer, group, volume, _) = (b.u16()?, b.u16()?, b.u16()?, b.u16()?);
        let mut matrix = [0; 9];
        for n in &mut matrix {
            *n = b.u32()?;
        }
        if id == 0 {
            return Err(damaged("a track without a number"));
        }
        Ok(Head {
            enabled: flags & 1 == 1,
            id,
            layer,
            group,
            volume,
            matrix,
            width: b.u32()?,
            height: b.u32()?,
        })
    }
}

impl<'a> Track<'a> {
    fn read(trak: &'a [u8], head: Head, kind: Kind) -> Result<Track<'a>> {
        let mdia = need(trak, b"mdia")?;
        let mut mdhd = Bytes(need(mdia, b"mdhd")?);
        let (v, _) = version(&mut mdhd)?;
        long(&mut mdhd, v)?;
        long(&mut mdhd, v)?;
        let timescale = mdhd.u32()?;
        long(&mut mdhd, v)?;
        let language = mdhd.u16()?;
        if timescale == 0 {
            return Err(damaged("a track without a clock"));
        }
        let stbl = need(need(mdia, b"minf")?, b"stbl")?;
        let entries = entries::read(kind, need(stbl, b"stsd")?)?;
        let samples = Samples::read(stbl, entries.len() as u32)?;
        let edits = find(trak, b"edts").and_then(|edts| find(edts, b"elst")).map(Edits::read).transpose()?;
        Ok(Track {
            id: head.id,
            kind,
            layer: head.layer,
            group: head.group,
            volume: head.volume,
            matrix: head.matrix,
            width: head.width,
            height: head.height,
            timescale,
            // QuickTime numbers its languages (below 0x400); 0x55C4 is "und".
            language: if language < 0x400 { 0x55C4 } else { language },
            edits: edits.flatten(),
            entries,
            samples,
        })
    }

    /// Width and height as shown, in pixels.
    pub fn shown(&self) -> (u32, u32) {
        let (mut w, mut h) = (self.width.wrapping_add(0x8000) >> 16, self.height.wrapping_add(0x8000) >> 16);
        if let Some(entry) = self.entries.first().filter(|entry| w == 0 || h == 0 || entry.pixel.is_some()) {
            // The shape of pixels goes before the size in the track's head, as in Chromium.
            let (wide, high) = entry.pixel.unwrap_or((1, 1));
            let width = f64::from(entry.width) * f64::from(wide) / f64::from(high);
            (w, h) = (width.round().clamp(1.0, 65535.0) as u32, entry.height.into());
        }
        let turned = matches!(self.matrix, [0, b, _, d, 0, ..] if b != 0 && d != 0);
        if turned { (h, w) } else { (w, h) }
    }

    /// In ticks of a film that has `movie` of them a second, when its samples last `media` ticks.
    ///
    /// What an edit list says of a film in fragments is not the whole.
    pub fn duration(&self, movie: u32, media: u64, fragmented: bool) -> u64 {
        let edited = self.edits.map_or(0, |edits| edits.duration);
        let whole = u128::from(media) * u128::from(movie) / u128::from(self.timescale);
        if edited > 0 && !fragmented { edited } else { u64::try_from(whole).unwrap_or(u64::MAX) }
    }

    /// Pictures a second, when `frames` of them last `ticks`.
    pub fn frame_rate(&self, frames: u64, ticks: u64) -> Option<(u32, u32)> {
        if self.kind != Kind::Video {
            return None;
        }
        let (usual, often) = self.samples.usual_duration();
        let sensible = usual > 0 && (1..=1000).contains(&(self.timescale / usual));
        if sensible && u64::from(often) * 10 > frames * 9 {
            let (n, d) = reduced(self.timescale, usual);
            // Clocks of milliseconds cannot say 29.97.
            return if d > 1001 || d > 1 && d < 1001 {
                frame_rate(frames, frames as f64 * f64::from(usual) / f64::from(self.timescale))
            } else {
                Some((n, d))
            };
        }
        frame_rate(frames, ticks as f64 / f64::from(self.timescale))
    }
}

impl<'a> Edits<'a> {
    /// The body of `elst` without what stands behind its list; None when the list is empty.
    fn read(body: &'a [u8]) -> Result<Option<Edits<'a>>> {
        let mut b = Bytes(body);
        let (v, _) = version(&mut b)?;
        let count = b.u32()? as usize;
        let each = if v == 1 { 20 } else { 12 };
        let size = count.checked_mul(each).and_then(|n| n.checked_add(8)).filter(|_| count <= 4096);
        let body = size.and_then(|size| body.get(..size)).ok_or_else(|| damaged("a list of edits"))?;
        let mut duration = 0u64;
        for _ in 0..count {
            duration = duration.saturating_add(long(&mut b, v)?);
            b.take(each - if v == 1 { 8 } else { 4 })?;
        }
        Ok((count > 0).then_some(Edits { body, duration }))
    }
}
