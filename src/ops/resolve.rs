//! Looking things up on other servers: accounts, keys, statuses, and whatever stands at an address.
//!
//! What is known is not asked for again; what is ours is never asked for. Everything is fetched before a
//! transaction, signed by the instance actor, so that a fetch tells nobody who reads:
//! <https://www.w3.org/TR/activitypub/#retrieving-objects>

mod accounts;
mod keys;
mod posts;

use crate::ap::parse;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::ops::deliver::host;
use crate::ops::domain_blocks::check_reach;
use crate::remote::document::{self, Document};
use crate::sig::{self, Outgoing, Scheme};
use crate::store::accounts::ActorKey;
use crate::store::{self, deliveries};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use url::Url;

/// Requests of one errand. Lemmy allows itself 20, Mitra 50.
const BUDGET: u32 = 30;
/// An errand begins no request after this long: each may take half a minute, and a worker waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// One errand to other servers: whatever it leads to, it asks no more than 30 times.
pub struct Errand<'a> {
    pub app: &'a App,
    left: AtomicU32,
    until: Instant,
    /// What the posts that it brings home quote may be looked up, too.
    quotes: bool,
}

/// Requests and time of an errand that nobody waits for: a thread of hundreds, with its authors.
const WIDE_BUDGET: u32 = 700;
const WIDE_PATIENCE: Duration = Duration::from_secs(120);

/// What stands at an address.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // one at a time, and never in a list
pub enum Found {
    Account(Account),
    Status(Status),
}

/// The account of that id; fetched if it is not known, and looked up again in the background if it was not
/// for a day.
///
/// Errors: `NotFound`, `Gone`, `Forbidden`, `Unavailable`, `BadGateway`, as the other server answers.
pub fn account(app: &App, uri: &str) -> Result<Account> {
    Errand::new(app).account(uri)
}

/// Fetches an account again, with its counts. An account that is gone is removed.
///
/// Errors: as [`account()`].
pub fn refresh(app: &App, uri: &str) -> Result<Account> {
    Errand::new(app).refresh(uri)
}

/// The account behind `username@domain`, found by WebFinger.
///
/// Errors: as [`account()`]; `Invalid` when this cannot be a name.
pub fn account_by_handle(app: &App, username: &str, domain: &str) -> Result<Account> {
    Errand::new(app).account_by_handle(username, domain)
}

/// The status of that id; fetched if it is not known, with what it answers.
///
/// Errors: as [`account()`]; `BadGateway` for what is no post.
pub fn status(app: &App, uri: &str) -> Result<Status> {
    Errand::new(app).status(uri)
}

/// The public key that a signature names, fetched if it is not known.
///
/// Errors: `Unauthorized` when there is no such key; `Unavailable` when its server cannot be reached.
pub fn key(app: &App, key_id: &str) -> Result<ActorKey> {
    Errand::new(app).key(key_id)
}

/// As [`key`], fetched again because a signature did not match: keys change. `None` when that server was
/// asked less than five minutes ago.
pub fn changed_key(app: &App, key_id: &str) -> Result<Option<ActorKey>> {
    Errand::new(app).changed_key(key_id)
}

/// What stands at an address that somebody pasted: an id or a page, ours or another server's.
///
/// Errors: as [`account()`]; `NotFound` when it is neither an account nor a post.
pub fn by_url(app: &App, url: &str) -> Result<Found> {
    Errand::new(app).by_url(url)
}

