//! From our answer to hyper's: headers that every answer has, bodies from memory or from the disk.

use super::body::Outline;
use crate::http::{Body, Res};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame};
use hyper::header::{HeaderName, HeaderValue};
use std::fs::File;
use tokio::io::AsyncReadExt;

pub type Sent = UnsyncBoxBody<Bytes, std::io::Error>;

/// Read from the disk at a time, per answer.
const CHUNK: usize = 64 * 1024;

/// Headers that scripts of other sites may read (pitfall 20).
const EXPOSED: &str = "Link, Mastodon-Async-Refresh, X-RateLimit-Reset, X-RateLimit-Limit, \
    X-RateLimit-Remaining, X-Request-Id";

/// The answer to a browser that asks whether a page of another site may call the API.
pub fn preflight() -> hyper::Response<Sent> {
    let res = Res::text(204, "")
        .with("access-control-allow-origin", "*")
        .with("access-control-allow-methods", "POST, PUT, DELETE, GET, PATCH, OPTIONS")
        .with(
            "access-control-allow-headers",
            "Authorization, Content-Type, Idempotency-Key, Mastodon-Async-Refresh-Id, *",
        )
        .with("access-control-max-age", "86400");
    build(res, false)
}

/// Adds what every answer has. A HEAD gets no body, and the length that the body would have.
pub fn send(res: Res, outline: &Outline) -> hyper::Response<Sent> {
    let mut res = res;
    if res.header("x-content-type-options").is_none() {
        res = res.with("x-content-type-options", "nosniff");
    }
    if outline.is_open_to_other_sites() {
        res = res.with("access-control-allow-origin", "*").with("access-control-expose-headers", EXPOSED);
    }
    if outline.path.starts_with("/api/") && res.header("cache-control").is_none() {
        res = res.with("cache-control", "private, no-store").with("vary", "Authorization");
    }
    build(res, outline.method == "HEAD")
}

/// As [`send`], with a body that has no length.
pub fn stream(res: Res, outline: &Outline, body: Sent) -> hyper::Response<Sent> {
    let mut response = send(res, outline);
    response.headers_mut().remove("content-length");
    *response.body_mut() = body;
    response
}

fn build(res: Res, is_head: bool) -> hyper::Response<Sent> {
    let length = match &res.body {
        Body::Bytes(bytes) => bytes.len() as u64,
        Body::Static(bytes) => bytes.len() as u64,
        Body::File(_, length) => *length,
        Body::Growing(of) => of.length.unwrap_or(0),
        Body::Passing(of) => of.length.unwrap_or(0),
        Body::Asked(_) | Body::Stream(_) | Body::Probe => 0,
    };
    let endless = matches!(&res.body, Body::Growing(of) if of.length.is_none())
        || matches!(&res.body, Body::Passing(of) if of.length.is_none());
    let body = match res.body {
        _ if is_head => full(Bytes::new()),
        Body::Bytes(bytes) => full(Bytes::from(bytes)),
        Body::Static(bytes) => full(Bytes::from_static(bytes)),
        Body::File(file, length) => read(file, length),
        Body::Growing(of) => super::proxied::growing(*of),
        Body::Passing(of) => super::proxied::passing(*of),
        Body::Asked(_) | Body::Stream(_) | Body::Probe => full(Bytes::new()), // begun elsewhere
    };
    let mut response = hyper::Response::new(body);
    *response.status_mut() =
        hyper::StatusCode::from_u16(res.status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in res.headers {
        // A value with a line break would be a bug of ours; it is left out and not split.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    if !matches!(res.status, 204 | 304) && !endless {
        headers.insert("content-length", HeaderValue::from(length));
    }
    response
}

pub fn full(bytes: Bytes) -> Sent {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// Streams a file; never more than one chunk of it is in memory.
fn read(file: File, length: u64) -> Sent {
    let start = (tokio::fs::File::from_std(file), length);
    let frames = futures_util::stream::unfold(start, |(mut file, left)| async move {
        if left == 0 {
            return None;
        }
        let mut buffer = vec![0; CHUNK.min(usize::try_from(left).unwrap_or(CHUNK))];
        match file.read(&mut buffer).await {
            Ok(0) => Some((Err(std::io::ErrorKind::UnexpectedEof.into()), (file, 0))),
            Ok(n) => {
                buffer.truncate(n);
                Some((Ok(Frame::data(Bytes::from(buffer))), (file, left - n as u64)))
            }
            Err(e) => Some((Err(e), (file, 0))),
        }
    });
    BodyExt::boxed_unsync(StreamBody::new(frames))
}
