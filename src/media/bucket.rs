//! A bucket that speaks S3: put, get, look, remove, list, and links for readers.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html>
//!
//! Where it is, is the operator's word, so it may be on a private address; a redirect of its is an error.
//! Everything is signed, the hash of the content too, so that a bucket refuses what broke on its way.

use super::sigv4::{self, Ask, EMPTY, Signer};
use crate::config::S3;
use crate::error::{Error, Kind, Result};
use crate::model::Timestamp;
use std::fmt;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, AsSendBody, http};
use url::Url;

const CONNECT: Duration = Duration::from_secs(10);
/// Each single read and write.
const SILENCE: Duration = Duration::from_secs(30);
/// The whole of a request without content.
const WHOLE: Duration = Duration::from_secs(60);
/// The slowest line that is waited for, in bytes a second.
const SLOWEST: u64 = 64 * 1024;
/// Before the one more try that Amazon asks for after a 5xx.
const PAUSE: Duration = Duration::from_millis(500);
/// From this size on the bucket is asked whether it wants the content before it is sent.
const LARGE: u64 = 1024 * 1024;

/// Bytes of an error's body that are looked at.
const MAX_ERROR: u64 = 16 * 1024;
/// Bytes of a list: a thousand keys of at most 1,024 characters, and what stands around them.
const MAX_LIST: u64 = 4 * 1024 * 1024;
/// Keys of one page, the most that there are anywhere.
const PAGE: &str = "1000";

/// Seconds that a signed link works.
const LINK_LIVES: u32 = 3600;
/// Links are dated back to a full quarter of an hour: one picture then has one address for that long, and is
/// fetched once.
const LINK_STEP: i64 = 15 * 60;

/// The key is the hash of the content: whoever has it may keep it for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What is to be put.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    Bytes(&'a [u8]),
    /// Streamed, from its beginning.
    File(&'a File),
}

/// Some of the keys of ours that are in the bucket, with their sizes in bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub files: Vec<(String, u64)>,
    /// For the next page, if there is one.
    pub next: Option<String>,
}

pub struct Bucket {
    s3: S3,
    /// `https://host:port`
    origin: String,
    /// As it stands in the `Host` header.
    host: String,
    /// Where readers are led to, without a path: pages must allow it.
    readers: String,
    /// The path of the bucket itself, from slash to slash.
    root: String,
    agent: Agent,
    /// Trusts only the operator's own authority; asked when the web's do not vouch for the bucket.
    extra: Option<Agent>,
}

impl Bucket {
    /// Asks nothing yet.
    ///
    /// Errors: `Invalid` for an address that is none, or a file of authorities that holds none.
    pub fn new(s3: S3, extra_ca: Option<&Path>) -> Result<Bucket> {
        let wrong = || Error::invalid(format!("s3.endpoint is no address: {}", s3.endpoint));
        let url = Url::parse(&s3.endpoint).map_err(|e| wrong().because(e))?;
        let name = url.host_str().ok_or_else(wrong)?;
        let path = url.path().trim_end_matches('/');
        let (name, root) = match s3.path_style.unwrap_or(true) {
            true => (name.to_owned(), format!("{path}/{}/", s3.bucket)),
            false => (format!("{}.{name}", s3.bucket), format!("{path}/")),
        };
        let host = url.port().map_or(name.clone(), |port| format!("{name}:{port}"));
        let extra = extra_ca.map(|file| authorities(file).map(|own| agent(RootCerts::new_with_certs(&own))));
        let origin = format!("{}://{host}", url.scheme());
        let readers = match s3.public_url.as_str() {
            "" => origin.clone(),
            public => {
                let wrong = |e| Error::invalid(format!("s3.public_url is no address: {public}")).because(e);
                Url::parse(public).map_err(wrong)?.origin().ascii_serialization()
            }
        };
        Ok(Bucket {
            origin,
            readers,
            host,
            root,
            agent: agent(RootCerts::WebPki),
            extra: extra.transpose()?,
            s3,
        })
    }

