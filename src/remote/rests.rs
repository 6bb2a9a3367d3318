//! Hosts that asked for less: `429` or `503` with `Retry-After`, <https://www.rfc-editor.org/rfc/rfc9110#name-retry-after>.
//!
//! Deliveries keep their own times; this is for what we fetch.

use super::transport::Headers;
use crate::model::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Hosts that are remembered; who asks for more is forgotten, and asked again.
const HOSTS: usize = 1_000;
/// Longer words are not listened to: somebody waits for what is fetched.
const LONGEST: Duration = Duration::from_secs(3600);

#[derive(Debug, Default)]
pub struct Rests(Mutex<HashMap<String, Instant>>);

impl Rests {
    /// Whether the host wants to be left alone now.
    pub fn rests(&self, host: &str) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(host) {
            Some(until) if *until > Instant::now() => true,
            Some(_) => {
                known.remove(host);
                false
            }
            None => false,
        }
    }

    /// Listens to an answer.
    pub fn heed(&self, host: &str, status: u16, headers: &Headers) {
        let wait = headers.get("retry-after").filter(|_| matches!(status, 429 | 503)).and_then(seconds);
        let Some(wait) = wait.map(|wait| wait.min(LONGEST)) else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= HOSTS {
            known.retain(|_, until| *until > Instant::now());
        }
        if known.len() < HOSTS {
            known.insert(host.to_owned(), Instant::now() + wait);
        }
    }
}

/// As seconds, or as a date.
fn seconds(value: &str) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    let until = u64::try_from(Timestamp::parse_http_date(value)?.seconds()).ok()?;
    Some(Duration::from_secs(until).saturating_sub(now))
}
