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
}
