//! Apps that want to be called: what they ask for, and which notification rings where.

use super::auth;
use super::deliver::host;
use super::silence::is_silenced;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::push::ALERTS;
use crate::model::*;
use crate::sig::seal;
use crate::sig::webpush::Recipient;
use crate::store::push::NewSubscription;
use crate::store::{Tx, jobs, oauth, push, secret};
use url::Url;

/// Bytes of an endpoint. Those in use have up to 600.
const ENDPOINT: usize = 2_048;

/// What an app sends, unread.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    pub standard: bool,
    pub wishes: Wishes,
}

/// What it wants to hear of. `None`: as it was, or nothing and everybody.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    pub alerts: Option<Vec<String>>,
    pub policy: Option<String>,
}

/// Keeps the subscription of a token in the place of its last one. `token` is the secret itself, which each
/// message tells the app.
///
/// Errors: `Invalid`, in Mastodon's form, for an endpoint that we would not call and for keys that are none.
pub fn subscribe(app: &App, token_id: TokenId, token: &str, asked: &Asked) -> Result<PushSubscription> {
    let endpoint = asked.endpoint.trim();
    if endpoint.is_empty() {
        return Err(Error::invalid("Validation failed: Endpoint can't be blank"));
    }
    let url = Url::parse(endpoint).ok().filter(|_| endpoint.len() <= ENDPOINT);
    if url.is_none_or(|url| app.remote.check_url(&url).is_err()) {
        return Err(Error::invalid("Validation failed: Endpoint is not a valid https URL"));
    }
    let recipient = Recipient::read(&asked.p256dh, &asked.auth)?;
    let new = NewSubscription {
        token_id,
        token: seal::seal(&app.keys.secret, &purpose(token_id), token)?,
        endpoint: endpoint.to_owned(),
        p256dh: recipient.p256dh(),
        auth: recipient.auth(),
        standard: asked.standard,
        alerts: known(asked.wishes.alerts.as_deref().unwrap_or_default()),
        policy: read_policy(asked.wishes.policy.as_deref())?.unwrap_or_default(),
    };
    app.store.write(|tx| {
        push::replace(tx, &new)?;
        of_token(tx, token_id)
    })
}

/// What the tokens of browsers are kept under.
const BROWSERS: &str = "Browsers";

/// Calls a browser of the owner's. Subscriptions belong to tokens, so its session gets one that opens nothing, that
/// nobody knows, and that goes with the session.
///
/// Errors: as [`subscribe`].
pub fn subscribe_browser(app: &App, session: SessionId, asked: &Asked) -> Result<PushSubscription> {
    let token = app.store.write(|tx| {
        if let Some(token) = oauth::token_of_session(tx, session)? {
            return Ok(token);
        }
        let (none, of) = (Scopes::default(), auth::local_app(tx, BROWSERS, &Scopes::default())?);
        let token = oauth::insert_token(tx, &secret::fresh()?, of.id, true, &none)?;
        oauth::bind_to_session(tx, token, session)?;
        Ok(token)
    })?;
    subscribe(app, token, "", asked)
}

/// The subscription of a browser, if there is one.
pub fn of_session(c: &rusqlite::Connection, session: SessionId) -> Result<Option<PushSubscription>> {
    match oauth::token_of_session(c, session)? {
        Some(token) => push::of_token(c, token),
        None => Ok(None),
    }
}

/// Changes what an app wants to hear of; alerts that are not named are off.
///
/// Errors: `NotFound` when the token has no subscription.
pub fn change(app: &App, token: TokenId, wishes: &Wishes) -> Result<PushSubscription> {
    let policy = read_policy(wishes.policy.as_deref())?;
    app.store.write(|tx| {
        let found = of_token(tx, token)?;
        let alerts = wishes.alerts.as_deref().map_or_else(|| found.alerts.clone(), known);
        push::set(tx, found.id, &alerts, policy.unwrap_or(found.policy))?;
        of_token(tx, token)
    })
}

/// The subscription of a token.
///
/// Errors: `NotFound`.
pub fn of_token(c: &rusqlite::Connection, token: TokenId) -> Result<PushSubscription> {
    push::of_token(c, token)?.ok_or_else(Error::not_found)
}

/// Ends it; that there was none is no error.
pub fn unsubscribe(app: &App, token: TokenId) -> Result<()> {
    app.store.write(|tx| push::delete_of_token(tx, token).map(drop))
}

/// The token that its messages carry. `None`: the instance's secret is another one now, a restored file say.
pub fn token_of(app: &App, of: &PushSubscription) -> Option<String> {
    seal::open(&app.keys.secret, &purpose(of.token_id), &of.token)
}

/// A sealed token opens only in the row of its own.
fn purpose(token: TokenId) -> String {
    format!("push {token}")
}

fn known(names: &[String]) -> Vec<String> {
    ALERTS.iter().filter(|a| names.iter().any(|n| n == *a)).map(|a| (*a).to_owned()).collect()
}

fn read_policy(text: Option<&str>) -> Result<Option<PushPolicy>> {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else { return Ok(None) };
    let policy = PushPolicy::parse(text);
    let wrong = || Error::invalid("Validation failed: Policy must be all, followed, follower or none");
    policy.map(Some).ok_or_else(wrong)
}

