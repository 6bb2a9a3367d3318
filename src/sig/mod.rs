//! Signed requests, both ways: keys, digests, draft-cavage-12 and RFC 9421. Pure: no network, no
//! store, no clock of its own.
//!
//! The draft (<https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12>) is what the
//! Fediverse speaks, RFC 9421 (<https://www.rfc-editor.org/rfc/rfc9421>) what it moves to. `proof` signs documents instead. Coming in,
//! `read` does everything that needs no key, so that nothing is fetched for a request that cannot
//! be right; `Signature::verify` does the rest. Going out, `sign` makes every header that it signs.

mod cavage;
mod curve;
mod digest;
mod incoming;
mod jcs;
pub mod keys;
pub mod proof;
pub mod recovery;
mod rfc9421;
mod scan;
pub mod seal;
pub mod ticket;
pub mod totp;
pub mod vapid;
pub mod webauthn;
pub mod webpush;

use std::sync::Arc;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use url::{Position, Url};

pub use incoming::Incoming;
pub use keys::{Algorithm, PrivateKey, PublicKey};
pub use recovery::Seed;
pub use vapid::VapidKey;

use crate::error::{Error, Kind, Result};
use crate::model::Timestamp;

/// The two ways to sign a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// draft-cavage-http-signatures-12.
    Cavage,
    /// HTTP Message Signatures.
    Rfc9421,
}

/// Who signs an outgoing request.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Where the public key is found, `https://example.org/actor#main-key`. Lemmy wants the `#`.
    pub key_id: String,
    pub key: Arc<PrivateKey>,
}

/// What is signed of an outgoing request.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// `GET`, `POST`, in upper case.
    pub method: &'a str,
    pub url: &'a Url,
    /// Signed with draft-cavage when given; absent from a GET.
    pub content_type: Option<&'a str>,
    /// The bytes that will be sent, exactly. `None` for a GET.
    pub body: Option<&'a [u8]>,
    /// One more header, name in lower case, which is sent along; the draft signs it.
    pub extra: Option<(&'static str, &'a str)>,
}

/// Signs a request and gives the headers that it must carry, names in lower case: `host`, `date`,
/// `content-type` if given, `digest` or `content-digest` for a body, `signature`, and
/// `signature-input` with RFC 9421.
///
/// The request must not carry another value under any of these names. A retry and each hop of a
/// redirect is signed anew. `Accept` stays unsigned: nobody asks for it, and proxies rewrite it.
/// Errors: `Internal`, for a keyId that no header can carry, or a URL without a host.
pub fn sign(
    scheme: Scheme,
    signer: &Signer,
    request: &Outgoing,
    now: Timestamp,
) -> Result<Vec<(&'static str, String)>> {
    let clean = |text: &str| text.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
    if !clean(&signer.key_id) {
        return Err(Error::internal("a keyId cannot stand in a header"));
    }
    let host = &request.url[Position::BeforeHost..Position::AfterPort];
    if host.is_empty() {
        return Err(Error::internal("a request to a URL without a host"));
    }
    let mut headers = vec![("host", host.to_owned()), ("date", now.to_http_date())];
    if let Some(body) = request.body {
        headers.push(match scheme {
            Scheme::Cavage => ("digest", digest::digest_header(body)),
            Scheme::Rfc9421 => ("content-digest", digest::content_digest_header(body)),
        });
    }
    if let Some(content_type) = request.content_type {
        headers.push(("content-type", content_type.to_owned()));
    }
    headers.extend(request.extra.map(|(name, value)| (name, value.to_owned())));
    match scheme {
        Scheme::Cavage => cavage::sign(signer, request, &mut headers)?,
        Scheme::Rfc9421 => rfc9421::sign(signer, request, &mut headers, now)?,
    }
    Ok(headers)
}

/// Whether a request claims to be signed at all, for documents that strangers may read as well.
pub fn is_signed(headers: &[(&str, &str)]) -> bool {
    headers.iter().any(|(name, _)| matches!(*name, "signature" | "signature-input"))
}

