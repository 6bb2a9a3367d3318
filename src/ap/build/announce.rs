//! Announce: <https://www.w3.org/TR/activitypub/#announce-activity-outbox>.

use super::{Addressing, activity, seconds};
use crate::model::{Instance, Status};
use serde_json::Value;

/// A boost. `boost` is the owner's wrapper, `original` the id of what is boosted, `author` its author's.
pub fn announce(me: &Instance, boost: &Status, original: &str, author: &str) -> Value {
    let addressing = Addressing::of(me, boost.visibility, [author]);
    let mut announce = activity(me, "Announce", boost.uri.clone(), original.into(), &addressing);
    announce["published"] = seconds(boost.created_at).into();
    announce
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, assert_says, me};
    use super::*;
    use crate::ap::PUBLIC;
    use serde_json::json;

    #[test]
    fn a_boost_names_the_original_and_tells_its_author() {
        let boost = Status {
            uri: "https://a.test/users/alice/statuses/9/activity".to_owned(),
            created_at: NOW,
            ..Status::default()
        };
        let expected = json!({
            "id": "https://a.test/users/alice/statuses/9/activity",
            "type": "Announce",
            "actor": "https://a.test/users/alice",
            "to": [PUBLIC],
            "cc": ["https://a.test/users/alice/followers", "https://b.test/users/bob"],
            "object": "https://b.test/notes/1",
            "published": "2026-08-22T10:00:00Z",
        });
        let announce = announce(&me(), &boost, "https://b.test/notes/1", "https://b.test/users/bob");
        assert_says(&announce, expected);
    }
}
