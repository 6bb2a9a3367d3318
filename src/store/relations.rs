//! What is between the owner and others: follows both ways, requests, blocks, mutes, notes.
//!
//! One owner, so each is a column of the account. Counts are kept with every change: the owner's, and what is known
//! of theirs, which their server corrects the next time that it is asked.

use super::Tx;
use super::accounts::{COLUMNS, WIDTH, from_row};
use super::row::{Json, all};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::Connection;

/// The owner asks to follow. Doing it again keeps the row id and the Follow's id.
pub fn request_follow(tx: &Tx, id: AccountId, uri: &str) -> Result<Change> {
    let changed = tx.run(
        "UPDATE accounts SET following = 1, following_row = ?2, following_uri = ?3,
                show_reblogs = 1, notify = 0, languages = '[]'
          WHERE id = ?1 AND following = 0",
        (id, RowId::at(tx.now), uri),
    )?;
    Ok(Change::of(changed))
}

/// They accepted. Their posts known here come into the home timeline.
pub fn follow_accepted(tx: &Tx, id: AccountId) -> Result<Change> {
    let changed = tx.run("UPDATE accounts SET following = 2 WHERE id = ?1 AND following = 1", [id])?;
    if changed == 0 {
        return Ok(Change::None);
    }
    count_owner(tx, "following_count", 1)?;
    count_theirs(tx, id, "followers_count", 1)?;
    // The newest ones only: the home timeline is for reading, and the write stays short.
    let base = |text: &str| format!("substr({text}, 1, instr({text} || '-', '-') - 1)");
    tx.run(
        &format!(
            "UPDATE statuses SET in_home = in_home | 1
              WHERE id IN (SELECT id FROM statuses WHERE account_id = ?1 ORDER BY id DESC LIMIT 100)
                AND visibility < 3
                AND (language IS NULL
                     OR (SELECT languages FROM accounts WHERE id = ?1) = '[]'
                     OR EXISTS (SELECT 1 FROM accounts a, json_each(a.languages) wanted
                                 WHERE a.id = ?1 AND {} = {}))",
            base("wanted.value"),
            base("statuses.language"),
        ),
        [id],
    )?;
    Ok(Change::Made)
}

/// The owner follows no longer, or was refused. Their posts leave the home timeline.
pub fn unfollow(tx: &Tx, id: AccountId) -> Result<Change> {
    let was: Follow = tx.query_row("SELECT following FROM accounts WHERE id = ?1", [id], |r| r.get(0))?;
    if was == Follow::No {
        return Ok(Change::None);
    }
    tx.run(
        // Only who is followed can be recommended.
        "UPDATE accounts SET following = 0, following_row = NULL, following_uri = NULL, endorsed_row = NULL
          WHERE id = ?1",
        [id],
    )?;
    // Home asks whether they are followed. This only keeps its index short, so it may end early.
    tx.run(
        "UPDATE statuses SET in_home = in_home & 2 WHERE id IN (
             SELECT id FROM statuses WHERE account_id = ?1 AND in_home > 0 ORDER BY id DESC LIMIT 5000)",
        [id],
    )?;
    tx.run("DELETE FROM list_accounts WHERE account_id = ?1", [id])?;
    if was == Follow::Yes {
        count_owner(tx, "following_count", -1)?;
        count_theirs(tx, id, "followers_count", -1)?;
    }
    Ok(Change::Made)
}

/// How much of a followed account the owner wants; `None` leaves it.
pub fn set_follow_options(
    tx: &Tx,
    id: AccountId,
    reblogs: Option<bool>,
    notify: Option<bool>,
    languages: Option<&[String]>,
) -> Result<()> {
    tx.run(
        "UPDATE accounts SET show_reblogs = ifnull(?2, show_reblogs), notify = ifnull(?3, notify),
                languages = ifnull(?4, languages)
          WHERE id = ?1 AND following > 0",
        (id, reblogs, notify, languages.map(Json)),
    )?;
    Ok(())
}

/// They ask to follow the owner: a request, or at once a follower. A repeated Follow brings a new id,
/// which is kept, and changes nothing else.
pub fn set_follower(tx: &Tx, id: AccountId, state: Follow, uri: Option<&str>) -> Result<Change> {
    let was: Follow = tx.query_row("SELECT follower FROM accounts WHERE id = ?1", [id], |r| r.get(0))?;
    if was == state {
        if uri.is_some() {
            tx.run("UPDATE accounts SET follower_uri = ?2 WHERE id = ?1", (id, uri))?;
        }
        return Ok(Change::None);
    }
    match state {
        Follow::No => tx.run(
            "UPDATE accounts SET follower = 0, follower_row = NULL, follower_uri = NULL WHERE id = ?1",
            [id],
        )?,
        Follow::Requested | Follow::Yes => tx.run(
            "UPDATE accounts SET follower = ?2, follower_row = ifnull(follower_row, ?3),
                    follower_uri = ifnull(?4, follower_uri)
              WHERE id = ?1",
            (id, state, RowId::at(tx.now), uri),
        )?,
    };
    let by = i64::from(state == Follow::Yes) - i64::from(was == Follow::Yes);
    if by != 0 {
        count_owner(tx, "followers_count", by)?;
        count_theirs(tx, id, "following_count", by)?;
    }
    Ok(Change::Made)
}

