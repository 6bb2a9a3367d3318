//! The door for apps: Mastodon's client API, <https://docs.joinmastodon.org/methods/>.
//!
//! One file per page of that documentation (small neighbours share one); `entities/` is what goes out.
//! A handler reads its parameters, calls one operation and renders. [`answer`] is what they share,
//! [`absent`] tells the truth about what is not built.

pub mod absent;
mod accounts;
mod announcements;
mod annual_reports;
pub mod answer;
pub mod apps;
mod async_refreshes;
mod collections;
mod conversations;
mod custom_emojis;
mod domain_blocks;
pub mod entities;
mod featured_tags;
mod filters;
mod filters_v1;
mod instance;
mod lists;
mod markers;
mod media;
mod metrics;
mod notification_policy;
mod notification_requests;
mod notifications;
mod notifications_v2;
pub mod oauth;
mod oembed;
mod polls;
mod posting;
mod profile;
mod push;
mod quotes;
mod reactions;
mod receipts;
mod relations;
mod reports;
mod scheduled_statuses;
mod search;
mod status_actions;
mod statuses;
pub mod streaming;
mod suggestions;
mod tags;
mod timelines;
mod translations;
mod trends;

use crate::app::App;
use crate::http::Route;

pub const ROUTES: &[&[Route<App>]] = &[
    apps::ROUTES,
    metrics::ROUTES,
    oauth::ROUTES,
    accounts::ROUTES,
    profile::ROUTES,
    relations::ROUTES,
    featured_tags::ROUTES,
    suggestions::ROUTES,
    collections::ROUTES,
    statuses::ROUTES,
    posting::ROUTES,
    polls::ROUTES,
    scheduled_statuses::ROUTES,
    quotes::ROUTES,
    status_actions::ROUTES,
    timelines::ROUTES,
    lists::ROUTES,
    markers::ROUTES,
    conversations::ROUTES,
    domain_blocks::ROUTES,
    filters::ROUTES,
    filters_v1::ROUTES,
    notifications::ROUTES,
    notifications_v2::ROUTES,
    notification_policy::ROUTES,
    notification_requests::ROUTES,
    reactions::ROUTES,
    receipts::ROUTES,
    reports::ROUTES,
    push::ROUTES,
    media::ROUTES,
    search::ROUTES,
    async_refreshes::ROUTES,
    trends::ROUTES,
    translations::ROUTES,
    oembed::ROUTES,
    tags::ROUTES,
    instance::ROUTES,
    custom_emojis::ROUTES,
    announcements::ROUTES,
    annual_reports::ROUTES,
    streaming::ROUTES,
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
