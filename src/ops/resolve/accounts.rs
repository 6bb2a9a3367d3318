//! Accounts: by id, by handle, and kept up to date.
//!
//! <https://www.w3.org/TR/activitypub/#actor-objects>; for the way back from an actor to its handle
//! <https://docs.joinmastodon.org/spec/webfinger/> and FEP-2c59.

use super::{Errand, same_host};
use crate::ap::parse::{self, Actor};
use crate::error::{Error, Kind, Result};
use crate::model::time::DAY;
use crate::model::*;
use crate::ops::deliver::host;
use crate::ops::domain_blocks::check_reach;
use crate::ops::{farewell, links};
use crate::remote::webfinger;
use crate::store::{accounts, arrivals, jobs};
use crate::text;
use serde_json::Value;

/// An account that was not fetched for so long is looked up again when it is met.
const FRESH: i64 = DAY;
/// Letters of a display name and of a row of the profile's table that are kept.
const NAME_LETTERS: usize = 255;

impl Errand<'_> {
    pub fn account(&self, uri: &str) -> Result<Account> {
        let known = self.app.store.read(|c| accounts::by_uri(c, uri))?;
        match known {
            Some(account) => {
                self.refresh_later(&account)?;
                Ok(account)
            }
            None => self.store_actor(&self.fetch(uri)?.json, None),
        }
    }

    /// Queues one look-up of an account that is old.
    fn refresh_later(&self, account: &Account) -> Result<()> {
        let stale = self.app.now().plus(-FRESH);
        if account.is_owner() || account.is_feed() || account.fetched_at >= stale {
            return Ok(());
        }
        self.app.store.write(|tx| {
            if accounts::touch(tx, account.id, stale)?.made() {
                push_refresh(tx, account)?;
            }
            Ok(())
        })
    }

    /// Somebody looks at a new account: its counts are fetched in the background.
    pub(super) fn count_later(&self, account: &Account) -> Result<()> {
        if account.is_owner() || account.is_feed() {
            return Ok(());
        }
        self.app.store.write(|tx| push_refresh(tx, account))
    }

    pub fn refresh(&self, uri: &str) -> Result<Account> {
        let known = self.app.store.read(|c| accounts::by_uri(c, uri))?;
        if let Some(owner) = known.clone().filter(Account::is_owner) {
            return Ok(owner);
        }
        let document = match self.fetch(uri) {
            Err(e) if e.kind == Kind::Gone => {
                if let Some(account) = known {
                    farewell::remove(self.app, &account)?;
                }
                return Err(e);
            }
            document => document?,
        };
        let mut json = document.json;
        for name in ["followers", "following", "outbox"] {
            // A collection that cannot be read is a count that stays as it is.
            if let Some(collection) = self.collection(&json, name, uri) {
                json[name] = collection;
            }
        }
        self.store_actor(&json, None)
    }

    fn collection(&self, actor: &Value, name: &str, uri: &str) -> Option<Value> {
        let address = actor.get(name)?.as_str()?;
        if !same_host(address, uri) {
            return None;
        }
        Some(self.fetch(address).ok()?.json)
    }

    pub fn account_by_handle(&self, username: &str, domain: &str) -> Result<Account> {
        let me = &self.app.instance;
        let domain = domain.trim().to_lowercase();
        let ours = domain == me.domain || domain == me.host;
        let place = (!ours).then_some(domain.as_str());
        if let Some(account) = self.app.store.read(|c| accounts::by_acct(c, username, place))? {
            self.refresh_later(&account)?;
            return Ok(account);
        }
        if ours {
            return Err(Error::not_found());
        }
        check_reach(self.app, &format!("https://{domain}/"))?;
        self.spend()?;
        let found = webfinger::lookup(&self.app.remote, username, &domain)?;
        let uri = found.actor_url.as_str();
        if let Some(account) = self.app.store.read(|c| accounts::by_uri(c, uri))? {
            return Ok(account);
        }
        let document = self.fetch(uri)?;
        // WebFinger named this very actor, so there is no need to ask it again.
        let confirmed = document.json.get("id").and_then(Value::as_str) == Some(uri);
        let account =
            self.store_actor(&document.json, confirmed.then_some((found.username, found.domain)))?;
        self.count_later(&account)?;
        Ok(account)
    }

    /// Stores a document that was fetched from its own id. `handle` where WebFinger has confirmed it.
    pub(super) fn store_actor(&self, json: &Value, handle: Option<(String, String)>) -> Result<Account> {
        let actor = parse::actor(json)
            .ok_or_else(|| Error::new(Kind::BadGateway, "This is neither an account nor a post"))?;
        let (username, domain) = match handle {
            Some(handle) => handle,
            None => self.handle_of(&actor).ok_or_else(Error::not_found)?,
        };
        let keys = keys(&actor);
        let now = self.app.now();
        self.check_crowd(&actor.account.uri)?;
        let mut account = tidy(Account { username, domain: Some(domain), ..actor.account }, now);
        let host = host(&account.uri).unwrap_or_default();
        self.app.store.write(|tx| {
            match accounts::by_uri(tx, &account.uri)? {
                Some(known) => links::keep_proofs(&mut account.fields, &known.fields),
                None if arrivals::is_full_of_accounts(tx, &host)? => {
                    return Err(Error::unavailable("Too many new accounts of that server came here today"));
                }
                None => arrivals::count(tx, &host, 1, 0)?,
            }
            let id = accounts::upsert_remote(tx, &account)?;
            accounts::set_keys(tx, id, &keys)?;
            accounts::get(tx, id)
        })
    }

    /// Errors: `Forbidden` for one of too many servers below one domain that were not known this morning.
    fn check_crowd(&self, uri: &str) -> Result<()> {
        let Some(host) = host(uri) else { return Ok(()) };
        let scheme = uri.split("://").next().unwrap_or("https");
        if self.app.store.read(|c| accounts::has_any_below(c, &format!("{scheme}://{host}/")))?
            || self.app.crowds.admits(&host, self.app.now())
        {
            return Ok(());
        }
        Err(Error::new(Kind::Forbidden, "Too many new servers have appeared below that domain today"))
    }

    /// What the actor is called. Its server must lead from there back to the actor; else it is called by
    /// the host of its id, which cannot lie.
    fn handle_of(&self, actor: &Actor) -> Option<(String, String)> {
        let uri = &actor.account.uri;
        let fallback = (actor.account.username.clone(), host(uri)?);
        let hint = actor.webfinger.as_deref().map(|h| h.trim_start_matches("acct:").trim_start_matches('@'));
        let (username, domain) = hint.and_then(|h| h.split_once('@')).unwrap_or((&fallback.0, &fallback.1));
        let me = &self.app.instance;
        match self.spend().and_then(|()| webfinger::lookup(&self.app.remote, username, domain)) {
            Ok(found)
                if found.actor_url.as_str() == uri
                    && found.domain != me.domain
                    && found.domain != me.host =>
            {
                Some((found.username, found.domain))
            }
            // Who cannot answer now has taken nothing back.
            Err(e) if e.kind == Kind::Unavailable => Some(self.known_handle(actor).unwrap_or(fallback)),
            _ => Some(fallback),
        }
    }

    /// What the actor was called when its server last confirmed it.
    fn known_handle(&self, actor: &Actor) -> Option<(String, String)> {
        let known = self.app.store.read(|c| accounts::by_uri(c, &actor.account.uri)).ok()??;
        let same = known.username.eq_ignore_ascii_case(&actor.account.username);
        Some((known.username, known.domain?)).filter(|_| same)
    }
}

