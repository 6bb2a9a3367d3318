//! As much of the zip format as it takes to write one to a file: members stored or deflated, and zip64 where 32 bits end.
//! <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use crate::error::{Error, Result};
use crate::model::Timestamp;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};

const BUFFER: usize = 64 * 1024;
/// 4.4.4: names are UTF-8.
const UTF8: u16 = 1 << 11;
/// 4.4.3: what a reader must be able to do: version 2.0, and 4.5 for zip64.
const PLAIN: u16 = 20;
const ZIP64: u16 = 45;
/// 4.3.7: where the sums stand in a local header.
const SUMS: u64 = 14;

pub struct Zip<'a> {
    out: BufWriter<&'a mut File>,
    /// 4.3.12, some hundred bytes a member.
    directory: Vec<u8>,
    members: u64,
    /// 4.4.6: the time of all members.
    time: [u16; 2],
}

impl<'a> Zip<'a> {
    /// Goes on where the file stands.
    pub fn into(file: &'a mut File, now: Timestamp) -> Zip<'a> {
        let now = jiff::tz::Offset::UTC.to_datetime(now.to_jiff());
        let part = |n: i8, bits: u32| u16::try_from(n).unwrap_or(0) << bits;
        let year = u16::try_from(now.year() - 1980).unwrap_or(0) << 9;
        let time = [
            part(now.hour(), 11) | part(now.minute(), 5) | part(now.second() / 2, 0),
            year | part(now.month(), 5) | part(now.day(), 0),
        ];
        Zip { out: BufWriter::with_capacity(BUFFER, file), directory: Vec::new(), members: 0, time }
    }

    /// One member, written by `fill`; deflated if it is worth it.
    ///
    /// Errors: those of `fill` and of the disk; a member of more than 4 GB.
    pub fn add(
        &mut self,
        name: &str,
        deflate: bool,
        fill: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        let at = self.out.stream_position()?;
        let method = if deflate { 8 } else { 0 };
        let length = u16::try_from(name.len()).map_err(Error::internal)?;
        self.out.write_all(b"PK\x03\x04")?;
        put16(&mut self.out, &[PLAIN, UTF8, method, self.time[0], self.time[1]])?;
        put32(&mut self.out, &[0, 0, 0])?;
        put16(&mut self.out, &[length, 0])?;
        self.out.write_all(name.as_bytes())?;
        let begin = self.out.stream_position()?;
        let (crc, bytes) = if deflate {
            let mut packer = DeflateEncoder::new(&mut self.out, Compression::default());
            let sums = summed(&mut packer, fill)?;
            packer.finish()?;
            sums
        } else {
            summed(&mut self.out, fill)?
        };
        let end = self.out.stream_position()?;
        let small = |bytes: u64| u32::try_from(bytes).map_err(Error::internal);
        let sums = [crc, small(end - begin)?, small(bytes)?];
        self.out.seek(SeekFrom::Start(at + SUMS))?;
        put32(&mut self.out, &sums)?;
        self.out.seek(SeekFrom::Start(end))?;

        let far = at >= u64::from(u32::MAX);
        let directory = &mut self.directory;
        directory.extend(b"PK\x01\x02");
        // Made on Unix, so that what is in the mode counts: a plain file.
        let needs = if far { ZIP64 } else { PLAIN };
        put16(directory, &[3 << 8 | needs, needs, UTF8, method, self.time[0], self.time[1]])?;
        put32(directory, &sums)?;
        put16(directory, &[length, if far { 12 } else { 0 }, 0, 0, 0])?;
        put32(directory, &[0o100_600 << 16, if far { u32::MAX } else { small(at)? }])?;
        directory.extend(name.as_bytes());
        if far {
            put16(directory, &[1, 8])?;
            directory.extend(at.to_le_bytes());
        }
        self.members += 1;
        Ok(())
    }

    /// The directory, without which it is no zip. Returns how long all of it is.
    pub fn end(mut self) -> Result<u64> {
        let (at, bytes) = (self.out.stream_position()?, self.directory.len() as u64);
        self.out.write_all(&self.directory)?;
        let many = u16::try_from(self.members).ok().filter(|n| *n < u16::MAX);
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        if many.is_none() || small(at) == u32::MAX || small(bytes) == u32::MAX {
            let end64 = self.out.stream_position()?;
            self.out.write_all(b"PK\x06\x06")?;
            self.out.write_all(&44_u64.to_le_bytes())?;
            put16(&mut self.out, &[3 << 8 | ZIP64, ZIP64])?;
            put32(&mut self.out, &[0, 0])?;
            for number in [self.members, self.members, bytes, at] {
                self.out.write_all(&number.to_le_bytes())?;
            }
            self.out.write_all(b"PK\x06\x07\0\0\0\0")?;
            self.out.write_all(&end64.to_le_bytes())?;
            put32(&mut self.out, &[1])?;
        }
        self.out.write_all(b"PK\x05\x06")?;
        let many = many.unwrap_or(u16::MAX);
        put16(&mut self.out, &[0, 0, many, many])?;
        put32(&mut self.out, &[small(bytes), small(at)])?;
        put16(&mut self.out, &[0])?;
        let length = self.out.stream_position()?;
        self.out.flush()?;
        Ok(length)
    }
}

fn put16(out: &mut dyn Write, numbers: &[u16]) -> io::Result<()> {
    numbers.iter().try_for_each(|n| out.write_all(&n.to_le_bytes()))
}

fn put32(out: &mut dyn Write, numbers: &[u32]) -> io::Result<()> {
    numbers.iter().try_for_each(|n| out.write_all(&n.to_le_bytes()))
}

/// What `fill` writes, counted and summed on its way.
struct Summing<'a> {
    out: &'a mut dyn Write,
    crc: Crc,
    bytes: u64,
}

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.crc.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn summed(out: &mut dyn Write, fill: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<(u32, u64)> {
    let mut sink = Summing { out, crc: Crc::new(), bytes: 0 };
    fill(&mut sink)?;
    Ok((sink.crc.sum(), sink.bytes))
}

#[cfg(test)]
mod tests {
    use super::super::super::imports::pack::Pack;
    use super::*;

    /// Members behind 4 GB of nothing, and many of them, are found by our own reader.
    #[test]
    fn a_large_zip_is_read_again() {
        let folder = std::env::temp_dir().join(format!("taure-zip-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("large.zip");
        let mut file = File::create(&path).unwrap();
        let mut zip = Zip::into(&mut file, Timestamp(1_787_392_800_500));
        zip.add("first.txt", true, &mut |out| Ok(out.write_all(&[b'a'; 10_000])?)).unwrap();
        zip.out.seek(SeekFrom::Start(5 << 30)).unwrap(); // a hole, which takes no room
        for n in 0..66_000 {
            zip.add(&format!("{n}"), false, &mut |out| Ok(out.write_all(b"x")?)).unwrap();
        }
        zip.add("last.txt", true, &mut |out| Ok(out.write_all("žurnāls".as_bytes())?)).unwrap();
        assert!(zip.end().unwrap() > 5 << 30);
        let pack = Pack::open(&path, &folder, &mut |_| Ok(())).unwrap();
        let read = |name: &str| pack.read(&pack.find(name).unwrap().unwrap(), 100_000).unwrap();
        assert_eq!(read("first.txt"), vec![b'a'; 10_000]);
        assert_eq!(read("65999"), b"x");
        assert_eq!(read("last.txt"), "žurnāls".as_bytes());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
