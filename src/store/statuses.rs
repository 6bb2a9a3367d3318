//! Statuses: posts and boosts, their mentions and versions, and what the owner did with them.

use super::Tx;
use super::home::Place;
use super::row::{Json, all, first, id_list};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row, named_params};
use std::collections::HashMap;

/// Every column that [`from_row`] reads, in its order.
pub const COLUMNS: &str = "statuses.id, statuses.uri, statuses.url, statuses.account_id, statuses.local, \
    statuses.visibility, statuses.content, statuses.text, statuses.spoiler_text, statuses.sensitive, \
    statuses.language, statuses.created_at, statuses.edited_at, statuses.in_reply_to_id, \
    statuses.in_reply_to_uri, statuses.in_reply_to_account_id, statuses.reblog_of_id, \
    statuses.conversation, statuses.emojis, statuses.application, statuses.replies_count, \
    statuses.reblogs_count, statuses.favourites_count, statuses.favourited_row, statuses.favourited_uri, \
    statuses.reblogged_by_id, statuses.bookmarked_row, statuses.pinned_at, statuses.muted, \
    statuses.quotes_count, statuses.quote_automatic, statuses.quote_manual, statuses.card_id, \
    statuses.markdown";

/// How many columns that is: what a query selects beside them stands behind.
pub const WIDTH: usize = 34;

/// Boosts whose end is told when their original goes.
const BOOSTS_TOLD: i64 = 100;

pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Status> {
    Ok(Status {
        id: row.get(0)?,
        uri: row.get(1)?,
        url: row.get(2)?,
        account_id: row.get(3)?,
        local: row.get(4)?,
        visibility: row.get(5)?,
        content: row.get(6)?,
        text: row.get(7)?,
        markdown: row.get(33)?,
        spoiler_text: row.get(8)?,
        sensitive: row.get(9)?,
        language: row.get(10)?,
        created_at: row.get(11)?,
        edited_at: row.get(12)?,
        in_reply_to: row.get(13)?,
        in_reply_to_uri: row.get(14)?,
        in_reply_to_account: row.get(15)?,
        reblog_of: row.get(16)?,
        conversation: row.get(17)?,
        emojis: row.get::<_, Json<_>>(18)?.0,
        application: row.get(19)?,
        counts: StatusCounts {
            replies: row.get(20)?,
            reblogs: row.get(21)?,
            favourites: row.get(22)?,
            quotes: row.get(29)?,
        },
        quote_policy: QuotePolicy { automatic: row.get(30)?, manual: row.get(31)? },
        card: row.get(32)?,
        viewer: ViewerState {
            favourited_row: row.get(23)?,
            favourited_uri: row.get(24)?,
            reblogged_by: row.get(25)?,
            bookmarked_row: row.get(26)?,
            pinned_at: row.get(27)?,
            muted: row.get(28)?,
        },
    })
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: StatusId) -> Result<Status> {
    first(c, &format!("SELECT {COLUMNS} FROM statuses WHERE id = ?1"), [id], from_row)?
        .ok_or_else(Error::not_found)
}

