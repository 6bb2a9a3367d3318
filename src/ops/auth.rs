//! Signing in: the password, the sessions of browsers, one-time links, and tokens for the command line.

use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::{HOUR, MINUTE};
use crate::model::*;
use crate::store::oauth::ClientApp;
use crate::store::{self, Store, secret};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::Connection;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Argon2id as OWASP proposes it for little memory: 9 MiB, 4 passes, 1 lane.
/// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id>
const MEMORY_KIB: u32 = 9 * 1_024;
const PASSES: u32 = 4;
/// In letters, and in bytes: a longer one is a mistake or an attack.
pub const PASSWORD_LETTERS: usize = 8;
pub const PASSWORD_BYTES: usize = 1_024;
/// How long a sign-in link lasts.
const LINK: i64 = 15 * MINUTE;
/// How exact `used_at` of sessions and tokens is.
const TOUCH: i64 = HOUR;

/// One password at a time: the memory counts on a small machine.
static HASHING: Mutex<()> = Mutex::new(());

/// A PHC string, `$argon2id$v=19$m=9216,t=4,p=1$...`.
pub fn hash_password(password: &str) -> Result<String> {
    let _one = HASHING.lock().unwrap_or_else(PoisonError::into_inner);
    let hash = argon2()?.hash_password(password.as_bytes()).map_err(|e| Error::internal(e.to_string()))?;
    Ok(hash.to_string())
}

/// Whether `password` is the one behind `hash`. Without a hash it takes as long and says no.
pub fn is_password(hash: Option<&str>, password: &str) -> Result<bool> {
    let Some(hash) = hash else {
        hash_password(password)?;
        return Ok(false);
    };
    let _one = HASHING.lock().unwrap_or_else(PoisonError::into_inner);
    let hash = PasswordHash::new(hash).map_err(|e| Error::internal(e.to_string()))?;
    Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok())
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|e| Error::internal(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// What is wrong with a new password, for the person who chose it.
pub fn password_fault(password: &str) -> Option<String> {
    if password.chars().count() < PASSWORD_LETTERS {
        return Some(format!("Please take at least {PASSWORD_LETTERS} characters; a short sentence is best"));
    }
    (password.len() > PASSWORD_BYTES).then(|| format!("At most {PASSWORD_BYTES} bytes, please"))
}

/// Signs a browser in by the password and returns its cookie.
///
/// Errors: `Unauthorized` for a wrong password, `TooManyRequests` after too many of them.
pub fn sign_in(app: &App, password: &str, client: IpAddr, user_agent: &str) -> Result<String> {
    confirm(app, password, client)?;
    start_session(&app.store, user_agent)
}

/// Asks for the password once more, before something that cannot be taken back.
///
/// Errors: as [`sign_in`].
pub fn confirm(app: &App, password: &str, client: IpAddr) -> Result<()> {
    app.throttle.take(client, app.now())?;
    let hash = app.store.read(store::instance::password_hash)?;
    if password.len() > PASSWORD_BYTES || !is_password(hash.as_deref(), password)? {
        return Err(Error::new(Kind::Unauthorized, "That is not the password"));
    }
    app.throttle.clear(client);
    Ok(())
}

/// A new session; returns its cookie.
pub fn start_session(store: &Store, user_agent: &str) -> Result<String> {
    let cookie = secret::fresh()?;
    store.write_durably(|tx| store::sessions::insert(tx, &cookie, user_agent))?;
    Ok(cookie)
}

/// Ends a session. One that has ended already is no error.
pub fn sign_out(store: &Store, session: SessionId) -> Result<()> {
    store.write_durably(|tx| store::sessions::delete(tx, session))?;
    Ok(())
}

/// Ends another browser's session.
///
/// Errors: `NotFound` when there is none.
pub fn end_session(store: &Store, session: SessionId) -> Result<()> {
    let change = store.write_durably(|tx| store::sessions::delete(tx, session))?;
    if change.made() { Ok(()) } else { Err(Error::not_found()) }
}

/// Ends all sessions but this one.
pub fn end_other_sessions(store: &Store, kept: SessionId) -> Result<()> {
    store.write_durably(|tx| store::sessions::delete_others(tx, kept))
}

/// Takes another password, or a first one where signing in went by links only, and ends all sessions but
/// this one. Apps keep their tokens.
///
/// Errors: `Invalid` for a password that is too short or too long; as [`confirm`] for the current one.
pub fn change_password(app: &App, current: &str, new: &str, client: IpAddr, kept: SessionId) -> Result<()> {
    if let Some(fault) = password_fault(new) {
        return Err(Error::invalid(fault));
    }
    if has_password(app)? {
        confirm(app, current, client)?;
    }
    let hash = hash_password(new)?;
    app.store.write_durably(|tx| {
        store::instance::set_password_hash(tx, &hash)?;
        store::sessions::delete_others(tx, kept)
    })
}

/// Without one, signing in goes by links only.
pub fn has_password(app: &App) -> Result<bool> {
    Ok(app.store.read(store::instance::password_hash)?.is_some())
}

/// A link that signs in once within 15 minutes: `{origin}/auth/link/{secret}`.
pub fn login_link(store: &Store, instance: &Instance, now: Timestamp) -> Result<String> {
    let link = secret::fresh()?;
    store.write_durably(|tx| store::sessions::insert_link(tx, &link, now.plus(LINK)))?;
    Ok(instance.at(&format!("/auth/link/{link}")))
}

/// Uses a sign-in link up and starts a session, both or neither; returns the cookie.
///
/// Errors: `Gone` for a link that is unknown, used or too old.
pub fn redeem_link(store: &Store, link: &str, user_agent: &str) -> Result<String> {
    let cookie = secret::fresh()?;
    store.write_durably(|tx| {
        if !store::sessions::take_link(tx, link)?.made() {
            return Err(spent_link());
        }
        store::sessions::insert(tx, &cookie, user_agent)
    })?;
    Ok(cookie)
}

pub fn spent_link() -> Error {
    Error::new(
        Kind::Gone,
        "This link was used or is older than 15 minutes. `taure login-link` makes a new one",
    )
}

/// A token for the owner's own scripts: `taure token`. Tokens of one name share an app.
///
/// Errors: `Invalid` for an empty name, or scopes that are unknown or none.
pub fn issue_token(store: &Store, name: &str, scopes: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid("The token needs a name"));
    }
    let scopes = Scopes::parse(scopes).map_err(|word| Error::invalid(format!("{word} is no scope")))?;
    if scopes.is_empty() {
        return Err(Error::invalid("The token needs scopes, \"read write follow push\" say"));
    }
    let token = secret::fresh()?;
    store.write_durably(|tx| {
        let app = match store::oauth::local_app(tx, name)? {
            Some(app) => app,
            None => local_app(tx, name, &scopes)?,
        };
        store::oauth::insert_token(tx, &token, app.id, true, &scopes)
    })?;
    Ok(token)
}

