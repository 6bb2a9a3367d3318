//! Web Push: what a push service carries without being able to read it.
//!
//! Two encodings. The standard: RFC 8188 `aes128gcm`, <https://www.rfc-editor.org/rfc/rfc8291> and VAPID of
//! <https://www.rfc-editor.org/rfc/rfc8292>. And the drafts before it, which Mastodon has spoken since 2.4 and
//! whose relays still do: `aesgcm` of
//! <https://datatracker.ietf.org/doc/html/draft-ietf-webpush-encryption-04> with VAPID of
//! <https://datatracker.ietf.org/doc/html/draft-ietf-webpush-vapid-01>.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf;
use ring::rand::SystemRandom;
use serde_json::json;
use url::Url;

use super::VapidKey;
use super::curve::{POINT, is_point};
use crate::error::{Error, Result};
use crate::model::Timestamp;
use crate::model::time::HOUR;

/// What fits into the 4,096 bytes that every push service takes (RFC 8291, section 4): the header is 86
/// bytes, the end of the record 1, its seal 16. The drafts' encoding has room for as much.
pub const LONGEST: usize = 4096 - 86 - 17;
/// The one record of `aes128gcm`.
const RECORD: u32 = 4096;
/// A token is good for so long; a day is the most that a push service may take (RFC 8292, section 2).
const TOKEN: i64 = 12 * HOUR;
const AUTH: usize = 16;

/// The two keys that an app's subscription gives: its public point and a secret shared with it.
#[derive(Debug, Clone)]
pub struct Recipient {
    key: Vec<u8>,
    auth: [u8; AUTH],
}

/// How a message is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// RFC 8291.
    Aes128Gcm,
    /// The drafts of 2016.
    AesGcm,
}

/// What is posted to the endpoint.
#[derive(Debug)]
pub struct Message {
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Recipient {
    /// Reads the keys as apps send them: base64 in either alphabet, with or without padding.
    ///
    /// Errors: `Invalid`, when `p256dh` is no point of P-256 or `auth` has not 16 bytes.
    pub fn read(p256dh: &str, auth: &str) -> Result<Recipient> {
        let wrong = |what: &str| Error::invalid(format!("Validation failed: {what}"));
        let key = decode(p256dh)
            .filter(|bytes| is_point(bytes))
            .ok_or_else(|| wrong("Key p256dh is not a public key of the curve P-256"))?;
        let auth = decode(auth)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| wrong("Key auth is not a secret of 16 bytes"))?;
        Ok(Recipient { key, auth })
    }

    /// `p256dh` in the one spelling in which it is kept: base64url without padding.
    pub fn p256dh(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.key)
    }

    /// `auth`, likewise.
    pub fn auth(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.auth)
    }
}

/// Either alphabet, padded or not. A plus sign that stood bare in a query has become a space.
fn decode(text: &str) -> Option<Vec<u8>> {
    if text.len() > 2 * POINT {
        return None;
    }
    let plain: String = text
        .trim()
        .trim_end_matches('=')
        .chars()
        .map(|c| match c {
            '+' | ' ' => '-',
            '/' => '_',
            c => c,
        })
        .collect();
    URL_SAFE_NO_PAD.decode(plain).ok()
}

/// Encrypts `text` for the recipient and names the sender to the push service of `endpoint`.
///
/// `contact` is `mailto:` or `https:`: where the push service's people may ask. Errors: `Internal`, for a
/// text over [`LONGEST`], or when there is no randomness.
pub fn message(
    to: &Recipient,
    encoding: Encoding,
    text: &[u8],
    vapid: &VapidKey,
    contact: &str,
    endpoint: &Url,
    now: Timestamp,
) -> Result<Message> {
    let ours = Ours::agreed(to)?;
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    let token = token(vapid, contact, endpoint, now)?;
    let key = vapid.public();
    Ok(match encoding {
        Encoding::Aes128Gcm => Message {
            headers: vec![
                ("content-encoding", "aes128gcm".to_owned()),
                ("authorization", format!("vapid t={token},k={key}")),
            ],
            body: aes128gcm(to, text, &ours, &salt)?,
        },
        Encoding::AesGcm => Message {
            headers: vec![
                ("content-encoding", "aesgcm".to_owned()),
                ("encryption", format!("salt={}", URL_SAFE_NO_PAD.encode(salt))),
                ("crypto-key", format!("dh={};p256ecdsa={key}", URL_SAFE_NO_PAD.encode(&ours.public))),
                ("authorization", format!("WebPush {token}")),
            ],
            body: aesgcm(to, text, &ours, &salt)?,
        },
    })
}

