//! Flag, a report to the moderators of another server. Mastodon sends it from its instance actor, so that
//! nobody there learns who reported: <https://docs.joinmastodon.org/spec/activitypub/#Flag>.

use super::{Addressing, document};
use crate::model::Instance;
use serde_json::{Map, Value};

/// Reports `target`, an actor's id, and `statuses` of theirs. `id` is the Flag's own.
pub fn flag(me: &Instance, id: String, target: &str, statuses: &[String], comment: &str) -> Value {
    let mut object = vec![Value::from(target)];
    object.extend(statuses.iter().map(|uri| Value::from(uri.as_str())));
    let mut map = Map::new();
    map.insert("id".to_owned(), id.into());
    map.insert("type".to_owned(), "Flag".into());
    map.insert("actor".to_owned(), me.instance_actor().into());
    Addressing::only(target).write(&mut map);
    map.insert("content".to_owned(), comment.into());
    map.insert("object".to_owned(), object.into());
    document(Value::Object(map))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_says, me};
    use super::*;
    use serde_json::json;

    #[test]
    fn a_flag_comes_from_the_instance_and_names_the_account_first() {
        let id = "https://a.test/actor#flags/3";
        let target = "https://b.test/users/bob";
        let posts = ["https://b.test/notes/1".to_owned()];
        let expected = json!({
            "id": id,
            "type": "Flag",
            "actor": "https://a.test/actor",
            "to": [target],
            "cc": [],
            "content": "spam",
            "object": [target, "https://b.test/notes/1"],
        });
        assert_says(&flag(&me(), id.to_owned(), target, &posts, "spam"), expected);
    }
}
