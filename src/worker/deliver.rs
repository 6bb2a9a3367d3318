//! One activity to one inbox: signed afresh at each try, in the scheme that the host took last.
//!
//! draft-cavage first; after 400 or 401 once with RFC 9421 (or the other way round), and what worked is
//! remembered per host: <https://swicg.github.io/activitypub-http-signature/>. What the owner says carries a proof of its
//! own as well, so that it can be handed on: <https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md>.

use super::{Next, backoff};
use crate::app::clocks::Clocks;
use crate::app::{App, Signing};
use crate::error::{Error, Result};
use crate::model::time::{DAY, HOUR, MINUTE, SECOND};
use crate::model::{DeliveryId, Job, SignedBy, Timestamp};
use crate::ops::deliver::{host, is_farewell};
use crate::ops::domain_blocks::is_cut_off;
use crate::ops::followers_sync;
use crate::remote::{Answer, Client, Request};
use crate::sig::{self, Outgoing, Scheme, Signer, proof};
use crate::store::deliveries::{self, Delivery, Outcome};
use crate::store::jobs::{self, Waiting};
use crate::store::relations;
use url::Url;

const CONTENT_TYPE: &str = "application/activity+json";
/// What is older is dropped: nobody waits for it any more.
const PATIENCE: i64 = 7 * DAY;
/// Failed tries of one activity for which the others of its host wait.
const IN_ORDER: i64 = 3;
/// Followers behind one inbox that are looked up when it is gone.
const LOOKED_AFTER: i64 = 50;
/// Of an inbox's answer no more is read.
const MAX_ANSWER: u64 = 64 * 1024;

/// Delivers, writes the receipt, and says what becomes of the job and its lane.
///
/// Errors: our own; what the other server does wrong ends in the receipt.
pub fn run(app: &App, waiting: &Waiting, id: DeliveryId) -> Result<Next> {
    let Some(delivery) = app.store.read(|c| deliveries::get(c, id))? else {
        return Ok(Next::Done); // its activity was tidied away
    };
    if !delivery.waits {
        return Ok(Next::Done); // overtaken by something newer
    }
    let (Ok(url), Some(host)) = (Url::parse(&delivery.inbox), host(&delivery.inbox)) else {
        return failed(app, &delivery, None, "the inbox is no address");
    };
    if !is_farewell(&delivery.kind) && app.store.read(|c| is_cut_off(c, &delivery.inbox))? {
        return failed(app, &delivery, None, "you have blocked this server meanwhile");
    }
    if app.now() > waiting.created_at.plus(PATIENCE) {
        return failed(app, &delivery, None, "the server could not be reached for seven days");
    }
    if let Some(off) = app.clocks.off(app.now()) {
        return Ok(wrong_clock(app, off));
    }
    let known = app.store.read(|c| deliveries::host(c, &host))?;
    let first = if known.rfc9421 { Scheme::Rfc9421 } else { Scheme::Cavage };
    let mut scheme = first;
    let signing = app.keys.signing();
    let body = body(&signing, &delivery)?;
    let sync = if delivery.for_followers { Some(followers_sync::header(app, &host)?) } else { None };
    let letter = Letter { url: &url, body: &body, sync: sync.as_deref() };
    let knock = |signer: &Signer, scheme| post(&app.remote, signer, scheme, &letter, app.now());
    let signer = match delivery.signer {
        SignedBy::Owner => &signing.owner,
        SignedBy::Instance => &signing.instance,
        SignedBy::OldKey => signing.before.as_ref().unwrap_or(&signing.owner),
    };
    let mut answer = knock(signer, scheme);
    if is_refused(&answer) {
        let second = knock(signer, other(first));
        // A refusal in both schemes is judged by the first one.
        if !is_refused(&second) {
            (answer, scheme) = (second, other(first));
        } else if delivery.signer == SignedBy::OldKey {
            answer = knock(&signing.owner, first); // they have the new one already
        }
    }
    match answer {
        Ok(answer) => {
            hear_clock(app, &url, &host, &answer)?;
            answered(app, waiting, &delivery, &host, scheme, &answer)
        }
        Err(e) => unreachable(app, &delivery, &host, &e.to_string()),
    }
}

/// What an inbox says about the time. Of those that the owner follows nobody at, only that we are right.
fn hear_clock(app: &App, inbox: &Url, host: &str, answer: &Answer) -> Result<()> {
    let Some(theirs) = answer.headers.get("date").and_then(Timestamp::parse_http_date) else { return Ok(()) };
    let server = format!("{}://{host}/", inbox.scheme());
    if !Clocks::differ(theirs, app.now()) || app.store.read(|c| relations::is_followed_below(c, &server))? {
        app.clocks.note(host, theirs);
    }
    Ok(())
}

/// Whatever is signed now would be refused: nothing goes out until the clock is right.
fn wrong_clock(app: &App, off: i64) -> Next {
    if app.recent.take("wrong clock", app.now(), HOUR) {
        let (minutes, side) = (off.abs() / MINUTE, if off > 0 { "behind" } else { "ahead" });
        tracing::error!(
            "this machine's clock is {minutes} minutes {side}, as other servers see it: nothing is delivered until it is right"
        );
    }
    Next::Rest(app.now().plus(MINUTE))
}

/// It may be the scheme that they do not take, or the key.
fn is_refused(answer: &Result<Answer>) -> bool {
    answer.as_ref().is_ok_and(|a| matches!(a.status, 400 | 401))
}

