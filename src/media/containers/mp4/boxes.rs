//! Boxes: a length, four letters, a body. ISO/IEC 14496-12, section 4.2.

use crate::error::Result;
use crate::media::containers::bytes::{Bytes, Source, cut_short, damaged};

pub type Name = [u8; 4];

/// A box of the file itself, found but not read.
#[derive(Clone, Copy, Debug)]
pub struct Top {
    pub name: Name,
    pub start: u64,
    /// Where its body begins, and ends.
    pub body: u64,
    pub end: u64,
}

/// Films of days have a hundred thousand; each costs a read.
const MAX_TOPS: u32 = 400_000;

/// Walks over the boxes of a file.
pub struct Tops {
    next: u64,
    /// Where they end, if not with the file.
    limit: u64,
    seen: u32,
    /// The film's description has been met: what is unknown behind it may be anything.
    described: bool,
}

impl Tops {
    pub fn from(start: u64) -> Tops {
        Tops { next: start, limit: u64::MAX, seen: 0, described: false }
    }

    /// The boxes in a box, which stay in the file as well.
    pub fn within(top: &Top) -> Tops {
        Tops { next: top.body, limit: top.end, seen: 0, described: false }
    }

    /// The next box, with the source standing at its body; None at the end.
    pub fn next(&mut self, src: &mut Source) -> Result<Option<Top>> {
        let limit = self.limit.min(src.len());
        if limit - self.next.min(limit) < 8 {
            return Ok(None);
        }
        self.seen += 1;
        if self.seen > MAX_TOPS {
            return Err(damaged("too many parts"));
        }
        src.seek(self.next)?;
        let start = self.next;
        let short = u32::from_be_bytes(src.array()?);
        let name: Name = src.array()?;
        let size = match short {
            0 => limit - start,
            1 => u64::from_be_bytes(src.array()?),
            n => n.into(),
        };
        let end = start.checked_add(size).ok_or_else(cut_short)?;
        if end < src.pos() || end > limit {
            // Cameras and phones (Samsung, Insta360) append data that is in no box.
            return match &name {
                b"ftyp" | b"moov" | b"mdat" | b"moof" => Err(cut_short()),
                _ if self.described => Ok(None),
                _ => Err(cut_short()),
            };
        }
        self.described |= name == *b"moov";
        self.next = end;
        Ok(Some(Top { name, start, body: src.pos(), end }))
    }
}

/// Walks over the boxes of a body in memory. Fewer than eight bytes at its end are QuickTime's
/// terminator, or nothing.
pub fn boxes(body: &[u8]) -> Boxes<'_> {
    Boxes(Bytes(body))
}

pub struct Boxes<'a>(Bytes<'a>);

impl<'a> Iterator for Boxes<'a> {
    type Item = Result<(Name, &'a [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.0.len() < 8 {
            return None;
        }
        let read = self.read();
        if read.is_err() {
            self.0 = Bytes(&[]);
        }
        Some(read)
    }
}

impl<'a> Boxes<'a> {
    fn read(&mut self) -> Result<(Name, &'a [u8])> {
        let b = &mut self.0;
        let short = b.u32()?;
        let name = b.array()?;
        let size = match short {
            0 => b.0.len(),
            1 => usize::try_from(b.u64()?)
                .ok()
                .and_then(|n| n.checked_sub(16))
                .ok_or_else(|| damaged("a box"))?,
            n => (n as usize).checked_sub(8).ok_or_else(|| damaged("a box"))?,
        };
        Ok((name, b.take(size)?))
    }
}

/// The first box of a name; what is damaged is not there.
pub fn find<'a>(body: &'a [u8], name: &Name) -> Option<&'a [u8]> {
    boxes(body).flatten().find(|(n, _)| n == name).map(|(_, body)| body)
}

/// The first box of a name, which must be there.
pub fn need<'a>(body: &'a [u8], name: &Name) -> Result<&'a [u8]> {
    find(body, name).ok_or_else(|| damaged(&format!("no {}", name.escape_ascii())))
}

/// Version and flags of a full box.
pub fn version(b: &mut Bytes) -> Result<(u8, u32)> {
    let word = b.u32()?;
    Ok(((word >> 24) as u8, word & 0xFF_FFFF))
}

/// A number that has 64 bits in version 1.
pub fn long(b: &mut Bytes, version: u8) -> Result<u64> {
    if version == 1 { b.u64() } else { Ok(b.u32()?.into()) }
}

/// Writes a box around what `body` writes.
pub fn put(out: &mut Vec<u8>, name: &Name, body: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend([0; 4]);
    out.extend(name);
    body(out);
    let size = u32::try_from(out.len() - start).unwrap_or(0).to_be_bytes();
    if let Some(place) = out.get_mut(start..start + 4) {
        place.copy_from_slice(&size);
    }
}

/// Writes a box around bytes.
pub fn put_bytes(out: &mut Vec<u8>, name: &Name, body: &[u8]) {
    put(out, name, |out| out.extend_from_slice(body));
}

pub trait Words {
    fn u16(&mut self, n: u16);
    fn u32(&mut self, n: u32);
    fn u64(&mut self, n: u64);
}

impl Words for Vec<u8> {
    fn u16(&mut self, n: u16) {
        self.extend(n.to_be_bytes());
    }

    fn u32(&mut self, n: u32) {
        self.extend(n.to_be_bytes());
    }

    fn u64(&mut self, n: u64) {
        self.extend(n.to_be_bytes());
    }
}
