//! What of others' files goes first: those that nobody looked at for longest.

use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::media::cache;
use crate::store::remote_files::{self, RemoteFile};

/// Files that are let go at a time, and those whose rows could not be forgotten before it is given up.
const BATCH: i64 = 64;
const UNFORGOTTEN: i64 = 16 * BATCH;

/// Lets files go that nobody looked at for longest, until `more` bytes fit under the cap. Gives the bytes that went.
pub fn make_room(app: &App, more: u64) -> Result<u64> {
    let mut freed = 0;
    loop {
        let over = app.cache.used().saturating_add(more).saturating_sub(app.cache.limit());
        if over == 0 {
            return Ok(freed);
        }
        let oldest = app.store.read(|c| remote_files::oldest(c, BATCH, 0))?;
        if oldest.is_empty() {
            app.cache.set_kept(0); // another process emptied it; what else counts is being written
            return Ok(freed);
        }
        let (gone, noted) = let_go(app, enough(&oldest, over))?;
        freed += gone;
        noted?;
    }
}

/// Lets files go until so many bytes are free, or none is left. Gives the bytes that went.
pub fn let_go_of(app: &App, bytes: u64) -> Result<u64> {
    let (mut freed, mut skipped) = (0, 0);
    while freed < bytes && skipped < UNFORGOTTEN {
        let oldest = app.store.read(|c| remote_files::oldest(c, BATCH, skipped))?;
        if oldest.is_empty() {
            break;
        }
        let going = enough(&oldest, bytes - freed);
        let (gone, noted) = let_go(app, going)?;
        freed += gone;
        match noted {
            Ok(()) => {}
            // Their rows are where the disk is full: on with those after them.
            Err(e) if e.kind == Kind::NoSpace => skipped += i64::try_from(going.len()).unwrap_or(BATCH),
            Err(e) => return Err(e),
        }
    }
    Ok(freed)
}

/// As many of them as have so many bytes, and one at least.
fn enough(oldest: &[RemoteFile], bytes: u64) -> &[RemoteFile] {
    let mut sum: u64 = 0;
    let last = oldest.iter().position(|of| {
        sum = sum.saturating_add(size(of));
        sum >= bytes
    });
    last.map_or(oldest, |last| &oldest[..=last])
}

/// What it takes on the disk, in bytes.
pub fn size(of: &RemoteFile) -> u64 {
    cache::on_disk(u64::try_from(of.bytes).unwrap_or(0))
}

/// The files first: on a full disk their rows may have to wait, and a row without its file is harmless. Gives the bytes
/// that went, and whether the rows went, too.
pub fn let_go(app: &App, old: &[RemoteFile]) -> Result<(u64, Result<()>)> {
    let mut freed = 0;
    for of in old {
        if app.cache.remove(&of.file)? {
            freed += size(of);
        }
    }
    let forgotten = app
        .store
        .write(|tx| old.iter().try_fold(0, |sum, of| Ok::<_, Error>(sum + remote_files::forget(tx, of)?)));
    let noted = forgotten.map(|bytes| app.cache.forgotten(bytes)).inspect_err(|e| {
        tracing::debug!(error = %e, "files of the cache are gone, and their rows are not");
    });
    Ok((freed, noted))
}

/// Looks at one of 256 shelves for files that no row knows of, as a crash may leave.
pub fn sweep(app: &App, shelf: u8) -> Result<usize> {
    let mut swept = 0;
    for name in app.cache.shelf(shelf)? {
        // What has just come has its row in a moment; asked in this order, it is seen in one of both.
        let coming = app.fetches.is_coming(&name);
        if !coming && app.store.read(|c| remote_files::get(c, &name))?.is_none() {
            app.cache.remove(&name)?;
            swept += 1;
        }
    }
    Ok(swept)
}