/// A JSON Web Token, signed with ES256, for this push service alone (RFC 8292, section 2).
fn token(vapid: &VapidKey, contact: &str, endpoint: &Url, now: Timestamp) -> Result<String> {
    let claims = json!({
        "aud": endpoint.origin().ascii_serialization(),
        "exp": now.plus(TOKEN).seconds(),
        "sub": contact,
    });
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({"typ": "JWT", "alg": "ES256"})), part(&claims));
    let signature = vapid.sign(signed.as_bytes())?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

/// A pair of keys for one message, and what it shares with the recipient's.
struct Ours {
    public: Vec<u8>,
    shared: Vec<u8>,
}

impl Ours {
    fn agreed(to: &Recipient) -> Result<Ours> {
        let wrong = |_| Error::internal("no key could be agreed upon");
        let private = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).map_err(wrong)?;
        let public = private.compute_public_key().map_err(wrong)?.as_ref().to_vec();
        let theirs = UnparsedPublicKey::new(&ECDH_P256, &to.key);
        let shared = agree_ephemeral(private, &theirs, <[u8]>::to_vec).map_err(wrong)?;
        Ok(Ours { public, shared })
    }
}

/// RFC 8291, section 3.4, in one record of RFC 8188.
fn aes128gcm(to: &Recipient, text: &[u8], ours: &Ours, salt: &[u8; 16]) -> Result<Vec<u8>> {
    let (theirs, own) = (&to.key, &ours.public);
    let secret: [u8; 32] = derive(&to.auth, &ours.shared, &[b"WebPush: info\0", theirs, own])?;
    let key: [u8; 16] = derive(salt, &secret, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; 12] = derive(salt, &secret, &[b"Content-Encoding: nonce\0"])?;
    // 2 marks the last record.
    let sealed = seal(&key, nonce, &[text, &[2]].concat())?;
    let head = [&salt[..], &RECORD.to_be_bytes(), &[POINT as u8], own].concat();
    Ok([head, sealed].concat())
}

/// draft-ietf-webpush-encryption-04, section 4, over draft-ietf-httpbis-encryption-encoding-03.
fn aesgcm(to: &Recipient, text: &[u8], ours: &Ours, salt: &[u8; 16]) -> Result<Vec<u8>> {
    let (theirs, own) = (&to.key, &ours.public);
    let length = (POINT as u16).to_be_bytes();
    let context = [&b"P-256\0"[..], &length, theirs, &length, own].concat();
    let secret: [u8; 32] = derive(&to.auth, &ours.shared, &[b"Content-Encoding: auth\0"])?;
    let key: [u8; 16] = derive(salt, &secret, &[b"Content-Encoding: aesgcm\0", &context])?;
    let nonce: [u8; 12] = derive(salt, &secret, &[b"Content-Encoding: nonce\0", &context])?;
    // The length of the padding, of which there is none.
    seal(&key, nonce, &[&[0, 0], text].concat())
}

