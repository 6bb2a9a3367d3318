//! The owner's browsers, and links that sign in once. Cookies and links stand here as their digest only.

use super::row::{all, first};
use super::{Tx, secret};
use crate::error::Result;
use crate::model::time::DAY;
use crate::model::*;
use rusqlite::Connection;

/// A session that was not used for so long has ended.
pub const IDLE: i64 = 90 * DAY;
/// Longer names of browsers are cut.
const USER_AGENT: usize = 300;
/// Ways in that are remembered.
pub const SIGN_INS: i64 = 20;

/// A browser that is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: SessionId,
    /// As the browser named itself, cut to 300 letters.
    pub user_agent: String,
    pub created_at: Timestamp,
    pub used_at: Timestamp,
}

/// The session of a cookie, with the CSRF token that its forms carry. `None`: unknown, ended, or left
/// alone too long.
pub fn access(c: &Connection, cookie: &str, now: Timestamp) -> Result<Option<Access>> {
    let sql = "SELECT id FROM sessions WHERE hash = ?1 AND used_at > ?2";
    first(c, sql, (secret::digest(cookie), now.plus(-IDLE)), |r| {
        Ok(Access::Session { session: r.get(0)?, csrf: csrf(cookie) })
    })
}

/// The CSRF token follows from the cookie, which no other site can read, and does not lead back to it.
fn csrf(cookie: &str) -> String {
    secret::digest(&format!("csrf:{cookie}"))
}

/// How the owner came in. A word of the table, which the page has a sentence for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Password,
    Code,
    Recovery,
    Passkey,
    Link,
}

impl How {
    pub const ALL: [How; 5] = [How::Password, How::Code, How::Recovery, How::Passkey, How::Link];

    pub fn as_str(self) -> &'static str {
        match self {
            How::Password => "password",
            How::Code => "code",
            How::Recovery => "recovery",
            How::Passkey => "passkey",
            How::Link => "link",
        }
    }
}

/// One way in, of the last [`SIGN_INS`].
#[derive(Debug, Clone)]
pub struct SignIn {
    pub how: How,
    pub user_agent: String,
    pub created_at: Timestamp,
}

/// Starts a session, notes how, and drops those that have ended.
pub fn insert(tx: &Tx, cookie: &str, user_agent: &str, how: How) -> Result<SessionId> {
    tx.run("DELETE FROM sessions WHERE used_at <= ?1", [tx.now.plus(-IDLE)])?;
    let id = SessionId::at(tx.now);
    let user_agent: String = user_agent.chars().take(USER_AGENT).collect();
    tx.run(
        "INSERT INTO sessions (id, hash, user_agent, created_at, used_at, confirmed_at)
         VALUES (?1, ?2, ?3, ?4, ?4, ?4)",
        (id, secret::digest(cookie), &user_agent, tx.now),
    )?;
    tx.run(
        "INSERT INTO sign_ins (how, user_agent, created_at) VALUES (?1, ?2, ?3)",
        (how.as_str(), user_agent, tx.now),
    )?;
    tx.run(
        "DELETE FROM sign_ins WHERE id <= (SELECT id FROM sign_ins ORDER BY id DESC LIMIT 1 OFFSET ?1)",
        [SIGN_INS],
    )?;
    Ok(id)
}

/// The last ways in, the newest first.
pub fn sign_ins(c: &Connection) -> Result<Vec<SignIn>> {
    let sql = "SELECT how, user_agent, created_at FROM sign_ins ORDER BY id DESC";
    all(c, sql, [], |r| {
        let how: String = r.get(0)?;
        let how = How::ALL.into_iter().find(|h| h.as_str() == how).unwrap_or(How::Password);
        Ok(SignIn { how, user_agent: r.get(1)?, created_at: r.get(2)? })
    })
}

/// When the owner last proved in this session who it is: by signing in, or by the password since.
pub fn confirmed_at(c: &Connection, id: SessionId) -> Result<Option<Timestamp>> {
    first(c, "SELECT confirmed_at FROM sessions WHERE id = ?1", [id], |r| r.get(0))
}

pub fn confirm(tx: &Tx, id: SessionId) -> Result<()> {
    tx.run("UPDATE sessions SET confirmed_at = ?2 WHERE id = ?1", (id, tx.now))?;
    Ok(())
}

/// Notes that a ticket has served, until it would have run out anyway. `Change::None`: it had served before.
pub fn spend(tx: &Tx, ticket: &str, expires_at: Timestamp) -> Result<Change> {
    tx.run("DELETE FROM spent_tickets WHERE expires_at <= ?1", [tx.now])?;
    let sql = "INSERT OR IGNORE INTO spent_tickets (hash, expires_at) VALUES (?1, ?2)";
    Ok(Change::of(tx.run(sql, (secret::digest(ticket), expires_at))?))
}

