//! How SQLite means to run the queries of the hot paths: each is a range scan of an index, whatever the
//! size of the file. Runs the real functions and looks at every statement that they prepared.

use super::imports;
use super::tests::empty;
use super::{
    accounts, arrivals, blocklists, conversations, deliveries, domain_blocks, favourites, filters, home,
    jobs, lists, markers, media, notification_requests, notifications, oauth, push, reactions, relations,
    remote_files, statuses, tags, timelines,
};
use super::{
    annual_reports, app_calls, collections, domains, emojis, featured_tags, flags, health, instance,
    interactions, strangers, suggestions,
};
use super::{
    cards, cleanup, drafts, feeds, polls, quotes, retention, scheduled, search, sessions, sources, trends,
    webmentions,
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

/// A table read from end to end. Lists that came as parameters, the rows of a recursion, the one instance, ten
/// collections, twenty sources, the `last` deliveries of one post, the `last` fifty things that somebody did, and the last thousand posts (`recent`, a `year`, and what is `used` and `met` in them) are small.
fn is_scan(line: &str) -> bool {
    let small = [
        "json_each",
        "VIRTUAL TABLE",
        "SCAN up",
        "SCAN thread",
        "SCAN scheduled",
        "SCAN instance",
        "SCAN collections",
        "SCAN source",
        "SCAN last",
        "SCAN recent",
        "SCAN year",
        "SCAN used",
        "SCAN met",
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

/// All notifications, one kind of them, one account's.
fn filters() -> [notifications::Filter; 4] {
    use notifications::Filter;
    let all = Filter::default();
    [
        Filter { include_filtered: true, ..all.clone() },
        Filter { kinds: Some(vec![NotificationKind::Mention]), ..all.clone() },
        Filter { account: Some(AccountId(1)), include_filtered: true, ..all.clone() },
        all,
    ]
}

const GROUP: GroupKey =
    GroupKey::Together { kind: NotificationKind::Favourite, status: Some(StatusId(1)), span: 3 };

#[test]
fn no_hot_query_reads_a_whole_table_or_sorts_a_list() {
    let store = empty();
    store
        .read(|c| {
            let (page, now) = (Page::newest(20), Timestamp(0));
            let up = Page { min_id: Some(5), ..page };
            SEEN.with(|seen| seen.borrow_mut().clear());
            remote_files::get(c, "ab/cd")?;
            remote_files::oldest(c, 64, 0)?;
            media::is_received(c, "x")?;
            for page in [page, up] {
                timelines::home(c, &page, now)?;
                timelines::public(c, timelines::Public::default(), &page, now)?;
                timelines::public(c, timelines::Public { local: true, ..Default::default() }, &page, now)?;
                timelines::list(c, ListId(1), &page, now)?;
                timelines::of_account(c, AccountId(1), &timelines::OfAccount::default(), &page)?;
                timelines::marked(c, timelines::Marked::Favourited, &page)?;
                timelines::marked(c, timelines::Marked::Bookmarked, &page)?;
                timelines::boosts(c, StatusId(1), Visibility::Private, &page)?;
                lists::members(c, ListId(1), &page)?;
                for which in filters() {
                    notifications::list(c, &which, &page)?;
                }
                notifications::of_group(c, &GROUP, &page)?;
                notification_requests::list(c, &page)?;
                conversations::list(c, &page)?;
                for any in [vec![], vec!["y".to_owned(), "z".to_owned()]] {
                    let tagged = timelines::Tagged { name: "x".into(), any, ..Default::default() };
                    timelines::tagged(c, &tagged, &page, now)?;
                }
                timelines::direct(c, &page, now)?;
                tags::followed(c, &page)?;
                domain_blocks::list(c, &page)?;
                domain_blocks::blocks(c, &page)?;
                relations::muted(c, &page, now)?;
                favourites::of_status(c, StatusId(1), &page)?;
                scheduled::list(c, &page)?;
                quotes::accepted(c, StatusId(1), &page)?;
                use relations::Relationship::*;
                for which in [Followers, Following, FollowedPeople, FollowRequests, Blocked, Endorsed] {
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
            webmentions::of(c, Some(StatusId(1)), 20)?;
            feeds::get(c, AccountId(1))?;
            feeds::followed(c, 20)?;
            media::free_by_blob(c, "x")?;
            cards::by_url(c, "x")?;
            cards::many(c, &[CardId(1)])?;
            timelines::pinned(c, AccountId(1), Visibility::Public)?;
            timelines::ancestors(c, StatusId(1), 10)?;
            timelines::self_replies(c, StatusId(1), 10)?;
            timelines::descendants(c, StatusId(1), 10, 10)?;
            timelines::open_replies(c, StatusId(1), StatusId(0), 10)?;
            home::home_has(c, StatusId(1), now)?;
            home::lists_with(c, StatusId(1), now)?;
            home::stands_near_the_top(c, StatusId(1))?;
            filters::version(c)?;
            filters::keywords(c, Some(FilterId(1)))?;
            tags::history(c, TagId(1), now, true)?;
            tags::open_by_name(c, "x")?;
            tags::search_open(c, "x", 20)?;
            tags::any_followed(c, &["x"])?;
            domain_blocks::preview(c, "x")?;
            domain_blocks::related(c, "x")?;
            statuses::by_uri(c, "x")?;
            statuses::by_url(c, "x")?;
            statuses::many(c, &[StatusId(1)])?;
            statuses::mentions(c, &[StatusId(1)])?;
            statuses::edits(c, StatusId(1))?;
            statuses::buried(c, "x")?;
            quotes::of_statuses(c, &[StatusId(1)])?;
            quotes::of_status(c, StatusId(1))?;
            quotes::by_row(c, RowId(1))?;
            quotes::by_request(c, "x")?;
            quotes::by_stamp(c, "x")?;
            quotes::waiting_for(c, "x")?;
            quotes::accepted_by(c, StatusId(1), AccountId(1))?;
            tags::of_statuses(c, &[StatusId(1)])?;
            tags::by_name(c, "x")?;
            media::of_statuses(c, &[StatusId(1)])?;
            media::forgotten(c, now, 1)?;
            media::of_scheduled(c, &[ScheduledId(1)])?;
            polls::get(c, StatusId(1))?;
            polls::of_statuses(c, &[StatusId(1)])?;
            accounts::by_uri(c, "x")?;
            accounts::by_url(c, "x")?;
            accounts::by_acct(c, "x", Some("y"))?;
            imports::origins(c, &[StatusId(1)])?;
            imports::known(c, "x")?;
            imports::next_waiting(c, RowId(1))?;
            accounts::many(c, &[AccountId(1)])?;
            accounts::key(c, "x")?;
            domains::starting_with(c, "b", 10)?;
            suggestions::friends_of_friends(c, now, 40, 0)?;
            suggestions::directory(c, now, suggestions::Order::Active, 40, 0)?;
            suggestions::directory(c, now, suggestions::Order::New, 40, 0)?;
            featured_tags::list(c)?;
            featured_tags::suggested(c, 1_000, 10)?;
            collections::list(c, true, 40, 0)?;
            emojis::named(c, &["x".to_owned()])?;
            instance::public_posts(c, StatusId(1), StatusId(2))?;
            annual_reports::said(c, StatusId(1), StatusId(2))?;
            annual_reports::hashtags(c, StatusId(1), StatusId(2), 5)?;
            annual_reports::new_followers(c, RowId(1), RowId(2))?;
            relations::follower_inboxes(c)?;
            sources::sending_inboxes(c)?;
            sources::by_sender(c, "x", "y")?;
            sources::by_follow(c, "x")?;
            sources::subscriptions(c, SourceId(1))?;
            domain_blocks::has(c, "x.y.z")?;
            domain_blocks::get(c, "x")?;
            domain_blocks::of_address(c, "https://x.y/")?;
            domain_blocks::any_without_media(c)?;
            domain_blocks::domains_after(c, "x", 9)?;
            blocklists::find(c, "x", RowId(1))?;
            blocklists::about(c, "x")?;
            blocklists::vanished(c, RowId(1), now, 9)?;
            blocklists::drafts(c, "x", 9)?;
            blocklists::of_file(c, "x", 9)?;
            domain_blocks::published(c, 9)?;
            arrivals::today(c, "x", now)?;
            relations::interactor_inboxes(c, StatusId(1))?;
            relations::uris(c, relations::Relationship::Followers, 9, 9)?;
            relations::uris(c, relations::Relationship::Following, 9, 9)?;
            relations::followed_inboxes(c)?;
            accounts::get(c, AccountId(1)).err();
            accounts::inboxes(c, &[AccountId(1)], true)?;
            annual_reports::get(c, 2026)?;
            annual_reports::has_open_posts(c, StatusId(1), StatusId(2))?;
            collections::get(c, CollectionId(1)).err();
            conversations::unread(c, 99)?;
            conversations::of_status(c, &Status { visibility: Visibility::Direct, ..Status::default() })?;
            deliveries::get(c, DeliveryId(1))?;
            deliveries::receipt(c, StatusId(1))?;
            deliveries::undelivered(c, StatusId(1), 9)?;
            health::queue(c, "in:", now)?;
            health::arrivals(c, now)?;
            health::own_posts(c, AccountId(1), 9)?;
            health::down(c)?;
            health::stuck(c, now)?;
            health::known_hosts(c, true, 3)?;
            app_calls::of(c, AppId(1))?;
            deliveries::failing(c, Some((Timestamp(1), "x")), 9)?;
            relations::followers_at(c, "x", 9)?;
            relations::each_follower(c, |_| ())?;
            relations::followers_below(c, "https://x/")?;
            relations::is_followed_below(c, "https://x/")?;
            accounts::has_any_below(c, "https://x/")?;
            jobs::due_lanes(c, "out:", true, now, 5)?;
            deliveries::host(c, "x")?;
            emojis::by_shortcode(c, "x")?;
            favourites::by_uri(c, "x")?;
            favourites::is_plain(c, AccountId(1), StatusId(1))?;
            reactions::of_statuses(c, &[StatusId(1)])?;
            reactions::by_account(c, StatusId(1), AccountId(1))?;
            reactions::by_uri(c, "x")?;
            let told = Notification {
                id: NotificationId(1),
                kind: NotificationKind::Favourite,
                account_id: AccountId(1),
                status_id: Some(StatusId(1)),
                created_at: now,
                filtered: false,
            };
            reactions::of_notifications(c, std::iter::once(&told))?;
            featured_tags::of_account(c, AccountId(1))?;
            cleanup::older(c, StatusId(1), now, 9)?;
            cleanup::due(c, &[StatusId(1)], &Cleanup::default())?;
            cleanup::count(c, now, &Cleanup::default(), 9)?;
            retention::posts::older(c, StatusId(1), now, 9)?;
            retention::posts::untouched(c, &[StatusId(1)], now)?;
            retention::posts::is_thread_kept(c, StatusId(1), now)?;
            retention::accounts::older(c, AccountId(1), now, 9)?;
            retention::accounts::unneeded(c, &[AccountId(1)], now)?;
            retention::cards::older(c, CardId(1), now, 9)?;
            retention::cards::unused(c, &[CardId(1)], now)?;
            retention::tags::older(c, TagId(1), now, 9)?;
            retention::tags::unused(c, &[TagId(1)])?;
            retention::notifications::old(c, now, 5, 9)?;
            retention::hosts::unneeded(c, now, 9)?;
            retention::tombstones::older(c, now, now, 9)?;
            retention::apps::unused(c, now, 9)?;
            flags::latest(c, &[AccountId(1)])?;
            flags::count_since(c, AccountId(1), ReportId(1), 9)?;
            interactions::policy(c, StatusId(1))?;
            interactions::approvals(c, &[StatusId(1)])?;
            filters::get(c, FilterId(1)).err();
            filters::keyword(c, FilterKeywordId(1)).err();
            filters::status(c, FilterStatusId(1)).err();
            filters::statuses(c, Some(FilterId(1)))?;
            lists::containing(c, AccountId(1))?;
            lists::get(c, ListId(1)).err();
            markers::get(c, "x")?;
            media::get(c, MediaId(1)).err();
            media::many(c, &[MediaId(1)])?;
            notification_requests::get(c, RowId(1)).err();
            notification_requests::is_allowed(c, AccountId(1))?;
            notifications::get(c, NotificationId(1)).err();
            notifications::unread(c, &notifications::Filter::default(), 1, 9)?;
            oauth::access(c, "x", Timestamp(0))?;
            oauth::app(c, AppId(1)).err();
            oauth::app_by_client_id(c, "x")?;
            scheduled::find(c, ScheduledId(1))?;
            drafts::list(c)?;
            drafts::by_key(c, "key")?;
            emojis::beginning(c, "a", 8)?;
            sessions::access(c, "x", now)?;
            statuses::get(c, StatusId(1)).err();
            statuses::boost_by(c, AccountId(1), StatusId(1))?;
            statuses::mentions_of(c, StatusId(1))?;
            statuses::by_idempotency(c, "x", now)?;
            statuses::scheduled_by_idempotency(c, "x", now)?;
            statuses::seen_at(c, "x")?;
            push::get(c, SubscriptionId(1))?;
            push::of_token(c, TokenId(1))?;
            push::app_name(c, TokenId(1))?;
            notifications::tells_mention(c, StatusId(1))?;
            home::home_has(c, StatusId(1), now)?;
            home::lists_with(c, StatusId(1), now)?;
            notifications::count_group(c, &GROUP, 9, 9)?;
            notifications::oldest_of_group(c, &GROUP, 0)?;
            notification_requests::summary(c)?;
            notification_requests::senders(c, &[RowId(1)])?;
            notification_requests::held(c, AccountId(1), NotificationId(9), 9)?;
            notification_requests::newest_held(c, AccountId(1))?;
            notification_requests::is_answer(c, StatusId(1), AccountId(2))?;
            strangers::standing(c, AccountId(1))?;
            strangers::is_vouched(c, AccountId(1), Timestamp(9))?;
            strangers::was_told(c, AccountId(1))?;
            strangers::company(c, AccountId(1), "b.test", Some(1), Timestamp(9))?;
            strangers::is_shelved(c, StatusId(1))?;
            strangers::idle(c, &[StatusId(1)])?;
            strangers::cleared(c, 9)?;
            conversations::get(c, StatusId(1)).err();
            jobs::has_any(c, "x")?;
            jobs::due_lanes(c, "out:", false, now, 5)?;
            jobs::next(c, "out:x", now)?;
            let seen = SEEN.with(|seen| seen.borrow().clone());
            assert!(seen.len() > 40, "the statements were not seen");
            let mut bad = Vec::new();
            for sql in seen {
                let plan = plan(c, &sql);
                let sorts = plan.iter().any(|l| l.contains("TEMP B-TREE FOR ORDER BY"));
                // Threads, pins, the media of one page, the posts that a filter names and the newest of a list's
                // members are short lists: they may be sorted. So are the people and tags of the last thousand posts, and whose names begin alike.
                let short = [
                    "WITH RECURSIVE",
                    "pinned_at",
                    "json_each",
                    "rarray",
                    "accounts_by_acct",
                    "username",
                    "AS met",
                    "AS used",
                    "member.list_id",
                    "filter_statuses",
                    "AS last",
                ];
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
