//! The public keys of signatures: by keyId, cached, and fetched again when they changed.
//!
//! <https://swicg.github.io/activitypub-http-signature/#how-to-obtain-a-signature-s-public-key>

use super::{Errand, same_host};
use crate::ap::parse::{self, value};
use crate::error::{Error, Kind, Result};
use crate::model::time::MINUTE;
use crate::ops::deliver::host;
use crate::remote::Places;
use crate::store::accounts::{self, ActorKey};

/// A server is asked for changed keys once in this time, however many signatures do not match.
const CHANGED: i64 = 5 * MINUTE;
/// A keyId that led nowhere is not followed again for so long.
const NOWHERE: i64 = MINUTE;
/// Keys that are fetched at the same time. A request waits for its key on one of the server's threads, and
/// slow servers must not take them all.
const AT_ONCE: usize = 8;

static FETCHING: Places = Places::new(AT_ONCE);

impl Errand<'_> {
    pub fn key(&self, key_id: &str) -> Result<ActorKey> {
        match self.app.store.read(|c| accounts::key(c, key_id))? {
            Some(key) => Ok(key),
            None => self.fetch_key(key_id),
        }
    }

    pub fn changed_key(&self, key_id: &str) -> Result<Option<ActorKey>> {
        let host = host(key_id).unwrap_or_default();
        if !self.app.recent.take(&format!("changed {host}"), self.app.now(), CHANGED) {
            return Ok(None);
        }
        self.fetch_key(key_id).map(Some)
    }

    fn fetch_key(&self, key_id: &str) -> Result<ActorKey> {
        let (recent, now) = (&self.app.recent, self.app.now());
        let (silent, wrong) = (format!("silent {key_id}"), format!("wrong {key_id}"));
        if recent.is_taken(&silent, now, NOWHERE) {
            return Err(Error::unavailable("The server of the key could not be reached a moment ago"));
        }
        if recent.is_taken(&wrong, now, NOWHERE) {
            return Err(no_key(key_id));
        }
        let _place = FETCHING.take()?;
        let found = self.fetch_actor_of(key_id).and_then(|()| {
            let key = self.app.store.read(|c| accounts::key(c, key_id))?;
            key.ok_or_else(|| no_key(key_id))
        });
        found.map_err(|e| match e.kind {
            Kind::Unavailable => {
                recent.note(&silent, now);
                e
            }
            Kind::Internal | Kind::NoSpace => e,
            _ => {
                recent.note(&wrong, now);
                no_key(key_id).because(e)
            }
        })
    }

    /// Fetches and stores the actor that a keyId belongs to, which lists that key in turn or it does not
    /// count.
    ///
    /// The document there is the actor's, as a rule; GoToSocial serves a part of it under the key's own
    /// address, others the key by itself, which names its owner.
    fn fetch_actor_of(&self, key_id: &str) -> Result<()> {
        let document = self.fetch(key_id)?.json;
        if parse::actor(&document).is_some() {
            self.store_actor(&document, None)?;
            return Ok(());
        }
        let owner = ["owner", "controller"].iter().find_map(|name| value::first_id(&document, name));
        let stub = || document.get("publicKey").and_then(|key| value::first_id(key, "owner"));
        let owner = owner.or_else(stub).filter(|owner| same_host(owner, key_id));
        let owner = owner.ok_or_else(|| no_key(key_id))?;
        self.store_actor(&self.fetch(&owner)?.json, None)?;
        Ok(())
    }
}

fn no_key(key_id: &str) -> Error {
    Error::new(Kind::Unauthorized, format!("The public key {key_id} could not be found"))
}