/// Those that have not ended, the last used first.
pub fn list(c: &Connection, now: Timestamp) -> Result<Vec<Session>> {
    let sql = "SELECT id, user_agent, created_at, used_at FROM sessions
                WHERE used_at > ?1 ORDER BY used_at DESC, id DESC";
    all(c, sql, [now.plus(-IDLE)], |r| {
        Ok(Session { id: r.get(0)?, user_agent: r.get(1)?, created_at: r.get(2)?, used_at: r.get(3)? })
    })
}

pub fn delete(tx: &Tx, id: SessionId) -> Result<Change> {
    tx.after_commit(Event::SessionsEnded);
    Ok(Change::of(tx.run("DELETE FROM sessions WHERE id = ?1", [id])?))
}

pub fn delete_others(tx: &Tx, kept: SessionId) -> Result<()> {
    tx.after_commit(Event::SessionsEnded);
    tx.run("DELETE FROM sessions WHERE id <> ?1", [kept])?;
    Ok(())
}

/// When the session was last noted as used.
pub fn used_at(c: &Connection, id: SessionId) -> Result<Option<Timestamp>> {
    first(c, "SELECT used_at FROM sessions WHERE id = ?1", [id], |r| r.get(0))
}

pub fn touch(tx: &Tx, id: SessionId) -> Result<()> {
    tx.run("UPDATE sessions SET used_at = ?2 WHERE id = ?1", (id, tx.now))?;
    Ok(())
}

/// Keeps a sign-in link by its digest, and drops those that ran out.
pub fn insert_link(tx: &Tx, link: &str, expires_at: Timestamp) -> Result<()> {
    tx.run("DELETE FROM login_links WHERE expires_at <= ?1", [tx.now])?;
    tx.run("INSERT INTO login_links (hash, expires_at) VALUES (?1, ?2)", (secret::digest(link), expires_at))?;
    Ok(())
}

/// Whether the link would still sign in.
pub fn link_is_good(c: &Connection, link: &str, now: Timestamp) -> Result<bool> {
    let sql = "SELECT 1 FROM login_links WHERE hash = ?1 AND expires_at > ?2";
    Ok(first(c, sql, (secret::digest(link), now), |_| Ok(()))?.is_some())
}

/// Uses a link up. `Change::None`: unknown, used before, or too old.
pub fn take_link(tx: &Tx, link: &str) -> Result<Change> {
    let sql = "DELETE FROM login_links WHERE hash = ?1 AND expires_at > ?2";
    Ok(Change::of(tx.run(sql, (secret::digest(link), tx.now))?))
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;

    #[test]
    fn a_session_lasts_until_it_is_ended_or_left_alone() {
        let store = empty();
        let id = store.write(|tx| insert(tx, "cookie", &"Firefox".repeat(100), How::Password)).unwrap();
        let found = |now| store.read(|c| access(c, "cookie", now)).unwrap();
        let now = store.now();
        assert!(
            matches!(found(now), Some(Access::Session { session, csrf }) if session == id && csrf.len() == 64)
        );
        assert!(found(now.plus(IDLE + DAY)).is_none());
        let listed = |now| store.read(|c| list(c, now)).unwrap();
        assert_eq!(listed(now)[0].user_agent.len(), USER_AGENT);
        assert!(listed(now.plus(IDLE + DAY)).is_empty());
        assert!(store.write(|tx| delete(tx, id)).unwrap().made());
        assert!(found(now).is_none());
    }

    #[test]
    fn the_last_twenty_ways_in_are_remembered_and_a_ticket_serves_once() {
        let store = empty();
        store
            .write(|tx| {
                for n in 0..SIGN_INS + 5 {
                    let how = if n % 2 == 0 { How::Link } else { How::Passkey };
                    insert(tx, &n.to_string(), &format!("browser {n}"), how)?;
                }
                let all = sign_ins(tx)?;
                assert_eq!(all.len() as i64, SIGN_INS);
                assert_eq!((all[0].user_agent.as_str(), all[0].how), ("browser 24", How::Link));
                assert!(spend(tx, "t", tx.now.plus(5))?.made());
                assert!(!spend(tx, "t", tx.now.plus(5))?.made());
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn a_link_signs_in_once_and_not_after_its_time() {
        let store = empty();
        store
            .write(|tx| {
                insert_link(tx, "good", tx.now.plus(1))?;
                insert_link(tx, "late", tx.now)?;
                assert!(link_is_good(tx, "good", tx.now)?);
                assert!(take_link(tx, "good")?.made());
                assert!(!take_link(tx, "good")?.made());
                assert!(!link_is_good(tx, "late", tx.now)?);
                assert!(!take_link(tx, "late")?.made());
                Ok(())
            })
            .unwrap();
    }
}
