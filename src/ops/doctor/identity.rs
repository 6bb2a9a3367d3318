//! Who others think that we are: WebFinger, host-meta, and the actor, read as they read them.

use super::{Finding, Patient, fault, fine, warning};
use crate::app::App;
use crate::error::{Error, Result};
use crate::remote::{Client, Request, webfinger as handles};
use serde_json::{Value, json};
use url::Url;

const ACTIVITY: &str = "application/activity+json";

/// A handle leads to the actor; where the domain is split, by way of the domain.
pub fn webfinger(of: &Patient) -> Vec<Finding> {
    let (Some(app), Ok(client)) = (of.app, of.client()) else { return Vec::new() };
    handle(client, app)
}

fn handle(client: &Client, app: &App) -> Vec<Finding> {
    let me = &app.instance;
    let split = me.domain != me.host;
    let found = handles::lookup(client, &me.username, &me.domain);
    let why = match found {
        Ok(found) if found.actor_url.as_str() == me.actor() => None,
        Ok(found) => Some(found.actor_url.to_string()),
        Err(e) => Some(e.public),
    };
    let args =
        json!({"domain": me.domain, "host": me.host, "origin": me.origin, "why": why, "handle": me.handle()});
    vec![match (why, split) {
        (Some(_), true) => fault("apex", "doctor-apex", "doctor-apex-fix", args),
        (Some(_), false) => fault("webfinger", "doctor-webfinger", "doctor-webfinger-fix", args),
        (None, _) if !has_host_meta(client, app) => {
            warning(if split { "apex" } else { "webfinger" }, "doctor-host-meta", "doctor-apex-fix", args)
        }
        (None, _) => fine("webfinger", "doctor-webfinger-fine", args),
    }]
}

fn has_host_meta(client: &Client, app: &App) -> bool {
    let domain = &app.instance.domain;
    let url = Url::parse(&format!("{}://{domain}/.well-known/host-meta", client.scheme_for(domain)));
    let answer = url.map_err(Error::internal).and_then(|url| client.send(&Request::get(&url))?.expect_ok());
    answer.is_ok_and(|a| String::from_utf8_lossy(&a.body).contains(&app.instance.origin))
}

/// The actor as other servers ask for it, after a browser asked for the page at the same address: a cache between may
/// give one for the other.
pub fn actor(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let me = &app.instance;
    let page = read(of, &format!("{}/@{}", me.origin, me.username), "text/html")
        .is_ok_and(|(kind, _)| kind == "text/html");
    let pasted = read(of, &format!("{}/@{}", me.origin, me.username), ACTIVITY);
    let document = read(of, &me.actor(), ACTIVITY);
    let args = |why: String| json!({"actor": me.actor(), "why": why});
    vec![match (document, pasted) {
        (Err(e), _) => fault("actor", "doctor-actor-none", "doctor-actor-fix", args(e.public)),
        (Ok((kind, _)), _) if kind != ACTIVITY => {
            fault("actor", "doctor-actor-kind", "doctor-actor-fix", args(kind))
        }
        (Ok((_, actor)), _) if actor["id"] != me.actor() || actor["publicKey"]["publicKeyPem"].is_null() => {
            fault("actor", "doctor-actor-other", "doctor-actor-fix", args(actor["id"].to_string()))
        }
        (Ok(_), Ok((kind, _))) if page && kind == "text/html" => {
            fault("actor", "doctor-actor-kind", "doctor-actor-fix", args(kind))
        }
        _ => fine("actor", "doctor-actor-fine", args(String::new())),
    }]
}

/// The media type, and the JSON if it is any.
fn read(of: &Patient, url: &str, accept: &str) -> Result<(String, Value)> {
    let url = Url::parse(url).map_err(Error::internal)?;
    let answer = of.client()?.send(&Request { accept: Some(accept), ..Request::get(&url) })?.expect_ok()?;
    Ok((answer.headers.media_type(), serde_json::from_slice(&answer.body).unwrap_or_default()))
}
