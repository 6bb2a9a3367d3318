//! Who listens to which stream, and the queue of each.
//!
//! News are framed once for all who hear them, and stand in the queues as shared bytes. A queue is bounded:
//! who reads too slowly is cut off, reconnects and fetches what it missed; nobody waits for it.

use super::Refused;
use crate::model::{Feed, Holder, Scopes, Stream, Transport};
use hyper::body::Bytes;
use hyper_tungstenite::tungstenite::protocol::frame::Frame;
use hyper_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, mpsc};

/// News that wait for one listener. A burst fits, and what the kernel buffers comes on top.
const QUEUE: usize = 256;
/// Streams of one connection: columns of a wide screen, with room.
const SUBSCRIPTIONS: usize = 64;

#[derive(Default)]
pub struct Listeners {
    state: Mutex<State>,
    /// How many sessions there are; read without the lock by whoever just wrote something.
    count: AtomicUsize,
}

#[derive(Default)]
struct State {
    next: u64,
    sessions: HashMap<u64, Listener>,
    /// Who hears a stream, each with the name that it gave it. No entry is empty.
    streams: HashMap<Stream, HashMap<u64, Arc<str>>>,
}

struct Listener {
    holder: Holder,
    transport: Transport,
    hears_notifications: bool,
    queue: mpsc::Sender<Bytes>,
    /// Told when the session is over before its listener is: it may be stuck in writing.
    cut: Arc<Notify>,
    streams: Vec<Stream>,
}

/// One connection's part; who drops it stops listening.
pub struct Session {
    listeners: Arc<Listeners>,
    id: u64,
    scopes: Scopes,
    /// Framed for this connection's transport. Ends when the session is cut.
    pub news: mpsc::Receiver<Bytes>,
}

/// What an event carries: what it is about, text, and the same as a JSON string.
pub struct Payload {
    id: String,
    text: String,
    quoted: String,
}

impl Payload {
    pub fn new(text: String) -> Payload {
        Payload::about(text.clone(), text)
    }

    pub fn about(id: String, text: String) -> Payload {
        let quoted = serde_json::Value::String(text.clone()).to_string();
        Payload { id, text, quoted }
    }
}

impl Listeners {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn len(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A new listener, to nothing yet. `cut` is notified when it is to go at once.
    pub fn join(
        self: &Arc<Self>,
        holder: Holder,
        scopes: Scopes,
        transport: Transport,
        cut: Arc<Notify>,
    ) -> Session {
        let (queue, news) = mpsc::channel(QUEUE);
        let mut state = self.lock();
        let id = state.next;
        state.next += 1;
        let listener = Listener {
            holder,
            transport,
            hears_notifications: scopes.allow(Stream::NOTIFICATIONS),
            queue,
            cut,
            streams: Vec::new(),
        };
        state.sessions.insert(id, listener);
        self.count.store(state.sessions.len(), Ordering::SeqCst);
        Session { listeners: Arc::clone(self), id, scopes, news }
    }

    fn remove(&self, state: &mut State, id: u64) -> Option<Listener> {
        let listener = state.sessions.remove(&id)?;
        for stream in &listener.streams {
            state.leave(stream, id);
        }
        self.count.store(state.sessions.len(), Ordering::SeqCst);
        Some(listener)
    }

    /// Tells the pages of browsers alone.
    pub fn tell_pages(&self, event: &str, id: String) {
        let frame = framed(Transport::Pages, "", event, Some(&Payload::new(id)));
        let state = self.lock();
        for listener in state.sessions.values().filter(|l| l.transport == Transport::Pages) {
            // Who is behind misses a count that has changed, no more.
            let _ = listener.queue.try_send(frame.clone());
        }
    }

    /// Ends the sessions of a token.
    pub fn cut(&self, holder: Holder) {
        self.cut_where(|listener| listener.holder == holder);
    }

    /// Ends those of all browsers. Who is still signed in comes back.
    pub fn cut_pages(&self) {
        self.cut_where(|listener| listener.transport == Transport::Pages);
    }

    /// Ends all sessions: they missed something, and find it when they come back.
    pub fn cut_all(&self) {
        self.cut_where(|_| true);
    }

    fn cut_where(&self, which: impl Fn(&Listener) -> bool) {
        let mut state = self.lock();
        let ids: Vec<u64> = state.sessions.iter().filter(|(_, l)| which(l)).map(|(id, _)| *id).collect();
        for id in ids {
            if let Some(listener) = self.remove(&mut state, id) {
                listener.cut.notify_one();
            }
        }
    }

    /// Whether anybody hears it.
    pub fn hear(&self, stream: &Stream) -> bool {
        self.lock().streams.contains_key(stream)
    }

    /// All streams that somebody hears and `which` picks.
    pub fn streams(&self, which: impl Fn(&Stream) -> bool) -> Vec<Stream> {
        self.lock().streams.keys().filter(|stream| which(stream)).cloned().collect()
    }

    /// Tells all who hear `stream`; of `needs_notifications`, only those who may read notifications.
    pub fn tell(&self, stream: &Stream, event: &str, payload: Option<&Payload>, needs_notifications: bool) {
        let mut state = self.lock();
        let mut frames: HashMap<(Transport, &str), Bytes> = HashMap::new();
        let mut gone = Vec::new();
        for (id, name) in state.streams.get(stream).into_iter().flatten() {
            let Some(listener) = state.sessions.get(id) else { continue };
            if needs_notifications && !listener.hears_notifications {
                continue;
            }
            let frame = match frames.entry((listener.transport, name)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(framed(listener.transport, name, event, payload)),
            };
            if listener.queue.try_send(frame.clone()).is_err() {
                gone.push(*id); // too slow, or gone already
            }
        }
        drop(frames);
        for id in gone {
            if let Some(listener) = self.remove(&mut state, id) {
                tracing::debug!(holder = ?listener.holder, "a stream read too slowly and was cut off");
                listener.cut.notify_one();
            }
        }
    }
}

impl State {
    fn leave(&mut self, stream: &Stream, id: u64) {
        if let Some(hearing) = self.streams.get_mut(stream) {
            hearing.remove(&id);
            if hearing.is_empty() {
                self.streams.remove(stream);
            }
        }
    }
}

impl Session {
    /// Listens to a stream; twice is once.
    ///
    /// Errors: the token lacks the scope; too many streams on one connection.
    pub fn subscribe(&self, feed: Feed) -> Result<(), Refused> {
        if !self.scopes.allow(feed.stream.scope()) {
            return Err(Refused::SCOPE);
        }
        let mut state = self.listeners.lock();
        let Some(listener) = state.sessions.get_mut(&self.id) else { return Ok(()) }; // cut meanwhile
        if listener.streams.contains(&feed.stream) {
            return Ok(());
        }
        if listener.streams.len() >= SUBSCRIPTIONS {
            return Err(Refused::TOO_MANY);
        }
        listener.streams.push(feed.stream.clone());
        state.streams.entry(feed.stream).or_default().insert(self.id, feed.name.into());
        Ok(())
    }

