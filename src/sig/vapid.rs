//! The key with which a push service knows this server again (VAPID, P-256):
//! <https://www.rfc-editor.org/rfc/rfc8292#section-3.2>

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::SecretKey;
use p256::elliptic_curve::Generate as _;
use p256::elliptic_curve::sec1::ToSec1Point as _;

use crate::error::{Error, Result};

/// Made once, at the first start: every push subscription is bound to it.
#[derive(Clone)]
pub struct VapidKey {
    secret: SecretKey,
}

impl VapidKey {
    pub fn generate() -> Result<VapidKey> {
        let secret = SecretKey::try_generate().map_err(Error::internal)?;
        Ok(VapidKey { secret })
    }

    /// Reads what `to_text` wrote.
    ///
    /// Errors: `Internal`, since the only such key here is our own.
    pub fn from_text(text: &str) -> Result<VapidKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(Error::internal)?;
        let secret = SecretKey::from_slice(&bytes).map_err(Error::internal)?;
        Ok(VapidKey { secret })
    }

    /// The private scalar, 32 bytes as base64url without padding: what the push libraries of other
    /// languages write as well, so that a key can be carried over.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.secret.to_bytes())
    }

    /// `vapid_key` of the client API: the uncompressed point, 65 bytes as base64url without padding.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.secret.public_key().to_sec1_point(false))
    }

    /// The key itself, to sign a push token with ES256.
    pub fn secret(&self) -> &SecretKey {
        &self.secret
    }
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
        for text in ["", "AAAA", "not base64", &"A".repeat(43)] {
            assert!(VapidKey::from_text(text).is_err(), "{text}");
        }
    }
}
