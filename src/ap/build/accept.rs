//! Accept and Reject of a Follow: <https://www.w3.org/TR/activitypub/#accept-activity-inbox>.

use super::{Addressing, activity};
use crate::model::{Instance, Timestamp};
use serde_json::{Map, Value};

/// The owner lets `follower` (an actor's id) follow. `follow_id` is the id of their Follow, if known.
pub fn accept_follow(me: &Instance, follower: &str, follow_id: Option<&str>, now: Timestamp) -> Value {
    answer(me, "Accept", "accepts", follower, follow_id, now)
}

/// The owner refuses `follower`, or removes them later.
pub fn reject_follow(me: &Instance, follower: &str, follow_id: Option<&str>, now: Timestamp) -> Value {
    answer(me, "Reject", "rejects", follower, follow_id, now)
}

fn answer(
    me: &Instance,
    kind: &str,
    place: &str,
    follower: &str,
    follow_id: Option<&str>,
    now: Timestamp,
) -> Value {
    // Misskey wants an id on our host. The same Follow may be answered twice, hence the time.
    let id = format!("{}#{place}/follows/{}", me.actor(), now.0);
    let mut follow = Map::new();
    // Pleroma finds the Follow by its id, Mastodon by the id or by actor and object.
    if let Some(follow_id) = follow_id {
        follow.insert("id".to_owned(), follow_id.into());
    }
    follow.insert("type".to_owned(), "Follow".into());
    follow.insert("actor".to_owned(), follower.into());
    follow.insert("object".to_owned(), me.actor().into());
    activity(me, kind, id, Value::Object(follow), &Addressing::only(follower))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, assert_says, me};
    use super::*;
    use serde_json::json;

    #[test]
    fn an_accept_embeds_the_follow_and_has_an_id_of_ours() {
        let bob = "https://b.test/users/bob";
        let expected = json!({
            "id": "https://a.test/users/alice#accepts/follows/1787392800500",
            "type": "Accept",
            "actor": "https://a.test/users/alice",
            "to": [bob],
            "cc": [],
            "object": {
                "id": "https://b.test/follows/1",
                "type": "Follow",
                "actor": bob,
                "object": "https://a.test/users/alice",
            },
        });
        assert_says(&accept_follow(&me(), bob, Some("https://b.test/follows/1"), NOW), expected);
    }

    #[test]
    fn a_reject_says_who_follows_whom_even_when_the_follow_had_no_id() {
        let reject = reject_follow(&me(), "https://b.test/users/bob", None, NOW);
        assert_eq!(reject["type"], "Reject");
        let expected = json!({"type": "Follow", "actor": "https://b.test/users/bob", "object": "https://a.test/users/alice"});
        assert_eq!(reject["object"], expected);
    }
}
