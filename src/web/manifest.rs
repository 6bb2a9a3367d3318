//! What makes the pages an app on a home screen, where other apps share into: <https://www.w3.org/TR/appmanifest/>,
//! <https://w3c.github.io/web-share-target/>

use super::assets::{FOR_A_DAY, INERT, address, unless_known};
use super::layout::{DARK, fingerprint};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::accounts;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[get("/manifest.webmanifest", show, Auth::Public)];

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
        "lang": "en",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": DARK,
        "background_color": DARK,
        // Not maskable: the sound of the horn reaches beyond the safe circle.
        "icons": [icon("icon-192.png", "192x192"), icon("icon-512.png", "512x512")],
        "shortcuts": [
            shortcut("Write", "/compose"), shortcut("Notifications", "/notifications"), shortcut("Search", "/search"),
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
    let res = res.with("cache-control", FOR_A_DAY).with("content-security-policy", INERT);
    Ok(unless_known(req, &etag, res))
}
