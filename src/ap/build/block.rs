//! Block, which Mastodon sends to the blocked one's server so that it hides the owner there:
//! <https://www.w3.org/TR/activitypub/#block-activity-outbox>.

use super::{Addressing, activity};
use crate::model::Instance;
use serde_json::Value;

/// The owner blocks `target`, an actor's id.
pub fn block(me: &Instance, id: &str, target: &str) -> Value {
    activity(me, "Block", id.to_owned(), target.into(), &Addressing::only(target))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_says, me};
    use super::*;
    use serde_json::json;

    #[test]
    fn a_block_goes_to_the_blocked_alone() {
        let id = "https://a.test/users/alice#blocks/3";
        let expected = json!({
            "id": id,
            "type": "Block",
            "actor": "https://a.test/users/alice",
            "to": ["https://b.test/users/bob"],
            "cc": [],
            "object": "https://b.test/users/bob",
        });
        assert_says(&block(&me(), id, "https://b.test/users/bob"), expected);
    }
}
