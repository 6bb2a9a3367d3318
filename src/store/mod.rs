//! The one file: SQLite in WAL mode, one writer, a few readers, and the SQL of the house.
//!
//! Reads take `&Connection`; writes take [`Tx`], which carries the time: no write outside a
//! transaction, one time per action. Events go out after the commit. Each aggregate has a file.

pub mod accounts;
pub mod annual_reports;
pub mod app_calls;
pub mod arrivals;
pub mod blocklists;
pub mod cards;
pub mod cleanup;
pub mod collections;
mod connection;
pub mod conversations;
pub mod deliveries;
pub mod domain_blocks;
pub mod domains;
pub mod drafts;
pub mod emojis;
pub mod favourites;
pub mod featured_tags;
pub mod feeds;
pub mod filters;
pub mod flags;
pub mod health;
pub mod home;
pub mod imports;
pub mod instance;
pub mod interactions;
pub mod jobs;
pub mod lists;
pub mod markers;
pub mod media;
mod migrations;
pub mod moves;
pub mod notification_requests;
pub mod notifications;
pub mod oauth;
pub mod passkeys;
#[cfg(test)]
mod plans;
pub mod polls;
pub mod push;
pub mod quotes;
pub mod reactions;
pub mod relations;
pub mod remote_files;
pub mod reports;
pub mod retention;
pub mod row;
pub mod scheduled;
pub mod search;
pub mod second_factor;
pub mod secret;
pub mod sessions;
pub mod snapshot;
pub mod sources;
pub mod space;
pub mod statuses;
pub mod strangers;
pub mod suggestions;
pub mod tags;
pub mod takeover;
pub mod tidy;
pub mod timelines;
pub mod trends;
mod tx;
pub mod webhooks;
pub mod webmentions;
mod words;

use crate::error::{Error, Result};
use crate::model::{Clock, Event, Timestamp};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use connection::now;
use connection::{BUSY, connect, unusable};
pub use migrations::{VERSION, differences};
use tx::commit;
pub use tx::{Tx, assert_no_transaction};

/// Connections that read at the same time. Each costs its page cache.
const READERS: usize = 4;

type Listener = Box<dyn Fn(&[Event]) + Send + Sync>;

pub struct Store {
    path: PathBuf,
    clock: Clock,
    // Before the writer, so that they close first: the last one to close puts the WAL away, and a reader may not.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    reader_back: Condvar,
    listener: Listener,
    edition: AtomicU64,
    outside: Mutex<Outside>,
}

/// What other processes wrote, as it was last looked at.
struct Outside {
    looked: Instant,
    version: i64,
}

/// Other processes, `taure` on the command line say, are looked at this often.
const LOOK_OUTSIDE: Duration = Duration::from_secs(1);

/// Pages that stay free, 4 MiB: a file that shrinks and grows each hour wears a card out.
const FREE_PAGES: i64 = 1_024;
/// Pages given back at a time, 8 MiB, and in one transaction.
const PAGES_AT_ONCE: i64 = 2_048;
const PAGES_IN_ONE: i64 = 64;

