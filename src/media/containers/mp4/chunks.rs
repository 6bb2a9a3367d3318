//! Where the frames of a track are: the tables of `stbl`, read where they stand.
//!
//! ISO/IEC 14496-12, sections 8.6 and 8.7. No table is believed to be longer than it is.

use super::boxes::{Name, boxes, find, need};
use crate::error::Result;
use crate::media::containers::bytes::{Bytes, cut_short, damaged};

/// More pieces than a day of film has: their new places are kept in memory.
const MAX_CHUNKS: usize = 1 << 20;

pub struct Samples<'a> {
    sizes: Sizes<'a>,
    /// First chunk, samples a chunk, description: 12 bytes each.
    runs: &'a [u8],
    places: &'a [u8],
    /// 4 or 8 bytes a place.
    width: usize,
    /// Durations: count and ticks, 8 bytes each.
    times: &'a [u8],
    /// Tables that are written again as they were, cut to their right size.
    pub kept: Vec<(Name, &'a [u8])>,
    /// All ticks together.
    pub ticks: u64,
}

struct Sizes<'a> {
    count: u32,
    /// All samples have this size, unless 0.
    fixed: u32,
    /// 4, 8, 16 or 32 bits each.
    bits: u8,
    table: &'a [u8],
}

/// A piece of the film: so many bytes from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    pub from: u64,
    pub size: u64,
}

impl<'a> Samples<'a> {
    /// Reads the tables of one track, which has `entries` descriptions.
    pub fn read(stbl: &'a [u8], entries: u32) -> Result<Samples<'a>> {
        let mut kept = Vec::new();
        let stts = table(need(stbl, b"stts")?, 8)?;
        kept.push((*b"stts", stts));
        let sizes = match find(stbl, b"stsz") {
            Some(body) => {
                let (sizes, body) = Sizes::read(body, false)?;
                kept.push((*b"stsz", body));
                sizes
            }
            None => {
                let (sizes, body) = Sizes::read(need(stbl, b"stz2")?, true)?;
                kept.push((*b"stz2", body));
                sizes
            }
        };
        let stsc = table(need(stbl, b"stsc")?, 12)?;
        kept.push((*b"stsc", stsc));
        let (places, width) = match find(stbl, b"stco") {
            Some(body) => (table(body, 4)?, 4),
            None => (table(need(stbl, b"co64")?, 8)?, 8),
        };
        for (name, each) in [(b"ctts", 8), (b"stss", 4)] {
            if let Some(body) = find(stbl, name) {
                kept.push((*name, table(body, each)?));
            }
        }
        if let Some(body) = find(stbl, b"cslg").filter(|b| b.len() == 24 || b.len() == 44) {
            kept.push((*b"cslg", body));
        }
        if let Some(body) = find(stbl, b"sdtp").and_then(|b| b.get(..4 + sizes.count as usize)) {
            kept.push((*b"sdtp", body));
        }
        kept.extend(groups(stbl));

        let runs = stsc.get(8..).unwrap_or_default();
        let places = places.get(8..).unwrap_or_default();
        let times = stts.get(8..).unwrap_or_default();
        if places.len() / width > MAX_CHUNKS {
            return Err(damaged("too many parts"));
        }
        let mut before = 0;
        for run in runs.chunks_exact(12) {
            let mut b = Bytes(run);
            let (first, _, entry) = (b.u32()?, b.u32()?, b.u32()?);
            if first <= before || before == 0 && first != 1 || entry == 0 || entry > entries {
                return Err(damaged("a table of chunks"));
            }
            before = first;
        }
        let (mut ticks, mut count) = (0u64, 0u64);
        for pair in times.chunks_exact(8) {
            let mut b = Bytes(pair);
            let (n, each) = (u64::from(b.u32()?), u64::from(b.u32()?));
            // Negative durations are a mistake that players pass over.
            let each = if each > u64::from(u32::MAX / 2) { 0 } else { each };
            ticks = ticks.saturating_add(n * each);
            count += n;
        }
        if count < sizes.count.into() {
            return Err(damaged("frames without a time"));
        }
        Ok(Samples { sizes, runs, places, width, times, kept, ticks })
    }

    /// Number of frames.
    pub fn count(&self) -> u64 {
        self.sizes.count.into()
    }

    /// Ticks of most frames, and how many these are.
    pub fn usual_duration(&self) -> (u32, u32) {
        let mut best = (0, 0);
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for pair in self.times.chunks_exact(8) {
            let mut b = Bytes(pair);
            let (Ok(n), Ok(each)) = (b.u32(), b.u32()) else { break };
            let room = counts.len() < 16;
            match counts.iter_mut().find(|(e, _)| *e == each) {
                Some((_, sum)) => *sum = sum.saturating_add(n),
                None if room => counts.push((each, n)),
                None => {}
            }
        }
        for (each, n) in counts {
            if n > best.1 {
                best = (each, n);
            }
        }
        best
    }

    pub fn chunks(&self) -> Chunks<'_, 'a> {
        Chunks { of: self, next: 0, run: 0, sample: 0 }
    }
}

/// Sample groups that tell a player where it may begin (section 8.9).
fn groups(stbl: &[u8]) -> impl Iterator<Item = (Name, &[u8])> {
    boxes(stbl).flatten().take(64).filter(|(name, body)| {
        let grouping = body.get(4..8).unwrap_or_default();
        (name == b"sgpd" || name == b"sbgp")
            && [b"roll", b"prol", b"rap ", b"sync", b"tsas"].iter().any(|g| *g == grouping)
    })
}

/// The body of a table of `each` bytes an entry, without what stands behind it.
fn table(body: &[u8], each: usize) -> Result<&[u8]> {
    let count = Bytes(body.get(4..).unwrap_or_default()).u32()? as usize;
    let size = count.checked_mul(each).and_then(|n| n.checked_add(8));
    size.and_then(|size| body.get(..size)).ok_or_else(|| damaged("a table that is shorter than it says"))
}

impl<'a> Sizes<'a> {
    fn read(body: &'a [u8], compact: bool) -> Result<(Sizes<'a>, &'a [u8])> {
        let mut b = Bytes(body);
        b.take(4)?;
        let field = b.u32()?;
        let count = b.u32()?;
        let (fixed, bits) = if compact { (0, field as u8) } else { (field, 32) };
        if !matches!(bits, 4 | 8 | 16 | 32) {
            return Err(damaged("a table of sizes"));
        }
        let size = if fixed > 0 { 0 } else { (u64::from(count) * u64::from(bits)).div_ceil(8) };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let table = b.take(size)?;
        Ok((Sizes { count, fixed, bits, table }, body.get(..12 + size).unwrap_or(body)))
    }

