//! Like, also with an emoji: <https://www.w3.org/TR/activitypub/#like-activity-outbox>,
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/c0e0/fep-c0e0.md>.

use super::{Addressing, activity, emoji};
use crate::model::{Given, Instance};
use serde_json::{Value, json};

/// The owner favourited `object`; for its author alone.
pub fn like(me: &Instance, id: &str, object: &str, author: &str) -> Value {
    activity(me, "Like", id.to_owned(), object.into(), &Addressing::only(author))
}

/// The owner gave an emoji to `object`, told as a `Like` or as an `EmojiReact`.
pub fn reaction(me: &Instance, kind: &str, given: &Given, object: &str, author: &str) -> Value {
    let id = given.uri.clone().unwrap_or_default();
    let mut activity = activity(me, kind, id, object.into(), &Addressing::only(author));
    let custom = !given.emoji.url.is_empty();
    let code = &given.emoji.shortcode;
    let content = if custom { format!(":{code}:") } else { code.clone() };
    if custom {
        activity["tag"] = json!([emoji(me, &given.emoji)]);
    }
    // The words of these alone, so that no other document has to explain them.
    let words = activity.pointer_mut("/@context/1").and_then(Value::as_object_mut);
    if kind == "Like" {
        words.map(|words| {
            words.insert(MISSKEY.to_owned(), json!(format!("https://misskey-hub.net/ns#{MISSKEY}")))
        });
        activity[MISSKEY] = content.as_str().into();
    } else {
        words.map(|words| words.insert(kind.to_owned(), json!(format!("http://litepub.social/ns#{kind}"))));
    }
    activity["content"] = content.into();
    activity
}

/// What Misskey reads; it leaves `content` alone in what it does not know.
const MISSKEY: &str = "_misskey_reaction";

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_says, me};
    use super::*;
    use crate::model::{AccountId, Emoji, RowId, StatusId};

    #[test]
    fn a_like_goes_to_the_author_alone() {
        let id = "https://a.test/users/alice#likes/3";
        let expected = json!({
            "id": id,
            "type": "Like",
            "actor": "https://a.test/users/alice",
            "to": ["https://b.test/users/bob"],
            "cc": [],
            "object": "https://b.test/notes/1",
        });
        assert_says(&like(&me(), id, "https://b.test/notes/1", "https://b.test/users/bob"), expected);
    }

    #[test]
    fn a_reaction_explains_its_words_and_shows_its_emoji() {
        let emoji = |code: &str, url: &str| Emoji { shortcode: code.to_owned(), url: url.to_owned() };
        let of = |kind: &str, emoji: Emoji| {
            let given = Given {
                id: RowId(1),
                status: StatusId(1),
                by: AccountId(1),
                emoji,
                uri: Some("https://a.test/reactions/1".to_owned()),
                dislike: false,
                sent: None,
            };
            reaction(&me(), kind, &given, "https://b.test/notes/1", "https://b.test/users/bob")
        };
        let like = of("Like", emoji("blobcat", "https://a.test/blobcat.png"));
        assert_eq!(like["@context"][1]["_misskey_reaction"], "https://misskey-hub.net/ns#_misskey_reaction");
        assert_eq!(
            (&like["content"], &like["_misskey_reaction"]),
            (&json!(":blobcat:"), &json!(":blobcat:"))
        );
        assert_eq!(like["tag"][0]["icon"]["url"], "https://a.test/blobcat.png");
        let react = of("EmojiReact", emoji("🎉", ""));
        assert_eq!(react["@context"][1]["EmojiReact"], "http://litepub.social/ns#EmojiReact");
        assert_eq!((&react["content"], react.get("_misskey_reaction")), (&json!("🎉"), None));
        assert_eq!(react.get("tag"), None);
    }
}