fn other(scheme: Scheme) -> Scheme {
    match scheme {
        Scheme::Cavage => Scheme::Rfc9421,
        Scheme::Rfc9421 => Scheme::Cavage,
    }
}

/// What is sent. The proof is made at each try, so that it is of the key that is published now; otherwise it is the
/// same each time, and costs a tenth of what the signature of the request does.
fn body(signing: &Signing, delivery: &Delivery) -> Result<String> {
    if delivery.signer == SignedBy::Instance {
        return Ok(delivery.body.clone());
    }
    let mut activity = serde_json::from_str(&delivery.body).map_err(Error::internal)?;
    let Signer { key, key_id } = &signing.proofs;
    proof::secure(&mut activity, key, key_id, delivery.made_at)?;
    Ok(activity.to_string())
}

/// What goes to one inbox.
struct Letter<'a> {
    url: &'a Url,
    body: &'a str,
    /// Which followers there are at its host.
    sync: Option<&'a str>,
}

fn post(
    client: &Client,
    signer: &Signer,
    scheme: Scheme,
    letter: &Letter<'_>,
    now: Timestamp,
) -> Result<Answer> {
    let extra = letter.sync.map(|value| ("collection-synchronization", value));
    let sign = |method: &str, url: &Url, body: Option<&[u8]>| {
        let outgoing = Outgoing { method, url, content_type: Some(CONTENT_TYPE), body, extra };
        let headers = sig::sign(scheme, signer, &outgoing, now)?;
        Ok(headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let mut request = Request::post(letter.url, CONTENT_TYPE, letter.body.as_bytes());
    request.sign = Some(&sign);
    request.max_bytes = MAX_ANSWER;
    client.send(&request)
}

/// The host answered, so it lives; what it said decides about this one activity.
fn answered(
    app: &App,
    waiting: &Waiting,
    delivery: &Delivery,
    host: &str,
    scheme: Scheme,
    answer: &Answer,
) -> Result<Next> {
    let status = answer.status;
    match status {
        200..=299 => {
            app.store.write(|tx| {
                deliveries::record(tx, delivery.id, Outcome::Delivered, Some(status), None)?;
                deliveries::host_accepts(tx, host, scheme == Scheme::Rfc9421)
            })?;
            Ok(Next::Done)
        }
        // Their fetch of our key may have failed: 401 is worth some more tries.
        401 if waiting.attempts < 3 => again(app, waiting, delivery, answer),
        408 | 429 | 500..=599 if status != 501 => again(app, waiting, delivery, answer),
        404 | 410 => {
            look_after(app, &delivery.inbox)?;
            failed(app, delivery, Some(status), &format!("the server answered {status}"))
        }
        _ => failed(app, delivery, Some(status), &format!("the server answered {status}")),
    }
}

/// An inbox that is not there: those who had it are looked up again, at most once a day. Who is gone leaves, and who
/// has another inbox now is written to there.
fn look_after(app: &App, inbox: &str) -> Result<()> {
    if !app.recent.take(&format!("inbox {inbox}"), app.now(), DAY) {
        return Ok(());
    }
    app.store.write(|tx| {
        for uri in relations::followers_at(tx, inbox, LOOKED_AFTER)? {
            if let Some(host) = host(&uri) {
                jobs::push_if_room(tx, &host, &Job::RefreshAccount { uri })?;
            }
        }
        Ok(())
    })
}

fn again(app: &App, waiting: &Waiting, delivery: &Delivery, answer: &Answer) -> Result<Next> {
    let reason = format!("the server answered {}", answer.status);
    app.store.write(|tx| {
        deliveries::record(tx, delivery.id, Outcome::Waiting, Some(answer.status), Some(&reason))
    })?;
    let wait = retry_after(answer, app.now()).unwrap_or(0).clamp(0, DAY).max(backoff(waiting.attempts));
    let until = app.now().plus(wait);
    // At first the host is in trouble, and what comes behind waits, so that order holds. What fails for
    // longer has trouble of its own, and lets the others pass.
    Ok(if waiting.attempts < IN_ORDER { Next::Rest(until) } else { Next::Retry(until) })
}

/// `Retry-After`, in seconds or as a date: RFC 9110 section 10.2.3. In milliseconds from now.
pub fn retry_after(answer: &Answer, now: Timestamp) -> Option<i64> {
    let value = answer.headers.get("retry-after")?.trim();
    match value.parse::<i64>() {
        Ok(seconds) => Some(seconds.saturating_mul(SECOND)),
        Err(_) => Some(Timestamp::parse_http_date(value)?.0 - now.0),
    }
}

fn failed(app: &App, delivery: &Delivery, answer: Option<u16>, reason: &str) -> Result<Next> {
    tracing::info!(inbox = delivery.inbox, reason, "an activity was not delivered");
    app.store.write(|tx| deliveries::record(tx, delivery.id, Outcome::Failed, answer, Some(reason)))?;
    Ok(Next::Done)
}

/// Nobody there: all that goes to this host waits, longer each time.
fn unreachable(app: &App, delivery: &Delivery, host: &str, reason: &str) -> Result<Next> {
    let failures = app.store.write(|tx| {
        deliveries::record(tx, delivery.id, Outcome::Waiting, None, Some(reason))?;
        Ok(deliveries::host_failed(tx, host)?.failures)
    })?;
    tracing::info!(host, failures, reason, "a server cannot be reached");
    Ok(Next::Rest(app.now().plus(backoff(failures - 1))))
}
