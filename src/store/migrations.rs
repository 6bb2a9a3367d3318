//! From an older file to today's schema: an append-only list, counted by `user_version`.
//!
//! `schema.sql` is always the whole current schema; a fresh file takes it in one go.

use super::row::all;
use super::snapshot;
use crate::error::{Error, Result};
use crate::model::{Clock, unpacked};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// The schema of a fresh file, `schema.sql`, and behind it the steps, `migrations/2.sql` and on: step n brings version n to
/// version n + 1. Never change a step that a release carried. Deflated by `build.rs`.
const PACKED: &[&[u8]] = include!(concat!(env!("OUT_DIR"), "/schema.rs"));

/// Today's `user_version`.
pub const VERSION: i64 = PACKED.len() as i64;

/// An older file is copied first, if `keep`: see [`snapshot`].
///
/// Errors: the file is of a newer version than this binary knows, or there is no room for the copy. It is left as it is.
pub fn run(connection: &mut Connection, path: &Path, keep: bool) -> Result<()> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == VERSION {
        return Ok(());
    }
    if found > VERSION {
        return Err(Error::invalid(format!(
            "{} has schema {found}, and this taure knows only up to {VERSION}: it was written by a newer version. \
             Install that version; nothing was changed",
            path.display()
        )));
    }
    if keep && found > 0 {
        snapshot::before_schema(path, found, VERSION)?;
    }
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have been here while we waited for the lock.
    let found: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found == 0 {
        tx.execute_batch(&unpacked(PACKED[0]))?;
    } else {
        let done = usize::try_from(found).unwrap_or(1);
        for step in PACKED.iter().skip(done) {
            tx.execute_batch(&unpacked(step))?;
        }
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()?;
    Ok(())
}

/// What a file lacks that a fresh one has, and what it has beyond that; a line each. Nothing: they are equal.
pub fn differences(c: &Connection, clock: &Clock) -> Result<Vec<String>> {
    let fresh = super::connect(Path::new(":memory:"), OpenFlags::SQLITE_OPEN_READ_WRITE, clock)?;
    fresh.execute_batch(&unpacked(PACKED[0]))?;
    let (found, wanted) = (shape(c)?, shape(&fresh)?);
    let lacks = wanted.iter().filter(|line| !found.contains(line)).map(|line| format!("lacks {line}"));
    let extra = found.iter().filter(|line| !wanted.contains(line)).map(|line| format!("has {line}"));
    Ok(lacks.chain(extra).collect())
}

