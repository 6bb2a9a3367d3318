//! Connections that stay: WebSockets (RFC 6455) and server-sent events, from the accepted request to the end.
//!
//! A stream belongs to the owner, whose token was looked at: it gives its stranger's place and seat back and
//! holds one of the streams' own. So a household behind one address has room for its apps, and open streams
//! take nothing from those who only read.

use super::body::Outline;
use super::respond::{self, Sent};
use super::seats::Seat;
use super::{Shared, blocking};
use crate::api::streaming::{self, Hub, Message, Refused, Session};
use crate::error::{Error, Result};
use crate::http::Res;
use crate::model::{Feed, Opening, Stream};
use crate::ops::doctor;
use futures_util::{SinkExt, StreamExt};
use http_body_util::{BodyExt, Empty, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::HeaderValue;
use hyper_tungstenite::tungstenite::Message as Framed;
use hyper_tungstenite::tungstenite::protocol::WebSocketConfig;
use hyper_tungstenite::tungstenite::protocol::frame::CloseFrame;
use hyper_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use hyper_tungstenite::{HyperWebsocket, WebSocketStream};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::{Notify, OwnedSemaphorePermit, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, timeout};

/// Between two pings of a WebSocket; Mastodon's number. Who is silent from one to the next is gone.
const PING: Duration = Duration::from_secs(30);
/// Between two `:thump` of server-sent events; Mastodon's number.
const THUMP: Duration = Duration::from_secs(15);
/// One frame must be out by then.
const WRITING: Duration = Duration::from_secs(30);
/// For the last words of a stream that ends.
pub const PARTING: Duration = Duration::from_secs(1);
/// What an app says is a line of JSON.
const INBOUND: usize = 4 * 1024;
/// Each connection has such a buffer.
const BUFFER: usize = 1024;

/// One connection: what it holds, and what becomes of it.
pub struct Line {
    held: Mutex<Held>,
    /// Told when its stream is to end at once.
    pub cut: Arc<Notify>,
    socket: Mutex<Option<Socket>>,
}

/// Given back when the connection ends.
#[allow(dead_code)] // held, not read
enum Held {
    Guest(OwnedSemaphorePermit, Seat),
    Stream(OwnedSemaphorePermit),
    /// One request among others on a connection, which has the place.
    Nothing,
}

/// A WebSocket on its way: hyper lets the connection go after the answer.
pub struct Socket {
    upgraded: HyperWebsocket,
    session: Session,
    hub: Arc<Hub>,
    first: Option<String>,
}

/// The request's side of an upgrade, taken before the request is read.
pub type Upgrade = (hyper::Response<http_body_util::Full<Bytes>>, HyperWebsocket);

impl Line {
    pub fn new(place: OwnedSemaphorePermit, seat: Seat) -> Line {
        Line { held: Mutex::new(Held::Guest(place, seat)), cut: Arc::default(), socket: Mutex::default() }
    }

    /// One request of HTTP/2: it lives as long as its answer.
    #[cfg(feature = "http2")]
    pub fn of_request() -> Line {
        Line { held: Mutex::new(Held::Nothing), cut: Arc::default(), socket: Mutex::default() }
    }

    /// The WebSocket that this connection became.
    pub fn take_socket(&self) -> Option<Socket> {
        locked(&self.socket).take()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the upgrade out of a request that asks for a WebSocket where there is one.
pub fn upgrade(request: &mut hyper::Request<Incoming>) -> Option<Upgrade> {
    let ours = request.method() == hyper::Method::GET
        && (request.uri().path().trim_end_matches('/') == streaming::PATH
            || request.uri().path().starts_with(doctor::PATH))
        && hyper_tungstenite::is_upgrade_request(request);
    // The buffers are filled by the app, or by us a frame at a time: nothing has to be gathered.
    let config = WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(0)
        .max_message_size(Some(INBOUND))
        .max_frame_size(Some(INBOUND));
    if ours { hyper_tungstenite::upgrade(request, Some(config)).ok() } else { None }
}

/// Between the two events that the doctor is sent: twice what it waits for the first.
const PROBE: Duration = Duration::from_secs(4);

/// Answers the doctor, who looks at what becomes of streams on their way.
pub fn probe(res: Res, upgrade: Option<Upgrade>, outline: &Outline) -> hyper::Response<Sent> {
    // The other end of the WebSocket is dropped here, and the connection ends.
    if let Some((response, _)) = upgrade {
        return response.map(|_| respond::full(Bytes::new()));
    }
    let frames = futures_util::stream::unfold(0, |sent| async move {
        if sent == 1 {
            tokio::time::sleep(PROBE).await;
        }
        (sent < 2).then(|| (Ok(Frame::data(Bytes::from_static(b":)\n\n"))), sent + 1))
    });
    respond::stream(res, outline, BodyExt::boxed_unsync(StreamBody::new(frames)))
}

/// Answers a request that opens a stream, and lets it begin. A refusal is an ordinary answer.
pub async fn open(
    shared: &Arc<Shared>,
    line: &Line,
    res: Res,
    opening: Opening,
    upgrade: Option<Upgrade>,
    outline: &Outline,
    stop: watch::Receiver<bool>,
) -> hyper::Response<Sent> {
    let begun = match opening {
        // The header alone; a WebSocket has none to show.
        Opening::Events { .. } | Opening::Pages { .. } if outline.method == "HEAD" => {
            return respond::send(res, outline);
        }
        Opening::Socket { .. } if outline.method == "HEAD" => Err(Error::not_found()),
        opening => begin(shared, line, res, opening, upgrade, outline, stop).await,
    };
    match begun {
        Ok(response) => response,
        Err(e) => respond::send(shared.house.refuse(outline, &e), outline),
    }
}

async fn begin(
    shared: &Arc<Shared>,
    line: &Line,
    res: Res,
    opening: Opening,
    upgrade: Option<Upgrade>,
    outline: &Outline,
    stop: watch::Receiver<bool>,
) -> Result<hyper::Response<Sent>> {
    let Ok(place) = Arc::clone(&shared.streams).try_acquire_owned() else {
        return Err(Error::unavailable("Too many streams are open"));
    };
    let hub = shared.house.hub().ok_or_else(|| Error::unavailable("The server is stopping"))?;
    let session = hub.join(&opening, Arc::clone(&line.cut));
    let holder = opening.holder();
    let asked = Arc::clone(&hub);
    if !blocking(shared, move || asked.admits(holder)).await? {
        return Err(Error::unauthorized());
    }
    let response = match opening {
        Opening::Events { feed, .. } => {
            session.subscribe(feed).map_err(|refused| Error::forbidden(refused.error))?;
            respond::stream(res, outline, events(session, stop))
        }
        Opening::Pages { .. } => {
            let home = Feed { stream: Stream::User, name: String::new() };
            session.subscribe(home).map_err(|refused| Error::forbidden(refused.error))?;
            respond::stream(res, outline, events(session, stop))
        }
        Opening::Socket { first, protocol, .. } => {
            let Some((response, upgraded)) = upgrade else {
                return Err(Error::bad_request("The WebSocket handshake is not complete"));
            };
            *locked(&line.socket) = Some(Socket { upgraded, session, hub, first });
            // 101 has no body.
            let mut response = response.map(|_| Empty::new().map_err(|never| match never {}).boxed_unsync());
            // Browsers give up when it is missing (pitfall 80).
            if let Some(Ok(protocol)) = protocol.map(|p| HeaderValue::from_str(&p)) {
                response.headers_mut().insert("sec-websocket-protocol", protocol);
            }
            response
        }
    };
    *locked(&line.held) = Held::Stream(place);
    Ok(response)
}

fn beat(every: Duration) -> Interval {
    let mut beat = interval_at(Instant::now() + every, every);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat
}

/// Resolves when the server stops.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopping| *stopping).await; // an error: the server is gone
}

/// The body of server-sent events: as long as the session, the server and the app last.
fn events(session: Session, stop: watch::Receiver<bool>) -> Sent {
    struct Events {
        greeted: bool,
        session: Session,
        stop: watch::Receiver<bool>,
        thump: Interval,
    }
    let start = Events { greeted: false, session, stop, thump: beat(THUMP) };
    let frames = futures_util::stream::unfold(start, |mut on| async move {
        let bytes = if on.greeted {
            tokio::select! {
                biased;
                () = stopped(&mut on.stop) => return None,
                news = on.session.news.recv() => news?,
                _ = on.thump.tick() => Bytes::from_static(b":thump\n\n"),
            }
        } else {
            on.greeted = true; // so that proxies let the header through
            Bytes::from_static(b":)\n\n")
        };
        Some((Ok(Frame::data(bytes)), on))
    });
    BodyExt::boxed_unsync(StreamBody::new(frames))
}

impl Socket {
    /// Serves the WebSocket until it ends, however it ends.
    pub async fn serve(self, shared: Arc<Shared>, cut: Arc<Notify>, stop: watch::Receiver<bool>) {
        let Ok(stream) = self.upgraded.await else { return };
        let hub = self.hub;
        let ask = |feed| {
            let (shared, hub) = (Arc::clone(&shared), Arc::clone(&hub));
            async move { blocking(&shared, move || streaming::has_list(hub.app(), &feed)).await.unwrap_or(false) }
        };
        serve(stream, self.session, self.first, ask, cut, stop).await;
    }
}

/// How a WebSocket ends from our side.
enum End {
    /// The other side is gone, or does not behave.
    Gone,
    Close(CloseCode, &'static str),
}

async fn serve<S, A>(
    mut stream: WebSocketStream<S>,
    mut session: Session,
    first: Option<String>,
    has_list: impl Fn(Feed) -> A,
    cut: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
    A: Future<Output = bool>,
{
    let end = tokio::select! {
        end = converse(&mut stream, &mut session, first, has_list) => end,
        // Whoever does not read would hold us in writing.
        () = cut.notified() => End::Close(CloseCode::Policy, "this stream is over"),
        () = stopped(&mut stop) => End::Close(CloseCode::Away, "the server stops"),
    };
    drop(session);
    if let End::Close(code, reason) = end {
        let last = async {
            if stream.close(Some(CloseFrame { code, reason: reason.into() })).await.is_ok() {
                while let Some(Ok(_)) = stream.next().await {} // until the other side has closed, too
            }
        };
        let _ = timeout(PARTING, last).await; // who does not read hears nothing
    }
}

async fn converse<S, A>(
    stream: &mut WebSocketStream<S>,
    session: &mut Session,
    first: Option<String>,
    has_list: impl Fn(Feed) -> A,
) -> End
where
    S: AsyncRead + AsyncWrite + Unpin,
    A: Future<Output = bool>,
{
    if let Some(first) = first
        && let Some(answer) = heard(&first, session, &has_list).await
        && !say(stream, Framed::text(answer)).await
    {
        return End::Gone;
    }
    let mut ping = beat(PING);
    let mut alive = true;
    loop {
        tokio::select! {
            news = session.news.recv() => match news {
                Some(frame) => if !pass(stream, &frame).await { return End::Gone },
                None => return End::Close(CloseCode::Policy, "this stream is over"),
            },
            message = stream.next() => {
                alive = true;
                match message {
                    Some(Ok(Framed::Text(text))) => {
                        if let Some(answer) = heard(text.as_str(), session, &has_list).await
                            && !say(stream, Framed::text(answer)).await
                        {
                            return End::Gone;
                        }
                    }
                    Some(Ok(Framed::Binary(_))) => return End::Close(CloseCode::Unsupported, "text only, please"),
                    Some(Ok(_)) => (), // pongs; pings and closes are answered by the library
                    Some(Err(hyper_tungstenite::tungstenite::Error::Capacity(_))) => {
                        return End::Close(CloseCode::Size, "this message is too long");
                    }
                    Some(Err(_)) | None => return End::Gone,
                }
            },
            _ = ping.tick() => {
                if !alive || !say(stream, Framed::Ping(Bytes::new())).await {
                    return End::Gone;
                }
                alive = false;
            },
        }
    }
}

/// Sends a message of this connection's own.
async fn say<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut WebSocketStream<S>, message: Framed) -> bool {
    matches!(timeout(WRITING, stream.send(message)).await, Ok(Ok(())))
}

/// Passes on a frame that was made once for everybody: it goes by the library, which would copy it into a
/// buffer of each connection and keep that. What the library has to say itself goes first.
async fn pass<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut WebSocketStream<S>, frame: &[u8]) -> bool {
    let written = async {
        stream.flush().await.ok()?;
        stream.get_mut().write_all(frame).await.ok()?;
        stream.get_mut().flush().await.ok()
    };
    matches!(timeout(WRITING, written).await, Ok(Some(())))
}

/// Does what an app says; an answer only if it cannot be done.
async fn heard<A: Future<Output = bool>>(
    text: &str,
    session: &Session,
    has_list: impl Fn(Feed) -> A,
) -> Option<String> {
    let refused = match streaming::message(text)? {
        Message::Subscribe(ask) => match ask.feed() {
            Ok(feed) if matches!(feed.stream, Stream::List(_)) && !has_list(feed.clone()).await => {
                Refused::LIST
            }
            Ok(feed) => session.subscribe(feed).err()?,
            Err(refused) => refused,
        },
        Message::Unsubscribe(ask) => match ask.feed() {
            Ok(feed) => {
                session.unsubscribe(&feed.stream);
                return None;
            }
            Err(refused) => refused,
        },
    };
    Some(refused.frame())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::streaming::listeners::Listeners;
    use crate::model::{Holder, Scopes, TokenId, Transport};
    use hyper_tungstenite::tungstenite::protocol::Role;
    use std::future::ready;
    use tokio::io::{AsyncReadExt, DuplexStream, duplex};

    struct Pair {
        listeners: Arc<Listeners>,
        app: WebSocketStream<DuplexStream>,
        served: tokio::task::JoinHandle<()>,
        stop: watch::Sender<bool>,
    }

    async fn server_side<S: AsyncRead + AsyncWrite + Unpin>(pipe: S) -> WebSocketStream<S> {
        WebSocketStream::from_raw_socket(pipe, Role::Server, None).await
    }

    fn session(listeners: &Arc<Listeners>, transport: Transport, cut: &Arc<Notify>) -> Session {
        listeners.join(Holder::Token(TokenId(1)), Scopes::parse("read").unwrap(), transport, Arc::clone(cut))
    }

    /// A WebSocket that is served over a pipe, and its other end.
    async fn pair(room: usize, first: Option<&str>) -> Pair {
        let listeners = Arc::new(Listeners::default());
        let (near, far) = duplex(room);
        let cut = Arc::<Notify>::default();
        let session = session(&listeners, Transport::Socket, &cut);
        let (stop, stopping) = watch::channel(false);
        let first = first.map(str::to_owned);
        let stream = server_side(near).await;
        let served = tokio::spawn(serve(stream, session, first, |_| ready(false), cut, stopping));
        let app = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
        Pair { listeners, app, served, stop }
    }

    #[tokio::test(start_paused = true)]
    async fn pitfall_83_a_websocket_is_pinged_every_30_s_and_dropped_when_it_is_silent() {
        let mut pair = pair(64 * 1024, None).await;
        let began = Instant::now();
        assert_eq!(pair.app.next().await.unwrap().unwrap(), Framed::Ping(Bytes::new()));
        assert_eq!(began.elapsed().as_secs(), 30);
        pair.app.flush().await.unwrap(); // the pong
        assert_eq!(pair.app.next().await.unwrap().unwrap(), Framed::Ping(Bytes::new()));
        assert_eq!(began.elapsed().as_secs(), 60);
        // From here on it says nothing: `app` is not polled.
        pair.served.await.unwrap();
        assert_eq!(began.elapsed().as_secs(), 90);
        assert!(pair.listeners.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn pitfall_83_server_sent_events_thump_every_15_s() {
        let listeners = Arc::new(Listeners::default());
        let (stop, stopping) = watch::channel(false);
        let mut body = events(session(&listeners, Transport::Events, &Arc::default()), stopping);
        let began = Instant::now();
        let mut heard = Vec::new();
        for _ in 0..3 {
            heard.push(body.frame().await.unwrap().unwrap().into_data().unwrap());
        }
        assert_eq!(heard, [&b":)\n\n"[..], b":thump\n\n", b":thump\n\n"]);
        assert_eq!(began.elapsed().as_secs(), 30);
        stop.send(true).unwrap();
        assert!(body.frame().await.is_none(), "it goes on while the server stops");
        drop(body);
        assert!(listeners.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn who_does_not_read_is_cut_off_while_the_server_waits_in_writing() {
        let pair = pair(100, Some(r#"{"type":"subscribe","stream":"user"}"#)).await;
        while !pair.listeners.hear(&Stream::User) {
            tokio::task::yield_now().await;
        }
        let long = streaming::listeners::Payload::new("x".repeat(1_000));
        for _ in 0..300 {
            pair.listeners.tell(&Stream::User, "update", Some(&long), false);
        }
        assert!(pair.listeners.is_empty(), "the queue has no end");
        let began = Instant::now();
        pair.served.await.unwrap();
        assert!(began.elapsed() <= PARTING, "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn one_frame_that_does_not_go_out_in_time_ends_the_stream() {
        let pair = pair(100, Some(r#"{"type":"subscribe","stream":"user"}"#)).await;
        while !pair.listeners.hear(&Stream::User) {
            tokio::task::yield_now().await;
        }
        let long = streaming::listeners::Payload::new("x".repeat(1_000));
        pair.listeners.tell(&Stream::User, "update", Some(&long), false);
        let began = Instant::now();
        pair.served.await.unwrap();
        assert_eq!(began.elapsed(), WRITING);
        assert!(pair.listeners.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn pitfall_83_only_text_is_taken() {
        let mut pair = pair(64 * 1024, None).await;
        pair.app.send(Framed::binary(vec![1])).await.unwrap();
        let Framed::Close(Some(close)) = pair.app.next().await.unwrap().unwrap() else { panic!("no close") };
        assert_eq!(close.code, CloseCode::Unsupported);
        pair.served.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_of_the_server_is_said() {
        let mut pair = pair(64 * 1024, None).await;
        pair.stop.send(true).unwrap();
        let Framed::Close(Some(close)) = pair.app.next().await.unwrap().unwrap() else { panic!("no close") };
        assert_eq!(close.code, CloseCode::Away);
        pair.served.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_that_is_not_there_is_refused_and_the_rest_goes_on() {
        let first = r#"{"type":"subscribe","stream":"list","list":"7"}"#;
        let mut pair = pair(64 * 1024, Some(first)).await;
        let answer = pair.app.next().await.unwrap().unwrap();
        assert_eq!(answer, Framed::text(Refused::LIST.frame()));
        pair.app.send(Framed::text(r#"{"type":"subscribe","stream":"direct"}"#)).await.unwrap();
        while !pair.listeners.hear(&Stream::Direct) {
            tokio::task::yield_now().await;
        }
        pair.listeners.tell(&Stream::Direct, "delete", None, false);
        let news = pair.app.next().await.unwrap().unwrap();
        assert_eq!(news, Framed::text(r#"{"stream":["direct"],"event":"delete"}"#));
        let feed = Feed { stream: Stream::Direct, name: String::new() };
        pair.app.send(Framed::text(r#"{"type":"unsubscribe","stream":"direct"}"#)).await.unwrap();
        while pair.listeners.hear(&feed.stream) {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_pipe_that_breaks_ends_the_session() {
        let (near, mut far) = duplex(64);
        let listeners = Arc::new(Listeners::default());
        let cut = Arc::<Notify>::default();
        let (_stop, stopping) = watch::channel(false);
        let session = session(&listeners, Transport::Socket, &cut);
        far.write_all(&[0xff; 16]).await.unwrap(); // no frame of any kind
        serve(server_side(near).await, session, None, |_| ready(true), cut, stopping).await;
        assert!(listeners.is_empty());
        let mut rest = Vec::new();
        let _ = far.read_to_end(&mut rest).await;
    }
}
