//! Emoji that others gave to the owner's statuses, and the owner to anybody's.

use super::Tx;
use super::row::{all, first, id_list};
use crate::error::Result;
use crate::model::sort::sort_by_key;
use crate::model::*;
use rusqlite::{Connection, Row};
use std::collections::HashMap;

/// Different emoji that are shown of one status.
const SHOWN: usize = 20;

const COLUMNS: &str = "id, status_id, account_id, emoji, url, uri, dislike, sent";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Given> {
    Ok(Given {
        id: r.get(0)?,
        status: r.get(1)?,
        by: r.get(2)?,
        emoji: Emoji { shortcode: r.get(3)?, url: r.get(4)? },
        uri: r.get(5)?,
        dislike: r.get(6)?,
        sent: r.get(7)?,
    })
}

/// The same emoji by the same account a second time is nothing. `sent` is left open.
pub fn insert(tx: &Tx, new: &Given) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO reactions (id, status_id, account_id, emoji, url, uri, dislike)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (new.id, new.status, new.by, &new.emoji.shortcode, &new.emoji.url, &new.uri, new.dislike),
    )?;
    Ok(Change::of(made))
}

pub fn delete(tx: &Tx, id: RowId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM reactions WHERE id = ?1", [id])?))
}

/// The owner's was told to the author, in an activity of that type.
pub fn set_sent(tx: &Tx, id: RowId, kind: &str) -> Result<()> {
    tx.run("UPDATE reactions SET sent = ?2 WHERE id = ?1", (id, kind))?;
    Ok(())
}

pub fn get(c: &Connection, id: RowId) -> Result<Option<Given>> {
    first(c, &format!("SELECT {COLUMNS} FROM reactions WHERE id = ?1"), [id], from_row)
}

pub fn by_uri(c: &Connection, uri: &str) -> Result<Option<Given>> {
    first(c, &format!("SELECT {COLUMNS} FROM reactions WHERE uri = ?1"), [uri], from_row)
}

/// What one account gave to a status, the first one first.
pub fn by_account(c: &Connection, status: StatusId, by: AccountId) -> Result<Vec<Given>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reactions WHERE status_id = ?1 AND account_id = ?2 ORDER BY id LIMIT 100"
    );
    all(c, &sql, (status, by), from_row)
}

/// Who gave what to a status, up to `limit`, the first one first.
pub fn list(c: &Connection, status: StatusId, limit: i64) -> Result<Vec<Given>> {
    let sql = format!("SELECT {COLUMNS} FROM reactions WHERE status_id = ?1 ORDER BY id LIMIT ?2");
    all(c, &sql, (status, limit), from_row)
}

/// With which emoji the favourites were given that `told` tells of; by status and giver.
pub fn of_notifications<'a>(
    c: &Connection,
    told: impl Iterator<Item = &'a Notification>,
) -> Result<HashMap<(StatusId, AccountId), Emoji>> {
    let favourites = told.filter(|n| n.kind == NotificationKind::Favourite);
    let (statuses, accounts): (Vec<StatusId>, Vec<AccountId>) =
        favourites.filter_map(|n| Some((n.status_id?, n.account_id))).unzip();
    if statuses.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = all(
        c,
        "SELECT status_id, account_id, emoji, url FROM reactions
          WHERE status_id IN rarray(?1) AND account_id IN rarray(?2) AND dislike = 0",
        (id_list(statuses), id_list(accounts)),
        |r| Ok(((r.get(0)?, r.get(1)?), Emoji { shortcode: r.get(2)?, url: r.get(3)? })),
    )?;
    Ok(rows.into_iter().collect())
}

/// The emoji that each of `ids` was given, and how often; the most frequent first.
pub fn of_statuses(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Vec<Reaction>>> {
    let rows = all(
        c,
        "SELECT status_id, emoji, url, count(*), sum(dislike),
                max(account_id = (SELECT owner_id FROM instance)) FROM reactions
          WHERE status_id IN rarray(?1) GROUP BY status_id, emoji, url",
        [id_list(ids.iter().copied())],
        |r| {
            let emoji = Emoji { shortcode: r.get(1)?, url: r.get(2)? };
            Ok((r.get(0)?, Reaction { emoji, count: r.get(3)?, dislikes: r.get(4)?, mine: r.get(5)? }))
        },
    )?;
    let mut found: HashMap<StatusId, Vec<Reaction>> = HashMap::new();
    for (id, reaction) in rows {
        found.entry(id).or_default().push(reaction);
    }
    found.values_mut().for_each(|list| {
        sort_by_key(list, |r| std::cmp::Reverse((r.mine, r.count)));
        list.truncate(SHOWN);
    });
    Ok(found)
}