impl<'a> Errand<'a> {
    pub fn new(app: &'a App) -> Errand<'a> {
        Errand { app, left: AtomicU32::new(BUDGET), until: Instant::now() + PATIENCE, quotes: true }
    }

    /// One for what a quote shows, which leads to no further quotes.
    pub fn one_level(app: &'a App) -> Errand<'a> {
        Errand { quotes: false, ..Errand::new(app) }
    }

    pub fn follows_quotes(&self) -> bool {
        self.quotes
    }

    /// A long one, for a job of its own.
    pub fn wide(app: &'a App) -> Errand<'a> {
        Errand { app, left: AtomicU32::new(WIDE_BUDGET), until: Instant::now() + WIDE_PATIENCE, quotes: true }
    }

    /// Whether it may ask nobody any more.
    pub fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0 || Instant::now() > self.until
    }

    /// Takes one request from the budget.
    fn spend(&self) -> Result<()> {
        store::assert_no_transaction();
        if Instant::now() > self.until {
            return Err(Error::unavailable("Other servers took too long to answer"));
        }
        let spent = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        spent.map_err(|_| Error::new(Kind::BadGateway, "This leads to too many other servers"))?;
        Ok(())
    }

    /// Fetches a document. Its `id` is the address that it came from.
    pub fn fetch(&self, uri: &str) -> Result<Document> {
        let url = Url::parse(uri).map_err(|e| Error::not_found().because(e))?;
        if self.app.instance.owns(uri) || host(uri).as_deref() == Some(self.app.instance.host.as_str()) {
            return Err(Error::not_found()); // ours is looked up and never fetched
        }
        check_reach(self.app, uri)?;
        let known = host(uri).map(|host| self.app.store.read(|c| deliveries::host(c, &host))).transpose()?;
        let schemes = match known {
            Some(host) if host.rfc9421 => [Scheme::Rfc9421, Scheme::Cavage],
            _ => [Scheme::Cavage, Scheme::Rfc9421],
        };
        let document = match self.fetch_signed(&url, schemes[0]) {
            // It may be the scheme of the signature that they do not take.
            Err(e) if e.kind == Kind::Forbidden => self.fetch_signed(&url, schemes[1])?,
            result => result?,
        };
        check_reach(self.app, document.url.as_str())?;
        // A redirect can lead home, and our instance actor would be stored as somebody else's account.
        if self.app.instance.owns(document.url.as_str()) {
            return Err(Error::not_found());
        }
        Ok(document)
    }

    fn fetch_signed(&self, url: &Url, scheme: Scheme) -> Result<Document> {
        self.spend()?;
        let (signing, now) = (self.app.keys.signing(), self.app.now());
        let signer = &signing.instance;
        let sign = |method: &str, url: &Url, body: Option<&[u8]>| {
            let headers = sig::sign(
                scheme,
                signer,
                &Outgoing { method, url, content_type: None, body, extra: None },
                now,
            )?;
            Ok(headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        };
        document::fetch(&self.app.remote, url, Some(&sign))
    }

    pub fn by_url(&self, url: &str) -> Result<Found> {
        let url = parse::value::web(url).ok_or_else(Error::not_found)?;
        if let Some(found) = self.known_at(url)? {
            return Ok(found);
        }
        let document = self.fetch(url)?;
        if parse::is_post(&document.json) {
            return Ok(Found::Status(self.thread(document.json)?));
        }
        let account = self.store_actor(&document.json, None)?;
        self.count_later(&account)?;
        Ok(Found::Account(account))
    }

    /// By id or page. A page of ours is found by its shape, with or without what follows the id.
    fn known_at(&self, url: &str) -> Result<Option<Found>> {
        let bare = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
        self.app.store.read(|c| {
            for address in [url, bare] {
                if let Some(status) = store::statuses::by_uri(c, address)?.filter(|s| s.reblog_of.is_none()) {
                    return Ok(Some(Found::Status(status)));
                }
                if let Some(status) = store::statuses::by_url(c, address)? {
                    return Ok(Some(Found::Status(status)));
                }
                if let Some(account) = store::accounts::by_uri(c, address)? {
                    return Ok(Some(Found::Account(account)));
                }
                if let Some(account) = store::accounts::by_url(c, address)? {
                    return Ok(Some(Found::Account(account)));
                }
            }
            Ok(None)
        })
    }
}

/// Two addresses on one server. No address at all is on none.
pub fn same_host(a: &str, b: &str) -> bool {
    host(a).is_some() && host(a) == host(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_one_server_by_host_and_port() {
        assert!(same_host("https://a.example/1", "https://A.example:443/2"));
        assert!(!same_host("https://a.example/1", "https://a.example:8443/1"));
        assert!(!same_host("https://a.example/1", "https://b.example/1"));
        assert!(!same_host("nothing", "nothing"));
    }
}
