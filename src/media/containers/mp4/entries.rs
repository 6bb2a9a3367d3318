//! Sample descriptions: which codec, its set-up, and nothing of who wrote it.
//!
//! ISO/IEC 14496-12, section 8.5.2; QuickTime's older kinds of sound description:
//! <https://developer.apple.com/documentation/quicktime-file-format/sound_sample_descriptions>

use super::boxes::{Name, Words, boxes, find, put, put_bytes};
use crate::error::Result;
use crate::media::containers::Kind;
use crate::media::containers::bytes::{Bytes, damaged, refuse};

/// One description, written anew.
pub struct Entry {
    pub codec: &'static str,
    pub bytes: Vec<u8>,
    /// Coded pixels; 0 for sound.
    pub width: u16,
    pub height: u16,
}

/// More than a film can change its coding within a track.
const MAX_ENTRIES: usize = 16;

/// All descriptions of a track (the body of `stsd`); they must be of one codec.
pub fn read(kind: Kind, stsd: &[u8]) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    for found in boxes(stsd.get(8..).unwrap_or_default()) {
        let (name, body) = found?;
        let entry = match kind {
            Kind::Video => video(name, body)?,
            Kind::Audio => audio(name, body)?,
        };
        if entries.len() >= MAX_ENTRIES || entries.first().is_some_and(|first| first.codec != entry.codec) {
            return Err(refuse("changes its codec on the way"));
        }
        entries.push(entry);
    }
    if entries.is_empty() {
        return Err(damaged("a track that does not say how it is coded"));
    }
    Ok(entries)
}

fn unplayable(kind: &str, name: Name) -> crate::error::Error {
    let word = match &name {
        b"jpeg" | b"mjpa" | b"mjpb" => "mjpeg".into(),
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "prores".into(),
        b"mp4v" => "mpeg4".into(),
        b"s263" | b"h263" => "h263".into(),
        b"encv" | b"enca" => "encrypted".into(),
        b"samr" | b"sawb" => "amr".into(),
        b"sowt" | b"twos" | b"lpcm" | b"in24" | b"fl32" | b"raw " | b"ipcm" => "pcm".into(),
        // Only what can stand in a sentence.
        _ => name
            .iter()
            .map(|b| if b.is_ascii_alphanumeric() || *b == b'-' { char::from(*b) } else { ' ' })
            .collect::<String>(),
    };
    refuse(format_args!("has {kind} as {}, which browsers cannot play", word.trim()))
}

/// VisualSampleEntry, section 12.1.3.
fn video(name: Name, body: &[u8]) -> Result<Entry> {
    let (codec, setup): (_, &Name) = match &name {
        b"avc1" | b"avc3" => ("h264", b"avcC"),
        b"hvc1" | b"hev1" => ("hevc", b"hvcC"),
        b"av01" => ("av1", b"av1C"),
        b"vp09" => ("vp9", b"vpcC"),
        _ => return Err(unplayable("video", name)),
    };
    let mut b = Bytes(body);
    b.take(24)?;
    let (width, height) = (b.u16()?, b.u16()?);
    let resolution = b.take(8)?;
    b.take(4 + 2 + 32)?;
    let depth = b.u16()?;
    b.take(2)?;
    // avc3 and hev1 may have everything in the frames, but hardly ever do.
    if find(b.0, setup).is_none() || width == 0 || height == 0 {
        return Err(damaged("a video without its set-up"));
    }
    let mut bytes = Vec::new();
    put(&mut bytes, &name, |out| {
        out.extend([0, 0, 0, 0, 0, 0, 0, 1]);
        out.extend([0; 16]);
        out.u16(width);
        out.u16(height);
        out.extend(resolution);
        out.u32(0);
        out.u16(1);
        out.extend([0; 32]);
        out.u16(depth);
        out.u16(0xFFFF);
        for (name, body) in boxes(b.0).flatten() {
            match &name {
                n if n == setup => put_bytes(out, &name, body),
                b"pasp" if body.len() == 8 => put_bytes(out, &name, body),
                b"btrt" if body.len() == 12 => put_bytes(out, &name, body),
                b"fiel" if body.len() == 2 => put_bytes(out, &name, body),
                b"mdcv" if body.len() == 24 => put_bytes(out, &name, body),
                b"clli" if body.len() == 4 => put_bytes(out, &name, body),
                b"colr" => colour(out, body),
                _ => {}
            }
        }
    });
    Ok(Entry { codec, bytes, width, height })
}

/// Numbers of colour are kept, a profile (which names its author) is not.
fn colour(out: &mut Vec<u8>, body: &[u8]) {
    let Some(numbers) = body.get(4..10) else { return };
    // QuickTime's nclc is nclx without the byte for full range.
    let range = match (body.get(..4), body.get(10)) {
        (Some(b"nclx"), Some(range)) => *range & 0x80,
        (Some(b"nclc"), _) => 0,
        _ => return,
    };
    put(out, b"colr", |out| {
        out.extend(b"nclx");
        out.extend(numbers);
        out.push(range);
    });
}