impl Store {
    /// Opens the file, makes it if there is none, and brings an older one to today's schema.
    ///
    /// Errors: the file belongs to a newer Taure, cannot be written, or is no database.
    pub fn open(path: &Path, clock: Clock, listener: Listener) -> Result<Store> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut writer = connect(path, flags, &clock).map_err(|e| unusable(path, e))?;
        migrations::run(&mut writer, path, true)?;
        let readers = (0..READERS)
            .map(|_| connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, &clock))
            .collect::<Result<Vec<_>>>()?;
        let outside = Outside { looked: Instant::now(), version: data_version(&writer)? };
        Ok(Store {
            path: path.to_owned(),
            clock,
            writer: Mutex::new(writer),
            readers: Mutex::new(readers),
            reader_back: Condvar::new(),
            listener,
            edition: AtomicU64::new(0),
            outside: Mutex::new(outside),
        })
    }

    /// Brings an older file to today's schema and makes no copy of it before: its owner said so.
    ///
    /// Errors: as [`Store::open`].
    pub fn upgrade(path: &Path, clock: &Clock) -> Result<()> {
        migrations::run(&mut connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, clock)?, path, false)
    }

    /// Gives each connection so many KiB for pages. At the start, when all of them are at home.
    pub fn set_page_cache(&self, kib: i64) -> Result<()> {
        locked(&self.writer).pragma_update(None, "cache_size", -kib)?;
        for reader in locked(&self.readers).iter() {
            reader.pragma_update(None, "cache_size", -kib)?;
        }
        Ok(())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Another number after each commit that a visitor may see something of. Take it before the reading: what is
    /// then kept is never newer than it says.
    pub fn edition(&self) -> u64 {
        self.edition.load(Ordering::Acquire)
    }

    /// Another number, too, for what is kept beside the file and changed after the commit.
    pub fn new_edition(&self) {
        self.edition.fetch_add(1, Ordering::Release);
    }

    /// Notes what other processes wrote, at most once a second, and not while somebody writes here: that is noted
    /// anyway.
    pub fn look_outside(&self) {
        let Ok(mut outside) = self.outside.try_lock() else { return };
        if outside.looked.elapsed() < LOOK_OUTSIDE {
            return;
        }
        let Ok(writer) = self.writer.try_lock() else { return };
        outside.looked = Instant::now();
        match data_version(&writer) {
            Ok(version) if version == outside.version => {}
            Ok(version) => {
                outside.version = version;
                self.edition.fetch_add(1, Ordering::Release);
            }
            Err(_) => drop(self.edition.fetch_add(1, Ordering::Release)), // rather too often than not
        }
    }

    /// Reads from one consistent picture of the file.
    pub fn read<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut borrowed = Borrowed { store: self, connection: Some(self.take_reader()) };
        let Some(connection) = borrowed.connection.as_mut() else {
            return Err(Error::internal("no reader"));
        };
        let tx = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let result = f(&tx);
        tx.finish()?;
        result
    }

    /// Writes in one transaction: all of it or nothing. Events go out after the commit.
    ///
    /// The closure may run anything but network calls and another `write`.
    pub fn write<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.transact(f, false)
    }

    /// As [`Store::write`], and on the disk before it returns, so that not even a power cut takes it
    /// back: for what the owner wrote, and for keys.
    pub fn write_durably<T>(&self, f: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.transact(f, true)
    }

    fn transact<T>(&self, f: impl FnOnce(&Tx) -> Result<T>, durable: bool) -> Result<T> {
        let mut writer = locked(&self.writer);
        if durable {
            writer.pragma_update(None, "synchronous", "FULL")?;
        }
        let done = commit(&mut writer, self.clock.now(), f);
        if durable {
            writer.pragma_update(None, "synchronous", "NORMAL")?;
        }
        drop(writer);
        let (value, events, seen) = done?;
        if seen {
            self.edition.fetch_add(1, Ordering::Release);
        }
        if !events.is_empty() {
            (self.listener)(&events);
        }
        Ok(value)
    }

    /// Gives free pages at the end of the file back to the disk, a few at a time: others write in between. What is left free
    /// is used by the next rows.
    pub fn give_back(&self) -> Result<()> {
        for _ in 0..PAGES_AT_ONCE / PAGES_IN_ONE {
            let writer = locked(&self.writer);
            let free: i64 = writer.pragma_query_value(None, "freelist_count", |row| row.get(0))?;
            let pages = (free - FREE_PAGES).min(PAGES_IN_ONE);
            if pages <= 0 {
                break;
            }
            let mut vacuum = writer.prepare_cached(&format!("PRAGMA incremental_vacuum({pages})"))?;
            let mut rows = vacuum.query([])?;
            while rows.next()?.is_some() {} // one step a page
        }
        Ok(())
    }

    /// Gives all free pages back, a few at a time: when somebody asks for it.
    pub fn give_all_back(&self) -> Result<()> {
        loop {
            let before = self.read(space::free)?;
            self.give_back()?;
            if self.read(space::free)? >= before {
                break;
            }
        }
        // What was given back stands in the log until then.
        empty_log(&locked(&self.writer))
    }

    /// Empties the WAL into the file and refreshes the planner's numbers: before the process ends.
    pub fn close(&self) -> Result<()> {
        let writer = locked(&self.writer);
        writer.execute_batch("PRAGMA optimize")?;
        empty_log(&writer)
    }

    fn take_reader(&self) -> Connection {
        let mut readers = locked(&self.readers);
        loop {
            if let Some(connection) = readers.pop() {
                return connection;
            }
            readers = self.reader_back.wait(readers).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Puts the connection back, however the borrower ends: a panic in a handler must cost no reader.
struct Borrowed<'a> {
    store: &'a Store,
    connection: Option<Connection>,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            locked(&self.store.readers).push(connection);
            self.store.reader_back.notify_one();
        }
    }
}

