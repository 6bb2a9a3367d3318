//! Streams of events that apps listen to: <https://docs.joinmastodon.org/methods/streaming/#streams>

use super::access::Scopes;
use super::ids::{ListId, SessionId, TokenId};

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
    /// Server-sent events for our own pages: ids alone, since a page fetches what it shows.
    Pages,
}

/// Whose streams end when it is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Token(TokenId),
    Session(SessionId),
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
    /// A page of ours in the owner's browser: home and notifications.
    Pages {
        session: SessionId,
    },
}

impl Opening {
    pub fn holder(&self) -> Holder {
        match self {
            Opening::Socket { token, .. } | Opening::Events { token, .. } => Holder::Token(*token),
            Opening::Pages { session } => Holder::Session(*session),
        }
    }
}
