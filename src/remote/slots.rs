//! At most a few requests in flight to one host, however many threads want to talk to it.
//!
//! A small server that posts something popular must not be hit by all our workers at once, and a slow
//! one must not hold them all.

use crate::error::{Error, Result};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

const PER_HOST: usize = 2;

/// Counts of requests in flight, by host and port. An entry lives only while its count is not zero, so
/// the map is never larger than the number of threads.
#[derive(Debug, Default)]
pub struct Slots {
    busy: Mutex<HashMap<String, usize>>,
    freed: Condvar,
}

/// Held for one exchange; dropping it lets the next one start.
#[derive(Debug)]
pub struct Slot<'a> {
    slots: &'a Slots,
    host: String,
}

impl Slots {
    /// Waits for a slot until `until`. Errors: `Unavailable` when none came free.
    pub fn take(&self, host: &str, until: Instant) -> Result<Slot<'_>> {
        let mut busy = self.lock();
        loop {
            let count = busy.get(host).copied().unwrap_or(0);
            if count < PER_HOST {
                busy.insert(host.to_owned(), count + 1);
                let host = host.to_owned();
                return Ok(Slot { slots: self, host });
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::unavailable(format!("Too many requests to {host} are under way")));
            }
            busy = match self.freed.wait_timeout(busy, left) {
                Ok((busy, _)) => busy,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }

    /// Counts stay right even if a thread panicked while it held the lock.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let mut busy = self.slots.lock();
        if let Some(count) = busy.get_mut(&self.host) {
            *count -= 1;
            if *count == 0 {
                busy.remove(&self.host);
            }
        }
        drop(busy);
        // All are woken, since the waiters of one host cannot be told from those of another.
        self.slots.freed.notify_all();
    }
}

/// How many strangers may make us ask other servers at the same time: each holds a thread that answers
/// requests, and slow servers must not take them all.
#[derive(Debug)]
pub struct Places {
    taken: AtomicUsize,
    most: usize,
}

/// Given back however the asking ends.
#[derive(Debug)]
pub struct Place<'a>(&'a Places);

impl Places {
    pub const fn new(most: usize) -> Places {
        Places { taken: AtomicUsize::new(0), most }
    }

    /// Errors: `Unavailable` when all are taken; nobody waits.
    pub fn take(&self) -> Result<Place<'_>> {
        let place = Place(self); // counted before it is looked at, and given back when it was one too many
        if self.taken.fetch_add(1, Ordering::Relaxed) < self.most {
            return Ok(place);
        }
        Err(Error::unavailable("Too many other servers are being asked; please try again"))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(20)
    }

    #[test]
    fn the_third_request_to_a_host_waits_and_another_host_does_not() {
        let slots = Slots::default();
        let first = slots.take("a.example", soon()).unwrap();
        let _second = slots.take("a.example", soon()).unwrap();
        assert!(slots.take("a.example", soon()).is_err());
        assert!(slots.take("b.example", soon()).is_ok());
        drop(first);
        assert!(slots.take("a.example", soon()).is_ok());
    }

    #[test]
    fn so_many_ask_at_once_and_no_more() {
        let places = Places::new(2);
        let taken = [places.take().unwrap(), places.take().unwrap()];
        assert!(places.take().is_err());
        drop(taken);
        places.take().unwrap();
    }

    #[test]
    fn a_waiter_is_woken_by_the_slot_that_comes_free() {
        let slots = Slots::default();
        let first = slots.take("a.example", soon()).unwrap();
        let _second = slots.take("a.example", soon()).unwrap();
        std::thread::scope(|scope| {
            let waiter = scope.spawn(|| {
                let late = Instant::now() + Duration::from_secs(20);
                slots.take("a.example", late).is_ok()
            });
            drop(first);
            assert!(waiter.join().unwrap());
        });
        assert_eq!(slots.lock().len(), 1);
    }
}
