//! Pictures: from a stranger's bytes to files that are safe to show, and the folder they live in.
//!
//! [`sniff`] names the type from the bytes, [`picture`] decodes under limits and writes clean files,
//! [`blobs`] keeps them under the hash of their content. [`gif`] and [`scale`] are its tools.
//! [`containers`] does the same for films and sound, without decoding them.
//! Attachment limits: <https://docs.joinmastodon.org/user/posting/#media>

pub mod blobs;
pub mod containers;
pub mod gif;
pub mod picture;
pub mod scale;
pub mod sniff;

pub use blobs::Blobs;
pub use picture::{Encoded, Limits, Picture, avatar, header, process};
