//! Keys: made, read, written, and used on bytes.
//!
//! RSA is what every server verifies; Ed25519 is what FEP-521a publishes as a Multikey
//! (<https://www.w3.org/TR/cid-1.0/#Multikey>). The `rsa` crate makes, reads and writes RSA keys;
//! `ring` signs and verifies, in a quarter of the time and without its key generation.

use std::fmt;
use std::sync::Arc;

use ed25519_dalek::pkcs8::KeypairBytes;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use ring::rand::SystemRandom;
use ring::signature::{self as rings, KeyPair as _};
use rsa::pkcs1::{DecodeRsaPublicKey as _, EncodeRsaPublicKey as _};
use rsa::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _, LineEnding,
};

use super::{base64_decode, refused};
use crate::error::{Error, Result};

/// The multicodec prefix of an Ed25519 public key, 0xed as a varint.
const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];

/// A PEM of 8192 bits has 1.5 KB; more is no key.
const LONGEST_PEM: usize = 16 * 1024;

/// How a signature was made. The key decides; a name that a sender gives must agree with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256: what nearly everybody sends, and what `hs2019` means in practice.
    RsaSha256,
    /// RSASSA-PKCS1-v1_5 with SHA-512: Friendica's `rsa-sha512`.
    RsaSha512,
    Ed25519,
}

/// The key of the owner or of the instance.
pub enum PrivateKey {
    Rsa(RsaPrivate),
    Ed25519(SigningKey),
}

/// An RSA key, ready to sign, with the text it is stored as.
pub struct RsaPrivate {
    pair: rings::RsaKeyPair,
    pem: String,
}

impl PrivateKey {
    /// A new RSA key of 2048 bits, the size that everybody reads: `ring` signs with no less, PeerTube and Lemmy expect no more.
    /// Takes some tenths of a second.
    pub fn generate_rsa() -> Result<PrivateKey> {
        // One search for primes in the house, not two: the crate's own has large tables.
        super::Seed::fresh()?.rsa("rsa")
    }

    /// A new Ed25519 key.
    pub fn generate_ed25519() -> Result<PrivateKey> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(Error::internal)?;
        Ok(PrivateKey::Ed25519(SigningKey::from_bytes(&seed)))
    }

    /// The Ed25519 key of a seed (RFC 8032, 5.1.5).
    pub(super) fn ed25519_of(seed: &[u8; 32]) -> PrivateKey {
        PrivateKey::Ed25519(SigningKey::from_bytes(seed))
    }

    /// The RSA key of two primes of 1024 bits, most significant byte first, the larger one first.
    pub(super) fn rsa_of(p: [u8; 128], q: [u8; 128], exponent: u32) -> Result<PrivateKey> {
        let key = rsa::PrivateKey::from_p_q(prime(&p)?, prime(&q)?, rsa::BoxedUint::from(exponent));
        let pem = key.map_err(Error::internal)?.to_pkcs8_pem(LineEnding::LF).map_err(Error::internal)?;
        PrivateKey::from_pem(&pem)
    }

    /// Reads PKCS#8 (`-----BEGIN PRIVATE KEY-----`), as `to_pem` writes it.
    ///
    /// Errors: `Internal`, since the only private keys here are our own.
    pub fn from_pem(pem: &str) -> Result<PrivateKey> {
        let der = pem_to_der(pem).ok_or_else(|| Error::internal("a private key is no PEM"))?;
        if let Ok(key) = SigningKey::from_pkcs8_der(&der) {
            return Ok(PrivateKey::Ed25519(key));
        }
        // PKCS#1 is how GoToSocial and Mastodon keep theirs.
        let pair = rings::RsaKeyPair::from_pkcs8(&der)
            .or_else(|_| rings::RsaKeyPair::from_der(&der))
            .map_err(|e| Error::internal(format!("a private key cannot be used: {e}")))?;
        let pem = pem.trim().to_owned() + "\n";
        Ok(PrivateKey::Rsa(RsaPrivate { pair, pem }))
    }

    /// PKCS#8 as PEM, to be stored.
    pub fn to_pem(&self) -> Result<String> {
        match self {
            PrivateKey::Rsa(key) => Ok(key.pem.clone()),
            PrivateKey::Ed25519(key) => {
                // Without the public half: OpenSSL refuses the version of PKCS#8 that has it.
                let pair = KeypairBytes { secret_key: key.to_bytes(), public_key: None };
                let pem = pair.to_pkcs8_pem(LineEnding::LF).map_err(Error::internal)?;
                Ok(pem.to_string())
            }
        }
    }

    /// The half that others may know.
    pub fn public(&self) -> PublicKey {
        match self {
            PrivateKey::Rsa(key) => {
                PublicKey::Rsa(RsaPublic { pkcs1: key.pair.public_key().as_ref().into() })
            }
            PrivateKey::Ed25519(key) => PublicKey::Ed25519(key.verifying_key()),
        }
    }

    /// Signs with RSASSA-PKCS1-v1_5 and SHA-256 (256 bytes), or Ed25519 (64 bytes).
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        match self {
            PrivateKey::Rsa(RsaPrivate { pair, .. }) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&rings::RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
                    .map_err(|_| Error::internal("the RSA key did not sign"))?;
                Ok(signature)
            }
            PrivateKey::Ed25519(key) => Ok(key.sign(message).to_vec()),
        }
    }
}

