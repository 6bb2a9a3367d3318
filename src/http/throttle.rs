//! Who may try a password now: a delay that grows for each address, and one brake for all of them together.
//!
//! In memory and bounded: a restart forgets it, and a crowd of addresses cannot fill it.

use crate::error::{Error, Kind, Result};
use crate::model::Timestamp;
use crate::model::time::{MINUTE, SECOND};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

/// Wrong passwords that an address has free.
const FREE: u32 = 5;
/// The longest wait of one address.
const LONGEST: i64 = 15 * MINUTE;
/// An address that kept still for so long starts afresh.
const FORGET: i64 = 60 * MINUTE;
/// Addresses that are remembered; the one that was quiet longest goes first.
const ADDRESSES: usize = 1_024;
/// Wrong passwords of all addresses that are free, and how long one of them takes to come back.
const FREE_FOR_ALL: i64 = 60;
const REFILL: i64 = 10 * SECOND;

#[derive(Debug, Default)]
pub struct Throttle(Mutex<Tries>);

#[derive(Debug, Default)]
struct Tries {
    of: HashMap<IpAddr, Address>,
    /// When the brake for all will have run empty: each try pushes it by [`REFILL`].
    all: Timestamp,
}

#[derive(Debug, Clone, Copy)]
struct Address {
    tries: u32,
    last: Timestamp,
    /// No try before.
    until: Timestamp,
}

impl Throttle {
    /// Takes one try, before the password is looked at, so that many at the same moment count as well.
    ///
    /// Errors: `TooManyRequests` with the time to wait; such a try does not count.
    pub fn take(&self, client: IpAddr, now: Timestamp) -> Result<()> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full = now.plus(REFILL * FREE_FOR_ALL);
        if tries.all >= full {
            return Err(wait(tries.all.0 - full.0 + REFILL));
        }
        let client = network(client);
        let mut address = tries
            .of
            .get(&client)
            .copied()
            .filter(|a| now < a.last.plus(FORGET))
            .unwrap_or(Address { tries: 0, last: now, until: now });
        if now < address.until {
            return Err(wait(address.until.0 - now.0));
        }
        address.tries = address.tries.saturating_add(1);
        address.last = now;
        if let Some(over) = address.tries.checked_sub(FREE) {
            address.until = now.plus((SECOND << over.min(20)).min(LONGEST));
        }
        tries.all = tries.all.max(now).plus(REFILL);
        tries.make_room();
        tries.of.insert(client, address);
        Ok(())
    }

    /// The password was right: the address starts afresh.
    pub fn clear(&self, client: IpAddr) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.of.remove(&network(client));
        tries.all = tries.all.plus(-REFILL);
    }
}

impl Tries {
    fn make_room(&mut self) {
        if self.of.len() < ADDRESSES {
            return;
        }
        let oldest = self.of.iter().min_by_key(|(_, a)| a.last).map(|(client, _)| *client);
        if let Some(oldest) = oldest {
            self.of.remove(&oldest);
        }
    }
}

fn wait(milliseconds: i64) -> Error {
    let seconds = (milliseconds.max(1) + SECOND - 1) / SECOND;
    Error::new(Kind::TooManyRequests, format!("Too many wrong passwords; try again in {seconds} seconds"))
}

/// One customer has a whole /64 of IPv6, so that is what counts as an address.
pub fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000);

    fn ip(n: u32) -> IpAddr {
        IpAddr::from(n.to_be_bytes())
    }

    #[test]
    fn after_five_wrong_passwords_the_delay_doubles() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            throttle.take(ip(1), NOW).unwrap();
        }
        let refused = throttle.take(ip(1), NOW).unwrap_err();
        assert_eq!(refused.kind, Kind::TooManyRequests);
        assert!(refused.public.ends_with("in 1 seconds"));
        throttle.take(ip(1), NOW.plus(SECOND)).unwrap();
        assert!(throttle.take(ip(1), NOW.plus(2 * SECOND)).is_err());
        throttle.take(ip(1), NOW.plus(3 * SECOND)).unwrap();
        throttle.take(ip(2), NOW).unwrap();
        throttle.clear(ip(1));
        throttle.take(ip(1), NOW.plus(3 * SECOND)).unwrap();
    }

    #[test]
    fn a_crowd_of_addresses_is_braked_together_and_let_go_again() {
        let throttle = Throttle::default();
        let refused = (0..1_000).filter(|n| throttle.take(ip(*n), NOW).is_err()).count();
        assert_eq!(refused, 940);
        throttle.take(ip(9_999), NOW.plus(REFILL)).unwrap();
        assert!(throttle.take(ip(9_998), NOW.plus(REFILL)).is_err());
    }

    #[test]
    fn a_whole_ipv6_network_counts_as_one_address_and_memory_is_bounded() {
        assert_eq!(network("2001:db8::1".parse().unwrap()), network("2001:db8::2".parse().unwrap()));
        assert_eq!(network("::ffff:1.2.3.4".parse().unwrap()), ip(0x0102_0304));
        let throttle = Throttle::default();
        for n in 0..3_000 {
            throttle.take(ip(n), NOW.plus(i64::from(n) * REFILL)).unwrap();
        }
        assert_eq!(throttle.0.lock().unwrap().of.len(), ADDRESSES);
    }
}
