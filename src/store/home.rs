//! What stands in home and in lists. The one place of that rule.
//!
//! What cannot change later is decided when a status comes, and is a number of its row ([`Place`]). All the
//! rest is asked when somebody looks: so a mute that runs out, an unfollow, a list that is no longer
//! exclusive show the right thing at once, and no history is rewritten. The rules are Mastodon's
//! (`FeedManager`): <https://docs.joinmastodon.org/methods/timelines/#home>
//!
//! | rule | when |
//! |---|---|
//! | by somebody followed, in a language that is wanted of them | it comes |
//! | public, no boost, with a followed hashtag | it comes; whether the tag is followed still: asked |
//! | a boost of what stands near the top already | it comes; whether that still shows: asked |
//! | author, boosted author or anybody named is blocked or muted, or on a blocked server | asked |
//! | an answer to somebody who is not followed | asked; the parent may come late |
//! | boosts of that account are switched off; it is in an exclusive list | asked |

use super::row::{all, first};
use super::statuses::{COLUMNS, from_row};
use super::timelines::hidden;
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, named_params};
use std::sync::LazyLock;

/// Why a status is for home: the sum of the constants, as it stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place(pub i64);

impl Place {
    pub const NOWHERE: Place = Place(0);
    /// By the owner or by somebody followed.
    pub const FOLLOWED: Place = Place(1);
    /// With a followed hashtag.
    pub const TAGGED: Place = Place(2);
    /// A boost of what stood near the top when it came.
    pub const AGAIN: Place = Place(4);

    pub fn and(self, other: Place) -> Place {
        Place(self.0 | other.0)
    }
}

/// A boost of something among so many newest of home is left out (Mastodon's `REBLOG_FALLOFF`).
const NEAR: i64 = 40;
/// Rows of home that one page looks at. Where nearly all is hidden, by a very busy member of an exclusive
/// list say, the page ends here. Mastodon keeps 800 in all.
const DEPTH: i64 = 20_000;
/// As [`DEPTH`], for a list: behind it the members are asked one by one.
const LIST_DEPTH: i64 = 2_000;
/// Rows of each member that are looked at then.
const MEMBER_DEPTH: i64 = 400;

/// Nobody who is named in it or in what it boosts, or wrote that, is hidden. Its author is asked with the rest.
const OTHERS_UNHIDDEN: &str = concat!(
    "NOT EXISTS (SELECT 1 FROM mentions m JOIN accounts a ON a.id = m.account_id
         WHERE m.status_id = ifnull(statuses.reblog_of_id, statuses.id) AND m.silent = 0 AND ",
    hidden!(),
    ") AND (reblog_of_id IS NULL OR NOT EXISTS (
         SELECT 1 FROM statuses o JOIN accounts a ON a.id = o.account_id WHERE o.id = statuses.reblog_of_id AND ",
    hidden!(),
    "))"
);

/// The author, as account `a`, is followed still, and boosts only where they are wanted.
const FOLLOWED: &str = "a.following = 2 AND (statuses.reblog_of_id IS NULL OR a.show_reblogs = 1)";

const NOT_EXCLUSIVE: &str = "NOT EXISTS (SELECT 1 FROM list_accounts la JOIN lists l ON l.id = la.list_id
         WHERE la.account_id = a.id AND l.exclusive = 1)";

/// No answer, or one to oneself, to the owner, or to somebody whom `wanted` finds as account `a`.
fn answers(row: &str, wanted: &str) -> String {
    format!(
        "({row}.in_reply_to_uri IS NULL OR {row}.in_reply_to_account_id = {row}.account_id OR EXISTS (
             SELECT 1 FROM accounts a WHERE a.id = {row}.in_reply_to_account_id
                AND (a.domain IS NULL OR {wanted})))"
    )
}

