//! An empty folder becomes somebody's instance: the account, its keys, and the address that never changes.

use super::{auth, keys, recovery};
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::sig::{PrivateKey, Seed, VapidKey};
use crate::store::{self, Store, Tx, secret};
use crate::text;
use url::{Host, Url};

const USERNAME_LETTERS: usize = 30;
const DISPLAY_NAME_LETTERS: usize = 100;

/// What a person says about the instance to be, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct NewInstance {
    /// `https://social.example.org`
    pub origin: String,
    /// The part after the @, where it differs from the host of `origin`.
    pub domain: Option<String>,
    pub username: String,
    pub display_name: String,
    /// `None`: sign-in by link only.
    pub password: Option<String>,
    /// What the keys are made out of. `None`: chance, and so nothing brings them back; that is quicker, for tests.
    pub seed: Option<Seed>,
    /// It was there before, and its disk is lost.
    pub recovered: bool,
}

/// One thing that is wrong: the name of the field in [`NewInstance`], and a sentence.
pub type Fault = (&'static str, String);

/// The addresses as they will be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// Scheme, host and port; the port only where it is not the scheme's own, no slash at the end.
    pub origin: String,
    /// Host and port of `origin`.
    pub host: String,
    pub domain: String,
}

/// Makes the account and its keys in one durable transaction.
///
/// Errors: `Invalid` with everything that is wrong in one line; `Conflict` when there is an account
/// already, and then nothing is changed.
pub fn create(store: &Store, new: &NewInstance) -> Result<Instance> {
    create_as(store, new, None, &|_, _| Ok(()))
}

/// What goes on of a server that was on this domain before.
pub struct Before {
    /// Its software, in lower case.
    pub software: &'static str,
    /// See [`Instance::actor_path`] and [`Instance::key_name`].
    pub actor_path: String,
    pub key_name: String,
    /// The owner's private key.
    pub rsa_pem: String,
}

/// As [`create`], in the place of another server, with what `fill` adds in the same transaction.
pub fn create_as(
    store: &Store,
    new: &NewInstance,
    before: Option<&Before>,
    fill: &dyn Fn(&Tx, &Instance) -> Result<()>,
) -> Result<Instance> {
    let addresses = check(new)?;
    refuse_a_second(store)?;
    // Outside the transaction: making them takes a moment.
    let password = new.password.as_deref().map(auth::hash_password).transpose()?;
    let mut keys = match &new.seed {
        Some(seed) => recovery::keys(seed)?,
        None => keys::by_chance()?,
    };
    if let Some(before) = before {
        let old = PrivateKey::from_pem(&before.rsa_pem)?.to_pem()?;
        keys.retain(|(name, _)| *name != "owner-rsa");
        keys.push(("owner-rsa", old));
    }
    keys.extend([("vapid", VapidKey::generate()?.to_text()), ("secret", secret::fresh()?)]);
    store.write_durably(|tx| {
        nobody_lives_here(tx)?;
        let instance = Instance {
            origin: addresses.origin.clone(),
            host: addresses.host.clone(),
            domain: addresses.domain.clone(),
            username: new.username.trim().to_owned(),
            owner: AccountId::at(tx.now),
            created_at: tx.now,
            came_from: before.map(|before| before.software.to_owned()),
            actor_path: before.map(|before| before.actor_path.clone()).unwrap_or_default(),
            key_name: before.map_or(MAIN_KEY, |before| &before.key_name).to_owned(),
            proxied: None,
        };
        store::accounts::insert_owner(tx, &owner(&instance, new))?;
        store::instance::insert(tx, &instance, password.as_deref())?;
        for (name, secret) in &keys {
            store::instance::add_key(tx, name, secret)?;
        }
        recovery::note_phrase(tx, new.seed.is_some())?;
        if new.recovered {
            recovery::note_recovered(tx)?;
        }
        fill(tx, &instance)?;
        Ok(instance)
    })
}

fn owner(instance: &Instance, new: &NewInstance) -> Account {
    Account {
        id: instance.owner,
        uri: instance.actor(),
        url: instance.at(&format!("/@{}", instance.username)),
        username: instance.username.clone(),
        display_name: text::line(&new.display_name, DISPLAY_NAME_LETTERS),
        discoverable: true,
        indexable: false,
        ..Account::default()
    }
}

