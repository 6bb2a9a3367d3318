//! What the doctor's requests to our own address are answered (`ops::doctor`): how they arrived. Whoever has no ticket of ours
//! hears that there is nothing.

use super::signature;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Body, Req, Res, Route};
use crate::ops::doctor;
use serde_json::{Map, Value, json};

pub const ROUTES: &[Route<App>] = &[
    get("/.well-known/taure-doctor/{ticket}", echo, Auth::Signed),
    post("/.well-known/taure-doctor/{ticket}", echo, Auth::Signed),
    get("/.well-known/taure-doctor/{ticket}/events", events, Auth::Signed),
    get("/.well-known/taure-doctor/{ticket}/socket", socket, Auth::Signed),
];

/// Headers that are told; one that came twice is told as it would be read.
const TOLD: [&str; 9] = [
    "host",
    "date",
    "digest",
    "content-digest",
    "content-type",
    "signature",
    "signature-input",
    "x-forwarded-for",
    "x-forwarded-proto",
];

fn echo(app: &App, req: &Req) -> Result<Res> {
    let ticket = req.param("ticket");
    doctor::admit(app, ticket)?;
    let told = TOLD.iter().filter_map(|name| Some(((*name).to_owned(), json!(req.header(name)?))));
    let key = app.keys.signing().owner.key.public();
    let verified = match signature::read(app, req).and_then(|signature| signature.verify(&key)) {
        Ok(()) => json!(true),
        Err(e) => json!(e.public),
    };
    let mut seen = Map::new();
    seen.insert("headers".to_owned(), Value::Object(told.collect()));
    seen.insert("client".to_owned(), json!(req.client.to_string()));
    seen.insert("received".to_owned(), json!(req.body.len()));
    seen.insert("verified".to_owned(), verified);
    Ok(Res::json(&doctor::answer(app, ticket, seen)?)?.with("cache-control", "no-store"))
}

/// Two events with some seconds between.
fn events(app: &App, req: &Req) -> Result<Res> {
    doctor::admit(app, req.param("ticket"))?;
    // As the streams of apps are sent, so that what is true of these is true of those.
    let mut res = Res::new(200, "text/event-stream", "")
        .with("cache-control", "private, no-store")
        .with("x-accel-buffering", "no")
        .with("connection", "close");
    res.body = Body::Probe;
    Ok(res)
}

/// A WebSocket that ends as it begins.
fn socket(app: &App, req: &Req) -> Result<Res> {
    doctor::admit(app, req.param("ticket"))?;
    if !req.header("upgrade").is_some_and(|to| to.eq_ignore_ascii_case("websocket")) {
        return Err(Error::bad_request("The WebSocket handshake is not complete"));
    }
    let mut res = Res::new(101, "text/plain", "");
    res.body = Body::Probe;
    Ok(res)
}
