//! What happens, whoever asked for it: the API, a page, or another server.

pub mod audience;
pub mod auth;
pub mod backfill;
pub mod boosts;
pub mod cards;
pub mod compose;
pub mod deliver;
pub mod farewell;
pub mod favourites;
pub mod follows;
pub mod media;
pub mod notify;
pub mod oauth;
pub mod posts;
pub mod profile;
pub mod receive;
pub mod relations;
pub mod resolve;
pub mod search;
pub mod setup;
pub mod statuses;
pub mod translate;
pub mod trends;
pub mod visibility;