    /// Stores content under a key; that it is there already is no matter.
    ///
    /// Errors: `Unavailable` when the bucket cannot be reached, `BadGateway` when it does not want to.
    pub fn put(&self, key: &str, mime: &str, content: Content<'_>) -> Result<()> {
        let bytes = match content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(file) => file.metadata()?.len(),
        };
        // Ours is `ab/cdef….jpg`, and the name is the hash.
        let hash: String = key.split('.').next().unwrap_or_default().chars().filter(|c| *c != '/').collect();
        let headers = [("cache-control", FOR_EVER), ("content-type", mime)];
        let call =
            Call { headers: &headers, content: Some(content), payload: &hash, bytes, ..self.at("PUT", key) };
        match self.send(&call)? {
            answer if answer.status().is_success() => Ok(()),
            answer => Err(refusal(answer)),
        }
    }

    /// The bytes of what is under a key; `None` when nothing is.
    pub fn size(&self, key: &str) -> Result<Option<u64>> {
        let answer = self.send(&self.at("HEAD", key))?;
        match answer.status().as_u16() {
            404 => Ok(None),
            200 => {
                let length =
                    answer.headers().get("content-length").and_then(|v| v.to_str().ok()?.parse().ok());
                length.map(Some).ok_or_else(|| Error::new(Kind::BadGateway, "The bucket told no size"))
            }
            _ => Err(refusal(answer)),
        }
    }

    /// Writes what is under a key into `sink` and returns how many bytes that were. `expected` is for the time-out
    /// and the cap: a byte more, and it is an error.
    ///
    /// Errors: `NotFound`; the bucket's; those of `sink`.
    pub fn get(&self, key: &str, expected: u64, sink: &mut dyn Write) -> Result<u64> {
        let mut body = self.open(key, expected)?.take(expected.saturating_add(1));
        let (mut buffer, mut read) = (vec![0; 64 * 1024], 0);
        loop {
            match body.read(&mut buffer).map_err(|e| unreachable(ureq::Error::from(e)))? {
                0 => return Ok(read),
                n => {
                    sink.write_all(&buffer[..n])?;
                    read += n as u64;
                }
            }
            if read > expected {
                return Err(Error::new(Kind::BadGateway, "The bucket sent more than there should be"));
            }
        }
    }

    /// What is under a key, to be read bit by bit. `expected` bytes are waited for.
    ///
    /// Errors: `NotFound`; the bucket's.
    pub fn open(&self, key: &str, expected: u64) -> Result<Box<dyn Read>> {
        let answer = self.send(&Call { bytes: expected, ..self.at("GET", key) })?;
        match answer.status().as_u16() {
            200 => Ok(Box::new(answer.into_body().into_reader())),
            404 => Err(Error::not_found()),
            _ => Err(refusal(answer)),
        }
    }

    /// Removes what is under a key; that it is gone already is success.
    pub fn remove(&self, key: &str) -> Result<()> {
        let answer = self.send(&self.at("DELETE", key))?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            status => {
                let (code, e) = read_refusal(answer);
                let gone = status == 404 && matches!(code.as_str(), "" | "NoSuchKey");
                if gone { Ok(()) } else { Err(e) }
            }
        }
    }

    /// The keys below our prefix, a page at a time; `from` is [`Page::next`] of the page before.
    pub fn list(&self, from: Option<&str>) -> Result<Page> {
        let mut query = vec![("list-type", "2"), ("max-keys", PAGE)];
        if !self.s3.prefix.is_empty() {
            query.push(("prefix", &self.s3.prefix));
        }
        query.extend(from.map(|token| ("continuation-token", token)));
        let answer = self.send(&Call { query: &query, ..self.call("GET", self.root.clone()) })?;
        if answer.status() != 200 {
            return Err(refusal(answer));
        }
        let mut text = String::new();
        let mut body = answer.into_body().into_reader().take(MAX_LIST);
        body.read_to_string(&mut text).map_err(|e| unreachable(ureq::Error::from(e)))?;
        read_list(&text, &self.s3.prefix)
    }

    /// Where a reader finds what is under a key: an address for everybody, or a link of our signing that works
    /// for this method, and for three quarters of an hour at least.
    pub fn link(&self, method: &str, key: &str) -> String {
        let key = format!("{}{key}", self.s3.prefix);
        if !self.s3.public_url.is_empty() {
            return format!("{}/{}", self.s3.public_url, sigv4::encode_path(&key));
        }
        let path = format!("{}{}", self.root, sigv4::encode_path(&key));
        let ask = Ask { method, host: &self.host, path: &path, query: &[], headers: &[] };
        let now = now().seconds();
        let from = stamp(Timestamp((now - now.rem_euclid(LINK_STEP)) * 1_000));
        format!("{}{path}?{}", self.origin, self.signer().link(&ask, &from, LINK_LIVES))
    }

    /// `https://host:port` of all links.
    pub fn readers(&self) -> &str {
        &self.readers
    }

    /// Which bucket it is, for people.
    pub fn name(&self) -> String {
        format!("{}{}{}", self.origin, self.root, self.s3.prefix)
    }

    pub(super) fn at(&self, method: &'static str, key: &str) -> Call<'_> {
        let key = format!("{}{key}", self.s3.prefix);
        self.call(method, format!("{}{}", self.root, sigv4::encode_path(&key)))
    }

    fn call(&self, method: &'static str, path: String) -> Call<'_> {
        Call { method, path, query: &[], headers: &[], content: None, payload: EMPTY, bytes: 0 }
    }

    fn signer(&self) -> Signer<'_> {
        Signer { access_key: &self.s3.access_key, secret_key: &self.s3.secret_key, region: &self.s3.region }
    }

    /// Asks, and once more when the bucket is only out of breath or hung up.
    pub(super) fn send(&self, call: &Call<'_>) -> Result<http::Response<ureq::Body>> {
        match self.try_once(call) {
            Ok(answer) if !matches!(answer.status().as_u16(), 429 | 500..=599) => Ok(answer),
            Err(e) if !matches!(e, ureq::Error::Io(_) | ureq::Error::ConnectionFailed) => Err(unreachable(e)),
            _ => {
                std::thread::sleep(PAUSE);
                self.try_once(call).map_err(unreachable)
            }
        }
    }

    fn try_once(&self, call: &Call<'_>) -> Result<http::Response<ureq::Body>, ureq::Error> {
        match (self.run(&self.agent, call), &self.extra) {
            // rustls says so in an `io::Error`, and its types are not ours to name.
            (Err(e), Some(extra)) if e.to_string().contains("invalid peer certificate") => {
                self.run(extra, call)
            }
            (done, _) => done,
        }
    }

    fn run(&self, agent: &Agent, call: &Call<'_>) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let ask = Ask {
            method: call.method,
            host: &self.host,
            path: &call.path,
            query: call.query,
            headers: call.headers,
        };
        let mut address = format!("{}{}", self.origin, call.path);
        if !call.query.is_empty() {
            address = format!("{address}?{}", sigv4::query(call.query));
        }
        let mut request = http::Request::builder().method(call.method).uri(address);
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        for (name, value) in self.signer().headers(&ask, call.payload, &stamp(now())) {
            request = request.header(name, value);
        }
        match call.content {
            None => start(agent, request.body(())?, call.bytes),
            Some(Content::Bytes(bytes)) => start(agent, request.body(bytes)?, call.bytes),
            Some(Content::File(mut file)) => {
                file.seek(SeekFrom::Start(0))?;
                if call.bytes >= LARGE {
                    request = request.header("expect", "100-continue");
                }
                start(agent, request.body(file)?, call.bytes)
            }
        }
    }
}

