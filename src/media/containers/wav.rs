//! WAV: the format and the samples, nothing between or after them.
//!
//! <https://learn.microsoft.com/en-us/windows/win32/api/mmeapi/ns-mmeapi-waveformatex>

use super::Film;
use super::bytes::{Bytes, Sink, Source, cut_short, damaged, refuse};
use crate::error::Result;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const EXTENSIBLE: u16 = 0xFFFE;
/// What follows the first two bytes of an extensible format's GUID.
const GUID_TAIL: &[u8] = &[0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

struct Format {
    /// PCM or FLOAT.
    tag: u16,
    channels: u16,
    rate: u32,
    bits: u16,
    /// Which loudspeakers, of an extensible format.
    mask: Option<u32>,
}

pub fn clean(src: &mut Source, out: &mut Sink) -> Result<Film> {
    src.skip(4)?;
    let riff = u32::from_le_bytes(src.array()?);
    src.skip(4)?;
    let mut format = None;
    let (size, format) = loop {
        if src.left() < 8 {
            return Err(refuse("has no sound in it"));
        }
        let id = src.array::<4>()?;
        let size = u64::from(u32::from_le_bytes(src.array()?));
        match (&id, format.take()) {
            (b"data", Some(format)) => break (size, format),
            (b"fmt ", None) => format = Some(Format::read(&src.piece(size, 1024)?)?),
            (_, before) => {
                format = before;
                src.skip(size)?;
            }
        }
        if size % 2 == 1 && src.left() > 0 {
            src.skip(1)?;
        }
    };

    // Recorders that write into a pipe, or that were interrupted, never learn the size.
    let open = size == 0xFFFF_FFFF
        || size == 0 && (riff == 0 || riff >= 0xFFFF_FF00 || u64::from(riff) <= src.pos());
    let align = u64::from(format.align());
    let size = if open { src.left() } else { size };
    if size > src.left() {
        return Err(cut_short());
    }
    let size = size - size % align;
    if size == 0 {
        return Err(refuse("has no sound in it"));
    }

    let head = format.write();
    let total = 4 + 8 + head.len() as u64 + 8 + size + size % 2;
    let word = |n: u64| {
        u32::try_from(n).map(u32::to_le_bytes).map_err(|_| refuse("is larger than a WAV file can be"))
    };
    out.put(b"RIFF")?;
    out.put(&word(total)?)?;
    out.put(b"WAVEfmt ")?;
    out.put(&word(head.len() as u64)?)?;
    out.put(&head)?;
    out.put(b"data")?;
    out.put(&word(size)?)?;
    src.copy(size, out)?;
    if size % 2 == 1 {
        out.put(&[0])?;
    }
    let duration = (size / align) as f64 / f64::from(format.rate);
    Ok(Film::sound("audio/wav", "wav", format.codec(), duration))
}

impl Format {
    fn read(body: &[u8]) -> Result<Format> {
        let mut b = Bytes(body);
        let tag = b.u16_le()?;
        let (channels, rate) = (b.u16_le()?, b.u32_le()?);
        let (_, _, bits) = (b.u32_le()?, b.u16_le()?, b.u16_le()?);
        let mut format = Format { tag, channels, rate, bits, mask: None };
        if tag == EXTENSIBLE {
            b.take(4)?;
            format.mask = Some(b.u32_le()?);
            format.tag = b.u16_le()?;
            if b.take(14)? != GUID_TAIL {
                format.tag = 0;
            }
        }
        let known = matches!((format.tag, bits), (PCM, 8 | 16 | 24 | 32) | (FLOAT, 32 | 64));
        if !known {
            return Err(refuse("is a WAV file whose sound is compressed, which browsers cannot play"));
        }
        if !(1..=32).contains(&channels) || !(1..=768_000).contains(&rate) {
            return Err(damaged("impossible sound"));
        }
        Ok(format)
    }

    /// Bytes of one sample of all channels.
    fn align(&self) -> u16 {
        self.channels * (self.bits / 8)
    }

    fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(if self.mask.is_some() { EXTENSIBLE } else { self.tag }.to_le_bytes());
        out.extend(self.channels.to_le_bytes());
        out.extend(self.rate.to_le_bytes());
        out.extend(self.rate.wrapping_mul(u32::from(self.align())).to_le_bytes());
        out.extend(self.align().to_le_bytes());
        out.extend(self.bits.to_le_bytes());
        if let Some(mask) = self.mask {
            out.extend(22u16.to_le_bytes());
            out.extend(self.bits.to_le_bytes());
            out.extend(mask.to_le_bytes());
            out.extend(self.tag.to_le_bytes());
            out.extend(GUID_TAIL);
        }
        out
    }

    fn codec(&self) -> &'static str {
        match (self.tag, self.bits) {
            (FLOAT, 64) => "pcm_f64le",
            (FLOAT, _) => "pcm_f32le",
            (_, 8) => "pcm_u8",
            (_, 24) => "pcm_s24le",
            (_, 32) => "pcm_s32le",
            _ => "pcm_s16le",
        }
    }
}
