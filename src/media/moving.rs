//! Files from the folder into the bucket and back, one at a time: the copy is read again and compared with its name,
//! which is its hash, before the original goes. So there is a whole copy at every moment, and whoever is interrupted
//! begins again where it ended.

use super::blobs::{self, Blobs};
use super::bucket::{Bucket, Content};
use super::sigv4;
use crate::error::{Error, Kind, Result};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};

/// How it went with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// So many bytes, whole in the new place.
    Done(u64),
    /// Nothing was there any more: somebody deleted it meanwhile.
    Gone,
    /// The content is not what the name says. It stays where it is.
    Broken,
}

impl Blobs {
    /// The keys of the files in the folder, in order.
    pub fn on_disk(&self) -> Result<Vec<String>> {
        let mut keys = Vec::new();
        for shelf in fs::read_dir(&self.dir)? {
            let shelf = shelf?;
            if !shelf.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(shelf.path())? {
                let (shelf, file) = (shelf.file_name(), file?.file_name());
                let key = format!("{}/{}", shelf.to_string_lossy(), file.to_string_lossy());
                keys.extend(blobs::mime(&key).map(|_| key));
            }
        }
        keys.sort_unstable();
        Ok(keys)
    }

    /// The keys of the files in the bucket with their sizes, all pages of its list. Others' things there are left out.
    pub fn in_bucket(&self) -> Result<Vec<(String, u64)>> {
        let bucket = self.needed()?;
        let (mut files, mut from) = (Vec::new(), None);
        loop {
            let page = bucket.list(from.as_deref())?;
            files.extend(page.files.into_iter().filter(|(key, _)| blobs::mime(key).is_some()));
            match page.next {
                // A bucket that goes round in circles would never end.
                Some(next) if from.as_ref() != Some(&next) => from = Some(next),
                _ => return Ok(files),
            }
        }
    }

    /// Takes one file from the folder into the bucket.
    ///
    /// Errors: the bucket's and the disk's; then both have what they had, or more.
    pub fn move_to_bucket(&self, key: &str) -> Result<Moved> {
        let bucket = self.needed()?;
        let mime = blobs::mime(key).ok_or_else(Error::not_found)?;
        let (file, length) = match self.open_file(key) {
            Err(e) if e.kind == Kind::NotFound => return Ok(Moved::Gone),
            file => file?,
        };
        if !hashed(&file)?.is(key) {
            return Ok(Moved::Broken);
        }
        // An earlier try may have come so far.
        if bucket.size(key)? != Some(length) || !in_bucket(bucket, key, length)? {
            bucket.put(key, mime, Content::File(&file))?;
            if !in_bucket(bucket, key, length)? {
                return Err(Error::new(
                    Kind::BadGateway,
                    format!("The bucket keeps {key} not as it was put"),
                ));
            }
        }
        match fs::remove_file(self.path(key)?) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(Moved::Gone),
            done => done.map(|()| Moved::Done(length)).map_err(Into::into),
        }
    }

    /// Copies one file of that many bytes from the bucket into the folder, where readers find it first.
    ///
    /// Errors: as above.
    pub fn copy_to_disk(&self, key: &str, length: u64) -> Result<Moved> {
        let bucket = self.needed()?;
        let path = self.path(key)?;
        if !File::open(&path).is_ok_and(|file| hashed(&file).is_ok_and(|hash| hash.is(key))) {
            let unfinished = self.unfinished();
            let fetched = fetch(bucket, key, length, &unfinished);
            if !matches!(fetched, Ok(Moved::Done(_))) {
                let _ = fs::remove_file(&unfinished); // what was fetched is of no use, and swept up later if it stays
                return fetched;
            }
            let shelf = self.dir.join(&key[..2]);
            fs::create_dir_all(&shelf)?;
            fs::rename(&unfinished, &path)?;
            blobs::flush(&shelf)?;
            blobs::flush(&self.dir)?;
        }
        Ok(Moved::Done(length))
    }

    /// Takes what was copied out of the bucket.
    ///
    /// Errors: the bucket's.
    pub fn end_in_bucket(&self, key: &str) -> Result<()> {
        match self.open_file(key) {
            Ok(_) => self.needed()?.remove(key),
            Err(e) if e.kind == Kind::NotFound => Ok(()), // whoever deleted it meanwhile did so in both places
            Err(e) => Err(e),
        }
    }

    /// Errors: `Invalid` when there is no bucket.
    fn needed(&self) -> Result<&Bucket> {
        self.bucket().ok_or_else(|| Error::invalid("there is no bucket: [s3] is missing in taure.toml"))
    }
}

fn in_bucket(bucket: &Bucket, key: &str, length: u64) -> Result<bool> {
    let mut hash = Hash::new(io::sink());
    match bucket.get(key, length, &mut hash) {
        Ok(read) => Ok(read == length && hash.is(key)),
        // Larger than it should be, or lost in this moment: it is put again.
        Err(e) if matches!(e.kind, Kind::NotFound | Kind::BadGateway) => Ok(false),
        Err(e) => Err(e),
    }
}

fn fetch(bucket: &Bucket, key: &str, length: u64, to: &std::path::Path) -> Result<Moved> {
    let mut copy = Hash::new(File::create_new(to)?);
    let read = match bucket.get(key, length, &mut copy) {
        Err(e) if e.kind == Kind::NotFound => return Ok(Moved::Gone),
        read => read?,
    };
    if read != length || !copy.is(key) {
        return Ok(Moved::Broken);
    }
    copy.into.sync_all()?;
    Ok(Moved::Done(length))
}

fn hashed(mut file: &File) -> io::Result<Hash<io::Sink>> {
    let mut hash = Hash::new(io::sink());
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash),
            n => hash.write_all(&buffer[..n])?,
        }
    }
}

/// Counts the hash of all that is written into it.
struct Hash<W> {
    into: W,
    sha: Sha256,
}

impl<W: Write> Hash<W> {
    fn new(into: W) -> Hash<W> {
        Hash { into, sha: Sha256::new() }
    }

    /// Whether it all was what the key says.
    fn is(&self, key: &str) -> bool {
        let name = sigv4::hex(&self.sha.clone().finalize());
        key.split('.').next().is_some_and(|key| key.replace('/', "") == name)
    }
}

impl<W: Write> Write for Hash<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.into.write(bytes)?;
        self.sha.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.into.flush()
    }
}