/// Whether the row of `statuses` shows in home.
static IN_HOME: LazyLock<String> = LazyLock::new(|| {
    let answers = |row: &str| answers(row, "a.following = 2");
    // What stood near the top once may have gone: a boost is left out while that shows.
    let shows = format!("(a.domain IS NULL OR (a.following = 2 AND NOT {} AND {NOT_EXCLUSIVE}))", hidden!());
    format!(
        "(((in_home & 4) = 0 OR NOT EXISTS (
             SELECT 1 FROM statuses o JOIN accounts a ON a.id = o.account_id
              WHERE o.id = statuses.reblog_of_id AND o.in_home > 0 AND {shows}
                AND (o.local = 1 OR {original})
             UNION ALL SELECT 1 FROM statuses o JOIN accounts a ON a.id = o.account_id
              WHERE o.reblog_of_id = statuses.reblog_of_id AND o.id < statuses.id AND o.in_home > 0
                AND (o.local = 1 OR a.show_reblogs = 1) AND {shows}))
          AND (local = 1 OR (EXISTS (
               SELECT 1 FROM accounts a WHERE a.id = statuses.account_id AND NOT {hidden} AND (
                   ((in_home & 2) > 0 AND EXISTS (
                       SELECT 1 FROM status_tags st JOIN tags t ON t.id = st.tag_id
                        WHERE st.status_id = statuses.id AND t.following_row IS NOT NULL))
                OR ((in_home & 1) > 0 AND {FOLLOWED} AND {answers} AND {NOT_EXCLUSIVE})))
               AND {OTHERS_UNHIDDEN})))",
        hidden = hidden!(),
        original = answers("o"),
        answers = answers("statuses"),
    )
});

/// Whether the row of `statuses` shows in the list whose id the SQL `list` gives. The owner may be a member.
fn in_list(list: &str) -> String {
    let member = |of: &str| {
        format!("EXISTS (SELECT 1 FROM list_accounts la WHERE la.list_id = {list} AND la.account_id = {of})")
    };
    let policy = format!(
        "EXISTS (SELECT 1 FROM lists l WHERE l.id = {list} AND (
             (l.replies_policy = 'followed' AND a.following = 2) OR (l.replies_policy = 'list' AND {})))",
        member("a.id")
    );
    format!(
        "((in_home & 1) > 0 AND {author}
          AND ((in_home & 4) = 0 OR NOT EXISTS (
               SELECT 1 FROM statuses o WHERE o.id = statuses.reblog_of_id AND {original} AND {original_answers}
               UNION ALL SELECT 1 FROM statuses o
                WHERE o.reblog_of_id = statuses.reblog_of_id AND o.id < statuses.id AND {original}))
          AND (local = 1 OR (EXISTS (
               SELECT 1 FROM accounts a WHERE a.id = statuses.account_id AND NOT {hidden} AND {FOLLOWED})
               AND {OTHERS_UNHIDDEN})) AND {answers})",
        hidden = hidden!(),
        author = member("statuses.account_id"),
        original = member("o.account_id"),
        original_answers = answers("o", &policy),
        answers = answers("statuses", &policy),
    )
}

/// The owner's home.
pub fn home(c: &Connection, page: &Page, now: Timestamp) -> Result<Vec<Status>> {
    // CROSS JOIN keeps the order of the part in front, by SQLite's documentation, and stops at the limit.
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT id AS i FROM statuses WHERE in_home > 0 AND id > :above AND id < :below
                                 ORDER BY id {order} LIMIT {DEPTH}) CROSS JOIN statuses ON statuses.id = i
          WHERE {} LIMIT :limit",
        *IN_HOME,
        order = page.order(),
    );
    let (above, below) = page.bounds();
    let rows = all(
        c,
        &sql,
        named_params! {":above": above, ":below": below, ":limit": page.limit, ":now": now},
        from_row,
    )?;
    Ok(page.arrange(rows))
}

/// Whether `id` shows in home: the same rule, for streams.
pub fn home_has(c: &Connection, id: StatusId, now: Timestamp) -> Result<bool> {
    let sql = format!("SELECT 1 FROM statuses WHERE id = :id AND in_home > 0 AND {}", *IN_HOME);
    let found = first(c, &sql, named_params! {":id": id, ":now": now}, |_| Ok(()))?;
    Ok(found.is_some())
}

/// What the members of a list posted.
pub fn list(c: &Connection, list: ListId, page: &Page, now: Timestamp) -> Result<Vec<Status>> {
    let (above, below) = page.bounds();
    let rows = |sql: &str| {
        all(
            c,
            sql,
            named_params! {":above": above, ":below": below, ":limit": page.limit, ":now": now, ":list": list},
            from_row,
        )
    };
    let (shown, order) = (in_list(":list"), page.order());
    // A lively list fills its page from the top of home.
    let found = rows(&format!(
        "SELECT {COLUMNS} FROM (SELECT id AS i FROM statuses WHERE in_home > 0 AND id > :above AND id < :below
                                 ORDER BY id {order} LIMIT {LIST_DEPTH}) CROSS JOIN statuses ON statuses.id = i
          WHERE {shown} LIMIT :limit"
    ))?;
    if i64::try_from(found.len()).is_ok_and(|n| n >= page.limit) {
        return Ok(page.arrange(found));
    }
    // A quiet one is put together from the newest of each member.
    let found = rows(&format!(
        "SELECT {COLUMNS} FROM list_accounts member CROSS JOIN statuses ON statuses.id IN (
                SELECT p.id FROM statuses p INDEXED BY statuses_home_of WHERE p.account_id = member.account_id AND p.in_home > 0
                   AND p.id > :above AND p.id < :below ORDER BY p.id {order} LIMIT {MEMBER_DEPTH})
          WHERE member.list_id = :list AND {shown} ORDER BY statuses.id {order} LIMIT :limit"
    ))?;
    Ok(page.arrange(found))
}

