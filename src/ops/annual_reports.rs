//! A year of the owner's posts in a few numbers, as Mastodon's "Wrapstodon" tells them.
//!
//! <https://docs.joinmastodon.org/entities/AnnualReport/>: schema version 2, and of version 1 what one person's
//! posts can answer. How the owner compares with others on the server is not among it: there are none.

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::sort::sort_by;
use crate::model::time::HOUR;
use crate::model::*;
use crate::store::annual_reports::{self, Said};
use crate::store::jobs;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::hash::Hash;

pub const SCHEMA: i64 = 2;
/// Entries of each list.
const TOP: usize = 5;
/// Whoever said less all year is a lurker; Mastodon's number, from its own averages.
const AVERAGE: usize = 113;
/// After this long, whatever made it has given up.
const PATIENCE: i64 = HOUR;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Available,
    Generating,
    Eligible,
    Ineligible,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Available => "available",
            State::Generating => "generating",
            State::Eligible => "eligible",
            State::Ineligible => "ineligible",
        }
    }
}

/// Whether there is a report of that year, or may be: of a year that is over, or of this one in December, with
/// a post for everybody in it.
pub fn state(app: &App, year: i64) -> Result<State> {
    let now = app.now();
    app.store.read(|c| {
        if let Some(report) = annual_reports::get(c, year)? {
            match report.data {
                Some(_) => return Ok(State::Available),
                None if now < report.created_at.plus(PATIENCE) => return Ok(State::Generating),
                None => (),
            }
        }
        let today = jiff::tz::TimeZone::UTC.to_datetime(now.to_jiff()).date();
        let (this_year, december) = (i64::from(today.year()), today.month() == 12);
        let is_over = year < this_year || (year == this_year && december);
        let Some((from, to)) = ids(year).filter(|_| is_over) else { return Ok(State::Ineligible) };
        let any = annual_reports::has_open_posts(c, from, to)?;
        Ok(if any { State::Eligible } else { State::Ineligible })
    })
}

/// Has the report of a year made in the background, if it can be. Says what became of it.
pub fn generate(app: &App, year: i64) -> Result<State> {
    let before = state(app, year)?;
    if before != State::Eligible {
        return Ok(before);
    }
    app.store.write(|tx| {
        annual_reports::begin(tx, year)?;
        jobs::push(tx, "", &Job::AnnualReport { year })
    })?;
    Ok(State::Generating)
}

/// Makes it; again, if it has to be: nothing is counted twice.
pub fn make(app: &App, year: i64) -> Result<()> {
    let Some((from, to)) = ids(year) else { return Ok(()) };
    let data = app.store.read(|c| {
        let said = annual_reports::said(c, from, to)?;
        let tags = annual_reports::hashtags(c, from, to, TOP as i64)?;
        let followers = annual_reports::new_followers(c, RowId(from.0), RowId(to.0))?;
        Ok(sum(&said, tags, &followers))
    })?;
    app.store.write(|tx| annual_reports::finish(tx, year, &data.to_string()))
}

/// Errors: `NotFound` when there is no such report.
pub fn read(app: &App, year: i64) -> Result<()> {
    app.store.write(|tx| {
        let report = annual_reports::get(tx, year)?.filter(|r| r.data.is_some());
        report.ok_or_else(Error::not_found)?;
        annual_reports::set_viewed(tx, year)
    })
}

/// The first id of a year and that of the next, in UTC.
fn ids(year: i64) -> Option<(StatusId, StatusId)> {
    let begin = |year: i64| Timestamp::parse_rfc3339(&format!("{year:04}-01-01T00:00:00Z"));
    let (from, to) = (begin(year)?, begin(year.checked_add(1)?)?);
    (1970..9999).contains(&year).then_some((StatusId(from.0 << 16), StatusId(to.0 << 16)))
}