/// Without its keys.
impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bucket").field(&self.name()).finish()
    }
}

pub(super) struct Call<'a> {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) query: &'a [(&'a str, &'a str)],
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) content: Option<Content<'a>>,
    /// The SHA-256 of the content, in hexadecimal digits.
    pub(super) payload: &'a str,
    /// That go to and fro.
    pub(super) bytes: u64,
}

fn agent(roots: RootCerts) -> Agent {
    let config = Agent::config_builder()
        .user_agent(concat!("Taure/", env!("CARGO_PKG_VERSION")))
        .accept_encoding("identity")
        .http_status_as_error(false)
        .proxy(None)
        .max_redirects(0)
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_per_read(Some(SILENCE))
        .timeout_per_write(Some(SILENCE))
        .tls_config(TlsConfig::builder().root_certs(roots).build());
    Agent::new_with_config(config.build())
}

fn start(
    agent: &Agent,
    request: http::Request<impl AsSendBody>,
    bytes: u64,
) -> Result<http::Response<ureq::Body>, ureq::Error> {
    let whole = WHOLE + Duration::from_secs(bytes / SLOWEST);
    agent.run(agent.configure_request(request).timeout_global(Some(whole)).build())
}

fn authorities(file: &Path) -> Result<Vec<Certificate<'static>>> {
    let wrong = || Error::invalid(format!("{} holds no PEM certificate", file.display()));
    let pem = std::fs::read(file).map_err(|e| wrong().because(e))?;
    let found: Vec<_> = parse_pem(&pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if found.is_empty() { Err(wrong()) } else { Ok(found) }
}

/// The clock of the machine: a bucket compares it with its own, which no test moves.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn stamp(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn unreachable(e: ureq::Error) -> Error {
    match e {
        ureq::Error::Timeout(_) => Error::unavailable("The bucket took too long to answer").because(e),
        _ => Error::unavailable("The bucket cannot be reached").because(e),
    }
}

pub(super) fn refusal(answer: http::Response<ureq::Body>) -> Error {
    read_refusal(answer).1
}

/// The bucket's own word for it, such as `SignatureDoesNotMatch`, and the error that says so.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
fn read_refusal(answer: http::Response<ureq::Body>) -> (String, Error) {
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    // What cannot be read has no word in it.
    let _ = answer.into_body().into_reader().take(MAX_ERROR).read_to_end(&mut body);
    let text = String::from_utf8_lossy(&body);
    let code = inside(&text, "Code").unwrap_or_default();
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    let public = format!("The bucket answered {status} {code}").trim_end().to_owned();
    // Too many and too busy pass; the rest is for the operator to put right.
    let kind = if matches!(status, 429 | 500..=599) { Kind::Unavailable } else { Kind::BadGateway };
    (code, Error::new(kind, public))
}

