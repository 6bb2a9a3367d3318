//! Fragments: small tables between the data, as recorders and streams write them.
//!
//! ISO/IEC 14496-12, section 8.8. Each is written again with its own data behind it, so that all
//! places in it are counted from its own beginning.

use super::boxes::{Name, Tops, Words, boxes, find, long, need, put, put_bytes, version};
use super::chunks::Chunk;
use crate::error::Result;
use crate::media::containers::bytes::{Bytes, Sink, Source, cut_short, damaged, refuse};

/// The table of an hour in one fragment.
const MAX_MOOF: usize = 4 << 20;

/// What a fragment does not say itself (`trex`).
#[derive(Clone, Copy, Default, Debug)]
pub struct Defaults {
    pub track: u32,
    pub entry: u32,
    pub duration: u32,
    pub size: u32,
    pub flags: u32,
}

impl Defaults {
    /// Of the track of this number, from `mvex`.
    pub fn read(moov: &[u8], track: u32) -> Result<Defaults> {
        for (name, body) in boxes(find(moov, b"mvex").unwrap_or_default()).flatten() {
            let mut b = Bytes(body);
            if &name == b"trex" && b.u32().is_ok() && b.u32()? == track {
                return Ok(Defaults {
                    track,
                    entry: b.u32()?,
                    duration: b.u32()?,
                    size: b.u32()?,
                    flags: b.u32()?,
                });
            }
        }
        Ok(Defaults { track, entry: 1, ..Defaults::default() })
    }
}

/// What all fragments of a track come to.
#[derive(Clone, Copy, Default, Debug)]
pub struct Sum {
    pub frames: u64,
    /// Ticks of the first frame and after the last.
    pub begin: Option<u64>,
    pub end: u64,
}

impl Sum {
    pub fn ticks(&self) -> u64 {
        self.end.saturating_sub(self.begin.unwrap_or(0))
    }
}

/// All fragments of a file, in order.
pub struct Walk<'d> {
    defaults: &'d [Defaults],
    pub sums: Vec<Sum>,
    bytes: u64,
    number: u32,
}

/// One fragment, ready to be written.
#[derive(Default)]
struct Fragment {
    trafs: Vec<u8>,
    /// Places in `trafs` that hold how far the data is from the beginning of this fragment's.
    offsets: Vec<usize>,
    runs: Vec<Chunk>,
    size: u64,
}

impl<'d> Walk<'d> {
    /// `before` are the ticks of each track that are in the film's own tables.
    pub fn new(defaults: &'d [Defaults], before: &[u64]) -> Walk<'d> {
        let sums =
            before.iter().map(|ticks| Sum { frames: 0, begin: (*ticks > 0).then_some(0), end: *ticks });
        Walk { defaults, sums: sums.collect(), bytes: 0, number: 0 }
    }

    /// Reads the fragments from `start` on and, when there is an `out`, writes them.
    pub fn run(&mut self, src: &mut Source, start: u64, mut out: Option<&mut Sink>) -> Result<()> {
        let mut tops = Tops::from(start);
        while let Some(top) = tops.next(src)? {
            if &top.name != b"moof" {
                continue;
            }
            let body = src.piece(top.end - top.body, MAX_MOOF)?;
            let fragment = self.fragment(&body, top.start)?;
            if fragment
                .runs
                .iter()
                .any(|run| run.from.checked_add(run.size).is_none_or(|end| end > src.len()))
            {
                return Err(cut_short());
            }
            self.bytes += fragment.size;
            if self.bytes > src.len() {
                return Err(damaged("more frames than bytes"));
            }
            if fragment.size == 0 {
                continue;
            }
            self.number += 1;
            if let Some(out) = out.as_deref_mut() {
                out.put(&fragment.head(self.number)?)?;
                for run in &fragment.runs {
                    src.seek(run.from)?;
                    src.copy(run.size, out)?;
                }
            }
        }
        Ok(())
    }

    fn fragment(&mut self, moof: &[u8], start: u64) -> Result<Fragment> {
        let mut fragment = Fragment::default();
        // Without a base of its own, a track's data follows that of the track before.
        let mut after = start;
        for found in boxes(moof) {
            if let (name, traf) = found?
                && &name == b"traf"
            {
                after = self.traf(traf, start, after, &mut fragment)?;
            }
        }
        Ok(fragment)
    }

    /// Reads a track's part of a fragment; where its data ends.
    fn traf(&mut self, traf: &[u8], start: u64, after: u64, to: &mut Fragment) -> Result<u64> {
        let mut tfhd = Bytes(need(traf, b"tfhd")?);
        let (_, flags) = version(&mut tfhd)?;
        let id = tfhd.u32()?;
        let ours = self.defaults.iter().position(|d| d.track == id);
        let mut defaults = ours.and_then(|i| self.defaults.get(i)).copied().unwrap_or_default();
        let mut base = if flags & 0x2_0000 != 0 { start } else { after };
        if flags & 1 != 0 {
            base = tfhd.u64()?;
        }
        for (flag, field) in [
            (2, &mut defaults.entry),
            (8, &mut defaults.duration),
            (0x10, &mut defaults.size),
            (0x20, &mut defaults.flags),
        ] {
            if flags & flag != 0 {
                *field = tfhd.u32()?;
            }
        }
        let before = ours.and_then(|i| self.sums.get(i)).map_or(0, |sum| sum.end);
        let begin = match find(traf, b"tfdt") {
            Some(body) => {
                let mut b = Bytes(body);
                let (v, _) = version(&mut b)?;
                long(&mut b, v)?
            }
            None => before,
        };

        let mut next = base;
        let (mut frames, mut ticks) = (0u64, 0u64);
        let mut truns = Vec::new();
        for (_, body) in boxes(traf).flatten().filter(|(name, _)| name == b"trun") {
            let run = Run::read(body, &defaults)?;
            if let Some(offset) = run.offset {
                next =
                    base.checked_add_signed(offset.into()).ok_or_else(|| damaged("data before the file"))?;
            }
            let from = next;
            next = next.checked_add(run.size).ok_or_else(cut_short)?;
            if ours.is_some() && run.size > 0 {
                to.runs.push(Chunk { from, size: run.size });
                let at = to.size;
                to.size = to.size.checked_add(run.size).ok_or_else(cut_short)?;
                truns.push((run, at));
            }
        }
        for (run, _) in &truns {
            frames += u64::from(run.count);
            ticks = ticks.saturating_add(run.ticks);
        }
        let Some(sum) = ours.and_then(|i| self.sums.get_mut(i)).filter(|_| !truns.is_empty()) else {
            return Ok(next);
        };
        sum.frames += frames;
        sum.begin = Some(sum.begin.unwrap_or(begin).min(begin));
        sum.end = sum.end.max(begin.saturating_add(ticks));
        to.write(id, flags, begin, &defaults, &truns, traf);
        Ok(next)
    }
}

/// One `trun`.
struct Run<'a> {
    version_flags: u32,
    count: u32,
    offset: Option<i32>,
    /// What follows the offset.
    rest: &'a [u8],
    size: u64,
    ticks: u64,
}