/// Those of `ids` that exist, in no order.
pub fn many(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Status>> {
    let sql = format!("SELECT {COLUMNS} FROM statuses WHERE id IN rarray(?1)");
    let found = all(c, &sql, [id_list(ids.iter().copied())], from_row)?;
    Ok(found.into_iter().map(|s| (s.id, s)).collect())
}

pub fn by_uri(c: &Connection, uri: &str) -> Result<Option<Status>> {
    first(c, &format!("SELECT {COLUMNS} FROM statuses WHERE uri = ?1"), [uri], from_row)
}

/// By the address of the page for people.
pub fn by_url(c: &Connection, url: &str) -> Result<Option<Status>> {
    let sql = format!("SELECT {COLUMNS} FROM statuses WHERE url = ?1 AND substr(uri, 1, 5) <> 'feed:'");
    first(c, &sql, [url], from_row)
}

/// As [`insert_at`], by the owner or by somebody followed, or not for home at all.
pub fn insert(tx: &Tx, status: &Status, in_home: bool) -> Result<Change> {
    insert_at(tx, status, if in_home { Place::FOLLOWED } else { Place::NOWHERE })
}

/// Inserts a status and counts it: at its author, at its parent, at what it boosts.
///
/// A status whose `uri` is known already changes nothing. Replies that arrived before their parent
/// are tied to it here. What answers into a muted thread is muted.
pub fn insert_at(tx: &Tx, status: &Status, place: Place) -> Result<Change> {
    let made = tx
        .prepare_cached(
            "INSERT INTO statuses (id, uri, url, account_id, local, visibility, content, text, spoiler_text,
                 sensitive, language, created_at, edited_at, in_reply_to_id, in_reply_to_uri,
                 in_reply_to_account_id, reblog_of_id, conversation, emojis, application, in_home,
                 reblogs_count, favourites_count, quote_automatic, quote_manual, stored_at, markdown, muted)
             VALUES (:id, :uri, :url, :account, :local, :visibility, :content, :text, :spoiler_text,
                 :sensitive, :language, :created_at, :edited_at, :in_reply_to, :in_reply_to_uri,
                 :in_reply_to_account, :reblog_of, :conversation, :emojis, :application, :in_home,
                 :reblogs, :favourites, :quote_automatic, :quote_manual, :stored_at, :markdown,
                 ifnull((SELECT muted FROM statuses WHERE id = :in_reply_to), 0))
             ON CONFLICT (uri) DO NOTHING",
        )?
        .execute(named_params! {
            ":id": status.id,
            ":uri": status.uri,
            ":url": status.url,
            ":account": status.account_id,
            ":local": status.local,
            ":visibility": status.visibility,
            ":content": status.content,
            ":text": status.text,
            ":markdown": status.markdown,
            ":spoiler_text": status.spoiler_text,
            ":sensitive": status.sensitive,
            ":language": status.language,
            ":created_at": status.created_at,
            ":edited_at": status.edited_at,
            ":in_reply_to": status.in_reply_to,
            ":in_reply_to_uri": status.in_reply_to_uri,
            ":in_reply_to_account": status.in_reply_to_account,
            ":reblog_of": status.reblog_of,
            ":conversation": status.conversation,
            ":emojis": Json(&status.emojis),
            ":application": status.application,
            ":in_home": place.0,
            ":stored_at": tx.now,
            ":reblogs": status.counts.reblogs,
            ":favourites": status.counts.favourites,
            ":quote_automatic": status.quote_policy.automatic,
            ":quote_manual": status.quote_policy.manual,
        })?;
    if made == 0 {
        return Ok(Change::None);
    }
    tx.index_status(status.id);
    super::accounts::count_status(tx, status.account_id, 1, Some(status.created_at))?;
    if status.local && status.visibility == Visibility::Direct {
        super::conversations::add(tx, status)?;
    }
    if let Some(parent) = status.in_reply_to {
        tx.run("UPDATE statuses SET replies_count = replies_count + 1 WHERE id = ?1", [parent])?;
    }
    if let Some(original) = status.reblog_of {
        tx.run("UPDATE statuses SET reblogs_count = reblogs_count + 1 WHERE id = ?1", [original])?;
    }
    adopt_orphans(tx, status)?;
    Ok(Change::Made)
}

fn adopt_orphans(tx: &Tx, status: &Status) -> Result<()> {
    let adopted = tx.run(
        "UPDATE statuses SET in_reply_to_id = ?1, in_reply_to_account_id = ?2
          WHERE in_reply_to_uri = ?3 AND in_reply_to_id IS NULL AND id <> ?1",
        (status.id, status.account_id, &status.uri),
    )?;
    if adopted > 0 {
        tx.run(
            "UPDATE statuses SET replies_count = replies_count + ?2 WHERE id = ?1",
            (status.id, i64::try_from(adopted).unwrap_or(0)),
        )?;
    }
    Ok(())
}

