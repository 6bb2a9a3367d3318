//! Others' files, kept while there is room: a folder below a cap. What is in it is the store's to know; everything
//! in it can be had again, so nothing here is flushed.

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Files stand here until they are whole.
const UNFINISHED: &str = "unfinished";
/// The largest file that is kept, in bytes, however large the cache is.
const LARGEST: u64 = 64 << 20;
/// One file may take at most this part of the cache.
const PART: u64 = 8;

#[derive(Debug)]
pub struct Cache {
    dir: PathBuf,
    /// Bytes that may be used.
    limit: AtomicU64,
    /// Bytes of the files that are whole, and of those that are being written.
    kept: AtomicU64,
    coming: AtomicU64,
}

/// A file that is being written; it goes with this, unless it is kept.
#[derive(Debug)]
pub struct Unfinished<'a> {
    cache: &'a Cache,
    path: PathBuf,
    file: File,
    pub bytes: u64,
    kept: bool,
}

impl Cache {
    /// Makes the folder, and empties what a crash left. `used`: bytes of the files that the store knows.
    ///
    /// One process at a time has it open for writing; others only remove.
    pub fn open(dir: impl Into<PathBuf>, used: u64) -> Result<Cache> {
        let dir = dir.into();
        let unfinished = dir.join(UNFINISHED);
        fs::create_dir_all(&unfinished)?;
        Ok(Cache { dir, limit: AtomicU64::new(0), kept: AtomicU64::new(used), coming: AtomicU64::new(0) })
    }

    /// Removes what a crash left half written: at the start, before anything is fetched.
    pub fn sweep(&self) -> Result<()> {
        for entry in fs::read_dir(self.dir.join(UNFINISHED))?.flatten() {
            let _ = fs::remove_file(entry.path()); // it only costs room
        }
        Ok(())
    }

    pub fn used(&self) -> u64 {
        self.kept.load(Ordering::Relaxed) + self.coming.load(Ordering::Relaxed)
    }

    /// What the store knows to be kept: another process may have let files go.
    pub fn set_kept(&self, bytes: u64) {
        self.kept.store(bytes, Ordering::Relaxed);
    }

    pub fn limit(&self) -> u64 {
        self.limit.load(Ordering::Relaxed)
    }

    pub fn set_limit(&self, bytes: u64) {
        self.limit.store(bytes, Ordering::Relaxed);
    }

    /// Bytes over the cap.
    pub fn excess(&self) -> u64 {
        self.used().saturating_sub(self.limit())
    }

    /// The largest file that is kept now, in bytes.
    pub fn largest(&self) -> u64 {
        (self.limit() / PART).min(LARGEST)
    }

    /// `None`: it is not there, or has another length than the store knows.
    pub fn file(&self, name: &str, bytes: u64) -> Result<Option<File>> {
        match File::open(self.path(name)?) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            file => {
                let file = file?;
                Ok((file.metadata()?.len() == bytes).then_some(file))
            }
        }
    }

    /// Errors: `NoSpace`.
    pub fn begin(&self, name: &str) -> Result<Unfinished<'_>> {
        self.path(name)?;
        let path = self.dir.join(UNFINISHED).join(name.replace('/', ""));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
        Ok(Unfinished { cache: self, path, file, bytes: 0, kept: false })
    }

    /// Removes a file; that it is gone already is success, and `false`. Its bytes count until its row is forgotten, see
    /// [`Cache::forgotten`]: several may remove it at the same time.
    pub fn remove(&self, name: &str) -> Result<bool> {
        match fs::remove_file(self.path(name)?) {
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
            done => Ok(done.map(|()| true)?),
        }
    }

    /// The names on one of 256 shelves, for a look at what nobody knows of.
    pub fn shelf(&self, number: u8) -> Result<Vec<String>> {
        let shelf = format!("{number:02x}");
        let entries = match fs::read_dir(self.dir.join(&shelf)) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let names = entries.flatten().filter_map(|e| e.file_name().into_string().ok());
        Ok(names.map(|name| format!("{shelf}/{name}")).filter(|name| is_name(name)).collect())
    }

    fn path(&self, name: &str) -> Result<PathBuf> {
        if is_name(name) { Ok(self.dir.join(name)) } else { Err(Error::not_found()) }
    }
}

