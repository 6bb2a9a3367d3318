//! A P-256 key: an account's at the authority, or a certificate's. <https://www.rfc-editor.org/rfc/rfc5208> (PKCS#8)

use crate::error::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING};
use ring::signature::{EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;

pub struct Key {
    pkcs8: Vec<u8>,
    pair: EcdsaKeyPair,
}

impl Key {
    /// Errors: no randomness.
    pub fn generate() -> Result<Key> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        Key::from_pkcs8(made.map_err(|e| Error::internal(e.to_string()))?.as_ref().to_vec())
    }

    /// Errors: `Invalid`, when it is no such key.
    pub fn from_pem(pem: &[u8]) -> Result<Key> {
        let found = PrivatePkcs8KeyDer::from_pem_slice(pem);
        Key::from_pkcs8(
            found.map_err(|_| Error::invalid("this is no key in PEM"))?.secret_pkcs8_der().to_vec(),
        )
    }

    fn from_pkcs8(pkcs8: Vec<u8>) -> Result<Key> {
        let pair = pair(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8)?;
        Ok(Key { pkcs8, pair })
    }

    pub fn to_pem(&self) -> String {
        pem("PRIVATE KEY", &self.pkcs8)
    }

    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// The uncompressed point: 4, and 32 bytes each of x and y.
    pub fn public(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// As JWS wants it: 32 bytes each of r and s.
    pub fn sign(&self, what: &[u8]) -> Result<Vec<u8>> {
        sign(&self.pair, what)
    }

    /// As X.509 wants it.
    pub fn sign_der(&self, what: &[u8]) -> Result<Vec<u8>> {
        sign(&pair(&ECDSA_P256_SHA256_ASN1_SIGNING, &self.pkcs8)?, what)
    }
}

fn pair(how: &'static EcdsaSigningAlgorithm, pkcs8: &[u8]) -> Result<EcdsaKeyPair> {
    let pair = EcdsaKeyPair::from_pkcs8(how, pkcs8, &SystemRandom::new());
    pair.map_err(|e| Error::invalid(format!("this is no key for P-256: {e}")))
}

fn sign(pair: &EcdsaKeyPair, what: &[u8]) -> Result<Vec<u8>> {
    let signature = pair.sign(&SystemRandom::new(), what).map_err(|e| Error::internal(e.to_string()))?;
    Ok(signature.as_ref().to_vec())
}

/// <https://www.rfc-editor.org/rfc/rfc7468>
pub fn pem(what: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut out = format!("-----BEGIN {what}-----\n");
    for line in text.as_bytes().chunks(64) {
        out += &String::from_utf8_lossy(line);
        out.push('\n');
    }
    out + "-----END " + what + "-----\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_way_through_a_file_and_others_are_refused() {
        let key = Key::generate().unwrap();
        let again = Key::from_pem(key.to_pem().as_bytes()).unwrap();
        assert_eq!((again.public(), key.public().len()), (key.public(), 65));
        // As OpenSSL writes it, and we again.
        let theirs = include_str!("../../tests/fixtures/tls/years_key.pem");
        assert_eq!(Key::from_pem(theirs.as_bytes()).unwrap().to_pem(), theirs);
        for wrong in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "no key"] {
            assert!(Key::from_pem(wrong.as_bytes()).is_err());
        }
    }
}
