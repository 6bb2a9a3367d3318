//! A copy of the whole file while others write it, and what a copy is asked before anything trusts it.
//!
//! The copy is made in one read transaction, so it is the file of one moment. In WAL mode that holds up nobody: writers
//! append to the log meanwhile. <https://www.sqlite.org/backup.html>

use super::row::{all, first};
use crate::error::{Error, Kind, Result};
use crate::model::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at a time, 1 MiB, and the rest for the disk after each.
const STEP: i32 = 256;
const BREATH: Duration = Duration::from_millis(2);

/// Copies the database at `from` into a new file, readable by its owner alone, whole and on the disk when it returns.
/// Nothing is left of one that failed.
///
/// Errors: `NoSpace`; there is a file already.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    copy_of(&open(from)?, to)
}

/// As [`copy`], and not a byte of `from` and what lies beside it is written.
pub fn copy_untouched(from: &Path, to: &Path) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let whole = fs::canonicalize(from)?;
    let mut log = whole.clone().into_os_string();
    log.push("-wal");
    let source = match (fs::metadata(log).map_or(0, |m| m.len()), url::Url::from_file_path(&whole)) {
        // Without a log nothing has to be made beside it.
        (0, Ok(mut url)) => {
            url.set_query(Some("immutable=1"));
            Connection::open_with_flags(url.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)?
        }
        _ => Connection::open_with_flags(&whole, flags)?,
    };
    source.busy_timeout(super::BUSY)?;
    copy_of(&source, to)
}

fn copy_of(source: &Connection, to: &Path) -> Result<()> {
    File::options().write(true).create_new(true).mode(0o600).open(to)?;
    let done = copy_into(source, to);
    if done.is_err() {
        let _ = fs::remove_file(to); // the first error is the one to tell
    }
    done
}

/// For reading alone, as it is: no migration.
///
/// Errors: there is no database.
pub fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(super::BUSY)?;
    Ok(connection)
}

fn copy_into(source: &Connection, to: &Path) -> Result<()> {
    let mut copy = Connection::open(to)?;
    // Half a copy is thrown away, so it needs no journal; it is flushed once, at the end.
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
    // Held to the end: whoever writes meanwhile does not make the copy begin anew.
    source.execute_batch("BEGIN; SELECT 1 FROM sqlite_master LIMIT 1")?;
    let copied = (|| {
        let backup = Backup::new(source, &mut copy)?;
        loop {
            match backup.step(STEP)? {
                StepResult::Done => return Ok(()),
                StepResult::Busy | StepResult::Locked => {
                    return Err(Error::unavailable("The database is busy"));
                }
                _ => std::thread::sleep(BREATH),
            }
        }
    })();
    source.execute_batch("ROLLBACK")?;
    copied?;
    // One file, whatever the original has beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, e)| e)?;
    File::open(to)?.sync_all()?;
    Ok(())
}

