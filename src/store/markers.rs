//! How far the owner has read, for apps on several devices.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

#[derive(Debug, Clone)]
pub struct Marker {
    /// `home` or `notifications`.
    pub timeline: String,
    pub last_read_id: String,
    /// Counts the changes.
    pub version: i64,
    pub updated_at: Timestamp,
}

fn from_row(r: &Row<'_>) -> rusqlite::Result<Marker> {
    Ok(Marker { timeline: r.get(0)?, last_read_id: r.get(1)?, version: r.get(2)?, updated_at: r.get(3)? })
}

pub fn everything(c: &Connection) -> Result<Vec<Marker>> {
    all(c, "SELECT timeline, last_read_id, version, updated_at FROM markers ORDER BY timeline", [], from_row)
}

pub fn get(c: &Connection, timeline: &str) -> Result<Option<Marker>> {
    let sql = "SELECT timeline, last_read_id, version, updated_at FROM markers WHERE timeline = ?1";
    first(c, sql, [timeline], from_row)
}

/// Moves a marker, up or down as the app says.
pub fn set(tx: &Tx, timeline: &str, last_read_id: &str) -> Result<Marker> {
    tx.run(
        "INSERT INTO markers (timeline, last_read_id, version, updated_at) VALUES (?1, ?2, 0, ?3)
         ON CONFLICT (timeline) DO UPDATE SET
             last_read_id = ?2, version = version + 1, updated_at = ?3",
        (timeline, last_read_id, tx.now),
    )?;
    get(tx, timeline)?.ok_or_else(Error::not_found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;

    #[test]
    fn each_move_counts_the_version_up() {
        let store = empty();
        assert!(store.read(|c| get(c, "home")).unwrap().is_none());
        let first = store.write(|tx| set(tx, "home", "5")).unwrap();
        let second = store.write(|tx| set(tx, "home", "9")).unwrap();
        assert_eq!((first.version, second.version), (0, 1));
        assert_eq!(second.last_read_id, "9");
        assert_eq!(store.read(everything).unwrap().len(), 1);
    }
}
