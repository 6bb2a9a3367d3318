//! What the owner can have given back at once, and how much that is: what the hourly tidying would do in its time.

use super::{budget, cache, retention};
use crate::app::App;
use crate::error::Result;
use crate::store::space;

/// What pruning would free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prunable {
    /// Bytes of others' files.
    pub cache: u64,
    /// Bytes within the database that hold nothing.
    pub free: u64,
    /// Posts of others that are old enough and that nobody touched.
    pub posts: usize,
    /// About how many bytes of the database those take.
    pub posts_bytes: u64,
}

/// What was freed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pruned {
    pub cache: u64,
    /// Rows that were forgotten.
    pub rows: usize,
    /// Bytes that the database is smaller now.
    pub database: u64,
}

/// Counts, and changes nothing. Reads every old post: seconds for a large file.
pub fn prunable(app: &App, days: i64) -> Result<Prunable> {
    let (all, _) = app.store.read(space::posts)?;
    let free = u64::try_from(app.store.read(space::free)?).unwrap_or(0);
    let posts = if days > 0 { retention::would_forget(app, days)? } else { 0 };
    let used = budget::measure(app)?.database.saturating_sub(free);
    let each = used / u64::try_from(all.max(1)).unwrap_or(1);
    Ok(Prunable { cache: app.cache.used(), free, posts, posts_bytes: each * posts as u64 })
}

/// Forgets posts of others older than so many days that nobody touched, with all that hangs on them, empties the cache
/// if `emptied`, and gives what is free back to the disk. Beside a running server, too.
pub fn prune(app: &App, days: i64, emptied: bool) -> Result<Pruned> {
    let before = budget::measure(app)?.database;
    let freed = if emptied { cache::let_go_of(app, u64::MAX)? } else { 0 };
    let rows = retention::whole(app, days)?;
    app.store.give_all_back()?;
    let after = budget::measure(app)?.database;
    Ok(Pruned { cache: freed, rows, database: before.saturating_sub(after) })
}
