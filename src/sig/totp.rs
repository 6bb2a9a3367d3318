//! Codes that follow from a secret and the time: TOTP with SHA-1, six digits and thirty seconds, which is what every
//! program for them knows. <https://www.rfc-editor.org/rfc/rfc6238>, <https://www.rfc-editor.org/rfc/rfc4226>

use crate::error::{Error, Result};
use crate::model::Timestamp;
use ring::hmac;
use std::fmt::Write as _;
use subtle::ConstantTimeEq as _;

/// Milliseconds of one step.
pub const STEP: i64 = 30_000;
/// Steps that a clock may be off, each way (RFC 6238, section 5.2).
const WINDOW: i64 = 1;
/// Bytes of a secret: as many as the hash has (RFC 4226, section 4, R6).
const SECRET: usize = 20;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret as 32 letters of base32 (RFC 4648, section 6).
pub fn fresh_secret() -> Result<String> {
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    Ok(text)
}

fn bytes_of(secret: &str) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in secret.bytes() {
        held = held << 5 | u32::try_from(BASE32.iter().position(|b| *b == letter)?).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 255) as u8);
        }
    }
    Some(out)
}

/// The code of a step.
fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = tag[at..at + 4].iter().fold(0_u32, |n, byte| n << 8 | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// The code of now: what the owner's device shows.
pub fn code_at(secret: &str, now: Timestamp) -> Option<String> {
    Some(code(&bytes_of(secret)?, now.0.div_euclid(STEP)))
}

/// The step of a right code, which must come after `last`: each is taken once. `None`: it is wrong, or used.
pub fn step_of(secret: &str, given: &str, last: i64, now: Timestamp) -> Option<i64> {
    let secret = bytes_of(secret)?;
    let today = now.0.div_euclid(STEP);
    (today - WINDOW..=today + WINDOW)
        .find(|step| *step > last && code(&secret, *step).as_bytes().ct_eq(given.as_bytes()).into())
}

/// What a camera reads: <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>
pub fn address(secret: &str, handle: &str, issuer: &str) -> String {
    let escaped = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("otpauth://totp/{}?secret={secret}&issuer={}", escaped(handle), escaped(issuer))
}

/// In groups of four, which are easier to type.
pub fn grouped(secret: &str) -> String {
    let mut out = String::new();
    for (n, letter) in secret.chars().enumerate() {
        let gap = if n > 0 && n % 4 == 0 { " " } else { "" };
        let _ = write!(out, "{gap}{letter}"); // writing to a String cannot fail
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", the secret of RFC 6238, appendix B.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        // Of its eight digits the last six.
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(code_at(SECRET, Timestamp(seconds * 1_000)).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_code_is_taken_once_and_one_step_early_or_late() {
        let now = Timestamp(1_234_567_890_000);
        let at = |offset: i64| code_at(SECRET, now.plus(offset * STEP)).unwrap();
        let today = now.0 / STEP;
        for offset in -1..=1 {
            assert_eq!(step_of(SECRET, &at(offset), 0, now), Some(today + offset));
        }
        for (given, last) in [(at(-2), 0), (at(2), 0), (at(0), today), (at(-1), today), (String::new(), 0)] {
            assert_eq!(step_of(SECRET, &given, last, now), None, "{given}");
        }
        assert_eq!(step_of("not base32!", &at(0), 0, now), None);
    }

    #[test]
    fn a_fresh_secret_has_160_bits_and_can_be_read_again() {
        let (one, other) = (fresh_secret().unwrap(), fresh_secret().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.len(), bytes_of(&one).unwrap().len()), (32, 20));
        assert_eq!(grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
        let address = address("AB", "@alice@a.test", "a.test");
        assert_eq!(address, "otpauth://totp/%40alice%40a.test?secret=AB&issuer=a.test");
    }
}
