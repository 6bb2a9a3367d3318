//! Points in time: milliseconds since 1970 in UTC, and the two ways in which the house writes them.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// Reads RFC 3339, with or without fraction, with any offset.
    pub fn parse_rfc3339(text: &str) -> Option<Timestamp> {
        let at: jiff::Timestamp = text.trim().parse().ok()?;
        Some(Timestamp(at.as_millisecond()))
    }

    /// Reads the `Date` header: RFC 9110 section 5.6.7, always GMT.
    pub fn parse_http_date(text: &str) -> Option<Timestamp> {
        let zoned = jiff::fmt::rfc2822::parse(text.trim()).ok()?;
        Some(Timestamp(zoned.timestamp().as_millisecond()))
    }

    /// `Tue, 24 Nov 2026 10:00:00 GMT`, as in a `Date` header.
    pub fn to_http_date(self) -> String {
        let at = self.to_jiff();
        at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// `2026-11-24`, in UTC.
    pub fn to_date(self) -> String {
        self.to_jiff().strftime("%Y-%m-%d").to_string()
    }

    /// Midnight of the same day, in UTC.
    pub fn midnight(self) -> Timestamp {
        Timestamp(self.0.div_euclid(DAY) * DAY)
    }

    pub fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    pub fn plus(self, milliseconds: i64) -> Timestamp {
        Timestamp(self.0.saturating_add(milliseconds))
    }

    /// jiff's type, for formats that only a page needs.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

/// RFC 3339 in UTC with exactly three decimals: Ice Cubes reads no other form (pitfall 27).
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.to_jiff())
    }
}

/// Where the time comes from. A test moves it; the server never does.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset: Arc<AtomicI64>,
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let real = since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX));
        Timestamp(real.saturating_add(self.offset.load(Ordering::Relaxed)))
    }

    /// Moves this clock and all its clones; for tests.
    pub fn advance(&self, milliseconds: i64) {
        self.offset.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_is_written_with_exactly_three_decimals() {
        let at = Timestamp::parse_rfc3339("2026-08-22T12:00:00.5+02:00").unwrap();
        assert_eq!(at.to_string(), "2026-08-22T10:00:00.500Z");
        assert_eq!(at.midnight().to_string(), "2026-08-22T00:00:00.000Z");
    }

    #[test]
    fn an_http_date_survives_the_round_trip() {
        let at = Timestamp::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(at, Timestamp(784_111_777_000));
        assert_eq!(at.to_http_date(), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(Timestamp::parse_http_date("yesterday"), None);
    }
}