/// The lists in which `id` shows: the same rule, for streams.
pub fn lists_with(c: &Connection, id: StatusId, now: Timestamp) -> Result<Vec<ListId>> {
    let sql = format!(
        "SELECT member.list_id FROM statuses JOIN list_accounts member ON member.account_id = statuses.account_id
          WHERE statuses.id = :id AND {}",
        in_list("member.list_id")
    );
    all(c, &sql, named_params! {":id": id, ":now": now}, |r| r.get(0))
}

/// Whether `original`, or a boost of it, is among the newest of home, so that one more boost says nothing.
pub fn stands_near_the_top(c: &Connection, original: StatusId) -> Result<bool> {
    let sql =
        "SELECT 1 FROM (SELECT id, reblog_of_id FROM statuses WHERE in_home > 0 ORDER BY id DESC LIMIT ?2)
                WHERE id = ?1 OR reblog_of_id = ?1";
    Ok(first(c, sql, (original, NEAR), |_| Ok(()))?.is_some())
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::super::{Tx, accounts, lists, relations, statuses};
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn follow(tx: &Tx, name: &str) -> Result<AccountId> {
        let uri = format!("https://b.test/{name}");
        let account = Account { uri, domain: Some("b.test".into()), ..Account::default() };
        let id = accounts::upsert_remote(tx, &account)?;
        relations::request_follow(tx, id, "x")?;
        relations::follow_accepted(tx, id)?;
        Ok(id)
    }

    fn posts(tx: &Tx, by: AccountId, from: i64, count: i64) -> Result<()> {
        for n in from..from + count {
            let id = StatusId::at(Timestamp(1_700_000_000_000 + n));
            let status = Status { id, uri: format!("{id}"), account_id: by, ..Status::default() };
            statuses::insert(tx, &status, true)?;
        }
        Ok(())
    }

    #[test]
    fn a_quiet_member_of_a_list_is_found_below_everything_that_others_wrote() {
        let store = empty();
        let list_id = store
            .write(|tx| {
                let (quiet, loud) = (follow(tx, "quiet")?, follow(tx, "loud")?);
                posts(tx, quiet, 0, 3)?;
                posts(tx, loud, 10, LIST_DEPTH + 10)?;
                let made = lists::insert(tx, "L", lists::RepliesPolicy::List, false)?;
                lists::add(tx, made.id, &[quiet])?;
                Ok(made.id)
            })
            .unwrap();
        let read = |page: Page| store.read(|c| list(c, list_id, &page, NOW)).unwrap();
        let all = read(Page::newest(20));
        assert_eq!(all.len(), 3);
        assert!(all.is_sorted_by(|a, b| a.id > b.id));
        let below = Page { max_id: Some(all[0].id.0), ..Page::newest(1) };
        assert_eq!(read(below)[0].id, all[1].id);
        let above = Page { min_id: Some(all[2].id.0), ..Page::newest(1) };
        assert_eq!(read(above)[0].id, all[1].id);
    }

    #[test]
    fn whoever_is_hidden_in_great_numbers_does_not_keep_home_from_being_read() {
        let store = empty();
        let loud = store
            .write(|tx| {
                let (quiet, loud) = (follow(tx, "quiet")?, follow(tx, "loud")?);
                posts(tx, quiet, 0, 3)?;
                posts(tx, loud, 10, 1_000)?;
                let made = lists::insert(tx, "L", lists::RepliesPolicy::List, true)?;
                lists::add(tx, made.id, &[loud])?;
                Ok(loud)
            })
            .unwrap();
        let home = || store.read(|c| home(c, &Page::newest(20), NOW)).unwrap().len();
        assert_eq!(home(), 3);
        store.write(|tx| relations::unfollow(tx, loud)).unwrap();
        assert_eq!(home(), 3);
        store.write(|tx| relations::request_follow(tx, loud, "x")).unwrap();
        store.write(|tx| relations::follow_accepted(tx, loud)).unwrap();
        assert_eq!(home(), 20, "unfollowing took them out of the exclusive list");
    }
}
