//! The disk that the owner grants, and how it is kept: others' files go first, then others' posts sooner than usual;
//! what the owner wrote never goes.
//!
//! - [`settle`] finds out each hour how large everything is, and gives the cache what is left.
//! - [`make_room`] answers a full disk: the cache gives room, then the snapshots, then the reserve, and what can wait is refused
//!   until [`look`] finds the disk free again.

use super::{cache, snapshots};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::media::cache::folder_bytes;
use crate::media::disk::{self, Disk};
use crate::store::remote_files;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;

const MIB: u64 = 1 << 20;
/// Of the disk, one part in so many is granted when the operator does not say, within these bounds.
const DEFAULT_PART: u64 = 5;
const DEFAULT_LEAST: u64 = 1024 * MIB;
const DEFAULT_MOST: u64 = 20 * 1024 * MIB;
/// Of what is granted, the cache leaves one part in so many for what the next hour's posts take.
const GROWTH_PART: u64 = 64;
/// Of the disk, one part in so many stays free for others, within these bounds.
const FLOOR_PART: u64 = 20;
const FLOOR_MOST: u64 = 1024 * MIB;
/// Of what is granted, one part in so many is held back for posts on a full disk, within these bounds.
const RESERVE_PART: u64 = 128;
const RESERVE_LEAST: u64 = 4 * MIB;
const RESERVE_MOST: u64 = 16 * MIB;
/// What a full disk takes from the cache at once.
const STEP: u64 = 16 * MIB;
/// Posts of others are kept at least so long, however large they are.
const LEAST_DAYS: i64 = 3;

/// Where every byte is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Space {
    pub disk: Disk,
    pub granted: u64,
    /// What the owner granted, whether it is there or not.
    pub wanted: u64,
    /// What stays free on the disk.
    pub floor: u64,
    pub database: u64,
    /// The owner's own files.
    pub media: u64,
    pub cache: u64,
    pub cache_limit: u64,
    /// Uploads that are being worked on, and what is brought along or taken along.
    pub uploads: u64,
    /// Held back for posts on a full disk.
    pub reserve: u64,
    /// Copies of the database.
    pub snapshots: u64,
}

impl Space {
    pub fn used(&self) -> u64 {
        self.database + self.media + self.cache + self.uploads + self.reserve + self.snapshots
    }
}

/// Looks at the disk and at all folders of ours.
///
/// Errors: the disk cannot be asked.
pub fn measure(app: &App) -> Result<Space> {
    let config = &app.config;
    let disk = disk::of(&config.data)?;
    let size = |path: PathBuf| fs::metadata(path).map_or(0, |m| m.len());
    let database = config.database();
    let beside = |ending: &str| {
        let mut path = database.clone().into_os_string();
        path.push(ending);
        PathBuf::from(path)
    };
    let mut space = Space {
        disk,
        floor: (disk.total / FLOOR_PART).min(FLOOR_MOST),
        database: size(database.clone()) + size(beside("-wal")) + size(beside("-shm")),
        media: folder_bytes(&config.media()),
        cache: app.cache.used(),
        cache_limit: 0,
        uploads: folder_bytes(&config.tmp())
            + folder_bytes(&config.received())
            + folder_bytes(&config.imports())
            + folder_bytes(&config.exports()),
        reserve: size(app.config.reserve()),
        snapshots: folder_bytes(&snapshots::folder(app)),
        granted: 0,
        wanted: 0,
    };
    space.wanted = match config.disk_mb {
        Some(mb) => u64::from(mb) * MIB,
        None => (disk.total / DEFAULT_PART).clamp(DEFAULT_LEAST, DEFAULT_MOST),
    };
    // More than there is cannot be granted.
    space.granted = space.wanted.min(space.used() + disk.free.saturating_sub(space.floor));
    space.cache_limit = cache_limit(&space);
    Ok(space)
}

