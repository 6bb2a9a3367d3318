//! Whole files: what phones, browsers and music programs write, what is wrong with them, and what
//! somebody writes who means harm.
//!
//! In the fixtures everything that must not stay has "ecret" in it, but for the place.

use std::io::Cursor;

use super::{Container, Film, Kind, clean, sniff};
use crate::error::{self, Result};

const PHONE: &[u8] = include_bytes!("../../../tests/fixtures/media/unit_phone.mov");
const FRAGMENTS: &[u8] = include_bytes!("../../../tests/fixtures/media/unit_fragments.mp4");
const SONG: &[u8] = include_bytes!("../../../tests/fixtures/media/unit_song.m4a");
const WEBM: &[u8] = include_bytes!("../../../tests/fixtures/media/unit_film.webm");
const OPUS: &[u8] = include_bytes!("../../../tests/fixtures/media/unit_opus.ogg");
const MP3: &[u8] = include_bytes!("../../../tests/fixtures/media/unit_cover.mp3");

fn fixtures() -> Vec<Vec<u8>> {
    let files = [PHONE, FRAGMENTS, SONG, WEBM, OPUS, MP3];
    files.iter().map(|f| f.to_vec()).chain([wav(&[0; 64]), flac(), recorded()]).collect()
}

fn cleaned(file: &[u8]) -> Result<(Film, Vec<u8>)> {
    let mut out = Cursor::new(Vec::new());
    let film = clean(&mut Cursor::new(file), &mut out)?;
    let out = out.into_inner();
    assert_eq!(film.bytes, out.len() as u64);
    Ok((film, out))
}

fn refused(file: &[u8]) -> String {
    let e = cleaned(file).expect_err("must be refused");
    assert_eq!(e.kind, error::Kind::Invalid, "{e}");
    e.public
}

fn has(file: &[u8], what: &[u8]) -> bool {
    at(file, what).is_some()
}

fn at(file: &[u8], what: &[u8]) -> Option<usize> {
    file.windows(what.len()).position(|w| w == what)
}

/// WebM as a browser records it: segment and clusters without a length, no duration, no cues.
fn recorded() -> Vec<u8> {
    let mut file = WEBM.to_vec();
    for id in [[0x18, 0x53, 0x80, 0x67], [0x1F, 0x43, 0xB6, 0x75]] {
        let mut from = 0;
        while let Some(found) = at(&file[from..], &id) {
            let size = from + found + 4;
            let width = file[size].leading_zeros() as usize + 1;
            file[size..size + width].fill(0xFF);
            file[size] = 0xFF >> (width - 1);
            from = size + 4;
        }
    }
    let duration = at(&file, &[0x44, 0x89, 0x88]).unwrap();
    file[duration + 3..duration + 11].fill(0);
    file
}

fn wav(samples: &[u8]) -> Vec<u8> {
    let mut file = b"RIFF\0\0\0\0WAVELIST\x08\0\0\0ecret!!\0fmt \x10\0\0\0\x01\0\x02\0\x80\xBB\0\0\0\xEE\x02\0\x04\0\x10\0data".to_vec();
    file.extend((samples.len() as u32).to_le_bytes());
    file.extend(samples);
    file.extend(b"LIST\x06\0\0\0ecret\0");
    let size = file.len() as u32 - 8;
    file[4..8].copy_from_slice(&size.to_le_bytes());
    file
}

/// Two frames of 192 samples of silence, with comments and a picture.
fn flac() -> Vec<u8> {
    let mut file = b"fLaC\0\0\0\x22\0\xC0\0\xC0\0\0\0\0\0\0\x0A\xC4\x40\xF0\0\0\x01\x80".to_vec();
    file.extend([0; 16]);
    file.extend(b"\x04\0\0\x08ecret!!!");
    let picture = b"\0\0\0\x03\0\0\0\x0Aimage/jpeg\0\0\0\x05ecret\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x04\xFF\xD8\xFF\xE0";
    file.extend([0x86, 0, 0, picture.len() as u8]);
    file.extend(picture);
    for number in 0..2 {
        let mut frame = vec![0xFF, 0xF8, 0x19, 0x08, number];
        frame.push(super::crc::flac8(&frame));
        // A constant for the one channel.
        frame.extend([0, 0, 0]);
        frame.extend(super::crc::flac16(&frame).to_be_bytes());
        file.extend(frame);
    }
    file
}

fn boxed(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), name.as_slice(), body].concat()
}

