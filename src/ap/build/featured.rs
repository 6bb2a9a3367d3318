//! Add and Remove of a pinned post: <https://docs.joinmastodon.org/spec/activitypub/#featured>.

use super::{Addressing, activity};
use crate::model::{Instance, Status, Timestamp};
use serde_json::Value;

/// The owner pinned a post, or took it off. The same one may be pinned again, hence the time.
pub fn pin(me: &Instance, status: &Status, pinned: bool, now: Timestamp) -> Value {
    let kind = if pinned { "Add" } else { "Remove" };
    let id = format!("{}#{}/{}", status.uri, kind.to_lowercase(), now.0);
    let addressing = Addressing::of(me, status.visibility, []);
    let mut said = activity(me, kind, id, status.uri.as_str().into(), &addressing);
    said["target"] = format!("{}/collections/featured", me.actor()).into();
    said
}

#[cfg(test)]
mod tests {
    use super::super::note::tests::status;
    use super::super::tests::{NOW, assert_says, me};
    use super::*;
    use crate::ap::PUBLIC;
    use serde_json::json;

    #[test]
    fn a_pin_names_the_post_and_the_collection() {
        let uri = "https://a.test/users/alice/statuses/7";
        let expected = json!({
            "id": format!("{uri}#add/{}", NOW.0),
            "type": "Add",
            "actor": "https://a.test/users/alice",
            "to": [PUBLIC],
            "cc": ["https://a.test/users/alice/followers"],
            "object": uri,
            "target": "https://a.test/users/alice/collections/featured",
        });
        assert_says(&pin(&me(), &status(), true, NOW), expected);
        assert_eq!(pin(&me(), &status(), false, NOW)["type"], "Remove");
    }
}
