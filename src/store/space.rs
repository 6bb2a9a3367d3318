//! How much of the file each table takes: <https://www.sqlite.org/dbstat.html>

use super::row::{all, first};
use crate::error::Result;
use rusqlite::Connection;

/// Bytes of each table with its indexes, the largest first. Reads every page of the file: seconds for a large one.
pub fn tables(c: &Connection) -> Result<Vec<(String, i64)>> {
    all(
        c,
        "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name
          WHERE s.aggregate = TRUE GROUP BY m.tbl_name ORDER BY 2 DESC",
        [],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// Bytes within the file that hold nothing.
pub fn free(c: &Connection) -> Result<i64> {
    let sql = "SELECT f.freelist_count * p.page_size FROM pragma_freelist_count f, pragma_page_size p";
    Ok(first(c, sql, [], |r| r.get(0))?.unwrap_or(0))
}

/// How many posts there are, and how many of them are the owner's.
pub fn posts(c: &Connection) -> Result<(i64, i64)> {
    Ok(first(c, "SELECT count(*), ifnull(sum(local), 0) FROM statuses", [], |r| Ok((r.get(0)?, r.get(1)?)))?
        .unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;

    #[test]
    fn every_byte_stands_in_a_table_or_is_free() {
        let store = empty();
        let found = store.read(tables).unwrap();
        assert!(found.iter().any(|(name, bytes)| name == "statuses" && *bytes > 0), "{found:?}");
        let file = std::fs::metadata(store.path()).unwrap().len();
        let sum: i64 = found.iter().map(|(_, bytes)| bytes).sum::<i64>() + store.read(free).unwrap();
        store.close().unwrap();
        let file = file.max(std::fs::metadata(store.path()).unwrap().len());
        // The schema itself and the maps of pages are in no table.
        assert!(sum as u64 <= file && sum as u64 + 512 * 1024 > file, "{sum} of {file}");
        assert_eq!(store.read(posts).unwrap(), (0, 0));
    }
}
