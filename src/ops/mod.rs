//! What happens, whoever asked for it: the API, a page, or another server.

pub mod audience;
pub mod auth;
pub mod deliver;
pub mod media;
pub mod notify;
