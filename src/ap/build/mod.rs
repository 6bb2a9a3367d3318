//! What we say, one file a document or activity: pure functions from our nouns to JSON.
//!
//! What holds for all of them, because some reader drops what breaks it: `to` and `cc` are arrays; the
//! actor is a string (Threads takes no embedded one); every id is on our host and, for what has no page of
//! its own, a fragment of something that has; an activity carries its own `@context`.

pub mod accept;
pub mod actor;
pub mod announce;
pub mod block;
pub mod collection;
pub mod create;
pub mod delete;
pub mod emoji;
pub mod featured;
pub mod flag;
pub mod follow;
pub mod like;
pub mod moving;
pub mod note;
pub mod question;
pub mod quote_request;
pub mod relay;
pub mod reply;
pub mod tombstone;
pub mod undo;
pub mod update;

pub use accept::{accept_follow, reject_follow};
pub use actor::{Profile, actor, instance_actor};
pub use announce::announce;
pub use block::block;
pub use collection::{collection, collection_page, items, ordered_collection, ordered_items, ordered_page};
pub use create::create;
pub use delete::delete_note;
pub use emoji::{emoji, emoji_document};
pub use featured::pin;
pub use flag::flag;
pub use follow::follow;
pub use like::{like, reaction};
pub use moving::move_to;
pub use note::{Post, Quoting, hashtag, note};
pub use question::vote;
pub use quote_request::{
    Request as QuoteRequest, accept_quote, authorization_uri, quote_authorization, quote_request,
    reject_quote, revoke_quote,
};
pub use relay::{accept_relay, follow_relay, unfollow_relay};
pub use reply::{accept_reply, reply_authorization};
pub use tombstone::tombstone;
pub use undo::undo;
pub use update::{update_actor, update_note};

use super::addressing::Addressing;
use super::context;
use crate::model::{Instance, Timestamp};
use serde_json::{Map, Value};

/// An object as a document of its own: with its `@context` in front.
pub fn document(inner: Value) -> Value {
    with_context(context::of_objects(), inner)
}

fn with_context(context: Value, inner: Value) -> Value {
    let mut document = Map::new();
    document.insert("@context".to_owned(), context);
    if let Value::Object(inner) = inner {
        document.extend(inner);
    }
    Value::Object(document)
}

/// The same object to be put into another: the outer `@context` counts.
pub fn embedded(mut document: Value) -> Value {
    if let Value::Object(map) = &mut document {
        map.shift_remove("@context");
    }
    document
}

/// An activity of the owner's.
fn activity(me: &Instance, kind: &str, id: String, object: Value, addressing: &Addressing) -> Value {
    let mut map = Map::new();
    map.insert("id".to_owned(), id.into());
    map.insert("type".to_owned(), kind.into());
    map.insert("actor".to_owned(), me.actor().into());
    addressing.write(&mut map);
    map.insert("object".to_owned(), object);
    document(Value::Object(map))
}

/// Whole seconds, as Mastodon writes them; a fraction is more than some readers expect.
fn seconds(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use serde_json::json;

    pub fn me() -> Instance {
        Instance { domain: "alice.test".to_owned(), ..Instance::of_tests() }
    }

    /// 2026-08-22T10:00:00.5Z.
    pub const NOW: Timestamp = Timestamp(1_787_392_800_500);

    /// Compares all but the `@context`, which has to be there, first, and begin with ActivityStreams.
    pub fn assert_says(document: &Value, expected: Value) {
        let context = document.as_object().and_then(|map| map.iter().next()).unwrap();
        assert_eq!(context.0, "@context");
        assert_eq!(context.1[0], "https://www.w3.org/ns/activitystreams");
        assert_eq!(embedded(document.clone()), expected);
    }

    #[test]
    fn a_document_begins_with_its_context_and_loses_it_when_it_is_embedded() {
        let document = document(json!({"id": "x"}));
        assert_says(&document, json!({"id": "x"}));
        assert_eq!(embedded(document), json!({"id": "x"}));
    }

    #[test]
    fn friendica_and_fedify_find_every_word_in_the_context() {
        let words = [
            "sensitive",
            "Hashtag",
            "conversation",
            "blurhash",
            "focalPoint",
            "votersCount",
            "quote",
            "quoteAuthorization",
            "QuoteRequest",
            "QuoteAuthorization",
            "_misskey_quote",
            "quoteUri",
            "quoteUrl",
            "interactionPolicy",
            "canQuote",
            "canReply",
            "ReplyAuthorization",
            "automaticApproval",
            "manualApproval",
            "interactingObject",
            "interactionTarget",
        ];
        let defined = context::of_objects();
        assert!(words.iter().all(|word| defined[1].get(word).is_some()));
        let words = [
            "manuallyApprovesFollowers",
            "featured",
            "featuredTags",
            "discoverable",
            "indexable",
            "attributionDomains",
            "showMedia",
            "showRepliesInMedia",
            "showFeatured",
            "PropertyValue",
            "value",
            "webfinger",
            "alsoKnownAs",
            "movedTo",
        ];
        let defined = context::of_actors();
        assert!(words.iter().all(|word| defined[3].get(word).is_some()));
    }
}
