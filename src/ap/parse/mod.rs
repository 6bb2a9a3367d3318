//! Reading what other servers write: plain JSON, without JSON-LD processing, tolerant of every shape that
//! real software sends. <https://www.w3.org/TR/activitystreams-core/>
//!
//! Pure: nothing is fetched, checked against a host or sanitised here; `ops` does that before it stores.

pub mod actor;
pub mod attachment;
mod convert;
pub mod envelope;
pub mod note;
pub mod question;
pub mod quote;
pub mod reaction;
pub mod value;

pub use actor::{Actor, actor};
pub use attachment::featured_tag;
pub use envelope::Envelope;
pub use note::{Incoming, NamedMention, is_post, note};
pub use question::{Question, Vote, votes};
pub use quote::Quoted;
pub use reaction::{is_emoji, reaction};

/// A document in the shape of some software, for the tests of this room.
#[cfg(test)]
pub fn fixture(name: &str) -> serde_json::Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