/// What is left of the grant, and of the disk above its floor.
fn cache_limit(space: &Space) -> u64 {
    let others = space.database
        + space.media
        + space.uploads
        + space.snapshots
        + reserve_size(space.granted).max(space.reserve);
    let of_grant = space.granted.saturating_sub(others + space.granted / GROWTH_PART);
    let of_disk = (space.cache + space.disk.free).saturating_sub(space.floor);
    of_grant.min(of_disk)
}

/// Gives the cache its part, lets go what is over it, keeps the reserve, and says how long posts are kept.
///
/// Errors: those of the disk and of the store.
pub fn settle(app: &App) -> Result<Space> {
    let (_, kept) = app.store.read(remote_files::total)?;
    app.cache.set_kept(u64::try_from(kept).unwrap_or(0));
    let mut space = measure(app)?;
    // The cache is not enough to give: then a snapshot goes, and the next hour another.
    if space.used() - space.cache > space.granted && snapshots::give_way(app) > 0 {
        space = measure(app)?;
    }
    app.room.set(space.granted, space.floor);
    app.room.set_days(keep_days(i64::from(app.config.keep_posts_days), &space));
    app.cache.set_limit(if app.config.hotlink { 0 } else { space.cache_limit });
    cache::make_room(app, 0)?;
    app.room.set_short(space.reserve < reserve_size(space.granted));
    look(app);
    Ok(space)
}

/// Days that posts of others are kept: fewer, the more the database is over what it should take.
fn keep_days(wanted: i64, space: &Space) -> i64 {
    if wanted == 0 {
        return 0; // the operator keeps everything, and grants what that takes
    }
    // Of what was granted: others who fill the disk take pictures from us, which come back, and no posts, which do not.
    let part = (space.wanted / 10 * 8).saturating_sub(space.media).max(1);
    let shorter = match space.database * 4 / part {
        0..4 => wanted,
        4 => wanted / 2,
        5 => wanted / 4,
        _ => wanted / 8,
    };
    shorter.max(LEAST_DAYS.min(wanted))
}

/// Whether so many bytes more may be written for others' sake: the floor of the disk stays free.
pub fn fits(app: &App, more: u64) -> Result<bool> {
    if app.room.is_full() {
        return Ok(false);
    }
    let short = |free: u64| (app.room.floor() + more).saturating_sub(free);
    let needed = short(disk::of(&app.config.data)?.free);
    if needed == 0 {
        return Ok(true);
    }
    cache::let_go_of(app, needed)?;
    Ok(short(disk::of(&app.config.data)?.free) == 0)
}

/// Whether so many bytes more may be written for the owner's sake: the floor need not stay free, the reserve does.
pub fn fits_beside(app: &App, more: u64) -> Result<bool> {
    if app.room.is_full() {
        return Ok(false);
    }
    let short = |free: u64| (RESERVE_LEAST / 4 + more).saturating_sub(free);
    let needed = short(disk::of(&app.config.data)?.free);
    if needed > 0 {
        cache::let_go_of(app, needed)?;
    }
    Ok(short(disk::of(&app.config.data)?.free) == 0)
}

/// The disk is full: the cache gives room, then the snapshots, then the reserve. `false`: there is nothing left to give.
pub fn make_room(app: &App) -> bool {
    if give_cache(app) {
        return true;
    }
    app.room.set_short(true);
    app.config.give_reserve() // a part at a time: what other programs take of it is lost
}

/// The disk is full, and what could not be written may wait: the reserve stays for the owner's posts. `false`: there
/// is neither a cache nor a snapshot left.
pub fn give_cache(app: &App) -> bool {
    if !app.room.is_full() {
        tracing::warn!("the disk is full: what can wait is refused until there is room again");
    }
    app.room.set_full(true);
    let freed = cache::let_go_of(app, STEP).unwrap_or_else(|e| {
        tracing::debug!(error = %e, "the cache gave less than it has");
        0
    });
    freed > 0 || snapshots::give_way(app) > 0
}

