//! Our names by https: the certificates in use, found by the name that a client asks for (SNI).
//! <https://www.rfc-editor.org/rfc/rfc8446>, <https://www.rfc-editor.org/rfc/rfc8737> (TLS-ALPN-01)

mod der;
mod files;
pub mod jws;
mod key;
mod x509;

pub use files::{Pair, facts, self_made, write};
pub use key::Key;
pub use x509::{Facts, challenge, request};

use crate::error::{Error, Result};
use rustls::ServerConfig;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// What TLS-ALPN-01 asks for instead of http.
const ACME: &[u8] = b"acme-tls/1";

/// Shared by the listeners, which read it, and by whoever renews, who writes it.
#[derive(Debug, Default)]
pub struct Certificates(RwLock<Held>);

#[derive(Debug, Default)]
struct Held {
    /// By name, in lower case.
    by_name: HashMap<String, Arc<CertifiedKey>>,
    /// For clients that name nobody, or somebody unknown.
    any: Option<Arc<CertifiedKey>>,
    /// What answers TLS-ALPN-01 while an order is open, by name.
    challenges: HashMap<String, Arc<CertifiedKey>>,
    /// What answers HTTP-01 while an order is open: key authorizations by token.
    tokens: HashMap<String, String>,
}

impl Certificates {
    /// Uses `key` for `names` from now on, and nothing else; new connections see it at once.
    pub fn put(&self, names: &[String], key: &Arc<CertifiedKey>) {
        let mut held = self.write();
        held.by_name.clear();
        for name in names {
            held.by_name.insert(name.to_ascii_lowercase(), Arc::clone(key));
        }
        held.any = Some(Arc::clone(key));
    }

    /// Whether anybody can be answered.
    pub fn is_ready(&self) -> bool {
        self.read().any.is_some()
    }

    /// Answers TLS-ALPN-01 for `name`, until it is taken back by `None`.
    pub fn challenge(&self, name: &str, key: Option<Arc<CertifiedKey>>) {
        let name = name.to_ascii_lowercase();
        let mut held = self.write();
        match key {
            Some(key) => drop(held.challenges.insert(name, key)),
            None => drop(held.challenges.remove(&name)),
        }
    }

    /// Answers HTTP-01 at `/.well-known/acme-challenge/<token>`, until it is taken back by `None`.
    pub fn expect(&self, token: &str, authorization: Option<String>) {
        let mut held = self.write();
        match authorization {
            Some(text) => drop(held.tokens.insert(token.to_owned(), text)),
            None => drop(held.tokens.remove(token)),
        }
    }

    /// What is answered to HTTP-01.
    pub fn authorization(&self, token: &str) -> Option<String> {
        self.read().tokens.get(token).cloned()
    }

    /// What the listeners offer: HTTP/2 where it is built in, HTTP/1.1, and TLS-ALPN-01 while an order is open.
    ///
    /// Errors: none in practice: the versions and suites are those of the library.
    pub fn config(self: &Arc<Certificates>) -> Result<Arc<ServerConfig>> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| Error::internal(format!("TLS cannot be set up: {e}")))?;
        let mut config = builder.with_no_client_auth().with_cert_resolver(Arc::<Certificates>::clone(self));
        config.alpn_protocols = vec![b"http/1.1".to_vec(), ACME.to_vec()];
        if cfg!(feature = "http2") {
            config.alpn_protocols.insert(0, b"h2".to_vec());
        }
        Ok(Arc::new(config))
    }

    fn read(&self) -> RwLockReadGuard<'_, Held> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Held> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().unwrap_or_default().to_ascii_lowercase();
        let held = self.read();
        if hello.alpn().is_some_and(|mut offered| offered.any(|p| p == ACME)) {
            return held.challenges.get(&name).cloned();
        }
        held.by_name.get(&name).or(held.any.as_ref()).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_certificate_takes_the_place_of_the_old_one_for_all_names() {
        let held = Certificates::default();
        let made = |name: &str| {
            let key = Key::generate().unwrap();
            files::self_made(x509::challenge(&key, name, &[0; 32]).unwrap(), &key).unwrap()
        };
        let (old, new) = (made("social.example.org"), made("example.org"));
        held.put(&["social.example.org".to_owned()], &old);
        held.put(&["example.org".to_owned()], &new);
        let held = held.read();
        assert!(!held.by_name.contains_key("social.example.org") && held.by_name.contains_key("example.org"));
        assert!(held.any.as_ref().is_some_and(|any| Arc::ptr_eq(any, &new)));
    }
}
