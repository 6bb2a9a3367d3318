//! Update: <https://www.w3.org/TR/activitypub/#update-activity-outbox>.

use super::{Addressing, Post, Profile, activity, actor, context, embedded, note, seconds, with_context};
use crate::model::{Instance, Timestamp};
use serde_json::Value;

/// A post as it stands after an edit. `now` makes the id: each version has its own.
pub fn update_note(me: &Instance, post: &Post, now: Timestamp) -> Value {
    let id = format!("{}#updates/{}", post.status.uri, now.0);
    let mut update = activity(me, "Update", id, note(me, post), &post.addressing(me));
    update["published"] = seconds(now).into();
    update
}

/// The profile as it now stands, for everybody.
pub fn update_actor(me: &Instance, profile: &Profile, now: Timestamp) -> Value {
    let id = format!("{}#updates/{}", me.actor(), now.0);
    let object = embedded(actor(me, profile));
    let mut update = activity(me, "Update", id, object, &Addressing::followers_and_everybody(me));
    update["published"] = seconds(now).into();
    // The words inside are an actor's.
    with_context(context::of_actors(), embedded(update))
}

#[cfg(test)]
mod tests {
    use super::super::actor::tests::{account, profile};
    use super::super::note::tests::{bare, status};
    use super::super::tests::{NOW, assert_says, me};
    use super::*;
    use crate::ap::PUBLIC;
    use serde_json::json;

    #[test]
    fn an_edit_carries_the_whole_note_under_an_id_of_its_own() {
        let status = status();
        let note = note(&me(), &bare(&status));
        let expected = json!({
            "id": "https://a.test/users/alice/statuses/7#updates/1787392800500",
            "type": "Update",
            "actor": "https://a.test/users/alice",
            "to": note["to"],
            "cc": note["cc"],
            "object": note,
            "published": "2026-08-22T10:00:00Z",
        });
        assert_says(&update_note(&me(), &bare(&status), NOW), expected);
    }

    #[test]
    fn mastodon_takes_a_profile_whose_id_is_the_actor() {
        let account = account();
        let update = update_actor(&me(), &profile(&account), NOW);
        assert_eq!(update["object"]["id"], update["actor"]);
        assert!(update["object"].get("@context").is_none());
        assert_eq!(update["@context"], context::of_actors());
        assert_eq!(update["to"], json!([PUBLIC]));
    }
}
