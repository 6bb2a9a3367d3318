//! One notification to one app, through its push service: <https://www.rfc-editor.org/rfc/rfc8030#section-5>

use super::deliver::retry_after;
use super::{Next, backoff};
use crate::api::entities::push_message::{PushMessage, push_message, test_message};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::{DAY, HOUR};
use crate::model::*;
use crate::ops;
use crate::remote::{Answer, Request};
use crate::sig::webpush::{self, Encoding, Message, Recipient};
use crate::store::jobs::Waiting;
use crate::store::{accounts, instance, notifications, push, statuses};
use crate::words::{self, Language};
use rusqlite::Connection;
use url::Url;

/// How long a push service keeps a message for a device that is away, and how long we try; Mastodon's number.
const PATIENCE: i64 = 2 * DAY;
/// The longest that all apps of one push service wait because it was out of reach.
const LONGEST_REST: i64 = HOUR;
/// A subscription that has not taken a message for so long, and fails, is dead.
const DEAD: i64 = 30 * DAY;
/// Of a push service's answer no more is read.
const MAX_ANSWER: u64 = 16 * 1024;

/// Sends, writes down how it went, and says what becomes of the job and its lane.
///
/// Nothing is sent when the subscription or the notification is gone, or not wanted any more. Errors: our own.
pub fn run(app: &App, waiting: &Waiting, id: SubscriptionId, of: Option<NotificationId>) -> Result<Next> {
    let Some((to, text)) = app.store.read(|c| load(app, c, id, of))? else {
        return Ok(Next::Done);
    };
    if app.now() > waiting.created_at.plus(PATIENCE) {
        return given_up(app, &to);
    }
    // A test is the owner's own wish, and one request.
    if let Some(until) = to.rests_until.filter(|until| *until > app.now() && of.is_some()) {
        return Ok(Next::Retry(until));
    }
    let (Ok(url), Ok(keys)) = (Url::parse(&to.endpoint), Recipient::read(&to.p256dh, &to.auth)) else {
        return Err(Error::internal("a push subscription cannot be read"));
    };
    let text = serde_json::to_vec(&text).map_err(Error::internal)?;
    let encoding = if to.standard { Encoding::Aes128Gcm } else { Encoding::AesGcm };
    let contact = contact(&app.instance);
    let message = webpush::message(&keys, encoding, &text, &app.keys.vapid, &contact, &url, app.now())?;
    match post(app, &url, &message) {
        Ok(answer) => answered(app, &to, &answer),
        Err(e) => unreachable(app, &to, &e),
    }
}

/// The subscription, and what is to be told.
fn load(
    app: &App,
    c: &Connection,
    id: SubscriptionId,
    of: Option<NotificationId>,
) -> Result<Option<(PushSubscription, PushMessage)>> {
    let Some(to) = push::get(c, id)? else { return Ok(None) };
    // Without its token an app could not say whose account it is; it is as good as gone.
    let Some(token) = ops::push::token_of(app, &to) else { return Ok(None) };
    let settings = instance::settings(c)?;
    words::speak(settings.locale.as_deref().and_then(Language::of).unwrap_or_default());
    let locale = settings.default_language.or(settings.locale).unwrap_or_else(|| "en".to_owned());
    let Some(of) = of else {
        let text = test_message(&app.instance, token, &locale);
        return Ok(Some((to, text)));
    };
    let Some(told) = found(notifications::get(c, of))? else { return Ok(None) };
    let by = accounts::get(c, told.account_id)?;
    let status = match told.status_id {
        Some(id) => found(statuses::get(c, id))?,
        None => None,
    };
    if !ops::push::wants_push(&to, told.kind, &by, status.as_ref(), app.now()) {
        return Ok(None);
    }
    let text = push_message(&app.instance, token, &locale, &told, &by, status.as_ref());
    Ok(Some((to, text)))
}

/// What is not there is `None`.
pub(super) fn found<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.kind == crate::error::Kind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// Where the people of a push service may ask (RFC 8292, section 2.1): `mailto:` or `https:`, and Apple takes
/// nothing else.
fn contact(me: &Instance) -> String {
    if me.is_https() { me.at("/") } else { format!("mailto:{}@{}", me.username, me.domain) }
}

fn post(app: &App, url: &Url, message: &Message) -> Result<Answer> {
    let patience = (PATIENCE / 1_000).to_string();
    let mut headers = vec![("ttl", patience.as_str()), ("urgency", "normal")];
    headers.extend(message.headers.iter().map(|(name, value)| (*name, value.as_str())));
    let mut request = Request::post(url, "application/octet-stream", &message.body);
    request.headers = &headers;
    request.max_bytes = MAX_ANSWER;
    app.remote.send(&request)
}

fn answered(app: &App, to: &PushSubscription, answer: &Answer) -> Result<Next> {
    match answer.status {
        200..=299 => {
            app.store.write(|tx| push::delivered(tx, to.id))?;
            Ok(Next::Done)
        }
        408 | 429 => again(app, to, answer),
        // It ended there, or belongs to another key: no later message would be taken either (pitfall 93).
        status @ 400..=499 => {
            tracing::info!(endpoint = host(to), status, "a push subscription has ended");
            app.store.write(|tx| push::delete(tx, to.id))?;
            Ok(Next::Done)
        }
        _ => again(app, to, answer),
    }
}

/// This app waits, the others of its push service do not.
fn again(app: &App, to: &PushSubscription, answer: &Answer) -> Result<Next> {
    let asked = retry_after(answer, app.now()).unwrap_or(0).clamp(0, DAY);
    let until = app.now().plus(asked.max(backoff(to.failures)));
    let reason = format!("The push service answered {}", answer.status);
    app.store.write(|tx| push::failed(tx, to.id, &reason, until))?;
    Ok(Next::Retry(until))
}

/// Nobody there: all apps of this push service wait, and no other.
fn unreachable(app: &App, to: &PushSubscription, error: &Error) -> Result<Next> {
    tracing::info!(endpoint = host(to), error = %error, "a push service cannot be reached");
    let until = app.now().plus(backoff(to.failures).min(LONGEST_REST));
    app.store.write(|tx| push::failed(tx, to.id, &error.public, until))?;
    Ok(Next::Rest(until))
}

/// Two days are over: nobody wants to hear of it now. A subscription that takes nothing for a month goes.
fn given_up(app: &App, to: &PushSubscription) -> Result<Next> {
    let alive = to.delivered_at.unwrap_or(to.created_at);
    if to.failures > 0 && alive.plus(DEAD) < app.now() {
        tracing::info!(endpoint = host(to), "a push subscription is dead and goes");
        app.store.write(|tx| push::delete(tx, to.id))?;
    }
    Ok(Next::Done)
}

/// An endpoint's path is a secret; its host may stand in the log.
fn host(to: &PushSubscription) -> String {
    ops::deliver::host(&to.endpoint).unwrap_or_default()
}
