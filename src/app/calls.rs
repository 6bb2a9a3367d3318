//! What apps ask for: how often they get it, and what they did not get. Counted in memory, on the way of each request, and
//! written down now and then (`ops::calls`): one lock, one small map.

use crate::model::{AppId, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Different calls that are counted before somebody writes them down; more of them are not.
const MOST: usize = 500;
/// Letters of a path that are kept.
const LETTERS: usize = 100;

#[derive(Debug, Default)]
pub struct Calls(Mutex<HashMap<Call, Count>>);

/// What was asked, and how it went. What went well is one row an app: its method and path are empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Call {
    pub app: AppId,
    pub method: &'static str,
    /// The route's pattern, or what was asked for with `:id` in the place of what names something.
    pub path: String,
    /// The answer's status; 0: it went well. What there is no endpoint for is a 404 or 405 of an `unknown` call.
    pub status: u16,
    pub unknown: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Count {
    pub times: i64,
    pub last: Timestamp,
}

impl Calls {
    pub fn well(&self, app: AppId, now: Timestamp) {
        self.add(Call { app, method: "", path: String::new(), status: 0, unknown: false }, now);
    }

    pub fn add(&self, call: Call, now: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&call) {
            *count = Count { times: count.times + 1, last: now };
        } else if all.len() < MOST {
            all.insert(call, Count { times: 1, last: now });
        }
    }

    /// What was counted, which is forgotten here.
    pub fn take(&self) -> HashMap<Call, Count> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A path without its query and without what names something or is a secret: numbers, and whatever is no plain word.
pub fn shape(path: &str) -> String {
    let mut out = String::new();
    for part in path.split('?').next().unwrap_or("").split('/').skip(1) {
        let word = !part.is_empty()
            && part.len() <= 32
            && part.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '-' || c == '.');
        let known = matches!(part, "v1" | "v2" | "v3" | "v4" | "v5");
        out.push('/');
        out.push_str(if word || known { part } else { ":id" });
        if out.len() > LETTERS {
            break;
        }
    }
    out.truncate(LETTERS); // only ASCII stands in it
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_kept_without_what_names_somebody() {
        assert_eq!(shape("/api/v1/statuses/1234/magic?token=x"), "/api/v1/statuses/:id/magic");
        assert_eq!(shape("/api/v1/accounts/@bob@b.test"), "/api/v1/accounts/:id");
        assert_eq!(shape("/api/v9/Secret0/x"), "/api/:id/:id/x");
        assert_eq!(shape(&"/abc".repeat(100)).len(), LETTERS);
    }

    #[test]
    fn only_so_many_are_counted() {
        let calls = Calls::default();
        for n in 0..2_000 {
            let call =
                Call { app: AppId(1), method: "GET", path: format!("/{n}"), status: 404, unknown: true };
            calls.add(call, Timestamp(n));
        }
        calls.well(AppId(1), Timestamp(1));
        let taken = calls.take();
        assert_eq!(taken.len(), MOST);
        assert!(calls.take().is_empty());
    }
}
