//! MP3: the frames, one after the other, and nothing between them.
//!
//! Frames: ISO/IEC 11172-3, 2.4.1. The first may hold numbers about the rest (Xing, VBRI), which
//! players need to seek and to play without gaps: <http://gabriel.mp3-tech.org/mp3infotag.html>

use super::Film;
use super::bytes::{Bytes, Sink, Source, cut_short, damaged, refuse};
use super::{crc, id3};
use crate::error::Result;

/// So many bytes that are no frames are passed over in one file.
const MAX_LOST: u64 = 256 << 10;
const WINDOW: usize = 16 << 10;

/// What four bytes say about a frame of layer III.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// Version 1; otherwise 2 or 2.5.
    v1: bool,
    rate: u32,
    mono: bool,
    /// Bytes of the frame with its header.
    size: u64,
}

impl Header {
    pub fn read(bytes: &[u8]) -> Option<Header> {
        let &[0xFF, a, b, c, ..] = bytes else { return None };
        let version = a >> 3 & 3;
        if a & 0xE0 != 0xE0 || version == 1 || a >> 1 & 3 != 1 {
            return None;
        }
        let v1 = version == 3;
        const V1: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        const V2: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        let kilobits = *(if v1 { V1 } else { V2 }).get(usize::from(b >> 4)).filter(|k| **k > 0)?;
        let rate =
            *[44100, 48000, 32000].get(usize::from(b >> 2 & 3))? >> [2, 0, 1, 0].get(usize::from(version))?;
        let size = if v1 { 144_000 } else { 72_000 } * kilobits / rate + u32::from(b >> 1 & 1);
        Some(Header { v1, rate, mono: c >> 6 == 3, size: size.into() })
    }

    fn samples(&self) -> u64 {
        if self.v1 { 1152 } else { 576 }
    }

    /// Whether both can stand in one stream.
    fn fits(&self, other: &Header) -> bool {
        self.v1 == other.v1 && self.rate == other.rate
    }

    /// Where a Xing header stands in the frame: behind the side information.
    fn xing_at(&self) -> usize {
        4 + match (self.v1, self.mono) {
            (true, false) => 32,
            (true, true) | (false, false) => 17,
            (false, true) => 9,
        }
    }
}

pub fn clean(src: &mut Source, out: &mut Sink) -> Result<Film> {
    let end = without_tags(src)?;
    let mut lost = 0;
    let Some(first) = next_frame(src, end, None, &mut lost)? else {
        return Err(refuse("is no film and no sound that is known here"));
    };
    let frame = src.piece(first.size, 4096)?;
    out.put(&frame)?;
    let mut tag = Tag::find(frame, &first);
    let mut frames = u64::from(tag.is_none());
    while let Some(header) = next_frame(src, end, Some(&first), &mut lost)? {
        src.copy(header.size, out)?;
        frames += 1;
    }
    if let Some(tag) = &mut tag {
        // The last frame of many files is missing; half of them is another matter.
        if tag.frames.is_some_and(|said| said > frames + 2 + said / 50) {
            return Err(cut_short());
        }
        tag.renew(frames, out.pos());
        out.patch(0, &tag.frame)?;
    }
    let unheard = tag.map_or(0, |tag| tag.unheard);
    let samples = (frames * first.samples()).saturating_sub(unheard);
    if samples == 0 {
        return Err(refuse("has no sound in it"));
    }
    Ok(Film::sound("audio/mpeg", "mp3", "mp3", samples as f64 / f64::from(first.rate)))
}

/// Where the frames end, before whatever tags are behind them.
fn without_tags(src: &mut Source) -> Result<u64> {
    let start = src.pos();
    let mut end = src.len();
    // ID3v1, Lyrics3 and APEv2 stand in any order; more than one of each is rare.
    for _ in 0..8 {
        let mut tail = [0; 128];
        if end - start < 256 {
            break;
        }
        src.seek(end - 128)?;
        src.fill(&mut tail)?;
        let digits = |bytes: &[u8]| std::str::from_utf8(bytes).ok()?.parse::<u64>().ok();
        let size = match &tail {
            [b'T', b'A', b'G', ..] => 128,
            [.., a, b, c, d, e, f, b'L', b'Y', b'R', b'I', b'C', b'S', b'2', b'0', b'0'] => {
                digits(&[*a, *b, *c, *d, *e, *f]).map_or(0, |size| size + 15)
            }
            [.., b'L', b'Y', b'R', b'I', b'C', b'S', b'E', b'N', b'D'] => 9,
            _ => {
                let mut b = Bytes(tail.get(96..).unwrap_or_default());
                let ape = b.take(8)? == b"APETAGEX";
                let (_, size, _, flags) = (b.u32_le()?, b.u32_le()?, b.u32_le()?, b.u32_le()?);
                if ape { u64::from(size) + u64::from(flags >> 31) * 32 } else { 0 }
            }
        };
        if size == 0 || size > end - start {
            break;
        }
        end -= size;
    }
    src.seek(start)?;
    Ok(end)
}