#[test]
fn nothing_of_whom_or_where_is_left() {
    for file in fixtures() {
        assert!(has(&file, b"ecret"), "the fixture is of no use");
        let (_, out) = cleaned(&file).unwrap();
        for word in [&b"ecret"[..], b"+56.9496", b"Lavf", b"tmcd", b"udta", b"VideoHandler"] {
            assert!(!has(&out, word), "{} is left", word.escape_ascii());
        }
    }
}

#[test]
fn a_clean_file_stays_as_it_is() {
    for file in fixtures() {
        let (film, once) = cleaned(&file).unwrap();
        let (again, twice) = cleaned(&once).unwrap();
        assert_eq!(Film { poster: None, ..film }, again);
        assert!(once == twice, "{} changed", film.mime);
    }
}

#[test]
fn a_film_of_a_phone_is_upright_and_plays_at_once() {
    let (film, out) = cleaned(PHONE).unwrap();
    assert_eq!((film.mime, film.ext, film.kind), ("video/mp4", "mp4", Kind::Video));
    assert_eq!((film.width, film.height), (48, 64));
    assert_eq!((film.duration, film.frame_rate), (0.5, Some((30, 1))));
    assert_eq!(
        (film.video_codec.as_deref(), film.audio_codec.as_deref(), film.sound),
        (Some("h264"), Some("aac"), true)
    );
    assert!(at(&out, b"moov") < at(&out, b"mdat"));
    assert!(!has(&out, b"wave"), "Chrome wants QuickTime's sound description as MP4 has it");
    assert!(!has(&out, b"qt  "));
}

#[test]
fn the_frames_are_those_that_were_there() {
    for file in [PHONE, SONG] {
        let data = |file: &[u8]| {
            let start = at(file, b"mdat").unwrap() - 4;
            let size = u32::from_be_bytes(file[start..start + 4].try_into().unwrap()) as usize;
            file[start + 8..start + size].to_vec()
        };
        let (before, after) = (data(file), data(&cleaned(file).unwrap().1));
        let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        // Only the four bytes of the time code are left out.
        let left_out = before.len() - after.len();
        assert_eq!(left_out, if file == PHONE { 4 } else { 0 });
        assert!(before[same + left_out..] == after[same..]);
    }
}

#[test]
fn fragments_have_their_length_in_front() {
    let (film, out) = cleaned(FRAGMENTS).unwrap();
    assert_eq!((film.mime, film.frame_rate), ("video/mp4", Some((30000, 1001))));
    assert!((0.8..0.9).contains(&film.duration), "{}", film.duration);
    assert!(has(&out, b"mehd"));
    assert_eq!(
        out.windows(4).filter(|w| w == b"moof").count(),
        FRAGMENTS.windows(4).filter(|w| w == b"moof").count()
    );
}

#[test]
fn the_cover_of_a_song_is_its_poster() {
    for (file, mime) in [(SONG, "audio/mp4"), (MP3, "audio/mpeg"), (OPUS, "audio/ogg")] {
        let (film, _) = cleaned(file).unwrap();
        assert_eq!((film.mime, film.kind, film.width), (mime, Kind::Audio, 0));
        assert_eq!(film.poster.unwrap().len(), 632);
        assert!((film.duration - 2.0 / 3.0).abs() < 0.001, "{mime} {}", film.duration);
    }
    let (film, _) = cleaned(&flac()).unwrap();
    assert_eq!((film.mime, film.poster.as_deref()), ("audio/flac", Some(&b"\xFF\xD8\xFF\xE0"[..])));
}

#[test]
fn a_webm_that_a_browser_recorded_gets_its_length() {
    let (whole, _) = cleaned(WEBM).unwrap();
    assert_eq!(
        (whole.mime, whole.width, whole.height, whole.frame_rate),
        ("video/webm", 48, 64, Some((30, 1)))
    );
    assert_eq!((whole.video_codec.as_deref(), whole.audio_codec.as_deref()), (Some("vp8"), Some("vorbis")));
    let (film, out) = cleaned(&recorded()).unwrap();
    assert!((film.duration - whole.duration).abs() < 0.05, "{}", film.duration);
    assert!(has(&out, &[0x1C, 0x53, 0xBB, 0x6B]), "no cues");
}

#[test]
fn a_wav_of_a_recorder_that_never_knew_its_size() {
    let mut file = wav(&[7; 4800]);
    file.truncate(file.len() - 14);
    let (film, out) = cleaned(&file).unwrap();
    assert_eq!((film.duration, film.audio_codec.as_deref()), (0.025, Some("pcm_s16le")));
    let data = at(&file, b"data").unwrap() + 4;
    for unknown in [[0xFF; 4], [0; 4]] {
        file[4..8].copy_from_slice(&unknown);
        file[data..data + 4].copy_from_slice(&unknown);
        let (again, repaired) = cleaned(&file).unwrap();
        assert_eq!((again, repaired), (film.clone(), out.clone()));
    }
    file[data..data + 4].copy_from_slice(&4804u32.to_le_bytes());
    assert!(refused(&file).contains("cut short"));
}

