//! How a connection is opened, and what its failures mean to the house.

use crate::error::{Error, Kind, Result};
use crate::model::{Clock, Timestamp};
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// Page cache of each connection, in KiB.
const CACHE_KIB: i64 = 1_024;
/// How long a lock of another process is waited for.
pub(super) const BUSY: Duration = Duration::from_secs(10);
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 128;

/// A file that cannot even be opened: the operator has to read which one and why.
pub(super) fn unusable(path: &Path, e: Error) -> Error {
    Error::new(e.kind, format!("{} cannot be used as the database ({e})", path.display()))
}

pub(super) fn connect(path: &Path, flags: OpenFlags, clock: &Clock) -> Result<Connection> {
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
