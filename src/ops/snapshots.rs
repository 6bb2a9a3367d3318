//! Copies of the database beside it, one a day: against a slip of the owner's or a bug of ours, not against a broken disk.
//!
//! They are made while there is room for them, and the first thing of the owner's that gives way: see [`super::budget`].
//! Those that stand before a new schema ([`crate::store::snapshot`]) go after a month.

use super::budget;
use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::sort::sort_by;
use crate::model::time::{DAY, HOUR};
use crate::store::instance;
use crate::store::snapshot::{self, BEFORE, FOLDER};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the time of the last one is noted, and of the last whole backup.
pub const MADE: &str = "snapshot_at";
pub const BACKED_UP: &str = "backup_at";

/// A day, but for what an hourly beat may be late.
const DUE: i64 = DAY - 2 * HOUR;
/// How long one stays that was made before a new schema.
const MONTH: Duration = Duration::from_secs(30 * 86_400);
/// Nobody writes on a copy for so long.
const FORGOTTEN: Duration = Duration::from_secs(86_400);

/// Makes the one of today, if that is wanted and there is room, and lets go of those that are too many.
///
/// Errors: the disk's; that there is no room is none.
pub fn run(app: &App) -> Result<()> {
    let keep = app.config.snapshots as usize;
    let folder = folder(app);
    sweep(&folder);
    let last = app.store.read(|c| instance::number(c, MADE))?;
    // One of the future is a clock's that went wrong.
    let is_due = last.is_none_or(|at| !(0..DUE).contains(&(app.now().0 - at)));
    if keep > 0 && is_due && make_room(app)? {
        snapshot::make_folder(&folder)?;
        match snapshot::put(app.store.path(), &folder.join(format!("{}.db", app.now().to_date()))) {
            Err(e) if e.kind == Kind::NoSpace => tracing::warn!("no snapshot today: the disk is full"),
            done => {
                done?;
                app.store.write(|tx| instance::set_number(tx, MADE, tx.now.0))?;
            }
        }
    }
    let mut dailies = dailies(&folder);
    dailies.reverse();
    dailies.iter().skip(keep).try_for_each(|(_, path)| Ok(fs::remove_file(path)?))
}

/// Lets the oldest go, as far as that is needed for a new one.
fn make_room(app: &App) -> Result<bool> {
    loop {
        let space = budget::measure(app)?;
        let size = space.database;
        if space.used() - space.cache + size <= space.granted && budget::fits(app, size)? {
            return Ok(true);
        }
        let dailies = dailies(&folder(app));
        match dailies.first() {
            // The last one is worth more than that there is a newer one.
            Some((_, oldest)) if dailies.len() > 1 => fs::remove_file(oldest)?,
            _ => {
                tracing::warn!("no snapshot today: there is no room for it");
                return Ok(false);
            }
        }
    }
}

/// Others need the room: the oldest goes, those of old schemas last. Gives the bytes.
pub fn give_way(app: &App) -> u64 {
    let folder = folder(app);
    let mut all = dailies(&folder);
    all.extend(named(&folder, |name| name.starts_with(BEFORE)));
    for (name, path) in all {
        let bytes = fs::metadata(&path).map_or(0, |m| m.len());
        if fs::remove_file(&path).is_ok() {
            tracing::warn!(name, "a snapshot went, since the room is needed");
            return bytes.max(1);
        }
    }
    0
}

pub fn folder(app: &App) -> PathBuf {
    app.config.data.join(FOLDER)
}

/// `2026-11-30.db`: the oldest first.
fn dailies(folder: &Path) -> Vec<(String, PathBuf)> {
    let is_date = |c: (usize, u8)| if matches!(c.0, 4 | 7) { c.1 == b'-' } else { c.1.is_ascii_digit() };
    named(folder, |name| {
        name.strip_suffix(".db").is_some_and(|date| date.len() == 10 && date.bytes().enumerate().all(is_date))
    })
}

fn named(folder: &Path, is_meant: impl Fn(&str) -> bool) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())))
        .filter(|(name, _)| is_meant(name))
        .collect();
    sort_by(&mut found, Ord::cmp);
    found
}

fn sweep(folder: &Path) {
    for (name, path) in named(folder, |name| name.starts_with(BEFORE) || name.ends_with(".unfinished")) {
        let age = fs::metadata(&path).and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
        let most = if name.ends_with(".db") { MONTH } else { FORGOTTEN };
        if age.is_some_and(|age| age > most) {
            let _ = fs::remove_file(path); // the next hour tries again
        }
    }
}
