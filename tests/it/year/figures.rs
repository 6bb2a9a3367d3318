//! Sizes on the disk and rows in the file.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use taure::app::App;

pub const MB: u64 = 1024 * 1024;

#[derive(Debug, Clone, Copy, Default)]
pub struct Sizes {
    /// `taure.db` with its log.
    pub file: u64,
    pub cache: u64,
    /// All of the data folder, in blocks of the disk.
    pub folder: u64,
}

pub fn sizes(app: &App) -> Sizes {
    let data = &app.config.data;
    let log = on_disk(&data.join("taure.db-wal"));
    Sizes {
        file: on_disk(&app.config.database()) + log,
        cache: on_disk(&data.join("cache")),
        folder: on_disk(data),
    }
}

/// Files may go while they are counted.
fn on_disk(path: &Path) -> u64 {
    let Ok(found) = std::fs::symlink_metadata(path) else { return 0 };
    let own = found.blocks() * 512;
    if !found.is_dir() {
        return own;
    }
    let inside = std::fs::read_dir(path).into_iter().flatten().flatten();
    own + inside.map(|entry| on_disk(&entry.path())).sum::<u64>()
}

pub fn mb(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / MB as f64)
}

/// Each table with its rows, the fullest first.
pub fn rows(app: &App) -> Vec<(String, i64)> {
    let counted = app.store.read(|c| {
        let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                        AND name NOT IN ('status_words', 'account_words')";
        let mut statement = c.prepare(names)?;
        let names = statement.query_map([], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let count = |name: String| {
            let rows = c.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |r| r.get(0))?;
            Ok((name, rows))
        };
        names.into_iter().map(count).collect::<taure::error::Result<Vec<(String, i64)>>>()
    });
    let mut rows = counted.unwrap();
    rows.sort_by_key(|(_, rows)| -rows);
    rows
}

pub fn count(app: &App, table: &str) -> i64 {
    app.store.read(|c| Ok(c.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))?)).unwrap()
}

/// Bytes of each table and index, the largest first; nothing where this SQLite cannot tell.
pub fn bytes(app: &App) -> Vec<(String, i64)> {
    let sql = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC";
    app.store
        .read(|c| {
            let mut statement = c.prepare(sql)?;
            Ok(statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<Vec<_>, _>>()?)
        })
        .unwrap_or_default()
}