/// Removes a status and, by the foreign keys, its boosts, media rows, notifications; counts back.
/// Returns the blob keys that it used: the files may go when no other row uses them.
pub fn delete(tx: &Tx, status: &Status) -> Result<Vec<String>> {
    let blobs = all(
        tx,
        "SELECT blob FROM media WHERE status_id = ?1 AND blob IS NOT NULL
          UNION SELECT preview_blob FROM media WHERE status_id = ?1 AND preview_blob IS NOT NULL",
        [status.id],
        |r| r.get(0),
    )?;
    // Those in home were streamed, and apps show them until they hear that they are gone.
    let boosts: Vec<StatusId> = all(
        tx,
        "SELECT id FROM statuses WHERE reblog_of_id = ?1 AND in_home = 1 ORDER BY id DESC LIMIT ?2",
        (status.id, BOOSTS_TOLD),
        |r| r.get(0),
    )?;
    for boost in boosts {
        tx.after_commit(Event::StatusDeleted(boost));
    }
    // A boost that goes with its original is one status less of its author, too.
    tx.run(
        "UPDATE accounts SET statuses_count = max(0, statuses_count - 1)
          WHERE id IN (SELECT account_id FROM statuses WHERE reblog_of_id = ?1)",
        [status.id],
    )?;
    super::quotes::delete(tx, status.id)?;
    tx.run(
        "UPDATE statuses SET reblogged_by_id = NULL WHERE reblogged_by_id = ?1 AND id = ?2",
        (status.id, status.reblog_of),
    )?;
    if tx.run("DELETE FROM statuses WHERE id = ?1", [status.id])? == 0 {
        return Ok(Vec::new());
    }
    super::accounts::count_status(tx, status.account_id, -1, None)?;
    if let Some(parent) = status.in_reply_to {
        tx.run("UPDATE statuses SET replies_count = max(0, replies_count - 1) WHERE id = ?1", [parent])?;
    }
    if let Some(original) = status.reblog_of {
        tx.run("UPDATE statuses SET reblogs_count = max(0, reblogs_count - 1) WHERE id = ?1", [original])?;
    }
    Ok(blobs)
}

/// A new version of a status. The one before goes into the history.
pub fn edit(tx: &Tx, before: &Status, after: &Status) -> Result<()> {
    tx.run(
        "INSERT INTO status_edits (id, status_id, content, spoiler_text, sensitive, media, poll, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5,
             (SELECT json_group_array(id) FROM (SELECT id FROM media WHERE status_id = ?2 ORDER BY position)),
             (SELECT json_group_array(o.value ->> 'title') FROM polls p, json_each(p.options) o WHERE p.status_id = ?2),
             ?6)",
        (
            RowId::at(tx.now),
            before.id,
            &before.content,
            &before.spoiler_text,
            before.sensitive,
            before.edited_at.unwrap_or(before.created_at),
        ),
    )?;
    tx.run(
        "UPDATE statuses SET content = ?2, text = ?3, spoiler_text = ?4, sensitive = ?5, language = ?6,
                emojis = ?7, edited_at = ?8, url = ?9, markdown = ?10
          WHERE id = ?1",
        (
            after.id,
            &after.content,
            &after.text,
            &after.spoiler_text,
            after.sensitive,
            &after.language,
            Json(&after.emojis),
            after.edited_at,
            &after.url,
            after.markdown,
        ),
    )?;
    tx.index_status(after.id);
    Ok(())
}

/// How often a remote status was liked and boosted, as its own server says; `None` leaves what is known.
pub fn set_tallies(tx: &Tx, id: StatusId, favourites: Option<i64>, reblogs: Option<i64>) -> Result<()> {
    tx.run(
        "UPDATE statuses SET favourites_count = ifnull(?2, favourites_count),
                reblogs_count = ifnull(?3, reblogs_count)
          WHERE id = ?1 AND local = 0",
        (id, favourites, reblogs),
    )?;
    Ok(())
}

