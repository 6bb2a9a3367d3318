//! Lists of statuses: each is a range scan of one index of `schema.sql`, whatever the file's size.

use super::row::all;
use super::statuses::{COLUMNS, WIDTH, from_row};
use crate::error::Result;
use crate::model::*;
use rusqlite::Connection;
use rusqlite::named_params;

pub use super::home::{home, list};

/// Whether the account `a` is hidden from the owner, at `:now`: blocked either way, on a blocked server, or
/// muted. In a row it is [`Relation::hidden`].
macro_rules! hidden {
    () => {
        "(a.blocking_row IS NOT NULL OR a.blocked_by = 1 OR a.domain_blocked & 1
          OR (a.muting_row IS NOT NULL AND ifnull(a.muting_until, :now + 1) > :now))"
    };
}
pub(super) use hidden;

/// Whoever is hidden from the owner is not shown, nor boosted by others.
pub(super) const NOT_HIDDEN: &str = concat!(
    "NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = statuses.account_id AND ",
    hidden!(),
    ") AND (statuses.reblog_of_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM statuses o JOIN accounts a ON a.id = o.account_id WHERE o.id = statuses.reblog_of_id AND ",
    hidden!(),
    "))"
);

/// Of silenced servers only those are in public places whom the owner follows: see `ops::domain_blocks::is_limited`.
pub(super) const NOT_LIMITED: &str = "NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = statuses.account_id
    AND a.domain_blocked & 2 AND a.following <> 2)";

/// Rows that one page looks at: where nearly all is hidden, or has no picture, the page ends here.
const DEPTH: i64 = 10_000;

/// Which public statuses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Public {
    pub local: bool,
    pub remote: bool,
    pub only_media: bool,
}

/// Public posts known here, without replies to others and without boosts.
pub fn public(c: &Connection, which: Public, page: &Page, now: Timestamp) -> Result<Vec<Status>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT id AS i FROM statuses
                  WHERE visibility = 0 AND reblog_of_id IS NULL AND id > :above AND id < :below {}
                  ORDER BY id {} LIMIT {DEPTH}) CROSS JOIN statuses ON statuses.id = i
          WHERE (in_reply_to_uri IS NULL OR in_reply_to_account_id = account_id)
            {} {} AND {NOT_HIDDEN} AND {NOT_LIMITED} LIMIT :limit",
        if which.local && !which.remote { "AND local = 1" } else { "" },
        page.order(),
        if which.remote && !which.local { "AND local = 0" } else { "" },
        only_media(which.only_media),
    );
    scan(c, &sql, page, now)
}

/// Which statuses with a hashtag. Names are lower case.
#[derive(Debug, Clone, Default)]
pub struct Tagged {
    pub name: String,
    pub any: Vec<String>,
    pub all: Vec<String>,
    pub none: Vec<String>,
    pub which: Public,
    /// Unlisted posts are found, too: the owner looks.
    pub for_owner: bool,
}

/// At most this many names are looked at in each way, the first one counted, as in Mastodon.
const TAGS: usize = 4;
pub fn tagged(c: &Connection, tagged: &Tagged, page: &Page, now: Timestamp) -> Result<Vec<Status>> {
    let list = |names: &[String]| {
        let names: Vec<&String> = names.iter().take(TAGS).collect();
        serde_json::to_string(&names).unwrap_or_else(|_| "[]".to_owned())
    };
    let mut any = vec![tagged.name.clone()];
    for name in &tagged.any {
        if any.len() < TAGS && !any.contains(name) {
            any.push(name.clone());
        }
    }
    // One range scan a tag, merged in order; so the page stops when it is full, however much there is.
    let order = page.order();
    let one = |n: usize| {
        format!(
            "SELECT i FROM (SELECT status_id AS i FROM status_tags
                             WHERE tag_id = (SELECT id FROM tags WHERE name = :any ->> {n})
                               AND status_id > :above AND status_id < :below
                             ORDER BY status_id {order} LIMIT {DEPTH})"
        )
    };
    let found = match any.len() {
        1 => one(0),
        n => {
            let each = (0..n).map(one).collect::<Vec<_>>().join(" UNION ");
            format!("{each} ORDER BY i {order} LIMIT {DEPTH}")
        }
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM ({found}) CROSS JOIN statuses ON statuses.id = i
          WHERE visibility <= :open AND reblog_of_id IS NULL
            AND (SELECT count(*) FROM json_each(:all) n WHERE NOT EXISTS (
                   SELECT 1 FROM status_tags st JOIN tags t ON t.id = st.tag_id
                    WHERE st.status_id = statuses.id AND t.name = n.value)) = 0
            AND NOT EXISTS (
                   SELECT 1 FROM status_tags st JOIN tags t ON t.id = st.tag_id
                    WHERE st.status_id = statuses.id AND t.name IN (SELECT value FROM json_each(:none)))
            {} {} AND {NOT_HIDDEN} AND {NOT_LIMITED}
          LIMIT :limit",
        match (tagged.which.local, tagged.which.remote) {
            (true, false) => "AND local = 1",
            (false, true) => "AND local = 0",
            _ => "",
        },
        only_media(tagged.which.only_media),
    );
    let (above, below) = page.bounds();
    let rows = all(
        c,
        &sql,
        named_params! {
            ":any": serde_json::to_string(&any).unwrap_or_else(|_| "[]".to_owned()),
            ":all": list(&tagged.all),
            ":none": list(&tagged.none),
            ":above": above, ":below": below, ":limit": page.limit, ":now": now,
            ":open": i64::from(tagged.for_owner),
        },
        from_row,
    )?;
    Ok(page.arrange(rows))
}

