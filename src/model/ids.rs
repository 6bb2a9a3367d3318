//! Ids: numeric snowflakes, milliseconds << 16 plus 16 bits (notifications: 11), so that they sort by time as numbers
//! and as Mastodon's clients compare them (pitfalls 1 and 2).

use super::time::Timestamp;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that tells ids of the same millisecond apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// The lowest bits count up, so that ids made one after the other in one millisecond sort that way.
fn snowflake(at: Timestamp, bits: u32) -> i64 {
    let low = NEXT.fetch_add(1, Ordering::Relaxed) & ((1 << bits) - 1);
    (at.0.clamp(0, (1 << 47) - 1) << bits) | i64::try_from(low).unwrap_or(0)
}

macro_rules! bits {
    () => {
        16
    };
    ($bits:literal) => {
        $bits
    };
}

/// One newtype an entity, so that an account's id cannot be handed in where a status's is meant.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident $(: $bits:literal)?),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $name(pub i64);

        impl $name {
            /// How far the millisecond stands to the left.
            pub const BITS: u32 = bits!($($bits)?);

            /// A new id that sorts at `at`: now, or a remote status's `published`.
            pub fn at(at: Timestamp) -> $name {
                $name(snowflake(at, $name::BITS))
            }

            /// The millisecond from which the id was made.
            pub fn time(self) -> Timestamp {
                Timestamp(self.0 >> $name::BITS)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<$name, Self::Err> {
                Ok($name(text.parse::<u64>()?.min(i64::MAX as u64) as i64))
            }
        }
    )*};
}

id! {
    AccountId,
    StatusId,
    MediaId,
    /// Shorter: groups and push messages carry it as a JSON number, and a browser reads numbers only up to
    /// 2^53. With 11 bits that lasts until the year 2109.
    NotificationId: 11,
    ReportId,
    ListId,
    AppId,
    TokenId,
    SessionId,
    JobId,
    DeliveryId,
    ActivityId,
    TagId,
    CardId,
    /// Counted from 1 by the table: Tusky reads it as 32 bits (pitfall 36).
    SubscriptionId,
    CollectionId,
    CollectionItemId,
    EmojiId,
    ScheduledId,
    DraftId,
    FilterId,
    FilterKeywordId,
    FilterStatusId,
    SourceId,
    /// The hidden row id by which a list of favourites, follows, blocks ... is paged (pitfall 4).
    RowId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_differ_and_ids_sort_by_time() {
        let (early, late) = (Timestamp(1_700_000_000_000), Timestamp(1_700_000_000_001));
        assert_ne!(StatusId::at(early), StatusId::at(early));
        assert!(StatusId::at(early) < StatusId::at(late));
        assert_eq!(StatusId::at(late).time(), late);
    }

    #[test]
    fn pitfall_1_a_notification_id_is_a_number_that_a_browser_can_read() {
        let at = Timestamp::parse_rfc3339("2109-01-01T00:00:00Z").unwrap();
        let (one, two) = (NotificationId::at(at), NotificationId::at(at));
        assert!(one != two && one.0 < 1 << 53, "{one}");
        assert_eq!(one.time(), at);
    }

    #[test]
    fn an_id_is_read_from_digits_only() {
        assert_eq!("12".parse::<StatusId>().unwrap(), StatusId(12));
        assert!("-1".parse::<StatusId>().is_err());
        assert!("01H".parse::<StatusId>().is_err());
    }
}
