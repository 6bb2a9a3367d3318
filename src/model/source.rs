//! Where posts of strangers come from, if the owner wants some.

use super::{Follow, RowId, SourceId, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SourceKind {
    /// It passes on what many servers send it.
    #[default]
    Relay,
    /// A server with an account a hashtag, which boosts the posts that have it: tags.pub.
    Tags,
    /// A server whose public hashtag pages are read.
    Pages,
}

impl SourceKind {
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Relay => "relay",
            SourceKind::Tags => "tags",
            SourceKind::Pages => "pages",
        }
    }

    pub fn parse(text: &str) -> Option<SourceKind> {
        [SourceKind::Relay, SourceKind::Tags, SourceKind::Pages].into_iter().find(|k| k.as_str() == text)
    }
}

#[derive(Debug, Clone, Default)]
pub struct Source {
    pub id: SourceId,
    pub kind: SourceKind,
    /// Of a relay its inbox or actor, else a host.
    pub address: String,
    /// A relay's posts are kept without a followed hashtag, too.
    pub everything: bool,
    /// The relay gets the owner's public posts.
    pub sends: bool,
    /// Posts that it brought.
    pub taken: i64,
    pub asked_at: Option<Timestamp>,
    pub failure: Option<String>,
}

/// What the instance actor follows for a source.
#[derive(Debug, Clone, Default)]
pub struct Subscription {
    pub id: RowId,
    pub source: SourceId,
    /// Of an account that stands for a hashtag; else empty.
    pub tag: String,
    pub inbox: String,
    /// `None`: a relay that is known by its inbox alone.
    pub actor: Option<String>,
    /// What is followed: that actor, or Public.
    pub object: String,
    pub follow_uri: String,
    pub state: Follow,
}