fn prime(bytes: &[u8; 128]) -> Result<rsa::BoxedUint> {
    rsa::BoxedUint::from_be_slice(bytes, 1024).map_err(Error::internal)
}

/// By Baillie-PSW: no composite number is known that passes, so any other test says the same.
pub(super) fn is_prime(bytes: &[u8; 128]) -> Result<bool> {
    Ok(crypto_primes::is_prime(crypto_primes::Flavor::Any, &prime(bytes)?))
}

/// Never the key itself: this may end in a log.
impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PrivateKey::Rsa(_) => "PrivateKey::Rsa(..)",
            PrivateKey::Ed25519(_) => "PrivateKey::Ed25519(..)",
        })
    }
}

/// Somebody's key to verify with. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    Rsa(RsaPublic),
    Ed25519(VerifyingKey),
}

/// An RSA key of 1024 to 8192 bits, as the PKCS#1 bytes that `ring` takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RsaPublic {
    pkcs1: Arc<[u8]>,
}

impl PublicKey {
    /// Reads `publicKeyPem`: SPKI (`BEGIN PUBLIC KEY`), and PKCS#1 (`BEGIN RSA PUBLIC KEY`), which
    /// a few older servers publish, under either label and however the lines are broken.
    ///
    /// Errors: `Unauthorized`, since a signature by such a key cannot be believed.
    pub fn from_pem(pem: &str) -> Result<PublicKey> {
        let der = pem_to_der(pem).ok_or_else(|| refused("The signer's public key is no PEM"))?;
        if let Ok(key) = VerifyingKey::from_public_key_der(&der) {
            return Ok(PublicKey::Ed25519(key));
        }
        rsa::PublicKey::from_public_key_der(&der)
            .ok()
            .or_else(|| rsa::PublicKey::from_pkcs1_der(&der).ok())
            .and_then(|key| key.to_pkcs1_der().ok())
            .map(|pkcs1| PublicKey::Rsa(RsaPublic { pkcs1: pkcs1.as_bytes().into() }))
            .ok_or_else(|| refused("The signer's public key is neither RSA nor Ed25519"))
    }

    /// Reads `publicKeyMultibase`: `z`, then base58btc of 0xed01 and 32 bytes. Ed25519 only.
    ///
    /// Errors: `Unauthorized`, as `from_pem`.
    pub fn from_multibase(text: &str) -> Result<PublicKey> {
        let bytes = text
            .strip_prefix('z')
            // The 34 bytes make 48 characters; base58 is slow on long ones.
            .filter(|encoded| encoded.len() <= 64)
            .and_then(|encoded| bs58::decode(encoded).into_vec().ok());
        bytes
            .as_deref()
            .and_then(|bytes| bytes.strip_prefix(&ED25519_PREFIX))
            .and_then(|raw| VerifyingKey::try_from(raw).ok())
            .map(PublicKey::Ed25519)
            .ok_or_else(|| refused("The signer's Multikey is not an Ed25519 key"))
    }

