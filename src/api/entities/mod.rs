//! What apps read: one file per entity of <https://docs.joinmastodon.org/entities/>.
//!
//! Each is a struct that borrows from the nouns of the house and is written straight to JSON. Strict on
//! output: keys that may be null are there (pitfall 29), lists and texts are never null (pitfall 31),
//! and what does not apply is absent (pitfall 30).

pub mod account;
pub mod annual_report;
pub mod collection;
pub mod conversation;
pub mod credential_account;
pub mod emoji;
pub mod featured_tag;
pub mod filter;
pub mod instance;
pub mod languages;
pub mod list;
pub mod marker;
pub mod media_attachment;
pub mod mention;
pub mod notification;
pub mod notification_group;
pub mod notification_request;
pub mod poll;
pub mod preferences;
pub mod preview_card;
pub mod profile;
pub mod push_message;
pub mod quote;
pub mod relationship;
pub mod report;
pub mod scheduled_status;
pub mod search;
pub mod status;
pub mod status_edit;
pub mod tag;
pub mod trend;
pub mod web_push_subscription;

use crate::model::Timestamp;
use serde::{Serialize, Serializer};
use std::fmt::Display;

/// An id: a number of ours, a string on the wire (pitfall 1).
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

impl<T: Display> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

/// A point in time with exactly three decimals (pitfall 27).
#[derive(Debug, Clone, Copy)]
pub struct Time(pub Timestamp);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

/// A day without a time (pitfall 28).
#[derive(Debug, Clone, Copy)]
pub struct Day(pub Timestamp);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0.to_date())
    }
}
