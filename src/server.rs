//! hyper at the edge: accept, cap, time out, hand over to blocking code, answer, stop gracefully.
//!
//! Only this file and its two helpers are async. A request is read whole (`body`), answered by
//! `answer::answer` on a bounded pool of threads, and written back here.

mod answer;
mod body;
mod house;
mod respond;
mod running;
mod seats;

pub use house::{House, Stage};
pub use running::Running;

use crate::error::{Error, Result};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

/// Requests that are answered at the same time: each holds a thread and, often, a reader of the file.
const AT_WORK: usize = 32;
/// Connections that are open at the same time; more wait in the kernel's queue.
const CONNECTIONS: usize = 1_024;
/// From the first byte of a request to the end of its header.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// Open connections get this long to finish what they are at.
const GRACE: Duration = Duration::from_secs(3);
/// Room for a request's header; above it hyper answers 431.
const HEADER_BYTES: usize = 32 * 1024;

/// Binds all addresses of the configuration. Port 0 takes a free one.
///
/// Errors: an address is taken or is not ours, with the fix.
pub async fn bind(addresses: &[SocketAddr]) -> Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    for address in addresses {
        let listener = TcpListener::bind(address).await.map_err(|e| {
            Error::invalid(format!("cannot listen on {address}: {e}; choose another address with --listen"))
        })?;
        listeners.push(listener);
    }
    Ok(listeners)
}

/// Serves until `stop` changes, then finishes open requests for up to three seconds.
pub async fn run(house: Arc<House>, listeners: Vec<TcpListener>, stop: watch::Receiver<bool>) {
    let shared = Arc::new(Shared {
        house,
        at_work: Arc::new(Semaphore::new(AT_WORK)),
        connections: Arc::new(Semaphore::new(CONNECTIONS)),
        seats: Arc::default(),
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
    seats: Arc<seats::Seats>,
    /// Bytes of bodies that may be in memory.
    room: Arc<Semaphore>,
}

async fn accept(shared: Arc<Shared>, listener: TcpListener, mut stop: watch::Receiver<bool>) {
    let mut open = JoinSet::new();
    loop {
        let place = tokio::select! {
            place = Arc::clone(&shared.connections).acquire_owned() => place,
            _ = stop.changed() => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => break,
        };
        let (stream, client) = match accepted {
            Ok(accepted) => accepted,
            Err(e) => {
                // Out of file descriptors, say: wait a moment instead of spinning.
                tracing::warn!(error = %e, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Some(seat) = shared.seats.take(client.ip()) else {
            tracing::debug!(client = %client.ip(), "too many connections of one address");
            continue; // which closes it
        };
        let _ = stream.set_nodelay(true); // only a delay is lost
        let (shared, stop) = (Arc::clone(&shared), stop.clone());
        open.spawn(async move {
            serve(shared, stream, client, stop).await;
            drop((place, seat));
        });
        while open.try_join_next().is_some() {}
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, async { while open.join_next().await.is_some() {} }).await;
}

async fn serve(
    shared: Arc<Shared>,
    stream: tokio::net::TcpStream,
    client: SocketAddr,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, std::convert::Infallible>(exchange(shared, request, client).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEADER_BYTES.max(8 * 1024))
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    let result = tokio::select! {
        result = connection.as_mut() => result,
        _ = stop.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(e) = result {
        tracing::debug!(%client, error = %e, "a connection ended badly");
    }
}

/// One request and its answer. Never fails: whatever goes wrong is an answer, too.
async fn exchange(
    shared: Arc<Shared>,
    request: hyper::Request<Incoming>,
    client: SocketAddr,
) -> hyper::Response<respond::Sent> {
    let outline = body::Outline::of(&request);
    if outline.is_preflight() {
        return respond::preflight();
    }
    let res = match body::receive(&shared.house, request, client.ip(), &shared.room).await {
        Ok((req, _taken)) => work(&shared, req).await,
        Err(e) => shared.house.refuse(&outline, &e),
    };
    respond::send(res, &outline)
}

/// Answers on the blocking pool. A panic there is a 500 and costs nothing else.
async fn work(shared: &Arc<Shared>, req: crate::http::Req) -> crate::http::Res {
    let outline = body::Outline::of_req(&req);
    let Ok(place) = Arc::clone(&shared.at_work).acquire_owned().await else {
        return shared.house.refuse(&outline, &Error::unavailable("The server is stopping"));
    };
    let house = Arc::clone(&shared.house);
    let answered = tokio::task::spawn_blocking(move || {
        let res = answer::answer(&house, req);
        drop(place);
        res
    });
    match answered.await {
        Ok(res) => res,
        Err(e) => shared.house.refuse(&outline, &Error::internal(format!("a handler panicked: {e}"))),
    }
}
