//! Keys: made, read, written, and used on bytes.
//!
//! RSA is what every server verifies; Ed25519 is what FEP-521a publishes as a Multikey
//! (<https://www.w3.org/TR/cid-1.0/#Multikey>). The `rsa` crate makes, reads and writes RSA keys;
//! `ring` signs and verifies, in a quarter of the time and without its key generation. Ed25519 is ring's alone, in the
//! forms of RFC 8410 (<https://www.rfc-editor.org/rfc/rfc8410>), which are a fixed head and the key.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{self as rings, KeyPair as _};

use super::{base64_decode, refused, rsa};
use crate::error::{Error, Result};

/// The multicodec prefix of an Ed25519 public key, 0xed as a varint.
const ED25519_PREFIX: [u8; 2] = [0xed, 0x01];

/// The DER before the 32 bytes of an Ed25519 key: PKCS#8 of the seed, SubjectPublicKeyInfo of the public half.
const ED25519_PKCS8: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
pub(super) const ED25519_SPKI: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The y of all points of small order, little end first, in both spellings where there are two; the highest bit is the
/// sign of x. <https://www.rfc-editor.org/rfc/rfc8032#section-5.1.3>
const ED25519_SMALL: [[u8; 32]; 7] = [
    around(0x00, 0x00, 0x00),
    around(0x01, 0x00, 0x00),
    around(0xec, 0xff, 0x7f),
    around(0xed, 0xff, 0x7f),
    around(0xee, 0xff, 0x7f),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5,
        0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a,
        0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];

const fn around(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut y = [middle; 32];
    y[0] = first;
    y[31] = last;
    y
}

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
    Ed25519(EdwardsPrivate),
}

/// An RSA key, ready to sign, with the text it is stored as.
pub struct RsaPrivate {
    pair: rings::RsaKeyPair,
    pem: String,
}

/// An Ed25519 key, ready to sign, and the seed that it is stored as.
pub struct EdwardsPrivate {
    pair: rings::Ed25519KeyPair,
    seed: [u8; 32],
}

impl PrivateKey {
    /// A new RSA key of 2048 bits, the size that everybody reads: `ring` signs with no less, PeerTube and Lemmy expect
    /// no more. Takes about a tenth of a second.
    pub fn generate_rsa() -> Result<PrivateKey> {
        PrivateKey::from_pem(&to_pem("PRIVATE KEY", &rsa::generate()?))
    }

