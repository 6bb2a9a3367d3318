//! As much of the zip format as it takes to read one: the directory at its end, members that are stored or deflated, zip64.
//! <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use super::pack::{Member, NAME, damaged};
use crate::error::Result;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

/// 4.3.16: the end of the directory, and how far from the end of the file its comment may push it.
const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const COMMENT: u64 = 65_535;
/// 4.3.14 and 4.3.15
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";
const LOCATOR64_BYTES: usize = 20;
/// 4.3.12
const CENTRAL: &[u8] = b"PK\x01\x02";
const CENTRAL_BYTES: usize = 46;
/// 4.3.7
const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Each member, and where its header in the directory is.
///
/// Errors: `Invalid` for what is no whole zip.
pub fn each(file: &mut File, add: &mut dyn FnMut(&Member, u64) -> Result<()>) -> Result<()> {
    let (mut at, bytes) = directory(file)?;
    let end = at.checked_add(bytes).ok_or_else(damaged)?;
    file.seek(SeekFrom::Start(at))?;
    let mut from = BufReader::with_capacity(64 * 1024, file);
    while at < end {
        let Some(member) = header(&mut from)? else { break };
        add(&member, at)?;
        at = from.stream_position()?;
    }
    Ok(())
}

/// Where the directory is, and how long.
fn directory(file: &mut File) -> Result<(u64, u64)> {
    let length = file.seek(SeekFrom::End(0))?;
    let begin = length.saturating_sub(COMMENT + END_BYTES as u64);
    file.seek(SeekFrom::Start(begin))?;
    let mut tail = Vec::new();
    file.take(COMMENT + END_BYTES as u64).read_to_end(&mut tail)?;
    let place = tail.windows(END.len()).rposition(|w| w == END).filter(|at| tail.len() >= at + END_BYTES);
    let place = place.ok_or_else(damaged)?;
    let end = &tail[place..];
    let (bytes, at) = (u64::from(u32_at(end, 12)), u64::from(u32_at(end, 16)));
    let locator = place.checked_sub(LOCATOR64_BYTES).map(|from| &tail[from..place]);
    match locator.filter(|l| l.starts_with(LOCATOR64)) {
        Some(locator) => {
            let mut end64 = [0; 56];
            file.seek(SeekFrom::Start(u64_at(locator, 8)))?;
            file.read_exact(&mut end64).map_err(|e| damaged().because(e))?;
            if !end64.starts_with(END64) {
                return Err(damaged());
            }
            Ok((u64_at(&end64, 48), u64_at(&end64, 40)))
        }
        None => Ok((at, bytes)),
    }
}

/// The header in the directory that is here. `None`: there is none any more.
pub fn header(from: &mut dyn Read) -> Result<Option<Member>> {
    let mut fixed = [0; CENTRAL_BYTES];
    from.read_exact(&mut fixed).map_err(|e| damaged().because(e))?;
    if !fixed.starts_with(CENTRAL) {
        return Ok(None);
    }
    let sizes = [28, 30, 32].map(|at| usize::from(u16_at(&fixed, at)));
    let mut rest = vec![0; sizes.iter().sum()];
    from.read_exact(&mut rest).map_err(|e| damaged().because(e))?;
    let (name, extra) = (&rest[..sizes[0]], &rest[sizes[0]..sizes[0] + sizes[1]]);
    let (flags, method) = (u16_at(&fixed, 8), u16_at(&fixed, 10));
    let mut numbers = [24, 20, 42].map(|at| u64::from(u32_at(&fixed, at)));
    zip64(extra, &mut numbers)?;
    let [bytes, packed, at] = numbers;
    let name = String::from_utf8_lossy(name).into_owned();
    // Made on Unix, 4.4.2: then the file's mode is in there, and a link is not followed.
    let is_link = fixed[5] == 3 && u32_at(&fixed, 38) >> 28 == 0o12;
    let odd = flags & 1 != 0
        || !matches!(method, STORED | DEFLATED)
        || (method == STORED && bytes != packed)
        || name.ends_with('/')
        || name.len() > NAME
        || is_link;
    let name = name.trim_start_matches("./").trim_start_matches('/').to_owned();
    let crc = Some(u32_at(&fixed, 16));
    Ok(Some(Member { name, bytes, packed, at, deflated: method == DEFLATED, crc, odd }))
}

/// 4.5.3: the numbers that 32 bits did not hold, in this order.
fn zip64(mut extra: &[u8], numbers: &mut [u64; 3]) -> Result<()> {
    while extra.len() >= 4 {
        let (id, bytes) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let mut field = extra.get(4..4 + bytes).ok_or_else(damaged)?;
        if id == 1 {
            for number in numbers.iter_mut().filter(|n| **n == u64::from(u32::MAX)) {
                if field.len() < 8 {
                    return Err(damaged());
                }
                *number = u64_at(field, 0);
                field = &field[8..];
            }
        }
        extra = &extra[4 + bytes..];
    }
    Ok(())
}

/// Where the content of the member begins whose local header is at `at`.
pub fn content(file: &mut File, at: u64) -> Result<u64> {
    let mut fixed = [0; LOCAL_BYTES];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut fixed).map_err(|e| damaged().because(e))?;
    if !fixed.starts_with(LOCAL) {
        return Err(damaged());
    }
    let beside = u64::from(u16_at(&fixed, 26)) + u64::from(u16_at(&fixed, 28));
    at.checked_add(LOCAL_BYTES as u64 + beside).ok_or_else(damaged)
}

// All of them within a slice whose length was looked at.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