/// The schema that a file says it has; 0 for an empty one.
pub fn schema(c: &Connection) -> Result<i64> {
    Ok(c.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Errors: the first fault that SQLite finds in the file, in its words.
pub fn check(c: &Connection) -> Result<()> {
    match broken(c, true)? {
        Some(what) => Err(Error::invalid(format!("the database in it is broken: {what}"))),
        None => Ok(()),
    }
}

/// The first fault that SQLite finds in the file, in its words. Unless `deep`, only the pages are looked at: that takes a
/// fraction of the time.
pub fn broken(c: &Connection, deep: bool) -> Result<Option<String>> {
    let sql = if deep { "PRAGMA integrity_check(1)" } else { "PRAGMA quick_check(1)" };
    let told: String = c.query_row(sql, [], |r| r.get(0))?;
    if told != "ok" || !deep {
        return Ok((told != "ok").then_some(told));
    }
    let stray = first(c, "PRAGMA foreign_key_check", [], |r| r.get::<_, String>(0))?;
    Ok(stray.map(|table| format!("rows of {table} belong to nothing")))
}

/// The keys of all files that rows of the owner's name.
pub fn files(c: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT blob FROM media WHERE blob IS NOT NULL
         UNION SELECT preview_blob FROM media WHERE preview_blob IS NOT NULL
         UNION SELECT blob FROM custom_emojis
         UNION SELECT static_blob FROM custom_emojis WHERE static_blob IS NOT NULL
         UNION SELECT avatar_blob FROM accounts WHERE domain IS NULL AND avatar_blob IS NOT NULL
         UNION SELECT header_blob FROM accounts WHERE domain IS NULL AND header_blob IS NOT NULL";
    all(c, sql, [], |r| r.get(0))
}

/// What is in a file, in numbers for people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub posts: i64,
    pub own_posts: i64,
    pub followers: i64,
    pub following: i64,
    pub keys: i64,
    pub tokens: i64,
    pub waiting: i64,
}

pub fn counts(c: &Connection) -> Result<Counts> {
    let sql = "SELECT (SELECT count(*) FROM statuses), (SELECT count(*) FROM statuses WHERE local = 1),
                      (SELECT count(*) FROM accounts WHERE follower = 2), (SELECT count(*) FROM accounts WHERE following = 2),
                      (SELECT count(*) FROM keys), (SELECT count(*) FROM tokens),
                      (SELECT count(*) FROM jobs WHERE lane >= 'out:' AND lane < 'out;')";
    Ok(c.query_row(sql, [], |r| {
        Ok(Counts {
            posts: r.get(0)?,
            own_posts: r.get(1)?,
            followers: r.get(2)?,
            following: r.get(3)?,
            keys: r.get(4)?,
            tokens: r.get(5)?,
            waiting: r.get(6)?,
        })
    })?)
}

/// Makes a copy of some days ago fit to go on from: what may have gone out since does not go out again.
///
/// Deliveries stay: they carry the same ids again, and whoever has one knows it. Notifications to devices go. Posts whose
/// time came meanwhile lose their alarm, and their number is given: the lost server may have published them.
pub fn go_on(c: &mut Connection, now: Timestamp) -> Result<usize> {
    let tx = c.transaction()?;
    tx.execute_batch(
        "DELETE FROM jobs WHERE lane >= 'push:' AND lane < 'push;';
         DELETE FROM lanes WHERE lane >= 'push:' AND lane < 'push;';",
    )?;
    let due = "SELECT 'schedule:' || id FROM scheduled_statuses WHERE scheduled_at <= ?1";
    let held = tx.execute(&format!("DELETE FROM jobs WHERE lane IN ({due})"), [now])?;
    tx.execute(&format!("DELETE FROM lanes WHERE lane IN ({due})"), [now])?;
    tx.commit()?;
    Ok(held)
}

/// Notes a time of the house in the settings, beside a server that may be running.
pub fn note(path: &Path, name: &str, at: Timestamp) -> Result<()> {
    let sql =
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
    open(path)?.execute(sql, (name, at.0.to_string()))?;
    Ok(())
}

/// A copy of the file as it is before it is brought to another schema, `snapshots/before-schema-6.db` say.
///
/// Errors: there is no room for it, and what can be done then.
pub(super) fn before_schema(path: &Path, from: i64, to: i64) -> Result<()> {
    let folder = path.with_file_name(FOLDER);
    make_folder(&folder)?;
    let kept = folder.join(format!("{BEFORE}{to}.db"));
    // An earlier try left it; the file still is what it was then, or was put back since.
    if let Err(e) = fs::remove_file(&kept)
        && e.kind() != std::io::ErrorKind::NotFound
    {
        return Err(e.into());
    }
    put(path, &kept).map_err(|e| match e.kind {
        Kind::NoSpace => Error::invalid(format!(
            "{} is to be brought from schema {from} to {to}, and there is no room for the copy that is made before. \
             Make room, or begin once with `taure serve --no-snapshot`; nothing was changed",
            path.display()
        )),
        _ => e,
    })
}

/// Copies of the database are kept here, in the data folder.
pub const FOLDER: &str = "snapshots";
pub const BEFORE: &str = "before-schema-";

/// For its owner alone: the keys are in it.
pub fn make_folder(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    Ok(fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?)
}

/// A new folder for its owner alone among those for passing things, of a name that nobody guesses.
pub fn passing_folder() -> Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let folder = std::env::temp_dir().join(format!("taure-{}", super::secret::fresh()?));
    fs::DirBuilder::new().mode(0o700).create(&folder)?;
    Ok(folder)
}

/// Copies the database into a file that has its name only when it is whole.
pub fn put(from: &Path, to: &Path) -> Result<()> {
    let unfinished = to.with_extension(format!("{}.unfinished", std::process::id()));
    match fs::remove_file(&unfinished) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
        _ => copy(from, &unfinished)?,
    }
    fs::rename(&unfinished, to)?;
    if let Some(folder) = to.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;

    #[test]
    fn a_copy_is_of_one_moment_while_others_write() {
        let store = empty();
        let big = "x".repeat(32 * 1024);
        let add = |n: usize| {
            let row = (format!("{n}"), &big);
            store.write(|tx| tx.run("INSERT INTO settings (name, value) VALUES (?1, ?2)", row)).unwrap();
        };
        (0..300).for_each(add);
        let to = store.path().with_extension("copy");
        std::thread::scope(|scope| {
            let copying = scope.spawn(|| copy(store.path(), &to));
            let mut n = 300;
            while !copying.is_finished() {
                add(n);
                n += 1;
            }
            copying.join().unwrap().unwrap();
        });
        let copied = open(&to).unwrap();
        check(&copied).unwrap();
        let rows: i64 = copied.query_row("SELECT count(*) FROM settings", [], |r| r.get(0)).unwrap();
        assert!(rows >= 300, "{rows}");
        assert_eq!(schema(&copied).unwrap(), super::super::VERSION);
        assert_eq!(schema(&open(store.path()).unwrap()).unwrap(), super::super::VERSION);
        assert!(copy(store.path(), &to).is_err(), "nothing is written over");
        assert!(open(&to).is_ok());
    }
}
