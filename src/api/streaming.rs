//! Streaming: <https://docs.joinmastodon.org/methods/streaming/>
//!
//! This file says what may be listened to, and by whom. [`hub`] turns events into news, once, however many
//! listen; [`listeners`] knows who listens and hands the news out; `news` decides which streams an event
//! belongs to. The connections themselves are the server's (`server::streams`).

pub mod hub;
pub mod listeners;
mod news;

pub use hub::Hub;
pub use listeners::Session;

use super::answer;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::get;
use crate::http::{Auth, Body, Req, Res, Route};
use crate::model::{Access, Feed, Opening, Reach, Stream};
use crate::store::lists;
use crate::text;
use serde_json::{Value, json};

const STATUSES: Auth = Auth::Scope("read:statuses");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/streaming/health", health, Auth::Public),
    get("/api/v1/streaming/user", events, STATUSES),
    get("/api/v1/streaming/user/notification", events, Auth::Scope(Stream::NOTIFICATIONS)),
    get("/api/v1/streaming/public", events, STATUSES),
    get("/api/v1/streaming/public/media", events, STATUSES),
    get("/api/v1/streaming/public/local", events, STATUSES),
    get("/api/v1/streaming/public/local/media", events, STATUSES),
    get("/api/v1/streaming/public/remote", events, STATUSES),
    get("/api/v1/streaming/public/remote/media", events, STATUSES),
    get("/api/v1/streaming/hashtag", events, STATUSES),
    get("/api/v1/streaming/hashtag/local", events, STATUSES),
    get("/api/v1/streaming/list", events, STATUSES),
    get("/api/v1/streaming/direct", events, STATUSES),
    get("/api/v1/streaming", socket, Auth::Public),
    get("/api/v1/streaming/{*rest}", unknown, Auth::Public),
];

/// Where the door is; streams stand below it.
pub const PATH: &str = "/api/v1/streaming";

/// Why a stream is not to be had, in the words of Mastodon's streaming server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub error: &'static str,
    pub status: u16,
}

impl Refused {
    const UNKNOWN: Refused = Refused { error: "Unknown stream type", status: 400 };
    const NO_TAG: Refused = Refused { error: "Missing tag name parameter", status: 400 };
    const NO_LIST: Refused = Refused { error: "Missing list name parameter", status: 400 };
    pub const LIST: Refused = Refused { error: "Not authorized to stream this list", status: 401 };
    const SCOPE: Refused = Refused { error: "Access token does not have the required scopes", status: 401 };
    const TOO_MANY: Refused = Refused { error: "Too many subscriptions", status: 429 };

    /// As a frame (pitfall 83).
    pub fn frame(&self) -> String {
        json!({"error": self.error, "status": self.status}).to_string()
    }
}

/// What an app says on a WebSocket.
#[derive(Debug, PartialEq, Eq)]
pub enum Message {
    Subscribe(Ask),
    Unsubscribe(Ask),
}

/// A stream as it is asked for, not yet understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ask {
    stream: String,
    tag: Option<String>,
    list: Option<String>,
}

/// Reads a frame. What is no JSON, or of another type, is overlooked, as Mastodon does.
pub fn message(text: &str) -> Option<Message> {
    let value: Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| first_word(value.get(name)?);
    let ask = Ask { stream: word("stream").unwrap_or_default(), tag: word("tag"), list: word("list") };
    match value.get("type")?.as_str()? {
        "subscribe" => Some(Message::Subscribe(ask)),
        "unsubscribe" => Some(Message::Unsubscribe(ask)),
        _ => None,
    }
}

/// Apps send ids as numbers, too, and single values in lists.
fn first_word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => list.first().filter(|v| !v.is_array()).and_then(first_word),
        _ => None,
    }
}