/// Answers in the thread below it that somebody named and nobody could show.
pub fn set_missing_replies(tx: &Tx, id: StatusId, missing: i64) -> Result<()> {
    tx.run("UPDATE statuses SET missing_replies = ?2 WHERE id = ?1", (id, missing))?;
    Ok(())
}

/// `None` while the thread was never filled.
pub fn missing_replies(c: &Connection, id: StatusId) -> Result<Option<i64>> {
    Ok(first(c, "SELECT missing_replies FROM statuses WHERE id = ?1", [id], |r| r.get(0))?.flatten())
}

/// Who may quote it.
pub fn set_quote_policy(tx: &Tx, id: StatusId, policy: QuotePolicy) -> Result<Change> {
    let changed = tx.run(
        "UPDATE statuses SET quote_automatic = ?2, quote_manual = ?3
          WHERE id = ?1 AND (quote_automatic, quote_manual) <> (?2, ?3)",
        (id, policy.automatic, policy.manual),
    )?;
    Ok(Change::of(changed))
}

/// The boost of `original` by `account`, for an Undo that does not name it.
pub fn boost_by(c: &Connection, account: AccountId, original: StatusId) -> Result<Option<Status>> {
    let sql = format!("SELECT {COLUMNS} FROM statuses WHERE reblog_of_id = ?1 AND account_id = ?2 LIMIT 1");
    first(c, &sql, (original, account), from_row)
}

/// Earlier versions, oldest first; the current one is not among them.
pub fn edits(c: &Connection, id: StatusId) -> Result<Vec<Edit>> {
    all(
        c,
        "SELECT content, spoiler_text, sensitive, media, poll, created_at FROM status_edits
          WHERE status_id = ?1 ORDER BY id LIMIT 200",
        [id],
        |r| {
            Ok(Edit {
                content: r.get(0)?,
                spoiler_text: r.get(1)?,
                sensitive: r.get(2)?,
                media: r.get::<_, Json<Vec<i64>>>(3)?.0.into_iter().map(MediaId).collect(),
                poll: r.get::<_, Json<_>>(4)?.0,
                created_at: r.get(5)?,
            })
        },
    )
}

/// Replaces who is mentioned. The owner of the row decides; each account once.
pub fn set_mentions(tx: &Tx, id: StatusId, mentions: &[(AccountId, bool)]) -> Result<()> {
    tx.run("DELETE FROM mentions WHERE status_id = ?1", [id])?;
    for (account, silent) in mentions {
        tx.run(
            "INSERT OR IGNORE INTO mentions (status_id, account_id, silent) VALUES (?1, ?2, ?3)",
            (id, account, silent),
        )?;
    }
    Ok(())
}

