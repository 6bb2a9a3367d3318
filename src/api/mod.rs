//! The door for apps: Mastodon's client API, <https://docs.joinmastodon.org/methods/>.
//!
//! One file per page of that documentation (small neighbours share one); `entities/` is what goes out.
//! A handler reads its parameters, calls one operation and renders. [`answer`] is what they share,
//! [`absent`] tells the truth about what is not built.

pub mod absent;
mod accounts;
pub mod answer;
pub mod apps;
mod async_refreshes;
mod conversations;
pub mod entities;
mod instance;
mod lists;
mod markers;
mod media;
mod notifications;
mod notifications_v2;
pub mod oauth;
mod oembed;
mod posting;
mod profile;
mod relations;
mod search;
mod status_actions;
mod statuses;
mod tags;
mod timelines;
mod translations;
mod trends;

use crate::app::App;
use crate::http::Route;

pub const ROUTES: &[&[Route<App>]] = &[
    apps::ROUTES,
    oauth::ROUTES,
    accounts::ROUTES,
    profile::ROUTES,
    relations::ROUTES,
    statuses::ROUTES,
    posting::ROUTES,
    status_actions::ROUTES,
    timelines::ROUTES,
    lists::ROUTES,
    markers::ROUTES,
    conversations::ROUTES,
    notifications::ROUTES,
    notifications_v2::ROUTES,
    media::ROUTES,
    search::ROUTES,
    async_refreshes::ROUTES,
    trends::ROUTES,
    translations::ROUTES,
    oembed::ROUTES,
    tags::ROUTES,
    instance::ROUTES,
    absent::ROUTES,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Router;

    #[test]
    fn no_two_rows_of_this_door_are_alike() {
        let router = Router::new(ROUTES).unwrap();
        let mut seen = std::collections::HashSet::new();
        for row in router.rows() {
            assert!(seen.insert((row.method, row.path)), "{} {}", row.method.as_str(), row.path);
        }
    }
}
