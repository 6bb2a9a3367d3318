//! Reading and writing bytes of which nothing is taken on trust.
//!
//! [`Source`] knows the length of its file, so whatever reaches beyond the end is refused before it
//! is read; [`Bytes`] is the same for a piece in memory; [`Sink`] counts and can write back.

use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};

use crate::error::{Error, Result};

/// The file is not accepted; `why` completes a sentence that begins with "File".
pub fn refuse(why: impl std::fmt::Display) -> Error {
    Error::invalid(format!("Validation failed: File {why}"))
}

/// The file promises more than it has.
pub fn cut_short() -> Error {
    refuse("is cut short")
}

/// The file contradicts itself or its format.
pub fn damaged(what: &str) -> Error {
    refuse(format_args!("is damaged ({what})"))
}

pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}
pub trait WriteSeek: Write + Seek {}
impl<T: Write + Seek> WriteSeek for T {}

const BUFFER: usize = 64 << 10;

/// A file that is read from, with its place and length.
pub struct Source<'a> {
    inner: BufReader<&'a mut (dyn ReadSeek + 'a)>,
    pos: u64,
    len: u64,
}

impl<'a> Source<'a> {
    pub fn new<R: Read + Seek>(from: &'a mut R) -> Result<Source<'a>> {
        let len = from.seek(SeekFrom::End(0))?;
        from.seek(SeekFrom::Start(0))?;
        Ok(Source { inner: BufReader::with_capacity(BUFFER, from), pos: 0, len })
    }

    pub fn pos(&self) -> u64 {
        self.pos
    }

    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn left(&self) -> u64 {
        self.len - self.pos
    }

    pub fn seek(&mut self, to: u64) -> Result<()> {
        if to > self.len {
            return Err(cut_short());
        }
        let by = i64::try_from(i128::from(to) - i128::from(self.pos)).map_err(|_| cut_short())?;
        self.inner.seek_relative(by)?;
        self.pos = to;
        Ok(())
    }

    pub fn skip(&mut self, by: u64) -> Result<()> {
        self.seek(self.pos.checked_add(by).ok_or_else(cut_short)?)
    }

    /// Fills `into` or fails: a file shorter than said is `Invalid`.
    pub fn fill(&mut self, into: &mut [u8]) -> Result<()> {
        if into.len() as u64 > self.left() {
            return Err(cut_short());
        }
        self.inner.read_exact(into).map_err(read_error)?;
        self.pos += into.len() as u64;
        Ok(())
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    /// A piece in memory; more than `most` bytes are refused before any is set aside.
    pub fn piece(&mut self, size: u64, most: usize) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.append(size, most, &mut bytes)?;
        Ok(bytes)
    }

    /// The same behind other pieces, `most` bytes with them.
    pub fn append(&mut self, size: u64, most: usize, to: &mut Vec<u8>) -> Result<()> {
        let before = to.len();
        let fits = |size: &usize| before.saturating_add(*size) <= most;
        let size = usize::try_from(size).ok().filter(fits);
        let size = size.ok_or_else(|| refuse("has a header that is too large"))?;
        if size as u64 > self.left() {
            return Err(cut_short());
        }
        to.reserve_exact(size);
        to.resize(before + size, 0);
        self.fill(to.get_mut(before..).unwrap_or_default())
    }

    /// Up to `size` bytes from here, without moving.
    pub fn peek(&mut self, size: usize) -> Result<Vec<u8>> {
        let at = self.pos;
        let size = (size as u64).min(self.left());
        let bytes = self.piece(size, BUFFER)?;
        self.seek(at)?;
        Ok(bytes)
    }

    /// Copies `size` bytes through the buffer.
    pub fn copy(&mut self, mut size: u64, to: &mut Sink) -> Result<()> {
        if size > self.left() {
            return Err(cut_short());
        }
        while size > 0 {
            let ready = self.inner.fill_buf().map_err(read_error)?;
            let n = ready.len().min(usize::try_from(size).unwrap_or(usize::MAX));
            let Some(part) = ready.get(..n).filter(|part| !part.is_empty()) else {
                return Err(cut_short()); // The file became shorter while it was read.
            };
            to.put(part)?;
            self.inner.consume(n);
            self.pos += n as u64;
            size -= n as u64;
        }
        Ok(())
    }
}

fn read_error(e: std::io::Error) -> Error {
    match e.kind() {
        ErrorKind::UnexpectedEof => cut_short(),
        _ => e.into(),
    }
}

/// The clean file, written from its beginning.
pub struct Sink<'a> {
    inner: BufWriter<&'a mut (dyn WriteSeek + 'a)>,
    pos: u64,
}

impl<'a> Sink<'a> {
    pub fn new<W: Write + Seek>(to: &'a mut W) -> Result<Sink<'a>> {
        to.seek(SeekFrom::Start(0))?;
        Ok(Sink { inner: BufWriter::with_capacity(BUFFER, to), pos: 0 })
    }

    /// Bytes written so far.
    pub fn pos(&self) -> u64 {
        self.pos
    }

    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.inner.write_all(bytes)?;
        self.pos += bytes.len() as u64;
        Ok(())
    }

    /// Writes over what is already there, and goes on at the end.
    pub fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        debug_assert!(at + bytes.len() as u64 <= self.pos);
        self.inner.seek(SeekFrom::Start(at))?;
        self.inner.write_all(bytes)?;
        self.inner.seek(SeekFrom::Start(self.pos))?;
        Ok(())
    }

    /// Everything reaches the file; the number of its bytes.
    pub fn finish(mut self) -> Result<u64> {
        self.inner.flush()?;
        Ok(self.pos)
    }
}

/// A piece in memory, read from its front.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn take(&mut self, size: usize) -> Result<&'a [u8]> {
        let (front, rest) =
            self.0.split_at_checked(size).ok_or_else(|| damaged("a part is shorter than it says"))?;
        self.0 = rest;
        Ok(front)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        bytes.copy_from_slice(self.take(N)?);
        Ok(bytes)
    }

    pub fn u8(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u16(&mut self) -> Result<u16> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// Little endian, as Vorbis and RIFF have it.
    pub fn u32_le(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub fn u16_le(&mut self) -> Result<u16> {
        Ok(u16::from_le_bytes(self.array()?))
    }
}
