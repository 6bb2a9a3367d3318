//! When the owner's old posts go by themselves: Mastodon's "automated post deletion".

use serde::{Deserialize, Serialize};

/// Which of the owner's posts go, and which stay whatever their age. Kept in the settings, hence the derive; what is
/// on and off by default is as in Mastodon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cleanup {
    /// Off by default: nothing goes.
    pub enabled: bool,
    /// Posts younger than so many days stay; one of [`Cleanup::AGES`].
    pub days: i64,
    pub keep_direct: bool,
    pub keep_pinned: bool,
    pub keep_polls: bool,
    /// Those with pictures, films or sound.
    pub keep_media: bool,
    /// Those that the owner liked, or bookmarked.
    pub keep_liked: bool,
    pub keep_bookmarked: bool,
    /// Posts with at least so many likes, or boosts, stay.
    pub min_favourites: Option<i64>,
    pub min_boosts: Option<i64>,
}

impl Cleanup {
    /// Days, and what they are called.
    pub const AGES: [(i64, &str); 8] = [
        (7, "1 week"),
        (14, "2 weeks"),
        (30, "1 month"),
        (61, "2 months"),
        (91, "3 months"),
        (182, "6 months"),
        (365, "1 year"),
        (730, "2 years"),
    ];
}

impl Default for Cleanup {
    fn default() -> Cleanup {
        Cleanup {
            enabled: false,
            days: 14,
            keep_direct: true,
            keep_pinned: true,
            keep_polls: false,
            keep_media: false,
            keep_liked: true,
            keep_bookmarked: true,
            min_favourites: None,
            min_boosts: None,
        }
    }
}
