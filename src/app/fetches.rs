//! Others' files that are being fetched, a few at a time, and what is known of those that cannot be kept.

use crate::error::{Kind, Result};
use crate::http::coming::Coming;
use crate::model::Timestamp;
use crate::model::time::{HOUR, MINUTE};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::Notify;

/// Fetched at the same time: each has a thread.
const PLACES: usize = 12;
/// Of those, from one host: one that does not answer must not hold up the pictures of all others.
const PER_HOST: usize = 2;
/// Waiting for a place. A page has some fifty pictures.
const QUEUE: usize = 512;
/// Files that are passed on without being kept, at the same time.
const PASSES: usize = 6;
/// Of those, for one address: a stranger who reads slowly must not take them all.
const SHARE: usize = 3;
/// What is remembered of files that did not come.
const REMEMBERED: usize = 1_024;
/// So long nobody is asked again for what did not come.
const FAILED: i64 = MINUTE;
/// So long a large file is known to be one; and one that found no room, which may be there soon.
pub const LARGE: i64 = HOUR;
pub const NO_ROOM: i64 = MINUTE;

type Starter = Box<dyn Fn() -> Result<()> + Send + Sync>;

#[derive(Default)]
pub struct Fetches {
    state: Mutex<State>,
    passes: Mutex<Passes>,
    passed: Notify,
    /// Begins a thread that fetches until [`Fetches::next`] has nothing more.
    starter: OnceLock<Starter>,
}

#[derive(Debug, Default)]
struct State {
    coming: HashMap<String, Arc<Coming>>,
    waiting: VecDeque<(String, String)>,
    running: usize,
    /// The hosts of those that are being fetched, by name, and how many of each.
    active: HashMap<String, String>,
    hosts: HashMap<String, usize>,
    bad: HashMap<String, (Timestamp, Option<Kind>)>,
}

impl State {
    fn end(&mut self, name: &str) {
        self.coming.remove(name);
        let Some(host) = self.active.remove(name) else { return };
        if let Some(count) = self.hosts.get_mut(&host) {
            *count -= 1;
            if *count == 0 {
                self.hosts.remove(&host);
            }
        }
    }
}

fn host(url: &str) -> &str {
    url.split('/').nth(2).unwrap_or_default()
}

#[derive(Debug, Default)]
struct Passes {
    taken: usize,
    by: HashMap<IpAddr, usize>,
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

    /// The next file for a thread that has a place; `None` gives the place back. What is left waiting then is of hosts
    /// that have their threads, and those ask again.
    pub fn next(&self) -> Option<(String, String, Arc<Coming>)> {
        let mut state = self.lock();
        let free = |(_, url): &(String, String)| state.hosts.get(host(url)).is_none_or(|n| *n < PER_HOST);
        let found = state.waiting.iter().position(free).and_then(|at| state.waiting.remove(at));
        let Some((name, url)) = found else {
            state.running = state.running.saturating_sub(1);
            return None;
        };
        let coming = Arc::clone(state.coming.entry(name.clone()).or_default());
        *state.hosts.entry(host(&url).to_owned()).or_default() += 1;
        state.active.insert(name.clone(), host(&url).to_owned());
        Some((name, url, coming))
    }

    /// It is here, or will not come: `None` is success.
    pub fn done(&self, name: &str, failure: Option<Kind>, now: Timestamp) {
        let mut state = self.lock();
        state.end(name);
        if let Some(kind) = failure {
            remember(&mut state.bad, name, (now.plus(FAILED), Some(kind)), now);
        }
    }

    /// It is passed on, and not asked for again for so long.
    pub fn is_large(&self, name: &str, now: Timestamp, time: i64) {
        let mut state = self.lock();
        state.end(name);
        remember(&mut state.bad, name, (now.plus(time), None), now);
    }

    /// Waits for a place for passing on. `of` is who asks; `None` for a neighbour, who is a proxy perhaps and speaks for
    /// everybody.
    pub async fn pass(self: &Arc<Self>, of: Option<IpAddr>) -> Pass {
        loop {
            let passed = self.passed.notified(); // from here on nothing is missed
            if let Some(pass) = self.try_pass(of) {
                return pass;
            }
            passed.await;
        }
    }

    fn try_pass(self: &Arc<Self>, of: Option<IpAddr>) -> Option<Pass> {
        let mut passes = self.passes();
        let own = of.map_or(0, |of| passes.by.get(&of).copied().unwrap_or(0));
        if passes.taken >= PASSES || own >= SHARE {
            return None;
        }
        passes.taken += 1;
        if let Some(of) = of {
            passes.by.insert(of, own + 1);
        }
        Some(Pass { fetches: Arc::clone(self), of })
    }

    fn passes(&self) -> MutexGuard<'_, Passes> {
        self.passes.lock().unwrap_or_else(PoisonError::into_inner)
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
pub struct Pass {
    fetches: Arc<Fetches>,
    of: Option<IpAddr>,
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut passes = self.fetches.passes();
        passes.taken -= 1;
        if let Some(of) = self.of
            && let Some(count) = passes.by.get_mut(&of)
        {
            *count -= 1;
            if *count == 0 {
                passes.by.remove(&of);
            }
        }
        drop(passes);
        self.fetches.passed.notify_waiters();
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
            assert!(matches!(
                fetches.ask(&n.to_string(), &format!("https://{n}.test/a"), NOW),
                Place::Wait(_)
            ));
        }
        for n in 0..QUEUE - PLACES {
            assert!(matches!(
                fetches.ask(&format!("w{n}"), &format!("https://w{n}.test/a"), NOW),
                Place::Wait(_)
            ));
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
        fetches.is_large("a", NOW, LARGE);
        assert!(matches!(fetches.ask("a", "u", NOW.plus(MINUTE)), Place::Large));
    }

    #[test]
    fn a_host_that_does_not_answer_holds_up_no_other() {
        let fetches = Fetches::default();
        for n in 0..20 {
            fetches.ask(&format!("slow{n}"), "https://slow.test/a", NOW);
        }
        fetches.ask("quick", "https://quick.test/a", NOW);
        let next = || fetches.next().map(|(name, ..)| name);
        assert_eq!([next(), next()], [Some("slow0".into()), Some("slow1".into())]);
        assert_eq!([next(), next()], [Some("quick".into()), None]);
        fetches.done("slow1", None, NOW);
        fetches.is_large("slow0", NOW, LARGE);
        let mut rest = 0;
        while let Some(name) = next() {
            fetches.done(&name, None, NOW);
            rest += 1;
        }
        assert_eq!((rest, fetches.lock().hosts.len()), (18, 1));
    }

    #[tokio::test]
    async fn so_many_are_passed_on_and_the_next_waits() {
        let fetches = Arc::new(Fetches::default());
        let stranger = Some(IpAddr::from([203, 0, 113, 7]));
        let held: Vec<Pass> = (0..SHARE).map(|_| fetches.try_pass(stranger).unwrap()).collect();
        assert!(fetches.try_pass(stranger).is_none());
        let others: Vec<Pass> = (SHARE..PASSES).map(|_| fetches.try_pass(None).unwrap()).collect();
        assert!(fetches.try_pass(None).is_none());
        let waiting = Arc::clone(&fetches);
        let waiter = tokio::spawn(async move { drop(waiting.pass(stranger).await) });
        tokio::task::yield_now().await;
        assert!(!waiter.is_finished());
        drop((held, others));
        waiter.await.unwrap();
        assert!(fetches.passes().taken == 0 && fetches.passes().by.is_empty());
    }
}
