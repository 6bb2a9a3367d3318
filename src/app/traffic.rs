//! What was answered since the start, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Answers by the class of their status, and the time that handlers took.
#[derive(Debug, Default)]
pub struct Traffic {
    answers: [AtomicU64; 5],
    microseconds: AtomicU64,
}

impl Traffic {
    pub fn note(&self, status: u16, took: Duration) {
        if let Some(class) = self.answers.get(usize::from(status / 100).wrapping_sub(1)) {
            class.fetch_add(1, Ordering::Relaxed);
        }
        self.microseconds.fetch_add(took.as_micros().try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Answers from 1xx to 5xx, and seconds.
    pub fn read(&self) -> ([u64; 5], f64) {
        let answers = [0, 1, 2, 3, 4].map(|n| self.answers[n].load(Ordering::Relaxed));
        (answers, self.microseconds.load(Ordering::Relaxed) as f64 / 1e6)
    }
}
