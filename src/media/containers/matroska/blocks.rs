//! Clusters and their blocks, copied; and the cues to them. RFC 9559, sections 5.1.3 and 5.1.5.

use super::ebml::{Head, head, number};
use super::*;
use crate::media::containers::bytes::Bytes;

const SEEK: u32 = 0x4DBB;
const SEEK_ID: u32 = 0x53AB;
const SEEK_POSITION: u32 = 0x53AC;
const VOID: u32 = 0xEC;
const BLOCK: u32 = 0xA1;
const REFERENCE: u32 = 0xFB;
/// BlockDuration, DiscardPadding, BlockAdditions (the alpha channel).
const OF_GROUP: &[u32] = &[BLOCK, REFERENCE, 0x9B, 0x75A2, 0x75A1];

/// More cues than anybody seeks to; the rest of such a film is found from the last.
const MAX_CUES: usize = 1 << 16;
/// Three entries of at most 21 bytes, and room.
const SEEK_ROOM: usize = 96;

pub struct Blocks {
    tracks: Vec<Track>,
    /// Where the segment's body begins in the clean file.
    segment: u64,
    /// Where its duration is to be written.
    duration: u64,
    /// Info and Tracks, from the segment's body.
    places: [u64; 2],
    time: Option<u64>,
    /// The cluster that is being written begins here.
    open: Option<u64>,
    /// It has its cue already.
    cued: bool,
    cues: Vec<(u64, u64)>,
    /// After the last block, in ticks.
    end: u64,
    scale: u64,
    frames: u64,
    blocks: Vec<u64>,
}

impl Blocks {
    /// Writes everything that stands before the clusters.
    pub fn begin(tracks: Vec<Track>, scale: u64, out: &mut Sink) -> Result<Blocks> {
        let mut bytes = Vec::new();
        let mut ebml = Vec::new();
        for (id, n) in [(0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8)] {
            put_unsigned(&mut ebml, id, n);
        }
        put(&mut ebml, DOC_TYPE, b"webm");
        put_unsigned(&mut ebml, 0x4287, 4);
        put_unsigned(&mut ebml, 0x4285, 2);
        put(&mut bytes, EBML, &ebml);
        put_id(&mut bytes, SEGMENT);
        bytes.extend(long_size(0));
        let segment = bytes.len() as u64;
        put(&mut bytes, VOID, &[0; SEEK_ROOM - 2]);

        let info_at = bytes.len() as u64 - segment;
        let mut info = Vec::new();
        put_unsigned(&mut info, TIMESTAMP_SCALE, scale);
        put(&mut info, 0x4D80, b"taure");
        put(&mut info, 0x5741, b"taure");
        put(&mut info, DURATION, &[0; 8]);
        put(&mut bytes, INFO, &info);
        let duration = bytes.len() as u64 - 8;

        let tracks_at = bytes.len() as u64 - segment;
        let entries = tracks.iter().flat_map(|t| &t.bytes).copied().collect::<Vec<_>>();
        put(&mut bytes, TRACKS, &entries);
        out.put(&bytes)?;
        let blocks = vec![0; tracks.len()];
        Ok(Blocks {
            tracks,
            segment,
            duration,
            places: [info_at, tracks_at],
            time: None,
            open: None,
            cued: false,
            cues: Vec::new(),
            end: 0,
            scale,
            frames: 0,
            blocks,
        })
    }

    /// Another cluster begins.
    pub fn cluster(&mut self) {
        self.time = None;
    }

    /// It begins at this tick.
    pub fn time(&mut self, ticks: u64) -> Result<()> {
        // As many as 300 years of nanoseconds.
        if ticks >> 63 != 0 || self.time.is_some() {
            return Err(damaged("a time"));
        }
        self.time = Some(ticks);
        Ok(())
    }

    /// Copies a SimpleBlock that ends at `end`, if its track is kept.
    pub fn simple(&mut self, src: &mut Source, out: &mut Sink, end: u64) -> Result<()> {
        let start = src.pos();
        let Some((track, ticks, flags)) = self.block(src, end)? else { return Ok(()) };
        self.write(src, out, track, ticks, flags & 0x80 != 0, SIMPLE_BLOCK, &[(start, end)])
    }

    /// Copies what is known in a BlockGroup that ends at `end`, if its track is kept.
    pub fn group(&mut self, src: &mut Source, out: &mut Sink, end: u64) -> Result<()> {
        let mut parts: Vec<(u64, u64)> = Vec::new();
        let mut block = None;
        let mut key = true;
        while src.pos() < end {
            let part: Head = head(src)?;
            let after = part.end(src)?;
            if after > end || parts.len() >= 16 {
                return Err(damaged("a block"));
            }
            if OF_GROUP.contains(&part.id) {
                parts.push((part.start, after));
            }
            key &= part.id != REFERENCE;
            if part.id == BLOCK {
                block = self.block(src, after)?;
                if block.is_none() {
                    return Ok(());
                }
            }
            src.seek(after)?;
        }
        let Some((track, ticks, _)) = block else { return Ok(()) };
        self.write(src, out, track, ticks, key, BLOCK_GROUP, &parts)
    }