#[test]
fn an_mp3_is_found_between_its_tags() {
    let (film, out) = cleaned(MP3).unwrap();
    let ape = b"APETAGEX\xD0\x07\0\0\x20\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0\0\0\0\0ecret".to_vec();
    let junk = [b"ID3\x04\0\0\0\0\0\0", b"ecret ".repeat(1000).as_slice(), &out, &ape, b"ecret"].concat();
    let half = [&out[..out.len() - 20], b"TAGecret".as_slice(), &[b' '; 120]].concat();
    assert!(!has(&cleaned(&half).unwrap().1, b"ecret"));
    assert_eq!(cleaned(&junk).unwrap(), (Film { poster: None, ..film }, out.clone()));
    assert!(out.starts_with(&[0xFF]) && has(&out, b"LAME\0\0\0\0\0"));
    assert!(refused(&out[..out.len() / 2]).contains("cut short"));
}

#[test]
fn what_is_cut_short_is_refused() {
    for file in [PHONE, FRAGMENTS, SONG, WEBM, OPUS] {
        for part in [2, 3, 5] {
            refused(&file[..file.len() - file.len() / part]);
        }
        refused(&file[..20]);
    }
    let file = flac();
    refused(&file[..file.len() - 1]);
    refused(&file[..file.len() - 11]);
}

#[test]
fn a_film_that_browsers_cannot_play_is_refused_with_its_codec() {
    let mut file = PHONE.to_vec();
    let codec = at(&file, b"avc1").unwrap();
    file[codec..codec + 4].copy_from_slice(b"apcn");
    assert_eq!(refused(&file), "Validation failed: File has video as prores, which browsers cannot play");
    assert!(refused(b"\xFF\xF1\x50\x80\x02\x1F\xFC\x21\x1B\x93\x7D\xE7").contains("AAC"));
    assert!(refused(b"OggS\0\x02").contains("no sound that is known"));
}

#[test]
fn pictures_and_text_are_no_films() {
    let known: &[&[u8]] = &[PHONE, FRAGMENTS, SONG, WEBM, OPUS, MP3];
    assert!(known.iter().all(|file| sniff(file).is_some()));
    assert_eq!(sniff(b"\0\0\0\x1Cftypqt  \0\0\0\0"), Some(Container::Mp4));
    for other in [
        &b"\0\0\0\x1Cftypavif\0\0\0\0"[..],
        b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01",
        b"\x89PNG\r\n\x1a\n\0\0\0\x0D",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\xFF\xFEh\0e\0l\0l\0o\0",
        b"<!DOCTYPE html>",
        b"GIF89a\0\0\0\0\0\0",
        b"",
    ] {
        assert_eq!(sniff(other), None);
    }
}

/// A description of one sound track whose tables are `stbl`.
fn film_of(stbl: &[u8], tracks: usize) -> Vec<u8> {
    let hdlr = boxed(b"hdlr", b"\0\0\0\0\0\0\0\0soun\0\0\0\0\0\0\0\0\0\0\0\0\0");
    let mdhd = boxed(b"mdhd", &[[0; 12].as_slice(), &[0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0]].concat());
    let mdia = boxed(b"mdia", &[mdhd, hdlr, boxed(b"minf", &boxed(b"stbl", stbl))].concat());
    let mut tkhd = vec![0; 84];
    tkhd[15] = 1;
    let trak = boxed(b"trak", &[boxed(b"tkhd", &tkhd), mdia].concat());
    let mvhd = boxed(b"mvhd", &[[0; 12].as_slice(), &[0, 0, 0, 100], &[0; 84]].concat());
    [
        boxed(b"ftyp", b"isom\0\0\0\0"),
        boxed(b"moov", &[mvhd, trak.repeat(tracks)].concat()),
        boxed(b"mdat", &[1; 100]),
    ]
    .concat()
}

fn tables(stts: &[u32], stsz: &[u32], stsc: &[u32], stco: &[u32]) -> Vec<u8> {
    let start = at(SONG, b"stsd").unwrap() - 4;
    let size = u32::from_be_bytes(SONG[start..start + 4].try_into().unwrap()) as usize;
    let mut out = SONG[start..start + size].to_vec();
    for (name, words) in [(b"stts", stts), (b"stsz", stsz), (b"stsc", stsc), (b"stco", stco)] {
        let words = words.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<_>>();
        out.extend(boxed(name, &[[0; 4].as_slice(), &words].concat()));
    }
    out
}