    /// Reads a key in the form in which it was published: a Multikey, or PEM.
    ///
    /// Errors: `Unauthorized`.
    pub fn read(text: &str) -> Result<PublicKey> {
        if text.starts_with('z') { PublicKey::from_multibase(text) } else { PublicKey::from_pem(text) }
    }

    /// SPKI as PEM, the form of `publicKeyPem` that PeerTube and Lemmy insist on.
    pub fn to_pem(&self) -> Result<String> {
        match self {
            PublicKey::Rsa(RsaPublic { pkcs1 }) => rsa::PublicKey::from_pkcs1_der(pkcs1)
                .map_err(Error::internal)?
                .to_public_key_pem(LineEnding::LF)
                .map_err(Error::internal),
            PublicKey::Ed25519(key) => key.to_public_key_pem(LineEnding::LF).map_err(Error::internal),
        }
    }

    /// `z6Mk...`, for `publicKeyMultibase`. `None` for RSA, which is published as PEM.
    pub fn to_multibase(&self) -> Option<String> {
        match self {
            PublicKey::Rsa(_) => None,
            PublicKey::Ed25519(key) => {
                let bytes = [&ED25519_PREFIX[..], key.as_bytes()].concat();
                Some(format!("z{}", bs58::encode(bytes).into_string()))
            }
        }
    }

    /// Verifies a signature. The algorithm is the key's own; `named`, what the sender called it,
    /// only chooses between SHA-256 (the default) and SHA-512 for RSA.
    ///
    /// Errors: `Unauthorized`, when `named` belongs to another kind of key or the signature is wrong.
    pub fn verify(&self, named: Option<Algorithm>, message: &[u8], signature: &[u8]) -> Result<()> {
        let holds = match (self, named) {
            (PublicKey::Rsa(key), None | Some(Algorithm::RsaSha256)) => {
                key.holds(&rings::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, message, signature)
            }
            (PublicKey::Rsa(key), Some(Algorithm::RsaSha512)) => {
                key.holds(&rings::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY, message, signature)
            }
            // Strict: no key of small order, no second spelling of the same signature.
            (PublicKey::Ed25519(key), None | Some(Algorithm::Ed25519)) => {
                ed25519_dalek::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
            }
            _ => {
                return Err(refused("The signature names an algorithm of another kind of key"));
            }
        };
        if holds {
            Ok(())
        } else {
            Err(refused("The signature does not match the request and the key it names"))
        }
    }
}

impl RsaPublic {
    /// "Legacy" in the names of `ring` means that 1024 bits will do: such keys are still published
    /// by accounts from before 2018.
    fn holds(&self, how: &'static rings::RsaParameters, message: &[u8], signature: &[u8]) -> bool {
        rings::UnparsedPublicKey::new(how, &self.pkcs1).verify(message, signature).is_ok()
    }
}

