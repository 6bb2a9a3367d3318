//! Ogg with Vorbis, Opus or FLAC: an empty comment header, and every page of the one sound anew.
//!
//! Pages: <https://www.rfc-editor.org/rfc/rfc3533#section-6>. Opus: RFC 7845. FLAC: RFC 9639,
//! section 10.1. Vorbis: <https://xiph.org/vorbis/doc/Vorbis_I_spec.html#x1-610004.2>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::bytes::{Bytes, Sink, Source, cut_short, damaged, refuse};
use super::{Film, MAX_POSTER, crc, flac};
use crate::error::Result;

/// A comment header with a cover in base64; what is longer is not looked into.
const MAX_COMMENT: usize = MAX_POSTER / 3 * 4 + (256 << 10);
/// Codebooks of Vorbis have some tens of kilobytes.
const MAX_SETUP: usize = 1 << 20;

const CONTINUED: u8 = 1;
const FIRST: u8 = 2;
const LAST: u8 = 4;
/// On a page where no packet ends.
const NO_GRANULE: u64 = u64::MAX;
/// The one stream of a clean file.
const SERIAL: u32 = 1;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Codec {
    Vorbis,
    Opus,
    Flac,
}

struct Page {
    flags: u8,
    granule: u64,
    serial: u32,
    segments: Vec<u8>,
    body: Vec<u8>,
}

pub fn clean(src: &mut Source, out: &mut Sink) -> Result<Film> {
    let (codec, serial, headers) = headers(src)?;
    let [id, comment, setup @ ..] = headers.as_slice() else { return Err(cut_short()) };
    let rate = rate(codec, id)?;
    let cover = comment_cover(codec, comment).or_else(|| block_cover(codec, setup));
    let mut number = write_headers(codec, id, setup, out)?;

    let mut held: Option<Page> = None;
    let mut granules = None;
    while let Some(page) = read_page(src)? {
        if page.flags & FIRST != 0 {
            return Err(refuse("is several recordings one after the other"));
        }
        if page.serial != serial {
            continue;
        }
        if page.granule != NO_GRANULE {
            let (first, _) = granules.unwrap_or((page.granule, 0));
            granules = Some((first, page.granule));
        }
        if let Some(before) = held.replace(page) {
            before.write(out, &mut number, 0)?;
        }
    }
    let Some((last, (first, end))) = held.zip(granules) else { return Err(refuse("has no sound in it")) };
    last.write(out, &mut number, LAST)?;

    // A piece of a longer stream begins late.
    let begin = if first / rate.per_second > 60 { first } else { rate.unheard };
    let duration = end.saturating_sub(begin) as f64 / rate.per_second as f64;
    let name = match codec {
        Codec::Vorbis => "vorbis",
        Codec::Opus => "opus",
        Codec::Flac => "flac",
    };
    Ok(Film { poster: cover, ..Film::sound("audio/ogg", "ogg", name, duration) })
}

/// The header packets of the first sound that is known, and its serial number.
fn headers(src: &mut Source) -> Result<(Codec, u32, Vec<Vec<u8>>)> {
    let mut ours: Option<(Codec, u32)> = None;
    let mut packets: Vec<Vec<u8>> = Vec::new();
    let mut open: Option<Vec<u8>> = None;
    let mut spent = 0;
    while let Some(page) = read_page(src)? {
        if page.flags & FIRST != 0 && ours.is_none_or(|(_, serial)| serial != page.serial) {
            if let Some(codec) = identify(&page.body)?
                && ours.is_none()
            {
                ours = Some((codec, page.serial));
            } else {
                continue;
            }
        }
        let Some((codec, serial)) = ours.filter(|(_, serial)| *serial == page.serial) else { continue };
        if (page.flags & CONTINUED != 0) != open.is_some() {
            return Err(damaged("a page is missing"));
        }
        let mut rest = Bytes(&page.body);
        for segment in &page.segments {
            let part = rest.take((*segment).into())?;
            let needed = packets.is_empty() || codec == Codec::Vorbis && packets.len() == 2;
            let packet = open.get_or_insert_default();
            if needed && packet.len() + part.len() > MAX_SETUP {
                return Err(damaged("a header that is too large"));
            }
            if needed || spent + part.len() <= MAX_COMMENT {
                packet.extend_from_slice(part);
                spent += part.len();
            }
            if *segment < 255 {
                packets.extend(open.take());
            }
        }
        if packets.len() > 64 {
            return Err(damaged("too many headers"));
        }
        let complete = match codec {
            Codec::Vorbis => packets.len() >= 3,
            Codec::Opus => packets.len() >= 2,
            Codec::Flac => packets.iter().skip(1).any(|p| p.first().is_some_and(|b| b & 0x80 != 0)),
        };
        if complete {
            let right = open.is_none()
                && (codec == Codec::Flac || packets.len() == if codec == Codec::Vorbis { 3 } else { 2 });
            return if right {
                Ok((codec, serial, packets))
            } else {
                Err(damaged("sound among the headers"))
            };
        }
    }
    Err(if ours.is_some() { cut_short() } else { refuse("has no sound that browsers can play") })
}

