//! The words of ActivityStreams: <https://www.w3.org/TR/activitystreams-vocabulary/>. What goes out is
//! built here and what comes in is read here, and nowhere else.

pub mod addressing;
pub mod build;
pub mod context;
pub mod parse;

pub use addressing::PUBLIC;
