//! Groups: <https://docs.joinmastodon.org/methods/grouped_notifications/>

use crate::harness::Taure;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use taure::model::time::HOUR;
use taure::model::*;
use taure::store::{accounts, notifications};

const LIST: &str = "/api/v2/notifications";

/// Accounts of another server, without the server.
fn crowd(taure: &Taure, count: usize) -> Vec<AccountId> {
    let make = |tx: &taure::store::Tx, n: usize| {
        let account = Account {
            uri: format!("https://crowd.test/users/{n}"),
            url: format!("https://crowd.test/@{n}"),
            username: format!("n{n}"),
            domain: Some("crowd.test".into()),
            ..Account::default()
        };
        accounts::upsert_remote(tx, &account)
    };
    taure.app().store.write(|tx| (0..count).map(|n| make(tx, n)).collect()).unwrap()
}

/// One notification, as it comes.
fn tell(taure: &Taure, kind: NotificationKind, by: AccountId, post: Option<&Value>) -> String {
    let status: Option<StatusId> = post.map(|p| p["id"].as_str().unwrap().parse().unwrap());
    let made = taure.app().store.write(|tx| notifications::insert(tx, kind, by, status, false));
    made.unwrap().unwrap().to_string()
}

fn groups(answer: &Value) -> Vec<Value> {
    answer["notification_groups"].as_array().unwrap().clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn pitfall_1_and_87_a_group_has_the_shape_that_apps_read() {
    let taure = Taure::new();
    let post = taure.posts("Labrīt!");
    let people = crowd(&taure, 12);
    let told: Vec<String> =
        people.iter().map(|p| tell(&taure, NotificationKind::Favourite, *p, Some(&post))).collect();
    let follow = tell(&taure, NotificationKind::Follow, people[0], None);
    let answer = taure.get(LIST).ok();
    let all = groups(&answer);
    assert_eq!(all.len(), 2);
    let (follows, favourites) = (&all[0], &all[1]);
    assert_eq!(favourites["notifications_count"], 12);
    assert_eq!(favourites["type"], "favourite");
    assert_eq!(favourites["most_recent_notification_id"], json!(told[11].parse::<i64>().unwrap()));
    assert_eq!(favourites["page_max_id"], told[11].as_str());
    assert_eq!(favourites["page_min_id"], told[0].as_str());
    assert_eq!(text(&favourites["latest_page_notification_at"]).len(), "2026-08-22T10:00:00.000Z".len());
    assert_eq!(favourites["sample_account_ids"].as_array().unwrap().len(), 8);
    assert_eq!(favourites["sample_account_ids"][0], people[11].to_string());
    assert_eq!(favourites["status_id"], post["id"]);
    assert_eq!(follows["page_max_id"], follow.as_str());
    assert!(follows.get("status_id").is_none());
    assert_eq!(answer["statuses"].as_array().unwrap().len(), 1);
    assert_eq!(answer["accounts"].as_array().unwrap().len(), 9, "each once");
    assert!(answer.get("partial_accounts").is_none());
    // The single ones carry the same key.
    let single = taure.get("/api/v1/notifications?types[]=favourite").ok();
    assert_eq!(single[3]["group_key"], favourites["group_key"]);
}

#[test]
fn pitfall_86_faces_may_be_partial_and_groups_as_the_app_wants_them() {
    let taure = Taure::new();
    let post = taure.posts("Labrīt!");
    for person in crowd(&taure, 3) {
        tell(&taure, NotificationKind::Favourite, person, Some(&post));
    }
    let answer = taure.get(&format!("{LIST}?expand_accounts=partial_avatars")).ok();
    assert_eq!(answer["accounts"].as_array().unwrap().len(), 1);
    let partial = answer["partial_accounts"].as_array().unwrap();
    assert_eq!(partial.len(), 2);
    let mut keys: Vec<&String> = partial[0].as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["acct", "avatar", "avatar_static", "bot", "id", "locked", "url"]);
    let wrong = taure.get(&format!("{LIST}?expand_accounts=all"));
    assert_eq!(wrong.status, 400, "{}", wrong.text);
    let alone = taure.get(&format!("{LIST}?grouped_types[]=reblog&expand_accounts=full")).ok();
    assert_eq!(groups(&alone).len(), 3);
    assert!(groups(&alone).iter().all(|g| text(&g["group_key"]).starts_with("ungrouped-")));
}

/// Follows the pages down, by `next`; gives them all.
fn walk(taure: &Taure, path: &str, next: impl Fn(&Value, &str) -> Option<String>) -> Vec<Value> {
    let mut pages = Vec::new();
    let mut at = Some(path.to_owned());
    while let Some(path) = at {
        assert!(pages.len() < 100, "the pages do not end");
        let answer = taure.get(&path);
        let link = answer.header("link").unwrap_or("").to_owned();
        let page = answer.ok();
        if groups(&page).is_empty() {
            break;
        }
        at = next(&page, &link);
        pages.push(page);
    }
    pages
}