/// Moves to the next frame that is there as a whole; None at the end.
fn next_frame(src: &mut Source, end: u64, like: Option<&Header>, lost: &mut u64) -> Result<Option<Header>> {
    loop {
        let at = src.pos();
        if at + 4 > end {
            return Ok(None);
        }
        let four: [u8; 4] = src.array()?;
        src.seek(at)?;
        match (&four, Header::read(&four)) {
            (_, Some(h)) if like.is_some_and(|like| like.fits(&h)) => {
                return Ok((at + h.size <= end).then_some(h));
            }
            (b"APET", _) if skip_ape(src)? => {}
            ([b'I', b'D', b'3', _], _) => {
                id3::skip(src)?;
                if src.pos() == at {
                    src.skip(1)?;
                }
            }
            _ => {
                let Some(passed) = search(src, end, like)? else { return Ok(None) };
                *lost += passed.max(16);
                if *lost > MAX_LOST {
                    return Err(damaged("too much that is not sound"));
                }
                if passed == 0 {
                    return Ok(Header::read(&four));
                }
            }
        }
    }
}

/// Moves to something that looks like two frames in a row, or by a window; how far it was.
fn search(src: &mut Source, end: u64, like: Option<&Header>) -> Result<Option<u64>> {
    let left = end - src.pos();
    let window = src.peek((WINDOW + 4096).min(usize::try_from(left).unwrap_or(usize::MAX)))?;
    let found = (0..window.len().min(WINDOW)).find(|at| {
        let Some(h) = window.get(*at..).and_then(Header::read) else { return false };
        let next = *at + h.size as usize;
        let followed = match window.get(next..).and_then(Header::read) {
            Some(second) => second.fits(&h),
            None => next as u64 == left,
        };
        followed && like.is_none_or(|like| like.fits(&h))
    });
    if found.is_none() && left <= WINDOW as u64 {
        return Ok(None);
    }
    let by = found.unwrap_or(WINDOW) as u64;
    src.skip(by)?;
    Ok(Some(by))
}

/// APEv2: <https://wiki.hydrogenaud.io/index.php?title=Ape_Tags_Header>
fn skip_ape(src: &mut Source) -> Result<bool> {
    let head = src.peek(32)?;
    let mut b = Bytes(&head);
    if b.take(8).ok() != Some(b"APETAGEX") || head.len() < 32 {
        return Ok(false);
    }
    let (_, size) = (b.u32_le()?, b.u32_le()?);
    src.skip((32 + u64::from(size)).min(src.left()))?;
    Ok(true)
}

/// A first frame that plays nothing but tells about the others.
struct Tag {
    frame: Vec<u8>,
    /// Where "Xing" or "Info" stands; None for Fraunhofer's VBRI, which is left as it is.
    at: Option<usize>,
    /// Frames it speaks of.
    frames: Option<u64>,
    /// Samples that an encoder put before and after the sound.
    unheard: u64,
}

impl Tag {
    fn find(frame: Vec<u8>, header: &Header) -> Option<Tag> {
        let at = header.xing_at();
        if frame.get(36..40) == Some(b"VBRI") {
            let frames =
                frame.get(50..54).and_then(|b| Bytes(b).u32().ok()).map(u64::from).filter(|n| *n > 0);
            return Some(Tag { frame, at: None, frames, unheard: 0 });
        }
        if !matches!(frame.get(at..at + 4), Some(b"Xing" | b"Info")) {
            return None;
        }
        let mut tag = Tag { frame, at: Some(at), frames: None, unheard: 0 };
        tag.frames = tag.field(1).and_then(|at| tag.word(at)).map(u64::from).filter(|n| *n > 0);
        tag.blank();
        Some(tag)
    }

    fn word(&self, at: usize) -> Option<u32> {
        Bytes(self.frame.get(at..)?).u32().ok()
    }

    fn set(&mut self, at: usize, bytes: &[u8]) {
        if let Some(place) = self.frame.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    /// Where the field of a flag stands: 1 frames, 2 bytes, 16 what follows them all.
    fn field(&self, flag: u32) -> Option<usize> {
        let at = self.at?;
        let flags = self.word(at + 4)?;
        if flag < 16 && flags & flag == 0 {
            return None;
        }
        let before = [(1, 4), (2, 4), (4, 100), (8, 4)].iter().filter(|(f, _)| *f < flag && flags & f != 0);
        Some(at + 8 + before.map(|(_, size)| size).sum::<usize>())
    }

    /// Takes the encoder's name and version out. Players believe the gaps only after "LAME".
    fn blank(&mut self) {
        let Some(at) = self.field(16) else { return };
        let Some(&[a, b, c]) = self.frame.get(at + 21..at + 24) else { return };
        let known =
            self.frame.get(at..at + 4).is_some_and(|name| matches!(name, b"LAME" | b"Lavf" | b"Lavc"));
        let packed = u32::from_be_bytes([0, a, b, c]);
        if known && packed != 0 {
            self.unheard = u64::from(packed >> 12) + u64::from(packed & 0xFFF);
            self.set(at, b"LAME\0\0\0\0\0");
        } else {
            let room = self.frame.len().saturating_sub(at).min(36);
            self.set(at, &vec![0; room]);
        }
    }

    /// What it says is made true for the clean file.
    fn renew(&mut self, frames: u64, bytes: u64) {
        let bytes = u32::try_from(bytes).unwrap_or(0).to_be_bytes();
        if let Some(at) = self.field(1) {
            self.set(at, &u32::try_from(frames).unwrap_or(0).to_be_bytes());
        }
        if let Some(at) = self.field(2) {
            self.set(at, &bytes);
        }
        if let Some(at) = self.field(16).filter(|_| self.unheard > 0) {
            self.set(at + 28, &bytes);
            if let Some(head) = self.frame.get(..at + 34) {
                let sum = crc::lame16(head).to_be_bytes();
                self.set(at + 34, &sum);
            }
        }
    }
}