/// Removing the block is `blocking: false`.
pub fn set_blocking(tx: &Tx, id: AccountId, blocking: bool) -> Result<Change> {
    let changed = if blocking {
        tx.run(
            "UPDATE accounts SET blocking_row = ?2 WHERE id = ?1 AND blocking_row IS NULL",
            (id, RowId::at(tx.now)),
        )?
    } else {
        tx.run("UPDATE accounts SET blocking_row = NULL WHERE id = ?1 AND blocking_row IS NOT NULL", [id])?
    };
    Ok(Change::of(changed))
}

pub fn set_blocked_by(tx: &Tx, id: AccountId, blocked: bool) -> Result<Change> {
    let changed =
        tx.run("UPDATE accounts SET blocked_by = ?2 WHERE id = ?1 AND blocked_by <> ?2", (id, blocked))?;
    Ok(Change::of(changed))
}

/// Mutes, or changes how; `until` of `None` is for ever.
pub fn mute(tx: &Tx, id: AccountId, notifications: bool, until: Option<Timestamp>) -> Result<()> {
    tx.run(
        "UPDATE accounts SET muting_notifications = ?3, muting_until = ?4,
                muting_row = CASE WHEN muting_row IS NULL OR muting_until <= ?5 THEN ?2 ELSE muting_row END
          WHERE id = ?1",
        (id, RowId::at(tx.now), notifications, until, tx.now),
    )?;
    Ok(())
}

pub fn unmute(tx: &Tx, id: AccountId) -> Result<()> {
    tx.run(
        "UPDATE accounts SET muting_row = NULL, muting_until = NULL, muting_notifications = 0 WHERE id = ?1",
        [id],
    )?;
    Ok(())
}

pub fn set_comment(tx: &Tx, id: AccountId, comment: &str) -> Result<()> {
    tx.run("UPDATE accounts SET comment = ?2 WHERE id = ?1", (id, comment))?;
    Ok(())
}

pub fn set_endorsed(tx: &Tx, id: AccountId, endorsed: bool) -> Result<()> {
    let row = endorsed.then(|| RowId::at(tx.now));
    tx.run("UPDATE accounts SET endorsed_row = CASE WHEN ?2 IS NULL THEN NULL ELSE ifnull(endorsed_row, ?2) END WHERE id = ?1", (id, row))?;
    Ok(())
}

/// A list of accounts by what is between them and the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    Followers,
    Following,
    /// Without the feeds, which are nobody else's to know.
    FollowedPeople,
    FollowRequests,
    Blocked,
    Endorsed,
}

const FOLLOWED_PEOPLE: &str = "following = 2 AND substr(uri, 1, 5) <> 'feed:'";

