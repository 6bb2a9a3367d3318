//! From an older file to today's schema: an append-only list, counted by `user_version`.
//!
//! `schema.sql` is always the whole current schema; a fresh file takes it in one go.

use super::snapshot;
use crate::error::{Error, Result};
use crate::model::unpacked;
use rusqlite::Connection;
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

    /// Tables with their columns in any order, and the text of indexes, triggers and virtual tables.
    fn shape(c: &Connection) -> Vec<String> {
        let mut shape = Vec::new();
        let mut named = c
            .prepare("SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
            .unwrap();
        let mut rows = named.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let [kind, name, table, sql]: [String; 4] = [0, 1, 2, 3].map(|column| row.get(column).unwrap());
            if kind == "table" && !sql.starts_with("CREATE VIRTUAL") {
                let mut columns = c
                    .prepare("SELECT name, type, \"notnull\", ifnull(dflt_value, '-'), pk FROM pragma_table_info(?1)")
                    .unwrap();
                let columns = columns.query_map([&name], |r| {
                    let (column, kind, default) =
                        (r.get::<_, String>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(3)?);
                    let (required, key) = (r.get::<_, i64>(2)?, r.get::<_, i64>(4)?);
                    Ok(format!("{name}.{column} {kind} {required} {default} {key}"))
                });
                shape.extend(columns.unwrap().map(|column| column.unwrap()));
                let mut keys = c
                    .prepare("SELECT \"from\", \"table\", ifnull(\"to\", ''), on_delete FROM pragma_foreign_key_list(?1)")
                    .unwrap();
                let keys = keys.query_map([&name], |r| {
                    let words = [0, 1, 2, 3].map(|column| r.get::<_, String>(column));
                    words.into_iter().collect::<rusqlite::Result<Vec<_>>>()
                });
                shape.extend(keys.unwrap().map(|key| format!("{name} refers {}", key.unwrap().join(" "))));
            } else {
                let words = sql.split_whitespace().collect::<Vec<_>>().join(" ");
                shape.push(format!("{kind} {name} on {table}: {words}"));
            }
        }
        shape.sort();
        shape
    }

    /// Triggers and indexes may name functions of ours.
    fn memory() -> Connection {
        let c = Connection::open_in_memory().unwrap();
        c.create_scalar_function("taure_now", 0, FunctionFlags::SQLITE_UTF8, |_| Ok(0_i64)).unwrap();
        c
    }

    #[test]
    fn an_older_file_becomes_what_a_fresh_one_is() {
        let mut fresh = memory();
        run(&mut fresh, Path::new("fresh"), false).unwrap();
        assert_eq!(OLDER.len(), PACKED.len() - 1);
        for (version, schema) in (1_i64..).zip(OLDER) {
            let mut older = memory();
            older.execute_batch(schema).unwrap();
            older.pragma_update(None, "user_version", version).unwrap();
            run(&mut older, Path::new("older"), false).unwrap();
            let (upgraded, wanted) = (shape(&older), shape(&fresh));
            let lacks: Vec<_> = wanted.iter().filter(|line| !upgraded.contains(line)).collect();
            let extra: Vec<_> = upgraded.iter().filter(|line| !wanted.contains(line)).collect();
            assert!(
                lacks.is_empty() && extra.is_empty(),
                "version {version} lacks {lacks:#?} and has {extra:#?}"
            );
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
}