impl<'a> Run<'a> {
    fn read(body: &'a [u8], defaults: &Defaults) -> Result<Run<'a>> {
        let mut b = Bytes(body);
        let version_flags = b.u32()?;
        let flags = version_flags & 0xFF_FFFF;
        let count = b.u32()?;
        let offset = if flags & 1 != 0 { Some(b.u32()? as i32) } else { None };
        let mut rest = b;
        if flags & 4 != 0 {
            b.take(4)?;
        }
        let has = |flag| usize::from(flags & flag != 0) * 4;
        let each = has(0x100) + has(0x200) + has(0x400) + has(0x800);
        let table = b.take((count as usize).checked_mul(each).ok_or_else(|| damaged("a fragment"))?)?;
        let field = |at: usize| {
            let words = table
                .chunks_exact(each.max(1))
                .filter_map(move |sample| sample.get(at..at + 4)?.try_into().ok());
            words.map(|word| u64::from(u32::from_be_bytes(word))).sum::<u64>()
        };
        let all = |n: u32| u64::from(count) * u64::from(n);
        let ticks = if flags & 0x100 != 0 { field(0) } else { all(defaults.duration) };
        let size = if flags & 0x200 != 0 { field(has(0x100)) } else { all(defaults.size) };
        let rest = rest.take(has(4) + table.len())?;
        Ok(Run { version_flags, count, offset, rest, size, ticks })
    }
}

impl Fragment {
    fn write(
        &mut self,
        id: u32,
        flags: u32,
        begin: u64,
        defaults: &Defaults,
        truns: &[(Run, u64)],
        traf: &[u8],
    ) {
        let offsets = &mut self.offsets;
        put(&mut self.trafs, b"traf", |out| {
            put(out, b"tfhd", |out| {
                // Counted from the fragment; everything said that may be said.
                out.u32(0x2_0000 | flags & 0x1_0000 | 0x3A);
                out.u32(id);
                out.u32(defaults.entry);
                out.u32(defaults.duration);
                out.u32(defaults.size);
                out.u32(defaults.flags);
            });
            put(out, b"tfdt", |out| {
                out.u32(0x0100_0000);
                out.u64(begin);
            });
            for (run, at) in truns {
                put(out, b"trun", |out| {
                    out.u32(run.version_flags | 1);
                    out.u32(run.count);
                    offsets.push(out.len());
                    out.u32(*at as u32);
                    out.extend(run.rest);
                });
            }
            for (name, body) in
                boxes(traf).flatten().filter(|(name, _)| name == b"sgpd" || name == b"sbgp").take(8)
            {
                if matches!(body.get(4..8), Some(b"roll" | b"prol" | b"rap ")) {
                    put_bytes(out, &name, body);
                }
            }
        });
    }

    /// The fragment's tables and the head of its data.
    fn head(&self, number: u32) -> Result<Vec<u8>> {
        const BEFORE: usize = 8 + 16;
        let size = BEFORE + self.trafs.len() + 8;
        let data = u32::try_from(self.size + 8)
            .ok()
            .filter(|data| *data < 1 << 31)
            .ok_or_else(|| refuse("has a fragment that is too large"))?;
        let mut trafs = self.trafs.clone();
        for at in &self.offsets {
            let Some(place) = trafs.get_mut(*at..at + 4) else { continue };
            let old = Bytes(place).u32()?;
            place.copy_from_slice(&old.saturating_add(size as u32).to_be_bytes());
        }
        let mut out = Vec::with_capacity(size);
        put(&mut out, b"moof", |out| {
            put(out, b"mfhd", |out| {
                out.u32(0);
                out.u32(number);
            });
            out.extend(&trafs);
        });
        out.u32(data);
        out.extend(b"mdat" as &Name);
        Ok(out)
    }
}
