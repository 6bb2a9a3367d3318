//! How often a token may ask: so many requests in each five minutes, told in the headers that Mastodon
//! documents: <https://docs.joinmastodon.org/api/rate-limits/>.
//!
//! Per token and not per address: behind a proxy every stranger has the same one. In memory and bounded.

use crate::error::{Error, Kind};
use crate::model::time::MINUTE;
use crate::model::{Timestamp, TokenId};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Requests of one token in five minutes, as Mastodon allows them.
pub const LIMIT: u32 = 300;
const SPAN: i64 = 5 * MINUTE;
/// Tokens that are counted; when there are more, those of an older span go first.
const TOKENS: usize = 1_024;

/// What is left to a token in this span; goes out as headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    pub reset: Timestamp,
}

impl Allowance {
    /// `X-RateLimit-Reset` is a time with six decimals and not a number (pitfall 24).
    pub fn headers(&self) -> [(&'static str, String); 3] {
        let reset = self.reset.to_string();
        [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining.to_string()),
            ("x-ratelimit-reset", reset.replace('Z', "000Z")),
        ]
    }
}

/// A limit of 0 counts nothing.
#[derive(Debug, Default)]
pub struct Rates {
    limit: u32,
    spans: Mutex<HashMap<TokenId, (Timestamp, u32)>>,
}

impl Rates {
    pub fn new(limit: u32) -> Rates {
        Rates { limit, spans: Mutex::default() }
    }

    /// Counts one request of `token`. `None`: there is no limit. The second part says that it was one too many.
    pub fn take(&self, token: TokenId, now: Timestamp) -> Option<(Allowance, bool)> {
        if self.limit == 0 {
            return None;
        }
        let start = Timestamp(now.0 - now.0.rem_euclid(SPAN));
        let mut spans = self.spans.lock().unwrap_or_else(PoisonError::into_inner);
        if spans.len() >= TOKENS && !spans.contains_key(&token) {
            spans.retain(|_, (of, _)| *of == start);
            if spans.len() >= TOKENS {
                spans.clear(); // a thousand tokens in five minutes: nobody's apps; counting begins anew
            }
        }
        let span = spans.entry(token).or_insert((start, 0));
        if span.0 != start {
            *span = (start, 0);
        }
        span.1 = span.1.saturating_add(1);
        let over = span.1 > self.limit;
        let remaining = self.limit.saturating_sub(span.1);
        Some((Allowance { limit: self.limit, remaining, reset: start.plus(SPAN) }, over))
    }
}

/// The answer to one request too many.
pub fn too_many() -> Error {
    Error::new(Kind::TooManyRequests, "Too many requests")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_has_its_own_span_and_a_new_one_begins_afresh() {
        let rates = Rates::new(2);
        let (one, two, now) = (TokenId(1), TokenId(2), Timestamp(1_700_000_000_000));
        assert_eq!(rates.take(one, now).map(|(a, over)| (a.remaining, over)), Some((1, false)));
        assert_eq!(rates.take(one, now).map(|(a, over)| (a.remaining, over)), Some((0, false)));
        assert_eq!(rates.take(one, now).map(|(a, over)| (a.remaining, over)), Some((0, true)));
        assert_eq!(rates.take(two, now).map(|(a, over)| (a.remaining, over)), Some((1, false)));
        let next = rates.take(one, now).unwrap().0.reset;
        assert_eq!(rates.take(one, next).map(|(a, over)| (a.remaining, over)), Some((1, false)));
    }

    #[test]
    fn no_limit_counts_nothing() {
        assert_eq!(Rates::new(0).take(TokenId(1), Timestamp(0)), None);
    }

    #[test]
    fn a_crowd_of_tokens_takes_no_more_room() {
        let rates = Rates::new(5);
        for n in 0..3 * TOKENS as i64 {
            rates.take(TokenId(n), Timestamp(n));
        }
        assert!(rates.spans.lock().unwrap().len() <= TOKENS);
    }

    #[test]
    fn pitfall_24_the_reset_is_a_time_with_six_decimals() {
        let reset = Timestamp(1_700_000_100_000);
        let headers = Allowance { limit: 300, remaining: 7, reset }.headers();
        assert_eq!(headers[2], ("x-ratelimit-reset", "2023-11-14T22:15:00.000000Z".to_owned()));
    }
}