/// Who is mentioned in each of `ids`, silent mentions included.
pub fn mentions(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Vec<Mention>>> {
    let rows = all(
        c,
        "SELECT m.status_id, m.silent, a.id, a.username, a.domain, a.url, a.uri
           FROM mentions m JOIN accounts a ON a.id = m.account_id
          WHERE m.status_id IN rarray(?1)",
        [id_list(ids.iter().copied())],
        |r| {
            let username: String = r.get(3)?;
            let domain: Option<String> = r.get(4)?;
            let acct = domain.map_or_else(|| username.clone(), |d| format!("{username}@{d}"));
            let mention = Mention {
                silent: r.get(1)?,
                account_id: r.get(2)?,
                username,
                acct,
                url: r.get(5)?,
                uri: r.get(6)?,
            };
            Ok((r.get(0)?, mention))
        },
    )?;
    let mut found: HashMap<StatusId, Vec<Mention>> = HashMap::new();
    for (id, mention) in rows {
        found.entry(id).or_default().push(mention);
    }
    Ok(found)
}

pub fn mentions_of(c: &Connection, id: StatusId) -> Result<Vec<Mention>> {
    Ok(mentions(c, &[id])?.remove(&id).unwrap_or_default())
}

/// Whether `account` is addressed by the status.
pub fn is_mentioned(c: &Connection, id: StatusId, account: AccountId) -> Result<bool> {
    Ok(c.prepare_cached("SELECT 1 FROM mentions WHERE status_id = ?1 AND account_id = ?2")?
        .exists((id, account))?)
}

/// Marks a status as favourited by the owner. One owner, so a column and no table.
pub fn mark_favourited(tx: &Tx, id: StatusId, uri: &str) -> Result<Change> {
    let changed = tx.run(
        "UPDATE statuses SET favourited_row = ?2, favourited_uri = ?3, favourites_count = favourites_count + 1
          WHERE id = ?1 AND favourited_row IS NULL",
        (id, RowId::at(tx.now), uri),
    )?;
    Ok(Change::of(changed))
}

pub fn unmark_favourited(tx: &Tx, id: StatusId) -> Result<Change> {
    let changed = tx.run(
        "UPDATE statuses SET favourited_row = NULL, favourited_uri = NULL,
                favourites_count = max(0, favourites_count - 1)
          WHERE id = ?1 AND favourited_row IS NOT NULL",
        [id],
    )?;
    Ok(Change::of(changed))
}

/// The owner's own boost of `id`; `None` when it is taken back.
pub fn set_reblogged_by(tx: &Tx, id: StatusId, boost: Option<StatusId>) -> Result<()> {
    tx.run("UPDATE statuses SET reblogged_by_id = ?2 WHERE id = ?1", (id, boost))?;
    Ok(())
}

pub fn set_bookmarked(tx: &Tx, id: StatusId, bookmarked: bool) -> Result<Change> {
    let changed = if bookmarked {
        tx.run(
            "UPDATE statuses SET bookmarked_row = ?2 WHERE id = ?1 AND bookmarked_row IS NULL",
            (id, RowId::at(tx.now)),
        )?
    } else {
        tx.run(
            "UPDATE statuses SET bookmarked_row = NULL WHERE id = ?1 AND bookmarked_row IS NOT NULL",
            [id],
        )?
    };
    Ok(Change::of(changed))
}

pub fn set_pinned(tx: &Tx, id: StatusId, pinned: bool) -> Result<Change> {
    let changed = if pinned {
        tx.run("UPDATE statuses SET pinned_at = ?2 WHERE id = ?1 AND pinned_at IS NULL", (id, tx.now))?
    } else {
        tx.run("UPDATE statuses SET pinned_at = NULL WHERE id = ?1 AND pinned_at IS NOT NULL", [id])?
    };
    Ok(Change::of(changed))
}

/// What a remote account has pinned, the first one first; all else of it is not pinned any more.
pub fn set_pins(tx: &Tx, account: AccountId, pinned: &[StatusId]) -> Result<()> {
    tx.run(
        "UPDATE statuses SET pinned_at = NULL WHERE account_id = ?1 AND pinned_at IS NOT NULL AND local = 0",
        [account],
    )?;
    for (place, id) in (0_i64..).zip(pinned) {
        let sql = "UPDATE statuses SET pinned_at = ?3 WHERE id = ?1 AND account_id = ?2 AND local = 0";
        tx.run(sql, (id, account, tx.now.plus(-place)))?;
    }
    Ok(())
}

/// Mutes (or unmutes) the whole thread that `id` belongs to: everything with the same root.
pub fn set_thread_muted(tx: &Tx, id: StatusId, muted: bool) -> Result<()> {
    tx.run(
        "WITH RECURSIVE up (id, parent) AS (
             SELECT id, in_reply_to_id FROM statuses WHERE id = ?1
             UNION SELECT s.id, s.in_reply_to_id FROM statuses s JOIN up ON s.id = up.parent LIMIT 1000),
           down (id) AS (
             SELECT id FROM up
             UNION SELECT s.id FROM statuses s JOIN down ON s.in_reply_to_id = down.id LIMIT 5000)
         UPDATE statuses SET muted = ?2 WHERE id IN (SELECT id FROM down)",
        (id, muted),
    )?;
    Ok(())
}