/// Reads a request's one signature and checks all that needs no key: what it covers, whose host it
/// was made for, its time (an hour either way) and the digest of the body.
///
/// With `Signature-Input` it is RFC 9421, without it the draft.
/// Errors: `Unauthorized`, with a sentence that tells the other side what to change. Also for what
/// cannot be parsed: a 401 is what makes a sender try its other scheme.
pub fn read(incoming: &Incoming, now: Timestamp) -> Result<Signature> {
    if incoming.path_and_query.bytes().any(|b| b.is_ascii_control()) {
        return Err(refused("The path of the request cannot be signed"));
    }
    let value =
        incoming.signature_header("signature")?.ok_or_else(|| refused("The request is not signed"))?;
    match incoming.signature_header("signature-input")? {
        Some(input) => rfc9421::read(incoming, &input, &value, now),
        None => cavage::read(incoming, &value, now),
    }
}

/// A signature that is right in everything but, perhaps, the key.
#[derive(Debug, Clone)]
pub struct Signature {
    /// As the sender wrote it: a key's URL, or an actor's (PeerTube), of up to 2 KiB.
    pub key_id: String,
    pub scheme: Scheme,
    algorithm: Option<Algorithm>,
    /// The texts that may have been signed: the draft leaves it open whether a path has its query.
    texts: Vec<String>,
    bytes: Vec<u8>,
}

impl Signature {
    /// Whether the holder of this key signed the request.
    ///
    /// Errors: `Unauthorized`.
    pub fn verify(&self, key: &PublicKey) -> Result<()> {
        let mut result = Err(refused("The signature covers nothing"));
        for text in &self.texts {
            result = key.verify(self.algorithm, text.as_bytes(), &self.bytes);
            if result.is_ok() {
                break;
            }
        }
        result
    }
}

fn refused(public: impl Into<String>) -> Error {
    Error::new(Kind::Unauthorized, public)
}

/// Padding as it comes: not everybody writes it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn base64_encode(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

