//! Push subscriptions: one a token, so there are few, and they may be read together.

use super::Tx;
use super::row::{Json, all, first};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

/// Subscriptions that are kept; the oldest go. Every notification is sent to each of them.
const MOST: i64 = 50;
/// Letters of a failure.
const REASON: usize = 200;

const ROW: &str =
    "SELECT s.id, s.token_id, s.token, s.endpoint, s.p256dh, s.auth, s.standard, s.alerts, s.policy,
                          s.created_at, s.delivered_at, s.failed_at, s.failure, s.failures, s.rests_until
                     FROM push_subscriptions s";

fn from_row(r: &Row<'_>) -> rusqlite::Result<PushSubscription> {
    let policy: String = r.get(8)?;
    Ok(PushSubscription {
        id: r.get(0)?,
        token_id: r.get(1)?,
        token: r.get(2)?,
        endpoint: r.get(3)?,
        p256dh: r.get(4)?,
        auth: r.get(5)?,
        standard: r.get(6)?,
        alerts: r.get::<_, Json<Vec<String>>>(7)?.0,
        policy: PushPolicy::parse(&policy).unwrap_or(PushPolicy::None),
        created_at: r.get(9)?,
        delivered_at: r.get(10)?,
        failed_at: r.get(11)?,
        failure: r.get(12)?,
        failures: r.get(13)?,
        rests_until: r.get(14)?,
    })
}

/// What an app asks for, read and checked.
#[derive(Debug, Clone)]
pub struct NewSubscription {
    pub token_id: TokenId,
    /// Sealed.
    pub token: String,
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    pub standard: bool,
    pub alerts: Vec<String>,
    pub policy: PushPolicy,
}

/// Keeps it in the place of the one that the token had. The id stays, so that what waits for the app goes to
/// its new address; another token with the same address is the same app before it signed in again, and would
/// ring twice.
pub fn replace(tx: &Tx, new: &NewSubscription) -> Result<()> {
    tx.run(
        "DELETE FROM push_subscriptions WHERE endpoint = ?1 AND token_id <> ?2",
        (&new.endpoint, new.token_id),
    )?;
    tx.run(
        "INSERT INTO push_subscriptions (token_id, token, endpoint, p256dh, auth, standard, alerts, policy, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (token_id) DO UPDATE SET
             token = ?2, endpoint = ?3, p256dh = ?4, auth = ?5, standard = ?6, alerts = ?7, policy = ?8,
             created_at = ?9, delivered_at = NULL, failed_at = NULL, failure = NULL, failures = 0, rests_until = NULL",
        (
            new.token_id,
            &new.token,
            &new.endpoint,
            &new.p256dh,
            &new.auth,
            new.standard,
            Json(&new.alerts),
            new.policy.as_str(),
            tx.now,
        ),
    )?;
    tx.run(
        "DELETE FROM push_subscriptions WHERE id IN (
             SELECT id FROM push_subscriptions WHERE token_id <> ?1 ORDER BY created_at DESC, id DESC
              LIMIT -1 OFFSET ?2)",
        (new.token_id, MOST - 1),
    )?;
    Ok(())
}

pub fn set(tx: &Tx, id: SubscriptionId, alerts: &[String], policy: PushPolicy) -> Result<()> {
    tx.run(
        "UPDATE push_subscriptions SET alerts = ?2, policy = ?3 WHERE id = ?1",
        (id, Json(alerts), policy.as_str()),
    )?;
    Ok(())
}

pub fn get(c: &Connection, id: SubscriptionId) -> Result<Option<PushSubscription>> {
    first(c, &format!("{ROW} WHERE s.id = ?1"), [id], from_row)
}

pub fn of_token(c: &Connection, token: TokenId) -> Result<Option<PushSubscription>> {
    first(c, &format!("{ROW} WHERE s.token_id = ?1"), [token], from_row)
}

/// All of them, the oldest first.
pub fn list(c: &Connection) -> Result<Vec<PushSubscription>> {
    all(c, &format!("{ROW} ORDER BY s.id"), [], from_row)
}

