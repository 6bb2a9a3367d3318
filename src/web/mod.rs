//! The door for browsers: one file per page (handler and view), complete without JavaScript.
//!
//! [`layout`] is the frame, `parts/` what several pages show, [`assets`] the files.

pub mod assets;
pub mod authorize;
pub mod layout;
pub mod notifications;
pub mod session;
pub mod sign_in;
pub mod wizard;

pub use layout::error_page;

use crate::app::App;
use crate::http::Route;

pub const ROUTES: &[&[Route<App>]] = &[assets::ROUTES, authorize::ROUTES, sign_in::ROUTES];
