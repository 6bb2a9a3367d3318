//! The words of ActivityStreams: <https://www.w3.org/TR/activitystreams-vocabulary/>. What goes out is
//! built here and nowhere else.

pub mod addressing;
pub mod build;
pub mod context;

pub use addressing::PUBLIC;