#[test]
fn pitfall_87_pages_lose_nothing_and_go_on_below_the_last_group() {
    let taure = Taure::new();
    let posts: Vec<Value> = (0..3).map(|n| taure.posts(&format!("post {n}"))).collect();
    let people = crowd(&taure, 30);
    // Three groups, woven into each other, with mentions in between.
    let mut total: HashMap<String, i64> = HashMap::new();
    let mut every = HashSet::new();
    for (n, person) in people.iter().enumerate() {
        let post = &posts[[0, 0, 1, 0, 2][n % 5]];
        every.insert(tell(&taure, NotificationKind::Favourite, *person, Some(post)));
        *total.entry(text(&post["id"]).to_owned()).or_default() += 1;
        if n % 7 == 0 {
            every.insert(tell(&taure, NotificationKind::Mention, *person, Some(post)));
        }
    }
    let by_link = |_: &Value, link: &str| {
        let next = link.split(", ").find(|l| l.contains("rel=\"next\""))?;
        Some(next[1..].split_once('>').unwrap().0.replace(&taure.base, ""))
    };
    let by_group = |page: &Value, _: &str| {
        Some(format!("{LIST}?limit=2&max_id={}", text(&groups(page).last().unwrap()["page_min_id"])))
    };
    let pages = walk(&taure, &format!("{LIST}?limit=2"), by_link);
    let again = walk(&taure, &format!("{LIST}?limit=2"), by_group);
    assert_eq!(pages, again, "by Link and by page_min_id are the same pages");

    let (mut seen, mut heads) = (HashSet::new(), HashSet::new());
    let mut upper = i64::MAX;
    for page in &pages {
        let list = groups(page);
        assert!(list.len() <= 2);
        let ids =
            |name: &str| list.iter().map(|g| text(&g[name]).parse::<i64>().unwrap()).collect::<Vec<_>>();
        let (tops, bottoms) = (ids("page_max_id"), ids("page_min_id"));
        assert!(tops.iter().all(|id| *id < upper), "a page reaches above its cursor");
        upper = *bottoms.last().unwrap();
        assert!(bottoms.iter().all(|id| *id >= upper || page == pages.last().unwrap()));
        for group in list {
            if heads.insert(group["group_key"].clone()) && group["type"] == "favourite" {
                let post = text(&group["status_id"]);
                assert_eq!(group["notifications_count"], total[post], "the whole group at first sight");
            }
            seen.insert(text(&group["page_max_id"]).to_owned());
            seen.insert(text(&group["page_min_id"]).to_owned());
        }
    }
    assert!(seen.is_subset(&every));
    assert_eq!(heads.len(), 3 + 5, "three groups and five mentions");
}

#[test]
fn thousands_of_favourites_hide_nothing_that_is_older() {
    let taure = Taure::new();
    let (first, second) = (taure.posts("first"), taure.posts("second"));
    let people = crowd(&taure, 4_200);
    let old = tell(&taure, NotificationKind::Mention, people[0], Some(&first));
    let store = &taure.app().store;
    let status: StatusId = text(&second["id"]).parse().unwrap();
    // An id tells apart two thousand of one millisecond.
    for some in people.chunks(1_000) {
        let insert = |tx: &taure::store::Tx| {
            for person in some {
                notifications::insert(tx, NotificationKind::Favourite, *person, Some(status), false)?;
            }
            Ok(())
        };
        store.write(insert).unwrap();
    }
    // No page reads more than 4,000 of them; what is left stands on the next one.
    let page = taure.get(LIST);
    let link = page.header("link").unwrap().to_owned();
    let top = groups(&page.ok());
    assert_eq!(top.len(), 1);
    assert_eq!(top[0]["notifications_count"], 4_200);
    assert!(link.contains(&format!("max_id={}>; rel=\"next\"", text(&top[0]["page_min_id"]))), "{link}");
    let rest = groups(&taure.get(&format!("{LIST}?max_id={}", text(&top[0]["page_min_id"]))).ok());
    assert_eq!(rest.len(), 2);
    assert_eq!((&rest[0]["group_key"], &rest[0]["notifications_count"]), (&top[0]["group_key"], &json!(200)));
    assert_eq!(rest[1]["page_max_id"], old.as_str());
    let mentions = taure.get("/api/v1/notifications?types[]=mention&types[]=follow&limit=1").ok();
    assert_eq!(mentions[0]["id"], old.as_str());
    assert_eq!(taure.get(&format!("{LIST}/unread_count")).ok(), json!({"count": 2}));
    assert_eq!(taure.get("/api/v1/notifications/unread_count").ok(), json!({"count": 100}));
}

