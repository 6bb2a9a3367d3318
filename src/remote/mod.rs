//! We call other servers: signed GET and POST, documents, WebFinger, downloads.
//!
//! Everything that leaves the house goes through [`Client`], and everything that comes back is capped
//! in size and time. Blocking code, called from worker threads and never inside a write transaction.
//! Nothing is stored here: what a fetched document means is for `ops` to say.

mod client;
pub mod document;
#[cfg(test)]
mod fake;
mod guard;
pub mod links;
mod recent;
mod request;
mod rests;
mod slots;
mod transport;
pub mod webfinger;

pub use client::{Client, Settings, Stream};
pub use guard::{Guard, Net, is_public};
pub use recent::Recent;
pub use request::{Answer, Download, Request, Sign, expect_ok};
pub use slots::Places;
pub use transport::{Headers, Timeouts};