fn push_refresh(tx: &crate::store::Tx, account: &Account) -> Result<()> {
    let host = host(&account.uri).unwrap_or_default();
    jobs::push_if_room(tx, &host, &Job::RefreshAccount { uri: account.uri.clone() })
}

/// Keys whose id is on the actor's own server. PeerTube signs with the actor's id as the keyId, so the
/// first key is found by that, too.
fn keys(actor: &Actor) -> Vec<(String, String)> {
    let uri = &actor.account.uri;
    let mut keys: Vec<(String, String)> =
        actor.keys.iter().filter(|(id, _)| same_host(id, uri)).cloned().collect();
    if let Some((_, public)) = keys.first().cloned().filter(|_| keys.iter().all(|(id, _)| id != uri)) {
        keys.push((uri.clone(), public));
    }
    keys
}

/// Makes what somebody else wrote safe to store and to show.
fn tidy(mut account: Account, now: Timestamp) -> Account {
    account.display_name = text::line(&account.display_name, NAME_LETTERS);
    account.note = text::sanitise(&account.note);
    for field in &mut account.fields {
        field.name = text::line(&field.name, NAME_LETTERS);
        field.value = text::sanitise(&field.value);
    }
    // A page elsewhere would pass for somebody else's.
    if !same_host(&account.url, &account.uri) {
        account.url = account.uri.clone();
    }
    if account.created_at <= Timestamp(0) || account.created_at > now {
        account.created_at = now;
    }
    account.counts = AccountCounts {
        statuses: account.counts.statuses.max(0),
        followers: account.counts.followers.max(0),
        following: account.counts.following.max(0),
    };
    account
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(change: Value) -> Actor {
        let mut doc = json!({"id": "https://a.example/u/x", "type": "Person", "preferredUsername": "x",
            "inbox": "https://a.example/u/x/inbox",
            "publicKey": {"id": "https://a.example/u/x#main-key", "owner": "https://a.example/u/x", "publicKeyPem": "PEM"}});
        for (key, value) in change.as_object().unwrap() {
            doc[key] = value.clone();
        }
        parse::actor(&doc).unwrap()
    }

    #[test]
    fn a_key_is_found_by_its_id_and_by_its_actor() {
        let keys = keys(&read(json!({})));
        assert_eq!(keys.len(), 2);
        assert_eq!(keys[1], ("https://a.example/u/x".to_owned(), "PEM".to_owned()));
    }

    #[test]
    fn a_key_on_another_server_is_not_taken() {
        let foreign =
            json!({"id": "https://b.example/k", "owner": "https://a.example/u/x", "publicKeyPem": "PEM"});
        assert!(keys(&read(json!({"publicKey": foreign}))).is_empty());
    }

    #[test]
    fn a_profile_is_made_safe_before_it_is_stored() {
        let actor = read(
            json!({"name": "A\nB", "summary": "<p>hi<script>x</script></p>", "url": "https://b.example/x",
            "published": "2999-01-01T00:00:00Z"}),
        );
        let now = Timestamp(1_700_000_000_000);
        let account = tidy(actor.account, now);
        assert_eq!((account.display_name.as_str(), account.note.as_str()), ("A B", "<p>hi</p>"));
        assert_eq!((account.url.as_str(), account.created_at), ("https://a.example/u/x", now));
    }
}
