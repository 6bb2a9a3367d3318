//! draft-cavage-http-signatures-12, as the Fediverse speaks it:
//! <https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12>

use url::Position;

use super::incoming::{Incoming, check_expiry, check_key_id, check_time, unix_time};
use super::keys::{Algorithm, PrivateKey};
use super::scan::Scan;
use super::{Outgoing, Scheme, Signature, Signer, base64_decode, base64_encode, refused};
use crate::error::Result;
use crate::model::Timestamp;

/// The most header names in one signature; real ones have up to ten.
const MOST_HEADERS: usize = 32;

/// Adds `signature` over the target and every header so far.
///
/// `rsa-sha256` and not `hs2019`: older BookWyrm, Takahē, Misskey and PeerTube refuse the latter,
/// and Friendica wants a name.
pub(super) fn sign(
    signer: &Signer,
    request: &Outgoing,
    headers: &mut Vec<(&'static str, String)>,
) -> Result<()> {
    let mut covered = String::from("(request-target)");
    let mut text = format!(
        "(request-target): {} {}",
        request.method.to_ascii_lowercase(),
        &request.url[Position::BeforePath..Position::AfterQuery]
    );
    for (name, value) in headers.iter() {
        covered.push_str(&format!(" {name}"));
        text.push_str(&format!("\n{name}: {value}"));
    }
    let algorithm = match *signer.key {
        PrivateKey::Rsa(_) => "rsa-sha256",
        PrivateKey::Ed25519(_) => "hs2019",
    };
    let signature = base64_encode(&signer.key.sign(text.as_bytes())?);
    let key_id = &signer.key_id;
    headers.push((
        "signature",
        format!(r#"keyId="{key_id}",algorithm="{algorithm}",headers="{covered}",signature="{signature}""#),
    ));
    Ok(())
}

/// Reads the `Signature` header and checks all that needs no key.
pub(super) fn read(incoming: &Incoming, value: &str, now: Timestamp) -> Result<Signature> {
    let params = parse(value)?;
    let covers = |name: &str| params.headers.iter().any(|h| h == name);

    if !covers("(request-target)") {
        return Err(refused("The signature does not cover (request-target)"));
    }
    if !covers("host") {
        return Err(refused("The signature does not cover host"));
    }
    incoming.check_host()?;

    if !covers("date") && !covers("(created)") {
        return Err(refused("The signature covers neither date nor (created)"));
    }
    if covers("date") {
        let date = Timestamp::parse_http_date(&incoming.covered("date")?)
            .ok_or_else(|| refused("The Date header cannot be read"))?;
        check_time(date, now)?;
    }
    if covers("(created)") {
        check_time(unix_time(params.created()?)?, now)?;
    }
    if let Some(expires) = &params.expires {
        check_expiry(unix_time(expires)?, now)?;
    }
    incoming.check_digest(covers)?;

    // Mastodon before 4.5 and others leave the query out of what they sign.
    let mut texts = vec![text(incoming, &params, incoming.path_and_query)?];
    if incoming.query().is_some() {
        texts.push(text(incoming, &params, incoming.path())?);
    }
    Ok(Signature {
        key_id: params.key_id,
        scheme: Scheme::Cavage,
        algorithm: params.algorithm,
        texts,
        bytes: params.signature,
    })
}

/// What stands in a `Signature` header.
struct Params {
    key_id: String,
    /// `None` for `hs2019` and when nothing is said: the key decides.
    algorithm: Option<Algorithm>,
    /// In lower case, in the order in which they were signed.
    headers: Vec<String>,
    /// `created` and `expires` as they were written, since that is what was signed.
    created: Option<String>,
    expires: Option<String>,
    signature: Vec<u8>,
}

impl Params {
    fn created(&self) -> Result<&str> {
        let created = self.created.as_deref();
        created.ok_or_else(|| refused("The signature covers (created), which is missing"))
    }

    fn expires(&self) -> Result<&str> {
        let expires = self.expires.as_deref();
        expires.ok_or_else(|| refused("The signature covers (expires), which is missing"))
    }
}

/// Reads the parameters: in any order, quoted or bare, unknown ones passed over, none of ours twice.
fn parse(value: &str) -> Result<Params> {
    let (mut key_id, mut algorithm, mut headers) = (None, None, None);
    let (mut created, mut expires, mut signature) = (None, None, None);
    let mut scan = Scan::new(value);
    loop {
        scan.spaces();
        let name = scan.until(&['=', ',']).trim();
        if !scan.eat('=') {
            return Err(refused("The Signature header cannot be read"));
        }
        scan.spaces();
        let text = if scan.rest.starts_with('"') {
            scan.quoted()
        } else {
            Some(scan.until(&[',']).trim().to_owned())
        };
        let text = text.ok_or_else(|| refused("The Signature header cannot be read"))?;
        let slot = match name {
            "keyId" => &mut key_id,
            "algorithm" => &mut algorithm,
            "headers" => &mut headers,
            "created" => &mut created,
            "expires" => &mut expires,
            "signature" => &mut signature,
            _ => &mut None,
        };
        if slot.replace(text).is_some() {
            return Err(refused("The Signature header names a parameter twice"));
        }
        scan.spaces();
        if scan.at_end() {
            break;
        }
        if !scan.eat(',') {
            return Err(refused("The Signature header cannot be read"));
        }
    }

    let key_id = key_id.ok_or_else(|| refused("The signature has no keyId"))?;
    check_key_id(&key_id)?;
    let signature = signature
        .filter(|text| !text.is_empty())
        .and_then(|text| base64_decode(&text))
        .ok_or_else(|| refused("The signature has no readable signature parameter"))?;
    Ok(Params {
        key_id,
        algorithm: named(algorithm.as_deref())?,
        // Without a list only the time is signed (section 2.1.6), which `read` refuses.
        headers: listed(headers.as_deref().unwrap_or_default())?,
        created,
        expires,
        signature,
    })
}

fn named(algorithm: Option<&str>) -> Result<Option<Algorithm>> {
    let Some(name) = algorithm else {
        return Ok(None);
    };
    match name.to_ascii_lowercase().as_str() {
        "hs2019" => Ok(None),
        "rsa-sha256" => Ok(Some(Algorithm::RsaSha256)),
        "rsa-sha512" => Ok(Some(Algorithm::RsaSha512)), // Friendica
        "ed25519" => Ok(Some(Algorithm::Ed25519)),
        _ => Err(refused("The signature's algorithm is none of rsa-sha256, rsa-sha512, ed25519 and hs2019")),
    }
}

/// The header names, each once: a name repeated would make a small request into a large text.
fn listed(headers: &str) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in headers.split_ascii_whitespace() {
        let name = name.to_ascii_lowercase();
        if names.len() == MOST_HEADERS || names.contains(&name) {
            return Err(refused("The signature covers too many headers, or one twice"));
        }
        names.push(name);
    }
    Ok(names)
}

/// The text that was signed (section 2.3), with the path written as `target`.
fn text(incoming: &Incoming, params: &Params, target: &str) -> Result<String> {
    let mut lines = Vec::with_capacity(params.headers.len());
    for name in &params.headers {
        lines.push(match name.as_str() {
            "(request-target)" => {
                format!("{name}: {} {target}", incoming.method.to_ascii_lowercase())
            }
            "(created)" => format!("{name}: {}", params.created()?),
            "(expires)" => format!("{name}: {}", params.expires()?),
            header => format!("{header}: {}", incoming.covered(header)?),
        });
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::super::digest;
    use super::super::keys::PublicKey;
    use super::super::tests::{BODY, NOW, arriving, refusal, signer};
    use super::*;
    use crate::model::time::{HOUR, SECOND};

    // draft-cavage-http-signatures-12, appendix C.2 and C.3. The latter's signature
    // was made without the (created) and (expires) that the draft lists: an old mistake.
    const DRAFT_KEY: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----";
    const DRAFT_BASIC: &str = r#"keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date",signature="qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=""#;
    const DRAFT_ALL: &str = r#"keyId="Test",algorithm="rsa-sha256",created=1402170695, expires=1402170699,headers="(request-target) host date content-type digest content-length",signature="vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=""#;

    #[test]
    fn the_examples_of_the_draft_verify() {
        let key = PublicKey::from_pem(DRAFT_KEY).unwrap();
        let read = |value: &str| {
            let headers = [
                ("host", "example.com"),
                ("date", "Sun, 05 Jan 2014 21:31:40 GMT"),
                ("content-type", "application/json"),
                ("digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
                ("content-length", "18"),
                ("signature", value),
            ];
            let incoming = Incoming {
                path_and_query: "/foo?param=value&pet=dog",
                body: br#"{"hello": "world"}"#,
                hosts: &["example.com"],
                ..arriving(&headers)
            };
            super::super::read(&incoming, Timestamp(1_388_957_500_000))
        };
        read(DRAFT_ALL).unwrap().verify(&key).unwrap();
        // Right as well, but it does not cover the body.
        assert!(refusal(read(DRAFT_BASIC)).contains("digest"));
    }

    /// Signs by hand what `headers` lists, and gives the header's value.
    fn header(key: &PrivateKey, first: &str, headers: &str, text: &str) -> String {
        let signature = base64_encode(&key.sign(text.as_bytes()).unwrap());
        format!(r#"{first},headers="{headers}",signature="{signature}""#)
    }

    /// Reads a request to /inbox with this `Signature` and a right Host, Date and Digest.
    fn read_with(value: &str) -> Result<Signature> {
        let (date, digest) = (NOW.to_http_date(), digest::digest_header(BODY));
        let headers = [
            ("host", "example.org"),
            ("date", date.as_str()),
            ("digest", digest.as_str()),
            ("signature", value),
        ];
        super::super::read(&arriving(&headers), NOW)
    }

    fn text_of_post() -> String {
        let (date, digest) = (NOW.to_http_date(), digest::digest_header(BODY));
        format!("(request-target): post /inbox\nhost: example.org\ndate: {date}\ndigest: {digest}")
    }

    #[test]
    fn hs2019_or_no_algorithm_with_rsa_is_pkcs1_and_sha_256() {
        let key = PrivateKey::generate_rsa().unwrap();
        for first in
            [r#"keyId="k",algorithm="hs2019""#, r#"keyId="k""#, r#"keyId="k",algorithm="RSA-SHA256""#]
        {
            let value = header(&key, first, "(request-target) host date digest", &text_of_post());
            read_with(&value).unwrap().verify(&key.public()).unwrap();
        }
        let value = header(&key, r#"keyId="k",algorithm="hmac-sha256""#, "host", "");
        assert!(refusal(read_with(&value)).contains("algorithm"));
    }

    #[test]
    fn params_come_in_any_order_with_spaces_and_quoted_commas() {
        let signer = signer();
        let signature = base64_encode(&signer.key.sign(text_of_post().as_bytes()).unwrap());
        let value = format!(
            r#"signature="{signature}" , headers="(Request-Target) Host date Digest", extra="a,b=\"c\"" ,keyId="https://peer.test/a,b""#
        );
        let read = read_with(&value).unwrap();
        assert_eq!(read.key_id, "https://peer.test/a,b");
        read.verify(&signer.key.public()).unwrap();
    }

    #[test]
    fn the_query_may_be_left_out_of_what_was_signed() {
        let key = signer().key;
        let date = NOW.to_http_date();
        for signed in ["/inbox?page=1", "/inbox", "/inbox?page=2"] {
            let text = format!("(request-target): get {signed}\nhost: example.org\ndate: {date}");
            let value = header(&key, r#"keyId="k""#, "(request-target) host date", &text);
            let headers = [("host", "example.org"), ("date", &date), ("signature", &value)];
            let incoming =
                Incoming { method: "GET", path_and_query: "/inbox?page=1", body: b"", ..arriving(&headers) };
            let signature = super::super::read(&incoming, NOW).unwrap();
            assert_eq!(signature.verify(&key.public()).is_ok(), signed != "/inbox?page=2");
        }
    }

    #[test]
    fn created_counts_where_it_is_signed_and_expires_everywhere() {
        let key = signer().key;
        let digest = digest::digest_header(BODY);
        let at = |created: i64, expires: i64| {
            let text = format!(
                "(request-target): post /inbox\nhost: example.org\n(created): {created}\n(expires): {expires}\ndigest: {digest}"
            );
            let first = format!(r#"keyId="k",algorithm="hs2019",created={created},expires={expires}"#);
            let covered = "(request-target) host (created) (expires) digest";
            read_with(&header(&key, &first, covered, &text))
        };
        let (now, hour) = (NOW.seconds(), HOUR / SECOND);
        at(now - 600, now - 300).unwrap().verify(&key.public()).unwrap();
        assert!(refusal(at(now - 2 * hour, now + hour)).contains("behind"));
        assert!(refusal(at(now + 2 * hour, now + 3 * hour)).contains("ahead"));
        assert!(refusal(at(now, now - 2 * hour)).contains("expired"));
        assert!(refusal(at(i64::MIN, i64::MAX)).contains("behind"));
    }

    #[test]
    fn a_post_must_cover_target_host_time_and_digest() {
        let key = signer().key;
        for (headers, missing) in [
            ("host date digest", "(request-target)"),
            ("(request-target) date digest", "host"),
            ("(request-target) host digest", "date"),
            ("(request-target) host date", "digest"),
            ("(request-target) host date content-digest", "content-digest"),
            ("(request-target) host (created) digest", "(created)"),
            ("(request-target) host date (expires) digest", "(expires)"),
            ("(request-target) host date digest x-none", "x-none"),
            ("(request-target) host date digest (nonsense)", "no header"),
            ("(request-target) host date digest host", "twice"),
            ("", "(request-target)"),
        ] {
            let reason = refusal(read_with(&header(&key, r#"keyId="k""#, headers, "")));
            assert!(reason.contains(missing), "{headers}: {reason}");
        }
    }

    #[test]
    fn a_request_for_another_host_is_refused() {
        let signer = signer();
        let (date, digest) = (NOW.to_http_date(), digest::digest_header(BODY));
        let at = |host: &str| {
            let text = text_of_post().replace("host: example.org", &format!("host: {host}"));
            let value = header(&signer.key, r#"keyId="k""#, "(request-target) host date digest", &text);
            let headers = [("host", host), ("date", &date), ("digest", &digest), ("signature", &value)];
            super::super::read(&arriving(&headers), NOW)
        };
        for ours in ["example.org", "Example.ORG", "example.org:443"] {
            at(ours).unwrap().verify(&signer.key.public()).unwrap();
        }
        for foreign in ["example.com", "example.org.evil.test", "example.org:80", ""] {
            assert!(refusal(at(foreign)).contains("another host"), "{foreign}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_never_a_panic() {
        let many = (0..40).map(|n| format!("x-{n} ")).collect::<String>();
        for value in [
            "",
            ",",
            "=",
            "keyId",
            "keyId=",
            r#"keyId="k"#,
            r#"keyId="k\"#,
            r#"keyId="k""#,
            r#"keyId="k" "x""#,
            r#"keyId="k",signature="""#,
            r#"keyId="k",signature="!""#,
            r#"keyId="",signature="AAAA""#,
            r#"keyId="k",keyId="l",signature="AAAA""#,
            r#"keyId="ā",headers="ā",signature="AAAA""#,
            &format!(r#"keyId="{}",signature="AAAA""#, "k".repeat(3000)),
            &format!(r#"keyId="k",headers="{many}",signature="AAAA""#),
        ] {
            refusal(read_with(value));
        }
        let created =
            r#"keyId="k",created=soon,headers="(request-target) host (created) digest",signature="AAAA""#;
        assert!(refusal(read_with(created)).contains("seconds"));
    }

    #[test]
    fn a_line_break_in_a_value_signs_nothing() {
        let headers = [("host", "example.org\ndate: x"), ("date", "x"), ("signature", "s")];
        let incoming = arriving(&headers);
        assert!(incoming.covered("host").is_err());
    }
}