/// Lists that are empty are left out: Phanpy reads the first entry of each.
fn sum(said: &[Said], tags: Vec<(String, i64)>, followers: &[RowId]) -> Value {
    let boosts = said.iter().filter(|s| s.boosted.is_some()).count();
    let replies = said.iter().filter(|s| s.boosted.is_none() && s.is_reply).count();
    let standalone = said.len() - boosts - replies;
    let mut data = Map::new();
    data.insert("archetype".to_owned(), archetype(standalone, replies, boosts).into());
    let distribution =
        json!({"total": said.len(), "reblogs": boosts, "replies": replies, "standalone": standalone});
    data.insert("type_distribution".to_owned(), distribution);
    let best = |count: fn(&Said) -> i64| {
        let open = said.iter().filter(|s| s.boosted.is_none() && s.visibility.is_open() && count(s) > 0);
        open.max_by_key(|s| count(s)).map(|s| s.id.to_string())
    };
    let top = json!({
        "by_reblogs": best(|s| s.counts.reblogs),
        "by_favourites": best(|s| s.counts.favourites),
        "by_replies": best(|s| s.counts.replies),
    });
    data.insert("top_statuses".to_owned(), top);
    let mut list = |name: &str, entries: Vec<Value>| {
        if !entries.is_empty() {
            data.insert(name.to_owned(), entries.into());
        }
    };
    list("time_series", months(said, followers));
    list(
        "top_hashtags",
        tags.into_iter().map(|(name, count)| json!({"name": name, "count": count})).collect(),
    );
    let apps = most(said.iter().filter_map(|s| s.application.clone()));
    list("most_used_apps", apps.into_iter().map(|(name, n)| json!({"name": name, "count": n})).collect());
    let person = |(id, n): (AccountId, usize)| json!({"account_id": id.to_string(), "count": n});
    let answered = most(said.iter().filter(|s| s.boosted.is_none()).filter_map(|s| s.answered));
    list("commonly_interacted_with_accounts", answered.into_iter().map(person).collect());
    let boosted = most(said.iter().filter_map(|s| s.boosted));
    list("most_reblogged_accounts", boosted.into_iter().map(person).collect());
    Value::Object(data)
}

/// Mastodon's playful kinds, but for the one that asks.
fn archetype(standalone: usize, replies: usize, boosts: usize) -> &'static str {
    if standalone + replies + boosts < AVERAGE {
        "lurker"
    } else if boosts > standalone * 2 {
        "booster"
    } else if replies > standalone * 2 {
        "replier"
    } else {
        "oracle"
    }
}

fn months(said: &[Said], followers: &[RowId]) -> Vec<Value> {
    let month = |at: Timestamp| {
        let date = jiff::tz::TimeZone::UTC.to_datetime(at.to_jiff()).date();
        usize::try_from(date.month()).unwrap_or(1)
    };
    let (mut posts, mut people) = ([0; 13], [0; 13]);
    for one in said {
        posts[month(one.id.time())] += 1;
    }
    for one in followers {
        people[month(one.time())] += 1;
    }
    let entry = |n: usize| json!({"month": n, "statuses": posts[n], "followers": people[n]});
    (1..=12).map(entry).collect()
}

/// The most frequent, with how often.
fn most<T: Eq + Hash + Ord + Clone>(all: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    let mut sorted: Vec<(T, usize)> = counts.into_iter().collect();
    sort_by(&mut sorted, |(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    sorted.truncate(TOP);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archetype_follows_what_was_said_most() {
        assert_eq!(archetype(50, 30, 20), "lurker");
        assert_eq!(archetype(50, 30, 120), "booster");
        assert_eq!(archetype(50, 120, 20), "replier");
        assert_eq!(archetype(100, 120, 120), "oracle");
    }

    #[test]
    fn a_year_is_a_range_of_ids() {
        let (from, to) = ids(2025).unwrap();
        assert_eq!(from.time().to_string(), "2025-01-01T00:00:00.000Z");
        assert_eq!(to.time().to_string(), "2026-01-01T00:00:00.000Z");
        assert_eq!(ids(20_250), None);
        assert_eq!(ids(-5), None);
        assert_eq!(ids(i64::MAX), None);
    }
}
