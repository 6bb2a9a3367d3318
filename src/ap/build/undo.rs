//! Undo: <https://www.w3.org/TR/activitypub/#undo-activity-outbox>.

use super::{Addressing, activity, embedded};
use crate::model::Instance;
use serde_json::Value;

/// Takes `inner` back, an activity of the owner's, from everybody who got it.
///
/// It is embedded whole: Mastodon, PeerTube and Threads make nothing of its id alone.
pub fn undo(me: &Instance, inner: Value) -> Value {
    let inner = embedded(inner);
    let inner_id = inner["id"].as_str().unwrap_or_default();
    let id = if inner_id.contains('#') { format!("{inner_id}/undo") } else { format!("{inner_id}#undo") };
    let list = |key: &str| {
        let names = inner[key].as_array().into_iter().flatten();
        names.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let addressing = Addressing { to: list("to"), cc: list("cc") };
    activity(me, "Undo", id, inner, &addressing)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, assert_says, me};
    use super::super::{announce, like};
    use super::*;
    use crate::model::Status;
    use serde_json::json;

    #[test]
    fn an_undo_embeds_what_it_takes_back_for_the_same_readers() {
        let bob = "https://b.test/users/bob";
        let like = like(&me(), "https://a.test/users/alice#likes/3", "https://b.test/notes/1", bob);
        let expected = json!({
            "id": "https://a.test/users/alice#likes/3/undo",
            "type": "Undo",
            "actor": "https://a.test/users/alice",
            "to": [bob],
            "cc": [],
            "object": embedded(like.clone()),
        });
        assert_says(&undo(&me(), like), expected);
    }

    #[test]
    fn an_undo_of_what_has_an_address_is_a_fragment_of_it() {
        let uri = "https://a.test/users/alice/statuses/9/activity".to_owned();
        let boost = Status { uri, created_at: NOW, ..Status::default() };
        let undo = undo(&me(), announce(&me(), &boost, "https://b.test/1", "https://b.test/bob"));
        assert_eq!(undo["id"], "https://a.test/users/alice/statuses/9/activity#undo");
        assert_eq!(undo["cc"], undo["object"]["cc"]);
    }
}
