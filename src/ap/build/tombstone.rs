//! Tombstone: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-tombstone>.

use super::{document, seconds};
use crate::model::Timestamp;
use serde_json::{Value, json};

/// What stands where `uri` was.
pub fn tombstone(uri: &str, deleted: Timestamp) -> Value {
    document(json!({"id": uri, "type": "Tombstone", "deleted": seconds(deleted)}))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, assert_says};
    use super::*;

    #[test]
    fn a_tombstone_says_since_when() {
        let expected =
            json!({"id": "https://a.test/x", "type": "Tombstone", "deleted": "2026-08-22T10:00:00Z"});
        assert_says(&tombstone("https://a.test/x", NOW), expected);
    }
}
