//! hyper at the edge: accept, cap, time out, hand over to blocking code, answer, stop gracefully.
//!
//! Only this file and its helpers are async. A request is read whole (`body`), answered by
//! `answer::answer` on a bounded pool of threads, and written back here; one that opens a stream is handed on
//! to `streams`.

mod answer;
mod body;
#[cfg(feature = "http2")]
mod h2;
mod house;
mod listen;
mod origin;
mod pages;
mod patient;
mod proxied;
mod proxy_protocol;
mod redirect;
mod renewal;
mod respond;
mod running;
mod seats;
mod secure;
mod streams;
pub mod systemd;
mod wire;

pub use house::{House, Stage};
pub use listen::{Handed, Role};
pub use running::Running;

use crate::error::{Error, Result};
use crate::http::{Body, Res};
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use listen::Listener;
use origin::{Peer, Trust};
use patient::Patient;
use secure::Secure;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;
use streams::Line;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use wire::Wire;

/// Requests that are answered at the same time: each holds a thread and, often, a reader of the file.
const AT_WORK: usize = 32;
/// Connections that are open at the same time; more wait in the kernel's queue.
const CONNECTIONS: usize = 1_024;
/// Streams that are open at the same time, beside those: a thousand, and the old ones of apps that come back
/// before we notice that they were gone. Only the owner opens streams, and a thousand cost some 10 MiB.
const STREAMS: usize = 1_280;
/// From the first byte of a request to the end of its header.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// Open connections get this long to finish what they are at.
const GRACE: Duration = Duration::from_secs(3);
/// Room for a request's header; above it hyper answers 431.
const HEADER_BYTES: usize = 32 * 1024;
/// A year: <https://www.rfc-editor.org/rfc/rfc6797>. Of hosts beside and below us we know nothing.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Serves until `stop` changes, then finishes open requests for up to three seconds.
async fn run(
    house: Arc<House>,
    listeners: Vec<Listener>,
    trust: Trust,
    secure: Secure,
    stop: watch::Receiver<bool>,
) {
    let pages = Arc::clone(&house.pages);
    let shared = Arc::new(Shared {
        house,
        at_work: Arc::new(Semaphore::new(AT_WORK)),
        connections: Arc::new(Semaphore::new(CONNECTIONS)),
        streams: Arc::new(Semaphore::new(STREAMS)),
        seats: Arc::default(),
        asked: Arc::default(),
        pages,
        trust,
        secure,
        room: Arc::new(Semaphore::new(body::ROOM)),
    });
    let mut accepting = JoinSet::new();
    for listener in listeners {
        accepting.spawn(accept(Arc::clone(&shared), listener, stop.clone()));
    }
    while accepting.join_next().await.is_some() {}
}

struct Shared {
    house: Arc<House>,
    at_work: Arc<Semaphore>,
    connections: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    seats: Arc<seats::Seats>,
    /// Requests of HTTP/2, which has many on a connection.
    #[cfg_attr(not(feature = "http2"), expect(dead_code))]
    asked: Arc<seats::Seats>,
    pages: Arc<pages::Pages>,
    trust: Trust,
    secure: Secure,
    /// Bytes of bodies that may be in memory.
    room: Arc<Semaphore>,
}