/// Direct statuses to and from the owner, without those that are held back.
pub fn direct(c: &Connection, page: &Page, now: Timestamp) -> Result<Vec<Status>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT id AS i FROM statuses WHERE visibility = 3 AND id > :above AND id < :below
                                 ORDER BY id {} LIMIT {DEPTH}) CROSS JOIN statuses ON statuses.id = i
          WHERE reblog_of_id IS NULL AND {NOT_HIDDEN}
            AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.status_id = statuses.id
                               AND n.kind = 'mention' AND n.filtered > 0)
          LIMIT :limit",
        page.order()
    );
    scan(c, &sql, page, now)
}

/// Public posts with the preview of one link.
pub fn with_card(c: &Connection, card: CardId, page: &Page, now: Timestamp) -> Result<Vec<Status>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM statuses
          WHERE card_id = :card AND visibility = 0 AND reblog_of_id IS NULL AND id > :above AND id < :below
            AND {NOT_HIDDEN} AND {NOT_LIMITED}
          ORDER BY id {} LIMIT :limit",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(
        c,
        &sql,
        named_params! {":card": card, ":above": above, ":below": below, ":limit": page.limit, ":now": now},
        from_row,
    )?;
    Ok(page.arrange(rows))
}

/// Which statuses of one account.
#[derive(Debug, Clone, Default)]
pub struct OfAccount {
    pub only_media: bool,
    pub exclude_replies: bool,
    pub exclude_reblogs: bool,
    /// Lower case.
    pub tagged: Option<String>,
    /// The highest visibility that the viewer may see of this account.
    pub up_to: Visibility,
}

pub fn of_account(c: &Connection, id: AccountId, which: &OfAccount, page: &Page) -> Result<Vec<Status>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM statuses
          WHERE account_id = :account AND id > :above AND id < :below AND visibility <= :up_to
            {} {} {}
            AND (:tag IS NULL OR EXISTS (SELECT 1 FROM status_tags st JOIN tags t ON t.id = st.tag_id
                                          WHERE st.status_id = statuses.id AND t.name = :tag))
          ORDER BY id {} LIMIT :limit",
        only_media(which.only_media),
        if which.exclude_reblogs { "AND reblog_of_id IS NULL" } else { "" },
        if which.exclude_replies {
            "AND (in_reply_to_uri IS NULL OR in_reply_to_account_id = account_id)"
        } else {
            ""
        },
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(
        c,
        &sql,
        named_params! {
            ":account": id, ":above": above, ":below": below, ":up_to": which.up_to,
            ":tag": which.tagged, ":limit": page.limit,
        },
        from_row,
    )?;
    Ok(page.arrange(rows))
}

/// Pinned statuses, the last pinned first.
pub fn pinned(c: &Connection, id: AccountId, up_to: Visibility) -> Result<Vec<Status>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM statuses WHERE account_id = ?1 AND pinned_at IS NOT NULL AND visibility <= ?2
          ORDER BY pinned_at DESC LIMIT 40"
    );
    all(c, &sql, (id, up_to), from_row)
}

/// What the owner favourited or bookmarked, with the row ids that page the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    Favourited,
    Bookmarked,
}

