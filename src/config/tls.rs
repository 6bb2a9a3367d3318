//! Our own end of https: `[tls]` in `taure.toml`. Without it Taure speaks http, and a proxy in front has the certificate.

use crate::error::{Error, Result};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

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
    /// Errors: half of a pair.
    pub(super) fn checked(self) -> Result<Tls> {
        if self.certificate.as_os_str().is_empty() != self.key.as_os_str().is_empty() {
            return Err(Error::invalid("tls.certificate and tls.key go together: one of them is missing"));
        }
        if self.eab_key_id.is_empty() != self.eab_key.is_empty() {
            return Err(Error::invalid("tls.eab_key_id and tls.eab_key go together: one of them is missing"));
        }
        Ok(self)
    }

    /// Whether certificates are had by ACME.
    pub fn is_acme(&self) -> bool {
        self.certificate.as_os_str().is_empty()
    }
}
