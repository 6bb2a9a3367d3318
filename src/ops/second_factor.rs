//! Codes beside the password (RFC 6238), and the recovery codes for the day on which the phone is lost.

use super::auth;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::HOUR;
use crate::sig::totp;
use crate::store::second_factor::{self, Totp};
use crate::store::sessions::How;
use crate::store::{Store, Tx};
use std::net::IpAddr;

/// How long a new secret waits for its first code.
const WAITS: i64 = HOUR;
/// Recovery codes, and the letters of one: 50 bits, which nobody guesses at five tries.
pub const CODES: usize = 10;
const LETTERS: usize = 10;
/// Without those that look like others.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

pub fn is_on(app: &App) -> Result<bool> {
    Ok(app.store.read(|c| second_factor::get(c, true))?.is_some())
}

/// Makes a secret, which counts once a code of it has come.
///
/// Errors: as [`auth::confirm`]; `Invalid` without a password, since a code comes after one; `Conflict` while there is
/// a secret that counts, which only its own code turns off.
pub fn begin(app: &App, password: &str, client: IpAddr) -> Result<()> {
    if !auth::has_password(app)? {
        return Err(Error::invalid("Codes come after a password. Please choose one first"));
    }
    auth::confirm(app, password, client)?;
    let secret = totp::fresh_secret()?;
    app.store.write_durably(|tx| {
        only_one(tx)?;
        second_factor::begin(tx, &secret)
    })
}

fn only_one(tx: &Tx) -> Result<()> {
    match second_factor::get(tx, true)? {
        Some(_) => Err(Error::new(Kind::Conflict, "You sign in with codes already. Turn that off first")),
        None => Ok(()),
    }
}

/// The secret that waits for its first code.
pub fn waiting(app: &App) -> Result<Option<Totp>> {
    let found = app.store.read(|c| second_factor::get(c, false))?;
    Ok(found.filter(|of| app.now() < of.created_at.plus(WAITS)))
}

/// The first code has come: from now on the secret counts. Returns the recovery codes, which are told this once.
///
/// Errors: `Unauthorized` for a wrong code, `Gone` when nothing waits for one, `Conflict` as [`begin`].
pub fn finish(app: &App, code: &str) -> Result<Vec<String>> {
    let of = waiting(app)?.ok_or_else(auth::too_late)?;
    let step = totp::step_of(&of.secret, &plain(code), 0, app.now()).ok_or_else(wrong)?;
    let codes = fresh_codes()?;
    app.store.write_durably(|tx| {
        only_one(tx)?;
        second_factor::confirm(tx, step)?;
        keep(tx, &codes)
    })?;
    Ok(codes)
}

/// Off again, by the password and a code.
///
/// Errors: `Unauthorized` for a wrong one of them, `TooManyRequests` after too many.
pub fn off(app: &App, password: &str, code: &str, client: IpAddr) -> Result<()> {
    auth::check_password(app, password, client)?;
    app.store.write_durably(|tx| {
        take(tx, code)?;
        second_factor::remove(tx)
    })?;
    app.throttle.clear(client);
    Ok(())
}

/// Off, for the owner on the machine itself, who asks with nothing. `false`: it was off.
pub fn take_away(store: &Store) -> Result<bool> {
    store.write_durably(|tx| {
        let was_on = second_factor::get(tx, true)?.is_some();
        second_factor::remove(tx)?;
        Ok(was_on)
    })
}

/// New recovery codes in the place of those that there were.
///
/// Errors: `Conflict` when codes are not asked for.
pub fn new_codes(app: &App) -> Result<Vec<String>> {
    if !is_on(app)? {
        return Err(Error::new(Kind::Conflict, "You sign in without codes, so there is nothing to recover"));
    }
    let codes = fresh_codes()?;
    app.store.write_durably(|tx| keep(tx, &codes))?;
    Ok(codes)
}

/// How many recovery codes are left.
pub fn codes_left(store: &Store) -> Result<i64> {
    store.read(second_factor::recovery_codes)
}

/// Takes a code or a recovery code, each once, and says which it was.
///
/// Errors: `Unauthorized`.
pub fn take(tx: &Tx, code: &str) -> Result<How> {
    let code = plain(code);
    let of = second_factor::get(tx, true)?.ok_or_else(wrong)?;
    if let Some(step) = totp::step_of(&of.secret, &code, of.last_step, tx.now) {
        second_factor::take(tx, step)?;
        return Ok(How::Code);
    }
    match code.len() == LETTERS && second_factor::take_recovery_code(tx, &code)?.made() {
        true => Ok(How::Recovery),
        false => Err(wrong()),
    }
}

fn wrong() -> Error {
    Error::new(Kind::Unauthorized, "That is not the code, or it was used before")
}

/// As people type and copy it: in groups, in capitals.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).take(64).collect::<String>().to_ascii_lowercase()
}

fn keep(tx: &Tx, codes: &[String]) -> Result<()> {
    let plain: Vec<String> = codes.iter().map(|code| plain(code)).collect();
    second_factor::replace_recovery_codes(tx, &plain)
}

fn fresh_codes() -> Result<Vec<String>> {
    let mut bytes = [0; CODES * LETTERS];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    let half = |part: &[char]| part.iter().collect::<String>();
    Ok(letters
        .chunks(LETTERS)
        .map(|c| format!("{}-{}", half(&c[..LETTERS / 2]), half(&c[LETTERS / 2..])))
        .collect())
}
