//! What the instance actor says to relays and to accounts that stand for hashtags: Follow, Undo of it, and Accept where
//! a relay follows back. Mastodon's relays are followed by their inbox, with Public as the object; LitePub's by their
//! actor: <https://codeberg.org/fediverse/fep/src/branch/main/fep/ae0c/fep-ae0c.md>.

use super::{Addressing, document, embedded};
use crate::model::Instance;
use serde_json::{Map, Value};

fn by_instance(me: &Instance, kind: &str, id: &str, to: &str, object: Value) -> Value {
    let mut map = Map::new();
    map.insert("id".to_owned(), id.into());
    map.insert("type".to_owned(), kind.into());
    map.insert("actor".to_owned(), me.instance_actor().into());
    Addressing::only(to).write(&mut map);
    map.insert("object".to_owned(), object);
    document(Value::Object(map))
}

/// `object` is the relay's actor, or Public.
pub fn follow_relay(me: &Instance, id: &str, object: &str) -> Value {
    by_instance(me, "Follow", id, object, object.into())
}

pub fn unfollow_relay(me: &Instance, follow_id: &str, object: &str) -> Value {
    let follow = embedded(follow_relay(me, follow_id, object));
    by_instance(me, "Undo", &format!("{follow_id}/undo"), object, follow)
}

/// `follow` is theirs, as it came; `follower` is who asks.
pub fn accept_relay(me: &Instance, id: &str, follower: &str, follow: &str) -> Value {
    let mut inner = Map::new();
    inner.insert("id".to_owned(), follow.into());
    inner.insert("type".to_owned(), "Follow".into());
    inner.insert("actor".to_owned(), follower.into());
    inner.insert("object".to_owned(), me.instance_actor().into());
    by_instance(me, "Accept", id, follower, Value::Object(inner))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_says, me};
    use super::*;
    use crate::ap::addressing::PUBLIC;
    use serde_json::json;

    #[test]
    fn a_relay_of_mastodons_kind_is_followed_as_the_public() {
        let id = "https://a.test/actor#follows/1";
        let follow = json!({"id": id, "type": "Follow", "actor": "https://a.test/actor", "to": [PUBLIC], "cc": [], "object": PUBLIC});
        assert_says(&follow_relay(&me(), id, PUBLIC), follow.clone());
        let undo = unfollow_relay(&me(), id, PUBLIC);
        assert_eq!(undo["object"], follow);
        assert_eq!(undo["type"], "Undo");
    }
}