/// The bytes inside a PEM of whatever label. More lenient than RFC 7468 about line lengths and
/// white space: PEMs that went through JSON and databases lose both.
pub(super) fn pem_to_der(pem: &str) -> Option<Vec<u8>> {
    if pem.len() > LONGEST_PEM {
        return None;
    }
    let (_, after) = pem.split_once("-----BEGIN ")?;
    let (_label, after) = after.split_once("-----")?;
    let (body, _) = after.split_once("-----END ")?;
    let compact: String = body.split_ascii_whitespace().collect();
    base64_decode(&compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 1024-bit key of draft-cavage-http-signatures-12, appendix C.
    const OLD_RSA: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
";

    #[test]
    fn an_rsa_key_survives_being_stored_and_published() {
        let key = PrivateKey::generate_rsa().unwrap();
        let stored = key.to_pem().unwrap();
        assert!(stored.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert!(rsa::PrivateKey::from_pkcs8_pem(&stored).is_ok());

        let published = key.public().to_pem().unwrap();
        assert!(published.starts_with("-----BEGIN PUBLIC KEY-----\n"));
        let read = PublicKey::from_pem(&published).unwrap();
        assert_eq!(read, key.public());
        assert_eq!(read.to_multibase(), None);

        let signature = PrivateKey::from_pem(&stored).unwrap().sign(b"Labrit!").unwrap();
        assert_eq!(signature.len(), 256);
        read.verify(None, b"Labrit!", &signature).unwrap();
        read.verify(Some(Algorithm::RsaSha256), b"Labrit!", &signature).unwrap();
        assert!(read.verify(None, b"Labrit?", &signature).is_err());
        assert!(read.verify(None, b"Labrit!", &signature[1..]).is_err());
        assert!(read.verify(Some(Algorithm::RsaSha512), b"Labrit!", &signature).is_err());
        assert!(read.verify(Some(Algorithm::Ed25519), b"Labrit!", &signature).is_err());
    }

    #[test]
    fn ring_and_rsa_agree() {
        let key = PrivateKey::generate_rsa().unwrap();
        let reference = rsa::PrivateKey::from_pkcs8_pem(&key.to_pem().unwrap()).unwrap();
        let ours = key.sign(b"both").unwrap();
        assert_eq!(ours, reference.pkcs1v15_sign::<rsa::sha2::Sha256>(b"both").unwrap());

        let friendica = reference.pkcs1v15_sign::<rsa::sha2::Sha512>(b"both").unwrap();
        key.public().verify(Some(Algorithm::RsaSha512), b"both", &friendica).unwrap();
    }

    #[test]
    fn an_ed25519_key_survives_being_stored_and_published_both_ways() {
        let key = PrivateKey::generate_ed25519().unwrap();
        let again = PrivateKey::from_pem(&key.to_pem().unwrap()).unwrap();
        let multibase = key.public().to_multibase().unwrap();
        assert!(multibase.starts_with("z6Mk"), "{multibase}");

        let public = PublicKey::from_multibase(&multibase).unwrap();
        assert_eq!(public, again.public());
        assert_eq!(public, PublicKey::from_pem(&public.to_pem().unwrap()).unwrap());

        let signature = again.sign(b"Labrit!").unwrap();
        assert_eq!(signature.len(), 64);
        public.verify(None, b"Labrit!", &signature).unwrap();
        assert!(public.verify(None, b"Labrit?", &signature).is_err());
        assert!(public.verify(None, b"Labrit!", &signature[..63]).is_err());
        assert!(public.verify(Some(Algorithm::RsaSha256), b"Labrit!", &signature).is_err());
    }

    #[test]
    fn a_public_key_is_read_as_pkcs1_and_with_broken_lines() {
        let key = PublicKey::from_pem(OLD_RSA).unwrap();
        let PublicKey::Rsa(RsaPublic { pkcs1 }) = &key else {
            panic!("not RSA");
        };
        let older = rsa::PublicKey::from_pkcs1_der(pkcs1).unwrap().to_pkcs1_pem(LineEnding::CRLF).unwrap();
        assert!(older.starts_with("-----BEGIN RSA PUBLIC KEY-----"));
        assert_eq!(PublicKey::from_pem(&older).unwrap(), key);

        let one_line = OLD_RSA.replace('\n', "").replace("KEY-----M", "KEY-----\nM");
        assert_eq!(PublicKey::from_pem(&one_line).unwrap(), key);
        assert_eq!(key.to_pem().unwrap(), OLD_RSA);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "key", "-----BEGIN PUBLIC KEY-----", "-----BEGIN X-----AAAA-----END X-----"] {
            assert!(PublicKey::from_pem(text).is_err(), "{text}");
            assert!(PrivateKey::from_pem(text).is_err(), "{text}");
        }
        assert!(PublicKey::from_pem(&format!("{}{OLD_RSA}", " ".repeat(LONGEST_PEM))).is_err());
        for text in ["", "z", "6Mk", "z6Mk", "m7QE", &format!("z{}", "1".repeat(4096))] {
            assert!(PublicKey::from_multibase(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_private_key_does_not_print_itself() {
        let key = PrivateKey::generate_ed25519().unwrap();
        assert_eq!(format!("{key:?}"), "PrivateKey::Ed25519(..)");
    }
}