    /// Stops listening to a stream; one that was not heard is no error.
    pub fn unsubscribe(&self, stream: &Stream) {
        let mut state = self.listeners.lock();
        if let Some(listener) = state.sessions.get_mut(&self.id) {
            listener.streams.retain(|heard| heard != stream);
        }
        state.leave(stream, self.id);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let mut state = self.listeners.lock();
        self.listeners.remove(&mut state, self.id);
    }
}

/// The bytes of one event as they go over the wire (pitfalls 81, 83). A server's WebSocket frames are the same
/// for everybody: only clients mask theirs.
fn framed(transport: Transport, name: &str, event: &str, payload: Option<&Payload>) -> Bytes {
    match transport {
        Transport::Socket => {
            let mut text = format!(r#"{{"stream":{name},"event":"{event}""#);
            if let Some(payload) = payload {
                text.push_str(r#","payload":"#);
                text.push_str(&payload.quoted);
            }
            text.push('}');
            let frame = Frame::message(text, OpCode::Data(Data::Text), true);
            let mut bytes = Vec::with_capacity(frame.len());
            let _ = frame.format(&mut bytes); // memory takes everything
            bytes.into()
        }
        // Without a payload the documentation has this word.
        Transport::Events => {
            let text = payload.map_or("undefined", |p| &p.text);
            format!("event: {event}\ndata: {text}\n\n").into()
        }
        Transport::Pages => {
            let id = payload.map_or("", |p| &p.id);
            format!("event: {event}\ndata: {id}\n\n").into()
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::model::TokenId;

    pub fn feed(stream: Stream) -> Feed {
        Feed { stream, name: r#"["x"]"#.to_owned() }
    }

    pub fn joined(listeners: &Arc<Listeners>, token: i64, scopes: &str, transport: Transport) -> Session {
        listeners.join(
            Holder::Token(TokenId(token)),
            Scopes::parse(scopes).unwrap(),
            transport,
            Arc::default(),
        )
    }

    fn text(session: &mut Session) -> Option<String> {
        let bytes = session.news.try_recv().ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn pitfall_81_a_frame_has_stream_event_and_the_payload_as_a_string() {
        let listeners = Arc::new(Listeners::default());
        let mut socket = joined(&listeners, 1, "read", Transport::Socket);
        let mut events = joined(&listeners, 1, "read", Transport::Events);
        for session in [&socket, &events] {
            session.subscribe(feed(Stream::User)).unwrap();
        }
        listeners.tell(&Stream::User, "update", Some(&Payload::new(r#"{"a":"b"}"#.to_owned())), false);
        listeners.tell(&Stream::User, "filters_changed", None, false);
        let frame = |json: &str| format!("\u{81}{}{json}", char::from(u8::try_from(json.len()).unwrap()));
        let latin = |bytes: Bytes| bytes.iter().map(|b| char::from(*b)).collect::<String>();
        let update = r#"{"stream":["x"],"event":"update","payload":"{\"a\":\"b\"}"}"#;
        assert_eq!(latin(socket.news.try_recv().unwrap()), frame(update));
        let changed = r#"{"stream":["x"],"event":"filters_changed"}"#;
        assert_eq!(latin(socket.news.try_recv().unwrap()), frame(changed));
        assert_eq!(text(&mut events).unwrap(), "event: update\ndata: {\"a\":\"b\"}\n\n");
        assert_eq!(text(&mut events).unwrap(), "event: filters_changed\ndata: undefined\n\n");
    }

    #[test]
    fn news_are_framed_once_and_shared() {
        let listeners = Arc::new(Listeners::default());
        let mut sessions = [(); 3].map(|()| joined(&listeners, 1, "read", Transport::Socket));
        for session in &sessions {
            session.subscribe(feed(Stream::Direct)).unwrap();
        }
        listeners.tell(&Stream::Direct, "delete", Some(&Payload::new("1".to_owned())), false);
        let places = sessions.each_mut().map(|s| s.news.try_recv().unwrap().as_ptr());
        assert!(places.iter().all(|place| *place == places[0]));
    }

    #[test]
    fn a_slow_listener_is_cut_off_and_others_hear_everything() {
        let listeners = Arc::new(Listeners::default());
        let mut slow = joined(&listeners, 1, "read", Transport::Events);
        let mut quick = joined(&listeners, 1, "read", Transport::Events);
        for session in [&slow, &quick] {
            session.subscribe(feed(Stream::User)).unwrap();
        }
        let payload = Payload::new("1".to_owned());
        for _ in 0..QUEUE * 2 {
            listeners.tell(&Stream::User, "delete", Some(&payload), false);
            assert!(text(&mut quick).is_some());
        }
        assert_eq!(listeners.lock().sessions.len(), 1);
        assert_eq!(std::iter::from_fn(|| text(&mut slow)).count(), QUEUE, "what was queued can be read");
        assert!(slow.news.is_closed());
        drop((slow, quick));
        assert!(listeners.is_empty() && listeners.lock().streams.is_empty(), "something is remembered");
    }

    #[test]
    fn notifications_are_for_tokens_that_may_read_them() {
        let listeners = Arc::new(Listeners::default());
        let mut narrow = joined(&listeners, 1, "read:statuses", Transport::Events);
        narrow.subscribe(feed(Stream::User)).unwrap();
        assert_eq!(narrow.subscribe(feed(Stream::Notifications)), Err(Refused::SCOPE));
        listeners.tell(&Stream::User, "notification", None, true);
        assert_eq!(text(&mut narrow), None);
        let other = joined(&listeners, 2, "read:notifications", Transport::Events);
        assert_eq!(other.subscribe(feed(Stream::User)), Err(Refused::SCOPE));
        other.subscribe(feed(Stream::Notifications)).unwrap();
    }

    #[test]
    fn a_connection_hears_so_many_streams_and_each_once() {
        let listeners = Arc::new(Listeners::default());
        let mut session = joined(&listeners, 1, "read", Transport::Events);
        let tag = |n: usize| Stream::Hashtag { key: n.to_string(), local: false };
        for n in 0..SUBSCRIPTIONS {
            session.subscribe(feed(tag(n))).unwrap();
            session.subscribe(feed(tag(n))).unwrap();
        }
        assert_eq!(session.subscribe(feed(Stream::User)), Err(Refused::TOO_MANY));
        listeners.tell(&tag(0), "delete", None, false);
        assert!(text(&mut session).is_some() && text(&mut session).is_none());
        session.unsubscribe(&tag(0));
        session.subscribe(feed(Stream::User)).unwrap();
        assert!(!listeners.hear(&tag(0)) && listeners.hear(&Stream::User));
    }

    #[test]
    fn pitfall_73_a_token_takes_its_sessions_along_and_no_others() {
        let listeners = Arc::new(Listeners::default());
        let mut gone = joined(&listeners, 1, "read", Transport::Events);
        let mut stays = joined(&listeners, 2, "read", Transport::Events);
        listeners.cut(Holder::Token(TokenId(1)));
        assert!(matches!(gone.news.try_recv(), Err(mpsc::error::TryRecvError::Disconnected)));
        assert!(matches!(stays.news.try_recv(), Err(mpsc::error::TryRecvError::Empty)));
        assert!(gone.subscribe(feed(Stream::User)).is_ok() && !listeners.hear(&Stream::User));
    }
}