#[test]
fn a_small_film_of_our_own_is_well() {
    let place = film_of(&tables(&[1, 10, 5], &[10, 10], &[1, 1, 10, 1], &[1, 0]), 1).len() as u32 - 100;
    let (film, out) =
        cleaned(&film_of(&tables(&[1, 10, 5], &[10, 10], &[1, 1, 10, 1], &[1, place]), 1)).unwrap();
    assert_eq!(film.duration, 0.5);
    assert!(out.ends_with(&[1; 100]));
}

#[test]
fn numbers_that_cannot_be_true_are_refused_quickly() {
    let begun = std::time::Instant::now();
    let most = u32::MAX;
    for stbl in [
        tables(&[most, 10, 5], &[10, 10], &[1, 1, 10, 1], &[1, 0]),
        tables(&[1, 10, 5], &[0, most], &[1, 1, 10, 1], &[1, 0]),
        tables(&[1, most, most], &[1, most], &[1, 1, most, 1], &[1, 0]),
        tables(&[1, 10, 5], &[10, 10], &[most, 1, 10, 1], &[1, 0]),
        tables(&[1, 10, 5], &[10, 10], &[1, 1, 10, 1], &[most, 0]),
        tables(&[1, 10, 5], &[10, 10], &[1, 1, 10, 1], &[1, most - 10]),
        tables(
            &[1, 20, 5],
            &[100, 20],
            &[1, 1, 1, 1],
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ),
        tables(&[1, 10, most], &[10, 10], &[1, 1, 9, 1], &[1, 0]),
        tables(&[1, 10, 5], &[10, 10], &[1, 1, 10, 77], &[1, 0]),
        tables(&[0], &[0, 0], &[0], &[0]),
    ] {
        refused(&film_of(&stbl, 1));
    }
    refused(&film_of(&tables(&[1, 10, 5], &[10, 10], &[1, 1, 10, 1], &[1, 0]), 100_000));

    // Two runs that together have more bytes than a number can say.
    let word = |n: u32| n.to_be_bytes();
    let trun = boxed(b"trun", &[word(1), word(most), word(0)].concat());
    let tfhd = boxed(b"tfhd", &[word(0x2_0010), word(1), word(most)].concat());
    let moof = boxed(b"moof", &boxed(b"traf", &[tfhd, trun.repeat(3)].concat()));
    refused(&[film_of(&tables(&[0], &[0, 0], &[0], &[0]), 1), moof].concat());

    let mut deep = Vec::new();
    for _ in 0..1000 {
        deep = boxed(b"moov", &deep);
    }
    refused(&[boxed(b"ftyp", b"isom\0\0\0\0"), deep].concat());
    refused(&boxed(b"free", &[]).repeat(1_000_000));
    refused(&[&WEBM[..40], &[0x1F, 0x43, 0xB6, 0x75, 0xFF].repeat(1_000_000)].concat());
    refused(&[b"fLaC".as_slice(), &[1, 0, 0, 0].repeat(1_000_000)].concat());
    refused(&b"ID3\x04\0\0\0\0\0\0".repeat(1_000_000));
    // Unoptimised, and on a busy machine.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn no_damage_does_harm() {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let most = |file: &[u8]| file.len() * 5 + 4096;
    for file in fixtures() {
        for _ in 0..250 {
            let mut bad = file.clone();
            // Tables stand in front or at the end; frames are of little interest.
            for _ in 0..1 + random(4) {
                let place = if random(2) == 0 { random(bad.len()) } else { random(bad.len().min(600)) };
                bad[place] = [0, 1, 0x7F, 0x80, 0xFF, random(256) as u8][random(6)];
            }
            if random(3) == 0 {
                bad.truncate(random(bad.len()));
            }
            match cleaned(&bad) {
                Ok((_, out)) => assert!(out.len() <= most(&bad)),
                Err(e) => assert_eq!(e.kind, error::Kind::Invalid, "{e}"),
            }
        }
        for end in (0..file.len()).step_by(file.len() / 100 + 1) {
            let _ = cleaned(&file[..end]);
        }
    }
}

#[test]
fn a_full_disk_is_not_the_fault_of_the_file() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    impl std::io::Seek for Full {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
    for file in fixtures() {
        let e = clean(&mut Cursor::new(file), &mut Full).expect_err("nothing can be written");
        assert_eq!(e.kind, error::Kind::NoSpace);
    }
}
