//! HTTP Message Signatures, one per request: <https://www.rfc-editor.org/rfc/rfc9421>

use super::incoming::{Incoming, check_expiry, check_key_id, check_time, unix_time};
use super::keys::{Algorithm, PrivateKey};
use super::scan::Scan;
use super::{Outgoing, Scheme, Signature, Signer, base64_decode, base64_encode, refused};
use crate::error::Result;
use crate::model::Timestamp;

/// The most components, and the most parameters, in one signature.
const MOST: usize = 32;

/// Adds `signature-input` and `signature`, over what Mastodon asks for: method, target and body.
pub(super) fn sign(
    signer: &Signer,
    request: &Outgoing,
    headers: &mut Vec<(&'static str, String)>,
    now: Timestamp,
) -> Result<()> {
    // A fragment is never sent, so it is no part of the target.
    let target = &request.url[..url::Position::AfterQuery];
    let mut covered = String::from(r#""@method" "@target-uri""#);
    let mut text = format!("\"@method\": {}\n\"@target-uri\": {target}\n", request.method);
    for (name, value) in headers.iter().filter(|(name, _)| *name == "content-digest") {
        covered.push_str(&format!(" \"{name}\""));
        text.push_str(&format!("\"{name}\": {value}\n"));
    }
    let algorithm = match *signer.key {
        PrivateKey::Rsa(_) => "rsa-v1_5-sha256",
        PrivateKey::Ed25519(_) => "ed25519",
    };
    let params =
        format!(r#"({covered});created={};keyid="{}";alg="{algorithm}""#, now.seconds(), signer.key_id);
    text.push_str(&format!("\"@signature-params\": {params}"));
    let signature = base64_encode(&signer.key.sign(text.as_bytes())?);
    headers.push(("signature-input", format!("sig1={params}")));
    headers.push(("signature", format!("sig1=:{signature}:")));
    Ok(())
}

/// Reads `Signature-Input` and `Signature` and checks all that needs no key.
pub(super) fn read(incoming: &Incoming, input: &str, value: &str, now: Timestamp) -> Result<Signature> {
    let input = parse(input)?;
    let covers = |name: &str| input.components.iter().any(|c| c == name);

    if !covers("@method") {
        return Err(refused("The signature does not cover @method"));
    }
    // Most sign @target-uri; its parts, all of them, say the same.
    let host = covers("@authority") || covers("host");
    let path = covers("@path") && (covers("@query") || incoming.query().is_none());
    if !covers("@target-uri") && !(host && (path || covers("@request-target"))) {
        return Err(refused("The signature does not cover @target-uri"));
    }
    if covers("host") {
        incoming.check_host()?;
    }

    let created = input.param("created");
    let created = created.ok_or_else(|| refused("The signature has no created parameter"))?;
    check_time(unix_time(created)?, now)?;
    if let Some(expires) = input.param("expires") {
        check_expiry(unix_time(expires)?, now)?;
    }
    incoming.check_digest(covers)?;

    let key_id = input.param("keyid").unwrap_or_default();
    check_key_id(key_id)?;
    Ok(Signature {
        key_id: key_id.to_owned(),
        scheme: Scheme::Rfc9421,
        algorithm: named(input.param("alg"))?,
        texts: vec![text(incoming, &input)?],
        bytes: labelled(value, &input.label)?,
    })
}

/// One member of `Signature-Input`.
struct Input {
    label: String,
    components: Vec<String>,
    params: Vec<(String, String)>,
    /// Components and parameters as RFC 8941 serialises them: the last line of what is signed.
    canonical: String,
}

impl Input {
    fn param(&self, name: &str) -> Option<&str> {
        let found = self.params.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads `sig1=("@method" "@target-uri");created=1;keyid="k"`: one member, since with several it
/// would be open which one is meant (Mastodon refuses them, too).
fn parse(header: &str) -> Result<Input> {
    let broken = || refused("The Signature-Input header cannot be read");
    let mut scan = Scan::new(header);
    scan.spaces();
    let label = scan.until(&['=', ',']).to_owned();
    if label.is_empty() || !scan.eat('=') || !scan.eat('(') {
        return Err(broken());
    }

    let mut components: Vec<String> = Vec::new();
    let mut canonical = String::from("(");
    loop {
        scan.spaces();
        if scan.eat(')') {
            break;
        }
        let name = scan.quoted().ok_or_else(broken)?;
        if scan.rest.starts_with(';') {
            // ;sf, ;key, ;bs, ;req, ;tr: nobody here signs with them.
            return Err(refused("A covered component has parameters, which are not supported"));
        }
        if components.len() == MOST || components.contains(&name) {
            return Err(refused("The signature covers too many components, or one twice"));
        }
        if !components.is_empty() {
            canonical.push(' ');
        }
        canonical.push_str(&format!("\"{name}\""));
        components.push(name);
    }
    canonical.push(')');

    let mut params: Vec<(String, String)> = Vec::new();
    loop {
        scan.spaces();
        if scan.at_end() {
            break;
        }
        if scan.eat(',') {
            return Err(refused("The request has more than one signature"));
        }
        if !scan.eat(';') {
            return Err(broken());
        }
        scan.spaces();
        let name = scan.until(&['=', ';', ',', ' ']).to_owned();
        if name.is_empty() || params.len() == MOST || params.iter().any(|(n, _)| *n == name) {
            return Err(broken());
        }
        canonical.push_str(&format!(";{name}"));
        let mut text = String::new();
        if scan.eat('=') {
            let before = scan.rest;
            text = if before.starts_with('"') {
                scan.quoted().ok_or_else(broken)?
            } else {
                scan.until(&[';', ',', ' ']).to_owned()
            };
            let written = &before[..before.len() - scan.rest.len()];
            canonical.push_str(&format!("={written}"));
        }
        params.push((name, text));
    }
    Ok(Input { label, components, params, canonical })
}

/// `alg`, as registered in section 6.2. The key decides; a name has to agree with it.
fn named(algorithm: Option<&str>) -> Result<Option<Algorithm>> {
    match algorithm {
        None => Ok(None),
        Some("rsa-v1_5-sha256") => Ok(Some(Algorithm::RsaSha256)),
        Some("ed25519") => Ok(Some(Algorithm::Ed25519)),
        Some(_) => Err(refused("The signature's alg is neither rsa-v1_5-sha256 nor ed25519")),
    }
}

/// The bytes of the `Signature` member with this label.
fn labelled(header: &str, label: &str) -> Result<Vec<u8>> {
    let mut found = header.split(',').filter_map(|member| {
        let value = member.trim().strip_prefix(label)?.strip_prefix("=:")?;
        value.split_once(':').map(|(bytes, _)| bytes)
    });
    match (found.next(), found.next()) {
        (Some(bytes), None) if !bytes.is_empty() => base64_decode(bytes),
        _ => None,
    }
    .ok_or_else(|| refused("The Signature header has no readable value for Signature-Input"))
}

/// The signature base (section 2.5). What belongs to the URL is taken from the configured origin:
/// a proxy's idea of scheme and host is not what the sender signed.
fn text(incoming: &Incoming, input: &Input) -> Result<String> {
    let (scheme, authority) = incoming.origin.split_once("://").unwrap_or_default();
    let mut text = String::new();
    for name in &input.components {
        let value = match name.as_str() {
            "@method" => incoming.method.to_owned(),
            "@target-uri" => format!("{}{}", incoming.origin, incoming.path_and_query),
            "@authority" => authority.to_owned(),
            "@scheme" => scheme.to_owned(),
            "@request-target" => incoming.path_and_query.to_owned(),
            "@path" => incoming.path().to_owned(),
            "@query" => format!("?{}", incoming.query().unwrap_or_default()),
            header => incoming.covered(header)?,
        };
        text.push_str(&format!("\"{name}\": {value}\n"));
    }
    text.push_str(&format!("\"@signature-params\": {}", input.canonical));
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::super::digest;
    use super::super::tests::{BODY, NOW, arriving, refusal, signer};
    use super::*;
    use crate::model::time::{HOUR, SECOND};

    // RFC 9421, appendices B.1.4, B.2 and B.2.6.
    const RFC_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----";
    const RFC_INPUT: &str = r#"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#;
    const RFC_SIGNATURE: &str =
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:";
    const RFC_HEADERS: [(&str, &str); 6] = [
        ("host", "example.com"),
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("content-type", "application/json"),
        ("content-length", "18"),
        ("signature-input", RFC_INPUT),
        ("signature", RFC_SIGNATURE),
    ];

    #[test]
    fn the_ed25519_example_of_the_rfc_is_made_and_verified() {
        let incoming = Incoming {
            path_and_query: "/foo?param=Value&Pet=dog",
            origin: "https://example.com",
            hosts: &["example.com"],
            ..arriving(&RFC_HEADERS)
        };
        let input = parse(RFC_INPUT).unwrap();
        let text = text(&incoming, &input).unwrap();
        assert_eq!(
            text,
            r#""date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#
        );
        let key = PrivateKey::from_pem(RFC_KEY).unwrap();
        let signature = labelled(RFC_SIGNATURE, "sig-b26").unwrap();
        assert_eq!(key.sign(text.as_bytes()).unwrap(), signature);
        key.public().verify(None, text.as_bytes(), &signature).unwrap();

        // It leaves out the query and the body, so as a delivery it is worth nothing.
        let then = Timestamp(1_618_884_473 * SECOND);
        assert!(refusal(super::super::read(&incoming, then)).contains("@target-uri"));
    }

    /// Signs by hand a POST to /inbox?a=b and reads it back.
    fn read_with(key: &PrivateKey, lines: &str, params: &str) -> Result<Signature> {
        let text = format!("{lines}\n\"@signature-params\": {params}");
        let signature = base64_encode(&key.sign(text.as_bytes()).unwrap());
        read_raw(&format!("sig1={params}"), &format!("sig1=:{signature}:"))
    }

    fn read_raw(input: &str, value: &str) -> Result<Signature> {
        let (digest, old) = (digest::content_digest_header(BODY), digest::digest_header(BODY));
        let headers = [
            ("host", "example.org"),
            ("content-digest", digest.as_str()),
            ("digest", old.as_str()),
            ("signature-input", input),
            ("signature", value),
        ];
        let incoming = Incoming { path_and_query: "/inbox?a=b", ..arriving(&headers) };
        super::super::read(&incoming, NOW)
    }

    #[test]
    fn the_parts_of_the_target_do_as_well_as_the_whole() {
        let key = signer().key;
        let digest = format!("\"content-digest\": {}", digest::content_digest_header(BODY));
        let created = NOW.seconds();
        for (lines, covered) in [
            // Fedify
            (
                "\"@method\": POST\n\"@target-uri\": https://example.org/inbox?a=b\n\"@authority\": example.org",
                r#""@method" "@target-uri" "@authority""#,
            ),
            (
                "\"@path\": /inbox\n\"@query\": ?a=b\n\"@authority\": example.org\n\"@scheme\": https\n\"@method\": POST",
                r#""@path" "@query" "@authority" "@scheme" "@method""#,
            ),
            (
                "\"host\": example.org\n\"@request-target\": /inbox?a=b\n\"@method\": POST",
                r#""host" "@request-target" "@method""#,
            ),
        ] {
            let lines = format!("{lines}\n{digest}");
            let params = format!(r#"({covered} "content-digest");created={created};keyid="k""#);
            let signature = read_with(&key, &lines, &params).unwrap();
            assert_eq!(signature.key_id, "k");
            signature.verify(&key.public()).unwrap();
        }
    }

    #[test]
    fn a_post_must_cover_method_target_and_digest() {
        for (covered, missing) in [
            (r#""@target-uri" "content-digest""#, "@method"),
            (r#""@method" "content-digest""#, "@target-uri"),
            (r#""@method" "@authority" "@path" "content-digest""#, "@target-uri"),
            (r#""@method" "@path" "@query" "content-digest""#, "@target-uri"),
            (r#""@method" "@target-uri""#, "digest"),
            (r#""@method" "@target-uri" "content-digest" "x-none""#, "x-none"),
            (r#""@method" "@target-uri" "content-digest" "@status""#, "no header"),
            (r#""@method" "@target-uri" "content-digest";sf"#, "parameters"),
            (r#""@method" "@method""#, "twice"),
        ] {
            let input = format!(r#"sig1=({covered});created={};keyid="k""#, NOW.seconds());
            let reason = refusal(read_raw(&input, "sig1=:AAAA:"));
            assert!(reason.contains(missing), "{covered}: {reason}");
        }
    }

    #[test]
    fn created_is_needed_and_expires_is_kept() {
        let read = |params: &str| {
            read_raw(
                &format!(r#"sig1=("@method" "@target-uri" "content-digest");keyid="k"{params}"#),
                "sig1=:AAAA:",
            )
        };
        let (now, hour) = (NOW.seconds(), HOUR / SECOND);
        assert!(read(&format!(";created={now};expires={}", now + 60)).is_ok());
        assert!(refusal(read("")).contains("created"));
        assert!(refusal(read(";created=now")).contains("seconds"));
        assert!(refusal(read(&format!(";created={now};expires={}", now - 2 * hour))).contains("expired"));
        assert!(refusal(read(&format!(";created={now};alg=\"hmac-sha256\""))).contains("alg"));
    }

    #[test]
    fn an_alg_of_another_kind_of_key_is_refused() {
        let key = signer().key;
        let lines = format!(
            "\"@method\": POST\n\"@target-uri\": https://example.org/inbox?a=b\n\"content-digest\": {}",
            digest::content_digest_header(BODY)
        );
        let params = |alg: &str| {
            format!(
                r#"("@method" "@target-uri" "content-digest");created={};keyid="k";alg="{alg}""#,
                NOW.seconds()
            )
        };
        let right = read_with(&key, &lines, &params("ed25519")).unwrap();
        right.verify(&key.public()).unwrap();
        let wrong = read_with(&key, &lines, &params("rsa-v1_5-sha256")).unwrap();
        assert!(wrong.verify(&key.public()).is_err());
    }

    #[test]
    fn white_space_does_not_change_what_was_signed() {
        let spaced = parse(r#"sig1=( "@method"  "@path" ); created=1 ;keyid="a;b,c" ;tag"#).unwrap();
        assert_eq!(spaced.canonical, r#"("@method" "@path");created=1;keyid="a;b,c";tag"#);
        assert_eq!(spaced.param("keyid"), Some("a;b,c"));
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_never_a_panic() {
        let many = (0..40).map(|n| format!("\"x-{n}\" ")).collect::<String>();
        let right =
            format!(r#"sig1=("@method" "@target-uri" "content-digest");created={};keyid="k""#, NOW.seconds());
        for input in [
            "",
            "sig1",
            "sig1=",
            "sig1=(",
            "=()",
            "sig1=\"x\"",
            r#"sig1=("@method"#,
            r#"sig1=(@method)"#,
            r#"sig1=("@method")x"#,
            r#"sig1=("@method");"#,
            r#"sig1=("@method");created=1;created=2"#,
            r#"sig1=("@method");keyid="k"#,
            &format!("sig1=({many})"),
            &format!("{right}, sig2=();created=1"),
            &right.replace("keyid=\"k\"", "keyid=\"\""),
            &right.replace(";keyid=\"k\"", ""),
            &right.replace("\"@method\"", "\"@method\" \"a\\\"b\\\\\""),
        ] {
            refusal(read_raw(input, "sig1=:AAAA:"));
        }
        assert!(read_raw(&right, "sig1=:AAAA:").is_ok());
        for value in [
            "",
            "sig1",
            "sig1=AAAA",
            "sig1=::",
            "sig1=:!:",
            "sig2=:AAAA:",
            "sig1=:AAAA",
            "sig1=:AAAA:, sig1=:BBBB:",
        ] {
            refusal(read_raw(&right, value));
        }
    }
}
