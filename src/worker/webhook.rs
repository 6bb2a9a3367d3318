//! What happened, to one webhook: a POST of JSON that is signed with its secret, as Mastodon's are.
//! <https://docs.joinmastodon.org/admin/webhooks/>

use super::{Next, backoff};
use crate::api::entities::notification::Notifications;
use crate::api::entities::status::Statuses;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::DAY;
use crate::model::*;
use crate::remote::Request;
use crate::store::jobs::Waiting;
use crate::store::{notifications, statuses, webhooks};
use ring::hmac;
use rusqlite::Connection;
use serde_json::{Value, json};
use url::Url;

/// After so long nobody wants to hear of it.
const PATIENCE: i64 = DAY;
/// Of the answer no more is read.
const MAX_ANSWER: u64 = 16 * 1024;

/// Sends it, and writes down how that went. Nothing is sent when the webhook or what it is about is gone.
///
/// Errors: our own.
pub fn run(app: &App, waiting: &Waiting, id: RowId, about: About) -> Result<Next> {
    let found = app.store.read(|c| Ok((webhooks::get(c, id)?, body(app, c, about)?)))?;
    let (Some(hook), Some(mut body)) = found else { return Ok(Next::Done) };
    if app.now() > waiting.created_at.plus(PATIENCE) {
        return Ok(Next::Done);
    }
    let url = Url::parse(&hook.url).map_err(Error::internal)?;
    body["created_at"] = json!(waiting.created_at.to_string());
    let bytes = serde_json::to_vec(&body).map_err(Error::internal)?;
    let signature = signature(&hook.secret, &bytes);
    let mut request = Request::post(&url, "application/json", &bytes);
    let headers = [("x-hub-signature", signature.as_str())];
    request.headers = &headers;
    request.max_bytes = MAX_ANSWER;
    // What is told may be private: it goes where the owner said, and nowhere else.
    request.follow = false;
    let at = app.now().plus(backoff(waiting.attempts));
    let (reason, next) = match app.remote.send(&request) {
        Ok(answer) if (200..300).contains(&answer.status) => {
            app.store.write(|tx| webhooks::told(tx, id))?;
            return Ok(Next::Done);
        }
        Ok(answer) => (format!("It answered {}", answer.status), Next::Retry(at)),
        // Nobody there: all that waits for this host does.
        Err(e) => (e.public, Next::Rest(at)),
    };
    app.store.write(|tx| webhooks::failed(tx, id, &reason))?;
    Ok(next)
}

/// `sha256=` and the HMAC of the body in hexadecimal, as GitHub and Mastodon write it.
fn signature(secret: &str, body: &[u8]) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), body);
    tag.as_ref().iter().fold("sha256=".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// `None`: what it is about is gone.
fn body(app: &App, c: &Connection, about: About) -> Result<Option<Value>> {
    let me = &app.instance;
    let (event, object) = match about {
        About::Test => ("test", json!({"url": me.origin})),
        About::Post(id) => {
            let found = statuses::many(c, &[id])?.into_values().collect();
            let list = Statuses::load(c, me, Viewer::Owner, found)?;
            let Some(status) = list.first() else { return Ok(None) };
            ("status.created", serde_json::to_value(status).map_err(Error::internal)?)
        }
        About::Notification(id) => {
            let Some(told) = super::push::found(notifications::get(c, id))? else { return Ok(None) };
            let list = Notifications::load(c, me, vec![told])?;
            let Some(told) = list.first() else { return Ok(None) };
            ("notification.created", serde_json::to_value(told).map_err(Error::internal)?)
        }
    };
    Ok(Some(json!({"event": event, "object": object})))
}
