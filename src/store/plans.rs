//! How SQLite means to run the queries of the hot paths: each is a range scan of an index, whatever the
//! size of the file. Runs the real functions and looks at every statement that they prepared.

use super::tests::empty;
use super::{
    accounts, cards, favourites, jobs, media, notifications, relations, search, statuses, tags, timelines,
    trends,
};
use crate::model::*;
use rusqlite::Connection;
use std::cell::RefCell;

thread_local! {
    static SEEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Called by [`super::row`] for each statement.
pub fn note(sql: &str) {
    SEEN.with(|seen| seen.borrow_mut().push(sql.to_owned()));
}

fn plan(c: &Connection, sql: &str) -> Vec<String> {
    let mut statement = c.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nothing = vec![rusqlite::types::Null; statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(nothing), |r| r.get(3)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// A table read from end to end. Lists that came as parameters, the rows of a recursion and the one row of the
/// instance are small.
fn is_scan(line: &str) -> bool {
    let small = [
        "json_each",
        "VIRTUAL TABLE",
        "SCAN up",
        "SCAN down",
        "SCAN found",
        "SCAN instance",
        "SCAN recent",
        "CONSTANT",
        "SCAN (",
        "USING INDEX",
        "COVERING INDEX",
    ];
    line.starts_with("SCAN") && !small.iter().any(|word| line.contains(word))
}

#[test]
fn no_hot_query_reads_a_whole_table_or_sorts_a_list() {
    let store = empty();
    store
        .read(|c| {
            let (page, now) = (Page::newest(20), Timestamp(0));
            let up = Page { min_id: Some(5), ..page };
            SEEN.with(|seen| seen.borrow_mut().clear());
            for page in [page, up] {
                timelines::home(c, &page, now)?;
                timelines::public(c, timelines::Public::default(), &page, now)?;
                timelines::public(c, timelines::Public { local: true, ..Default::default() }, &page, now)?;
                timelines::list(c, ListId(1), &page, now)?;
                timelines::of_account(c, AccountId(1), &timelines::OfAccount::default(), &page)?;
                timelines::marked(c, timelines::Marked::Favourited, &page)?;
                timelines::marked(c, timelines::Marked::Bookmarked, &page)?;
                timelines::boosts(c, StatusId(1), &page)?;
                notifications::list(c, &notifications::Filter::default(), &page)?;
                favourites::of_status(c, StatusId(1), &page)?;
                use relations::Relationship::*;
                for which in [Followers, Following, FollowRequests, Blocked, Muted, Endorsed] {
                    relations::list(c, which, &page)?;
                }
            }
            for page in [page, up] {
                timelines::with_card(c, CardId(1), &page, now)?;
            }
            search::statuses(
                c,
                &search::Wanted { library: true, below: 9, ..Default::default() },
                20,
                0,
                now,
            )?;
            search::namesakes(c, "x")?;
            trends::tags(c, StatusId(1))?;
            trends::links(c, StatusId(1))?;
            trends::statuses(c, StatusId(1))?;
            trends::named(c, &[TagId(1)])?;
            cards::by_url(c, "x")?;
            cards::many(c, &[CardId(1)])?;
            timelines::pinned(c, AccountId(1), Visibility::Public)?;
            timelines::ancestors(c, StatusId(1), 10)?;
            timelines::self_replies(c, StatusId(1), 10)?;
            statuses::by_uri(c, "x")?;
            statuses::by_url(c, "x")?;
            statuses::many(c, &[StatusId(1)])?;
            statuses::mentions(c, &[StatusId(1)])?;
            statuses::edits(c, StatusId(1))?;
            statuses::buried(c, "x")?;
            tags::of_statuses(c, &[StatusId(1)])?;
            tags::by_name(c, "x")?;
            media::of_statuses(c, &[StatusId(1)])?;
            media::forgotten(c, now, 1)?;
            accounts::by_uri(c, "x")?;
            accounts::by_url(c, "x")?;
            accounts::by_acct(c, "x", Some("y"))?;
            accounts::many(c, &[AccountId(1)])?;
            accounts::key(c, "x")?;
            relations::follower_inboxes(c)?;
            relations::interactor_inboxes(c, StatusId(1))?;
            jobs::due_lanes(c, "out:", now, 5)?;
            jobs::next(c, "out:x", now)?;
            let seen = SEEN.with(|seen| seen.borrow().clone());
            assert!(seen.len() > 40, "the statements were not seen");
            let mut bad = Vec::new();
            for sql in seen {
                let plan = plan(c, &sql);
                let sorts = plan.iter().any(|l| l.contains("TEMP B-TREE FOR ORDER BY"));
                // Threads, pins and the media of one page are short lists: they may be sorted.
                let short = ["WITH RECURSIVE", "pinned_at", "json_each", "accounts_by_acct", "username"];
                if plan.iter().any(|l| is_scan(l)) || (sorts && !short.iter().any(|w| sql.contains(w))) {
                    bad.push(format!("{sql}\n  {}", plan.join("\n  ")));
                }
            }
            assert!(bad.is_empty(), "{}", bad.join("\n\n"));
            Ok(())
        })
        .unwrap();
}

/// What is deleted takes along, or lets go of, whatever points at it, and an account may have written a
/// million posts.
#[test]
fn no_deletion_reads_a_whole_table() {
    let store = empty();
    // One row; codes live for ten minutes.
    let small = ["instance.owner_id", "codes.app_id"];
    store
        .read(|c| {
            let sql = "SELECT t.name, f.\"from\" FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
                        WHERE t.type = 'table'";
            let mut statement = c.prepare(sql)?;
            let columns = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let columns: Vec<(String, String)> = columns.collect::<Result<_, _>>()?;
            assert!(columns.len() > 15, "the foreign keys were not found");
            for (table, column) in columns {
                let plan = plan(c, &format!("SELECT 1 FROM {table} WHERE {column} = ?1"));
                let named = format!("{table}.{column}");
                let found = plan.iter().all(|line| line.starts_with("SEARCH"));
                assert!(found || small.contains(&named.as_str()), "{named} has no index: {plan:?}");
            }
            Ok(())
        })
        .unwrap();
}
