//! HTTP/2: many requests on one connection, each answered as any other. <https://www.rfc-editor.org/rfc/rfc9113>
//!
//! What the library bounds is asked for below; what it does not is looked at here, every few seconds: a connection on
//! which nothing is asked ends, and so does one whose other end takes nothing of an answer. What one address asks for at
//! a time has an end, too, over all its connections.

use super::origin::Peer;
use super::patient::{PATIENCE, Patient};
use super::respond::{Sent, full};
use super::seats::Seat;
use super::streams::{Line, PARTING};
use super::{HEADER_BYTES, Shared, Wire, exchange};
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

/// Requests of one connection at the same time: what RFC 9113, 6.5.2, calls the least that makes sense.
const STREAMS: u32 = 100;
/// Requests of one address at the same time, on whichever connections: each may have some dozen KiB of header and body.
const ASKED: usize = 512;
/// Streams that were taken back before we looked at them (CVE-2023-44487); more end the connection.
const TAKEN_BACK: usize = 20;
/// Streams that we took back for what was wrong with them.
const REFUSED: usize = 64;
/// What may come before we take it: an upload from far away is not slower for it.
const STREAM_WINDOW: u32 = 128 * 1024;
const WINDOW: u32 = 256 * 1024;
/// What waits to be sent, a stream.
const TO_SEND: usize = 64 * 1024;
/// An answer is given away in pieces of so much: of what the library has, nobody knows whether it is taken.
const PIECE: usize = 16 * 1024;
/// Between two pings, and for the answer.
const PING: Duration = Duration::from_secs(30);
const PONG: Duration = Duration::from_secs(20);
/// Without a request.
const IDLE: Duration = Duration::from_secs(60);
const TICK: Duration = Duration::from_secs(5);

/// Serves a connection until it ends, however it ends.
pub async fn serve(shared: Arc<Shared>, wire: Wire, peer: Peer, line: Line, mut stop: watch::Receiver<bool>) {
    let held = line; // its place and seat, until the end
    let watched = Arc::new(Watch::new());
    let (watching, stopping) = (Arc::clone(&watched), stop.clone());
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mark = watching.begin();
        let line = Arc::new(Line::of_request());
        let seat = shared.asked.take(peer.ip, peer.trusted, ASKED);
        let asked = exchange(Arc::clone(&shared), Arc::clone(&line), request, peer, stopping.clone());
        let asked = seat.is_some().then(|| Box::pin(asked));
        async move {
            let answer = match asked {
                Some(asked) => asked.await,
                None => refused(),
            };
            let rest = Bytes::new();
            let watched = |body| Watched { body, rest, mark, _line: line, _seat: seat }.boxed_unsync();
            Ok::<_, std::convert::Infallible>(answer.map(watched))
        }
    });
    let connection = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEADER_BYTES as u32)
        .max_pending_accept_reset_streams(TAKEN_BACK)
        .max_local_error_reset_streams(REFUSED)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(WINDOW)
        .max_send_buf_size(TO_SEND)
        .keep_alive_interval(PING)
        .keep_alive_timeout(PONG)
        .serve_connection(TokioIo::new(Patient::new(wire)), service);
    let mut connection = Box::pin(connection);
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let result = loop {
        tokio::select! {
            result = connection.as_mut() => break result,
            _ = stop.changed() => {
                connection.as_mut().graceful_shutdown();
                break connection.as_mut().await;
            }
            _ = tick.tick() => match watched.look() {
                Look::Busy => (),
                Look::Stalled => break Ok(()),
                Look::Idle => {
                    connection.as_mut().graceful_shutdown();
                    break timeout(PARTING, connection.as_mut()).await.unwrap_or(Ok(()));
                }
            },
        }
    };
    if let Err(e) = result {
        tracing::debug!(client = %peer.ip, error = %e, "a connection ended badly");
    }
    drop(held);
}

/// To an address that asks for too much at a time.
fn refused() -> hyper::Response<Sent> {
    let mut answer = hyper::Response::new(full(Bytes::new()));
    *answer.status_mut() = hyper::StatusCode::SERVICE_UNAVAILABLE;
    answer
}

/// The requests of a connection.
struct Watch(Mutex<Requests>);

struct Requests {
    open: Vec<Weak<Mark>>,
    /// When the last of them was seen.
    seen: Instant,
}

/// One of them: since when the other end takes nothing of what there is.
struct Mark(Mutex<Option<Instant>>);

enum Look {
    Busy,
    Idle,
    Stalled,
}

impl Watch {
    fn new() -> Watch {
        Watch(Mutex::new(Requests { open: Vec::new(), seen: Instant::now() }))
    }

