//! The folder of files: each is named by the SHA-256 of its content and never changes.
//!
//! A key is `ab/cdef….jpg`: 64 hexadecimal digits with a slash after the second, and an ending. So
//! the same content is kept once, a key can be cached for ever, and nobody can guess one. Which keys
//! are still in use is the store's to know: whoever calls [`Blobs::remove`] has asked it first.

use super::bucket::{Bucket, Content};
use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};
use std::time::{Duration, SystemTime};

/// The endings that are kept, with the type to serve them as; anything else is refused, so that no
/// stranger's HTML or SVG is ever served from our origin.
const TYPES: &[(&str, &str)] = &[
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("weba", "audio/webm"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("flac", "audio/flac"),
    ("wav", "audio/wav"),
    ("m4a", "audio/mp4"),
];

/// Half-written files stand here until they are whole.
const UNFINISHED: &str = "unfinished";
/// After this long nobody is still writing.
const FORGOTTEN: Duration = Duration::from_secs(3600);

#[derive(Debug, Clone)]
pub struct Blobs {
    pub(super) dir: PathBuf,
    /// Where new files go instead; see [`super::shelf`].
    pub(super) bucket: Option<Arc<Bucket>>,
    /// Shared by those who put a file and then its row, alone for who removes one that no row shows.
    pub(super) rows: Arc<RwLock<()>>,
}

/// Whoever sweeps up what no row shows leaves alone what was written a moment ago, also from another process.
fn is_wanted(path: &Path) {
    let touched = File::options().append(true).open(path).and_then(|f| f.set_modified(SystemTime::now()));
    let _ = touched; // a file that is as old as it was may go only after a day
}

impl Blobs {
    /// Makes the folder when it is missing, and sweeps up what a crash left unfinished.
    ///
    /// Several processes may have it open: only what is older than an hour is swept.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Blobs> {
        let dir = dir.into();
        let unfinished = dir.join(UNFINISHED);
        fs::create_dir_all(&unfinished)?;
        let now = SystemTime::now();
        for entry in fs::read_dir(&unfinished)? {
            let entry = entry?;
            let Ok(written) = entry.metadata().and_then(|m| m.modified()) else {
                continue; // gone already: another process finished it
            };
            if now.duration_since(written).is_ok_and(|age| age > FORGOTTEN) {
                absent_is_fine(fs::remove_file(entry.path()))?;
            }
        }
        Ok(Blobs { dir, bucket: None, rows: Arc::default() })
    }

    /// Stores content and returns its key. When it returns, the file is whole and on the disk, or in the bucket.
    ///
    /// The same content and ending give the same key and one file.
    /// Errors: `NoSpace` when the disk is full or read-only, `Internal` for an unknown ending.
    pub fn put(&self, bytes: &[u8], ext: &str) -> Result<String> {
        if !TYPES.iter().any(|(known, _)| *known == ext) {
            return Err(Error::internal(format!("no blob may end in .{ext}")));
        }
        let name = hex(&Sha256::digest(bytes));
        let (shelf, rest) = name.split_at(2);
        let key = format!("{shelf}/{rest}.{ext}");
        let path = self.dir.join(&key);
        // Whole or absent, since it came by rename; the length is a cheap doubt about the disk.
        if fs::metadata(&path).is_ok_and(|m| m.len() == bytes.len() as u64) {
            is_wanted(&path);
            return Ok(key);
        }
        if self.hand_on(&key, Content::Bytes(bytes))? {
            return Ok(key);
        }

        let shelf = self.dir.join(shelf);
        fs::create_dir_all(&shelf)?;
        let unfinished = self.unfinished();
        let written = write_whole(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &path));
        if let Err(e) = written {
            let _ = fs::remove_file(&unfinished); // the first error is the one to tell
            return Err(e.into());
        }
        flush(&shelf)?;
        flush(&self.dir)?;
        Ok(key)
    }

    /// Stores a finished file, which is moved from `path`, and returns its key; otherwise as [`Blobs::put`].
    pub fn put_file(&self, path: &Path, ext: &str) -> Result<String> {
        if !TYPES.iter().any(|(known, _)| *known == ext) {
            return Err(Error::internal(format!("no blob may end in .{ext}")));
        }
        let mut file = File::open(path)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                read => hash.update(&buffer[..read]),
            }
        }
        let name = hex(&hash.finalize());
        let (shelf, rest) = name.split_at(2);
        let key = format!("{shelf}/{rest}.{ext}");
        if self.dir.join(&key).exists() {
            is_wanted(&self.dir.join(&key));
            fs::remove_file(path)?;
            return Ok(key);
        }
        if self.hand_on(&key, Content::File(&file))? {
            fs::remove_file(path)?;
            return Ok(key);
        }
        file.sync_all()?;
        let shelf = self.dir.join(shelf);
        fs::create_dir_all(&shelf)?;
        fs::rename(path, self.dir.join(&key))?;
        flush(&shelf)?;
        flush(&self.dir)?;
        Ok(key)
    }

    /// To be held from before [`Blobs::put`] until the row that shows the file is written: a file with the same content may be
    /// there already, and nobody is to remove it in between. Not for whoever calls [`Blobs::removing`] within.
    pub fn putting(&self) -> RwLockReadGuard<'_, ()> {
        self.rows.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// To be held while it is looked whether a row shows a file, and it is removed. `None`: what goes to the bucket may be on its
    /// way for long, and nobody else is to wait for that.
    pub fn removing(&self) -> Option<RwLockWriteGuard<'_, ()>> {
        if self.bucket.is_none() {
            return Some(self.rows.write().unwrap_or_else(PoisonError::into_inner));
        }
        match self.rows.try_write() {
            Ok(alone) => Some(alone),
            Err(TryLockError::Poisoned(alone)) => Some(alone.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// The keys on one of 256 shelves whose files are older than `age`.
    pub fn old_on_shelf(&self, number: u8, age: Duration) -> Result<Vec<String>> {
        let shelf = format!("{number:02x}");
        let entries = match fs::read_dir(self.dir.join(&shelf)) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let old = |entry: &fs::DirEntry| {
            let written = entry.metadata().and_then(|m| m.modified()).ok();
            written.and_then(|at| at.elapsed().ok()).is_some_and(|passed| passed > age)
        };
        let names = entries.flatten().filter(old).filter_map(|entry| entry.file_name().into_string().ok());
        Ok(names.map(|name| format!("{shelf}/{name}")).filter(|key| mime(key).is_some()).collect())
    }

    /// The file and its length in bytes.
    ///
    /// Errors: `NotFound` when there is none, or the key has not the shape of one.
    pub fn open_file(&self, key: &str) -> Result<(File, u64)> {
        let file = match File::open(self.path(key)?) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(Error::not_found()),
            file => file?,
        };
        let length = file.metadata()?.len();
        Ok((file, length))
    }

    /// Removes a file; that it is gone already is success.
    ///
    /// Errors: `NotFound` when the key has not the shape of one.
    pub fn remove(&self, key: &str) -> Result<()> {
        absent_is_fine(fs::remove_file(self.path(key)?))?;
        self.bucket.as_ref().map_or(Ok(()), |bucket| bucket.remove(key))
    }

    pub(super) fn path(&self, key: &str) -> Result<PathBuf> {
        mime(key).ok_or_else(Error::not_found)?;
        Ok(self.dir.join(key))
    }

    /// A new name, unlike any in this process or another.
    pub(super) fn unfinished(&self) -> PathBuf {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |t| t.as_nanos());
        self.dir.join(UNFINISHED).join(format!("{process}-{count}-{time}"))
    }
}

