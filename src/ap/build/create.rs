//! Create: <https://www.w3.org/TR/activitypub/#create-activity-outbox>.

use super::{Post, activity, note, seconds};
use crate::model::Instance;
use serde_json::Value;

/// The first sending of a post, addressed as the post is.
pub fn create(me: &Instance, post: &Post) -> Value {
    let id = format!("{}/activity", post.status.uri);
    let mut create = activity(me, "Create", id, note(me, post), &post.addressing(me));
    create["published"] = seconds(post.status.created_at).into();
    create
}

#[cfg(test)]
mod tests {
    use super::super::note::tests::{bare, status};
    use super::super::tests::{assert_says, me};
    use super::*;
    use crate::model::Status;
    use serde_json::json;

    #[test]
    fn a_create_is_addressed_as_its_note() {
        let status = status();
        let create = create(&me(), &bare(&status));
        let note = note(&me(), &bare(&status));
        let expected = json!({
            "id": "https://a.test/users/alice/statuses/7/activity",
            "type": "Create",
            "actor": "https://a.test/users/alice",
            "to": note["to"],
            "cc": note["cc"],
            "object": note,
            "published": "2026-08-22T10:00:00Z",
        });
        assert_says(&create, expected);
    }

    #[test]
    fn misskey_takes_64_kib_and_the_longest_post_stays_below() {
        // The longest letters, and what grows most when it is escaped.
        for letter in ["🦀", "&quot;"] {
            let content = format!("<p>{}</p>", letter.repeat(5_000));
            let long = Status { content, ..status() };
            let bytes = create(&me(), &bare(&long)).to_string().len();
            assert!(bytes < 64 * 1024, "{bytes} bytes");
        }
    }
}