fn base64_decode(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::HOUR;

    pub(super) const NOW: Timestamp = Timestamp(1_790_000_000_000);
    pub(super) const BODY: &[u8] = br#"{"type":"Follow"}"#;

    /// Any header list, as a request carries it.
    pub(super) fn borrowed<'a>(headers: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
        headers.iter().map(|(n, v)| (*n, v.as_str())).collect()
    }

    /// What example.org receives at /inbox.
    pub(super) fn arriving<'a>(headers: &'a [(&'a str, &'a str)]) -> Incoming<'a> {
        Incoming {
            method: "POST",
            path_and_query: "/inbox",
            headers,
            body: BODY,
            origin: "https://example.org",
            hosts: &["example.org"],
        }
    }

    /// A signer with a fresh Ed25519 key: fast, where the kind of key does not matter.
    pub(super) fn signer() -> Signer {
        Signer {
            key_id: "https://peer.test/bob#main-key".into(),
            key: Arc::new(PrivateKey::generate_ed25519().unwrap()),
        }
    }

    /// The reason in a refusal, which is always `Unauthorized`.
    pub(super) fn refusal(result: Result<Signature>) -> String {
        let error = result.expect_err("this signature must be refused");
        assert_eq!(error.kind, Kind::Unauthorized);
        error.public
    }

    fn post(scheme: Scheme, signer: &Signer) -> Vec<(&'static str, String)> {
        let url = Url::parse("https://example.org/inbox").unwrap();
        let request = Outgoing {
            method: "POST",
            url: &url,
            content_type: Some("application/activity+json"),
            body: Some(BODY),
            extra: None,
        };
        sign(scheme, signer, &request, NOW).unwrap()
    }

    #[test]
    fn what_we_sign_we_accept_with_both_schemes_and_both_kinds_of_key() {
        for key in [PrivateKey::generate_rsa().unwrap(), PrivateKey::generate_ed25519().unwrap()] {
            let signer = Signer { key_id: "https://peer.test/bob#main-key".into(), key: Arc::new(key) };
            for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
                let headers = post(scheme, &signer);
                let signature = read(&arriving(&borrowed(&headers)), NOW).unwrap();
                assert_eq!(signature.scheme, scheme);
                assert_eq!(signature.key_id, signer.key_id);
                signature.verify(&signer.key.public()).unwrap();

                let other = PrivateKey::generate_ed25519().unwrap().public();
                assert_eq!(signature.verify(&other).unwrap_err().kind, Kind::Unauthorized);
            }
        }
    }

    #[test]
    fn a_get_is_signed_without_a_body_and_with_its_query() {
        let signer = signer();
        let url = Url::parse("https://example.org:8443/users/alice?page=1").unwrap();
        let request = Outgoing { method: "GET", url: &url, content_type: None, body: None, extra: None };
        for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
            let headers = sign(scheme, &signer, &request, NOW).unwrap();
            let headers = borrowed(&headers);
            assert!(is_signed(&headers));
            assert!(headers.contains(&("host", "example.org:8443")));
            assert!(!headers.iter().any(|(name, _)| name.contains("digest")));
            let incoming = Incoming {
                method: "GET",
                path_and_query: "/users/alice?page=1",
                headers: &headers,
                body: b"",
                origin: "https://example.org:8443",
                hosts: &["example.org:8443"],
            };
            read(&incoming, NOW).unwrap().verify(&signer.key.public()).unwrap();
        }
    }

    #[test]
    fn a_delivery_covers_what_every_server_asks_for() {
        let signer = signer();
        let cavage = post(Scheme::Cavage, &signer);
        let names: Vec<&str> = cavage.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["host", "date", "digest", "content-type", "signature"]);
        assert!(cavage[4].1.contains(r#"headers="(request-target) host date digest content-type""#));

        let rfc = post(Scheme::Rfc9421, &signer);
        let (name, input) = &rfc[4];
        assert_eq!(*name, "signature-input");
        assert!(input.starts_with(r#"sig1=("@method" "@target-uri" "content-digest");created=1790000000;"#));
    }

    #[test]
    fn another_body_is_refused() {
        for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
            let headers = post(scheme, &signer());
            let headers = borrowed(&headers);
            let incoming = Incoming { body: b"{}", ..arriving(&headers) };
            assert_eq!(refusal(read(&incoming, NOW)), "The digest does not match the body");
        }
    }

    #[test]
    fn another_path_or_method_does_not_verify() {
        let signer = signer();
        for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
            let headers = post(scheme, &signer);
            let headers = borrowed(&headers);
            let there = arriving(&headers);
            for incoming in [
                Incoming { path_and_query: "/users/alice/inbox", ..there },
                Incoming { method: "PUT", ..there },
            ] {
                let signature = read(&incoming, NOW).unwrap();
                assert!(signature.verify(&signer.key.public()).is_err());
            }
        }
    }

    #[test]
    fn an_hour_either_way_is_accepted_and_two_are_not() {
        for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
            let headers = post(scheme, &signer());
            let headers = borrowed(&headers);
            for near in [-HOUR, 0, HOUR] {
                assert!(read(&arriving(&headers), NOW.plus(near)).is_ok());
            }
            let late = refusal(read(&arriving(&headers), NOW.plus(2 * HOUR)));
            assert!(late.contains("7200 seconds behind"), "{late}");
            let early = refusal(read(&arriving(&headers), NOW.plus(-2 * HOUR)));
            assert!(early.contains("7200 seconds ahead of"), "{early}");
        }
    }

    #[test]
    fn a_header_that_came_twice_is_no_way_around() {
        let signer = signer();
        for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
            let headers = post(scheme, &signer);
            let unsigned = ["host", "date", "content-type"];
            for (name, value) in &headers {
                if scheme == Scheme::Rfc9421 && unsigned.contains(name) {
                    continue;
                }
                let mut doubled = borrowed(&headers);
                doubled.push((name, value));
                let result = read(&arriving(&doubled), NOW);
                let result = result.and_then(|s| s.verify(&signer.key.public()));
                assert!(result.is_err(), "{name}");
            }
        }
    }

    #[test]
    fn a_request_without_a_signature_or_with_a_huge_one_is_refused() {
        assert!(!is_signed(&[("host", "example.org")]));
        assert_eq!(refusal(read(&arriving(&[]), NOW)), "The request is not signed");
        let huge = format!("keyId=\"{}\"", "a".repeat(incoming::LONGEST_SIGNATURE));
        refusal(read(&arriving(&[("signature", &huge)]), NOW));
        refusal(read(&arriving(&[("signature-input", "sig1=()")]), NOW));
    }

    #[test]
    fn a_key_id_that_would_break_out_of_its_header_is_not_signed_with() {
        let url = Url::parse("https://example.org/").unwrap();
        let request = Outgoing { method: "GET", url: &url, content_type: None, body: None, extra: None };
        for key_id in ["https://a.test/\"x", "https://a.test/\r\nx: y", "ā"] {
            let signer = Signer { key_id: key_id.into(), ..signer() };
            assert!(sign(Scheme::Cavage, &signer, &request, NOW).is_err());
        }
    }
}
