//! What those whom the owner follows used and passed on of late: the newest part of home, and no more.

use super::row::{all, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

/// Posts of home that are looked at: a busy week of a thousand follows.
const HOME: i64 = 20_000;
/// Uses of them that count.
const USES: i64 = 40_000;

/// The newest rows of home above an id, each with the post that it shows, of people whom the owner did not hide.
fn recent() -> String {
    format!(
        "(SELECT h.account_id AS by, h.created_at AS at, ifnull(h.reblog_of_id, h.id) AS post,
                 h.reblog_of_id IS NOT NULL AS boosts
            FROM statuses h INDEXED BY statuses_home
           WHERE h.in_home > 0 AND h.id > ?1 AND h.local = 0 ORDER BY h.id DESC LIMIT {HOME}) recent
          CROSS JOIN statuses s ON s.id = recent.post AND s.visibility = 0
          CROSS JOIN accounts a ON a.id = s.account_id AND a.blocking_row IS NULL AND a.blocked_by = 0 AND NOT a.domain_blocked & 1
                AND (NOT a.domain_blocked & 2 OR a.following = 2)
                AND a.muting_row IS NULL
          CROSS JOIN accounts b ON b.id = recent.by AND b.blocking_row IS NULL AND b.blocked_by = 0 AND NOT b.domain_blocked & 1
                AND b.muting_row IS NULL"
    )
}

fn used<K: rusqlite::types::FromSql>(r: &Row<'_>) -> rusqlite::Result<Use<K>> {
    Ok(Use { key: r.get(0)?, by: r.get(1)?, at: r.get(2)? })
}

pub fn tags(c: &Connection, above: StatusId) -> Result<Vec<TagUse>> {
    let sql = format!(
        "SELECT st.tag_id, recent.by, recent.at FROM {}
           CROSS JOIN status_tags st ON st.status_id = s.id LIMIT {USES}",
        recent()
    );
    all(c, &sql, [above], used)
}

pub fn links(c: &Connection, above: StatusId) -> Result<Vec<LinkUse>> {
    let sql = format!(
        "SELECT s.card_id, recent.by, recent.at FROM {} WHERE s.card_id IS NOT NULL LIMIT {USES}",
        recent()
    );
    all(c, &sql, [above], used)
}

/// A post that was seen in home, and by whom it was passed on there.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    pub post: StatusId,
    pub boosted_by: Option<AccountId>,
    pub created_at: Timestamp,
    /// How often it was liked and boosted, as far as is known.
    pub marks: i64,
}

/// Nothing that is behind a warning, and nothing of the owner's.
pub fn statuses(c: &Connection, above: StatusId) -> Result<Vec<Shown>> {
    let sql = format!(
        "SELECT s.id, iif(recent.boosts, recent.by, NULL), s.created_at, s.favourites_count + s.reblogs_count
           FROM {} WHERE s.sensitive = 0 AND s.local = 0 LIMIT {USES}",
        recent()
    );
    all(c, &sql, [above], |r| {
        Ok(Shown { post: r.get(0)?, boosted_by: r.get(1)?, created_at: r.get(2)?, marks: r.get(3)? })
    })
}

/// Hashtags by their numbers, in no order.
pub fn named(c: &Connection, ids: &[TagId]) -> Result<Vec<Tag>> {
    let sql = format!("SELECT {} FROM tags WHERE id IN rarray(?1)", super::tags::COLUMNS);
    all(c, &sql, [id_list(ids.iter().copied())], super::tags::from_row)
}
