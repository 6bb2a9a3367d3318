//! Like: <https://www.w3.org/TR/activitypub/#like-activity-outbox>.

use super::{Addressing, activity};
use crate::model::Instance;
use serde_json::Value;

/// The owner favourited `object`; for its author alone.
pub fn like(me: &Instance, id: &str, object: &str, author: &str) -> Value {
    activity(me, "Like", id.to_owned(), object.into(), &Addressing::only(author))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_says, me};
    use super::*;
    use serde_json::json;

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
