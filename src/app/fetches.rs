//! Others' files that are being fetched, a few at a time, and what is known of those that cannot be kept.

use crate::error::{Kind, Result};
use crate::http::coming::Coming;
use crate::model::Timestamp;
use crate::model::time::{HOUR, MINUTE};
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Fetched at the same time: each has a thread.
const PLACES: usize = 12;
/// Waiting for a place. A page has some fifty pictures.
const QUEUE: usize = 512;
/// Files that are passed on without being kept, at the same time.
const PASSES: usize = 6;
/// What is remembered of files that did not come.
const REMEMBERED: usize = 1_024;
/// So long nobody is asked again for what did not come.
const FAILED: i64 = MINUTE;
/// So long a large file is known to be one.
const LARGE: i64 = HOUR;

type Starter = Box<dyn Fn() -> Result<()> + Send + Sync>;

#[derive(Default)]
pub struct Fetches {
    state: Mutex<State>,
    passes: AtomicUsize,
    /// Begins a thread that fetches until [`Fetches::next`] has nothing more.
    starter: OnceLock<Starter>,
}

#[derive(Debug, Default)]
struct State {
    coming: HashMap<String, Arc<Coming>>,
    waiting: VecDeque<(String, String)>,
    running: usize,
    bad: HashMap<String, (Timestamp, Option<Kind>)>,
}

/// What to do about a file that is not here.
#[derive(Debug)]
pub enum Place {
    /// It is asked for, now or when a place is free.
    Wait(Arc<Coming>),
    /// It did not come a moment ago.
    Failed(Kind),
    /// It is too large to be kept.
    Large,
    /// Too many are waiting.
    Full,
}

impl Fetches {
    /// `name` is the file's, `url` where it is.
    pub fn ask(&self, name: &str, url: &str, now: Timestamp) -> Place {
        let mut state = self.lock();
        if let Some(coming) = state.coming.get(name) {
            return Place::Wait(Arc::clone(coming));
        }
        match state.bad.get(name) {
            Some((until, Some(kind))) if now < *until => return Place::Failed(*kind),
            Some((until, None)) if now < *until => return Place::Large,
            _ => {}
        }
        if state.waiting.len() >= QUEUE {
            return Place::Full;
        }
        let coming = Arc::new(Coming::default());
        state.coming.insert(name.to_owned(), Arc::clone(&coming));
        state.waiting.push_back((name.to_owned(), url.to_owned()));
        if state.running >= PLACES {
            return Place::Wait(coming);
        }
        state.running += 1;
        drop(state);
        if let Some(starter) = self.starter.get()
            && let Err(e) = starter()
        {
            tracing::warn!(error = %e, "no thread can be had for a file");
            self.lock().running -= 1; // the next who asks tries again
        }
        Place::Wait(coming)
    }

    /// How threads begin, told once.
    pub fn start_with(&self, starter: Starter) {
        let _ = self.starter.set(starter); // told before: by the same house
    }

    pub fn is_coming(&self, name: &str) -> bool {
        self.lock().coming.contains_key(name)
    }

    /// The next file for a thread that has a place; `None` gives the place back.
    pub fn next(&self) -> Option<(String, String, Arc<Coming>)> {
        let mut state = self.lock();
        while let Some((name, url)) = state.waiting.pop_front() {
            if let Some(coming) = state.coming.get(&name) {
                let coming = Arc::clone(coming);
                return Some((name, url, coming));
            }
        }
        state.running = state.running.saturating_sub(1);
        None
    }

    /// It is here, or will not come: `None` is success.
    pub fn done(&self, name: &str, failure: Option<Kind>, now: Timestamp) {
        let mut state = self.lock();
        state.coming.remove(name);
        if let Some(kind) = failure {
            remember(&mut state.bad, name, (now.plus(FAILED), Some(kind)), now);
        }
    }

    pub fn is_large(&self, name: &str, now: Timestamp) {
        let mut state = self.lock();
        state.coming.remove(name);
        remember(&mut state.bad, name, (now.plus(LARGE), None), now);
    }

    /// A place for passing on; `None` when all are taken.
    pub fn pass(self: &Arc<Self>) -> Option<Pass> {
        let taken = self.passes.fetch_add(1, Ordering::Relaxed);
        let pass = Pass(Arc::clone(self)); // which gives it back, also if it was one too many
        (taken < PASSES).then_some(pass)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn remember(
    bad: &mut HashMap<String, (Timestamp, Option<Kind>)>,
    name: &str,
    what: (Timestamp, Option<Kind>),
    now: Timestamp,
) {
    if bad.len() >= REMEMBERED {
        bad.retain(|_, (until, _)| now < *until);
    }
    if bad.len() >= REMEMBERED {
        bad.clear(); // they are asked again, once
    }
    bad.insert(name.to_owned(), what);
}

/// Gives the place back however the passing ends.
pub struct Pass(Arc<Fetches>);

impl Drop for Pass {
    fn drop(&mut self) {
        self.0.passes.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_760_000_000_000);

    #[test]
    fn a_file_is_fetched_once_and_so_many_at_a_time() {
        let fetches = Fetches::default();
        assert!(matches!(fetches.ask("a", "https://b.test/a", NOW), Place::Wait(_)));
        assert!(matches!(fetches.ask("a", "https://b.test/a", NOW), Place::Wait(_)));
        for n in 1..PLACES {
            assert!(matches!(fetches.ask(&n.to_string(), "u", NOW), Place::Wait(_)));
        }
        for n in 0..QUEUE - PLACES {
            assert!(matches!(fetches.ask(&format!("w{n}"), "u", NOW), Place::Wait(_)));
        }
        assert!(matches!(fetches.ask("more", "u", NOW), Place::Full));
        let mut seen = 0;
        while let Some((name, ..)) = fetches.next() {
            fetches.done(&name, None, NOW);
            seen += 1;
        }
        assert_eq!(seen, QUEUE);
        assert!(matches!(fetches.ask("a", "u", NOW), Place::Wait(_)), "a place came back");
    }

    #[test]
    fn what_did_not_come_is_left_alone_for_a_minute() {
        let fetches = Fetches::default();
        fetches.ask("a", "u", NOW);
        fetches.done("a", Some(Kind::NotFound), NOW);
        assert!(matches!(fetches.ask("a", "u", NOW.plus(MINUTE - 1)), Place::Failed(Kind::NotFound)));
        assert!(!matches!(fetches.ask("a", "u", NOW.plus(MINUTE)), Place::Failed(_)));
        fetches.is_large("a", NOW);
        assert!(matches!(fetches.ask("a", "u", NOW.plus(MINUTE)), Place::Large));
    }

    #[test]
    fn so_many_are_passed_on() {
        let fetches = Arc::new(Fetches::default());
        let held: Vec<Pass> = (0..PASSES).map(|_| fetches.pass().unwrap()).collect();
        assert!(fetches.pass().is_none());
        drop(held);
        assert!(fetches.pass().is_some());
    }
}
