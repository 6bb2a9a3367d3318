//! What is asked of another server, what it answers, and where a redirect leads.

use super::transport::Headers;
use crate::error::{Error, Kind, Result};
use url::Url;

/// Bytes of an answer after unpacking, unless the caller says otherwise; Mastodon's number.
const MAX_BYTES: u64 = 1024 * 1024;

/// Signs one hop: method, address and body in, headers out (`Date`, `Digest`, `Signature`, ...).
pub type Sign<'a> = &'a dyn Fn(&str, &Url, Option<&[u8]>) -> Result<Vec<(String, String)>>;

pub struct Request<'a> {
    pub method: &'a str,
    pub url: &'a Url,
    pub accept: Option<&'a str>,
    pub content_type: Option<&'a str>,
    pub body: Option<&'a [u8]>,
    pub sign: Option<Sign<'a>>,
    /// The cap of the answer's body, after unpacking.
    pub max_bytes: u64,
    /// A longer body is cut there and no error: only the beginning is of use.
    pub cut: bool,
    /// Sent to the first origin only: they may be meant for nobody else (`Authorization`).
    pub headers: &'a [(&'a str, &'a str)],
    /// The part of a file that is wanted. Unlike `headers` it goes wherever redirects lead: films lie in a bucket, often.
    pub range: Option<&'a str>,
    /// Whether redirects are followed; else one is the answer.
    pub follow: bool,
}

impl<'a> Request<'a> {
    pub fn get(url: &'a Url) -> Request<'a> {
        Request {
            method: "GET",
            url,
            accept: None,
            content_type: None,
            body: None,
            sign: None,
            max_bytes: MAX_BYTES,
            cut: false,
            headers: &[],
            range: None,
            follow: true,
        }
    }

    pub fn post(url: &'a Url, content_type: &'a str, body: &'a [u8]) -> Request<'a> {
        Request { method: "POST", content_type: Some(content_type), body: Some(body), ..Request::get(url) }
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Where the answer came from, after redirects.
    pub url: Url,
    /// It is there for good: every redirect that led there said so.
    pub moved: bool,
    pub headers: Headers,
    pub body: Vec<u8>,
}

impl Answer {
    /// Errors when the status is not 200. `NotFound`, `Gone` and `Forbidden` as it says; `Unavailable`
    /// where trying again may help; `BadGateway` for the rest.
    pub fn expect_ok(self) -> Result<Answer> {
        expect_ok(self.status, &self.url)?;
        Ok(self)
    }
}

/// A file that went into a writer.
#[derive(Debug)]
pub struct Download {
    pub url: Url,
    pub headers: Headers,
    pub bytes: u64,
}

/// The headers of one hop, signed for it.
pub fn headers_for(request: &Request<'_>, url: &Url) -> Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    let mut add = |name: &str, value: &str| {
        let name = name.to_ascii_lowercase();
        // Written by the transport, from the address and the body.
        if name != "host" && name != "content-length" {
            // The signer comes last and its value stays, for that is the one that was signed.
            headers.retain(|(earlier, _)| *earlier != name);
            headers.push((name, value.to_owned()));
        }
    };
    if let Some(accept) = request.accept {
        add("accept", accept);
    }
    if let Some(content_type) = request.content_type {
        add("content-type", content_type);
    }
    if let Some(range) = request.range {
        add("range", range);
        // A part of what was packed is not a part of the file.
        add("accept-encoding", "identity");
    }
    if url.origin() == request.url.origin() {
        for (name, value) in request.headers {
            add(name, value);
        }
    }
    if let Some(sign) = request.sign {
        for (name, value) in sign(request.method, url, request.body)? {
            add(&name, &value);
        }
    }
    Ok(headers)
}

/// Where the answer sends us, if it does: <https://www.rfc-editor.org/rfc/rfc9110#section-15.4>
pub fn redirect(request: &Request<'_>, from: &Url, status: u16, headers: &Headers) -> Result<Option<Url>> {
    let follows = match status {
        _ if !request.follow => false,
        301..=303 => request.body.is_none(),
        307 | 308 => true,
        _ => false,
    };
    match headers.get("location") {
        Some(location) if follows => target(from, location).map(Some),
        _ => Ok(None),
    }
}

fn target(from: &Url, location: &str) -> Result<Url> {
    let to = from.join(location).map_err(|e| nonsense("A redirect leads nowhere").because(e))?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(nonsense("A redirect leads from https to http"));
    }
    Ok(to)
}

/// See [`Answer::expect_ok`].
pub fn expect_ok(status: u16, url: &Url) -> Result<()> {
    let host = url.host_str().unwrap_or_default();
    let (kind, what) = match status {
        200 => return Ok(()),
        401 | 403 => (Kind::Forbidden, "does not let us read this"),
        404 => (Kind::NotFound, "has no such thing"),
        410 => (Kind::Gone, "has deleted this"),
        408 | 429 | 500.. => (Kind::Unavailable, "cannot answer now"),
        _ => (Kind::BadGateway, "gave an answer of no use"),
    };
    Err(Error::new(kind, format!("{host} {what}")).because(format!("status {status} from {url}")))
}

/// Another server's answer that no second try would improve.
pub fn nonsense(public: impl Into<String>) -> Error {
    Error::new(Kind::BadGateway, public)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_https() {
        let from: Url = "https://a.example/x".parse().unwrap();
        assert!(target(&from, "http://a.example/x").is_err());
        assert!(target(&from, "ftp://a.example/x").is_err());
        let to = target(&from, "//b.example/y").unwrap();
        assert_eq!(to.as_str(), "https://b.example/y");
        let plain: Url = "http://a.example/x".parse().unwrap();
        assert!(target(&plain, "https://a.example/x").is_ok());
    }
}
