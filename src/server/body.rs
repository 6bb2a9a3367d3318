//! A request, received whole and within its caps, before anybody works on it.

use super::House;
use super::origin::X_ID;
use crate::error::{Error, Kind, Result};
use crate::http::{Method, Req, Upload};
use crate::model::Access;
use crate::ops::budget;
use crate::ops::compose::MEDIA_LIMIT;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// JSON, forms, activities: Mastodon's number for the inbox.
const MAX_BODY: usize = 1024 * 1024;
/// All larger bodies that are in memory at one time, in bytes: a thousand slow senders must not fill it.
pub const ROOM: usize = 32 * MAX_BODY;
/// A body that announces no more than this needs no room: nearly all activities and posts, which must get
/// through while somebody slow holds the room.
const SMALL: usize = 16 * 1024;
/// What is still read, and forgotten, of a body that is too large.
const MAX_FORGOTTEN: usize = 8 * MAX_BODY;
/// What may come beside the largest upload: its still picture, its fields.
const BESIDE: u64 = 20 * 1024 * 1024;
/// Parts of a multipart body.
const MAX_PARTS: usize = 200;
/// How long it is read on.
const FORGETTING: Duration = Duration::from_secs(1);
/// The whole body must be here by then; one with files takes longer.
const BODY_TIME: Duration = Duration::from_secs(30);
const FILES_TIME: Duration = Duration::from_secs(120);
/// An owner on a phone, far from anywhere, and a film: only that it goes on is asked for.
const FILM_TIME: Duration = Duration::from_secs(2 * 3600);
const CHUNK_TIME: Duration = Duration::from_secs(60);
const MAX_TARGET: usize = 8 * 1024;

/// What an answer needs to know of its request, once that is gone.
#[derive(Debug, Clone)]
pub struct Outline {
    /// As it was sent: `HEAD` stays `HEAD`.
    pub method: String,
    pub path: String,
    /// Path and query.
    pub target: String,
    pub wants_activity: bool,
    /// What the request is called in the log.
    pub id: String,
}

impl Outline {
    pub fn of(request: &hyper::Request<Incoming>) -> Outline {
        let accept = request.headers().get("accept").and_then(|v| v.to_str().ok()).unwrap_or("");
        Outline {
            method: request.method().as_str().to_owned(),
            path: request.uri().path().to_owned(),
            target: request.uri().path_and_query().map_or("/", |pq| pq.as_str()).to_owned(),
            wants_activity: accept.contains("activity+json") || accept.contains("ld+json"),
            id: request.headers().get(X_ID).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned(),
        }
    }

    /// The same of a request that was received.
    pub fn of_req(req: &Req) -> Outline {
        Outline {
            method: req.method.as_str().to_owned(),
            path: req.path.clone(),
            target: req.target.clone(),
            wants_activity: req.wants_activity(),
            id: req.header(X_ID.as_str()).unwrap_or("").to_owned(),
        }
    }

    /// A browser asks whether a page of another site may call the API.
    pub fn is_preflight(&self) -> bool {
        self.method == "OPTIONS"
    }

    /// Whether pages of other sites may read the answer (pitfall 20).
    pub fn is_open_to_other_sites(&self) -> bool {
        ["/api/", "/.well-known/", "/nodeinfo/", "/micropub", "/indieauth/"]
            .iter()
            .any(|p| self.path.starts_with(p))
            || ["/oauth/token", "/oauth/revoke", "/oauth/userinfo"].contains(&self.path.trim_end_matches('/'))
    }
}

/// Reads header and body.
///
/// Errors: `MethodNotAllowed`, `TooLarge`, `BadRequest`, as the request deserves.
pub async fn receive(
    house: &House,
    request: hyper::Request<Incoming>,
    client: IpAddr,
    room: &Arc<Semaphore>,
) -> Result<(Req, Option<OwnedSemaphorePermit>)> {
    let (head, body) = request.into_parts();
    let method = Method::parse(head.method.as_str())
        .ok_or_else(|| Error::new(Kind::MethodNotAllowed, "GET, POST, PUT, PATCH, DELETE"))?;
    let target = head.uri.path_and_query().map_or("/", |pq| pq.as_str()).to_owned();
    if target.len() > MAX_TARGET {
        return Err(Error::new(Kind::TooLarge, "The address is too long"));
    }
    // Values that are no text are left out: nothing here reads them, and signatures cannot cover them.
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    let mut req = Req {
        method,
        is_head: head.method == hyper::Method::HEAD,
        path: head.uri.path().to_owned(),
        target,
        headers,
        body: Vec::new(),
        uploads: Vec::new(),
        fields: Vec::new(),
        client,
        params: Vec::new(),
        access: Access::Anonymous,
        allowance: None,
    };
    let boundary = req.header("content-type").and_then(|t| multer::parse_boundary(t).ok());
    // Only the owner has files to send: strangers must not fill the disk.
    let owners = boundary.is_some() && is_owners(house, &req);
    let time = match boundary {
        Some(_) if owners => FILM_TIME,
        Some(_) => FILES_TIME,
        None => BODY_TIME,
    };
    let reading = async {
        match boundary {
            Some(boundary) => {
                // The form has several places for files; each file has its own limit where it is looked at.
                let files = if is_form(&req.path) { MEDIA_LIMIT as u64 } else { 1 };
                let most = files * (u64::from(house.config().upload_mb) << 20) + BESIDE;
                let max = if owners { most } else { MAX_BODY as u64 };
                if owners {
                    // What is too large is refused below, and nothing has to go for it.
                    make_room(house, body.size_hint().lower().min(most))?;
                }
                // The owner's files go to the disk; what strangers send stays in memory. What is too long is refused below.
                let is_kept = !owners && body.size_hint().lower() <= max;
                let taken = if is_kept { take_room(&body, room).await? } else { None };
                receive_parts(&mut req, body, boundary, &house.config().tmp(), max).await?;
                Ok::<_, Error>(taken)
            }
            None => {
                let (bytes, taken) = receive_bytes(body, room).await?;
                req.body = bytes;
                Ok(taken)
            }
        }
    };
    let taken = tokio::time::timeout(time, reading)
        .await
        .map_err(|_| Error::new(Kind::BadRequest, "The body took too long to arrive"))??;
    Ok((req, taken))
}

