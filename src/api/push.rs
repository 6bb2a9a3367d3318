//! Push subscriptions: <https://docs.joinmastodon.org/methods/push/>

use super::entities::web_push_subscription::web_push_subscription;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route, lenient};
use crate::model::{Access, PushSubscription, TokenId};
use crate::ops::push::{self, Asked, Wishes};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const PUSH: Auth = Auth::Scope("push");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/push/subscription", subscribe, PUSH),
    get("/api/v1/push/subscription", show, PUSH),
    put("/api/v1/push/subscription", change, PUSH),
    patch("/api/v1/push/subscription", change, PUSH),
    delete("/api/v1/push/subscription", unsubscribe, PUSH),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    subscription: Option<Subscription>,
    data: Option<Data>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Subscription {
    #[serde(deserialize_with = "lenient::text")]
    endpoint: Option<String>,
    keys: Keys,
    #[serde(deserialize_with = "lenient::flag")]
    standard: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Keys {
    #[serde(deserialize_with = "lenient::text")]
    p256dh: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    auth: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Data {
    alerts: Option<BTreeMap<String, Value>>,
    #[serde(deserialize_with = "lenient::text")]
    policy: Option<String>,
}

fn subscribe(app: &App, req: &Req) -> Result<Res> {
    let form: Form = req.form()?;
    let Some(given) = form.subscription else {
        return Err(Error::bad_request("param is missing or the value is empty: subscription"));
    };
    let asked = Asked {
        endpoint: given.endpoint.unwrap_or_default(),
        p256dh: given.keys.p256dh.unwrap_or_default(),
        auth: given.keys.auth.unwrap_or_default(),
        standard: given.standard.unwrap_or(false), // Ice Cubes never says, and means the drafts (pitfall 92)
        wishes: wishes(form.data),
    };
    answer(app, &push::subscribe(app, token(req)?, secret(req)?, &asked)?)
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let token = token(req)?;
    answer(app, &app.store.read(|c| push::of_token(c, token))?)
}

fn change(app: &App, req: &Req) -> Result<Res> {
    let form: Form = req.form()?;
    answer(app, &push::change(app, token(req)?, &wishes(form.data))?)
}

fn unsubscribe(app: &App, req: &Req) -> Result<Res> {
    push::unsubscribe(app, token(req)?)?;
    Ok(Res::empty())
}

fn answer(app: &App, of: &PushSubscription) -> Result<Res> {
    Res::json(&web_push_subscription(of, app.keys.vapid.public()))
}

fn wishes(data: Option<Data>) -> Wishes {
    let data = data.unwrap_or_default();
    let on = |value: Value| matches!(lenient::flag(value), Ok(Some(true)));
    let named = |alerts: BTreeMap<String, Value>| {
        alerts.into_iter().filter_map(|(name, value)| on(value).then_some(name)).collect()
    };
    Wishes { alerts: data.alerts.map(named), policy: data.policy }
}

/// The token whose subscription it is; the route's scope has let nobody else in.
fn token(req: &Req) -> Result<TokenId> {
    match req.access {
        Access::Token { token, .. } => Ok(token),
        _ => Err(Error::unauthorized()),
    }
}

/// The token itself, as it stands in the header that just opened this route.
fn secret(req: &Req) -> Result<&str> {
    let header = req.header("authorization").and_then(|header| header.split_once(' '));
    header.map(|(_, token)| token.trim()).ok_or_else(Error::unauthorized)
}
