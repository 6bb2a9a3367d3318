//! ID3v2 tags, which are left out but for the cover: <https://id3.org/id3v2.4.0-structure>

use super::bytes::{Bytes, Source};
use super::{MAX_POSTER, poster};
use crate::error::Result;

/// A tag larger than this is skipped unread; it would hold a cover that is too large anyway.
const MAX_TAG: usize = MAX_POSTER + (1 << 20);

/// The front cover, or else another picture.
type Best = Option<(bool, Vec<u8>)>;

/// Skips all tags that stand here; the cover of the first that has one.
pub fn skip(src: &mut Source) -> Result<Option<Vec<u8>>> {
    let mut cover = None;
    loop {
        let head = src.peek(10)?;
        let [b'I', b'D', b'3', version, _, flags, size @ ..] = head.as_slice() else { break };
        let Some(size) = syncsafe(size) else { break };
        src.skip(10)?;
        let end = src.pos() + u64::from(size);
        if cover.is_none() && size as usize <= MAX_TAG {
            let body = src.piece(size.into(), MAX_TAG)?;
            cover = picture(*version, *flags, body);
        }
        src.seek(end)?;
        // A footer repeats the head (flag of version 4).
        if *version == 4 && flags & 0x10 != 0 && src.peek(3)?.as_slice() == b"3DI" {
            src.skip(10)?;
        }
    }
    Ok(cover)
}

/// A tag that cannot be read has no cover; that is no reason to refuse the sound.
fn picture(version: u8, flags: u8, mut body: Vec<u8>) -> Option<Vec<u8>> {
    if flags & 0x80 != 0 && version < 4 {
        body = synchronised(&body);
    }
    let mut rest = Bytes(&body);
    if flags & 0x40 != 0 && version > 2 {
        let size = rest.array::<4>().ok()?;
        let size = if version == 4 { syncsafe(&size)?.checked_sub(4)? } else { u32::from_be_bytes(size) };
        rest.take(size as usize).ok()?;
    }
    let mut best: Best = None;
    while frame(version, &mut rest, &mut best).is_some() {}
    best.map(|(_, bytes)| bytes)
}

/// Reads one frame; None at the end.
fn frame(version: u8, rest: &mut Bytes, best: &mut Best) -> Option<()> {
    if version == 2 {
        let id = rest.array::<3>().ok()?;
        let [a, b, c] = rest.array::<3>().ok()?;
        let body = rest.take(u32::from_be_bytes([0, a, b, c]) as usize).ok()?;
        if &id == b"PIC" {
            // Three letters of a format where later versions have a type.
            consider(body.first().copied()?, body.get(4..)?, best);
        }
        return (id != [0; 3]).then_some(());
    }
    let id = rest.array::<4>().ok()?;
    let size = rest.array::<4>().ok()?;
    let size = if version == 4 { syncsafe(&size)? } else { u32::from_be_bytes(size) };
    let [_, format] = rest.array::<2>().ok()?;
    let body = rest.take(size as usize).ok()?;
    // Compressed and encrypted frames are not worth reading.
    let plain = if version == 4 { format & 0x0C == 0 } else { format & 0xC0 == 0 };
    if &id == b"APIC" && plain {
        let length = usize::from(version == 4 && format & 1 != 0) * 4;
        let body = body.get(length..)?;
        let body = if version == 4 && format & 2 != 0 { synchronised(body) } else { body.to_vec() };
        let (encoding, after) = body.split_first()?;
        let end = after.iter().position(|b| *b == 0)?;
        consider(*encoding, after.get(end + 1..)?, best);
    }
    (id != [0; 4]).then_some(())
}

/// Kind of picture, a description that ends with zero (two in UTF-16), the picture.
fn consider(encoding: u8, body: &[u8], best: &mut Best) {
    let Some((kind, text)) = body.split_first() else { return };
    let wide = matches!(encoding, 1 | 2);
    let start = if wide {
        text.chunks_exact(2).position(|pair| pair == [0, 0]).map(|at| at * 2 + 2)
    } else {
        text.iter().position(|b| *b == 0).map(|at| at + 1)
    };
    let front = *kind == 3;
    if (best.is_none() || front && !best.as_ref().is_some_and(|b| b.0))
        && let Some(found) = start.and_then(|at| text.get(at..)).and_then(poster)
    {
        *best = Some((front, found));
    }
}

/// 28 bits in four bytes.
fn syncsafe(bytes: &[u8]) -> Option<u32> {
    let four: [u8; 4] = bytes.try_into().ok()?;
    four.iter().all(|b| b & 0x80 == 0).then(|| four.iter().fold(0, |sum, b| sum << 7 | u32::from(*b)))
}

/// Undoes the zero that was put after each FF.
fn synchronised(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut before = 0;
    for b in bytes {
        if !(before == 0xFF && *b == 0) {
            out.push(*b);
        }
        before = *b;
    }
    out
}
