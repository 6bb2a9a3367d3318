//! AWS Signature Version 4, as far as a bucket wants it. Pure.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>

use ring::hmac;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The hash of no content.
pub const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// Instead of a hash, where the content is not known yet: in links.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Whose keys, for which region.
pub struct Signer<'a> {
    pub access_key: &'a str,
    pub secret_key: &'a str,
    pub region: &'a str,
}

/// What is asked of the bucket.
pub struct Ask<'a> {
    pub method: &'a str,
    /// As in the `Host` header: with the port unless it is the usual one.
    pub host: &'a str,
    /// From the slash, encoded by [`encode_path`].
    pub path: &'a str,
    /// Not encoded yet, in any order.
    pub query: &'a [(&'a str, &'a str)],
    /// Signed beside those that always are; names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
}

impl Signer<'_> {
    /// The headers to send: `authorization`, `x-amz-content-sha256` and `x-amz-date`.
    ///
    /// `time` is as `20130524T000000Z`, `payload` the SHA-256 of the body in hexadecimal digits.
    pub fn headers(&self, ask: &Ask<'_>, payload: &str, time: &str) -> [(&'static str, String); 3] {
        let mut headers = vec![("host", ask.host), ("x-amz-content-sha256", payload), ("x-amz-date", time)];
        headers.extend(ask.headers);
        headers.sort_unstable();
        let canonical = canonical(ask, &query(ask.query), &headers, payload);
        let signature = self.signature(&canonical, time);
        let authorization = format!(
            "{ALGORITHM} Credential={}/{},SignedHeaders={},Signature={signature}",
            self.access_key,
            self.scope(time),
            names(&headers)
        );
        [
            ("authorization", authorization),
            ("x-amz-content-sha256", payload.to_owned()),
            ("x-amz-date", time.to_owned()),
        ]
    }

    /// The query of a link that anybody may use from `time` on, for so many seconds.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
    pub fn link(&self, ask: &Ask<'_>, time: &str, seconds: u32) -> String {
        let credential = format!("{}/{}", self.access_key, self.scope(time));
        let (seconds, headers) = (seconds.to_string(), [("host", ask.host)]);
        let mut pairs = ask.query.to_vec();
        pairs.extend([
            ("X-Amz-Algorithm", ALGORITHM),
            ("X-Amz-Credential", &credential),
            ("X-Amz-Date", time),
            ("X-Amz-Expires", &seconds),
            ("X-Amz-SignedHeaders", "host"),
        ]);
        let query = query(&pairs);
        let canonical = canonical(ask, &query, &headers, UNSIGNED);
        format!("{query}&X-Amz-Signature={}", self.signature(&canonical, time))
    }

    fn scope(&self, time: &str) -> String {
        format!("{}/{}/s3/aws4_request", day(time), self.region)
    }

    fn signature(&self, canonical: &str, time: &str) -> String {
        let text = format!("{ALGORITHM}\n{time}\n{}\n{}", self.scope(time), hash(canonical.as_bytes()));
        let first = format!("AWS4{}", self.secret_key);
        let key = [day(time), self.region, "s3", "aws4_request"]
            .iter()
            .fold(first.into_bytes(), |key, part| hmac(&key, part));
        hex(&hmac(&key, &text))
    }
}

fn day(time: &str) -> &str {
    time.split('T').next().unwrap_or(time)
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn canonical(ask: &Ask<'_>, query: &str, headers: &[(&str, &str)], payload: &str) -> String {
    let mut text = format!("{}\n{}\n{query}\n", ask.method, ask.path);
    for (name, value) in headers {
        let _ = writeln!(text, "{name}:{}", value.trim()); // a String takes everything
    }
    let _ = write!(text, "\n{}\n{payload}", names(headers));
    text
}

fn names(headers: &[(&str, &str)]) -> String {
    headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";")
}

/// Encoded and in the one order that is signed; to be sent like that.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let mut pairs: Vec<_> = pairs.iter().map(|(name, value)| (encode(name), encode(value))).collect();
    pairs.sort_unstable();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Everything but the unreserved characters of RFC 3986 becomes `%XX`; slashes are kept.
pub fn encode_path(text: &str) -> String {
    text.split('/').map(encode).collect::<Vec<_>>().join("/")
}

fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}"); // a String takes everything
            }
        }
    }
    out
}

/// SHA-256 in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut out, b| {
        let _ = write!(out, "{b:02x}"); // a String takes everything
        out
    })
}

/// The examples that Amazon publishes with the two pages named above.
#[cfg(test)]
mod tests {
    use super::*;

    const TIME: &str = "20130524T000000Z";
    const HOST: &str = "examplebucket.s3.amazonaws.com";

    fn signer() -> Signer<'static> {
        Signer {
            access_key: "AKIAIOSFODNN7EXAMPLE",
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            region: "us-east-1",
        }
    }

    fn get<'a>(path: &'a str, query: &'a [(&'a str, &'a str)], headers: &'a [(&'a str, &'a str)]) -> Ask<'a> {
        Ask { method: "GET", host: HOST, path, query, headers }
    }

    fn authorization(ask: &Ask<'_>, payload: &str) -> String {
        let [(_, authorization), ..] = signer().headers(ask, payload, TIME);
        authorization
    }

    #[test]
    fn a_part_of_an_object() {
        assert_eq!(
            authorization(&get("/test.txt", &[], &[("range", "bytes=0-9")]), EMPTY),
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
             SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
             Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        );
    }

    #[test]
    fn an_object_that_is_put() {
        let path = encode_path("/test$file.text");
        let headers =
            [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")];
        let ask = Ask { method: "PUT", ..get(&path, &[], &headers) };
        let signed = authorization(&ask, &hash(b"Welcome to Amazon S3."));
        assert!(signed.ends_with(
            "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,\
             Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ));
    }

    #[test]
    fn a_query_without_a_value_and_one_with_several() {
        let lifecycle = authorization(&get("/", &[("lifecycle", "")], &[]), EMPTY);
        assert!(
            lifecycle.ends_with("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
            "{lifecycle}"
        );
        let list = authorization(&get("/", &[("prefix", "J"), ("max-keys", "2")], &[]), EMPTY);
        assert!(list.ends_with("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"), "{list}");
    }

    #[test]
    fn a_link_for_a_day() {
        assert_eq!(
            signer().link(&get("/test.txt", &[], &[]), TIME, 86400),
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&\
             X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&\
             X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&\
             X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        );
    }

    #[test]
    fn only_what_is_unreserved_stays_as_it_is() {
        assert_eq!(encode_path("/a b/ü+~.jpg"), "/a%20b/%C3%BC%2B~.jpg");
        assert_eq!(query(&[("b", "1/2"), ("a", "=")]), "a=%3D&b=1%2F2");
        assert_eq!(hash(b""), EMPTY);
    }
}