/// Remembers that `key` made `status`, for an hour.
pub fn remember_idempotency(tx: &Tx, key: &str, status: StatusId) -> Result<()> {
    remember(tx, key, status.0, false)
}

/// Remembers that `key` made a scheduled status, for an hour.
pub fn remember_scheduled(tx: &Tx, key: &str, scheduled: ScheduledId) -> Result<()> {
    remember(tx, key, scheduled.0, true)
}

fn remember(tx: &Tx, key: &str, made: i64, scheduled: bool) -> Result<()> {
    tx.run("DELETE FROM idempotency_keys WHERE created_at < ?1", [tx.now.plus(-time::HOUR)])?;
    tx.run(
        "INSERT OR IGNORE INTO idempotency_keys (key, status_id, scheduled, created_at) VALUES (?1, ?2, ?3, ?4)",
        (key, made, scheduled, tx.now),
    )?;
    Ok(())
}

/// The scheduled status that the same request made before.
pub fn scheduled_by_idempotency(c: &Connection, key: &str, now: Timestamp) -> Result<Option<ScheduledId>> {
    first(
        c,
        "SELECT status_id FROM idempotency_keys WHERE key = ?1 AND scheduled = 1 AND created_at >= ?2",
        (key, now.plus(-time::HOUR)),
        |r| r.get(0),
    )
}

/// A scheduled status became `status`: whoever asks again for the one gets the other.
pub fn follow_scheduled(tx: &Tx, scheduled: ScheduledId, status: StatusId) -> Result<()> {
    tx.run(
        "UPDATE idempotency_keys SET status_id = ?2, scheduled = 0 WHERE status_id = ?1 AND scheduled = 1",
        (scheduled, status),
    )?;
    Ok(())
}

/// The status that the same request made before.
pub fn by_idempotency(c: &Connection, key: &str, now: Timestamp) -> Result<Option<StatusId>> {
    first(
        c,
        "SELECT status_id FROM idempotency_keys WHERE key = ?1 AND scheduled = 0 AND created_at >= ?2",
        (key, now.plus(-time::HOUR)),
        |r| r.get(0),
    )
}

/// Keeps the address of something that was deleted.
pub fn bury(tx: &Tx, uri: &str) -> Result<()> {
    tx.run("INSERT OR IGNORE INTO tombstones (uri, deleted_at) VALUES (?1, ?2)", (uri, tx.now))?;
    Ok(())
}

/// When `uri` was deleted, if it was.
pub fn buried(c: &Connection, uri: &str) -> Result<Option<Timestamp>> {
    first(c, "SELECT deleted_at FROM tombstones WHERE uri = ?1", [uri], |r| r.get(0))
}

/// Notes an activity as arrived. `None`: it has been here before.
pub fn first_sight(tx: &Tx, activity: &str) -> Result<Change> {
    let made =
        tx.run("INSERT OR IGNORE INTO seen_activities (uri, seen_at) VALUES (?1, ?2)", (activity, tx.now))?;
    Ok(Change::of(made))
}

pub fn is_seen(c: &Connection, activity: &str) -> Result<bool> {
    Ok(seen_at(c, activity)?.is_some())
}

/// When it was first noted, if it was and is not forgotten yet.
pub fn seen_at(c: &Connection, activity: &str) -> Result<Option<Timestamp>> {
    first(c, "SELECT seen_at FROM seen_activities WHERE uri = ?1", [activity], |r| r.get(0))
}
