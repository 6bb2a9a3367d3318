//! A day of a trend: <https://docs.joinmastodon.org/entities/Tag/#history>

use crate::model;
use serde::Serialize;

/// All texts, as Mastodon writes them (pitfall 97): midnight in seconds since 1970, uses, people.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    pub day: String,
    pub uses: String,
    pub accounts: String,
}

/// Newest first.
pub fn history(days: &[model::TrendDay]) -> Vec<Day> {
    let day = |d: &model::TrendDay| Day {
        day: d.day.seconds().to_string(),
        uses: d.uses.to_string(),
        accounts: d.accounts.to_string(),
    };
    days.iter().map(day).collect()
}