/// The name of the app that holds the token, or what the browser calls itself whose token it is.
pub fn app_name(c: &Connection, token: TokenId) -> Result<String> {
    let sql = "SELECT ifnull(s.user_agent, a.name) FROM tokens t JOIN apps a ON a.id = t.app_id
                 LEFT JOIN sessions s ON s.id = t.session_id WHERE t.id = ?1";
    Ok(first(c, sql, [token], |r| r.get(0))?.unwrap_or_default())
}

pub fn delete(tx: &Tx, id: SubscriptionId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM push_subscriptions WHERE id = ?1", [id])?))
}

pub fn delete_of_token(tx: &Tx, token: TokenId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM push_subscriptions WHERE token_id = ?1", [token])?))
}

/// The push service took a message.
pub fn delivered(tx: &Tx, id: SubscriptionId) -> Result<()> {
    tx.run(
        "UPDATE push_subscriptions SET delivered_at = ?2, failures = 0, rests_until = NULL WHERE id = ?1",
        (id, tx.now),
    )?;
    Ok(())
}

/// It did not, and gets nothing before `rests_until`.
pub fn failed(tx: &Tx, id: SubscriptionId, reason: &str, rests_until: Timestamp) -> Result<()> {
    let reason: String = reason.chars().take(REASON).collect();
    tx.run(
        "UPDATE push_subscriptions
            SET failed_at = ?2, failure = ?3, failures = failures + 1, rests_until = ?4 WHERE id = ?1",
        (id, tx.now, reason, rests_until),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;
    use crate::store::oauth::{ClientApp, insert_app, insert_token};

    fn new(token_id: TokenId, endpoint: &str) -> NewSubscription {
        NewSubscription {
            token_id,
            token: "sealed".to_owned(),
            endpoint: endpoint.to_owned(),
            p256dh: "p".to_owned(),
            auth: "a".to_owned(),
            standard: true,
            alerts: vec!["mention".to_owned()],
            policy: PushPolicy::All,
        }
    }

    fn token(tx: &Tx, name: &str) -> TokenId {
        let app = ClientApp {
            id: AppId::at(tx.now),
            client_id: name.to_owned(),
            client_secret: String::new(),
            name: name.to_owned(),
            website: None,
            redirect_uris: Vec::new(),
            scopes: Scopes::default(),
            created_at: tx.now,
        };
        insert_app(tx, &app).unwrap();
        insert_token(tx, name, app.id, true, &app.scopes).unwrap()
    }

    #[test]
    fn an_address_belongs_to_the_token_that_named_it_last() {
        let store = empty();
        store
            .write(|tx| {
                let (old, again) = (token(tx, "a"), token(tx, "b"));
                replace(tx, &new(old, "https://x.test/1"))?;
                replace(tx, &new(again, "https://x.test/1"))?;
                assert!(of_token(tx, old)?.is_none());
                assert_eq!(of_token(tx, again)?.map(|s| s.endpoint).as_deref(), Some("https://x.test/1"));
                assert_eq!(app_name(tx, again)?, "b");
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn there_are_never_more_than_fifty_and_the_newest_stay() {
        let store = empty();
        store
            .write(|tx| {
                let mut last = None;
                for n in 0..MOST + 3 {
                    let token = token(tx, &format!("app {n}"));
                    replace(tx, &new(token, &format!("https://x.test/{n}")))?;
                    last = Some(token);
                }
                let left = list(tx)?;
                assert_eq!(left.len() as i64, MOST);
                assert_eq!(left.last().map(|s| s.token_id), last);
                assert_eq!(left[0].endpoint, "https://x.test/3");
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn a_success_ends_a_row_of_failures() {
        let store = empty();
        store
            .write(|tx| {
                let token = token(tx, "a");
                replace(tx, &new(token, "https://x.test/1"))?;
                let id = of_token(tx, token)?.unwrap().id;
                failed(tx, id, &"long ".repeat(100), tx.now.plus(5))?;
                failed(tx, id, "answered 500", tx.now.plus(9))?;
                let row = get(tx, id)?.unwrap();
                assert_eq!((row.failures, row.rests_until), (2, Some(tx.now.plus(9))));
                delivered(tx, id)?;
                let row = get(tx, id)?.unwrap();
                assert_eq!((row.failures, row.rests_until, row.delivered_at), (0, None, Some(tx.now)));
                assert_eq!(row.failure.as_deref(), Some("answered 500"));
                Ok(())
            })
            .unwrap();
    }
}
