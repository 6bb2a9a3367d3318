//! An instance that came out of its phrase, and the phrase of one that has it on paper.
//!
//! The phrase is never stored. Whether a typed one is right shows by the key that comes out of it; when it was made, by a
//! number among the settings.
//!
//! What came back are the keys, the address and the name, so signatures hold and links to the profile lead somewhere. What
//! was lost with the disk stays lost: posts, who follows and who is followed. Other servers still show this account's
//! followers theirs, and send nothing to somebody who does not ask; so each server that shows a sign of life is told once
//! how the account is now.

use super::{deliver, profile};
use crate::ap::build;
use crate::app::App;
use crate::error::Result;
use crate::model::time::DAY;
use crate::model::{Account, Timestamp};
use crate::sig::{PrivateKey, Seed};
use crate::store::{Store, Tx, accounts, deliveries, instance};
use rusqlite::Connection;

/// When the phrase was made; 0: the keys have come out of none since.
const PHRASE: &str = "phrase";
/// When the instance came out of its phrase in an empty folder, and how many servers were told.
const RECOVERED: &str = "recovered";
const TOLD: &str = "recovered_told";
/// For so long servers are told, and so many of them.
const TELLING: i64 = 365 * DAY;
const MOST: i64 = 20_000;

/// The keys that a phrase stands for, by their names.
pub fn keys(seed: &Seed) -> Result<Vec<(&'static str, String)>> {
    Ok(vec![
        ("owner-rsa", seed.rsa("owner-rsa")?.to_pem()?),
        ("owner-ed25519", seed.ed25519("owner-ed25519")?.to_pem()?),
        ("instance-rsa", seed.rsa("instance-rsa")?.to_pem()?),
    ])
}

/// Since when the keys are those of a phrase, if they are.
pub fn since(c: &Connection) -> Result<Option<Timestamp>> {
    Ok(instance::number(c, PHRASE)?.filter(|at| *at > 0).map(Timestamp))
}

/// The keys are those of a phrase from now on, or of none.
pub fn note_phrase(tx: &Tx, has_one: bool) -> Result<()> {
    instance::set_number(tx, PHRASE, if has_one { tx.now.0 } else { 0 })
}

pub fn note_recovered(tx: &Tx) -> Result<()> {
    instance::set_number(tx, RECOVERED, tx.now.0)
}

/// Whether the keys here are those of this phrase.
pub fn is_ours(store: &Store, seed: &Seed) -> Result<bool> {
    let stored = PrivateKey::from_pem(&store.read(|c| instance::key(c, "owner-ed25519"))?)?;
    Ok(seed.ed25519("owner-ed25519")?.public() == stored.public())
}

/// A server that wrote to us, for the first time after a recovery, hears how the account is now.
pub fn tell(app: &App, tx: &Tx, of: &Account, host: &str) -> Result<()> {
    let recovered = instance::number(tx, RECOVERED)?.map(Timestamp);
    if recovered.is_none_or(|at| tx.now > at.plus(TELLING)) {
        return Ok(());
    }
    let told = instance::number(tx, TOLD)?.unwrap_or(0);
    if told >= MOST || !deliveries::tell_once(tx, host)?.made() {
        return Ok(());
    }
    instance::set_number(tx, TOLD, told + 1)?;
    let (account, settings) = (accounts::owner(tx)?, instance::settings(tx)?);
    let document = profile::document_with(app, &app.keys.signing(), &account, &settings)?;
    let inbox = of.endpoints.shared_inbox.as_ref().unwrap_or(&of.endpoints.inbox);
    deliver::to(tx, &build::update_actor(&app.instance, &document, tx.now), None, std::slice::from_ref(inbox))
}
