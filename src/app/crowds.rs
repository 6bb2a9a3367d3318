//! Servers below one name: somebody with a wildcard in the DNS can make as many as there are words, each with accounts of
//! its own. Mastodon takes ten new ones a day below one domain, and so do we.

use crate::model::Timestamp;
use crate::model::time::{DAY, MINUTE};
use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// New hosts below one name in a day.
const EACH: usize = 10;
/// Activities of one host in a minute: ten a second, for a minute.
pub const ARRIVALS: u32 = 600;
/// Names that are remembered; when there are more, the day begins anew for all.
const NAMES: usize = 5_000;

#[derive(Debug, Default)]
pub struct Crowds(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    since: Timestamp,
    hosts: HashMap<String, HashSet<String>>,
    minute: Timestamp,
    arrivals: HashMap<String, u32>,
}

impl Crowds {
    /// Whether an account of a host that was not known may be taken now. `host` may have a port.
    pub fn admits(&self, host: &str, now: Timestamp) -> bool {
        let name = host.split(':').next().unwrap_or(host);
        let Some(base) = base(name) else { return true };
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.since.plus(DAY) < now || seen.hosts.len() >= NAMES {
            (seen.since, seen.hosts) = (now, HashMap::new());
        }
        let below = seen.hosts.entry(base.to_owned()).or_default();
        below.contains(name) || (below.len() < EACH && below.insert(name.to_owned()))
    }

    /// Whether one more activity of a host may come in this minute.
    pub fn may_send(&self, host: &str, now: Timestamp) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.minute.plus(MINUTE) <= now || seen.minute > now || seen.arrivals.len() >= NAMES {
            (seen.minute, seen.arrivals) = (now, HashMap::new());
        }
        let sent = seen.arrivals.entry(host.to_owned()).or_default();
        *sent += 1;
        *sent <= ARRIVALS
    }
}

/// The name that somebody registered: the last two labels, or three where the second is a short one below a country
/// (`co.uk`, `com.br`). Nothing for addresses and names without a dot.
fn base(host: &str) -> Option<&str> {
    if host.parse::<IpAddr>().is_ok() || host.starts_with('[') {
        return None;
    }
    let labels: Vec<&str> = host.rsplit('.').collect();
    let short = |n: usize, most: usize| labels.get(n).is_some_and(|label| label.len() <= most);
    let wanted = if labels.len() > 2 && short(0, 2) && short(1, 3) { 3 } else { 2 };
    if labels.len() < wanted {
        return None;
    }
    let length: usize = labels.iter().take(wanted).map(|label| label.len() + 1).sum();
    host.get(host.len() + 1 - length..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_somebody_registered() {
        for (host, name) in [
            ("example.org", Some("example.org")),
            ("a.b.example.org", Some("example.org")),
            ("a.example.co.uk", Some("example.co.uk")),
            ("example.co.uk", Some("example.co.uk")),
            ("co.uk", Some("co.uk")),
            ("localhost", None),
            ("127.0.0.1", None),
        ] {
            assert_eq!(base(host), name, "{host}");
        }
    }

    #[test]
    fn one_host_sends_so_much_a_minute_and_others_are_not_held_up() {
        let (crowds, now) = (Crowds::default(), Timestamp(1_790_000_000_000));
        assert!((0..ARRIVALS).all(|_| crowds.may_send("evil.test", now)));
        assert!(!crowds.may_send("evil.test", now) && crowds.may_send("good.test", now));
        assert!(crowds.may_send("evil.test", now.plus(MINUTE)));
    }

    #[test]
    fn ten_new_servers_below_one_name_are_enough_for_a_day() {
        let (crowds, now) = (Crowds::default(), Timestamp(1_790_000_000_000));
        for n in 0..10 {
            assert!(crowds.admits(&format!("n{n}.evil.test:8443"), now));
        }
        assert!(!crowds.admits("n10.evil.test", now));
        assert!(crowds.admits("n3.evil.test", now), "it was one of them");
        assert!(crowds.admits("good.test", now) && crowds.admits("localhost:3000", now));
        assert!(crowds.admits("n10.evil.test", now.plus(DAY + 1)));
    }
}
