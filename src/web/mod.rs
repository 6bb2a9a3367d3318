//! The door for browsers: one file per page (handler and view), complete without JavaScript.
//!
//! [`layout`] is the frame, `parts/` what several pages show, [`assets`] the files.

pub mod about;
pub mod assets;
pub mod authorize;
pub mod blocks;
pub mod compose;
pub mod deletion;
pub mod delivery;
pub mod discovery;
pub mod embed;
pub mod emojis;
pub mod feeds;
pub mod filters;
pub mod home;
pub mod indieauth;
pub mod layout;
pub mod manifest;
pub mod marked;
pub mod micropub;
pub mod migration;
mod notifications;
pub mod parts;
pub mod people;
pub mod policies;
pub mod polls;
pub mod posts;
pub mod profile;
pub mod proxy;
pub mod push;
pub mod reading;
pub mod remote;
pub mod reports;
pub mod requests;
pub mod search;
pub mod security;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod storage;
pub mod tags;
pub mod thread;
pub mod webmentions;
pub mod wizard;

pub use crate::words;
pub use layout::error_page;

use crate::app::App;
use crate::http::Route;

pub const ROUTES: &[&[Route<App>]] = &[
    home::ROUTES,
    profile::ROUTES,
    thread::ROUTES,
    embed::ROUTES,
    tags::ROUTES,
    feeds::ROUTES,
    discovery::ROUTES,
    reading::ROUTES,
    webmentions::ROUTES,
    indieauth::ROUTES,
    micropub::ROUTES,
    delivery::ROUTES,
    about::ROUTES,
    policies::ROUTES,
    remote::ROUTES,
    compose::ROUTES,
    posts::ROUTES,
    polls::ROUTES,
    people::ROUTES,
    blocks::ROUTES,
    filters::ROUTES,
    migration::ROUTES,
    deletion::ROUTES,
    storage::ROUTES,
    notifications::ROUTES,
    reports::ROUTES,
    requests::ROUTES,
    search::ROUTES,
    marked::ROUTES,
    settings::ROUTES,
    push::ROUTES,
    security::ROUTES,
    emojis::ROUTES,
    sign_in::ROUTES,
    authorize::ROUTES,
    assets::ROUTES,
    manifest::ROUTES,
    proxy::ROUTES,
];
