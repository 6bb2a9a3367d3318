//! What was asked of other servers a moment ago, so that nobody can make us ask again and again.
//!
//! In memory and bounded: a restart forgets it, and a crowd of names cannot fill it.

use crate::model::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Names that are remembered; the oldest goes first.
const NAMES: usize = 4_096;

#[derive(Debug, Default)]
pub struct Recent(Mutex<HashMap<String, Timestamp>>);

impl Recent {
    /// Whether `name` is due: it was not taken within the last `within` milliseconds. Then it is taken now.
    pub fn take(&self, name: &str, now: Timestamp, within: i64) -> bool {
        let due = !self.is_taken(name, now, within);
        if due {
            self.note(name, now);
        }
        due
    }

    pub fn is_taken(&self, name: &str, now: Timestamp, within: i64) -> bool {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(name).is_some_and(|at| now < at.plus(within))
    }

    pub fn note(&self, name: &str, now: Timestamp) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES {
            // Half of them at once, so that a flood does not pay for each.
            let mut times: Vec<Timestamp> = names.values().copied().collect();
            times.sort_unstable();
            let middle = times[times.len() / 2];
            names.retain(|_, at| *at > middle);
        }
        names.insert(name.to_owned(), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    #[test]
    fn a_name_is_due_again_when_its_time_is_over() {
        let recent = Recent::default();
        assert!(recent.take("a", NOW, 1_000));
        assert!(!recent.take("a", NOW.plus(999), 1_000));
        assert!(recent.take("b", NOW, 1_000));
        assert!(recent.take("a", NOW.plus(1_000), 1_000));
    }

    #[test]
    fn memory_is_bounded() {
        let recent = Recent::default();
        for n in 0..20_000 {
            recent.note(&n.to_string(), NOW.plus(n));
        }
        assert!(recent.0.lock().unwrap().len() <= NAMES);
        assert!(recent.is_taken("19999", NOW, 20_000));
    }
}
