//! The house itself: its address, its owner's name, and the owner's settings.

use super::Visibility;
use super::cleanup::Cleanup;
use super::ids::AccountId;
use super::look::Look;
use super::notification_policy::NotificationPolicy;
use super::proxied::Proxied;
use super::stranger::Strangers;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What is decided at set-up and never changes, because other servers remember it.
#[derive(Debug, Clone)]
pub struct Instance {
    /// `https://social.example.org`: scheme, host and port, no slash at the end.
    pub origin: String,
    /// Host and port of `origin`, as in a `Host` header.
    pub host: String,
    /// The part after the @: the same as `host` unless the domain is split.
    pub domain: String,
    pub username: String,
    pub owner: AccountId,
    pub created_at: Timestamp,
    /// What was there before on this domain, whose addresses go on: `gotosocial`, `mastodon`, `snac`.
    pub came_from: Option<String>,
    /// The path of the owner's id, where it is not `/users/` and the name. Begins with a slash.
    pub actor_path: String,
    /// What follows the owner's id in that of the RSA key.
    pub key_name: String,
    /// Gives others' files an address here; `None`: they are shown from where they are.
    pub proxied: Option<Proxied>,
}

impl Instance {
    /// An absolute address on this server. `path` starts with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// From where a picture of somebody else's document is shown: through us, if it is not ours anyway.
    pub fn shown<'a>(&self, url: &'a str) -> Cow<'a, str> {
        let ours = self.owns(url);
        match self.proxied.as_ref().filter(|_| !ours).and_then(|p| p.path(url)) {
            Some(path) => Cow::Owned(self.at(&path)),
            None => Cow::Borrowed(url),
        }
    }

    /// `@alice@example.org`.
    pub fn handle(&self) -> String {
        format!("@{}@{}", self.username, self.domain)
    }

    /// The owner's ActivityPub id.
    pub fn actor(&self) -> String {
        match self.actor_path.as_str() {
            "" => format!("{}/users/{}", self.origin, self.username),
            path => self.at(path),
        }
    }

    /// The id of the owner's RSA key.
    pub fn main_key(&self) -> String {
        self.actor() + &self.key_name
    }

    pub fn followers(&self) -> String {
        format!("{}/followers", self.actor())
    }

    /// The actor that signs what the owner's key need not: fetches.
    pub fn instance_actor(&self) -> String {
        self.at("/actor")
    }

    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// Whether `uri` is an address on this server.
    pub fn owns(&self, uri: &str) -> bool {
        uri.strip_prefix(&self.origin)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}

/// The fragment by which the RSA key is named. Lemmy wants a `#`.
pub const MAIN_KEY: &str = "#main-key";

/// What the owner can change at any time. Kept as one JSON value, hence the derive.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    #[serde(with = "visibility")]
    pub default_visibility: Visibility,
    pub default_sensitive: bool,
    pub default_language: Option<String>,
    /// `public`, `followers` or `nobody`.
    pub default_quote_policy: String,
    /// New posts are written in Markdown.
    pub default_markdown: bool,
    /// Pictures without an alternative text are asked about before they are posted.
    pub alt_reminder: bool,
    /// `default`, `show_all` or `hide_all`.
    pub expand_media: String,
    pub expand_spoilers: bool,
    /// The language of the owner's pages, if it is not the browser's choice.
    pub locale: Option<String>,
    pub notifications: NotificationPolicy,
    pub strangers: Strangers,
    /// What the owner's pictures show, for those who do not see them.
    pub avatar_description: String,
    pub header_description: String,
    /// Which parts of the profile apps show.
    pub show_media: bool,
    pub show_media_replies: bool,
    pub show_featured: bool,
    /// Sites that may name the owner as the author of their articles.
    pub attribution_domains: Vec<String>,
    /// Which of the owner's old posts go by themselves.
    pub cleanup: Cleanup,
    pub place: Place,
    pub look: Look,
    /// Visitors of the profile of an owner who moved away are led to the new one.
    pub lead_on: bool,
}

/// What the owner says of this server, to visitors and crawlers. Empty texts: what `ops::place` says by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub rules: Vec<String>,
    pub about: String,
    pub privacy: String,
    pub terms: String,
    /// When these were last changed, in milliseconds since 1970.
    pub changed_at: Option<i64>,
    /// Names of crawlers that are to stay away.
    pub crawlers: Vec<String>,
}

/// Those that gather pages to train language models, by what they call themselves in `robots.txt`.
const CRAWLERS: &[&str] = &[
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ChatGPT-User",
    "ClaudeBot",
    "Diffbot",
    "FacebookBot",
    "GPTBot",
    "Google-Extended",
    "ImagesiftBot",
    "Meta-ExternalAgent",
    "OAI-SearchBot",
    "Omgilibot",
    "PerplexityBot",
    "Timpibot",
    "anthropic-ai",
    "cohere-ai",
];

impl Default for Place {
    fn default() -> Place {
        Place {
            rules: Vec::new(),
            about: String::new(),
            privacy: String::new(),
            terms: String::new(),
            changed_at: None,
            crawlers: CRAWLERS.iter().map(|name| (*name).to_owned()).collect(),
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            default_visibility: Visibility::Public,
            default_sensitive: false,
            default_language: None,
            default_quote_policy: "public".to_owned(),
            default_markdown: false,
            alt_reminder: true,
            expand_media: "default".to_owned(),
            expand_spoilers: false,
            notifications: NotificationPolicy::default(),
            strangers: Strangers::default(),
            avatar_description: String::new(),
            header_description: String::new(),
            show_media: true,
            show_media_replies: true,
            show_featured: true,
            attribution_domains: Vec::new(),
            cleanup: Cleanup::default(),
            place: Place::default(),
            locale: None,
            look: Look::default(),
            lead_on: false,
        }
    }
}

#[cfg(test)]
impl Instance {
    /// `alice` at `https://a.test`.
    pub fn of_tests() -> Instance {
        Instance {
            origin: "https://a.test".into(),
            host: "a.test".into(),
            domain: "a.test".into(),
            username: "alice".into(),
            owner: AccountId(1),
            created_at: Timestamp(0),
            came_from: None,
            actor_path: String::new(),
            key_name: MAIN_KEY.into(),
            proxied: None,
        }
    }
}

mod visibility {
    use super::Visibility;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(v: &Visibility, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(v.as_str())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Visibility, D::Error> {
        let text = String::deserialize(d)?;
        Ok(Visibility::parse(&text).unwrap_or_default())
    }
}
