//! What every activity has around its object: <https://www.w3.org/TR/activitypub/#overview>

use super::value::{first_id, id, ids, kind};
use serde_json::Value;

/// An activity, read as far as every kind of it is the same.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Left out by GoToSocial's Delete, for one.
    pub id: Option<String>,
    /// Without its prefix; empty where there was none.
    pub kind: String,
    /// Whose activity it says it is.
    pub actor: String,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    /// The whole of it.
    pub json: Value,
}

impl Envelope {
    /// `None`: no object, or one without an actor, which nobody could answer for.
    pub fn read(json: Value) -> Option<Envelope> {
        if !json.is_object() {
            return None;
        }
        Some(Envelope {
            id: id(&json).map(str::to_owned),
            kind: kind(&json).to_owned(),
            actor: first_id(&json, "actor")?,
            to: ids(&json, "to"),
            cc: ids(&json, "cc"),
            json,
        })
    }

    /// The object, or the first of several; null where there is none.
    pub fn object(&self) -> &Value {
        match self.json.get("object") {
            Some(Value::Array(items)) => items.first().unwrap_or(&Value::Null),
            Some(value) => value,
            None => &Value::Null,
        }
    }

    pub fn object_id(&self) -> Option<&str> {
        id(self.object())
    }

    /// The object where it is more than its id.
    pub fn embedded(&self) -> Option<&Value> {
        let object = self.object();
        (object.is_object() && !kind(object).is_empty() && kind(object) != "Link").then_some(object)
    }

    /// An account that says of itself that it is gone: most of what arrives from large servers.
    pub fn is_farewell(&self) -> bool {
        self.kind == "Delete" && self.object_id() == Some(self.actor.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::parse::fixture;
    use serde_json::json;

    #[test]
    fn an_activity_needs_an_actor_and_nothing_else() {
        assert!(Envelope::read(json!({"type": "Like"})).is_none());
        assert!(Envelope::read(json!(["Like"])).is_none());
        let bare = Envelope::read(json!({"actor": {"id": "https://a.example/u"}})).unwrap();
        assert_eq!((bare.actor.as_str(), bare.kind.as_str()), ("https://a.example/u", ""));
        assert_eq!((bare.object_id(), bare.embedded()), (None, None));
    }

    #[test]
    fn a_bare_id_is_not_an_embedded_object() {
        let read = |object| {
            Envelope::read(json!({"type": "Create", "actor": "https://a.example/u", "object": object}))
        };
        assert!(read(json!("https://a.example/1")).unwrap().embedded().is_none());
        assert!(read(json!({"id": "https://a.example/1"})).unwrap().embedded().is_none());
        let several = read(json!([{"id": "https://a.example/1", "type": "Note"}])).unwrap();
        assert!(several.embedded().is_some());
        assert_eq!(several.object_id(), Some("https://a.example/1"));
    }

    #[test]
    fn activities_of_real_software_name_their_actor_and_object() {
        for (file, kind, object) in [
            ("mastodon/update_note.json", "Update", "https://mastodon.example/users/alice/statuses/110"),
            ("mastodon/delete_note.json", "Delete", "https://mastodon.example/users/alice/statuses/110"),
            ("mastodon/delete_actor.json", "Delete", "https://mastodon.example/users/alice"),
            ("mastodon/follow.json", "Follow", "https://home.example/users/owner"),
            ("mastodon/undo_follow.json", "Undo", "https://mastodon.example/5b1e8a60-follow"),
            ("mastodon/announce.json", "Announce", "https://home.example/users/owner/statuses/1"),
            (
                "gotosocial/delete_note.json",
                "Delete",
                "https://gts.example/users/gus/statuses/01J00000000000000000000000",
            ),
            ("misskey/like.json", "Like", "https://home.example/users/owner/statuses/1"),
            ("pleroma/emoji_react.json", "EmojiReact", "https://home.example/users/owner/statuses/1"),
            ("lemmy/announce_create_page.json", "Announce", "https://lemmy.example/activities/create/1"),
            ("lemmy/announce_page.json", "Announce", "https://lemmy.example/post/1"),
            ("friendica/follow_post.json", "Follow", "https://home.example/users/owner/statuses/1"),
        ] {
            let envelope = Envelope::read(fixture(file)).unwrap();
            assert_eq!((envelope.kind.as_str(), envelope.object_id()), (kind, Some(object)), "{file}");
            assert_eq!(envelope.is_farewell(), file == "mastodon/delete_actor.json", "{file}");
            assert_eq!(envelope.id.is_none(), file == "gotosocial/delete_note.json", "{file}");
        }
    }

    #[test]
    fn a_farewell_is_a_delete_of_oneself_in_any_shape() {
        for object in
            [json!("https://a.example/u"), json!({"id": "https://a.example/u", "type": "Tombstone"})]
        {
            let delete = json!({"type": "Delete", "actor": "https://a.example/u", "object": object});
            assert!(Envelope::read(delete).unwrap().is_farewell());
        }
    }
}
