//! How much of the disk everything here may take, and what is left of it. Found out by `ops::budget`, asked by all.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, TryLockError};

#[derive(Debug, Default)]
pub struct Room {
    /// Bytes of the disk that the owner grants.
    granted: AtomicU64,
    /// Bytes that stay free on the disk, for everybody else on this machine.
    floor: AtomicU64,
    /// The disk was full a moment ago: what can wait is refused, so that posts can be written.
    full: AtomicBool,
    /// Less is held back than should be.
    short: AtomicBool,
    /// Held by the one who lays the reserve back: it is one file.
    filling: Mutex<()>,
    /// Posts of others are kept for so many days now; less than the operator's number when the database outgrows its part.
    days: AtomicI64,
}

impl Room {
    pub fn granted(&self) -> u64 {
        self.granted.load(Ordering::Relaxed)
    }

    pub fn floor(&self) -> u64 {
        self.floor.load(Ordering::Relaxed)
    }

    pub fn set(&self, granted: u64, floor: u64) {
        self.granted.store(granted, Ordering::Relaxed);
        self.floor.store(floor, Ordering::Relaxed);
    }

    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    pub fn set_full(&self, full: bool) {
        self.full.store(full, Ordering::Relaxed);
    }

    pub fn is_short(&self) -> bool {
        self.short.load(Ordering::Relaxed)
    }

    pub fn set_short(&self, short: bool) {
        self.short.store(short, Ordering::Relaxed);
    }

    /// `None`: somebody else lays the reserve back.
    pub fn fill(&self) -> Option<MutexGuard<'_, ()>> {
        match self.filling.try_lock() {
            Ok(filling) => Some(filling),
            Err(TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    pub fn days(&self) -> i64 {
        self.days.load(Ordering::Relaxed)
    }

    pub fn set_days(&self, days: i64) {
        self.days.store(days, Ordering::Relaxed);
    }
}
