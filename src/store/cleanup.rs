//! The owner's posts that go by themselves, by the owner's rules.

use super::row::{all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, ToSql, named_params};

/// The owner's posts and boosts above an id and from before then, the oldest first.
pub fn older(c: &Connection, above: StatusId, before: Timestamp, limit: i64) -> Result<Vec<StatusId>> {
    let below = StatusId(before.0 << StatusId::BITS);
    all(
        c,
        "SELECT id FROM statuses WHERE account_id = (SELECT owner_id FROM instance) AND id > ?1 AND id < ?2
          ORDER BY id LIMIT ?3",
        (above, below, limit),
        |r| r.get(0),
    )
}

/// What may go whatever its age: no rule keeps it. What an import brought was kept once before by hand, and no server here
/// ever heard of it.
const FREE: &str = "s.local = 1 AND NOT EXISTS (SELECT 1 FROM imported i WHERE i.status_id = s.id)
    AND NOT (:direct AND s.visibility = 3) AND NOT (:pinned AND s.pinned_at IS NOT NULL)
    AND NOT (:liked AND s.favourited_row IS NOT NULL) AND NOT (:bookmarked AND s.bookmarked_row IS NOT NULL)
    AND (:favourites IS NULL OR s.favourites_count < :favourites) AND (:boosts IS NULL OR s.reblogs_count < :boosts)
    AND NOT (:polls AND EXISTS (SELECT 1 FROM polls p WHERE p.status_id = s.id))
    AND NOT (:media AND EXISTS (SELECT 1 FROM media m WHERE m.status_id = s.id))";

/// Those of `ids` that no rule keeps, the oldest first.
pub fn due(c: &Connection, ids: &[StatusId], rules: &Cleanup) -> Result<Vec<StatusId>> {
    let sql = format!("SELECT s.id FROM statuses s WHERE s.id IN rarray(:ids) AND {FREE} ORDER BY s.id");
    let mut params = of(rules);
    let ids = id_list(ids.iter().copied());
    params.push((":ids", &ids));
    all(c, &sql, &params[..], |r| r.get(0))
}

/// How many posts from before then no rule keeps, counted up to `most`.
pub fn count(c: &Connection, before: Timestamp, rules: &Cleanup, most: i64) -> Result<i64> {
    let below = StatusId(before.0 << StatusId::BITS);
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM statuses s
          WHERE s.account_id = (SELECT owner_id FROM instance) AND s.id < :below AND {FREE} LIMIT :most)"
    );
    let mut params = of(rules);
    params.extend_from_slice(named_params! {":below": below, ":most": most});
    Ok(first(c, &sql, &params[..], |r| r.get(0))?.unwrap_or(0))
}

fn of(rules: &Cleanup) -> Vec<(&'static str, &dyn ToSql)> {
    vec![
        (":direct", &rules.keep_direct),
        (":pinned", &rules.keep_pinned),
        (":liked", &rules.keep_liked),
        (":bookmarked", &rules.keep_bookmarked),
        (":favourites", &rules.min_favourites),
        (":boosts", &rules.min_boosts),
        (":polls", &rules.keep_polls),
        (":media", &rules.keep_media),
    ]
}
