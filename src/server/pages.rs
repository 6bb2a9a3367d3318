//! What visitors were answered of late, whole: a page that many ask for costs no thread, no query and no copy.
//!
//! Kept is only what a handler gave to nobody in particular and called public, below the addresses of [`is_page`]. An
//! answer is good for one edition of the file (`Store::edition`) and a minute, since pages say how long ago things
//! were. <https://www.rfc-editor.org/rfc/rfc9111>, <https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2>

use super::house::House;
use super::respond::{Sent, full};
use crate::config::memory;
use crate::http::cookies;
use crate::http::{Body, Res};
use crate::model::Timestamp;
use crate::model::time::MINUTE;
use crate::web;
use crate::words::Language;
use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::Request;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Longer ones are few, and answered as before.
const LARGEST: usize = 128 * 1024;
const MOST: usize = 200;
/// Bytes of an address.
const LONGEST: usize = 256;
/// Below that a compressed answer is hardly shorter.
const WORTH_PACKING: usize = 1024;
/// What the maps and headers of one answer weigh, about.
const BESIDE: usize = 2 * 1024;

/// A request that may be answered from here.
pub struct Visit {
    key: String,
    gzip: bool,
    is_head: bool,
    known: Option<HeaderValue>,
    /// The files of the program do not change while it runs.
    is_asset: bool,
    edition: u64,
    now: Timestamp,
}

impl Visit {
    /// `None` for what is nobody's page, and whenever somebody says who they are. `If-None-Match` is taken out of the
    /// request: the handler gives the whole answer, and who has it already is told so here.
    pub fn of(house: &House, request: &mut Request<Incoming>) -> Option<Visit> {
        let headers = request.headers();
        let is_head = request.method() == hyper::Method::HEAD;
        let target = request.uri().path_and_query()?.as_str();
        let is_asset = target.starts_with("/assets/");
        let fits = (is_head || request.method() == hyper::Method::GET)
            && target.len() <= LONGEST
            && (is_asset || is_page(request.uri().path()))
            && request.body().is_end_stream()
            && ["authorization", "range", "upgrade"].iter().all(|name| !headers.contains_key(*name))
            && !target.contains("access_token");
        let app = house.app().filter(|_| fits)?;
        let session = web::session::cookie_name(&app.instance);
        let text = |name: &str| headers.get(name).map_or(Some(""), |value| value.to_str().ok());
        let (cookie, accept) = (text("cookie")?, text("accept")?);
        if headers.get_all("cookie").iter().count() > 1 || cookies::read(cookie, session).is_some() {
            return None;
        }
        // Documents are another door's.
        if accept.contains("json") && !target.contains(".json") {
            return None;
        }
        app.store.look_outside();
        let visit = Visit {
            key: format!("{} {target}", Language::wanted(text("accept-language")?).code()),
            gzip: text("accept-encoding")?.contains("gzip"),
            is_head,
            known: headers.get("if-none-match").cloned(),
            is_asset,
            edition: app.store.edition(),
            now: app.now(),
        };
        request.headers_mut().remove("if-none-match");
        Some(visit)
    }

    fn knows(&self, tag: Option<&str>) -> bool {
        let known = self.known.as_ref().and_then(|known| known.to_str().ok());
        let (Some(known), Some(tag)) = (known, tag) else { return false };
        let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        known.split(',').any(|one| one.trim() == "*" || bare(one) == bare(tag))
    }

    /// What is not kept is still not sent again to who has it: the handler could not see that.
    pub fn unless_known(&self, mut res: Res) -> Res {
        if res.status == 200 && self.knows(res.header("etag")) {
            res.headers.retain(|(name, _)| !matches!(*name, "content-type" | "content-length" | "link"));
            (res.status, res.body) = (304, Body::Static(b""));
        }
        res
    }
}

/// The addresses below which visitors look.
fn is_page(path: &str) -> bool {
    const WHOLE: &[&str] =
        &["/", "/about", "/privacy-policy", "/terms-of-service", "/sitemap.xml", "/robots.txt"];
    WHOLE.contains(&path) || ["/@", "/tags/", "/collections/"].iter().any(|below| path.starts_with(below))
}

/// One answer, ready to go out any number of times.
pub struct Kept {
    headers: HeaderMap,
    body: Bytes,
    packed: Option<Bytes>,
    edition: u64,
    made: Timestamp,
    is_asset: bool,
}