fn too_large() -> Error {
    Error::new(Kind::TooLarge, "The body is too large")
}

/// Room for a body in memory, as it was announced. All of it is taken at once: bodies that each hold a part and wait
/// for the rest would wait for each other.
async fn take_room(body: &Incoming, room: &Arc<Semaphore>) -> Result<Option<OwnedSemaphorePermit>> {
    let announced = body.size_hint().upper().and_then(|n| usize::try_from(n).ok()).unwrap_or(MAX_BODY);
    Ok(match u32::try_from(announced.min(MAX_BODY)).unwrap_or(u32::MAX) {
        small if small as usize <= SMALL => None,
        large => Some(Arc::clone(room).acquire_many_owned(large).await.map_err(Error::internal)?),
    })
}

/// Reads a body into memory.
async fn receive_bytes(
    mut body: Incoming,
    room: &Arc<Semaphore>,
) -> Result<(Vec<u8>, Option<OwnedSemaphorePermit>)> {
    if body.size_hint().lower() > MAX_BODY as u64 {
        forget(body).await;
        return Err(too_large());
    }
    let taken = take_room(&body, room).await?;
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|e| Error::bad_request("The body did not arrive whole").because(e))?;
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > MAX_BODY {
            forget(body).await;
            return Err(too_large());
        }
        bytes.extend_from_slice(&data);
    }
    Ok((bytes, taken))
}

/// Reads on for a while, keeping nothing: a sender that is cut off in the middle would see a broken pipe, and
/// never our answer.
async fn forget(mut body: Incoming) {
    let reading = async {
        let mut left = MAX_FORGOTTEN;
        while let Some(Ok(frame)) = body.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, |data| data.len()));
            if left == 0 {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(FORGETTING, reading).await; // whoever sends slower sees the broken pipe
}

/// The pages on which the owner writes.
fn is_form(path: &str) -> bool {
    path == "/compose" || path.starts_with("/posts/")
}

/// Others' files make room for what is announced.
///
/// Errors: `NoSpace`.
fn make_room(house: &House, bytes: u64) -> Result<()> {
    let Some(app) = house.app() else { return Ok(()) };
    let fits = tokio::task::block_in_place(|| {
        budget::look(&app);
        // It lies here twice, for a moment: as it came, and clean.
        budget::fits_beside(&app, 2 * bytes)
    })?;
    if fits { Ok(()) } else { Err(budget::full()) }
}

/// Whether the request carries a token or cookie of the owner's. It is asked again when it is answered.
fn is_owners(house: &House, req: &Req) -> bool {
    let Some(app) = house.app() else { return false };
    let access = tokio::task::block_in_place(|| super::answer::identify(&app, req));
    matches!(access, Ok((Access::Token { .. } | Access::Session { .. }, _)))
}

async fn receive_parts(req: &mut Req, body: Incoming, boundary: String, tmp: &Path, max: u64) -> Result<()> {
    if body.size_hint().lower() > max {
        forget(body).await;
        return Err(too_large());
    }
    let limits = multer::SizeLimit::new().whole_stream(max);
    let constraints = multer::Constraints::new().size_limit(limits);
    let mut parts = multer::Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    let mut text_bytes = 0;
    for _ in 0..MAX_PARTS {
        let Some(mut part) = parts.next_field().await.map_err(broken)? else { return Ok(()) };
        let name = part.name().unwrap_or_default().to_owned();
        // Some apps send no file name; a content type marks a file as well (pitfall 16).
        if part.file_name().is_some() || part.content_type().is_some_and(|t| t.type_() != "text") {
            req.uploads.push(spool(&mut part, name, tmp).await?);
        } else {
            let text = part.text().await.map_err(broken)?;
            text_bytes += text.len();
            if text_bytes > MAX_BODY {
                return Err(too_large());
            }
            req.fields.push((name, text));
        }
    }
    Err(Error::bad_request("The form has too many parts"))
}

async fn spool(part: &mut multer::Field<'_>, field: String, tmp: &Path) -> Result<Upload> {
    let mut name = [0_u8; 16];
    getrandom::fill(&mut name).map_err(|e| Error::internal(e.to_string()))?;
    let path = tmp.join(name.iter().map(|b| format!("{b:02x}")).collect::<String>());
    // Made before the first byte, so that the file goes however this ends.
    let called = part.file_name().unwrap_or_default().to_owned();
    let mut upload = Upload { field, name: called, path: path.clone(), bytes: 0 };
    let mut file = tokio::fs::File::create(&path).await?;
    while let Some(chunk) = in_time(part.chunk()).await?.map_err(broken)? {
        file.write_all(&chunk).await?;
        upload.bytes += chunk.len() as u64;
    }
    file.flush().await?;
    Ok(upload)
}

/// Errors: `BadRequest` when nothing comes for too long.
async fn in_time<T>(next: impl Future<Output = T>) -> Result<T> {
    let waited = tokio::time::timeout(CHUNK_TIME, next).await;
    waited.map_err(|_| Error::new(Kind::BadRequest, "The body took too long to arrive"))
}

fn broken(e: multer::Error) -> Error {
    match e {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => too_large(),
        e => Error::bad_request("The form did not arrive whole").because(e),
    }
}