/// Whose first page this is; None when it is nothing to play.
fn identify(body: &[u8]) -> Result<Option<Codec>> {
    const KNOWN: &[(&[u8], Codec)] =
        &[(b"\x01vorbis", Codec::Vorbis), (b"OpusHead", Codec::Opus), (b"\x7FFLAC\x01", Codec::Flac)];
    const REFUSED: &[(&[u8], &str)] = &[
        (b"\x80theora", "theora"),
        (b"\x01video", "ogm"),
        (b"BBCD", "dirac"),
        (b"OVP80", "vp8 in Ogg"),
        (b"Speex", "speex"),
    ];
    if let Some((_, name)) = REFUSED.iter().find(|(start, _)| body.starts_with(start)) {
        return Err(refuse(format_args!("is coded as {name}, which browsers cannot play")));
    }
    Ok(KNOWN.iter().find(|(start, _)| body.starts_with(start)).map(|(_, codec)| *codec))
}

struct Rate {
    per_second: u64,
    /// Before the sound begins.
    unheard: u64,
}

fn rate(codec: Codec, id: &[u8]) -> Result<Rate> {
    let mut b = Bytes(id);
    let rate = match codec {
        Codec::Vorbis => {
            b.take(12)?;
            Rate { per_second: b.u32_le()?.into(), unheard: 0 }
        }
        Codec::Opus => {
            b.take(10)?;
            Rate { per_second: 48000, unheard: b.u16_le()?.into() }
        }
        Codec::Flac => {
            b.take(13)?;
            Rate {
                per_second: flac::Info::read(b.array::<38>()?.get(4..).unwrap_or_default())?.rate.into(),
                unheard: 0,
            }
        }
    };
    if rate.per_second == 0 { Err(damaged("impossible sound")) } else { Ok(rate) }
}

/// Writes the headers with an empty comment; the number of the next page.
fn write_headers(codec: Codec, id: &[u8], setup: &[Vec<u8>], out: &mut Sink) -> Result<u32> {
    const VENDOR: &[u8] = b"\x05\0\0\0taure\0\0\0\0";
    let mut id = id.to_vec();
    let mut rest = Vec::new();
    match codec {
        Codec::Vorbis => {
            id.truncate(30);
            rest.push([b"\x03vorbis", VENDOR, b"\x01"].concat());
            rest.extend(setup.first().cloned());
        }
        Codec::Opus => rest.push([b"OpusTags", VENDOR].concat()),
        Codec::Flac => {
            id.truncate(51);
            // One header packet follows.
            if let Some(count) = id.get_mut(7..9) {
                count.copy_from_slice(&[0, 1]);
            }
            rest.push([b"\x84\0\0\x0D".as_slice(), VENDOR].concat());
        }
    }
    let mut number = 0;
    write_packets(&[id], FIRST, out, &mut number)?;
    write_packets(&rest, 0, out, &mut number)?;
    Ok(number)
}