/// Tables with their columns in any order, and the text of indexes, triggers and virtual tables.
fn shape(c: &Connection) -> Result<Vec<String>> {
    let sql =
        "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'";
    let named: Vec<[String; 4]> = all(c, sql, [], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?]))?;
    let mut shape = Vec::new();
    for [kind, name, table, sql] in named {
        if kind != "table" || sql.starts_with("CREATE VIRTUAL") {
            let words = sql.split_whitespace().collect::<Vec<_>>().join(" ");
            shape.push(format!("{kind} {name} on {table}: {words}"));
            continue;
        }
        let columns = "SELECT ?1 || '.' || name || ' ' || type || ' ' || \"notnull\" || ' ' || ifnull(dflt_value, '-') || ' ' || pk
                         FROM pragma_table_info(?1)";
        shape.extend(all(c, columns, [&name], |r| r.get::<_, String>(0))?);
        let keys = "SELECT ?1 || ' refers ' || \"from\" || ' ' || \"table\" || ' ' || ifnull(\"to\", '') || ' ' || on_delete
                      FROM pragma_foreign_key_list(?1)";
        shape.extend(all(c, keys, [&name], |r| r.get::<_, String>(0))?);
    }
    shape.sort();
    Ok(shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::functions::FunctionFlags;

    /// The schemas of older versions, as a fresh file of theirs had them.
    const OLDER: &[&str] = &[
        include_str!("../../tests/fixtures/schema/1.sql"),
        include_str!("../../tests/fixtures/schema/2.sql"),
        include_str!("../../tests/fixtures/schema/3.sql"),
        include_str!("../../tests/fixtures/schema/4.sql"),
        include_str!("../../tests/fixtures/schema/5.sql"),
    ];

    /// Triggers and indexes may name functions of ours.
    fn memory() -> Connection {
        let c = Connection::open_in_memory().unwrap();
        c.create_scalar_function("taure_now", 0, FunctionFlags::SQLITE_UTF8, |_| Ok(0_i64)).unwrap();
        c
    }

    #[test]
    fn an_older_file_becomes_what_a_fresh_one_is() {
        assert_eq!(OLDER.len(), PACKED.len() - 1);
        for (version, schema) in (1_i64..).zip(OLDER) {
            let mut older = memory();
            older.execute_batch(schema).unwrap();
            older.pragma_update(None, "user_version", version).unwrap();
            run(&mut older, Path::new("older"), false).unwrap();
            let differs = differences(&older, &Clock::default()).unwrap();
            assert!(differs.is_empty(), "version {version} {differs:#?}");
            let found: i64 = older.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            assert_eq!(found, VERSION);
        }
    }

    /// Step 3 gives the emoji of a favourite a row of its own.
    #[test]
    fn what_an_older_file_holds_comes_along() {
        let mut older = memory();
        older.execute_batch(OLDER[1]).unwrap();
        older.pragma_update(None, "foreign_keys", false).unwrap();
        older
            .execute_batch(
                "INSERT INTO favourites (id, status_id, account_id, uri, emoji, emoji_url)
                 VALUES (5, 10, 2, 'like', 'blob', 'https://b.test/blob.png'), (6, 10, 3, 'plain', NULL, NULL);
                 INSERT INTO activities (id, uri, body, by_instance, created_at) VALUES (7, 'flag', '{}', 1, 0);",
            )
            .unwrap();
        older.pragma_update(None, "user_version", 2).unwrap();
        run(&mut older, Path::new("older"), false).unwrap();
        let text = |sql: &str| older.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap();
        let given = "SELECT status_id || ' ' || account_id || ' ' || emoji || ' ' || url || ' ' || uri FROM reactions";
        assert_eq!(text(given), "10 2 blob https://b.test/blob.png like");
        let plain = "SELECT group_concat(account_id || ' ' || plain, ', ') FROM (SELECT * FROM favourites ORDER BY id)";
        assert_eq!(text(plain), "2 0, 3 1");
        assert_eq!(text("SELECT CAST(signer AS TEXT) FROM activities"), "1");
    }

    /// `tests/bench/upgrade`: a file of each version with a million posts is brought to today's schema in time.
    #[test]
    #[ignore = "a figure, and some seconds of work"]
    fn a_million_posts_upgrade_in_time() {
        let posts: i64 = std::env::var("POSTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
        let mut slowest = std::time::Duration::ZERO;
        for (version, schema) in (1_i64..).zip(OLDER) {
            let path =
                std::env::temp_dir().join(format!("taure-upgrade-{}-{version}.db", std::process::id()));
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
            let c = super::super::connect(&path, flags, &Clock::default()).unwrap();
            c.execute_batch(schema).unwrap();
            c.execute_batch(&format!(
                "PRAGMA synchronous = OFF; BEGIN;
                 WITH n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
                 INSERT INTO accounts (id, uri, url, username, domain, created_at)
                 SELECT i, 'https://a.test/' || i, 'https://a.test/@' || i, 'u' || i, 'a.test', 0 FROM n;
                 WITH n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {posts})
                 INSERT INTO statuses (id, uri, account_id, visibility, content, created_at)
                 SELECT i << 16, 'https://a.test/p/' || i, 1 + i % 1000, i % 4, '<p>A post of some length, number ' || i || '</p>', i FROM n;
                 INSERT INTO favourites (status_id, account_id) SELECT id, 1 + id % 999 FROM statuses WHERE id % 10 = 0;
                 COMMIT; PRAGMA user_version = {version}"
            ))
            .unwrap();
            drop(c);
            let size = || std::fs::metadata(&path).unwrap().len() >> 20;
            let (before, began) = (size(), std::time::Instant::now());
            super::super::Store::upgrade(&path, &Clock::default()).unwrap();
            let took = began.elapsed();
            println!(
                "upgrade: schema {version} to {VERSION} with {posts} posts in {:.2} s; {before} MiB before, {} after",
                took.as_secs_f64(),
                size()
            );
            let c = snapshot::open(&path).unwrap();
            let differs = differences(&c, &Clock::default()).unwrap();
            let kept: i64 = c.query_row("SELECT count(*) FROM statuses", [], |r| r.get(0)).unwrap();
            drop(c);
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
            }
            assert!(differs.is_empty(), "{differs:#?}");
            assert_eq!(kept, posts);
            slowest = slowest.max(took);
        }
        assert!(slowest.as_secs() < 5, "{slowest:?}");
    }
}
