//! The two headers that tie a body to its signature: `Digest`
//! (<https://www.rfc-editor.org/rfc/rfc3230#section-4.3.2>) and `Content-Digest`
//! (<https://www.rfc-editor.org/rfc/rfc9530#section-2>).

use ring::digest::{Algorithm, SHA256, SHA512, digest};

use super::{base64_decode, base64_encode, refused};
use crate::error::Result;

/// What we can recompute. Anything else in the header (MD5, UNIXsum, id-sha-256) is passed over.
const KNOWN: [(&str, &Algorithm); 2] = [("sha-256", &SHA256), ("sha-512", &SHA512)];

/// `SHA-256=<base64>`. Upper case, since Threads and Misskey compare the prefix letter by letter.
pub(super) fn digest_header(body: &[u8]) -> String {
    format!("SHA-256={}", base64_encode(digest(&SHA256, body).as_ref()))
}

/// `sha-256=:<base64>:`, a structured field (RFC 9530).
pub(super) fn content_digest_header(body: &[u8]) -> String {
    format!("sha-256=:{}:", base64_encode(digest(&SHA256, body).as_ref()))
}

/// Compares a `Digest` or `Content-Digest` header with the body, byte by byte as it came.
///
/// Names are taken in any case, and several algorithms may stand side by side: every one that we
/// know has to match, and we have to know one. A body is hashed once per algorithm, however often
/// the header names it.
/// Errors: `Unauthorized`.
pub(super) fn check(header: &str, body: &[u8]) -> Result<()> {
    let mut known = false;
    for (name, algorithm) in KNOWN {
        let mut claims = members(header)
            .filter(|(claimed, _)| claimed.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .peekable();
        if claims.peek().is_none() {
            continue;
        }
        known = true;
        let actual = digest(algorithm, body);
        if !claims.all(|claim| base64_decode(claim).is_some_and(|d| d == actual.as_ref())) {
            return Err(refused("The digest does not match the body"));
        }
    }
    if !known {
        return Err(refused(
            "The digest header names no algorithm that this server knows: sha-256 or sha-512",
        ));
    }
    Ok(())
}

/// `name=value` pairs; RFC 9530 puts the value between colons, RFC 3230 does not.
fn members(header: &str) -> impl Iterator<Item = (&str, &str)> {
    header.split(',').filter_map(|member| {
        let (name, value) = member.split_once('=')?;
        let value = value.trim();
        let bare = value.strip_prefix(':').and_then(|v| v.strip_suffix(':')).unwrap_or(value);
        Some((name.trim(), bare))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"hello": "world"}"#;
    const SHA256_OF_BODY: &str = "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
    // RFC 9421, appendix B.2.
    const SHA512_OF_BODY: &str =
        "WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==";

    #[test]
    fn our_own_headers_match_the_vectors() {
        assert_eq!(digest_header(BODY), format!("SHA-256={SHA256_OF_BODY}"));
        assert_eq!(content_digest_header(BODY), format!("sha-256=:{SHA256_OF_BODY}:"));
    }

    #[test]
    fn any_case_several_algorithms_and_both_headers_are_read() {
        for header in [
            format!("SHA-256={SHA256_OF_BODY}"),
            format!("sha-256={SHA256_OF_BODY}"),
            format!("Sha-256={}", SHA256_OF_BODY.trim_end_matches('=')),
            format!("MD5=abc, SHA-256={SHA256_OF_BODY},sha-512={SHA512_OF_BODY}"),
            format!("sha-512=:{SHA512_OF_BODY}:"),
            format!("sha-256=:{SHA256_OF_BODY}:, sha-512=:{SHA512_OF_BODY}:"),
        ] {
            assert!(check(&header, BODY).is_ok(), "{header}");
        }
    }

    #[test]
    fn one_wrong_digest_among_right_ones_is_refused() {
        for header in [
            format!("SHA-256={SHA512_OF_BODY}"),
            format!("SHA-256={SHA256_OF_BODY}, SHA-256=AAAA"),
            format!("SHA-256={SHA256_OF_BODY}, SHA-512=:AAAA:"),
            "SHA-256=not base64!".to_owned(),
            "SHA-256=".to_owned(),
            "MD5=abc".to_owned(),
            String::new(),
        ] {
            assert!(check(&header, BODY).is_err(), "{header}");
        }
        assert!(check(&digest_header(BODY), b"another body").is_err());
    }
}
