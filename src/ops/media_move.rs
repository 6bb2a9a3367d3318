//! All files of ours from the folder into the bucket, or back. The server may run meanwhile.

use crate::error::Result;
use crate::media::Blobs;
use crate::media::moving::Moved;
use crate::store::{Store, media};
use std::time::Duration;

/// Readers who were led to the bucket a moment ago still find there what they look for.
const GRACE: Duration = Duration::from_secs(5);

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub files: u64,
    pub bytes: u64,
    /// Deleted by their owner before their turn came.
    pub gone: u64,
    /// Their content is not what their name says: they stay where they are.
    pub broken: u64,
}

/// Takes every file of the folder into the bucket. `told` hears of each file, with the number of all.
///
/// Again and again is fine: what is there already is only compared, and then removed here.
/// Errors: the first one of the bucket or the disk; what was moved so far stays moved.
pub fn to_bucket(store: &Store, files: &Blobs, told: &mut dyn FnMut(&str, Moved, usize)) -> Result<Summary> {
    let (mut summary, keys) = (Summary::default(), files.on_disk()?);
    for key in &keys {
        let moved = unless_deleted(store, files, key, || files.move_to_bucket(key))?;
        summary.add(moved);
        told(key, moved, keys.len());
    }
    Ok(summary)
}

/// Takes every file of ours in the bucket into the folder.
///
/// Errors: as above.
pub fn to_disk(store: &Store, files: &Blobs, told: &mut dyn FnMut(&str, Moved, usize)) -> Result<Summary> {
    let (mut summary, keys) = (Summary::default(), files.in_bucket()?);
    let mut home = Vec::new();
    for (key, length) in &keys {
        let moved = unless_deleted(store, files, key, || files.copy_to_disk(key, *length))?;
        if matches!(moved, Moved::Done(_)) {
            home.push(key);
        }
        summary.add(moved);
        told(key, moved, keys.len());
    }
    if !home.is_empty() {
        std::thread::sleep(GRACE);
    }
    home.into_iter().try_for_each(|key| files.end_in_bucket(key))?;
    Ok(summary)
}

/// A file whose last row goes while it is moved is removed in both places: whoever removed it may have seen neither copy.
/// One that no row shows yet is an upload that has just begun.
fn unless_deleted(
    store: &Store,
    files: &Blobs,
    key: &str,
    moving: impl FnOnce() -> Result<Moved>,
) -> Result<Moved> {
    let in_use = || store.read(|c| media::blob_in_use(c, key));
    let before = in_use()?;
    let moved = moving()?;
    if before && !in_use()? {
        files.remove(key)?;
        return Ok(Moved::Gone);
    }
    Ok(moved)
}

impl Summary {
    fn add(&mut self, moved: Moved) {
        match moved {
            Moved::Done(bytes) => (self.files, self.bytes) = (self.files + 1, self.bytes + bytes),
            Moved::Gone => self.gone += 1,
            Moved::Broken => self.broken += 1,
        }
    }
}
