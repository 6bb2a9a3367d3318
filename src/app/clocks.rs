//! What other servers' clocks say about ours: <https://www.rfc-editor.org/rfc/rfc9110#name-date>.
//!
//! A machine without a battery wakes up in the past, signs with yesterday's date, and is refused everywhere. One host may
//! be wrong; when most of several agree, we are. A wrong one is heard only where the owner follows somebody: strangers could
//! gather as many hosts as it takes to keep the owner silent.

use crate::model::Timestamp;
use crate::model::time::HOUR;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Hosts that are remembered, and how many have to be heard.
const HOSTS: usize = 9;
const ENOUGH: usize = 3;
/// Mastodon and most others allow an hour.
const ALLOWED: i64 = HOUR;
/// What was heard is forgotten after so long: while nothing is delivered nobody is heard, and a mistake must end. Not
/// sooner: each time, what waits is tried again and refused.
const HEARD: Duration = Duration::from_secs(24 * 3600);

#[derive(Debug, Default)]
pub struct Clocks(Mutex<VecDeque<(String, Timestamp, Instant)>>);

impl Clocks {
    /// Whether that time and ours cannot both be right.
    pub fn differ(theirs: Timestamp, now: Timestamp) -> bool {
        (theirs.0 - now.0).abs() > ALLOWED
    }

    /// A host's answer said that it is `theirs` there.
    pub fn note(&self, host: &str, theirs: Timestamp) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|(known, ..)| known != host);
        seen.push_back((host.to_owned(), theirs, Instant::now()));
        if seen.len() > HOSTS {
            seen.pop_front();
        }
    }

    /// By how many milliseconds our clock is wrong, if that is more than others allow; positive: it is behind. Time that
    /// went by since they were heard is counted by a clock that nobody sets, so that a corrected one is right at once.
    pub fn off(&self, now: Timestamp) -> Option<i64> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed = |at: &Instant| i64::try_from(at.elapsed().as_millis()).unwrap_or(i64::MAX);
        let heard = seen.iter().filter(|(.., at)| at.elapsed() < HEARD);
        let mut off: Vec<i64> = heard.map(|(_, theirs, at)| theirs.plus(elapsed(at)).0 - now.0).collect();
        off.sort_unstable();
        let middle = *off.get(off.len() / 2).filter(|_| off.len() >= ENOUGH)?;
        (middle.abs() > ALLOWED).then_some(middle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_several_hosts_know_better_than_we_and_one_does_not() {
        let (clocks, now) = (Clocks::default(), Timestamp(1_790_000_000_000));
        let later = now.plus(3 * HOUR);
        for _ in 0..5 {
            clocks.note("one.test", later);
        }
        clocks.note("two.test", later);
        assert_eq!(clocks.off(now), None, "two are not enough");
        clocks.note("three.test", now);
        assert!(clocks.off(now).is_some_and(|off| (off - 3 * HOUR).abs() < 60_000));
        assert_eq!(clocks.off(later), None, "set right, it is right");
        for host in ["four.test", "five.test", "six.test"] {
            clocks.note(host, now);
        }
        assert_eq!(clocks.off(now), None);
        for n in 0..50 {
            clocks.note(&format!("{n}.test"), now.plus(-2 * HOUR));
        }
        assert!(clocks.off(now).is_some_and(|off| off < 0));
        assert_eq!(clocks.0.lock().unwrap().len(), HOSTS);
    }
}
