//! Pictures, films and sounds: from a stranger's bytes to files that are safe to show, and the folder they live in.
//!
//! [`sniff`] names the type from the bytes, [`picture`] decodes under limits and writes clean files,
//! [`blobs`] keeps them under the hash of their content. [`gif`] and [`scale`] are its tools. [`bucket`] is where they
//! may lie instead, [`sigv4`] how it is spoken to, [`upload`] sends it what is made while it goes; [`shelf`] knows which, and [`moving`] takes them from one to the other.
//! [`containers`] does the same for films and sound, without decoding them. [`cache`] keeps others' files under a cap, and
//! [`disk`] knows how much room there is.
//! Attachment limits: <https://docs.joinmastodon.org/user/posting/#media>

pub mod blobs;
pub mod bucket;
pub mod cache;
mod chunks;
pub mod containers;
pub mod disk;
pub mod gif;
pub mod moving;
pub mod picture;
pub mod scale;
pub mod shelf;
pub mod sigv4;
pub mod sniff;
pub mod upload;

pub use blobs::Blobs;
pub use bucket::Bucket;
pub use cache::Cache;
pub use picture::{Encoded, Limits, Picture, avatar, header, process};