/// AudioSampleEntry, section 12.2.3, of QuickTime's three versions; written as the plain one.
fn audio(name: Name, body: &[u8]) -> Result<Entry> {
    let mut b = Bytes(body);
    b.take(8)?;
    let version = b.u16()?;
    b.take(6)?;
    let (mut channels, _) = (b.u16()?, b.u16()?);
    b.take(4)?;
    let mut rate = b.u32()?;
    match version {
        1 => drop(b.take(16)?),
        2 => {
            b.take(4)?;
            let exact = f64::from_bits(b.u64()?);
            channels = b.u32()?.min(64) as u16;
            b.take(20)?;
            rate = if (1.0..65536.0).contains(&exact) { (exact as u32) << 16 } else { 0 };
        }
        _ => {}
    }
    // QuickTime wraps the set-up in a `wave` box.
    let wave = find(b.0, b"wave").unwrap_or_default();
    let setup = |name| {
        find(b.0, name).or_else(|| find(wave, name)).ok_or_else(|| damaged("a sound without its set-up"))
    };
    let (codec, inner): (_, (Name, Vec<u8>)) = match &name {
        b"mp4a" => {
            let (codec, esds) = elementary(setup(b"esds")?)?;
            (codec, (*b"esds", esds))
        }
        // QuickTime's own names of MP3.
        b".mp3" | b"ms\0\x55" => {
            ("mp3", (*b"esds", written(0x6B, &[0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], &[])))
        }
        b"Opus" => ("opus", (*b"dOps", setup(b"dOps")?.to_vec())),
        b"fLaC" => ("flac", (*b"dfLa", stream_info(setup(b"dfLa")?)?)),
        _ => return Err(unplayable("sound", name)),
    };
    if inner.1.len() > 4096 {
        return Err(damaged("a set-up that is too large"));
    }
    let mut bytes = Vec::new();
    let name = if inner.0 == *b"esds" { *b"mp4a" } else { name };
    put(&mut bytes, &name, |out| {
        out.extend([0, 0, 0, 0, 0, 0, 0, 1]);
        out.extend([0; 8]);
        out.u16(channels);
        out.u16(16);
        out.u32(0);
        out.u32(rate);
        put_bytes(out, &inner.0, &inner.1);
        if let Some(btrt) = find(b.0, b"btrt").filter(|b| b.len() == 12) {
            put_bytes(out, b"btrt", btrt);
        }
    });
    Ok(Entry { codec, bytes, width: 0, height: 0 })
}

/// The body of `esds`, written anew: ISO/IEC 14496-1, section 7.2.6.
fn elementary(esds: &[u8]) -> Result<(&'static str, Vec<u8>)> {
    let mut b = Bytes(esds);
    b.take(4)?;
    let mut es = descriptor(&mut b, 3)?;
    es.take(2)?;
    let flags = es.u8()?;
    if flags & 0x80 != 0 {
        es.take(2)?;
    }
    if flags & 0x40 != 0 {
        let url = es.u8()?;
        es.take(url.into())?;
    }
    if flags & 0x20 != 0 {
        es.take(2)?;
    }
    let mut config = descriptor(&mut es, 4)?;
    let object = config.u8()?;
    let codec = match object {
        0x40 | 0x66..=0x68 => "aac",
        0x69 | 0x6B => "mp3",
        _ => {
            return Err(refuse(format_args!(
                "has sound of MPEG-4 kind {object}, which browsers cannot play"
            )));
        }
    };
    let numbers = config.take(12)?;
    let specific = descriptor(&mut config, 5).map(|b| b.0).unwrap_or_default();
    if specific.len() > 100 || codec == "aac" && specific.len() < 2 {
        return Err(damaged("a sound without its set-up"));
    }
    Ok((codec, written(object, numbers, specific)))
}

/// The body of `esds`: kind of object, sizes and rates, the decoder's set-up of at most 100 bytes.
fn written(object: u8, numbers: &[u8], specific: &[u8]) -> Vec<u8> {
    let wrap = |tag: u8, parts: &[&[u8]]| {
        let body = parts.concat();
        [[tag, body.len() as u8].as_slice(), &body].concat()
    };
    let specific = if specific.is_empty() { Vec::new() } else { wrap(5, &[specific]) };
    let config = wrap(4, &[&[object], numbers, &specific]);
    let es = wrap(3, &[&[0, 0, 0], &config, &[6, 1, 2]]);
    [[0; 4].as_slice(), &es].concat()
}

/// A descriptor's body: a tag, a length of up to four bytes of seven bits.
fn descriptor<'a>(b: &mut Bytes<'a>, tag: u8) -> Result<Bytes<'a>> {
    if b.u8()? != tag {
        return Err(damaged("a sound without its set-up"));
    }
    let mut size = 0;
    for _ in 0..4 {
        let byte = b.u8()?;
        size = size << 7 | usize::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            break;
        }
    }
    // Some writers count more than there is; what follows is not needed.
    Ok(Bytes(b.take(size.min(b.0.len()))?))
}

/// Of FLAC's blocks only the first: others hold comments and pictures.
fn stream_info(dfla: &[u8]) -> Result<Vec<u8>> {
    let info = dfla.get(8..42).filter(|_| dfla.get(4).is_some_and(|kind| kind & 0x7F == 0));
    let info = info.ok_or_else(|| damaged("a sound without its set-up"))?;
    Ok([&[0, 0, 0, 0, 0x80, 0, 0, 34], info].concat())
}