/// Errors: `Conflict` when there is an account already.
pub fn refuse_a_second(store: &Store) -> Result<()> {
    store.read(nobody_lives_here)
}

fn nobody_lives_here(c: &rusqlite::Connection) -> Result<()> {
    match store::instance::get(c)? {
        Some(there) => Err(Error::new(
            Kind::Conflict,
            format!(
                "there is an account here already, @{}@{}; nothing was changed",
                there.username, there.domain
            ),
        )),
        None => Ok(()),
    }
}

/// The addresses that were meant.
///
/// Errors: `Invalid` with everything that is wrong in one line.
pub fn check(new: &NewInstance) -> Result<Addresses> {
    validate(new).map_err(|faults| {
        let sentences: Vec<String> = faults.into_iter().map(|(_, sentence)| sentence).collect();
        Error::invalid(sentences.join("; "))
    })
}

/// Everything that is wrong with what was typed, field by field, or the addresses that it means.
pub fn validate(new: &NewInstance) -> Result<Addresses, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut note = |field, fault: Option<String>| faults.extend(fault.map(|sentence| (field, sentence)));
    note("username", username_fault(new.username.trim()));
    note("display_name", display_name_fault(new.display_name.trim()));
    note("password", new.password.as_deref().and_then(auth::password_fault));
    let origin = read_origin(new.origin.trim());
    note("origin", origin.as_ref().err().cloned());
    let typed_domain =
        new.domain.as_deref().map(|d| d.trim().trim_start_matches('@')).filter(|d| !d.is_empty());
    let scheme = origin.as_ref().map_or("https", Url::scheme);
    let domain = typed_domain.map(|domain| read_domain(scheme, domain)).transpose();
    note("domain", domain.as_ref().err().cloned());
    match (origin, domain) {
        (Ok(origin), Ok(domain)) if faults.is_empty() => {
            let host = authority(&origin);
            let domain = domain.unwrap_or_else(|| host.clone());
            Ok(Addresses { origin: format!("{}://{host}", origin.scheme()), host, domain })
        }
        _ => Err(faults),
    }
}

fn username_fault(username: &str) -> Option<String> {
    if username.is_empty() {
        return Some("The username is missing".to_owned());
    }
    let fits = username.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !fits {
        return Some("The username may have only the small letters a to z, digits and _".to_owned());
    }
    (username.len() > USERNAME_LETTERS)
        .then(|| format!("The username may have at most {USERNAME_LETTERS} characters"))
}

fn display_name_fault(name: &str) -> Option<String> {
    if name.chars().any(char::is_control) {
        return Some("The display name must be one line".to_owned());
    }
    (name.chars().count() > DISPLAY_NAME_LETTERS)
        .then(|| format!("The display name may have at most {DISPLAY_NAME_LETTERS} characters"))
}

fn read_origin(text: &str) -> Result<Url, String> {
    const FORM: &str = "The address must look like https://social.example.org";
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Err(FORM.to_owned());
    }
    let url = Url::parse(text).map_err(|_| FORM.to_owned())?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !bare || !url.username().is_empty() || url.password().is_some() {
        return Err(format!("{FORM}, with nothing behind the host and port"));
    }
    let host = url.host().filter(is_usable).ok_or(FORM)?;
    if url.scheme() == "http" && !may_be_plain(&host) {
        return Err("The address must begin with https://, since other servers speak to nothing else and \
             passwords would travel in the clear; http:// is for localhost, .localhost, .test and .onion only"
            .to_owned());
    }
    Ok(url)
}

/// Hosts that no certificate exists for, and whose traffic does not leave the machine or is encrypted
/// by Tor.
pub fn may_be_plain(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
        Host::Domain("localhost") => true,
        Host::Domain(name) => [".localhost", ".test", ".onion"].iter().any(|end| name.ends_with(end)),
    }
}

/// What the URL standard lets through and DNS does not.
fn is_usable(host: &Host<&str>) -> bool {
    let Host::Domain(name) = host else { return true };
    name.len() <= 253
        && name.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
}

