//! As much of the ustar format as a backup needs: plain files with short names, one after the other, so that any `tar`
//! can look into it. <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06>
//!
//! Anything else in an archive is refused: links, folders, devices, and names longer than ours.

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

pub const BLOCK: usize = 512;
/// Where the fields of a header are.
const SIZE: std::ops::Range<usize> = 124..136;
const SUM: std::ops::Range<usize> = 148..156;
const KIND: usize = 156;

/// What a file is while it is written or read: how long, and its SHA-256 in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub bytes: u64,
    pub sha256: String,
}

/// Writes one file: `fill` writes its content, which must be of the size that was said.
pub fn add(
    out: &mut dyn Write,
    name: &str,
    bytes: u64,
    time: i64,
    fill: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
) -> Result<Sum> {
    out.write_all(&header(name, bytes, time)?)?;
    let mut summing = Summing::into(out);
    fill(&mut summing)?;
    let sum = summing.sum();
    if sum.bytes != bytes {
        return Err(Error::invalid(format!("{name} changed while it was read; try again")));
    }
    out.write_all(&[0; BLOCK][..padding(bytes)])?;
    Ok(sum)
}

/// The end of an archive.
pub fn end(out: &mut dyn Write) -> Result<()> {
    Ok(out.write_all(&[0; 2 * BLOCK])?)
}

/// The name and the size of the next file; `None` at the end of the archive.
///
/// Errors: what is there is no header of ours.
pub fn next(input: &mut dyn Read) -> Result<Option<(String, u64)>> {
    let mut block = [0; BLOCK];
    input.read_exact(&mut block).map_err(unreadable)?;
    if block == [0; BLOCK] {
        return Ok(None);
    }
    let wrong = || Error::invalid("it is no backup of Taure, or it is damaged");
    let told = octal(&block[SUM]).ok_or_else(wrong)?;
    if told != checksum(&block) || &block[257..262] != b"ustar" {
        return Err(wrong());
    }
    let text = |field: &[u8]| {
        let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
        std::str::from_utf8(&field[..end]).map(str::to_owned).map_err(|_| wrong())
    };
    let name = text(&block[..100])?;
    if !matches!(block[KIND], b'0' | 0) || block[345..500] != [0; 155] {
        return Err(Error::invalid(format!(
            "{name:?} is no plain file; no backup of Taure has such a thing"
        )));
    }
    Ok(Some((name, size(&block[SIZE]).ok_or_else(wrong)?)))
}

/// A header of anybody's making.
#[derive(Debug)]
pub struct Header {
    pub name: String,
    pub bytes: u64,
    pub kind: u8,
}

/// The next header, whatever it is of; `None` at the end of the archive.
///
/// Errors: what is there is no header.
pub fn any(input: &mut dyn Read) -> Result<Option<Header>> {
    let mut block = [0; BLOCK];
    input.read_exact(&mut block).map_err(unreadable)?;
    if block == [0; BLOCK] {
        return Ok(None);
    }
    let wrong = || Error::invalid("it is no archive, or it is damaged");
    if octal(&block[SUM]) != Some(checksum(&block)) || &block[257..262] != b"ustar" {
        return Err(wrong());
    }
    let text = |field: &[u8]| {
        let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
        String::from_utf8_lossy(&field[..end]).into_owned()
    };
    // The folders of a long name; GNU's own form has other things there.
    let prefix = if &block[257..263] == b"ustar\0" { text(&block[345..500]) } else { String::new() };
    let name = text(&block[..100]);
    let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
    Ok(Some(Header { name, bytes: size(&block[SIZE]).ok_or_else(wrong)?, kind: block[KIND] }))
}

/// Reads the content of a file into `sink`.
pub fn content(input: &mut dyn Read, bytes: u64, sink: &mut dyn Write) -> Result<Sum> {
    let mut summing = Summing::into(sink);
    pump(&mut input.take(bytes), &mut summing)?;
    let sum = summing.sum();
    if sum.bytes != bytes {
        return Err(unreadable(io::ErrorKind::UnexpectedEof.into()));
    }
    input.read_exact(&mut [0; BLOCK][..padding(bytes)]).map_err(unreadable)?;
    Ok(sum)
}

/// Reads to the end, where nothing but zeros may be.
pub fn rest(input: &mut dyn Read) -> Result<()> {
    let mut buffer = [0; BLOCK];
    loop {
        match input.read(&mut buffer).map_err(unreadable)? {
            0 => return Ok(()),
            n if buffer[..n].iter().all(|b| *b == 0) => (),
            _ => return Err(Error::invalid("something was added at its end")),
        }
    }
}

/// All of it, in large pieces.
pub fn pump(from: &mut dyn Read, to: &mut dyn Write) -> Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer).map_err(unreadable)? {
            0 => return Ok(()),
            n => to.write_all(&buffer[..n])?,
        }
    }
}