impl Ask {
    /// What is meant, by Mastodon's names of streams. Whether a list is there is asked elsewhere.
    pub fn feed(&self) -> Result<Feed, Refused> {
        let name = self.stream.as_str();
        let alone = |stream| Ok(Feed { stream, name: json!([name]).to_string() });
        let public = |reach, only_media| alone(Stream::Public { reach, only_media });
        match name {
            "user" => alone(Stream::User),
            "user:notification" => alone(Stream::Notifications),
            "public" => public(Reach::All, false),
            "public:media" => public(Reach::All, true),
            "public:local" => public(Reach::Local, false),
            "public:local:media" => public(Reach::Local, true),
            "public:remote" => public(Reach::Remote, false),
            "public:remote:media" => public(Reach::Remote, true),
            "direct" => alone(Stream::Direct),
            "hashtag" | "hashtag:local" => {
                let tag = self.tag.as_deref().unwrap_or_default();
                let key = text::normalise_tag(tag);
                if key.is_empty() {
                    return Err(Refused::NO_TAG);
                }
                let stream = Stream::Hashtag { key, local: name == "hashtag:local" };
                Ok(Feed { stream, name: json!([name, tag]).to_string() })
            }
            "list" => {
                let list = self.list.as_deref().filter(|l| !l.is_empty()).ok_or(Refused::NO_LIST)?;
                let id = list.parse().map_err(|_| Refused::LIST)?;
                Ok(Feed { stream: Stream::List(id), name: json!([name, list]).to_string() })
            }
            _ => Err(Refused::UNKNOWN),
        }
    }
}

/// The token of a request for a stream, where no header carries it: browsers cannot set one (pitfall 80).
pub fn token(req: &Req) -> Option<String> {
    if !req.path.starts_with(PATH) {
        return None;
    }
    let given = req.query_text("access_token").or_else(|| protocol(req).map(str::to_owned));
    given.filter(|token| !token.is_empty())
}

/// The subprotocol that the handshake names first.
fn protocol(req: &Req) -> Option<&str> {
    let first = req.header("sec-websocket-protocol")?.split(',').next()?.trim();
    (!first.is_empty()).then_some(first)
}

fn health(_: &App, _: &Req) -> Result<Res> {
    Ok(Res::text(200, "OK"))
}

/// Mastodon's words for a path that is no stream.
fn unknown(_: &App, _: &Req) -> Result<Res> {
    Err(Error::bad_request("Unknown channel requested"))
}

/// Server-sent events: the path names the stream.
fn events(app: &App, req: &Req) -> Result<Res> {
    let path = req.path.trim_end_matches('/').strip_prefix(PATH).unwrap_or_default();
    let mut stream = path.trim_start_matches('/').replace('/', ":");
    let media =
        req.query_text("only_media").is_some_and(|v| !matches!(v.as_str(), "" | "0" | "f" | "false" | "off"));
    if media && stream.starts_with("public") && !stream.ends_with(":media") {
        stream.push_str(":media");
    }
    let ask = Ask { stream, tag: req.query_text("tag"), list: req.query_text("list") };
    let feed = ask.feed().map_err(|refused| match refused {
        Refused::LIST => Error::not_found(),
        refused => Error::bad_request(refused.error),
    })?;
    if let Stream::List(id) = feed.stream {
        app.store.read(|c| lists::get(c, id))?;
    }
    let Access::Token { token, scopes, .. } = req.access.clone() else { return Err(Error::unauthorized()) };
    let mut res = Res::new(200, "text/event-stream", "")
        .with("cache-control", "private, no-store")
        // nginx would gather the events up.
        .with("x-accel-buffering", "no")
        // Nothing else comes on this connection: it is no stranger's any more (see `server::streams`).
        .with("connection", "close");
    res.body = Body::Stream(Box::new(Opening::Events { token, scopes, feed }));
    Ok(res)
}