    /// Reads a block's head: which of our tracks, when, flags.
    fn block(&mut self, src: &mut Source, end: u64) -> Result<Option<(usize, u64, u8)>> {
        let size = usize::try_from(end - src.pos()).unwrap_or(usize::MAX).min(12);
        let bytes = src.peek(size)?;
        let mut b = Bytes(&bytes);
        let of = number(&mut b)?;
        let after = i64::from(b.u16()? as i16);
        let flags = b.u8()?;
        let Some(track) = self.tracks.iter().position(|t| Some(t.number) == of) else { return Ok(None) };
        let time = self.time.ok_or_else(|| damaged("a cluster without a time"))?;
        Ok(Some((track, time.saturating_add_signed(after), flags)))
    }

    #[expect(clippy::too_many_arguments, reason = "all of them are of one block")]
    fn write(
        &mut self,
        src: &mut Source,
        out: &mut Sink,
        track: usize,
        ticks: u64,
        key: bool,
        id: u32,
        parts: &[(u64, u64)],
    ) -> Result<()> {
        if self.time.is_some() && self.open.is_none() {
            self.open(out)?;
        }
        let video = self.tracks.iter().any(|t| t.kind == Kind::Video);
        let (kind, frame) =
            self.tracks.get(track).map_or((Kind::Audio, 0), |t| (t.kind, t.frame / self.scale));
        if let Some(count) = self.blocks.get_mut(track) {
            *count += 1;
        }
        self.frames += u64::from(kind == Kind::Video);
        self.end = self.end.max(ticks.saturating_add(frame));
        let wanted = if video { kind == Kind::Video && key } else { true };
        if wanted && !self.cued && self.cues.len() < MAX_CUES {
            self.cued = true;
            self.cues.push((ticks, self.open.unwrap_or(self.segment) - self.segment));
        }
        let mut bytes = Vec::new();
        put_id(&mut bytes, id);
        bytes.extend(long_size(parts.iter().map(|(start, end)| end - start).sum()));
        out.put(&bytes)?;
        for (start, end) in parts {
            src.seek(*start)?;
            src.copy(end - start, out)?;
        }
        Ok(())
    }

    fn open(&mut self, out: &mut Sink) -> Result<()> {
        let start = out.pos();
        let mut bytes = Vec::new();
        put_id(&mut bytes, CLUSTER);
        bytes.extend(long_size(0));
        put_unsigned(&mut bytes, TIMESTAMP, self.time.unwrap_or(0));
        out.put(&bytes)?;
        self.open = Some(start);
        self.cued = false;
        Ok(())
    }

    /// Writes the length of the cluster that is open.
    pub fn close(&mut self, out: &mut Sink) -> Result<()> {
        if let Some(start) = self.open.take() {
            out.patch(start + 4, &long_size(out.pos() - start - 12))?;
        }
        Ok(())
    }

    /// Writes the cues and what can be said only now: the tracks, ticks of the film, its pictures.
    pub fn finish(mut self, out: &mut Sink, said: f64) -> Result<(Vec<Track>, f64, u64)> {
        self.close(out)?;
        if self.blocks.iter().all(|count| *count == 0) {
            return Err(refuse("has nothing to play in it"));
        }
        let counted = self.end as f64;
        // What is said is more exact by the last frame; half an hour is no last frame.
        let close = said > 0.0 && (said - counted).abs() * self.scale as f64 <= 10e9;
        let ticks = if close { said } else { counted };
        out.patch(self.duration, &ticks.to_be_bytes())?;

        let cues_at = out.pos() - self.segment;
        let about = self
            .tracks
            .iter()
            .find(|t| t.kind == Kind::Video)
            .or(self.tracks.first())
            .map_or(1, |t| t.number);
        let mut cues = Vec::new();
        for (time, cluster) in &self.cues {
            let (mut place, mut point) = (Vec::new(), Vec::new());
            put_unsigned(&mut place, 0xF7, about);
            put_unsigned(&mut place, 0xF1, *cluster);
            put_unsigned(&mut point, 0xB3, *time);
            put(&mut point, 0xB7, &place);
            put(&mut cues, 0xBB, &point);
        }
        if !cues.is_empty() {
            let mut bytes = Vec::new();
            put(&mut bytes, CUES, &cues);
            out.put(&bytes)?;
        }
        let mut seeks = Vec::new();
        for (id, at) in [(INFO, self.places[0]), (TRACKS, self.places[1]), (CUES, cues_at)] {
            if id != CUES || !cues.is_empty() {
                let (mut name, mut seek) = (Vec::new(), Vec::new());
                put_id(&mut name, id);
                put(&mut seek, SEEK_ID, &name);
                put_unsigned(&mut seek, SEEK_POSITION, at);
                put(&mut seeks, SEEK, &seek);
            }
        }
        let mut bytes = Vec::new();
        put(&mut bytes, SEEK_HEAD, &seeks);
        let void = SEEK_ROOM.saturating_sub(bytes.len() + 2);
        put(&mut bytes, VOID, &vec![0; void]);
        if bytes.len() == SEEK_ROOM {
            out.patch(self.segment, &bytes)?;
        }
        out.patch(self.segment - 8, &long_size(out.pos() - self.segment))?;
        Ok((self.tracks, ticks, self.frames))
    }
}