fn local_app(tx: &store::Tx, name: &str, scopes: &Scopes) -> Result<ClientApp> {
    let app = ClientApp {
        id: AppId::at(tx.now),
        client_id: secret::fresh()?,
        client_secret: secret::digest(&secret::fresh()?), // nobody knows it: such an app cannot ask for more
        name: name.to_owned(),
        website: None,
        redirect_uris: Vec::new(),
        scopes: scopes.clone(),
        created_at: tx.now,
    };
    store::oauth::insert_app(tx, &app)?;
    Ok(app)
}

/// Whether the last use of a session or token was noted so long ago that it is to be noted again: once an
/// hour, so that most requests write nothing.
pub fn is_stale(c: &Connection, access: &Access, now: Timestamp) -> Result<bool> {
    let last = match access {
        Access::Session { session, .. } => store::sessions::used_at(c, *session)?,
        Access::Token { token, .. } => store::oauth::used_at(c, *token)?,
        Access::App { .. } | Access::Anonymous => return Ok(false),
    };
    Ok(last.is_none_or(|at| now >= at.plus(TOUCH)))
}

/// Notes that a session or token was used.
pub fn touch(store: &Store, access: &Access) -> Result<()> {
    store.write(|tx| match access {
        Access::Session { session, .. } => store::sessions::touch(tx, *session),
        Access::Token { token, .. } => store::oauth::touch(tx, *token),
        Access::App { .. } | Access::Anonymous => Ok(()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::empty;

    #[test]
    fn a_password_is_known_again_and_no_other() {
        let hash = hash_password("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=9216,t=4,p=1$"), "{hash}");
        assert!(is_password(Some(&hash), "correct horse").unwrap());
        assert!(!is_password(Some(&hash), "correct hors").unwrap());
        assert!(!is_password(None, "correct horse").unwrap());
    }

    #[test]
    fn a_short_password_is_refused_by_letters_and_a_long_one_by_bytes() {
        assert!(password_fault("äöüßäöü").is_some());
        assert!(password_fault("äöüßäöüß").is_none());
        assert!(password_fault(&"x".repeat(PASSWORD_BYTES + 1)).is_some());
    }

    #[test]
    fn tokens_of_one_name_share_an_app_and_unknown_scopes_are_refused() {
        let store = empty();
        let tokens = [(); 2].map(|()| issue_token(&store, "script", "read write:statuses").unwrap());
        let apps = tokens.map(|t| store.read(|c| store::oauth::app_of_token(c, &t)).unwrap());
        assert_eq!(apps[0], apps[1]);
        assert_eq!(issue_token(&store, "script", "fly").unwrap_err().public, "fly is no scope");
        assert_eq!(issue_token(&store, " ", "read").unwrap_err().kind, Kind::Invalid);
        assert_eq!(issue_token(&store, "script", " ").unwrap_err().kind, Kind::Invalid);
    }

    #[test]
    fn a_link_is_redeemed_once() {
        let store = empty();
        store.write(|tx| store::sessions::insert_link(tx, "l", tx.now.plus(LINK))).unwrap();
        let cookie = redeem_link(&store, "l", "Firefox").unwrap();
        assert!(store.read(|c| store::sessions::access(c, &cookie, store.now())).unwrap().is_some());
        assert_eq!(redeem_link(&store, "l", "Firefox").unwrap_err().kind, Kind::Gone);
    }

    #[test]
    fn use_is_noted_at_most_once_an_hour() {
        let store = empty();
        let token = issue_token(&store, "script", "read").unwrap();
        let access = store.read(|c| store::oauth::access(c, &token)).unwrap().unwrap();
        let Access::Token { token, .. } = access else { panic!("a user token") };
        let used = || store.read(|c| store::oauth::used_at(c, token)).unwrap();
        let stale = |now: Timestamp| store.read(|c| is_stale(c, &access, now)).unwrap();
        assert_eq!(used(), None);
        assert!(stale(store.now()), "a first use is noted");
        touch(&store, &access).unwrap();
        let noted = used().unwrap();
        assert!(!stale(noted.plus(TOUCH - 1)));
        assert!(stale(noted.plus(TOUCH)));
    }
}