/// The type to serve a key as; `None` when it has not the shape of a key.
///
/// Digits, a slash and a known ending at fixed places: no way to name another file.
pub fn mime(key: &str) -> Option<&'static str> {
    let (name, ext) = key.split_once('.')?;
    let (shelf, rest) = name.split_once('/')?;
    let digits = |s: &str| s.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if shelf.len() != 2 || rest.len() != 62 || !digits(shelf) || !digits(rest) {
        return None;
    }
    TYPES.iter().find(|(known, _)| *known == ext).map(|(_, mime)| *mime)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A new name is safe only when its folder is on the disk too.
pub(super) fn flush(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut out, b| {
        let _ = write!(out, "{b:02x}"); // a String takes everything
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use std::io::Read;

    /// A folder of its own for each test, gone at its end.
    struct Temp(PathBuf);

    impl Temp {
        fn new(name: &str) -> Temp {
            let dir = std::env::temp_dir().join(format!("taure-blobs-{}-{name}", std::process::id()));
            Temp(dir)
        }

        fn unfinished(&self) -> usize {
            fs::read_dir(self.0.join(UNFINISHED)).unwrap().count()
        }
    }

    impl Drop for Temp {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_is_put_can_be_read_until_it_is_removed() {
        let temp = Temp::new("round");
        let blobs = Blobs::open(&temp.0).unwrap();

        let key = blobs.put(b"abc", "jpg").unwrap();

        assert_eq!(key, "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.jpg");
        let (mut file, length) = blobs.open_file(&key).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        assert_eq!((content.as_slice(), length), (&b"abc"[..], 3));
        assert_eq!(temp.unfinished(), 0);

        blobs.remove(&key).unwrap();
        blobs.remove(&key).unwrap();
        assert_eq!(blobs.open_file(&key).unwrap_err().kind, Kind::NotFound);
    }

    #[test]
    fn the_same_content_is_kept_once() {
        let temp = Temp::new("once");
        let blobs = Blobs::open(&temp.0).unwrap();
        let key = blobs.put(b"same", "png").unwrap();
        assert_eq!(blobs.put(b"same", "png").unwrap(), key);
        assert_ne!(blobs.put(b"other", "png").unwrap(), key);
        assert_eq!(fs::read_dir(temp.0.join(&key[..2])).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_lost_its_content_is_written_again() {
        let temp = Temp::new("again");
        let blobs = Blobs::open(&temp.0).unwrap();
        let key = blobs.put(b"whole", "gif").unwrap();
        fs::write(temp.0.join(&key), b"").unwrap();
        blobs.put(b"whole", "gif").unwrap();
        assert_eq!(blobs.open_file(&key).unwrap().1, 5);
    }

    #[test]
    fn a_key_names_a_blob_and_nothing_else() {
        let temp = Temp::new("keys");
        let blobs = Blobs::open(&temp.0).unwrap();
        let good = blobs.put(b"x", "png").unwrap();
        assert_eq!(mime(&good), Some("image/png"));
        for key in [
            "",
            "/etc/passwd",
            "../../taure.db",
            "unfinished/1-1-1",
            &good.replace('/', "/../"),
            &good.replace(".png", ".html"),
            &good.replace(".png", ".png/.."),
            &good.replace(".png", ""),
            &good.to_uppercase(),
            &good.replacen(char::is_alphanumeric, "é", 1),
            &format!("{good}\0"),
        ] {
            assert_eq!(mime(key), None, "{key:?}");
            assert_eq!(blobs.open_file(key).unwrap_err().kind, Kind::NotFound);
            assert_eq!(blobs.remove(key).unwrap_err().kind, Kind::NotFound);
        }
        assert!(blobs.put(b"<script>", "html").is_err());
        assert!(blobs.put(b"x", "../png").is_err());
    }

    #[test]
    fn opening_sweeps_up_what_a_crash_left_long_ago() {
        let temp = Temp::new("sweep");
        Blobs::open(&temp.0).unwrap();
        let path = |name| temp.0.join(UNFINISHED).join(name);
        fs::write(path("new"), b"half").unwrap();
        let old = File::create(path("old")).unwrap();
        old.set_modified(SystemTime::now() - 2 * FORGOTTEN).unwrap();

        Blobs::open(&temp.0).unwrap();

        assert!(path("new").exists(), "another process may be writing it");
        assert!(!path("old").exists());
    }
}
