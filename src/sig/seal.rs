//! Secrets that have to be told again later, and so cannot be kept as a digest: sealed with AES-256-GCM under
//! a key that follows from the instance's own secret.
//!
//! What that is worth, honestly: the instance's secret stands in the same file, so whoever has the whole file
//! and reads this page can open the seal. A log, an export, a dump of one table, a search through the bytes
//! and a second instance cannot.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

use crate::error::{Error, Result};

/// Seals `plain`. It opens only with the same `secret` and for the same `purpose`: of whom it is, say, so that
/// a row cannot be given another's.
pub fn seal(secret: &str, purpose: &str, plain: &str) -> Result<String> {
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(Error::internal)?;
    let mut sealed = plain.as_bytes().to_vec();
    key(secret)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(purpose.as_bytes()),
            &mut sealed,
        )
        .map_err(|_| Error::internal("a secret could not be sealed"))?;
    Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
}

/// What was sealed. `None` when it was sealed elsewhere, for something else, or is no seal.
pub fn open(secret: &str, purpose: &str, sealed: &str) -> Option<String> {
    let mut bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, rest) = bytes.split_at_mut_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let plain = key(secret).ok()?.open_in_place(nonce, Aad::from(purpose.as_bytes()), rest).ok()?;
    String::from_utf8(plain.to_vec()).ok()
}

fn key(secret: &str) -> Result<LessSafeKey> {
    let derived = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), b"taure: seal");
    let key = UnboundKey::new(&AES_256_GCM, derived.as_ref());
    Ok(LessSafeKey::new(key.map_err(|_| Error::internal("a key could not be derived"))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_with_its_own_secret_for_its_own_purpose_only() {
        let sealed = seal("s", "push 1", "token").unwrap();
        assert!(!sealed.contains("token"));
        assert_ne!(sealed, seal("s", "push 1", "token").unwrap());
        assert_eq!(open("s", "push 1", &sealed).as_deref(), Some("token"));
        assert_eq!(open("t", "push 1", &sealed), None);
        assert_eq!(open("s", "push 2", &sealed), None);
        for bad in ["", "AAAA", "not base64", &sealed[..sealed.len() - 2]] {
            assert_eq!(open("s", "push 1", bad), None, "{bad}");
        }
    }
}
