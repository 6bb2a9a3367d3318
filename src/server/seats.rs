//! Connections by where they come from: no stranger takes all the places.

use crate::http::throttle::network;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Open connections of one address (of one /64 with IPv6). A browser opens six, a busy server some dozens.
pub const SEATS: usize = 128;

/// An entry lives only while its count is not zero, so there are never more than connections, or requests on them.
#[derive(Debug, Default)]
pub struct Seats(Mutex<HashMap<IpAddr, usize>>);

/// Held while the connection is open, or the request.
#[derive(Debug)]
pub struct Seat {
    seats: Arc<Seats>,
    /// `None` for a proxy, which speaks for everybody.
    of: Option<IpAddr>,
}

impl Seats {
    /// `None` when that address has as many as it may.
    pub fn take(self: &Arc<Seats>, client: IpAddr, trusted: bool, most: usize) -> Option<Seat> {
        if trusted {
            return Some(Seat { seats: Arc::clone(self), of: None });
        }
        let of = network(client);
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(of).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Seat { seats: Arc::clone(self), of: Some(of) })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(of) = self.of else { return };
        let mut taken = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&of) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&of);
            }
        }
    }
}

/// On this machine or in this network, where a proxy would be.
pub fn is_near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_so_many_seats_and_others_still_find_theirs() {
        let seats = Arc::new(Seats::default());
        let (greedy, other) = (IpAddr::from([203, 0, 113, 7]), IpAddr::from([203, 0, 113, 8]));
        let mut held: Vec<Seat> = (0..SEATS).map(|_| seats.take(greedy, false, SEATS).unwrap()).collect();
        assert!(seats.take(greedy, false, SEATS).is_none());
        assert!(seats.take(other, false, SEATS).is_some());
        held.pop();
        assert!(seats.take(greedy, false, SEATS).is_some());
        drop(held);
        assert!(seats.0.lock().unwrap().is_empty(), "an address without connections is remembered");
    }

    #[test]
    fn a_proxy_beside_us_speaks_for_everybody() {
        let seats = Arc::new(Seats::default());
        let held: Vec<Option<Seat>> =
            (0..SEATS * 2).map(|_| seats.take(IpAddr::from([127, 0, 0, 1]), true, SEATS)).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(is_near("::ffff:10.0.0.1".parse().unwrap()) && !is_near("2001:db8::1".parse().unwrap()));
    }
}
