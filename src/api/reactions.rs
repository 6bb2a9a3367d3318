//! Emoji reactions, which Mastodon does not have: glitch-soc's `react` and `unreact`, and Pleroma's
//! <https://docs-develop.pleroma.social/backend/development/API/pleroma_api/#emoji-reactions>.

use super::answer;
use super::entities::account::People;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{StatusId, Viewer};
use crate::ops::{posts, reactions as ops};
use crate::store::reactions;
use serde_json::{Value, json};

const WRITE: Auth = Auth::Scope("write:favourites");
const READ: Auth = Auth::Scope("read:statuses");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/statuses/{id}/react/{name}", give, WRITE),
    post("/api/v1/statuses/{id}/unreact/{name}", take_back, WRITE),
    get("/api/v1/pleroma/statuses/{id}/reactions", list, READ),
    get("/api/v1/pleroma/statuses/{id}/reactions/{name}", list, READ),
    put("/api/v1/pleroma/statuses/{id}/reactions/{name}", give, WRITE),
    patch("/api/v1/pleroma/statuses/{id}/reactions/{name}", give, WRITE),
    delete("/api/v1/pleroma/statuses/{id}/reactions/{name}", take_back, WRITE),
];

/// Who gave what, of one status: more are not listed.
const LISTED: i64 = 1_000;

fn give(app: &App, req: &Req) -> Result<Res> {
    answer::status(app, Viewer::Owner, ops::add(app, req.id("id")?, req.param("name"))?)
}

fn take_back(app: &App, req: &Req) -> Result<Res> {
    answer::status(app, Viewer::Owner, ops::remove(app, req.id("id")?, req.param("name"))?)
}

/// `[{name, count, me, url, accounts}]`, of one emoji where it is named.
fn list(app: &App, req: &Req) -> Result<Res> {
    let (id, wanted): (StatusId, _) = (req.id("id")?, req.param("name").trim_matches(':'));
    let me = &app.instance;
    let groups = app.store.read(|c| {
        let status = posts::original_of(c, id)?;
        let given = reactions::list(c, status.id, LISTED)?;
        let people = People::load(c, given.iter().map(|one| one.by))?;
        let mut groups: Vec<Value> = Vec::new();
        for one in given.iter().filter(|one| wanted.is_empty() || one.emoji.shortcode == wanted) {
            let Some(account) = people.entity(me, one.by) else { continue };
            let account = serde_json::to_value(account).map_err(Error::internal)?;
            let url =
                Some(one.emoji.url.as_str()).filter(|url| !url.is_empty()).map(|url| app.instance.shown(url));
            let same =
                |group: &&mut Value| group["name"] == *one.emoji.shortcode && group["url"] == json!(url);
            let mine = one.by == me.owner;
            match groups.iter_mut().find(same) {
                Some(group) => {
                    group["count"] = json!(group["count"].as_i64().unwrap_or(0) + 1);
                    group["me"] = json!(group["me"] == true || mine);
                    if let Some(accounts) = group["accounts"].as_array_mut() {
                        accounts.push(account);
                    }
                }
                None => groups.push(json!({
                    "name": one.emoji.shortcode, "count": 1, "me": mine, "url": url, "accounts": [account],
                })),
            }
        }
        Ok(groups)
    })?;
    Res::json(&groups)
}
