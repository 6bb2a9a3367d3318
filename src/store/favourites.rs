//! Likes that others gave to the owner's statuses.

use super::Tx;
use super::row::{all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::Connection;
use std::collections::HashMap;

/// A Like arrived. The same one may arrive any number of times: UNIQUE makes the second one nothing.
pub fn insert(tx: &Tx, by: AccountId, status: StatusId, uri: Option<&str>) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO favourites (id, status_id, account_id, uri) VALUES (?1, ?2, ?3, ?4)",
        (RowId::at(tx.now), status, by, uri),
    )?;
    if made > 0 {
        tx.run("UPDATE statuses SET favourites_count = favourites_count + 1 WHERE id = ?1", [status])?;
    }
    Ok(Change::of(made))
}

pub fn delete(tx: &Tx, by: AccountId, status: StatusId) -> Result<Change> {
    let gone = tx.run("DELETE FROM favourites WHERE account_id = ?1 AND status_id = ?2", (by, status))?;
    if gone > 0 {
        tx.run(
            "UPDATE statuses SET favourites_count = max(0, favourites_count - 1) WHERE id = ?1",
            [status],
        )?;
    }
    Ok(Change::of(gone))
}

/// With which emoji it was given; a later one takes the place of an earlier.
pub fn set_emoji(tx: &Tx, by: AccountId, status: StatusId, emoji: &Emoji, uri: Option<&str>) -> Result<()> {
    tx.run(
        "UPDATE favourites SET emoji = ?3, emoji_url = nullif(?4, ''), uri = ifnull(?5, uri)
          WHERE account_id = ?1 AND status_id = ?2",
        (by, status, &emoji.shortcode, &emoji.url, uri),
    )?;
    Ok(())
}

/// The emoji that each of `ids` was given, and how often; the most frequent first.
pub fn reactions(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Vec<Reaction>>> {
    let rows = all(
        c,
        "SELECT status_id, emoji, ifnull(emoji_url, ''), count(*) FROM favourites
          WHERE status_id IN rarray(?1) AND emoji IS NOT NULL GROUP BY status_id, emoji, emoji_url",
        [id_list(ids.iter().copied())],
        |r| {
            let emoji = Emoji { shortcode: r.get(1)?, url: r.get(2)? };
            Ok((r.get(0)?, Reaction { emoji, count: r.get(3)? }))
        },
    )?;
    let mut found: HashMap<StatusId, Vec<Reaction>> = HashMap::new();
    for (id, reaction) in rows {
        found.entry(id).or_default().push(reaction);
    }
    found.values_mut().for_each(|list| {
        list.sort_by_key(|r| std::cmp::Reverse(r.count));
        list.truncate(REACTIONS);
    });
    Ok(found)
}

/// Different emoji that are shown of one status.
const REACTIONS: usize = 20;

/// The status that a Like of this id was given to, for an Undo that names nothing else.
pub fn by_uri(c: &Connection, uri: &str) -> Result<Option<(AccountId, StatusId)>> {
    first(c, "SELECT account_id, status_id FROM favourites WHERE uri = ?1", [uri], |r| {
        Ok((r.get(0)?, r.get(1)?))
    })
}

/// Who favourited `id`, newest first, with the row ids that page the list.
pub fn of_status(c: &Connection, id: StatusId, page: &Page) -> Result<Vec<(i64, AccountId)>> {
    let sql = format!(
        "SELECT id, account_id FROM favourites WHERE status_id = ?1 AND id > ?2 AND id < ?3 ORDER BY id {} LIMIT ?4",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (id, above, below, page.limit), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(page.arrange(rows))
}
