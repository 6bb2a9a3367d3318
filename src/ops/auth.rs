//! Signing in: the password, the sessions of browsers, one-time links, and tokens for the command line.

use super::second_factor;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::{DAY, HOUR, MINUTE};
use crate::model::*;
use crate::sig::ticket;
use crate::store::oauth::ClientApp;
use crate::store::sessions::How;
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
/// How long a session is fresh.
const FRESH: i64 = 10 * MINUTE;
/// What the ticket between password and code is for.
const CODE: &str = "code";
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

/// What a right password leads to.
#[derive(Debug)]
pub enum Entered {
    /// The cookie of a new session.
    In(String),
    /// A code is asked for, too; this ticket says that the password was right.
    AskCode(String),
}

/// Looks at the password, as the first of one or two steps.
///
/// Errors: `Unauthorized` for a wrong password, `TooManyRequests` after too many of them.
pub fn sign_in(app: &App, password: &str, client: IpAddr, user_agent: &str) -> Result<Entered> {
    check_password(app, password, client)?;
    if second_factor::is_on(app)? {
        // The address does not start afresh yet: or who knows the password could try one code after the other.
        return Ok(Entered::AskCode(ticket::issue(&app.keys.secret, CODE, app.now())?));
    }
    app.throttle.clear(client);
    Ok(Entered::In(start_session(&app.store, user_agent)?))
}

/// The second step: a code, or a recovery code, and the ticket of the first one. Returns the cookie.
///
/// Errors: `Gone` when the first step was too long ago; `Unauthorized` and `TooManyRequests` as for passwords.
pub fn sign_in_by_code(
    app: &App,
    ticket: &str,
    code: &str,
    client: IpAddr,
    user_agent: &str,
) -> Result<String> {
    let until = ticket::read(&app.keys.secret, CODE, ticket, app.now()).ok_or_else(too_late)?;
    app.throttle.take(client, app.now())?;
    let cookie = secret::fresh()?;
    app.store.write_durably(|tx| {
        let how = second_factor::take(tx, code)?;
        if !store::sessions::spend(tx, ticket, until)?.made() {
            return Err(too_late());
        }
        store::sessions::insert(tx, &cookie, user_agent, how)
    })?;
    app.throttle.clear(client);
    Ok(cookie)
}

/// What took too long, or came twice.
pub fn too_late() -> Error {
    Error::new(Kind::Gone, "That took too long. Please begin again")
}

/// Asks for the password once more, before something that cannot be taken back.
///
/// Errors: as [`sign_in`].
pub fn confirm(app: &App, password: &str, client: IpAddr) -> Result<()> {
    check_password(app, password, client)?;
    app.throttle.clear(client);
    Ok(())
}

/// Counts as a wrong one until the caller clears the address.
///
/// Errors: as [`sign_in`].
pub fn check_password(app: &App, password: &str, client: IpAddr) -> Result<()> {
    app.throttle.take(client, app.now())?;
    let hash = app.store.read(store::instance::password_hash)?;
    if password.len() > PASSWORD_BYTES || !is_password(hash.as_deref(), password)? {
        return Err(Error::new(Kind::Unauthorized, "That is not the password"));
    }
    Ok(())
}

/// Whether the owner has shown a short while ago who it is: who finds an open browser cannot take the house over.
pub fn is_fresh(app: &App, session: SessionId) -> Result<bool> {
    let at = app.store.read(|c| store::sessions::confirmed_at(c, session))?;
    Ok(at.is_some_and(|at| app.now() < at.plus(FRESH)))
}

/// Before a change to the doors: asks for the password where the session is not fresh, and makes it so.
///
/// Errors: `Invalid` where there is no password to ask for; as [`confirm`].
pub fn prove(app: &App, session: SessionId, password: &str, client: IpAddr) -> Result<()> {
    if is_fresh(app, session)? {
        return Ok(());
    }
    if !has_password(app)? {
        return Err(Error::invalid(
            "You signed in a while ago. Please sign in again first, and then come back",
        ));
    }
    confirm(app, password, client)?;
    app.store.write(|tx| store::sessions::confirm(tx, session))
}

/// A new session; returns its cookie.
pub fn start_session(store: &Store, user_agent: &str) -> Result<String> {
    let cookie = secret::fresh()?;
    store.write_durably(|tx| store::sessions::insert(tx, &cookie, user_agent, How::Password))?;
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
    match has_password(app)? {
        true => confirm(app, current, client)?,
        false => prove(app, kept, current, client)?,
    }
    let hash = hash_password(new)?;
    app.store.write_durably(|tx| {
        store::instance::set_password_hash(tx, &hash)?;
        store::sessions::delete_others(tx, kept)
    })
}

/// For the owner on the machine itself, who has forgotten it: asks for nothing, and ends all sessions. Gives how many.
///
/// Errors: `Invalid` for a password that is too short or too long.
pub fn reset_password(store: &Store, new: &str) -> Result<usize> {
    if let Some(fault) = password_fault(new) {
        return Err(Error::invalid(fault));
    }
    let hash = hash_password(new)?;
    store.write_durably(|tx| {
        let ended = store::sessions::list(tx, tx.now)?.len();
        store::instance::set_password_hash(tx, &hash)?;
        store::sessions::delete_others(tx, SessionId::default())?;
        Ok(ended)
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
        store::sessions::insert(tx, &cookie, user_agent, How::Link)
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
    issue_token_for(store, name, scopes, None)
}

/// The same, for so many days.
pub fn issue_token_for(store: &Store, name: &str, scopes: &str, days: Option<u32>) -> Result<String> {
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
        let app = local_app(tx, name, &scopes)?;
        let id = store::oauth::insert_token(tx, &token, app.id, true, &scopes)?;
        match days {
            Some(days) => store::oauth::set_expiry(tx, id, tx.now.plus(i64::from(days) * DAY)),
            None => Ok(()),
        }
    })?;
    Ok(token)
}

/// The app of a name that nobody registered, made when it is not there yet.
pub fn local_app(tx: &store::Tx, name: &str, scopes: &Scopes) -> Result<ClientApp> {
    if let Some(app) = store::oauth::local_app(tx, name)? {
        return Ok(app);
    }
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
        let access = store.read(|c| store::oauth::access(c, &token, store.now())).unwrap().unwrap();
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
