//! FLAC: the stream's numbers, the seek table and the frames. <https://www.rfc-editor.org/rfc/rfc9639>

use super::bytes::{Bytes, Sink, Source, cut_short, damaged};
use super::{Film, MAX_POSTER, crc, poster};
use crate::error::Result;

const STREAMINFO: u8 = 0;
const SEEKTABLE: u8 = 3;
pub(super) const PICTURE: u8 = 6;

/// More seek points than a day of music needs; a larger table is left out.
const MAX_SEEKTABLE: u64 = 1 << 20;
/// A picture block with the words around the picture.
const MAX_PICTURE: usize = MAX_POSTER + (64 << 10);
/// The last frame is looked for in so many bytes.
const MAX_FRAME: u64 = 1 << 20;

/// What STREAMINFO says (section 8.2).
pub(super) struct Info {
    min_block: u64,
    max_frame: u64,
    pub rate: u32,
    /// 0 when it was not known.
    pub samples: u64,
}

pub fn clean(src: &mut Source, out: &mut Sink) -> Result<Film> {
    src.skip(4)?;
    let mut info = None;
    let mut table = None;
    let mut cover = None;
    loop {
        let [first, a, b, c] = src.array()?;
        let size = u64::from(u32::from_be_bytes([0, a, b, c]));
        let end = src.pos() + size;
        match first & 0x7F {
            STREAMINFO if info.is_none() => info = Some(src.piece(size, 34)?),
            SEEKTABLE if size <= MAX_SEEKTABLE => {
                table = Some(src.piece(size - size % 18, MAX_SEEKTABLE as usize)?)
            }
            PICTURE if size <= MAX_PICTURE as u64 && cover.is_none() => {
                cover = picture(&src.piece(size, MAX_PICTURE)?)
            }
            127 => return Err(damaged("a block of no kind")),
            _ => {}
        }
        src.seek(end)?;
        if first & 0x80 != 0 {
            break;
        }
    }
    let info = info.ok_or_else(|| damaged("no stream information"))?;
    let numbers = Info::read(&info)?;

    let start = src.pos();
    let end = without_id3v1(src)?;
    let samples = last_sample(src, &numbers, start, end)?;
    if numbers.samples > samples {
        return Err(cut_short());
    }

    out.put(b"fLaC")?;
    let last = if table.is_none() { 0x80 } else { 0 };
    block(out, STREAMINFO | last, &info)?;
    if let Some(table) = &table {
        block(out, SEEKTABLE | 0x80, table)?;
    }
    src.seek(start)?;
    src.copy(end - start, out)?;

    let duration = samples as f64 / f64::from(numbers.rate);
    Ok(Film { poster: cover, ..Film::sound("audio/flac", "flac", "flac", duration) })
}

impl Info {
    pub fn read(block: &[u8]) -> Result<Info> {
        let mut b = Bytes(block);
        let (min_block, _) = (b.u16()?, b.u16()?);
        let [_, _, _, x, y, z] = b.array()?;
        // 20 bits of rate, 3 of channels, 5 of depth, 36 of samples.
        let packed = b.u64()?;
        b.take(16)?;
        let rate = (packed >> 44) as u32;
        if rate == 0 || min_block < 16 {
            return Err(damaged("impossible sound"));
        }
        let max_frame = u64::from(u32::from_be_bytes([0, x, y, z]));
        Ok(Info { min_block: min_block.into(), max_frame, rate, samples: packed & 0xF_FFFF_FFFF })
    }
}

fn block(out: &mut Sink, kind: u8, body: &[u8]) -> Result<()> {
    let [_, a, b, c] = (body.len() as u32).to_be_bytes();
    out.put(&[kind, a, b, c])?;
    out.put(body)
}

/// The picture of a PICTURE block (section 8.8).
pub(super) fn picture(block: &[u8]) -> Option<Vec<u8>> {
    let mut b = Bytes(block);
    b.u32().ok()?;
    for _ in ["media type", "description"] {
        let size = b.u32().ok()?;
        b.take(size as usize).ok()?;
    }
    b.take(16).ok()?;
    let size = b.u32().ok()?;
    poster(b.take(size as usize).ok()?)
}

/// Where the frames end, when some program has put its own tag behind them.
fn without_id3v1(src: &mut Source) -> Result<u64> {
    let end = src.len();
    if src.left() < 128 {
        return Ok(end);
    }
    src.seek(end - 128)?;
    Ok(if src.array::<3>()? == *b"TAG" { end - 128 } else { end })
}

/// The number of samples to the end of the last frame, which must be whole.
///
/// It is the frame whose check sum comes out right at the end of the file.
fn last_sample(src: &mut Source, info: &Info, start: u64, end: u64) -> Result<u64> {
    let window = if info.max_frame == 0 { MAX_FRAME } else { (info.max_frame + 16).min(MAX_FRAME) };
    let from = end.saturating_sub(window).max(start);
    src.seek(from)?;
    let tail = src.piece(end - from, MAX_FRAME as usize)?;
    let mut tries = 0;
    for at in (0..tail.len().saturating_sub(5)).rev() {
        let Some(frame) =
            tail.get(at..).filter(|t| t.starts_with(&[0xFF, 0xF8]) || t.starts_with(&[0xFF, 0xF9]))
        else {
            continue;
        };
        let Some(samples) = frame_end(frame, info) else { continue };
        if crc::flac16(frame) == 0 {
            return Ok(samples);
        }
        tries += 1;
        if tries > 32 {
            break;
        }
    }
    Err(cut_short())
}

/// The sample after a frame, from its header (section 9.1); None when it is no header.
fn frame_end(frame: &[u8], info: &Info) -> Option<u64> {
    let &[_, strategy, sizes, _, first, ..] = frame else { return None };
    let extra = match first.leading_ones() {
        0 => 0,
        n @ 2..=7 => n as usize - 1,
        _ => return None,
    };
    let mut number = u64::from(first) & (0xFF >> (extra + 2).min(8));
    if extra == 0 {
        number = first.into();
    }
    let mut b = Bytes(frame.get(5..)?);
    for byte in b.take(extra).ok()? {
        number = number << 6 | u64::from(byte & 0x3F);
    }
    let block = match sizes >> 4 {
        0 => return None,
        1 => 192,
        n @ 2..=5 => 576 << (n - 2),
        6 => u64::from(b.u8().ok()?) + 1,
        7 => u64::from(b.u16().ok()?) + 1,
        n => 256 << (n - 8),
    };
    match sizes & 15 {
        12 => drop(b.u8().ok()?),
        13 | 14 => drop(b.u16().ok()?),
        15 => return None,
        _ => {}
    }
    let head = frame.len() - b.0.len();
    if crc::flac8(frame.get(..head)?) != b.u8().ok()? {
        return None;
    }
    let begin = if strategy & 1 == 1 { number } else { number * info.min_block };
    Some(begin + block)
}
