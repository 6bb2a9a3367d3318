//! Streams of events that apps listen to: <https://docs.joinmastodon.org/methods/streaming/#streams>

use super::access::Scopes;
use super::ids::{ListId, TokenId};

/// What can be listened to. Everything here is the owner's: nobody else listens.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Stream {
    /// Home, and notifications where the token may read them.
    User,
    Notifications,
    Public {
        reach: Reach,
        only_media: bool,
    },
    /// By the key of the tag (see `text::normalise_tag`).
    Hashtag {
        key: String,
        local: bool,
    },
    List(ListId),
    Direct,
}

/// Whose public posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    All,
    Local,
    Remote,
}

impl Stream {
    /// What a token needs to listen.
    pub fn scope(&self) -> &'static str {
        match self {
            Stream::Notifications => Stream::NOTIFICATIONS,
            _ => "read:statuses",
        }
    }

    /// What a token needs to hear of notifications, on [`Stream::User`] too.
    pub const NOTIFICATIONS: &'static str = "read:notifications";
}

/// A stream with the name that the listener gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub stream: Stream,
    /// The JSON array that is in each frame: `["list","12"]`.
    pub name: String,
}

/// How events go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    Socket,
    /// Server-sent events.
    Events,
}

/// What the server needs to know to open a stream: the request is answered, the listening begins.
#[derive(Debug)]
pub enum Opening {
    Socket {
        token: TokenId,
        scopes: Scopes,
        /// As if the app had sent this first: what the address asked for.
        first: Option<String>,
        /// The subprotocol to echo.
        protocol: Option<String>,
    },
    Events {
        token: TokenId,
        scopes: Scopes,
        feed: Feed,
    },
}
