//! Elements: a name, a length, a body; RFC 8794.

use crate::error::Result;
use crate::media::containers::bytes::{Bytes, Source, cut_short, damaged};

/// An element of the file, found but not read.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub id: u32,
    /// None when its writer did not know yet.
    pub size: Option<u64>,
    pub start: u64,
    pub body: u64,
}

impl Head {
    /// Where it ends, which must be within the file.
    pub fn end(&self, src: &Source) -> Result<u64> {
        let size = self.size.ok_or_else(|| damaged("a part without a length"))?;
        self.body.checked_add(size).filter(|end| *end <= src.len()).ok_or_else(cut_short)
    }
}

/// The element that begins here.
pub fn head(src: &mut Source) -> Result<Head> {
    let start = src.pos();
    let mut bytes = [0; 12];
    let there = bytes.len().min(usize::try_from(src.left()).unwrap_or(usize::MAX));
    let part = bytes.get_mut(..there).unwrap_or_default();
    src.fill(part)?;
    let mut b = Bytes(part);
    let id = id(&mut b).map_err(|e| if there < 12 { cut_short() } else { e })?;
    let size = number(&mut b).map_err(|e| if there < 12 { cut_short() } else { e })?;
    let body = start + (there - b.0.len()) as u64;
    src.seek(body)?;
    Ok(Head { id, size, start, body })
}

/// A name with its marker bit, of up to four bytes.
fn id(b: &mut Bytes) -> Result<u32> {
    let first = b.u8()?;
    let more = first.leading_zeros();
    if more > 3 {
        return Err(damaged("a part without a name"));
    }
    let rest = b.take(more as usize)?;
    Ok(rest.iter().fold(first.into(), |id, byte| id << 8 | u32::from(*byte)))
}

/// A number of up to eight bytes; None when all its bits are set.
pub fn number(b: &mut Bytes) -> Result<Option<u64>> {
    let first = b.u8()?;
    let more = first.leading_zeros();
    if more > 7 {
        return Err(damaged("a part without a length"));
    }
    let rest = b.take(more as usize)?;
    let first = u64::from(first) & (0x7F >> more);
    let n = rest.iter().fold(first, |n, byte| n << 8 | u64::from(*byte));
    let all = (1 << (7 * (more + 1))) - 1;
    Ok((n != all).then_some(n))
}

/// The elements of a body in memory, each of a known length.
pub fn elements(body: &[u8]) -> Elements<'_> {
    Elements(Bytes(body))
}

pub struct Elements<'a>(Bytes<'a>);

impl<'a> Iterator for Elements<'a> {
    type Item = Result<(u32, &'a [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.0.is_empty() {
            return None;
        }
        let read = self.read();
        if read.is_err() {
            self.0 = Bytes(&[]);
        }
        Some(read)
    }
}

impl<'a> Elements<'a> {
    fn read(&mut self) -> Result<(u32, &'a [u8])> {
        let id = id(&mut self.0)?;
        let size = number(&mut self.0)?.ok_or_else(|| damaged("a part without a length"))?;
        Ok((id, self.0.take(usize::try_from(size).unwrap_or(usize::MAX))?))
    }
}

/// An unsigned number of up to eight bytes.
pub fn unsigned(body: &[u8]) -> Result<u64> {
    if body.len() > 8 {
        return Err(damaged("a number"));
    }
    Ok(body.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)))
}

/// A float of four or eight bytes.
pub fn float(body: &[u8]) -> Result<f64> {
    let mut b = Bytes(body);
    match body.len() {
        0 => Ok(0.0),
        4 => Ok(f32::from_bits(b.u32()?).into()),
        8 => Ok(f64::from_bits(b.u64()?)),
        _ => Err(damaged("a number")),
    }
}

/// Writes an element's name.
pub fn put_id(out: &mut Vec<u8>, id: u32) {
    let bytes = id.to_be_bytes();
    out.extend(bytes.iter().skip_while(|byte| **byte == 0));
}

/// A length in eight bytes, so that it can be written over.
pub fn long_size(size: u64) -> [u8; 8] {
    (1 << 56 | size).to_be_bytes()
}

pub fn put(out: &mut Vec<u8>, id: u32, body: &[u8]) {
    put_id(out, id);
    match body.len() {
        n @ 0..=0x7E => out.push(0x80 | n as u8),
        n => out.extend(long_size(n as u64)),
    }
    out.extend(body);
}

pub fn put_unsigned(out: &mut Vec<u8>, id: u32, n: u64) {
    let bytes = n.to_be_bytes();
    let skip = (n.leading_zeros() as usize / 8).min(7);
    put(out, id, bytes.get(skip..).unwrap_or_default());
}
