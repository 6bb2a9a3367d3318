//! What the background is fetching because the owner looks at it, so that an app can ask how far it is:
//! <https://docs.joinmastodon.org/methods/async_refreshes/>
//!
//! In memory and bounded: a restart forgets it, and the app stops asking.

use crate::model::Timestamp;
use crate::model::time::{HOUR, MINUTE};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Refreshes that are remembered; the oldest goes first.
const MOST: usize = 256;
/// One that was heard of for longer than this is as good as finished.
const LONGEST: i64 = 10 * MINUTE;
/// How long one can be asked about.
const KEPT: i64 = 2 * HOUR;

#[derive(Debug, Default)]
pub struct Refreshes(Mutex<Vec<Refresh>>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refresh {
    /// Random: it is handed to apps.
    pub id: String,
    /// What is fetched: `thread 123`.
    pub key: String,
    pub begun: Timestamp,
    pub running: bool,
    /// Posts that were new.
    pub results: i64,
}

/// What [`Refreshes::begin`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// The caller sees to it that it happens.
    New(Refresh),
    Running(Refresh),
    /// It ended less than the cool-down ago.
    Rests,
}

impl Refreshes {
    /// Begins to fetch what `key` names, unless that is going on or was done within `rest` milliseconds.
    pub fn begin(&self, key: &str, id: String, now: Timestamp, rest: i64) -> Begun {
        let mut all = self.lock(now);
        if let Some(known) = all.iter().rev().find(|r| r.key == key && now < r.begun.plus(rest.max(LONGEST)))
        {
            if known.running {
                return Begun::Running(known.clone());
            }
            if now < known.begun.plus(rest) {
                return Begun::Rests;
            }
        }
        let refresh = Refresh { id, key: key.to_owned(), begun: now, running: true, results: 0 };
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(refresh.clone());
        Begun::New(refresh)
    }

    pub fn find(&self, id: &str, now: Timestamp) -> Option<Refresh> {
        self.lock(now).iter().find(|r| r.id == id).cloned()
    }

    pub fn add(&self, id: &str, results: i64, now: Timestamp) {
        if let Some(refresh) = self.lock(now).iter_mut().find(|r| r.id == id) {
            refresh.results += results;
        }
    }

    pub fn finish(&self, id: &str, now: Timestamp) {
        if let Some(refresh) = self.lock(now).iter_mut().find(|r| r.id == id) {
            refresh.running = false;
        }
    }

    fn lock(&self, now: Timestamp) -> MutexGuard<'_, Vec<Refresh>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|r| now < r.begun.plus(KEPT));
        for refresh in all.iter_mut().filter(|r| now >= r.begun.plus(LONGEST)) {
            refresh.running = false;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_760_000_000_000);

    #[test]
    fn a_refresh_runs_once_and_then_rests() {
        let refreshes = Refreshes::default();
        let begin = |now: Timestamp| refreshes.begin("thread 1", now.0.to_string(), now, 15 * MINUTE);
        let Begun::New(first) = begin(NOW) else { panic!("it did not begin") };
        assert!(matches!(begin(NOW.plus(1)), Begun::Running(r) if r.id == first.id));
        refreshes.add(&first.id, 3, NOW);
        refreshes.finish(&first.id, NOW);
        assert_eq!(refreshes.find(&first.id, NOW).map(|r| (r.running, r.results)), Some((false, 3)));
        assert_eq!(begin(NOW.plus(15 * MINUTE - 1)), Begun::Rests);
        assert!(matches!(begin(NOW.plus(15 * MINUTE)), Begun::New(_)));
        assert_eq!(refreshes.find(&first.id, NOW.plus(KEPT)), None);
    }

    #[test]
    fn one_that_never_ends_is_over_after_a_while_and_memory_is_bounded() {
        let refreshes = Refreshes::default();
        let Begun::New(lost) = refreshes.begin("a", "1".into(), NOW, MINUTE) else {
            panic!("it did not begin")
        };
        assert!(!refreshes.find(&lost.id, NOW.plus(LONGEST)).unwrap().running);
        for n in 0..1_000 {
            refreshes.begin(&n.to_string(), n.to_string(), NOW, MINUTE);
        }
        assert_eq!(refreshes.0.lock().unwrap().len(), MOST);
    }
}
