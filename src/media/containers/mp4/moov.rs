//! Writes a film's description from what was kept of it: no names, no dates, no places.

use super::boxes::{Words, put, put_bytes};
use super::fragments::Defaults;
use super::track::Track;
use crate::media::containers::Kind;

/// Everything a description says beside its tracks.
pub struct Movie<'m> {
    /// Ticks a second.
    pub timescale: u32,
    /// In these ticks, for each track.
    pub durations: &'m [u64],
    /// Of the fragments; empty when there are none.
    pub defaults: &'m [Defaults],
    /// The whole film in ticks, when it is in fragments.
    pub fragmented: u64,
    /// New places of all chunks, for each track.
    pub places: &'m [Vec<u64>],
    /// The places need 64 bits.
    pub wide: bool,
}

const UPRIGHT: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

pub fn ftyp(kind: Kind, fragmented: bool) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, b"ftyp", |out| match kind {
        Kind::Video => {
            out.extend(b"isom\0\0\x02\0isomiso2avc1mp41");
            if fragmented {
                out.extend(b"iso6");
            }
        }
        Kind::Audio => out.extend(b"M4A \0\0\x02\0M4A isomiso2mp42"),
    });
    out
}

impl Movie<'_> {
    /// The `moov` box, with `base` added to all places.
    pub fn write(&self, tracks: &[Track], base: u64) -> Vec<u8> {
        // The tables are nearly all of it.
        let tables =
            tracks.iter().flat_map(|t| &t.samples.kept).map(|(_, body)| body.len() + 8).sum::<usize>();
        let places = self.places.iter().map(|p| p.len() * if self.wide { 8 } else { 4 }).sum::<usize>();
        let mut out = Vec::with_capacity(tables + places + (4 << 10));
        put(&mut out, b"moov", |out| {
            let duration = self.durations.iter().copied().max().unwrap_or(0);
            put(out, b"mvhd", |out| {
                out.u32(0x0100_0000);
                out.u64(0);
                out.u64(0);
                out.u32(self.timescale);
                out.u64(duration);
                out.u32(0x1_0000);
                out.u16(0x100);
                out.extend([0; 10]);
                UPRIGHT.iter().for_each(|n| out.u32(*n));
                out.extend([0; 24]);
                out.u32(tracks.iter().map(|t| t.id).max().unwrap_or(0).saturating_add(1));
            });
            for (i, track) in tracks.iter().enumerate() {
                let duration = self.durations.get(i).copied().unwrap_or(0);
                let places = self.places.get(i).map_or(&[] as &[u64], Vec::as_slice);
                put(out, b"trak", |out| self.track(out, track, duration, places, base));
            }
            if !self.defaults.is_empty() {
                put(out, b"mvex", |out| self.extends(out));
            }
        });
        out
    }

    fn extends(&self, out: &mut Vec<u8>) {
        put(out, b"mehd", |out| {
            out.u32(0x0100_0000);
            out.u64(self.fragmented);
        });
        for d in self.defaults {
            put(out, b"trex", |out| {
                [0, d.track, d.entry, d.duration, d.size, d.flags].iter().for_each(|n| out.u32(*n))
            });
        }
    }

    fn track(&self, out: &mut Vec<u8>, track: &Track, duration: u64, places: &[u64], base: u64) {
        put(out, b"tkhd", |out| {
            // Enabled, in the film, in previews.
            out.u32(0x0100_0007);
            out.u64(0);
            out.u64(0);
            out.u32(track.id);
            out.u32(0);
            out.u64(duration);
            out.u64(0);
            out.u16(track.layer);
            out.u16(track.group);
            out.u16(track.volume);
            out.u16(0);
            track.matrix.iter().for_each(|n| out.u32(*n));
            out.u32(track.width);
            out.u32(track.height);
        });
        if let Some(edits) = &track.edits {
            put(out, b"edts", |out| put_bytes(out, b"elst", edits.body));
        }
        put(out, b"mdia", |out| {
            put(out, b"mdhd", |out| {
                out.u32(0x0100_0000);
                out.u64(0);
                out.u64(0);
                out.u32(track.timescale);
                out.u64(track.samples.ticks);
                out.u16(track.language);
                out.u16(0);
            });
            put(out, b"hdlr", |out| {
                out.u64(0);
                out.extend(if track.kind == Kind::Video { b"vide" } else { b"soun" });
                out.extend([0; 13]);
            });
            put(out, b"minf", |out| self.information(out, track, places, base));
        });
    }

    fn information(&self, out: &mut Vec<u8>, track: &Track, places: &[u64], base: u64) {
        match track.kind {
            Kind::Video => put_bytes(out, b"vmhd", &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            Kind::Audio => put_bytes(out, b"smhd", &[0; 8]),
        }
        put(out, b"dinf", |out| {
            put(out, b"dref", |out| {
                out.u32(0);
                out.u32(1);
                // The data is in this very file.
                put_bytes(out, b"url ", &[0, 0, 0, 1]);
            });
        });
        put(out, b"stbl", |out| {
            put(out, b"stsd", |out| {
                out.u32(0);
                out.u32(track.entries.len() as u32);
                track.entries.iter().for_each(|entry| out.extend(&entry.bytes));
            });
            for (name, body) in &track.samples.kept {
                put_bytes(out, name, body);
            }
            put(out, if self.wide { b"co64" } else { b"stco" }, |out| {
                out.u32(0);
                out.u32(places.len() as u32);
                for place in places {
                    if self.wide {
                        out.u64(place + base);
                    } else {
                        out.u32((place + base) as u32);
                    }
                }
            });
        });
    }
}
