//! The door for apps: Mastodon's client API, one file per page of its documentation.
//! <https://docs.joinmastodon.org/api/>

pub mod apps;
pub mod oauth;

use crate::app::App;
use crate::http::Route;

pub const ROUTES: &[&[Route<App>]] = &[apps::ROUTES, oauth::ROUTES];
