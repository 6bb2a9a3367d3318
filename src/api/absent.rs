//! What apps ask for and this server does not have: an empty list where that is the whole truth, 404
//! where the thing itself is missing. Nothing that writes pretends to have written.

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{delete, get, post, put};
use crate::http::{Auth, Req, Res, Route};
use serde_json::json;

const ACCOUNTS: Auth = Auth::Scope("read:accounts");
const FILTERS: Auth = Auth::Scope("read:filters");
const STATUSES: Auth = Auth::Scope("read:statuses");
const NOTIFICATIONS: Auth = Auth::Scope("read:notifications");
const PUSH: Auth = Auth::Scope("push");

pub const ROUTES: &[Route<App>] = &[
    // Filters.
    get("/api/v1/filters", empty, FILTERS),
    get("/api/v2/filters", empty, FILTERS),
    get("/api/v2/filters/{id}", not_found, FILTERS),
    get("/api/v1/filters/{id}", not_found, FILTERS),
    post("/api/v1/filters", not_built, Auth::Scope("write:filters")),
    post("/api/v2/filters", not_built, Auth::Scope("write:filters")),
    // Domain blocks.
    post("/api/v1/domain_blocks", not_built, Auth::Scope("write:blocks")),
    delete("/api/v1/domain_blocks", not_built, Auth::Scope("write:blocks")),
    // Scheduled statuses.
    get("/api/v1/scheduled_statuses", empty, STATUSES),
    get("/api/v1/scheduled_statuses/{id}", not_found, STATUSES),
    put("/api/v1/scheduled_statuses/{id}", not_found, Auth::Scope("write:statuses")),
    delete("/api/v1/scheduled_statuses/{id}", not_found, Auth::Scope("write:statuses")),
    // Polls.
    get("/api/v1/polls/{id}", not_found, Auth::Public),
    post("/api/v1/polls/{id}/votes", not_found, Auth::Scope("write:statuses")),
    // Requests of notifications.
    get("/api/v1/notifications/requests", empty, NOTIFICATIONS),
    get("/api/v1/notifications/requests/merged", merged, NOTIFICATIONS),
    get("/api/v1/notifications/requests/{id}", not_found, NOTIFICATIONS),
    // Reports.
    post("/api/v1/reports", not_built, Auth::Scope("write:reports")),
    // Push. Phanpy knows by the words "not found" that there is no subscription (pitfall 94), and apps end
    // theirs as they sign out.
    get("/api/v1/push/subscription", not_found, PUSH),
    post("/api/v1/push/subscription", not_built, PUSH),
    delete("/api/v1/push/subscription", nothing, PUSH),
    // Streaming: without an upgrade, and there is none yet (pitfall 84).
    get("/api/v1/streaming", not_found, Auth::Public),
    // Accounts: featured tags, collections, suggestions.
    get("/api/v1/featured_tags", empty, ACCOUNTS),
    get("/api/v1/featured_tags/suggestions", empty, ACCOUNTS),
    post("/api/v1/featured_tags", not_built, Auth::Scope("write:accounts")),
    get("/api/v1/accounts/{id}/collections", no_collections, Auth::Public),
    get("/api/v1/accounts/{id}/in_collections", no_collections, Auth::Public),
    get("/api/v1/suggestions", empty, Auth::Scope("read")),
    get("/api/v2/suggestions", empty, Auth::Scope("read")),
    delete("/api/v1/suggestions/{id}", nothing, Auth::Scope("read")),
    // The instance.
    get("/api/v1/custom_emojis", empty, Auth::Public),
    get("/api/v1/announcements", empty, Auth::App),
    get("/api/v1/instance/rules", empty, Auth::Public),
    get("/api/v1/instance/domain_blocks", empty, Auth::Public),
    get("/api/v1/instance/languages", empty, Auth::Public),
    get("/api/v1/peers/search", empty, Auth::Public),
    get("/api/v1/instance/terms_of_service", not_found, Auth::Public),
    get("/api/v1/instance/terms_of_service/{date}", not_found, Auth::Public),
    get("/api/v1/donation_campaigns", no_campaign, Auth::App),
    get("/api/v1/emails/check_confirmation", confirmed, ACCOUNTS),
    // Annual reports.
    get("/api/v1/annual_reports", no_reports, ACCOUNTS),
    get("/api/v1/annual_reports/{year}/state", ineligible, ACCOUNTS),
    get("/api/v1/annual_reports/{year}", not_found, ACCOUNTS),
    // Nobody signs up on a server for one (registrations.enabled is false).
    post("/api/v1/accounts", not_allowed, Auth::Public),
    post("/api/v1/emails/confirmations", not_allowed, Auth::App),
];

fn empty(_: &App, _: &Req) -> Result<Res> {
    Res::json(&json!([]))
}

fn nothing(_: &App, _: &Req) -> Result<Res> {
    Ok(Res::empty())
}

/// Requests that were accepted are in the list of notifications at once.
fn merged(_: &App, _: &Req) -> Result<Res> {
    Res::json(&json!({"merged": true}))
}

fn no_collections(_: &App, _: &Req) -> Result<Res> {
    Res::json(&json!({"collections": []}))
}

fn no_reports(_: &App, _: &Req) -> Result<Res> {
    Res::json(&json!({"annual_reports": [], "accounts": [], "statuses": []}))
}

fn ineligible(_: &App, _: &Req) -> Result<Res> {
    Res::json(&json!({"state": "ineligible"}))
}

/// The one empty answer without a body (pitfall 26).
fn no_campaign(_: &App, _: &Req) -> Result<Res> {
    Ok(Res::text(204, ""))
}

/// The owner has no address that waits for its confirmation.
fn confirmed(_: &App, _: &Req) -> Result<Res> {
    Res::json(&true)
}

fn not_found(_: &App, _: &Req) -> Result<Res> {
    Err(Error::not_found())
}

fn not_allowed(_: &App, _: &Req) -> Result<Res> {
    Err(Error::forbidden("This action is not allowed"))
}

fn not_built(_: &App, _: &Req) -> Result<Res> {
    Err(Error::invalid("This server does not support this yet"))
}