pub fn marked(c: &Connection, which: Marked, page: &Page) -> Result<Vec<(i64, Status)>> {
    let row = match which {
        Marked::Favourited => "favourited_row",
        Marked::Bookmarked => "bookmarked_row",
    };
    let sql = format!(
        "SELECT {COLUMNS}, {row} FROM statuses WHERE {row} IS NOT NULL AND {row} > ?1 AND {row} < ?2
          ORDER BY {row} {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (above, below, page.limit), |r| Ok((r.get(WIDTH)?, from_row(r)?)))?;
    Ok(page.arrange(rows))
}

/// The statuses above `id` in its thread, the root first; at most `limit`.
pub fn ancestors(c: &Connection, id: StatusId, limit: i64) -> Result<Vec<Status>> {
    let sql = format!(
        "WITH RECURSIVE up (id, depth) AS (
             SELECT in_reply_to_id, 1 FROM statuses WHERE id = ?1 AND in_reply_to_id IS NOT NULL
             UNION SELECT s.in_reply_to_id, up.depth + 1 FROM statuses s JOIN up ON s.id = up.id
              WHERE s.in_reply_to_id IS NOT NULL LIMIT ?2)
         SELECT {COLUMNS} FROM up CROSS JOIN statuses ON statuses.id = up.id ORDER BY up.depth DESC"
    );
    all(c, &sql, (id, limit), from_row)
}

/// The statuses below `id`, depth first as a reader follows them; at most `limit` and `depth` deep.
pub fn descendants(c: &Connection, id: StatusId, limit: i64, depth: i64) -> Result<Vec<Status>> {
    // SQLite takes the row with the highest ORDER BY column first: depth first, oldest first. CROSS JOIN keeps
    // that order, by its documentation.
    let sql = format!(
        "WITH RECURSIVE down (id, depth) AS (
             SELECT id, 1 FROM statuses WHERE in_reply_to_id = ?1
             UNION ALL SELECT s.id, down.depth + 1 FROM statuses s JOIN down ON s.in_reply_to_id = down.id
              WHERE down.depth < ?3 ORDER BY 2 DESC, 1 LIMIT ?2)
         SELECT {COLUMNS} FROM down CROSS JOIN statuses ON statuses.id = down.id"
    );
    all(c, &sql, (id, limit, depth), from_row)
}

/// Direct replies to `id` by its own author, oldest first: the `replies` collection of a Note.
pub fn self_replies(c: &Connection, id: StatusId, limit: i64) -> Result<Vec<Status>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM statuses WHERE in_reply_to_id = ?1 AND visibility <= 1
            AND account_id = (SELECT account_id FROM statuses WHERE id = ?1) ORDER BY id LIMIT ?2"
    );
    all(c, &sql, (id, limit), from_row)
}

/// Answers to `id` that everybody may see, oldest first, above the row `after`: ids and addresses. Nothing
/// by whom the owner blocked, alone or with their server.
pub fn open_replies(
    c: &Connection,
    id: StatusId,
    after: StatusId,
    limit: i64,
) -> Result<Vec<(StatusId, String)>> {
    all(
        c,
        "SELECT s.id, s.uri FROM statuses s JOIN accounts a ON a.id = s.account_id
          WHERE s.in_reply_to_id = ?1 AND s.id > ?2 AND s.visibility <= 1 AND a.blocking_row IS NULL
            AND NOT a.domain_blocked & 1
          ORDER BY s.id LIMIT ?3",
        (id, after, limit),
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// Boosts of `id` up to that visibility, newest first, with their authors' ids.
pub fn boosts(
    c: &Connection,
    id: StatusId,
    up_to: Visibility,
    page: &Page,
) -> Result<Vec<(StatusId, AccountId)>> {
    let sql = format!(
        "SELECT id, account_id FROM statuses WHERE reblog_of_id = ?1 AND visibility <= ?5 AND id > ?2 AND id < ?3
          ORDER BY id {} LIMIT ?4",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (id, above, below, page.limit, up_to), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(page.arrange(rows))
}

fn only_media(yes: bool) -> &'static str {
    if yes { "AND EXISTS (SELECT 1 FROM media m WHERE m.status_id = statuses.id)" } else { "" }
}

fn scan(c: &Connection, sql: &str, page: &Page, now: Timestamp) -> Result<Vec<Status>> {
    let (above, below) = page.bounds();
    let rows = all(
        c,
        sql,
        named_params! {":above": above, ":below": below, ":limit": page.limit, ":now": now},
        from_row,
    )?;
    Ok(page.arrange(rows))
}