/// Puts what is in the log into the file. Whoever copies the file just now, `taure backup` or Litestream, holds the log:
/// then it stays, and nobody waits for long, since no other process writes meanwhile.
fn empty_log(writer: &Connection) -> Result<()> {
    writer.busy_timeout(Duration::from_secs(1))?;
    let done = writer.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    writer.busy_timeout(BUSY)?;
    Ok(done?)
}

/// Another number whenever another connection wrote: <https://sqlite.org/pragma.html#pragma_data_version>
fn data_version(writer: &Connection) -> Result<i64> {
    Ok(writer.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// A lock whose holder panicked guards a connection whose transaction was rolled back: still good.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::error::Kind;

    /// An empty store in a folder of its own, for the unit tests of this room.
    pub fn empty() -> Store {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("taure-store-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let dir = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&dir).unwrap();
        Store::open(&dir.join("taure.db"), Clock::default(), Box::new(|_| ())).unwrap()
    }

    #[test]
    fn an_error_inside_a_write_takes_everything_back() {
        let store = empty();
        let failed: Result<()> = store.write(|tx| {
            tx.run("INSERT INTO settings (name, value) VALUES ('a', '1')", [])?;
            Err(Error::invalid("no"))
        });
        assert_eq!(failed.unwrap_err().kind, Kind::Invalid);
        let count: i64 =
            store.read(|c| Ok(c.query_row("SELECT count(*) FROM settings", [], |r| r.get(0))?)).unwrap();
        assert_eq!(count, 0);
    }

    #[test]
    fn only_what_somebody_may_see_makes_a_new_edition() {
        let store = empty();
        let write = |sql: &'static str| {
            let before = store.edition();
            store.write(|tx| tx.run(sql, [])).unwrap();
            store.edition() != before
        };
        assert!(write("INSERT INTO settings (name, value) VALUES ('a', '1')"));
        assert!(!write("UPDATE settings SET value = '2' WHERE name = 'nobody'"), "no row changed");
        assert!(!write("INSERT OR IGNORE INTO seen_activities (uri, seen_at) VALUES ('a', 1)"));
        assert!(!write("DELETE FROM seen_activities"));
        assert_eq!(tx::table("WITH x AS (SELECT 1 FROM jobs) UPDATE statuses SET id = 1"), "");

        let other = Store::open(store.path(), Clock::default(), Box::new(|_| ())).unwrap();
        other.write(|tx| tx.run("DELETE FROM settings", [])).unwrap();
        let before = store.edition();
        store.look_outside();
        assert_eq!(store.edition(), before, "it was looked at a moment ago");
        std::thread::sleep(LOOK_OUTSIDE);
        store.look_outside();
        assert_eq!(store.edition(), before + 1);
    }

    #[test]
    fn what_is_free_goes_back_to_the_disk_but_for_some_room() {
        let store = empty();
        let big = "x".repeat(64 * 1024);
        store
            .write(|tx| {
                for n in 0..400 {
                    tx.run("INSERT INTO settings (name, value) VALUES (?1, ?2)", (format!("{n}"), &big))?;
                }
                Ok(())
            })
            .unwrap();
        store.write(|tx| tx.run("DELETE FROM settings WHERE value = ?1", [&big]).map(drop)).unwrap();
        store.close().unwrap();
        let size = || std::fs::metadata(store.path()).unwrap().len();
        let (before, mut last) = (size(), 0);
        assert!(before > 24 * 1024 * 1024);
        for _ in 0..10 {
            store.give_back().unwrap();
            store.close().unwrap();
            last = size();
        }
        assert!(last < 6 * 1024 * 1024, "{before} became {last}");
        store
            .read(|c| Ok(c.query_row("PRAGMA integrity_check", [], |r| r.get::<_, String>(0))?))
            .map(|ok| assert_eq!(ok, "ok"))
            .unwrap();
    }

    #[test]
    fn a_panicking_reader_gives_its_connection_back() {
        let store = empty();
        for _ in 0..READERS * 2 {
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                let _: Result<()> = store.read(|_| panic!("as a bug would"));
            }));
            assert!(caught.is_err());
        }
        store.read(|_| Ok(())).unwrap();
    }
}