    fn begin(&self) -> Arc<Mark> {
        let mark = Arc::new(Mark(Mutex::new(None)));
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.seen = Instant::now();
        if requests.open.len() > 2 * STREAMS as usize {
            requests.open.retain(|mark| mark.strong_count() > 0);
        }
        requests.open.push(Arc::downgrade(&mark));
        mark
    }

    fn look(&self) -> Look {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.open.retain(|mark| mark.strong_count() > 0);
        let stalled = |mark: &Weak<Mark>| mark.upgrade().is_some_and(|mark| mark.waits() > PATIENCE);
        if requests.open.iter().any(stalled) {
            return Look::Stalled;
        }
        if !requests.open.is_empty() {
            requests.seen = Instant::now();
        }
        if requests.seen.elapsed() > IDLE { Look::Idle } else { Look::Busy }
    }
}

impl Mark {
    fn set(&self, since: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }

    fn waits(&self) -> Duration {
        let since = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since.map_or(Duration::ZERO, |since| since.elapsed())
    }
}

/// A body whose connection knows when it was asked for more: the library does so when there is room at the other end.
struct Watched {
    body: Sent,
    /// Of what came out of it, and is not given away yet.
    rest: Bytes,
    mark: Arc<Mark>,
    _line: Arc<Line>,
    _seat: Option<Seat>,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let next = match std::mem::take(&mut self.rest) {
            rest if rest.is_empty() => Pin::new(&mut self.body).poll_frame(cx),
            rest => Poll::Ready(Some(Ok(Frame::data(rest)))),
        };
        let next = next.map_ok(|frame| match frame.into_data() {
            Ok(mut data) => {
                if data.len() > PIECE {
                    self.rest = data.split_off(PIECE);
                }
                Frame::data(data)
            }
            Err(frame) => frame,
        });
        // Either we have something and it is theirs to take it, or it is we who are waited for.
        self.mark.set(next.is_ready().then(Instant::now));
        next
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (mut hint, rest) = (self.body.size_hint(), self.rest.len() as u64);
        if let Some(upper) = hint.upper() {
            hint.set_upper(upper + rest);
        }
        hint.set_lower(hint.lower() + rest);
        hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::advance;

    #[tokio::test(start_paused = true)]
    async fn a_connection_on_which_nothing_is_asked_is_idle_after_a_minute() {
        let watch = Watch::new();
        advance(IDLE - TICK).await;
        let mark = watch.begin();
        advance(IDLE * 10).await;
        assert!(matches!(watch.look(), Look::Busy), "the handler takes long");
        drop(mark);
        advance(IDLE).await;
        assert!(matches!(watch.look(), Look::Busy));
        advance(TICK).await;
        assert!(matches!(watch.look(), Look::Idle));
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_of_one_answer_is_stalled_and_a_stream_that_is_quiet_is_not() {
        let watch = Watch::new();
        let (stuck, quiet) = (watch.begin(), watch.begin());
        stuck.set(Some(Instant::now()));
        quiet.set(None);
        advance(PATIENCE).await;
        assert!(matches!(watch.look(), Look::Busy));
        advance(TICK).await;
        assert!(matches!(watch.look(), Look::Stalled));
        drop(stuck);
        assert!(matches!(watch.look(), Look::Busy));
    }

    #[tokio::test]
    async fn an_answer_is_given_away_in_pieces_and_whole() {
        let long: Vec<u8> = (0..2 * PIECE + 7).map(|n| n as u8).collect();
        let mark = Arc::new(Mark(Mutex::new(None)));
        let (body, rest, line) =
            (full(Bytes::from(long.clone())), Bytes::new(), Arc::new(Line::of_request()));
        let mut watched = Watched { body, rest, mark: Arc::clone(&mark), _line: line, _seat: None };
        let mut came = Vec::new();
        while let Some(frame) = watched.frame().await {
            let data = frame.unwrap().into_data().unwrap();
            assert!(data.len() <= PIECE && mark.0.lock().unwrap().is_some());
            came.extend_from_slice(&data);
            let left = (long.len() - came.len()) as u64;
            assert_eq!((watched.size_hint().exact(), watched.is_end_stream()), (Some(left), left == 0));
        }
        assert_eq!(came, long);
    }

    #[test]
    fn what_is_remembered_of_requests_that_are_over_has_an_end() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let _inside = runtime.enter();
        let watch = Watch::new();
        for _ in 0..10_000 {
            drop(watch.begin());
        }
        assert!(watch.0.lock().unwrap().open.len() <= 2 * STREAMS as usize + 1);
    }
}
