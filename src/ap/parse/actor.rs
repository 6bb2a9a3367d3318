//! An actor's document as an account: <https://www.w3.org/TR/activitypub/#actor-objects> and
//! <https://docs.joinmastodon.org/spec/activitypub/#properties-used-1>

use super::attachment::emojis;
use super::value::{all, date, filled, first_id, flag, id, ids, page, picture, text, total, types, web};
use crate::model::{Account, AccountCounts, ActorKind, Endpoints, Field, Picture, Timestamp};
use serde_json::Value;

/// Rows of the profile's table that are kept.
const FIELDS: usize = 16;
const KEYS: usize = 8;

/// What a document says about an actor. Texts are as they came, not yet safe to show.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Without id, domain and relation.
    pub account: Account,
    /// `key_id` and SPKI PEM or Multikey; only keys that name this actor as their owner.
    pub keys: Vec<(String, String)>,
    /// `user@domain` as the actor itself says it (FEP-2c59).
    pub webfinger: Option<String>,
}

/// Reads an actor. `None`: it is none, or it has no inbox or no usable name.
pub fn actor(json: &Value) -> Option<Actor> {
    let uri = web(id(json)?)?.to_owned();
    let kind = types(json).into_iter().find_map(ActorKind::parse)?;
    let username = text(json, "preferredUsername").filter(|name| is_username(name))?;
    let endpoints = Endpoints {
        inbox: web(&first_id(json, "inbox")?)?.to_owned(),
        shared_inbox: shared_inbox(json),
        outbox: link(json, "outbox"),
        followers: link(json, "followers"),
        following: link(json, "following"),
        featured: link(json, "featured"),
    };
    let account = Account {
        url: page(json).unwrap_or_else(|| uri.clone()),
        display_name: text(json, "name").unwrap_or_default(),
        note: text(json, "summary").unwrap_or_default(),
        fields: fields(json),
        emojis: emojis(json),
        avatar: picture(json, "icon").map(Picture::Remote),
        header: picture(json, "image").map(Picture::Remote),
        kind,
        locked: flag(json, "manuallyApprovesFollowers"),
        discoverable: flag(json, "discoverable"),
        // FEP-5feb: who says nothing does not want to be found.
        indexable: flag(json, "indexable"),
        memorial: flag(json, "memorial"),
        suspended: flag(json, "suspended"),
        moved_to: link(json, "movedTo"),
        also_known_as: ids(json, "alsoKnownAs").into_iter().take(FIELDS).collect(),
        created_at: date(json, "published").unwrap_or(Timestamp(0)),
        counts: AccountCounts {
            statuses: total(json, "outbox").unwrap_or(0),
            followers: total(json, "followers").unwrap_or(0),
            following: total(json, "following").unwrap_or(0),
        },
        username,
        endpoints,
        uri,
        ..Account::default()
    };
    let keys = keys(json, &account.uri);
    Some(Actor { keys, webfinger: filled(json, "webfinger"), account })
}

/// Any script, since Misskey forks and WordPress allow it; nothing that would break a handle.
fn is_username(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '~' | '\'');
    !name.is_empty() && name.len() <= 255 && name.chars().all(fits)
}

fn link(json: &Value, name: &str) -> Option<String> {
    Some(web(&first_id(json, name)?)?.to_owned())
}

/// In `endpoints`, or (old Pleroma) beside the inbox.
fn shared_inbox(json: &Value) -> Option<String> {
    let endpoints = json.get("endpoints").and_then(|e| link(e, "sharedInbox"));
    endpoints.or_else(|| link(json, "sharedInbox"))
}

/// The profile's table: `attachment` of type PropertyValue. Mitra lists payment Links there, too.
fn fields(json: &Value) -> Vec<Field> {
    all(json, "attachment")
        .filter(|a| types(a).iter().any(|t| t.trim_start_matches("schema:") == "PropertyValue"))
        .filter_map(|a| {
            Some(Field { name: filled(a, "name")?, value: text(a, "value")?, ..Field::default() })
        })
        .take(FIELDS)
        .collect()
}