impl Unfinished<'_> {
    /// A second handle on the file, for those who read while it grows.
    pub fn reader(&self) -> Result<File> {
        Ok(File::open(&self.path)?)
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes)?;
        self.bytes += bytes.len() as u64;
        self.cache.coming.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Puts the whole file where [`Cache::file`] finds it.
    pub fn keep(mut self, name: &str) -> Result<()> {
        let path = self.cache.path(name)?;
        if let Some(shelf) = path.parent() {
            fs::create_dir_all(shelf)?;
        }
        // One that was there before is replaced; its bytes are the caller's to subtract.
        fs::rename(&self.path, &path)?;
        self.kept = true;
        self.cache.kept.fetch_add(on_disk(self.bytes), Ordering::Relaxed);
        Ok(()) // and it is no more among those that come
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        less(&self.cache.coming, self.bytes);
        if !self.kept {
            let _ = fs::remove_file(&self.path); // it only costs room until the next start
        }
    }
}

impl Cache {
    /// Rows of files that take so many bytes are no more, or say something else.
    pub fn forgotten(&self, bytes: u64) {
        less(&self.kept, bytes);
    }
}

fn less(count: &AtomicU64, bytes: u64) {
    let _ = count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| Some(n.saturating_sub(bytes)));
}

/// What a file of so many bytes takes: whole blocks.
pub fn on_disk(bytes: u64) -> u64 {
    bytes.checked_next_multiple_of(4096).unwrap_or(u64::MAX)
}

/// What a file from this address is called: the SHA-256 of it, `ab/cdef...`.
pub fn name(url: &str) -> String {
    let digest = Sha256::digest(url.as_bytes());
    digest.iter().enumerate().fold(String::with_capacity(65), |mut out, (at, byte)| {
        let _ = write!(out, "{}{byte:02x}", if at == 1 { "/" } else { "" }); // a String takes everything
        out
    })
}

fn is_name(name: &str) -> bool {
    let digits = |s: &str| s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    name.split_once('/')
        .is_some_and(|(shelf, rest)| shelf.len() == 2 && rest.len() == 62 && digits(shelf) && digits(rest))
}

/// Bytes of all files below a folder, as they fill the disk.
pub fn folder_bytes(dir: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    entries
        .flatten()
        .filter_map(|entry| Some((entry.path(), entry.metadata().ok()?)))
        .map(|(path, meta)| match meta.is_dir() {
            true => folder_bytes(&path),
            false => meta.blocks() * 512,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    struct Temp(PathBuf);

    impl Drop for Temp {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn temp(name: &str) -> (Temp, Cache) {
        let dir = std::env::temp_dir().join(format!("taure-cache-{}-{name}", std::process::id()));
        let cache = Cache::open(&dir, 0).unwrap();
        (Temp(dir), cache)
    }

    #[test]
    fn a_name_is_the_hash_of_an_address() {
        let name = name("https://b.test/a.png");
        assert!(is_name(&name), "{name}");
        for other in ["", "../../taure.db", "unfinished/x", &name[1..], &format!("{name}.png")] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn what_is_not_kept_is_gone_and_not_counted() {
        let (_temp, cache) = temp("gone");
        let name = name("https://b.test/a.png");
        let mut file = cache.begin(&name).unwrap();
        file.write(b"half").unwrap();
        assert_eq!(cache.used(), 4);
        let mut read = String::new();
        file.reader().unwrap().read_to_string(&mut read).unwrap();
        assert_eq!(read, "half");
        drop(file);
        assert_eq!(cache.used(), 0);
        assert!(cache.file(&name, 4).unwrap().is_none());

        let mut file = cache.begin(&name).unwrap();
        file.write(b"whole").unwrap();
        file.keep(&name).unwrap();
        assert!(cache.file(&name, 5).unwrap().is_some() && cache.file(&name, 4).unwrap().is_none());
        assert_eq!(cache.used(), 4096, "a whole block");
        cache.set_limit(4094);
        assert_eq!(cache.excess(), 2);
        assert!(cache.remove(&name).unwrap() && !cache.remove(&name).unwrap());
        cache.forgotten(4096);
        assert_eq!((cache.used(), cache.shelf(0).unwrap().len()), (0, 0));
    }
}
