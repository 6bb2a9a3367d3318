//! MP4 and QuickTime: the description first, then the data of the kept tracks, nothing else.
//!
//! ISO/IEC 14496-12; QuickTime's own: <https://developer.apple.com/documentation/quicktime-file-format>.
//! The description is held in memory as it came, and all tables are read where they stand in it.

mod boxes;
mod chunks;
mod entries;
mod fragments;
mod moov;
mod track;

use boxes::{Top, Tops, Words, boxes, find, long, need, version};
use chunks::{Chunk, Samples};
use fragments::{Defaults, Walk};
use moov::Movie;
use track::Track;

use super::bytes::{Bytes, Sink, Source, damaged, refuse};
use super::{Film, Kind, MAX_POSTER, poster};
use crate::error::Result;

/// The description of a film of several hours with a small chunk for each frame.
const MAX_MOOV: usize = 16 << 20;
/// Names and a cover.
const MAX_UDTA: u64 = MAX_POSTER as u64 + (1 << 20);

pub fn clean(src: &mut Source, out: &mut Sink) -> Result<Film> {
    let (moov, fragmented) = survey(src)?;
    if find(&moov, b"cmov").is_some() {
        return Err(refuse("has a compressed description, which browsers cannot play"));
    }
    if find(&moov, b"pssh").is_some() {
        return Err(refuse("is encrypted"));
    }
    let timescale = clock(&moov)?;
    let mut tracks = track::chosen(&moov)?;

    // What there is, of each track; those without a single frame are left out.
    let mut defaults = Vec::new();
    for track in &tracks {
        defaults.push(Defaults::read(&moov, track.id)?);
    }
    let mut walk = Walk::new(&defaults, &tracks.iter().map(|t| t.samples.ticks).collect::<Vec<_>>());
    if fragmented {
        walk.run(src, 0, None)?;
    }
    let mut sums = walk.sums;
    for (track, sum) in tracks.iter().zip(&mut sums) {
        sum.frames += track.samples.count();
    }
    let empty =
        tracks.iter().zip(&sums).filter(|(_, sum)| sum.frames == 0).map(|(t, _)| t.id).collect::<Vec<_>>();
    tracks.retain(|t| !empty.contains(&t.id));
    defaults.retain(|d| !empty.contains(&d.track));
    sums.retain(|sum| sum.frames > 0);
    if tracks.is_empty() {
        return Err(refuse("has nothing to play in it"));
    }

    let samples = tracks.iter().map(|t| &t.samples).collect::<Vec<_>>();
    let plan = chunks::plan(&samples, src.len())?;
    let ticks =
        tracks.iter().zip(&sums).map(|(t, sum)| if fragmented { sum.ticks() } else { t.samples.ticks });
    let ticks = ticks.collect::<Vec<_>>();
    let whole = tracks
        .iter()
        .zip(&ticks)
        .map(|(t, ticks)| t.duration(timescale, *ticks, fragmented))
        .collect::<Vec<_>>();
    let longest = whole.iter().copied().max().unwrap_or(0);
    let kind = if tracks.iter().any(|t| t.kind == Kind::Video) { Kind::Video } else { Kind::Audio };

    let nothing = vec![0; tracks.len()];
    let movie = Movie {
        timescale,
        durations: if fragmented && plan.size == 0 { &nothing } else { &whole },
        defaults: if fragmented { &defaults } else { &[] },
        fragmented: longest,
        places: &plan.places,
        wide: plan.size + 2 * MAX_MOOV as u64 > u32::MAX.into(),
    };
    let ftyp = moov::ftyp(kind, fragmented);
    let head = if plan.size + 8 > u32::MAX.into() { 16 } else { 8 };
    let size = movie.write(&tracks, 0).len();
    let base = (ftyp.len() + size + head) as u64;
    out.put(&ftyp)?;
    out.put(&movie.write(&tracks, base))?;
    if plan.size > 0 {
        data(src, out, &samples, plan.size)?;
    }
    if fragmented {
        let before = tracks.iter().map(|t| t.samples.ticks).collect::<Vec<_>>();
        Walk::new(&defaults, &before).run(src, 0, Some(out))?;
    }

    let duration = longest as f64 / f64::from(timescale);
    let mut film = describe(&tracks, kind, duration, cover(&moov));
    film.frame_rate = tracks
        .iter()
        .zip(sums.iter().zip(&ticks))
        .find_map(|(t, (sum, ticks))| t.frame_rate(sum.frames, *ticks));
    Ok(film)
}

