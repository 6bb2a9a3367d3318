//! What those whom the owner follows talk about: hashtags, links and posts of the last days.
//!
//! <https://docs.joinmastodon.org/methods/trends/>. Only for the owner: on a server for one, a list of what is passed
//! around is a list of what its owner reads. Computed from the newest part of home and kept for some minutes.

use crate::app::App;
use crate::error::Result;
use crate::model::sort::sort_by_key;
use crate::model::time::{DAY, HOUR, MINUTE};
use crate::model::*;
use crate::store::{cards, trends};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

/// How long a list is good.
const FRESH: i64 = 5 * MINUTE;
/// Days of a history, today among them.
const DAYS: i64 = 7;
/// A post older than this is no news.
const NEWS: i64 = 3 * DAY;
/// Each list, and how many people make a trend.
const MOST: usize = 100;
const PEOPLE: usize = 2;
/// Likes and boosts elsewhere that make a post worth a look though nobody here passed it on.
const MARKS: i64 = 5;

/// Errors: those of the store.
pub fn now(app: &App) -> Result<Arc<Trends>> {
    let now = app.now();
    app.trends.get(now, FRESH, || app.store.read(|c| compute(c, now)))
}

fn compute(c: &Connection, now: Timestamp) -> Result<Trends> {
    let today = now.midnight();
    let above = StatusId(today.plus(-(DAYS - 1) * DAY).0 << 16);
    let tags = strongest(trends::tags(c, above)?, today);
    let ids: Vec<TagId> = tags.iter().map(|(id, _)| *id).collect();
    let mut names: HashMap<TagId, Tag> = trends::named(c, &ids)?.into_iter().map(|t| (t.id, t)).collect();
    let links = strongest(trends::links(c, above)?, today);
    let ids: Vec<CardId> = links.iter().map(|(id, _)| *id).collect();
    let mut shown = cards::many(c, &ids)?;
    let news = StatusId(now.plus(-NEWS).0 << 16);
    Ok(Trends {
        tags: tags.into_iter().filter_map(|(id, days)| Some((names.remove(&id)?, days))).collect(),
        links: links.into_iter().filter_map(|(id, days)| Some((shown.remove(&id)?, days))).collect(),
        statuses: posts(&trends::statuses(c, news)?, now),
    })
}

/// What more than one person used, the most people of the last two days first; each with its history.
fn strongest<K: Eq + Hash + Copy + Ord>(uses: Vec<Use<K>>, today: Timestamp) -> Vec<(K, Vec<TrendDay>)> {
    let mut by_key: HashMap<K, Vec<Use<K>>> = HashMap::new();
    for one in uses {
        by_key.entry(one.key).or_default().push(one);
    }
    let mut ranked = Vec::new();
    for (key, uses) in by_key {
        let people = |since: Timestamp| {
            uses.iter().filter(|u| u.at >= since).map(|u| u.by).collect::<HashSet<_>>().len()
        };
        let (all, lately) = (people(Timestamp(0)), people(today.plus(-DAY)));
        if all >= PEOPLE {
            ranked.push(((2 * lately + all, uses.len(), key), history(&uses, today)));
        }
    }
    sort_by_key(&mut ranked, |(rank, _)| std::cmp::Reverse(*rank));
    ranked.truncate(MOST);
    ranked.into_iter().map(|((_, _, key), days)| (key, days)).collect()
}

/// Seven days, today first.
fn history<K>(uses: &[Use<K>], today: Timestamp) -> Vec<TrendDay> {
    let day = |n: i64| {
        let day = today.plus(-n * DAY);
        let of_day: Vec<AccountId> = uses.iter().filter(|u| u.at.midnight() == day).map(|u| u.by).collect();
        let accounts = of_day.iter().collect::<HashSet<_>>().len();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        TrendDay { day, uses: count(of_day.len()), accounts: count(accounts) }
    };
    (0..DAYS).map(day).collect()
}

/// Who passes a post on counts most, then how often it was marked anywhere; age takes away.
fn posts(shown: &[trends::Shown], now: Timestamp) -> Vec<StatusId> {
    let mut by_post: HashMap<StatusId, (HashSet<AccountId>, trends::Shown)> = HashMap::new();
    for one in shown {
        let (people, _) = by_post.entry(one.post).or_insert_with(|| (HashSet::new(), *one));
        people.extend(one.boosted_by);
    }
    let mut ranked: Vec<(i64, StatusId)> = by_post
        .into_iter()
        .filter(|(_, (people, shown))| {
            now < shown.created_at.plus(NEWS) && (!people.is_empty() || shown.marks >= MARKS)
        })
        .map(|(id, (people, shown))| {
            let people = i64::try_from(people.len()).unwrap_or(i64::MAX);
            let hours = (now.0 - shown.created_at.0).max(0) / HOUR;
            ((people.saturating_mul(20) + shown.marks.clamp(0, 100)) * 1_000 / (12 + hours), id)
        })
        .collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.truncate(MOST);
    ranked.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_760_000_000_000);

    #[test]
    fn one_person_alone_is_no_trend_and_the_last_days_count_more() {
        let today = NOW.midnight();
        let used = |key: i64, by: i64, days: i64| Use { key, by: AccountId(by), at: today.plus(-days * DAY) };
        let uses = vec![
            used(1, 1, 0),
            used(1, 1, 0),
            used(1, 1, 1),
            used(2, 1, 6),
            used(2, 2, 6),
            used(2, 3, 6),
            used(3, 1, 0),
            used(3, 2, 0),
            used(3, 2, 0),
        ];
        let ranked = strongest(uses, today);
        assert_eq!(ranked.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [3, 2]);
        let days = &ranked[0].1;
        assert_eq!(days.len(), 7);
        assert_eq!(days[0], TrendDay { day: today, uses: 3, accounts: 2 });
        assert_eq!((days[6].day, ranked[1].1[6].uses), (today.plus(-6 * DAY), 3));
    }

    #[test]
    fn a_post_that_friends_pass_on_stands_above_a_famous_one() {
        let shown = |post: i64, by: Option<i64>, marks: i64, hours: i64| trends::Shown {
            post: StatusId(post),
            boosted_by: by.map(AccountId),
            created_at: NOW.plus(-hours * HOUR),
            marks,
        };
        let list = [
            shown(1, None, 50, 1),
            shown(2, Some(1), 2, 1),
            shown(2, Some(2), 2, 1),
            shown(2, Some(3), 2, 1),
            shown(3, None, 1, 1),
            shown(4, Some(1), 0, 200),
        ];
        assert_eq!(posts(&list, NOW), [StatusId(2), StatusId(1)]);
    }
}
