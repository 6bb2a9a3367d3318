//! Move: <https://docs.joinmastodon.org/spec/activitypub/#Move>.

use super::{Addressing, activity};
use crate::model::Instance;
use serde_json::Value;

/// The owner lives at `target` from now on; for the followers, whose servers look there for an alias.
pub fn move_to(me: &Instance, id: String, target: &str) -> Value {
    let followers = Addressing::only(&format!("{}/followers", me.actor()));
    let mut activity = activity(me, "Move", id, me.actor().into(), &followers);
    activity["target"] = target.into();
    activity
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_says, me};
    use super::*;
    use serde_json::json;

    #[test]
    fn a_move_names_both_accounts_and_goes_to_the_followers() {
        let expected = json!({
            "id": "https://a.test/users/alice#moves/1",
            "type": "Move",
            "actor": "https://a.test/users/alice",
            "to": ["https://a.test/users/alice/followers"],
            "cc": [],
            "object": "https://a.test/users/alice",
            "target": "https://b.test/users/bob",
        });
        assert_says(
            &move_to(&me(), "https://a.test/users/alice#moves/1".to_owned(), "https://b.test/users/bob"),
            expected,
        );
    }
}