/// The description, and whether there are fragments.
fn survey(src: &mut Source) -> Result<(Vec<u8>, bool)> {
    let mut moov = None;
    let mut fragmented = false;
    let mut tops = Tops::from(0);
    while let Some(top) = tops.next(src)? {
        match &top.name {
            b"moov" if moov.is_none() => moov = Some(description(src, &top)?),
            b"moov" => return Err(damaged("two descriptions")),
            b"moof" => fragmented = true,
            _ => {}
        }
    }
    // Recorders write it last: an interrupted recording has none.
    Ok((moov.ok_or_else(|| refuse("is cut short or damaged (it has no description)"))?, fragmented))
}

/// What is needed of the description; a cover may be larger than all the rest of it.
fn description(src: &mut Source, moov: &Top) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut inner = Tops::within(moov);
    while let Some(part) = inner.next(src)? {
        let size = part.end - part.start;
        let needed = match &part.name {
            b"mvhd" | b"trak" | b"mvex" | b"cmov" | b"pssh" => true,
            b"udta" => size <= MAX_UDTA,
            _ => false,
        };
        if needed {
            src.seek(part.start)?;
            src.append(size, MAX_MOOV, &mut bytes)?;
        }
    }
    Ok(bytes)
}

/// The film's ticks a second.
fn clock(moov: &[u8]) -> Result<u32> {
    let mut mvhd = Bytes(need(moov, b"mvhd")?);
    let (v, _) = version(&mut mvhd)?;
    long(&mut mvhd, v)?;
    long(&mut mvhd, v)?;
    match mvhd.u32()? {
        0 => Err(damaged("a film without a clock")),
        n => Ok(n),
    }
}

/// Copies the data, neighbours in one go.
fn data(src: &mut Source, out: &mut Sink, samples: &[&Samples], size: u64) -> Result<()> {
    let mut head = Vec::new();
    match u32::try_from(size + 8) {
        Ok(short) => head.u32(short),
        Err(_) => head.u32(1),
    }
    head.extend(b"mdat");
    if size + 8 > u32::MAX.into() {
        head.u64(size + 16);
    }
    out.put(&head)?;
    let len = src.len();
    let mut run = Chunk { from: 0, size: 0 };
    let mut copy = |run: Chunk| -> Result<()> {
        src.seek(run.from)?;
        src.copy(run.size, out)
    };
    chunks::merged(samples, len, |_, chunk| {
        if chunk.size == 0 {
            return Ok(());
        }
        if run.from + run.size == chunk.from {
            run.size += chunk.size;
            return Ok(());
        }
        copy(std::mem::replace(&mut run, chunk))
    })?;
    copy(run)
}

fn describe(tracks: &[Track], kind: Kind, duration: f64, poster: Option<Vec<u8>>) -> Film {
    let codec = |kind| {
        tracks.iter().find(|t| t.kind == kind).and_then(|t| t.entries.first()).map(|e| e.codec.to_owned())
    };
    let (mime, ext) = if kind == Kind::Video { ("video/mp4", "mp4") } else { ("audio/mp4", "m4a") };
    let video = tracks.iter().find(|t| t.kind == Kind::Video);
    let (width, height) = video.map_or((0, 0), Track::shown);
    let audio_codec = codec(Kind::Audio);
    Film {
        kind,
        width,
        height,
        sound: audio_codec.is_some(),
        video_codec: codec(Kind::Video),
        audio_codec,
        poster,
        ..Film::sound(mime, ext, "", duration)
    }
}

/// The cover that music programs store: moov/udta/meta/ilst/covr/data.
fn cover(moov: &[u8]) -> Option<Vec<u8>> {
    let meta = find(find(moov, b"udta")?, b"meta")?;
    // A full box in MP4, a plain one in QuickTime.
    let ilst = find(meta.get(4..)?, b"ilst").or_else(|| find(meta, b"ilst"))?;
    let covr = find(ilst, b"covr")?;
    boxes(covr).flatten().filter(|(name, _)| name == b"data").find_map(|(_, data)| poster(data.get(8..)?))
}
