//! Follow: <https://www.w3.org/TR/activitypub/#follow-activity-outbox>.

use super::{Addressing, activity};
use crate::model::Instance;
use serde_json::Value;

/// The owner wants to follow `target`, an actor's id.
pub fn follow(me: &Instance, id: &str, target: &str) -> Value {
    activity(me, "Follow", id.to_owned(), target.into(), &Addressing::only(target))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_says, me};
    use super::*;
    use serde_json::json;

    #[test]
    fn a_follow_names_the_actor_as_a_string() {
        let id = "https://a.test/users/alice#follows/2/3";
        let expected = json!({
            "id": id,
            "type": "Follow",
            "actor": "https://a.test/users/alice",
            "to": ["https://b.test/users/bob"],
            "cc": [],
            "object": "https://b.test/users/bob",
        });
        assert_says(&follow(&me(), id, "https://b.test/users/bob"), expected);
    }
}
