//! Secrets that are handed out: tokens, codes, session cookies, links. Only their SHA-256 is kept, so that
//! a copy of the file opens no account. They are 256 random bits, so a plain hash is enough for them; the
//! password, which is not, has Argon2id.

use crate::error::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// A new secret: 32 random bytes as 43 letters of base64url.
pub fn fresh() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a secret: SHA-256 as 64 lower-case hexadecimal digits.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_a_digest_is_sha_256() {
        assert_ne!(fresh().unwrap(), fresh().unwrap());
        assert_eq!(fresh().unwrap().len(), 43);
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