    /// Bytes of `n` samples from `first`.
    fn sum(&self, first: u32, n: u32) -> Result<u64> {
        if u64::from(first) + u64::from(n) > self.count.into() {
            return Err(damaged("more frames than sizes"));
        }
        if self.fixed > 0 {
            return Ok(u64::from(n) * u64::from(self.fixed));
        }
        let (first, n) = (first as usize, n as usize);
        let part = |each: usize| self.table.get(first * each..(first + n) * each).unwrap_or_default();
        Ok(match self.bits {
            32 => {
                part(4).chunks_exact(4).map(|b| u64::from(u32::from_be_bytes([b[0], b[1], b[2], b[3]]))).sum()
            }
            16 => part(2).chunks_exact(2).map(|b| u64::from(u16::from_be_bytes([b[0], b[1]]))).sum(),
            8 => part(1).iter().map(|b| u64::from(*b)).sum(),
            _ => (first..first + n)
                .filter_map(|i| Some(self.table.get(i / 2)? >> (4 - i % 2 * 4) & 15))
                .map(u64::from)
                .sum(),
        })
    }
}

/// The chunks of a track in its order.
pub struct Chunks<'s, 'a> {
    of: &'s Samples<'a>,
    next: usize,
    run: usize,
    sample: u32,
}

impl Chunks<'_, '_> {
    /// The next chunk; None at the end, when all samples must have had their place.
    pub fn next(&mut self) -> Result<Option<Chunk>> {
        let at = self.next * self.of.width;
        let Some(place) = self.of.places.get(at..at + self.of.width) else {
            let all = self.sample == self.of.sizes.count;
            return if all { Ok(None) } else { Err(damaged("frames without a place")) };
        };
        self.next += 1;
        if let Some(following) = self.of.runs.get((self.run + 1) * 12..(self.run + 2) * 12)
            && Bytes(following).u32()? as usize == self.next
        {
            self.run += 1;
        }
        let mut run =
            Bytes(self.of.runs.get(self.run * 12 + 4..).ok_or_else(|| damaged("a table of chunks"))?);
        let samples = run.u32()?;
        let size = self.of.sizes.sum(self.sample, samples)?;
        self.sample += samples;
        let mut place = Bytes(place);
        let from = if self.of.width == 8 { place.u64()? } else { place.u32()?.into() };
        Ok(Some(Chunk { from, size }))
    }
}

/// The film's data in its new order, which is the old one without what is left out.
pub struct Plan {
    /// New places from the beginning of the data, for each track.
    pub places: Vec<Vec<u64>>,
    /// Bytes of data.
    pub size: u64,
}

/// Goes through the chunks of all tracks by their place in the file.
///
/// `each` gets every chunk. Errors: `Invalid` when one lies beyond the end of a file of `len`
/// bytes, or when the chunks together are more than the file.
pub fn merged(tracks: &[&Samples], len: u64, mut each: impl FnMut(usize, Chunk) -> Result<()>) -> Result<()> {
    let mut heads = Vec::new();
    for samples in tracks {
        let mut chunks = samples.chunks();
        heads.push((chunks.next()?, chunks));
    }
    let mut total = 0u64;
    loop {
        let first =
            heads.iter().enumerate().filter_map(|(i, (head, _))| Some((head.as_ref()?.from, i))).min();
        let Some((_, i)) = first else { return Ok(()) };
        let Some((head, chunks)) = heads.get_mut(i) else { return Ok(()) };
        let Some(chunk) = head.take() else { return Ok(()) };
        *head = chunks.next()?;
        if chunk.size == 0 {
            each(i, Chunk { from: 0, size: 0 })?;
            continue;
        }
        if chunk.from.checked_add(chunk.size).is_none_or(|end| end > len) {
            return Err(cut_short());
        }
        total += chunk.size;
        if total > len {
            return Err(damaged("more frames than bytes"));
        }
        each(i, chunk)?;
    }
}

pub fn plan(tracks: &[&Samples], len: u64) -> Result<Plan> {
    let mut plan = Plan {
        places: tracks.iter().map(|t| Vec::with_capacity(t.places.len() / t.width)).collect(),
        size: 0,
    };
    merged(tracks, len, |i, chunk| {
        if let Some(places) = plan.places.get_mut(i) {
            places.push(plan.size);
        }
        plan.size += chunk.size;
        Ok(())
    })?;
    Ok(plan)
}