/// The accounts that are muted at `now`, with the row ids that page them, newest first.
pub fn muted(c: &Connection, page: &Page, now: Timestamp) -> Result<Vec<(i64, Account)>> {
    let sql = format!(
        "SELECT {COLUMNS}, muting_row FROM accounts
          WHERE muting_row IS NOT NULL AND muting_row > ?1 AND muting_row < ?2
            AND (muting_until IS NULL OR muting_until > ?4)
          ORDER BY muting_row {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (above, below, page.limit, now), |r| Ok((r.get(WIDTH)?, from_row(r)?)))?;
    Ok(page.arrange(rows))
}

/// Accounts with the row ids that page them, newest first.
pub fn list(c: &Connection, which: Relationship, page: &Page) -> Result<Vec<(i64, Account)>> {
    let (row, condition) = match which {
        Relationship::Followers => ("follower_row", "follower = 2"),
        Relationship::Following => ("following_row", "following = 2"),
        Relationship::FollowedPeople => ("following_row", FOLLOWED_PEOPLE),
        Relationship::FollowRequests => ("follower_row", "follower = 1"),
        Relationship::Blocked => ("blocking_row", "blocking_row IS NOT NULL"),
        Relationship::Endorsed => ("endorsed_row", "endorsed_row IS NOT NULL"),
    };
    let sql = format!(
        "SELECT {COLUMNS}, {row} FROM accounts WHERE {condition} AND {row} > ?1 AND {row} < ?2
          ORDER BY {row} {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (above, below, page.limit), |r| Ok((r.get(WIDTH)?, from_row(r)?)))?;
    Ok(page.arrange(rows))
}

/// ActivityPub ids of one page of followers or of the followed, newest first, for the collections.
pub fn uris(c: &Connection, which: Relationship, below: i64, limit: i64) -> Result<Vec<(i64, String)>> {
    let (row, condition) = match which {
        Relationship::Following | Relationship::FollowedPeople => ("following_row", FOLLOWED_PEOPLE),
        _ => ("follower_row", "follower = 2"),
    };
    let sql = format!(
        "SELECT {row}, uri FROM accounts
          WHERE {condition} AND {row} < ?1 ORDER BY {row} DESC LIMIT ?2"
    );
    all(c, &sql, (below, limit), |r| Ok((r.get(0)?, r.get(1)?)))
}

/// Where to deliver what goes to all followers: shared inboxes where there are any, each once.
pub fn follower_inboxes(c: &Connection) -> Result<Vec<String>> {
    all(
        c,
        "SELECT DISTINCT ifnull(shared_inbox, inbox) FROM accounts
          WHERE follower = 2 AND suspended = 0 AND inbox <> ''",
        [],
        |r| r.get(0),
    )
}

/// Followers who read at that inbox, shared or their own.
pub fn followers_at(c: &Connection, inbox: &str, limit: i64) -> Result<Vec<String>> {
    all(
        c,
        "SELECT uri FROM accounts INDEXED BY accounts_followers
          WHERE follower = 2 AND (shared_inbox = ?1 OR inbox = ?1) LIMIT ?2",
        (inbox, limit),
        |r| r.get(0),
    )
}

/// Calls `f` with the id of each follower.
pub fn each_follower(c: &Connection, mut f: impl FnMut(&str)) -> Result<()> {
    let mut query =
        c.prepare_cached("SELECT uri FROM accounts INDEXED BY accounts_followers WHERE follower = 2")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        f(row.get_ref(0)?.as_str().map_err(Error::internal)?);
    }
    Ok(())
}

/// Followers whose ids begin like that: those of one server.
pub fn followers_below(c: &Connection, prefix: &str) -> Result<Vec<String>> {
    let end = format!("{prefix}\u{10ffff}");
    all(c, "SELECT uri FROM accounts WHERE uri >= ?1 AND uri < ?2 AND follower = 2", (prefix, end), |r| {
        r.get(0)
    })
}

/// Whether the owner follows somebody whose id begins like that: somebody of that server.
pub fn is_followed_below(c: &Connection, prefix: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM accounts INDEXED BY accounts_followed
                               WHERE following = 2 AND uri >= ?1 AND uri < ?2)";
    Ok(c.prepare_cached(sql)?.query_row((prefix, format!("{prefix}\u{10ffff}")), |r| r.get(0))?)
}

/// Where those are whom the owner follows: they show the owner's profile, too.
pub fn followed_inboxes(c: &Connection) -> Result<Vec<String>> {
    all(
        c,
        "SELECT DISTINCT ifnull(shared_inbox, inbox) FROM accounts
          WHERE following = 2 AND suspended = 0 AND inbox <> ''",
        [],
        |r| r.get(0),
    )
}

/// Where those are who liked, boosted, answered or quoted a status, or voted in its poll: they hear of its edits
/// and of its end.
pub fn interactor_inboxes(c: &Connection, status: StatusId) -> Result<Vec<String>> {
    all(
        c,
        "SELECT DISTINCT ifnull(shared_inbox, inbox) FROM accounts
          WHERE domain IS NOT NULL AND inbox <> '' AND id IN (
                SELECT account_id FROM favourites WHERE status_id = ?1
                UNION ALL SELECT account_id FROM poll_votes WHERE status_id = ?1
                UNION ALL SELECT account_id FROM statuses WHERE reblog_of_id = ?1
                UNION ALL SELECT account_id FROM statuses WHERE in_reply_to_id = ?1
                UNION ALL SELECT account_id FROM quotes WHERE quoted_status_id = ?1 AND state = 1)",
        [status],
        |r| r.get(0),
    )
}

/// How many ask to follow.
pub fn request_count(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT count(*) FROM accounts WHERE follower = 1")?.query_row([], |r| r.get(0))?)
}

fn count_theirs(tx: &Tx, id: AccountId, column: &str, by: i64) -> Result<()> {
    tx.run(&format!("UPDATE accounts SET {column} = max(0, {column} + ?2) WHERE id = ?1"), (id, by))?;
    Ok(())
}

fn count_owner(tx: &Tx, column: &str, by: i64) -> Result<()> {
    tx.run(
        &format!(
            "UPDATE accounts SET {column} = max(0, {column} + ?1) WHERE id = (SELECT owner_id FROM instance)"
        ),
        [by],
    )?;
    Ok(())
}
