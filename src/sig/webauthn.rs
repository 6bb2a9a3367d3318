//! What a passkey says, read and verified: <https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential> and
//! <https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>. Pure; without attestation, so without CBOR: the
//! browser gives the public key as SPKI, and its own word is all that the owner's session needs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_ASN1, ED25519, UnparsedPublicKey};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use url::Url;

/// Bytes of a credential's id (WebAuthn 3, section 4) and of everything else that is sent.
const CREDENTIAL: usize = 1_023;
pub const LONGEST: usize = 4_096;

/// The head of a DER-encoded SubjectPublicKeyInfo of each kind (RFC 5480, RFC 8410); the raw key follows.
const P256: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const EDWARDS: &[u8] = &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// User present, user verified, attested credential data included.
const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const ATTESTED: u8 = 64;

/// What a browser was asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Create,
    Get,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin")]
    cross_origin: bool,
}

/// A new passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    pub credential: Vec<u8>,
    /// 65 bytes: an uncompressed point of P-256; 32: Ed25519.
    pub public_key: Vec<u8>,
    pub counter: u32,
}

/// The domain that passkeys of a site belong to: its host without a port.
pub fn domain(origin: &str) -> String {
    Url::parse(origin).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// The challenge that the browser answered. `None`: it was asked for something else, or by another site.
pub fn challenge(client_data: &[u8], act: Act, origin: &str) -> Option<String> {
    let data: ClientData = serde_json::from_slice(client_data).ok()?;
    let wanted = match act {
        Act::Create => "webauthn.create",
        Act::Get => "webauthn.get",
    };
    (data.r#type == wanted && data.origin == origin && !data.cross_origin).then_some(data.challenge)
}

/// Flags, counter, and what follows; only where the owner was there and showed it.
fn head<'a>(data: &'a [u8], domain: &str) -> Option<(u8, u32, &'a [u8])> {
    let (hash, rest) = data.split_at_checked(32)?;
    let (flags, rest) = rest.split_first()?;
    let (counter, rest) = rest.split_at_checked(4)?;
    let there = flags & (PRESENT | VERIFIED) == PRESENT | VERIFIED;
    let ours = hash == Sha256::digest(domain.as_bytes()).as_slice();
    (there && ours).then_some((*flags, u32::from_be_bytes(counter.try_into().ok()?), rest))
}

/// Reads a new passkey. `spki` is the browser's `getPublicKey()`. `None`: something is not as it must be.
pub fn created(data: &[u8], spki: &[u8], domain: &str) -> Option<Created> {
    let (flags, counter, rest) = head(data, domain)?;
    if flags & ATTESTED == 0 {
        return None;
    }
    let (length, rest) = rest.get(16..)?.split_at_checked(2)?; // after the model of the authenticator
    let (credential, cose) =
        rest.split_at_checked(usize::from(u16::from_be_bytes(length.try_into().ok()?)))?;
    let public_key = match (spki.strip_prefix(P256), spki.strip_prefix(EDWARDS)) {
        (Some(point), _) => super::curve::is_point(point).then_some(point)?,
        (_, Some(key)) if key.len() == 32 => key,
        _ => return None,
    };
    // The same key stands in the authenticator's own words, coordinate by coordinate.
    let coordinates = public_key.strip_prefix(&[4]).filter(|_| public_key.len() == 65).unwrap_or(public_key);
    let named = coordinates.chunks(32).all(|part| cose.windows(32).any(|window| window == part));
    let fits = (1..=CREDENTIAL).contains(&credential.len()) && named;
    fits.then(|| Created { credential: credential.to_vec(), public_key: public_key.to_vec(), counter })
}

/// Verifies that a passkey signed; gives its counter. `None`: it did not, or was not that very key on that very site.
pub fn asserted(
    public_key: &[u8],
    data: &[u8],
    client_data: &[u8],
    signature: &[u8],
    domain: &str,
) -> Option<u32> {
    let (_, counter, _) = head(data, domain)?;
    let signed = [data, Sha256::digest(client_data).as_slice()].concat();
    let verified = match public_key.len() {
        65 => UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, public_key).verify(&signed, signature),
        _ => UnparsedPublicKey::new(&ED25519, public_key).verify(&signed, signature),
    };
    verified.ok().map(|()| counter)
}

/// A counter that does not grow belongs to a copy of the key; many keys have none and say 0 for ever.
pub fn may_follow(counter: u32, last: u32) -> bool {
    counter > last || (counter == 0 && last == 0)
}

/// What a script puts into a form field.
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() <= LONGEST)
}

pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_counts_for_its_act_on_its_site_only() {
        let data = |kind: &str, origin: &str, cross: bool| {
            format!(
                "{{\"type\":\"{kind}\",\"challenge\":\"c\",\"origin\":\"{origin}\",\"crossOrigin\":{cross},\"x\":[1]}}"
            )
        };
        let read = |text: String| challenge(text.as_bytes(), Act::Get, "https://a.test");
        assert_eq!(read(data("webauthn.get", "https://a.test", false)).as_deref(), Some("c"));
        for bad in [
            data("webauthn.create", "https://a.test", false),
            data("webauthn.get", "https://evil.test", false),
            data("webauthn.get", "https://a.test.evil.test", false),
            data("webauthn.get", "http://a.test", false),
            data("webauthn.get", "https://a.test", true),
            "{}".to_owned(),
            "[]".to_owned(),
            String::new(),
        ] {
            assert_eq!(read(bad.clone()), None, "{bad}");
        }
        assert_eq!(domain("https://social.example.org:8443"), "social.example.org");
    }

    #[test]
    fn short_or_foreign_data_is_none_and_counters_grow() {
        let mut data = Sha256::digest(b"a.test").to_vec();
        data.extend([PRESENT | VERIFIED, 0, 0, 0, 7]);
        assert_eq!(head(&data, "a.test").map(|h| h.1), Some(7));
        assert!(head(&data, "b.test").is_none());
        for length in 0..data.len() {
            assert!(head(&data[..length], "a.test").is_none());
        }
        for flags in [0, PRESENT, VERIFIED] {
            data[32] = flags;
            assert!(head(&data, "a.test").is_none());
        }
        assert!(may_follow(0, 0) && may_follow(2, 1));
        assert!(!may_follow(1, 1) && !may_follow(0, 1));
    }
}
