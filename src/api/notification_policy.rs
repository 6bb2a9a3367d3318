//! What becomes of notifications from strangers, in the shape of today and in that of 4.3's beta, which
//! Mastodon for Android still speaks: <https://docs.joinmastodon.org/methods/notifications/#get-policy>

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, patch, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{NotificationPolicy, Treatment};
use crate::ops::notify;
use crate::store::{instance, notification_requests as requests};
use serde_json::{Map, Value, json};

const READ: Auth = Auth::Scope("read:notifications");
const WRITE: Auth = Auth::Scope("write:notifications");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/notifications/policy", show, READ),
    // PUT is the same route upstream; Phanpy and Ice Cubes send it (pitfall 14).
    patch("/api/v2/notifications/policy", save, WRITE),
    put("/api/v2/notifications/policy", save, WRITE),
    get("/api/v1/notifications/policy", show_flags, READ),
    patch("/api/v1/notifications/policy", save_flags, WRITE),
    put("/api/v1/notifications/policy", save_flags, WRITE),
];

/// The rules that had a switch.
const FLAGS: [&str; 5] = ["not_following", "not_followers", "new_accounts", "private_mentions", "bots"];

fn show(app: &App, _: &Req) -> Result<Res> {
    written(app, &NotificationPolicy::RULES, "for", |treatment| json!(treatment.as_str()))
}

fn show_flags(app: &App, _: &Req) -> Result<Res> {
    written(app, &FLAGS, "filter", |treatment| json!(treatment != Treatment::Accept))
}

fn written(app: &App, rules: &[&str], prefix: &str, write: fn(Treatment) -> Value) -> Result<Res> {
    let (mut policy, (waiting, held)) =
        app.store.read(|c| Ok((instance::settings(c)?.notifications, requests::summary(c)?)))?;
    let mut entity: Map<String, Value> = rules
        .iter()
        .filter_map(|name| Some((format!("{prefix}_{name}"), write(*policy.rule(name)?))))
        .collect();
    let summary = json!({"pending_requests_count": waiting, "pending_notifications_count": held});
    entity.insert("summary".into(), summary);
    Res::json(&entity)
}

/// What is not given stays.
///
/// Errors: `Invalid` for another word than accept, filter or drop.
fn save(app: &App, req: &Req) -> Result<Res> {
    change(app, req, &NotificationPolicy::RULES, "for", |value| {
        value.as_str().and_then(Treatment::parse).ok_or(())
    })?;
    show(app, req)
}

fn save_flags(app: &App, req: &Req) -> Result<Res> {
    change(app, req, &FLAGS, "filter", |value| {
        let on = crate::http::lenient::flag(value).ok().flatten().ok_or(())?;
        Ok(if on { Treatment::Filter } else { Treatment::Accept })
    })?;
    show_flags(app, req)
}

fn change(
    app: &App,
    req: &Req,
    rules: &[&'static str],
    prefix: &str,
    read: fn(&Value) -> Result<Treatment, ()>,
) -> Result<()> {
    let params = req.params()?;
    let mut given = Vec::new();
    for name in rules {
        let key = format!("{prefix}_{name}");
        if let Some(value) = params.get(&key) {
            let treatment = read(value).map_err(|()| {
                Error::invalid(format!("Validation failed: {key} is not included in the list"))
            })?;
            given.push((*name, treatment));
        }
    }
    notify::set_policy(app, |policy| {
        for (name, treatment) in given {
            if let Some(rule) = policy.rule(name) {
                *rule = treatment;
            }
        }
    })?;
    Ok(())
}