async fn accept(shared: Arc<Shared>, listener: Listener, mut stop: watch::Receiver<bool>) {
    let mut open = JoinSet::new();
    let role = listener.role;
    let introduced = shared.house.config().edge.proxy_protocol;
    loop {
        let place = tokio::select! {
            place = Arc::clone(&shared.connections).acquire_owned() => place,
            _ = stop.changed() => break,
        };
        let Ok(place) = place else { break }; // nobody closes it
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let (wire, client) = match accepted {
            Ok(accepted) => accepted,
            Err(e) => {
                // Out of file descriptors, say: wait a moment instead of spinning.
                tracing::warn!(error = %e, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let ip = client.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let peer = Peer { ip, trusted: client.is_none_or(|ip| shared.trust.lets(role, ip)), role };
        // Where proxies introduce their clients, the seat is the client's.
        let seat = if introduced { None } else { shared.seats.take(ip, peer.trusted, seats::SEATS) };
        if seat.is_none() && !introduced {
            tracing::debug!(client = %ip, "too many connections of one address");
            continue; // which closes it
        }
        let (shared, stop) = (Arc::clone(&shared), stop.clone());
        match seat {
            Some(seat) if role != Role::Https => {
                open.spawn(serve(shared, wire, peer, Line::new(place, seat), stop));
            }
            seat => {
                // In boxes: what has to be said first is long, and gone when it was said.
                open.spawn(async move {
                    let Some(met) = Box::pin(secure::meet(&shared, wire, peer, seat)).await else { return };
                    let line = Line::new(place, met.seat);
                    #[cfg(feature = "http2")]
                    if met.h2 {
                        return Box::pin(h2::serve(shared, met.wire, met.peer, line, stop)).await;
                    }
                    Box::pin(serve(shared, met.wire, met.peer, line, stop)).await;
                });
            }
        }
        while open.try_join_next().is_some() {}
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, async { while open.join_next().await.is_some() {} }).await;
}

async fn serve(shared: Arc<Shared>, wire: Wire, peer: Peer, line: Line, mut stop: watch::Receiver<bool>) {
    let line = Arc::new(line);
    let (answering, on, stopping) = (Arc::clone(&shared), Arc::clone(&line), stop.clone());
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (shared, line, stop) = (Arc::clone(&answering), Arc::clone(&on), stopping.clone());
        // On the heap: hyper keeps the room of this future as long as the connection, and a stream is long.
        let exchange = Box::pin(exchange(shared, line, request, peer, stop));
        async move { Ok::<_, std::convert::Infallible>(exchange.await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEADER_BYTES.max(8 * 1024))
        .serve_connection(TokioIo::new(Patient::new(wire)), service)
        .with_upgrades();
    // On the heap, so that a WebSocket does not carry it along; nor other connections the WebSocket.
    let mut connection = Box::pin(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        _ = stop.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.as_mut().await
        }
        // Who reads too slowly would hold hyper in writing for as long as it likes.
        () = line.cut.notified() => {
            tokio::time::timeout(streams::PARTING, connection.as_mut()).await.unwrap_or(Ok(()))
        }
    };
    drop(connection);
    if let Err(e) = result {
        tracing::debug!(client = %peer.ip, error = %e, "a connection ended badly");
    }
    if let Some(socket) = line.take_socket() {
        Box::pin(socket.serve(shared, Arc::clone(&line.cut), stop)).await;
    }
}

/// One request and its answer. Never fails: whatever goes wrong is an answer, too.
async fn exchange(
    shared: Arc<Shared>,
    line: Arc<Line>,
    mut request: hyper::Request<Incoming>,
    peer: Peer,
    stop: watch::Receiver<bool>,
) -> hyper::Response<respond::Sent> {
    let (client, id) = origin::look(&shared.trust, &peer, &mut request);
    let mut response = answered(&shared, &line, request, client, &peer, stop).await;
    response.headers_mut().insert(origin::X_ID, id);
    if peer.role == Role::Https && shared.house.app().is_some_and(|app| app.instance.is_https()) {
        response.headers_mut().insert("strict-transport-security", HSTS);
    }
    response
}

async fn answered(
    shared: &Arc<Shared>,
    line: &Line,
    mut request: hyper::Request<Incoming>,
    client: IpAddr,
    peer: &Peer,
    stop: watch::Receiver<bool>,
) -> hyper::Response<respond::Sent> {
    let outline = body::Outline::of(&request);
    if peer.role == Role::Redirect
        && let Some(res) = redirect::answer(&shared.house, &request)
    {
        return respond::send(res, &outline);
    }
    if outline.is_preflight() {
        return respond::preflight();
    }
    let visit = pages::Visit::of(&shared.house, &mut request);
    if let Some(visit) = &visit
        && let Some(kept) = shared.pages.find(visit)
    {
        return kept.answer(visit);
    }
    let upgrade = streams::upgrade(&mut request);
    let mut res = match body::receive(&shared.house, request, client, &shared.room).await {
        Ok((req, _taken)) => match work(shared, req, visit).await {
            Done::Res(res) => res,
            Done::Page(kept, visit) => return kept.answer(&visit),
        },
        // What is left of the body is not read: the connection cannot be used again.
        Err(e) => shared.house.refuse(&outline, &e).with("connection", "close"),
    };
    match std::mem::replace(&mut res.body, Body::Static(b"")) {
        Body::Asked(asked) => respond::send(proxied::open(shared, &outline, *asked).await, &outline),
        Body::Stream(opening) => streams::open(shared, line, res, *opening, upgrade, &outline, stop).await,
        Body::Probe => streams::probe(res, upgrade, &outline),
        body => respond::send(Res { body, ..res }, &outline),
    }
}

enum Done {
    Res(Res),
    Page(Arc<pages::Kept>, pages::Visit),
}

/// Answers on the blocking pool. A panic there is a 500 and costs nothing else.
async fn work(shared: &Arc<Shared>, req: crate::http::Req, visit: Option<pages::Visit>) -> Done {
    let outline = body::Outline::of_req(&req);
    let (house, kept) = (Arc::clone(&shared.house), Arc::clone(&shared.pages));
    let answered = blocking(shared, move || {
        let res = answer::answer(&house, req);
        Ok(match visit {
            None => Done::Res(res),
            Some(visit) => match kept.keep(&visit, res) {
                Ok(page) => Done::Page(page, visit),
                Err(res) => Done::Res(visit.unless_known(res)),
            },
        })
    });
    answered.await.unwrap_or_else(|e| Done::Res(shared.house.refuse(&outline, &e)))
}

/// Runs on the blocking pool, when it has a place.
///
/// Errors: those of `f`; a panic in it; the server is stopping.
async fn blocking<T: Send + 'static>(
    shared: &Arc<Shared>,
    f: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let Ok(place) = Arc::clone(&shared.at_work).acquire_owned().await else {
        return Err(Error::unavailable("The server is stopping"));
    };
    let done = tokio::task::spawn_blocking(move || {
        let result = f();
        drop(place);
        result
    });
    done.await.map_err(|e| Error::internal(format!("a handler panicked: {e}")))?
}
