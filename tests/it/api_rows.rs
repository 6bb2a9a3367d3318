//! Every row of Mastodon's client API, and what a server for one person answers there: real, honestly
//! empty, or refused. <https://docs.joinmastodon.org/methods/>

use crate::harness::{Answer, Taure, request};
use serde_json::{Value, json};
use std::collections::HashSet;
use taure::app::App;
use taure::http::{Method, Route, Router};
use taure::{api, federation, web};

/// What is right to answer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Right {
    /// No app gets by without it.
    Must,
    /// Some app calls it.
    Should,
    /// On a new server exactly this.
    Is(&'static str),
    /// A list that a new server has something in.
    List,
    /// 204, without a body (pitfall 26).
    Nothing,
    /// 403: nobody signs up here.
    Refused,
    /// 404.
    Missing,
}

use Right::{Is, List, Missing, Must, Nothing, Refused, Should};

/// In the order of Mastodon's documentation.
#[rustfmt::skip]
const ROWS: &[(&str, &str, Right)] = &[
    ("POST", "/api/v1/accounts", Refused),
    ("GET", "/api/v1/accounts/verify_credentials", Must),
    ("PATCH", "/api/v1/accounts/update_credentials", Must),
    ("GET", "/api/v1/accounts/:id", Must),
    ("GET", "/api/v1/accounts", Should),
    ("GET", "/api/v1/accounts/:id/statuses", Must),
    ("GET", "/api/v1/accounts/:id/followers", Must),
    ("GET", "/api/v1/accounts/:id/following", Must),
    ("GET", "/api/v1/accounts/:id/featured_tags", Should),
    ("GET", "/api/v1/accounts/:id/lists", Must),
    ("POST", "/api/v1/accounts/:id/follow", Must),
    ("POST", "/api/v1/accounts/:id/unfollow", Must),
    ("POST", "/api/v1/accounts/:id/remove_from_followers", Should),
    ("POST", "/api/v1/accounts/:id/block", Must),
    ("POST", "/api/v1/accounts/:id/unblock", Must),
    ("POST", "/api/v1/accounts/:id/mute", Must),
    ("POST", "/api/v1/accounts/:id/unmute", Must),
    ("POST", "/api/v1/accounts/:id/pin", Should),
    ("POST", "/api/v1/accounts/:id/unpin", Should),
    ("GET", "/api/v1/accounts/:id/endorsements", Should),
    ("POST", "/api/v1/accounts/:id/endorse", Should),
    ("POST", "/api/v1/accounts/:id/unendorse", Should),
    ("POST", "/api/v1/accounts/:id/note", Must),
    ("GET", "/api/v1/accounts/relationships", Must),
    ("GET", "/api/v1/accounts/familiar_followers", Is("[]")),
    ("GET", "/api/v1/accounts/search", Must),
    ("GET", "/api/v1/accounts/lookup", Must),
    ("GET", "/api/v1/accounts/:id/identity_proofs", Is("[]")),
    ("POST", "/api/v1/accounts/:id/email_subscriptions", Missing),
    ("GET", "/invite/:code", Missing),
    ("GET", "/api/v1/announcements", Is("[]")),
    ("POST", "/api/v1/announcements/:id/dismiss", Missing),
    ("PUT", "/api/v1/announcements/:id/reactions/:name", Missing),
    ("DELETE", "/api/v1/announcements/:id/reactions/:name", Missing),
    ("GET", "/api/v1/annual_reports", Is(r#"{"annual_reports":[],"accounts":[],"statuses":[]}"#)),
    ("GET", "/api/v1/annual_reports/:year", Missing),
    ("GET", "/api/v1/annual_reports/:year/state", Is(r#"{"state":"ineligible"}"#)),
    ("POST", "/api/v1/annual_reports/:year/read", Missing),
    ("POST", "/api/v1/annual_reports/:year/generate", Should),
    ("POST", "/api/v1/apps", Must),
    ("GET", "/api/v1/apps/verify_credentials", Should),
    ("GET", "/api/v1_alpha/async_refreshes/:id", Should),
    ("GET", "/api/v1/blocks", Must),
    ("GET", "/api/v1/bookmarks", Must),
    ("POST", "/api/v1/collections", Should),
    ("GET", "/api/v1/collections/:id", Should),
    ("GET", "/api/v1/accounts/:account_id/collections", Is(r#"{"collections":[]}"#)),
    ("GET", "/api/v1/accounts/:account_id/in_collections", Is(r#"{"collections":[]}"#)),
    ("PATCH", "/api/v1/collections/:id", Should),
    ("DELETE", "/api/v1/collections/:id", Should),
    ("POST", "/api/v1/collections/:collection_id/items", Should),
    ("DELETE", "/api/v1/collections/:collection_id/items/:id", Should),
    ("POST", "/api/v1/collections/:collection_id/items/:id/revoke", Should),
    ("GET", "/api/v1_alpha/collections/:id", Missing),
    ("GET", "/api/v1/conversations", Must),
    ("DELETE", "/api/v1/conversations/:id", Should),
    ("POST", "/api/v1/conversations/:id/read", Must),
    ("POST", "/api/v1/conversations/:id/unread", Should),
    ("GET", "/api/v1/custom_emojis", Must),
    ("GET", "/api/v1/directory", List),
    ("GET", "/.well-known/webfinger", Must),
    ("GET", "/.well-known/host-meta", Must),
    ("GET", "/.well-known/nodeinfo", Must),
    ("GET", "/nodeinfo/2.0", Must),
    ("GET", "/api/v1/domain_blocks", Must),
    ("POST", "/api/v1/domain_blocks", Must),
    ("DELETE", "/api/v1/domain_blocks", Must),
    ("GET", "/api/v1/domain_blocks/preview", Should),
    ("POST", "/api/v1/emails/confirmations", Refused),
    ("GET", "/api/v1/emails/check_confirmation", Is("true")),
    ("GET", "/api/v1/endorsements", Should),
    ("GET", "/api/v1/favourites", Must),
    ("GET", "/api/v1/featured_tags", Should),
    ("POST", "/api/v1/featured_tags", Should),
    ("DELETE", "/api/v1/featured_tags/:id", Should),
    ("GET", "/api/v1/featured_tags/suggestions", Is("[]")),
    ("GET", "/api/v2/filters", Must),
    ("GET", "/api/v2/filters/:id", Must),
    ("POST", "/api/v2/filters", Must),
    ("PUT", "/api/v2/filters/:id", Must),
    ("DELETE", "/api/v2/filters/:id", Must),
    ("GET", "/api/v2/filters/:filter_id/keywords", Should),
    ("POST", "/api/v2/filters/:filter_id/keywords", Must),
    ("GET", "/api/v2/filters/keywords/:id", Should),
    ("PUT", "/api/v2/filters/keywords/:id", Must),
    ("DELETE", "/api/v2/filters/keywords/:id", Must),
    ("GET", "/api/v2/filters/:filter_id/statuses", Should),
    ("POST", "/api/v2/filters/:filter_id/statuses", Should),
    ("GET", "/api/v2/filters/statuses/:id", Should),
    ("DELETE", "/api/v2/filters/statuses/:id", Should),
    ("GET", "/api/v1/filters", Should),
    ("GET", "/api/v1/filters/:id", Should),
    ("POST", "/api/v1/filters", Should),
    ("PUT", "/api/v1/filters/:id", Should),
    ("DELETE", "/api/v1/filters/:id", Should),
    ("GET", "/api/v1/follow_requests", Must),
    ("POST", "/api/v1/follow_requests/:account_id/authorize", Must),
    ("POST", "/api/v1/follow_requests/:account_id/reject", Must),
    ("GET", "/api/v1/followed_tags", Must),
    ("GET", "/api/v2/notifications", Must),
    ("GET", "/api/v2/notifications/:group_key", Should),
    ("POST", "/api/v2/notifications/:group_key/dismiss", Should),
    ("GET", "/api/v2/notifications/:group_key/accounts", Must),
    ("GET", "/api/v2/notifications/unread_count", Must),
    ("POST", "/api/v2/notifications/clear", Should),
    ("GET", "/health", Should),
    ("GET", "/api/v2/instance", Must),
    ("GET", "/api/v1/instance/peers", Should),
    ("GET", "/api/v1/instance/activity", List),
    ("GET", "/api/v1/instance/rules", Is("[]")),
    ("GET", "/api/v1/instance/domain_blocks", Is("[]")),
    ("GET", "/api/v1/instance/extended_description", Should),
    ("GET", "/api/v1/instance/privacy_policy", Should),
    ("GET", "/api/v1/instance/terms_of_service", Should),
    ("GET", "/api/v1/instance/terms_of_service/:date", Missing),
    ("GET", "/api/v1/instance/translation_languages", Is("{}")),
    ("GET", "/api/v1/instance", Must),
    ("GET", "/api/v1/instance/languages", List),
    ("GET", "/api/v1/peers/search", Is("[]")),
    ("GET", "/api/v1/donation_campaigns", Nothing),
    ("GET", "/api/v1/lists", Must),
    ("GET", "/api/v1/lists/:id", Must),
    ("POST", "/api/v1/lists", Must),
    ("PUT", "/api/v1/lists/:id", Must),
    ("DELETE", "/api/v1/lists/:id", Must),
    ("GET", "/api/v1/lists/:id/accounts", Must),
    ("POST", "/api/v1/lists/:id/accounts", Must),
    ("DELETE", "/api/v1/lists/:id/accounts", Must),
    ("GET", "/api/v1/markers", Must),
    ("POST", "/api/v1/markers", Must),
    ("POST", "/api/v2/media", Must),
    ("GET", "/api/v1/media/:id", Must),
    ("DELETE", "/api/v1/media/:id", Should),
    ("PUT", "/api/v1/media/:id", Must),
    ("POST", "/api/v1/media", Must),
    ("GET", "/api/v1/mutes", Must),
    ("GET", "/api/v1/notifications", Must),
    ("GET", "/api/v1/notifications/:id", Must),
    ("POST", "/api/v1/notifications/clear", Must),
    ("POST", "/api/v1/notifications/:id/dismiss", Should),
    ("POST", "/api/v1/notifications/dismiss", Missing),
    ("GET", "/api/v1/notifications/unread_count", Should),
    ("GET", "/api/v2/notifications/policy", Must),
    ("PATCH", "/api/v2/notifications/policy", Must),
    ("GET", "/api/v1/notifications/requests", Must),
    ("GET", "/api/v1/notifications/requests/:id", Should),
    ("POST", "/api/v1/notifications/requests/:id/accept", Must),
    ("POST", "/api/v1/notifications/requests/:id/dismiss", Must),
    ("POST", "/api/v1/notifications/requests/accept", Must),
    ("POST", "/api/v1/notifications/requests/dismiss", Must),
    ("GET", "/api/v1/notifications/requests/merged", Should),
    ("GET", "/api/v1/notifications/policy", Must),
    ("PUT", "/api/v1/notifications/policy", Must),
    ("DELETE", "/api/v1/notifications/:id", Missing),
    ("DELETE", "/api/v1/notifications/destroy_multiple", Missing),
    ("GET", "/api/v2_alpha/notifications", Missing),
    ("GET", "/api/v2_alpha/notifications/:group_key", Missing),
    ("POST", "/api/v2_alpha/notifications/:group_key/dismiss", Missing),
    ("GET", "/api/v2_alpha/notifications/unread_count", Missing),
    ("GET", "/oauth/authorize", Must),
    ("POST", "/oauth/token", Must),
    ("POST", "/oauth/revoke", Must),
    ("GET", "/oauth/userinfo", Should),
    ("GET", "/.well-known/oauth-authorization-server", Must),
    ("POST", "/oauth/authorize", Must),
    ("GET", "/oauth/authorize/native", Must),
    ("POST", "/oauth/userinfo", Should),
    ("GET", "/api/oembed", Should),
    ("GET", "/api/v1/polls/:id", Must),
    ("POST", "/api/v1/polls/:id/votes", Must),
    ("GET", "/api/v1/preferences", Must),
    ("GET", "/api/v1/profile", Should),
    ("PATCH", "/api/v1/profile", Should),
    ("DELETE", "/api/v1/profile/avatar", Must),
    ("DELETE", "/api/v1/profile/header", Must),
    ("GET", "/api/proofs", Missing),
    ("POST", "/api/v1/push/subscription", Must),
    ("GET", "/api/v1/push/subscription", Must),
    ("PUT", "/api/v1/push/subscription", Must),
    ("DELETE", "/api/v1/push/subscription", Must),
    ("POST", "/api/v1/reports", Should),
    ("GET", "/api/v1/scheduled_statuses", Must),
    ("GET", "/api/v1/scheduled_statuses/:id", Should),
    ("PUT", "/api/v1/scheduled_statuses/:id", Must),
    ("DELETE", "/api/v1/scheduled_statuses/:id", Must),
    ("GET", "/api/v2/search", Must),
    ("GET", "/api/v1/search", Should),
    ("POST", "/api/v1/statuses", Must),
    ("GET", "/api/v1/statuses/:id", Must),
    ("GET", "/api/v1/statuses", Should),
    ("DELETE", "/api/v1/statuses/:id", Must),
    ("GET", "/api/v1/statuses/:id/context", Must),
    ("POST", "/api/v1/statuses/:id/translate", Missing),
    ("GET", "/api/v1/statuses/:id/reblogged_by", Must),
    ("GET", "/api/v1/statuses/:id/quotes", Must),
    ("GET", "/api/v1/statuses/:id/favourited_by", Must),
    ("POST", "/api/v1/statuses/:id/favourite", Must),
    ("POST", "/api/v1/statuses/:id/unfavourite", Must),
    ("POST", "/api/v1/statuses/:id/reblog", Must),
    ("POST", "/api/v1/statuses/:id/unreblog", Must),
    ("POST", "/api/v1/statuses/:id/bookmark", Must),
    ("POST", "/api/v1/statuses/:id/unbookmark", Must),
    ("POST", "/api/v1/statuses/:id/quotes/:quoting_status_id/revoke", Must),
    ("POST", "/api/v1/statuses/:id/mute", Must),
    ("POST", "/api/v1/statuses/:id/unmute", Must),
    ("POST", "/api/v1/statuses/:id/pin", Must),
    ("POST", "/api/v1/statuses/:id/unpin", Must),
    ("PUT", "/api/v1/statuses/:id", Must),
    ("PUT", "/api/v1/statuses/:id/interaction_policy", Must),
    ("GET", "/api/v1/statuses/:id/history", Must),
    ("GET", "/api/v1/statuses/:id/source", Must),
    ("GET", "/api/v1/statuses/:id/card", Missing),
    ("GET", "/api/v1/streaming/health", Should),
    ("GET", "/api/v1/streaming/user", Should),
    ("GET", "/api/v1/streaming/user/notification", Should),
    ("GET", "/api/v1/streaming/public", Should),
    ("GET", "/api/v1/streaming/public/local", Should),
    ("GET", "/api/v1/streaming/public/remote", Should),
    ("GET", "/api/v1/streaming/hashtag", Should),
    ("GET", "/api/v1/streaming/hashtag/local", Should),
    ("GET", "/api/v1/streaming/list", Should),
    ("GET", "/api/v1/streaming/direct", Should),
    ("GET", "/api/v1/streaming", Must),
    ("GET", "/api/v1/streaming/public/media", Should),
    ("GET", "/api/v1/streaming/public/local/media", Should),
    ("GET", "/api/v1/streaming/public/remote/media", Should),
    ("GET", "/api/v2/suggestions", Is("[]")),
    ("DELETE", "/api/v1/suggestions/:account_id", Is("{}")),
    ("GET", "/api/v1/suggestions", Is("[]")),
    ("GET", "/api/v1/tags/:name", Must),
    ("POST", "/api/v1/tags/:name/follow", Must),
    ("POST", "/api/v1/tags/:name/unfollow", Must),
    ("POST", "/api/v1/tags/:id/feature", Should),
    ("POST", "/api/v1/tags/:id/unfeature", Should),
    ("GET", "/api/v1/timelines/public", Must),
    ("GET", "/api/v1/timelines/tag/:hashtag", Must),
    ("GET", "/api/v1/timelines/home", Must),
    ("GET", "/api/v1/timelines/link", Is("[]")),
    ("GET", "/api/v1/timelines/list/:list_id", Must),
    ("GET", "/api/v1/timelines/direct", Should),
    ("GET", "/api/v1/trends/tags", Is("[]")),
    ("GET", "/api/v1/trends/statuses", Is("[]")),
    ("GET", "/api/v1/trends/links", Is("[]")),
    ("GET", "/api/v1/trends", Is("[]")),
];

/// `/a/:x/b` and `/a/{y}/b` are the same path.
fn shape(path: &str) -> String {
    let part = |part: &str| if part.starts_with([':', '{']) { "*".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The path with a number, or a name, in the place of each parameter.
fn filled(path: &str, id: &str) -> String {
    path.split('/').map(|p| if p.starts_with(':') { id } else { p }).collect::<Vec<_>>().join("/")
}

fn tables() -> Vec<&'static [Route<App>]> {
    [api::ROUTES, federation::ROUTES, web::ROUTES].into_iter().flatten().copied().collect()
}

/// A request of the owner's app; whatever writes brings an empty form.
fn call(taure: &Taure, method: &str, path: &str) -> Answer {
    taure.call(method, path, (method != "GET").then(|| json!({})))
}

/// The other spelling of the same thing (pitfall 14).
fn twin(method: &str) -> Option<&'static str> {
    match method {
        "PUT" => Some("PATCH"),
        "PATCH" => Some("PUT"),
        _ => None,
    }
}

#[test]
fn every_row_that_an_app_needs_is_one_of_ours() {
    let router = Router::new(&tables()).unwrap();
    let ours: HashSet<(&str, String)> =
        router.rows().map(|row| (row.method.as_str(), shape(row.path))).collect();
    let mut walked = 0;
    for (method, path, right) in ROWS.iter().filter(|(.., right)| matches!(right, Must | Should)) {
        for method in [Some(*method), twin(method)].into_iter().flatten() {
            assert!(ours.contains(&(method, shape(path))), "{right:?}: {method} {path} is missing");
            // And nothing else stands before it.
            let found = router.find(Method::parse(method).unwrap(), &filled(path, "1"), false).unwrap();
            assert_eq!(shape(found.route.path), shape(path));
        }
        walked += 1;
    }
    assert_eq!(walked, 198);
    assert_eq!(ROWS.len(), 244);
}

#[test]
fn pitfall_14_put_and_patch_are_one_route_everywhere() {
    let rows: HashSet<(Method, &str)> =
        api::ROUTES.iter().copied().flatten().map(|row| (row.method, row.path)).collect();
    let mut walked = 0;
    for (method, path) in &rows {
        let Some(twin) = twin(method.as_str()) else { continue };
        assert!(rows.contains(&(Method::parse(twin).unwrap(), path)), "{twin} {path} is missing");
        walked += 1;
    }
    assert!(walked > 20, "only {walked} rows were walked");
}

#[test]
fn no_row_that_an_app_needs_fails_or_is_unknown() {
    let taure = Taure::new();
    let unknown = taure.get("/api/v1/nowhere").json;
    for (method, path, right) in ROWS.iter().filter(|(.., right)| matches!(right, Must | Should)) {
        if path.starts_with("/api/v1/streaming") {
            continue; // these never end; below
        }
        for id in ["1", "x"] {
            let answer = call(&taure, method, &filled(path, id));
            assert!(answer.status < 500 && answer.status != 405, "{method} {path}: {}", answer.text);
            assert_ne!(answer.json, unknown, "{right:?}: {method} {path}");
            // Apps read the words of every refusal (pitfall 21); the pages and documents have their own.
            if answer.status >= 400 && path.starts_with("/api/") {
                assert!(answer.json["error"].is_string(), "{method} {path}: {}", answer.text);
            }
        }
    }
    taure.settles();
}

/// A stream answers whoever has no token before it begins, so that the row can be seen without waiting.
#[test]
fn every_stream_asks_for_a_token_and_the_socket_for_an_upgrade() {
    let taure = Taure::new();
    for (method, path, _) in ROWS.iter().filter(|(_, path, _)| path.starts_with("/api/v1/streaming/")) {
        let answer = request(method, &format!("{}{path}", taure.base), &[], None);
        let right = if path.ends_with("/health") { 200 } else { 401 };
        assert_eq!(answer.status, right, "{path}: {}", answer.text);
    }
    assert_eq!(taure.get("/api/v1/streaming").status, 404);
}

#[test]
fn what_a_server_for_one_has_none_of_is_honestly_empty() {
    let taure = Taure::new();
    let mut walked = 0;
    for (method, path, right) in ROWS {
        let answer = |id: &str| call(&taure, method, &filled(path, id));
        match right {
            Must | Should | Missing | Refused => continue,
            Is(text) => {
                let me = taure.get("/api/v1/accounts/verify_credentials").ok();
                let id = if path.contains("/annual_reports/") { "2020" } else { me["id"].as_str().unwrap() };
                let expected: Value = serde_json::from_str(text).unwrap();
                let answer = answer(id);
                assert_eq!((answer.status, answer.json), (200, expected), "{method} {path}");
            }
            List => {
                let list = answer("1").ok();
                assert!(list.as_array().is_some_and(|l| !l.is_empty()), "{method} {path}: {list}");
            }
            Nothing => {
                let answer = answer("1");
                assert_eq!((answer.status, answer.text.as_str()), (204, ""), "{method} {path}");
            }
        }
        walked += 1;
    }
    assert_eq!(walked, 25);
    // Each id that is asked for has its entry, though it is empty (pitfall 100).
    let familiar = taure.get("/api/v1/accounts/familiar_followers?id[]=5&id[]=6").ok();
    assert_eq!(familiar, json!([{"id": "5", "accounts": []}, {"id": "6", "accounts": []}]));
}

#[test]
fn what_a_server_for_one_does_not_do_says_so() {
    let taure = Taure::new();
    let (post, token) = (taure.posts("here"), format!("Bearer {}", taure.token));
    let mut walked = 0;
    for (method, path, right) in ROWS.iter().filter(|(.., right)| matches!(right, Missing | Refused)) {
        let id = if path.starts_with("/api/v1/statuses/") { post["id"].as_str().unwrap() } else { "1" };
        let headers = [("authorization", token.as_str()), ("accept", "application/json")];
        let body = (*method != "GET").then(|| json!({}));
        let answer = taure.send(method, &filled(path, id), &headers, body);
        let right = if *right == Refused { 403 } else { 404 };
        assert_eq!(answer.status, right, "{method} {path}: {}", answer.text);
        if right == 403 {
            assert_eq!(answer.json, json!({"error": "This action is not allowed"}), "{method} {path}");
        }
        assert!(answer.json["error"].is_string(), "{method} {path}: {}", answer.text);
        walked += 1;
    }
    assert_eq!(walked, 21);
    assert_eq!(taure.get("/api/v2/instance").ok()["registrations"]["enabled"], false);
}
