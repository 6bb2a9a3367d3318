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
pub mod webhooks;
pub mod webmentions;
mod words;

use crate::error::{Error, Kind, Result};
use crate::model::{AccountId, Clock, Event, StatusId, Timestamp};
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use migrations::{VERSION, differences};

/// Connections that read at the same time. Each costs its page cache.
const READERS: usize = 4;
/// Page cache of each connection, in KiB.
const CACHE_KIB: i64 = 1_024;
/// How long a lock of another process is waited for.
const BUSY: Duration = Duration::from_secs(10);
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 128;

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

/// Tables of which no visitor ever sees a word: the server's own work, and what only the owner reads.
const UNSEEN: &[&str] = &[
    "jobs",
    "lanes",
    "activities",
    "deliveries",
    "hosts",
    "seen_activities",
    "idempotency_keys",
    "notifications",
    "conversations",
    "markers",
    "remote_files",
    "codes",
    "tokens",
    "push_subscriptions",
    "sessions",
    "login_links",
    "imports",
    "imports_waiting",
];

/// An open write transaction. It reads as a `&Connection` too.
pub struct Tx<'a> {
    inner: rusqlite::Transaction<'a>,
    /// The one time of this action.
    pub now: Timestamp,
    events: RefCell<Vec<Event>>,
    /// Rows that changed where no visitor looks.
    unseen: Cell<u64>,
    /// Whose words changed: indexed right before the commit, when all that belongs to them is in place.
    statuses_to_index: RefCell<BTreeSet<StatusId>>,
    accounts_to_index: RefCell<BTreeSet<AccountId>>,
}

impl Deref for Tx<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.inner
    }
}

impl Tx<'_> {
    /// Tells the listeners of `event`, once and only if this transaction commits.
    pub fn after_commit(&self, event: Event) {
        let mut events = self.events.borrow_mut();
        if !events.contains(&event) {
            events.push(event);
        }
    }

    /// The text, the media or the tags of a status changed: the search will find it by what it then is.
    pub fn index_status(&self, id: StatusId) {
        self.statuses_to_index.borrow_mut().insert(id);
    }

    /// An account is new or may be called otherwise.
    pub fn index_account(&self, id: AccountId) {
        self.accounts_to_index.borrow_mut().insert(id);
    }

    /// Runs one statement; a result of no rows changed is no error.
    pub fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize> {
        let rows = self.inner.prepare_cached(sql)?.execute(params)?;
        if UNSEEN.contains(&table(sql)) {
            self.unseen.set(self.unseen.get() + rows as u64);
        }
        Ok(rows)
    }
}

/// The table that a plain statement writes to; empty for any other.
fn table(sql: &str) -> &str {
    let mut words = sql.split_ascii_whitespace();
    let found = match words.next() {
        Some("UPDATE") => words.next(),
        Some("INSERT" | "DELETE") => words.find(|word| matches!(*word, "INTO" | "FROM")).and(words.next()),
        _ => None,
    };
    found.unwrap_or_default()
}

thread_local! {
    static IN_TRANSACTION: Cell<bool> = const { Cell::new(false) };
}

/// Panics in debug builds when this thread holds the write transaction: the network may take
/// thirty seconds, and every other write would wait.
pub fn assert_no_transaction() {
    debug_assert!(!IN_TRANSACTION.with(Cell::get), "the network was touched inside a write transaction");
}

struct Inside;

impl Inside {
    fn enter() -> Inside {
        IN_TRANSACTION.with(|flag| {
            debug_assert!(!flag.get(), "a write inside a write would wait for itself");
            flag.set(true);
        });
        Inside
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        IN_TRANSACTION.with(|flag| flag.set(false));
    }
}

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

fn commit<T>(
    writer: &mut Connection,
    now: Timestamp,
    f: impl FnOnce(&Tx) -> Result<T>,
) -> Result<(T, Vec<Event>, bool)> {
    let _inside = Inside::enter();
    let before = writer.total_changes();
    let inner = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let tx = Tx {
        inner,
        now,
        events: RefCell::default(),
        unseen: Cell::default(),
        statuses_to_index: RefCell::default(),
        accounts_to_index: RefCell::default(),
    };
    let value = f(&tx)?; // an error drops the transaction, which rolls it back
    search::index(&tx, &tx.statuses_to_index.take(), &tx.accounts_to_index.take())?;
    let seen = tx.inner.total_changes() - before > tx.unseen.get();
    tx.inner.commit()?;
    Ok((value, tx.events.into_inner(), seen))
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

/// A file that cannot even be opened: the operator has to read which one and why.
fn unusable(path: &Path, e: Error) -> Error {
    Error::new(e.kind, format!("{} cannot be used as the database ({e})", path.display()))
}

fn connect(path: &Path, flags: OpenFlags, clock: &Clock) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
        // Before the first table: incremental vacuum can give space back later.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "journal_size_limit", 8 * 1024 * 1024)?;
    }
    // Without this, SQLite looks at the bound values while it plans, and plans anew at each new value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    rusqlite::vtab::array::load_module(&connection)?;
    // What has ended is said by the row that is read, in the time that tests can move.
    let clock = clock.clone();
    connection.create_scalar_function(
        "taure_now",
        0,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY,
        move |_| Ok(clock.now()),
    )?;
    Ok(connection)
}

/// The time by the clock of the house, for what has a connection at hand and no `App`.
pub fn now(c: &Connection) -> Result<Timestamp> {
    Ok(c.prepare_cached("SELECT taure_now()")?.query_row([], |r| r.get(0))?)
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{DatabaseBusy, DiskFull, NotADatabase, ReadOnly, SystemIoFailure};
        match e.sqlite_error_code() {
            Some(DiskFull) => Error::new(Kind::NoSpace, "The disk is full").because(e),
            Some(ReadOnly) => Error::new(Kind::NoSpace, "The database is read-only").because(e),
            Some(SystemIoFailure) => Error::new(Kind::NoSpace, "The disk failed").because(e),
            Some(DatabaseBusy) => Error::unavailable("The database is busy").because(e),
            Some(NotADatabase) => Error::internal(e),
            _ if matches!(e, rusqlite::Error::QueryReturnedNoRows) => Error::not_found(),
            _ => Error::internal(e),
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

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
        assert_eq!(table("WITH x AS (SELECT 1 FROM jobs) UPDATE statuses SET id = 1"), "");

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
