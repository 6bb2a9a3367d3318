//! Others' files on their way through us: waits for them without holding a thread of those that answer.

use super::Shared;
use super::body::Outline;
use super::respond::Sent;
use super::seats::is_near;
use crate::error::{Error, Kind, Result};
use crate::http::coming::{Asked, Growing, Passing, State};
use crate::http::throttle::network;
use crate::http::{Body, Res, range};
use crate::ops::proxy;
use crate::web::proxy::answer;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Frame};
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// A browser shows nothing meanwhile, and asks again later.
const PATIENCE: Duration = Duration::from_secs(25);
/// Read from the disk at a time.
const CHUNK: usize = 64 * 1024;
/// Chunks that wait for a slow reader.
const AHEAD: usize = 4;

/// Waits until the file begins to come. Whatever goes wrong is an answer.
pub async fn open(shared: &Arc<Shared>, outline: &Outline, asked: Asked) -> Res {
    match wait(shared, asked).await {
        Ok(res) => res,
        Err(e) => shared.house.refuse(outline, &e),
    }
}

async fn wait(shared: &Arc<Shared>, asked: Asked) -> Result<Res> {
    let Some(coming) = &asked.coming else { return pass(shared, asked).await };
    let mut state = coming.watch();
    let reached = {
        let asking = state.wait_for(|s| !matches!(s, State::Asked));
        match tokio::time::timeout(PATIENCE, asking).await {
            Ok(Ok(state)) => State::clone(&state),
            // Whoever fetched it is gone.
            Ok(Err(_)) => return Err(Error::unavailable("The file did not come")),
            Err(_) => return Err(Error::unavailable("The other server takes too long")),
        }
    };
    match reached {
        State::Asked | State::Failed(Kind::Internal) => Err(Error::unavailable("The file did not come")),
        State::Failed(kind) => Err(Error::new(kind, "The other server did not give this file")),
        State::Large => pass(shared, asked).await,
        State::Growing(head, file, _) | State::Whole(head, file, _) => {
            // Some players ask for the first two bytes and nothing else, to see whether there are parts.
            let part = asked
                .range
                .as_deref()
                .zip(head.length)
                .map(|(range, length)| (range::asked(range, length), length));
            let (status, start, length, range) = match part {
                Some((range::Asked::Part(start, count), whole)) => {
                    let range = format!("bytes {start}-{}/{whole}", start + count - 1);
                    (206, start, Some(count), Some(range))
                }
                Some((range::Asked::Beyond, whole)) => {
                    let res = answer(416, &head.mime, Body::Static(b""));
                    return Ok(res.with("content-range", format!("bytes */{whole}")));
                }
                _ => (200, 0, head.length, None),
            };
            let body = Body::Growing(Box::new(Growing { file, start, length, state }));
            Ok(answer(status, &head.mime, body).with_some("content-range", range))
        }
    }
}

async fn pass(shared: &Arc<Shared>, asked: Asked) -> Result<Res> {
    let app = shared.house.app().ok_or_else(Error::not_found)?;
    let of = (!is_near(asked.client)).then(|| network(asked.client));
    let place = tokio::time::timeout(PATIENCE, app.fetches.pass(of)).await;
    let place = place.map_err(|_| Error::unavailable("Too many films are under way"))?;
    let (opened, opening) = oneshot::channel();
    let (sender, chunks) = mpsc::channel(AHEAD);
    std::thread::Builder::new().name("pass".into()).spawn(move || {
        proxy::pass(&app, &asked.url, asked.range.as_deref(), place, opened, &sender);
    })?;
    let opening = tokio::time::timeout(PATIENCE, opening).await;
    let opening = opening
        .map_err(|_| Error::unavailable("The other server takes too long"))?
        .map_err(|_| Error::unavailable("The file did not come"))??;
    let body = Body::Passing(Box::new(Passing { chunks, length: opening.head.length }));
    let res = answer(opening.status, &opening.head.mime, body).with("accept-ranges", "bytes");
    Ok(res.with_some("content-range", opening.content_range))
}

/// What is there of a file, and then the rest as it comes.
pub fn growing(of: Growing) -> Sent {
    let start = of.start;
    let end = of.length.map_or(u64::MAX, |length| start.saturating_add(length));
    let frames = futures_util::stream::unfold((of, start), move |(mut of, at)| async move {
        if at >= end {
            return None;
        }
        let chunk = match next(&mut of, at, end).await {
            Ok(Some(chunk)) => Ok(chunk),
            Ok(None) => return None,
            Err(e) => Err(e),
        };
        let at = at + chunk.as_ref().map_or(0, |bytes| bytes.len() as u64);
        Some((chunk.map(Frame::data), (of, at)))
    });
    BodyExt::boxed_unsync(StreamBody::new(frames))
}

async fn next(of: &mut Growing, at: u64, end: u64) -> io::Result<Option<Bytes>> {
    let there = loop {
        let there = match &*of.state.borrow_and_update() {
            State::Growing(_, _, bytes) if *bytes > at => *bytes,
            State::Whole(_, _, bytes) if *bytes > at => *bytes,
            State::Whole(..) => return Ok(None),
            State::Growing(..) | State::Asked => 0,
            State::Failed(_) | State::Large => return Err(io::ErrorKind::UnexpectedEof.into()),
        };
        if there > at {
            break there;
        }
        if of.state.changed().await.is_err() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    };
    let (file, size) =
        (Arc::clone(&of.file), usize::try_from(there.min(end) - at).unwrap_or(CHUNK).min(CHUNK));
    let read = tokio::task::spawn_blocking(move || {
        let mut buffer = vec![0; size];
        file.read_exact_at(&mut buffer, at).map(|()| Bytes::from(buffer))
    });
    read.await.map_err(io::Error::other)?.map(Some)
}

/// Another server's chunks.
pub fn passing(of: Passing) -> Sent {
    let frames = futures_util::stream::unfold(of.chunks, |mut chunks| async move {
        let chunk = chunks.recv().await?;
        Some((chunk.map(|bytes| Frame::data(Bytes::from(bytes))), chunks))
    });
    BodyExt::boxed_unsync(StreamBody::new(frames))
}