/// Packets in pages of their own.
fn write_packets(packets: &[Vec<u8>], flags: u8, out: &mut Sink, number: &mut u32) -> Result<()> {
    let mut segments = Vec::new();
    for packet in packets {
        segments.extend(std::iter::repeat_n(255, packet.len() / 255));
        segments.push((packet.len() % 255) as u8);
    }
    let body = packets.concat();
    let mut rest = Bytes(&body);
    let mut continued = 0;
    for part in segments.chunks(255) {
        let size = part.iter().map(|s| usize::from(*s)).sum();
        let granule = if part.iter().any(|s| *s < 255) { 0 } else { NO_GRANULE };
        let page = Page {
            flags: flags | continued,
            granule,
            serial: SERIAL,
            segments: part.to_vec(),
            body: rest.take(size)?.to_vec(),
        };
        page.write(out, number, 0)?;
        continued = if part.last() == Some(&255) { CONTINUED } else { 0 };
    }
    Ok(())
}

/// The next page, whose sum must be right; None at the end of the file.
fn read_page(src: &mut Source) -> Result<Option<Page>> {
    if src.left() == 0 {
        return Ok(None);
    }
    let mut head: [u8; 27] = src.array()?;
    let mut b = Bytes(&head);
    if b.take(5)? != b"OggS\0" {
        return Err(damaged("something between the pages"));
    }
    let flags = b.u8()?;
    let granule = u64::from_le_bytes(b.array()?);
    let serial = b.u32_le()?;
    let (_, sum, count) = (b.u32_le()?, b.u32_le()?, b.u8()?);
    let segments = src.piece(count.into(), 255)?;
    let size = segments.iter().map(|s| u64::from(*s)).sum();
    let body = src.piece(size, 255 * 255)?;
    if let Some(place) = head.get_mut(22..26) {
        place.fill(0);
    }
    if crc::ogg(crc::ogg(crc::ogg(0, &head), &segments), &body) != sum {
        return Err(damaged("a page with a wrong sum"));
    }
    Ok(Some(Page { flags, granule, serial, segments, body }))
}

impl Page {
    fn write(&self, out: &mut Sink, number: &mut u32, last: u8) -> Result<()> {
        let mut head = Vec::with_capacity(27 + self.segments.len());
        head.extend(b"OggS\0");
        head.push(self.flags & (CONTINUED | FIRST) | last);
        head.extend(self.granule.to_le_bytes());
        head.extend(SERIAL.to_le_bytes());
        head.extend(number.to_le_bytes());
        head.extend([0; 4]);
        head.push(self.segments.len() as u8);
        head.extend(&self.segments);
        let sum = crc::ogg(crc::ogg(0, &head), &self.body);
        if let Some(place) = head.get_mut(22..26) {
            place.copy_from_slice(&sum.to_le_bytes());
        }
        *number = number.wrapping_add(1);
        out.put(&head)?;
        out.put(&self.body)
    }
}

/// The picture among Vorbis comments: <https://wiki.xiph.org/VorbisComment#METADATA_BLOCK_PICTURE>
fn comment_cover(codec: Codec, packet: &[u8]) -> Option<Vec<u8>> {
    const NAME: &[u8] = b"METADATA_BLOCK_PICTURE=";
    let start = match codec {
        Codec::Vorbis => 7,
        Codec::Opus => 8,
        Codec::Flac => 4,
    };
    let mut b = Bytes(packet.get(start..)?);
    let vendor = b.u32_le().ok()?;
    b.take(vendor as usize).ok()?;
    b.u32_le().ok()?;
    // As many as there are, whatever their number says.
    while let Ok(size) = b.u32_le() {
        let comment = b.take(size as usize).ok()?;
        if comment.get(..NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME)) {
            return flac::picture(&STANDARD.decode(comment.get(NAME.len()..)?).ok()?);
        }
    }
    None
}

/// FLAC keeps its picture in a block of its own also here.
fn block_cover(codec: Codec, blocks: &[Vec<u8>]) -> Option<Vec<u8>> {
    let blocks = blocks
        .iter()
        .filter(|b| codec == Codec::Flac && b.first().is_some_and(|k| k & 0x7F == flac::PICTURE));
    blocks.filter_map(|b| flac::picture(b.get(4..)?)).next()
}