/// HKDF with SHA-256: <https://www.rfc-editor.org/rfc/rfc5869>
fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Result<[u8; N]> {
    struct Bytes(usize);
    impl hkdf::KeyType for Bytes {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut out = [0; N];
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(info, Bytes(N))
        .and_then(|material| material.fill(&mut out))
        .map_err(|_| Error::internal("a key could not be derived"))?;
    Ok(out)
}

/// AES-128-GCM. The key is used this once, so its nonce may be a derived one.
fn seal(key: &[u8; 16], nonce: [u8; 12], text: &[u8]) -> Result<Vec<u8>> {
    if text.len() > LONGEST + 2 {
        return Err(Error::internal("a push message is too long"));
    }
    let wrong = |_| Error::internal("a push message could not be sealed");
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, key).map_err(wrong)?);
    let mut out = text.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut out)
        .map_err(wrong)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sig::curve;
    use ring::signature::{self, ECDSA_P256_SHA256_FIXED};

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    fn ours(secret: &str, to: &Recipient) -> Ours {
        let secret = bytes(secret).try_into().unwrap();
        let shared = curve::shared(&secret, &to.key).to_vec();
        Ours { public: curve::public(&secret).unwrap().to_vec(), shared }
    }

    fn salt(text: &str) -> [u8; 16] {
        bytes(text).try_into().unwrap()
    }

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn pitfall_92_the_standard_encoding_is_that_of_rfc_8291() {
        let to = Recipient::read(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        .unwrap();
        let ours = ours("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", &to);
        let text = b"When I grow up, I want to be a watermelon";
        let body = aes128gcm(&to, text, &ours, &salt("DGv6ra1nlYgDCS1FRnbzlw")).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    /// draft-ietf-webpush-encryption-04, section 5.
    #[test]
    fn pitfall_92_the_legacy_encoding_is_that_of_the_draft() {
        let to = Recipient::read(
            "BCEkBjzL8Z3C-oi2Q7oE5t2Np-p7osjGLg93qUP0wvqRT21EEWyf0cQDQcakQMqz4hQKYOQ3il2nNZct4HgAUQU",
            "R29vIGdvbyBnJyBqb29iIQ",
        )
        .unwrap();
        let ours = ours("nCScek-QpEjmOOlT-rQ38nZzvdPlqa00Zy0i6m2OJvY", &to);
        let body = aesgcm(&to, b"I am the walrus", &ours, &salt("lngarbyKfMoi9Z75xYXmkg")).unwrap();
        assert_eq!(URL_SAFE_NO_PAD.encode(body), "6nqAQUME8hNqw5J3kl8cpVVJylXKYqZOeseZG8UueKpA");
    }

    #[test]
    fn pitfall_91_keys_are_read_in_both_alphabets_with_and_without_padding() {
        let (key, auth) = (
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        );
        let usual = |text: &str| text.replace('-', "+").replace('_', "/");
        for (key, auth) in [
            (key.to_owned(), auth.to_owned()),
            (format!("{key}="), format!("{auth}==")),
            (usual(key), usual(auth)),
            (format!("{}=", usual(key)), format!("{}==", usual(auth))),
            (usual(key).replace('+', " "), usual(auth)), // a bare plus in a query
        ] {
            let read = Recipient::read(&key, &auth).unwrap();
            assert_eq!((read.p256dh(), read.auth()), (key_of(), "BTBZMqHH6r4Tts7J_aSIgg".to_owned()));
        }
        fn key_of() -> String {
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
                .to_owned()
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let key = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        let off_curve = key.replacen("BCV", "BCW", 1);
        let long = "A".repeat(1_000_000);
        for (p256dh, auth) in [
            ("", "BTBZMqHH6r4Tts7J_aSIgg"),
            ("not base64!", "BTBZMqHH6r4Tts7J_aSIgg"),
            (off_curve.as_str(), "BTBZMqHH6r4Tts7J_aSIgg"),
            (&key[..80], "BTBZMqHH6r4Tts7J_aSIgg"),
            (long.as_str(), "BTBZMqHH6r4Tts7J_aSIgg"),
            (key, ""),
            (key, "AAAA"),
            (key, long.as_str()),
        ] {
            assert_eq!(Recipient::read(p256dh, auth).unwrap_err().kind, crate::error::Kind::Invalid);
        }
    }

    #[test]
    fn a_token_is_signed_for_one_push_service_and_less_than_a_day() {
        let vapid = VapidKey::generate().unwrap();
        let endpoint = Url::parse("https://push.example:8443/a/b?c=d").unwrap();
        let now = Timestamp(1_790_000_000_000);
        let token = token(&vapid, "https://a.example", &endpoint, now).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (head, claims) = signed.split_once('.').unwrap();
        let read = |part: &str| serde_json::from_slice::<serde_json::Value>(&bytes(part)).unwrap();
        assert_eq!(read(head), json!({"typ": "JWT", "alg": "ES256"}));
        assert_eq!(
            read(claims),
            json!({"aud": "https://push.example:8443", "exp": 1_790_043_200, "sub": "https://a.example"})
        );
        let key = signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(&vapid.public()));
        key.verify(signed.as_bytes(), &bytes(signature)).unwrap();
    }

    #[test]
    fn the_longest_text_fills_the_record_and_a_longer_one_is_refused() {
        let to = Recipient { key: curve::public(&[7; 32]).unwrap().to_vec(), auth: [7; 16] };
        let vapid = VapidKey::generate().unwrap();
        let endpoint = Url::parse("https://push.example/").unwrap();
        for encoding in [Encoding::Aes128Gcm, Encoding::AesGcm] {
            let body = |length| {
                let text = vec![b'x'; length];
                message(&to, encoding, &text, &vapid, "https://a", &endpoint, Timestamp(0))
                    .map(|m| m.body.len())
            };
            assert!(body(LONGEST).unwrap() <= 4096);
            assert!(body(LONGEST + 3).is_err());
        }
    }
}