impl Kept {
    /// The answer back, if it is not for keeping.
    fn of(visit: &Visit, mut res: Res) -> Result<Kept, Res> {
        let is_public = res.header("cache-control").is_some_and(|value| value.starts_with("public"));
        let mime = res.header("content-type").unwrap_or("").split(';').next().unwrap_or("");
        let is_text = mime.starts_with("text/")
            || matches!(mime, "application/xml" | "application/feed+json" | "image/svg+xml")
            || matches!(mime, "application/atom+xml" | "application/rss+xml");
        let length = match &res.body {
            Body::Bytes(bytes) => bytes.len(),
            Body::Static(bytes) => bytes.len(),
            _ => usize::MAX,
        };
        let fits = res.status == 200 && is_public && is_text && length <= LARGEST;
        if !fits || res.header("set-cookie").is_some() {
            return Err(res);
        }
        let body = match std::mem::replace(&mut res.body, Body::Static(b"")) {
            Body::Bytes(bytes) => Bytes::from(bytes),
            Body::Static(bytes) => Bytes::from_static(bytes),
            _ => Bytes::new(), // is none of these
        };
        let packed = (length >= WORTH_PACKING).then(|| pack(&body)).flatten();
        let mut headers = HeaderMap::new();
        for (name, value) in res.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(HeaderName::from_static(name), value);
            }
        }
        headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
        if packed.is_some() {
            headers.append("vary", HeaderValue::from_static("Accept-Encoding"));
        }
        let (edition, made, is_asset) = (visit.edition, visit.now, visit.is_asset);
        Ok(Kept { headers, body, packed, edition, made, is_asset })
    }

    fn is_good(&self, visit: &Visit) -> bool {
        self.is_asset || (self.edition == visit.edition && (0..MINUTE).contains(&(visit.now.0 - self.made.0)))
    }

    fn weight(&self) -> usize {
        self.body.len() + self.packed.as_ref().map_or(0, Bytes::len) + BESIDE
    }

    pub fn answer(&self, visit: &Visit) -> hyper::Response<Sent> {
        let packed = self.packed.as_ref().filter(|_| visit.gzip);
        let mut headers = self.headers.clone();
        if packed.is_some() {
            headers.insert("content-encoding", HeaderValue::from_static("gzip"));
            // Other bytes are another version, but for a weak tag.
            let weak = headers.get("etag").and_then(|tag| tag.to_str().ok()).map(|tag| match tag {
                tag if tag.starts_with("W/") => tag.to_owned(),
                tag => format!("W/{tag}"),
            });
            if let Some(tag) = weak.and_then(|tag| HeaderValue::from_str(&tag).ok()) {
                headers.insert("etag", tag);
            }
        }
        let not_modified = visit.knows(self.headers.get("etag").and_then(|tag| tag.to_str().ok()));
        let body = packed.unwrap_or(&self.body);
        if not_modified {
            for name in ["content-type", "content-encoding", "link"] {
                headers.remove(name);
            }
        } else {
            headers.insert("content-length", HeaderValue::from(body.len()));
        }
        let sent = if not_modified || visit.is_head { Bytes::new() } else { body.clone() };
        let mut response = hyper::Response::new(full(sent));
        if not_modified {
            *response.status_mut() = hyper::StatusCode::NOT_MODIFIED;
        }
        *response.headers_mut() = headers;
        response
    }
}

fn pack(body: &[u8]) -> Option<Bytes> {
    let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(5));
    packer.write_all(body).ok()?;
    let packed = packer.finish().ok()?;
    (packed.len() < body.len()).then(|| Bytes::from(packed))
}

/// All of them.
pub struct Pages {
    room: usize,
    kept: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    answers: HashMap<String, (Arc<Kept>, u64)>,
    bytes: usize,
    /// Counts what was asked for: who was asked for longest ago goes first.
    asked: u64,
}

impl Pages {
    /// A part of the memory that the operator granted: 2 MiB of the usual 128.
    pub fn new(memory_mb: Option<u32>) -> Pages {
        let granted = usize::try_from(memory::granted(memory_mb)).unwrap_or(128) << 20;
        Pages { room: (granted / 64).min(2 << 20), kept: Mutex::default() }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn find(&self, visit: &Visit) -> Option<Arc<Kept>> {
        let mut shelf = self.shelf();
        shelf.asked += 1;
        let now = shelf.asked;
        let (kept, asked) = shelf.answers.get_mut(&visit.key)?;
        *asked = now;
        kept.is_good(visit).then(|| Arc::clone(kept))
    }

    /// Keeps an answer for the next who asks, or gives it back. Blocking: it is compressed here.
    pub fn keep(&self, visit: &Visit, res: Res) -> Result<Arc<Kept>, Res> {
        let kept = Arc::new(Kept::of(visit, res)?);
        let mut shelf = self.shelf();
        shelf.asked += 1;
        let asked = shelf.asked;
        shelf.bytes += kept.weight();
        if let Some((old, _)) = shelf.answers.insert(visit.key.clone(), (Arc::clone(&kept), asked)) {
            shelf.bytes -= old.weight();
        }
        while shelf.answers.len() > MOST || shelf.bytes > self.room {
            let Some(last) =
                shelf.answers.iter().min_by_key(|(_, (_, asked))| *asked).map(|(k, _)| k.clone())
            else {
                break;
            };
            if let Some((old, _)) = shelf.answers.remove(&last) {
                shelf.bytes -= old.weight();
            }
        }
        Ok(kept)
    }

    /// How many answers there are, and their bytes.
    pub fn size(&self) -> (usize, usize) {
        let shelf = self.shelf();
        (shelf.answers.len(), shelf.bytes)
    }
}