/// What is wrong with the file, for its owner; what is wrong with the disk stays that.
pub fn unreadable(e: io::Error) -> Error {
    match e.kind() {
        io::ErrorKind::UnexpectedEof => Error::invalid("it ends too early"),
        io::ErrorKind::InvalidData => Error::invalid(e.to_string()),
        _ => e.into(),
    }
}

/// Writes on, and takes the sum of it.
pub struct Summing<'a> {
    out: &'a mut dyn Write,
    hash: Sha256,
    bytes: u64,
}

impl Summing<'_> {
    pub fn into(out: &mut dyn Write) -> Summing<'_> {
        Summing { out, hash: Sha256::new(), bytes: 0 }
    }

    pub fn sum(self) -> Sum {
        let sha256 = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Sum { bytes: self.bytes, sha256 }
    }
}

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn header(name: &str, bytes: u64, time: i64) -> Result<[u8; BLOCK]> {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
    if name.len() >= 100 {
        return Err(Error::internal(format!("{name} is too long a name")));
    }
    put(0, name.as_bytes());
    put(100, b"0000600\0");
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    match bytes < 1 << 33 {
        true => put(SIZE.start, format!("{bytes:011o}\0").as_bytes()),
        // As GNU tar writes what eleven octal digits cannot say.
        false => {
            put(SIZE.start, &[0x80, 0, 0, 0]);
            put(SIZE.start + 4, &bytes.to_be_bytes());
        }
    }
    put(136, format!("{:011o}\0", time.clamp(0, (1 << 33) - 1)).as_bytes());
    put(KIND, b"0");
    put(257, b"ustar\x0000");
    let sum = format!("{:06o}\0 ", checksum(&block));
    block[SUM].copy_from_slice(sum.as_bytes());
    Ok(block)
}

/// The sum of all bytes, those of its own field taken as spaces.
fn checksum(block: &[u8; BLOCK]) -> u64 {
    let sum = |part: &[u8]| part.iter().map(|b| u64::from(*b)).sum::<u64>();
    sum(&block[..SUM.start]) + sum(&block[SUM.end..]) + 8 * u64::from(b' ')
}

fn size(field: &[u8]) -> Option<u64> {
    match field {
        [0x80, 0, 0, 0, bytes @ ..] => Some(u64::from_be_bytes(bytes.try_into().ok()?)),
        _ => octal(field),
    }
}

fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?;
    u64::from_str_radix(text.trim_matches(['\0', ' ']), 8).ok()
}

fn padding(bytes: u64) -> usize {
    (BLOCK - (bytes % BLOCK as u64) as usize) % BLOCK
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(out: &mut Vec<u8>, name: &str, content: &[u8]) -> Sum {
        add(out, name, content.len() as u64, 0, &mut |sink| Ok(sink.write_all(content)?)).unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        let mut out = Vec::new();
        let written =
            [file(&mut out, "a", b"one"), file(&mut out, "b/c", &[7; 512]), file(&mut out, "d", b"")];
        end(&mut out).unwrap();
        assert_eq!(out.len(), 512 * 7);
        let mut input = &out[..];
        for (name, sum) in ["a", "b/c", "d"].iter().zip(written) {
            let (found, bytes) = next(&mut input).unwrap().unwrap();
            assert_eq!((found.as_str(), bytes), (*name, sum.bytes));
            assert_eq!(content(&mut input, bytes, &mut io::sink()).unwrap(), sum);
        }
        assert!(next(&mut input).unwrap().is_none());
        rest(&mut input).unwrap();
        assert!(next(&mut &out[..700][..]).unwrap().is_some() && next(&mut &out[..100][..]).is_err());
    }

    #[test]
    fn large_files_and_other_kinds() {
        for bytes in [0, 511, (1 << 33) - 1, 1 << 33, 1 << 40] {
            let block = header("x", bytes, 1).unwrap();
            assert_eq!(next(&mut &block[..]).unwrap(), Some(("x".to_owned(), bytes)));
        }
        let mut link = header("x", 0, 1).unwrap();
        link[KIND] = b'2';
        let sum = format!("{:06o}\0 ", checksum(&link));
        link[SUM].copy_from_slice(sum.as_bytes());
        assert!(next(&mut &link[..]).unwrap_err().public.contains("no plain file"));
        link[3] = b'y';
        assert!(next(&mut &link[..]).is_err(), "its sum is wrong");
    }

    #[test]
    fn a_file_that_changes_is_no_member() {
        let mut out = Vec::new();
        assert!(add(&mut out, "a", 4, 0, &mut |sink| Ok(sink.write_all(b"one")?)).is_err());
    }
}
