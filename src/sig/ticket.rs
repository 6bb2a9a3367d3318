//! Tickets: a time and a few random bytes that we signed for one purpose, so that nothing has to be kept of those
//! that are never used, and no stranger can fill the file by asking for them.

use crate::error::{Error, Result};
use crate::model::Timestamp;
use crate::model::time::MINUTE;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

/// How long a ticket is good.
const LIFE: i64 = 5 * MINUTE;
const NONCE: usize = 16;

/// 75 letters of base64url. `purpose` is what it is for, and for whom.
pub fn issue(secret: &str, purpose: &str, now: Timestamp) -> Result<String> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(Error::internal)?;
    let body = [&now.plus(LIFE).0.to_be_bytes()[..], &nonce].concat();
    let tag = hmac::sign(&key(secret, purpose), &body);
    Ok(URL_SAFE_NO_PAD.encode([&body, tag.as_ref()].concat()))
}

/// Until when a ticket is good. `None`: it is not ours, for something else, or too old. That it serves once is up to
/// who takes it.
pub fn read(secret: &str, purpose: &str, ticket: &str, now: Timestamp) -> Option<Timestamp> {
    let bytes = URL_SAFE_NO_PAD.decode(ticket).ok()?;
    let (body, tag) = bytes.split_at_checked(8 + NONCE)?;
    hmac::verify(&key(secret, purpose), body, tag).ok()?;
    let until = Timestamp(i64::from_be_bytes(body.get(..8)?.try_into().ok()?));
    (now < until).then_some(until)
}

fn key(secret: &str, purpose: &str) -> hmac::Key {
    let derived = hmac::sign(
        &hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()),
        format!("taure: ticket {purpose}").as_bytes(),
    );
    hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_for_its_purpose_and_for_five_minutes() {
        let now = Timestamp(1_000);
        let ticket = issue("s", "door", now).unwrap();
        assert_eq!(read("s", "door", &ticket, now), Some(now.plus(LIFE)));
        assert!(read("s", "door", &ticket, now.plus(LIFE - 1)).is_some());
        assert!(read("s", "door", &ticket, now.plus(LIFE)).is_none());
        assert!(read("s", "other", &ticket, now).is_none());
        assert!(read("t", "door", &ticket, now).is_none());
        for bad in ["", "AAAA", "%%%", &ticket[1..], &format!("{ticket}A")] {
            assert!(read("s", "door", bad, now).is_none(), "{bad}");
        }
    }
}