#[test]
fn pitfall_3_min_id_gives_the_groups_right_above() {
    let taure = Taure::new();
    let posts: Vec<Value> = (0..4).map(|n| taure.posts(&format!("post {n}"))).collect();
    let people = crowd(&taure, 3);
    let first: Vec<String> =
        posts.iter().map(|p| tell(&taure, NotificationKind::Favourite, people[0], Some(p))).collect();
    let late = tell(&taure, NotificationKind::Favourite, people[1], Some(&posts[1]));
    let up = taure.get(&format!("{LIST}?limit=2&min_id={}", first[0]));
    let link = up.header("link").unwrap().to_owned();
    let page = groups(&up.ok());
    let about = |page: &[Value]| page.iter().map(|g| g["status_id"].clone()).collect::<Vec<_>>();
    assert_eq!(about(&page), [posts[2]["id"].clone(), posts[1]["id"].clone()]);
    assert_eq!(page[1]["notifications_count"], 1, "what is above the page is not counted");
    assert!(link.contains(&format!("min_id={}", first[2])), "{link}");
    let rest = groups(&taure.get(&format!("{LIST}?limit=9&min_id={}", first[2])).ok());
    assert_eq!(about(&rest), [posts[1]["id"].clone(), posts[3]["id"].clone()]);
    assert_eq!(rest[0]["page_max_id"], late.as_str());
    let newest = groups(&taure.get(&format!("{LIST}?limit=1&since_id={}", first[0])).ok());
    assert_eq!(newest[0]["page_max_id"], late.as_str());
}

#[test]
fn half_a_day_later_a_new_group_begins() {
    let taure = Taure::new();
    let post = taure.posts("Labrīt!");
    let people = crowd(&taure, 2);
    tell(&taure, NotificationKind::Favourite, people[0], Some(&post));
    taure.later(12 * HOUR);
    taure.settles();
    tell(&taure, NotificationKind::Favourite, people[1], Some(&post));
    let all = groups(&taure.get(LIST).ok());
    assert_eq!(all.len(), 2);
    assert!(all.iter().all(|g| g["notifications_count"] == 1));
}

#[test]
fn one_group_is_shown_paged_and_dismissed() {
    let taure = Taure::new();
    let post = taure.posts("Labrīt!");
    let people = crowd(&taure, 3);
    for person in &people {
        tell(&taure, NotificationKind::Reblog, *person, Some(&post));
    }
    let key = text(&groups(&taure.get(LIST).ok())[0]["group_key"]).to_owned();
    let one = taure.get(&format!("{LIST}/{key}")).ok();
    assert_eq!(groups(&one)[0]["notifications_count"], 3);
    for absent in ["page_min_id", "page_max_id", "latest_page_notification_at"] {
        assert!(groups(&one)[0].get(absent).is_none(), "{absent}");
    }
    let path = format!("{LIST}/{key}/accounts");
    let page = taure.get(&format!("{path}?limit=2"));
    let link = page.header("link").unwrap().to_owned();
    assert_eq!(page.headers.iter().filter(|(n, _)| n == "link").count(), 1);
    let shown = page.ok();
    assert_eq!(shown.as_array().unwrap().len(), 2);
    assert_eq!(shown[0]["id"], people[2].to_string());
    let next = link[1..].split_once('>').unwrap().0.replace(&taure.base, "");
    let rest = taure.get(&next);
    assert!(!rest.header("link").unwrap().contains("next"));
    assert_eq!(rest.ok()[0]["id"], people[0].to_string());

    tell(&taure, NotificationKind::Mention, people[0], Some(&post));
    for _ in 0..2 {
        assert_eq!(taure.post(&format!("{LIST}/{key}/dismiss"), json!({})).ok(), json!({}));
    }
    assert_eq!(taure.get(&format!("{LIST}/{key}")).status, 404);
    assert_eq!(taure.get(&path).ok(), json!([]));
    assert_eq!(taure.get(&format!("{LIST}/nonsense")).status, 404);
    let alone = text(&groups(&taure.get(LIST).ok())[0]["group_key"]).to_owned();
    assert_eq!(groups(&taure.get(&format!("{LIST}/{alone}")).ok())[0]["type"], "mention");
    taure.post(&format!("{LIST}/{alone}/dismiss"), json!({})).ok();
    assert!(groups(&taure.get(LIST).ok()).is_empty());
    tell(&taure, NotificationKind::Follow, people[0], None);
    taure.post(&format!("{LIST}/clear"), json!({})).ok();
    assert!(groups(&taure.get(LIST).ok()).is_empty());
}

#[test]
fn pitfall_88_groups_above_the_marker_are_unread() {
    let taure = Taure::new();
    let posts: Vec<Value> = (0..2).map(|n| taure.posts(&format!("post {n}"))).collect();
    let people = crowd(&taure, 4);
    let seen = tell(&taure, NotificationKind::Favourite, people[0], Some(&posts[0]));
    taure.post("/api/v1/markers", json!({"notifications": {"last_read_id": seen}})).ok();
    let count = |query: &str| taure.get(&format!("{LIST}/unread_count{query}")).ok()["count"].clone();
    assert_eq!(count(""), 0);
    for person in &people[1..] {
        tell(&taure, NotificationKind::Favourite, *person, Some(&posts[1]));
        tell(&taure, NotificationKind::Follow, *person, None);
    }
    assert_eq!(count(""), 2);
    assert_eq!(count("?grouped_types[]=follow"), 4);
    assert_eq!(count("?types[]=follow"), 1);
    assert_eq!(count("?grouped_types[]=follow&limit=3"), 3);
}
