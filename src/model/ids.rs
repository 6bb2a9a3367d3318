//! Ids: numeric snowflakes, milliseconds << 16 plus 16 bits, so that they sort by time as numbers
//! and as Mastodon's clients compare them (pitfalls 1 and 2).

use super::time::Timestamp;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

/// A number that tells ids of the same millisecond apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// The lowest 16 bits count up, so that ids made one after the other in one millisecond sort that way.
fn snowflake(at: Timestamp) -> i64 {
    let low = NEXT.fetch_add(1, Ordering::Relaxed) & 0xffff;
    (at.0.clamp(0, (1 << 47) - 1) << 16) | i64::try_from(low).unwrap_or(0)
}

/// One newtype an entity, so that an account's id cannot be handed in where a status's is meant.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $name(pub i64);

        impl $name {
            /// A new id that sorts at `at`: now, or a remote status's `published`.
            pub fn at(at: Timestamp) -> $name {
                $name(snowflake(at))
            }

            /// The millisecond from which the id was made.
            pub fn time(self) -> Timestamp {
                Timestamp(self.0 >> 16)
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
    NotificationId,
    ListId,
    AppId,
    TokenId,
    SessionId,
    JobId,
    DeliveryId,
    ActivityId,
    TagId,
    CardId,
    FilterId,
    FilterKeywordId,
    FilterStatusId,
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
    fn an_id_is_read_from_digits_only() {
        assert_eq!("12".parse::<StatusId>().unwrap(), StatusId(12));
        assert!("-1".parse::<StatusId>().is_err());
        assert!("01H".parse::<StatusId>().is_err());
    }
}