/// `ListBucketResult`, of which four elements are of use. What is not below `prefix` is left out.
fn read_list(text: &str, prefix: &str) -> Result<Page> {
    let unreadable = || Error::new(Kind::BadGateway, "The bucket's list cannot be read");
    if !text.contains("</ListBucketResult>") {
        return Err(unreadable());
    }
    let mut files = Vec::new();
    for entry in text.split("<Contents>").skip(1) {
        let key = unescape(inside(entry, "Key").ok_or_else(unreadable)?);
        let size = inside(entry, "Size").and_then(|size| size.trim().parse().ok()).ok_or_else(unreadable)?;
        files.extend(key.strip_prefix(prefix).map(|key| (key.to_owned(), size)));
    }
    let more = inside(text, "IsTruncated").is_some_and(|word| word.trim() == "true");
    let next = inside(text, "NextContinuationToken").map(unescape).filter(|_| more);
    if more && next.is_none() {
        return Err(unreadable());
    }
    Ok(Page { files, next })
}

/// The text of the first element of that name.
pub(super) fn inside<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}

fn unescape(text: &str) -> String {
    let named =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&apos;", "'"), ("&#39;", "'")];
    let text = named.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s3() -> S3 {
        S3 {
            endpoint: "https://s3.example.org:9000/base".into(),
            region: "garage".into(),
            bucket: "taure".into(),
            access_key: "AKID".into(),
            secret_key: "very-secret".into(),
            prefix: "my media/".into(),
            ..S3::default()
        }
    }

    #[test]
    fn a_bucket_is_a_folder_or_a_host() {
        let folder = Bucket::new(s3(), None).unwrap();
        assert_eq!(folder.name(), "https://s3.example.org:9000/base/taure/my media/");
        let host = Bucket::new(S3 { path_style: Some(false), ..s3() }, None).unwrap();
        assert_eq!(host.name(), "https://taure.s3.example.org:9000/base/my media/");
        assert!(Bucket::new(S3 { endpoint: "https://".into(), ..s3() }, None).is_err());
    }

    #[test]
    fn a_link_is_signed_unless_the_bucket_is_open_to_all() {
        let signed = Bucket::new(s3(), None).unwrap().link("GET", "ab/cd.jpg");
        assert!(
            signed.starts_with("https://s3.example.org:9000/base/taure/my%20media/ab/cd.jpg?X-Amz-"),
            "{signed}"
        );
        assert!(signed.contains("X-Amz-Expires=3600") && !signed.contains("very-secret"), "{signed}");
        let open = S3 { public_url: "https://cdn.example.org".into(), ..s3() };
        let open = Bucket::new(open, None).unwrap();
        assert_eq!(open.link("GET", "ab/cd.jpg"), "https://cdn.example.org/my%20media/ab/cd.jpg");
        assert_eq!(open.readers(), "https://cdn.example.org");
        assert_eq!(Bucket::new(s3(), None).unwrap().readers(), "https://s3.example.org:9000");
    }

    #[test]
    fn a_list_is_read_page_by_page_and_never_half() {
        let entry = |key: &str| {
            format!("<Contents><Key>{key}</Key><ETag>&quot;x&quot;</ETag><Size>3</Size></Contents>")
        };
        let list = |inner: &str| format!("<ListBucketResult xmlns=\"x\">{inner}</ListBucketResult>");
        let text = list(&format!(
            "<IsTruncated>true</IsTruncated>{}{}<NextContinuationToken>a&amp;b</NextContinuationToken>",
            entry("p&amp;q/one"),
            entry("other/two")
        ));
        let page = read_list(&text, "p&q/").unwrap();
        assert_eq!(page, Page { files: vec![("one".to_owned(), 3)], next: Some("a&b".to_owned()) });
        let last = read_list(&list("<IsTruncated>false</IsTruncated>"), "").unwrap();
        assert_eq!(last, Page::default());
        for broken in ["", "<html>", &text[..text.len() - 5], &list("<IsTruncated>true</IsTruncated>")] {
            assert!(read_list(broken, "").is_err(), "{broken}");
        }
    }

    #[test]
    fn a_bucket_that_is_not_there_is_out_of_reach_and_no_key_is_told() {
        let nowhere = S3 { endpoint: "http://127.0.0.1:9".into(), ..s3() };
        let bucket = Bucket::new(nowhere, None).unwrap();
        let e = bucket.put("ab/cd.jpg", "image/jpeg", Content::Bytes(b"x")).unwrap_err();
        assert_eq!((e.kind, e.public.as_str()), (Kind::Unavailable, "The bucket cannot be reached"));
        assert!(!format!("{e:?} {bucket:?}").contains("very-secret"));
    }
}
