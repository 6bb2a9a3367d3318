//! NodeInfo: what this server is, for crawlers, relays, Lemmy and Misskey:
//! <https://github.com/jhass/nodeinfo/blob/main/PROTOCOL.md>, FEP-f1d5.

use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Account, Timestamp, time};
use crate::store::accounts;
use serde_json::{Value, json};

pub const ROUTES: &[Route<App>] = &[
    get("/.well-known/nodeinfo", links, Auth::Public),
    get("/nodeinfo/2.0", version_2_0, Auth::Public),
    get("/nodeinfo/2.1", version_2_1, Auth::Public),
];

const CACHED: &str = "public, max-age=1800";

/// The last link tells who signs our fetches (FEP-2677).
fn links(app: &App, _: &Req) -> Result<Res> {
    let me = &app.instance;
    let schema = |version: &str| {
        json!({
            "rel": format!("http://nodeinfo.diaspora.software/ns/schema/{version}"),
            "href": me.at(&format!("/nodeinfo/{version}")),
        })
    };
    let application =
        json!({"rel": "https://www.w3.org/ns/activitystreams#Application", "href": me.instance_actor()});
    let links = json!({"links": [schema("2.0"), schema("2.1"), application]});
    Ok(Res::json(&links)?.with("cache-control", CACHED))
}

fn version_2_0(app: &App, _: &Req) -> Result<Res> {
    answer(app, "2.0")
}

fn version_2_1(app: &App, _: &Req) -> Result<Res> {
    answer(app, "2.1")
}

fn answer(app: &App, version: &str) -> Result<Res> {
    let owner = app.store.read(accounts::owner)?;
    let info = info(version, &app.instance.domain, &owner, app.now());
    let content_type =
        format!("application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{version}#\"");
    Ok(Res::json_as(&content_type, &info)?.with("cache-control", CACHED))
}

fn info(version: &str, domain: &str, owner: &Account, now: Timestamp) -> Value {
    let active =
        |days: i64| i64::from(owner.last_status_at.is_some_and(|at| at >= now.plus(-days * time::DAY)));
    json!({
        "version": version,
        "software": {"name": "taure", "version": env!("CARGO_PKG_VERSION")},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": false,
        "usage": {
            "users": {"total": 1, "activeMonth": active(30), "activeHalfyear": active(180)},
            "localPosts": owner.counts.statuses.max(0),
        },
        "metadata": {"nodeName": domain},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_is_active_for_as_long_as_the_schema_says() {
        let now = Timestamp(1_000 * time::DAY);
        let users = |days_ago: i64| {
            let last_status_at = Some(now.plus(-days_ago * time::DAY));
            let owner = Account { last_status_at, ..Account::default() };
            info("2.0", "a.test", &owner, now)["usage"]["users"].clone()
        };
        assert_eq!(users(1), json!({"total": 1, "activeMonth": 1, "activeHalfyear": 1}));
        assert_eq!(users(31), json!({"total": 1, "activeMonth": 0, "activeHalfyear": 1}));
        assert_eq!(users(181), json!({"total": 1, "activeMonth": 0, "activeHalfyear": 0}));
    }
}
