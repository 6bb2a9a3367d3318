//! Our own end of https: `[tls]` in `taure.toml`. Without it Taure speaks http, and a proxy in front has the certificate.

use crate::error::{Error, Result};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// <https://letsencrypt.org/docs/acme-protocol-updates/>
const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// More than a house needs, fewer than authorities allow.
const MAX_NAMES: usize = 20;

/// Where certificates come from, and where https is spoken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// The names to be certified. Empty: the host of the instance's origin, and its domain where that points here, too.
    pub names: Vec<String>,
    /// Where https is listened for; `[::]:443` when empty.
    pub listen: Vec<SocketAddr>,
    /// Where plain http is listened for, which leads to https and answers HTTP-01; `[::]:80` when empty.
    pub listen_http: Vec<SocketAddr>,
    /// The directory of an ACME server; Let's Encrypt's when empty. Of no use beside `certificate`.
    pub directory: String,
    /// Where the authority writes to when something is wrong; may be empty.
    pub contact: String,
    /// External account binding, as some authorities want it: the key's name, and the key in base64url.
    pub eab_key_id: String,
    pub eab_key: String,
    /// An own certificate instead: files in PEM, the chain and its key. They are read again when they change.
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Tls {
    /// Errors: half of a pair; names that no certificate of ours can have; a directory that is none.
    pub(crate) fn checked(mut self) -> Result<Tls> {
        if self.certificate.as_os_str().is_empty() != self.key.as_os_str().is_empty() {
            return Err(Error::invalid("tls.certificate and tls.key go together: one of them is missing"));
        }
        if self.eab_key_id.is_empty() != self.eab_key.is_empty() {
            return Err(Error::invalid("tls.eab_key_id and tls.eab_key go together: one of them is missing"));
        }
        if !self.directory.is_empty() && !self.directory.starts_with("https://") {
            return Err(Error::invalid("tls.directory must be the https address of an ACME directory"));
        }
        if self.names.len() > MAX_NAMES {
            return Err(Error::invalid(format!("tls.names has more than {MAX_NAMES} names")));
        }
        for name in &mut self.names {
            *name = name.trim().trim_end_matches('.').to_ascii_lowercase();
            if name.starts_with("*.") {
                return Err(Error::invalid(format!(
                    "tls.names cannot have {name}: name each host, or bring a certificate of your own with tls.certificate"
                )));
            }
            if !is_name(name) {
                return Err(Error::invalid(format!(
                    "tls.names has {name}, which is no name in DNS; others than ASCII are written as xn--..."
                )));
            }
        }
        Ok(self)
    }

    /// Whether certificates are had by ACME.
    pub fn is_acme(&self) -> bool {
        self.certificate.as_os_str().is_empty()
    }

    /// The directory to ask.
    pub fn directory(&self) -> &str {
        if self.directory.is_empty() { LETS_ENCRYPT } else { &self.directory }
    }

    /// Whether https is listened for where TLS-ALPN-01 looks, as far as we can see.
    pub fn is_on_443(&self) -> bool {
        self.listen.is_empty() || self.listen.iter().any(|at| at.port() == 443)
    }
}

/// Whether a certificate may be for it: letters, digits, dots and hyphens, and no address.
pub fn is_name(text: &str) -> bool {
    let fine = |label: &str| {
        (1..64).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.len() < 254 && text.split('.').all(fine) && text.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_certified_is_said_at_the_start() {
        let named = |name: &str| Tls { names: vec![name.into()], ..Tls::default() }.checked();
        assert_eq!(named("Social.Example.org.").unwrap().names, ["social.example.org"]);
        for name in ["*.example.org", "192.0.2.1", "[::1]", "bücher.example", "a..b", "", "a b", "host:443"]
        {
            assert!(named(name).is_err(), "{name}");
        }
        let wrong = [
            Tls { directory: "http://ca.example/dir".into(), ..Tls::default() },
            Tls { eab_key_id: "only".into(), ..Tls::default() },
            Tls { certificate: "only".into(), ..Tls::default() },
            Tls { names: vec!["a.example".into(); 21], ..Tls::default() },
        ];
        assert!(wrong.into_iter().all(|tls| tls.checked().is_err()));
    }
}
