//! The door for browsers: one file per page (handler and view), complete without JavaScript.
//!
//! [`layout`] is the frame, `parts/` what several pages show, [`assets`] the files.

pub mod about;
pub mod appearance;
pub mod apps;
pub mod assets;
pub mod authorize;
pub mod blocklists;
mod blocks;
pub mod completions;
pub mod compose;
pub mod conversations;
pub mod deletion;
pub mod delivery;
pub mod discovery;
pub mod doctor;
pub mod drafts;
pub mod embed;
pub mod emojis;
pub mod exports;
pub mod feeds;
pub mod filters;
pub mod health;
pub mod history;
pub mod home;
pub mod imports;
pub mod indieauth;
pub mod layout;
pub mod lists;
pub mod live;
pub mod manifest;
pub mod marked;
pub mod micropub;
pub mod migration;
mod notifications;
pub mod parts;
pub mod passkeys;
pub mod people;
pub mod people_lists;
pub mod policies;
pub mod polls;
pub mod posting;
pub mod posts;
pub mod profile;
pub mod proxy;
pub mod push;
pub mod reading;
pub mod remote;
pub mod reports;
pub mod requests;
pub mod scheduled;
pub mod search;
pub mod second_factor;
pub mod security;
pub mod servers;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod storage;
pub mod strangers;
pub mod suggestions;
pub mod tags;
pub mod thread;
pub mod webhooks;
pub mod webmentions;
pub mod wizard;

pub use layout::error_page;

use crate::app::App;
use crate::http::{Req, Route};
use crate::model::Access;

pub const ROUTES: &[&[Route<App>]] = &[
    home::ROUTES,
    live::ROUTES,
    profile::ROUTES,
    thread::ROUTES,
    embed::ROUTES,
    tags::ROUTES,
    feeds::ROUTES,
    discovery::ROUTES,
    reading::ROUTES,
    webhooks::ROUTES,
    webmentions::ROUTES,
    indieauth::ROUTES,
    micropub::ROUTES,
    delivery::ROUTES,
    about::ROUTES,
    policies::ROUTES,
    remote::ROUTES,
    compose::ROUTES,
    completions::ROUTES,
    drafts::ROUTES,
    scheduled::ROUTES,
    history::ROUTES,
    posting::ROUTES,
    posts::ROUTES,
    polls::ROUTES,
    people::ROUTES,
    people_lists::ROUTES,
    lists::ROUTES,
    conversations::ROUTES,
    suggestions::ROUTES,
    servers::ROUTES,
    blocklists::ROUTES,
    blocks::ROUTES,
    filters::ROUTES,
    migration::ROUTES,
    exports::ROUTES,
    imports::ROUTES,
    deletion::ROUTES,
    storage::ROUTES,
    notifications::ROUTES,
    reports::ROUTES,
    requests::ROUTES,
    strangers::ROUTES,
    search::ROUTES,
    marked::ROUTES,
    settings::ROUTES,
    appearance::ROUTES,
    health::ROUTES,
    doctor::ROUTES,
    apps::ROUTES,
    push::ROUTES,
    security::ROUTES,
    second_factor::ROUTES,
    passkeys::ROUTES,
    emojis::ROUTES,
    sign_in::ROUTES,
    authorize::ROUTES,
    assets::ROUTES,
    manifest::ROUTES,
    proxy::ROUTES,
];

/// Before a page is made: the owner's pages tell times in the owner's zone, all others in UTC.
pub fn greet(app: &App, req: &Req) {
    let owner = matches!(req.access, Access::Session { .. });
    let look = owner.then(|| crate::ops::appearance::look(app));
    parts::text::tell_times_in(look.as_ref().and_then(|look| look.zone.as_deref()));
}
