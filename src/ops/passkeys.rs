//! Signing in by a passkey, and the list of them: <https://www.w3.org/TR/webauthn-3/>

use super::auth;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::sig::ticket;
use crate::sig::webauthn::{self, Act};
use crate::store::passkeys::{self, MOST};
use crate::store::secret;
use crate::store::sessions::{self, How};
use crate::text;
use std::net::IpAddr;

/// Letters of a name.
pub const NAME: usize = 60;

/// What a browser says of a new passkey, in base64url.
#[derive(Debug, Default)]
pub struct Offered<'a> {
    pub client_data: &'a str,
    pub data: &'a str,
    pub public_key: &'a str,
}

/// What it says when one signed.
#[derive(Debug, Default)]
pub struct Signed<'a> {
    pub credential: &'a str,
    pub client_data: &'a str,
    pub data: &'a str,
    pub signature: &'a str,
}

/// What a browser is to have signed now: to make a passkey in a session, or, without one, to come in. Good for five
/// minutes, and once.
pub fn challenge(app: &App, session: Option<SessionId>) -> Result<String> {
    ticket::issue(&app.keys.secret, &purpose(session), app.now())
}

fn purpose(session: Option<SessionId>) -> String {
    match session {
        Some(session) => format!("passkey {session}"),
        None => "door".to_owned(),
    }
}

/// The domain that the passkeys belong to.
pub fn domain(me: &Instance) -> String {
    webauthn::domain(&me.origin)
}

/// By what authenticators tell accounts of a site apart; nothing personal (WebAuthn, section 14.6.1).
pub fn user_handle(me: &Instance) -> String {
    secret::digest(&format!("passkeys of {}", me.actor()))[..32].to_owned()
}

/// The challenge that was answered, and until when it was good.
fn answered(
    app: &App,
    client_data: &[u8],
    act: Act,
    session: Option<SessionId>,
) -> Result<(String, Timestamp)> {
    let challenge = webauthn::challenge(client_data, act, &app.instance.origin).ok_or_else(refused)?;
    let until = ticket::read(&app.keys.secret, &purpose(session), &challenge, app.now());
    Ok((challenge, until.ok_or_else(auth::too_late)?))
}

fn refused() -> Error {
    Error::new(Kind::Unauthorized, "This passkey was not taken")
}

fn bytes(text: &str) -> Result<Vec<u8>> {
    webauthn::decoded(text).filter(|bytes| !bytes.is_empty()).ok_or_else(refused)
}

/// Keeps a new passkey.
///
/// Errors: `Unauthorized` when anything about it is not as it must be, `Gone` when it took too long, `Conflict` when
/// it is there already, `Invalid` when there are enough.
pub fn add(app: &App, session: SessionId, of: &Offered, name: &str) -> Result<()> {
    let client_data = bytes(of.client_data)?;
    let (challenge, until) = answered(app, &client_data, Act::Create, Some(session))?;
    let new = webauthn::created(&bytes(of.data)?, &bytes(of.public_key)?, &domain(&app.instance));
    let new = new.ok_or_else(refused)?;
    let name = named(name);
    app.store.write_durably(|tx| {
        if !sessions::spend(tx, &challenge, until)?.made() {
            return Err(auth::too_late());
        }
        if passkeys::list(tx)?.len() >= MOST {
            return Err(Error::invalid(format!(
                "There are {MOST} passkeys already. Please remove one first"
            )));
        }
        match passkeys::insert(tx, &new.credential, &new.public_key, new.counter, &name)?.made() {
            true => Ok(()),
            false => Err(Error::new(Kind::Conflict, "This passkey is there already")),
        }
    })
}

fn named(name: &str) -> String {
    match text::line(name, NAME) {
        none if none.is_empty() => "Passkey".to_owned(),
        name => name,
    }
}

/// Signs in without password and code; returns the cookie.
///
/// Errors: `Unauthorized` for everything that is not right, `Gone` when it took too long or came twice,
/// `TooManyRequests`.
pub fn sign_in(app: &App, of: &Signed, client: IpAddr, user_agent: &str) -> Result<String> {
    app.throttle.take(client, app.now())?;
    let client_data = bytes(of.client_data)?;
    let (challenge, until) = answered(app, &client_data, Act::Get, None)?;
    let (credential, data, signature) = (bytes(of.credential)?, bytes(of.data)?, bytes(of.signature)?);
    let cookie = secret::fresh()?;
    app.store.write_durably(|tx| {
        let key = passkeys::by_credential(tx, &credential)?.ok_or_else(refused)?;
        let counter =
            webauthn::asserted(&key.public_key, &data, &client_data, &signature, &domain(&app.instance));
        let counter = counter.filter(|c| webauthn::may_follow(*c, key.counter)).ok_or_else(refused)?;
        if !sessions::spend(tx, &challenge, until)?.made() {
            return Err(auth::too_late());
        }
        passkeys::used(tx, key.id, counter)?;
        sessions::insert(tx, &cookie, user_agent, How::Passkey)
    })?;
    app.throttle.clear(client);
    Ok(cookie)
}

/// Errors: `NotFound`.
pub fn rename(app: &App, id: RowId, name: &str) -> Result<()> {
    let change = app.store.write(|tx| passkeys::rename(tx, id, &named(name)))?;
    if change.made() { Ok(()) } else { Err(Error::not_found()) }
}

/// Errors: `NotFound`.
pub fn remove(app: &App, id: RowId) -> Result<()> {
    let change = app.store.write_durably(|tx| passkeys::delete(tx, id))?;
    if change.made() { Ok(()) } else { Err(Error::not_found()) }
}
