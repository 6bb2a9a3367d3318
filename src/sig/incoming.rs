//! An incoming request as both schemes see it, and the checks that they share.

use super::{digest, refused};
use crate::error::Result;
use crate::model::Timestamp;
use crate::model::time::{HOUR, SECOND};

/// How far a signature's time may lie from ours, either way. Mastodon allows the same hour: many
/// small servers have no good clock.
const WINDOW: i64 = HOUR;

/// The longest `Signature` or `Signature-Input` that is read, in bytes. Real ones have under 1,000.
pub(super) const LONGEST_SIGNATURE: usize = 8 * 1024;

/// The longest keyId, in bytes: that of a URL which others would store, too.
const LONGEST_KEY_ID: usize = 2 * 1024;

/// A request that came in, as far as its signature is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// As it stands in the request line: `POST`.
    pub method: &'a str,
    /// As it stands in the request line, undecoded: `/inbox?page=1`.
    pub path_and_query: &'a str,
    /// Names in lower case; a header that came twice stands here twice, in order.
    pub headers: &'a [(&'a str, &'a str)],
    /// The bytes as they came.
    pub body: &'a [u8],
    /// The configured origin, `https://example.org`: no path, no default port. Never taken from a
    /// proxy's headers.
    pub origin: &'a str,
    /// The `Host` values that mean this server.
    pub hosts: &'a [&'a str],
}

impl Incoming<'_> {
    /// A header as signatures see it: trimmed, several of one name joined by a comma and a space
    /// (RFC 9421 section 2.1; the draft, section 2.3).
    fn header(&self, name: &str) -> Option<String> {
        let mut values = self.headers.iter().filter(|(n, _)| *n == name);
        let mut joined = values.next()?.1.trim().to_owned();
        for (_, value) in values {
            joined.push_str(", ");
            joined.push_str(value.trim());
        }
        Some(joined)
    }

    pub(super) fn signature_header(&self, name: &str) -> Result<Option<String>> {
        match self.header(name) {
            Some(value) if value.len() > LONGEST_SIGNATURE => {
                Err(refused("The signature header is too long"))
            }
            // Parts of it become lines of what was signed.
            Some(value) if value.chars().any(char::is_control) => {
                Err(refused("The signature header cannot be read"))
            }
            other => Ok(other),
        }
    }

    /// The value of a header that a signature covers.
    pub(super) fn covered(&self, name: &str) -> Result<String> {
        let token = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if name.is_empty() || name.len() > 64 || !name.bytes().all(token) {
            return Err(refused("The signature covers something that is no header"));
        }
        let value = self
            .header(name)
            .ok_or_else(|| refused(format!("The signature covers {name}, which is missing")))?;
        // A line break would let one value pass for several signed lines.
        if value.bytes().any(|b| b.is_ascii_control() && b != b'\t') {
            return Err(refused(format!("The header {name} cannot be signed")));
        }
        Ok(value)
    }

    /// The path without its query.
    pub(super) fn path(&self) -> &str {
        self.path_and_query.split_once('?').map_or(self.path_and_query, |(path, _)| path)
    }

    /// What follows the question mark, if there is one.
    pub(super) fn query(&self) -> Option<&str> {
        self.path_and_query.split_once('?').map(|(_, query)| query)
    }

    /// The `Host` header has to mean us, or a request signed for another server would do here.
    pub(super) fn check_host(&self) -> Result<()> {
        let host = self.covered("host")?;
        // Some clients write the default port out.
        let default_port = if self.origin.starts_with("https:") { ":443" } else { ":80" };
        let bare = host.strip_suffix(default_port).unwrap_or(&host);
        let ours = |known: &&str| known.eq_ignore_ascii_case(&host) || known.eq_ignore_ascii_case(bare);
        if self.hosts.iter().any(ours) {
            Ok(())
        } else {
            Err(refused("The request was signed for another host"))
        }
    }

    /// Every digest that is covered must match, and whatever is not a GET must cover one.
    pub(super) fn check_digest(&self, covers: impl Fn(&str) -> bool) -> Result<()> {
        let mut checked = false;
        for name in ["digest", "content-digest"] {
            if covers(name) {
                digest::check(&self.covered(name)?, self.body)?;
                checked = true;
            }
        }
        if checked || matches!(self.method, "GET" | "HEAD") {
            Ok(())
        } else {
            Err(refused("The signature does not cover a digest of the body"))
        }
    }
}

/// The time at which a request says that it was signed.
pub(super) fn check_time(signed: Timestamp, now: Timestamp) -> Result<()> {
    let off = now.0.saturating_sub(signed.0);
    if off.unsigned_abs() <= WINDOW.unsigned_abs() {
        return Ok(());
    }
    let (seconds, side) =
        (off.unsigned_abs() / SECOND.unsigned_abs(), if off > 0 { "behind" } else { "ahead of" });
    Err(refused(format!(
        "The request's time is {seconds} seconds {side} this server's clock; {} are allowed",
        WINDOW / SECOND
    )))
}

/// `expires`, with the same hour for clocks that are behind.
pub(super) fn check_expiry(expires: Timestamp, now: Timestamp) -> Result<()> {
    if expires.plus(WINDOW) < now {
        return Err(refused("The signature has expired"));
    }
    Ok(())
}

/// `created` and `expires`: seconds since 1970; the draft allows a fraction.
pub(super) fn unix_time(text: &str) -> Result<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    whole
        .parse::<i64>()
        .map(|seconds| Timestamp(seconds.saturating_mul(SECOND)))
        .map_err(|_| refused("The signature's time is not a number of seconds"))
}

/// A keyId as it came, of a length that can be stored and looked up.
pub(super) fn check_key_id(key_id: &str) -> Result<()> {
    if key_id.is_empty() || key_id.len() > LONGEST_KEY_ID || key_id.chars().any(char::is_control) {
        return Err(refused("The signature names no usable keyId"));
    }
    Ok(())
}
