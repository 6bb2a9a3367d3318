//! Addresses here for files elsewhere: a browser or an app that shows them asks us, so that no other server
//! learns who looks at what, and from where.
//!
//! `https://b.test/a.png` becomes `/proxy/CODE/b.test/a.png`. The code is a signature of that address by this
//! server, so nobody else can have anything fetched: it is no open proxy.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::hmac;
use std::borrow::Cow;
use url::Url;

/// Before the code in every such path.
pub const PREFIX: &str = "/proxy/";
/// Stands for `http://`; a host has no colon without a port behind it.
const PLAIN: &str = "http:/";
/// Bytes of the signature that are written; 2^96 guesses are more than a network can carry.
const CODE: usize = 12;

/// Signs addresses.
#[derive(Debug, Clone)]
pub struct Proxied(hmac::Key);

impl Proxied {
    pub fn new(secret: &str) -> Proxied {
        let derived = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), b"taure: proxied");
        Proxied(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()))
    }

    /// The path here for an address elsewhere; `None` for what is no web address.
    pub fn path(&self, url: &str) -> Option<String> {
        let url = canonical(url)?;
        let rest = match url.strip_prefix("https://") {
            Some(rest) => Cow::Borrowed(rest),
            None => Cow::Owned(format!("{PLAIN}{}", url.strip_prefix("http://")?)),
        };
        Some(format!("{PREFIX}{}/{rest}", self.code(&url)))
    }

    /// The address that a path and query of ours stand for; `None` if we did not write it.
    pub fn address(&self, target: &str) -> Option<String> {
        let (code, rest) = target.strip_prefix(PREFIX)?.split_once('/')?;
        let url = match rest.strip_prefix(PLAIN) {
            Some(rest) => format!("http://{rest}"),
            None => format!("https://{rest}"),
        };
        let given = BASE64_URL_SAFE_NO_PAD.decode(code).ok()?;
        let signed = hmac::sign(&self.0, url.as_bytes());
        let equal: bool = subtle::ConstantTimeEq::ct_eq(&given[..], &signed.as_ref()[..CODE]).into();
        equal.then_some(url)
    }

    fn code(&self, url: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(&hmac::sign(&self.0, url.as_bytes()).as_ref()[..CODE])
    }
}

/// As a browser sends it: what it would write otherwise, or leave out, is put so before it is signed.
fn canonical(url: &str) -> Option<Cow<'_, str>> {
    let plain = |b: u8| {
        b.is_ascii_alphanumeric()
            || matches!(b, b'-' | b'_' | b'.' | b'~' | b'/' | b':' | b'%' | b'?' | b'=' | b'&')
    };
    // Most addresses are so simple that they need not be taken apart, and a page of posts has hundreds.
    let simple = url.strip_prefix("https://").is_some_and(|rest| {
        let host = rest.find('/').map(|end| &rest[..end]);
        host.is_some_and(|h| {
            !h.is_empty()
                && !h.contains(':')
                && h.bytes().all(|b| plain(b) && b != b'%' && !b.is_ascii_uppercase())
        }) && rest.bytes().all(plain)
            && !rest.contains("/.")
            && !rest.contains("/%2") // a browser reads %2e as a dot
    });
    if simple {
        return Some(Cow::Borrowed(url));
    }
    let mut url = Url::parse(url.trim()).ok()?;
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    // A host has no name and no password to tell.
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(Cow::Owned(url.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_went() {
        let proxied = Proxied::new("secret");
        for (url, back) in [
            ("https://b.test/a.png", "https://b.test/a.png"),
            ("https://b.test/a.png?x=1&y=%20#top", "https://b.test/a.png?x=1&y=%20"),
            ("https://B.test/a b/ü.png", "https://b.test/a%20b/%C3%BC.png"),
            ("https://b.test", "https://b.test/"),
            ("https://b.test/x/../y/./z.png", "https://b.test/y/z.png"),
            ("https://b.test/x/%2e%2E/y.png", "https://b.test/y.png"),
            ("https://b.test:8443/a", "https://b.test:8443/a"),
            ("http://b.test:3000/a", "http://b.test:3000/a"),
            ("https://me:pw@b.test/a", "https://b.test/a"),
        ] {
            let path = proxied.path(url).unwrap();
            assert!(path.starts_with("/proxy/"), "{path}");
            assert_eq!(proxied.address(&path).as_deref(), Some(back), "{path}");
        }
        for none in
            ["", "javascript:alert(1)", "data:text/html,x", "ftp://b.test/x", "/media/x.png", "https://"]
        {
            assert_eq!(proxied.path(none), None, "{none}");
        }
    }

    #[test]
    fn nobody_else_writes_such_an_address() {
        let (ours, theirs) = (Proxied::new("secret"), Proxied::new("other"));
        let path = ours.path("https://b.test/a.png").unwrap();
        let code = &path["/proxy/".len()..].split('/').next().unwrap();
        for target in [
            theirs.path("https://b.test/a.png").unwrap(),
            format!("/proxy/{code}/b.test/b.png"),
            format!("/proxy/{code}/b.test/a.png?x"),
            format!("/proxy/{code}/http:/b.test/a.png"),
            format!("/proxy/{}/b.test/a.png", &code[..8]),
            format!("/proxy/{code}AAAA/b.test/a.png"),
            "/proxy//b.test/a.png".to_owned(),
            "/proxy/é/b.test/a.png".to_owned(),
            "/proxy/".to_owned(),
        ] {
            assert_eq!(ours.address(&target), None, "{target}");
        }
    }
}