/// A WebSocket, which subscribes to what it likes. Without an upgrade: the same host serves the streams
/// (pitfall 84).
fn socket(_: &App, req: &Req) -> Result<Res> {
    if !req.header("upgrade").is_some_and(|to| to.to_ascii_lowercase().contains("websocket")) {
        return Err(Error::not_found());
    }
    answer::owner_only(req.viewer(), req)?;
    let Access::Token { token, scopes, .. } = req.access.clone() else { return Err(Error::unauthorized()) };
    let first = req.query_text("stream").filter(|s| !s.is_empty()).map(|stream| {
        json!({
            "type": "subscribe", "stream": stream, "list": req.query_text("list"),
            "tag": req.query_text("tag"),
        })
        .to_string()
    });
    let mut res = Res::new(101, "text/plain", "");
    let protocol = protocol(req).map(str::to_owned);
    res.body = Body::Stream(Box::new(Opening::Socket { token, scopes, first, protocol }));
    Ok(res)
}

/// Whether the owner has that list.
pub fn has_list(app: &App, feed: &Feed) -> Result<bool> {
    let Stream::List(id) = feed.stream else { return Ok(true) };
    match app.store.read(|c| lists::get(c, id)) {
        Ok(_) => Ok(true),
        Err(e) if e.kind == Kind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ListId;

    fn asked(text: &str) -> Result<Feed, Refused> {
        match message(text) {
            Some(Message::Subscribe(ask)) => ask.feed(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn pitfall_82_every_stream_is_known_by_its_name() {
        for (name, stream) in [
            ("user", Stream::User),
            ("user:notification", Stream::Notifications),
            ("public", Stream::Public { reach: Reach::All, only_media: false }),
            ("public:media", Stream::Public { reach: Reach::All, only_media: true }),
            ("public:local", Stream::Public { reach: Reach::Local, only_media: false }),
            ("public:local:media", Stream::Public { reach: Reach::Local, only_media: true }),
            ("public:remote", Stream::Public { reach: Reach::Remote, only_media: false }),
            ("public:remote:media", Stream::Public { reach: Reach::Remote, only_media: true }),
            ("direct", Stream::Direct),
        ] {
            let feed = asked(&format!(r#"{{"type":"subscribe","stream":"{name}"}}"#)).unwrap();
            assert_eq!(feed, Feed { stream, name: format!(r#"["{name}"]"#) });
        }
    }

    #[test]
    fn a_tag_is_found_by_its_key_and_named_as_it_was_sent() {
        let feed = asked(r#"{"type":"subscribe","stream":["hashtag:local"],"tag":"Rīga"}"#).unwrap();
        assert_eq!(feed.stream, Stream::Hashtag { key: "rīga".to_owned(), local: true });
        assert_eq!(feed.name, r#"["hashtag:local","Rīga"]"#);
        let feed = asked(r#"{"type":"subscribe","stream":"list","list":12}"#).unwrap();
        assert_eq!(feed, Feed { stream: Stream::List(ListId(12)), name: r#"["list","12"]"#.to_owned() });
    }

    #[test]
    fn pitfall_83_what_is_no_stream_is_refused_in_mastodons_words() {
        let frame = |text: &str| asked(text).unwrap_err().frame();
        let unknown = r#"{"error":"Unknown stream type","status":400}"#;
        assert_eq!(frame(r#"{"type":"subscribe","stream":"nonsense"}"#), unknown);
        assert_eq!(frame(r#"{"type":"subscribe"}"#), unknown);
        assert_eq!(frame(r#"{"type":"subscribe","stream":[[["user"]]]}"#), unknown);
        let no_tag = r#"{"error":"Missing tag name parameter","status":400}"#;
        assert_eq!(frame(r#"{"type":"subscribe","stream":"hashtag","tag":"!"}"#), no_tag);
        let no_list = r#"{"error":"Missing list name parameter","status":400}"#;
        assert_eq!(frame(r#"{"type":"subscribe","stream":"list"}"#), no_list);
        let list = r#"{"error":"Not authorized to stream this list","status":401}"#;
        assert_eq!(frame(r#"{"type":"subscribe","stream":"list","list":"x"}"#), list);
    }

    #[test]
    fn what_is_no_message_is_overlooked() {
        for text in ["", "{", "[]", "7", r#"{"type":"dance"}"#, r#"{"stream":"user"}"#, r#"{"type":7}"#] {
            assert_eq!(message(text), None, "{text}");
        }
    }
}