/// `publicKey` (one or many), and Multikeys of `assertionMethod` (FEP-521a).
fn keys(json: &Value, actor: &str) -> Vec<(String, String)> {
    let read = |list: &'static str, owner: &'static str, value: &'static str| {
        all(json, list).filter_map(move |key| {
            let belongs = key.get(owner).is_none_or(|o| id(o) == Some(actor));
            belongs.then_some(())?;
            Some((id(key).filter(|_| key.is_object())?.to_owned(), text(key, value)?))
        })
    };
    read("publicKey", "owner", "publicKeyPem")
        .chain(read("assertionMethod", "controller", "publicKeyMultibase"))
        .take(KEYS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::parse::fixture;
    use serde_json::json;

    #[test]
    fn mastodons_actor_is_read_in_full() {
        let read = actor(&fixture("mastodon/actor.json")).unwrap();
        let account = &read.account;
        assert_eq!(account.uri, "https://mastodon.example/users/alice");
        assert_eq!(account.url, "https://mastodon.example/@alice");
        assert_eq!((account.username.as_str(), account.display_name.as_str()), ("alice", "Alice :blobcat:"));
        assert_eq!(account.fields[0].name, "Home");
        assert_eq!(account.emojis[0].shortcode, "blobcat");
        assert_eq!(account.avatar, Some(Picture::Remote("https://files.mastodon.example/a.png".into())));
        assert!(account.locked && account.discoverable && account.indexable);
        assert_eq!(account.endpoints.shared_inbox.as_deref(), Some("https://mastodon.example/inbox"));
        assert_eq!(
            account.endpoints.featured.as_deref(),
            Some("https://mastodon.example/users/alice/collections/featured")
        );
        assert_eq!(read.keys[0].0, "https://mastodon.example/users/alice#main-key");
        assert_eq!(account.created_at.to_date(), "2022-11-05");
    }

    #[test]
    fn actors_of_other_software_are_read_too() {
        for (file, name, keys) in [
            ("gotosocial/actor.json", "gus", 1),
            ("misskey/actor.json", "mei", 1),
            ("pleroma/actor.json", "lain", 1),
            ("lemmy/community.json", "cats", 1),
            ("peertube/actor.json", "tube", 1),
            ("friendica/actor.json", "frida", 1),
            ("pixelfed/actor.json", "pix", 1),
        ] {
            let read = actor(&fixture(file)).unwrap_or_else(|| panic!("{file}"));
            assert_eq!((read.account.username.as_str(), read.keys.len()), (name, keys), "{file}");
        }
        assert_eq!(actor(&fixture("lemmy/community.json")).unwrap().account.kind, ActorKind::Group);
        let tube = actor(&fixture("peertube/actor.json")).unwrap();
        assert_eq!(tube.account.avatar, Some(Picture::Remote("https://tube.example/a/small.png".into())));
    }

    #[test]
    fn a_key_of_somebody_else_is_not_taken() {
        let mut json = fixture("mastodon/actor.json");
        json["publicKey"]["owner"] = json!("https://mastodon.example/users/mallory");
        assert!(actor(&json).unwrap().keys.is_empty());
        json["publicKey"] = json!("https://mastodon.example/keys/1");
        json["assertionMethod"] = json!([{"id": "https://mastodon.example/users/alice#ed25519", "type": "Multikey",
            "controller": "https://mastodon.example/users/alice", "publicKeyMultibase": "z6Mk"}]);
        assert_eq!(actor(&json).unwrap().keys.len(), 1);
    }

    #[test]
    fn what_is_no_actor_is_not_read_as_one() {
        for change in [
            json!({"type": "Note"}),
            json!({"inbox": null}),
            json!({"preferredUsername": "a b"}),
            json!({"preferredUsername": "x@y"}),
            json!({"id": "acct:alice@mastodon.example"}),
        ] {
            let mut doc = fixture("mastodon/actor.json");
            for (key, value) in change.as_object().unwrap() {
                doc[key] = value.clone();
            }
            assert!(actor(&doc).is_none(), "{change}");
        }
    }
}