/// Queues a notification for each app that wants it, in the transaction that makes it.
pub fn enqueue(
    tx: &Tx,
    id: NotificationId,
    kind: NotificationKind,
    by: &Account,
    status: Option<&Status>,
) -> Result<()> {
    for of in push::list(tx)? {
        if wants_push(&of, kind, by, status, tx.now) {
            queue(tx, &of, Some(id))?;
        }
    }
    Ok(())
}

/// The one rule of what rings: asked when the notification is made, and again when it is sent.
///
/// Not what the app does not want, and nothing of somebody whom the owner has silenced meanwhile.
pub fn wants_push(
    of: &PushSubscription,
    kind: NotificationKind,
    by: &Account,
    status: Option<&Status>,
    now: Timestamp,
) -> bool {
    let relation = &by.relation;
    let from_them = match of.policy {
        PushPolicy::All => true,
        PushPolicy::Followed => by.is_owner() || relation.following == Follow::Yes,
        PushPolicy::Follower => by.is_owner() || relation.follower == Follow::Yes,
        PushPolicy::None => false,
    };
    from_them && !is_silenced(now, kind, by, status) && of.alerts.iter().any(|alert| alert == kind.as_str())
}

/// Sends the owner's apps, or the one, a word to see whether it arrives: now, even where others wait.
///
/// Errors: `NotFound` when there is no such subscription.
pub fn send_test(app: &App, only: Option<SubscriptionId>) -> Result<()> {
    app.store.write(|tx| {
        let chosen: Vec<_> =
            push::list(tx)?.into_iter().filter(|s| only.is_none_or(|id| s.id == id)).collect();
        if chosen.is_empty() && only.is_some() {
            return Err(Error::not_found());
        }
        for of in &chosen {
            if let Some(lane) = queue(tx, of, None)? {
                jobs::wake(tx, &lane)?;
            }
        }
        Ok(())
    })
}

/// Forgets a subscription: the owner does not want the app to be called.
///
/// Errors: `NotFound`.
pub fn remove(app: &App, id: SubscriptionId) -> Result<()> {
    app.store.write(|tx| if push::delete(tx, id)?.made() { Ok(()) } else { Err(Error::not_found()) })
}

/// Queues a message and says in which lane. A push service that has been out of reach for so long that its
/// lane is full gets no more: what waits is worth more than what a flood adds.
fn queue(tx: &Tx, of: &PushSubscription, notification: Option<NotificationId>) -> Result<Option<String>> {
    let Some(host) = host(&of.endpoint) else { return Ok(None) };
    let job = Job::Push { subscription: of.id, notification };
    let lane = job.lane(&host);
    if jobs::is_full(tx, &lane)? {
        return Ok(None);
    }
    jobs::push(tx, &host, &job)?;
    Ok(Some(lane))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscription(policy: PushPolicy) -> PushSubscription {
        PushSubscription {
            id: SubscriptionId(1),
            token_id: TokenId(1),
            token: String::new(),
            endpoint: String::new(),
            p256dh: String::new(),
            auth: String::new(),
            standard: true,
            alerts: known(&["mention".to_owned(), "fly".to_owned()]),
            policy,
            created_at: Timestamp(0),
            delivered_at: None,
            failed_at: None,
            failure: None,
            failures: 0,
            rests_until: None,
        }
    }

    fn stranger() -> Account {
        Account { domain: Some("b.test".to_owned()), ..Account::default() }
    }

    #[test]
    fn a_policy_decides_by_what_is_between_the_owner_and_them() {
        let mut followed = stranger();
        followed.relation.following = Follow::Yes;
        let mut follower = stranger();
        follower.relation.follower = Follow::Yes;
        let mut asking = stranger();
        asking.relation.follower = Follow::Requested;
        let wants = |policy, by: &Account| {
            wants_push(&subscription(policy), NotificationKind::Mention, by, None, Timestamp(5))
        };
        let answers = |policy| [&followed, &follower, &asking, &stranger()].map(|by| wants(policy, by));
        assert_eq!(answers(PushPolicy::All), [true; 4]);
        assert_eq!(answers(PushPolicy::Followed), [true, false, false, false]);
        assert_eq!(answers(PushPolicy::Follower), [false, true, false, false]);
        assert_eq!(answers(PushPolicy::None), [false; 4]);
    }

    #[test]
    fn an_alert_that_is_off_and_somebody_who_is_silenced_do_not_ring() {
        let all = subscription(PushPolicy::All);
        let wants =
            |kind, by: &Account, status: Option<&Status>| wants_push(&all, kind, by, status, Timestamp(5));
        assert!(!wants(NotificationKind::Follow, &stranger(), None));
        let mut muted = stranger();
        muted.relation.muting_row = Some(RowId(1));
        assert!(wants(NotificationKind::Mention, &muted, None)); // their posts are muted, not their calls
        muted.relation.muting_notifications = true;
        assert!(!wants(NotificationKind::Mention, &muted, None));
        muted.relation.muting_until = Some(Timestamp(4));
        assert!(wants(NotificationKind::Mention, &muted, None));
        let mut blocked = stranger();
        blocked.relation.blocking_row = Some(RowId(1));
        assert!(!wants(NotificationKind::Mention, &blocked, None));
        let mut thread = Status::default();
        thread.viewer.muted = true;
        assert!(!wants(NotificationKind::Mention, &stranger(), Some(&thread)));
    }
}
