//! The key with which a push service knows this server again (VAPID, P-256):
//! <https://www.rfc-editor.org/rfc/rfc8292#section-3.2>

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

use super::curve::{self, POINT};
use crate::error::{Error, Result};

/// Made once, at the first start: every push subscription is bound to it.
#[derive(Clone)]
pub struct VapidKey {
    secret: [u8; 32],
    public: [u8; POINT],
}

impl VapidKey {
    pub fn generate() -> Result<VapidKey> {
        loop {
            let mut secret = [0; 32];
            getrandom::fill(&mut secret).map_err(Error::internal)?;
            // Four thousand million to one, it is below the order of the curve.
            if let Some(key) = VapidKey::of(secret) {
                return Ok(key);
            }
        }
    }

    /// `None` when that is no private key.
    fn of(secret: [u8; 32]) -> Option<VapidKey> {
        let key = VapidKey { secret, public: curve::public(&secret)? };
        key.pair().ok().map(|_| key)
    }

    /// Reads what `to_text` wrote.
    ///
    /// Errors: `Internal`, since the only such key here is our own.
    pub fn from_text(text: &str) -> Result<VapidKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(Error::internal)?;
        let secret = bytes.try_into().ok().and_then(VapidKey::of);
        secret.ok_or_else(|| Error::internal("the key for push messages is none"))
    }

    /// The private scalar, 32 bytes as base64url without padding: what the push libraries of other
    /// languages write as well, so that a key can be carried over.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.secret)
    }

    /// `vapid_key` of the client API: the uncompressed point, 65 bytes as base64url without padding.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public)
    }

    /// ECDSA with SHA-256 in the form of a JSON Web Token (ES256): two numbers of 32 bytes.
    pub fn sign(&self, text: &[u8]) -> Result<Vec<u8>> {
        let signed = self.pair()?.sign(&SystemRandom::new(), text).map_err(unusable)?;
        Ok(signed.as_ref().to_vec())
    }

    fn pair(&self) -> Result<EcdsaKeyPair> {
        EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &self.secret,
            &self.public,
            &SystemRandom::new(),
        )
        .map_err(unusable)
    }
}

fn unusable(e: impl std::fmt::Display) -> Error {
    Error::internal(format!("the key for push messages cannot be used: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_point_is_that_of_rfc_8291() {
        let key = VapidKey::from_text("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").unwrap();
        assert_eq!(
            key.public(),
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
        );
    }

    #[test]
    fn a_new_key_survives_being_stored() {
        let key = VapidKey::generate().unwrap();
        let again = VapidKey::from_text(&key.to_text()).unwrap();
        assert_eq!(again.public(), key.public());
        assert_eq!(key.public().len(), 87);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        // The last is the order of the curve, and so is as good as none.
        let order = "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE";
        for text in ["", "AAAA", "not base64", &"A".repeat(43), order] {
            assert!(VapidKey::from_text(text).is_err(), "{text}");
        }
    }
}