/// A host as it stands behind the @, in ASCII, with the port if it is not the scheme's own.
fn read_domain(scheme: &str, text: &str) -> Result<String, String> {
    const FORM: &str = "The domain must look like example.org";
    if text.contains(['/', '?', '#', '@', '\\', ' ']) {
        return Err(FORM.to_owned());
    }
    let url = Url::parse(&format!("{scheme}://{text}")).map_err(|_| FORM.to_owned())?;
    url.host().filter(is_usable).ok_or(FORM)?;
    Ok(authority(&url))
}

/// `host` or `host:port`. The URL parser has dropped the scheme's own port.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::empty;

    fn new(origin: &str) -> NewInstance {
        NewInstance {
            origin: origin.to_owned(),
            username: "alice".to_owned(),
            password: Some("correct horse".to_owned()),
            ..NewInstance::default()
        }
    }

    fn addresses(origin: &str, domain: Option<&str>) -> Result<Addresses, Vec<Fault>> {
        validate(&NewInstance { domain: domain.map(str::to_owned), ..new(origin) })
    }

    #[test]
    fn an_address_is_an_origin_in_ascii_without_the_usual_port() {
        let read = |origin| addresses(origin, None).unwrap().origin;
        assert_eq!(read(" https://Social.Example.ORG:443/ "), "https://social.example.org");
        assert_eq!(read("https://bücher.example:8443"), "https://xn--bcher-kva.example:8443");
        assert_eq!(read("http://[::1]:3000"), "http://[::1]:3000");
        let split = addresses("https://social.example.org", Some("@Exämple.org")).unwrap();
        assert_eq!(
            (split.host.as_str(), split.domain.as_str()),
            ("social.example.org", "xn--exmple-cua.org")
        );
        assert_eq!(addresses("http://a.test:81", None).unwrap().domain, "a.test:81");
    }

    #[test]
    fn plain_http_is_for_hosts_without_certificates() {
        for good in ["localhost:8080", "127.0.0.1:1", "a.localhost", "a.test", "abc.onion"] {
            assert!(addresses(&format!("http://{good}"), None).is_ok(), "{good}");
        }
        for bad in ["example.org", "test.example", "192.168.1.2", "127.0.0.1.example.org", "onion"] {
            let faults = addresses(&format!("http://{bad}"), None).unwrap_err();
            assert!(faults[0].0 == "origin" && faults[0].1.contains(".onion only"), "{bad}: {faults:?}");
        }
    }

    #[test]
    fn what_is_no_origin_or_no_domain_is_refused() {
        for bad in [
            "",
            "example.org",
            "ftp://a.org",
            "https://a.org/x",
            "https://u@a.org",
            "https://a..org",
            "https://",
        ] {
            assert_eq!(addresses(bad, None).unwrap_err()[0].0, "origin", "{bad}");
        }
        for bad in ["https://a.org", "a b", "a..org", "me@a.org"] {
            assert_eq!(addresses("https://a.org", Some(bad)).unwrap_err()[0].0, "domain", "{bad}");
        }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let faults = validate(&NewInstance {
            origin: "x".to_owned(),
            username: "Alice".to_owned(),
            display_name: "a\nb".to_owned(),
            password: Some("short".to_owned()),
            domain: Some("/".to_owned()),
            ..NewInstance::default()
        });
        let fields: Vec<&str> = faults.unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["username", "display_name", "password", "origin", "domain"]);
    }

    #[test]
    fn an_account_is_made_once_and_a_second_changes_nothing() {
        let store = empty();
        let made = create(&store, &new("https://a.example")).unwrap();
        let (owner, hash) =
            store.read(|c| Ok((store::accounts::owner(c)?, store::instance::password_hash(c)?))).unwrap();
        assert_eq!(
            (owner.uri.as_str(), owner.url.as_str()),
            ("https://a.example/users/alice", "https://a.example/@alice")
        );
        assert!(owner.id == made.owner && owner.discoverable && !owner.indexable);
        assert!(auth::is_password(hash.as_deref(), "correct horse").unwrap());
        for name in ["owner-rsa", "owner-ed25519", "instance-rsa", "vapid", "secret"] {
            store.read(|c| store::instance::key(c, name)).unwrap();
        }
        let second = create(&store, &new("https://b.example")).unwrap_err();
        assert_eq!(second.kind, Kind::Conflict);
        assert_eq!(store.read(store::instance::get).unwrap().unwrap().origin, "https://a.example");
    }
}
