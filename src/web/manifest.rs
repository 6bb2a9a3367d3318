//! What makes the pages an app on a home screen, where other apps share into: <https://www.w3.org/TR/appmanifest/>,
//! <https://w3c.github.io/web-share-target/>; and what it does without a network: <https://www.w3.org/TR/service-workers/>

use super::assets::{self, FOR_A_DAY, INERT, address, unless_known};
use super::layout::{self, DARK, fingerprint};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::accounts;
use crate::words::{say, spoken};
use maud::html;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    get("/manifest.webmanifest", show, Auth::Public),
    get("/sw.js", worker, Auth::Public),
    get("/offline", offline, Auth::Public),
];

/// What the worker keeps for days without a network. None of it is anybody's own.
const KEPT: &[&str] = &["style.css", "taure.js", "icon.svg", "icon-192.png"];

/// Letters that have room below an icon.
const SHORT: usize = 12;

fn show(app: &App, req: &Req) -> Result<Res> {
    let me = app.store.read(accounts::owner)?;
    let name = match me.display_name.trim() {
        "" => &app.instance.domain,
        name => name,
    };
    let icon = |file: &str, sizes: &str| json!({"src": address(file), "sizes": sizes, "type": "image/png"});
    let shortcut = |name: &str, url: &str| json!({"name": name, "url": url});
    let manifest = json!({
        "id": "/",
        "name": name,
        "short_name": if name.chars().count() <= SHORT { name } else { &me.username },
        "lang": spoken().code(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": DARK,
        "background_color": DARK,
        // Of the maskable one, launchers cut the edges off: there the horn is smaller.
        "icons": [
            icon("icon-192.png", "192x192"), icon("icon-512.png", "512x512"),
            {"src": address("icon-mask.png"), "sizes": "384x384", "type": "image/png", "purpose": "maskable"},
        ],
        "shortcuts": [
            shortcut(say("push-app-write"), "/compose"), shortcut(say("push-app-notifications"), "/notifications"),
            shortcut(say("push-app-search"), "/search"),
        ],
        "share_target": {
            "action": "/compose",
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    });
    let res = Res::json_as("application/manifest+json", &manifest)?;
    let etag = format!("W/\"{}\"", fingerprint(&res));
    let res = res.with("cache-control", FOR_A_DAY).with("vary", "Accept-Language");
    let res = res.with("content-security-policy", INERT);
    Ok(unless_known(req, &etag, res))
}

/// At the root, since a worker serves only what lies below it. Looked for again at each start of a browser.
fn worker(_: &App, req: &Req) -> Result<Res> {
    let kept: Vec<String> = KEPT.iter().map(|name| address(name)).collect();
    let script = format!("const FILES = {};\n{}", json!(kept), assets::text("sw.js"));
    let res = Res::new(200, "text/javascript; charset=utf-8", script);
    let etag = format!("W/\"{}\"", fingerprint(&res));
    let res = res
        .with("cache-control", "public, no-cache")
        .with("x-content-type-options", "nosniff")
        // A worker's own policy rules what it fetches.
        .with("content-security-policy", "default-src 'none'; connect-src 'self'");
    Ok(unless_known(req, &etag, res))
}

/// What stands where a page would, without a network: the same for everybody.
fn offline(app: &App, _: &Req) -> Result<Res> {
    let body = html! {
        p { (say("push-offline")) }
        p.hint { (say("push-offline-hint")) }
        // Shown at any address: an empty link leads to that one again.
        a.btn.primary href="" { (say("push-offline-again")) }
    };
    Ok(layout::door(app, say("push-offline-title"), body))
}
