//! The nouns of the house, in Mastodon's words: no wire formats, no SQL.

pub mod time;

pub use time::{Clock, Timestamp};