/// Looks whether a disk that was full has room again, and lays the reserve back: some microseconds of each request until then.
pub fn look(app: &App) {
    if let Err(e) = look_again(app) {
        tracing::warn!(error = %e, "the disk could not be looked at"); // nothing depends on it
    }
}

fn look_again(app: &App) -> Result<()> {
    if !(app.room.is_full() || app.room.is_short()) {
        return Ok(());
    }
    let Some(_filling) = app.room.fill() else { return Ok(()) };
    let reserve = reserve_size(app.room.granted());
    let missing = reserve.saturating_sub(fs::metadata(app.config.reserve()).map_or(0, |m| m.len()));
    if disk::of(&app.config.data)?.free > missing + RESERVE_LEAST {
        if missing > 0 {
            fill_reserve(app, reserve)?;
        }
        app.room.set_short(false);
        if app.room.is_full() {
            app.room.set_full(false);
            tracing::info!("the disk has room again");
        }
    }
    Ok(())
}

/// What can wait is refused while the disk is full.
///
/// Errors: `NoSpace`, with what still works.
pub fn refuse_if_full(app: &App) -> Result<()> {
    match app.room.is_full() {
        true => Err(full()),
        false => Ok(()),
    }
}

pub fn full() -> Error {
    Error::new(
        Kind::NoSpace,
        "The disk is full. Text can still be posted; files and what others send must wait until there is room",
    )
}

fn reserve_size(granted: u64) -> u64 {
    // In whole MiB: a little more or less to grant is no reason to write it again.
    (granted / RESERVE_PART).clamp(RESERVE_LEAST, RESERVE_MOST) / MIB * MIB
}

/// Real bytes: some file systems write zeros down as nothing.
fn fill_reserve(app: &App, bytes: u64) -> Result<()> {
    let path = app.config.reserve();
    let written = (|| {
        let mut file = File::create(&path)?;
        let mut block = [0_u8; 64 * 1024];
        getrandom::fill(&mut block).map_err(std::io::Error::other)?;
        for n in 0..bytes / block.len() as u64 {
            block[..8].copy_from_slice(&n.to_le_bytes());
            file.write_all(&block)?;
        }
        file.sync_all()
    })();
    if let Err(e) = written {
        let _ = fs::remove_file(&path); // half a reserve is none
        return Err(e.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space(granted: u64, database: u64, media: u64) -> Space {
        let disk = Disk { total: 100_000 * MIB, free: 50_000 * MIB };
        Space {
            disk,
            granted: granted * MIB,
            wanted: granted * MIB,
            floor: 1024 * MIB,
            database: database * MIB,
            media: media * MIB,
            ..Space::default()
        }
    }

    #[test]
    fn the_cache_gets_what_is_left() {
        // 1,024 less 200 and 100, 16 for growth, and 8 in reserve.
        assert_eq!(cache_limit(&space(1024, 200, 100)), 700 * MIB);
        assert_eq!(cache_limit(&space(1024, 900, 200)), 0);
        let mut tight = space(10_000, 100, 0);
        tight.disk.free = 1_100 * MIB;
        tight.cache = 30 * MIB;
        assert_eq!(cache_limit(&tight), 106 * MIB, "the floor stays free");
    }

    #[test]
    fn posts_are_kept_shorter_when_they_outgrow_their_part() {
        assert_eq!(keep_days(90, &space(1000, 700, 0)), 90);
        assert_eq!(keep_days(90, &space(1000, 810, 0)), 45);
        assert_eq!(keep_days(90, &space(1000, 700, 250)), 22);
        assert_eq!(keep_days(90, &space(1000, 2000, 0)), 11);
        assert_eq!((keep_days(2, &space(1000, 2000, 0)), keep_days(0, &space(1000, 2000, 0))), (2, 0));
    }
}