    /// A new Ed25519 key.
    pub fn generate_ed25519() -> Result<PrivateKey> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(Error::internal)?;
        PrivateKey::ed25519_of(&seed)
    }

    /// The Ed25519 key of a seed (RFC 8032, 5.1.5).
    pub(super) fn ed25519_of(seed: &[u8; 32]) -> Result<PrivateKey> {
        let pair = rings::Ed25519KeyPair::from_seed_unchecked(seed);
        let pair = pair.map_err(|e| Error::internal(format!("an Ed25519 key cannot be used: {e}")))?;
        Ok(PrivateKey::Ed25519(EdwardsPrivate { pair, seed: *seed }))
    }

    /// The RSA key of two primes of 1024 bits, most significant byte first.
    pub(super) fn rsa_of(p: [u8; rsa::PRIME], q: [u8; rsa::PRIME]) -> Result<PrivateKey> {
        PrivateKey::from_pem(&to_pem("PRIVATE KEY", &rsa::pkcs8(p, q)?))
    }

    /// Reads PKCS#8 (`-----BEGIN PRIVATE KEY-----`), as `to_pem` writes it.
    ///
    /// Errors: `Internal`, since the only private keys here are our own.
    pub fn from_pem(pem: &str) -> Result<PrivateKey> {
        let der = pem_to_der(pem).ok_or_else(|| Error::internal("a private key is no PEM"))?;
        // As we write it, and nobody else writes here.
        if let Some(seed) = der.strip_prefix(&ED25519_PKCS8).and_then(|seed| seed.try_into().ok()) {
            return PrivateKey::ed25519_of(seed);
        }
        let pair = rings::RsaKeyPair::from_pkcs8(&der)
            .map_err(|e| Error::internal(format!("a private key cannot be used: {e}")))?;
        let pem = pem.trim().to_owned() + "\n";
        Ok(PrivateKey::Rsa(RsaPrivate { pair, pem }))
    }

    /// PKCS#8 as PEM, to be stored.
    pub fn to_pem(&self) -> Result<String> {
        match self {
            PrivateKey::Rsa(key) => Ok(key.pem.clone()),
            // Without the public half: OpenSSL refuses the version of PKCS#8 that has it.
            PrivateKey::Ed25519(key) => Ok(to_pem("PRIVATE KEY", &[&ED25519_PKCS8[..], &key.seed].concat())),
        }
    }

    /// The half that others may know.
    pub fn public(&self) -> PublicKey {
        match self {
            PrivateKey::Rsa(key) => {
                PublicKey::Rsa(RsaPublic { pkcs1: key.pair.public_key().as_ref().into() })
            }
            PrivateKey::Ed25519(key) => {
                let mut public = [0; 32];
                public.copy_from_slice(key.pair.public_key().as_ref());
                PublicKey::Ed25519(public)
            }
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
            PrivateKey::Ed25519(key) => Ok(key.pair.sign(message).as_ref().to_vec()),
        }
    }
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
    Ed25519([u8; 32]),
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
        if let Some(key) = der.strip_prefix(&ED25519_SPKI).and_then(|key| key.try_into().ok()) {
            return Ok(PublicKey::Ed25519(key));
        }
        rsa::public(&der)
            .map(|pkcs1| PublicKey::Rsa(RsaPublic { pkcs1: pkcs1.into() }))
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
            .and_then(|raw| raw.try_into().ok())
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
        let spki = match self {
            PublicKey::Rsa(RsaPublic { pkcs1 }) => rsa::spki(pkcs1),
            PublicKey::Ed25519(key) => [&ED25519_SPKI[..], key].concat(),
        };
        Ok(to_pem("PUBLIC KEY", &spki))
    }

    /// `z6Mk...`, for `publicKeyMultibase`. `None` for RSA, which is published as PEM.
    pub fn to_multibase(&self) -> Option<String> {
        match self {
            PublicKey::Rsa(_) => None,
            PublicKey::Ed25519(key) => {
                let bytes = [&ED25519_PREFIX[..], key].concat();
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
                let sound = !is_small(key) && signature.first_chunk().is_some_and(|point| !is_small(point));
                sound
                    && rings::UnparsedPublicKey::new(&rings::ED25519, key).verify(message, signature).is_ok()
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

/// Whether this is a point of which some multiple up to eight is nothing: it would verify what nobody signed.
fn is_small(point: &[u8; 32]) -> bool {
    let mut y = *point;
    y[31] &= 0x7f;
    ED25519_SMALL.contains(&y)
}

/// In lines of 64 characters, the only form that RFC 7468 writes.
fn to_pem(label: &str, der: &[u8]) -> String {
    let mut out = format!("-----BEGIN {label}-----\n");
    for (at, c) in STANDARD.encode(der).chars().enumerate() {
        if at > 0 && at % 64 == 0 {
            out.push('\n');
        }
        out.push(c);
    }
    out + &format!("\n-----END {label}-----\n")
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
    use ::rsa::pkcs1::{DecodeRsaPublicKey as _, EncodeRsaPublicKey as _};
    use ::rsa::pkcs8::{DecodePrivateKey as _, LineEnding};
    use ::rsa::{PrivateKey as Reference, PublicKey as PublicReference, sha2};

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
        assert!(Reference::from_pkcs8_pem(&stored).is_ok());

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
        let reference = Reference::from_pkcs8_pem(&key.to_pem().unwrap()).unwrap();
        let ours = key.sign(b"both").unwrap();
        assert_eq!(ours, reference.pkcs1v15_sign::<sha2::Sha256>(b"both").unwrap());

        let friendica = reference.pkcs1v15_sign::<sha2::Sha512>(b"both").unwrap();
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

    /// A key that the library before this one wrote, and what OpenSSL says of it.
    #[test]
    fn an_ed25519_key_is_stored_as_ever() {
        let stored = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g\n-----END PRIVATE KEY-----\n";
        let key = PrivateKey::from_pem(stored).unwrap();
        assert_eq!(key.to_pem().unwrap(), stored);
        let published = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=\n-----END PUBLIC KEY-----\n";
        assert_eq!(key.public().to_pem().unwrap(), published);
    }

    /// For the point that is nothing, nothing is a signature of whatever text.
    #[test]
    fn a_key_of_small_order_verifies_nothing() {
        let nothing = around(1, 0, 0);
        let signature = [nothing, [0; 32]].concat();
        let loose = rings::UnparsedPublicKey::new(&rings::ED25519, &nothing);
        assert!(loose.verify(b"whatever", &signature).is_ok(), "or this test tests nothing");
        assert!(PublicKey::Ed25519(nothing).verify(None, b"whatever", &signature).is_err());
        for mut point in ED25519_SMALL {
            for _ in 0..2 {
                point[31] ^= 0x80;
                assert!(PublicKey::Ed25519(point).verify(None, b"whatever", &signature).is_err());
            }
        }
    }

    #[test]
    fn a_public_key_is_read_as_pkcs1_and_with_broken_lines() {
        let key = PublicKey::from_pem(OLD_RSA).unwrap();
        let PublicKey::Rsa(RsaPublic { pkcs1 }) = &key else {
            panic!("not RSA");
        };
        let older = PublicReference::from_pkcs1_der(pkcs1).unwrap().to_pkcs1_pem(LineEnding::CRLF).unwrap();
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
