//! Posts of others that nobody here has touched, after some months: what a personal server forgets so that it runs for
//! years on a small disk. What the owner did anything with is kept, and the whole thread around it.

use crate::error::Result;
use crate::model::*;
use crate::store::Tx;
use crate::store::row::{all, first, id_list};
use rusqlite::Connection;

/// Posts of one thread that are looked at; a longer one is kept.
const THREAD: i64 = 2_000;

/// Statuses of everybody above an id that were written before `recent`, the oldest first.
pub fn older(c: &Connection, above: StatusId, recent: Timestamp, limit: i64) -> Result<Vec<StatusId>> {
    let below = StatusId(recent.0 << StatusId::BITS);
    all(
        c,
        "SELECT id FROM statuses WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3",
        (above, below, limit),
        |r| r.get(0),
    )
}

/// Those of `ids` that came here before `recent` from somebody else, and that nothing of the owner's hangs on. Their threads
/// are not looked at yet. A boost of the owner's post stays, and a post that was boosted or quoted of late.
pub fn untouched(c: &Connection, ids: &[StatusId], recent: Timestamp) -> Result<Vec<StatusId>> {
    all(
        c,
        "SELECT s.id FROM statuses s
          WHERE s.id IN rarray(?1) AND s.local = 0 AND s.visibility <> 3 AND s.stored_at < ?2
            AND s.favourited_row IS NULL AND s.bookmarked_row IS NULL
            AND s.reblogged_by_id IS NULL AND s.pinned_at IS NULL AND s.muted = 0
            AND NOT EXISTS (SELECT 1 FROM statuses o WHERE o.id = s.reblog_of_id AND o.local = 1)
            AND NOT EXISTS (SELECT 1 FROM statuses b WHERE b.reblog_of_id = s.id AND (b.local = 1 OR b.stored_at >= ?2))
            AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.status_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM mentions m
                             WHERE m.status_id = s.id AND m.account_id = (SELECT owner_id FROM instance))
            AND NOT EXISTS (SELECT 1 FROM quotes q JOIN statuses t ON t.id = q.status_id
                             WHERE q.quoted_status_id = s.id AND (t.local = 1 OR t.stored_at >= ?2))
            AND NOT EXISTS (SELECT 1 FROM quotes q JOIN statuses t ON t.id = q.quoted_status_id
                             WHERE q.status_id = s.id AND t.local = 1)
            AND NOT EXISTS (SELECT 1 FROM polls p WHERE p.status_id = s.id AND p.own_votes <> '[]')
            AND NOT EXISTS (SELECT 1 FROM reactions r WHERE r.status_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM filter_statuses f WHERE f.status_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM scheduled_statuses scheduled
                             WHERE instr(scheduled.params, CAST(s.id AS TEXT)) > 0)
          ORDER BY s.id",
        (id_list(ids.iter().copied()), recent),
        |r| r.get(0),
    )
}

/// Whether the thread around a post is of interest still: the owner wrote, liked, boosted, bookmarked, quoted, voted or was
/// named in it, or somebody wrote of late.
pub fn is_thread_kept(c: &Connection, id: StatusId, recent: Timestamp) -> Result<bool> {
    let found = first(
        c,
        "WITH RECURSIVE
           up (id, parent) AS (
             SELECT id, in_reply_to_id FROM statuses WHERE id = ?1
             UNION SELECT s.id, s.in_reply_to_id FROM up JOIN statuses s ON s.id = up.parent LIMIT ?3),
           thread (id) AS (
             SELECT id FROM up
             UNION SELECT s.id FROM thread JOIN statuses s ON s.in_reply_to_id = thread.id LIMIT ?3)
         SELECT count(*) >= ?3 OR max(t.local = 1 OR t.stored_at >= ?2
                OR t.favourited_row IS NOT NULL OR t.bookmarked_row IS NOT NULL OR t.reblogged_by_id IS NOT NULL
                OR EXISTS (SELECT 1 FROM reactions r WHERE r.status_id = t.id)
                OR EXISTS (SELECT 1 FROM polls p WHERE p.status_id = t.id AND p.own_votes <> '[]')
                OR EXISTS (SELECT 1 FROM quotes q JOIN statuses o ON o.id = q.status_id
                            WHERE q.quoted_status_id = t.id AND o.local = 1)
                OR EXISTS (SELECT 1 FROM mentions m
                            WHERE m.status_id = t.id AND m.account_id = (SELECT owner_id FROM instance)))
           FROM thread JOIN statuses t ON t.id = thread.id",
        (id, recent, THREAD),
        |r| r.get::<_, Option<bool>>(0),
    )?;
    Ok(found.flatten().unwrap_or(false))
}

/// Forgets these: without a grave, so that they can be fetched again; what their servers said of counts stays.
pub fn forget(tx: &Tx, ids: &[StatusId]) -> Result<()> {
    tx.run("DELETE FROM statuses WHERE id IN rarray(?1)", [id_list(ids.iter().copied())])?;
    Ok(())
}
