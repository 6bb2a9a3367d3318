//! New keys in the place of those that sign, for an owner who fears that somebody has read them.
//!
//! They keep their names (`#main-key`, `#ed25519-key`), as Mastodon's do: who cannot verify any more looks the actor up
//! again, and followers are told in an Update that the key they know signs.

use super::{deliver, profile, recovery};
use crate::ap::build;
use crate::app::{App, Signing};
use crate::error::Result;
use crate::model::{Job, RowId};
use crate::sig::{PrivateKey, Seed};
use crate::store::{Store, accounts, instance, jobs, relations};

/// Under this name stands which request for new keys was done last.
const RENEWED: &str = "renewed";

/// What is to take the place of a key, by the request that asked for it: who asks twice gets what was shown last.
fn next(name: &str, asked: RowId) -> String {
    format!("{name}-next-{}", asked.0)
}

/// Has the server take new keys, those of a phrase or any; now if it runs, else when it starts.
pub fn ask_for_new(store: &Store, seed: Option<&Seed>) -> Result<()> {
    let keys = seed.map(recovery::keys).transpose()?.unwrap_or_default();
    store.write_durably(|tx| {
        let asked = RowId::at(tx.now);
        for (name, secret) in &keys {
            instance::replace_key(tx, &next(name, asked), secret)?;
        }
        jobs::push(tx, "", &Job::NewKeys { asked })
    })
}

/// Keys that nothing brings back, by their names.
pub fn by_chance() -> Result<Vec<(&'static str, String)>> {
    Ok(vec![
        ("owner-rsa", PrivateKey::generate_rsa()?.to_pem()?),
        ("owner-ed25519", PrivateKey::generate_ed25519()?.to_pem()?),
        ("instance-rsa", PrivateKey::generate_rsa()?.to_pem()?),
    ])
}

/// Takes new keys and tells everybody who knows the old ones. Once for what was `asked`: a crash may bring it here again.
///
/// Errors: those of the store. Nothing has changed then.
pub fn renew(app: &App, asked: RowId) -> Result<()> {
    let made = by_chance()?;
    let me = &app.instance;
    let signing = app.store.write_durably(|tx| {
        let last = instance::key_if_any(tx, RENEWED)?.and_then(|at| at.parse::<i64>().ok());
        if last.is_some_and(|last| last >= asked.0) {
            return Signing::read(tx, me);
        }
        instance::replace_key(tx, RENEWED, &asked.0.to_string())?;
        let before = instance::key(tx, "owner-rsa")?;
        instance::replace_key(tx, "owner-rsa-before", &before)?;
        let mut of_phrase = false;
        for (name, secret) in &made {
            let chosen = instance::take_key(tx, &next(name, asked))?;
            of_phrase |= chosen.is_some();
            instance::replace_key(tx, name, chosen.as_ref().unwrap_or(secret))?;
        }
        recovery::note_phrase(tx, of_phrase)?;
        let signing = Signing::read(tx, me)?;
        let (account, settings) = (accounts::owner(tx)?, instance::settings(tx)?);
        let document = profile::document_with(app, &signing, &account, &settings)?;
        let mut inboxes = relations::follower_inboxes(tx)?;
        inboxes.extend(relations::followed_inboxes(tx)?);
        deliver::with_old_key(tx, &build::update_actor(me, &document, tx.now), &inboxes)?;
        Ok(signing)
    })?;
    app.keys.set_signing(signing);
    tracing::warn!("the server has new keys; followers are told");
    Ok(())
}
