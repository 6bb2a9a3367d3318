//! Delete: <https://www.w3.org/TR/activitypub/#delete-activity-outbox>.

use super::{Addressing, activity};
use crate::model::{Instance, Status};
use serde_json::{Value, json};

/// The post is gone. Nothing of it is in the activity, so whoever had it may be told as everybody.
pub fn delete_note(me: &Instance, status: &Status) -> Value {
    let object = json!({"id": status.uri, "type": "Tombstone"});
    activity(me, "Delete", format!("{}#delete", status.uri), object, &Addressing::everybody())
}

#[cfg(test)]
mod tests {
    use super::super::note::tests::status;
    use super::super::tests::{assert_says, me};
    use super::*;
    use crate::ap::PUBLIC;

    #[test]
    fn a_delete_names_a_tombstone_and_nothing_of_what_was_said() {
        let expected = json!({
            "id": "https://a.test/users/alice/statuses/7#delete",
            "type": "Delete",
            "actor": "https://a.test/users/alice",
            "to": [PUBLIC],
            "cc": [],
            "object": {"id": "https://a.test/users/alice/statuses/7", "type": "Tombstone"},
        });
        assert_says(&delete_note(&me(), &status()), expected);
    }
}
