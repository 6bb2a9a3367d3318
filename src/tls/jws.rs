//! What an ACME server reads: JSON signed by the account's key. <https://www.rfc-editor.org/rfc/rfc8555#section-6.2>,
//! <https://www.rfc-editor.org/rfc/rfc7515>, <https://www.rfc-editor.org/rfc/rfc7638> (thumbprints)

use super::key::Key;
use crate::error::{Error, Result};
use base64::Engine as _;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use ring::{digest, hmac};
use serde_json::{Value, json};

/// Authorities write their keys with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_encode_padding(false).with_decode_padding_mode(Indifferent),
);

pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    BASE64.encode(bytes)
}

/// The public key, its members in the order of the alphabet.
pub fn jwk(key: &Key) -> Value {
    let (x, y) = key.public()[1..].split_at(32);
    json!({"crv": "P-256", "kty": "EC", "x": base64(x), "y": base64(y)})
}

/// What a challenge is answered with: <https://www.rfc-editor.org/rfc/rfc8555#section-8.1>
pub fn authorization(key: &Key, token: &str) -> String {
    format!("{token}.{}", base64(sha256(&jwk(key).to_string())))
}

pub fn sha256(text: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
}

/// A signed body. `account` is the account's address once there is one; else the key is in it. No payload is
/// POST-as-GET.
pub fn signed(
    key: &Key,
    account: Option<&str>,
    nonce: &str,
    url: &str,
    payload: Option<&Value>,
) -> Result<String> {
    let who = match account {
        Some(account) => ("kid", json!(account)),
        None => ("jwk", jwk(key)),
    };
    let head = base64(json!({"alg": "ES256", who.0: who.1, "nonce": nonce, "url": url}).to_string());
    let body = payload.map(|payload| base64(payload.to_string())).unwrap_or_default();
    let signature = base64(key.sign(format!("{head}.{body}").as_bytes())?);
    Ok(json!({"protected": head, "payload": body, "signature": signature}).to_string())
}

/// External account binding: the authority's own customer vouches for the key.
/// <https://www.rfc-editor.org/rfc/rfc8555#section-7.3.4>
///
/// Errors: `Invalid`, when the secret is no base64url.
pub fn binding(key: &Key, id: &str, secret: &str, url: &str) -> Result<Value> {
    let secret = BASE64.decode(secret.trim());
    let secret =
        secret.map_err(|_| Error::invalid("tls.eab_key must be in base64url, as the authority gave it"))?;
    let head = base64(json!({"alg": "HS256", "kid": id, "url": url}).to_string());
    let body = base64(jwk(key).to_string());
    let secret = hmac::Key::new(hmac::HMAC_SHA256, &secret);
    let signature = base64(hmac::sign(&secret, format!("{head}.{body}").as_bytes()));
    Ok(json!({"protected": head, "payload": body, "signature": signature}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    fn key() -> Key {
        Key::from_pem(include_bytes!("../../tests/fixtures/tls/years_key.pem")).unwrap()
    }

    #[test]
    fn the_key_and_its_thumbprint_are_as_others_reckon_them() {
        let jwk = jwk(&key()).to_string();
        assert_eq!(
            jwk,
            r#"{"crv":"P-256","kty":"EC","x":"6Noiu7MFlaz-XUK30y7Vmv0lDhBUKqQRFA_bbQrCA5o","y":"6jY6MUIBEiNu1q_Ja0V4GLth3aFb769auVcagfLhsgQ"}"#
        );
        assert_eq!(authorization(&key(), "token"), "token.q58zfj-F8KGNlY-cc0iodSm0JO7CpIJwNAqp1_eM4L4");
    }

    #[test]
    fn a_body_is_signed_with_all_that_is_in_it() {
        for (account, who) in [(None, "jwk"), (Some("https://ca.example/1"), "kid")] {
            let text =
                signed(&key(), account, "n0", "https://ca.example/new", Some(&json!({"a": 1}))).unwrap();
            let body: Value = serde_json::from_str(&text).unwrap();
            let part = |name: &str| body[name].as_str().unwrap().to_owned();
            let head: Value = serde_json::from_slice(&BASE64.decode(part("protected")).unwrap()).unwrap();
            assert_eq!((&head["alg"], &head["nonce"]), (&json!("ES256"), &json!("n0")));
            assert_eq!(head["url"], "https://ca.example/new");
            assert!(head.get(who).is_some() && head.as_object().unwrap().len() == 4);
            assert_eq!(BASE64.decode(part("payload")).unwrap(), br#"{"a":1}"#);
            let signature = BASE64.decode(part("signature")).unwrap();
            let said = format!("{}.{}", part("protected"), part("payload"));
            let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key().public().to_vec());
            public.verify(said.as_bytes(), &signature).unwrap();
        }
        // POST-as-GET has an empty payload, which is not an empty object.
        let text = signed(&key(), None, "n", "u", None).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["payload"], "");
    }

    #[test]
    fn an_account_is_bound_as_others_reckon_it() {
        let secret = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
        let bound = binding(&key(), "kid-1", secret, "https://ca.example/new").unwrap();
        assert_eq!(bound["signature"], "PuUMFgUCvChAam59s-BVWMa4r8DtfobYqtuqaeQN3AE");
        let padded = binding(&key(), "kid-1", "YWI=", "u").unwrap();
        assert_eq!(padded, binding(&key(), "kid-1", "YWI", "u").unwrap());
        assert!(binding(&key(), "kid-1", "a secret!", "u").is_err());
    }
}
