//! Certificates on the disk: read and checked, written so that a power cut leaves the old one or the new one.

use super::key::Key;
use super::x509::Facts;
use crate::error::{Error, Result};
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

/// A chain of RSA certificates with its key is some 10 KiB.
const MAX_BYTES: u64 = 256 * 1024;
/// Certificates of one chain.
const MAX_CHAIN: usize = 10;

/// A chain and its key, ready for use.
#[derive(Debug, Clone)]
pub struct Pair {
    pub key: Arc<CertifiedKey>,
    pub facts: Facts,
}

impl Pair {
    /// Reads both files, which may be one and the same.
    ///
    /// Errors: `Invalid`: one cannot be read, is not in PEM, or they do not belong together.
    pub fn load(certificate: &Path, key: &Path) -> Result<Pair> {
        let chain = chain(certificate, &read(certificate)?)?;
        let secret = PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| {
            Error::invalid(format!("{} holds no private key in PEM that is not encrypted", key.display()))
        })?;
        Pair::new(chain, secret).map_err(|e| {
            Error::invalid(format!(
                "{} and {} cannot be used: {}",
                certificate.display(),
                key.display(),
                e.public
            ))
        })
    }

    /// What an authority sent for `key`.
    ///
    /// Errors: `Invalid`: it is no chain, or one of another key.
    pub fn issued(pem: &[u8], key: &Key) -> Result<Pair> {
        let secret = PrivatePkcs8KeyDer::from(key.pkcs8().to_vec());
        Pair::new(chain(Path::new("the answer"), pem)?, secret.into())
    }

    fn new(chain: Vec<CertificateDer<'static>>, secret: PrivateKeyDer<'static>) -> Result<Pair> {
        let facts = chain.first().and_then(|first| Facts::read(first));
        let facts = facts.ok_or_else(|| Error::invalid("the certificate cannot be read"))?;
        let key = CertifiedKey::from_der(chain, secret, &default_provider()).map_err(|e| {
            let other = matches!(e, rustls::Error::InconsistentKeys(_));
            let why = if other {
                "the key is another certificate's"
            } else {
                "they are of a kind that is not known"
            };
            Error::invalid(why).because(e)
        })?;
        Ok(Pair { key: Arc::new(key), facts })
    }
}

/// What a certificate says, without its key: for whoever looks on.
///
/// Errors: as [`Pair::load`].
pub fn facts(certificate: &Path) -> Result<Facts> {
    let chain = chain(certificate, &read(certificate)?)?;
    let found = chain.first().and_then(|first| Facts::read(first));
    found.ok_or_else(|| {
        Error::invalid(format!("{} holds no certificate that can be read", certificate.display()))
    })
}

/// A certificate of our own making with its key, as a listener uses it.
///
/// Errors: none in practice, the key is ours.
pub fn self_made(certificate: Vec<u8>, key: &Key) -> Result<Arc<CertifiedKey>> {
    let secret = PrivatePkcs8KeyDer::from(key.pkcs8().to_vec());
    let provider: CryptoProvider = default_provider();
    let secret = provider.key_provider.load_private_key(secret.into()).map_err(Error::internal)?;
    Ok(Arc::new(CertifiedKey::new(vec![certificate.into()], secret)))
}

fn chain(file: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).take(MAX_CHAIN).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(Error::invalid(format!("{} holds no certificate in PEM", file.display()))),
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let opened = File::open(file).and_then(|opened| opened.take(MAX_BYTES).read_to_end(&mut bytes));
    opened.map_err(|e| Error::invalid(format!("{} cannot be read: {e}", file.display())))?;
    Ok(bytes)
}

/// Writes a file for our eyes alone, whole or not at all; its folder is made when there is none.
///
/// Errors: the disk's.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let unfinished = path.with_extension("unfinished");
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    Ok(File::open(folder)?.sync_all()?)
}
